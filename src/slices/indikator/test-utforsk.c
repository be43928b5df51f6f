/* test-utforsk.c - the explorer and the page of its rules, through their routes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "regeleksempler.h"
#include "testing-importside.h"

#define SCHOOL "975283518"
#define ADDRESS "/indikatorer/SYK.TOT?enhet=" SCHOOL

/* Six years of quarters, steady until 2010 and lower from then on. */
static void import_absence(Fixture *f, const char *first_lost)
{
    static const int lost[] = { 150, 138, 156, 144, 153, 141, 159, 147 };
    g_autoptr(GString) text = g_string_new("enhet;indikator;periode;n;teller;nevner\n");
    ImportResult r;

    for (int q = 0; q < 24; q++)
        g_string_append_printf(text, SCHOOL ";SYK.TOT;%dK%d;30;%d;1500\n", 2006 + q / 4, q % 4 + 1,
                               lost[q % 8] - (q >= 16 ? 60 : 0));
    if (first_lost)
        g_string_append_printf(text, SCHOOL ";SYK.TOT;2005K4;4;%s;1500\n", first_lost);
    indikator_test_text(f->app->db, f->arena, f->owner, first_lost ? "b.csv" : "a.csv", text->str,
                        &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
}

static Fixture absence_new(void)
{
    Fixture f = fixture_new();

    import_absence(&f, NULL);
    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    return f;
}

static void a_long_series_gets_its_chart_sentence_and_table(void)
{
    g_auto(Fixture) f = absence_new();
    g_autoptr(Reply) page = test_get(f.app, ADDRESS);

    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "chart-limit") && holds(page, "chart-better"));
    g_assert_true(holds(page, "Clear improvement from 2010K1: 8 measurements in a row below"));
    g_assert_true(holds(page, ">lower limit</th>") && holds(page, ">signal: better</td>"));
    g_assert_true(holds(page, "p′ chart") && holds(page, "NHS “Making Data Count”"));
    g_assert_true(holds(page, "/indikatorer/regler"));
    g_assert_false(holds(page, "chart-bar"));
}

static void the_address_decides_what_is_shown(void)
{
    static const struct {
        const char *query, *holds, *lacks;
    } cases[] = {
        { "&fase=2010K1", "Reckoned anew from 2010K1: 9.90 before, 5.90 since.",
          "Clear improvement" },
        { "&fra=2008K1&til=2009K4", "2008K1", "<th scope=\"row\">2007K4" },
        { "&fra=2011K1", "Too few measurements", "chart-limit" },
        { "&mal=20", "The target is met every time", "not met" },
        { "&mal=6,5", "target 6.5", "every time" },
        { "&profil=anhoej", "Rules: Anhøj.", "Rules: NHS" },
        { "&kart=run", "run chart", "chart-limit" },
        { "&las=12", "signal: better</td>", "chart-trial" },
        { "&utelat=2011K4", "left out of the calculation", "chart-trial" },
        { "&for=offentlig", "The public’s view", "figures about small groups are shown" },
    };
    g_auto(Fixture) f = absence_new();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat(ADDRESS, cases[i].query, NULL);
        g_autoptr(Reply) page = test_get(f.app, path);

        g_assert_cmpint(page->status, ==, 200);
        if (!holds(page, cases[i].holds) || holds(page, cases[i].lacks))
            g_error("%s: not \"%s\", or \"%s\"", path, cases[i].holds, cases[i].lacks);
    }
}

static void files_follow_the_address(void)
{
    g_auto(Fixture) f = absence_new();
    g_autoptr(Reply) page = test_get(f.app, ADDRESS "&fase=2010K1&mal=6,5");
    g_autoptr(Reply) csv =
        test_get(f.app, "/indikatorer/SYK.TOT/figur.csv?enhet=" SCHOOL "&fase=2010K1&fra=2009K1");
    g_autoptr(Reply) svg =
        test_get(f.app, "/indikatorer/SYK.TOT/figur.svg?enhet=" SCHOOL "&fase=2010K1&mal=6,5");
    g_autoptr(Reply) plain = test_get(f.app, "/indikatorer/SYK.TOT/figur.svg?enhet=" SCHOOL);
    g_autoptr(Reply) wrong =
        test_get(f.app, "/indikatorer/SYK.TOT/figur.svg?enhet=" SCHOOL "&mal=mye");

    g_assert_true(holds(page, "figur.svg?enhet=" SCHOOL "&amp;fase=2010K1&amp;mal=6%2C5"));
    g_assert_true(holds(csv, ";snitt;nedre;ovre;signal\r\n"));
    g_assert_false(holds(csv, ";2008K4;"));
    g_assert_true(holds(svg, "class=\"chart-former\"") && holds(svg, "target 6.5"));
    g_assert_false(holds(plain, "class=\"chart-former\""));
    g_assert_cmpint(wrong->status, ==, 422);
    g_assert_true(holds(wrong, "Write the target as a number"));
}

