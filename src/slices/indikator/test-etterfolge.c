/* test-etterfolge.c - series across mergers: what is computed, what never is, and what it is made of.
 *
 * The changes of municipalities are SSB's own list, where ../shared/data stands beside the project; the
 * figures of the municipalities that are gone are made up, as a national export in miniature.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "csv.h"
#include "samle.h"
#include "testing-indikator.h"

#define CHANGES "../shared/data/klass/kommuner_med_endringer_fra2019_til2020.csv"
#define LONG "../shared/data/klass/kommunenummer_fra2013_til2020_long.csv"
#define ROW(code, name, les)                                                                       \
    "3\tI\t15\t" code "\t" code "\tHele landet\tMøre og Romsdal\t" name                            \
    "\tAlle skoler\t\t\t\t" les "\t\t\t"

typedef struct {
    TestApp *app;
    Arena *arena;
} Fixture;

static Fixture fixture_new(void)
{
    i18n_use(LANG_EN);
    return (Fixture){ test_app(NULL, PERM_UNIT_READ, PERM_INDICATOR_READ), arena_new() };
}

static void fixture_clear(Fixture *f)
{
    test_app_free(f->app);
    arena_free(f->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static void import_text(Fixture *f, const char *name, const char *text)
{
    ImportResult r;

    indikator_test_text(f->app->db, f->arena, 0, name, text, &r);
    for (size_t i = 0; i < r.n_errors; i++)
        g_test_message("%s", r.errors[i].message);
    g_assert_cmpuint(r.n_errors, ==, 0);
}

static void import_year(Fixture *f, const char *name, const char *year, const char *rows)
{
    g_autofree char *text = indikator_test_udir(year, rows);

    import_text(f, name, text);
}

/* --- the lists of changes --- */

static void put_change(GString *json, const char *from, const char *from_name, const char *into,
                       const char *into_name, const char *day)
{
    g_string_append_printf(
        json,
        "%s\n{\"oldCode\":\"%s\",\"oldName\":\"%s\",\"newCode\":\"%s\",\"newName\":"
        "\"%s\",\"changeOccurred\":\"%s\"}",
        json->str[json->len - 1] == '[' ? "" : ",", from, from_name, into, into_name, day);
}

/* "1551 - Eide", with hard blanks. */
static const char *name_in(const char *text)
{
    const char *dash = strchr(text, '-');

    return dash + 1 + strspn(dash + 1, "\u00a0 ");
}

/* SSB's list of 2020 as Klass answers, and the rows of 1613, which was parted in 2018. */
static bool import_changes(Fixture *f)
{
    static const CsvOptions options = { .separator = ';' };
    g_autofree char *raw = NULL, *text = NULL;
    g_autoptr(GString) json = g_string_new("{\"codeChanges\":[");
    gsize size, len;
    CsvRow row;

    if (!g_file_get_contents(CHANGES, &raw, &size, NULL)) {
        g_test_skip("../shared/data is not here");
        return false;
    }
    text = g_convert(raw, (gssize)size, "UTF-8", "WINDOWS-1252", NULL, &len, NULL);
    g_assert_nonnull(text);
    g_autoptr(CsvReader) reader = csv_reader_new(text, len, 1, &options);

    while (csv_next(reader, &row) == CSV_ROW) {
        if (row.number == 1)
            continue;
        g_autofree char *from = g_strndup(row.field[0].text, 4);
        g_autofree char *into = g_strndup(row.field[1].text, 4);

        put_change(json, from, name_in(row.field[0].text), into, name_in(row.field[1].text),
                   "2020-01-01");
    }
    put_change(json, "1613", "Snillfjord", "5012", "Snillfjord", "2018-01-01");
    g_string_append(json, "]}");
    import_text(f, "klass.json", json->str);
    return true;
}

