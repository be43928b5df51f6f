/* test-control.c - control charts as they are drawn and said: thresholds, breaks, new starts, and that
 * nothing tells of a hidden point.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-kept.h"
#include "chart-plan.h"
#include "control.h"
#include "i18n.h"

#define MOST 30

typedef struct {
    Arena *arena;
    double value[MOST];
    const char *period[MOST];
    bool broke[MOST], starts[MOST], excluded[MOST];
    ControlSpec spec;
    size_t n;
} Sample;

static Sample sample_new(size_t n)
{
    static const double even[] = { 8.1, 7.4, 8.6, 7.9, 8.3, 7.2, 8.8, 7.7 };
    Sample s = { .arena = arena_new(),
                 .n = n,
                 .spec = { .chart = SPC_XMR,
                           .better = SPC_BETTER_DOWN,
                           .target = NAN,
                           .factor = 1,
                           .decimals = 1 } };

    for (size_t i = 0; i < n; i++) {
        s.value[i] = even[i % G_N_ELEMENTS(even)];
        s.period[i] = arena_printf(s.arena, "p%zu", i + 1);
    }
    return s;
}

static void sample_clear(Sample *s)
{
    arena_free(s->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sample, sample_clear)

static ControlChart work_out(const Sample *s)
{
    const ControlSeries series = { .value = s->value,
                                   .period = s->period,
                                   .broke = s->broke,
                                   .starts = s->starts,
                                   .excluded = s->excluded,
                                   .count = s->n };
    g_autoptr(GError) error = NULL;
    ControlChart c;

    control_compute(s->arena, &s->spec, &series, &c, &error);
    g_assert_no_error(error);
    return c;
}

static void limits_wait_for_enough_points(void)
{
    static const struct {
        size_t n;
        bool yearly, limits, trial;
    } cases[] = {
        { 0, false, false, false }, { 7, false, false, false }, { 8, false, true, true },
        { 12, false, true, true },  { 13, false, true, false }, { 12, true, false, false },
        { 13, true, true, false },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Sample) s = sample_new(cases[i].n);
        ControlChart c;

        s.spec.yearly = cases[i].yearly;
        c = work_out(&s);
        g_assert_cmpint(c.limits, ==, cases[i].limits);
        g_assert_nonnull(c.sentence);
        for (size_t p = 0; p < cases[i].n; p++) {
            g_assert_cmpint(isfinite(c.points[p].upper), ==, cases[i].limits);
            g_assert_cmpint(isfinite(c.points[p].centre), ==, cases[i].limits);
            g_assert_cmpint(c.points[p].trial, ==, cases[i].trial);
        }
    }
}

static void nothing_crosses_a_break(void)
{
    g_auto(Sample) s = sample_new(26);
    ControlChart c;

    for (size_t i = 13; i < 26; i++)
        s.value[i] += 100;
    s.broke[13] = true;
    c = work_out(&s);
    g_assert_cmpfloat(c.points[12].centre, <, 10);
    g_assert_cmpfloat(c.points[13].centre, >, 100);
    g_assert_true(c.points[13].starts && isnan(c.points[13].former));
    g_assert_cmpint(c.says, ==, SPC_SAYS_NO_CHANGE); /* the leap is the break's, no signal */
    for (size_t i = 0; i < 26; i++)
        g_assert_cmpint(c.points[i].cause, ==, CHART_COMMON);
    s.broke[13] = false;
    s.broke[20] = true; /* six points after it: too few to say anything */
    c = work_out(&s);
    g_assert_cmpint(c.says, ==, SPC_SAYS_TOO_FEW);
    g_assert_true(isnan(c.points[25].centre) && isfinite(c.points[19].centre));
}

static void a_new_start_keeps_the_old_mean(void)
{
    g_auto(Sample) s = sample_new(26);
    ControlChart c;

    for (size_t i = 13; i < 26; i++)
        s.value[i] -= 4;
    c = work_out(&s);
    g_assert_cmpint(c.says, ==, SPC_SAYS_CHANGE);
    s.starts[13] = true;
    c = work_out(&s);
    g_assert_cmpint(c.says, ==, SPC_SAYS_NO_CHANGE);
    g_assert_cmpfloat(c.points[20].former, ==, c.points[0].centre);
    g_assert_cmpfloat(c.points[20].centre, <, c.points[20].former);
    g_assert_nonnull(strstr(c.more, "p14"));
    s.starts[13] = false;
    s.starts[22] = true; /* four points: a mean, and neither limits nor signals */
    c = work_out(&s);
    g_assert_cmpint(c.says, ==, SPC_SAYS_TOO_FEW);
    g_assert_true(isfinite(c.points[25].centre) && isnan(c.points[25].upper));
    g_assert_cmpint(c.points[25].cause, ==, CHART_COMMON);
}

static void a_target_is_held_against_the_limits(void)
{
    static const struct {
        double target;
        const char *words;
    } cases[] = { { 20, "every time" }, { 2, "not met" }, { 8, "some times" } };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Sample) s = sample_new(16);

        s.spec.target = cases[i].target;
        g_assert_nonnull(strstr(work_out(&s).assurance, cases[i].words));
    }
    g_auto(Sample) few = sample_new(7);

    few.spec.target = 20;
    g_assert_null(work_out(&few).assurance);
}

