/* test-kontroll.c - what is checked in a file: the exact numbers of the national tests, and what breaks.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "kontroll.h"
#include "testing-importside.h"

static const Control *find(const ControlList *all, ControlKind kind)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].kind == kind)
            return &all->v[i];
    return NULL;
}

static ParsedFile *load(const char *name)
{
    g_autofree char *path = g_strconcat("demo/data/udir/", name, NULL), *bytes = NULL;
    gsize len;

    g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
    return indikator_parse(name, bytes, len, "auto");
}

/* EXPECT.md O1, invariants 1 to 5, of all six files; three subjects each. */
static void the_invariants_of_the_national_tests_hold(void)
{
    static const size_t single[UDIR_FILES] = { 1, 4, 2, 5, 0, 0 }; /* 0 to 5 a file: real leaks */

    for (size_t i = 0; i < UDIR_FILES; i++) {
        g_autoptr(ParsedFile) file = load(indikator_test_files[i]);
        g_autoptr(Arena) arena = arena_new();
        static const ControlKind whole[] = { CONTROL_ORGNR, CONTROL_COUNTIES, CONTROL_SCHOOLS,
                                             CONTROL_MEAN,  CONTROL_TEN,      CONTROL_ONE_SCHOOL };
        ControlList all;

        indikator_control_file(arena, file, &all);
        for (size_t k = 0; k < G_N_ELEMENTS(whole); k++) {
            const Control *c = find(&all, whole[k]);

            g_assert_nonnull(c);
            g_assert_cmpint(c->held, ==, c->checked);
            g_assert_cmpuint(c->n, ==, 0);
        }
        g_assert_cmpint(find(&all, CONTROL_COUNTIES)->checked, ==, 3);
        g_assert_cmpint(find(&all, CONTROL_SCHOOLS)->checked, >=, 3 * 102);
        g_assert_cmpint(find(&all, CONTROL_SCHOOLS)->checked, <=, 3 * 214);
        g_assert_cmpuint(find(&all, CONTROL_ONE_MUNICIPALITY)->n, ==, single[i]);
    }
}

static bool lists(const Control *c, const char *unit, const char *hidden, double shown)
{
    for (size_t i = 0; i < c->n; i++)
        if (!strcmp(c->v[i].unit, unit) && !strcmp(c->v[i].indicator, hidden) &&
            c->v[i].found >= shown && c->v[i].found <= shown)
            return true;
    return false;
}

/* EXPECT.md O1: the hidden group of English is about as big as the one that reads. */
static void a_group_hidden_in_one_subject_and_told_by_another_is_listed(void)
{
    g_autoptr(ParsedFile) file = load(indikator_test_files[0]);
    g_autoptr(Arena) arena = arena_new();
    ControlList all;
    const Control *linked;

    indikator_control_file(arena, file, &all);
    linked = find(&all, CONTROL_LINKED);
    g_assert_true(indikator_control_is_leak(linked->kind));
    g_assert_true(lists(linked, "Lyngstad og Vevang skole", "NP.ENG.5", 10));
    g_assert_true(lists(linked, "Sylte skule", "NP.ENG.5", 11));
}

#define NATION "1\tI\t\t\tI\tHele landet\t\t\t\t50\t0,1\t100\t50\t0,1\t100\t50\t0,1\t100\n"
#define COUNTY                                                                                     \
    "2\tI\t15\t\t15\tHele landet\tMøre og Romsdal\t\t\t50\t0,1\t99\t50\t0,1\t100\t50\t0,1\t100\n"
#define TOWN                                                                                       \
    "3\tI\t15\t1579\t1579\tHele landet\tMøre og Romsdal\tHustadvika\t\t"                          \
    "52\t1\t30\t50\t1\t30\t50\t1\t30\n"
#define SCHOOL(number, cells)                                                                      \
    "4\tI\t15\t1579\t" number "\tHele landet\tMøre og Romsdal\tHustadvika\tSkole " number          \
    "\t" cells "\n"

