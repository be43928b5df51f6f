/* cmd-archive.c - archive: the package for the archive of one report, as a ZIP.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv.h"
#include "cli.h"
#include "eier.h"

typedef struct {
    const char *number, *output;
    char year[8]; /* "2012/13" */
    int generation;
} Wish;

static bool find_report(Cli *cli, const Wish *w, int64_t owner, Report *ret, GError **error)
{
    ReportList all;

    if (!tilstandsrapport_list(cli->db, cli->arena, owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].year, w->year)) {
            *ret = all.v[i];
            return true;
        }
    return app_fail(error, APP_ERROR_NOT_FOUND, "there is no report of %s", w->year);
}

static bool tell(void *arg, int done, int total, const char *title, GError **error)
{
    (void)arg, (void)error;
    cli_progress("%d/%d %s", done + 1, total, title);
    return true;
}

static bool write_package(Cli *cli, const Wish *w, GError **error)
{
    g_autoptr(GBytes) zip = NULL;
    g_autoptr(GError) why = NULL;
    ArkivWish wish = { .generation = w->generation, .now = cli_now(), .progress = tell };
    Report report;
    Eier eier;
    size_t size;
    int files;

    if (!eier_get_number(cli->db, cli->arena, w->number, &eier, error))
        return false;
    db_set_owner(cli->db, eier.id);
    if (!eier_today(cli->db, cli->arena, eier.id, wish.now, &wish.today, error) ||
        !find_report(cli, w, eier.id, &report, error) ||
        !arkiv_package(cli->db, cli->arena, &report, &wish, &zip, &files, error))
        return false;
    const char *data = g_bytes_get_data(zip, &size);

    if (!g_file_set_contents_full(w->output, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                  0644, &why))
        return app_fail(error, APP_ERROR_DB, "cannot write %s: %s", w->output, why->message);
    cli_progress("%s: %d files, %zu KiB", w->output, files, size / 1024);
    return true;
}

/* "2012/13", also written "2012-13": two years that follow each other. */
static bool read_year(const char *text, char ret[8])
{
    if (!text || strlen(text) != 7 || strspn(text, "0123456789") != 4 || !strchr("/-", text[4]) ||
        strspn(text + 5, "0123456789") != 2 ||
        (g_ascii_strtoll(text, NULL, 10) + 1) % 100 != g_ascii_strtoll(text + 5, NULL, 10))
        return false;
    g_snprintf(ret, 8, "%.4s/%s", text, text + 5);
    return true;
}

int cli_archive(int argc, char **argv)
{
    g_autofree char *url = NULL, *owner = NULL, *year = NULL, *output = NULL;
    int generation = 2;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "the database", "URL" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &owner, "municipality number", "NUMBER" },
        { "year", 0, 0, G_OPTION_ARG_STRING, &year, "of the report, 2012/13", "YEAR" },
        { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "the ZIP to write", "FILE" },
        { "generation", 0, 0, G_OPTION_ARG_INT, &generation,
          "of arkivmelding: 2 (KS Fiks Arkiv, default) or 1 (eFormidling)", "N" },
        { NULL }
    };
    int code = cli_parse("archive", entries, &argc, &argv);
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    Wish wish = { .generation = generation };

    if (code >= 0)
        return code;
    if (argc > 1 || !owner || !output || !read_year(year, wish.year))
        return cli_misuse("archive", "--owner, --year (\"2012/13\") and --output are needed");
    if (generation != 1 && generation != 2)
        return cli_misuse("archive", "--generation is 1 or 2");
    wish.number = owner;
    wish.output = output;
    if (!cli_open(url, &cli, &error) || !write_package(&cli, &wish, &error))
        return cli_failed(error);
    return EXIT_DONE;
}