static void what_cannot_be_understood_is_said_plainly(void)
{
    static const char *const queries[] = {
        "&fra=i+fjor",      "&til=2012K9",     "&fra=2011K1&til=2010K1",
        "&profil=best",     "&kart=kake",      "&kart=t",
        "&kart=c",          "&fase=2010K1,x",  "&fase=1999K1",
        "&las=0",           "&las=1,5",        "&las=9999999999999999",
        "&mal=nan",         "&mal=1e400",      "&for=meg",
        "&skala=korrigert", "&mot=9999",       "&utelat=%3Cscript%3E",
        "&mal=%FF%FE",      "&fra=2012-09-31",
    };
    g_auto(Fixture) f = absence_new();

    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autofree char *path = g_strconcat(ADDRESS, queries[i], NULL);
        g_autoptr(Reply) page = test_get(f.app, path);

        if (g_str_has_suffix(path, "%FF%FE") && page->status == 400)
            continue; /* refused before it gets here */
        if (page->status != 422 || !holds(page, "ds-validation-message"))
            g_error("%s: %d", path, page->status);
        g_assert_false(holds(page, "<script>"));
    }
}

/* A group too small for the public takes no part in what the public sees. */
static void limits_tell_nothing_of_a_hidden_quarter(void)
{
    static const char *const forms[] = { "", "/figur.svg", "/figur.csv" };
    char *before[3] = { NULL };

    g_auto(Fixture) f = fixture_new();

    for (int round = 0; round < 2; round++) {
        import_absence(&f, round ? "900" : "10");
        for (size_t i = 0; i < 3; i++) {
            g_autofree char *path =
                g_strconcat("/indikatorer/SYK.TOT", forms[i], "?enhet=" SCHOOL, NULL);
            g_autoptr(Reply) page = test_get(f.app, path);

            g_assert_cmpint(page->status, ==, 200);
            if (i == 0)
                g_assert_true(holds(page, "chart-limit") && holds(page, "2005K4"));
            if (round)
                g_assert_true(g_str_equal(page->body, before[i])); /* too long to print */
            else
                before[i] = g_strdup(page->body);
        }
    }
    for (size_t i = 0; i < 3; i++)
        g_free(before[i]);
}

/* --- years put together --- */

static void three_years_are_put_together_by_people(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    indikator_test_text(f.app->db, f.arena, f.owner, "np.csv",
                        "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n" SCHOOL
                        ";NP.LES.9;2023/24;9;45;5,8159;8\n" SCHOOL
                        ";NP.LES.9;2024/25;9;52;4,7486;12\n" SCHOOL
                        ";NP.LES.9;2025/26;9;49;5,2020;10\n",
                        &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    g_autoptr(Reply) page = test_get(f.app, "/indikatorer/NP.LES.9?enhet=" SCHOOL);

    g_assert_true(holds(page, "2023/24 to 2025/26 together: 49.1 ± 3.0.")); /* domain.md 12, 9 */
    g_assert_true(holds(page, "chart-band") && holds(page, "Scale points"));
    g_assert_false(holds(page, "chart-limit"));
}

/* --- the rules --- */

static void each_example_shows_what_it_says(void)
{
    i18n_use(LANG_EN);
    for (size_t i = 0; i < N_RULE_SAMPLES; i++) {
        const RuleSample *sample = &indikator_rule_samples[i];
        g_autoptr(Arena) arena = arena_new();
        g_autoptr(GError) error = NULL;
        RuleWorked worked;

        indikator_rule_work(arena, sample, &worked, &error);
        g_assert_no_error(error);
        if (worked.control.says != sample->says)
            g_error("%s: %s", sample->name, worked.control.sentence);
        if (sample->phrase && !strstr(worked.control.sentence, sample->phrase))
            g_error("%s: %s", sample->name, worked.control.sentence);
        g_assert_true(worked.control.limits);
    }
}

static void the_page_tells_the_thresholds(void)
{
    g_auto(Fixture) f = fixture_new();

    f.app->signed_out = true;
    g_autoptr(Reply) page = test_get(f.app, "/indikatorer/regler");

    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "At least 13 measurements, and no rule is broken."));
    g_assert_true(holds(page, "The same with 8 to 12 measurements."));
    g_assert_true(holds(page, "7 in a row on the same side") &&
                  holds(page, "8 in a row on the same side"));
    g_assert_true(holds(page, "of 24, a run of more than 8 or fewer than 8 crossings"));
    for (int p = 0; p < N_SPC_PROFILES; p++)
        g_assert_true(holds(page, spc_profile_code((SpcProfile)p)));
    g_assert_true(holds(page, "chart-former") && holds(page, "chart-trial"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/explore/chart", a_long_series_gets_its_chart_sentence_and_table);
    g_test_add_func("/indikator/explore/address", the_address_decides_what_is_shown);
    g_test_add_func("/indikator/explore/files", files_follow_the_address);
    g_test_add_func("/indikator/explore/plain-words", what_cannot_be_understood_is_said_plainly);
    g_test_add_func("/indikator/explore/hidden", limits_tell_nothing_of_a_hidden_quarter);
    g_test_add_func("/indikator/explore/pooled", three_years_are_put_together_by_people);
    g_test_add_func("/indikator/rules/examples", each_example_shows_what_it_says);
    g_test_add_func("/indikator/rules/page", the_page_tells_the_thresholds);
    return g_test_run();
}
