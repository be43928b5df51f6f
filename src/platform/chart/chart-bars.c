/* chart-bars.c - one bar a period, from zero, with its value written on it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"

#define WIDEST 46.0

static bool any_emphasis(const ChartRow *row, size_t n)
{
    for (size_t c = 0; c < n; c++)
        if (row->points[c].emphasis)
            return true;
    return false;
}

static void draw_bar(const ChartPlan *plan, ChartPen *pen, size_t column, ChartInk ink)
{
    const ChartPoint *point = &plan->chart->rows[0].points[column];
    g_autofree char *title =
        chart_point_title(plan->chart, plan->chart->columns[column].label, point);
    double width = fmin(WIDEST, plan->column * 0.68), zero = chart_value_y(plan, 0);
    double top = chart_value_y(plan, chart_value(point)), x = chart_column_x(plan, column);
    double half = chart_uncertainty(point);
    ChartBox box = { x - width / 2, fmin(zero, top), width, fabs(zero - top) };

    if (point->preliminary)
        ink = INK_HOLLOW;
    chart_rect(pen, ink, &box, title);
    if (half > 0)
        chart_whisker(pen, INK_WHISKER_WEAK,
                      (ChartXY){ x, chart_value_y(plan, chart_value(point) - half) },
                      (ChartXY){ x, chart_value_y(plan, chart_value(point) + half) },
                      plan->column >= 16 ? 4 : 0);
}

/* The value above its bar (below a negative one), if it keeps clear of what is written already. */
static bool draw_value(const ChartPlan *plan, ChartPen *pen, size_t column, double *taken)
{
    const ChartPoint *point = &plan->chart->rows[0].points[column];
    g_autofree char *number = chart_number(chart_value(point), plan->chart->decimals);
    g_autofree char *label = g_strconcat(number, point->computed ? "†" : "", NULL);
    double x = chart_column_x(plan, column), half = chart_text_width(label, INK_VALUE) / 2;
    double value = chart_value(point), plus = chart_uncertainty(point);
    double target = chart_value_y(plan, plan->chart->target);
    double y =
        value < 0 ? chart_value_y(plan, value - plus) + 15 : chart_value_y(plan, value + plus) - 5;

    if (plan->chart->target_name && fabs(y - 5 - target) < 9)
        y = target - 5;                                 /* not struck through by the target */
    for (size_t c = 0; c < plan->chart->n_columns; c++) /* taken[c]: half the width written there */
        if (c != column && taken[c] > 0 && fabs(chart_column_x(plan, c) - x) < taken[c] + half + 3)
            return false;
    taken[column] = half;
    chart_text(pen, INK_VALUE, (ChartXY){ x, y }, CHART_MIDDLE, label);
    return true;
}

void chart_bars_draw(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;
    g_autofree double *taken = g_new0(double, chart->n_columns + 1);
    double zero = plan->scale.n > 0 ? chart_value_y(plan, 0) : 0;
    bool mixed;

    if (plan->scale.n == 0 || chart->n_rows == 0)
        return;
    mixed = any_emphasis(&chart->rows[0], chart->n_columns);
    for (size_t c = 0; c < chart->n_columns; c++)
        if (chart_visible(&chart->rows[0].points[c]))
            draw_bar(plan, pen, c,
                     mixed && !chart->rows[0].points[c].emphasis ? INK_BAR_WEAK : INK_BAR);
    for (int pass = 0; pass < 2; pass++) /* emphasised values first, then as many as fit */
        for (size_t c = chart->n_columns; c-- > 0;) {
            const ChartPoint *point = &chart->rows[0].points[c];

            if (chart_visible(point) && point->emphasis == (pass == 0))
                draw_value(plan, pen, c, taken);
        }
    chart_line(pen, INK_AXIS, (ChartXY){ plan->plot.x, zero },
               (ChartXY){ plan->plot.x + plan->plot.w, zero });
    if (plan->direct && chart->target_name)
        chart_text(pen, INK_TARGET_NAME,
                   (ChartXY){ plan->name_x, chart_value_y(plan, chart->target) + 4.5 }, CHART_START,
                   chart->target_name);
}
