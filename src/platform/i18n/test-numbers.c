/* test-numbers.c - numbers out and in, against domain.md 8.4 and the vectors of its section 12.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "i18n.h"

typedef struct {
    double value;
    int decimals;
    const char *nb, *en;
} Written;

static void numbers_are_written_in_norwegian_and_english(void)
{
    static const Written cases[] = {
        { 4.175, 2, "4,18", "4.18" }, /* vector 1: stored just below 4.175 */
        { 71.0 / 17, 2, "4,18", "4.18" },
        { 41.8, 1, "41,8", "41.8" },
        { 1.005, 2, "1,01", "1.01" },
        { 2.675, 2, "2,68", "2.68" },
        { 0.1 + 0.2, 1, "0,3", "0.3" },
        { 0.5, 0, "1", "1" },
        { 2.5, 0, "3", "3" }, /* half away from zero, not to even */
        { -2.5, 0, "−3", "−3" },
        { -8, 1, "−8,0", "−8.0" },
        { -0.04, 1, "0,0", "0.0" }, /* no minus before nothing */
        { -0.0, 0, "0", "0" },
        { 0.05, 1, "0,1", "0.1" },
        { 0.049, 1, "0,0", "0.0" },
        { 0.000001, 2, "0,00", "0.00" },
        { 1537, 0, "1537", "1,537" },
        { 9999.5, 0, "10\u00a0000", "10,000" },
        { 999.5, 0, "1000", "1,000" },
        { 999999.995, 2, "1\u00a0000\u00a0000,00", "1,000,000.00" },
        { 123456789012345.0, 0, "123\u00a0456\u00a0789\u00a0012\u00a0345", "123,456,789,012,345" },
        { 100.0 * 166 / 188, 1, "88,3", "88.3" }, /* vector 3 */
        { 100.0 * 7 / 145, 1, "4,8", "4.8" },     /* vector 4 */
        { 100.0 * 8 / 161, 1, "5,0", "5.0" },
        { 220000.0 / 13500, 1, "16,3", "16.3" }, /* vector 5 */
        { 1474.0 / 30, 1, "49,1", "49.1" },      /* vector 9 */
        { NAN, 1, "–", "–" },
        { INFINITY, 1, "–", "–" },
        { 1e15, 1, "–", "–" },
    };
    char buf[NUM_TEXT];

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        i18n_use(LANG_NB);
        g_assert_cmpstr(num_text(cases[i].value, cases[i].decimals, buf), ==, cases[i].nb);
        i18n_use(LANG_EN);
        g_assert_cmpstr(num_text(cases[i].value, cases[i].decimals, buf), ==, cases[i].en);
    }
}

static void the_longest_number_fits(void)
{
    char buf[NUM_TEXT];

    i18n_use(LANG_NN);
    g_assert_cmpstr(num_percent(-999999999999999.0, 9, buf), ==,
                    "−999\u00a0999\u00a0999\u00a0999\u00a0999,000000\u00a0%");
    num_percent(-999999999999999.9, 9, buf); /* rounds to sixteen digits */
    g_assert_true(g_utf8_validate(buf, -1, NULL));
}

static void percent_has_a_hard_space(void)
{
    char buf[NUM_TEXT];

    i18n_use(LANG_NB);
    g_assert_cmpstr(num_percent(14, 1, buf), ==, "14,0\u00a0%");
    i18n_use(LANG_EN);
    g_assert_cmpstr(num_percent(14, 1, buf), ==, "14.0%");
}

static void udir_numbers_are_read(void)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        { "1 537", 1537 },
        { "1\u00a0537", 1537 },
        { "1\u202f537", 1537 },
        { " 88,3", 88.3 },
        { "88.3 ", 88.3 },
        { "47", 47 },
        { "1,3", 1.3 },
        { "-8,0", -8 },
        { "\u22128,0", -8 },
        { "+4", 4 },
        { "12 345 678,9", 12345678.9 },
        { "\u00a0007\r\n", 7 },
        { "123456", 123456 },
        { "0", 0 },
    };
    double value;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        value = NAN;
        g_assert_true(num_parse(cases[i].text, &value));
        g_assert_cmpfloat(value, ==, cases[i].value);
    }
}

static void what_is_no_number_is_refused(void)
{
    static const char *const cases[] = {
        "",       " ",   "*",      ".",      "-",      "—",         "abc",     "1 53", "1234 567",
        "1 53 7", "5,",  ",5",     "1,2,3",  "1.2.3",  "1e5",       "0x10",    "nan",  "inf",
        "--1",    "- 1", "14,0 %", "1 5370", "1  537", "12 345 67", "1,5 000",
    };
    double value = 42;

    g_assert_false(num_parse(NULL, &value));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (num_parse(cases[i], &value))
            g_error("\"%s\" was read as %g", cases[i], value);
    g_assert_cmpfloat(value, ==, 42);
}

static void what_is_written_can_be_read(void)
{
    char buf[NUM_TEXT];
    double back;

    i18n_use(LANG_NB);
    for (int i = -20000000; i <= 20000000; i += 7919) {
        double value = i / 100.0;
        g_assert_true(num_parse(num_text(value, 2, buf), &back));
        g_assert_cmpfloat(back, ==, value);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/i18n/number/written", numbers_are_written_in_norwegian_and_english);
    g_test_add_func("/i18n/number/longest", the_longest_number_fits);
    g_test_add_func("/i18n/number/percent", percent_has_a_hard_space);
    g_test_add_func("/i18n/number/read", udir_numbers_are_read);
    g_test_add_func("/i18n/number/refused", what_is_no_number_is_refused);
    g_test_add_func("/i18n/number/round-trip", what_is_written_can_be_read);
    return g_test_run();
}
