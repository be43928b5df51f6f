/* test-spc-peers.c - control charts against the packages whose rules they follow.
 *
 * Their answers stand in ../shared/data/spc; where that is absent, the tests are passed over.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "csv.h"
#include "spc.h"

#define SHARED "../shared/data/spc/"

/* --- tables of text --- */

typedef struct {
    char *text;
    GPtrArray *rows; /* of char **: cells, in the order of the header */
    char **header;
} Table;

static void table_free(Table *t)
{
    g_free(t->text);
    g_clear_pointer(&t->rows, g_ptr_array_unref);
    g_free(t->header);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Table, table_free)

static char **cells(const CsvRow *row)
{
    char **list = g_new0(char *, row->n + 1);

    for (unsigned i = 0; i < row->n; i++)
        list[i] = row->field[i].text;
    return list;
}

static bool table_read(const char *path, Table *t)
{
    static const CsvOptions options = { .separator = ',' };
    size_t len;
    CsvRow row;

    if (!g_file_get_contents(path, &t->text, &len, NULL)) {
        g_test_skip("../shared/data is not here");
        return false;
    }
    g_autoptr(CsvReader) reader = csv_reader_new(t->text, len, 1, &options);

    t->rows = g_ptr_array_new_with_free_func(g_free);
    while (csv_next(reader, &row) == CSV_ROW)
        if (t->header)
            g_ptr_array_add(t->rows, cells(&row));
        else
            t->header = cells(&row);
    g_assert_nonnull(t->header);
    return true;
}

static const char *at(const Table *t, size_t row, const char *column)
{
    char **cell = g_ptr_array_index(t->rows, row);

    for (size_t i = 0; t->header[i]; i++)
        if (!strcmp(t->header[i], column))
            return cell[i];
    g_assert_not_reached();
}

static double number_at(const Table *t, size_t row, const char *column)
{
    const char *text = at(t, row, column);

    return *text && strcmp(text, "NA") ? g_ascii_strtod(text, NULL) : NAN;
}

/* 1e-9 relative, as contracts.md asks; NAN is equal to NAN. */
static bool agrees(double found, double expected)
{
    return isnan(expected) ? isnan(found)
                           : fabs(found - expected) <= 1e-9 * MAX(fabs(expected), 1e-9);
}

/* --- one case --- */

typedef struct {
    const char *name;
    Arena *arena;
    SpcSpec spec;
    double value[600], n[600];
    size_t count, starts[8];
    Spc spc;
} Case;

static void solve(Case *c)
{
    SpcSeries series = { c->value, c->n, c->count };
    g_autoptr(GError) error = NULL;

    c->spec.starts = c->starts;
    g_assert_true(spc_compute(c->arena, &c->spec, &series, &c->spc, &error));
    g_assert_no_error(error);
}

/* The case's points out of a table of points; returns the row after them. */
static size_t read_points(Case *c, const Table *t, size_t from, const char *value, const char *n)
{
    size_t row = from;

    c->count = 0;
    for (; row < t->rows->len && !strcmp(at(t, row, "case"), c->name); row++) {
        g_assert_cmpuint(c->count, <, G_N_ELEMENTS(c->value));
        c->value[c->count] = number_at(t, row, value);
        c->n[c->count++] = n ? number_at(t, row, n) : NAN;
    }
    g_assert_cmpuint(c->count, >, 0);
    return row;
}

static void read_starts(Case *c, const char *text, size_t plus)
{
    g_auto(GStrv) part = g_strsplit(text, ";", -1);

    c->spec.n_starts = 0;
    for (char **p = part; *p; p++)
        c->starts[c->spec.n_starts++] = (size_t)g_ascii_strtoull(*p, NULL, 10) - 1 + plus;
}

/* --- the NHS package --- */

static void hold_limits(const Case *c, const Table *t)
{
    size_t k = 0;

    for (size_t row = 0; row < t->rows->len; row++) {
        const SpcPhase *p = &c->spc.phase[k];

        if (strcmp(at(t, row, "case"), c->name))
            continue;
        if (!agrees(p->centre, number_at(t, row, "mean")) ||
            !agrees(p->lower, number_at(t, row, "lpl")) ||
            !agrees(p->upper, number_at(t, row, "upl")) || p->n != (size_t)number_at(t, row, "n") ||
            p->trial != !strcmp(at(t, row, "trial_limits"), "TRUE"))
            g_error("%s phase %zu: %.12g %.12g %.12g", c->name, k, p->lower, p->centre, p->upper);
        k++;
    }
    g_assert_cmpuint(k, ==, c->spc.n_phases);
}

