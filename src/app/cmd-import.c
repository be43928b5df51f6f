/* cmd-import.c - import: data files into the shared store, or with --owner into the owner's own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cli.h"
#include "eier.h"
#include "indikator.h"

typedef struct {
    Cli cli;
    int64_t owner;
    const char *format, *today;
    gboolean dry_run, json;
} Importing;

static void say_problems(const ImportResult *r)
{
    for (size_t i = 0; i < r->n_errors; i++) {
        const ImportProblem *p = &r->errors[i];

        if (p->line && p->column)
            fprintf(stderr, "%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ": %s\n", p->file, p->line,
                    p->column, p->message);
        else if (p->line)
            fprintf(stderr, "%s:%" G_GINT64_FORMAT ": %s\n", p->file, p->line, p->message);
        else
            fprintf(stderr, "%s: %s\n", p->file, p->message);
    }
}

static void say_result(const char *path, const ImportResult *r, bool dry_run)
{
    if (r->known_before) {
        printf("%s: imported before, nothing new\n", path);
        return;
    }
    printf("%s: %s, %" G_GINT64_FORMAT " rows, %" G_GINT64_FORMAT " values %s, %" G_GINT64_FORMAT
           " masked, %" G_GINT64_FORMAT " empty, %" G_GINT64_FORMAT " zero cells; %" G_GINT64_FORMAT
           " units known, %" G_GINT64_FORMAT " unknown\n",
           path, r->format, r->rows, r->values, dry_run ? "would be stored" : "stored", r->masked,
           r->missing, r->zeros, r->units_matched, r->units_unknown);
}

/* A file that cannot be read is a problem of that file: the others go their way. */
static ImportResult unreadable(Arena *arena, const char *file, const GError *why)
{
    ImportProblem *problem = arena_alloc(arena, sizeof *problem);

    *problem = (ImportProblem){ .file = file, .message = arena_dup(arena, why->message) };
    return (ImportResult){ .format = "", .errors = problem, .n_errors = 1 };
}

static bool import_one(Importing *im, const char *path, ImportResult *ret, GError **error)
{
    g_autofree char *data = NULL, *base = g_path_get_basename(path);
    g_autoptr(GError) why = NULL;
    ImportSpec spec = { .owner = im->owner,
                        .filename = arena_dup(im->cli.arena, base),
                        .format = im->format ? im->format : "auto",
                        .dry_run = im->dry_run,
                        .now = cli_now(),
                        .today = im->today };

    cli_progress("%s ...", base);
    if (!cli_read_file(path, &data, &spec.size, &why)) {
        *ret = unreadable(im->cli.arena, spec.filename, why);
        return true;
    }
    spec.data = data;
    return indikator_import(im->cli.db, im->cli.arena, &spec, ret, error);
}

static int import_all(Importing *im, char **paths, int n)
{
    g_autoptr(GString) out = g_string_new(NULL);
    int code = EXIT_DONE;

    for (int i = 0; i < n; i++) {
        g_autoptr(GError) error = NULL;
        ImportResult result = { 0 };

        if (!import_one(im, paths[i], &result, &error))
            return cli_failed(error);
        if (result.n_errors)
            code = EXIT_FAILED;
        if (im->json) {
            g_autofree char *line = indikator_import_json(&result);

            g_string_append_printf(out, "%s%s", i ? "," : "", line);
            continue;
        }
        say_problems(&result);
        if (result.n_errors)
            fprintf(stderr, "%s: nothing stored\n", paths[i]);
        else
            say_result(paths[i], &result, im->dry_run);
    }
    if (im->json)
        printf(n > 1 ? "[%s]\n" : "%s\n", out->str);
    return code;
}

int cli_import(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *number = NULL, *format = NULL;
    Importing im = { 0 };
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &number, "into this owner's own store", "NUMBER" },
        { "format", 0, 0, G_OPTION_ARG_STRING, &format, "auto, udir-csv or values-csv", "F" },
        { "dry-run", 0, 0, G_OPTION_ARG_NONE, &im.dry_run, "tell what would happen, store nothing",
          NULL },
        { "json", 0, 0, G_OPTION_ARG_NONE, &im.json, "the result as JSON", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    Eier eier = { 0 };
    int code = cli_parse("import FILE...", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc < 2)
        return cli_misuse("import", "name at least one file");
    if (format && strcmp(format, "auto") && strcmp(format, "udir-csv") &&
        strcmp(format, "values-csv"))
        return cli_misuse("import", "\"%s\" is not a format: auto, udir-csv or values-csv", format);
    if (!cli_open(db_url, &cli, &error) ||
        (number && !eier_get_number(cli.db, cli.arena, number, &eier, &error)) ||
        !eier_today(cli.db, cli.arena, eier.id, cli_now(), &im.today, &error))
        return cli_failed(error);
    im.cli = cli;
    im.owner = eier.id;
    im.format = format;
    return import_all(&im, argv + 1, argc - 1);
}
