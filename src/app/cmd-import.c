/* cmd-import.c - import: data files into the shared store, or with --owner into the owner's own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cli.h"
#include "eier.h"
#include "i18n.h"
#include "indikator.h"
#include "revisjon.h"

typedef struct {
    Cli cli;
    int64_t owner;
    const char *format, *today;
    gboolean dry_run, json;
    ImportMeanings units; /* of --map */
    int code;
    int n;        /* results so far */
    GString *out; /* JSON */
} Importing;

#define SHOWN_PROBLEMS 50
#define FORMATS                                                                                    \
    "auto, udir-csv, udir-json, skoleporten, jsonstat, px, nsr, klass, values-csv, fakta-csv or "  \
    "xlsx"

static void say_problems(const ImportResult *r)
{
    for (size_t i = 0; i < MIN(r->n_errors, SHOWN_PROBLEMS); i++) {
        const ImportProblem *p = &r->errors[i];

        if (p->line && p->column)
            fprintf(stderr, "%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ": %s\n", p->file, p->line,
                    p->column, p->message);
        else if (p->line)
            fprintf(stderr, "%s:%" G_GINT64_FORMAT ": %s\n", p->file, p->line, p->message);
        else
            fprintf(stderr, "%s: %s\n", p->file, p->message);
    }
    if (r->n_errors > SHOWN_PROBLEMS)
        fprintf(stderr, "and %zu more\n", r->n_errors - SHOWN_PROBLEMS);
}

static void say_warnings(const char *path, const ImportResult *r)
{
    for (size_t i = 0; i < MIN(r->n_warnings, SHOWN_PROBLEMS); i++)
        fprintf(stderr, "%s: %s\n", path, r->warnings[i].message);
}

static void say_skipped(const char *path, const ImportResult *r)
{
    for (size_t i = 0; i < r->n_skipped; i++)
        fprintf(stderr, "%s: passed over: %s (%" G_GINT64_FORMAT " rows)\n", path,
                r->skipped[i].text, r->skipped[i].n);
}

static void say_result(const char *path, const ImportResult *r, bool dry_run)
{
    if (r->undone_before) {
        printf("%s: imported and undone before; its values %s\n", path,
               dry_run ? "would count again" : "count again");
        return;
    }
    if (r->known_before) {
        printf("%s: imported before, nothing new\n", path);
        return;
    }
    if (r->mapped)
        printf("%s: its columns are read as saved for these headers\n", path);
    printf("%s: %s, %" G_GINT64_FORMAT " rows, %" G_GINT64_FORMAT " values %s, %" G_GINT64_FORMAT
           " masked, %" G_GINT64_FORMAT " empty, %" G_GINT64_FORMAT " zero cells; %" G_GINT64_FORMAT
           " units known, %" G_GINT64_FORMAT " unknown\n",
           path, r->format, r->rows, r->values, dry_run ? "would be stored" : "stored", r->masked,
           r->missing, r->zeros, r->units_matched, r->units_unknown);
}

static void say_quality(Arena *arena, const char *path, const ImportResult *r)
{
    size_t n = indikator_control_count(r);

    for (size_t i = 0; i < n; i++) {
        ControlSummary c = indikator_control_summary(arena, r, i);

        if (c.held < c.checked)
            fprintf(stderr, "%s: %s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT "%s%s\n", path,
                    c.name, c.held, c.checked, c.leak ? ", a leak at the source" : "", c.first);
    }
}

/* A file that cannot be read is a problem of that file: the others go their way. */
static ImportResult unreadable(Arena *arena, const char *file, const GError *why)
{
    ImportProblem *problem = arena_alloc(arena, sizeof *problem);

    *problem = (ImportProblem){ .file = file, .message = arena_dup(arena, why->message) };
    return (ImportResult){ .format = "", .errors = problem, .n_errors = 1 };
}

/* What the command line imports and undoes leaves a line in the audit log. */
static bool leave_note(const Importing *im, const char *act, int64_t dataset, const char *detail,
                       GError **error)
{
    const AuditNote note = {
        .owner = im->owner, .at = cli_now(), .act = act, .object = dataset, .detail = detail
    };

    return revisjon_add(im->cli.db, &note, error);
}

