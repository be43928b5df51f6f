/* importside.c - files in by the browser: a dry run first, then the very same bytes.
 *
 * What was shown is kept with us between the two requests, never sent back by the browser. A role of
 * one unit imports for that unit; the shared public store is for those who may write it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"
#include "person.h"
#include "importside.sql.h"
#include "importside.html.h"

#define WAITS G_TIME_SPAN_HOUR
#define SHOWN_PROBLEMS 50
#define MOST_FILES 20

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

static bool load_history(Req *req, DatasetLines *ret, GError **error)
{
    g_auto(ImportsideOwnRows) own = { 0 };
    g_auto(ImportsideSharedRows) shared = { 0 };
    int64_t owner = req->user->owner;

    if (!importside_own(req->db, owner, &own, error) || !importside_shared(req->db, &shared, error))
        return false;
    *ret = (DatasetLines){ arena_alloc(req->arena, MAX(own.n + shared.n, 1) * sizeof(DatasetLine)),
                           0 };
    for (size_t i = 0; i < own.n; i++) {
        const ImportsideOwnRow *r = &own.v[i];
        const char *who = _("the command line");

        if (r->imported_by != NO_INT &&
            !person_name(req->db, req->arena, owner, r->imported_by, &who, error))
            return false;
        ret->v[ret->n++] = (DatasetLine){ arena_dup(req->arena, r->filename),
                                          when_text(req, r->imported_at),
                                          who,
                                          _("own figures"),
                                          r->n_rows,
                                          r->n_values };
    }
    for (size_t i = 0; i < shared.n; i++)
        ret->v[ret->n++] = (DatasetLine){ arena_dup(req->arena, shared.v[i].filename),
                                          when_text(req, shared.v[i].imported_at),
                                          _("the installation"),
                                          _("public statistics"),
                                          shared.v[i].n_rows,
                                          shared.v[i].n_values };
    return true;
}

static bool show_with(Req *req, int status, const Form *form, ImportView *view, GError **error)
{
    view->form = may_own(req) || may_shared(req) ? form : NULL;
    view->csrf = req->csrf;
    view->may_accept = indikator_may_accept(req);
    if (!load_history(req, &view->history, error))
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
                               : "",
                           from[i].message };
    return lines;
}

static void count(Req *req, Notes *notes, const char *label, int64_t number)
{
    char text[NUM_TEXT];

    notes->v[notes->n++] =
        (Note){ label, arena_dup(req->arena, num_text((double)number, 0, text)) };
}

static void word(Notes *notes, const char *label, const char *text)
{
    if (text && *text)
        notes->v[notes->n++] = (Note){ label, text };
}

static Notes facts_of(Req *req, const ImportResult *r)
{
    Notes notes = { arena_alloc(req->arena, 16 * sizeof(Note)), 0 };

    word(&notes, _("Contents"), r->title);
    word(&notes, _("Periods"), r->periods);
    word(&notes, _("Format"), r->format);
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
                     .facts = facts_of(req, &r),
                     .errors = problems_of(req, r.errors, r.n_errors),
                     .warnings = problems_of(req, r.warnings, r.n_warnings) };
    if (run->refused || run->known_before)
        return true;
    view->n_ready++;
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
        refused = refused || view.runs.v[i].refused;
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

static const char *stored_text(Req *req, const Stored *stored)
{
    char values[NUM_TEXT];

    if (stored->refused)
        return _("The data have changed meanwhile: send the files again.");
    if (!stored->files)
        return _("The files are no longer kept: send them again.");
    return arena_printf(req->arena,
                        ngettext("%d file is stored, with %s new or changed values.",
                                 "%d files are stored, with %s new or changed values.",
                                 stored->files),
                        stored->files, num_text((double)stored->values, 0, values));
}

bool indikator_store_import(Req *req, GError **error)
{
    const char *const *keys = req_posted_all(req, "fil");
    Stored stored = { 0 };

    if (!may_own(req) && !may_shared(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not import");
    for (size_t i = 0; keys && keys[i] && i < MOST_FILES; i++)
        if (!store_one(req, id_parse(keys[i]), &stored, error))
            return false;
    return req_redirect_saying(req, "/import", stored_text(req, &stored));
}
