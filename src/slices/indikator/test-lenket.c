/* test-lenket.c - one pattern for all that hangs together: through the importer and the reader.
 *
 * A municipality's own figures come in, and the public's view is read page by page and all at once.
 * An attacker who adds up what he saw, over whole numbers, finds every figure of the pattern that
 * single pages would have made, and none of the one the program made.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "eier.h"
#include "sdc.h"
#include "testing-db.h"
#include "testing-indikator.h"

#define TODAY "2026-11-23"
#define NOW INT64_C(1795435200000000)
#define SCHOOLS 4
#define YEAR "2012/13"

static const char *const numbers[SCHOOLS] = { "974557797", "975283488", "975283518", "975270912" };

typedef struct {
    TestApp *app;
    Arena *arena;
    int64_t owner;
    UnitRef units[SCHOOLS + 1]; /* the municipality first */
} Town;

static void add_unit(Town *t, size_t i, const char *kind, const char *code)
{
    g_autoptr(GError) error = NULL;
    const EnhetNew unit = { .kind = kind,
                            .parent = i ? t->units[0].enhet : 0,
                            .name = arena_printf(t->arena, "Enhet %zu", i),
                            .code = code,
                            .origin = "syntetisk" };
    int64_t id = 0;

    enhet_add(t->app->db, t->owner, &unit, &id, &error);
    g_assert_no_error(error);
    indikator_unit(t->app->db, t->arena, t->owner, id, TODAY, &t->units[i], &error);
    g_assert_no_error(error);
}

static Town town_new(void)
{
    Town t = { test_app(NULL, PERM_UNIT_READ, PERM_INDICATOR_READ), arena_new(), .owner = 0 };
    g_autoptr(GError) error = NULL;
    const Eier eier = { .number = "1551", .name = "Prøvestad kommune", .language = LANG_NB };

    eier_add(t.app->db, &eier, 1, &t.owner, &error);
    g_assert_no_error(error);
    add_unit(&t, 0, "kommune", "1551");
    for (size_t i = 0; i < SCHOOLS; i++)
        add_unit(&t, i + 1, "skole", numbers[i]);
    return t;
}

