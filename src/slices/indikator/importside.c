/* importside.c - files in by the browser: a dry run first, then the very same bytes.
 *
 * What was shown is kept with us between the two requests, never sent back by the browser. A role of
 * one unit imports for that unit; the shared public store is for those who may write it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"
#include "importside.sql.h"
#include "importside.html.h"

#define WAITS G_TIME_SPAN_HOUR
#define SHOWN_PROBLEMS 50
#define MOST_FILES 20
#define SHOWN_IMPORTS 200
#define HERE "/import"

enum { F_FILES, F_WHERE, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_FILES] = { "filer", FIELD_FILE, N_("Files"), .required = true, .accept = ".csv,.txt",
                  .multiple = true,
                  .help = N_("National tests as downloaded from Udir, or a table of values with "
                             "the columns "
                             "enhet;indikator;periode;verdi. Several files can be chosen or "
                             "dropped here.") },
    [F_WHERE] = { "hvor", FIELD_RADIO, N_("Import to"), .required = true },
};

/* --- who may --- */

static bool may_own(const Req *req)
{
    return req_may(req, PERM_DATASET_IMPORT);
}

static bool may_shared(const Req *req)
{
    return req_may(req, PERM_SHARED_IMPORT);
}

/* The unit a role of one unit may import for; 0: any. */
static int64_t only_unit(const Req *req)
{
    return req_may_unit(req, PERM_DATASET_IMPORT, 0) ? 0 : req->user->unit;
}

static Form form_for(Req *req, bool posted)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));
    int n_options = 0;
    Form form = posted ? form_read(req, fields, N_FIELDS) : form_blank(req, fields, N_FIELDS);

    if (may_own(req))
        options[n_options++] = (Option){ "egne", _("the municipality’s own figures") };
    if (may_shared(req))
        options[n_options++] = (Option){ "felles", _("public statistics for all owners") };
    form_options(&form, F_WHERE, options);
    if (!posted && n_options)
        form_set(&form, F_WHERE, options[n_options - 1].value);
    return form;
}

/* --- history --- */

static const char *when_text(Req *req, int64_t at)
{
    char text[DATE_TEXT];

    return arena_dup(req->arena, time_text(at, text));
}

static const char *number_text(Req *req, int64_t number)
{
    char text[NUM_TEXT];

    return arena_dup(req->arena, num_text((double)number, 0, text));
}

static const char *imported_by(const Dataset *d)
{
    if (d->shared)
        return _("the installation");
    return d->by ? d->by : _("the command line");
}

static bool load_history(Req *req, DatasetLines *ret, GError **error)
{
    DatasetList all;

    if (!indikator_datasets(req->db, req->arena, req->user->owner, SHOWN_IMPORTS, &all, error))
        return false;
    *ret = (DatasetLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(DatasetLine)), all.n };
    for (size_t i = 0; i < all.n; i++) {
        const Dataset *d = &all.v[i];

        ret->v[i] = (DatasetLine){ d->filename,
                                   when_text(req, d->imported_at),
                                   imported_by(d),
                                   d->shared ? _("public statistics") : _("own figures"),
                                   number_text(req, d->rows),
                                   number_text(req, d->values) };
    }
    return true;
}

static bool show_with(Req *req, int status, const Form *form, ImportView *view, GError **error)
{
    view->form = may_own(req) || may_shared(req) ? form : NULL;
    view->csrf = req->csrf;
    view->may_own = may_own(req);
    if (!indikator_count_proposals(req, &view->n_proposed, error) ||
        !load_history(req, &view->history, error))
        return false;
    indikator_importside(req_page(req, status, _("Import")), view);
    return true;
}

bool indikator_show_import(Req *req, GError **error)
{
    g_auto(Form) form = form_for(req, false);
    ImportView view = { 0 };

    return show_with(req, 200, &form, &view, error);
}

/* --- the dry run --- */

