/* test-sdc.c - disclosure control: the attacker against patterns of others and of ours.
 *
 * Small tables are held against every table there can be; the school tables, and what
 * GaussSuppression answers for them, stand in ../shared/data/sdc.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "sdc-table.h"

#define SHARED "../shared/data/sdc/peer_gauss/"

static SdcProblem *problem_of(const SdcDimension dimension[], unsigned n, const double leaf[],
                              double max, double interval)
{
    SdcTable table = { .n_dimensions = n, .dimension = dimension, .leaf = leaf, .whole = true };
    SdcProblem *problem = sdc_new();
    g_autoptr(GError) error = NULL;

    g_assert_true(sdc_table(problem, &table, &error));
    for (unsigned i = 0; i < sdc_n_cells(problem); i++) {
        SdcCell *cell = sdc_cell(problem, i);

        cell->cost = 1 + 0.1 * log1p(cell->value);
        cell->interval = cell->value <= max ? interval : 0;
    }
    return problem;
}

/* ---- the four-school table ---------------------------------------------------------------- */

static const char *const words[5][14] = {
    { "Skole01", "Skole02", "Skole03", "Skole04", "Total" },
    { "5", "8", "9", "Total" },
    { "Engelsk", "Lesing", "Regning", "Total" },
    { "Gutt", "Jente", "Total" },
    { "1", "2", "3", "Total" },
};

static void place_of(char **field, unsigned ret[])
{
    for (unsigned d = 0; d < 5; d++)
        for (ret[d] = 0; g_strcmp0(words[d][ret[d]], field[d]); ret[d]++)
            g_assert_nonnull(words[d][ret[d]]);
}

static char **lines_of(const char *name)
{
    g_autofree char *path = g_strconcat(SHARED, name, NULL), *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_test_skip("../shared/data is not here");
        return NULL;
    }
    g_strdelimit(text, "\"", ' ');
    return g_strsplit(text, "\n", -1);
}

static char **fields_of(const char *line)
{
    char **field = g_strsplit(line, ",", -1);

    for (unsigned i = 0; field[i]; i++)
        g_strstrip(field[i]);
    return field;
}

static SdcProblem *schools(double interval)
{
    static const SdcDimension dimension[5] = { { .n_leaves = 4 },
                                               { .n_leaves = 3 },
                                               { .n_leaves = 3 },
                                               { .n_leaves = 2 },
                                               { .n_leaves = 3 } };
    g_auto(GStrv) line = lines_of("school_np_04_input.csv");
    double leaf[216] = { 0 };

    if (!line)
        return NULL;
    for (unsigned i = 1; line[i] && *line[i]; i++) {
        g_auto(GStrv) field = fields_of(line[i]);
        unsigned at[5];

        place_of(field, at);
        leaf[(((at[0] * 3 + at[1]) * 3 + at[2]) * 2 + at[3]) * 3 + at[4]] =
            g_ascii_strtod(field[5], NULL);
    }
    return problem_of(dimension, 5, leaf, 3, interval);
}

static void read_pattern(const SdcProblem *problem, const char *name, bool hidden[])
{
    g_auto(GStrv) line = lines_of(name);

    for (unsigned i = 1; line && line[i] && *line[i]; i++) {
        g_auto(GStrv) field = fields_of(line[i]);
        unsigned at[5], n = g_strv_length(field);

        place_of(field, at);
        hidden[sdc_table_cell(problem, at)] = !strcmp(field[n - 1], "TRUE");
    }
}

static void the_peers_default_pattern_is_pinned_down(void)
{
    g_autoptr(SdcProblem) problem = schools(1);
    g_autoptr(SdcResult) r = NULL;
    unsigned rounded = 0, pinned = 0;

    if (!problem)
        return;
    g_autofree bool *hidden = g_new0(bool, sdc_n_cells(problem));
    read_pattern(problem, "expected_school_np_04_maxN3.csv", hidden);
    r = sdc_attack(problem, hidden, NULL);
    g_assert_cmpuint(r->n_hidden, ==, 233);
    g_assert_cmpuint(r->n_protected, ==, 70);
    for (unsigned i = 0; i < r->n; i++)
        if (sdc_cell(problem, i)->interval > 0) {
            rounded += floor(r->upper[i] + 1e-6) - ceil(r->lower[i] - 1e-6) < 0.5;
            pinned += r->whole[i] == 1;
        }
    g_assert_cmpuint(rounded, ==, 57);
    g_assert_cmpuint(pinned, ==, 70);
    g_assert_cmpuint(r->n_unsafe, ==, 70);
}

