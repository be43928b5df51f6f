/* spc-limits.c - the centre and the limits of one phase, for each kind of chart.
 *
 * Every formula stands once, as its source has it; see spc.h for them. Limits of counts and shares
 * stop where the scale stops.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "spc-inside.h"

#define SCREEN 3.267 /* the upper limit of moving ranges of two, in mean ranges (D4) */
#define D2 1.128     /* mean range of two, in standard deviations */
#define WHEELER 2.66 /* 3 / D2 as printed, and as the NHS reckons */
#define NELSON 3.6   /* times between events become nearly normal as y^(1 / 3.6) */
#define NORMAL_RANGE 1.2533141373155001 /* sqrt(pi / 2): sigma over the mean of |x|, x normal */

typedef struct {
    double *v;
    size_t n;
} List;

static double mean(const List *list)
{
    double sum = 0;

    for (size_t i = 0; i < list->n; i++)
        sum += list->v[i];
    return list->n ? sum / (double)list->n : NAN;
}

/* The mean of what is smaller than 3.267 times the mean of all; a series that never moves has none. */
static double screened_mean(const List *list)
{
    double limit = SCREEN * mean(list), sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++)
        if (list->v[i] < limit) {
            sum += list->v[i];
            n++;
        }
    return n ? sum / (double)n : NAN;
}

static bool screens(const SpcPart *part)
{
    return part->spec->profile == SPC_NHS_R || part->spec->profile == SPC_ANHOEJ;
}

static double typical(const SpcPart *part, const List *ranges)
{
    return screens(part) ? screened_mean(ranges) : mean(ranges);
}

static bool counts(const SpcPart *part, size_t i)
{
    return !isnan(part->point[i].value) && !spc_excluded(part, i);
}

static double scaled(const SpcPart *part, double value)
{
    return part->spec->chart == SPC_T ? pow(value, 1 / NELSON) : value;
}

/* The binomial's or Poisson's own standard deviation of point i. */
static double sampling_sd(const SpcPart *part, size_t i)
{
    double c = part->phase->centre, n = part->series->n ? part->series->n[i] : 1;
    bool share = part->spec->chart == SPC_P || part->spec->chart == SPC_PP;

    return sqrt((share ? c * (1 - c) : c) / n);
}

/* How far point i is from point `before`, on the scale that the chart takes its ranges on. */
static double range(const SpcPart *part, size_t before, size_t i)
{
    const SpcPoint *p = part->point;

    switch (part->spec->chart) {
    case SPC_PP:
    case SPC_UP: /* of standardised values */
        return fabs((p[i].value - part->phase->centre) / sampling_sd(part, i) -
                    (p[before].value - part->phase->centre) / sampling_sd(part, before));
    case SPC_IP:
        return fabs(p[i].value - p[before].value) * NORMAL_RANGE /
               sqrt(1 / part->series->n[before] + 1 / part->series->n[i]);
    default:
        return fabs(scaled(part, p[i].value) - scaled(part, p[before].value));
    }
}

/* Moving ranges of the base: an excluded point is stepped over, a missing one is a gap. */
static List ranges(const SpcPart *part, Arena *arena)
{
    List list = { arena_alloc(arena, (part->base_end - part->first + 1) * sizeof(double)), 0 };
    size_t before = SIZE_MAX;

    for (size_t i = part->first; i < part->base_end; i++) {
        if (spc_excluded(part, i))
            continue;
        if (isnan(part->point[i].value)) {
            before = SIZE_MAX;
            continue;
        }
        if (before != SIZE_MAX)
            list.v[list.n++] = range(part, before, i);
        before = i;
    }
    return list;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static double median(List *list)
{
    if (!list->n)
        return NAN;
    qsort(list->v, list->n, sizeof *list->v, by_size);
    return (list->v[(list->n - 1) / 2] + list->v[list->n / 2]) / 2;
}

static double centre(const SpcPart *part, Arena *arena)
{
    List list = { arena_alloc(arena, (part->base_end - part->first + 1) * sizeof(double)), 0 };
    double over = 0, under = 0;

    for (size_t i = part->first; i < part->base_end; i++) {
        if (!counts(part, i))
            continue;
        if (spc_divides(part->spec->chart)) {
            over += part->series->value[i];
            under += part->series->n[i];
        } else {
            list.v[list.n++] = scaled(part, part->point[i].value);
        }
    }
    if (spc_divides(part->spec->chart))
        return under > 0 ? over / under : NAN;
    return part->spec->chart == SPC_RUN ? median(&list) : mean(&list);
}

/* Half the distance between the limits at point i, on the chart's scale; NAN: no limits. */
static double reach(const SpcPart *part, size_t i, double typical_range)
{
    bool nhs = part->spec->profile == SPC_NHS_R || part->spec->profile == SPC_NHS_R_UNSCREENED;
    bool missing = spc_divides(part->spec->chart) && isnan(part->point[i].value);

    switch (part->spec->chart) {
    case SPC_XMR:
        return nhs ? WHEELER * typical_range : 3 * typical_range / D2;
    case SPC_T:
        return 3 * typical_range / D2;
    case SPC_P:
    case SPC_U:
    case SPC_C:
        return missing ? NAN : 3 * sampling_sd(part, i);
    case SPC_PP:
    case SPC_UP:
        return missing ? NAN : 3 * sampling_sd(part, i) * typical_range / D2;
    case SPC_IP:
        return missing ? NAN : 3 * typical_range / sqrt(part->series->n[i]);
    default:
        return NAN;
    }
}

static void set_limits(const SpcPart *part, SpcPoint *p, double half)
{
    bool share = part->spec->chart == SPC_P || part->spec->chart == SPC_PP;
    bool never_below_0 = share || part->spec->chart == SPC_U || part->spec->chart == SPC_UP ||
                         part->spec->chart == SPC_C || part->spec->chart == SPC_T;
    double c = part->phase->centre, lower = c - half, upper = c + half;

    if (never_below_0 && lower < 0)
        lower = 0;
    if (share && upper > 1)
        upper = 1;
    p->reach = part->spec->chart == SPC_T ? NAN : half;
    if (part->spec->chart == SPC_T) {
        c = pow(c, NELSON);
        lower = pow(lower, NELSON);
        upper = pow(upper, NELSON);
    }
    if (part->spec->chart == SPC_MR) {
        lower = 0;
        upper = SCREEN * c;
    }
    p->centre = c;
    p->lower = lower;
    p->upper = upper;
}

static void sum_up(SpcPart *part)
{
    const SpcPoint *first = NULL;
    bool same = true;

    for (size_t i = part->first; i < part->end; i++) {
        const SpcPoint *p = &part->point[i];

        if (isnan(p->upper)) /* without limits, or missing where each point has its own */
            continue;
        first = first ? first : p;
        same = same && p->lower == first->lower && p->upper == first->upper;
    }
    part->phase->centre = part->point[part->first].centre; /* of a t chart: as its values are */
    part->phase->lower = first && same ? first->lower : NAN;
    part->phase->upper = first && same ? first->upper : NAN;
}

void spc_limits(SpcPart *part, Arena *arena)
{
    double typical_range;
    List list;

    part->phase->centre = centre(part, arena);
    list = ranges(part, arena);
    typical_range = typical(part, &list);
    for (size_t i = part->first; i < part->end; i++)
        set_limits(part, &part->point[i], reach(part, i, typical_range));
    sum_up(part);
}