/* --- the drawing --- */

typedef struct {
    Chart chart;
    ChartPoint points[MOST];
    ChartColumn columns[MOST];
    ChartRow row;
} Picture;

static void draw(Picture *d, const Sample *s, const ControlChart *c)
{
    *d = (Picture){ .chart = { .kind = CHART_SERIES, .title = "T", .decimals = 1 } };
    for (size_t i = 0; i < s->n; i++) {
        d->points[i] = (ChartPoint){ .value = s->value[i], .status = CHART_OK };
        d->columns[i].label = s->period[i];
    }
    d->row = (ChartRow){ .name = "Rad", .points = d->points, .own = true };
    d->chart.columns = d->columns;
    d->chart.n_columns = s->n;
    d->chart.rows = &d->row;
    d->chart.n_rows = 1;
    d->chart.with_table = true;
    d->chart.control = c->points;
}

static char *page(const Chart *chart)
{
    g_autoptr(Html) html = html_new();

    html_chart(html, chart);
    return html_steal(html, NULL);
}

static void a_sign_is_a_shape_and_a_word(void)
{
    g_auto(Sample) s = sample_new(16);
    Picture d;

    s.value[15] = 15;
    s.excluded[3] = true;
    ControlChart c = work_out(&s);

    draw(&d, &s, &c);
    g_autofree char *worse = page(&d.chart);
    g_assert_nonnull(strstr(worse, "chart-worse"));
    g_assert_nonnull(strstr(worse, "chart-excluded"));
    g_assert_nonnull(strstr(worse, "p16: 15.0. signal: worse</title>"));
    g_assert_nonnull(strstr(worse, "<td>signal: worse</td>"));
    g_assert_nonnull(strstr(worse, ">lower limit</th>"));
    g_assert_null(strstr(worse, "chart-trial"));
    s.spec.better = SPC_BETTER_UP;
    s.n = 10;
    s.value[9] = 15;
    c = work_out(&s);
    draw(&d, &s, &c);
    g_autofree char *better = page(&d.chart);
    g_assert_nonnull(strstr(better, "chart-better"));
    g_assert_nonnull(strstr(better, "chart-trial"));
    g_assert_null(strstr(better, "chart-worse"));
}

/* What stands behind a hidden point changes nothing; and what control draws is part of what is kept. */
static void a_hidden_point_is_nowhere(void)
{
    g_auto(Sample) s = sample_new(16);
    Picture d;

    s.value[7] = NAN; /* as the gate gives it */
    ControlChart c = work_out(&s);

    draw(&d, &s, &c);
    d.points[7] = (ChartPoint){ .value = 918273, .uncertainty = 5, .status = CHART_MASKED };
    g_autofree char *secret = page(&d.chart);
    d.points[7] = (ChartPoint){ .value = NAN, .status = CHART_MASKED };
    g_autofree char *blank = page(&d.chart);
    g_assert_cmpstr(secret, ==, blank);
    g_assert_null(strstr(secret, "nan"));
    g_assert_cmpint(c.points[7].cause, ==, CHART_COMMON);
}

static void every_field_is_part_of_the_key(void)
{
    g_auto(Sample) s = sample_new(16);
    ControlChart c = work_out(&s);
    Picture d;

    draw(&d, &s, &c);
    g_autoptr(GBytes) before = chart_key(&d.chart);
    for (int change = 0; change < 10; change++) {
        ChartControl kept = c.points[4], *at = &c.points[4];

        switch (change) {
        case 0:
            at->centre++;
            break;
        case 1:
            at->lower--;
            break;
        case 2:
            at->upper++;
            break;
        case 3:
            at->former = 1;
            break;
        case 4:
            at->cause = CHART_LOWER;
            break;
        case 5:
            at->starts = !at->starts;
            break;
        case 6:
            at->trial = !at->trial;
            break;
        case 7:
            at->pooled = true;
            break;
        case 8:
            at->excluded = true;
            break;
        default:
            d.chart.centre_name = "median";
            break;
        }
        g_autoptr(GBytes) after = chart_key(&d.chart);
        g_assert_false(g_bytes_equal(before, after));
        c.points[4] = kept;
        d.chart.centre_name = NULL;
    }
    g_autoptr(GBytes) again = chart_key(&d.chart);
    g_assert_true(g_bytes_equal(before, again));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/control/limits/enough", limits_wait_for_enough_points);
    g_test_add_func("/control/break/nothing-crosses", nothing_crosses_a_break);
    g_test_add_func("/control/rebase/both-means", a_new_start_keeps_the_old_mean);
    g_test_add_func("/control/target/assurance", a_target_is_held_against_the_limits);
    g_test_add_func("/control/draw/signs", a_sign_is_a_shape_and_a_word);
    g_test_add_func("/control/draw/hidden", a_hidden_point_is_nowhere);
    g_test_add_func("/control/draw/kept", every_field_is_part_of_the_key);
    return g_test_run();
}
