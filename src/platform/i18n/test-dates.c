/* test-dates.c - dates, school years, fuzzy dates and Oslo's clock, against domain.md 8.4 and 12.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "oslo.h"

#define SECOND INT64_C(1000000)

static void dates_are_written_in_three_languages(void)
{
    char buf[DATE_TEXT];

    i18n_use(LANG_NB);
    g_assert_cmpstr(date_text("2013-06-20", buf), ==, "20. juni 2013");
    g_assert_cmpstr(date_text("2013-01-01", buf), ==, "1. januar 2013");
    g_assert_cmpstr(date_short("2013-06-20", buf), ==, "20.06.2013");
    g_assert_cmpstr(date_weekday("2013-06-20"), ==, "torsdag");
    i18n_use(LANG_NN);
    g_assert_cmpstr(date_text("2013-12-31", buf), ==, "31. desember 2013");
    g_assert_cmpstr(date_weekday("2013-06-18"), ==, "tysdag");
    i18n_use(LANG_EN);
    g_assert_cmpstr(date_text("2013-06-20", buf), ==, "20 June 2013");
    g_assert_cmpstr(date_weekday("2013-06-23"), ==, "Sunday");
}

static void only_real_iso_dates_are_dates(void)
{
    static const char *const bad[] = { "",           "2013-6-20",   "2013-02-29", "2100-02-29",
                                       "2013-13-01", "2013-00-01",  "2013-01-00", "1899-12-31",
                                       "2200-01-01", "2013-06-20 ", "20.06.2013", "2013-06-2x",
                                       "+013-06-20" };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(date_valid(bad[i]));
    g_assert_false(date_valid(NULL));
    g_assert_true(date_valid("2000-02-29"));
    g_assert_true(date_valid("1900-01-01"));
    g_assert_true(date_valid("2199-12-31"));
}

static void what_is_no_date_stands_as_it_is(void)
{
    char buf[DATE_TEXT];
    g_autofree char *longer = g_strnfill(DATE_TEXT - 2, 'x');
    g_autofree char *broken = g_strconcat(longer, "å", NULL);

    i18n_use(LANG_NB);
    g_assert_cmpstr(date_text("ukjent", buf), ==, "ukjent");
    g_assert_cmpstr(date_short(NULL, buf), ==, "");
    g_assert_cmpstr(date_text(broken, buf), ==, longer); /* never half a character */
    g_assert_cmpstr(date_weekday("ukjent"), ==, "");
}

static void days_are_added_over_months_and_years(void)
{
    char buf[DATE_TEXT];

    g_assert_cmpstr(date_add("2013-06-20", 21, buf), ==, "2013-07-11"); /* vector 21 */
    g_assert_cmpstr(date_add("2013-01-01", -1, buf), ==, "2012-12-31");
    g_assert_cmpstr(date_add("2012-02-28", 1, buf), ==, "2012-02-29");
    g_assert_cmpstr(date_add("2199-12-31", 1, buf), ==, "");
    g_assert_cmpstr(date_add("1900-01-01", G_MININT, buf), ==, "");
    g_assert_cmpstr(date_add("x", 1, buf), ==, "");
}

static void weeks_are_iso_weeks(void)
{
    g_assert_cmpint(date_week("2013-06-20"), ==, 25); /* vector 16 */
    g_assert_cmpint(date_week("2012-12-31"), ==, 1);
    g_assert_cmpint(date_week("2010-01-03"), ==, 53);
    g_assert_cmpint(date_week("2026-12-31"), ==, 53);
    g_assert_cmpint(date_week("2013"), ==, 0);
}

static void a_school_year_starts_in_august(void)
{
    char buf[DATE_TEXT];

    g_assert_cmpstr(date_school_year("2013-06-20", buf), ==, "2012/13"); /* vector 11 */
    g_assert_cmpstr(date_school_year("2013-08-01", buf), ==, "2013/14");
    g_assert_cmpstr(date_school_year("2013-07-31", buf), ==, "2012/13");
    g_assert_cmpstr(date_school_year("1999-10-01", buf), ==, "1999/00");
    g_assert_cmpstr(date_school_year("1999", buf), ==, "");
}

typedef struct {
    const char *stored, *nb, *nn, *en, *first;
} Fuzzy;

