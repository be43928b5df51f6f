/* spc-runs.c - runs and crossings of the centre: whether a phase as a whole is more than chance.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "spc-inside.h"

/* The smallest k with P(X <= k) >= 5 %, X binomial with n tries and probability 1/2. */
static size_t binomial_quantile(size_t n)
{
    double log_half = (double)n * log(0.5), sum = 0;

    for (size_t k = 0;; k++) {
        sum += exp(lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1) +
                   log_half);
        if (sum >= 0.05 || k == n)
            return k;
    }
}

void spc_runs_limits(size_t n, size_t *ret_longest_max, size_t *ret_crossings_min)
{
    *ret_longest_max = n ? (size_t)nearbyint(log2((double)n)) + 3 : 0;
    *ret_crossings_min = n ? binomial_quantile(n - 1) : 0;
}

void spc_runs(SpcPart *part)
{
    SpcPhase *phase = part->phase;
    size_t run = 0;
    int before = 0;

    for (size_t i = part->first; i < part->end; i++) {
        const SpcPoint *p = &part->point[i];

        if (isnan(p->value) || spc_excluded(part, i))
            continue;
        phase->n++;
        int side = spc_side(p);

        if (!side)
            continue;
        phase->n_useful++;
        phase->crossings += before && side != before;
        run = side == before ? run + 1 : 1;
        phase->longest_run = MAX(phase->longest_run, run);
        before = side;
    }
    phase->trial = phase->n <= 12;
    spc_runs_limits(phase->n_useful, &phase->longest_run_max, &phase->crossings_min);
    phase->runs_signal =
        phase->longest_run > phase->longest_run_max || phase->crossings < phase->crossings_min;
}
