/* skjulte.c - for those who write: what the public does not see of an indicator, why, and what could
 * be shown instead.
 *
 * The page is for those who may see the owner's figures anyway. Each proposal has been given to the
 * attacker together with all that is shown.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "eier.h"
#include "lenket.h"
#include "skjulte.h"
#include "skjulte.html.h"

#define MOST_CELLS 8 /* with proposals; each of them costs an attack */

typedef struct {
    Req *req;
    int64_t owner;
    const char *code;
    UnitRefList units;   /* those whose own figures the reader may see */
    Matrix m;            /* as the owner sees it */
    Matrix open;         /* as the public does */
    bool *hidden;        /* of each unit and period of m: known inside, not shown to the public */
    GHashTable *systems; /* "family period" -> Linked */
} Looking;

static void looking_clear(Looking *l)
{
    g_clear_pointer(&l->systems, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Looking, looking_clear)

static bool find_units(Looking *l, GError **error)
{
    Req *req = l->req;
    UnitRefList all;
    UnitRef unit;

    if (!indikator_chosen_unit(req, &unit, error))
        return false;
    if (!unit.enhet)
        return req_not_found(req, error);
    if (!indikator_siblings(req, &unit, &all, error))
        return false;
    l->units = (UnitRefList){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(UnitRef)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].enhet && req_may_unit(req, PERM_INDICATOR_INTERN, all.v[i].enhet))
            l->units.v[l->units.n++] = all.v[i];
    return true;
}

static bool read_view(Looking *l, Audience audience, Matrix *ret, GError **error)
{
    const char **codes = arena_alloc(l->req->arena, 2 * sizeof(char *));
    const MatrixSpec spec = { .owner = l->owner,
                              .audience = audience,
                              .lang = l->req->lang,
                              .today = l->req->today,
                              .units = l->units.v,
                              .n_units = l->units.n,
                              .indicators = codes };

    codes[0] = l->code;
    return indikator_matrix(l->req->db, l->req->arena, &spec, ret, error);
}

static bool look(Looking *l, GError **error)
{
    if (!find_units(l, error) || !read_view(l, AUDIENCE_INTERNAL, &l->m, error) ||
        !read_view(l, AUDIENCE_PUBLIC, &l->open, error))
        return false;
    l->hidden = arena_alloc(l->req->arena, MAX(l->m.n_units * l->m.n_periods, 1) * sizeof(bool));
    for (size_t i = 0; i < l->m.n_units * l->m.n_periods; i++)
        l->hidden[i] = l->m.n_periods == l->open.n_periods && l->m.v[i].known &&
                       l->m.v[i].cell.status != VALUE_MASKED && !isnan(l->m.v[i].cell.value) &&
                       l->open.v[i].cell.status == VALUE_MASKED;
    return true;
}

/* --- proposals --- */

static bool system_of(Looking *l, const char *code, const char *period, const Linked **ret,
                      GError **error)
{
    const char *family = indikator_family(l->req->arena, code);
    const char *key = arena_printf(l->req->arena, "%s %s", family, period);
    Linked *linked = g_hash_table_lookup(l->systems, key);

    if (!linked) {
        if (!indikator_read_linked(l->req->db, l->req->arena, l->owner, family, period,
                                   l->req->today, &linked, error))
            return false;
        g_hash_table_insert(l->systems, (void *)(uintptr_t)key, linked);
    }
    *ret = linked;
    return true;
}

static const char *answer_text(const Looking *l, const TogetherFound *found)
{
    const Indicator *about = &l->m.indicators[0];
    char value[NUM_TEXT], n[NUM_TEXT];

    switch (found->verdict) {
    case TOGETHER_SMALL:
        return _("Still too small a group.");
    case TOGETHER_TELLS:
        return _(
            "Cannot be shown: with the figures that are shown it would give a hidden one away.");
    case TOGETHER_UNKNOWN:
        return _("Cannot be tried: not all the figures, or not the people behind them, are known.");
    case TOGETHER_PASSES:
        break;
    }
    num_text(found->value, strcmp(about->unit, "antall") ? MAX(about->decimals, 1) : 0, value);
    if (found->n == NO_INT)
        return arena_printf(l->req->arena, _("Can be shown: %s, computed."), value);
    return arena_printf(l->req->arena, _("Can be shown: %s (%s behind it), computed."), value,
                        num_text((double)found->n, 0, n));
}

static bool try_one(Looking *l, const Proposal *p, TogetherLine *ret, GError **error)
{
    LinkedPart *parts = arena_alloc(l->req->arena, MAX(p->n, 1) * sizeof(LinkedPart));
    TogetherFound found;

    for (size_t i = 0; i < p->n; i++) {
        parts[i] = (LinkedPart){ NULL, l->m.units[p->units[i]].enhet, p->codes[i] };
        if (!system_of(l, p->codes[i], l->m.periods[p->periods[i]], &parts[i].of, error))
            return false;
    }
    if (!skjerming_together(l->req->db, l->req->arena, parts, p->n, l->req->today, &found, error))
        return false;
    *ret = (TogetherLine){ p->what, answer_text(l, &found), found.verdict == TOGETHER_PASSES };
    return true;
}

static bool fill_cell(Looking *l, size_t unit, size_t period, HiddenLine *ret, GError **error)
{
    const Cell *inside = &matrix_at(&l->m, unit, 0, period)->cell;
    Arena *arena = l->req->arena;
    Proposals all = indikator_propose_merges(arena, &l->m, l->hidden, unit, period);

    *ret = (HiddenLine){
        .unit = l->m.units[unit].name,
        .period = l->m.periods[period],
        .figure = indikator_cell_text(arena, &l->m.indicators[0], inside, true),
        .why = skjerming_why(&matrix_at(&l->open, unit, 0, period)->cell),
        .proposals = { arena_alloc(arena, MAX(all.n, 1) * sizeof(TogetherLine)), all.n },
    };
    for (size_t i = 0; i < all.n; i++)
        if (!try_one(l, &all.v[i], &ret->proposals.v[i], error))
            return false;
    return true;
}

static bool fill_cells(Looking *l, HiddenView *view, GError **error)
{
    size_t more = 0, n = l->m.n_periods;

    view->cells = (HiddenLines){ arena_alloc(l->req->arena, MOST_CELLS * sizeof(HiddenLine)), 0 };
    for (size_t p = n; p-- > 0;)
        for (size_t u = 0; u < l->m.n_units; u++) {
            if (!l->hidden[u * n + p])
                continue;
            if (view->cells.n == MOST_CELLS)
                more++;
            else if (!fill_cell(l, u, p, &view->cells.v[view->cells.n++], error))
                return false;
        }
    if (more)
        view->more = arena_printf(
            l->req->arena,
            ngettext("%zu older figure is hidden too.", "%zu older figures are hidden too.", more),
            more);
    return true;
}

bool indikator_show_hidden(Req *req, GError **error)
{
    g_auto(Looking) l = { .req = req, .owner = req->user->owner, .code = req_param(req, "code") };
    HiddenView view = { .more = NULL };

    l.systems =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)skjerming_linked_free);
    if (!look(&l, error) || !fill_cells(&l, &view, error))
        return false;
    view.name = l.m.indicators[0].name;
    view.back = url_for(req->arena, "/indikatorer/%s", l.code);
    indikator_skjulte(req_page(req, 200, _("What the public does not see")), &view);
    return true;
}
