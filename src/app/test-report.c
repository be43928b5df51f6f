/* test-report.c - the command report: what it writes, for whom, and what it refuses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include <unistd.h>
#include "cli.h"
#include "eier.h"
#include "innhold.h"
#include "migrations.h"
#include "sandbox.h"
#include "testing-db.h"

#define TODAY "2013-06-06"
#define NOW INT64_C(1370520000000000)

#define has(text, piece) g_assert_nonnull(strstr(text, piece))
#define lacks(text, piece) g_assert_null(strstr(text, piece))

typedef struct {
    TestDb *db;
    Arena *arena;
    int64_t owner;
    char *path; /* of the file written */
} Given;

static void given_clear(Given *g)
{
    g_unlink(g->path);
    g_clear_pointer(&g->path, g_free);
    g_clear_pointer(&g->arena, arena_free);
    g_clear_pointer(&g->db, test_db_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Given, given_clear)

/* An owner on 6 June 2013 whose school has 220 pupils, and 4 with an individual plan. */
static Given given(void)
{
    const Eier eier = {
        .number = "1551", .name = "Eide kommune", .language = LANG_NB, .demo = true, .date = TODAY
    };
    EnhetNew unit = {
        .kind = "kommune", .name = "Eide kommune", .code = "1551", .origin = "kontekst"
    };
    static const char values[] = "enhet;indikator;periode;verdi\n975283518;GSI.ELEV;2012/13;220\n"
                                 "975283518;GSI.ITO;2012/13;4\n";
    Given g = { test_db_new(app_migrations, app_n_migrations), arena_new(), 0, NULL };
    g_autoptr(GError) error = NULL;
    ImportResult result;
    int64_t id;

    i18n_use(LANG_EN);
    eier_add(g.db->db, &eier, NOW, &g.owner, &error);
    g_assert_no_error(error);
    enhet_add(g.db->db, g.owner, &unit, &id, &error);
    g_assert_no_error(error);
    unit = (EnhetNew){ .kind = "skole",
                       .parent = id,
                       .name = "Eide barneskole",
                       .code = "975283518",
                       .origin = "seed" };
    enhet_add(g.db->db, g.owner, &unit, &id, &error);
    g_assert_no_error(error);
    const ImportSpec spec = { .owner = g.owner,
                              .filename = "v.csv",
                              .data = values,
                              .size = strlen(values),
                              .format = "auto",
                              .now = NOW,
                              .today = TODAY };
    indikator_import(g.db->db, g.arena, &spec, &result, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(result.n_errors, ==, 0);
    close(g_file_open_tmp("report-XXXXXX", &g.path, &error));
    g_assert_no_error(error);
    return g;
}

/* oppvekst report with these further words; the exit code. */
static int report(const Given *g, const char *words)
{
    g_autofree char *line =
        g_strdup_printf("report --db %s --output %s %s", g->db->url, g->path, words);
    g_auto(GStrv) argv = g_strsplit(line, " ", -1);
    g_autofree char **copy =
        g_memdup2(argv, (g_strv_length(argv) + 1) * sizeof(char *)); /* parsing drops some */

    return cli_report((int)g_strv_length(argv), copy);
}

static char *written(const Given *g)
{
    char *text = NULL;

    g_assert_true(g_file_get_contents(g->path, &text, NULL, NULL));
    return text;
}

static void a_draft_is_composed_and_marked(void)
{
    g_auto(Given) g = given();

    g_assert_cmpint(report(&g, "--owner 1551 --year 2012/13 --format html"), ==, EXIT_DONE);
    g_autofree char *html = written(&g);
    has(html, "Utkast – ikke behandlet");
    has(html, "220");
    g_assert_cmpint(report(&g, "--owner 1551 --year 2012-13 --format csv --audience internal"), ==,
                    EXIT_DONE);
    g_autofree char *inside = written(&g);
    has(inside, ";4;");
    g_assert_cmpint(report(&g, "--owner 1551 --year 2012/13 --format csv"), ==, EXIT_DONE);
    g_autofree char *outside = written(&g);
    lacks(outside, ";4;");
    has(outside, "\"skjermet\"");
    g_assert_cmpint(report(&g, "--owner 1551 --year 2012/13 --format html --language nn"), ==,
                    EXIT_DONE);
    g_autofree char *nynorsk = written(&g);
    has(nynorsk, "ikkje behandla");
}

static void the_same_report_gives_the_same_pdf(void)
{
    g_auto(Given) g = given();

    g_assert_cmpint(report(&g, "--owner 1551 --year 2012/13 --format pdf"), ==, EXIT_DONE);
    g_autoptr(GMappedFile) first = g_mapped_file_new(g.path, FALSE, NULL);
    g_autoptr(GBytes) before = g_mapped_file_get_bytes(first);
    g_assert_cmpint(report(&g, "--owner 1551 --year 2012/13 --format pdf"), ==, EXIT_DONE);
    g_autoptr(GMappedFile) second = g_mapped_file_new(g.path, FALSE, NULL);
    g_autoptr(GBytes) after = g_mapped_file_get_bytes(second);
    g_assert_true(g_bytes_equal(before, after));
    g_assert_true(g_str_has_prefix(g_bytes_get_data(after, NULL), "%PDF-1.7"));
}

/* Published: the frozen version, whatever has been written since. */
static void the_public_gets_what_was_published(void)
{
    g_auto(Given) g = given();
    const ReportNew new = {
        .year = "2012/13", .language = LANG_NB, .council = "2013-06-20", .today = TODAY, .now = NOW
    };
    g_autoptr(GError) error = NULL;
    int64_t id, version;
    Report stored;
    char text[ID_TEXT];

    tilstandsrapport_begin(g.db->db, g.owner, &new, &id, &error);
    g_assert_no_error(error);
    tilstandsrapport_get(g.db->db, g.arena, g.owner, id, &stored, &error);
    g_assert_no_error(error);
    tilstandsrapport_freeze(g.db->db, g.owner, &stored, TODAY, NOW, &version, &error);
    g_assert_no_error(error);
    test_db_exec(g.db->db,
                 "UPDATE rapport SET state = 'sendt_formannskap', frozen = (SELECT id FROM "
                 "rapport_versjon), "
                 "published = (SELECT id FROM rapport_versjon), published_on = '2013-06-11'",
                 NULL);
    test_db_exec(g.db->db, "UPDATE rapport_kapittel SET body = 'Skrevet senere'", NULL);
    g_assert_cmpint(report(&g, "--owner 1551 --year 2012/13 --format html"), ==, EXIT_DONE);
    g_autofree char *html = written(&g);
    lacks(html, "Utkast");
    lacks(html, "Skrevet senere");
    has(html, "220");
    g_autofree char *words = g_strdup_printf(
        "--owner 1551 --format html --report %s --audience internal", id_text(id, text));
    g_assert_cmpint(report(&g, words), ==, EXIT_DONE);
    g_autofree char *internal = written(&g);
    has(internal, "Internt");
    lacks(internal, "Skrevet senere");
    g_assert_cmpint(report(&g, "--owner 1551 --year 2012/13 --format html --language en"), ==,
                    EXIT_DONE); /* what the program words, in another language */
    g_autofree char *turned = written(&g);
    lacks(turned, "Skrevet senere");
    lacks(turned, "Draft");
    has(turned, "220");
}

static void wrong_use_is_told_apart_from_failure(void)
{
    static const char *const misuses[] = {
        "--owner 1551 --year 2012/13 --format odt",
        "--owner 1551 --year 2012/13",
        "--owner 1551 --format pdf",
        "--year 2012/13 --format pdf",
        "--owner 1551 --year 2012/14 --format pdf",
        "--owner 1551 --year 2012 --format pdf",
        "--owner 1551 --year 2012/13 --format pdf --audience all",
        "--owner 1551 --year 2012/13 --format pdf --language sv",
        "--owner 1551 --year 2012/13 --format pdf more"
    };
    g_auto(Given) g = given();

    g_file_set_contents(g.path, "before", -1, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(misuses); i++)
        g_assert_cmpint(report(&g, misuses[i]), ==, EXIT_USAGE);
    g_assert_cmpint(report(&g, "--owner 9999 --year 2012/13 --format pdf"), ==, EXIT_FAILED);
    g_assert_cmpint(report(&g, "--owner 1551 --report zzzz --format pdf"), ==, EXIT_FAILED);
    g_autofree char *untouched = written(&g);
    g_assert_cmpstr(untouched, ==, "before");
}

int main(int argc, char **argv)
{
    if (!sandbox_start(NULL)) /* before any thread */
        return 1;
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/draft", a_draft_is_composed_and_marked);
    g_test_add_func("/report/same-bytes", the_same_report_gives_the_same_pdf);
    g_test_add_func("/report/published", the_public_gets_what_was_published);
    g_test_add_func("/report/wrong-use", wrong_use_is_told_apart_from_failure);
    return g_test_run();
}