static unsigned nhs_rule(const char *words)
{
    static const struct {
        const char *words;
        unsigned rule;
    } rules[] = { { "Above UCL", SPC_ABOVE_LIMIT },
                  { "Below LCL", SPC_BELOW_LIMIT },
                  { "7 Points Above CL", SPC_SHIFT_ABOVE },
                  { "7 Points Below CL", SPC_SHIFT_BELOW },
                  { "7 Point Trend (Increasing)", SPC_TREND_UP },
                  { "7 Point Trend (Decreasing)", SPC_TREND_DOWN },
                  { "2 in 3 Above CL", SPC_TWO_IN_THREE_ABOVE },
                  { "2 in 3 Below CL", SPC_TWO_IN_THREE_BELOW },
                  { "Common Cause", 0 } };

    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (!strcmp(rules[i].words, words))
            return rules[i].rule;
    g_assert_not_reached();
}

static void hold_nhs_points(const Case *c, const Table *t, size_t from)
{
    for (size_t i = 0; i < c->count; i++) {
        const SpcPoint *p = &c->spc.point[i];
        unsigned rule = nhs_rule(at(t, from + i, "special_cause_type"));
        unsigned told = p->rules & ~(unsigned)SPC_RUNS_SIGNAL;

        if (strcmp(spc_type_code(p->type), at(t, from + i, "point_type")) ||
            (rule ? !(told & rule) : told != 0))
            g_error("%s point %zu: %s, rules %x, expected %s %s", c->name, i + 1,
                    spc_type_code(p->type), told, at(t, from + i, "point_type"),
                    at(t, from + i, "special_cause_type"));
    }
}

static void read_nhs(Case *c, const Table *cases, size_t row)
{
    const char *way = at(cases, row, "improvement_direction");

    c->spec = (SpcSpec){ .chart = SPC_XMR,
                         .profile = strcmp(at(cases, row, "screen_outliers"), "TRUE")
                                        ? SPC_NHS_R_UNSCREENED
                                        : SPC_NHS_R,
                         .better = *way == 'i'   ? SPC_BETTER_UP
                                   : *way == 'd' ? SPC_BETTER_DOWN
                                                 : SPC_BETTER_NEITHER,
                         .target = number_at(cases, row, "target") };
    double fix = number_at(cases, row, "fix_after_n");

    c->spec.fix_after = isnan(fix) ? 0 : (size_t)fix;
    read_starts(c, at(cases, row, "rebase_at_index"), 0);
}

static void the_nhs_package_agrees(void)
{
    g_auto(Table) cases = { 0 }, points = { 0 }, limits = { 0 };
    g_autofree Case *c = g_new0(Case, 1);
    size_t from = 0;

    if (!table_read(SHARED "peer_plotthedots/cases.csv", &cases) ||
        !table_read(SHARED "peer_plotthedots/expected_points.csv", &points) ||
        !table_read(SHARED "peer_plotthedots/expected_limits.csv", &limits))
        return;
    g_assert_cmpuint(cases.rows->len, ==, 137);
    for (size_t row = 0; row < cases.rows->len; row++) {
        g_autoptr(Arena) arena = arena_new();

        c->arena = arena;
        c->name = at(&cases, row, "case");
        read_nhs(c, &cases, row);
        size_t next = read_points(c, &points, from, "y", NULL);

        solve(c);
        hold_limits(c, &limits);
        hold_nhs_points(c, &points, from);
        g_assert_cmpstr(spc_assurance_code(c->spc.assurance), ==, at(&cases, row, "assurance"));
        g_assert_cmpstr(spc_type_code(c->spc.last), ==, at(&cases, row, "last_point_type"));
        from = next;
    }
    g_assert_cmpuint(from, ==, points.rows->len);
}

/* --- qicharts2 --- */

static void hold_qic_point(const Case *c, size_t i, const Table *t, size_t row)
{
    const SpcPoint *p = &c->spc.point[i];
    const SpcPhase *phase = &c->spc.phase[p->phase];
    bool beyond = p->rules & (SPC_ABOVE_LIMIT | SPC_BELOW_LIMIT);

    if (!agrees(p->value, number_at(t, row, "y")) || !agrees(p->centre, number_at(t, row, "cl")) ||
        !agrees(p->lower, number_at(t, row, "lcl")) ||
        !agrees(p->upper, number_at(t, row, "ucl")) ||
        beyond != !strcmp(at(t, row, "sigma_signal"), "TRUE") ||
        phase->runs_signal != !strcmp(at(t, row, "runs_signal"), "TRUE"))
        g_error("%s point %zu: %.12g in %.12g %.12g %.12g, rules %x", c->name, i + 1, p->value,
                p->lower, p->centre, p->upper, p->rules);
    g_assert_cmpuint(phase->n_useful, ==, (size_t)number_at(t, row, "n_useful"));
    g_assert_cmpuint(phase->longest_run, ==, (size_t)number_at(t, row, "longest_run"));
    g_assert_cmpuint(phase->longest_run_max, ==, (size_t)number_at(t, row, "longest_run_max"));
    g_assert_cmpuint(phase->crossings, ==, (size_t)number_at(t, row, "n_crossings"));
    g_assert_cmpuint(phase->crossings_min, ==, (size_t)number_at(t, row, "n_crossings_min"));
}