static void our_pattern_withstands_the_same_attacker(void)
{
    g_autoptr(SdcProblem) problem = schools(3);
    g_autoptr(SdcResult) ours = NULL, again = NULL, attack = NULL;

    if (!problem)
        return;
    ours = sdc_protect(problem, NULL);
    again = sdc_protect(problem, NULL);
    g_assert_true(!memcmp(ours->hidden, again->hidden, ours->n));
    g_assert_cmpuint(ours->n_hidden, <=, 252);
    g_assert_cmpuint(ours->n_unsafe, ==, 0);
    attack = sdc_attack(problem, ours->hidden, NULL);
    g_assert_cmpuint(attack->n_unsafe, ==, 0);
    for (unsigned i = 0; i < attack->n; i++)
        if (sdc_cell(problem, i)->interval > 0) {
            g_assert_cmpfloat(attack->upper[i] - attack->lower[i], >=, 3 - 1e-6);
            g_assert_cmpuint(attack->whole[i], >=, 3);
        }
}

static void the_peers_interval_pattern_is_found_safe(void)
{
    g_autoptr(SdcProblem) problem = schools(3);
    g_autoptr(SdcResult) r = NULL;

    if (!problem)
        return;
    g_autofree bool *hidden = g_new0(bool, sdc_n_cells(problem));
    read_pattern(problem, "expected_school_np_04_maxN3_rangeMin3.csv", hidden);
    r = sdc_attack(problem, hidden, NULL);
    g_assert_cmpuint(r->n_hidden, ==, 252);
    for (unsigned i = 0; i < r->n; i++)
        if (sdc_cell(problem, i)->interval > 0) {
            g_assert_cmpfloat(r->upper[i] - r->lower[i], >=, 3 - 1e-6);
            g_assert_cmpuint(r->whole[i], >=, 3);
        }
}

/* ---- every table there can be ------------------------------------------------------------- */

#define TOP 8 /* leaves are tried from 0 to this */

typedef struct {
    const SdcProblem *problem;
    const SdcResult *result;
    unsigned rows, columns;
    unsigned leaf[8];
    GHashTable *seen; /* cell * 1000 + value */
} Every;

static double cell_value(const Every *e, unsigned r, unsigned c)
{
    double sum = 0;

    for (unsigned i = 0; i < e->rows; i++)
        for (unsigned j = 0; j < e->columns; j++)
            if ((r == i || r == e->rows) && (c == j || c == e->columns))
                sum += e->leaf[i * e->columns + j];
    return sum;
}

static void look(Every *e)
{
    for (int pass = 0; pass < 2; pass++)
        for (unsigned r = 0; r <= e->rows; r++)
            for (unsigned c = 0; c <= e->columns; c++) {
                unsigned at[2] = { r, c }, cell = sdc_table_cell(e->problem, at);
                double value = cell_value(e, r, c);
                double truth = sdc_cell((SdcProblem *)e->problem, cell)->value;

                if (pass == 0 && !e->result->hidden[cell] && value != truth)
                    return;
                if (pass == 1)
                    g_hash_table_add(e->seen, GUINT_TO_POINTER(cell * 1000 + (unsigned)value + 1));
            }
}

static void every_leaf(Every *e, unsigned i)
{
    unsigned at[2] = { i / e->columns, i % e->columns }, cell;

    if (i == e->rows * e->columns) {
        look(e);
        return;
    }
    cell = sdc_table_cell(e->problem, at);
    for (unsigned v = 0; v <= TOP; v++) {
        double truth = sdc_cell((SdcProblem *)e->problem, cell)->value;

        e->leaf[i] = v;
        if (e->result->hidden[cell] || v == (unsigned)truth)
            every_leaf(e, i + 1);
    }
}

static unsigned possible(const Every *e, unsigned cell, unsigned *ret_least, unsigned *ret_most)
{
    unsigned n = 0;

    *ret_least = G_MAXUINT;
    for (unsigned v = 0; v < 100; v++)
        if (g_hash_table_contains(e->seen, GUINT_TO_POINTER(cell * 1000 + v + 1))) {
            *ret_least = MIN(*ret_least, v);
            *ret_most = v;
            n++;
        }
    return n;
}