static ProblemLines problems_of(Req *req, const ImportProblem *from, size_t n)
{
    ProblemLines lines = { arena_alloc(req->arena, MAX(n, 1) * sizeof(ProblemLine)),
                           MIN(n, SHOWN_PROBLEMS) };

    for (size_t i = 0; i < lines.n; i++)
        lines.v[i] =
            (ProblemLine){ from[i].line
                               ? arena_printf(req->arena, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                                              from[i].line, from[i].column)
                               : _("the whole file"),
                           from[i].message };
    return lines;
}

static void count(Req *req, Notes *notes, const char *label, int64_t number)
{
    notes->v[notes->n++] = (Note){ label, number_text(req, number) };
}

static void word(Notes *notes, const char *label, const char *text)
{
    if (text && *text)
        notes->v[notes->n++] = (Note){ label, text };
}

static const char *format_name(const char *format)
{
    static const struct {
        const char *code, *name;
    } names[] = { { "udir-csv", N_("Udir’s export") },
                  { "values-csv", N_("Own table of values") } };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (!strcmp(names[i].code, format))
            return _(names[i].name);
    return _("not known");
}

static Notes facts_of(Req *req, const ImportResult *r)
{
    Notes notes = { arena_alloc(req->arena, 16 * sizeof(Note)), 0 };

    word(&notes, _("Contents"), r->title);
    word(&notes, _("Periods"), r->periods);
    notes.v[notes.n++] = (Note){ _("Format"), format_name(r->format), r->format };
    word(&notes, _("Encoding"), r->encoding);
    count(req, &notes, _("Rows"), r->rows);
    if (r->n_errors)
        return notes;
    count(req, &notes, _("New values"), r->values - r->changed);
    count(req, &notes, _("Changed values"), r->changed);
    count(req, &notes, _("Hidden cells"), r->masked);
    count(req, &notes, _("Empty cells"), r->missing);
    count(req, &notes, _("Cells with 0"), r->zeros);
    count(req, &notes, _("Known units"), r->units_matched);
    count(req, &notes, _("Units passed over"), r->units_unknown);
    return notes;
}

static bool import(Req *req, const ImportSpec *what, ImportResult *ret, GError **error)
{
    ImportSpec spec = *what;

    spec.person = req->user->id;
    spec.now = req->now;
    spec.today = req->today;
    spec.only_unit = spec.owner ? only_unit(req) : 0;
    return indikator_import(req->db, req->arena, &spec, ret, error);
}

/* Keep the bytes of a file that can be stored, and say under which key. */
static bool keep(Req *req, const Upload *upload, const ImportResult *r, bool shared, DryRun *run,
                 GError **error)
{
    char key[ID_TEXT];
    const ImportsideKeepArgs args = {
        .owner = req->user->owner,
        .id = id_new(),
        .person = req->user->id,
        .filename = upload->filename,
        .format = r->format,
        .shared = shared,
        .data = { upload->data, upload->size },
        .created_at = req->now,
    };

    run->key = arena_dup(req->arena, id_text(args.id, key));
    return importside_keep(req->db, &args, error);
}

/* A file about the whole country, of which the owner's own store would take next to nothing. */
static bool is_national(const ImportSpec *spec, const ImportResult *r)
{
    return spec->owner && !strcmp(r->format, "udir-csv") && r->units_unknown > r->units_matched;
}

static bool try_one(Req *req, const Upload *upload, bool shared, ImportView *view, GError **error)
{
    const ImportSpec spec = { .owner = shared ? 0 : req->user->owner,
                              .filename = upload->filename,
                              .data = upload->data,
                              .size = upload->size,
                              .format = "auto",
                              .dry_run = true };
    DryRun *run = &view->runs.v[view->runs.n++];
    ImportResult r;

    if (!import(req, &spec, &r, error))
        return false;
    *run = (DryRun){ .filename = upload->filename,
                     .title = r.title,
                     .key = "",
                     .refused = r.n_errors > 0,
                     .known_before = r.known_before,
                     .national = !r.n_errors && !r.known_before && is_national(&spec, &r),
                     .n_values = r.values,
                     .facts = facts_of(req, &r),
                     .errors = problems_of(req, r.errors, r.n_errors),
                     .warnings = problems_of(req, r.warnings, r.n_warnings) };
    if (run->national &&
        !tilgang_other_role(req, PERM_SHARED_IMPORT, true, HERE, &run->admin, error))
        return false;
    if (run->refused || run->known_before || run->admin.role)
        return true;
    view->n_ready++;
    view->n_knowing += run->national;
    return keep(req, upload, &r, shared, run, error);
}

