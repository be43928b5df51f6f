/* forhandsvisning.c - what files hold and what they would change, and then yes or no.
 *
 * The comparison with what is stored is made anew each time the page is shown, so that it is true when
 * it is read; what the yes does is found once more inside the transaction that stores.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"
#include "bunke.h"
#include "indikator-sider.h"
#include "forhandsvisning.html.h"

/* --- one file --- */

static bool meanings_for(Req *req, const Previewed *file, const ParsedFile *parsed,
                         ImportMeanings *ret, GError **error)
{
    (void)file;
    return indikator_meanings(req->db, req->arena, req->user->owner,
                              parsed->format ? parsed->format : "auto", "enhet", ret, error);
}

bool indikator_try_parsed(Req *req, const Previewed *file, const ParsedFile *parsed, bool dry_run,
                          ImportResult *ret, GError **error)
{
    ImportSpec spec = { .owner = file->shared ? 0 : req->user->owner,
                        .person = req->user->id,
                        .filename = file->filename,
                        .parsed = parsed,
                        .dry_run = dry_run,
                        .now = req->now,
                        .today = req->today };

    spec.only_unit = spec.owner ? indikator_only_unit(req) : 0;
    return meanings_for(req, file, parsed, &spec.units, error) &&
           indikator_import(req->db, req->arena, &spec, ret, error);
}

static bool show_file(Req *req, const Bunke *bundle, const BunkeFil *f, PreviewView *view,
                      GError **error)
{
    DryRun *run = &view->runs.v[view->runs.n++];
    const Previewed file = { f->id, f->filename, bundle->shared };
    g_autoptr(ParsedFile) parsed = NULL;
    char key[ID_TEXT];
    ImportResult r;

    *run = (DryRun){ .filename = f->filename, .state = f->state, .key = "" };
    view->n_unread += !strcmp(f->state, "ulest");
    if (f->dataset != NO_INT)
        run->dataset = url_for(req->arena, "/import/historikk/%I", f->dataset);
    run->n_values = f->n_values == NO_INT ? 0 : f->n_values;
    if (strcmp(f->state, "lest"))
        return true;
    if (!indikator_bundle_parsed(req->db, bundle->owner, f->id, &parsed, error))
        return false;
    if (parsed == NULL || !indikator_try_parsed(req, &file, parsed, true, &r, error) ||
        !indikator_fill_run(req, &file, &r, run, error))
        return parsed == NULL;
    run->key = arena_dup(req->arena, id_text(f->id, key));
    if (run->unknown || run->mapped)
        run->table = !bundle->shared && req_may_unit(req, PERM_DATASET_IMPORT, 0)
                         ? url_for(req->arena, "/import/filer/%I/tabell/%I", bundle->id, f->id)
                         : (Url){ NULL };
    run->problems =
        url_with(req->arena, url_for(req->arena, "/import/filer/%I/merknader.csv", bundle->id),
                 "fil", run->key);
    if (run->refused || run->unknown || (run->known_before && !run->undone_before) ||
        run->admin.role)
        return true;
    run->ready = true;
    view->n_ready++;
    view->n_knowing += *run->tick != '\0';
    return true;
}

/* --- the page --- */

