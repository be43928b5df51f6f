/* lp.c - linear programs by COIN-OR's Clp; which solver and why is in docs/decisions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <coin/Clp_C_Interface.h>
#include <math.h>
#include "lp.h"

struct Lp {
    Clp_Simplex *clp;
    unsigned n_columns, n_rows;
    unsigned char *fresh; /* the basis of rows alone */
    uint64_t steps;
};

Lp *lp_new(const LpModel *model)
{
    Lp *lp = g_new0(Lp, 1);
    g_autofree double *zero = g_new0(double, model->n_rows + 1);

    lp->clp = Clp_newModel();
    lp->n_columns = model->n_columns;
    lp->n_rows = model->n_rows;
    Clp_setLogLevel(lp->clp, 0);
    Clp_loadProblem(lp->clp, (int)model->n_columns, (int)model->n_rows, model->start, model->row,
                    model->coef, model->lower, model->upper, model->cost, zero, zero);
    Clp_scaling(lp->clp, 0);
    Clp_setPerturbation(lp->clp, 100);
    lp->fresh = g_memdup2(Clp_statusArray(lp->clp), model->n_columns + model->n_rows);
    return lp;
}

void lp_free(Lp *lp)
{
    if (!lp)
        return;
    Clp_deleteModel(lp->clp);
    g_free(lp->fresh);
    g_free(lp);
}

void lp_bound(Lp *lp, unsigned column, double lower, double upper)
{
    Clp_columnLower(lp->clp)[column] = lower;
    Clp_columnUpper(lp->clp)[column] = upper;
}

double lp_lower(const Lp *lp, unsigned column)
{
    return Clp_columnLower(lp->clp)[column];
}

double lp_upper(const Lp *lp, unsigned column)
{
    return Clp_columnUpper(lp->clp)[column];
}

void lp_cost(Lp *lp, unsigned column, double cost)
{
    Clp_objective(lp->clp)[column] = cost;
}

LpAnswer lp_solve(Lp *lp, LpWay way, unsigned max_steps)
{
    Clp_setNumberIterations(lp->clp, 0);
    Clp_setMaximumIterations(lp->clp, (int)MIN(max_steps, (unsigned)G_MAXINT));
    if (way == LP_DUAL)
        Clp_dual(lp->clp, 0);
    else
        Clp_primal(lp->clp, 0);
    lp->steps += (uint64_t)Clp_numberIterations(lp->clp) + 1;
    if (Clp_isProvenOptimal(lp->clp))
        return LP_SOLVED;
    if (Clp_isProvenPrimalInfeasible(lp->clp))
        return LP_NONE;
    return Clp_isProvenDualInfeasible(lp->clp) ? LP_UNBOUNDED : LP_LIMIT;
}

const double *lp_point(const Lp *lp)
{
    return Clp_getColSolution(lp->clp);
}

uint64_t lp_steps(const Lp *lp)
{
    return lp->steps;
}

void lp_forget(Lp *lp)
{
    Clp_copyinStatus(lp->clp, lp->fresh);
}
