/* test-skjerming.c - the gate: each threshold on both sides of its limit, and what hides with it.
 *
 * The distributions are those of domain.md 10.3; the rules those of its 2.12 as the migration has them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "skjerming.h"
#include "testing-db.h"

#define TODAY "2026-11-23"

typedef struct {
    TestApp *app;
    Arena *arena;
    RawTable *table;
} Gate;

static Gate gate_new(void)
{
    return (Gate){ test_app(&skjerming_slice, PERM_PUBLIC, PERM_PUBLIC), arena_new(),
                   skjerming_table_new(0) };
}

static void gate_clear(Gate *g)
{
    test_app_free(g->app);
    arena_free(g->arena);
    skjerming_table_free(g->table);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Gate, gate_clear)

static RawCell cell(const char *rule, Measure measure, double value, int64_t n)
{
    return (RawCell){ .unit = "975283518",
                      .indicator = "X",
                      .period = "2012/13",
                      .rule = rule,
                      .measure = measure,
                      .status = VALUE_OK,
                      .value = value,
                      .uncertainty = NAN,
                      .n = n };
}

static Released release(Gate *g, Audience audience)
{
    g_autoptr(GError) error = NULL;
    Released r = { 0 };

    skjerming_release(g->app->db, g->arena, audience, g->table, TODAY, &r, &error);
    g_assert_no_error(error);
    return r;
}

static const char *version(Gate *g, const char *day)
{
    g_autoptr(GError) error = NULL;
    const char *rules = NULL;

    skjerming_version(g->app->db, g->arena, day, &rules, &error);
    g_assert_no_error(error);
    return rules;
}

/* One cell alone: is it shown? A hidden one must hold nothing. */
static bool shown(Gate *g, Audience audience, RawCell raw)
{
    g_autoptr(RawTable) table = skjerming_table_new(0);
    g_autoptr(GError) error = NULL;
    Released r = { 0 };

    skjerming_add(table, &raw);
    skjerming_release(g->app->db, g->arena, audience, table, TODAY, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(r.n, ==, 1);
    if (r.v[0].hidden == HIDDEN_NOT)
        return true;
    g_assert_cmpint(r.v[0].status, ==, VALUE_MASKED);
    g_assert_true(isnan(r.v[0].value) && isnan(r.v[0].uncertainty) && r.v[0].n == NO_INT);
    g_assert_null(r.v[0].quality);
    g_assert_nonnull(r.v[0].rule);
    g_assert_nonnull(skjerming_why(&r.v[0]));
    return false;
}

/* --- sizes of groups --- */

static void each_smallest_group_holds_on_both_sides(void)
{
    static const struct {
        const char *rule;
        int64_t internal, public;
    } limits[] = { { "np_snitt", 0, 10 },   { "np_niva", 0, 10 },     { "karakter", 0, 10 },
                   { "eu_indeks", 5, 10 },  { "undersokelse", 5, 5 }, { "ti_faktor", 3, 3 },
                   { "sykefravar", 5, 10 }, { "apen", 0, 0 } };
    g_auto(Gate) g = gate_new();

    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++)
        for (int a = AUDIENCE_PUBLIC; a <= AUDIENCE_INTERNAL; a++) {
            int64_t limit = a == AUDIENCE_PUBLIC ? limits[i].public : limits[i].internal;

            g_assert_true(shown(&g, (Audience)a, cell(limits[i].rule, MEASURE_MEAN, 47, limit)));
            g_assert_true(
                shown(&g, (Audience)a, cell(limits[i].rule, MEASURE_MEAN, 47, limit + 1)));
            if (limit)
                g_assert_false(
                    shown(&g, (Audience)a, cell(limits[i].rule, MEASURE_MEAN, 47, limit - 1)));
            g_assert_cmpint(shown(&g, (Audience)a, cell(limits[i].rule, MEASURE_MEAN, 47, NO_INT)),
                            ==, limit == 0);
        }
}

/* --- counts and shares --- */

static void counts_one_to_five_hide_and_zero_shows(void)
{
    g_auto(Gate) g = gate_new();

    for (int count = 0; count <= 8; count++) {
        g_assert_cmpint(
            shown(&g, AUDIENCE_PUBLIC, cell("gsi_antall", MEASURE_COUNT, count, NO_INT)), ==,
            count == 0 || count > 5);
        g_assert_true(
            shown(&g, AUDIENCE_INTERNAL, cell("gsi_antall", MEASURE_COUNT, count, NO_INT)));
    }
}

