/* test-sammenlign.c - a unit beside others and the differences between units, through their pages.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "sammenlign.h"
#include "testing-importside.h"

#define READING "/indikatorer/NP.LES.5/sammenlign?enhet=1579"

static const char *after(const Reply *reply, const char *mark, const char *text)
{
    const char *at = strstr(reply->body, mark);

    return at ? strstr(at, text) : NULL;
}

/* Hustadvika has 47 +-1.3 with 136 pupils, the nation 49: below 95 %, within 99.8 %. */
static void a_municipality_stands_in_the_funnel_of_its_county(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(Reply) page = test_get(f.app, READING);

    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "<b>Hustadvika kommune, 2025/26: 47 ±1.3 (136) – lower: chance "
                              "seldom gives this (fewer than 1 in 20).</b>"));
    g_assert_true(holds(page, "of 27 units lie outside the outer limits"));
    g_assert_true(holds(page, "class=\"chart-limit\"") && holds(page, "class=\"chart-trial\""));
    /* the order of the Norwegian alphabet, and the asker where the alphabet has it */
    const char *haram = after(page, "<tbody>", ">Haram<");
    const char *own = after(page, "<tbody>", "<b>Hustadvika kommune</b>");
    const char *oersta = after(page, "<tbody>", ">Ørsta<"),
               *aalesund = after(page, "<tbody>", ">Ålesund<");
    g_assert_true(haram && own && oersta && aalesund);
    g_assert_true(haram < own && own < oersta && oersta < aalesund);
    g_assert_null(strstr(page->body, ">Bergen<"));
}

static void chosen_municipalities_are_read_from_the_address(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(Reply) two = test_get(f.app, READING "&med=valgte&kommuner=1506,+1508");
    g_autoptr(Reply) wrong =
        test_get(f.app, READING "&med=valgte&kommuner=1506,975283518,%3Cscript%3E");
    g_autoptr(Reply) none = test_get(f.app, READING "&med=valgte&kommuner=");
    g_autoptr(Reply) odd = test_get(f.app, READING "&med=kake&periode=2099%2F00");
    g_autoptr(GString) many = g_string_new(READING "&med=valgte&kommuner=1506");

    g_assert_cmpint(two->status, ==, 200);
    g_assert_true(after(two, "<tbody>", ">Molde<") && after(two, "<tbody>", ">Ålesund<"));
    g_assert_null(after(two, "<tbody>", ">Haram<"));
    g_assert_cmpint(wrong->status, ==, 422);
    g_assert_true(holds(wrong, "is no municipality number that is known"));
    g_assert_true(after(wrong, "<tbody>", ">Molde<") && !holds(wrong, "<script>"));
    g_assert_cmpint(none->status, ==, 200);
    g_assert_cmpint(odd->status, ==, 200); /* as if nothing was asked for */
    g_assert_true(after(odd, "<tbody>", ">Haram<"));
    for (int i = 0; i < 40; i++)
        g_string_append(many, ",1508,1505");
    g_autoptr(Reply) most = test_get(f.app, many->str);
    g_assert_cmpint(most->status, ==, 422);
    g_assert_true(holds(most, "Choose 30 at most."));
}

