/* paminnelse.c - whoever answers for a follow-up item is reminded of it, once for each day that counts.
 *
 * The mail says that something waits and where; what it is about stands on the page (domain.md 7.3).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "paminnelse.h"
#include "person.h"
#include "tilgang.h"
#include "varsel.h"
#include "paminnelse.sql.h"

enum { BEFORE = 14, AGAIN = 7 }; /* days */

const char *tilstandsrapport_reminder_day(const char *due, const char *today, char buf[DATE_TEXT])
{
    char next[DATE_TEXT];

    date_add(due, -BEFORE, buf);
    if (strcmp(today, buf) < 0)
        return NULL;
    if (strcmp(today, due) < 0)
        return buf;
    g_strlcpy(buf, due, DATE_TEXT);
    while (strcmp(date_add(buf, AGAIN, next), today) <= 0)
        g_strlcpy(buf, next, DATE_TEXT);
    return buf;
}

typedef struct {
    int64_t owner;
    const FollowUp *item;
    const Report *report;
    const LoginLine *to;
    const char *day, *link;
    int64_t now;
    bool sent;
} Reminding;

static bool send_work(Db *db, void *arg, GError **error)
{
    Reminding *r = arg;
    g_auto(PaminnelseNoteRows) noted = { 0 };
    g_autofree char *text = g_strdup_printf(
        _("A follow-up item in oppvekst waits for an answer from you.\n\nOpen it here:\n%s\n"),
        r->link);
    g_autofree char *key =
        g_strdup_printf("oppfolging-%" G_GINT64_FORMAT "-%s", r->item->id, r->day);
    const VarselNew mail = { .owner = r->owner,
                             .person = r->to->person,
                             .to = r->to->email,
                             .to_name = r->to->name,
                             .subject = _("A follow-up item waits for your answer"),
                             .text = text,
                             .key = key };

    if (!paminnelse_note(db, r->owner, r->item->id, r->day, r->to->person, r->now, &noted, error))
        return false;
    r->sent = noted.n == 1;
    return !r->sent || varsel_add(db, &mail, r->now, error);
}

static const LoginLine *login_of(const LoginList *logins, int64_t person)
{
    for (size_t i = 0; person && i < logins->n; i++)
        if (logins->v[i].person == person && !logins->v[i].disabled && *logins->v[i].email)
            return &logins->v[i];
    return NULL;
}

static int64_t holder_of(const PositionList *positions, int64_t position)
{
    for (size_t i = 0; i < positions->n; i++)
        if (positions->v[i].id == position)
            return positions->v[i].person;
    return 0;
}

typedef struct {
    LoginList logins;
    PositionList positions;
} People;

static bool remind_report(Db *db, Arena *arena, const Report *report, const People *people,
                          const char *today, int64_t now, int *n, GError **error)
{
    FollowUpList items;
    char id[ID_TEXT], day[DATE_TEXT];

    if (!tilstandsrapport_follow_ups(db, arena, report->owner, report->id, today, &items, error))
        return false;
    for (size_t i = 0; i < items.n; i++) {
        const FollowUp *f = &items.v[i];
        Reminding r = { .owner = report->owner, .item = f, .report = report, .now = now };

        r.to = login_of(&people->logins, holder_of(&people->positions, f->responsible));
        r.day = f->due && !*f->answer ? tilstandsrapport_reminder_day(f->due, today, day) : NULL;
        if (!r.to || !r.day)
            continue;
        r.link = varsel_link(
            db, arena,
            arena_printf(arena, "/tilstandsrapport/%s/oppfolging", id_text(report->id, id)));
        if (!db_transaction(db, send_work, &r, error))
            return false;
        *n += r.sent;
    }
    return true;
}

bool tilstandsrapport_remind(Db *db, Arena *arena, int64_t owner, const char *today, int64_t now,
                             int *ret_n, GError **error)
{
    ReportList reports;
    People people;
    bool on;

    *ret_n = 0;
    if (!varsel_on(db, owner, &on, error))
        return false;
    if (!on) /* nothing is noted as sent that could not be */
        return true;
    if (!tilstandsrapport_list(db, arena, owner, &reports, error) ||
        !tilgang_list(db, arena, owner, today, &people.logins, error) ||
        !person_position_list(db, arena, owner, today, &people.positions, error))
        return false;
    for (size_t i = 0; i < reports.n; i++)
        if (reports.v[i].state >= STATE_GODKJENT && reports.v[i].state < STATE_AVSLUTTET &&
            !remind_report(db, arena, &reports.v[i], &people, today, now, ret_n, error))
            return false;
    return true;
}

static bool run(Job *job, GError **error)
{
    int n = 0;

    if (job->owner &&
        !tilstandsrapport_remind(job->db, job->arena, job->owner, job->today, job->now, &n, error))
        return false;
    g_autofree char *text =
        g_strdup_printf(ngettext("%d reminder sent", "%d reminders sent", n), n);

    job_result(job, text, NULL);
    return true;
}

const JobKind tilstandsrapport_jobs[] = {
    { "paminnelse", N_("Reminding of follow-up items"), run, .attempts = 5, .every = 24 * 60 },
    { 0 },
};