static void what_breaks_is_found_with_its_line(void)
{
    g_autofree char *text = indikator_test_udir(
        "2025-26", NATION COUNTY TOWN SCHOOL("975283488", "50\t1\t20\t*\t*\t*\t50\t1\t20")
                       SCHOOL("975283518", "50\t1\t10\t50\t1\t10\t50\t1\t9"));
    g_autoptr(ParsedFile) file = indikator_parse("x.csv", text, strlen(text), "auto");
    g_autoptr(Arena) arena = arena_new();
    ControlList all;
    const Control *c;

    g_assert_cmpuint(file->n_errors, ==, 0);
    indikator_control_file(arena, file, &all);
    c = find(&all, CONTROL_COUNTIES); /* English: 99 of 100 */
    g_assert_cmpint(c->checked - c->held, ==, 1);
    g_assert_cmpint(c->v[0].line, ==, 2);
    g_assert_cmpfloat(c->v[0].found, ==, 99);
    c = find(&all, CONTROL_SCHOOLS); /* numeracy: 29 of 30; reading has a hidden school */
    g_assert_cmpint(c->checked, ==, 2);
    g_assert_cmpint(c->held, ==, 1);
    c = find(&all, CONTROL_MEAN); /* English: 50 and 52 */
    g_assert_cmpuint(c->n, ==, 1);
    g_assert_cmpstr(c->v[0].indicator, ==, "NP.ENG.5");
    c = find(&all, CONTROL_TEN);
    g_assert_cmpuint(c->n, ==, 1);
    g_assert_cmpint(c->v[0].line, ==, 6);
    c = find(&all, CONTROL_ONE_SCHOOL); /* reading */
    g_assert_cmpuint(c->n, ==, 1);
    g_assert_cmpstr(c->v[0].unit_code, ==, "975283488");
    g_assert_cmpstr(c->v[0].indicator, ==, "NP.LES.5");
}

/* Stored with the file, asked for with --json, shown in names. */
static void the_report_is_kept_with_the_import(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r;
    ControlList kept;
    g_autoptr(GError) error = NULL;
    char id[ID_TEXT];

    indikator_test_file(f.app->db, f.arena, 0, indikator_test_files[0], &r);
    g_autofree char *json = indikator_import_json(&r);

    g_assert_nonnull(strstr(json, "\"check\":\"en_skjult_skole\""));
    g_assert_nonnull(strstr(json, "Lyngstad og Vevang skole"));
    indikator_control_kept(f.app->db, f.arena, 0, r.dataset, &kept, &error);
    g_assert_no_error(error);
    g_assert_cmpint(find(&kept, CONTROL_SCHOOLS)->checked, ==, 315);
    g_assert_cmpint(find(&kept, CONTROL_SCHOOLS)->held, ==, 315);
    g_assert_cmpuint(find(&kept, CONTROL_ONE_MUNICIPALITY)->n, ==, 1);
    grant_import(&f);
    g_autofree char *path = g_strconcat("/import/historikk/", id_text(r.dataset, id), NULL);
    g_autoptr(Reply) page = test_get(f.app, path);

    g_assert_true(holds(page, "315 of 315"));
    g_assert_true(holds(page, "Lyngstad og Vevang skole"));
    g_assert_true(holds(page, "leak at the source"));
    g_assert_false(holds(page, "en_skjult_skole"));
}

static void a_school_that_is_gone_is_not_in_the_file_and_keeps_its_figures(void)
{
    g_autofree char *first =
        indikator_test_udir("2024-25", SCHOOL("975283488", "50\t1\t20\t50\t1\t20\t50\t1\t20")
                                           SCHOOL("975283518", "50\t1\t20\t50\t1\t20\t50\t1\t20"));
    g_autofree char *second = indikator_test_udir(
        "2025-26", NATION SCHOOL("975283518", "51\t1\t20\t50\t1\t20\t50\t1\t20"));
    g_autoptr(TestApp) app = test_app(NULL, PERM_UNIT_READ, PERM_INDICATOR_READ);
    g_autoptr(Arena) arena = arena_new();
    const Control *absent;
    ImportResult r;

    indikator_test_text(app->db, arena, 0, "en.csv", first, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    indikator_test_text(app->db, arena, 0, "to.csv", second, &r);
    absent = find(r.controls, CONTROL_ABSENT);
    g_assert_cmpint(absent->checked, ==, 2);
    g_assert_cmpuint(absent->n, ==, 1);
    g_assert_cmpstr(absent->v[0].unit_code, ==, "975283488");
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) FROM stat_verdi v JOIN stat_enhet u ON "
                                         "u.id = v.enhet WHERE u.code = '975283488'"),
                    ==, 3); /* of the first file, and no nought of the second */
}

