/* test-importkvalitet.c - what the preview looks after, facts that are undone, and who is forgotten.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "bunke.h"
#include "i18n.h"
#include "testing-importside.h"

/* --- the quality of a file --- */

static bool says(const ImportResult *r, const char *text)
{
    for (size_t i = 0; i < r->n_quality; i++)
        if (strstr(r->quality[i], text))
            return true;
    return false;
}

/* A dry run of a file that is otherwise fine. */
static ImportResult look_at(Fixture *f, int64_t owner, const char *text)
{
    const ImportSpec spec = { .owner = owner,
                              .filename = "prove.csv",
                              .data = text,
                              .size = strlen(text),
                              .format = "auto",
                              .dry_run = true,
                              .now = g_get_real_time(),
                              .today = "2026-11-23" };
    g_autoptr(GError) error = NULL;
    ImportResult r;

    indikator_import(f->app->db, f->arena, &spec, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(r.n_errors, ==, 0);
    return r;
}

static void few_persons_and_uneven_tests_are_told(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r = look_at(&f, f.owner,
                             "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                             "975283518;NP.LES.5;2025/26;5;50;3,1;40\n"
                             "975283518;NP.REG.5;2025/26;5;51;3,1;21\n"
                             "975283488;NP.LES.5;2025/26;5;49;5,1;7\n");

    g_assert_true(says(&r, "1 value is about fewer than ten persons, "));
    g_assert_true(says(&r, " with 7 (line 4)"));
    g_assert_true(says(&r, "1 case far fewer took one test than another"));
    g_assert_true(says(&r, "has 21 in NP.REG.5 and 40 in NP.LES.5"));
    g_assert_true(says(&r, "2 organisation numbers, all with the right check digit"));
    g_assert_false(says(&r, "further from the year before"));
}

static void a_value_far_from_the_year_before_is_told_with_care(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    indikator_test_text(f.app->db, f.arena, f.owner, "i_fjor.csv",
                        "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                        "975283518;NP.LES.5;2023/24;5;50;1;40\n",
                        &r);
    r = look_at(&f, f.owner,
                "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                "975283518;NP.LES.5;2024/25;5;60;1;40\n");
    g_assert_true(says(&r, "1 value is further from the year before than chance usually explains"));
    g_assert_true(says(&r, "went from 50 to 60"));
    r = look_at(&f, f.owner,
                "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                "975283518;NP.LES.5;2024/25;5;53;1;40\n");
    g_assert_false(says(&r, "further from the year before"));
}

/* Two years with a new scale between them are never compared. */
static void nothing_is_compared_across_a_break(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    indikator_test_text(f.app->db, f.arena, f.owner, "i_fjor.csv",
                        "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                        "975283518;NP.LES.5;2021/22;5;50;1;40\n",
                        &r);
    r = look_at(&f, f.owner,
                "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                "975283518;NP.LES.5;2022/23;5;70;1;40\n");
    g_assert_false(says(&r, "further from the year before"));
}

/* A real file: international schools alone have tests that half of the others took. */
static void a_national_file_is_looked_through(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *data = NULL;
    g_autoptr(GError) error = NULL;
    ImportSpec spec = {
        .filename = "np.csv", .format = "auto", .dry_run = true, .today = "2026-11-23"
    };
    ImportResult r;

    g_autofree char *path = g_build_filename("demo/data/udir", indikator_test_files[4], NULL);

    g_file_get_contents(path, &data, &spec.size, &error);
    g_assert_no_error(error);
    spec.data = data;
    indikator_import(f.app->db, f.arena, &spec, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_true(says(&r, "all with the right check digit"));
    g_assert_true(says(&r, "1 case far fewer took one test than another"));
    g_assert_false(says(&r, "only one school is masked"));
}

#define ROW(level, code, name, kommune, a, b, c)                                                   \
    level "\tI\t15\t1579\t" code "\tHele landet\tMøre og Romsdal\tHustadvika\t" name "\t" a "\t" b \
          "\t" c "\n"
#define MUNICIPALITY(a) ROW("3", "1579", "Hustadvika", "1579", a, a, a)
#define SHOWN(n) "50\t2,1\t" n
#define MASKED "*\t*\t*"
#define A_SCHOOL(code, a) ROW("4", code, "Skole " code, "1579", a, a, a)

static void a_masked_school_alone_and_sums_are_told(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *alone = indikator_test_udir(
        "2024-25", MUNICIPALITY(SHOWN("90")) A_SCHOOL("975283518", SHOWN("40"))
                       A_SCHOOL("975283488", SHOWN("41")) A_SCHOOL("974631407", MASKED));
    g_autofree char *two = indikator_test_udir(
        "2024-25", MUNICIPALITY(SHOWN("90")) A_SCHOOL("975283518", SHOWN("40"))
                       A_SCHOOL("975283488", MASKED) A_SCHOOL("974631407", MASKED));
    g_autofree char *sums =
        indikator_test_udir("2024-25", MUNICIPALITY(SHOWN("90")) A_SCHOOL("975283518", SHOWN("40"))
                                           A_SCHOOL("975283488", SHOWN("41")));
    ImportResult r = look_at(&f, 0, alone);

    g_assert_true(says(&r, "In 3 cases only one school is masked"));
    g_assert_true(says(&r, "Skole 974631407"));
    g_assert_false(says(&r, "do not add up"));
    r = look_at(&f, 0, two);
    g_assert_false(says(&r, "only one school is masked"));
    r = look_at(&f, 0, sums);
    g_assert_true(says(&r, "In 3 cases the schools’ participants do not add up"));
    g_assert_true(says(&r, "the schools have 81 together and the municipality 90"));
}

static void the_preview_shows_it(void)
{
    static const char *const files[] = { "en.csv",
                                         "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                                         "975283488;NP.LES.5;2025/26;5;49;5,1;7\n",
                                         NULL };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) page = send_files(&f, "egne", files);
    g_assert_true(holds(page, "Looked after"));
    g_assert_true(holds(page, "fewer than ten persons"));
}

static void changes_name_the_unit(void)
{
    static const char *const one[] = { "en.csv", GOOD, NULL };
    static const char *const two[] = { "to.csv",
                                       "enhet;indikator;periode;verdi\n975283518;ANSATTE;2025;36\n",
                                       NULL };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) a = send_files(&f, "egne", one);
    g_autofree char *key = key_of(a), *form = g_strconcat("gjor=lagre&fil=", key, NULL);
    g_autoptr(Reply) stored = test_post(f.app, f.path, form);
    g_assert_cmpint(stored->status, ==, 303);
    g_autoptr(Reply) b = send_files(&f, "egne", two);
    g_assert_true(holds(b, "<th scope=\"row\">Eide barneskole</th>"));
    g_assert_false(holds(b, "<th scope=\"row\">975283518</th>"));
}

/* --- facts --- */

#define FACTS "organisasjonsnummer;opplysning;verdi;dato\n"
#define STANDS "SELECT COUNT(*) FROM enhet_faktum WHERE label = 'Elever' AND value = "

static int64_t store_text(Fixture *f, const char *name, const char *text)
{
    ImportResult r;

    indikator_test_text(f->app->db, f->arena, f->owner, name, text, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    return r.dataset;
}

static void facts_of_a_file_are_undone_with_it(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(GError) error = NULL;
    int64_t n, first = store_text(&f, "a.csv", FACTS "975283518;Elever;120;2012\n");
    int64_t second = store_text(&f, "b.csv", FACTS "975283518;Elever;125;2012\n");

    g_assert_cmpint(test_db_int(f.app->db, STANDS "'125'"), ==, 1);
    indikator_undo(f.app->db, f.owner, second, 7, 10, &n, &error);
    g_assert_no_error(error);
    g_assert_cmpint(n, ==, 1);
    g_assert_cmpint(test_db_int(f.app->db, STANDS "'125' "), ==, 0);
    g_assert_cmpint(test_db_int(f.app->db, STANDS "'120'"), ==, 1);
    indikator_redo(f.app->db, f.owner, second, &n, &error);
    g_assert_no_error(error);
    g_assert_cmpint(n, ==, 1);
    g_assert_cmpint(test_db_int(f.app->db, STANDS "'125'  "), ==, 1);
    indikator_undo(f.app->db, f.owner, first, 7, 10, &n, &error);
    g_assert_no_error(error);
    g_assert_cmpint(test_db_int(f.app->db, STANDS "'120' "), ==, 0);
    g_assert_cmpint(test_db_int(f.app->db, STANDS "'125'   "), ==, 1);
}

/* What somebody has put right on the unit's page is theirs, and stays. */
static void a_fact_put_right_by_hand_stays(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(GError) error = NULL;
    int64_t n, only = store_text(&f, "a.csv", FACTS "975283518;Elever;120;2012\n");

    test_db_exec(f.app->db, "UPDATE enhet_faktum SET replaced_by = 1 WHERE label = 'Elever'", NULL);
    indikator_undo(f.app->db, f.owner, only, 7, 10, &n, &error);
    g_assert_no_error(error);
    g_assert_cmpint(n, ==, 0);
    g_assert_cmpint(test_db_int(f.app->db, STANDS "'120'"), ==, 1);
}

/* --- who sent it --- */

static void who_sent_a_file_is_forgotten_after_its_time(void)
{
    static const char *const files[] = { "en.csv", GOOD, NULL };
    g_auto(Fixture) f = fixture_new();
    g_autoptr(GError) error = NULL;
    const Retention *rule = indikator_retention;
    int64_t n, later = INT64_MAX / 2;

    grant_import(&f);
    g_autoptr(Reply) a = send_files(&f, "egne", files);
    g_autofree char *key = key_of(a), *form = g_strconcat("gjor=lagre&fil=", key, NULL);
    g_autoptr(Reply) stored = test_post(f.app, f.path, form);
    g_assert_cmpint(stored->status, ==, 303);
    g_assert_cmpstr(rule->code, ==, "importfil");
    g_assert_true(rule->run(f.app->db, f.owner, 1, true, &n, &error) && n == 0);
    g_assert_true(rule->run(f.app->db, f.owner, later, true, &n, &error) && n == 1);
    g_autoptr(Reply) before = test_get(f.app, "/import/historikk");
    g_assert_true(holds(before, "Prøve Person"));
    g_assert_true(rule->run(f.app->db, f.owner, later, false, &n, &error) && n == 1);
    g_autoptr(Reply) after = test_get(f.app, "/import/historikk");
    g_assert_false(holds(after, "Prøve Person"));
    g_assert_true(holds(after, "no longer kept") && holds(after, "en.csv"));
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi WHERE current = 1"), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/indikator/quality/few", few_persons_and_uneven_tests_are_told);
    g_test_add_func("/indikator/quality/last-year",
                    a_value_far_from_the_year_before_is_told_with_care);
    g_test_add_func("/indikator/quality/break", nothing_is_compared_across_a_break);
    g_test_add_func("/indikator/quality/national", a_national_file_is_looked_through);
    g_test_add_func("/indikator/quality/municipality", a_masked_school_alone_and_sums_are_told);
    g_test_add_func("/indikator/quality/page", the_preview_shows_it);
    g_test_add_func("/indikator/changes/name", changes_name_the_unit);
    g_test_add_func("/indikator/facts/undo", facts_of_a_file_are_undone_with_it);
    g_test_add_func("/indikator/facts/put-right", a_fact_put_right_by_hand_stays);
    g_test_add_func("/indikator/retention/sender", who_sent_a_file_is_forgotten_after_its_time);
    return g_test_run();
}
