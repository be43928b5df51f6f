/* lp.h - a linear program that is solved again and again with other bounds and other costs.
 *
 * A thin wrap of COIN-OR's Clp, and the only place that knows it: minimise cost·x where every row
 * of the matrix gives zero and every column lies within its bounds. Answers depend on the sequence
 * of calls alone, never on a clock.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Lp Lp;

typedef struct {
    unsigned n_columns, n_rows;
    const int *start; /* n_columns + 1: where the entries of a column begin */
    const int *row;   /* of each entry, from 0 */
    const double *coef;
    const double *lower, *upper, *cost; /* n_columns each; bounds may be -INFINITY and INFINITY */
} LpModel;

typedef enum {
    LP_SOLVED,
    LP_NONE,      /* nothing satisfies rows and bounds */
    LP_UNBOUNDED, /* the cost sinks for ever */
    LP_LIMIT      /* steps used up, or the numbers would not behave: nothing is known */
} LpAnswer;

typedef enum {
    LP_DUAL,  /* after a change of bounds */
    LP_PRIMAL /* after a change of costs */
} LpWay;

/* Copies the model. */
Lp *lp_new(const LpModel *model);
void lp_free(Lp *lp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lp, lp_free)

void lp_bound(Lp *lp, unsigned column, double lower, double upper);
double lp_lower(const Lp *lp, unsigned column);
double lp_upper(const Lp *lp, unsigned column);
void lp_cost(Lp *lp, unsigned column, double cost);

/* Solve from where the last answer stood, in at most max_steps steps of the simplex method. */
LpAnswer lp_solve(Lp *lp, LpWay way, unsigned max_steps);

/* The columns of the last answer, LP_SOLVED; valid until the next lp_solve(). */
const double *lp_point(const Lp *lp);
/* Steps taken since lp_new(). */
uint64_t lp_steps(const Lp *lp);
/* The next lp_solve() starts from nothing, so that what was asked before leaves no trace. */
void lp_forget(Lp *lp);
