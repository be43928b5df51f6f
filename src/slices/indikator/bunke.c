/* bunke.c - files sent together: kept, read in the sandbox, and let go when they are stored or dropped.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "bunke.h"
#include "lenket.h"
#include "i18n.h"
#include "jobb.h"
#include "kobling.h"
#include "person.h"
#include "bunke.sql.h"

#define AT_ONCE_FILES 8
#define AT_ONCE_BYTES ((size_t)4 * 1024 * 1024)

/* --- reading --- */

static bool columns_of(Db *db, Arena *arena, int64_t owner, GArray *columns, GError **error)
{
    ImportMeanings said;

    if (!indikator_meanings(db, arena, owner, "values-csv", "kolonne", &said, error))
        return false;
    for (size_t i = 0; i < said.n; i++) {
        const ColumnMeaning one = { said.v[i].text, said.v[i].as };

        g_array_append_val(columns, one);
    }
    return indikator_mapping_meanings(db, arena, owner, columns, error);
}

bool indikator_bundle_read(Db *db, int64_t owner, const BunkeFil *file, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(ColumnMeaning));
    g_auto(BunkeDataRows) rows = { 0 };
    g_autoptr(ParsedFile) parsed = NULL;
    g_autoptr(GByteArray) packed = NULL;

    if (!bunke_data(db, owner, file->id, &rows, error))
        return false;
    if (rows.n == 0)
        return true; /* stored or dropped meanwhile */
    if (!columns_of(db, arena, owner, columns, error))
        return false;
    const ParseSpec spec = { .name = file->filename,
                             .bytes = rows.v[0].data.data,
                             .len = rows.v[0].data.size,
                             .format = "auto",
                             .columns = (const ColumnMeaning *)(void *)columns->data,
                             .n_columns = columns->len };

    if (!indikator_parse_safely(&spec, &parsed, error))
        return false;
    packed = indikator_parse_pack(parsed);
    return bunke_read(db, owner, file->id, (DbBlob){ packed->data, packed->len }, error) &&
           (!parsed->person_number ||
            bunke_let_go(db, owner, file->id, (DbBlob){ "", 0 }, error)); /* never kept */
}

bool indikator_bundle_bytes(Db *db, int64_t owner, int64_t file, GBytes **ret, GError **error)
{
    g_auto(BunkeDataRows) rows = { 0 };

    *ret = NULL;
    if (!bunke_data(db, owner, file, &rows, error))
        return false;
    if (rows.n > 0)
        *ret = g_bytes_new(rows.v[0].data.data, rows.v[0].data.size);
    return true;
}

bool indikator_bundle_parsed(Db *db, int64_t owner, int64_t file, ParsedFile **ret, GError **error)
{
    g_auto(BunkeParsedRows) rows = { 0 };

    *ret = NULL;
    if (!bunke_parsed(db, owner, file, &rows, error))
        return false;
    if (rows.n == 0 || rows.v[0].parsed.data == NULL)
        return true;
    *ret = indikator_parse_unpack(rows.v[0].parsed.data, rows.v[0].parsed.size, error);
    return *ret != NULL;
}

static bool list_files(Db *db, Arena *arena, int64_t owner, int64_t bundle, BunkeFiler *ret,
                       GError **error)
{
    g_auto(BunkeFilesRows) rows = { 0 };

    if (!bunke_files(db, owner, bundle, &rows, error))
        return false;
    *ret = (BunkeFiler){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(BunkeFil)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (BunkeFil){ rows.v[i].id,
                                arena_dup(arena, rows.v[i].filename),
                                arena_dup(arena, rows.v[i].state),
                                rows.v[i].skipped != 0,
                                rows.v[i].size,
                                rows.v[i].datasett,
                                rows.v[i].n_values };
    return true;
}

/* --- the job --- */

static bool run_job(Job *job, GError **error)
{
    int64_t bundle = id_parse(job->args);
    BunkeFiler files;

    if (!list_files(job->db, job->arena, job->owner, bundle, &files, error))
        return false;
    for (size_t i = 0; i < files.n; i++) {
        const char *text = arena_printf(job->arena, _("Reading %s"), files.v[i].filename);

        if (!job_progress(job, (int64_t)i, (int64_t)files.n, text, error))
            return false;
        if (!strcmp(files.v[i].state, "ulest") &&
            !indikator_bundle_read(job->db, job->owner, &files.v[i], error))
            return false;
    }
    if (!job_progress(job, (int64_t)files.n, (int64_t)files.n, NULL, error))
        return false;
    job_result(job, _("The files are read. See what they hold, and say whether to import them."),
               arena_printf(job->arena, "/import/filer/%s", job->args));
    return true;
}

const JobKind indikator_jobs[] = {
    { "import", N_("Reading files to import"), run_job, .attempts = 3, .lease = 120 },
    { "moenstre", N_("Working out what must be hidden"), indikator_run_link, .attempts = 3,
      .lease = 300, .every = 24 * 60 },
    { 0 }
};

/* --- keeping --- */

typedef struct {
    const Bunke *bundle;
    const NewFil *files;
    size_t n;
    int64_t id, job;
    bool at_once;
} Adding;

static bool add_job(Db *db, Adding *a, GError **error)
{
    char key[ID_TEXT];
    g_autofree char *title = g_strdup_printf(
        ngettext("Reading %zu file to import", "Reading %zu files to import", a->n), a->n);
    const JobNew job = { .owner = a->bundle->owner,
                         .kind = "import",
                         .title = title,
                         .args = id_text(a->id, key),
                         .person = a->bundle->person };

    a->job = NO_INT;
    return a->at_once || jobb_add(db, &job, a->bundle->created_at, &a->job, error);
}

static bool add_work(Db *db, void *arg, GError **error)
{
    Adding *a = arg;
    const Bunke *b = a->bundle;

    a->id = id_new();
    if (!bunke_purge(db, b->created_at - BUNKE_KEPT, error) || !add_job(db, a, error) ||
        !bunke_insert(db, b->owner, a->id, b->person, b->shared, a->job, b->created_at, error))
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const DbBlob data = { a->files[i].data, a->files[i].size };

        if (!bunke_file_insert(db, b->owner, id_new(), a->id, (int64_t)i + 1, a->files[i].filename,
                               data, error))
            return false;
    }
    return true;
}