bool indikator_try_import(Req *req, GError **error)
{
    g_auto(Form) form = form_for(req, true);
    ImportView view = { .runs = { arena_alloc(req->arena, MOST_FILES * sizeof(DryRun)), 0 } };
    const Upload *upload;
    bool refused = false;

    if (!may_own(req) && !may_shared(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not import");
    if (!form_ok(&form))
        return show_with(req, 422, &form, &view, error);
    if (!importside_purge(req->db, req->now - WAITS, error))
        return false;
    view.shared = !strcmp(form.value[F_WHERE], "felles");
    for (size_t i = 0; i < MOST_FILES && (upload = req_upload(req, fields[F_FILES].name, i)); i++) {
        if (!try_one(req, upload, view.shared, &view, error))
            return false;
        refused = refused || view.runs.v[i].refused || view.runs.v[i].national;
    }
    return show_with(req, refused ? 422 : 200, &form, &view, error);
}

/* --- storing --- */

typedef struct {
    int files, refused;
    int64_t values;
} Stored;

static bool store_one(Req *req, int64_t id, Stored *stored, GError **error)
{
    g_auto(ImportsideKeptRows) kept = { 0 };
    ImportResult r;

    if (!importside_kept(req->db, req->user->owner, req->user->id, id, req->now - WAITS, &kept,
                         error))
        return false;
    if (kept.n == 0)
        return true;
    if (kept.v[0].shared ? !may_shared(req) : !may_own(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not import there");
    const ImportSpec spec = { .owner = kept.v[0].shared ? 0 : req->user->owner,
                              .filename = arena_dup(req->arena, kept.v[0].filename),
                              .data = kept.v[0].data.data,
                              .size = kept.v[0].data.size,
                              .format = arena_dup(req->arena, kept.v[0].format) };
    if (!import(req, &spec, &r, error) || !importside_drop(req->db, req->user->owner, id, error))
        return false;
    stored->files += r.n_errors == 0;
    stored->refused += r.n_errors > 0;
    stored->values += r.values;
    return true;
}

static const char *values_text(Req *req, const Stored *stored)
{
    return arena_printf(req->arena,
                        ngettext("%d file is stored, with %s new or changed values.",
                                 "%d files are stored, with %s new or changed values.",
                                 stored->files),
                        stored->files, number_text(req, stored->values));
}

static bool stored_text(Req *req, const Stored *stored, const char **ret, GError **error)
{
    size_t n;

    if (stored->refused)
        *ret = _("The data have changed meanwhile: send the files again.");
    else if (!stored->files)
        *ret = _("No file was chosen, or the files are no longer kept: send them again.");
    else
        *ret = values_text(req, stored);
    if (!indikator_count_proposals(req, &n, error))
        return false;
    if (stored->files && n)
        *ret =
            arena_printf(req->arena, "%s %s", *ret,
                         arena_printf(req->arena,
                                      ngettext("%zu school can be added: see the proposal.",
                                               "%zu schools can be added: see the proposals.", n),
                                      n));
    return true;
}

bool indikator_store_import(Req *req, GError **error)
{
    const char *const *keys = req_posted_all(req, "fil");
    Stored stored = { 0 };
    const char *said;

    if (!may_own(req) && !may_shared(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not import");
    for (size_t i = 0; keys && keys[i] && i < MOST_FILES; i++)
        if (!store_one(req, id_parse(keys[i]), &stored, error))
            return false;
    return stored_text(req, &stored, &said, error) && req_redirect_saying(req, HERE, said);
}