static bool import_bytes(Importing *im, const char *name, const char *data, size_t size,
                         ImportResult *ret, GError **error)
{
    const ImportSpec spec = { .owner = im->owner,
                              .filename = arena_dup(im->cli.arena, name),
                              .data = data,
                              .size = size,
                              .format = im->format ? im->format : "auto",
                              .dry_run = im->dry_run,
                              .now = cli_now(),
                              .today = im->today,
                              .units = im->units };

    cli_progress("%s ...", name);
    if (!indikator_import(im->cli.db, im->cli.arena, &spec, ret, error))
        return false;
    return ret->n_errors || im->dry_run || (ret->known_before && !ret->undone_before) ||
           leave_note(im, "import.lagret", ret->dataset, name, error);
}

static void say(Importing *im, const char *path, const ImportResult *r)
{
    if (r->n_errors)
        im->code = EXIT_FAILED;
    if (im->json) {
        g_autofree char *line = indikator_import_json(r);

        g_string_append_printf(im->out, "%s%s", im->n++ ? "," : "", line);
        return;
    }
    im->n++;
    say_problems(r);
    if (r->has_table && !r->mapped)
        fprintf(stderr,
                "%s: no reader knows this table: say once on the page /import what its "
                "columns mean, and it is read here too\n",
                path);
    say_warnings(path, r);
    say_skipped(path, r);
    if (r->n_errors)
        fprintf(stderr, "%s: nothing stored\n", path);
    else
        say_result(path, r, im->dry_run);
    say_quality(im->cli.arena, path, r);
}

/* The files of an archive, each by itself. */
static bool import_archive(Importing *im, const char *path, const char *data, size_t size,
                           GError **error)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autoptr(GPtrArray) files = NULL;
    g_autoptr(GError) why = NULL;

    if (!indikator_unzip(data, size, &files, &why)) {
        const ImportResult r = unreadable(im->cli.arena, base, why);

        if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
            return app_pass(error, &why);
        say(im, path, &r);
        return true;
    }
    for (guint i = 0; i < files->len; i++) {
        const ZippedFile *f = files->pdata[i];
        g_autofree char *inside = g_strdup_printf("%s/%s", path, f->name);
        gsize n;
        const char *bytes = g_bytes_get_data(f->bytes, &n);
        ImportResult r = { 0 };

        if (!import_bytes(im, f->name, bytes ? bytes : "", n, &r, error))
            return false;
        say(im, inside, &r);
    }
    return true;
}

static bool import_one(Importing *im, const char *path, GError **error)
{
    g_autofree char *data = NULL, *base = g_path_get_basename(path);
    g_autoptr(GError) why = NULL;
    ImportResult r = { 0 };
    size_t size;

    if (!cli_read_file(path, &data, &size, &why))
        r = unreadable(im->cli.arena, arena_dup(im->cli.arena, base), why);
    else if (indikator_is_archive(data, size))
        return import_archive(im, path, data, size, error);
    else if (!import_bytes(im, base, data, size, &r, error))
        return false;
    say(im, path, &r);
    return true;
}

static int import_all(Importing *im, char **paths, int n)
{
    g_autoptr(GString) out = g_string_new(NULL);

    im->out = out;
    im->code = EXIT_DONE;
    for (int i = 0; i < n; i++) {
        g_autoptr(GError) error = NULL;

        if (!import_one(im, paths[i], &error))
            return cli_failed(error);
    }
    if (im->json)
        printf(n > 1 || im->n > 1 ? "[%s]\n" : "%s\n", out->str);
    return im->code;
}

/* --- --map: name;orgnr, one a line; a header of those words is passed over --- */

static bool read_map(Importing *im, const char *path, GError **error)
{
    g_autofree char *data = NULL;
    g_auto(GStrv) lines = NULL;
    size_t size, n = 0;

    if (!cli_read_file(path, &data, &size, error))
        return false;
    if (g_str_has_prefix(data, "\xEF\xBB\xBF"))
        memset(data, ' ', 3);
    if (!g_utf8_validate(data, -1, NULL))
        return app_fail(error, APP_ERROR_INVALID, "%s: save it as UTF-8", path);
    lines = g_strsplit(data, "\n", -1);
    im->units.v = arena_alloc(im->cli.arena, MAX(g_strv_length(lines), 1) * sizeof(ImportMeaning));
    for (; lines[n]; n++) {
        char *mark = strrchr(g_strstrip(lines[n]), ';');

        if (*lines[n] == '\0')
            continue;
        if (mark == NULL)
            return app_fail(error, APP_ERROR_INVALID, "%s:%zu: write name;number", path, n + 1);
        *mark = '\0';
        g_autofree char *folded = indikator_fold(lines[n]);
        im->units.v[im->units.n++] =
            (ImportMeaning){ arena_dup(im->cli.arena, folded),
                             arena_dup(im->cli.arena, g_strstrip(mark + 1)) };
    }
    return true;
}

