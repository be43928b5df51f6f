/* chart-compare.c - units on one common scale, each with its interval, in the order given.
 *
 * Names stand at the left, figures at the right; a row without a number says why in words at a fixed
 * place. No row is ranked, coloured or judged here.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"
#include "i18n.h"

#define LINE 17.0
#define ROW 28.0
#define PAD 8.0

static const ChartPoint *point_of(const ChartPlan *plan, size_t row)
{
    return &plan->chart->rows[row].points[0];
}

static ChartInk name_ink(const ChartRow *row)
{
    return row->own ? INK_STRONG : INK_TEXT;
}

/* Figures of a row as written at its right. */
static char *figures(const ChartPlan *plan, size_t row)
{
    ChartPoint plain = *point_of(plan, row);
    g_autofree char *text = NULL;

    plain.preliminary = plain.computed = false;
    text = chart_point_text(plan->chart, &plain);
    return g_strconcat(text, point_of(plan, row)->computed ? "†" : "", NULL);
}

static void plan_widths(ChartPlan *plan)
{
    double names = 0, values = 0;

    for (size_t r = 0; r < plan->chart->n_rows; r++) {
        const ChartRow *row = &plan->chart->rows[r];

        names = fmax(names, chart_text_width(row->name, name_ink(row)));
        if (chart_visible(&row->points[0])) {
            g_autofree char *text = figures(plan, r);
            values = fmax(values, chart_text_width(text, INK_STRONG));
        }
    }
    plan->name_w = fmin(names + 1, plan->width * 0.36);
    plan->value_w = values;
}

static ChartScale scale_of(const ChartPlan *plan)
{
    const Chart *chart = plan->chart;
    ChartRange range = { INFINITY, -INFINITY };

    for (size_t r = 0; r < chart->n_rows; r++)
        chart_range_add_point(&range, &chart->rows[r].points[0]);
    if (chart->reference_name)
        chart_range_add_point(&range, &chart->reference);
    return chart_scale_new(chart, range, (int)(plan->plot.w / 50) + 1);
}

static char *reference_text(const Chart *chart)
{
    return chart_point_title(chart, chart->reference_name, &chart->reference);
}

static void plan_foot(ChartPlan *plan)
{
    bool preliminary = false, computed = false, uncertain = false;

    for (size_t r = 0; r < plan->chart->n_rows; r++) {
        const ChartPoint *point = point_of(plan, r);

        preliminary |= chart_visible(point) && point->preliminary;
        computed |= chart_visible(point) && point->computed;
        uncertain |= chart_uncertainty(point) > 0;
    }
    if (uncertain)
        chart_key_add(&plan->foot, KEY_WHISKER, INK_WHISKER_WEAK, _("uncertainty"));
    if (preliminary)
        chart_key_add(&plan->foot, KEY_HOLLOW, INK_HOLLOW + 3, _("preliminary"));
    if (computed)
        chart_key_add_sign(&plan->foot, "†", _("computed"));
}

double chart_compare_plan(ChartPlan *plan, double y)
{
    const Chart *chart = plan->chart;

    plan_widths(plan);
    plan->plot.x = PAD + plan->name_w + 14;
    plan->plot.w = plan->width - plan->plot.x - plan->value_w - 14 - PAD;
    plan->scale = scale_of(plan);
    if (chart->reference_name)
        y += LINE + 4;
    plan->plot.y = y;
    for (size_t r = 0; r < chart->n_rows; r++) {
        g_auto(GStrv) lines =
            chart_text_wrap(chart->rows[r].name, name_ink(&chart->rows[r]), plan->name_w, 3);

        plan->row_y[r] = y;
        plan->row_h[r] = ROW + LINE * fmax(0, (double)g_strv_length(lines) - 1);
        y += plan->row_h[r];
    }
    y += chart->n_rows == 0 ? ROW : 0;
    plan->plot.h = y - plan->plot.y;
    plan->label_y = y + 19;
    plan_foot(plan);
    return y + (plan->scale.n > 0 ? 28 : 4);
}

static double value_x(const ChartPlan *plan, double value)
{
    return chart_scale_at(&plan->scale, value, plan->plot.x, plan->plot.x + plan->plot.w);
}

