/* lagringside.c - the pages where the administrator says how long things are kept, sees what would go,
 * and lets it go.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "revisjon-sider.h"
#include "eier.h"
#include "lagring.html.h"

#define LONGEST 36500

/* One whole number for each rule. */
static Field *fields_of(Arena *arena, const GPtrArray *rules)
{
    Field *fields = arena_alloc(arena, MAX(rules->len, 1) * sizeof *fields);

    for (guint i = 0; i < rules->len; i++) {
        const Retention *rule = rules->pdata[i];

        fields[i] = (Field){ .name = arena_printf(arena, "dager-%s", rule->code),
                             .kind = FIELD_INT,
                             .label = rule->what,
                             .required = true,
                             .help = rule->basis,
                             .low = rule->least,
                             .high = LONGEST };
    }
    return fields;
}

static bool show_with(Req *req, int status, const Form *form)
{
    revisjon_lagring(req_page(req, status, _("How long things are kept")), form,
                     url_for(req->arena, "/innstillinger/lagring"));
    return true;
}

/* What stands. */
static bool fill(Db *db, Arena *arena, int64_t owner, const GPtrArray *rules, Form *form,
                 GError **error)
{
    int days;

    for (guint i = 0; i < rules->len; i++) {
        if (!revisjon_keep_days(db, arena, owner, rules->pdata[i], &days, error))
            return false;
        form_set(form, (int)i, arena_printf(arena, "%d", days));
    }
    return true;
}

bool revisjon_show_retention(Req *req, GError **error)
{
    g_autoptr(GPtrArray) rules = revisjon_rules();
    g_auto(Form) form = form_blank(req, fields_of(req->arena, rules), (int)rules->len);

    if (!fill(req->db, req->arena, req->user->owner, rules, &form, error))
        return false;
    form_mark(&form);
    return show_with(req, 200, &form);
}

typedef struct {
    Req *req;
    const GPtrArray *rules;
    Form *form;
    bool stale; /* another has stored since the form was made */
} Storing;

/* What is as the rule says needs no setting. */
static bool store_work(Db *db, void *arg, GError **error)
{
    Storing *s = arg;
    Arena *arena = s->req->arena;
    int64_t owner = s->req->user->owner;
    g_auto(Form) now = form_blank(s->req, fields_of(arena, s->rules), (int)s->rules->len);

    if (!fill(db, arena, owner, s->rules, &now, error))
        return false;
    s->stale = form_stale(s->form, &now);
    for (guint i = 0; i < s->rules->len && !s->stale; i++) {
        const Retention *rule = s->rules->pdata[i];
        int64_t days = form_int(s->form, (int)i);

        if (!eier_option_set(db, owner, revisjon_keep_key(arena, rule),
                             days == rule->days ? NULL : s->form->value[i], error))
            return false;
    }
    return true;
}

bool revisjon_store_retention(Req *req, GError **error)
{
    g_autoptr(GPtrArray) rules = revisjon_rules();
    g_auto(Form) form = form_read(req, fields_of(req->arena, rules), (int)rules->len);
    Storing storing = { req, rules, &form, false };

    if (!form_ok(&form))
        return show_with(req, 422, &form);
    req_note(req, "lagring.endret", 0, 0, NULL);
    if (!db_transaction(req->db, store_work, &storing, error))
        return false;
    if (storing.stale)
        return show_with(req, 409, &form);
    return req_redirect_saying(req, "/innstillinger/lagring", _("The days are stored."));
}

/* --- what would go, and letting it go --- */

enum { D_SURE, N_DELETE };
static const Field delete_fields[N_DELETE] = {
    [D_SURE] = { "slett-bekreft", FIELD_CHECK,
                 N_("I have seen what will be deleted, and that it cannot be brought back"),
                 .required = true },
};

static AuditNote who_asks(Req *req)
{
    return (AuditNote){ .owner = req->user->owner,
                        .at = req->now,
                        .person = req->user->id,
                        .role = req->user->role,
                        .client = req_client(req) };
}

static bool show_deletion_with(Req *req, int status, const Form *form, GError **error)
{
    const AuditNote who = who_asks(req);
    RetentionLines all;
    int64_t sum = 0;

    if (!revisjon_retention(req->db, req->arena, &who, true, &all, error))
        return false;
    KeepLines lines = { arena_alloc(req->arena, MAX(all.n, 1) * sizeof(KeepLine)), all.n };

    for (size_t i = 0; i < all.n; i++) {
        const RetentionLine *r = &all.v[i];

        sum += r->n;
        lines.v[i] = (KeepLine){ .what = r->what,
                                 .days = revisjon_days_text(req->arena, r->days),
                                 .count = arena_printf(req->arena, "%" G_GINT64_FORMAT, r->n),
                                 .some = r->n > 0 };
    }
    revisjon_sletting(req_page(req, status, _("What has been kept long enough")), &lines, form,
                      sum > 0);
    return true;
}

bool revisjon_show_deletion(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, delete_fields, N_DELETE);

    return show_deletion_with(req, 200, &form, error);
}

bool revisjon_run_deletion(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, delete_fields, N_DELETE);
    const AuditNote who = who_asks(req);
    RetentionLines all;
    int64_t sum = 0;

    if (!form_ok(&form))
        return show_deletion_with(req, 422, &form, error);
    if (!revisjon_retention(req->db, req->arena, &who, false, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        sum += all.v[i].n;
    return req_redirect_saying(
        req, "/innstillinger/lagring",
        arena_printf(req->arena, ngettext("%d thing deleted.", "%d things deleted.", sum),
                     (int)MIN(sum, INT32_MAX)));
}
