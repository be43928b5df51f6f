/* test-spc.c - control charts against textbooks, and at their edges. The packages: test-spc-peers.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>
#include "spc.h"

/* --- textbooks --- */

static Spc chart(Arena *arena, SpcSpec spec, const double *value, const double *n, size_t count)
{
    SpcSeries series = { value, n, count };
    Spc spc;
    g_autoptr(GError) error = NULL;

    spc_compute(arena, &spec, &series, &spc, &error);
    g_assert_no_error(error);
    return spc;
}

/* Points from 1 that broke a rule: "9 10 11". */
static char *broke(const Spc *spc, unsigned rule)
{
    GString *list = g_string_new(NULL);

    for (size_t i = 0; i < spc->n; i++)
        if (spc->point[i].rules & rule)
            g_string_append_printf(list, "%s%zu", list->len ? " " : "", i + 1);
    return g_string_free(list, FALSE);
}

static void check_broke(const Spc *spc, unsigned rule, const char *expected)
{
    g_autofree char *found = broke(spc, rule);

    g_assert_cmpstr(found, ==, expected);
}

static const double wheeler[] = { 5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285,
                                  3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200 };

/* D. J. Wheeler, Understanding Variation, p. 382: the set to try a program with. */
static void wheelers_verification_set(void)
{
    g_autoptr(Arena) arena = arena_new();
    SpcSpec spec = { .profile = SPC_NHS_R_UNSCREENED, .better = SPC_BETTER_UP, .target = NAN };
    Spc spc = chart(arena, spec, wheeler, NULL, G_N_ELEMENTS(wheeler));

    g_assert_cmpfloat_with_epsilon(spc.phase[0].centre, 4135.50, 0.005);
    g_assert_cmpfloat_with_epsilon(spc.phase[0].lower, 3188.72, 0.005);
    g_assert_cmpfloat_with_epsilon(spc.phase[0].upper, 5082.28, 0.005);
    check_broke(&spc, SPC_ABOVE_LIMIT, "16");
    check_broke(&spc, SPC_BELOW_LIMIT, "");
    check_broke(&spc, SPC_SHIFT_BELOW, "9 10 11 12 13 14 15");
    check_broke(&spc, SPC_TWO_IN_THREE_BELOW, "13 15");
    spec.profile = SPC_NHS_R; /* screened: narrower, and more is beyond */
    spc = chart(arena, spec, wheeler, NULL, G_N_ELEMENTS(wheeler));
    g_assert_cmpfloat_with_epsilon(spc.phase[0].lower, 3451.12, 0.005);
    check_broke(&spc, SPC_ABOVE_LIMIT, "1 16");
    check_broke(&spc, SPC_BELOW_LIMIT, "13");
    spec = (SpcSpec){ .chart = SPC_MR, .profile = SPC_ANHOEJ, .target = NAN };
    spc = chart(arena, spec, wheeler, NULL, G_N_ELEMENTS(wheeler));
    g_assert_cmpint(spc.point[0].type, ==, SPC_NO_POINT);
    g_assert_cmpfloat_with_epsilon(spc.phase[0].upper / 1163.19, 1, 1e-3);
    check_broke(&spc, SPC_ABOVE_LIMIT, "16");
}

/* Eide's sick leave, quarter by quarter (made up between the two known ends, 14 and 6 %): falling
 * steadily it is a signal; with a new phase in the middle it is none, and both means must be seen. */
static void a_rebase_can_hide_an_improvement(void)
{
    static const double leave[] = { 14,   13.6, 13.9, 13.2, 13.5, 12.9, 13.1,
                                    12.6, 11.8, 10.9, 10,   8.8,  6 };
    static const size_t start[] = { 8 };
    g_autoptr(Arena) arena = arena_new();
    SpcSpec spec = { .better = SPC_BETTER_DOWN, .target = 8 };
    Spc spc = chart(arena, spec, leave, NULL, G_N_ELEMENTS(leave));

    g_assert_cmpint(spc.last, ==, SPC_IMPROVEMENT);
    spec.starts = start;
    spec.n_starts = 1;
    spc = chart(arena, spec, leave, NULL, G_N_ELEMENTS(leave));
    g_assert_cmpint(spc.last, ==, SPC_COMMON_CAUSE);
    g_assert_cmpuint(spc.n_phases, ==, 2);
    g_assert_cmpfloat(spc.phase[0].centre, >, spc.phase[1].centre);
    g_assert_true(spc.phase[0].trial && spc.phase[1].trial);
}

