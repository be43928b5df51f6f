/* lenket.c - a system of linked figures becomes a problem for the engine, and its answer a pattern.
 *
 * All figures are masses that add up: a mean of ten pupils weighs ten. The attacker is taken to know
 * the number of people behind every figure, so a mean tells its mass as closely as it was rounded.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "moenster.h"
#include "sdc.h"

#define COUNT_INTERVAL 3 /* people: contracts.md, "interval 3" */
#define PART_OF_SCALE 4  /* a figure is told when it is known to within a quarter of its scale */
#define TOP_COST 3       /* the municipality's figures are kept the longest */
#define WORK 600000u     /* steps of the engine for one system */

Linked *skjerming_linked_new(int64_t owner, const char *family, const char *period)
{
    Linked *l = g_new0(Linked, 1);

    l->owner = owner;
    l->family = g_strdup(family);
    l->period = g_strdup(period);
    l->text = g_string_chunk_new(256);
    l->cells = g_array_new(FALSE, FALSE, sizeof(LinkedMass));
    l->sums = g_array_new(FALSE, FALSE, sizeof(LinkedSum));
    l->terms = g_array_new(FALSE, FALSE, sizeof(LinkedTerm));
    return l;
}

void skjerming_linked_free(Linked *l)
{
    if (!l)
        return;
    g_free(l->family);
    g_free(l->period);
    g_string_chunk_free(l->text);
    g_array_unref(l->cells);
    g_array_unref(l->sums);
    g_array_unref(l->terms);
    g_free(l);
}

unsigned skjerming_linked_add(Linked *l, const LinkedCell *cell)
{
    LinkedMass mass = { *cell, cell->weight * cell->value };

    g_assert(cell->weight > 0 && !isnan(cell->value));
    mass.cell.indicator = g_string_chunk_insert_const(l->text, cell->indicator);
    mass.cell.rule = g_string_chunk_insert_const(l->text, cell->rule);
    if (cell->whole)
        mass.mass = round(mass.mass);
    g_array_append_val(l->cells, mass);
    return l->cells->len - 1;
}

void skjerming_linked_sum(Linked *l, unsigned n, const unsigned cells[], const double coef[])
{
    const LinkedSum sum = { l->terms->len, n };

    for (unsigned i = 0; i < n; i++) {
        const LinkedTerm term = { cells[i], coef[i] };

        g_array_append_val(l->terms, term);
    }
    g_array_append_val(l->sums, sum);
}

const LinkedCell *skjerming_linked_cell(const Linked *l, unsigned i)
{
    return &g_array_index(l->cells, LinkedMass, i).cell;
}

double skjerming_linked_mass(const Linked *l, unsigned cell)
{
    return g_array_index(l->cells, LinkedMass, cell).mass;
}

/* --- to the engine --- */

static void set_limits(const LinkedMass *m, SdcCell *to)
{
    const LinkedCell *c = &m->cell;
    double slack = c->weight * c->half;

    to->lower = isnan(c->low) ? 0 : c->weight * c->low;
    to->upper = isnan(c->high) ? INFINITY : c->weight * c->high;
    to->tell_lower = m->mass - slack;
    to->tell_upper = m->mass + slack;
    if (c->whole) {
        to->lower = floor(to->lower);
        to->upper = isinf(to->upper) ? INFINITY : ceil(to->upper);
        to->tell_lower = ceil(to->tell_lower - 1e-9);
        to->tell_upper = floor(to->tell_upper + 1e-9);
    }
    to->lower = MIN(to->lower, m->mass);
    to->upper = MAX(to->upper, m->mass);
    to->tell_lower = CLAMP(to->tell_lower, to->lower, m->mass);
    to->tell_upper = CLAMP(to->tell_upper, m->mass, to->upper);
}

static double interval_of(const LinkedMass *m)
{
    const LinkedCell *c = &m->cell;
    double scale = c->high - c->low, most;

    if (c->whole)
        return COUNT_INTERVAL;
    if (isnan(scale))
        scale = MAX(2 * fabs(c->value), 1);
    most = c->weight * scale / PART_OF_SCALE;
    return MAX(most, 1e-3);
}

static SdcCell cell_for(const LinkedMass *m, bool out)
{
    SdcCell cell = { .value = m->mass, .whole = m->cell.whole };

    set_limits(m, &cell);
    cell.use = m->cell.use == LINKED_NEVER          ? SDC_NEVER
               : m->cell.use == LINKED_KNOWN || out ? SDC_OUT
                                                    : SDC_OPEN;
    cell.cost = (m->cell.top ? TOP_COST : 1) + 0.1 * log1p(fabs(m->mass));
    if (m->cell.whole && m->mass < 0.5)
        cell.cost *= 2; /* an empty cell never means "not zero" */
    return cell;
}

/* Why a cell would be hidden if it stood alone. */
static HiddenBy alone(Arena *arena, const LinkedCell *c, const Rule *rule)
{
    const RawCell raw = { .status = VALUE_OK,
                          .value = c->value,
                          .n = c->n,
                          .measure = c->measure,
                          .group = c->in_group };

    if (c->use != LINKED_OPEN)
        return HIDDEN_NOT;
    if (c->source_masked)
        return HIDDEN_SOURCE;
    return skjerming_primary(arena, &raw, rule) ? HIDDEN_PRIMARY : HIDDEN_NOT;
}

