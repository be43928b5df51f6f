/* kontrollkart.c - a row of a matrix as a control chart: which chart suits the figures, and what stands in
 * its place when there are too few.
 *
 * Only what the gate has let out is read: a hidden figure counts as one that is missing.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "indikator.h"

#define POOLED 3 /* years put together */

typedef struct {
    Arena *arena;
    const Matrix *m;
    const ControlAsk *ask;
    const Indicator *about;
    double *value, *over, *under; /* of each place; NAN: not shown, or not given */
    const char **period;
    bool *broke, *starts, *excluded;
    bool yearly;
} Row;

/* How a period is written tells how often it is measured: "2012K1" and "2012-11" against the rest. */
static bool is_frequent(const char *period)
{
    return strlen(period) > 4 && (period[4] == 'K' || period[4] == '-');
}

static bool listed(const char *const *periods, const char *period)
{
    for (; periods && *periods; periods++)
        if (!strcmp(*periods, period))
            return true;
    return false;
}

static bool breaks_at(const Row *r, size_t place)
{
    return place > 0 && indikator_break_between(r->m->breaks[r->ask->indicator],
                                                r->period[place - 1], r->period[place]);
}

static const MatrixCell *cell_at(const Row *r, size_t place)
{
    size_t period = r->ask->places->v[place].period;

    return period == SIZE_MAX ? NULL : matrix_at(r->m, r->ask->unit, r->ask->indicator, period);
}

/* A figure of another length, as a whole year among quarters, is not one of the series. */
static bool is_point(const Row *r, const MatrixCell *c, const char *period)
{
    return c && matrix_shown(c) && is_frequent(period) == !r->yearly;
}

static Row read_row(Arena *arena, const Matrix *m, const ControlAsk *ask)
{
    size_t n = ask->places->n, size = (n + 1) * sizeof(double);
    Row r = { .arena = arena,
              .m = m,
              .ask = ask,
              .about = &m->indicators[ask->indicator],
              .value = arena_alloc(arena, size),
              .over = arena_alloc(arena, size),
              .under = arena_alloc(arena, size),
              .period = arena_alloc(arena, (n + 1) * sizeof(char *)),
              .broke = arena_alloc(arena, (n + 1) * sizeof(bool)),
              .starts = arena_alloc(arena, (n + 1) * sizeof(bool)),
              .excluded = arena_alloc(arena, (n + 1) * sizeof(bool)),
              .yearly = n == 0 || !is_frequent(ask->places->v[n - 1].label) };

    for (size_t i = 0; i < n; i++) {
        const MatrixCell *c = cell_at(&r, i);
        bool point;

        r.period[i] = ask->places->v[i].label;
        point = is_point(&r, c, r.period[i]);
        r.value[i] = point ? c->cell.value : (double)NAN;
        r.over[i] = point ? c->numerator : (double)NAN;
        r.under[i] = point ? c->denominator : (double)NAN;
        r.broke[i] = breaks_at(&r, i);
        r.starts[i] = listed(ask->starts, r.period[i]);
        r.excluded[i] = listed(ask->excluded, r.period[i]);
    }
    return r;
}

/* --- which chart --- */

static double factor_of(const Row *r)
{
    return strcmp(r->about->unit, "prosent") ? 1 : 100;
}

/* Every figure is its numerator over its denominator, as near as it is written. */
static bool divides(const Row *r)
{
    double step = 0.51 * pow(10, -r->about->decimals);

    for (size_t i = 0; i < r->ask->places->n; i++)
        if (!isnan(r->value[i]) &&
            !(r->under[i] > 0 && r->over[i] >= 0 &&
              fabs(r->over[i] / r->under[i] * factor_of(r) - r->value[i]) <= step))
            return false;
    return true;
}

static bool are_counts(const Row *r, bool share)
{
    for (size_t i = 0; i < r->ask->places->n; i++)
        if (!isnan(r->value[i]) && (share ? r->over[i] > r->under[i]
                                          : r->value[i] < 0 || r->value[i] != round(r->value[i])))
            return false;
    return true;
}

static bool suits(const Row *r, SpcChart chart)
{
    switch (chart) {
    case SPC_P:
    case SPC_PP:
        return !strcmp(r->about->unit, "prosent") && divides(r) && are_counts(r, true);
    case SPC_U:
    case SPC_UP:
    case SPC_IP:
        return divides(r);
    case SPC_C:
        return !strcmp(r->about->unit, "antall") && are_counts(r, false);
    case SPC_XMR:
    case SPC_RUN:
        return true;
    default:
        return false;
    }
}

