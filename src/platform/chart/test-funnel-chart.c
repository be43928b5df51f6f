/* test-funnel-chart.c - what a funnel draws, and what it must not.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart.h"

static char *drawn(double hidden_value, double hidden_size)
{
    static const ChartLimit limits[] = { { 20, 46, 54, 43, 57 }, { 400, 49, 51, 48.5, 51.5 } };
    const ChartPoint points[] = {
        { .value = 47, .status = CHART_OK },
        { .value = 52, .status = CHART_OK },
        { .value = hidden_value, .status = CHART_MASKED },
        { .value = 55, .status = CHART_OK },
    };
    const ChartRow rows[] = {
        { .name = "Own", .points = &points[0], .own = true },
        { .name = "Other", .points = &points[1] },
        { .name = "Hidden", .points = &points[2] },
        { .name = "Unsized", .points = &points[3] },
    };
    const double sizes[] = { 30, 300, hidden_size, 0 };
    const ChartFunnel funnel = { sizes, limits, G_N_ELEMENTS(limits), "people" };
    const Chart chart = { .kind = CHART_FUNNEL,
                          .title = "Funnel",
                          .reading = "What it shows.",
                          .unit = "points",
                          .reference_name = "Nation",
                          .reference = { .value = 50, .status = CHART_OK },
                          .rows = rows,
                          .n_rows = G_N_ELEMENTS(rows),
                          .funnel = &funnel };

    return chart_svg(&chart, NULL);
}

static void a_hidden_unit_leaves_no_trace(void)
{
    g_autofree char *one = drawn(12, 7), *other = drawn(999, 90000);

    g_assert_cmpstr(one, ==, other);
    g_assert_null(strstr(one, "Hidden"));
}

static void units_and_limits_are_drawn_and_told(void)
{
    g_autofree char *svg = drawn(12, 7);
    const char *own = strstr(svg, "Own: 47 (30)"), *other = strstr(svg, "Other: 52 (300)");

    g_assert_nonnull(other);
    g_assert_true(own > other);            /* the own unit is drawn on top */
    g_assert_null(strstr(svg, "Unsized")); /* nobody knows where it belongs */
    g_assert_nonnull(strstr(svg, "class=\"chart-limit\""));
    g_assert_nonnull(strstr(svg, "class=\"chart-trial\""));
    g_assert_nonnull(strstr(svg, "Nation: 50"));
    g_assert_nonnull(strstr(svg, ">people<"));
    g_assert_nonnull(strstr(svg, ">200<")); /* the axis of sizes */
}

static void nothing_to_draw_is_said(void)
{
    const ChartFunnel funnel = { .size_name = "people" };
    const Chart chart = { .kind = CHART_FUNNEL, .funnel = &funnel };
    g_autofree char *svg = chart_svg(&chart, NULL);

    g_assert_nonnull(strstr(svg, ">ingen data<"));
    g_assert_null(strstr(svg, "nan"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/funnel-chart/hidden/no-trace", a_hidden_unit_leaves_no_trace);
    g_test_add_func("/funnel-chart/units/told", units_and_limits_are_drawn_and_told);
    g_test_add_func("/funnel-chart/empty/said", nothing_to_draw_is_said);
    return g_test_run();
}
