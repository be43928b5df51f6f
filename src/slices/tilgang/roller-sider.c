/* roller-sider.c - the page of roles: what waits, what holds today, what has been; and the end of one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rolle-sider.h"
#include "formpage.h"
#include "roller.html.h"

bool tilgang_names(Req *req, Names *ret, GError **error)
{
    return enhet_list(req->db, req->arena, req->user->owner, req->today, &ret->units, error) &&
           person_list(req->db, req->arena, req->user->owner, &ret->people, error);
}

const char *tilgang_name_of(const Names *names, int64_t person)
{
    for (size_t i = 0; i < names->people.n; i++)
        if (names->people.v[i].id == person)
            return names->people.v[i].name;
    return "";
}

const char *tilgang_scope_of(const Names *names, int64_t unit)
{
    for (size_t i = 0; i < names->units.n; i++)
        if (names->units.v[i].id == unit)
            return names->units.v[i].name;
    return unit ? "" : _("the whole municipality");
}

/* --- lines --- */

static bool holds_today(const Req *req, const char *from, const char *to)
{
    return strcmp(from, req->today) <= 0 && (!to || strcmp(to, req->today) >= 0);
}

bool tilgang_grant_line(Req *req, const Names *names, const Granted *g, GrantLine *ret,
                        GError **error)
{
    Position p = { 0 };

    if (g->position &&
        !person_position_get(req->db, req->arena, req->user->owner, g->position, &p, error))
        return false;
    *ret = (GrantLine){ .who = g->position ? p.title : tilgang_name_of(names, g->person),
                        .role = tilgang_role_name(g->role),
                        .scope = tilgang_scope_of(names, g->unit),
                        .how = g->position ? _("follows the position") : _("granted directly"),
                        .period = person_period(req, g->from, g->to),
                        .note = holds_today(req, g->from, g->to)  ? ""
                                : strcmp(g->from, req->today) > 0 ? _("to come")
                                                                  : _("ended"),
                        .url = g->position ? url_for(req->arena, "/stillinger/%I", g->position)
                                           : url_for(req->arena, "/personer/%I", g->person),
                        .end = url_for(req->arena, "/roller/%I/slutt", g->id),
                        .is_position = g->position != 0 };
    ret->may_end = req_may(req, PERM_ROLE_PROPOSE) && (!g->to || strcmp(g->to, req->today) >= 0);
    return true;
}

const char *tilgang_proposal_state(const Proposal *p)
{
    switch (p->state) {
    case PROPOSAL_WAITS:
        return _("waits for approval");
    case PROPOSAL_APPROVED:
        return _("approved");
    case PROPOSAL_DECLINED:
        return _("declined");
    case PROPOSAL_WITHDRAWN:
        return _("withdrawn");
    }
    return "";
}

bool tilgang_proposal_line(Req *req, const Names *names, const Proposal *p, ProposalLine *ret,
                           GError **error)
{
    char at[DATE_TEXT];
    Position position = { 0 };

    if (p->position &&
        !person_position_get(req->db, req->arena, req->user->owner, p->position, &position, error))
        return false;
    *ret = (ProposalLine){ .who = p->position ? position.title : tilgang_name_of(names, p->person),
                           .role = tilgang_role_name(p->role),
                           .scope = tilgang_scope_of(names, p->unit),
                           .period = person_period(req, p->from, p->to),
                           .proposer = tilgang_name_of(names, p->proposed_by),
                           .state = tilgang_proposal_state(p),
                           .at = arena_dup(req->arena, time_text(p->proposed_at, at)),
                           .url = url_for(req->arena, "/roller/forslag/%I", p->id) };
    return true;
}

/* --- the page --- */

static bool fill_granted(Req *req, const Names *names, RolesView *view, GError **error)
{
    GrantedList all;

    if (!tilgang_granted(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view->now = (GrantLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(GrantLine)), 0 };
    view->other = (GrantLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(GrantLine)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        const Granted *g = &all.v[i];
        GrantLines *to = holds_today(req, g->from, g->to) ? &view->now : &view->other;

        if (!req_may_unit(req, PERM_UNIT_READ, g->unit))
            continue;
        if (!tilgang_grant_line(req, names, g, &to->v[to->n++], error))
            return false;
    }
    return true;
}

static bool fill_proposals(Req *req, const Names *names, RolesView *view, GError **error)
{
    ProposalList all;

    view->sees_proposals = req_may(req, PERM_ROLE_PROPOSE) || req_may(req, PERM_ROLE_DECIDE);
    if (!view->sees_proposals)
        return true;
    if (!tilgang_proposals(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view->waiting =
        (ProposalLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ProposalLine)), 0 };
    view->settled =
        (ProposalLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ProposalLine)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        ProposalLines *to = all.v[i].state == PROPOSAL_WAITS ? &view->waiting : &view->settled;

        if (!tilgang_proposal_line(req, names, &all.v[i], &to->v[to->n++], error))
            return false;
    }
    return true;
}