typedef struct {
    Arena *arena;
    const Linked *linked;
    const bool *out;
    SdcProblem *problem;
    Solved *ret;
} Solving;

static bool add_cells(Solving *s, const RuleSet *rules, GError **error)
{
    for (unsigned i = 0; i < s->linked->cells->len; i++) {
        const LinkedMass *m = &g_array_index(s->linked->cells, LinkedMass, i);
        const Rule *rule = skjerming_rule_for(rules, m->cell.rule);
        SdcCell cell = cell_for(m, s->out[i]);

        if (!rule)
            return app_fail(error, APP_ERROR_INVALID, "no disclosure rule \"%s\" in force",
                            m->cell.rule);
        s->ret->hidden[i] = alone(s->arena, &m->cell, rule);
        if (s->ret->hidden[i] != HIDDEN_NOT && cell.use == SDC_OPEN)
            cell.interval = MIN(interval_of(m), (cell.upper - cell.lower) / 2);
        s->ret->n_out += s->ret->hidden[i] != HIDDEN_NOT && s->out[i];
        if (s->problem)
            sdc_add(s->problem, &cell);
    }
    return true;
}

static void add_sums(Solving *s)
{
    for (unsigned i = 0; i < s->linked->sums->len; i++) {
        const LinkedSum *sum = &g_array_index(s->linked->sums, LinkedSum, i);
        g_autofree unsigned *cells = g_new(unsigned, sum->n + 1);
        g_autofree double *coef = g_new(double, sum->n + 1);

        for (unsigned k = 0; k < sum->n; k++) {
            const LinkedTerm *t = &g_array_index(s->linked->terms, LinkedTerm, sum->first + k);

            cells[k] = t->cell;
            coef[k] = t->coef;
        }
        sdc_equate(s->problem, sum->n, cells, coef);
    }
}

/* What the attacker is left with, in the words of the proof. */
static void measure(Solving *s, const SdcResult *r)
{
    for (unsigned i = 0; i < r->n; i++) {
        const SdcCell *c = sdc_cell(s->problem, i);

        if (!(c->interval > 0))
            continue;
        double wide = (r->upper[i] - r->lower[i]) / c->interval;

        s->ret->narrowest = isnan(s->ret->narrowest) ? wide : MIN(wide, s->ret->narrowest);
        if (c->whole && (s->ret->wholes == NO_INT || r->whole[i] < s->ret->wholes))
            s->ret->wholes = r->whole[i];
    }
}

static void close_all(Solving *s)
{
    for (unsigned i = 0; i < s->linked->cells->len; i++)
        if (skjerming_linked_cell(s->linked, i)->use == LINKED_OPEN &&
            s->ret->hidden[i] == HIDDEN_NOT)
            s->ret->hidden[i] = HIDDEN_SECONDARY;
}

static void count_hidden(Solving *s)
{
    for (unsigned i = 0; i < s->linked->cells->len; i++)
        s->ret->n_hidden += s->ret->hidden[i] != HIDDEN_NOT;
}

static void protect(Solving *s)
{
    const SdcOptions options = { .work = WORK, .rough = s->linked->cells->len > 500 };
    g_autoptr(SdcResult) r = sdc_protect(s->problem, &options);

    for (unsigned i = 0; i < r->n; i++)
        if (r->hidden[i] && s->ret->hidden[i] == HIDDEN_NOT)
            s->ret->hidden[i] = HIDDEN_SECONDARY;
    s->ret->n_protected = r->n_protected;
    s->ret->n_unsafe = r->n_unsafe;
    s->ret->method = r->method;
    s->ret->safe = r->n_unsafe == 0;
    measure(s, r);
}

SdcProblem *skjerming_problem(Arena *arena, const Linked *linked, const RuleSet *rules,
                              GError **error)
{
    unsigned n = linked->cells->len;
    g_autoptr(SdcProblem) problem = sdc_new();
    Solved found = { .hidden = arena_alloc(arena, MAX(n, 1) * sizeof(HiddenBy)) };
    Solving s = { arena, linked, arena_alloc(arena, MAX(n, 1) * sizeof(bool)), problem, &found };

    if (!add_cells(&s, rules, error))
        return NULL;
    add_sums(&s);
    return g_steal_pointer(&problem);
}

bool skjerming_solve(Arena *arena, const Linked *linked, const RuleSet *rules, const bool out[],
                     Solved *ret, GError **error)
{
    unsigned n = linked->cells->len;
    bool large = n > LINKED_MOST_CELLS;
    g_autoptr(SdcProblem) problem = large ? NULL : sdc_new();
    Solving s = { arena, linked, out, problem, ret };

    *ret = (Solved){ .hidden = arena_alloc(arena, MAX(n, 1) * sizeof(HiddenBy)),
                     .n_cells = n,
                     .narrowest = NAN,
                     .wholes = NO_INT,
                     .method = large ? "too large" : "nothing to protect" };
    if (!add_cells(&s, rules, error))
        return false;
    if (!large) {
        add_sums(&s);
        protect(&s);
    }
    if (!ret->safe)
        close_all(&s);
    count_hidden(&s);
    return true;
}
