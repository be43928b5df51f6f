/* roller-forslag.c - proposing a role, and approving or declining what somebody else proposed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rolle-sider.h"
#include "formpage.h"
#include "forslag-rolle.html.h"

/* --- proposing --- */

enum { P_PERSON, P_POSITION, P_ROLE, P_UNIT, P_FROM, P_TO, P_REASON, N_PROPOSE };
static const Field propose_fields[N_PROPOSE] = {
    [P_PERSON] = { "person", FIELD_CHOICE, N_("For a person"),
                   .help = N_("The role is this person’s until it ends") },
    [P_POSITION] = { "stilling", FIELD_CHOICE, N_("Or for a position"),
                     .help = N_("The role belongs to whoever holds the position, as long as it is "
                                "held. Choose this where you can") },
    [P_ROLE] = { "rolle", FIELD_CHOICE, N_("Role"), .required = true },
    [P_UNIT] = { "enhet", FIELD_CHOICE, N_("Unit"),
                 .help = N_("Empty: the whole municipality. Leaders of one unit need theirs") },
    [P_FROM] = { "fra", FIELD_DATE, N_("From"), .required = true },
    [P_TO] = { "til", FIELD_DATE, N_("Last day"),
               .help = N_("Empty: until further notice. Guides and external assessors need one") },
    [P_REASON] = { "grunn", FIELD_TEXT, N_("Why"), .required = true, .max = 400,
                   .help = N_("For whoever approves, and for those who look back later") },
};

static const Option *role_options(Req *req)
{
    const char *const *codes = tilgang_roles_all();
    Option *options = arena_alloc(req->arena, (g_strv_length((char **)codes) + 1) * sizeof(Option));
    size_t n = 0;

    for (; *codes; codes++)
        if (strcmp(*codes, "IA") != 0) /* the installation's own is given on its command line */
            options[n++] = (Option){ *codes, tilgang_role_name(*codes) };
    options[n] = (Option){ 0 };
    return options;
}

static bool set_options(Req *req, Form *form, GError **error)
{
    const Option *people, *positions;
    EnhetList units;
    size_t n = 0;

    if (!person_options(req, req->user->id, &people, error) ||
        !person_position_options(req, &positions, error) ||
        !enhet_open_list(req->db, req->arena, req->user->owner, req->today, &units, error))
        return false;
    Option *options = arena_alloc(req->arena, (units.n + 1) * sizeof(Option));

    for (size_t i = 0; i < units.n; i++) {
        char text[ID_TEXT];

        options[n++] =
            (Option){ arena_dup(req->arena, id_text(units.v[i].id, text)), units.v[i].name };
    }
    options[n] = (Option){ 0 };
    form_options(form, P_PERSON, people);
    form_options(form, P_POSITION, positions);
    form_options(form, P_ROLE, role_options(req));
    form_options(form, P_UNIT, options);
    return true;
}

static bool propose_page(Req *req, int status, const Form *form)
{
    const FormPage page = {
        .title = _("Propose a role"),
        .lead = _("Somebody else approves it before it holds. You cannot propose a role for "
                  "yourself."),
        .up_title = _("Roles"),
        .up = url_for(req->arena, "/roller"),
        .action = url_for(req->arena, "/roller/ny"),
        .button = _("Propose the role"),
        .form = form
    };

    return req_form_page(req, status, &page);
}

bool tilgang_show_propose(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, propose_fields, N_PROPOSE);

    if (!set_options(req, &form, error))
        return false;
    form_set(&form, P_PERSON, req_query(req, "person"));
    form_set(&form, P_POSITION, req_query(req, "stilling"));
    form_set(&form, P_FROM, req->today);
    return propose_page(req, 200, &form);
}

static bool propose_ok(Form *form)
{
    bool ok = form_ok(form);

    if (!ok)
        return false;
    if (!*form->value[P_PERSON] == !*form->value[P_POSITION])
        form->problem[P_PERSON] = _("Choose a person or a position, one of the two");
    if (tilgang_role_of_unit(form->value[P_ROLE]) && !*form->value[P_UNIT])
        form->problem[P_UNIT] = _("This role leads one unit, and reaches nothing without it");
    if (tilgang_role_needs_end(form->value[P_ROLE]) && !*form->value[P_TO])
        form->problem[P_TO] = _("This role is for somebody from outside, and needs a last day");
    if (*form->value[P_TO] && strcmp(form->value[P_TO], form->value[P_FROM]) < 0)
        form->problem[P_TO] = _("The last day is before the first");
    return form_ok(form);
}

