/* test-sider.c - the pages of indicators through their routes.
 *
 * The hardest question comes first: can anything that is hidden from the public be found in what the
 * public can get, page, chart or file?
 * SPDX-License-Identifier: EUPL-1.2 */
#include "figur.h"
#include "testing-importside.h"

/* Own values where the source hides, in two versions, with a margin no drawing has as a coordinate. */
#define SECRET(lesing, engelsk, regning, n)                                                        \
    "enhet;indikator;periode;trinn;verdi;usikkerhet;n\n"                                           \
    "975283488;NP.LES.5;2025/26;5;" lesing ";9876,5;" n "\n"                                       \
    "975283488;NP.ENG.5;2025/26;5;" engelsk ";9876,5;" n "\n"                                      \
    "975283488;NP.REG.5;2025/26;5;" regning ";9876,5;" n "\n"

#define PUBLIC_PAGES 48

/* Every public page, chart and table of three units; the caller frees them. */
static void fetch_public(Fixture *f, Reply *ret[PUBLIC_PAGES])
{
    static const char *const codes[] = { "NP.LES.5", "NP.ENG.5", "NP.REG.5" };
    static const char *const units[] = { "975283488", "1579", "975283518" };
    static const char *const forms[] = { "", "/figur.svg", "/figur.csv", "/sammenlign",
                                         "/spredning" };
    size_t n = 0;

    for (size_t u = 0; u < 3; u++) {
        ret[n++] = test_get(f->app, arena_printf(f->arena, "/indikatorer?enhet=%s", units[u]));
        for (size_t i = 0; i < 15; i++)
            ret[n++] = test_get(f->app, arena_printf(f->arena, "/indikatorer/%s%s?enhet=%s",
                                                     codes[i % 3], forms[i / 3], units[u]));
    }
    g_assert_cmpuint(n, ==, PUBLIC_PAGES);
}

static void have_rights(Fixture *f, bool signed_out)
{
    memset(f->app->user.perms, 0, sizeof f->app->user.perms);
    test_app_grant(f->app, PERM_INDICATOR_READ);
    test_app_grant(f->app, PERM_UNIT_READ);
    f->app->signed_out = signed_out;
}

static void import_secret(Fixture *f, const char *text)
{
    ImportResult r;

    indikator_test_text(f->app->db, f->arena, f->owner, "egne.csv", text, &r);
    g_assert_cmpint(r.values, ==, 3);
}

/* What is hidden leaves no trace: the public's pages are the same, byte by byte, whatever it is. */
static void the_public_finds_no_hidden_figure_anywhere(void)
{
    g_auto(Fixture) f = fixture_new();
    Reply *before[2][PUBLIC_PAGES], *after[PUBLIC_PAGES];

    import_secret(&f, SECRET("61", "62", "63", "8"));
    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    g_autoptr(Reply) first = test_get(f.app, "/indikatorer/NP.LES.5?enhet=975283488");
    for (int who = 0; who < 2; who++) { /* a colleague without that right, and a visitor */
        have_rights(&f, who == 1);
        fetch_public(&f, before[who]);
    }
    import_secret(&f, SECRET("38", "37", "36", "9"));
    for (int who = 0; who < 2; who++) {
        have_rights(&f, who == 1);
        fetch_public(&f, after);
        for (size_t i = 0; i < PUBLIC_PAGES; i++) {
            g_assert_cmpint(after[i]->status, ==, before[who][i]->status);
            g_assert_true(after[i]->status == 200 || after[i]->status == 404);
            g_assert_cmpstr(after[i]->body, ==, before[who][i]->body);
            g_assert_false(holds(after[i], "9876") || holds(after[i], "9,876"));
            reply_free(before[who][i]);
            reply_free(after[i]);
        }
    }
    have_rights(&f, false);
    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    g_autoptr(Reply) second = test_get(f.app, "/indikatorer/NP.LES.5?enhet=975283488");
    g_assert_true(holds(first, "61 ±9,876.5 (8)") &&
                  holds(second, "38 ±9,876.5 (9)")); /* the owner sees it */
}

