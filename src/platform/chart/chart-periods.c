/* chart-periods.c - the frame of charts with periods on x: scale, grid, breaks, lanes, labels.
 *
 * From the top: key (when lines cannot be named at their ends), the unit, the words of series breaks,
 * the plot, a lane for points without a number, the periods. SERIES and BARS draw into the plot.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"
#include "i18n.h"

#define LINE 17.0
#define LANE 20.0
#define NAME_GAP 12.0

static size_t series_count(const Chart *chart)
{
    return MIN(chart->n_rows, chart->kind == CHART_BARS ? 1 : CHART_SERIES_MAX);
}

double chart_column_x(const ChartPlan *plan, size_t column)
{
    return plan->plot.x + plan->column * ((double)column + 0.5);
}

double chart_value_y(const ChartPlan *plan, double value)
{
    return chart_scale_at(&plan->scale, value, plan->plot.y + plan->plot.h, plan->plot.y);
}

static ChartScale scale_of(const Chart *chart)
{
    ChartRange range = { INFINITY, -INFINITY };

    for (size_t r = 0; r < series_count(chart); r++)
        for (size_t c = 0; c < chart->n_columns; c++)
            chart_range_add_point(&range, &chart->rows[r].points[c]);
    if (chart->target_name)
        chart_range_add(&range, chart->target);
    chart_control_range(chart, &range);
    if (chart->kind == CHART_BARS && range.low <= range.high)
        chart_range_add(&range, 0);
    return chart_scale_new(chart, range, 6);
}

/* The column of the last visible point; -1 when there is none. */
static int last_visible(const Chart *chart, size_t row)
{
    int at = (int)chart->n_columns - 1;

    while (at >= 0 && !chart_visible(&chart->rows[row].points[at]))
        at--;
    return at;
}

/* Width to leave for names beside the last points; 0 when they would not fit or would mislead. */
static double direct_width(const ChartPlan *plan)
{
    const Chart *chart = plan->chart;
    double widest = chart->target_name ? chart_text_width(chart->target_name, INK_TARGET_NAME) : 0;
    bool several = series_count(chart) > 1;

    for (size_t r = 0; several && r < series_count(chart); r++) {
        if (last_visible(chart, r) < (int)chart->n_columns - 2 || last_visible(chart, r) < 0)
            return 0;
        widest = fmax(widest, chart_text_width(chart->rows[r].name, INK_NAME + (ChartInk)r));
    }
    return widest <= plan->width * 0.27 ? widest : 0;
}

static void plan_names(ChartPlan *plan)
{
    const Chart *chart = plan->chart;
    double widest = direct_width(plan), room = plan->width - plan->plot.x, value = NAME_GAP;
    double n = fmax(1, (double)chart->n_columns);

    plan->direct = widest > 0;
    plan->plot.w = room - NAME_GAP;
    if (plan->direct) { /* the name starts beside the last point, half a column before the edge */
        if (chart->kind == CHART_BARS)
            plan->plot.w = room - widest - NAME_GAP;
        else
            plan->plot.w =
                fmin(plan->plot.w, (room - widest - 2 * NAME_GAP - 4) / (1 - 1 / (2 * n)));
    } else {
        for (size_t r = 0; series_count(chart) > 1 && r < series_count(chart); r++)
            chart_key_add(&plan->legend, KEY_SERIES, (int)r, chart->rows[r].name);
        if (chart->target_name)
            chart_key_add(&plan->legend, KEY_TARGET, INK_TARGET, chart->target_name);
    }
    plan->column = plan->plot.w / n;
    plan->name_x = chart->kind == CHART_BARS
                       ? plan->plot.x + plan->plot.w + 6
                       : chart_column_x(plan, chart->n_columns - 1) + value + 4;
}

/* Where the words of a break stand: centred on its rule, within the drawing. */
static double break_word_x(const ChartPlan *plan, size_t column, const char *word)
{
    double half = chart_text_width(word, INK_MUTED) / 2;
    double x = plan->plot.x + plan->column * (double)column;

    return CLAMP(x, fmin(half, plan->width / 2), fmax(plan->width - half, plan->width / 2));
}