static int64_t chosen(const Form *form, int field)
{
    return *form->value[field] ? id_parse(form->value[field]) : 0;
}

bool tilgang_do_propose(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, propose_fields, N_PROPOSE);
    Proposal p;
    int64_t id;

    if (!set_options(req, &form, error))
        return false;
    if (!propose_ok(&form))
        return propose_page(req, 422, &form);
    p = (Proposal){ .person = chosen(&form, P_PERSON),
                    .position = chosen(&form, P_POSITION),
                    .role = form.value[P_ROLE],
                    .unit = chosen(&form, P_UNIT),
                    .from = form.value[P_FROM],
                    .to = *form.value[P_TO] ? form.value[P_TO] : NULL,
                    .reason = form.value[P_REASON],
                    .proposed_by = req->user->id,
                    .proposed_at = req->now };
    req_note(req, "rolle.foreslaatt", p.position, p.person, p.role);
    if (!tilgang_propose(req->db, req->user->owner, &p, &id, error))
        return false;
    return req_redirect_saying(req, url_for(req->arena, "/roller/forslag/%I", id).text,
                               _("The role is proposed. It holds when it is approved."));
}

/* --- deciding --- */

enum { D_ANSWER, D_WHY, N_DECIDE_PLAIN, D_ALONE = N_DECIDE_PLAIN, N_DECIDE };
static const Field decide_fields[N_DECIDE] = {
    [D_ANSWER] = { "svar", FIELD_RADIO, N_("Your decision"), .required = true },
    [D_WHY] = { "hvorfor", FIELD_TEXT, N_("Why"), .max = 400,
                .help = N_("Needed when you decline") },
    [D_ALONE] = { "alene", FIELD_CHECK,
                  N_("I proposed this myself, and nobody else here can approve it"),
                  .help = N_("This is written in the log, and shown with the role") },
};

typedef struct {
    Proposal proposal;
    Verdict verdict;
    ProposalView view;
} Case;

static const char *message_for(Verdict verdict)
{
    switch (verdict) {
    case DECIDE_OWN_PROPOSAL:
        return _("You proposed this yourself. Somebody else has to approve or decline it.");
    case DECIDE_FOR_ONESELF:
        return _("This role would be yours. Nobody approves a role for themselves.");
    case DECIDE_ALONE:
        return _("You proposed this yourself, and there is nobody else here today who can approve "
                 "it. You may do so, after saying it below.");
    case DECIDE_MAY:
    case DECIDE_SETTLED:
        break;
    }
    return NULL;
}

static void fill_view(Req *req, const Names *names, const ProposalLine *line, Case *c)
{
    const Proposal *p = &c->proposal;
    char at[DATE_TEXT];

    c->view = (ProposalView){
        .who = line->who,
        .role = line->role,
        .scope = line->scope,
        .period = line->period,
        .reason = p->reason,
        .proposer = line->proposer,
        .proposed_at = line->at,
        .state = line->state,
        .decider = tilgang_name_of(names, p->decided_by),
        .decided_at = p->decided_at ? arena_dup(req->arena, time_text(p->decided_at, at)) : "",
        .why = p->why,
        .is_position = p->position != 0,
        .waits = p->state == PROPOSAL_WAITS,
        .may_decide = req_may(req, PERM_ROLE_DECIDE) &&
                      (c->verdict == DECIDE_MAY || c->verdict == DECIDE_ALONE),
        .message = req_may(req, PERM_ROLE_DECIDE) ? message_for(c->verdict) : NULL,
        .may_withdraw = p->state == PROPOSAL_WAITS && p->proposed_by == req->user->id,
        .was_alone = p->alone,
        .up = url_for(req->arena, "/roller"),
        .who_url = p->position ? url_for(req->arena, "/stillinger/%I", p->position)
                               : url_for(req->arena, "/personer/%I", p->person),
        .action = url_for(req->arena, "/roller/forslag/%I", p->id),
        .withdraw = url_for(req->arena, "/roller/forslag/%I/trekk", p->id),
        .csrf = req->csrf,
    };
}

static bool open_case(Req *req, Case *c, GError **error)
{
    int64_t owner = req->user->owner;
    ProposalLine line;
    Names names;

    if (!tilgang_proposal_get(req->db, req->arena, owner, req_id(req, "id"), &c->proposal, error) ||
        !tilgang_may_decide(req->db, req->arena, owner, &c->proposal, req->user->id, req->today,
                            &c->verdict, error) ||
        !tilgang_names(req, &names, error) ||
        !tilgang_proposal_line(req, &names, &c->proposal, &line, error))
        return false;
    fill_view(req, &names, &line, c);
    return true;
}