/* --- a distribution, page by page --- */

#define LEVELS                                                                                     \
    "enhet;indikator;periode;trinn;verdi;n\n975283518;NP.LES.5.N1;2012/13;5;5;33\n"                \
    "975283518;NP.LES.5.N2;2012/13;5;17;33\n975283518;NP.LES.5.N3;2012/13;5;11;33\n"               \
    "975283518;NP.LES.5.NIVA;2012/13;5;2,2;33\n"

static void each_page_sees_the_whole_distribution(void)
{
    static const char *const codes[] = { "NP.LES.5.N1", "NP.LES.5.N2", "NP.LES.5.N3",
                                         "NP.LES.5.NIVA" };
    g_auto(Fixture) f = fixture_new();
    unsigned n_levels = 0; /* that are hidden */
    ImportResult r;

    indikator_test_text(f.app->db, f.arena, f.owner, "niva.csv", LEVELS, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_cmpint(r.values, ==, 4);
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        MatrixCell out = indikator_test_cell(f.app->db, f.arena, f.owner, AUDIENCE_PUBLIC,
                                             "975283518", codes[i], "2012/13");
        MatrixCell in = indikator_test_cell(f.app->db, f.arena, f.owner, AUDIENCE_INTERNAL,
                                            "975283518", codes[i], "2012/13");

        g_assert_cmpint(in.cell.status, ==, VALUE_OK);
        if (out.cell.status != VALUE_MASKED) {
            g_assert_cmpuint(i, >, 0); /* five pupils are never shown */
            continue;
        }
        n_levels += i < 3;
        g_assert_cmpint(out.cell.hidden, ==, i ? HIDDEN_SECONDARY : HIDDEN_PRIMARY);
        g_assert_null(out.original);
    }
    g_assert_cmpuint(n_levels, >=, 2); /* one alone would be the rest of 33 */
}

/* --- pages --- */

static void each_audience_is_told_which_it_is(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(Reply) colleague = test_get(f.app, "/indikatorer/NP.LES.5");

    g_assert_cmpint(colleague->status, ==, 200);
    g_assert_true(holds(colleague, "The public’s view"));
    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    g_autoptr(Reply) owner = test_get(f.app, "/indikatorer/NP.LES.5");
    g_assert_true(holds(owner, "The owner’s view"));
    g_assert_true(holds(owner, "47 ±1.3 (136)") && holds(owner, "49 ±0.1 (56,316)"));
    g_assert_true(holds(owner, "2025-26_20260218-1045_Nasjonale_proever_5._trinn.csv:"));
    g_autoptr(Reply) elsewhere = test_get(f.app, "/indikatorer/NP.LES.5?enhet=1576");
    g_assert_true(holds(elsewhere, "The public’s view")); /* another municipality's figures */
    f.app->signed_out = true;
    g_autoptr(Reply) visitor = test_get(f.app, "/indikatorer/NP.LES.5?enhet=1579");
    g_assert_true(holds(visitor, "The public’s view"));
    g_autoptr(Reply) list = test_get(f.app, "/indikatorer?enhet=1579");
    g_assert_true(holds(list, "clearly below") && holds(list, "level"));
}

static void a_role_of_one_unit_sees_that_unit_from_within(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    enhet_find(f.app->db, f.owner, "975283518", &id, &error);
    f.app->user.unit = id;
    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    f.app->user.unit_only[PERM_INDICATOR_INTERN / 64] |= UINT64_C(1)
                                                         << (PERM_INDICATOR_INTERN % 64);
    g_autoptr(Reply) own = test_get(f.app, "/indikatorer/NP.LES.5");
    g_autoptr(Reply) other = test_get(f.app, "/indikatorer/NP.LES.5?enhet=975283488");

    g_assert_true(holds(own, "Eide barneskole") && holds(own, "The owner’s view"));
    g_assert_true(holds(own, "The public’s view")); /* of the comparison with other schools */
    g_assert_false(holds(other, "The owner’s view"));
}