static const char *code_on(Fixture *f, const char *code, const char *date)
{
    g_autoptr(GError) error = NULL;
    const char *ret = NULL;

    indikator_code_on(f->app->db, f->arena, code, date, &ret, &error);
    g_assert_no_error(error);
    return ret;
}

static void vector_17(void)
{
    g_auto(Fixture) f = fixture_new();

    if (!import_changes(&f))
        return;
    g_assert_cmpstr(code_on(&f, "1551", "2013-06-20"), ==, "1551");
    g_assert_cmpstr(code_on(&f, "1551", "2019-12-31"), ==, "1551");
    g_assert_cmpstr(code_on(&f, "1551", "2020-01-01"), ==, "1579");
    g_assert_cmpstr(code_on(&f, "1548", "2026-11-23"), ==, "1579");
    g_assert_cmpstr(code_on(&f, "1504", "2020-01-01"), ==, "1507");
    g_assert_cmpstr(code_on(&f, "1850", "2026-11-23"), ==, "1850"); /* parted */
    g_assert_cmpstr(code_on(&f, "5012", "2026-11-23"), ==, "5012");
    g_assert_cmpstr(code_on(&f, "1613", "2026-11-23"), ==, "5012"); /* renumbered, then parted */
}

/* Every line of SSB's long list: one new number, or several and then none by itself. */
static void long_list(void)
{
    static const CsvOptions options = { .separator = ';' };
    g_auto(Fixture) f = fixture_new();
    g_autofree char *raw = NULL;
    unsigned n = 0, parted = 0;
    gsize size;
    CsvRow row;

    if (!import_changes(&f) || !g_file_get_contents(LONG, &raw, &size, NULL))
        return;
    g_autofree char *text =
        g_convert(raw, (gssize)size, "UTF-8", "WINDOWS-1252", NULL, &size, NULL);
    g_autoptr(CsvReader) reader = csv_reader_new(text, size, 1, &options);

    while (csv_next(reader, &row) == CSV_ROW) {
        const char *old = row.field[2].text;
        const char *const never[] = { "1613", "5012", "1850", NULL };
        const char *now = code_on(&f, old, "2020-01-01");

        if (row.number == 1)
            continue;
        n++;
        if (g_strv_contains(never, old)) {
            parted++;
            g_assert_cmpstr(now, !=, row.field[0].text);
        } else if (strcmp(now, old)) { /* changed in 2020: the list of that year knows */
            g_assert_cmpstr(now, ==, row.field[0].text);
        }
    }
    g_assert_cmpuint(n, ==, 486);
    g_assert_cmpuint(parted, ==, 8);
}

/* --- putting together --- */

#define FIGURE(v, u, n)                                                                            \
    {                                                                                              \
        v, u, n, NAN, NAN                                                                          \
    }

static void vector_9(void)
{
    const Indicator about = { .code = "NP.LES.5", .unit = "skalapoeng" };
    const Pooled years[] = { FIGURE(45, NAN, 8), FIGURE(52, NAN, 12), FIGURE(49, NAN, 10) };
    size_t lacks = 99;
    Pooled all;

    g_assert_true(indikator_pool(&about, years, 3, &all, &lacks));
    g_assert_cmpfloat_with_epsilon(all.value, 1474.0 / 30, 1e-12); /* 49.1, not 48.7 */
    g_assert_cmpfloat_with_epsilon(all.uncertainty, 1.645 * 10 / sqrt(30), 1e-12);
    g_assert_cmpfloat_with_epsilon(all.uncertainty, 3.0, 0.05);
    g_assert_cmpint(all.n, ==, 30);
    g_assert_cmpuint(lacks, ==, 99);
}

