/* samle.h - figures of several units, or of several years, put together into one: never a mean of means.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

/* One figure to be put together with others, as an audience may see it. */
typedef struct {
    double value;                  /* in the indicator's unit */
    double uncertainty;            /* half the width of its 90 % interval; NAN: not given */
    int64_t n;                     /* people behind it; NO_INT: not known */
    double numerator, denominator; /* NAN: not given */
} Pooled;

/**
 * Put figures together.
 *   counts         are added.
 *   with numerator and denominator everywhere: sum over sum, in percent for a share.
 *   means, shares  sum of n times value over sum of n.
 *   other ratios and amounts without numerator and denominator cannot be put together.
 * The uncertainty of a mean is that of a weighted mean of independent groups, the root of the sum of
 * (n_i/N times u_i) squared; where Udir prints none for scale points, u_i is 1.645 times 10 over the root
 * of n_i (standard deviation 10 by the making of the scale).
 *   ret_lacks  the first figure whose number is not known and has to be; untouched on success.
 * Returns whether it could be done; *ret is then set.
 * Source: domain.md 2.2 "For small schools pool 3 years" and 12, vectors 9 and 17.
 */
bool indikator_pool(const Indicator *about, const Pooled *parts, size_t n, Pooled *ret,
                    size_t *ret_lacks);

/* Half the width of the 90 % interval of a mean of n scale points: 1.645 times 10 over the root of n. */
double indikator_scale_uncertainty(int64_t n);