static void what_is_not_there_is_not_found(void)
{
    static const char *const paths[] = { "/indikatorer/FINS.IKKE",
                                         "/indikatorer/NP.LES.5?enhet=4242",
                                         "/indikatorer/NP.LES.5?enhet=%3Cb%3E",
                                         "/indikatorer?enhet=123456789",
                                         "/indikatorer/GSI.SFO/figur.svg?enhet=1579" };
    g_auto(Fixture) f = fixture_new();

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(Reply) reply = test_get(f.app, paths[i]);

        g_assert_cmpint(reply->status, ==, 404);
    }
}

static void files_open_elsewhere(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(Reply) png = test_get(f.app, "/indikatorer/NP.LES.5/figur.png?enhet=1579");
    g_autoptr(Reply) svg = test_get(f.app, "/indikatorer/NP.LES.5/figur.svg?enhet=1579");

    f.app->lang = LANG_NB;
    g_autoptr(Reply) csv = test_get(f.app, "/indikatorer/NP.LES.5/figur.csv?enhet=1579");
    g_assert_true(g_str_has_prefix(csv->body, "\xEF\xBB\xBF"
                                              "enhet;nummer;"));
    g_assert_true(holds(csv, "\r\nHustadvika kommune;1579;NP.LES.5;2025/26;47;1,3;136;ok;"));
    g_assert_true(g_str_has_prefix(csv->type, "text/csv"));
    g_assert_nonnull(strstr(csv->headers, "NP.LES.5-1579.csv"));
    g_assert_true(png->size > 8 && !memcmp(png->body, "\x89PNG\r\n\x1a\n", 8));
    g_assert_true(g_str_has_prefix(svg->body, "<?xml"));
}

static void formulas_in_names_are_defused(void)
{
    static const struct {
        const char *in, *out;
    } cases[] = { { "Bud skule", "Bud skule" },
                  { "=1+1", "\"'=1+1\"" },
                  { "+47", "\"'+47\"" },
                  { "-2", "\"'-2\"" },
                  { "@SUM(A1)", "\"'@SUM(A1)\"" },
                  { "\t=1", "\"'\t=1\"" },
                  { "a;b", "\"a;b\"" },
                  { "\"x\"", "\"\"\"x\"\"\"" },
                  { "=\"a\"", "\"'=\"\"a\"\"\"" },
                  { "", "" },
                  { "a\r\n=b", "\"a\r\n=b\"" } };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);

        indikator_csv_text(out, cases[i].in);
        g_assert_cmpstr(out->str, ==, cases[i].out);
    }
}

static void a_units_page_shows_its_newest_figures(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(GError) error = NULL;
    char text[ID_TEXT];
    int64_t id = 0;

    enhet_find(f.app->db, f.owner, "975283518", &id, &error);
    g_autoptr(Reply) page =
        test_get(f.app, arena_printf(f.arena, "/enheter/%s", id_text(id, text)));
    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "47 ±2.7") && holds(page, "Newest figures"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/public/nothing-hidden", the_public_finds_no_hidden_figure_anywhere);
    g_test_add_func("/indikator/public/distribution", each_page_sees_the_whole_distribution);
    g_test_add_func("/indikator/page/audience", each_audience_is_told_which_it_is);
    g_test_add_func("/indikator/page/one-unit", a_role_of_one_unit_sees_that_unit_from_within);
    g_test_add_func("/indikator/page/not-found", what_is_not_there_is_not_found);
    g_test_add_func("/indikator/page/files", files_open_elsewhere);
    g_test_add_func("/indikator/page/formulas", formulas_in_names_are_defused);
    g_test_add_func("/indikator/page/unit", a_units_page_shows_its_newest_figures);
    return g_test_run();
}
