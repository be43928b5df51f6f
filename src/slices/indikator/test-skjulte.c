/* test-skjulte.c - the page for those who write: why a figure is hidden, and what could be shown.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-importside.h"

#define BUD "975283488"
#define PAGE "/skjerming/NP.LES.9?enhet=" BUD

/* domain.md 12, vector 9: 8 (45), 12 (52), 10 (49) together are 30 with a mean of 49.1. */
static void take_in(Fixture *f, const char *name, const char *rows)
{
    g_autofree char *text =
        g_strconcat("enhet;indikator;periode;trinn;verdi;usikkerhet;n\n", rows, NULL);
    ImportResult r;

    indikator_test_text(f->app->db, f->arena, f->owner, name, text, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
}

static Fixture town_new(const char *rows)
{
    Fixture f = fixture_new();

    test_app_grant(f.app, PERM_INDICATOR_INTERN);
    take_in(&f, "egne.csv", rows);
    return f;
}

static void years_that_are_all_hidden_can_be_shown_together(void)
{
    g_auto(Fixture) f =
        town_new(BUD ";NP.LES.9;2015/16;9;45;3;8\n" BUD ";NP.LES.9;2016/17;9;52;3;9\n" BUD
                     ";NP.LES.9;2017/18;9;49;3;9\n");
    g_autoptr(Reply) page = test_get(f.app, PAGE);

    g_assert_cmpint(page->status, ==, 200);
    /* (8 x 45 + 9 x 52 + 9 x 49) / 26 = 48.8 */
    g_assert_true(
        holds(page, "<b>2015/16–2017/18 together</b>: Can be shown: 48.8 (26 behind it)"));
    g_assert_true(holds(page, "because the group is so small"));
}

static void a_year_among_shown_ones_would_be_given_away(void)
{
    g_auto(Fixture) f =
        town_new(BUD ";NP.LES.9;2015/16;9;45;3;18\n" BUD ";NP.LES.9;2016/17;9;52;3;12\n" BUD
                     ";NP.LES.9;2017/18;9;49;3;8\n");
    g_autoptr(Reply) page = test_get(f.app, PAGE);

    g_test_message("%s", strstr(page->body, "<h1>"));
    g_assert_true(holds(page, "2015/16–2017/18 together: Cannot be shown"));
    g_assert_false(holds(page, "<b>2015/16–2017/18 together</b>"));
}

static void what_stays_small_is_said_to(void)
{
    g_auto(Fixture) f =
        town_new(BUD ";NP.LES.9;2017/18;9;45;3;3\n" BUD ";NP.LES.8;2017/18;8;50;3;4\n");
    g_autoptr(Reply) page = test_get(f.app, PAGE);

    g_assert_true(holds(page, "Grades 9 and 8 together: Still too small a group."));
}

static void nothing_hidden_is_said(void)
{
    g_auto(Fixture) f = town_new(BUD ";NP.LES.9;2017/18;9;45;3;30\n");
    g_autoptr(Reply) page = test_get(f.app, PAGE);

    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "the public may see too"));
    g_assert_false(holds(page, "Can be shown"));
}

static void the_page_is_for_those_within(void)
{
    g_auto(Fixture) f = fixture_new();

    take_in(&f, "egne.csv", BUD ";NP.LES.9;2017/18;9;45;3;8\n");
    g_autoptr(Reply) reader = test_get(f.app, PAGE);
    f.app->signed_out = true;
    g_autoptr(Reply) visitor = test_get(f.app, PAGE);

    g_assert_cmpint(reader->status, ==, 403);
    g_assert_cmpint(visitor->status, !=, 200);
    g_assert_false(holds(reader, "small group") || holds(visitor, "small group"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/unseen/years", years_that_are_all_hidden_can_be_shown_together);
    g_test_add_func("/indikator/unseen/tells", a_year_among_shown_ones_would_be_given_away);
    g_test_add_func("/indikator/unseen/small", what_stays_small_is_said_to);
    g_test_add_func("/indikator/unseen/nothing", nothing_hidden_is_said);
    g_test_add_func("/indikator/unseen/permission", the_page_is_for_those_within);
    return g_test_run();
}
