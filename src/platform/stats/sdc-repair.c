/* sdc-repair.c - make a protected cell safe at the least cost of newly hidden cells.
 *
 * As in Kelly, Golden & Assad 1992 and Fischetti & Salazar 2000: among all changes of cells that keep
 * the equations and move the protected cell far enough, a linear program finds the one that costs
 * least, where a change of a hidden cell costs next to nothing. What it changes is hidden. Each cell
 * has two columns, its change up and its change down. Cells are taken from the smallest value up;
 * later ones find much hidden already.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-inside.h"

#define FREE 0.001 /* of its cost: what a change of a hidden cell costs */
#define NODES 60

static double price(const SdcWork *w, unsigned i)
{
    const SdcCell *cell = &w->cell[i];

    return cell->use == SDC_OPEN && !w->hidden[i] ? cell->cost : cell->cost * FREE;
}

static void room_to_hide(const SdcWork *w, unsigned i, double *ret_down, double *ret_up)
{
    const SdcCell *cell = &w->cell[i];

    if (w->closed || cell->use == SDC_OUT) {
        sdc_room(w, i, ret_down, ret_up);
        return;
    }
    *ret_down = cell->value - cell->lower;
    *ret_up = cell->upper - cell->value;
}

static void set_room(SdcWork *w, unsigned i)
{
    double down, up;

    if (w->pair[i] == G_MAXUINT)
        return;
    room_to_hide(w, i, &down, &up);
    lp_bound(w->repair, 2 * w->pair[i], 0, up);
    lp_bound(w->repair, 2 * w->pair[i] + 1, 0, down);
}

void sdc_repair_room(SdcWork *w, unsigned cell)
{
    if (w->repair)
        set_room(w, cell);
}

static void set_price(SdcWork *w, unsigned i)
{
    lp_cost(w->repair, 2 * w->pair[i], price(w, i));
    lp_cost(w->repair, 2 * w->pair[i] + 1, price(w, i));
}

/* Only cells that may differ from their true value have columns. */
static unsigned find_pairs(SdcWork *w)
{
    unsigned n = 0;

    for (unsigned i = 0; i < w->n; i++) {
        double down, up;

        room_to_hide(w, i, &down, &up);
        w->pair[i] = down > 0 || up > 0 ? n : G_MAXUINT;
        if (w->pair[i] != G_MAXUINT)
            w->of_pair[n++] = i;
    }
    return n;
}

/* Of each column its rows: the equations turned round, without rows that say nothing. */
static unsigned turn(const SdcWork *w, unsigned n, int start[], int row[], double coef[])
{
    const SdcProblem *problem = w->problem;
    const SdcTerm *term = (const SdcTerm *)(void *)problem->terms->data;
    const unsigned *first = (const unsigned *)(void *)problem->rows->data;
    unsigned n_rows = 0;

    for (unsigned t = 0; t < problem->terms->len; t++)
        if (w->pair[term[t].cell] != G_MAXUINT)
            for (unsigned side = 0; side < 2; side++)
                start[2 * w->pair[term[t].cell] + side + 1]++;
    for (unsigned c = 0; c < 2 * n; c++)
        start[c + 1] += start[c];
    g_autofree int *at = g_memdup2(start, (2 * n + 1) * sizeof *at);
    for (unsigned r = 0; r + 1 < problem->rows->len; r++) {
        bool any = false;

        for (unsigned t = first[r]; t < first[r + 1]; t++)
            for (unsigned side = 0; w->pair[term[t].cell] != G_MAXUINT && side < 2; side++) {
                int entry = at[2 * w->pair[term[t].cell] + side]++;

                row[entry] = (int)n_rows;
                coef[entry] = side ? -term[t].coef : term[t].coef;
                any = true;
            }
        n_rows += any;
    }
    return n_rows;
}

static void make_model(SdcWork *w)
{
    unsigned n_terms = w->problem->terms->len, n_rows, n;

    sdc_repair_end(w);
    w->pair = g_new(unsigned, w->n + 1);
    w->of_pair = g_new(unsigned, w->n + 1);
    w->n_pairs = n = find_pairs(w);
    g_autofree int *start = g_new0(int, 2 * n + 2), *row = g_new(int, 2 * n_terms + 1);
    g_autofree double *coef = g_new(double, 2 * n_terms + 1), *zero = g_new0(double, 2 * n + 1);

    n_rows = turn(w, n, start, row, coef);
    w->whole = g_new0(bool, 2 * n + 1);
    w->repair = lp_new(&(LpModel){ .n_columns = 2 * n,
                                   .n_rows = n_rows,
                                   .start = start,
                                   .row = row,
                                   .coef = coef,
                                   .lower = zero,
                                   .upper = zero,
                                   .cost = zero });
    for (unsigned i = 0; i < n; i++) {
        set_room(w, w->of_pair[i]);
        set_price(w, w->of_pair[i]);
        w->whole[2 * i] = w->whole[2 * i + 1] = w->cell[w->of_pair[i]].whole;
    }
}

void sdc_repair_end(SdcWork *w)
{
    g_clear_pointer(&w->repair, lp_free);
    g_clear_pointer(&w->whole, g_free);
    g_clear_pointer(&w->pair, g_free);
    g_clear_pointer(&w->of_pair, g_free);
}

/* Keep the equations? The change stands in y, one number a cell. */
static bool keeps_equations(const SdcProblem *problem, const double y[])
{
    const SdcTerm *term = (const SdcTerm *)(void *)problem->terms->data;
    const unsigned *first = (const unsigned *)(void *)problem->rows->data;

    for (unsigned r = 0; r + 1 < problem->rows->len; r++) {
        double sum = 0;

        for (unsigned t = first[r]; t < first[r + 1]; t++)
            sum += term[t].coef * y[term[t].cell];
        if (fabs(sum) > 1e-5)
            return false;
    }
    return true;
}

