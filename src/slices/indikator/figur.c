/* figur.c - from a matrix to charts, and to the one sentence that says what they show.
 *
 * A hidden cell becomes a point whose value is not set at all, so no drawing can tell it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "figur.h"

size_t indikator_newest(const Matrix *m, size_t unit, size_t indicator)
{
    for (size_t p = m->n_periods; p-- > 0;)
        if (matrix_at(m, unit, indicator, p)->known)
            return p;
    return m->n_periods;
}

static ChartPoint point_of(Arena *arena, const Indicator *indicator, const MatrixCell *c)
{
    static const ChartStatus statuses[] = { [VALUE_OK] = CHART_OK,
                                            [VALUE_MASKED] = CHART_MASKED,
                                            [VALUE_MISSING] = CHART_MISSING,
                                            [VALUE_NOT_TESTED] = CHART_NOT_TESTED,
                                            [VALUE_QUALITATIVE] = CHART_QUALITATIVE };
    ChartPoint point = { .value = NAN, .uncertainty = NAN, .status = statuses[c->cell.status] };

    if (c->cell.status == VALUE_QUALITATIVE)
        point.note = indikator_cell_text(arena, indicator, &c->cell, false);
    if (c->cell.status != VALUE_OK)
        return point;
    point.value = c->cell.value;
    point.uncertainty = c->cell.uncertainty;
    point.preliminary = c->cell.preliminary;
    point.computed = c->cell.computed;
    return point;
}

static bool quarterly(const Indicator *indicator)
{
    return !strcmp(indicator->period, "kvartal");
}

/* One line or set of bars, with a place for each period that is missing. */
typedef struct {
    size_t unit, indicator;
    PeriodPlaces places;
} SeriesOf;

/* Same quarter as the newest one: those are the bars to compare. */
static bool same_quarter(const Matrix *m, size_t period)
{
    const char *newest = m->periods[m->n_periods - 1], *this = m->periods[period];

    return strlen(newest) > 4 && strlen(this) > 4 && !strcmp(newest + 4, this + 4);
}

static ChartRow row_of(Arena *arena, const Matrix *m, const SeriesOf *what)
{
    const Indicator *about = &m->indicators[what->indicator];
    ChartPoint *points = arena_alloc(arena, what->places.n * sizeof(ChartPoint));

    for (size_t i = 0; i < what->places.n; i++) {
        size_t p = what->places.v[i].period;

        points[i] = (ChartPoint){ .value = NAN, .uncertainty = NAN, .status = CHART_MISSING };
        if (p == SIZE_MAX)
            continue;
        points[i] = point_of(arena, about, matrix_at(m, what->unit, what->indicator, p));
        points[i].emphasis = quarterly(about) && same_quarter(m, p);
    }
    return (
        ChartRow){ .name = m->units[what->unit].name, .points = points, .own = what->unit == 0 };
}

/* A break stands before the first period of the new series, if there are older ones to break from. */
const char *indikator_broke_before(const Matrix *m, size_t indicator, size_t period)
{
    return period == 0 ? NULL
                       : indikator_break_between(m->breaks[indicator], m->periods[period - 1],
                                                 m->periods[period]);
}

static ChartColumn *columns_of(Arena *arena, const Matrix *m, const SeriesOf *what)
{
    ChartColumn *columns = arena_alloc(arena, what->places.n * sizeof(ChartColumn));

    for (size_t i = 0; i < what->places.n; i++) {
        const PeriodPlace *at = &what->places.v[i];

        columns[i] = (ChartColumn){ at->label,
                                    at->period == SIZE_MAX
                                        ? NULL
                                        : indikator_broke_before(m, what->indicator, at->period) };
    }
    return columns;
}

static bool known_at_all(const Matrix *m, size_t unit, size_t indicator)
{
    return indikator_newest(m, unit, indicator) < m->n_periods;
}

static void dress(Chart *chart, const Indicator *indicator)
{
    chart->unit = indikator_unit_name(indicator->unit);
    chart->decimals = indicator->decimals;
    if (!strcmp(indicator->unit, "skalapoeng")) { /* one standard deviation to either side of 50 */
        chart->low = 40;
        chart->high = 60;
    } else if (strcmp(indicator->unit, "prosent") && isfinite(indicator->low) &&
               isfinite(indicator->high)) {
        chart->low = indicator->low;
        chart->high = indicator->high;
    }
}

/* Bars for a short run of quarters; lines as soon as there is a control chart or another unit. */
static bool wants_bars(const Indicator *about, const FigureBeside *beside)
{
    return quarterly(about) && !beside->lines && !(beside->control && beside->control->limits);
}

static const char *reading_of(Arena *arena, const Matrix *m, size_t indicator,
                              const FigureBeside *beside)
{
    const char *reading = indikator_reading(arena, m, indicator);

    return beside->control ? arena_printf(arena, "%s %s", reading, beside->control->sentence)
                           : reading;
}

