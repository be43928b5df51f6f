/* spread.c - the standard deviation between units, and its interval.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "spread.h"

#define HALVINGS 200

typedef struct {
    const double *value, *variance;
    size_t count;
} Units;

static bool counts(const Units *u, size_t i)
{
    return isfinite(u->value[i]) && isfinite(u->variance[i]) && u->variance[i] > 0;
}

static double weighted_mean(const Units *u, double between)
{
    double sum = 0, weights = 0;

    for (size_t i = 0; i < u->count; i++) {
        if (!counts(u, i))
            continue;
        weights += 1 / (u->variance[i] + between);
        sum += u->value[i] / (u->variance[i] + between);
    }
    return sum / weights;
}

/* Cochran's Q when the variance between units is `between`: chi-squared with units - 1. */
static double heterogeneity(const Units *u, double between)
{
    double mean = weighted_mean(u, between), q = 0;

    for (size_t i = 0; i < u->count; i++)
        if (counts(u, i))
            q += pow(u->value[i] - mean, 2) / (u->variance[i] + between);
    return q;
}

static double der_simonian_laird(const Units *u, size_t units)
{
    double weights = 0, squares = 0;

    for (size_t i = 0; i < u->count; i++) {
        if (!counts(u, i))
            continue;
        weights += 1 / u->variance[i];
        squares += 1 / (u->variance[i] * u->variance[i]);
    }
    return fmax(0, (heterogeneity(u, 0) - (double)(units - 1)) / (weights - squares / weights));
}

/* Regularised lower incomplete gamma function by its series; enough for the x that are asked for. */
static double gamma_below(double a, double x)
{
    double term = 1 / a, sum = term;

    for (int k = 1; k < 10000 && term > sum * 1e-16; k++) {
        term *= x / (a + k);
        sum += term;
    }
    return sum * exp(a * log(x) - x - lgamma(a));
}

double spread_chi_squared(double p, size_t df)
{
    double low = 0, high = 1;

    while (gamma_below((double)df / 2, high / 2) < p)
        high *= 2;
    for (int i = 0; i < HALVINGS && low < high; i++) {
        double middle = (low + high) / 2;

        if (gamma_below((double)df / 2, middle / 2) < p)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* The variance between units with which Q would be `q`; Q falls as that grows. 0 when none is needed. */
static double between_for(const Units *u, double q)
{
    double low = 0, high = 1e-6;

    if (heterogeneity(u, 0) <= q)
        return 0;
    while (heterogeneity(u, high) > q && high < 1e12)
        high *= 4;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;

        if (heterogeneity(u, middle) > q)
            low = middle;
        else
            high = middle;
    }
    return high;
}

Spread spread_of(const double *value, const double *variance, size_t count)
{
    const Units u = { value, variance, count };
    Spread s = { .tau = NAN, .low = NAN, .high = NAN, .mean = NAN };
    double between;

    for (size_t i = 0; i < count; i++)
        s.units += counts(&u, i);
    if (s.units < SPREAD_MIN_UNITS)
        return s;
    between = der_simonian_laird(&u, s.units);
    s.tau = sqrt(between);
    s.mean = weighted_mean(&u, between);
    s.low = sqrt(between_for(&u, spread_chi_squared(0.975, s.units - 1)));
    s.high = sqrt(between_for(&u, spread_chi_squared(0.025, s.units - 1)));
    return s;
}

SpreadChange spread_change(const Spread *before, const Spread *after)
{
    if (!isfinite(before->tau) || !isfinite(after->tau))
        return SPREAD_UNKNOWN;
    if (after->high < before->low)
        return SPREAD_LESS;
    return after->low > before->high ? SPREAD_MORE : SPREAD_SAME;
}
