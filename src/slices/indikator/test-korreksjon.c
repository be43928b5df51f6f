/* test-korreksjon.c - national tests on SSB's corrected scale: 308 values, and what is left alone.
 *
 * Four values are those of ../shared/data/EXPECT.md O4; all of them stand in a file beside it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "csv.h"
#include "testing-indikator.h"

#define EXPECTED "../shared/data/udir/np_corrected_scale_expected.csv"
#define SCHOOL "975283488"

typedef struct {
    TestApp *app;
    Arena *arena;
    int64_t owner;
} Fixture;

static void fixture_clear(Fixture *f)
{
    test_app_free(f->app);
    arena_free(f->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static Fixture fixture_new(void)
{
    Fixture f = { test_app(NULL, PERM_UNIT_READ, PERM_INDICATOR_READ), arena_new(), 0 };
    ImportResult r;

    indikator_test_file(f.app->db, f.arena, 0, indikator_test_files[0], &r); /* has the units */
    f.owner = indikator_test_hustadvika(f.app->db);
    return f;
}

static void store(Fixture *f, const char *rows)
{
    g_autofree char *text =
        g_strconcat("enhet;indikator;periode;trinn;verdi;usikkerhet;n;status\n", rows, NULL);
    ImportResult r;

    indikator_test_text(f->app->db, f->arena, f->owner, "verdier.csv", text, &r);
}

