/* spredning.c - how different the units of one municipality are, through time: the figure of a likeverdig
 * opplæringstilbud.
 *
 * What chance makes of small groups is taken away first; without uncertainties only the distance from
 * the lowest to the highest can be told. Only figures that the reader may see are counted.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "sammenlign.h"
#include "spredning.html.h"

typedef struct {
    UnitRef unit;
    UnitRefList units;
    Sight sight;
    Matrix m;
    PeriodPlaces places;
    Spread *of; /* of each period of the matrix */
    double *range;
    size_t *shown;
} Spreading;

static void reckon(Arena *arena, Spreading *s, size_t period)
{
    double *value = arena_alloc(arena, s->m.n_units * sizeof(double));
    double *variance = arena_alloc(arena, s->m.n_units * sizeof(double));
    double low = INFINITY, high = -INFINITY;

    for (size_t u = 0; u < s->m.n_units; u++) {
        const MatrixCell *c = matrix_at(&s->m, u, 0, period);

        value[u] = matrix_shown(c) ? c->cell.value : (double)NAN;
        variance[u] = indikator_sampling_variance(&s->m.indicators[0], c);
        if (!matrix_shown(c))
            continue;
        s->shown[period]++;
        low = fmin(low, value[u]);
        high = fmax(high, value[u]);
    }
    s->of[period] = spread_of(value, variance, s->m.n_units);
    s->range[period] = s->shown[period] > 1 ? high - low : (double)NAN;
}

static bool look(Req *req, Spreading *s, GError **error)
{
    UnitRefList near;

    if (!indikator_chosen_unit(req, &s->unit, error) ||
        !indikator_siblings(req, &s->unit, &near, error))
        return false;
    if (near.n > 1)
        s->units = (UnitRefList){ near.v + 1, near.n - 1 };
    const OneAsk ask = { .code = req_param(req, "code"), .units = &s->units };
    if (!indikator_read_one(req, &ask, &s->sight, &s->m, error))
        return false;
    s->places = indikator_places(req->arena, s->m.periods, s->m.n_periods);
    s->of = arena_alloc(req->arena, MAX(s->m.n_periods, 1) * sizeof(Spread));
    s->range = arena_alloc(req->arena, MAX(s->m.n_periods, 1) * sizeof(double));
    s->shown = arena_alloc(req->arena, MAX(s->m.n_periods, 1) * sizeof(size_t));
    for (size_t p = 0; p < s->m.n_periods; p++)
        reckon(req->arena, s, p);
    return true;
}

/* --- words --- */

static const char *number(Req *req, const Spreading *s, double value, int more)
{
    char text[NUM_TEXT];

    return isfinite(value)
               ? arena_dup(req->arena, num_text(value, s->m.indicators[0].decimals + more, text))
               : "–";
}

/* The first and last period that can be held against each other: on one side of every break. */
static bool ends(const Spreading *s, size_t *ret_first, size_t *ret_last)
{
    size_t last = s->m.n_periods, first;

    while (last > 0 && !isfinite(s->of[last - 1].tau))
        last--;
    if (last == 0)
        return false;
    *ret_first = *ret_last = last - 1;
    for (first = last - 1;; first--) {
        if (isfinite(s->of[first].tau))
            *ret_first = first;
        if (first == 0 || indikator_broke_before(&s->m, 0, first))
            return true;
    }
}

/* "no certain change since 2022/23". */
static const char *change_text(Arena *arena, SpreadChange change, const char *since)
{
    switch (change) {
    case SPREAD_LESS:
        return arena_printf(arena, _("clearly smaller differences than in %s"), since);
    case SPREAD_MORE:
        return arena_printf(arena, _("clearly larger differences than in %s"), since);
    case SPREAD_SAME:
    case SPREAD_UNKNOWN:
    default:
        return arena_printf(arena, _("no certain change since %s"), since);
    }
}

static void fill_sentence(Req *req, const Spreading *s, SpreadView *view)
{
    size_t first, last, newest = s->m.n_periods;
    Arena *a = req->arena;

    view->sentence =
        _("Too few units have a figure that can be shown: at least three are needed to "
          "tell differences from chance.");
    view->more = "";
    while (newest > 0 && s->shown[newest - 1] < SPREAD_MIN_UNITS)
        newest--;
    if (newest == 0)
        return;
    if (!ends(s, &first, &last)) {
        view->sentence = arena_printf(
            a,
            _("%s: from the lowest to the highest there are %s. What chance does cannot be told, "
              "because no uncertainty is given."),
            s->m.periods[newest - 1], number(req, s, s->range[newest - 1], 0));
        return;
    }
    const Spread *now = &s->of[last];
    const char *change =
        first < last ? change_text(a, spread_change(&s->of[first], now), s->m.periods[first]) : "";
    view->sentence = arena_printf(
        a,
        now->low > 0 ? _("%s: the units differ by more than chance explains%s%s.")
                     : _("%s: the differences between the units may be chance alone%s%s."),
        s->m.periods[last], *change ? ", " : "", change);
    view->more = arena_printf(a,
                              _("The standard deviation between units is %s (95 %% interval %s to "
                                "%s), when what chance does is taken away."),
                              number(req, s, now->tau, 1), number(req, s, now->low, 1),
                              number(req, s, now->high, 1));
}

