/* samle.c - figures put together, weighted by how many stand behind each.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "samle.h"

#define Z90 1.645
#define SCALE_SD 10.0

double indikator_scale_uncertainty(int64_t n)
{
    return Z90 * SCALE_SD / sqrt((double)n);
}

/* The first that has no n; n when all have one. */
static size_t without_n(const Pooled *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].n == NO_INT || parts[i].n <= 0)
            return i;
    return n;
}

static bool ratios(const Pooled *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(parts[i].numerator) || !(parts[i].denominator > 0))
            return false;
    return n > 0;
}

static void add_up(const Pooled *parts, size_t n, Pooled *sum)
{
    *sum = (Pooled){ .uncertainty = NAN };
    for (size_t i = 0; i < n; i++) {
        sum->value += parts[i].value;
        sum->numerator += parts[i].numerator;
        sum->denominator += parts[i].denominator;
        if (sum->n != NO_INT)
            sum->n = parts[i].n == NO_INT ? NO_INT : sum->n + parts[i].n;
    }
}

static double uncertainty_of(const Indicator *about, const Pooled *part)
{
    if (isfinite(part->uncertainty) || strcmp(about->unit, "skalapoeng"))
        return part->uncertainty;
    return indikator_scale_uncertainty(part->n);
}

static void weigh(const Indicator *about, const Pooled *parts, size_t n, Pooled *ret)
{
    double value = 0, variance = 0;

    for (size_t i = 0; i < n; i++) {
        double share = (double)parts[i].n / (double)ret->n;

        value += share * parts[i].value;
        variance += pow(share * uncertainty_of(about, &parts[i]), 2);
    }
    ret->value = value;
    ret->uncertainty = sqrt(variance); /* NAN when one has none */
}

bool indikator_pool(const Indicator *about, const Pooled *parts, size_t n, Pooled *ret,
                    size_t *ret_lacks)
{
    static const char *const means[] = { "skalapoeng", "poeng", "niva", "prosent", NULL };
    size_t lacks = without_n(parts, n);
    Pooled sum;

    add_up(parts, n, &sum);
    if (!strcmp(about->unit, "antall")) {
        *ret = sum;
        return n > 0;
    }
    if (ratios(parts, n)) {
        sum.value =
            sum.numerator / sum.denominator * (strcmp(about->unit, "prosent") ? 1.0 : 100.0);
        *ret = sum;
        return true;
    }
    if (lacks < n || n == 0 || !g_strv_contains(means, about->unit)) {
        *ret_lacks = lacks < n ? lacks : 0;
        return false;
    }
    weigh(about, parts, n, &sum);
    *ret = sum;
    return true;
}
