/* test-parse-cell.c - numbers, units and periods as files write them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "i18n.h"

/* domain.md 12 no. 2. */
static void numbers_are_read_as_udir_writes_them(void)
{
    static const struct {
        const char *text;
        CellKind kind;
        double value;
        unsigned decimals;
    } cases[] = {
        { "1 537", CELL_NUMBER, 1537, 0 },
        { "1\u00a0537", CELL_NUMBER, 1537, 0 },
        { "1\u202f537", CELL_NUMBER, 1537, 0 },
        { "1 234 567,25", CELL_NUMBER, 1234567.25, 2 },
        { " 88,3", CELL_NUMBER, 88.3, 1 },
        { "88,3\u00a0", CELL_NUMBER, 88.3, 1 },
        { "0,1", CELL_NUMBER, 0.1, 1 },
        { "-8,0", CELL_NUMBER, -8, 1 },
        { "\u22128", CELL_NUMBER, -8, 0 },
        { "123456789012345", CELL_NUMBER, 123456789012345, 0 },
        { "0", CELL_ZERO, 0, 0 },
        { "0,0", CELL_NUMBER, 0, 1 },
        { "*", CELL_MASKED, 0, 0 },
        { " * ", CELL_MASKED, 0, 0 },
        { "", CELL_EMPTY, 0, 0 },
        { "\u00a0 ", CELL_EMPTY, 0, 0 },
        { ".", CELL_OTHER, 0, 0 },
        { "-", CELL_OTHER, 0, 0 },
        { "—", CELL_OTHER, 0, 0 },
        { "**", CELL_OTHER, 0, 0 },
        { "1.5", CELL_OTHER, 0, 0 },
        { "1,", CELL_OTHER, 0, 0 },
        { ",5", CELL_OTHER, 0, 0 },
        { "1 53", CELL_OTHER, 0, 0 },
        { "1537 000", CELL_OTHER, 0, 0 },
        { "1e5", CELL_OTHER, 0, 0 },
        { "0x1F", CELL_OTHER, 0, 0 },
        { "inf", CELL_OTHER, 0, 0 },
        { "5 %", CELL_OTHER, 0, 0 },
        { "1234567890123456", CELL_OTHER, 0, 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Cell cell = indikator_parse_cell(cases[i].text);

        g_test_message("“%s”", cases[i].text);
        g_assert_cmpint(cell.kind, ==, cases[i].kind);
        if (cell.kind != CELL_OTHER) {
            g_assert_cmpfloat(cell.value, ==, cases[i].value);
            g_assert_cmpuint(cell.decimals, ==, cases[i].decimals);
        }
    }
}

/* domain.md 12 no. 13. */
static void orgnr_has_a_check_digit(void)
{
    g_assert_true(indikator_parse_is_orgnr("975278980"));
    g_assert_true(indikator_parse_is_orgnr("921133642"));
    g_assert_false(indikator_parse_is_orgnr("975278981"));
    g_assert_false(indikator_parse_is_orgnr("97527898"));
    g_assert_false(indikator_parse_is_orgnr("9752789800"));
    g_assert_false(indikator_parse_is_orgnr("97527898X"));
    g_assert_true(indikator_parse_is_udir_id("U99999999"));
    g_assert_true(indikator_parse_is_udir_id("U90099013"));
    g_assert_false(indikator_parse_is_udir_id("U9999999"));
    g_assert_false(indikator_parse_is_udir_id("X99999999"));
}

static void codes_get_their_zeros_back(void)
{
    char code[CODE_TEXT];

    g_assert_true(indikator_parse_code("301", 4, code));
    g_assert_cmpstr(code, ==, "0301");
    g_assert_true(indikator_parse_code("15", 2, code));
    g_assert_cmpstr(code, ==, "15");
    g_assert_false(indikator_parse_code("", 2, code));
    g_assert_false(indikator_parse_code("155", 2, code));
    g_assert_false(indikator_parse_code("1a", 2, code));
}

static void periods_are_normalised(void)
{
    static const struct {
        const char *text, *indicator;
        PeriodResult result;
        const char *period;
    } cases[] = {
        { "2012/13", "NP.LES.5", PERIOD_OK, "2012/13" },
        { "2012-13", "NP.LES.5", PERIOD_OK, "2012/13" },
        { "2012-2013", "NP.LES.5", PERIOD_OK, "2012/13" },
        { "2012/2013", "NP.LES.5", PERIOD_OK, "2012/13" },
        { "1999-00", "GSP", PERIOD_OK, "1999/00" },
        { "2012", "GSI.ELEV", PERIOD_OK, "2012" },
        { "2012K1", "SYK.TOT", PERIOD_OK, "2012K1" },
        { "2012k4", "SYK.TOT", PERIOD_OK, "2012K4" },
        { "2012-11", "SYK.TOT", PERIOD_OK, "2012-11" },
        { "2012-11", "X.Y", PERIOD_OK, "2012-11" },
        { "2009-10", "SYK.TOT", PERIOD_OK, "2009-10" },
        { "2009-10", "NP.LES.5.NIVA", PERIOD_OK, "2009/10" },
        { "2009-10", "X.Y", PERIOD_AMBIGUOUS, NULL },
        { "2009/10", "X.Y", PERIOD_OK, "2009/10" },
        { "2025-26", NULL, PERIOD_OK, "2025/26" },
        { "2009-10", NULL, PERIOD_OK, "2009/10" },
        { "2012", NULL, PERIOD_BAD, NULL },
        { "2012-11", NULL, PERIOD_BAD, NULL },
        { "2012-14", "NP.LES.5", PERIOD_BAD, NULL },
        { "2012-2014", "NP.LES.5", PERIOD_BAD, NULL },
        { "2012/11", "SYK.TOT", PERIOD_BAD, NULL },
        { "2012-00", "SYK.TOT", PERIOD_BAD, NULL },
        { "2012K5", "SYK.TOT", PERIOD_BAD, NULL },
        { "2012K0", "SYK.TOT", PERIOD_BAD, NULL },
        { "1812", "X.Y", PERIOD_BAD, NULL },
        { "12/13", "X.Y", PERIOD_BAD, NULL },
        { "", "X.Y", PERIOD_BAD, NULL },
        { "20122", "X.Y", PERIOD_BAD, NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char period[PERIOD_TEXT] = "";

        g_test_message("%s %s", cases[i].text, cases[i].indicator);
        g_assert_cmpint(indikator_parse_period(cases[i].text, cases[i].indicator, period), ==,
                        cases[i].result);
        if (cases[i].period != NULL)
            g_assert_cmpstr(period, ==, cases[i].period);
    }
}

static void person_numbers_are_seen_and_not_shown(void)
{
    char buf[SHOWN_TEXT];
    g_autofree char *longer = g_strnfill(300, 'x');

    g_assert_true(indikator_parse_has_person_number("01019912345"));
    g_assert_true(indikator_parse_has_person_number("elev 010199 12345."));
    g_assert_false(indikator_parse_has_person_number("0101991234"));
    g_assert_false(indikator_parse_has_person_number("010199123456"));
    g_assert_false(indikator_parse_has_person_number("975 278 980"));
    g_assert_null(strstr(indikator_parse_shown("01019912345", buf), "0101"));
    g_assert_cmpstr(indikator_parse_shown("kort", buf), ==, "kort");
    g_assert_cmpint(g_utf8_strlen(indikator_parse_shown(longer, buf), -1), ==, 60);
}

static void both_ends_are_trimmed(void)
{
    char text[] = "\u00a0 \tBlå skole \u202f\r\n", empty[] = " \t";

    indikator_parse_trim(text);
    g_assert_cmpstr(text, ==, "Blå skole");
    indikator_parse_trim(empty);
    g_assert_cmpstr(empty, ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/indikator/parse-cell/numbers", numbers_are_read_as_udir_writes_them);
    g_test_add_func("/indikator/parse-cell/orgnr", orgnr_has_a_check_digit);
    g_test_add_func("/indikator/parse-cell/codes", codes_get_their_zeros_back);
    g_test_add_func("/indikator/parse-cell/periods", periods_are_normalised);
    g_test_add_func("/indikator/parse-cell/person-numbers", person_numbers_are_seen_and_not_shown);
    g_test_add_func("/indikator/parse-cell/trim", both_ends_are_trimmed);
    return g_test_run();
}