/* --- chart and table --- */

static const Chart *draw(Req *req, const Spreading *s, const SpreadView *view)
{
    size_t n = s->places.n, known = 0;
    Chart *chart = arena_alloc(req->arena, sizeof *chart);
    ChartRow *row = arena_alloc(req->arena, sizeof *row);
    ChartPoint *points = arena_alloc(req->arena, MAX(n, 1) * sizeof(ChartPoint));
    ChartColumn *columns = arena_alloc(req->arena, MAX(n, 1) * sizeof(ChartColumn));
    ChartControl *band = arena_alloc(req->arena, MAX(n, 1) * sizeof(ChartControl));

    for (size_t i = 0; i < n; i++) {
        size_t p = s->places.v[i].period;
        bool is = p != SIZE_MAX && isfinite(s->of[p].tau);

        columns[i] = (ChartColumn){ s->places.v[i].label,
                                    p == SIZE_MAX ? NULL : indikator_broke_before(&s->m, 0, p) };
        points[i] = (ChartPoint){ .value = is ? s->of[p].tau : (double)NAN,
                                  .status = is ? CHART_OK : CHART_MISSING };
        band[i] = (ChartControl){ .centre = NAN,
                                  .former = NAN,
                                  .lower = is ? s->of[p].low : (double)NAN,
                                  .upper = is ? s->of[p].high : (double)NAN,
                                  .starts = true, /* an interval of its own */
                                  .pooled = true };
        known += is;
    }
    if (known < 2)
        return NULL;
    *row =
        (ChartRow){ .name = _("Standard deviation between units"), .points = points, .own = true };
    *chart =
        (Chart){ .kind = CHART_SERIES,
                 .id = "spredning",
                 .title = arena_printf(req->arena, _("Differences between units: %s"), view->name),
                 .reading = arena_printf(req->arena, "%s %s", view->sentence, view->more),
                 .unit = view->unit_word,
                 .decimals = s->m.indicators[0].decimals + 1,
                 .columns = columns,
                 .n_columns = n,
                 .rows = row,
                 .n_rows = 1,
                 .control = band,
                 .value_labels = true };
    return chart;
}

static void fill_rows(Req *req, const Spreading *s, SpreadView *view)
{
    char count[NUM_TEXT];

    view->rows =
        (SpreadRows){ arena_alloc(req->arena, MAX(s->m.n_periods, 1) * sizeof(SpreadRow)), 0 };
    for (size_t p = s->m.n_periods; p-- > 0;) {
        const Spread *of = &s->of[p];
        const char *broke = indikator_broke_before(&s->m, 0, p);

        view->rows.v[view->rows.n++] = (SpreadRow){
            .period = s->m.periods[p],
            .broke = broke ? broke : "",
            .units = arena_dup(req->arena, num_text((double)s->shown[p], 0, count)),
            .between = number(req, s, of->tau, 1),
            .interval = isfinite(of->tau)
                            ? arena_printf(req->arena, _("%s to %s"), number(req, s, of->low, 1),
                                           number(req, s, of->high, 1))
                            : "–",
            .range = number(req, s, s->range[p], 0),
        };
    }
}

bool indikator_show_spread(Req *req, GError **error)
{
    Spreading s = { .places = { NULL, 0 } };
    SpreadView view = { 0 };

    if (!look(req, &s, error) || !indikator_unit_options(req, &s.unit, &view.units, error))
        return false;
    const Indicator *about = &s.m.indicators[0];
    view.name = about->name;
    view.unit = s.unit.name;
    view.unit_word = indikator_unit_name(about->unit);
    view.audience = indikator_audience_text(s.sight.audience);
    view.self = url_for(req->arena, "/indikatorer/%s/spredning", about->code);
    view.back = indikator_about_url(req, "/indikatorer/%s", about->code, &s.unit);
    view.compare = indikator_about_url(req, "/indikatorer/%s/sammenlign", about->code, &s.unit);
    fill_sentence(req, &s, &view);
    fill_rows(req, &s, &view);
    view.chart = draw(req, &s, &view);
    indikator_spredning(
        req_page(req, 200, arena_printf(req->arena, _("Differences between units: %s"), view.name)),
        &view);
    if (!req->user)
        req_cacheable(req);
    return true;
}
