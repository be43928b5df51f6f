/* test-funnel.c - limits by size, and the spread between units, against published numbers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "funnel.h"
#include "spread.h"

static void near(double got, double want, double within)
{
    if (!(fabs(got - want) <= within))
        g_error("%.10g is not %.10g", got, want);
}

static void means_by_size(void)
{
    const Funnel f = { FUNNEL_MEAN, 50, 10 };
    FunnelLimits l = funnel_limits(&f, 100);

    near(l.low95, 48.040036, 1e-6); /* 50 - 1.959964 * 10 / 10 */
    near(l.high95, 51.959964, 1e-6);
    near(l.low998, 46.909768, 1e-6); /* 50 - 3.090232 */
    near(l.high998, 53.090232, 1e-6);
    g_assert_cmpint(funnel_place(&f, 47.5, 100), ==, FUNNEL_BELOW);
    g_assert_cmpint(funnel_place(&f, 47.5, 16), ==, FUNNEL_WITHIN);
    g_assert_cmpint(funnel_place(&f, 53.2, 100), ==, FUNNEL_FAR_ABOVE);
    g_assert_cmpint(funnel_place(&f, 46.8, 100), ==, FUNNEL_FAR_BELOW);
    g_assert_cmpint(funnel_place(&f, 52, 100), ==, FUNNEL_ABOVE);
}

/* Ten people, one half: P(X <= 1) = 11/1024, P(X <= 2) = 56/1024, so 2.5 % lies between, and by
 * symmetry the upper limit mirrors it but for the whole person that "below" and "above" differ by. */
static void shares_are_exact(void)
{
    const Funnel f = { FUNNEL_SHARE, 50, 0 };
    FunnelLimits l = funnel_limits(&f, 10);

    near(l.low95, 100 * (2 - (56.0 / 1024 - 0.025) / (45.0 / 1024)) / 10, 1e-9);
    near(l.high95, 100 * (8 - (1013.0 / 1024 - 0.975) / (45.0 / 1024)) / 10, 1e-9);
    near(l.low998, 100 * (1 - (11.0 / 1024 - 0.001) / (10.0 / 1024)) / 10, 1e-9);
    g_assert_cmpfloat(l.high998, <=, 100);
}

/* Large groups: the exact limits come to the normal ones, and go on without a jump where they do. */
static void large_groups(void)
{
    const Funnel f = { FUNNEL_SHARE, 5, 0 };

    for (int64_t n = 5000; n <= 40000; n += 5000) {
        FunnelLimits l = funnel_limits(&f, n);
        double error = 100 * sqrt(0.05 * 0.95 / (double)n);

        near(l.low95, 5 - 1.959964 * error, 0.03);
        near(l.high95, 5 + 1.959964 * error, 0.03);
    }
}

static void nobody_or_everybody(void)
{
    const Funnel none = { FUNNEL_SHARE, 0, 0 }, all = { FUNNEL_SHARE, 100, 0 };

    near(funnel_limits(&none, 12).high998, 0, 0);
    near(funnel_limits(&all, 12).low998, 100, 0);
}

/* Three schools of Hustadvika, 2023-24, 5. trinn, English: 47/4,7/15, 51/4,5/16, 52/3,6/29. */
static void spread_between_people(void)
{
    const double half[] = { 4.7, 4.5, 3.6, NAN, 1 };
    const int64_t n[] = { 15, 16, 29, 20, 1 };
    double a = pow(4.7 / 1.959963984540054, 2) * 15, b = pow(4.5 / 1.959963984540054, 2) * 16,
           c = pow(3.6 / 1.959963984540054, 2) * 29;

    near(funnel_pooled_sd(half, n, 5), sqrt((14 * a + 15 * b + 28 * c) / 57), 1e-12);
    g_assert_true(isnan(funnel_pooled_sd(half, n, 0)));
}

/* qchisq of R 4.2. */
static void chi_squared(void)
{
    near(spread_chi_squared(0.975, 3), 9.348404, 1e-6);
    near(spread_chi_squared(0.025, 3), 0.2157953, 1e-7);
    near(spread_chi_squared(0.975, 12), 23.33666, 1e-5);
    near(spread_chi_squared(0.025, 12), 4.403789, 1e-6);
}

/* The 13 trials of the BCG vaccine (Colditz et al. 1994), as the R package metafor documents them:
 * Q 152.2330, tau^2 0.3088 by DerSimonian and Laird, its interval by the Q-profile 0.1197 to 1.1115. */
static void known_trials(void)
{
    const double y[] = { -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209,
                         0.0120,  -0.4694, -1.3713, -0.3394, 0.4459,  -0.0173, NAN };
    const double v[] = { 0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230,
                         0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714, 0.01 };
    Spread s = spread_of(y, v, 14);

    g_assert_cmpuint(s.units, ==, 13);
    near(s.tau * s.tau, 0.3088, 0.0006); /* the data are printed with four decimals */
    near(s.low * s.low, 0.1197, 0.0005);
    near(s.high * s.high, 1.1115, 0.002);
    near(s.mean, -0.7141, 0.001);
}

static void equal_units_have_no_spread(void)
{
    const double y[] = { 50, 50, 50, 50 }, v[] = { 4, 4, 4, 4 };
    Spread s = spread_of(y, v, 4);

    near(s.tau, 0, 0);
    near(s.low, 0, 0);
    near(s.high, 0, 0); /* Q is 0, below any quantile: nothing to widen */
    g_assert_true(isnan(spread_of(y, v, 2).tau));
}

static void change_needs_intervals_apart(void)
{
    const Spread wide = { 5, 4, 3, 6, 50 }, narrow = { 5, 1, 0, 2.5, 50 },
                 middle = { 5, 3, 2, 5, 50 };
    const Spread none = { 2, NAN, NAN, NAN, NAN };

    g_assert_cmpint(spread_change(&wide, &narrow), ==, SPREAD_LESS);
    g_assert_cmpint(spread_change(&narrow, &wide), ==, SPREAD_MORE);
    g_assert_cmpint(spread_change(&wide, &middle), ==, SPREAD_SAME);
    g_assert_cmpint(spread_change(&wide, &none), ==, SPREAD_UNKNOWN);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/funnel/mean/limits", means_by_size);
    g_test_add_func("/funnel/share/exact", shares_are_exact);
    g_test_add_func("/funnel/share/large", large_groups);
    g_test_add_func("/funnel/share/ends", nobody_or_everybody);
    g_test_add_func("/funnel/sd/pooled", spread_between_people);
    g_test_add_func("/spread/chi-squared/r", chi_squared);
    g_test_add_func("/spread/between/metafor", known_trials);
    g_test_add_func("/spread/between/none", equal_units_have_no_spread);
    g_test_add_func("/spread/change/intervals", change_needs_intervals_apart);
    return g_test_run();
}