static void town_clear(Town *t)
{
    test_app_free(t->app);
    arena_free(t->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Town, town_clear)

static void take_in(Town *t, const char *name, const char *rows)
{
    g_autofree char *text =
        g_strconcat("enhet;indikator;periode;trinn;verdi;n;teller;nevner\n", rows, NULL);
    ImportResult r;

    indikator_test_text(t->app->db, t->arena, t->owner, name, text, &r);
    for (size_t i = 0; i < r.n_errors; i++)
        g_test_message("%s", r.errors[i].message);
    g_assert_cmpuint(r.n_errors, ==, 0);
}

static Matrix look(Town *t, const UnitRef *units, size_t n, const char *const *codes,
                   Audience audience)
{
    const MatrixSpec spec = { .owner = t->owner,
                              .audience = audience,
                              .lang = LANG_NB,
                              .today = TODAY,
                              .units = units,
                              .n_units = n,
                              .indicators = codes };
    g_autoptr(GError) error = NULL;
    Matrix m;

    indikator_matrix(t->app->db, t->arena, &spec, &m, &error);
    g_assert_no_error(error);
    return m;
}

static bool hidden(Town *t, size_t unit, const char *code)
{
    const char *const codes[] = { code, NULL };
    Matrix m = look(t, &t->units[unit], 1, codes, AUDIENCE_PUBLIC);

    g_assert_cmpuint(m.n_periods, ==, 1);
    return matrix_at(&m, 0, 0, 0)->cell.status == VALUE_MASKED;
}

static int64_t count(Town *t, const char *sql)
{
    return test_db_int(t->app->db, sql);
}

/* --- means: domain.md 12, vector 10 --- */

static const char means[] = "1551;GSP;2012/13;10;47,24;75;;\n"
                            "974557797;GSP;2012/13;10;44;8;;\n"
                            "975283488;GSP;2012/13;10;48;12;;\n"
                            "975283518;GSP;2012/13;10;47;25;;\n"
                            "975270912;GSP;2012/13;10;48;30;;\n";

static void one_hidden_mean_takes_another_with_it(void)
{
    g_auto(Town) t = town_new();
    unsigned n = 0;

    take_in(&t, "gsp.csv", means);
    for (size_t u = 0; u <= SCHOOLS; u++)
        n += hidden(&t, u, "GSP");
    g_assert_true(hidden(&t, 1, "GSP"));  /* eight pupils */
    g_assert_cmpuint(n, ==, 2);           /* and one more, or they would be reckoned */
    g_assert_false(hidden(&t, 0, "GSP")); /* the municipality's is kept the longest */
    g_assert_cmpint(count(&t, "SELECT n_protected FROM skjerming_system WHERE state = 'trygg'"), ==,
                    1);
}

/* --- levels: schools x levels, with margins --- */

static const int levels[SCHOOLS][3] = {
    { 12, 13, 2 }, { 11, 15, 6 }, { 4, 16, 7 }, { 15, 17, 11 }
};

static char *level_rows(void)
{
    GString *rows = g_string_new(NULL);

    for (int s = -1; s < SCHOOLS; s++) {
        int of[3] = { 0 }, n = 0;

        for (int k = 0; k < 3; k++)
            for (int u = 0; u < SCHOOLS; u++)
                of[k] += s < 0 || s == u ? levels[u][k] : 0;
        for (int k = 0; k < 3; k++)
            n += of[k];
        for (int k = 0; k < 3; k++)
            g_string_append_printf(rows, "%s;NP.LES.5.N%d;2012/13;5;%d;%d;;\n",
                                   s < 0 ? "1551" : numbers[s], k + 1, of[k], n);
        g_string_append_printf(rows, "%s;NP.LES.5.NIVA;2012/13;5;%d,%d;%d;;\n",
                               s < 0 ? "1551" : numbers[s],
                               (of[0] + 2 * of[1] + 3 * of[2]) * 10 / n / 10,
                               (of[0] + 2 * of[1] + 3 * of[2]) * 10 / n % 10, n);
    }
    return g_string_free(rows, FALSE);
}

static const char *const all_levels[] = { "NP.LES.5.N1", "NP.LES.5.N2", "NP.LES.5.N3",
                                          "NP.LES.5.NIVA", NULL };

/* What somebody who has seen the pages knows: cells of (municipality, schools) x 3 levels, rows that
 * sum to their n, columns to the municipality. */
static SdcResult *attack(const bool hides[SCHOOLS + 1][3])
{
    g_autoptr(SdcProblem) problem = sdc_new();
    bool pattern[(SCHOOLS + 1) * 3];

    for (unsigned u = 0; u <= SCHOOLS; u++)
        for (unsigned k = 0; k < 3; k++) {
            int value = u ? levels[u - 1][k] : 0;
            SdcCell cell;

            for (unsigned s = 0; !u && s < SCHOOLS; s++)
                value += levels[s][k];
            cell = sdc_count(value);
            cell.interval = value >= 1 && value <= 5 ? 3 : 0;
            pattern[sdc_add(problem, &cell)] = hides[u][k];
        }
    for (unsigned u = 0; u <= SCHOOLS; u++)
        sdc_equate(problem, 3, (const unsigned[]){ u * 3, u * 3 + 1, u * 3 + 2 },
                   (const double[]){ 1, 1, 1 });
    for (unsigned k = 0; k < 3; k++)
        sdc_equate(problem, 5, (const unsigned[]){ k, 3 + k, 6 + k, 9 + k, 12 + k },
                   (const double[]){ -1, 1, 1, 1, 1 });
    return sdc_attack(problem, pattern, NULL);
}

/* A page shows one school. Hiding what that page needs, and not what the others show, gives it away. */
static void pages_by_themselves_are_seen_through(void)
{
    bool naive[SCHOOLS + 1][3] = { { false } };

    for (unsigned s = 0; s < SCHOOLS; s++)
        for (unsigned k = 0; k < 3; k++)
            if (levels[s][k] <= 5) {
                naive[s + 1][k] = true;
                naive[s + 1][(k + 1) % 3] = true; /* the row's sum tells nothing any more */
            }
    g_autoptr(SdcResult) r = attack((const bool(*)[3])naive);

    g_assert_cmpuint(r->n_protected, ==, 2);
    g_assert_cmpuint(r->n_unsafe, ==, 2);
    for (unsigned i = 0; i < r->n; i++)
        if (r->whole[i])
            g_assert_cmpuint(r->whole[i], ==, 1); /* to the very pupil */
}

static void the_pattern_over_all_pages_is_not(void)
{
    g_auto(Town) t = town_new();
    g_autofree char *rows = level_rows();
    bool hides[SCHOOLS + 1][3];
    unsigned shown = 0;

    take_in(&t, "niva.csv", rows);
    for (unsigned u = 0; u <= SCHOOLS; u++)
        for (unsigned k = 0; k < 3; k++) {
            hides[u][k] = hidden(&t, u, all_levels[k]);
            shown += !hides[u][k];
        }
    g_assert_true(hides[1][2] && hides[3][0]);
    g_assert_cmpuint(shown, >=, 7); /* and it hides no more than it must */
    g_autoptr(SdcResult) r = attack((const bool(*)[3])hides);

    g_assert_cmpuint(r->n_protected, ==, 2);
    g_assert_cmpuint(r->n_unsafe, ==, 0);
    g_assert_cmpint(count(&t, "SELECT wholes FROM skjerming_system"), >=, 3);
}

/* Each page alone, all together, internally: one pattern. */
static void every_page_hides_the_same(void)
{
    g_auto(Town) t = town_new();
    g_autofree char *rows = level_rows();

    take_in(&t, "niva.csv", rows);
    Matrix all = look(&t, t.units, SCHOOLS + 1, all_levels, AUDIENCE_PUBLIC);
    Matrix inside = look(&t, t.units, SCHOOLS + 1, all_levels, AUDIENCE_INTERNAL);

    for (size_t u = 0; u <= SCHOOLS; u++)
        for (size_t i = 0; i < 4; i++) {
            bool here = matrix_at(&all, u, i, 0)->cell.status == VALUE_MASKED;

            g_assert_cmpint(here, ==, hidden(&t, u, all_levels[i]));
            g_assert_cmpint(matrix_at(&inside, u, i, 0)->cell.status, ==, VALUE_OK);
        }
}

/* --- over time --- */

static const char later[] = "1551;GSI.SFO;2012/13;;60;;;\n974557797;GSI.SFO;2012/13;;3;;;\n";
static const char before[] = "975283488;GSI.SFO;2012/13;;17;;;\n975283518;GSI.SFO;2012/13;;40;;;\n";

/* What was shown stays known: what comes later hides elsewhere. */
static void what_was_shown_protects_nothing(void)
{
    g_auto(Town) t = town_new();

    take_in(&t, "forst.csv", before);
    g_assert_false(hidden(&t, 2, "GSI.SFO"));
    take_in(&t, "sa.csv", later);
    g_assert_true(hidden(&t, 1, "GSI.SFO"));
    g_assert_true(hidden(&t, 0, "GSI.SFO")); /* 60 - 17 - 40: the sum must go */
    g_assert_false(hidden(&t, 2, "GSI.SFO"));
    g_assert_false(hidden(&t, 3, "GSI.SFO"));
}

/* Shown sum and shown parts: the small one that comes last cannot be saved, so nothing else is shown. */
static void what_cannot_be_safe_is_closed(void)
{
    g_auto(Town) t = town_new();

    take_in(&t, "forst.csv",
            "1551;GSI.SFO;2012/13;;60;;;\n975283488;GSI.SFO;2012/13;;17;;;\n"
            "975283518;GSI.SFO;2012/13;;40;;;\n");
    g_assert_false(hidden(&t, 0, "GSI.SFO"));
    take_in(&t, "sa.csv", "974557797;GSI.SFO;2012/13;;3;;;\n");
    for (size_t u = 0; u < 4; u++)
        g_assert_true(hidden(&t, u, "GSI.SFO"));
    g_assert_cmpint(count(&t, "SELECT n_unsafe FROM skjerming_system WHERE state = 'lukket'"), ==,
                    1);
}

/* A change shows nothing until its system is worked out, and then what it showed before. */
static void what_waits_shows_nothing(void)
{
    g_auto(Town) t = town_new();
    g_autoptr(GError) error = NULL;
    int64_t n = 0;

    take_in(&t, "gsp.csv", means);
    skjerming_linked_mark(t.app->db, t.owner, "GSP", YEAR, &error);
    g_assert_no_error(error);
    for (size_t u = 0; u <= SCHOOLS; u++)
        g_assert_true(hidden(&t, u, "GSP"));
    g_assert_true(indikator_link(t.app->db, t.owner, NULL, NOW, &n, &error));
    g_assert_cmpint(n, ==, 1);
    g_assert_false(hidden(&t, 0, "GSP"));
}

/* Figures nobody publishes under their own name still say each other: a share is its count. */
static void a_share_hides_with_its_count(void)
{
    g_auto(Town) t = town_new();

    take_in(&t, "ito.csv",
            "974557797;GSI.ITO;2012/13;;4;;;\n"
            "974557797;GSI.ITO_ANDEL;2012/13;;3,3;120;;\n"
            "975283488;GSI.ITO;2012/13;;20;;;\n"
            "975283488;GSI.ITO_ANDEL;2012/13;;10;200;;\n");
    g_assert_true(hidden(&t, 1, "GSI.ITO"));
    g_assert_true(hidden(&t, 1, "GSI.ITO_ANDEL"));
    g_assert_false(hidden(&t, 2, "GSI.ITO"));
    g_assert_false(hidden(&t, 2, "GSI.ITO_ANDEL"));
}

static void the_same_figures_give_the_same_pattern(void)
{
    g_autofree char *rows = level_rows(), *first = NULL;

    for (int turn = 0; turn < 2; turn++) {
        g_auto(Town) t = town_new();
        g_autoptr(GString) pattern = g_string_new(NULL);

        take_in(&t, "niva.csv", rows);
        for (size_t u = 0; u <= SCHOOLS; u++)
            for (size_t i = 0; i < 4; i++)
                g_string_append_c(pattern, hidden(&t, u, all_levels[i]) ? '*' : '.');
        if (first)
            g_assert_cmpstr(pattern->str, ==, first);
        else
            first = g_strdup(pattern->str);
        g_test_message("%s", pattern->str);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/linked/mean", one_hidden_mean_takes_another_with_it);
    g_test_add_func("/indikator/linked/naive", pages_by_themselves_are_seen_through);
    g_test_add_func("/indikator/linked/pattern", the_pattern_over_all_pages_is_not);
    g_test_add_func("/indikator/linked/pages", every_page_hides_the_same);
    g_test_add_func("/indikator/linked/before", what_was_shown_protects_nothing);
    g_test_add_func("/indikator/linked/closed", what_cannot_be_safe_is_closed);
    g_test_add_func("/indikator/linked/waits", what_waits_shows_nothing);
    g_test_add_func("/indikator/linked/share", a_share_hides_with_its_count);
    g_test_add_func("/indikator/linked/same", the_same_figures_give_the_same_pattern);
    return g_test_run();
}
