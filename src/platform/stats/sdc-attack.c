/* sdc-attack.c - the attacker: what can be worked out about each protected cell.
 *
 * One linear program over the cells that are not known, asked twice for each protected cell; where
 * whole numbers have not been shown possible by moves, programs over whole numbers are asked.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-inside.h"

#define NODES 400
#define FEW 400    /* cells: what can be worked out of the other hidden cells is told too */
#define SWIFT 1000 /* cells: in larger tables a rough answer tells what the moves show */
#define LARGE 4000 /* in still larger ones any answer does */

typedef struct {
    SdcWork *w;
    Lp *lp;
    unsigned n;       /* columns: cells that may differ from their true value */
    unsigned *cell;   /* of a column */
    unsigned *column; /* of a cell; n when it is known */
    bool *whole;      /* of a column */
    bool settle;      /* count all whole numbers, not only as many as are needed */
} Attack;

static void attack_clear(Attack *a)
{
    lp_free(a->lp);
    g_free(a->cell);
    g_free(a->column);
    g_free(a->whole);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Attack, attack_clear)

static void find_columns(Attack *a, double lower[], double upper[])
{
    const SdcWork *w = a->w;

    for (unsigned i = 0; i < w->n; i++) {
        double down, up;

        sdc_room(w, i, &down, &up);
        a->column[i] = G_MAXUINT;
        if (!(down > 0) && !(up > 0))
            continue;
        lower[a->n] = -down;
        upper[a->n] = up;
        a->whole[a->n] = w->cell[i].whole;
        a->cell[a->n] = i;
        a->column[i] = a->n++;
    }
}

/* The rows with something unknown, turned round into columns. */
static void make_rows(const Attack *a, GArray *start, GArray *row, GArray *coef, unsigned *ret_rows)
{
    const SdcProblem *problem = a->w->problem;
    const SdcTerm *term = (const SdcTerm *)(void *)problem->terms->data;
    const unsigned *first = (const unsigned *)(void *)problem->rows->data;
    unsigned n_rows = 0;
    int *begin;

    g_array_set_size(start, a->n + 2);
    begin = (int *)(void *)start->data;
    for (unsigned t = 0; t < problem->terms->len; t++)
        if (a->column[term[t].cell] != G_MAXUINT)
            begin[a->column[term[t].cell] + 1]++;
    for (unsigned c = 0; c < a->n; c++)
        begin[c + 1] += begin[c];
    g_array_set_size(row, (unsigned)begin[a->n] + 1);
    g_array_set_size(coef, (unsigned)begin[a->n] + 1);
    g_autofree int *at = g_memdup2(begin, (a->n + 1) * sizeof *at);
    for (unsigned r = 0; r + 1 < problem->rows->len; r++) {
        bool any = false;

        for (unsigned t = first[r]; t < first[r + 1]; t++) {
            unsigned column = a->column[term[t].cell];

            if (column == G_MAXUINT)
                continue;
            g_array_index(row, int, at[column]) = (int)n_rows;
            g_array_index(coef, double, at[column]++) = term[t].coef;
            any = true;
        }
        n_rows += any;
    }
    *ret_rows = n_rows;
}

static void attack_init(Attack *a, SdcWork *w)
{
    g_autofree double *lower = g_new(double, w->n + 1), *upper = g_new(double, w->n + 1),
                      *cost = g_new0(double, w->n + 1);
    g_autoptr(GArray) start = g_array_new(FALSE, TRUE, sizeof(int));
    g_autoptr(GArray) row = g_array_new(FALSE, TRUE, sizeof(int));
    g_autoptr(GArray) coef = g_array_new(FALSE, TRUE, sizeof(double));
    unsigned n_rows;

    *a = (Attack){ .w = w };
    a->cell = g_new(unsigned, w->n + 1);
    a->column = g_new(unsigned, w->n + 1);
    a->whole = g_new0(bool, w->n + 1);
    find_columns(a, lower, upper);
    make_rows(a, start, row, coef, &n_rows);
    a->lp = lp_new(&(LpModel){ .n_columns = a->n,
                               .n_rows = n_rows,
                               .start = (const int *)(void *)start->data,
                               .row = (const int *)(void *)row->data,
                               .coef = (const double *)(void *)coef->data,
                               .lower = lower,
                               .upper = upper,
                               .cost = cost });
}

