/* forslag.c - schools that the public statistics place in the municipality, taken in once each.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"
#include "eier.h"
#include "forslag.html.h"

#define HERE "/enheter/forslag"

static bool may_accept(const Req *req)
{
    return req->user && req->user->owner &&
           (req_may_unit(req, PERM_UNIT_WRITE, 0) || req_may_unit(req, PERM_DATASET_IMPORT, 0));
}

static bool refuse(GError **error)
{
    return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not add units");
}

/* Another role of the user that may; ret->role is NULL when there is none. */
static bool other_role(Req *req, RoleSwitch *ret, GError **error)
{
    return tilgang_other_role(req, PERM_DATASET_IMPORT, true, HERE, ret, error) &&
           (ret->role || tilgang_other_role(req, PERM_UNIT_WRITE, true, HERE, ret, error));
}

static bool proposed(Req *req, Eier *ret_owner, UnitRefList *ret, GError **error)
{
    return eier_get(req->db, req->arena, req->user->owner, ret_owner, error) &&
           indikator_proposed(req->db, req->arena, ret_owner->id, ret_owner->number, ret, error);
}

bool indikator_count_proposals(Req *req, size_t *ret, GError **error)
{
    UnitRefList schools;
    RoleSwitch other;
    Eier owner;

    *ret = 0;
    if (!req->user->owner)
        return true;
    if (!may_accept(req)) {
        if (!other_role(req, &other, error))
            return false;
        if (!other.role)
            return true;
    }
    if (!proposed(req, &owner, &schools, error))
        return false;
    *ret = schools.n;
    return true;
}

bool indikator_show_proposals(Req *req, GError **error)
{
    ProposalView view = { .csrf = req->csrf };
    UnitRefList schools;
    Eier owner;

    if (!may_accept(req)) {
        if (!other_role(req, &view.other, error))
            return false;
        if (!view.other.role)
            return refuse(error);
    }
    if (!proposed(req, &owner, &schools, error))
        return false;
    if (!indikator_successors(req->db, req->arena, owner.id, &schools, req->today, &view.successors,
                              error))
        return false;
    view.municipality = owner.name;
    view.schools =
        (ProposalLines){ arena_alloc(req->arena, MAX(schools.n, 1) * sizeof(ProposalLine)),
                         schools.n };
    for (size_t i = 0; i < schools.n; i++)
        view.schools.v[i] = (ProposalLine){ schools.v[i].code, schools.v[i].name };
    indikator_forslag(req_page(req, 200, _("Proposed schools")), &view);
    return true;
}

/* The proposal with this new number, as it stands now. */
static bool find_successor(Req *req, const char *code, Eier *ret_owner, Successor *ret,
                           bool *ret_found, GError **error)
{
    UnitRefList schools;
    SuccessorList all;

    *ret_found = false;
    if (!proposed(req, ret_owner, &schools, error) ||
        !indikator_successors(req->db, req->arena, ret_owner->id, &schools, req->today, &all,
                              error))
        return false;
    for (size_t i = 0; i < all.n && !*ret_found; i++)
        if (!strcmp(all.v[i].code, code)) {
            *ret = all.v[i];
            *ret_found = true;
        }
    return true;
}

static bool settle_successor(Req *req, const char *code, bool accept, GError **error)
{
    Successor which;
    Eier owner;
    bool found;

    if (!find_successor(req, code, &owner, &which, &found, error))
        return false;
    if (!found)
        return req_redirect_saying(req, HERE, _("This was settled already."));
    req_note(req, accept ? "enhet.etterfolger" : "enhet.etterfolger_avvist", which.old, 0,
             which.code);
    if (accept ? !indikator_accept_successor(req->db, owner.id, owner.number, &which, error)
               : !indikator_refuse_successor(req->db, owner.id, &which, req->now, error))
        return false;
    return req_redirect_saying(req, HERE,
                               arena_printf(req->arena,
                                            accept ? _("%s is added, and follows the old number.")
                                                   : _("%s is not proposed as a follower again."),
                                            which.name));
}

bool indikator_take_proposals(Req *req, GError **error)
{
    const char *code = req_posted(req, "skole");
    Eier owner;
    int n;

    if (!may_accept(req))
        return refuse(error);
    if (req_posted(req, "etterfolger"))
        return settle_successor(req, req_posted(req, "etterfolger"), true, error);
    if (req_posted(req, "ikke"))
        return settle_successor(req, req_posted(req, "ikke"), false, error);
    req_note(req, "enhet.forslag_tatt", 0, 0, code);
    if (!eier_get(req->db, req->arena, req->user->owner, &owner, error) ||
        !indikator_accept_school(req->db, owner.id, owner.number, code && *code ? code : NULL, &n,
                                 error))
        return false;
    return req_redirect_saying(
        req, HERE,
        arena_printf(req->arena, ngettext("%d school is added.", "%d schools are added.", n), n));
}
