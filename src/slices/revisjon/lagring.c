/* lagring.c - what is deleted when: the slices' rules, the owner's own days, and running them.
 *
 * An owner may keep things longer than a rule says, but never shorter than its least. What was deleted is
 * itself a line of the audit log, in the transaction of the deleting.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "revisjon-sider.h"
#include "eier.h"
#include "log.h"

#define LONGEST 36500 /* days: a hundred years */

GPtrArray *revisjon_rules(void)
{
    GPtrArray *rules = g_ptr_array_new();

    for (const Slice *const *s = app_slices; *s; s++)
        for (const Retention *r = (*s)->retention; r && r->code; r++)
            g_ptr_array_add(rules, (void *)r);
    return rules;
}

const char *revisjon_keep_key(Arena *arena, const Retention *rule)
{
    return arena_printf(arena, "lagring.%s", rule->code);
}

bool revisjon_keep_days(Db *db, Arena *arena, int64_t owner, const Retention *rule, int *ret,
                        GError **error)
{
    const char *text = NULL;
    guint64 days;

    if (owner && !eier_option(db, arena, owner, revisjon_keep_key(arena, rule), &text, error))
        return false;
    *ret = rule->days;
    if (text && g_ascii_string_to_unsigned(text, 10, (guint64)rule->least, LONGEST, &days, NULL))
        *ret = (int)days;
    return true;
}

const char *revisjon_days_text(Arena *arena, int days)
{
    if (days % 365 == 0)
        return arena_printf(arena, ngettext("%d year", "%d years", days / 365), days / 365);
    return arena_printf(arena, ngettext("%d day", "%d days", days), days);
}

typedef struct {
    const AuditNote *who;
    const Retention *rule;
    int64_t before, n;
} Deleting;

static bool delete_work(Db *db, void *arg, GError **error)
{
    Deleting *d = arg;
    AuditNote note = *d->who;

    if (!d->rule->run(db, note.owner, d->before, false, &d->n, error))
        return false;
    if (!d->n)
        return true;
    g_autofree char *detail = g_strdup_printf("%s: %" G_GINT64_FORMAT, d->rule->code, d->n);

    note.act = "lagring.slettet";
    note.detail = detail;
    return revisjon_add(db, &note, error);
}

static bool run_rule(Db *db, const AuditNote *who, const Retention *rule, int days, bool dry,
                     int64_t *ret_n, GError **error)
{
    Deleting d = { who, rule, who->at - days * (int64_t)G_TIME_SPAN_DAY, 0 };
    bool ok = dry ? rule->run(db, who->owner, d.before, true, &d.n, error)
                  : db_transaction_aside(db, delete_work, &d, error);

    if (ok)
        *ret_n = d.n;
    return ok;
}

bool revisjon_retention(Db *db, Arena *arena, const AuditNote *who, bool dry, RetentionLines *ret,
                        GError **error)
{
    g_autoptr(GPtrArray) rules = revisjon_rules();

    *ret = (RetentionLines){ arena_alloc(arena, MAX(rules->len, 1) * sizeof(RetentionLine)),
                             rules->len };
    for (guint i = 0; i < rules->len; i++) {
        const Retention *rule = rules->pdata[i];
        RetentionLine *line = &ret->v[i];

        *line = (RetentionLine){
            .code = rule->code, .what = _(rule->what), .basis = _(rule->basis), .least = rule->least
        };
        if (!revisjon_keep_days(db, arena, who->owner, rule, &line->days, error) ||
            !run_rule(db, who, rule, line->days, dry, &line->n, error))
            return false;
    }
    return true;
}

/* Where the chain ends, in a log that is kept elsewhere than the chain: revisjon.h says why. */
static bool log_end(Db *db, int64_t owner, GError **error)
{
    char hash[REVISJON_HASH];
    int64_t line;

    if (!revisjon_end(db, owner, &line, hash, error))
        return false;
    log_event(LOG_LEVEL_INFO, "audit_end", log_number("owner", owner), log_number("line", line),
              log_text("hash", hash));
    return true;
}

bool revisjon_job(Job *job, GError **error)
{
    const AuditNote who = { .owner = job->owner, .at = job->now, .person = job->person };
    RetentionLines lines;
    int64_t n = 0;

    if (!revisjon_retention(job->db, job->arena, &who, false, &lines, error))
        return false;
    for (size_t i = 0; i < lines.n; i++)
        n += lines.v[i].n;
    if (!log_end(job->db, job->owner, error) || !log_end(job->db, 0, error))
        return false;
    job_result(job,
               arena_printf(job->arena, ngettext("%d thing deleted", "%d things deleted", n),
                            (int)MIN(n, INT32_MAX)),
               "/innstillinger/lagring");
    return true;
}
