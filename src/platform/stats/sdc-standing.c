/* sdc-standing.c - moves: how far they go, and what they say of a protected cell.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-inside.h"

void sdc_room(const SdcWork *w, unsigned i, double *ret_down, double *ret_up)
{
    const SdcCell *cell = &w->cell[i];
    double lower = cell->lower, upper = cell->upper;

    if (cell->use == SDC_OUT || (cell->use == SDC_OPEN && !w->hidden[i])) {
        lower = MAX(lower, cell->tell_lower);
        upper = MIN(upper, cell->tell_upper);
    }
    *ret_down = cell->value - lower;
    *ret_up = upper - cell->value;
}

static void measure(const SdcWork *w, SdcMove *move)
{
    move->forth = move->back = INFINITY;
    for (unsigned i = 0; i < move->n && (move->forth > 0 || move->back > 0); i++) {
        double down, up, step = move->step[i].coef;

        sdc_room(w, move->step[i].cell, &down, &up);
        move->forth = MIN(move->forth, step > 0 ? up / step : down / -step);
        move->back = MIN(move->back, step > 0 ? down / step : up / -step);
    }
}

void sdc_hide(SdcWork *w, unsigned cell, bool hide)
{
    const GArray *mine = w->by_cell->pdata[cell];

    if (w->hidden[cell] == hide)
        return;
    w->hidden[cell] = hide;
    for (unsigned i = 0; mine && i < mine->len; i++)
        measure(w, w->moves->pdata[g_array_index(mine, unsigned, i)]);
}

/* The smallest multiple of the change that is whole, when there is one that is not large. */
static bool make_whole(SdcTerm *step, unsigned n)
{
    static const int tries[] = { 1, 2, 3, 4, 5, 6, 8, 9, 10, 12 };

    for (unsigned t = 0; t < G_N_ELEMENTS(tries); t++) {
        uint64_t common = 0;
        bool fits = true;

        for (unsigned i = 0; i < n && fits; i++) {
            double x = step[i].coef * tries[t], near = round(x);

            fits = fabs(x - near) < SDC_TINY * tries[t] && fabs(near) < 1e9;
            for (uint64_t a = (uint64_t)fabs(fits ? near : 1), b; a; a = b) {
                b = common % a;
                common = a;
            }
        }
        for (unsigned i = 0; i < n && fits; i++)
            step[i].coef = round(step[i].coef * tries[t]) / (double)MAX(common, 1);
        if (fits)
            return true;
    }
    return false;
}

bool sdc_move_add(SdcWork *w, const SdcTerm *step, unsigned n)
{
    SdcMove *move;
    unsigned number = w->moves->len;

    if (n == 0)
        return false;
    move = g_new0(SdcMove, 1);
    move->step = g_memdup2(step, n * sizeof *step);
    move->n = n;
    move->whole = make_whole(move->step, n);
    measure(w, move);
    g_ptr_array_add(w->moves, move);
    for (unsigned i = 0; i < n; i++) {
        GArray *mine = w->by_cell->pdata[step[i].cell];

        if (!mine)
            mine = w->by_cell->pdata[step[i].cell] = g_array_new(FALSE, FALSE, sizeof(unsigned));
        g_array_append_val(mine, number);
    }
    return true;
}

static double step_at(const SdcMove *move, unsigned cell)
{
    for (unsigned i = 0; i < move->n; i++)
        if (move->step[i].cell == cell)
            return move->step[i].coef;
    return 0;
}

static uint64_t wholes_along(const SdcMove *move, double step)
{
    uint64_t bits = 0;
    int first = (int)ceil(MAX(-move->back, -SDC_REACH) - SDC_TINY);
    int last = (int)floor(MIN(move->forth, SDC_REACH) + SDC_TINY);

    for (int k = first; k <= last; k++) {
        double at = k * step;

        if (fabs(at) <= SDC_REACH && fabs(at - round(at)) < SDC_TINY)
            bits |= 1ull << (SDC_REACH + (int)round(at));
    }
    return bits;
}

SdcStanding sdc_standing(const SdcWork *w, unsigned cell)
{
    SdcStanding standing = { .wholes = 1ull << SDC_REACH };
    const GArray *mine = w->by_cell->pdata[cell];

    for (unsigned i = 0; mine && i < mine->len; i++) {
        const SdcMove *move = w->moves->pdata[g_array_index(mine, unsigned, i)];
        double step;

        if (!(move->forth > 0) && !(move->back > 0))
            continue;
        step = step_at(move, cell);
        standing.up = MAX(standing.up, step > 0 ? move->forth * step : move->back * -step);
        standing.down = MAX(standing.down, step > 0 ? move->back * step : move->forth * -step);
        if (move->whole && w->cell[cell].whole)
            standing.wholes |= wholes_along(move, step);
    }
    return standing;
}

unsigned sdc_whole_need(const SdcCell *cell)
{
    if (!cell->whole)
        return 0;
    return (unsigned)CLAMP(ceil(cell->interval), 2, 2 * SDC_REACH + 1);
}

unsigned sdc_count_wholes(uint64_t wholes)
{
    return (unsigned)__builtin_popcountll(wholes);
}

bool sdc_enough(const SdcCell *cell, const SdcStanding *standing)
{
    if (standing->up + standing->down < cell->interval - SDC_TINY)
        return false;
    if (standing->up < SDC_TINY || (cell->value > cell->lower && standing->down < SDC_TINY))
        return cell->value >= cell->upper && standing->down > SDC_TINY;
    return !cell->whole || sdc_count_wholes(standing->wholes) >= sdc_whole_need(cell);
}
