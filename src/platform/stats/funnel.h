/* funnel.h - is a unit further from a reference than its size explains?
 *
 * Small units swing more than large ones. A funnel has, for each size, the limits within which chance
 * keeps 95 % and 99.8 % of units that are no different from the reference.
 * Source: Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
 * Medicine 24 (2005) 1185-1202, doi 10.1002/sim.1970.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum {
    FUNNEL_MEAN, /* reference +- z * sd / sqrt(n) */
    FUNNEL_SHARE /* of n, in percent: exact binomial, interpolated between counts (appendix A.1.1) */
} FunnelKind;

typedef struct {
    FunnelKind kind;
    double reference; /* a mean, or percent */
    double sd;        /* FUNNEL_MEAN: the standard deviation between people, > 0 */
} Funnel;

typedef struct {
    double low95, high95, low998, high998; /* in the unit of the values */
} FunnelLimits;

typedef enum {
    FUNNEL_FAR_BELOW = -2,
    FUNNEL_BELOW,
    FUNNEL_WITHIN,
    FUNNEL_ABOVE,
    FUNNEL_FAR_ABOVE
} FunnelPlace;

/* Limits for a group of n people, n >= 1. */
FunnelLimits funnel_limits(const Funnel *funnel, int64_t n);
/* Where a value of n people lies: far is outside the limits of 99.8 %. On a limit is within it. */
FunnelPlace funnel_place(const Funnel *funnel, double value, int64_t n);

/**
 * The standard deviation between people that the printed uncertainties of means tell: each is taken
 * as 1.96 standard errors, and variances are pooled by n - 1. NAN when no mean has both.
 *   half  uncertainties as printed; NAN or 0: none
 *   n     people; below 2: not used
 */
double funnel_pooled_sd(const double *half, const int64_t *n, size_t count);