static void put_beside(Chart *chart, const FigureBeside *beside)
{
    const ControlChart *control = beside->control;

    if (control && (control->limits || control->pooled) && chart->kind == CHART_SERIES) {
        chart->control = control->points;
        chart->centre_name = control->centre_name;
    }
    if (isfinite(beside->target)) {
        chart->target_name = beside->target_name;
        chart->target = beside->target;
    }
}

const Chart *indikator_figure_beside(Arena *arena, const Matrix *m, size_t indicator,
                                     const FigureBeside *beside)
{
    const Indicator *about = &m->indicators[indicator];
    ChartRow *rows = arena_alloc(arena, MAX(m->n_units, 1) * sizeof(ChartRow));
    Chart *chart = arena_alloc(arena, sizeof *chart);
    SeriesOf what = { 0, indicator, indikator_places(arena, m->periods, m->n_periods) };
    bool bars = wants_bars(about, beside);
    size_t n = 0, units = quarterly(about) && !beside->lines ? MIN(m->n_units, 1) : m->n_units;

    for (what.unit = 0; what.unit < units; what.unit++)
        if (known_at_all(m, what.unit, indicator))
            rows[n++] = row_of(arena, m, &what);
    if (n == 0)
        return NULL;
    *chart = (Chart){ .kind = bars ? CHART_BARS : CHART_SERIES,
                      .id = "serie",
                      .title = arena_printf(arena, "%s, %s", about->name, m->units[0].name),
                      .reading = reading_of(arena, m, indicator, beside),
                      .columns = columns_of(arena, m, &what),
                      .n_columns = what.places.n,
                      .rows = rows,
                      .n_rows = n,
                      .value_labels = true };
    dress(chart, about);
    if (quarterly(about))
        chart->low = chart->high = 0;
    if (rows[0].own)
        put_beside(chart, beside);
    return chart;
}

const Chart *indikator_figure(Arena *arena, const Matrix *m, size_t indicator)
{
    return indikator_figure_beside(arena, m, indicator, &(FigureBeside){ .target = NAN });
}

const Chart *indikator_figure_compare(Arena *arena, const Matrix *m, const FigureCompare *what)
{
    const Indicator *about = &m->indicators[what->indicator];
    ChartRow *rows = arena_alloc(arena, MAX(m->n_units, 1) * sizeof(ChartRow));
    ChartPoint *points = arena_alloc(arena, MAX(m->n_units, 1) * sizeof(ChartPoint));
    Chart *chart = arena_alloc(arena, sizeof *chart);
    size_t n = 0;

    for (size_t u = 0; u < m->n_units; u++) {
        const MatrixCell *c = matrix_at(m, u, what->indicator, what->period);

        points[u] = point_of(arena, about, c);
        if (c->known && u != what->reference)
            rows[n++] =
                (ChartRow){ .name = m->units[u].name, .points = &points[u], .own = u == what->own };
    }
    if (n < 2)
        return NULL;
    *chart = (Chart){
        .kind = CHART_COMPARE,
        .id = "enheter",
        .title = arena_printf(arena, _("%s by unit, %s"), about->name, m->periods[what->period]),
        .reading = _("Each unit with its figure and, where given, its uncertainty; figures whose "
                     "intervals overlap cannot be told apart."),
        .rows = rows,
        .n_rows = n,
    };
    dress(chart, about);
    if (what->reference < m->n_units && points[what->reference].status == CHART_OK) {
        chart->reference = points[what->reference];
        chart->reference_name = m->units[what->reference].name;
    }
    return chart;
}

static const char *against(Arena *arena, const Matrix *m, size_t indicator, size_t period)
{
    size_t last = m->n_units - 1;
    const Cell *own = &matrix_at(m, 0, indicator, period)->cell;
    const Cell *other = &matrix_at(m, last, indicator, period)->cell;
    const char *name = m->units[last].level == 1 ? _("the nation") : m->units[last].name;
    Stands stands = indikator_stands(own, other);

    if (last == 0 || other->status != VALUE_OK)
        return "";
    return arena_printf(arena, "%s (%s)",
                        stands == STANDS_UNKNOWN ? name
                                                 : indikator_stands_text(arena, stands, name),
                        indikator_cell_text(arena, &m->indicators[indicator], other, false));
}

const char *indikator_reading(Arena *arena, const Matrix *m, size_t indicator)
{
    size_t period = m->n_units ? indikator_newest(m, 0, indicator) : m->n_periods;
    const char *text, *beside;

    if (period == m->n_periods)
        return _("No figures are known.");
    const Cell *own = &matrix_at(m, 0, indicator, period)->cell;
    text = own->status == VALUE_MASKED
               ? _("hidden, because the group is small")
               : indikator_cell_text(arena, &m->indicators[indicator], own, true);
    beside = against(arena, m, indicator, period);
    return arena_printf(arena, *beside ? "%s, %s: %s, %s." : "%s, %s: %s%s.", m->units[0].name,
                        m->periods[period], text, beside);
}
