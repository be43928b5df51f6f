/* chart-plan.c - the frame all kinds share: title on top, kind in the middle, key at the foot.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart-plan.h"

#define TITLE_LINE 22.0
#define EDGE 2.0

static double plan_kind(ChartPlan *plan, double y)
{
    switch (plan->chart->kind) {
    case CHART_COMPARE:
        return chart_compare_plan(plan, y);
    case CHART_LEVELS:
        return chart_levels_plan(plan, y);
    case CHART_FUNNEL:
        return chart_funnel_plan(plan, y);
    case CHART_SERIES:
    case CHART_BARS:
    default:
        return chart_periods_plan(plan, y);
    }
}

ChartPlan chart_plan_new(const Chart *chart, double width, bool titled)
{
    ChartPlan plan = { .chart = chart, .titled = titled, .width = width };
    double y = EDGE;

    plan.row_y = g_new0(double, chart->n_rows + 1);
    plan.row_h = g_new0(double, chart->n_rows + 1);
    if (titled && chart->title && *chart->title != '\0') {
        plan.title = chart_text_wrap(chart->title, INK_TITLE, width - 2 * EDGE, 3);
        y += g_strv_length(plan.title) * TITLE_LINE + 6;
    }
    y = plan_kind(&plan, y);
    if (plan.foot.n > 0)
        y += 4 + chart_keys_place(&plan.foot, plan.plot.x, y + 4, width - plan.plot.x - EDGE);
    plan.height = y + EDGE;
    return plan;
}

static void clear_keys(ChartKeys *keys)
{
    for (size_t i = 0; i < keys->n; i++)
        g_free(keys->list[i].text);
    *keys = (ChartKeys){ 0 };
}

void chart_plan_clear(ChartPlan *plan)
{
    g_clear_pointer(&plan->title, g_strfreev);
    g_clear_pointer(&plan->row_y, g_free);
    g_clear_pointer(&plan->row_h, g_free);
    clear_keys(&plan->legend);
    clear_keys(&plan->foot);
}

void chart_plan_draw(const ChartPlan *plan, ChartPen *pen)
{
    for (int i = 0; plan->title && plan->title[i]; i++)
        chart_text(pen, INK_TITLE, (ChartXY){ EDGE, EDGE + 16 + i * TITLE_LINE }, CHART_START,
                   plan->title[i]);
    switch (plan->chart->kind) {
    case CHART_COMPARE:
        chart_compare_draw(plan, pen);
        break;
    case CHART_LEVELS:
        chart_levels_draw(plan, pen);
        break;
    case CHART_FUNNEL:
        chart_funnel_draw(plan, pen);
        break;
    case CHART_SERIES:
    case CHART_BARS:
    default:
        chart_periods_draw(plan, pen);
        break;
    }
    chart_keys_draw(&plan->legend, pen);
    chart_keys_draw(&plan->foot, pen);
}
