/* enhet-sider.c - the pages of units: the list, and one unit with its facts and history.
 *
 * What other slices know of a unit (its indicators, say) they contribute through Slice.unit_panel;
 * this page only makes room for it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet-sider.h"
#include "enhet-sider.sql.h"
#include "enhet.html.h"
#include "liste.html.h"

static UnitLine line_of(Req *req, const Enhet *unit)
{
    return (UnitLine){ .name = unit->name,
                       .kind = unit->kind_name,
                       .code = unit->code,
                       .origin = unit->origin,
                       .url = url_for(req->arena, "/enheter/%I", unit->id) };
}

/* A role of one unit sees that one: domain.md 7.2, "Ro". */
static bool may_see(const Req *req, int64_t unit)
{
    return req_may_unit(req, PERM_UNIT_READ, unit);
}

static bool show_list(Req *req, GError **error)
{
    EnhetList all;
    UnitLines lines;

    if (!enhet_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    lines = (UnitLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(UnitLine)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (may_see(req, all.v[i].id))
            lines.v[lines.n++] = line_of(req, &all.v[i]);
    enhet_liste(req_page(req, 200, _("Units")), &lines);
    return true;
}

static const char *since(Req *req, const char *from, const char *to)
{
    char a[DATE_TEXT], b[DATE_TEXT];
    bool known = strcmp(from, "0001-01-01") > 0;

    if (known && to)
        return arena_printf(req->arena, "%s–%s", date_short(from, a), date_short(to, b));
    if (known)
        return arena_printf(req->arena, _("from %s"), date_text(from, a));
    return to ? arena_printf(req->arena, _("until %s"), date_text(to, b)) : "";
}

static UnitFacts facts_new(Req *req, size_t n)
{
    return (UnitFacts){ arena_alloc(req->arena, MAX(n, 1) * sizeof(UnitFact)), n };
}

static bool load_facts(Req *req, int64_t owner, int64_t id, UnitFacts *ret, GError **error)
{
    g_auto(EnhetFactsRows) rows = { 0 };
    char when[DATE_TEXT];

    if (!enhet_facts(req->db, owner, id, &rows, error))
        return false;
    *ret = facts_new(req, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (UnitFact){ arena_dup(req->arena, rows.v[i].label),
                                arena_dup(req->arena, rows.v[i].value),
                                arena_dup(req->arena, fuzzy_text(rows.v[i].at, when)),
                                arena_dup(req->arena, rows.v[i].source) };
    return true;
}

static bool load_names(Req *req, int64_t owner, int64_t id, UnitFacts *ret, GError **error)
{
    g_auto(EnhetNamesRows) rows = { 0 };

    if (!enhet_names(req->db, owner, id, &rows, error))
        return false;
    *ret = facts_new(req, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (UnitFact){ _("Name"), arena_dup(req->arena, rows.v[i].name),
                                since(req, rows.v[i].valid_from, NULL), "" };
    return true;
}

static bool load_identities(Req *req, int64_t owner, int64_t id, UnitFacts *ret, GError **error)
{
    EnhetIdentityList all;

    if (!enhet_identity_list(req->db, req->arena, owner, id, &all, error))
        return false;
    *ret = facts_new(req, all.n);
    for (size_t i = 0; i < all.n; i++)
        ret->v[i] = (UnitFact){ strcmp(all.v[i].kind, "orgnr") ? _("Municipality number")
                                                               : _("Organisation number"),
                                all.v[i].value, since(req, all.v[i].from, all.v[i].to), "" };
    return true;
}

static const char *relation_name(const char *relation)
{
    if (!strcmp(relation, "slatt_sammen_til"))
        return _("Merged into");
    if (!strcmp(relation, "delt_i"))
        return _("Divided into");
    return strcmp(relation, "erstatter") ? _("Replaced by") : _("Replaces");
}

static bool load_successors(Req *req, int64_t owner, int64_t id, UnitFacts *ret, GError **error)
{
    g_auto(EnhetSuccessorsRows) rows = { 0 };
    char when[DATE_TEXT];

    if (!enhet_successors(req->db, owner, id, &rows, error))
        return false;
    *ret = facts_new(req, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] =
            (UnitFact){ relation_name(rows.v[i].relation),
                        arena_printf(req->arena, "%s (%s)", rows.v[i].other_name, rows.v[i].other),
                        arena_dup(req->arena, date_text(rows.v[i].happened, when)),
                        arena_dup(req->arena, rows.v[i].source) };
    return true;
}

static void load_tree(Req *req, const EnhetList *all, const Enhet *unit, UnitView *view)
{
    view->children = (UnitLines){ arena_alloc(req->arena, all->n * sizeof(UnitLine)), 0 };
    for (size_t i = 0; i < all->n; i++) {
        if (!may_see(req, all->v[i].id))
            continue;
        if (all->v[i].parent == unit->id)
            view->children.v[view->children.n++] = line_of(req, &all->v[i]);
        if (all->v[i].id != unit->parent)
            continue;
        view->has_parent = true;
        view->parent = all->v[i].name;
        view->parent_url = url_for(req->arena, "/enheter/%I", unit->parent);
    }
}

static bool load(Req *req, int64_t owner, int64_t id, UnitView *view, GError **error)
{
    EnhetList all;
    Enhet unit;

    if (!enhet_list(req->db, req->arena, owner, req->today, &all, error) ||
        !enhet_get(req->db, req->arena, owner, id, req->today, &unit, error))
        return false;
    *view = (UnitView){ .name = unit.name, .kind = unit.kind_name };
    load_tree(req, &all, &unit, view);
    return load_facts(req, owner, id, &view->facts, error) &&
           load_names(req, owner, id, &view->names, error) &&
           load_identities(req, owner, id, &view->identities, error) &&
           load_successors(req, owner, id, &view->successors, error);
}

static bool show(Req *req, GError **error)
{
    int64_t id = req_id(req, "id"), owner = req->user->owner;
    UnitView view;

    if (!may_see(req, id))
        return req_not_found(req, error);
    if (!load(req, owner, id, &view, error))
        return false;
    Html *page = req_page(req, 200, view.name);
    enhet_hode(page, &view);
    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->unit_panel && !(*s)->unit_panel(req, owner, id, page, error))
            return false;
    enhet_fakta(page, &view);
    return true;
}

static const Route routes[] = { { "GET", "/enheter", PERM_UNIT_READ, show_list },
                                { "GET", "/enheter/{id}", PERM_UNIT_READ, show },
                                { 0 } };

static const MenuItem menu[] = { { N_("Units"), "/enheter", PERM_UNIT_READ, 300 }, { 0 } };

const Slice enhet_slice = { "enhet", routes, menu };
