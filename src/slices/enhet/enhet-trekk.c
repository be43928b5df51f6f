/* enhet-trekk.c - the end of a unit, taking back what was said to have become of it, and the units that
 * something new may be tied to.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet-sider.h"
#include "formpage.h"
#include "enhet-trekk.sql.h"

bool enhet_close(Db *db, int64_t owner, int64_t id, const char *last, GError **error)
{
    g_auto(EnhetClosedUpdateRows) rows = { 0 };

    if (!date_valid(last))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", last);
    if (!enhet_closed_update(db, owner, id, last, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such unit");
}

bool enhet_open_list(Db *db, Arena *arena, int64_t owner, const char *today, EnhetList *ret,
                     GError **error)
{
    size_t n = 0;

    if (!enhet_list(db, arena, owner, today, ret, error))
        return false;
    for (size_t i = 0; i < ret->n; i++)
        if (!ret->v[i].closed || strcmp(ret->v[i].closed, today) >= 0)
            ret->v[n++] = ret->v[i];
    ret->n = n;
    return true;
}

typedef struct {
    Enhet unit;
    int64_t id;
    const char *what; /* "Bud skule (975283518), 1 August 2013" */
} Entry;

/* The entry of the address, of a unit that the asker may change; else 404. */
static bool open_entry(Req *req, Entry *ret, GError **error)
{
    g_auto(EnhetSuccessorOneRows) rows = { 0 };
    int64_t owner = req->user->owner;
    char day[DATE_TEXT];

    ret->id = req_id(req, "n");
    if (!enhet_get(req->db, req->arena, owner, req_id(req, "id"), req->today, &ret->unit, error))
        return false;
    if (!req_may_unit(req, PERM_UNIT_WRITE, ret->unit.id))
        return req_not_found(req, error);
    if (!enhet_successor_one(req->db, owner, ret->unit.id, ret->id, &rows, error))
        return false;
    if (rows.n == 0)
        return req_not_found(req, error);
    ret->what = arena_printf(req->arena, "%s (%s), %s", rows.v[0].other_name, rows.v[0].other,
                             date_text(rows.v[0].happened, day));
    return true;
}

static const Field fields[] = {
    { "sikker", FIELD_CHECK, N_("It was entered by mistake"), .required = true },
};

static bool undo_page(Req *req, int status, const Entry *e, const Form *form)
{
    const FormPage page = {
        .title = _("Take back what became of it"),
        .lead = e->what,
        .warning = _("It is removed from the page of the unit. The audit log keeps who did it."),
        .up_title = e->unit.name,
        .up = url_for(req->arena, "/enheter/%I", e->unit.id),
        .action = url_for(req->arena, "/enheter/%I/etterfolger/%I/trekk", e->unit.id, e->id),
        .button = _("Take it back"),
        .form = form
    };

    return req_form_page(req, status, &page);
}

bool enhet_show_undo(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, G_N_ELEMENTS(fields));
    Entry e;

    return open_entry(req, &e, error) && undo_page(req, 200, &e, &form);
}

bool enhet_do_undo(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, G_N_ELEMENTS(fields));
    g_auto(EnhetSuccessorDeleteRows) gone = { 0 };
    Entry e;

    if (!open_entry(req, &e, error))
        return false;
    if (!form_ok(&form))
        return undo_page(req, 422, &e, &form);
    req_note(req, "enhet.etterfolger.trukket", e.unit.id, 0, e.what);
    if (!enhet_successor_delete(req->db, req->user->owner, e.unit.id, e.id, &gone, error))
        return false;
    return req_redirect_saying(req, url_for(req->arena, "/enheter/%I", e.unit.id).text,
                               _("It is taken back."));
}
