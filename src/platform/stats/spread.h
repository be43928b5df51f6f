/* spread.h - how different are the units of one owner, beyond what chance makes them?
 *
 * Units with few people differ by chance alone. What is left when that is taken away is the standard
 * deviation between units, tau: the figure of "likeverdig opplaering".
 * Sources: the estimate is DerSimonian and Laird's, Controlled Clinical Trials 7 (1986) 177-188,
 * doi 10.1016/0197-2456(86)90046-2; the interval is the Q-profile of Viechtbauer, Statistics in
 * Medicine 26 (2007) 37-52, doi 10.1002/sim.2514.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

#define SPREAD_MIN_UNITS 3

typedef struct {
    size_t units;     /* that had a value and an uncertainty */
    double tau;       /* standard deviation between units, >= 0; NAN with fewer than 3 units */
    double low, high; /* its interval of 95 %; NAN as above */
    double mean;      /* of the units, weighted by what each is known with */
} Spread;

/**
 *   value     of each unit; NAN: none
 *   variance  of its sampling error, > 0; NAN or 0: none
 */
Spread spread_of(const double *value, const double *variance, size_t count);

typedef enum { SPREAD_UNKNOWN, SPREAD_SAME, SPREAD_LESS, SPREAD_MORE } SpreadChange;
/* From `before` to `after`: SAME unless the intervals do not meet. */
SpreadChange spread_change(const Spread *before, const Spread *after);

/* The value that a chi-squared variable of `df` degrees of freedom stays below with probability p. */
double spread_chi_squared(double p, size_t df);
