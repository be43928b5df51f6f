/* chart-funnel.c - units by how many people stand behind their figure, within the limits of chance.
 *
 * Across: people, on a scale of square roots, so that small groups have room; the limits close in as
 * groups grow. A place in the funnel is all that is said: no mark is coloured or larger for where it
 * lies, the reader's own unit is. Units without a figure to show are not drawn.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"
#include "i18n.h"

#define LINE 17.0
#define PAD 12.0

static const ChartPoint *point_of(const Chart *chart, size_t row)
{
    return &chart->rows[row].points[0];
}

static bool drawn(const Chart *chart, size_t row)
{
    return chart_visible(point_of(chart, row)) && chart->funnel->sizes[row] >= 1;
}

static ChartRange sizes_of(const Chart *chart)
{
    ChartRange range = { INFINITY, -INFINITY };

    for (size_t r = 0; r < chart->n_rows; r++)
        if (drawn(chart, r))
            chart_range_add(&range, chart->funnel->sizes[r]);
    for (size_t i = 0; i < chart->funnel->n_limits; i++)
        chart_range_add(&range, chart->funnel->limits[i].size);
    return range;
}

static ChartScale scale_of(const Chart *chart)
{
    ChartRange range = { INFINITY, -INFINITY };

    for (size_t r = 0; r < chart->n_rows; r++)
        if (drawn(chart, r))
            chart_range_add(&range, chart_value(point_of(chart, r)));
    for (size_t i = 0; i < chart->funnel->n_limits; i++) {
        chart_range_add(&range, chart->funnel->limits[i].low998);
        chart_range_add(&range, chart->funnel->limits[i].high998);
    }
    if (chart->reference_name)
        chart_range_add(&range, chart_value(&chart->reference));
    return chart_scale_new(chart, range, 6);
}

static double size_x(const ChartPlan *plan, double size)
{
    double from = sqrt(plan->sizes.low), to = sqrt(plan->sizes.high);
    double share = to > from ? (sqrt(size) - from) / (to - from) : 0.5;

    return plan->plot.x + PAD + (plan->plot.w - 2 * PAD) * share;
}

static void plan_foot(ChartPlan *plan)
{
    const Chart *chart = plan->chart;
    bool preliminary = false;

    for (size_t r = 0; r < chart->n_rows; r++) {
        preliminary |= drawn(chart, r) && point_of(chart, r)->preliminary;
        if (chart->rows[r].own && drawn(chart, r))
            chart_key_add_mark(&plan->foot, CHART_DIAMOND, INK_MARK, chart->rows[r].name);
    }
    if (chart->reference_name && chart_visible(&chart->reference)) {
        g_autofree char *title = chart_point_title(chart, chart->reference_name, &chart->reference);

        chart_key_add(&plan->foot, KEY_TARGET, INK_CENTRE, title);
    }
    if (chart->funnel->n_limits > 0) {
        chart_key_add(&plan->foot, KEY_TARGET, INK_TRIAL, _("chance gives 95 %"));
        chart_key_add(&plan->foot, KEY_TARGET, INK_LIMIT, _("chance gives 99.8 %"));
    }
    if (preliminary)
        chart_key_add(&plan->foot, KEY_HOLLOW, INK_HOLLOW + 3, _("preliminary"));
}

double chart_funnel_plan(ChartPlan *plan, double y)
{
    const Chart *chart = plan->chart;

    plan->scale = scale_of(chart);
    plan->sizes = sizes_of(chart);
    chart_ticks_plan(plan);
    plan->plot.w = plan->width - plan->plot.x - 4;
    y = chart_unit_plan(plan, y);
    plan->plot.y = y + (plan->scale.n > 0 ? 14 : 4);
    plan->plot.h = plan->scale.n > 0 ? 140 + plan->width * 0.22 : 24;
    y = plan->plot.y + plan->plot.h;
    plan->label_y = y + 18;
    plan_foot(plan);
    return y + (plan->scale.n > 0 ? 26 + LINE : 4);
}

/* --- drawing --- */

