/* test-import.c - Udir's six files and the Eide story, from bytes to what readers get.
 *
 * Figures are those of ../shared/data/EXPECT.md O1 and domain.md 10.3. The files are stored once, and
 * what was stored is held against the file's own sums by SQL.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "testing-db.h"
#include "testing-indikator.h"

/* Everything a test needs; Udir's files are in when `files` is true. */
typedef struct {
    TestApp *app;
    Arena *arena;
} Fixture;

static Fixture fixture_new(void)
{
    i18n_use(LANG_NB);
    return (Fixture){ test_app(NULL, PERM_DATASET_IMPORT, PERM_INDICATOR_READ), arena_new() };
}

static void fixture_clear(Fixture *f)
{
    test_app_free(f->app);
    arena_free(f->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static void import_all(Fixture *f)
{
    for (size_t i = 0; i < UDIR_FILES; i++) {
        ImportResult r;

        indikator_test_file(f->app->db, f->arena, 0, indikator_test_files[i], &r);
        g_assert_cmpuint(r.n_errors, ==, 0);
    }
}

static int64_t count(Fixture *f, const char *table)
{
    g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s", table);

    return test_db_int(f->app->db,
                       g_intern_string(sql)); /* a statement is known by its text's address */
}

/* Rows of every table an import writes to. */
static int64_t count_all(Fixture *f)
{
    static const char *const tables[] = { "stat_datasett", "stat_enhet", "stat_enhet_navn",
                                          "stat_verdi",    "datasett",   "verdi" };
    int64_t n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        n += count(f, tables[i]);
    return n;
}

/* --- the six files --- */

static const struct {
    int64_t rows, masked, missing, zeros;
} expected[UDIR_FILES] = {
    { 2501, 6462, 466, 230 }, { 1536, 3360, 418, 206 }, { 2485, 6417, 133, 59 },
    { 1538, 3414, 138, 66 },  { 1533, 3249, 159, 69 },  { 2445, 6063, 225, 0 },
};

static void counts_are_exact_and_a_second_import_stores_nothing(void)
{
    g_auto(Fixture) f = fixture_new();

    for (size_t i = 0; i < UDIR_FILES; i++) {
        int64_t before = count(&f, "stat_verdi");
        ImportResult r, again;

        indikator_test_file(f.app->db, f.arena, 0, indikator_test_files[i], &r);
        g_assert_cmpuint(r.n_errors, ==, 0);
        g_assert_cmpint(r.rows, ==, expected[i].rows);
        g_assert_cmpint(r.masked, ==, expected[i].masked);
        g_assert_cmpint(r.missing, ==, expected[i].missing);
        g_assert_cmpint(r.zeros, ==, expected[i].zeros);
        g_assert_cmpint(r.values, ==, 3 * expected[i].rows);
        g_assert_cmpint(count(&f, "stat_verdi"), ==, before + r.values);
        g_assert_cmpint(r.dataset, >, 0);
        g_assert_false(r.known_before);
        int64_t all = count_all(&f);
        indikator_test_file(f.app->db, f.arena, 0, indikator_test_files[i], &again);
        g_assert_true(again.known_before);
        g_assert_cmpint(again.values, ==, 0);
        g_assert_cmpint(again.dataset, ==, r.dataset);
        g_assert_cmpint(count_all(&f), ==, all);
    }
}

/* Participants of each municipality and of its schools, by subject and period; `hidden` counts schools
 * of which the source hides the mean or the number. */
#define BY_MUNICIPALITY                                                                            \
    "(SELECT k.indikator, k.period, k.enhet, k.n AS n, k.value AS value,"                          \
    " SUM(CASE WHEN s.status = 'masked' OR s.n_masked = 1 THEN 1 ELSE 0 END) AS hidden,"           \
    " SUM(CASE WHEN s.status = 'ok' THEN s.n ELSE 0 END) AS visible,"                              \
    " SUM(CASE WHEN s.status = 'ok' THEN s.n * s.value ELSE 0 END) AS weighted"                    \
    " FROM stat_verdi k JOIN stat_enhet u ON u.id = k.enhet AND u.level = 3"                       \
    " JOIN stat_enhet_navn m ON m.kommune = u.code"                                                \
    " JOIN stat_enhet e ON e.id = m.enhet AND e.level = 4"                                         \
    " JOIN stat_verdi s ON s.enhet = m.enhet AND s.indikator = k.indikator AND s.period = "        \
    "k.period"                                                                                     \
    " AND s.current = 1"                                                                           \
    " WHERE k.current = 1 AND m.valid_from = (SELECT MAX(x.valid_from) FROM stat_enhet_navn x"     \
    " WHERE x.enhet = m.enhet AND x.valid_from <= k.period)"                                       \
    " GROUP BY k.indikator, k.period, k.enhet, k.n, k.value) AS t"

static void invariants_hold_over_what_was_stored(void)
{
    g_auto(Fixture) f = fixture_new();
    Db *db = f.app->db;

    import_all(&f);
    test_db_exec(db, "ANALYZE", NULL); /* a planner that knows nothing yet takes minutes */
    /* 1: counties add up to the nation, in each of 18 subjects and years */
    g_assert_cmpint(
        test_db_int(db,
                    "SELECT COUNT(*) FROM (SELECT v.indikator FROM stat_verdi v JOIN stat_enhet u "
                    "ON u.id = v.enhet WHERE v.current = 1 AND u.level <= 2 GROUP BY v.indikator, "
                    "v.period HAVING SUM(CASE u.level WHEN 1 THEN v.n ELSE -v.n END) = 0) AS t"),
        ==, 18);
    /* 2: where no school is hidden, schools add up to the municipality */
    g_assert_cmpint(test_db_int(db, "SELECT COUNT(*) FROM " BY_MUNICIPALITY
                                    " WHERE hidden = 0 AND n IS NOT NULL AND visible <> n"),
                    ==, 0);
    g_assert_cmpint(
        test_db_int(db, "SELECT MIN(c) FROM (SELECT COUNT(*) AS c FROM " BY_MUNICIPALITY
                        " WHERE hidden = 0 AND n IS NOT NULL GROUP BY indikator, period) AS x"),
        ==, 102);
    g_assert_cmpint(
        test_db_int(db, "SELECT MAX(c) FROM (SELECT COUNT(*) AS c FROM " BY_MUNICIPALITY
                        " WHERE hidden = 0 AND n IS NOT NULL GROUP BY indikator, period) AS x"),
        ==, 214);
    /* 3: no municipality with a figure of its own hides exactly one school; many hide more */
    g_assert_cmpint(test_db_int(db, "SELECT COUNT(*) FROM " BY_MUNICIPALITY
                                    " WHERE hidden = 1 AND n IS NOT NULL"),
                    ==, 0);
    g_assert_cmpint(test_db_int(db, "SELECT COUNT(*) FROM " BY_MUNICIPALITY " WHERE hidden > 1"), >,
                    1000);
    /* 4: the smallest number shown */
    g_assert_cmpint(
        test_db_int(db, "SELECT MIN(v.n) FROM stat_verdi v WHERE v.current = 1 AND v.n > 0"), ==,
        10);
    /* 5: means of rounded means are near, and not the same */
    g_assert_cmpint(
        test_db_int(db, "SELECT COUNT(*) FROM " BY_MUNICIPALITY " WHERE hidden = 0 AND visible > 0 "
                        "AND value IS NOT NULL AND ABS(weighted / visible - value) > 0.9"),
        ==, 0);
    g_assert_cmpint(
        test_db_int(db, "SELECT COUNT(*) FROM " BY_MUNICIPALITY " WHERE hidden = 0 AND visible > 0 "
                        "AND value IS NOT NULL AND ABS(weighted / visible - value) > 0.6"),
        >, 0);
}

static void shows(Fixture *f, Audience audience, const char *unit, const char *indicator,
                  const char *text)
{
    Indicator about;
    g_autoptr(GError) error = NULL;
    MatrixCell c =
        indikator_test_cell(f->app->db, f->arena, 0, audience, unit, indicator, "2025/26");

    indikator_get(f->app->db, f->arena, LANG_NB, indicator, &about, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(indikator_cell_text(f->arena, &about, &c.cell, true), ==, text);
}

static void hustadvika_reads_as_published(void)
{
    static const Audience audiences[] = { AUDIENCE_PUBLIC, AUDIENCE_INTERNAL };
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    indikator_test_file(f.app->db, f.arena, 0, indikator_test_files[5], &r);
    for (size_t i = 0; i < G_N_ELEMENTS(audiences); i++) {
        shows(&f, audiences[i], "1579", "NP.LES.5", "47 ±1,3 (136)");
        shows(&f, audiences[i], "1579", "NP.ENG.5", "51 ±1,3 (142)");
        shows(&f, audiences[i], "1579", "NP.REG.5", "49 ±1,6 (138)");
        shows(&f, audiences[i], "975283518", "NP.LES.5", "47 ±2,7 (26)");
        shows(&f, audiences[i], "975283488", "NP.LES.5", "*");
        shows(&f, audiences[i], "975283488", "NP.ENG.5", "*");
        shows(&f, audiences[i], "975283488", "NP.REG.5", "*");
        shows(&f, audiences[i], "0", "NP.LES.5", "49 ±0,1 (56\u00a0316)");
    }
    MatrixCell bud = indikator_test_cell(f.app->db, f.arena, 0, AUDIENCE_INTERNAL, "975283488",
                                         "NP.LES.5", "2025/26");

    g_assert_null(bud.original); /* not even the cells as they stood */
    g_assert_true(isnan(bud.cell.value) && bud.cell.n == NO_INT);
    g_assert_true(
        g_str_has_prefix(bud.source, "2025-26_20260218-1045_Nasjonale_proever_5._trinn.csv:"));
}

#define SCHOOL(name, score)                                                                        \
    "4\tI\t15\t1579\t975283518\tHele landet\tMøre og Romsdal\tHustadvika\t" name "\t" score        \
    "\t2,7\t26\t50\t2,7\t26\t51\t2,7\t26"

static void a_renamed_school_keeps_its_number_and_dates_its_names(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *first = indikator_test_udir("2023-24", SCHOOL("Gamle Eide skole", "48"));
    g_autofree char *second = indikator_test_udir("2025-26", SCHOOL("Eide barneskole", "47"));
    ImportResult r;
    UnitRef unit;
    g_autoptr(GError) error = NULL;

    indikator_test_text(f.app->db, f.arena, 0, "a.csv", first, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    indikator_test_text(f.app->db, f.arena, 0, "b.csv", second, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_cmpint(count(&f, "stat_enhet WHERE code = '975283518'"), ==, 1);
    g_assert_cmpint(
        count(&f, "stat_enhet_navn WHERE name = 'Gamle Eide skole' AND valid_from = '2023/24'"), ==,
        1);
    g_assert_cmpint(
        count(&f, "stat_enhet_navn WHERE name = 'Eide barneskole' AND valid_from = '2025/26'"), ==,
        1);
    indikator_public_unit(f.app->db, f.arena, "975283518", &unit, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(unit.name, ==, "Eide barneskole");
}

static void final_figures_replace_preliminary_ones_and_keep_them(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *first =
        indikator_test_udir("Foreløpige tall 2025-26", SCHOOL("Eide barneskole", "48"));
    g_autofree char *second = indikator_test_udir("2025-26", SCHOOL("Eide barneskole", "47"));
    ImportResult r;
    MatrixCell c;

    indikator_test_text(f.app->db, f.arena, 0, "a.csv", first, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    c = indikator_test_cell(f.app->db, f.arena, 0, AUDIENCE_PUBLIC, "975283518", "NP.ENG.5",
                            "2025/26");
    g_assert_true(c.cell.preliminary);
    g_assert_cmpfloat(c.cell.value, ==, 48);
    indikator_test_text(f.app->db, f.arena, 0, "b.csv", second, &r);
    g_assert_cmpint(r.values, ==, 3);
    g_assert_cmpint(r.changed, ==, 3); /* the flag is part of the word */
    c = indikator_test_cell(f.app->db, f.arena, 0, AUDIENCE_PUBLIC, "975283518", "NP.ENG.5",
                            "2025/26");
    g_assert_false(c.cell.preliminary);
    g_assert_cmpfloat(c.cell.value, ==, 47);
    g_assert_cmpstr(c.source, ==, "b.csv:2");
    g_assert_cmpint(count(&f, "stat_verdi WHERE current = 0 AND preliminary = 1"), ==, 3);
}

/* --- an owner's own values --- */

#define SICK                                                                                       \
    "enhet;indikator;periode;teller;nevner;n\n"                                                    \
    "975283518;SYK.TOT;2012K1;210;1500;30\n975283518;SYK.TOT;2012K2;172;1500;30\n"                 \
    "975283518;SYK.TOT;2012K3;81;900;30\n975283518;SYK.TOT;2012K4;116;1550;30\n"                   \
    "975283518;SYK.TOT;2013K1;90;1500;30\n"

static int64_t add_school(Fixture *f, const char *code)
{
    const EnhetNew unit = {
        .kind = "skole", .parent = 2, .name = "Eide barneskole", .code = code, .origin = "register"
    };
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    enhet_add(f->app->db, 1, &unit, &id, &error);
    g_assert_no_error(error);
    return id;
}

static void sick_leave_is_summed_never_averaged(void)
{
    g_auto(Fixture) f = fixture_new();
    const char *codes[] = { "SYK.TOT", NULL };
    g_autoptr(GError) error = NULL;
    double change = 0, rolling = 0;
    ImportResult r;
    UnitRef unit;
    Matrix m;

    unit = (UnitRef){ add_school(&f, "975283518"), 4, "975283518", "Eide barneskole" };
    indikator_test_text(f.app->db, f.arena, 1, "syk.csv", SICK, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_cmpint(r.values, ==, 5);
    const MatrixSpec spec = { .owner = 1,
                              .audience = AUDIENCE_INTERNAL,
                              .lang = LANG_NB,
                              .today = "2026-11-23",
                              .units = &unit,
                              .n_units = 1,
                              .indicators = codes };
    indikator_matrix(f.app->db, f.arena, &spec, &m, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(m.n_periods, ==, 5);
    g_assert_cmpstr(indikator_cell_text(f.arena, &m.indicators[0], &m.v[0].cell, false), ==,
                    "14,0\u00a0%");
    g_assert_cmpstr(indikator_cell_text(f.arena, &m.indicators[0], &m.v[4].cell, false), ==,
                    "6,0\u00a0%");
    g_assert_true(indikator_year_change(&m, 0, 0, 4, &change));
    g_assert_cmpfloat_with_epsilon(change, -8, 1e-9);
    g_assert_false(indikator_year_change(&m, 0, 0, 3, &change));
    g_assert_true(indikator_rolling(&m, 0, 0, 4, &rolling));
    g_assert_cmpfloat_with_epsilon(rolling, 459.0 / 5450 * 100, 1e-12);
    g_assert_false(indikator_rolling(&m, 0, 0, 2, &rolling));
}

static void refuses(Fixture *f, int64_t owner, const char *text, int64_t line, const char *what)
{
    int64_t before = count_all(f);
    ImportResult r;

    indikator_test_text(f->app->db, f->arena, owner, "feil.csv", text, &r);
    g_assert_cmpuint(r.n_errors, >, 0);
    g_assert_cmpint(r.errors[0].line, ==, line);
    g_assert_nonnull(strstr(r.errors[0].message, what));
    g_assert_cmpint(r.values, ==, 0);
    g_assert_cmpint(r.dataset, ==, 0);
    g_assert_cmpint(count_all(f), ==, before);
}

static void what_does_not_fit_stores_nothing(void)
{
    g_auto(Fixture) f = fixture_new();

    add_school(&f, "975283518");
    refuses(
        &f, 1,
        "enhet;indikator;periode;verdi\n975283518;SYK.TOT;2012K1;5\n975283518;FINS.IKKE;2012;5\n",
        3, "FINS.IKKE");
    refuses(
        &f, 1,
        "enhet;indikator;periode;verdi\n975283518;SYK.TOT;2012K1;5\n975283488;SYK.TOT;2012K1;5\n",
        3, "975283488");
    refuses(&f, 0, SICK, 0, "");
}

static void a_role_of_one_unit_imports_for_that_unit(void)
{
    g_auto(Fixture) f = fixture_new();
    int64_t own = add_school(&f, "975283518"), other = add_school(&f, "975283488");
    g_autoptr(GError) error = NULL;
    ImportSpec spec = { .owner = 1,
                        .only_unit = other,
                        .filename = "syk.csv",
                        .data = SICK,
                        .size = strlen(SICK),
                        .format = "auto",
                        .now = 1,
                        .today = "2026-11-23" };
    ImportResult r;

    indikator_import(f.app->db, f.arena, &spec, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(r.n_errors, >, 0);
    g_assert_cmpint(count(&f, "verdi"), ==, 0);
    spec.only_unit = own;
    indikator_import(f.app->db, f.arena, &spec, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_cmpint(count(&f, "verdi"), ==, 5);
}

/* --- nothing by halves --- */

static void a_dry_run_stores_nothing(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *text = indikator_test_udir("2025-26", SCHOOL("Eide barneskole", "47"));
    g_autoptr(GError) error = NULL;
    ImportSpec spec = { .filename = "a.csv",
                        .data = text,
                        .size = strlen(text),
                        .format = "auto",
                        .dry_run = true,
                        .now = 1,
                        .today = "2026-11-23" };
    int64_t before = count_all(&f);
    ImportResult r;

    indikator_import(f.app->db, f.arena, &spec, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpint(r.values, ==, 3);
    g_assert_cmpint(r.dataset, ==, 0);
    g_assert_cmpint(count_all(&f), ==, before);
    spec.dry_run = false;
    indikator_import(f.app->db, f.arena, &spec, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpint(r.values, ==, 3);
    g_assert_cmpint(count_all(&f), ==, before + 6); /* dataset, unit, name, three values */
}

static void a_failure_midway_leaves_nothing(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *text = indikator_test_udir("2025-26", SCHOOL("Eide barneskole", "47"));
    g_autoptr(GError) error = NULL;
    const ImportSpec spec = { .filename = "a.csv",
                              .data = text,
                              .size = strlen(text),
                              .format = "auto",
                              .now = 1,
                              .today = "2026-11-23" };
    int64_t before = count_all(&f);
    ImportResult r;

    test_db_exec(
        f.app->db,
        store_is_postgresql(f.app->store)
            ? "ALTER TABLE stat_verdi ADD CONSTRAINT stans CHECK (indikator <> 'NP.REG.5')"
            : "CREATE TRIGGER stans BEFORE INSERT ON stat_verdi WHEN NEW.indikator = 'NP.REG.5' "
              "BEGIN SELECT RAISE(ABORT, 'stans'); END",
        NULL);
    g_assert_false(indikator_import(f.app->db, f.arena, &spec, &r, &error));
    g_assert_nonnull(error);
    g_assert_cmpint(count_all(&f), ==, before);
}

static void proposals_are_taken_in_once_with_their_names(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *first = indikator_test_udir("2023-24", SCHOOL("Gamle Eide skole", "48"));
    g_autofree char *second = indikator_test_udir("2025-26", SCHOOL("Eide barneskole", "47"));
    g_autoptr(GError) error = NULL;
    UnitRefList proposed;
    ImportResult r;
    Enhet unit;
    int64_t id = 0;
    int n = 0;

    indikator_test_text(f.app->db, f.arena, 0, "a.csv", first, &r);
    indikator_test_text(f.app->db, f.arena, 0, "b.csv", second, &r);
    indikator_proposed(f.app->db, f.arena, 1, "1579", &proposed, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(proposed.n, ==, 1);
    g_assert_cmpstr(proposed.v[0].name, ==, "Eide barneskole");
    indikator_accept_school(f.app->db, 1, "1579", "975283488", &n, &error);
    g_assert_cmpint(n, ==, 0);
    indikator_accept(f.app->db, 1, "1579", &n, &error);
    g_assert_cmpint(n, ==, 1);
    indikator_accept(f.app->db, 1, "1579", &n, &error);
    g_assert_cmpint(n, ==, 0);
    enhet_find(f.app->db, 1, "975283518", &id, &error);
    enhet_get(f.app->db, f.arena, 1, id, "2025-07-31", &unit, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(unit.name, ==, "Gamle Eide skole");
    enhet_get(f.app->db, f.arena, 1, id, "2025-08-01", &unit, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(unit.name, ==, "Eide barneskole");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/import/counts",
                    counts_are_exact_and_a_second_import_stores_nothing);
    g_test_add_func("/indikator/import/invariants", invariants_hold_over_what_was_stored);
    g_test_add_func("/indikator/import/hustadvika", hustadvika_reads_as_published);
    g_test_add_func("/indikator/import/renamed",
                    a_renamed_school_keeps_its_number_and_dates_its_names);
    g_test_add_func("/indikator/import/preliminary",
                    final_figures_replace_preliminary_ones_and_keep_them);
    g_test_add_func("/indikator/import/sick-leave", sick_leave_is_summed_never_averaged);
    g_test_add_func("/indikator/import/refused", what_does_not_fit_stores_nothing);
    g_test_add_func("/indikator/import/one-unit", a_role_of_one_unit_imports_for_that_unit);
    g_test_add_func("/indikator/import/dry-run", a_dry_run_stores_nothing);
    g_test_add_func("/indikator/import/midway", a_failure_midway_leaves_nothing);
    g_test_add_func("/indikator/proposals/once", proposals_are_taken_in_once_with_their_names);
    return g_test_run();
}