static void a_share_hides_when_it_tells_a_small_count_or_a_small_rest(void)
{
    g_auto(Gate) g = gate_new();

    for (int count = 0; count <= 100; count++) {
        bool small = (count >= 1 && count <= 5) || (count >= 95 && count <= 99);

        g_assert_cmpint(shown(&g, AUDIENCE_PUBLIC, cell("gsi_andel", MEASURE_SHARE, count, 100)),
                        ==, !small);
        g_assert_true(shown(&g, AUDIENCE_INTERNAL, cell("gsi_andel", MEASURE_SHARE, count, 100)));
    }
    /* bullying, for the owner too: 1-4 of 60 hide, 5 show; so does nobody at all */
    g_assert_false(
        shown(&g, AUDIENCE_INTERNAL, cell("eu_mobbing", MEASURE_SHARE, 4.0 / 60 * 100, 60)));
    g_assert_true(
        shown(&g, AUDIENCE_INTERNAL, cell("eu_mobbing", MEASURE_SHARE, 5.0 / 60 * 100, 60)));
    g_assert_true(shown(&g, AUDIENCE_INTERNAL, cell("eu_mobbing", MEASURE_SHARE, 0, 60)));
    g_assert_false(
        shown(&g, AUDIENCE_INTERNAL, cell("eu_mobbing", MEASURE_SHARE, 56.0 / 60 * 100, 60)));
    g_assert_false(shown(&g, AUDIENCE_PUBLIC, cell("eu_mobbing", MEASURE_SHARE, 10, NO_INT)));
    /* a rounded share still tells its count: 0.8 % of 127 is 1 */
    g_assert_false(shown(&g, AUDIENCE_PUBLIC, cell("eu_mobbing", MEASURE_SHARE, 0.8, 127)));
}

static void everybody_in_one_place_hides(void)
{
    g_auto(Gate) g = gate_new();
    RawCell all = cell("np_niva", MEASURE_COUNT, 30, 30),
            none = cell("np_niva", MEASURE_COUNT, 0, 30);

    all.group = none.group = 105;
    all.indicator = "NP.LES.5.N1";
    none.indicator = "NP.LES.5.N2";
    skjerming_add(g.table, &all);
    skjerming_add(g.table, &none);
    Released r = release(&g, AUDIENCE_PUBLIC);

    g_assert_cmpint(r.v[0].hidden, ==, HIDDEN_PRIMARY);
    g_assert_cmpint(r.v[1].hidden, ==, HIDDEN_SECONDARY); /* the zero would tell the rest */
}

/* --- distributions: NP lesing 5. trinn, Eide barneskole --- */

static const struct {
    const char *period;
    int n[3];
    double mean;
    bool hides; /* a level of 1-5 pupils */
} eide[] = { { "2009/10", { 12, 13, 5 }, 1.8, true },
             { "2010/11", { 11, 15, 6 }, 1.8, false },
             { "2011/12", { 8, 16, 7 }, 2.0, false },
             { "2012/13", { 5, 17, 11 }, 2.2, true } };

static void add_eide(Gate *g)
{
    static const char *const levels[] = { "NP.LES.5.N1", "NP.LES.5.N2", "NP.LES.5.N3" };

    for (size_t y = 0; y < G_N_ELEMENTS(eide); y++) {
        int64_t n = eide[y].n[0] + eide[y].n[1] + eide[y].n[2];
        RawCell mean = cell("np_niva", MEASURE_MEAN, eide[y].mean, n);

        mean.period = eide[y].period;
        mean.indicator = "NP.LES.5.NIVA";
        mean.group = 105;
        skjerming_add(g->table, &mean);
        for (size_t k = 0; k < 3; k++) {
            RawCell level = cell("np_niva", MEASURE_COUNT, eide[y].n[k], n);

            level.period = eide[y].period;
            level.indicator = levels[k];
            level.group = 105;
            skjerming_add(g->table, &level);
        }
    }
}