static Cell read_cell(Fixture *f, Scale scale, Audience audience, const char *code,
                      const char *period)
{
    const char *const codes[] = { code, NULL };
    g_autoptr(GError) error = NULL;
    int64_t enhet = 0;
    UnitRef unit;
    Matrix m;

    g_assert_true(enhet_find(f->app->db, f->owner, SCHOOL, &enhet, &error));
    g_assert_true(
        indikator_unit(f->app->db, f->arena, f->owner, enhet, "2026-11-23", &unit, &error));
    const MatrixSpec spec = { .owner = f->owner,
                              .audience = audience,
                              .scale = scale,
                              .lang = LANG_NB,
                              .today = "2026-11-23",
                              .units = &unit,
                              .n_units = 1,
                              .indicators = codes,
                              .from = period,
                              .to = period };

    g_assert_true(indikator_matrix(f->app->db, f->arena, &spec, &m, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(m.n_periods, ==, 1);
    return matrix_at(&m, 0, 0, 0)->cell;
}

static void the_four_of_expect(void)
{
    static const struct {
        const char *code, *period;
        double corrected;
    } four[] = { { "NP.ENG.5", "2021/22", 52.6670 },
                 { "NP.REG.8", "2020/21", 43.4956 },
                 { "NP.LES.5", "2019/20", 55.9091 },
                 { "NP.ENG.8", "2014/15", 36.8015 } };
    g_auto(Fixture) f = fixture_new();

    store(&f,
          SCHOOL ";NP.ENG.5;2021/22;5;50;1,3;40;\n" SCHOOL ";NP.REG.8;2020/21;8;44,5;;40;\n" SCHOOL
                 ";NP.LES.5;2019/20;5;56,5;;40;\n" SCHOOL ";NP.ENG.8;2014/15;8;36,5;;40;\n");
    for (size_t i = 0; i < G_N_ELEMENTS(four); i++) {
        Cell c = read_cell(&f, SCALE_CORRECTED, AUDIENCE_INTERNAL, four[i].code, four[i].period);

        g_assert_cmpfloat_with_epsilon(c.value, four[i].corrected, 5e-5);
        g_assert_true(c.computed);
    }
    Cell c = read_cell(&f, SCALE_CORRECTED, AUDIENCE_INTERNAL, "NP.ENG.5", "2021/22");

    g_assert_cmpfloat(c.uncertainty, >, 0);
    g_assert_cmpfloat(c.uncertainty, !=, 1.3); /* stretched as the scale is */
    c = read_cell(&f, SCALE_PUBLISHED, AUDIENCE_INTERNAL, "NP.ENG.5", "2021/22");
    g_assert_cmpfloat(c.value, ==, 50);
    g_assert_false(c.computed);
}

/* A code and a period as we write them, out of SSB's "2014/2015" and "Engelsk 5. trinn". */
static void ours(const char *year, const char *test, char code[16], char period[16])
{
    g_snprintf(code, 16, "NP.%s.%c",
               *test == 'E'   ? "ENG"
               : *test == 'R' ? "REG"
                              : "LES",
               *(strstr(test, ". trinn") - 1));
    g_snprintf(period, 16, "%.4s/%s", year, year + 7);
}

typedef struct {
    char code[16], period[16];
    double old, corrected;
} Known;

static bool read_known(GArray *known)
{
    static const CsvOptions options = { .separator = ',' };
    g_autofree char *text = NULL;
    gsize len;
    CsvRow row;

    if (!g_file_get_contents(EXPECTED, &text, &len, NULL)) {
        g_test_skip("../shared/data is not here");
        return false;
    }
    g_autoptr(CsvReader) reader = csv_reader_new(text, len, 1, &options);

    while (csv_next(reader, &row) == CSV_ROW) {
        Known k;

        if (row.number == 1)
            continue;
        ours(row.field[0].text, row.field[1].text, k.code, k.period);
        k.old = g_ascii_strtod(row.field[2].text, NULL);
        k.corrected = g_ascii_strtod(row.field[3].text, NULL);
        g_array_append_val(known, k);
    }
    return true;
}

/* Seven scores for each test and year: stored seven times over, all tests and years at a time. */
static void all_308_values(void)
{
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(Known));
    g_auto(Fixture) f = fixture_new();

    if (!read_known(known))
        return;
    g_assert_cmpuint(known->len, ==, 308);
    for (guint k = 0; k < 7; k++) {
        g_autoptr(GString) rows = g_string_new(NULL);

        for (guint i = k; i < known->len; i += 7) {
            const Known *one = &g_array_index(known, Known, i);
            g_autofree char *old = g_strdelimit(g_strdup_printf("%g", one->old), ".", ',');

            g_string_append_printf(rows, "%s;%s;%s;%c;%s;;40;\n", SCHOOL, one->code, one->period,
                                   one->code[7], old);
        }
        store(&f, rows->str);
        for (guint i = k; i < known->len; i += 7) {
            const Known *one = &g_array_index(known, Known, i);
            Cell c = read_cell(&f, SCALE_CORRECTED, AUDIENCE_INTERNAL, one->code, one->period);

            g_assert_cmpfloat_with_epsilon(c.value, one->corrected, 1e-6);
        }
    }
}

static void the_rest_is_left_alone(void)
{
    g_auto(Fixture) f = fixture_new();

    store(&f,
          SCHOOL ";NP.ENG.5;2022/23;5;50;1,3;40;\n" SCHOOL ";NP.LES.5;2014/15;5;51;;40;\n" SCHOOL
                 ";NP.REG.5;2016/17;5;51;;4;\n" SCHOOL ";NP.REG.8;2016/17;8;;;;masked\n");
    Cell c = read_cell(&f, SCALE_CORRECTED, AUDIENCE_INTERNAL, "NP.ENG.5", "2022/23");

    g_assert_cmpfloat(c.value, ==, 50); /* the new series */
    g_assert_false(c.computed);
    c = read_cell(&f, SCALE_CORRECTED, AUDIENCE_INTERNAL, "NP.LES.5", "2014/15");
    g_assert_cmpfloat(c.value, ==, 51); /* reading has its series from 2016 */
    c = read_cell(&f, SCALE_CORRECTED, AUDIENCE_PUBLIC, "NP.REG.5", "2016/17");
    g_assert_cmpint(c.status, ==, VALUE_MASKED); /* four pupils */
    g_assert_true(isnan(c.value));
    c = read_cell(&f, SCALE_CORRECTED, AUDIENCE_INTERNAL, "NP.REG.8", "2016/17");
    g_assert_cmpint(c.status, ==, VALUE_MASKED);
    g_assert_true(isnan(c.value));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scale/corrected/expect", the_four_of_expect);
    g_test_add_func("/scale/corrected/all", all_308_values);
    g_test_add_func("/scale/corrected/rest", the_rest_is_left_alone);
    return g_test_run();
}