static void pool_kinds(void)
{
    const Indicator count = { .unit = "antall" }, share = { .unit = "prosent" },
                    money = { .unit = "kroner" };
    const Pooled plain[] = { FIGURE(10, NAN, NO_INT), FIGURE(32, NAN, NO_INT) };
    const Pooled shares[] = { { 10, NAN, NO_INT, 10, 100 }, { 20, NAN, NO_INT, 60, 300 } };
    const Pooled lacking[] = { FIGURE(10, NAN, 20), FIGURE(20, NAN, NO_INT) };
    size_t lacks = 99;
    Pooled all;

    g_assert_true(indikator_pool(&count, plain, 2, &all, &lacks));
    g_assert_cmpfloat(all.value, ==, 42);
    g_assert_true(all.n == NO_INT);
    g_assert_true(indikator_pool(&share, shares, 2, &all, &lacks));
    g_assert_cmpfloat_with_epsilon(all.value, 17.5, 1e-12); /* 70 of 400, not 15 */
    g_assert_false(indikator_pool(&share, lacking, 2, &all, &lacks));
    g_assert_cmpuint(lacks, ==, 1);
    g_assert_false(indikator_pool(&money, lacking, 2, &all, &lacks));
    g_assert_false(indikator_pool(&share, lacking, 0, &all, &lacks));
}

/* --- municipalities --- */

static MatrixCell read_public(Fixture *f, const char *code, const char *period)
{
    return indikator_test_cell(f->app->db, f->arena, 0, AUDIENCE_PUBLIC, code, "NP.LES.5", period);
}

/* Fræna and Eide until 2019, Hustadvika afterwards. */
static void import_years(Fixture *f, const char *eide)
{
    g_autofree char *old = g_strconcat(ROW("1548", "Fræna", "48\t1,7\t90") "\n", eide, NULL);

    import_year(f, "2018-19.csv", "2018-19", old);
    import_year(f, "2022-23.csv", "2022-23", ROW("1579", "Hustadvika", "50\t1,4\t147"));
}

static void merge_is_weighted(void)
{
    g_auto(Fixture) f = fixture_new();
    MatrixCell c;

    if (!import_changes(&f))
        return;
    import_years(&f, ROW("1551", "Eide", "51\t2,6\t40"));
    c = read_public(&f, "1579", "2018/19");
    g_assert_cmpint(c.cell.status, ==, VALUE_OK);
    g_assert_true(c.cell.computed);
    g_assert_cmpfloat_with_epsilon(c.cell.value, (48.0 * 90 + 51.0 * 40) / 130, 1e-12);
    g_assert_cmpfloat_with_epsilon(c.cell.uncertainty,
                                   sqrt(pow(90 * 1.7 / 130, 2) + pow(40 * 2.6 / 130, 2)), 1e-12);
    g_assert_cmpint(c.cell.n, ==, 130);
    g_assert_cmpuint(c.n_parts, ==, 2);
    g_assert_cmpstr(c.source, ==, "1548 2018-19.csv:2 + 1551 2018-19.csv:3");
    g_assert_nonnull(strstr(c.told, "Eide (1551)"));
    g_assert_null(c.original);
    /* what was published stays with those who had it */
    c = read_public(&f, "1551", "2018/19");
    g_assert_cmpfloat(c.cell.value, ==, 51);
    g_assert_false(c.cell.computed);
    c = read_public(&f, "1579", "2022/23");
    g_assert_cmpfloat(c.cell.value, ==, 50);
    g_assert_false(c.cell.computed);
    g_assert_null(c.told);
}

static void hidden_part(void)
{
    g_auto(Fixture) f = fixture_new();
    MatrixCell c;

    if (!import_changes(&f))
        return;
    import_years(&f, ROW("1551", "Eide", "*\t*\t*"));
    c = read_public(&f, "1579", "2018/19");
    g_assert_false(c.known);
    g_assert_cmpint(c.cell.status, ==, VALUE_MISSING);
    g_assert_true(isnan(c.cell.value));
    g_assert_null(c.source);
    g_assert_nonnull(strstr(c.told, "hidden"));
    g_assert_nonnull(strstr(c.told, "Eide (1551)"));
}

