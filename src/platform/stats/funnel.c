/* funnel.c - limits by size around a reference.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "funnel.h"

#define Z95 1.959963984540054  /* of the normal distribution, at 0.975 */
#define Z998 3.090232306167813 /* at 0.999 */

/* The count, between whole numbers, below which a binomial variable stays with probability p. */
static double binomial_point(int64_t n, double share, double p)
{
    double below = 0, here = pow(1 - share, (double)n), odds = share / (1 - share);

    /* Where (1 - share)^n is too small for a double, the distribution is far from its end. */
    if (here < 1e-280) {
        double z = p < 0.01 ? -Z998 : p < 0.5 ? -Z95 : p > 0.99 ? Z998 : Z95;

        return (double)n * share + z * sqrt((double)n * share * (1 - share));
    }
    for (int64_t r = 0; r <= n; r++) {
        if (below + here >= p)
            return (double)r - (below + here - p) / here;
        below += here;
        here *= odds * (double)(n - r) / (double)(r + 1);
    }
    return (double)n;
}

static double share_limit(const Funnel *funnel, int64_t n, double p)
{
    double share = funnel->reference / 100;

    if (share <= 0 || share >= 1)
        return funnel->reference;
    return 100 * fmin(fmax(binomial_point(n, share, p) / (double)n, 0), 1);
}

FunnelLimits funnel_limits(const Funnel *funnel, int64_t n)
{
    double error;

    g_assert(n >= 1);
    if (funnel->kind == FUNNEL_SHARE)
        return (FunnelLimits){ share_limit(funnel, n, 0.025), share_limit(funnel, n, 0.975),
                               share_limit(funnel, n, 0.001), share_limit(funnel, n, 0.999) };
    error = funnel->sd / sqrt((double)n);
    return (FunnelLimits){ funnel->reference - Z95 * error, funnel->reference + Z95 * error,
                           funnel->reference - Z998 * error, funnel->reference + Z998 * error };
}

FunnelPlace funnel_place(const Funnel *funnel, double value, int64_t n)
{
    FunnelLimits l = funnel_limits(funnel, n);

    if (value < l.low998)
        return FUNNEL_FAR_BELOW;
    if (value > l.high998)
        return FUNNEL_FAR_ABOVE;
    if (value < l.low95)
        return FUNNEL_BELOW;
    return value > l.high95 ? FUNNEL_ABOVE : FUNNEL_WITHIN;
}

double funnel_pooled_sd(const double *half, const int64_t *n, size_t count)
{
    double squares = 0, people = 0;

    for (size_t i = 0; i < count; i++) {
        if (!(half[i] > 0) || n[i] < 2)
            continue;
        squares += (double)(n[i] - 1) * (double)n[i] * pow(half[i] / Z95, 2);
        people += (double)(n[i] - 1);
    }
    return people > 0 ? sqrt(squares / people) : NAN;
}