static bool load(Req *req, Bunke *bundle, BunkeFiler *files, GError **error)
{
    if (!indikator_bundle_get(req->db, req->arena, req->user->owner, req->user->id,
                              req_id(req, "id"), bundle, files, error))
        return false;
    if (bundle->shared ? !indikator_may_shared(req) : !indikator_may_own(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not import there");
    return true;
}

bool indikator_show_files(Req *req, GError **error)
{
    PreviewView view = { .csrf = req->csrf, .settled = true };
    BunkeFiler files;
    Bunke bundle;

    if (!load(req, &bundle, &files, error))
        return false;
    view.shared = bundle.shared;
    view.action = url_for(req->arena, "/import/filer/%I", bundle.id);
    view.answer = url_for(req->arena, "/import/filer/%I/svar", bundle.id);
    view.job = bundle.job == NO_INT ? (Url){ NULL } : url_for(req->arena, "/jobber/%I", bundle.job);
    view.runs.v = arena_alloc(req->arena, MAX(files.n, 1) * sizeof(DryRun));
    for (size_t i = 0; i < files.n; i++) {
        if (!show_file(req, &bundle, &files.v[i], &view, error))
            return false;
        view.settled = view.settled && (!strcmp(files.v[i].state, "lagret") ||
                                        !strcmp(files.v[i].state, "droppet"));
    }
    indikator_filer(req_page(req, 200, _("What the files hold")), &view);
    return true;
}

/* --- yes or no --- */

typedef struct {
    int files, refused;
    int64_t values;
} Stored;

static const BunkeFil *find_file(const BunkeFiler *files, const char *key)
{
    int64_t id = id_parse(key ? key : "");

    for (size_t i = 0; i < files->n; i++)
        if (id && files->v[i].id == id)
            return &files->v[i];
    return NULL;
}

typedef struct {
    Req *req;
    const Bunke *bundle;
    const BunkeFil *file;
    const ParsedFile *parsed;
    ImportResult result;
} StoringFile;

/* The values and the word that the file is stored, together. */
static bool store_work(Db *db, void *arg, GError **error)
{
    StoringFile *s = arg;
    Req here = *s->req;
    const Previewed file = { s->file->id, s->file->filename, s->bundle->shared };

    here.db = db;
    if (!indikator_try_parsed(&here, &file, s->parsed, false, &s->result, error))
        return false;
    if (s->result.n_errors)
        return true;
    return indikator_bundle_settle(db, s->bundle->owner, s->file->id, "lagret", s->result.dataset,
                                   s->result.values, error);
}

static bool store_file(Req *req, const Bunke *bundle, const BunkeFil *f, Stored *stored,
                       GError **error)
{
    g_autoptr(ParsedFile) parsed = NULL;
    StoringFile s = { req, bundle, f, NULL, { 0 } };

    if (strcmp(f->state, "lest"))
        return true; /* stored by another tab, or dropped */
    if (!indikator_bundle_parsed(req->db, bundle->owner, f->id, &parsed, error))
        return false;
    if (parsed == NULL)
        return true;
    s.parsed = parsed;
    req_note(req, "import.lagret", f->id, 0, f->filename);
    if (!db_transaction(req->db, store_work, &s, error))
        return false;
    stored->files += s.result.n_errors == 0;
    stored->refused += s.result.n_errors > 0;
    stored->values += s.result.values;
    return true;
}

static bool stored_text(Req *req, const Stored *stored, const char **ret, GError **error)
{
    size_t n;

    if (stored->refused)
        *ret = _("The data have changed meanwhile: look at the files again.");
    else if (!stored->files)
        *ret = _("No file was chosen.");
    else
        *ret = arena_printf(req->arena,
                            ngettext("%d file is stored, with %s new or changed values.",
                                     "%d files are stored, with %s new or changed values.",
                                     stored->files),
                            stored->files, indikator_number(req, stored->values));
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

static bool drop_all(Req *req, const Bunke *bundle, const BunkeFiler *files, GError **error)
{
    req_note(req, "import.droppet", bundle->id, 0, NULL);
    for (size_t i = 0; i < files->n; i++)
        if (strcmp(files->v[i].state, "lagret") &&
            !indikator_bundle_settle(req->db, bundle->owner, files->v[i].id, "droppet", NO_INT,
                                     NO_INT, error))
            return false;
    return req_redirect_saying(req, "/import", _("Nothing was imported from these files."));
}

bool indikator_settle_files(Req *req, GError **error)
{
    const char *what = req_posted(req, "gjor");
    const char *const *keys = req_posted_all(req, "fil");
    Stored stored = { 0 };
    BunkeFiler files;
    const char *said;
    Bunke bundle;

    if (!load(req, &bundle, &files, error))
        return false;
    if (what && !strcmp(what, "dropp"))
        return drop_all(req, &bundle, &files, error);
    for (size_t i = 0; keys && keys[i] && i < BUNKE_FILES; i++) {
        const BunkeFil *file = find_file(&files, keys[i]);

        if (file && !store_file(req, &bundle, file, &stored, error))
            return false;
    }
    return stored_text(req, &stored, &said, error) &&
           req_redirect_saying(req, url_for(req->arena, "/import/filer/%I", bundle.id).text, said);
}

/* --- answers --- */

static bool is_answer(const char *text)
{
    size_t len = text ? strlen(text) : 0;

    return len > 0 && len <= 40 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

typedef struct {
    const char *const *kind, *const *text, *const *answer;
    size_t n;
} Answers;

static Answers posted_answers(Req *req)
{
    Answers a = { req_posted_all(req, "slag"), req_posted_all(req, "tekst"),
                  req_posted_all(req, "svar"), 0 };

    while (a.kind && a.text && a.answer && a.kind[a.n] && a.text[a.n] && a.answer[a.n])
        a.n++;
    return a;
}

/* A role of one unit answers what this file asks, and points to its own unit or to none. */
static bool is_asked(const Questions *asked, const char *kind, const char *text, const char *answer)
{
    for (size_t i = 0; i < asked->n; i++) {
        const Question *q = &asked->v[i];

        if (strcmp(q->kind, kind) || strcmp(q->text, text))
            continue;
        for (size_t k = 0; k < q->choices.n; k++)
            if (!strcmp(q->choices.v[k].value, answer))
                return true;
    }
    return false;
}

/* asked: NULL for a role that may answer anything. */
static bool save_answers(Req *req, const Answers *a, const char *source, const Questions *asked,
                         int *ret_n, GError **error)
{
    for (size_t i = 0; i < a->n; i++) {
        bool column = !strcmp(a->kind[i], "kolonne");
        const Tilordning one = { .source = column ? "values-csv" : source,
                                 .kind = column ? "kolonne" : "enhet",
                                 .text = a->text[i],
                                 .target = a->answer[i],
                                 .saved_at = req->now };

        if (!is_answer(a->answer[i]) || !*a->text[i] || g_utf8_strlen(a->text[i], -1) > 200 ||
            (asked && !is_asked(asked, one.kind, one.text, one.target)))
            continue;
        if (!indikator_meaning_save(req->db, req->user->owner, &one, req->user->id, error))
            return false;
        (*ret_n)++;
    }
    return true;
}

static bool questions_of(Req *req, const Bunke *bundle, const BunkeFil *f, const ParsedFile *parsed,
                         Questions *ret, GError **error)
{
    const Previewed file = { f->id, f->filename, bundle->shared };
    ImportResult r;

    return indikator_try_parsed(req, &file, parsed, true, &r, error) &&
           indikator_questions(req, &file, &r, ret, error);
}

bool indikator_answer_files(Req *req, GError **error)
{
    Answers answers = posted_answers(req);
    g_autoptr(ParsedFile) parsed = NULL;
    Questions asked = { 0 };
    bool unit_only = indikator_only_unit(req) != 0;
    const BunkeFil *file;
    BunkeFiler files;
    Bunke bundle;
    int n = 0;

    if (!load(req, &bundle, &files, error))
        return false;
    file = find_file(&files, req_posted(req, "fil"));
    if (!file)
        return req_not_found(req, error);
    if (!indikator_bundle_parsed(req->db, bundle.owner, file->id, &parsed, error))
        return false;
    if (parsed && unit_only && !questions_of(req, &bundle, file, parsed, &asked, error))
        return false;
    req_note(req, "import.svart", file->id, 0, file->filename);
    if (parsed &&
        (!save_answers(req, &answers, parsed->format ? parsed->format : "values-csv",
                       unit_only ? &asked : NULL, &n, error) ||
         (parsed->n_columns > 0 && !indikator_bundle_read(req->db, bundle.owner, file, error))))
        return false;
    return req_redirect_saying(
        req, url_for(req->arena, "/import/filer/%I", bundle.id).text,
        n ? arena_printf(req->arena, ngettext("%d answer is saved.", "%d answers are saved.", n), n)
          : _("Choose at least one answer."));
}

/* --- every problem as a table --- */

/* A cell that a spreadsheet would take for a formula gets an apostrophe first. */
static void append_cell(GString *out, const char *text)
{
    g_string_append(out, "\"");
    if (*text && strchr("=+-@\t\r", *text))
        g_string_append_c(out, '\'');
    csv_escape(out, text);
    g_string_append(out, "\"");
}

static void append_problems(GString *out, const char *kind, const ImportProblem *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        append_cell(out, list[i].file ? list[i].file : "");
        g_string_append_printf(out, ";%" G_GINT64_FORMAT ";%" G_GINT64_FORMAT ";", list[i].line,
                               list[i].column);
        append_cell(out, kind);
        g_string_append_c(out, ';');
        append_cell(out, list[i].message);
        g_string_append(out, "\r\n");
    }
}

bool indikator_send_problems(Req *req, GError **error)
{
    g_autoptr(GString) out = g_string_new("\xEF\xBB\xBF");
    g_autoptr(ParsedFile) parsed = NULL;
    const BunkeFil *file;
    BunkeFiler files;
    ImportResult r;
    Bunke bundle;

    if (!load(req, &bundle, &files, error))
        return false;
    file = find_file(&files, req_query(req, "fil"));
    if (!file || !indikator_bundle_parsed(req->db, bundle.owner, file->id, &parsed, error))
        return file ? false : req_not_found(req, error);
    if (!parsed)
        return req_not_found(req, error);
    const Previewed previewed = { file->id, file->filename, bundle.shared };

    if (!indikator_try_parsed(req, &previewed, parsed, true, &r, error))
        return false;
    g_string_append_printf(out, "%s;%s;%s;%s;%s\r\n", _("File"), _("Line"), _("Column"), _("Kind"),
                           _("What and what to do"));
    append_problems(out, _("Error"), r.errors, r.n_errors);
    append_problems(out, _("Worth a look"), r.warnings, r.n_warnings);
    return req_download(req, "text/csv; charset=utf-8", "merknader.csv", out->str, out->len);
}