/* What the last answer changed becomes a move: it may serve more cells than the one asked for. */
static void keep_move(Attack *a)
{
    const double *x = lp_point(a->lp);
    g_autoptr(GArray) step = g_array_new(FALSE, FALSE, sizeof(SdcTerm));

    for (unsigned c = 0; c < a->n; c++) {
        SdcTerm term = { a->cell[c], x[c] };

        if (fabs(x[c]) > 1e-6)
            g_array_append_val(step, term);
    }
    sdc_move_add(a->w, (const SdcTerm *)(void *)step->data, step->len);
}

static bool satisfied(const Attack *a, unsigned p)
{
    SdcStanding s = sdc_standing(a->w, p);

    return !a->settle && sdc_enough(&a->w->cell[p], &s);
}

/* The furthest change in one direction, a number >= 0. */
static double furthest(Attack *a, unsigned p, double sign)
{
    uint64_t before = lp_steps(a->lp);
    LpAnswer answer;

    lp_cost(a->lp, a->column[p], -sign);
    answer = lp_solve(a->lp, LP_PRIMAL, sdc_steps_left(a->w, a->n));
    lp_cost(a->lp, a->column[p], 0);
    a->w->work += sdc_weigh(lp_steps(a->lp) - before, a->n);
    if (answer == LP_UNBOUNDED)
        return INFINITY;
    if (answer != LP_SOLVED)
        return NAN;
    if (!satisfied(a, p))
        keep_move(a);
    return fabs(lp_point(a->lp)[a->column[p]]);
}

/* Is the true value + d possible in whole numbers? */
static void try_whole(Attack *a, unsigned p, int d)
{
    unsigned column = a->column[p], nodes = NODES;
    double lower = lp_lower(a->lp, column), upper = lp_upper(a->lp, column);
    uint64_t before = lp_steps(a->lp);

    lp_bound(a->lp, column, d, d);
    if (sdc_branch(a->lp, a->n, a->whole, &nodes) == LP_SOLVED)
        keep_move(a);
    lp_bound(a->lp, column, lower, upper);
    a->w->work += sdc_weigh(lp_steps(a->lp) - before, a->n);
}

static void find_wholes(Attack *a, unsigned p, double down, double up)
{
    for (int d = 1; d <= SDC_REACH; d++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            SdcStanding s = sdc_standing(a->w, p);

            if (d > (sign > 0 ? up : down) + SDC_TINY || satisfied(a, p) ||
                s.wholes >> (SDC_REACH + sign * d) & 1)
                continue;
            try_whole(a, p, sign * d);
        }
}

static void judge(const Attack *a, SdcResult *result, unsigned p)
{
    const SdcCell *cell = &a->w->cell[p];
    SdcStanding s = sdc_standing(a->w, p);

    s.down = cell->value - result->lower[p];
    s.up = result->upper[p] - cell->value;
    result->whole[p] = sdc_count_wholes(s.wholes);
    result->safe[p] = sdc_enough(cell, &s);
}

static void attack_cell(Attack *a, SdcResult *result, unsigned p)
{
    const SdcCell *cell = &a->w->cell[p];
    bool swift = !a->settle && a->w->n > (a->w->rough ? SWIFT : LARGE);
    double down = 0, up = 0;

    if (a->column[p] != G_MAXUINT) {
        SdcStanding s = sdc_standing(a->w, p);

        bool ask = a->w->work < a->w->most_work && !(swift && sdc_enough(cell, &s));

        down = ask ? furthest(a, p, -1) : NAN;
        up = ask ? furthest(a, p, 1) : NAN;
        result->exact &= !isnan(down) && !isnan(up);
        down = isnan(down) ? s.down : down;
        up = isnan(up) ? s.up : up;
        if (cell->whole && !satisfied(a, p))
            find_wholes(a, p, down, up);
    }
    result->lower[p] = cell->value - down;
    result->upper[p] = cell->value + up;
}

/* A hidden cell that is not protected: told for the reader's sake. */
static void bound_cell(Attack *a, SdcResult *result, unsigned i)
{
    bool settle = a->settle;

    a->settle = false;
    result->lower[i] = a->w->cell[i].value - furthest(a, i, -1);
    result->upper[i] = a->w->cell[i].value + furthest(a, i, 1);
    a->settle = settle;
}

void sdc_bounds(SdcWork *w, SdcResult *result, bool settle)
{
    g_auto(Attack) a;

    attack_init(&a, w);
    a.settle = settle;
    result->exact = true;
    for (unsigned i = 0; i < w->n; i++)
        if (w->cell[i].interval > 0)
            attack_cell(&a, result, i);
        else if (w->hidden[i] && w->n <= FEW && a.column[i] != G_MAXUINT)
            bound_cell(&a, result, i);
    for (unsigned i = 0; i < w->n; i++)
        if (w->cell[i].interval > 0)
            judge(&a, result, i);
}
