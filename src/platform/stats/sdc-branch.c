/* sdc-branch.c - whole points of a linear program, by branching depth first within a limit.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-inside.h"

#define STEPS 20000
#define DEPTH 400

static int most_broken(const Lp *lp, unsigned n_columns, const bool whole[])
{
    const double *x = lp_point(lp);
    double most = 1e-6;
    int found = -1;

    for (unsigned c = 0; c < n_columns; c++)
        if (whole[c] && fabs(x[c] - round(x[c])) > most) {
            most = fabs(x[c] - round(x[c]));
            found = (int)c;
        }
    return found;
}

static LpAnswer branch(Lp *lp, unsigned n_columns, const bool whole[], unsigned *nodes,
                       unsigned depth)
{
    LpAnswer answer, both = LP_NONE;
    int column;
    double at, lower, upper;

    if (*nodes == 0 || depth == 0)
        return LP_LIMIT;
    (*nodes)--;
    answer = lp_solve(lp, LP_DUAL, STEPS);
    if (answer != LP_SOLVED || (column = most_broken(lp, n_columns, whole)) < 0)
        return answer;
    at = lp_point(lp)[column];
    lower = lp_lower(lp, (unsigned)column);
    upper = lp_upper(lp, (unsigned)column);
    for (int side = 0; side < 2; side++) {
        bool below = (at - floor(at) < 0.5) == (side == 0);

        lp_bound(lp, (unsigned)column, below ? lower : ceil(at), below ? floor(at) : upper);
        answer = branch(lp, n_columns, whole, nodes, depth - 1);
        lp_bound(lp, (unsigned)column, lower, upper);
        if (answer == LP_SOLVED)
            return LP_SOLVED;
        if (answer != LP_NONE)
            both = LP_LIMIT;
    }
    return both;
}

LpAnswer sdc_branch(Lp *lp, unsigned n_columns, const bool whole[], unsigned *nodes)
{
    return branch(lp, n_columns, whole, nodes, DEPTH);
}
