/* forslag.c - schools that the public statistics place in the municipality, taken in once each.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"
#include "eier.h"
#include "forslag.html.h"

bool indikator_may_accept(const Req *req)
{
    return req->user &&
           (req_may_unit(req, PERM_UNIT_WRITE, 0) || req_may_unit(req, PERM_DATASET_IMPORT, 0));
}

static bool may_or_fail(const Req *req, GError **error)
{
    return indikator_may_accept(req) ||
           app_fail(error, APP_ERROR_FORBIDDEN, "this role may not add units");
}

bool indikator_show_proposals(Req *req, GError **error)
{
    ProposalView view = { .csrf = req->csrf };
    UnitRefList schools;
    Eier owner;

    if (!may_or_fail(req, error) ||
        !eier_get(req->db, req->arena, req->user->owner, &owner, error) ||
        !indikator_proposed(req->db, req->arena, owner.id, owner.number, &schools, error))
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

bool indikator_take_proposals(Req *req, GError **error)
{
    const char *code = req_posted(req, "skole");
    Eier owner;
    int n;

    if (!may_or_fail(req, error) || !eier_get(req->db, req->arena, req->user->owner, &owner, error))
        return false;
    if (!indikator_accept_school(req->db, owner.id, owner.number, code && *code ? code : NULL, &n,
                                 error))
        return false;
    return req_redirect_saying(
        req, "/enheter/forslag",
        arena_printf(req->arena, ngettext("%d school is added.", "%d schools are added.", n), n));
}
