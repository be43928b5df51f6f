/* test-spc-words.c - the sentences: what is said, and above all what is not said without a signal.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "i18n.h"
#include "spc-words.h"

/* Wheeler's smoking set (EXPECT.md O6): points 7-14 lie below the mean. */
static const double smoke[] = { 21.3, 20.2, 20.9, 21,   18.8, 19.6, 18.7,
                                18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19 };
static const double calm[] = { 5, 6, 4, 5.5, 4.5, 6, 5, 4, 6, 5, 4.2, 5.8, 5, 6 };
static const char *const period[] = { "2012K1", "2012K2", "2012K3", "2012K4", "2013K1",
                                      "2013K2", "2013K3", "2013K4", "2014K1", "2014K2",
                                      "2014K3", "2014K4", "2015K1", "2015K2" };

static char *say(SpcBetter better, const double *value, size_t n, Lang lang)
{
    g_autoptr(Arena) arena = arena_new();
    const SpcSpec spec = { .better = better, .target = NAN };
    const SpcSeries series = { value, NULL, n };
    g_autoptr(GError) why = NULL;
    Spc spc;

    g_assert_true(spc_compute(arena, &spec, &series, &spc, &why));
    i18n_use(lang);
    return spc_sentence(&spec, &spc, period);
}

static void check(SpcBetter better, const double *value, size_t n, const char *wanted)
{
    g_autofree char *text = say(better, value, n, LANG_EN);

    g_assert_cmpstr(text, ==, wanted);
}

static void direction_decides_the_word(void)
{
    check(SPC_BETTER_DOWN, smoke, 14,
          "Clear improvement from 2013K3: 8 measurements in a row below the mean.");
    check(SPC_BETTER_UP, smoke, 14,
          "Clear deterioration from 2013K3: 8 measurements in a row below the mean.");
    check(SPC_BETTER_NEITHER, smoke, 14,
          "Clearly lower from 2013K3: 8 measurements in a row below the mean.");
}

/* However much better the newest values look, there is no claim without a broken rule. */
static void nothing_is_claimed_without_a_signal(void)
{
    static const double falling[] = { 9, 8, 7, 6, 5, 4, 3 };

    check(SPC_BETTER_DOWN, calm, 14, "No certain change.");
    check(SPC_BETTER_DOWN, falling, 7,
          "Too few measurements to say anything for certain (7 of at least 13).");
    check(SPC_BETTER_DOWN, calm, 12,
          "Too few measurements to say anything for certain (12 of at least 13).");
    check(SPC_BETTER_DOWN, calm, 0,
          "Too few measurements to say anything for certain (0 of at least 13).");
}

static void trial_limits_give_a_sign_and_no_certainty(void)
{
    static const double low[] = { 9, 9.2, 9.1, 9, 9.2, 5, 5.1, 5, 5.2, 5.1, 5, 5.1 };

    check(SPC_BETTER_DOWN, low, 12,
          "Sign of improvement from 2013K2: 7 measurements in a row below the mean. The limits are "
          "trial limits: 12 of at least 13 measurements.");
}

static void a_signal_that_is_over_is_past(void)
{
    static const double peak[] = { 5, 6, 4, 5.5, 4.5, 15, 5, 4, 6, 5, 4.2, 5.8, 5, 6 };

    check(
        SPC_BETTER_DOWN, peak, 14,
        "No certain change in the newest measurements. The latest signal was in 2013K2: above the "
        "upper limit.");
}

/* A hidden value comes as a missing one, and the sentence never names its period. */
static void a_hidden_point_is_not_told(void)
{
    double gap[14];

    memcpy(gap, smoke, sizeof gap);
    gap[6] = NAN;
    check(SPC_BETTER_DOWN, gap, 14,
          "Clear improvement from 2013K4: 7 measurements in a row below the mean.");
}

static void bokmal_and_nynorsk(void)
{
    g_autofree char *nb = say(SPC_BETTER_DOWN, smoke, 14, LANG_NB);
    g_autofree char *nn = say(SPC_BETTER_DOWN, smoke, 14, LANG_NN);

    g_assert_cmpstr(nb, ==, "Tydelig bedring fra 2013K3: 8 målinger på rad under snittet.");
    g_assert_cmpstr(nn, ==, "Tydeleg betring frå 2013K3: 8 målingar på rad under snittet.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spc/words/direction", direction_decides_the_word);
    g_test_add_func("/spc/words/no-claim", nothing_is_claimed_without_a_signal);
    g_test_add_func("/spc/words/trial", trial_limits_give_a_sign_and_no_certainty);
    g_test_add_func("/spc/words/past", a_signal_that_is_over_is_past);
    g_test_add_func("/spc/words/hidden", a_hidden_point_is_not_told);
    g_test_add_func("/spc/words/norwegian", bokmal_and_nynorsk);
    return g_test_run();
}