static bool read_all(Db *db, int64_t owner, int64_t bundle, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    BunkeFiler files;

    if (!list_files(db, arena, owner, bundle, &files, error))
        return false;
    for (size_t i = 0; i < files.n; i++)
        if (!indikator_bundle_read(db, owner, &files.v[i], error))
            return false;
    return true;
}

bool indikator_bundle_add(Db *db, const Bunke *bundle, const NewFil *files, size_t n,
                          int64_t *ret_id, GError **error)
{
    Adding a = { .bundle = bundle, .files = files, .n = n };
    size_t bytes = 0;

    for (size_t i = 0; i < n; i++)
        bytes += files[i].size;
    a.at_once = n <= AT_ONCE_FILES && bytes <= AT_ONCE_BYTES;
    if (!db_transaction(db, add_work, &a, error) ||
        (a.at_once && !read_all(db, bundle->owner, a.id, error)))
        return false;
    *ret_id = a.id;
    return true;
}

bool indikator_bundle_get(Db *db, Arena *arena, int64_t owner, int64_t person, int64_t id,
                          Bunke *ret, BunkeFiler *ret_files, GError **error)
{
    g_auto(BunkeSelectRows) rows = { 0 };

    if (!bunke_select(db, owner, person, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "these files are no longer kept");
    *ret = (Bunke){ id, owner, person, rows.v[0].shared != 0, rows.v[0].job, rows.v[0].created_at };
    return list_files(db, arena, owner, id, ret_files, error);
}

bool indikator_bundle_waiting(Db *db, int64_t owner, int64_t person, int64_t *ret, GError **error)
{
    g_auto(BunkeWaitingRows) rows = { 0 };

    *ret = 0;
    if (!bunke_waiting(db, owner, person, 0, &rows, error))
        return false;
    if (rows.n)
        *ret = rows.v[0].id;
    return true;
}

bool indikator_bundle_settle(Db *db, int64_t owner, int64_t file, const char *state,
                             int64_t dataset, int64_t n_values, GError **error)
{
    return bunke_settle(db, owner, file, state, (DbBlob){ "", 0 }, dataset, n_values, error);
}

/* --- what has been said --- */

bool indikator_meanings(Db *db, Arena *arena, int64_t owner, const char *source, const char *kind,
                        ImportMeanings *ret, GError **error)
{
    g_auto(BunkeMeaningsRows) rows = { 0 };

    if (!bunke_meanings(db, owner, source, kind, &rows, error))
        return false;
    *ret = (ImportMeanings){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(ImportMeaning)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (ImportMeaning){ arena_dup(arena, rows.v[i].folded),
                                     arena_dup(arena, rows.v[i].target) };
    return true;
}

bool indikator_meaning_save(Db *db, int64_t owner, const Tilordning *what, int64_t person,
                            GError **error)
{
    g_autofree char *folded = indikator_fold(what->text);
    const BunkeMeaningSaveArgs args = { .owner = owner,
                                        .id = id_new(),
                                        .source = what->source,
                                        .kind = what->kind,
                                        .folded = folded,
                                        .text = what->text,
                                        .target = what->target,
                                        .person = person ? person : NO_INT,
                                        .saved_at = what->saved_at };

    return bunke_meaning_save(db, &args, error);
}

bool indikator_meaning_list(Db *db, Arena *arena, int64_t owner, TilordningList *ret,
                            GError **error)
{
    g_auto(BunkeMeaningListRows) rows = { 0 };

    if (!bunke_meaning_list(db, owner, &rows, error))
        return false;
    *ret = (TilordningList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Tilordning)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const BunkeMeaningListRow *r = &rows.v[i];

        ret->v[i] = (Tilordning){ r->id,
                                  arena_dup(arena, r->source),
                                  arena_dup(arena, r->kind),
                                  arena_dup(arena, r->text),
                                  arena_dup(arena, r->target),
                                  NULL,
                                  r->saved_at };
        if (r->person != NO_INT && !person_name(db, arena, owner, r->person, &ret->v[i].by, error))
            return false;
    }
    return true;
}

bool indikator_meaning_forget(Db *db, int64_t owner, int64_t id, GError **error)
{
    g_auto(BunkeMeaningForgetRows) rows = { 0 };

    return bunke_meaning_forget(db, owner, id, &rows, error) &&
           (rows.n > 0 || app_fail(error, APP_ERROR_NOT_FOUND, "no such answer"));
}

bool indikator_meaning_change(Db *db, int64_t owner, int64_t id, const char *target, int64_t now,
                              GError **error)
{
    g_auto(BunkeMeaningChangeRows) rows = { 0 };

    return bunke_meaning_change(db, owner, id, target, now, &rows, error) &&
           (rows.n > 0 || app_fail(error, APP_ERROR_NOT_FOUND, "no such answer"));
}