static void hide_more(SdcWork *w, unsigned i, double change)
{
    const SdcCell *cell = &w->cell[i];
    double at = cell->value + change;

    if (cell->use != SDC_OPEN || w->hidden[i] ||
        (at >= cell->tell_lower - SDC_TINY && at <= cell->tell_upper + SDC_TINY))
        return;
    sdc_hide(w, i, true);
    set_price(w, i);
}

/* The answer of the linear program becomes a move, and what it needs is hidden. */
static bool take(SdcWork *w)
{
    const double *x = lp_point(w->repair);
    g_autofree double *y = g_new0(double, w->n);
    g_autoptr(GArray) step = g_array_new(FALSE, FALSE, sizeof(SdcTerm));

    for (unsigned i = 0; i < w->n_pairs; i++) {
        SdcTerm term = { w->of_pair[i], x[2 * i] - x[2 * i + 1] };

        if (fabs(term.coef - round(term.coef)) < 1e-6)
            term.coef = round(term.coef);
        y[term.cell] = term.coef;
        if (fabs(term.coef) > 1e-6)
            g_array_append_val(step, term);
    }
    if (!keeps_equations(w->problem, y))
        return false;
    for (unsigned i = 0; i < step->len; i++) {
        const SdcTerm *term = &g_array_index(step, SdcTerm, i);

        hide_more(w, term->cell, term->coef);
    }
    return sdc_move_add(w, (const SdcTerm *)(void *)step->data, step->len);
}

/* Move the cell by `change`, or refuse; whole numbers everywhere when asked for. */
static bool aim(SdcWork *w, unsigned p, double change, bool whole)
{
    unsigned column = 2 * w->pair[p] + (change < 0), nodes = NODES;
    uint64_t before = lp_steps(w->repair);
    LpAnswer answer;

    if (fabs(change) > lp_upper(w->repair, column) || w->work > w->most_work)
        return false;
    lp_bound(w->repair, column, fabs(change), fabs(change));
    lp_bound(w->repair, column ^ 1, 0, 0);
    answer = whole ? sdc_branch(w->repair, 2 * w->n_pairs, w->whole, &nodes)
                   : lp_solve(w->repair, LP_DUAL, sdc_steps_left(w, 2 * w->n_pairs));
    set_room(w, p);
    w->work += sdc_weigh(lp_steps(w->repair) - before, 2 * w->n_pairs);
    return answer == LP_SOLVED && take(w);
}

/* Far enough, and with the value inside? First down, then up, then whatever is left to be had. */
static bool widen(SdcWork *w, unsigned p)
{
    const SdcCell *cell = &w->cell[p];
    double below = cell->value - cell->lower, need = cell->interval;
    double unit = cell->whole ? MIN(1, need) : need / 2;
    double down = MIN(below, MAX(unit, need - unit)), up = MAX(unit, need - below);
    SdcStanding s = sdc_standing(w, p);
    bool moved = true;

    if (s.up < up - SDC_TINY && (s.up < SDC_TINY || s.up + s.down < need - SDC_TINY))
        moved = aim(w, p, up, false);
    s = sdc_standing(w, p);
    if (below > 0 && s.down < down - SDC_TINY &&
        (s.down < SDC_TINY || s.up + s.down < need - SDC_TINY))
        moved = aim(w, p, -down, false) || aim(w, p, -MIN(below, unit), false) || moved;
    s = sdc_standing(w, p);
    if (s.up + s.down < need - SDC_TINY)
        moved = aim(w, p, need - s.down, false) || aim(w, p, s.up - need, false);
    return moved;
}

static void find_wholes(SdcWork *w, unsigned p)
{
    const SdcCell *cell = &w->cell[p];

    for (int d = 1; d <= SDC_REACH; d++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            SdcStanding s = sdc_standing(w, p);

            if (sdc_count_wholes(s.wholes) >= sdc_whole_need(cell) || w->work > w->most_work)
                return;
            if (!(s.wholes >> (SDC_REACH + sign * d) & 1) && d <= (int)ceil(cell->interval) + 1)
                aim(w, p, sign * d, true);
        }
}

bool sdc_repair_cell(SdcWork *w, unsigned p)
{
    SdcStanding s = sdc_standing(w, p);

    if (sdc_enough(&w->cell[p], &s))
        return true;
    if (w->cell[p].use != SDC_OPEN || w->work > w->most_work)
        return false;
    if (!w->repair)
        make_model(w);
    widen(w, p);
    if (w->cell[p].whole)
        find_wholes(w, p);
    s = sdc_standing(w, p);
    return sdc_enough(&w->cell[p], &s);
}

static gint by_value(gconstpointer a, gconstpointer b, gpointer data)
{
    const SdcWork *w = data;
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

    if (w->cell[x].value != w->cell[y].value)
        return w->cell[x].value < w->cell[y].value ? -1 : 1;
    return x < y ? -1 : x > y;
}

void sdc_repair(SdcWork *w)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(unsigned));

    for (unsigned i = 0; i < w->n; i++)
        if (w->cell[i].interval > 0)
            g_array_append_val(order, i);
    g_array_sort_with_data(order, by_value, w);
    for (unsigned i = 0; i < order->len; i++) {
        unsigned p = g_array_index(order, unsigned, i);

        w->stuck[p] = !sdc_repair_cell(w, p);
    }
}