/* --- people's numbers, made up with right control digits --- */

#define PERSON "01010750160"

static void people_s_numbers_are_refused_wherever_they_stand(void)
{
    static const char *const files[] = {
        "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"" PERSON "\",\"id\":[\"a\"],"
        "\"size\":[1],\"dimension\":{\"a\":{\"category\":{\"index\":[\"x\"]}}},\"value\":[1]}",
        "CHARSET=\"ANSI\";\nTITLE=\"" PERSON "\";\nSTUB=\"a\";\nVALUES(\"a\")=\"x\";\nDATA=\n1;\n",
        "Noe;Annet\na;" PERSON "\n",
        "{\"EnhetListe\":[{\"Organisasjonsnummer\":\"975283518\",\"Navn\":\"010107 50160\"}]}",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(ParsedFile) f = indikator_parse("x", files[i], strlen(files[i]), "auto");
        bool told = false;

        g_assert_true(f->person_number);
        g_assert_cmpuint(f->n_errors, >=, 1);
        g_assert_cmpuint(f->n_values, ==, 0);
        for (size_t e = 0; e < f->n_errors; e++) {
            g_assert_null(strstr(f->errors[e].message, "50160"));
            told = told || (f->errors[e].line > 0 && f->errors[e].column > 0 &&
                            strstr(f->errors[e].message, "national identity number"));
        }
        g_assert_true(told);
    }
}

static void a_refused_file_s_bytes_are_let_go(void)
{
    static const char *const files[] = { "x.csv", "Noe;Annet\na;" PERSON "\n", NULL };
    static const char *const named[] = { PERSON ".csv", GOOD, NULL };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) told = send_files(&f, "egne", files);

    g_assert_true(holds(told, "national identity number"));
    g_assert_false(holds(told, PERSON));
    g_assert_cmpint(
        test_db_int(f.app->db, "SELECT COUNT(*) FROM import_fil WHERE length(data) > 0"), ==, 0);
    g_autoptr(Reply) refused = send_files(&f, "egne", named);

    g_assert_cmpint(refused->status, ==, 422);
    g_assert_false(holds(refused, PERSON));
}

/* --- everything hostile, in every format --- */

static void try_all_formats(const char *path)
{
    static const char *const formats[] = { "auto",       "udir-csv",  "udir-json", "skoleporten",
                                           "jsonstat",   "px",        "nsr",       "klass",
                                           "values-csv", "fakta-csv", "xlsx",      "udir-rapport" };
    g_autofree char *bytes = NULL;
    gsize len;

    if (!g_file_get_contents(path, &bytes, &len, NULL))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(ParsedFile) f = indikator_parse("fiendtlig", bytes, len, formats[i]);

        g_assert_true(f->n_errors > 0 || f->n_values == 0); /* none of it is about schools */
        g_assert_true(f->n_errors == 0 || f->errors[0].message[0] != '\0');
    }
}

static void hostile_files_are_refused_by_every_format(void)
{
    static const char *const folders[] = {
        "", "csv", "csv-spectrum/csvs", "csv-spectrum/json", "json", "px", "xml"
    };
    size_t n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = g_build_filename("../shared/data/hostile", folders[i], NULL);
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        const char *name;

        while (dir && (name = g_dir_read_name(dir)) != NULL) {
            g_autofree char *path = g_build_filename(folder, name, NULL);

            if (g_file_test(path, G_FILE_TEST_IS_DIR))
                continue;
            try_all_formats(path);
            n++;
        }
    }
    if (n == 0)
        g_test_skip("../shared/data is not here");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/control/national", the_invariants_of_the_national_tests_hold);
    g_test_add_func("/indikator/control/linked",
                    a_group_hidden_in_one_subject_and_told_by_another_is_listed);
    g_test_add_func("/indikator/control/breaks", what_breaks_is_found_with_its_line);
    g_test_add_func("/indikator/control/kept", the_report_is_kept_with_the_import);
    g_test_add_func("/indikator/control/absent",
                    a_school_that_is_gone_is_not_in_the_file_and_keeps_its_figures);
    g_test_add_func("/indikator/control/people", people_s_numbers_are_refused_wherever_they_stand);
    g_test_add_func("/indikator/control/let-go", a_refused_file_s_bytes_are_let_go);
    g_test_add_func("/indikator/control/hostile", hostile_files_are_refused_by_every_format);
    return g_test_run();
}
