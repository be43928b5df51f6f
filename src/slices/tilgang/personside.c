/* personside.c - the pages of people: all of them with a search, and one through the years.
 *
 * Whoever looks at another's page leaves a line in the audit log, which that person can read.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rolle-sider.h"
#include "personer.html.h"

/* --- everybody --- */

typedef struct {
    PositionList positions;
    LoginList logins;
} Today;

static bool is_sought(const char *name, const char *search)
{
    g_autofree char *hay = g_utf8_casefold(name, -1), *needle = g_utf8_casefold(search, -1);

    return strstr(hay, needle) != NULL;
}

static const char *joined(Req *req, const char *all, const char *more)
{
    return *all ? arena_printf(req->arena, "%s, %s", all, more) : more;
}

static const char *positions_of(Req *req, const Today *today, int64_t person)
{
    const char *all = "";

    for (size_t i = 0; i < today->positions.n; i++) {
        const Position *p = &today->positions.v[i];

        if (p->person == person && req_may_unit(req, PERM_UNIT_READ, p->unit))
            all = joined(req, all, p->title);
    }
    return all;
}

static const char *roles_of(Req *req, const Today *today, int64_t person)
{
    const char *all = "";

    for (size_t i = 0; i < today->logins.n; i++) {
        const LoginLine *l = &today->logins.v[i];

        if (l->person != person || l->disabled || !*l->role ||
            !req_may_unit(req, PERM_UNIT_READ, l->unit))
            continue;
        all = joined(req, all,
                     l->kind == ROLE_DEPUTY ? arena_printf(req->arena, _("%s, deputy for %s"),
                                                           l->role_name, l->position)
                                            : l->role_name);
    }
    return all;
}

static void fill_people(Req *req, const PersonList *all, const Today *today, PeopleView *view)
{
    bool whole = req_may_unit(req, PERM_UNIT_READ, 0);

    view->people = (PersonLines){ arena_alloc(req->arena, MAX(all->n, 1) * sizeof(PersonLine)), 0 };
    for (size_t i = 0; i < all->n; i++) {
        const Person *p = &all->v[i];
        const PersonLine line = { .name = p->name,
                                  .positions = positions_of(req, today, p->id),
                                  .roles = roles_of(req, today, p->id),
                                  .url = url_for(req->arena, "/personer/%I", p->id) };
        bool seen = whole || *line.positions || p->id == req->user->id;

        if (seen && is_sought(p->name, view->search))
            view->people.v[view->people.n++] = line;
    }
    view->count = arena_printf(req->arena, ngettext("%d person", "%d people", view->people.n),
                               (int)view->people.n);
}

bool tilgang_show_people(Req *req, GError **error)
{
    static const Field search = { "navn", FIELD_LINE, N_("Name"), .max = 120 };
    const char *asked = req_query(req, "navn");
    PeopleView view = { .may_write = req_may_unit(req, PERM_UNIT_WRITE, 0),
                        .add = url_for(req->arena, "/personer/ny"),
                        .positions = url_for(req->arena, "/stillinger"),
                        .roles = url_for(req->arena, "/roller") };
    int64_t owner = req->user->owner;
    PersonList all;
    Today today;

    if (form_check(req->arena, &search, asked, req->today, &view.search))
        view.search = "";
    if (!person_list(req->db, req->arena, owner, &all, error) ||
        !person_position_list(req->db, req->arena, owner, req->today, &today.positions, error) ||
        !tilgang_list(req->db, req->arena, owner, req->today, &today.logins, error))
        return false;
    fill_people(req, &all, &today, &view);
    tilgang_personer(req_page(req, 200, _("People")), &view);
    return true;
}

/* --- one --- */

static const char *now_or_not(const Req *req, const char *from, const char *to)
{
    if (strcmp(from, req->today) > 0)
        return _("to come");
    return to && strcmp(to, req->today) < 0 ? "" : _("now");
}

