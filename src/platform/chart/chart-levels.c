/* chart-levels.c - how a group is spread over levels, one bar of 100 % a period.
 *
 * With one level hidden the others would tell it, so a row with any hidden level is one hatched bar.
 * The lengths come from the row's own sum: counts and shares are drawn alike.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"
#include "i18n.h"

#define ROW 32.0
#define BAR 24.0
#define BREAK_ROOM 24.0

/* Shades for 2-5 levels, as far apart as the palette has them. */
static ChartInk shade(size_t n, size_t level)
{
    static const char *const shades[] = { "", "2", "13", "024", "0123", "01234" };

    return INK_LEVEL + (ChartInk)(shades[n][level] - '0');
}

static size_t level_count(const Chart *chart)
{
    return MIN(chart->n_columns, CHART_LEVELS_MAX);
}

/* The point that says why a row has no bar: a masked one before any other; NULL: it has one. */
static const ChartPoint *obstacle(const Chart *chart, size_t row)
{
    static const ChartPoint nothing = { .status = CHART_MISSING };
    const ChartPoint *points = chart->rows[row].points, *found = NULL;
    double sum = 0;

    for (size_t c = 0; c < level_count(chart); c++) {
        if (points[c].status == CHART_MASKED)
            return &points[c];
        if (!chart_visible(&points[c]) || chart_value(&points[c]) < 0)
            found = found ? found : chart_visible(&points[c]) ? &nothing : &points[c];
        else
            sum += chart_value(&points[c]);
    }
    return found ? found : sum > 0 ? NULL : &nothing;
}

double chart_levels_plan(ChartPlan *plan, double y)
{
    const Chart *chart = plan->chart;
    double names = 0;

    for (size_t r = 0; r < chart->n_rows; r++)
        names = fmax(names, chart_text_width(chart->rows[r].name, INK_TEXT));
    plan->name_w = fmin(names + 1, plan->width * 0.3);
    plan->plot.x = 2 + plan->name_w + 10;
    plan->plot.w = plan->width - plan->plot.x - 14;
    for (size_t c = 0; c < level_count(chart); c++)
        chart_key_add(&plan->legend, KEY_LEVEL, (int)shade(level_count(chart), c),
                      chart->columns[c].label);
    y += chart_keys_place(&plan->legend, plan->plot.x, y, plan->width - plan->plot.x - 2) + 6;
    plan->plot.y = y;
    for (size_t r = 0; r < chart->n_rows; r++) {
        y += r > 0 && chart->rows[r].break_before ? BREAK_ROOM : 0;
        plan->row_y[r] = y;
        y += plan->row_h[r] = ROW;
    }
    y += chart->n_rows == 0 ? ROW : 0;
    plan->plot.h = y - plan->plot.y;
    plan->label_y = y + 17;
    return y + 24;
}

static void draw_scale(const ChartPlan *plan, ChartPen *pen)
{
    for (int i = 0; i <= 4; i++) {
        double x = plan->plot.x + plan->plot.w * i / 4;
        char buf[NUM_TEXT];

        chart_line(pen, INK_GRID, (ChartXY){ x, plan->plot.y },
                   (ChartXY){ x, plan->plot.y + plan->plot.h + 2 });
        if (i % 2 == 0)
            chart_text(pen, INK_MUTED, (ChartXY){ x, plan->label_y },
                       i == 4 ? CHART_END : CHART_MIDDLE, num_percent(i * 25, 0, buf));
    }
}

static void draw_obstacle(const ChartPlan *plan, ChartPen *pen, size_t row, const ChartPoint *why)
{
    double y = plan->row_y[row] + (ROW - BAR) / 2, middle = plan->plot.x + plan->plot.w / 2;
    const char *word = chart_status_word(why);
    g_autofree char *title = chart_point_title(plan->chart, plan->chart->rows[row].name, why);
    g_autofree char *fitted = chart_text_fit(word, INK_WORD, plan->plot.w - 20);
    double width = chart_text_width(fitted, INK_WORD) + 16;
    ChartBox bar = { plan->plot.x, y, plan->plot.w, BAR };
    ChartBox plate = { middle - width / 2, y + 2, width, BAR - 4 };

    if (why->status == CHART_MASKED)
        chart_hatch(pen, &bar, title);
    chart_rect(pen, INK_PAPER, &plate, NULL);
    chart_text(pen, why->status == CHART_MASKED ? INK_TEXT : INK_MUTED,
               (ChartXY){ middle, y + 16.5 }, CHART_MIDDLE, fitted);
}

static void draw_row(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    const Chart *chart = plan->chart;
    const ChartPoint *points = chart->rows[row].points;
    size_t n = level_count(chart);
    double sum = 0, x = plan->plot.x, y = plan->row_y[row] + (ROW - BAR) / 2;

    for (size_t c = 0; c < n; c++)
        sum += chart_value(&points[c]);
    for (size_t c = 0; c < n; c++) {
        double share = chart_value(&points[c]) / sum, width = plan->plot.w * share;
        ChartBox box = { x, y, width, BAR };
        ChartInk ink = shade(n, c);
        g_autofree char *number = chart_number(chart_value(&points[c]), chart->decimals);
        g_autofree char *what =
            g_strdup_printf("%s, %s", chart->rows[row].name, chart->columns[c].label);
        g_autofree char *title = chart_point_title(chart, what, &points[c]);

        x += width;
        if (width <= 0)
            continue;
        chart_rect(pen, ink, &box, title);
        if (chart_text_width(number, INK_TEXT) + 4 <= width)
            chart_text(pen, ink - INK_LEVEL + INK_ON_LEVEL,
                       (ChartXY){ box.x + width / 2, y + 16.5 }, CHART_MIDDLE, number);
    }
}

static void draw_break(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    const char *word = plan->chart->rows[row].break_before;
    double y = plan->row_y[row] - 5;
    g_autofree char *fitted = chart_text_fit(word, INK_MUTED, plan->width - 4);

    chart_line(pen, INK_BREAK, (ChartXY){ 2, y }, (ChartXY){ plan->plot.x + plan->plot.w, y });
    chart_text(pen, INK_MUTED, (ChartXY){ plan->plot.x + plan->plot.w, y - 5 }, CHART_END, fitted);
}

void chart_levels_draw(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;

    draw_scale(plan, pen);
    if (chart->unit && plan->legend.n > 0) {
        g_autofree char *unit = chart_text_fit(chart->unit, INK_MUTED, plan->name_w);

        chart_text(pen, INK_MUTED, (ChartXY){ 2, plan->legend.list[0].at.y }, CHART_START, unit);
    }
    for (size_t r = 0; r < chart->n_rows; r++) {
        const ChartPoint *why = obstacle(chart, r);
        g_autofree char *name = chart_text_fit(chart->rows[r].name, INK_TEXT, plan->name_w);

        if (r > 0 && chart->rows[r].break_before)
            draw_break(plan, pen, r);
        chart_text(pen, INK_TEXT, (ChartXY){ 2, plan->row_y[r] + 20.5 }, CHART_START, name);
        if (why)
            draw_obstacle(plan, pen, r, why);
        else
            draw_row(plan, pen, r);
    }
    if (chart->n_rows == 0)
        chart_text(pen, INK_MUTED, (ChartXY){ plan->width / 2, plan->plot.y + 20 }, CHART_MIDDLE,
                   _("no data"));
}
