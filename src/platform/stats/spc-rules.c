/* spc-rules.c - which points of a phase are more than chance, by the rules of a profile.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "spc-inside.h"

static const SpcNumbers profiles[N_SPC_PROFILES] = {
    [SPC_NHS_R] = { .shift = 7, .trend = 7, .two_in_three = true, .all_on_side = true },
    [SPC_NHS_R_UNSCREENED] = { .shift = 7, .trend = 7, .two_in_three = true, .all_on_side = true },
    [SPC_ANHOEJ] = { 0 },
    [SPC_WESTERN_ELECTRIC] = { .shift = 8, .two_in_three = true, .four_in_five = true },
};

const SpcNumbers *spc_profile_numbers(SpcProfile profile)
{
    return &profiles[profile];
}

/* The points of a phase that rules look at, side by side: no missing ones, none excluded. */
typedef struct {
    SpcPoint **v;
    size_t n;
} Row;

static Row row_of(const SpcPart *part, Arena *arena)
{
    Row row = { arena_alloc(arena, (part->end - part->first + 1) * sizeof(SpcPoint *)), 0 };

    for (size_t i = part->first; i < part->end; i++)
        if (!isnan(part->point[i].value) && !spc_excluded(part, i))
            row.v[row.n++] = &part->point[i];
    return row;
}

static void mark(const Row *row, size_t from, size_t to, unsigned rule)
{
    for (size_t i = from; i < to; i++)
        row->v[i]->rules |= rule;
}

static void find_shifts(const Row *row, size_t least)
{
    for (size_t i = 0, j; i < row->n; i = j) {
        int side = spc_side(row->v[i]);

        for (j = i + 1; j < row->n && spc_side(row->v[j]) == side; j++)
            ;
        if (side && j - i >= least)
            mark(row, i, j, side > 0 ? SPC_SHIFT_ABOVE : SPC_SHIFT_BELOW);
    }
}

static int step(const Row *row, size_t i)
{
    double a = row->v[i]->value, b = row->v[i + 1]->value;

    return (b > a) - (b < a);
}

static void find_trends(const Row *row, size_t least)
{
    for (size_t i = 0, j; i + 1 < row->n; i = j) {
        int way = step(row, i);

        for (j = i + 1; j + 1 < row->n && step(row, j) == way; j++)
            ;
        if (way && j + 1 - i >= least)
            mark(row, i, j + 1, way > 0 ? SPC_TREND_UP : SPC_TREND_DOWN);
    }
}

/* -1, 0 or 1: beyond which limit. Without limits a point is beyond none. */
static int outside(const SpcPoint *p)
{
    return (p->value > p->upper) - (p->value < p->lower);
}

/* Beyond `part` of the way from the centre to a limit, which may be cut off by the end of the scale. */
static int beyond(const SpcPoint *p, double part)
{
    double up = isnan(p->reach) ? p->upper - p->centre : p->reach;
    double down = isnan(p->reach) ? p->centre - p->lower : p->reach;

    return (p->value > p->centre + up * part) - (p->value < p->centre - down * part);
}

/* `many` of `of` neighbours far out on one side: those that are far out are marked. */
typedef struct {
    size_t many, of;
    double part;
    bool all_on_side;
    unsigned above, below;
} Cluster;

static bool far_out(const Cluster *c, const SpcPoint *p, int side)
{
    return beyond(p, c->part) == side && !(c->all_on_side && outside(p));
}

static void mark_cluster(const Row *row, size_t from, const Cluster *c, int side)
{
    size_t found = 0;
    bool all = true;

    for (size_t i = from; i < from + c->of; i++) {
        found += far_out(c, row->v[i], side);
        all = all && spc_side(row->v[i]) == side;
    }
    if (found < c->many || (c->all_on_side && !all))
        return;
    for (size_t i = from; i < from + c->of; i++)
        if (far_out(c, row->v[i], side))
            row->v[i]->rules |= side > 0 ? c->above : c->below;
}

static void find_clusters(const Row *row, const Cluster *c)
{
    for (size_t i = 0; i + c->of <= row->n; i++) {
        mark_cluster(row, i, c, 1);
        mark_cluster(row, i, c, -1);
    }
}

/* Which way the strongest of a point's rules points: a limit, then a trend, then the others. */
static int way_of(unsigned rules)
{
    static const struct {
        unsigned rule;
        int way;
    } order[] = { { SPC_ABOVE_LIMIT, 1 },        { SPC_BELOW_LIMIT, -1 },
                  { SPC_TREND_UP, 1 },           { SPC_TREND_DOWN, -1 },
                  { SPC_SHIFT_ABOVE, 1 },        { SPC_SHIFT_BELOW, -1 },
                  { SPC_TWO_IN_THREE_ABOVE, 1 }, { SPC_TWO_IN_THREE_BELOW, -1 },
                  { SPC_FOUR_IN_FIVE_ABOVE, 1 }, { SPC_FOUR_IN_FIVE_BELOW, -1 } };

    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        if (rules & order[i].rule)
            return order[i].way;
    return 0;
}

static SpcPointType type_of(const SpcPoint *p, SpcBetter better)
{
    int way = way_of(p->rules);

    if (isnan(p->value))
        return SPC_NO_POINT;
    if (!way)
        return SPC_COMMON_CAUSE;
    if (better == SPC_BETTER_NEITHER)
        return way > 0 ? SPC_NEUTRAL_HIGH : SPC_NEUTRAL_LOW;
    return way == (int)better ? SPC_IMPROVEMENT : SPC_CONCERN;
}

void spc_rules(SpcPart *part, Arena *arena)
{
    const SpcNumbers *profile = &profiles[part->spec->profile];
    const Cluster two = {
        2, 3, 2.0 / 3, profile->all_on_side, SPC_TWO_IN_THREE_ABOVE, SPC_TWO_IN_THREE_BELOW
    };
    const Cluster four = { 4, 5, 1.0 / 3, false, SPC_FOUR_IN_FIVE_ABOVE, SPC_FOUR_IN_FIVE_BELOW };
    Row row = row_of(part, arena);

    if (profile->shift)
        find_shifts(&row, profile->shift);
    if (profile->trend)
        find_trends(&row, profile->trend);
    if (profile->two_in_three)
        find_clusters(&row, &two);
    if (profile->four_in_five)
        find_clusters(&row, &four);
    for (size_t i = part->first; i < part->end; i++) {
        SpcPoint *p = &part->point[i];
        int out = outside(p);

        p->rules |= out > 0 ? SPC_ABOVE_LIMIT : out < 0 ? SPC_BELOW_LIMIT : 0;
        p->rules |= part->phase->runs_signal ? SPC_RUNS_SIGNAL : 0;
        p->type = type_of(p, part->spec->better);
    }
}
