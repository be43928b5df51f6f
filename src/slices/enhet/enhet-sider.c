/* enhet-sider.c - the pages of units: the list, and one unit with its facts and history.
 *
 * What other slices know of a unit (its indicators, say) they contribute through Slice.unit_panel;
 * this page only makes room for it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet-sider.h"
#include "enhet-sider.sql.h"
#include "enhet.html.h"
#include "liste.html.h"

static const char *closed_text(Req *req, const char *closed)
{
    char day[DATE_TEXT];

    return closed ? arena_printf(req->arena, _("closed after %s"), date_text(closed, day)) : NULL;
}

static UnitLine line_of(Req *req, const Enhet *unit)
{
    return (UnitLine){ .name = unit->name,
                       .kind = unit->kind_name,
                       .code = unit->code,
                       .origin = unit->origin,
                       .closed = closed_text(req, unit->closed),
                       .url = url_for(req->arena, "/enheter/%I", unit->id) };
}

/* A role of one unit sees that one: domain.md 7.2, "Ro". */
static bool may_see(const Req *req, int64_t unit)
{
    return req_may_unit(req, PERM_UNIT_READ, unit);
}

static bool show_list(Req *req, GError **error)
{
    UnitListView view = { .may_write = req_may_unit(req, PERM_UNIT_WRITE, 0),
                          .add = url_for(req->arena, "/enheter/ny") };
    EnhetList all;

    if (!enhet_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    view.open = (UnitLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(UnitLine)), 0 };
    view.closed = (UnitLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(UnitLine)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        bool closed = all.v[i].closed && strcmp(all.v[i].closed, req->today) < 0;
        UnitLines *to = closed ? &view.closed : &view.open;

        if (may_see(req, all.v[i].id))
            to->v[to->n++] = line_of(req, &all.v[i]);
    }
    enhet_liste(req_page(req, 200, _("Units")), &view);
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

/* What stands, and beside it what was corrected. */
static bool load_facts(Req *req, int64_t owner, int64_t id, UnitView *view, GError **error)
{
    g_auto(EnhetFactsRows) rows = { 0 };
    char when[DATE_TEXT], number[ID_TEXT];

    if (!enhet_facts(req->db, owner, id, &rows, error))
        return false;
    view->facts = facts_new(req, rows.n);
    view->corrected = facts_new(req, rows.n);
    view->facts.n = view->corrected.n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        UnitFacts *to = rows.v[i].replaced_by == NO_INT ? &view->facts : &view->corrected;
        Url url = url_for(req->arena, "/enheter/%I/faktum", id);

        to->v[to->n++] =
            (UnitFact){ .label = arena_dup(req->arena, rows.v[i].label),
                        .value = arena_dup(req->arena, rows.v[i].value),
                        .note = arena_dup(req->arena, fuzzy_text(rows.v[i].at, when)),
                        .source = arena_dup(req->arena, rows.v[i].source),
                        .why = arena_dup(req->arena, rows.v[i].replaced_why),
                        .correct = url_with(req->arena, url, "retter",
                                            arena_dup(req->arena, id_text(rows.v[i].id, number))) };
    }
    return true;
}

static bool load_names(Req *req, int64_t owner, int64_t id, UnitFacts *ret, GError **error)
{
    g_auto(EnhetNamesRows) rows = { 0 };

    if (!enhet_names(req->db, owner, id, &rows, error))
        return false;
    *ret = facts_new(req, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (UnitFact){ .label = _("Name"),
                                .value = arena_dup(req->arena, rows.v[i].name),
                                .note = since(req, rows.v[i].valid_from, NULL) };
    return true;
}

static bool load_identities(Req *req, int64_t owner, int64_t id, UnitFacts *ret, GError **error)
{
    EnhetIdentityList all;

    if (!enhet_identity_list(req->db, req->arena, owner, id, &all, error))
        return false;
    *ret = facts_new(req, all.n);
    for (size_t i = 0; i < all.n; i++)
        ret->v[i] = (UnitFact){ .label = strcmp(all.v[i].kind, "orgnr") ? _("Municipality number")
                                                                        : _("Organisation number"),
                                .value = all.v[i].value,
                                .note = since(req, all.v[i].from, all.v[i].to) };
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
        ret->v[i] = (UnitFact){
            .label = relation_name(rows.v[i].relation),
            .value = arena_printf(req->arena, "%s (%s)", rows.v[i].other_name, rows.v[i].other),
            .note = arena_dup(req->arena, date_text(rows.v[i].happened, when)),
            .source = arena_dup(req->arena, rows.v[i].source),
            .correct = url_for(req->arena, "/enheter/%I/etterfolger/%I/trekk", id, rows.v[i].id)
        };
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
    *view = (UnitView){ .name = unit.name,
                        .kind = unit.kind_name,
                        .closed = closed_text(req, unit.closed),
                        .may_write = req_may_unit(req, PERM_UNIT_WRITE, id),
                        .may_fact = req_may_unit(req, PERM_UNIT_FACT, id),
                        .up = url_for(req->arena, "/enheter"),
                        .add_fact = url_for(req->arena, "/enheter/%I/faktum", id),
                        .rename = url_for(req->arena, "/enheter/%I/navn", id),
                        .renumber = url_for(req->arena, "/enheter/%I/nummer", id),
                        .succeed = url_for(req->arena, "/enheter/%I/etterfolger", id),
                        .close = url_for(req->arena, "/enheter/%I/steng", id) };
    load_tree(req, &all, &unit, view);
    return load_facts(req, owner, id, view, error) &&
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

static const Route routes[] = {
    { "GET", "/enheter", PERM_UNIT_READ, show_list },
    { "GET", "/enheter/ny", PERM_UNIT_WRITE, enhet_show_add },
    { "POST", "/enheter/ny", PERM_UNIT_WRITE, enhet_do_add },
    { "GET", "/enheter/{id}", PERM_UNIT_READ, show },
    { "GET", "/enheter/{id}/navn", PERM_UNIT_WRITE, enhet_show_name },
    { "POST", "/enheter/{id}/navn", PERM_UNIT_WRITE, enhet_do_name },
    { "GET", "/enheter/{id}/nummer", PERM_UNIT_WRITE, enhet_show_number },
    { "POST", "/enheter/{id}/nummer", PERM_UNIT_WRITE, enhet_do_number },
    { "GET", "/enheter/{id}/etterfolger", PERM_UNIT_WRITE, enhet_show_successor },
    { "POST", "/enheter/{id}/etterfolger", PERM_UNIT_WRITE, enhet_do_successor },
    { "GET", "/enheter/{id}/etterfolger/{n}/trekk", PERM_UNIT_WRITE, enhet_show_undo },
    { "POST", "/enheter/{id}/etterfolger/{n}/trekk", PERM_UNIT_WRITE, enhet_do_undo },
    { "GET", "/enheter/{id}/steng", PERM_UNIT_WRITE, enhet_show_close },
    { "POST", "/enheter/{id}/steng", PERM_UNIT_WRITE, enhet_do_close },
    { "GET", "/enheter/{id}/faktum", PERM_UNIT_FACT, enhet_show_fact },
    { "POST", "/enheter/{id}/faktum", PERM_UNIT_FACT, enhet_do_fact },
    { 0 }
};

static const MenuItem menu[] = { { N_("Units"), "/enheter", PERM_UNIT_READ, 300 }, { 0 } };

const Slice enhet_slice = { "enhet", routes, menu, .search = enhet_search };
