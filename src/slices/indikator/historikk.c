/* historikk.c - what has been imported, file by file, and undoing it.
 *
 * Own files are undone by those who import for the whole owner; public ones by those who write the
 * shared store. Frozen reports hold their own copy, so nothing stands in the way of undoing; but the page
 * tells which reports rest on the file, and what becomes of them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"
#include "kontroll.h"
#include "historikk.html.h"

#define SHOWN 500
#define HERE "/import/historikk"

const char *indikator_when(Req *req, int64_t at)
{
    char text[DATE_TEXT];

    return arena_dup(req->arena, time_text(at, text));
}

const char *indikator_number(Req *req, int64_t number)
{
    char text[NUM_TEXT];

    return arena_dup(req->arena, num_text((double)number, 0, text));
}

const char *indikator_format_name(const char *format)
{
    static const struct {
        const char *code, *name;
    } names[] = { { "udir-csv", N_("Udir’s export") },
                  { "udir-rapport", N_("Udir’s workbook of answers") },
                  { "tabell", N_("Table whose columns somebody has explained") },
                  { "values-csv", N_("Own table of values") },
                  { "skoleporten", N_("Skoleporten’s table") },
                  { "fakta-csv", N_("Facts about units") },
                  { "udir-json", N_("Udir’s open API") },
                  { "jsonstat", N_("JSON-stat") },
                  { "px", N_("PX file") },
                  { "nsr", N_("School register (NSR)") },
                  { "klass", N_("Changes of municipalities (Klass)") } };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (!strcmp(names[i].code, format))
            return _(names[i].name);
    return _("not known");
}

static const char *imported_by(const Dataset *d)
{
    if (d->shared)
        return _("the installation");
    if (d->by)
        return d->by;
    return d->by_forgotten ? _("no longer kept") : _("the command line");
}

bool indikator_history_lines(Req *req, int limit, DatasetLines *ret, GError **error)
{
    DatasetList all;

    if (!indikator_datasets(req->db, req->arena, req->user->owner, limit, &all, error))
        return false;
    *ret = (DatasetLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(DatasetLine)), all.n };
    for (size_t i = 0; i < all.n; i++) {
        const Dataset *d = &all.v[i];

        ret->v[i] = (DatasetLine){ d->filename,
                                   indikator_when(req, d->imported_at),
                                   imported_by(d),
                                   d->shared ? _("public statistics") : _("own figures"),
                                   d->undone_at == NO_INT ? _("counts") : _("undone"),
                                   indikator_number(req, d->rows),
                                   indikator_number(req, d->values),
                                   url_for(req->arena, HERE "/%I", d->id) };
    }
    return true;
}

bool indikator_show_history(Req *req, GError **error)
{
    DatasetLines lines;

    if (!indikator_history_lines(req, SHOWN, &lines, error))
        return false;
    indikator_historikk(req_page(req, 200, _("What has been imported")), lines);
    return true;
}

/* --- one of them --- */

static void note(Notes *notes, const char *label, const char *text)
{
    if (text && *text)
        notes->v[notes->n++] = (Note){ label, text };
}

static void count(Req *req, Notes *notes, const char *label, int64_t number)
{
    if (number != NO_INT)
        note(notes, label, indikator_number(req, number));
}

static Notes facts_of(Req *req, const Dataset *d)
{
    Notes notes = { arena_alloc(req->arena, 20 * sizeof(Note)), 0 };

    note(&notes, _("Contents"), d->title);
    note(&notes, _("Periods"), d->periods);
    note(&notes, _("Imported"), indikator_when(req, d->imported_at));
    note(&notes, _("By"), imported_by(d));
    note(&notes, _("To"), d->shared ? _("public statistics") : _("own figures"));
    notes.v[notes.n++] = (Note){ _("Format"), indikator_format_name(d->format), d->format };
    notes.v[notes.n++] = (Note){ _("Fingerprint"), _("SHA-256 of the file"), d->sha256 };
    count(req, &notes, _("Rows"), d->rows);
    count(req, &notes, _("New values"), d->fresh);
    count(req, &notes, _("Changed values"), d->changed);
    count(req, &notes, _("The same as before"), d->same);
    count(req, &notes, _("Masked cells"), d->masked);
    count(req, &notes, _("Empty cells"), d->missing);
    count(req, &notes, _("Values that stand now"), d->current);
    if (d->undone_at != NO_INT) {
        note(&notes, _("Undone"), indikator_when(req, d->undone_at));
        note(&notes, _("Undone by"),
             d->shared      ? _("the installation")
             : d->undone_by ? d->undone_by
                            : _("the command line"));
    }
    return notes;
}