static void absent_part(void)
{
    g_auto(Fixture) f = fixture_new();
    MatrixCell c;

    if (!import_changes(&f))
        return;
    import_years(&f, "");
    c = read_public(&f, "1579", "2018/19");
    g_assert_false(c.known);
    g_assert_nonnull(strstr(c.told, "1551"));
}

static Matrix read_two(Fixture *f, const char *first, const char *second)
{
    static const char *const codes[] = { "NP.LES.5", NULL };
    g_autoptr(GError) error = NULL;
    UnitRef *units = arena_alloc(f->arena, 2 * sizeof(UnitRef));
    const MatrixSpec spec = {
        .lang = LANG_NB, .today = "2026-11-23", .units = units, .n_units = 2, .indicators = codes
    };
    Matrix m = { 0 };

    indikator_public_unit(f->app->db, f->arena, first, &units[0], &error);
    g_assert_no_error(error);
    indikator_public_unit(f->app->db, f->arena, second, &units[1], &error);
    g_assert_no_error(error);
    indikator_matrix(f->app->db, f->arena, &spec, &m, &error);
    g_assert_no_error(error);
    return m;
}

/* Heim came of Hemne, Halsa and a part of Snillfjord; Narvik of two and a part of Tysfjord. */
static void parted_never(void)
{
    static const char *const into[] = { "5055", "5056", "5059", "1806", "1875" };
    g_auto(Fixture) f = fixture_new();

    if (!import_changes(&f))
        return;
    import_year(
        &f, "a.csv", "2018-19",
        ROW("5011", "Hemne", "48\t1,7\t90") "\n" ROW("1571", "Halsa", "49\t2,7\t40") "\n" ROW(
            "5012", "Snillfjord", "50\t3,7\t20") "\n" ROW("1850", "Tysfjord", "50\t3,7\t20"));
    for (size_t i = 0; i < G_N_ELEMENTS(into); i++) {
        Matrix m = read_two(&f, into[i], "5012");

        g_assert_cmpuint(m.n_periods, ==, 1);
        g_assert_false(matrix_at(&m, 0, 0, 0)->known);
        g_assert_true(isnan(matrix_at(&m, 0, 0, 0)->cell.value));
        g_assert_nonnull(strstr(m.past[0], i < 3 ? "Snillfjord (5012)" : "Tysfjord"));
        g_assert_nonnull(strstr(matrix_at(&m, 0, 0, 0)->told, "a part of"));
    }
}

static void renumbered(void)
{
    g_auto(Fixture) f = fixture_new();
    MatrixCell c;

    if (!import_changes(&f))
        return;
    import_year(&f, "a.csv", "2018-19", ROW("0101", "Halden", "48\t0,9\t360"));
    c = read_public(&f, "3001", "2018/19");
    g_assert_cmpfloat(c.cell.value, ==, 48);
    g_assert_false(c.cell.computed); /* its own figure, under another number */
    g_assert_cmpstr(c.source, ==, "0101 a.csv:2");
}

/* --- the owner's schools --- */

#define OLD_A "975283488"
#define OLD_B "975283518"
#define NEW "921133642"

typedef struct {
    Fixture f;
    int64_t owner, a, b, into;
} Town;

static void town_clear(Town *t)
{
    fixture_clear(&t->f);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Town, town_clear)

static Town town_new(void)
{
    Town t = { .f = fixture_new() };
    const EnhetNew school = { .kind = "skole",
                              .name = "Nye skole",
                              .code = NEW,
                              .from = "2023-08-01",
                              .origin = "register" };
    ImportResult r;
    Db *db = t.f.app->db;

    indikator_test_file(db, t.f.arena, 0, indikator_test_files[0], &r);
    t.owner = indikator_test_hustadvika(db);
    g_assert_true(enhet_find(db, t.owner, OLD_A, &t.a, NULL));
    g_assert_true(enhet_find(db, t.owner, OLD_B, &t.b, NULL));
    g_assert_true(enhet_add(db, t.owner, &school, &t.into, NULL));
    return t;
}