static void every_protected_cell_keeps_its_interval(void)
{
    GRand *rand = g_rand_new_with_seed(4);
    unsigned protected = 0;

    for (unsigned round = 0; round < 30; round++) {
        SdcDimension dimension[2] = { { .n_leaves = 2 }, { .n_leaves = 3 } };
        double leaf[6], interval = round % 2 ? 3 : 1;

        for (unsigned i = 0; i < 6; i++)
            leaf[i] = g_rand_int_range(rand, 0, 6);
        g_autoptr(SdcProblem) problem = problem_of(dimension, 2, leaf, round % 3, interval);
        g_autoptr(SdcResult) result = sdc_protect(problem, NULL);
        Every e = { problem, result, 2, 3, { 0 }, g_hash_table_new(NULL, NULL) };

        every_leaf(&e, 0);
        g_assert_cmpuint(result->n_unsafe, ==, 0);
        for (unsigned i = 0; i < result->n; i++) {
            unsigned least, most = 0, n = possible(&e, i, &least, &most);

            if (!(sdc_cell(problem, i)->interval > 0))
                continue;
            protected++;
            g_assert_cmpuint(n, >=, interval > 1 ? 3 : 2);
            /* What can be is never outside what the attacker was said to work out. */
            g_assert_cmpfloat(least, >=, result->lower[i] - 1e-6);
            g_assert_cmpfloat(most, <=, result->upper[i] + 1e-6);
        }
        g_hash_table_unref(e.seen);
    }
    g_assert_cmpuint(protected, >, 40);
    g_rand_free(rand);
}

/* ---- problems without crossed dimensions -------------------------------------------------- */

/* Levels 12, 13 and 5 of 30 pupils with the mean 1.8: with one of the first two out, sum and mean
 * would tell the others, so all are hidden. */
static void a_mean_that_is_out_hides_more(void)
{
    g_autoptr(SdcProblem) problem = sdc_new();
    SdcCell n1 = sdc_count(12), n2 = sdc_count(13), n3 = sdc_count(5), n = sdc_count(30);
    SdcCell sum = sdc_count(53);

    n3.interval = 1;
    n.use = SDC_OUT;
    sum.use = SDC_NEVER;
    sum.lower = 53;
    sum.upper = 55;
    unsigned c[5] = { sdc_add(problem, &n1), sdc_add(problem, &n2), sdc_add(problem, &n3),
                      sdc_add(problem, &n), sdc_add(problem, &sum) };
    sdc_equate(problem, 4, (unsigned[]){ c[0], c[1], c[2], c[3] }, (double[]){ 1, 1, 1, -1 });
    sdc_equate(problem, 4, (unsigned[]){ c[0], c[1], c[2], c[4] }, (double[]){ 1, 2, 3, -1 });
    g_autoptr(SdcResult) result = sdc_protect(problem, NULL);
    bool two[5] = { true, false, true };
    g_autoptr(SdcResult) attack = sdc_attack(problem, two, NULL);

    g_assert_cmpuint(result->n_unsafe, ==, 0);
    g_assert_true(result->hidden[c[2]]);
    g_assert_cmpuint(result->whole[c[2]], >=, 2);
    g_assert_false(result->hidden[c[3]]);
    g_assert_cmpfloat(attack->upper[c[2]], <=, 6 + 1e-6);
}

static void what_is_out_cannot_be_protected(void)
{
    g_autoptr(SdcProblem) problem = sdc_new();
    SdcCell a = sdc_count(2), b = sdc_count(9), total = sdc_count(11);

    a.interval = 1;
    a.use = SDC_OUT;
    unsigned c[3] = { sdc_add(problem, &a), sdc_add(problem, &b), sdc_add(problem, &total) };
    sdc_equate(problem, 3, c, (double[]){ 1, 1, -1 });
    g_autoptr(SdcResult) result = sdc_protect(problem, NULL);

    g_assert_cmpuint(result->n_unsafe, ==, 1);
    g_assert_cmpuint(result->whole[c[0]], ==, 1);
    g_assert_false(result->safe[c[0]]);
}

static void a_table_too_large_says_so_at_once(void)
{
    SdcDimension dimension[4] = {
        { .n_leaves = 999 }, { .n_leaves = 999 }, { .n_leaves = 999 }, { .n_leaves = 9 }
    };
    SdcTable table = { .n_dimensions = 4, .dimension = dimension, .whole = true };
    g_autoptr(SdcProblem) problem = sdc_new();
    g_autoptr(GError) error = NULL;

    g_assert_false(sdc_table(problem, &table, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, "60000 is the most"));
    g_assert_cmpuint(sdc_n_cells(problem), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sdc/attack/default-pattern", the_peers_default_pattern_is_pinned_down);
    g_test_add_func("/sdc/attack/interval-pattern", the_peers_interval_pattern_is_found_safe);
    g_test_add_func("/sdc/attack/already-out", what_is_out_cannot_be_protected);
    g_test_add_func("/sdc/protect/schools", our_pattern_withstands_the_same_attacker);
    g_test_add_func("/sdc/protect/every-table", every_protected_cell_keeps_its_interval);
    g_test_add_func("/sdc/protect/mean", a_mean_that_is_out_hides_more);
    g_test_add_func("/sdc/table/too-large", a_table_too_large_says_so_at_once);
    return g_test_run();
}
