/* test-lesing.c - reading little gives what reading all gives, and a gap in a series stays one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "figur.h"
#include "testing-indikator.h"

#define TODAY "2026-11-23"
#define MANY_SCHOOLS 12

typedef struct {
    TestApp *app;
    Arena *arena;
    int64_t owner; /* Hustadvika */
} Fixture;

static Fixture fixture_new(void)
{
    Fixture f = { test_app(NULL, PERM_UNIT_READ, PERM_INDICATOR_READ), arena_new(), 0 };
    ImportResult r;

    for (size_t i = 0; i < UDIR_FILES; i++)
        indikator_test_file(f.app->db, f.arena, 0, indikator_test_files[i], &r);
    f.owner = indikator_test_hustadvika(f.app->db);
    indikator_test_text(f.app->db, f.arena, f.owner, "egne.csv",
                        "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                        "975283488;NP.LES.5;2025/26;5;47;2,5;7\n",
                        &r);
    return f;
}

static void fixture_clear(Fixture *f)
{
    test_app_free(f->app);
    arena_free(f->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static Matrix matrix(Fixture *f, const UnitRefList *units, const char *const *codes,
                     const char *period, Audience audience)
{
    const MatrixSpec spec = { .owner = f->owner,
                              .audience = audience,
                              .lang = LANG_NB,
                              .today = TODAY,
                              .units = units->v,
                              .n_units = units->n,
                              .indicators = codes,
                              .from = period,
                              .to = period };
    g_autoptr(GError) error = NULL;
    Matrix m = { 0 };

    indikator_matrix(f->app->db, f->arena, &spec, &m, &error);
    g_assert_no_error(error);
    return m;
}

/* Nation, county, municipality, its schools, and the owner's own units. */
static UnitRefList units_of(Fixture *f)
{
    static const char *const codes[] = { "0", "15", "1579", "1508" };
    g_autoptr(GError) error = NULL;
    UnitRefList own, other, all = { arena_alloc(f->arena, 64 * sizeof(UnitRef)), 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        indikator_public_unit(f->app->db, f->arena, codes[i], &all.v[all.n++], &error);
    g_assert_no_error(error);
    indikator_units(f->app->db, f->arena, f->owner, NULL, TODAY, &own, &error);
    indikator_public_schools(f->app->db, f->arena, "1508", &other, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < MIN(own.n, MANY_SCHOOLS); i++)
        all.v[all.n++] = own.v[i];
    for (size_t i = 0; i < MIN(other.n, MANY_SCHOOLS); i++)
        all.v[all.n++] = other.v[i];
    g_assert_cmpuint(all.n, >, 15);
    return all;
}

static const char **codes_of(Fixture *f)
{
    IndicatorList all;
    const char **codes;

    g_assert_true(indikator_catalogue(f->app->db, f->arena, LANG_NB, &all, NULL));
    codes = arena_alloc(f->arena, (all.n + 1) * sizeof(char *));
    for (size_t i = 0; i < all.n; i++)
        codes[i] = all.v[i].code;
    return codes;
}

static void assert_same_number(double a, double b)
{
    g_assert_true(!memcmp(&a, &b, sizeof a)); /* NAN is the same as NAN */
}

static void assert_same_cell(const MatrixCell *a, const MatrixCell *b)
{
    g_assert_cmpint(a->known, ==, b->known);
    g_assert_cmpint(a->cell.status, ==, b->cell.status);
    g_assert_cmpint(a->cell.n, ==, b->cell.n);
    g_assert_cmpint(a->cell.hidden, ==, b->cell.hidden);
    assert_same_number(a->cell.value, b->cell.value);
    assert_same_number(a->cell.uncertainty, b->cell.uncertainty);
    g_assert_cmpstr(a->original, ==, b->original);
    g_assert_cmpstr(a->source, ==, b->source);
}

static size_t period_of(const Matrix *m, const char *period)
{
    for (size_t p = 0; p < m->n_periods; p++)
        if (!strcmp(m->periods[p], period))
            return p;
    return SIZE_MAX;
}

/* Everything at once reads every value of a unit, as the reader did before it read by ranges. */
static size_t compare(Fixture *f, const UnitRefList *units, const char *const *codes,
                      const char *period, Audience audience)
{
    Matrix whole = matrix(f, units, codes, NULL, audience);
    size_t known = 0;

    for (size_t i = 0; codes[i]; i++) {
        const char *const one[] = { codes[i], NULL };
        Matrix part = matrix(f, units, one, period, audience);

        for (size_t u = 0; u < units->n; u++)
            for (size_t p = 0; p < part.n_periods; p++) {
                const MatrixCell *c = matrix_at(&part, u, 0, p);

                known += c->known;
                assert_same_cell(c, matrix_at(&whole, u, i, period_of(&whole, part.periods[p])));
            }
    }
    if (!period) /* and nothing was left out */
        for (size_t c = 0; c < units->n * whole.n_indicators * whole.n_periods; c++)
            known -= whole.v[c].known;
    return known;
}

static void a_narrow_question_gets_the_whole_answer(void)
{
    g_auto(Fixture) f = fixture_new();
    UnitRefList units = units_of(&f);
    const char **codes = codes_of(&f);

    g_assert_cmpuint(compare(&f, &units, codes, NULL, AUDIENCE_PUBLIC), ==, 0);
    g_assert_cmpuint(compare(&f, &units, codes, NULL, AUDIENCE_INTERNAL), ==, 0);
    g_assert_cmpuint(compare(&f, &units, codes, "2025/26", AUDIENCE_PUBLIC), >, 50);
    g_assert_cmpuint(compare(&f, &units, codes, "1999/00", AUDIENCE_PUBLIC), ==, 0);
}

static void assert_places(Arena *arena, const char *periods, const char *places)
{
    g_auto(GStrv) have = g_strsplit(periods, " ", -1);
    g_autoptr(GString) text = g_string_new(NULL);
    PeriodPlaces all = indikator_places(arena, (const char *const *)have, g_strv_length(have));

    for (size_t i = 0; i < all.n; i++) {
        bool gap = all.v[i].period == SIZE_MAX;

        if (!gap)
            g_assert_cmpstr(all.v[i].label, ==, have[all.v[i].period]);
        g_string_append_printf(text, "%s%s%s", i ? " " : "", gap ? "-" : "", all.v[i].label);
    }
    g_assert_cmpstr(text->str, ==, places);
}

static void a_missing_period_has_its_place(void)
{
    g_autoptr(Arena) arena = arena_new();

    assert_places(arena, "2022/23 2023/24", "2022/23 2023/24");
    assert_places(arena, "2022/23 2025/26", "2022/23 -2023/24 -2024/25 2025/26");
    assert_places(arena, "1999/00 2001/02", "1999/00 -2000/01 2001/02");
    assert_places(arena, "2012K3 2013K2", "2012K3 -2012K4 -2013K1 2013K2");
    assert_places(arena, "2012 2014", "2012 -2013 2014");
    g_assert_cmpuint(indikator_places(arena, NULL, 0).n, ==, 0);
}

/* The fifth grade's file for 2024/25 is not among the six. */
static void a_chart_keeps_the_gap(void)
{
    g_auto(Fixture) f = fixture_new();
    UnitRefList units = units_of(&f);
    const char *const codes[] = { "NP.LES.5", NULL };
    Matrix m = matrix(&f, &units, codes, NULL, AUDIENCE_PUBLIC);
    const Chart *chart = indikator_figure(f.arena, &m, 0);

    g_assert_cmpuint(m.n_periods, ==, 3);
    g_assert_cmpuint(chart->n_columns, ==, 4);
    g_assert_cmpstr(chart->columns[2].label, ==, "2024/25");
    for (size_t i = 0; i < chart->n_rows; i++)
        g_assert_cmpint(chart->rows[i].points[2].status, ==, CHART_MISSING);
    g_assert_cmpint(chart->rows[0].points[3].status, ==, CHART_OK);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/reading/narrow", a_narrow_question_gets_the_whole_answer);
    g_test_add_func("/indikator/places/gap", a_missing_period_has_its_place);
    g_test_add_func("/indikator/chart/gap", a_chart_keeps_the_gap);
    return g_test_run();
}