static void becomes(Town *t, int64_t unit, const char *relation)
{
    const EnhetSuccessor s = { relation, NEW, "Nye skole", "2023-08-01", "vedtak" };

    g_assert_true(enhet_add_successor(t->f.app->db, t->owner, unit, &s, NULL));
}

static MatrixCell of_new(Town *t, Audience audience)
{
    return indikator_test_cell(t->f.app->db, t->f.arena, t->owner, audience, NEW, "NP.LES.5",
                               "2022/23");
}

static void schools_merge(void)
{
    g_auto(Town) t = town_new();
    MatrixCell a, b, c;

    becomes(&t, t.a, "slatt_sammen_til");
    becomes(&t, t.b, "slatt_sammen_til");
    a = indikator_test_cell(t.f.app->db, t.f.arena, t.owner, AUDIENCE_INTERNAL, OLD_A, "NP.LES.5",
                            "2022/23");
    b = indikator_test_cell(t.f.app->db, t.f.arena, t.owner, AUDIENCE_INTERNAL, OLD_B, "NP.LES.5",
                            "2022/23");
    c = of_new(&t, AUDIENCE_INTERNAL);
    g_assert_true(c.cell.computed);
    g_assert_cmpint(c.cell.n, ==, a.cell.n + b.cell.n);
    g_assert_cmpfloat_with_epsilon(
        c.cell.value,
        (a.cell.value * (double)a.cell.n + b.cell.value * (double)b.cell.n) / (double)c.cell.n,
        1e-12);
}

static void school_is_parted(void)
{
    g_auto(Town) t = town_new();
    MatrixCell c;

    becomes(&t, t.a, "slatt_sammen_til");
    becomes(&t, t.b, "delt_i");
    c = of_new(&t, AUDIENCE_INTERNAL);
    g_assert_false(c.known);
    g_assert_nonnull(strstr(c.told, OLD_B));
    g_assert_nonnull(strstr(c.told, "a part of"));
}

/* One part small enough to be shown from within alone: the public sees neither it nor the sum. */
static void audiences_differ(void)
{
    g_auto(Town) t = town_new();
    ImportResult r;
    MatrixCell c;

    indikator_test_text(t.f.app->db, t.f.arena, t.owner, "egne.csv",
                        "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n" OLD_B
                        ";NP.LES.5;2022/23;5;47;2,5;7\n",
                        &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    becomes(&t, t.a, "slatt_sammen_til");
    becomes(&t, t.b, "slatt_sammen_til");
    c = of_new(&t, AUDIENCE_INTERNAL);
    g_assert_true(c.cell.computed);
    c = of_new(&t, AUDIENCE_PUBLIC);
    g_assert_false(c.known);
    g_assert_true(isnan(c.cell.value) && c.cell.n == NO_INT);
    g_assert_nonnull(strstr(c.told, "hidden"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/pool/vector-9", vector_9);
    g_test_add_func("/indikator/pool/kinds", pool_kinds);
    g_test_add_func("/indikator/changes/vector-17", vector_17);
    g_test_add_func("/indikator/changes/long-list", long_list);
    g_test_add_func("/indikator/merge/is-weighted", merge_is_weighted);
    g_test_add_func("/indikator/merge/hidden-part", hidden_part);
    g_test_add_func("/indikator/merge/absent-part", absent_part);
    g_test_add_func("/indikator/merge/parted-never", parted_never);
    g_test_add_func("/indikator/merge/renumbered", renumbered);
    g_test_add_func("/indikator/schools/merge", schools_merge);
    g_test_add_func("/indikator/schools/parted", school_is_parted);
    g_test_add_func("/indikator/schools/audiences-differ", audiences_differ);
    return g_test_run();
}