static bool may_change(const Req *req, const Dataset *d)
{
    return d->shared ? indikator_may_shared(req) : req_may_unit(req, PERM_DATASET_IMPORT, 0);
}

static const char *what_happens(Req *req, const Dataset *d)
{
    if (d->undone_at != NO_INT)
        return _("Its values count again, except where a newer import says something else.");
    return arena_printf(req->arena,
                        ngettext("%s value of it stands now. What it replaced stands again; where "
                                 "it replaced nothing, there is no value.",
                                 "%s values of it stand now. What they replaced stands again; "
                                 "where they replaced nothing, there is no value.",
                                 d->current),
                        indikator_number(req, d->current));
}

/* Whoever uses figures is asked; this slice does not know who does. */
static bool ask_uses(Req *req, const Dataset *d, DatasetUseList *ret, GError **error)
{
    g_autoptr(GArray) uses = g_array_new(FALSE, FALSE, sizeof(DatasetUse));

    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->uses_dataset && !(*s)->uses_dataset(req, d->filename, uses, error))
            return false;
    DatasetUse *all = arena_alloc(req->arena, MAX(uses->len, 1) * sizeof *all);

    if (uses->len)
        memcpy(all, uses->data, uses->len * sizeof *all);
    *ret = (DatasetUseList){ all, uses->len };
    return true;
}

static bool show_one(Req *req, int status, const Dataset *d, const char *problem, GError **error)
{
    DatasetView view = { .csrf = req->csrf,
                         .filename = d->filename,
                         .action = url_for(req->arena, HERE "/%I", d->id),
                         .undone = d->undone_at != NO_INT,
                         .may = may_change(req, d),
                         .facts = facts_of(req, d),
                         .what = what_happens(req, d),
                         .problem = problem };

    ControlList checks;

    if (!ask_uses(req, d, &view.uses, error) ||
        !indikator_control_kept(req->db, req->arena, d->shared ? 0 : req->user->owner, d->id,
                                &checks, error) ||
        !indikator_check_lines(req, d->filename, &checks, &view.checks, error))
        return false;
    indikator_datasett(req_page(req, status, d->filename), &view);
    return true;
}

bool indikator_show_dataset(Req *req, GError **error)
{
    Dataset d;

    return indikator_dataset(req->db, req->arena, req->user->owner, req_id(req, "id"), &d, error) &&
           show_one(req, 200, &d, NULL, error);
}

static bool change(Req *req, const Dataset *d, bool undo, int64_t *ret_n, GError **error)
{
    int64_t owner = d->shared ? 0 : req->user->owner;

    req_note(req, undo ? "import.angret" : "import.gjentatt", d->id, 0, d->filename);
    return (undo ? indikator_undo(req->db, owner, d->id, req->user->id, req->now, ret_n, error)
                 : indikator_redo(req->db, owner, d->id, ret_n, error)) &&
           indikator_link(req->db, owner, NULL, req->now, NULL, error);
}

bool indikator_change_dataset(Req *req, GError **error)
{
    const char *what = req_posted(req, "gjor");
    bool undo = what && !strcmp(what, "angre");
    g_autoptr(GError) why = NULL;
    int64_t n;
    Dataset d;

    if (!indikator_dataset(req->db, req->arena, req->user->owner, req_id(req, "id"), &d, error))
        return false;
    if (!may_change(req, &d))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not undo this import");
    if (g_strcmp0(req_posted(req, "ja"), "1"))
        return show_one(req, 422, &d, _("Tick the box first, to say that you mean it."), error);
    if (change(req, &d, undo, &n, &why))
        return req_redirect_saying(
            req, url_for(req->arena, HERE "/%I", d.id).text,
            arena_printf(req->arena,
                         undo ? ngettext("The import is undone: %s value no longer counts.",
                                         "The import is undone: %s values no longer count.", n)
                              : ngettext("The import is back: %s value counts again.",
                                         "The import is back: %s values count again.", n),
                         indikator_number(req, n)));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return req_redirect_saying(req, url_for(req->arena, HERE "/%I", d.id).text,
                               undo ? _("The import was undone already.")
                                    : _("The import was not undone."));
}
