/* test-frist.c - holidays of known years, and dates that fall on days when people are at work.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "frist.h"

/* Easter Sundays 2010-2030. Source: the tables of the Church of Norway's calendar. */
static const char *const easters[] = {
    "2010-04-04", "2011-04-24", "2012-04-08", "2013-03-31", "2014-04-20", "2015-04-05",
    "2016-03-27", "2017-04-16", "2018-04-01", "2019-04-21", "2020-04-12", "2021-04-04",
    "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
    "2028-04-16", "2029-04-01", "2030-04-21",
};

static void easter_of_known_years(void)
{
    char day[DATE_TEXT];

    for (size_t i = 0; i < G_N_ELEMENTS(easters); i++)
        g_assert_cmpstr(tilstandsrapport_easter(2010 + (int)i, day), ==, easters[i]);
}

/* Twelve public holidays a year; eleven when two meet on one day, as in 2027. */
static void holidays_of_known_years(void)
{
    static const char *const days[] = { "2013-03-28", "2013-03-29", "2013-04-01", "2013-05-01",
                                        "2013-05-09", "2013-05-17", "2013-05-20", "2013-12-25",
                                        "2026-04-02", "2026-05-14", "2026-05-25", "2030-06-10" };
    char day[DATE_TEXT], next[DATE_TEXT];

    for (size_t i = 0; i < G_N_ELEMENTS(days); i++)
        g_assert_nonnull(tilstandsrapport_holiday(days[i]));
    g_assert_null(tilstandsrapport_holiday("2013-06-20"));
    g_assert_null(tilstandsrapport_holiday("2013-12-24"));
    for (int year = 2010; year <= 2030; year++) {
        int n = 0;

        g_snprintf(day, sizeof day, "%d-01-01", year);
        while (g_ascii_strtoll(day, NULL, 10) == year) {
            n += tilstandsrapport_holiday(day) != NULL;
            g_strlcpy(day, date_add(day, 1, next), sizeof day);
        }
        g_assert_cmpint(n, >=, 11);
        g_assert_cmpint(n, <=, 12);
    }
}

static void every_date_is_a_working_day_in_order(void)
{
    char council[DATE_TEXT], next[DATE_TEXT];

    g_strlcpy(council, "2010-01-04", sizeof council);
    while (strcmp(council, "2030-12-31") < 0) {
        Deadline d[N_DEADLINE];

        tilstandsrapport_deadlines(council, d);
        for (int i = 0; i < N_DEADLINE; i++) {
            if (i != DEADLINE_COUNCIL)
                g_assert_true(tilstandsrapport_working_day(d[i].day));
            if (i > 0)
                g_assert_cmpstr(d[i - 1].day, <, d[i].day);
        }
        date_add(d[DEADLINE_DIALOGUE].day, -7, next);
        g_assert_cmpstr(d[DEADLINE_PAPERS].day, <=, next);
        g_strlcpy(council, date_add(council, 1, next), sizeof council);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/frist/easter/known-years", easter_of_known_years);
    g_test_add_func("/frist/holidays/known-years", holidays_of_known_years);
    g_test_add_func("/frist/deadlines/order", every_date_is_a_working_day_in_order);
    return g_test_run();
}