/* Draw the words of all breaks, in as many lines as it takes; count only when pen is NULL. */
static int break_words(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;
    double taken[3] = { -INFINITY, -INFINITY, -INFINITY };
    int lines = 0;

    for (size_t c = 1; c < chart->n_columns; c++) {
        g_autofree char *word =
            chart_text_fit(chart->columns[c].break_before, INK_MUTED, plan->width);
        double half = chart_text_width(word, INK_MUTED) / 2, x = break_word_x(plan, c, word);
        int line = 0;

        if (*word == '\0')
            continue;
        while (line < 2 && x - half < taken[line] + 8)
            line++;
        if (x - half < taken[line] + 8)
            continue; /* no room in three lines: the rule stands without words */
        taken[line] = x + half;
        lines = MAX(lines, line + 1);
        if (pen)
            chart_text(pen, INK_MUTED, (ChartXY){ x, plan->break_y + line * LINE }, CHART_MIDDLE,
                       word);
    }
    return lines;
}

static void plan_lanes(ChartPlan *plan)
{
    const Chart *chart = plan->chart;

    for (size_t r = 0; r < series_count(chart); r++) {
        bool wanted = false;

        for (size_t c = 0; c < chart->n_columns; c++) {
            const ChartPoint *point = &chart->rows[r].points[c];

            wanted |= point->status == CHART_MASKED || (r == 0 && !chart_visible(point));
        }
        if (wanted)
            plan->lane_row[plan->n_lanes++] = (int)r;
    }
}

static void plan_foot(ChartPlan *plan)
{
    const Chart *chart = plan->chart;
    bool preliminary = false, computed = false, uncertain = false;

    for (size_t r = 0; r < series_count(chart); r++)
        for (size_t c = 0; c < chart->n_columns; c++) {
            const ChartPoint *point = &chart->rows[r].points[c];

            preliminary |= chart_visible(point) && point->preliminary;
            computed |= chart_visible(point) && point->computed && r == 0;
            uncertain |= r == 0 && chart_uncertainty(point) > 0;
        }
    if (uncertain)
        chart_key_add(&plan->foot, KEY_WHISKER,
                      chart->kind == CHART_BARS ? INK_WHISKER_WEAK : INK_WHISKER, _("uncertainty"));
    if (preliminary)
        chart_key_add(&plan->foot, KEY_HOLLOW, INK_HOLLOW, _("preliminary"));
    if (computed)
        chart_key_add_sign(&plan->foot, "†", _("computed"));
    chart_control_key(plan);
    chart_lanes_key(plan);
}

void chart_ticks_plan(ChartPlan *plan)
{
    double widest = 0;

    for (int i = 0; i < plan->scale.n; i++) {
        g_autofree char *tick = chart_tick_text(&plan->scale, i);
        widest = fmax(widest, chart_text_width(tick, INK_MUTED));
    }
    plan->plot.x = fmax(16, widest + 10);
}

double chart_unit_plan(ChartPlan *plan, double y)
{
    if (!plan->chart->unit || *plan->chart->unit == '\0')
        return y;
    plan->unit_y = y + 13;
    return y + LINE;
}

double chart_periods_plan(ChartPlan *plan, double y)
{
    const Chart *chart = plan->chart;

    plan->scale = scale_of(chart);
    chart_ticks_plan(plan);
    plan_names(plan);
    if (plan->legend.n > 0)
        y += chart_keys_place(&plan->legend, 2, y, plan->width - 4) + 4;
    y = chart_unit_plan(plan, y);
    plan->break_lines = break_words(plan, NULL);
    plan->break_y = y + 13;
    y += plan->break_lines * LINE;
    plan->plot.y = y + (plan->scale.n > 0 ? 14 : 4);
    plan->plot.h = plan->scale.n > 0 ? 110 + plan->width * 0.2 : 24;
    y = plan->plot.y + plan->plot.h;
    plan_lanes(plan);
    plan->lane_y = y + 4;
    y += plan->n_lanes > 0 ? plan->n_lanes * LANE + 4 : 0;
    plan->label_y = y + 18;
    y += chart->n_columns > 0 ? 26 : 4;
    plan_foot(plan);
    return y;
}