static void draw_scale(const ChartPlan *plan, ChartPen *pen)
{
    double top = plan->plot.y, bottom = top + plan->plot.h, bound = plan->plot.x - 30;

    for (int i = 0; i < plan->scale.n; i++) {
        double x = plan->plot.x + plan->plot.w * i / (plan->scale.n - 1);
        g_autofree char *tick = chart_tick_text(&plan->scale, i);
        double half = chart_text_width(tick, INK_MUTED) / 2;

        chart_line(pen, INK_GRID, (ChartXY){ x, top }, (ChartXY){ x, bottom });
        if (x - half < bound)
            continue;
        bound = x + half + 6;
        chart_text(pen, INK_MUTED, (ChartXY){ x, plan->label_y }, CHART_MIDDLE, tick);
    }
    if (plan->scale.n == 0)
        return;
    chart_line(pen, INK_AXIS, (ChartXY){ plan->plot.x, bottom },
               (ChartXY){ plan->plot.x + plan->plot.w, bottom });
    if (plan->chart->unit) {
        g_autofree char *unit = chart_text_fit(plan->chart->unit, INK_MUTED, plan->name_w - 20);

        chart_text(pen, INK_MUTED, (ChartXY){ PAD, plan->label_y }, CHART_START, unit);
    }
}

static void draw_reference(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;
    double top = plan->plot.y, x = plan->plot.x;

    if (!chart->reference_name)
        return;
    g_autofree char *text = reference_text(chart);
    g_autofree char *fitted = chart_text_fit(text, INK_TEXT, plan->width);
    double half = chart_text_width(fitted, INK_TEXT) / 2;

    if (chart_visible(&chart->reference)) {
        x = value_x(plan, chart_value(&chart->reference));
        chart_line(pen, INK_REFERENCE, (ChartXY){ x, top - 2 }, (ChartXY){ x, top + plan->plot.h });
    } else {
        x += half;
    }
    x = fmax(half, fmin(x, plan->width - half));
    chart_text(pen, INK_TEXT, (ChartXY){ x, top - 7 }, CHART_MIDDLE, fitted);
}

static void draw_name(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    const ChartRow *unit = &plan->chart->rows[row];
    g_auto(GStrv) lines = chart_text_wrap(unit->name, name_ink(unit), plan->name_w, 3);

    for (int i = 0; lines[i]; i++)
        chart_text(pen, name_ink(unit), (ChartXY){ PAD, plan->row_y[row] + 18.5 + i * LINE },
                   CHART_START, lines[i]);
}

/* Why there is no mark: at the plot's left edge in every row. */
static void draw_status(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    const ChartPoint *point = point_of(plan, row);
    double middle = plan->row_y[row] + plan->row_h[row] / 2, x = plan->plot.x + 2;
    g_autofree char *title = chart_point_title(plan->chart, plan->chart->rows[row].name, point);
    g_autofree char *word =
        chart_text_fit(chart_status_word(point), INK_WORD, plan->width - PAD - x - 18);
    ChartBox box = { x, middle - 6, 12, 12 };

    if (point->status == CHART_MASKED)
        chart_hatch(pen, &box, title);
    chart_text(pen, INK_WORD, (ChartXY){ point->status == CHART_MASKED ? x + 18 : x, middle + 4.5 },
               CHART_START, word);
}

static void draw_value(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    const ChartRow *unit = &plan->chart->rows[row];
    const ChartPoint *point = point_of(plan, row);
    double y = plan->row_y[row] + plan->row_h[row] / 2, value = chart_value(point);
    double half = chart_uncertainty(point);
    ChartInk mark = (point->preliminary ? INK_HOLLOW : INK_MARK) + (unit->own ? 0 : 3);
    g_autofree char *title = chart_point_title(plan->chart, unit->name, point);
    g_autofree char *text = figures(plan, row);

    if (half > 0)
        chart_whisker(pen, unit->own ? INK_WHISKER : INK_WHISKER_WEAK,
                      (ChartXY){ value_x(plan, value - half), y },
                      (ChartXY){ value_x(plan, value + half), y }, 4);
    chart_mark(pen, mark, unit->own ? CHART_DIAMOND : CHART_DOT,
               (ChartXY){ value_x(plan, value), y }, unit->own ? 7 : 4.5, title);
    chart_text(pen, name_ink(unit), (ChartXY){ plan->width - PAD, y + 4.5 }, CHART_END, text);
}

void chart_compare_draw(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;

    for (size_t r = 0; r < chart->n_rows; r++) {
        ChartBox band = { 0, plan->row_y[r], plan->width, plan->row_h[r] };

        if (chart->rows[r].own)
            chart_rect(pen, INK_ROW, &band, NULL);
    }
    draw_scale(plan, pen);
    draw_reference(plan, pen);
    for (size_t r = 0; r < chart->n_rows; r++) {
        draw_name(plan, pen, r);
        if (chart_visible(point_of(plan, r)))
            draw_value(plan, pen, r);
        else
            draw_status(plan, pen, r);
    }
    if (chart->n_rows == 0)
        chart_text(pen, INK_MUTED, (ChartXY){ plan->width / 2, plan->plot.y + 18 }, CHART_MIDDLE,
                   _("no data"));
}
