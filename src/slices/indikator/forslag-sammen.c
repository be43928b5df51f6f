/* forslag-sammen.c - what could be shown as one figure: periods, grades or units together.
 *
 * Only what means something is proposed: no mean across a break in the series, and grades of one test
 * alone. Whether it may be shown the gate decides.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "skjulte.h"

#define MOST_PROPOSALS 6
#define MOST_PAIRS 3

typedef struct {
    Arena *arena;
    const Matrix *m;
    const bool *hidden;
    size_t unit, period;
    Proposals *ret;
} Proposing;

static Proposal *add(Proposing *p, size_t room)
{
    Proposal *now;

    if (p->ret->n == MOST_PROPOSALS)
        return NULL;
    now = &p->ret->v[p->ret->n++];
    *now = (Proposal){ .units = arena_alloc(p->arena, room * sizeof(size_t)),
                       .periods = arena_alloc(p->arena, room * sizeof(size_t)),
                       .codes = arena_alloc(p->arena, room * sizeof(char *)) };
    return now;
}

static void part(Proposal *to, size_t unit, size_t period, const char *code)
{
    to->units[to->n] = unit;
    to->periods[to->n] = period;
    to->codes[to->n++] = code;
}

static bool broken_between(const Matrix *m, const char *first, const char *last)
{
    for (const SeriesBreak *b = m->breaks[0]; b->first_period; b++)
        if (strcmp(b->first_period, first) > 0 && strcmp(b->first_period, last) <= 0)
            return true;
    return false;
}

/* The run of `n` periods that ends with the cell's own, without a gap or a break. */
static void propose_periods(Proposing *p)
{
    const Matrix *m = p->m;
    size_t n = strcmp(m->indicators[0].period, "kvartal") ? 3 : 4, first = p->period + 1 - n;
    PeriodPlaces places;
    Proposal *now;

    if (p->period + 1 < n || broken_between(m, m->periods[first], m->periods[p->period]))
        return;
    places = indikator_places(p->arena, (const char *const *)m->periods + first, n);
    if (places.n != n || !(now = add(p, n)))
        return;
    for (size_t i = first; i <= p->period; i++)
        part(now, p->unit, i, m->indicators[0].code);
    now->what =
        arena_printf(p->arena, _("%s–%s together"), m->periods[first], m->periods[p->period]);
}

/* "NP.LES.8" has "NP.LES.9", "EU.TRIVSEL.7" has "EU.TRIVSEL.10", each way. */
static const char *other_grade(Arena *arena, const char *code)
{
    static const char *const pairs[][3] = {
        { "NP.", ".8", ".9" }, { "NP.", ".9", ".8" }, { "EU.", ".7", ".10" }, { "EU.", ".10", ".7" }
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (g_str_has_prefix(code, pairs[i][0]) && g_str_has_suffix(code, pairs[i][1]) &&
            !g_str_has_prefix(code, "NP.ENG."))
            return arena_printf(arena, "%.*s%s", (int)(strlen(code) - strlen(pairs[i][1])), code,
                                pairs[i][2]);
    return NULL;
}

static void propose_grades(Proposing *p)
{
    const Indicator *about = &p->m->indicators[0];
    const char *other = other_grade(p->arena, about->code);
    Proposal *now = other ? add(p, 2) : NULL;

    if (!now)
        return;
    part(now, p->unit, p->period, about->code);
    part(now, p->unit, p->period, other);
    now->what = arena_printf(p->arena, _("Grades %s and %s together"), about->grade,
                             strrchr(other, '.') + 1);
}

static bool is_hidden(const Proposing *p, size_t unit)
{
    return p->hidden[unit * p->m->n_periods + p->period] &&
           p->m->units[unit].level == p->m->units[p->unit].level;
}

static void propose_units(Proposing *p)
{
    const Matrix *m = p->m;
    size_t n_hidden = 0, pairs = 0;
    Proposal *now;

    for (size_t u = 0; u < m->n_units; u++) {
        n_hidden += is_hidden(p, u);
        if (u == p->unit || !is_hidden(p, u) || pairs == MOST_PAIRS || !(now = add(p, 2)))
            continue;
        pairs++;
        part(now, p->unit, p->period, m->indicators[0].code);
        part(now, u, p->period, m->indicators[0].code);
        now->what = arena_printf(p->arena, _("%s and %s together"), m->units[p->unit].name,
                                 m->units[u].name);
    }
    if (n_hidden < 3 || !(now = add(p, m->n_units)))
        return;
    for (size_t u = 0; u < m->n_units; u++)
        if (is_hidden(p, u))
            part(now, u, p->period, m->indicators[0].code);
    now->what = arena_printf(p->arena, _("All %zu that are hidden together"), n_hidden);
}

Proposals indikator_propose_merges(Arena *arena, const Matrix *m, const bool hidden[], size_t unit,
                                   size_t period)
{
    Proposals all = { arena_alloc(arena, MOST_PROPOSALS * sizeof(Proposal)), 0 };
    Proposing p = { arena, m, hidden, unit, period, &all };

    propose_periods(&p);
    propose_grades(&p);
    propose_units(&p);
    return all;
}