/* --- history --- */

static int list_datasets(const Importing *im)
{
    g_autoptr(GError) error = NULL;
    DatasetList all;

    if (!indikator_datasets(im->cli.db, im->cli.arena, im->owner, 10000, &all, &error))
        return cli_failed(error);
    for (size_t i = 0; i < all.n; i++) {
        const Dataset *d = &all.v[i];
        char key[ID_TEXT], day[DATE_TEXT];

        printf("%s\t%s\t%s\t%s\t%" G_GINT64_FORMAT "\t%s\t%s\n", id_text(d->id, key),
               time_date(d->imported_at, day), d->shared ? "shared" : "own", d->format, d->values,
               d->undone_at == NO_INT ? "counts" : "undone", d->filename);
    }
    return EXIT_DONE;
}

static int undo_dataset(const Importing *im, const char *key, bool undo)
{
    g_autoptr(GError) error = NULL;
    int64_t id = id_parse(key), n;

    if (!id)
        return cli_misuse("import", "\"%s\" is no dataset; --list shows them", key);
    if (!(undo ? indikator_undo(im->cli.db, im->owner, id, 0, cli_now(), &n, &error)
               : indikator_redo(im->cli.db, im->owner, id, &n, &error)) ||
        !indikator_link(im->cli.db, im->owner, NULL, cli_now(), NULL, &error) ||
        !leave_note(im, undo ? "import.angret" : "import.gjentatt", id, "", &error))
        return cli_failed(error);
    printf("%s: %s, %" G_GINT64_FORMAT " values %s\n", key, undo ? "undone" : "brought back", n,
           undo ? "no longer count" : "count again");
    return EXIT_DONE;
}

static bool known_format(const char *format)
{
    static const char *const formats[] = { "auto",      "udir-csv", "values-csv", "skoleporten",
                                           "fakta-csv", "xlsx",     "udir-json",  "jsonstat",
                                           "px",        "nsr",      "klass" };

    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (!strcmp(format, formats[i]))
            return true;
    return false;
}

int cli_import(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *number = NULL, *format = NULL, *map = NULL, *undo = NULL,
                    *redo = NULL;
    gboolean list = FALSE;
    Importing im = { 0 };
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &number, "into this owner's own store", "NUMBER" },
        { "format", 0, 0, G_OPTION_ARG_STRING, &format, FORMATS, "F" },
        { "map", 0, 0, G_OPTION_ARG_STRING, &map, "numbers of units that files name: name;number",
          "FILE" },
        { "dry-run", 0, 0, G_OPTION_ARG_NONE, &im.dry_run, "tell what would happen, store nothing",
          NULL },
        { "list", 0, 0, G_OPTION_ARG_NONE, &list, "what has been imported", NULL },
        { "undo", 0, 0, G_OPTION_ARG_STRING, &undo, "let the values of a dataset no longer count",
          "DATASET" },
        { "redo", 0, 0, G_OPTION_ARG_STRING, &redo, "let them count again", "DATASET" },
        { "json", 0, 0, G_OPTION_ARG_NONE, &im.json, "the result as JSON", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    Eier eier = { 0 };
    int code = cli_parse("import FILE...", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc < 2 && !list && !undo && !redo)
        return cli_misuse("import", "name at least one file");
    if (format && !known_format(format))
        return cli_misuse("import", "\"%s\" is not a format: %s", format, FORMATS);
    if (!cli_open(db_url, &cli, &error) ||
        (number && !eier_get_number(cli.db, cli.arena, number, &eier, &error)) ||
        !eier_today(cli.db, cli.arena, eier.id, cli_now(), &im.today, &error))
        return cli_failed(error);
    im.cli = cli;
    im.owner = eier.id;
    im.format = format;
    if (list)
        return list_datasets(&im);
    if (undo || redo)
        return undo_dataset(&im, undo ? undo : redo, undo != NULL);
    if (map && !read_map(&im, map, &error))
        return cli_failed(error);
    return import_all(&im, argv + 1, argc - 1);
}