typedef enum { LOW998, LOW95, HIGH95, HIGH998 } Edge;

static double edge_of(const ChartLimit *limit, Edge edge)
{
    const double edges[] = { limit->low998, limit->low95, limit->high95, limit->high998 };

    return edges[edge];
}

static void draw_edge(const ChartPlan *plan, ChartPen *pen, Edge edge)
{
    const ChartFunnel *f = plan->chart->funnel;
    g_autofree ChartXY *line = g_new(ChartXY, f->n_limits + 1);

    for (size_t i = 0; i < f->n_limits; i++)
        line[i] = (ChartXY){ size_x(plan, f->limits[i].size),
                             chart_value_y(plan, edge_of(&f->limits[i], edge)) };
    chart_polyline(pen, edge == LOW95 || edge == HIGH95 ? INK_TRIAL : INK_LIMIT, line, f->n_limits);
}

/* 1, 2 and 5 times powers of ten, as many as have room, from the right. */
static void draw_sizes(const ChartPlan *plan, ChartPen *pen)
{
    static const double round[] = { 5, 2, 1 };
    double axis = plan->plot.y + plan->plot.h, bound = plan->width;

    for (double power = 1e6; power >= 1; power /= 10)
        for (size_t i = 0; i < G_N_ELEMENTS(round); i++) {
            double size = round[i] * power, x = size_x(plan, size);
            g_autofree char *text = chart_number(size, 0);
            double half = chart_text_width(text, INK_MUTED) / 2;

            if (size < plan->sizes.low || size > plan->sizes.high || x + half > bound)
                continue;
            bound = x - half - 14;
            chart_line(pen, INK_AXIS, (ChartXY){ x, axis }, (ChartXY){ x, axis + 4 });
            chart_text(pen, INK_MUTED, (ChartXY){ x, plan->label_y }, CHART_MIDDLE, text);
        }
    chart_text(pen, INK_MUTED, (ChartXY){ plan->plot.x + plan->plot.w, plan->label_y + LINE },
               CHART_END, plan->chart->funnel->size_name);
}

static void draw_unit(const ChartPlan *plan, ChartPen *pen, size_t row)
{
    const Chart *chart = plan->chart;
    const ChartRow *unit = &chart->rows[row];
    const ChartPoint *point = point_of(chart, row);
    ChartInk ink = (point->preliminary ? INK_HOLLOW : INK_MARK) + (unit->own ? 0 : 3);
    g_autofree char *size = chart_number(chart->funnel->sizes[row], 0);
    g_autofree char *figure = chart_point_title(chart, unit->name, point);
    g_autofree char *title = g_strdup_printf("%s (%s)", figure, size);

    chart_mark(pen, ink, unit->own ? CHART_DIAMOND : CHART_DOT,
               (ChartXY){ size_x(plan, chart->funnel->sizes[row]),
                          chart_value_y(plan, chart_value(point)) },
               unit->own ? 7.5 : 4.5, title);
}

void chart_funnel_draw(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;

    chart_grid_draw(plan, pen);
    if (plan->scale.n == 0)
        return;
    draw_sizes(plan, pen);
    if (chart->reference_name && chart_visible(&chart->reference)) {
        double y = chart_value_y(plan, chart_value(&chart->reference));

        chart_line(pen, INK_CENTRE, (ChartXY){ plan->plot.x, y },
                   (ChartXY){ plan->plot.x + plan->plot.w, y });
    }
    for (Edge edge = LOW998; chart->funnel->n_limits > 1 && edge <= HIGH998; edge++)
        draw_edge(plan, pen, edge);
    for (size_t own = 0; own < 2; own++) /* the own unit on top */
        for (size_t r = 0; r < chart->n_rows; r++)
            if (drawn(chart, r) && chart->rows[r].own == (own == 1))
                draw_unit(plan, pen, r);
}
