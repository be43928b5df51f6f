/* chart-value.c - values, words and round numbers: all that a chart knows before it is drawn.
 *
 * Here alone ChartPoint.value is read, and only behind CHART_OK, so a hidden value cannot move a
 * mark, an axis or a word.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"
#include "i18n.h"

#define LARGEST 1e12 /* beyond it a double is no measured value, and ticks lose their decimals */

bool chart_visible(const ChartPoint *point)
{
    return point->status == CHART_OK && isfinite(point->value) && fabs(point->value) <= LARGEST;
}

double chart_value(const ChartPoint *point)
{
    return chart_visible(point) ? point->value : (double)NAN;
}

double chart_uncertainty(const ChartPoint *point)
{
    bool given = chart_visible(point) && isfinite(point->uncertainty) && point->uncertainty > 0;

    return given && point->uncertainty <= LARGEST ? point->uncertainty : 0;
}

const char *chart_status_word(const ChartPoint *point)
{
    switch (point->status) {
    case CHART_MASKED:
        return _("hidden");
    case CHART_NOT_TESTED:
        return _("not tested");
    case CHART_QUALITATIVE:
        return point->note && *point->note != '\0' ? point->note : _("assessed without a number");
    case CHART_OK:
        return chart_visible(point) ? NULL : _("no data");
    case CHART_MISSING:
    default:
        return _("no data");
    }
}

bool chart_is_percent(const Chart *chart)
{
    return chart->unit && strcmp(chart->unit, "%") == 0;
}

char *chart_number(double value, int decimals)
{
    char buf[NUM_TEXT];

    return g_strdup(num_text(value, CLAMP(decimals, 0, 6), buf));
}

char *chart_point_text(const Chart *chart, const ChartPoint *point)
{
    const char *word = chart_status_word(point);
    GString *text = g_string_new(NULL);
    double plus = chart_uncertainty(point);

    if (word) {
        g_string_append(text, word);
    } else {
        g_autofree char *number = chart_number(chart_value(point), chart->decimals);
        g_autofree char *half = chart_number(plus, MAX(chart->decimals, plus < 10 ? 1 : 0));

        g_string_append(text, number);
        if (plus > 0)
            g_string_append_printf(text, "\u00a0± %s", half);
        if (chart_is_percent(chart))
            g_string_append(text, "\u00a0%");
    }
    if (point->preliminary && point->computed)
        g_string_append_printf(text, " (%s, %s)", _("preliminary"), _("computed"));
    else if (point->preliminary || point->computed)
        g_string_append_printf(text, " (%s)",
                               point->preliminary ? _("preliminary") : _("computed"));
    return g_string_free(text, FALSE);
}

char *chart_point_title(const Chart *chart, const char *what, const ChartPoint *point)
{
    g_autofree char *text = chart_point_text(chart, point);

    return g_strdup_printf("%s: %s", what ? what : "", text);
}

void chart_range_add(ChartRange *range, double value)
{
    if (!isfinite(value) || fabs(value) > 2 * LARGEST)
        return;
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

void chart_range_add_point(ChartRange *range, const ChartPoint *point)
{
    chart_range_add(range, chart_value(point) - chart_uncertainty(point));
    chart_range_add(range, chart_value(point) + chart_uncertainty(point));
}

/* The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`, and a multiple of
 * the finest step the values can take. */
static double round_step(double least, double finest)
{
    static const double nice[] = { 1, 2, 2.5, 5, 10 };
    double power = pow(10, floor(log10(least)));
    size_t i = 0;

    while (i + 1 < G_N_ELEMENTS(nice) &&
           (nice[i] * power < least * (1 - 1e-9) ||
            fabs(nice[i] * power / finest - round(nice[i] * power / finest)) > 1e-6))
        i++;
    return fmax(finest, nice[i] * power);
}

/* Decimals that write the step exactly. */
static int step_decimals(double step)
{
    int decimals = 0;

    while (decimals < 6 && fabs(step - round(step)) > 1e-6 * step) {
        step *= 10;
        decimals++;
    }
    return decimals;
}

ChartScale chart_scale_new(const Chart *chart, ChartRange range, int ticks)
{
    double finest = pow(10, -CLAMP(chart->decimals, 0, 6));
    ChartScale scale = { 0 };

    if (chart->low != 0 || chart->high != 0) {
        chart_range_add(&range, chart->low);
        chart_range_add(&range, chart->high);
    }
    if (range.low > range.high)
        return scale;
    if (range.high - range.low < 2 * finest) { /* one value: room around it, but not below zero */
        double middle = (range.low + range.high) / 2, room = fmax(2 * finest, fabs(middle) * 0.05);

        range.low = range.low >= 0 ? fmax(0, middle - room) : middle - room;
        range.high = middle + room;
    }
    scale.step = round_step((range.high - range.low) / (CLAMP(ticks, 2, 8) - 1), finest);
    scale.low = floor(range.low / scale.step + 1e-9) * scale.step;
    scale.high = ceil(range.high / scale.step - 1e-9) * scale.step;
    scale.n = (int)lround((scale.high - scale.low) / scale.step) + 1;
    scale.decimals = step_decimals(scale.step);
    return scale;
}

double chart_scale_at(const ChartScale *scale, double value, double from, double to)
{
    return from + (to - from) * (value - scale->low) / (scale->high - scale->low);
}

char *chart_tick_text(const ChartScale *scale, int i)
{
    return chart_number(scale->low + i * scale->step, scale->decimals);
}