static void read_qic(Case *c, const Table *cases, size_t row)
{
    const char *chart = at(cases, row, "chart");
    double freeze = number_at(cases, row, "freeze");

    c->spec = (SpcSpec){ .profile = SPC_ANHOEJ,
                         .target = NAN,
                         .fix_after = isnan(freeze) ? 0 : (size_t)freeze };
    g_assert_true(spc_chart_of(strcmp(chart, "i") ? chart : "xmr", &c->spec.chart));
    read_starts(c, at(cases, row, "part_after"), 1);
}

static void qicharts2_agrees(void)
{
    g_auto(Table) cases = { 0 }, points = { 0 };
    g_autofree Case *c = g_new0(Case, 1);
    size_t from = 0;

    if (!table_read(SHARED "peer_runcharts/cases.csv", &cases) ||
        !table_read(SHARED "peer_runcharts/expected_points.csv", &points))
        return;
    g_assert_cmpuint(cases.rows->len, ==, 114);
    for (size_t row = 0; row < cases.rows->len; row++) {
        g_autoptr(Arena) arena = arena_new();

        c->arena = arena;
        c->name = at(&cases, row, "case");
        read_qic(c, &cases, row);
        size_t next = read_points(c, &points, from, "y_in", "n_in");

        solve(c);
        for (size_t i = 0; i < c->count; i++)
            hold_qic_point(c, i, &points, from + i);
        from = next;
    }
    g_assert_cmpuint(from, ==, points.rows->len);
}

static void critical_values_are_those_published(void)
{
    g_auto(Table) t = { 0 };
    size_t longest, crossings;

    /* J. Anhøj 2015, table 1 */
    spc_runs_limits(10, &longest, &crossings);
    g_assert_cmpuint(longest, ==, 6);
    g_assert_cmpuint(crossings, ==, 2);
    spc_runs_limits(24, &longest, &crossings);
    g_assert_cmpuint(longest, ==, 8);
    g_assert_cmpuint(crossings, ==, 8);
    spc_runs_limits(0, &longest, &crossings);
    g_assert_cmpuint(longest + crossings, ==, 0);
    if (!table_read(SHARED "peer_runcharts/anhoej_critical_values.csv", &t))
        return;
    g_assert_cmpuint(t.rows->len, ==, 600);
    for (size_t row = 0; row < t.rows->len; row++) {
        spc_runs_limits((size_t)number_at(&t, row, "n_useful"), &longest, &crossings);
        g_assert_cmpuint(longest, ==, (size_t)number_at(&t, row, "longest_run_max"));
        g_assert_cmpuint(crossings, ==, (size_t)number_at(&t, row, "n_crossings_min"));
    }
}

/* Montgomery, Introduction to Statistical Quality Control, ex. 7.1, with qicharts2's reading of it. */
static void montgomerys_shares(void)
{
    g_auto(Table) t = { 0 };
    g_autoptr(Arena) arena = arena_new();
    double value[94], n[94];
    bool excluded[94] = { [14] = true, [22] = true };
    static const size_t start[] = { 30 };
    SpcSpec spec = { .chart = SPC_P,
                     .profile = SPC_ANHOEJ,
                     .target = NAN,
                     .starts = start,
                     .n_starts = 1,
                     .excluded = excluded };

    if (!table_read(SHARED "qiref_ex_7.1_5.csv", &t))
        return;
    size_t count = t.rows->len;

    g_assert_cmpuint(count, <=, G_N_ELEMENTS(value));
    for (size_t i = 0; i < count; i++) {
        value[i] = number_at(&t, i, "y.sum");
        n[i] = number_at(&t, i, "n");
    }
    SpcSeries series = { value, n, count };
    g_autoptr(GError) error = NULL;
    Spc spc;

    g_assert_true(spc_compute(arena, &spec, &series, &spc, &error));
    for (size_t i = 0; i < count; i++) {
        g_assert_true(agrees(spc.point[i].centre, number_at(&t, i, "cl")));
        g_assert_true(agrees(spc.point[i].lower, number_at(&t, i, "lcl")));
        g_assert_true(agrees(spc.point[i].upper, number_at(&t, i, "ucl")));
    }
    g_assert_cmpuint(spc.phase[0].n, ==, 28);
    g_assert_cmpfloat_with_epsilon(spc.phase[0].centre, 0.215, 1e-12);
    g_assert_cmpfloat_with_epsilon(spc.phase[0].lower, 0.040703, 5e-7);
    for (size_t i = 0; i < count; i++)
        g_assert_cmpint((spc.point[i].rules & (SPC_ABOVE_LIMIT | SPC_BELOW_LIMIT)) != 0, ==,
                        i == 14 || i == 20 || i == 22);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spc/peers/nhs", the_nhs_package_agrees);
    g_test_add_func("/spc/peers/qicharts2", qicharts2_agrees);
    g_test_add_func("/spc/peers/critical-values", critical_values_are_those_published);
    g_test_add_func("/spc/peers/montgomery", montgomerys_shares);
    return g_test_run();
}