static void fuzzy_dates_keep_their_precision(void)
{
    static const Fuzzy cases[] = {
        { "2013-06-20", "20. juni 2013", "20. juni 2013", "20 June 2013", "2013-06-20" },
        { "2013-06", "juni 2013", "juni 2013", "June 2013", "2013-06-01" },
        { "2010-H2", "høsten 2010", "hausten 2010", "autumn 2010", "2010-08-01" },
        { "2011-H1", "våren 2011", "våren 2011", "spring 2011", "2011-01-01" },
        { "2009", "2009", "2009", "2009", "2009-01-01" },
        { "R", "jevnlig", "jamleg", "regularly", "9999-12-31" },
    };
    char buf[DATE_TEXT];

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_true(fuzzy_valid(cases[i].stored));
        i18n_use(LANG_NB);
        g_assert_cmpstr(fuzzy_text(cases[i].stored, buf), ==, cases[i].nb);
        i18n_use(LANG_NN);
        g_assert_cmpstr(fuzzy_text(cases[i].stored, buf), ==, cases[i].nn);
        i18n_use(LANG_EN);
        g_assert_cmpstr(fuzzy_text(cases[i].stored, buf), ==, cases[i].en);
        g_assert_cmpstr(fuzzy_first(cases[i].stored, buf), ==, cases[i].first);
    }
}

static void what_is_no_fuzzy_date_is_refused(void)
{
    static const char *const bad[] = {
        "", "2010-H3", "2010-h1", "2013-13", "20", "r", "RR", "9999"
    };
    char buf[DATE_TEXT];

    g_assert_false(fuzzy_valid(NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(fuzzy_valid(bad[i]));
        g_assert_cmpstr(fuzzy_first(bad[i], buf), ==, "");
        g_assert_cmpstr(fuzzy_text(bad[i], buf), ==, bad[i]);
    }
}

static void instants_show_as_oslo_sees_them(void)
{
    char buf[DATE_TEXT];

    i18n_use(LANG_NB);
    g_assert_cmpstr(time_text(1371726000 * SECOND, buf), ==, "20. juni 2013 kl. 13.00");
    g_assert_cmpstr(time_text(1385208000 * SECOND, buf), ==, "23. november 2013 kl. 13.00");
    g_assert_cmpstr(time_date(1371765599 * SECOND, buf), ==, "2013-06-20");
    g_assert_cmpstr(time_date(1371765600 * SECOND, buf), ==, "2013-06-21");
    i18n_use(LANG_EN);
    g_assert_cmpstr(time_text(1371726000 * SECOND, buf), ==, "20 June 2013 at 13:00");
    g_assert_cmpstr(time_text(-1, buf), ==, "1 January 1970 at 00:59");
    g_assert_cmpstr(time_text(G_MAXINT64, buf), ==, "");
}

static void summer_time_starts_and_ends_to_the_second(void)
{
    static const int64_t spring_2013 = 1364691600, autumn_2013 = 1382835600; /* 01:00 UTC */

    for (int i = 0; i < 2; i++) {
        int (*offset)(int64_t) = i ? oslo_offset_by_rule : oslo_offset;
        g_assert_cmpint(offset(spring_2013 - 1), ==, 3600);
        g_assert_cmpint(offset(spring_2013), ==, 7200);
        g_assert_cmpint(offset(autumn_2013 - 1), ==, 7200);
        g_assert_cmpint(offset(autumn_2013), ==, 3600);
    }
}

/* The rule stands in where tzdata is absent; here both are there and must agree, hour by hour. */
static void the_rule_agrees_with_tzdata(void)
{
    for (int64_t t = 946684800; t < 1893456000; t += 3600) /* 2000 to 2029 */
        if (oslo_offset(t) != oslo_offset_by_rule(t))
            g_error("they differ at %" G_GINT64_FORMAT, t);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/i18n/date/written", dates_are_written_in_three_languages);
    g_test_add_func("/i18n/date/valid", only_real_iso_dates_are_dates);
    g_test_add_func("/i18n/date/not-a-date", what_is_no_date_stands_as_it_is);
    g_test_add_func("/i18n/date/add", days_are_added_over_months_and_years);
    g_test_add_func("/i18n/date/week", weeks_are_iso_weeks);
    g_test_add_func("/i18n/date/school-year", a_school_year_starts_in_august);
    g_test_add_func("/i18n/fuzzy/precision", fuzzy_dates_keep_their_precision);
    g_test_add_func("/i18n/fuzzy/refused", what_is_no_fuzzy_date_is_refused);
    g_test_add_func("/i18n/time/written", instants_show_as_oslo_sees_them);
    g_test_add_func("/i18n/time/summer", summer_time_starts_and_ends_to_the_second);
    g_test_add_func("/i18n/time/rule", the_rule_agrees_with_tzdata);
    return g_test_run();
}
