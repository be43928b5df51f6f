/* bytte.c - "your other role may do this": found from the roles of today, and offered as a button.
 *
 * What a role may do is asked of the matrix, so that no page keeps a list of roles of its own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider.h"
#include "enhet.h"
#include "sesjon.h"
#include "bytte.html.h"

static bool has_bit(const uint64_t *bits, Perm perm)
{
    return bits[perm / 64] >> perm % 64 & 1;
}

/* 0: may not; 1: on its own unit; 2: on the whole owner. */
static int reach_of(const RoleTuple *role, Perm perm)
{
    User user = { .role = role->role, .unit = role->unit };

    tilgang_fill(&user);
    if (!has_bit(user.perms, perm))
        return 0;
    return has_bit(user.unit_only, perm) ? 1 : 2;
}

bool tilgang_role_label(Req *req, const RoleTuple *role, const char **ret, GError **error)
{
    Enhet unit;

    *ret = tilgang_role_name(role->role);
    if (role->unit) {
        if (!enhet_get(req->db, req->arena, req->user->owner, role->unit, req->today, &unit, error))
            return false;
        *ret = arena_printf(req->arena, "%s, %s", *ret, unit.name);
    }
    if (role->kind == ROLE_DEPUTY)
        *ret = arena_printf(req->arena, _("%s, deputy for %s"), *ret, role->position);
    return true;
}

bool tilgang_other_role(Req *req, Perm perm, bool whole, const char *to, RoleSwitch *ret,
                        GError **error)
{
    RoleTupleList roles = { 0 };
    const RoleTuple *best = NULL;
    int reach = whole ? 1 : 0;

    *ret = (RoleSwitch){ .csrf = req->csrf, .to = to };
    if (!req->user || !req->db)
        return true;
    const Signer who = { req->user->owner, req->user->id };

    if (!tilgang_role_list(req->db, req->arena, &who, req->today, &roles, error))
        return false;
    for (size_t i = 0; i < roles.n; i++) {
        int its = reach_of(&roles.v[i], perm);

        if (roles.v[i].id == req->user->position || its <= reach)
            continue;
        best = &roles.v[i];
        reach = its;
    }
    if (!best)
        return true;
    if (!tilgang_role_label(req, best, &ret->label, error))
        return false;
    ret->role = best->role;
    ret->id = arena_dup(req->arena, id_text(best->id, (char[ID_TEXT]){ 0 }));
    return true;
}

bool tilgang_roles_beside(Req *req, const char *to, OwnRoleList *ret, GError **error)
{
    const Signer who = { req->user->owner, req->user->id };
    RoleTupleList roles;

    if (!tilgang_role_list(req->db, req->arena, &who, req->today, &roles, error))
        return false;
    *ret = (OwnRoleList){ arena_alloc(req->arena, MAX(roles.n, 1) * sizeof(OwnRole)), 0 };
    for (size_t i = 0; i < roles.n; i++) {
        const RoleTuple *r = &roles.v[i];
        OwnRole *own = &ret->v[ret->n];

        if (r->id == req->user->position)
            continue;
        *own = (OwnRole){ .user = { .owner = who.owner,
                                    .id = who.person,
                                    .position = r->id,
                                    .unit = r->unit,
                                    .name = req->user->name,
                                    .role = r->role },
                          .to = { .role = r->role, .csrf = req->csrf, .to = to } };
        tilgang_fill(&own->user);
        if (!tilgang_role_label(req, r, &own->to.label, error))
            return false;
        own->to.id = arena_dup(req->arena, id_text(r->id, (char[ID_TEXT]){ 0 }));
        ret->n++;
    }
    return true;
}

void tilgang_draw_switch(Html *html, RoleSwitch to)
{
    if (to.role)
        tilgang_knapp(html, &to);
}

bool tilgang_forbidden(const void *data, Req *req, Perm perm, const char *to, Html *html,
                       GError **error)
{
    RoleSwitch other;

    (void)data;
    if (!tilgang_other_role(req, perm, false, to, &other, error))
        return false;
    if (other.role)
        tilgang_kan(html, &other);
    return true;
}