bool tilgang_show_roles(Req *req, GError **error)
{
    RolesView view = { .may_propose = req_may(req, PERM_ROLE_PROPOSE),
                       .waiting_caption = _("Proposals that wait"),
                       .settled_caption = _("Earlier proposals"),
                       .now_caption = _("Roles that hold today"),
                       .other_caption = _("Roles that have ended or are to come"),
                       .propose = url_for(req->arena, "/roller/ny"),
                       .matrix = url_for(req->arena, "/tilgang/matrise") };
    Names names;

    if (!tilgang_names(req, &names, error) || !fill_granted(req, &names, &view, error) ||
        !fill_proposals(req, &names, &view, error))
        return false;
    tilgang_rolleliste(req_page(req, 200, _("Roles")), &view);
    return true;
}

/* --- the end of a role --- */

enum { E_LAST, E_SURE, N_END };
static const Field end_fields[N_END] = {
    [E_LAST] = { "siste", FIELD_DATE, N_("Last day"), .required = true },
    [E_SURE] = { "sikker", FIELD_CHECK, N_("I have checked the day"), .required = true },
};

static bool find_granted(Req *req, Granted *ret, GError **error)
{
    int64_t id = req_id(req, "id");
    GrantedList all;

    if (!tilgang_granted(req->db, req->arena, req->user->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].id != id)
            continue;
        *ret = all.v[i];
        return true;
    }
    return req_not_found(req, error);
}

static bool end_page(Req *req, int status, const GrantLine *line, const Form *form)
{
    const FormPage page = { .title = _("End the role"),
                            .lead = arena_printf(req->arena, "%s: %s, %s. %s.", line->who,
                                                 line->role, line->scope, line->period),
                            .warning = _("Who has the role loses it when that day is over. A day "
                                         "that has passed ends it at once. Nothing is deleted."),
                            .up_title = _("Roles"),
                            .up = url_for(req->arena, "/roller"),
                            .action = line->end,
                            .button = _("End the role"),
                            .form = form };

    return req_form_page(req, status, &page);
}

static bool load_end(Req *req, Granted *g, GrantLine *line, GError **error)
{
    Names names;

    return find_granted(req, g, error) && tilgang_names(req, &names, error) &&
           tilgang_grant_line(req, &names, g, line, error);
}

bool tilgang_show_end(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, end_fields, N_END);
    GrantLine line;
    Granted g;

    if (!load_end(req, &g, &line, error))
        return false;
    form_set(&form, E_LAST, g.to ? g.to : req->today);
    return end_page(req, 200, &line, &form);
}

bool tilgang_do_end(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, end_fields, N_END);
    g_autoptr(GError) why = NULL;
    GrantLine line;
    Granted g;

    if (!load_end(req, &g, &line, error))
        return false;
    if (form_ok(&form) && g.to && strcmp(g.to, req->today) < 0)
        form.trouble = _("This role has ended already");
    if (form_ok(&form) && g.to && strcmp(form.value[E_LAST], g.to) > 0)
        form.problem[E_LAST] = _("The role ends before that day. A longer one is proposed, and "
                                 "approved by somebody else");
    if (!form_ok(&form))
        return end_page(req, 422, &line, &form);
    req_note(req, "rolle.slutt", g.id, g.person, line.role);
    if (tilgang_end_role(req->db, req->arena, req->user->owner, g.id, form.value[E_LAST], &why))
        return req_redirect_saying(req, "/roller", _("The end of the role is saved."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_FORBIDDEN))
        return app_pass(error, &why);
    form.trouble = _("Nobody would be left to administer the municipality. Let somebody else "
                     "become administrator first");
    return end_page(req, 422, &line, &form);
}
