/* lp.c - linear programs by GLPK; which solver and why is in docs/decisions.
 *
 * GLPK keeps its messages and memory by thread, so a program belongs to the thread that made it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glpk.h>
#include <math.h>
#include "lp.h"

/* lint: state — programs of this thread: with the last of them goes GLPK's memory for the thread,
 * which it would otherwise keep beyond the thread's end. */
static _Thread_local unsigned alive;

struct Lp {
    glp_prob *glp;
    unsigned n_columns, n_rows;
    double *lower, *upper, *point;
    uint64_t steps;
};

static int kind_of(double lower, double upper)
{
    if (isinf(lower))
        return isinf(upper) ? GLP_FR : GLP_UP;
    if (isinf(upper))
        return GLP_LO;
    return lower < upper ? GLP_DB : GLP_FX;
}

static void load_entries(Lp *lp, const LpModel *model)
{
    int n = model->start[model->n_columns];
    g_autofree int *row = g_new(int, n + 1), *column = g_new(int, n + 1);
    g_autofree double *coef = g_new(double, n + 1);

    for (unsigned c = 0; c < model->n_columns; c++)
        for (int i = model->start[c]; i < model->start[c + 1]; i++) {
            row[i + 1] = model->row[i] + 1;
            column[i + 1] = (int)c + 1;
            coef[i + 1] = model->coef[i];
        }
    glp_load_matrix(lp->glp, n, row, column, coef);
}

Lp *lp_new(const LpModel *model)
{
    Lp *lp = g_new0(Lp, 1);

    alive++;
    glp_term_out(GLP_OFF);
    lp->glp = glp_create_prob();
    lp->n_columns = model->n_columns;
    lp->n_rows = model->n_rows;
    lp->lower = g_new(double, model->n_columns + 1);
    lp->upper = g_new(double, model->n_columns + 1);
    lp->point = g_new0(double, model->n_columns + 1);
    if (model->n_rows)
        glp_add_rows(lp->glp, (int)model->n_rows);
    if (model->n_columns)
        glp_add_cols(lp->glp, (int)model->n_columns);
    for (unsigned r = 0; r < model->n_rows; r++)
        glp_set_row_bnds(lp->glp, (int)r + 1, GLP_FX, 0, 0);
    for (unsigned c = 0; c < model->n_columns; c++) {
        lp_bound(lp, c, model->lower[c], model->upper[c]);
        lp_cost(lp, c, model->cost[c]);
    }
    load_entries(lp, model);
    lp_forget(lp);
    return lp;
}

void lp_free(Lp *lp)
{
    if (!lp)
        return;
    glp_delete_prob(lp->glp);
    g_free(lp->lower);
    g_free(lp->upper);
    g_free(lp->point);
    g_free(lp);
    if (--alive == 0)
        glp_free_env();
}

void lp_bound(Lp *lp, unsigned column, double lower, double upper)
{
    glp_set_col_bnds(lp->glp, (int)column + 1, kind_of(lower, upper), lower, upper);
    lp->lower[column] = lower;
    lp->upper[column] = upper;
}

double lp_lower(const Lp *lp, unsigned column)
{
    return lp->lower[column];
}

double lp_upper(const Lp *lp, unsigned column)
{
    return lp->upper[column];
}

void lp_cost(Lp *lp, unsigned column, double cost)
{
    glp_set_obj_coef(lp->glp, (int)column + 1, cost);
}

static LpAnswer answer_of(Lp *lp)
{
    switch (glp_get_status(lp->glp)) {
    case GLP_OPT:
        for (unsigned c = 0; c < lp->n_columns; c++)
            lp->point[c] = glp_get_col_prim(lp->glp, (int)c + 1);
        return LP_SOLVED;
    case GLP_NOFEAS:
        return LP_NONE;
    case GLP_UNBND:
        return LP_UNBOUNDED;
    default:
        return LP_LIMIT;
    }
}

LpAnswer lp_solve(Lp *lp, LpWay way, unsigned max_steps)
{
    int before = glp_get_it_cnt(lp->glp), code;
    glp_smcp how;

    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = way == LP_DUAL ? GLP_DUALP : GLP_PRIMAL;
    how.it_lim = (int)MIN(max_steps, (unsigned)G_MAXINT);
    code = glp_simplex(lp->glp, &how);
    if (code != GLP_EITLIM && (code || glp_get_status(lp->glp) == GLP_UNDEF)) {
        lp_forget(lp); /* the numbers had gone bad on the way: once more from nothing */
        code = glp_simplex(lp->glp, &how);
    }
    lp->steps += (uint64_t)(glp_get_it_cnt(lp->glp) - before) + 1;
    return code == 0 ? answer_of(lp) : LP_LIMIT;
}

const double *lp_point(const Lp *lp)
{
    return lp->point;
}

uint64_t lp_steps(const Lp *lp)
{
    return lp->steps;
}

void lp_forget(Lp *lp)
{
    glp_std_basis(lp->glp);
}