static bool fill_held(Req *req, const Names *names, int64_t person, PersonView *view,
                      GError **error)
{
    HoldingList held;

    if (!person_holdings(req->db, req->arena, req->user->owner, person, NULL, &held, error))
        return false;
    view->held = (HeldLines){ arena_alloc(req->arena, MAX(held.n, 1) * sizeof(HeldLine)), 0 };
    for (size_t i = 0; i < held.n; i++) {
        const Holding *h = &held.v[i];

        if (req_may_unit(req, PERM_UNIT_READ, h->unit) || view->self)
            view->held.v[view->held.n++] =
                (HeldLine){ .title = h->title,
                            .unit = tilgang_scope_of(names, h->unit),
                            .period = person_period(req, h->from, h->to),
                            .note = now_or_not(req, h->from, h->to),
                            .url = url_for(req->arena, "/stillinger/%I", h->position) };
    }
    return true;
}

static bool fill_deputy(Req *req, int64_t person, PersonView *view, GError **error)
{
    DeputyList all;

    if (!tilgang_deputyships(req->db, req->arena, req->user->owner, person, &all, error))
        return false;
    view->deputy = (HeldLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(HeldLine)), all.n };
    for (size_t i = 0; i < all.n; i++) {
        const Deputy *d = &all.v[i];
        Position p;

        if (!person_position_get(req->db, req->arena, req->user->owner, d->position, &p, error))
            return false;
        view->deputy.v[i] = (HeldLine){ .title = p.title,
                                        .unit = "",
                                        .period = person_period(req, d->from, d->to),
                                        .note = now_or_not(req, d->from, d->to),
                                        .url = url_for(req->arena, "/stillinger/%I", p.id) };
    }
    return true;
}

static const char *how(Req *req, const RoleTuple *role)
{
    switch (role->kind) {
    case ROLE_POSITION:
        return arena_printf(req->arena, _("follows the position %s"), role->position);
    case ROLE_DEPUTY:
        return arena_printf(req->arena, _("deputy for %s"), role->position);
    case ROLE_DIRECT:
        break;
    }
    return _("granted directly");
}

static bool fill_roles(Req *req, const Names *names, int64_t person, PersonView *view,
                       GError **error)
{
    const Signer who = { req->user->owner, person };
    RoleTupleList roles;
    GrantedList all;

    if (!tilgang_role_list(req->db, req->arena, &who, req->today, &roles, error) ||
        !tilgang_granted(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view->flags = tilgang_flags(req->arena, &roles);
    view->now = (HeldLines){ arena_alloc(req->arena, MAX(roles.n, 1) * sizeof(HeldLine)), roles.n };
    for (size_t i = 0; i < roles.n; i++)
        view->now.v[i] = (HeldLine){ .title = tilgang_role_name(roles.v[i].role),
                                     .unit = tilgang_scope_of(names, roles.v[i].unit),
                                     .note = how(req, &roles.v[i]) };
    view->granted = (GrantLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(GrantLine)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].person == person &&
            !tilgang_grant_line(req, names, &all.v[i], &view->granted.v[view->granted.n++], error))
            return false;
    return true;
}

static bool load(Req *req, int64_t id, PersonView *view, GError **error)
{
    char text[ID_TEXT];
    Names names;

    *view = (PersonView){ .self = id == req->user->id,
                          .may_write = req_may_unit(req, PERM_UNIT_WRITE, 0),
                          .up = url_for(req->arena, "/personer"),
                          .rename = url_for(req->arena, "/personer/%I/navn", id),
                          .granted_caption = _("Roles granted directly, over time") };
    view->may_propose = req_may(req, PERM_ROLE_PROPOSE) && !view->self;
    view->propose = url_with(req->arena, url_for(req->arena, "/roller/ny"), "person",
                             arena_dup(req->arena, id_text(id, text)));
    return person_name(req->db, req->arena, req->user->owner, id, &view->name, error) &&
           tilgang_names(req, &names, error) && fill_held(req, &names, id, view, error) &&
           fill_deputy(req, id, view, error) && fill_roles(req, &names, id, view, error);
}

bool tilgang_show_person(Req *req, GError **error)
{
    int64_t id = req_id(req, "id");
    PersonView view;
    bool may;

    if (!person_may_see(req, id, &may, error))
        return false;
    if (!may)
        return req_not_found(req, error);
    if (!load(req, id, &view, error) ||
        (!view.self && !req_note_read(req, "innsyn.person", id, id, NULL, error)))
        return false;
    Html *page = req_page(req, 200, view.name);
    tilgang_person(page, &view);
    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->person_panel && !(*s)->person_panel(req, id, req->today, page, error))
            return false;
    return true;
}