static SpcChart choose(const Row *r)
{
    bool days = !strcmp(r->about->source, "hr_lokal");

    if (suits(r, SPC_P))
        return days ? SPC_PP : SPC_P;
    if (!strcmp(r->about->unit, "forholdstall") && suits(r, SPC_U))
        return SPC_U;
    if (suits(r, SPC_C) && strcmp(r->about->direction, "noytral"))
        return SPC_C;
    return SPC_XMR;
}

static SpcBetter better_of(const Indicator *about)
{
    return !strcmp(about->direction, "hoy")   ? SPC_BETTER_UP
           : !strcmp(about->direction, "lav") ? SPC_BETTER_DOWN
                                              : SPC_BETTER_NEITHER;
}

/* --- years put together --- */

typedef struct {
    size_t first; /* place */
    double mean, half;
} Pool;

/* The newest three years in a row, on one side of every break, each shown with its number of people. */
static bool pool(const Row *r, Pool *ret)
{
    size_t end = r->ask->places->n;
    double sum = 0, people = 0, spread = 0;

    while (end > 0 && isnan(r->value[end - 1]))
        end--;
    if (!r->yearly || end < POOLED || !strcmp(r->about->unit, "antall"))
        return false;
    for (size_t i = end - POOLED; i < end; i++) {
        const Cell *c = isnan(r->value[i]) ? NULL : &cell_at(r, i)->cell;
        bool broke = i > end - POOLED && r->broke[i];

        if (!c || c->n == NO_INT || c->n <= 0 || broke || r->excluded[i])
            return false;
        sum += (double)c->n * c->value;
        people += (double)c->n;
        spread += pow((double)c->n * c->uncertainty, 2); /* NAN stays NAN */
    }
    *ret = (Pool){ end - POOLED, sum / people, sqrt(spread) / people };
    return true;
}

static void draw_pool(const Row *r, const Pool *p, ControlChart *ret)
{
    char mean[NUM_TEXT], half[NUM_TEXT];
    const char *first = r->period[p->first], *last = r->period[p->first + POOLED - 1];
    int decimals = MAX(r->about->decimals, 1);

    num_text(p->mean, decimals, mean);
    ret->pooled = true;
    ret->centre_name = _("three years together");
    ret->more = isnan(p->half)
                    ? arena_printf(r->arena, _("%s to %s together: %s."), first, last, mean)
                    : arena_printf(r->arena, _("%s to %s together: %s ± %s."), first, last, mean,
                                   num_text(p->half, decimals, half));
    for (size_t i = p->first; i < p->first + POOLED; i++) {
        ChartControl *c = &ret->points[i];

        c->pooled = true;
        c->centre = p->mean;
        c->lower = p->mean - p->half;
        c->upper = p->mean + p->half;
    }
}

/* --- the whole --- */

bool indikator_control_chart(Arena *arena, const Matrix *matrix, const ControlAsk *ask,
                             ControlChart *ret, GError **error)
{
    Row r = read_row(arena, matrix, ask);
    SpcChart chart = ask->chart == CONTROL_SUITS ? choose(&r) : (SpcChart)ask->chart;
    bool share = spc_divides(chart);
    const ControlSpec spec = { .chart = chart,
                               .profile = ask->profile,
                               .better = better_of(r.about),
                               .target = ask->target,
                               .factor = share ? factor_of(&r) : 1,
                               .yearly = r.yearly,
                               .fix_after = ask->fix_after,
                               .decimals = r.about->decimals };
    const ControlSeries series = { .value = share ? r.over : r.value,
                                   .n = share ? r.under : NULL,
                                   .period = r.period,
                                   .broke = r.broke,
                                   .starts = r.starts,
                                   .excluded = r.excluded,
                                   .count = ask->places->n };
    Pool pooled;

    if (!suits(&r, chart))
        return app_fail(error, APP_ERROR_INVALID, "%s",
                        _("That chart does not suit these figures. It needs counts, or shares with "
                          "numerator and denominator."));
    if (!control_compute(arena, &spec, &series, ret, error))
        return false;
    if (!ret->limits && pool(&r, &pooled))
        draw_pool(&r, &pooled, ret);
    return true;
}
