/* moenster.c - patterns of systems: stored once, used by every release, and proved.
 *
 * A release only looks up; the work is done where figures are stored. A system nobody has worked out
 * yet, under the thresholds of the day, shows nothing of the owner's own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "moenster.h"
#include "moenster.sql.h"
#include "sdc.h"

#define ALIKE 1e-9

/* --- marking --- */

bool skjerming_linked_mark(Db *db, int64_t owner, const char *family, const char *period,
                           GError **error)
{
    return owner ? moenster_mark(db, owner, family, period, id_new(), error)
                 : moenster_mark_all(db, family, period, id_new(), error);
}

bool skjerming_linked_waiting(Db *db, Arena *arena, int64_t owner, const char *today,
                              LinkedKeys *ret, GError **error)
{
    g_auto(MoensterWaitingRows) rows = { 0 };
    const char *rules;

    if (!skjerming_version(db, arena, today, &rules, error) ||
        !moenster_waiting(db, owner, rules, &rows, error))
        return false;
    *ret = (LinkedKeys){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(LinkedKey)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (LinkedKey){ arena_dup(arena, rows.v[i].family),
                                 arena_dup(arena, rows.v[i].period), rows.v[i].mark };
    return true;
}

bool skjerming_linked_know(Db *db, int64_t owner, const char *family, const char *period,
                           GError **error)
{
    return moenster_know(db, owner, family, period, id_new(), error);
}

bool skjerming_linked_all(Db *db, Arena *arena, int64_t owner, LinkedKeys *ret, GError **error)
{
    g_auto(MoensterAllRows) rows = { 0 };

    if (!moenster_all(db, owner, &rows, error))
        return false;
    *ret = (LinkedKeys){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(LinkedKey)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (LinkedKey){ arena_dup(arena, rows.v[i].family),
                                 arena_dup(arena, rows.v[i].period), rows.v[i].mark };
    return true;
}

bool skjerming_linked_owners(Db *db, Arena *arena, int64_t **ret, size_t *ret_n, GError **error)
{
    g_auto(MoensterOwnersRows) rows = { 0 };

    if (!moenster_owners(db, &rows, error))
        return false;
    *ret_n = rows.n;
    *ret = arena_alloc(arena, MAX(rows.n, 1) * sizeof(int64_t));
    for (size_t i = 0; i < rows.n; i++)
        (*ret)[i] = rows.v[i].owner;
    return true;
}

/* --- working out --- */

typedef struct {
    const Linked *linked;
    Solved solved;
    const char *rules;
    char *input;
    int64_t mark, now;
} Settling;

/* Least and greatest code of the system, in the order of bytes. */
static void code_range(const Linked *l, const char **first, const char **last)
{
    *first = *last = l->cells->len ? skjerming_linked_cell(l, 0)->indicator : "";
    for (unsigned i = 1; i < l->cells->len; i++) {
        const char *code = skjerming_linked_cell(l, i)->indicator;

        *first = strcmp(code, *first) < 0 ? code : *first;
        *last = strcmp(code, *last) > 0 ? code : *last;
    }
}

/* Which cells have been shown with the value they have now. */
static bool read_out(Db *db, const Linked *l, bool out[], GError **error)
{
    g_auto(MoensterOutRows) rows = { 0 };
    const char *first, *last;

    code_range(l, &first, &last);
    if (!moenster_out(db, l->owner, first, last, l->period, &rows, error))
        return false;
    for (unsigned i = 0; i < l->cells->len; i++) {
        const LinkedCell *c = skjerming_linked_cell(l, i);

        for (size_t k = 0; c->use == LINKED_OPEN && k < rows.n && !out[i]; k++)
            out[i] = rows.v[k].enhet == c->enhet && !strcmp(rows.v[k].indikator, c->indicator) &&
                     fabs(rows.v[k].value - c->value) < ALIKE;
    }
    return true;
}

/* All that the pattern was worked out from. */
static char *hash_of(const Linked *l, const bool out[], const char *rules)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    char value[G_ASCII_DTOSTR_BUF_SIZE], weight[G_ASCII_DTOSTR_BUF_SIZE];

    g_checksum_update(sum, (const guchar *)rules, -1);
    for (unsigned i = 0; i < l->cells->len; i++) {
        const LinkedCell *c = skjerming_linked_cell(l, i);
        g_autofree char *line =
            g_strdup_printf("\n%s %" G_GINT64_FORMAT " %s %s %" G_GINT64_FORMAT " %d %d %d",
                            c->indicator, c->enhet, g_ascii_dtostr(value, sizeof value, c->value),
                            g_ascii_dtostr(weight, sizeof weight, c->weight), c->n, (int)c->use,
                            c->source_masked, out[i]);

        g_checksum_update(sum, (const guchar *)line, -1);
    }
    for (unsigned i = 0; i < l->terms->len; i++) {
        const LinkedTerm *t = &g_array_index(l->terms, LinkedTerm, i);
        g_autofree char *line = g_strdup_printf("\n%u %.0f", t->cell, t->coef);

        g_checksum_update(sum, (const guchar *)line, -1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

static bool store_cells(Db *db, const Settling *s, GError **error)
{
    static const char *const reasons[] = {
        [HIDDEN_SOURCE] = "kilde", [HIDDEN_PRIMARY] = "primaer", [HIDDEN_SECONDARY] = "sekundaer"
    };
    const Linked *l = s->linked;
    unsigned n = l->cells->len;
    g_autofree MoensterHideArgs *hide = g_new0(MoensterHideArgs, n + 1);
    g_autofree MoensterShowArgs *show = g_new0(MoensterShowArgs, n + 1);
    size_t n_hide = 0, n_show = 0;

    for (unsigned i = 0; i < n; i++) {
        const LinkedCell *c = skjerming_linked_cell(l, i);

        if (c->use != LINKED_OPEN)
            continue;
        if (s->solved.hidden[i] == HIDDEN_NOT)
            show[n_show++] =
                (MoensterShowArgs){ l->owner, c->indicator, l->period, c->enhet, c->value, s->now };
        else
            hide[n_hide++] =
                (MoensterHideArgs){ l->owner, c->indicator, l->period,
                                    c->enhet, l->family,    reasons[s->solved.hidden[i]] };
    }
    return moenster_hide(db, hide, n_hide, error) && moenster_show(db, show, n_show, error);
}

static bool settle(Db *db, const Settling *s, GError **error)
{
    const MoensterSettleArgs args = {
        .owner = s->linked->owner,
        .family = s->linked->family,
        .period = s->linked->period,
        .mark = s->mark,
        .state = s->solved.safe ? "trygg" : "lukket",
        .rules = s->rules,
        .input = s->input,
        .engine = SDC_VERSION,
        .method = s->solved.method,
        .n_cells = s->solved.n_cells,
        .n_hidden = s->solved.n_hidden,
        .n_protected = s->solved.n_protected,
        .n_out = s->solved.n_out,
        .n_unsafe = s->solved.n_unsafe,
        .narrowest = isinf(s->solved.narrowest) ? 1e9 : s->solved.narrowest,
        .wholes = s->solved.wholes,
        .made_at = s->now,
    };

    return moenster_settle(db, &args, error);
}

static bool store_work(Db *db, void *arg, GError **error)
{
    const Settling *s = arg;
    const Linked *l = s->linked;
    g_auto(MoensterMarkOfRows) now = { 0 };

    if (!moenster_mark_of(db, l->owner, l->family, l->period, &now, error))
        return false;
    if (!now.n || now.v[0].mark != s->mark)
        return true; /* changed meanwhile: it waits for the next turn */
    return moenster_forget(db, l->owner, l->family, l->period, error) && settle(db, s, error) &&
           store_cells(db, s, error);
}

bool skjerming_work_out(Db *db, const Linked *linked, int64_t mark, const char *today, int64_t now,
                        GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    RuleSet rules;
    g_autofree bool *out = g_new0(bool, linked->cells->len + 1);
    Settling s = { .linked = linked, .mark = mark, .now = now };

    if (!skjerming_rule_set(db, arena, today, AUDIENCE_PUBLIC, &rules, error) ||
        !skjerming_version(db, arena, today, &s.rules, error) ||
        !read_out(db, linked, out, error) ||
        !skjerming_solve(arena, linked, &rules, out, &s.solved, error))
        return false;
    g_autofree char *input = hash_of(linked, out, s.rules);
    s.input = input;
    return db_transaction_aside(db, store_work, &s, error);
}

/* --- what the gate asks --- */

struct PatternUse {
    GHashTable *safe;   /* "family period": worked out, under the thresholds of the day */
    GHashTable *hidden; /* "enhet indicator period" */
};

void skjerming_patterns_free(PatternUse *use)
{
    if (!use)
        return;
    g_hash_table_unref(use->safe);
    g_hash_table_unref(use->hidden);
    g_free(use);
}

static char *cell_key(int64_t enhet, const char *indicator, const char *period)
{
    return g_strdup_printf("%" G_GINT64_FORMAT " %s %s", enhet, indicator, period);
}

typedef struct {
    const char *family[2], *code[2], *period[2]; /* least, greatest */
    bool any;
} Span;

static void widen(const char *bounds[2], const char *with, bool any)
{
    if (!any || strcmp(with, bounds[0]) < 0)
        bounds[0] = with;
    if (!any || strcmp(with, bounds[1]) > 0)
        bounds[1] = with;
}

static Span span_of(const GArray *cells, const bool needs[])
{
    Span s = { .any = false };

    for (guint i = 0; i < cells->len; i++) {
        const RawCell *raw = &g_array_index(cells, RawCell, i);

        if (!needs[i])
            continue;
        widen(s.family, raw->family, s.any);
        widen(s.code, raw->indicator, s.any);
        widen(s.period, raw->period, s.any);
        s.any = true;
    }
    return s;
}

bool skjerming_patterns(Db *db, int64_t owner, const GArray *cells, const bool needs[],
                        const char *rules, PatternUse **ret, GError **error)
{
    const Span s = span_of(cells, needs);
    g_auto(MoensterSystemsRows) systems = { 0 };
    g_auto(MoensterHiddenRows) hidden = { 0 };
    PatternUse *use;

    if (!s.any)
        return true;
    if (!moenster_systems(db, owner, s.family[0], s.family[1], s.period[0], s.period[1], &systems,
                          error) ||
        !moenster_hidden(db, owner, s.code[0], s.code[1], s.period[0], s.period[1], &hidden, error))
        return false;
    use = g_new0(PatternUse, 1);
    use->safe = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    use->hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < systems.n; i++)
        if (!strcmp(systems.v[i].state, "trygg") && !strcmp(systems.v[i].rules, rules))
            g_hash_table_add(use->safe,
                             g_strdup_printf("%s %s", systems.v[i].family, systems.v[i].period));
    for (size_t i = 0; i < hidden.n; i++)
        g_hash_table_add(use->hidden,
                         cell_key(hidden.v[i].enhet, hidden.v[i].indikator, hidden.v[i].period));
    *ret = use;
    return true;
}

PatternSays skjerming_pattern_of(const PatternUse *use, const RawCell *cell)
{
    g_autofree char *family = g_strdup_printf("%s %s", cell->family, cell->period);
    g_autofree char *key = cell_key(cell->enhet, cell->indicator, cell->period);

    if (!g_hash_table_contains(use->safe, family))
        return PATTERN_CLOSED;
    return g_hash_table_contains(use->hidden, key) ? PATTERN_HIDES : PATTERN_SHOWS;
}

bool skjerming_stored_pattern(Db *db, const Linked *l, bool hidden[], GError **error)
{
    g_auto(MoensterHiddenRows) rows = { 0 };
    const char *first, *last;

    code_range(l, &first, &last);
    if (!moenster_hidden(db, l->owner, first, last, l->period, l->period, &rows, error))
        return false;
    for (unsigned i = 0; i < l->cells->len; i++) {
        const LinkedCell *c = skjerming_linked_cell(l, i);

        for (size_t k = 0; c->use == LINKED_OPEN && k < rows.n; k++)
            hidden[i] = hidden[i] ||
                        (rows.v[k].enhet == c->enhet && !strcmp(rows.v[k].indikator, c->indicator));
    }
    return true;
}

/* --- proof --- */

bool skjerming_prove(Db *db, int64_t owner, int64_t release, const Released *released,
                     GError **error)
{
    g_autoptr(GHashTable) done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < released->n; i++) {
        const ReleasedKey *k = &released->keys[i];

        if (!k->enhet || !k->family ||
            !g_hash_table_add(done, g_strdup_printf("%s %s", k->family, k->period)))
            continue;
        if (!moenster_prove(db, owner, release, k->family, k->period, error))
            return false;
    }
    return true;
}

bool skjerming_proof(Db *db, Arena *arena, int64_t owner, int64_t release, ReleaseProof *ret,
                     GError **error)
{
    g_auto(MoensterProofRows) rows = { 0 };

    if (!moenster_proof(db, owner, release, &rows, error))
        return false;
    const MoensterProofRow *r = &rows.v[0];
    *ret = (ReleaseProof){ r->n,     r->n_safe,    r->n_hidden, r->n_protected,
                           r->n_out, r->narrowest, r->wholes,   arena_dup(arena, r->engine) };
    return true;
}
