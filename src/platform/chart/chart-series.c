/* chart-series.c - lines over periods: joined only where two neighbours can be compared.
 *
 * A line never crosses a series break or a period without a visible number. The own unit is drawn
 * last, thickest, and alone has whiskers and values.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"

#define NAME_STEP 16.0
#define FEW 12

static size_t series_count(const Chart *chart)
{
    return MIN(chart->n_rows, CHART_SERIES_MAX);
}

static const ChartPoint *point_at(const ChartPlan *plan, size_t row, size_t column)
{
    return &plan->chart->rows[row].points[column];
}

static ChartXY place(const ChartPlan *plan, size_t row, size_t column)
{
    return (ChartXY){ chart_column_x(plan, column),
                      chart_value_y(plan, chart_value(point_at(plan, row, column))) };
}

static void draw_line(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    g_autofree ChartXY *run = g_new(ChartXY, plan->chart->n_columns + 1);
    size_t n = 0;

    for (size_t c = 0; c < plan->chart->n_columns; c++) {
        bool visible = chart_visible(point_at(plan, row, c));

        if (!visible || plan->chart->columns[c].break_before) {
            chart_polyline(pen, INK_LINE + (ChartInk)row, run, n);
            n = 0;
        }
        if (visible)
            run[n++] = place(plan, row, c);
    }
    chart_polyline(pen, INK_LINE + (ChartInk)row, run, n);
}

static void draw_whiskers(const ChartPlan *plan, ChartPen *pen)
{
    double cap = plan->column >= 16 ? 4 : 0;
    g_autofree ChartSegment *list = g_new(ChartSegment, 3 * plan->chart->n_columns + 3);
    size_t n = 0;

    for (size_t c = 0; c < plan->chart->n_columns; c++) {
        const ChartPoint *point = point_at(plan, 0, c);
        double value = chart_value(point), half = chart_uncertainty(point);
        double x = chart_column_x(plan, c);

        if (half > 0)
            n += chart_whisker_segments((ChartXY){ x, chart_value_y(plan, value - half) },
                                        (ChartXY){ x, chart_value_y(plan, value + half) }, cap,
                                        list + n);
    }
    chart_segments(pen, INK_WHISKER, list, n);
}

/* A point that says more than the others: larger, of a shape of its own, and in words. */
static void draw_sign(const ChartPlan *plan, ChartPen *pen, size_t column, const ChartSign *sign,
                      double size)
{
    const ChartRow *series = &plan->chart->rows[0];
    g_autofree char *what = g_strdup_printf("%s, %s", series->name ? series->name : "",
                                            plan->chart->columns[column].label);
    g_autofree char *figure = chart_point_title(plan->chart, what, &series->points[column]);
    g_autofree char *title = g_strdup_printf("%s. %s", figure, sign->words);

    chart_mark(pen, sign->ink, sign->shape, place(plan, 0, column), size + sign->larger, title);
}

static void draw_marks(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    const ChartRow *series = &plan->chart->rows[row];
    double size = fmax(2, fmin(row == 0 ? 4.8 : 3.8, plan->column * 0.3));

    for (size_t c = 0; c < plan->chart->n_columns; c++) {
        const ChartPoint *point = &series->points[c];
        ChartSign sign;

        if (!chart_visible(point))
            continue;
        if (row == 0 && chart_control_sign(plan->chart, c, &sign)) {
            draw_sign(plan, pen, c, &sign, size);
            continue;
        }
        g_autofree char *what = g_strdup_printf("%s, %s", series->name ? series->name : "",
                                                plan->chart->columns[c].label);
        g_autofree char *title = chart_point_title(plan->chart, what, point);

        chart_mark(pen, (point->preliminary ? INK_HOLLOW : INK_MARK) + (ChartInk)row,
                   chart_series_shape(row), place(plan, row, c), size, title);
    }
}

/* How many of the other series' points lie where a label with this baseline would stand. */
static int crowd(const ChartPlan *plan, size_t column, double baseline)
{
    int n = 0;

    for (size_t r = 1; r < series_count(plan->chart); r++) {
        double y = place(plan, r, column).y;

        n += isfinite(y) && y > baseline - 16 && y < baseline + 6;
    }
    return n;
}

