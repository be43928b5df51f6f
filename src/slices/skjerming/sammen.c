/* sammen.c - what could be shown instead of a hidden figure: several of them as one.
 *
 * A sum is no safer than the figures beside it: three years together give one of them away when the
 * other two are shown. So each proposal is given to the attacker with all that is out.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "moenster.h"

#define MOST_CELLS 1200 /* of all systems together: a page waits for the answer */
#define WORK 300000u

typedef struct {
    Db *db;
    const LinkedPart *parts;
    size_t n;
    Linked *all;       /* every system of the parts, as one */
    const Linked **of; /* those systems, and where their cells begin in all */
    unsigned *first;
    size_t n_of;
    bool *hidden; /* of all's cells */
} Merging;

static size_t system_of(const Merging *m, const Linked *linked)
{
    for (size_t i = 0; i < m->n_of; i++)
        if (m->of[i] == linked)
            return i;
    return SIZE_MAX;
}

static bool add_system(Merging *m, const Linked *l, GError **error)
{
    unsigned first = m->all->cells->len, first_term = m->all->terms->len;

    m->of[m->n_of] = l;
    m->first[m->n_of++] = first;
    g_array_append_vals(m->all->cells, l->cells->data, l->cells->len);
    for (unsigned i = 0; i < l->terms->len; i++) {
        LinkedTerm t = g_array_index(l->terms, LinkedTerm, i);

        t.cell += first;
        g_array_append_val(m->all->terms, t);
    }
    for (unsigned i = 0; i < l->sums->len; i++) {
        LinkedSum s = g_array_index(l->sums, LinkedSum, i);

        s.first += first_term;
        g_array_append_val(m->all->sums, s);
    }
    m->hidden = g_renew(bool, m->hidden, m->all->cells->len + 1);
    memset(m->hidden + first, 0, (l->cells->len + 1) * sizeof(bool));
    return skjerming_stored_pattern(m->db, l, m->hidden + first, error);
}

static bool merge(Merging *m, GError **error)
{
    for (size_t i = 0; i < m->n; i++)
        if (system_of(m, m->parts[i].of) == SIZE_MAX && !add_system(m, m->parts[i].of, error))
            return false;
    return true;
}

/* The cell of a part in all; UINT_MAX: it has none, or nobody knows how many it is about. */
static unsigned find_part(const Merging *m, const LinkedPart *part)
{
    unsigned first = m->first[system_of(m, part->of)];

    for (unsigned i = 0; i < part->of->cells->len; i++) {
        const LinkedCell *c = skjerming_linked_cell(part->of, i);

        if (c->enhet == part->enhet && c->use != LINKED_NEVER &&
            !strcmp(c->indicator, part->indicator))
            return c->n == NO_INT && c->measure != MEASURE_COUNT ? UINT_MAX : first + i;
    }
    return UINT_MAX;
}

/* The sum as a cell that is out. */
static LinkedCell add_up(const Merging *m, const unsigned cells[], TogetherFound *ret)
{
    LinkedCell sum = *skjerming_linked_cell(m->all, cells[0]);
    double mass = 0, weight = 0;
    int64_t n = 0;

    for (size_t i = 0; i < m->n; i++) {
        const LinkedCell *c = skjerming_linked_cell(m->all, cells[i]);

        mass += skjerming_linked_mass(m->all, cells[i]);
        weight += c->weight;
        n = n == NO_INT || c->n == NO_INT ? NO_INT : n + c->n;
    }
    ret->n = n;
    ret->value = sum.measure == MEASURE_COUNT ? mass : mass / weight;
    sum.value = ret->value;
    sum.weight = sum.measure == MEASURE_COUNT ? 1 : weight;
    sum.n = n;
    sum.high = sum.measure == MEASURE_COUNT ? NAN : sum.high;
    sum.half = sum.whole ? 0 : sum.half;
    sum.use = LINKED_KNOWN;
    return sum;
}

static bool attack(const Merging *m, Arena *arena, const RuleSet *rules, bool *ret_safe,
                   GError **error)
{
    const SdcOptions options = { .work = WORK };
    g_autoptr(SdcProblem) problem = skjerming_problem(arena, m->all, rules, error);
    g_autoptr(SdcResult) r = NULL;

    if (!problem)
        return false;
    r = sdc_attack(problem, m->hidden, &options);
    *ret_safe = r->n_unsafe == 0;
    return true;
}

static bool try_sum(Merging *m, Arena *arena, const unsigned cells[], const RuleSet *rules,
                    TogetherFound *ret, GError **error)
{
    const LinkedCell sum = add_up(m, cells, ret);
    const RawCell raw = { .status = VALUE_OK,
                          .value = sum.value,
                          .n = sum.n,
                          .measure = sum.measure,
                          .group = sum.in_group };
    const Rule *rule = skjerming_rule_for(rules, sum.rule);
    g_autofree unsigned *of = g_new(unsigned, m->n + 1);
    g_autofree double *coef = g_new(double, m->n + 1);
    bool safe = false;

    if (!rule)
        return app_fail(error, APP_ERROR_INVALID, "no disclosure rule \"%s\" in force", sum.rule);
    ret->verdict = TOGETHER_SMALL;
    if (skjerming_primary(arena, &raw, rule))
        return true;
    for (size_t i = 0; i < m->n; i++) {
        of[i] = cells[i];
        coef[i] = 1;
    }
    of[m->n] = skjerming_linked_add(m->all, &sum);
    coef[m->n] = -1;
    m->hidden = g_renew(bool, m->hidden, m->all->cells->len + 1);
    m->hidden[of[m->n]] = false;
    skjerming_linked_sum(m->all, (unsigned)m->n + 1, of, coef);
    if (!attack(m, arena, rules, &safe, error))
        return false;
    ret->verdict = safe ? TOGETHER_PASSES : TOGETHER_TELLS;
    return true;
}

bool skjerming_together(Db *db, Arena *arena, const LinkedPart parts[], size_t n, const char *today,
                        TogetherFound *ret, GError **error)
{
    g_autoptr(Linked) all = skjerming_linked_new(0, "", "");
    g_autofree const Linked **of = g_new0(const Linked *, n + 1);
    g_autofree unsigned *first = g_new0(unsigned, n + 1), *cells = g_new0(unsigned, n + 1);
    Merging m = { .db = db, .parts = parts, .n = n, .all = all, .of = of, .first = first };
    RuleSet rules;
    bool known = true, well;

    *ret = (TogetherFound){ TOGETHER_UNKNOWN, NAN, NO_INT };
    well = skjerming_rule_set(db, arena, today, AUDIENCE_PUBLIC, &rules, error) && merge(&m, error);
    for (size_t i = 0; well && i < n; i++) {
        cells[i] = find_part(&m, &parts[i]);
        known = known && cells[i] != UINT_MAX;
    }
    if (well && known && all->cells->len <= MOST_CELLS)
        well = try_sum(&m, arena, cells, &rules, ret, error);
    g_free(m.hidden);
    return well;
}