static void one_hidden_level_hides_the_row_and_its_mean(void)
{
    g_auto(Gate) g = gate_new();

    add_eide(&g);
    Released out = release(&g, AUDIENCE_PUBLIC), in = release(&g, AUDIENCE_INTERNAL);

    for (size_t i = 0; i < out.n; i++) {
        g_assert_cmpint(out.v[i].hidden != HIDDEN_NOT, ==, eide[i / 4].hides);
        g_assert_cmpint(in.v[i].hidden, ==, HIDDEN_NOT);
        if (!eide[i / 4].hides)
            g_assert_cmpfloat(out.v[i].value, ==,
                              i % 4 ? eide[i / 4].n[i % 4 - 1] : eide[i / 4].mean);
    }
    g_assert_cmpint(out.v[3].hidden, ==, HIDDEN_PRIMARY);    /* 2009 N3 = 5 */
    g_assert_cmpint(out.v[0].hidden, ==, HIDDEN_SECONDARY);  /* 2009 mean */
    g_assert_cmpint(out.v[13].hidden, ==, HIDDEN_PRIMARY);   /* 2012 N1 = 5 */
    g_assert_cmpint(out.v[15].hidden, ==, HIDDEN_SECONDARY); /* 2012 N3 = 11 */
    g_assert_cmpstr(out.names[3], ==, "975283518 NP.LES.5.N3 2009/10");
}

static void a_distribution_of_another_unit_stays(void)
{
    g_auto(Gate) g = gate_new();
    RawCell other = cell("np_niva", MEASURE_COUNT, 20, 40);

    add_eide(&g);
    other.unit = "975283488";
    other.period = "2009/10";
    other.group = 105;
    skjerming_add(g.table, &other);
    g_assert_cmpint(release(&g, AUDIENCE_PUBLIC).v[16].hidden, ==, HIDDEN_NOT);
}

/* --- the source's word --- */

static void what_the_source_hides_is_hidden_from_the_public_alone_when_we_know_it(void)
{
    g_auto(Gate) g = gate_new();
    RawCell raw = cell("np_snitt", MEASURE_MEAN, 47, 26);

    raw.source_masked = true;
    g_assert_false(shown(&g, AUDIENCE_PUBLIC, raw));
    g_assert_true(shown(&g, AUDIENCE_INTERNAL, raw));
    raw.status = VALUE_MASKED;
    g_assert_false(shown(&g, AUDIENCE_PUBLIC, raw));
    g_assert_false(shown(&g, AUDIENCE_INTERNAL, raw));
}

static void a_hidden_number_of_people_is_never_given(void)
{
    g_auto(Gate) g = gate_new();
    RawCell raw = cell("np_snitt", MEASURE_MEAN, 47, 26);

    raw.n_masked = true;
    skjerming_add(g.table, &raw);
    g_assert_cmpint(release(&g, AUDIENCE_INTERNAL).v[0].n, ==, NO_INT);
}

static void missing_and_not_tested_stay_what_they_are(void)
{
    g_auto(Gate) g = gate_new();
    RawCell raw = cell("np_snitt", MEASURE_MEAN, NAN, NO_INT);

    raw.status = VALUE_MISSING;
    skjerming_add(g.table, &raw);
    raw.status = VALUE_NOT_TESTED;
    raw.n = 0;
    skjerming_add(g.table, &raw);
    Released r = release(&g, AUDIENCE_PUBLIC);

    g_assert_cmpint(r.v[0].status, ==, VALUE_MISSING);
    g_assert_cmpint(r.v[1].status, ==, VALUE_NOT_TESTED);
    g_assert_cmpint(r.v[0].hidden, ==, HIDDEN_NOT);
}

