/* chart-control.c - what a control chart has beside its series: centre, limits, and signs of more than
 * chance.
 *
 * Lines are steps, one for each column, and end at a series break and where a phase begins; there the
 * old centre goes on, thin, beside the new one, so that starting afresh hides nothing. A sign is told
 * by its shape and size and in words; its colour repeats that.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stddef.h>
#include "chart-plan.h"
#include "i18n.h"

static bool has_control(const Chart *chart)
{
    return chart->control && chart->kind == CHART_SERIES && chart->n_rows > 0;
}

static double line_at(const ChartControl *c, size_t which)
{
    const double lines[] = { c->centre, c->former, c->lower, c->upper };

    return lines[which];
}
enum { CENTRE, FORMER, LOWER, UPPER, N_LINES };

void chart_control_range(const Chart *chart, ChartRange *range)
{
    for (size_t c = 0; has_control(chart) && c < chart->n_columns; c++)
        for (size_t k = 0; k < N_LINES; k++)
            chart_range_add(range, line_at(&chart->control[c], k));
}

const char *chart_signal_text(const ChartControl *point)
{
    if (point->excluded)
        return _("left out of the calculation");
    switch (point->cause) {
    case CHART_BETTER:
        return _("signal: better");
    case CHART_WORSE:
        return _("signal: worse");
    case CHART_HIGHER:
        return _("signal: higher");
    case CHART_LOWER:
        return _("signal: lower");
    case CHART_COMMON:
    default:
        return "";
    }
}

bool chart_control_sign(const Chart *chart, size_t column, ChartSign *ret)
{
    static const ChartSign signs[] = { [CHART_BETTER] = { INK_BETTER, CHART_DIAMOND, 2.6, NULL },
                                       [CHART_WORSE] = { INK_WORSE, CHART_SQUARE, 1.6, NULL },
                                       [CHART_HIGHER] = { INK_OTHER, CHART_TRIANGLE, 2.2, NULL },
                                       [CHART_LOWER] = { INK_OTHER, CHART_TRIANGLE, 2.2, NULL } };
    const ChartControl *c = has_control(chart) ? &chart->control[column] : NULL;

    if (!c || (c->cause == CHART_COMMON && !c->excluded))
        return false;
    *ret = c->excluded ? (ChartSign){ INK_EXCLUDED, CHART_CROSS, 1, NULL } : signs[c->cause];
    ret->words = chart_signal_text(c);
    return true;
}

/* --- lines --- */

static bool joined(const Chart *chart, size_t column)
{
    const ChartControl *c = &chart->control[column];

    return column > 0 && !chart->columns[column].break_before && !c->starts &&
           c->pooled == c[-1].pooled;
}

/* One line in steps, from where it begins to where it ends. */
static void draw_steps(const ChartPlan *plan, ChartPen *pen, ChartInk ink, size_t which)
{
    const Chart *chart = plan->chart;
    g_autofree ChartXY *run = g_new(ChartXY, 2 * chart->n_columns + 2);
    size_t n = 0;

    for (size_t c = 0; c < chart->n_columns; c++) {
        double value = line_at(&chart->control[c], which), left = plan->plot.x;
        double y = chart_value_y(plan, value);

        if (!isfinite(value) || !joined(chart, c)) {
            chart_polyline(pen, ink, run, n);
            n = 0;
        }
        if (!isfinite(value))
            continue;
        left += plan->column * (double)c;
        if (n == 0 || run[n - 1].y != y)
            run[n++] = (ChartXY){ left, y };
        else
            n--; /* the same height: one longer step */
        run[n++] = (ChartXY){ left + plan->column, y };
    }
    chart_polyline(pen, ink, run, n);
}

static bool is_trial(const Chart *chart)
{
    for (size_t c = chart->n_columns; c-- > 0;)
        if (isfinite(chart->control[c].upper))
            return chart->control[c].trial;
    return false;
}

/* The uncertainty of periods put together, as a shade from one end to the other. */
static void draw_band(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;

    for (size_t c = 0, end; c < chart->n_columns; c = end) {
        const ChartControl *at = &chart->control[c];

        for (end = c + 1; end < chart->n_columns && joined(chart, end); end++)
            ;
        if (!at->pooled || !isfinite(at->lower) || !isfinite(at->upper))
            continue;
        ChartBox box = { plan->plot.x + plan->column * (double)c, chart_value_y(plan, at->upper),
                         plan->column * (double)(end - c), 0 };

        box.h = chart_value_y(plan, at->lower) - box.y;
        chart_rect(pen, INK_BAND, &box, NULL);
    }
}

static bool is_pooled(const Chart *chart)
{
    for (size_t c = 0; c < chart->n_columns; c++)
        if (chart->control[c].pooled)
            return true;
    return false;
}

void chart_control_lines(const ChartPlan *plan, ChartPen *pen)
{
    const Chart *chart = plan->chart;
    ChartInk limit;

    if (!has_control(chart))
        return;
    limit = is_trial(chart) ? INK_TRIAL : INK_LIMIT;
    if (is_pooled(chart)) {
        draw_band(plan, pen);
    } else {
        draw_steps(plan, pen, limit, LOWER);
        draw_steps(plan, pen, limit, UPPER);
    }
    draw_steps(plan, pen, INK_FORMER, FORMER);
    draw_steps(plan, pen, INK_CENTRE, CENTRE);
}

/* --- key --- */

static bool any_line(const Chart *chart, size_t which)
{
    for (size_t c = 0; c < chart->n_columns; c++)
        if (isfinite(line_at(&chart->control[c], which)))
            return true;
    return false;
}

static void add_sign(ChartPlan *plan, const ChartSign *sign)
{
    ChartKeys *keys = &plan->foot;

    for (size_t i = 0; i < keys->n; i++)
        if (keys->list[i].kind == KEY_CAUSE && !strcmp(keys->list[i].text, sign->words))
            return;
    chart_key_add_mark(keys, sign->shape, (int)sign->ink, sign->words);
}

void chart_control_key(ChartPlan *plan)
{
    const Chart *chart = plan->chart;
    const char *centre = chart->centre_name ? chart->centre_name : _("mean");
    ChartSign sign;

    if (!has_control(chart))
        return;
    if (any_line(chart, CENTRE))
        chart_key_add(&plan->foot, KEY_TARGET, INK_CENTRE, centre);
    if (any_line(chart, FORMER))
        chart_key_add(&plan->foot, KEY_TARGET, INK_FORMER, _("the mean before"));
    if (any_line(chart, UPPER) && is_pooled(chart))
        chart_key_add(&plan->foot, KEY_LEVEL, INK_BAND, _("its uncertainty"));
    else if (any_line(chart, UPPER))
        chart_key_add(&plan->foot, KEY_TARGET, is_trial(chart) ? INK_TRIAL : INK_LIMIT,
                      is_trial(chart) ? _("trial limits") : _("limits"));
    for (size_t c = 0; c < chart->n_columns; c++)
        if (chart_visible(&chart->rows[0].points[c]) && chart_control_sign(chart, c, &sign))
            add_sign(plan, &sign);
}