void chart_grid_draw(const ChartPlan *plan, ChartPen *pen)
{
    const ChartBox *plot = &plan->plot;
    double right = plot->x + plot->w;
    ChartSegment grid[CHART_TICKS_MAX];
    size_t n = 0;

    for (int i = 0; i < plan->scale.n; i++) {
        double y = plot->y + plot->h * (1 - (double)i / (plan->scale.n - 1));
        g_autofree char *tick = chart_tick_text(&plan->scale, i);

        if (i > 0 && n < CHART_TICKS_MAX)
            grid[n++] = (ChartSegment){ { plot->x, y }, { right, y } };
        chart_text(pen, INK_MUTED, (ChartXY){ plot->x - 7, y + 4.5 }, CHART_END, tick);
    }
    chart_segments(pen, INK_GRID, grid, n);
    chart_line(pen, INK_AXIS, (ChartXY){ plot->x, plot->y + plot->h },
               (ChartXY){ right, plot->y + plot->h });
    if (plan->unit_y > 0)
        chart_text(pen, INK_MUTED, (ChartXY){ 2, plan->unit_y }, CHART_START, plan->chart->unit);
    if (plan->scale.n == 0 && plan->n_lanes == 0)
        chart_text(pen, INK_MUTED, (ChartXY){ plot->x + plot->w / 2, plot->y + 16 }, CHART_MIDDLE,
                   _("no data"));
}

static void draw_breaks(const ChartPlan *plan, ChartPen *pen)
{
    double top = plan->plot.y - 8, bottom = plan->plot.y + plan->plot.h;

    for (size_t c = 1; c < plan->chart->n_columns; c++) {
        double x = plan->plot.x + plan->column * (double)c;

        if (plan->chart->columns[c].break_before)
            chart_line(pen, INK_BREAK, (ChartXY){ x, bottom }, (ChartXY){ x, top });
    }
    break_words(plan, pen);
}

/* Every how-many-th period is labelled: as many as have room, counted from the newest. */
static size_t label_stride(const ChartPlan *plan)
{
    double widest = 1;

    for (size_t c = 0; c < plan->chart->n_columns; c++)
        widest = fmax(widest, chart_text_width(plan->chart->columns[c].label, INK_TEXT));
    return (size_t)fmax(1, ceil((widest + 8) / plan->column));
}

static void draw_labels(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;
    size_t stride = label_stride(plan);
    double axis = plan->plot.y + plan->plot.h, bound = plan->width;

    for (size_t back = 0; back < chart->n_columns; back += stride) {
        size_t c = chart->n_columns - 1 - back;
        g_autofree char *label = chart_text_fit(chart->columns[c].label, INK_TEXT, plan->width);
        double half = chart_text_width(label, INK_TEXT) / 2, x = chart_column_x(plan, c);

        if (stride > 1 && plan->n_lanes == 0)
            chart_line(pen, INK_AXIS, (ChartXY){ x, axis }, (ChartXY){ x, axis + 4 });
        x = fmax(half, fmin(x, bound - half));
        bound = x - half - 6;
        if (x - half >= -0.5)
            chart_text(pen, INK_TEXT, (ChartXY){ x, plan->label_y }, CHART_MIDDLE, label);
    }
}

void chart_periods_draw(const ChartPlan *plan, ChartPen *pen)
{
    chart_grid_draw(plan, pen);
    if (plan->chart->target_name && plan->scale.n > 0) {
        double y = chart_value_y(plan, plan->chart->target);
        double right = plan->plot.x + plan->plot.w;

        if (plan->direct)
            right = fmin(right, plan->name_x - 5);
        if (isfinite(y))
            chart_line(pen, INK_TARGET, (ChartXY){ plan->plot.x, y }, (ChartXY){ right, y });
    }
    draw_breaks(plan, pen);
    if (plan->chart->kind == CHART_BARS)
        chart_bars_draw(plan, pen);
    else
        chart_series_draw(plan, pen);
    chart_lanes_draw(plan, pen);
    draw_labels(plan, pen);
}