static void a_kind_without_a_rule_is_refused(void)
{
    g_auto(Gate) g = gate_new();
    g_autoptr(GError) error = NULL;
    RawCell raw = cell("finnes_ikke", MEASURE_MEAN, 1, 100);
    Released r;

    skjerming_add(g.table, &raw);
    g_assert_false(
        skjerming_release(g.app->db, g.arena, AUDIENCE_PUBLIC, g.table, TODAY, &r, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

/* --- versions and the log --- */

static void a_newer_rule_holds_from_its_day_and_changes_the_version(void)
{
    g_auto(Gate) g = gate_new();
    g_autoptr(GError) error = NULL;
    RawCell raw = cell("np_snitt", MEASURE_MEAN, 47, 12);
    Released before, after, earlier;
    const char *rules = version(&g, TODAY);

    skjerming_add(g.table, &raw);
    before = release(&g, AUDIENCE_PUBLIC);
    test_db_exec(
        g.app->db,
        "INSERT INTO skjerming_regel (kind, audience, valid_from, min_n, hide_low, hide_high, "
        "source) VALUES ('np_snitt', 'offentlig', '2026-01-01', 15, 0, 0, 'prøve')",
        NULL);
    after = release(&g, AUDIENCE_PUBLIC);
    skjerming_release(g.app->db, g.arena, AUDIENCE_PUBLIC, g.table, "2025-12-31", &earlier, &error);
    g_assert_no_error(error);
    g_assert_cmpint(before.v[0].hidden, ==, HIDDEN_NOT);
    g_assert_cmpint(after.v[0].hidden, ==, HIDDEN_PRIMARY);
    g_assert_cmpint(earlier.v[0].hidden, ==, HIDDEN_NOT);
    g_assert_cmpstr(rules, !=, version(&g, TODAY));
    g_assert_cmpstr(rules, ==, version(&g, "2025-12-31"));
    g_assert_cmpuint(strlen(rules), ==, 12);
}

static void the_log_tells_which_rule_hid_which_cell(void)
{
    g_auto(Gate) g = gate_new();
    g_autoptr(GError) error = NULL;
    Released r;

    add_eide(&g);
    r = release(&g, AUDIENCE_PUBLIC);
    skjerming_log(g.app->db, 1, 77, AUDIENCE_PUBLIC, &r, 5, &error);
    g_assert_no_error(error);
    g_assert_cmpint(
        test_db_int(g.app->db, "SELECT COUNT(*) FROM skjerming_logg WHERE release = 77"), ==, 8);
    g_assert_cmpint(test_db_int(g.app->db,
                                "SELECT COUNT(*) FROM skjerming_logg WHERE reason = 'primaer' AND "
                                "cell = '975283518 NP.LES.5.N3 2009/10' AND rule = 'np_niva: 1-5'"),
                    ==, 1);
    g_assert_cmpint(
        test_db_int(g.app->db, "SELECT COUNT(*) FROM skjerming_logg WHERE reason = 'sekundaer'"),
        ==, 6);
}

static void the_rules_are_a_public_page(void)
{
    g_auto(Gate) g = gate_new();

    g.app->signed_out = true;
    g_autoptr(Reply) page = test_get(g.app, "/skjerming");

    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "National tests, mean"));
    /* No kind of data stands there by its code. */
    g_assert_false(g_regex_match_simple(">[a-z]+_[a-z]+<", page->body, 0, 0));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/skjerming/size/limits", each_smallest_group_holds_on_both_sides);
    g_test_add_func("/skjerming/count/small", counts_one_to_five_hide_and_zero_shows);
    g_test_add_func("/skjerming/share/both-ways",
                    a_share_hides_when_it_tells_a_small_count_or_a_small_rest);
    g_test_add_func("/skjerming/distribution/everybody", everybody_in_one_place_hides);
    g_test_add_func("/skjerming/distribution/row", one_hidden_level_hides_the_row_and_its_mean);
    g_test_add_func("/skjerming/distribution/other-unit", a_distribution_of_another_unit_stays);
    g_test_add_func("/skjerming/source/masked",
                    what_the_source_hides_is_hidden_from_the_public_alone_when_we_know_it);
    g_test_add_func("/skjerming/source/n", a_hidden_number_of_people_is_never_given);
    g_test_add_func("/skjerming/status/kept", missing_and_not_tested_stay_what_they_are);
    g_test_add_func("/skjerming/rules/unknown", a_kind_without_a_rule_is_refused);
    g_test_add_func("/skjerming/rules/version",
                    a_newer_rule_holds_from_its_day_and_changes_the_version);
    g_test_add_func("/skjerming/log/cells", the_log_tells_which_rule_hid_which_cell);
    g_test_add_func("/skjerming/rules/page", the_rules_are_a_public_page);
    return g_test_run();
}