static const Option *answers(Req *req)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));

    options[0] = (Option){ "ja", _("Approve the role") };
    options[1] = (Option){ "nei", _("Decline it") };
    options[2] = (Option){ 0 };
    return options;
}

static int field_count(const Case *c)
{
    return c->verdict == DECIDE_ALONE ? N_DECIDE : N_DECIDE_PLAIN;
}

static bool case_page(Req *req, int status, Case *c, const Form *form)
{
    c->view.form = form;
    tilgang_forslag(req_page(req, status, _("Proposed role")), &c->view);
    return true;
}

bool tilgang_show_proposal(Req *req, GError **error)
{
    Case c;

    if (!open_case(req, &c, error))
        return false;
    g_auto(Form) form = form_blank(req, decide_fields, field_count(&c));

    form_options(&form, D_ANSWER, answers(req));
    return case_page(req, 200, &c, &form);
}

static bool decide_ok(const Case *c, Form *form)
{
    bool yes = !strcmp(form->value[D_ANSWER], "ja");

    if (!form_ok(form))
        return false;
    if (!yes && !*form->value[D_WHY])
        form->problem[D_WHY] = _("Say why you decline");
    if (yes && c->verdict == DECIDE_ALONE && !*form->value[D_ALONE])
        form->problem[D_ALONE] = _("Say that nobody else can approve it");
    return form_ok(form);
}

bool tilgang_do_decide(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    Case c;

    if (!open_case(req, &c, error))
        return false;
    g_auto(Form) form = form_read(req, decide_fields, field_count(&c));

    form_options(&form, D_ANSWER, answers(req));
    if (c.verdict == DECIDE_SETTLED)
        return req_redirect_saying(req, c.view.action.text, _("It has been decided already."));
    if (!c.view.may_decide) {
        form.trouble = c.view.message;
        return case_page(req, 403, &c, &form);
    }
    if (!decide_ok(&c, &form))
        return case_page(req, 422, &c, &form);
    const RoleDecision decision = { .by = req->user->id,
                                    .now = req->now,
                                    .today = req->today,
                                    .yes = !strcmp(form.value[D_ANSWER], "ja"),
                                    .said_alone = c.verdict == DECIDE_ALONE,
                                    .why = form.value[D_WHY] };

    req_note(req,
             !decision.yes               ? "rolle.avslatt"
             : c.verdict == DECIDE_ALONE ? "rolle.godkjent_alene"
                                         : "rolle.godkjent",
             c.proposal.id, c.proposal.person, c.proposal.role);
    if (tilgang_decide(req->db, req->user->owner, c.proposal.id, &decision, &why))
        return req_redirect_saying(req, c.view.action.text,
                                   decision.yes ? _("The role is approved.")
                                                : _("The role is declined."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return req_redirect_saying(req, c.view.action.text, _("It has been decided already."));
}

bool tilgang_do_withdraw(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    Case c;

    if (!open_case(req, &c, error))
        return false;
    req_note(req, "rolle.trukket", c.proposal.id, c.proposal.person, c.proposal.role);
    if (tilgang_withdraw(req->db, req->user->owner, c.proposal.id, req->user->id, req->now, &why))
        return req_redirect_saying(req, "/roller", _("The proposal is withdrawn."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return req_redirect_saying(req, c.view.action.text,
                               _("Only who proposed it withdraws it, and only while it waits."));
}

/* --- what waits for me --- */

bool tilgang_proposal_tasks(Req *req, GArray *tasks, GError **error)
{
    int64_t owner = req->user->owner;
    ProposalList all;
    Names names;

    if (!req_may(req, PERM_ROLE_DECIDE))
        return true;
    if (!tilgang_proposals(req->db, req->arena, owner, &all, error) ||
        !tilgang_names(req, &names, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Proposal *p = &all.v[i];
        ProposalLine line;
        Verdict verdict;

        if (p->state != PROPOSAL_WAITS)
            continue;
        if (!tilgang_may_decide(req->db, req->arena, owner, p, req->user->id, req->today, &verdict,
                                error) ||
            !tilgang_proposal_line(req, &names, p, &line, error))
            return false;
        const Task task = { .text = arena_printf(req->arena, _("Approve or decline a role: %s, %s"),
                                                 line.who, line.role),
                            .url = line.url,
                            .due = p->from };

        if (verdict == DECIDE_MAY || verdict == DECIDE_ALONE)
            g_array_append_val(tasks, task);
    }
    return true;
}