/* Eide was no municipality of any county in these figures: all of Norway is not its county. */
static void without_a_county_others_are_chosen(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    test_db_exec(f.app->db,
                 "UPDATE stat_enhet_navn SET fylke = '' WHERE enhet = "
                 "(SELECT id FROM stat_enhet WHERE code = '1579')",
                 NULL);
    indikator_test_text(f.app->db, f.arena, f.owner, "egne.csv",
                        "enhet;indikator;periode;trinn;verdi;n\n1579;NP.LES.5;2025/26;5;47;136\n",
                        &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_autoptr(Reply) page = test_get(f.app, READING "&med=fylke");
    g_assert_cmpint(page->status, ==, 200);
    g_assert_false(holds(page, "value=\"fylke\"") || holds(page, ">Bergen<"));
    g_assert_true(holds(page, "<option value=\"valgte\" selected>"));
    g_assert_null(after(page, "<tbody>", ">Haram<"));
}

/* 40 of 50 where the nation has half is far outside 99.8 %; 27 of 50 is not outside 95 %. */
static void shares_get_exact_limits_and_days_none(void)
{
    MatrixCell cells[] = { { .known = true, .cell = { .status = VALUE_OK, .value = 80, .n = 50 } },
                           { .known = true, .cell = { .status = VALUE_OK, .value = 54, .n = 50 } },
                           { .known = true,
                             .cell = { .status = VALUE_OK, .value = 50, .n = 60000 } } };
    Indicator about = { .unit = "prosent", .source = "udir_np" };
    const Matrix m = {
        .v = cells, .n_units = 3, .indicators = &about, .n_indicators = 1, .n_periods = 1
    };
    Funnel funnel;
    const char *why;

    g_assert_true(indikator_funnel(&m, 0, 2, 2, &funnel, &why));
    g_assert_cmpint(funnel.kind, ==, FUNNEL_SHARE);
    g_assert_cmpint(funnel_place(&funnel, 80, 50), ==, FUNNEL_FAR_ABOVE);
    g_assert_cmpint(funnel_place(&funnel, 54, 50), ==, FUNNEL_WITHIN);
    about.source = "hr_lokal";
    g_assert_false(indikator_funnel(&m, 0, 2, 2, &funnel, &why));
    g_assert_nonnull(strstr(why, "no uncertainty"));
    cells[2].cell.status = VALUE_MASKED;
    about.source = "udir_np";
    g_assert_false(indikator_funnel(&m, 0, 2, 2, &funnel, &why));
    g_assert_nonnull(strstr(why, "not known"));
    g_assert_true(isnan(indikator_sampling_variance(&about, &cells[2])));
}

/* Three schools far from each other with small uncertainties in 2024/25, near each other in 2025/26. */
static void differences_that_shrink_are_told(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    indikator_test_text(f.app->db, f.arena, f.owner, "lokal.csv",
                        "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"
                        "975283518;NP.LES.5;2023/24;5;40;0,4;300\n"
                        "975283488;NP.LES.5;2023/24;5;50;0,4;300\n"
                        "975283496;NP.LES.5;2023/24;5;60;0,4;300\n"
                        "975283402;NP.LES.5;2023/24;5;48;0,4;300\n"
                        "975283453;NP.LES.5;2023/24;5;55;0,4;300\n"
                        "975283518;NP.LES.5;2024/25;5;50;0,4;300\n"
                        "975283488;NP.LES.5;2024/25;5;50;0,4;300\n"
                        "975283496;NP.LES.5;2024/25;5;50;0,4;300\n"
                        "975283402;NP.LES.5;2024/25;5;50;0,4;300\n"
                        "975283453;NP.LES.5;2024/25;5;50;0,4;300\n",
                        &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    g_autoptr(Reply) page = test_get(f.app, "/indikatorer/NP.LES.5/spredning?enhet=1579");
    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "class=\"chart-band\""));
    g_assert_true(after(page, "2023/24</th>", ">20</td>"));                   /* 60 - 40 */
    g_assert_true(after(page, "2023/24</th>", "<td class=\"num\">7.5</td>")); /* sd of the five */
    g_assert_true(after(page, "2024/25</th>", "<td class=\"num\">0.0</td>"));
}

static void few_units_are_told_as_few(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(Reply) one = test_get(f.app, "/indikatorer/SYK.TOT/spredning?enhet=1579");
    g_autoptr(Reply) unknown = test_get(f.app, "/indikatorer/FINNES.IKKE/spredning");
    g_autoptr(Reply) empty = test_get(f.app, "/indikatorer/SYK.TOT/sammenlign?enhet=1579");

    g_assert_true(holds(one, "Too few units have a figure that can be shown"));
    g_assert_true(holds(one, "No figures are stored"));
    g_assert_cmpint(unknown->status, ==, 404);
    g_assert_true(holds(empty, "No figures are stored"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/comparison/county/funnel", a_municipality_stands_in_the_funnel_of_its_county);
    g_test_add_func("/comparison/chosen/address", chosen_municipalities_are_read_from_the_address);
    g_test_add_func("/comparison/county/none", without_a_county_others_are_chosen);
    g_test_add_func("/comparison/limits/kinds", shares_get_exact_limits_and_days_none);
    g_test_add_func("/spread/page/shrinks", differences_that_shrink_are_told);
    g_test_add_func("/spread/page/few", few_units_are_told_as_few);
    return g_test_run();
}