/* Above the whisker, or below it when that is freer and inside the plot. */
static double value_baseline(const ChartPlan *plan, size_t column)
{
    const ChartPoint *point = point_at(plan, 0, column);
    double value = chart_value(point), half = chart_uncertainty(point);
    double above = chart_value_y(plan, value + half) - (half > 0 ? 5 : 10);
    double below = chart_value_y(plan, value - half) + (half > 0 ? 15 : 20);
    double floor = plan->plot.y + plan->plot.h - 3;

    return below <= floor && crowd(plan, column, below) < crowd(plan, column, above) ? below
                                                                                     : above;
}

/* Values of the own series, newest first, as far as they do not touch each other. */
static void draw_values(const ChartPlan *plan, ChartPen *pen)
{
    double bound = INFINITY;

    for (size_t c = plan->chart->n_columns; c-- > 0;) {
        const ChartPoint *point = point_at(plan, 0, c);
        double x = chart_column_x(plan, c);

        if (!chart_visible(point) || !(plan->chart->value_labels || point->computed))
            continue;
        g_autofree char *number = plan->chart->value_labels
                                      ? chart_number(chart_value(point), plan->chart->decimals)
                                      : g_strdup("");
        g_autofree char *label = g_strconcat(number, point->computed ? "†" : "", NULL);
        double half = chart_text_width(label, INK_VALUE) / 2;

        if (x + half > bound)
            continue;
        bound = x - half - 5;
        chart_text(pen, INK_VALUE, (ChartXY){ x, value_baseline(plan, c) }, CHART_MIDDLE, label);
        if (plan->chart->control && plan->chart->n_columns > FEW)
            break; /* among the lines of a long control chart the newest is told, the rest is seen */
    }
}

typedef struct {
    double y;
    ChartInk ink;
    const char *text;
} Name;

static int by_height(const void *a, const void *b)
{
    double x = ((const Name *)a)->y, y = ((const Name *)b)->y;

    return (x > y) - (x < y);
}

static size_t collect_names(const ChartPlan *plan, Name names[CHART_SERIES_MAX + 1])
{
    const Chart *chart = plan->chart;
    size_t n = 0;

    for (size_t r = 0; series_count(chart) > 1 && r < series_count(chart); r++) {
        size_t c = chart->n_columns;

        while (c > 0 && !chart_visible(point_at(plan, r, c - 1)))
            c--;
        if (c > 0)
            names[n++] =
                (Name){ place(plan, r, c - 1).y, INK_NAME + (ChartInk)r, chart->rows[r].name };
    }
    if (chart->target_name && isfinite(chart_value_y(plan, chart->target)))
        names[n++] =
            (Name){ chart_value_y(plan, chart->target), INK_TARGET_NAME, chart->target_name };
    return n;
}

/* Names beside the last points, moved apart just as far as needed. */
static void draw_names(const ChartPlan *plan, ChartPen *pen)
{
    Name names[CHART_SERIES_MAX + 1];
    size_t n = collect_names(plan, names);
    double bottom = plan->plot.y + plan->plot.h + 4;

    qsort(names, n, sizeof *names, by_height);
    for (size_t i = 1; i < n; i++)
        names[i].y = fmax(names[i].y, names[i - 1].y + NAME_STEP);
    for (size_t i = n; i-- > 0; bottom = names[i].y - NAME_STEP)
        names[i].y = fmin(names[i].y, bottom);
    for (size_t i = 0; i < n; i++)
        chart_text(pen, names[i].ink, (ChartXY){ plan->name_x, names[i].y + 4.5 }, CHART_START,
                   names[i].text);
}

void chart_series_draw(const ChartPlan *plan, ChartPen *pen)
{
    if (plan->scale.n == 0)
        return;
    for (size_t r = series_count(plan->chart); r-- > 1;) {
        draw_line(plan, pen, r);
        draw_marks(plan, pen, r);
    }
    if (plan->chart->n_rows > 0) {
        chart_control_lines(plan, pen);
        draw_line(plan, pen, 0);
        draw_whiskers(plan, pen);
        draw_marks(plan, pen, 0);
        draw_values(plan, pen);
    }
    if (plan->direct)
        draw_names(plan, pen);
}