/* --- the edges --- */

static void western_electric_has_its_four_rules(void)
{
    static const double far[] = { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 2.2, 2.2, 0.2, 2.3, 2.3, 0 };
    g_autoptr(Arena) arena = arena_new();
    SpcSpec spec = { .profile = SPC_WESTERN_ELECTRIC, .target = NAN, .fix_after = 12 };
    Spc spc = chart(arena, spec, far, NULL, G_N_ELEMENTS(far));

    g_assert_cmpfloat_with_epsilon(spc.phase[0].upper, 0.5 + 3 / 1.128, 1e-12);
    check_broke(&spc, SPC_ABOVE_LIMIT, "");
    check_broke(&spc, SPC_FOUR_IN_FIVE_ABOVE, "13 14 16 17");
    check_broke(&spc, SPC_TWO_IN_THREE_ABOVE, "16 17"); /* 2.2 is within two thirds, 2.3 is not */
}

static void a_missing_point_takes_no_part(void)
{
    static const double gap[] = { 1, 2, NAN, 9, 10 };
    static const double run[] = { 5, 5, 5, 5, 6, 6, NAN, 6, 6, 6, 6, 6, 0, 0, 0, 0, 0, 0 };
    g_autoptr(Arena) arena = arena_new();
    SpcSpec spec = { .profile = SPC_NHS_R_UNSCREENED, .target = NAN };
    Spc spc = chart(arena, spec, gap, NULL, G_N_ELEMENTS(gap));

    g_assert_cmpuint(spc.phase[0].n, ==, 4);
    g_assert_cmpfloat(spc.phase[0].upper, ==, 5.5 + 2.66); /* ranges 1 and 1, none across the gap */
    g_assert_cmpint(spc.point[2].type, ==, SPC_NO_POINT);
    spc = chart(arena, spec, run, NULL, G_N_ELEMENTS(run));
    check_broke(&spc, SPC_SHIFT_ABOVE, "1 2 3 4 5 6 8 9 10 11 12");
}

static void a_series_that_never_moves_has_no_limits(void)
{
    static const double flat[] = { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 };
    g_autoptr(Arena) arena = arena_new();
    SpcSpec spec = { .target = 4, .better = SPC_BETTER_UP };
    Spc spc = chart(arena, spec, flat, NULL, G_N_ELEMENTS(flat));

    g_assert_true(isnan(spc.phase[0].upper));
    g_assert_cmpint(spc.last, ==, SPC_COMMON_CAUSE);
    g_assert_cmpint(spc.assurance, ==, SPC_ASSURANCE_NONE);
    g_assert_false(spc.phase[0].runs_signal);
    spc = chart(arena, spec, flat, NULL, 0);
    g_assert_cmpuint(spc.n_phases, ==, 0);
}

static void what_makes_no_sense_is_refused(void)
{
    static const double value[] = { 1, 2, 3 }, n[] = { 10, 1, 10 }, below[] = { -1, 2, 3 };
    static const size_t late[] = { 3 }, first[] = { 0 };
    g_autoptr(Arena) arena = arena_new();
    const struct {
        SpcSpec spec;
        SpcSeries series;
        const char *word;
    } wrong[] = { { { .chart = SPC_P }, { value, NULL, 3 }, "denominators" },
                  { { .chart = SPC_P }, { value, n, 3 }, "point 2" },
                  { { .chart = SPC_C }, { below, NULL, 3 }, "point 1" },
                  { { .starts = late, .n_starts = 1 }, { value, NULL, 3 }, "point 4" },
                  { { .starts = first, .n_starts = 1 }, { value, NULL, 3 }, "point 1" } };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        Spc spc;

        g_assert_false(spc_compute(arena, &wrong[i].spec, &wrong[i].series, &spc, &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
        g_assert_nonnull(strstr(error->message, wrong[i].word));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spc/textbook/wheeler", wheelers_verification_set);
    g_test_add_func("/spc/eide/rebase", a_rebase_can_hide_an_improvement);
    g_test_add_func("/spc/profile/western-electric", western_electric_has_its_four_rules);
    g_test_add_func("/spc/edge/missing", a_missing_point_takes_no_part);
    g_test_add_func("/spc/edge/flat", a_series_that_never_moves_has_no_limits);
    g_test_add_func("/spc/edge/refused", what_makes_no_sense_is_refused);
    return g_test_run();
}
