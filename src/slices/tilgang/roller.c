/* roller.c - roles as data: proposed, decided, given and ended.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "roller.h"
#include "roller.sql.h"

static int64_t or_zero(int64_t id)
{
    return id == NO_INT ? 0 : id;
}

static int64_t or_null(int64_t id)
{
    return id ? id : NO_INT;
}

static const char *const states[] = {
    [PROPOSAL_WAITS] = "venter",
    [PROPOSAL_APPROVED] = "godkjent",
    [PROPOSAL_DECLINED] = "avslatt",
    [PROPOSAL_WITHDRAWN] = "trukket",
};

static Proposed state_of(const char *word)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(states); i++)
        if (!strcmp(states[i], word))
            return (Proposed)i;
    g_assert_not_reached(); /* the column's CHECK */
}

bool tilgang_proposals(Db *db, Arena *arena, int64_t owner, ProposalList *ret, GError **error)
{
    g_auto(TilgangProposalsSelectRows) rows = { 0 };

    if (!tilgang_proposals_select(db, owner, &rows, error))
        return false;
    *ret = (ProposalList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Proposal)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const TilgangProposalsSelectRow *r = &rows.v[i];

        ret->v[i] = (Proposal){ .id = r->id,
                                .person = or_zero(r->person),
                                .position = or_zero(r->stilling),
                                .role = arena_dup(arena, r->role),
                                .unit = or_zero(r->unit),
                                .from = arena_dup(arena, r->valid_from),
                                .to = arena_dup(arena, r->valid_to),
                                .reason = arena_dup(arena, r->reason),
                                .proposed_by = r->proposed_by,
                                .proposed_at = r->proposed_at,
                                .decided_by = or_zero(r->decided_by),
                                .decided_at = or_zero(r->decided_at),
                                .state = state_of(r->state),
                                .why = arena_dup(arena, r->decided_why),
                                .alone = r->alone != 0 };
    }
    return true;
}

bool tilgang_proposal_get(Db *db, Arena *arena, int64_t owner, int64_t id, Proposal *ret,
                          GError **error)
{
    ProposalList all;

    if (!tilgang_proposals(db, arena, owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].id != id)
            continue;
        *ret = all.v[i];
        return true;
    }
    return app_fail(error, APP_ERROR_NOT_FOUND, "no such proposal");
}

static bool proposal_valid(const Proposal *p, GError **error)
{
    if (!tilgang_role_known(p->role) || !strcmp(p->role, "IA"))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a role to propose", p->role);
    if (!p->person == !p->position)
        return app_fail(error, APP_ERROR_INVALID, "a role is for a person or for a position");
    if (!date_valid(p->from) || (p->to && (!date_valid(p->to) || strcmp(p->to, p->from) < 0)))
        return app_fail(error, APP_ERROR_INVALID, "the dates make no period");
    if (tilgang_role_of_unit(p->role) && !p->unit)
        return app_fail(error, APP_ERROR_INVALID, "the role reaches nothing without a unit");
    if (tilgang_role_needs_end(p->role) && !p->to)
        return app_fail(error, APP_ERROR_INVALID, "the role is given for a time only");
    return true;
}

bool tilgang_propose(Db *db, int64_t owner, const Proposal *p, int64_t *ret_id, GError **error)
{
    if (!proposal_valid(p, error))
        return false;
    const TilgangProposalInsertArgs args = { .owner = owner,
                                             .id = id_new(),
                                             .person = or_null(p->person),
                                             .stilling = or_null(p->position),
                                             .role = p->role,
                                             .unit = or_null(p->unit),
                                             .valid_from = p->from,
                                             .valid_to = p->to,
                                             .reason = p->reason,
                                             .proposed_by = p->proposed_by,
                                             .proposed_at = p->proposed_at };

    if (!tilgang_proposal_insert(db, &args, error))
        return false;
    *ret_id = args.id;
    return true;
}

typedef struct {
    int64_t owner, id;
    const RoleDecision *decision;
} Deciding;

static bool give(Db *db, int64_t owner, const Proposal *p, GError **error)
{
    const PositionRole role = { p->position, p->role, p->unit, p->from, p->to };
    const TilgangGrantedInsertArgs args = { .owner = owner,
                                            .id = id_new(),
                                            .person = p->person,
                                            .role = p->role,
                                            .unit = or_null(p->unit),
                                            .valid_from = p->from,
                                            .valid_to = p->to };

    return p->position ? tilgang_grant_position(db, owner, &role, error)
                       : tilgang_granted_insert(db, &args, error);
}

static bool allowed(Verdict verdict, const RoleDecision *d, GError **error)
{
    if (verdict == DECIDE_SETTLED)
        return app_fail(error, APP_ERROR_CONFLICT, "the proposal is settled");
    if (verdict == DECIDE_MAY || (verdict == DECIDE_ALONE && (d->said_alone || !d->yes)))
        return true;
    return app_fail(error, APP_ERROR_FORBIDDEN, "somebody else has to decide it");
}

static bool decide_work(Db *db, void *arg, GError **error)
{
    const Deciding *d = arg;
    const RoleDecision *what = d->decision;
    g_autoptr(Arena) arena = arena_new();
    g_auto(TilgangProposalSettleRows) rows = { 0 };
    Verdict verdict;
    Proposal p;

    if (!tilgang_proposal_get(db, arena, d->owner, d->id, &p, error) ||
        !tilgang_may_decide(db, arena, d->owner, &p, what->by, what->today, &verdict, error) ||
        !allowed(verdict, what, error))
        return false;
    const TilgangProposalSettleArgs args = {
        .owner = d->owner,
        .id = d->id,
        .state = states[what->yes ? PROPOSAL_APPROVED : PROPOSAL_DECLINED],
        .decided_by = what->by,
        .decided_at = what->now,
        .decided_why = what->why,
        .alone = verdict == DECIDE_ALONE
    };

    if (!tilgang_proposal_settle(db, &args, &rows, error))
        return false;
    if (!rows.n)
        return app_fail(error, APP_ERROR_CONFLICT, "the proposal is settled");
    return !what->yes || give(db, d->owner, &p, error);
}

bool tilgang_decide(Db *db, int64_t owner, int64_t id, const RoleDecision *decision, GError **error)
{
    Deciding d = { owner, id, decision };

    return db_transaction(db, decide_work, &d, error);
}

bool tilgang_withdraw(Db *db, int64_t owner, int64_t id, int64_t by, int64_t now, GError **error)
{
    g_auto(TilgangProposalWithdrawRows) rows = { 0 };

    if (!tilgang_proposal_withdraw(db, owner, id, by, now, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_CONFLICT, "the proposal is settled");
}

/* --- given --- */

bool tilgang_granted(Db *db, Arena *arena, int64_t owner, GrantedList *ret, GError **error)
{
    g_auto(TilgangGrantedPeopleRows) people = { 0 };
    g_auto(TilgangGrantedPositionsRows) positions = { 0 };
    Granted *to;

    if (!tilgang_granted_people(db, owner, &people, error) ||
        !tilgang_granted_positions(db, owner, &positions, error))
        return false;
    *ret = (GrantedList){ arena_alloc(arena, MAX(people.n + positions.n, 1) * sizeof(Granted)),
                          people.n + positions.n };
    to = ret->v;
    for (size_t i = 0; i < people.n; i++, to++)
        *to = (Granted){ .id = people.v[i].id,
                         .person = people.v[i].person,
                         .role = arena_dup(arena, people.v[i].role),
                         .unit = or_zero(people.v[i].unit),
                         .from = arena_dup(arena, people.v[i].valid_from),
                         .to = arena_dup(arena, people.v[i].valid_to) };
    for (size_t i = 0; i < positions.n; i++, to++)
        *to = (Granted){ .id = positions.v[i].id,
                         .position = positions.v[i].stilling,
                         .role = arena_dup(arena, positions.v[i].role),
                         .unit = or_zero(positions.v[i].unit),
                         .from = arena_dup(arena, positions.v[i].valid_from),
                         .to = arena_dup(arena, positions.v[i].valid_to) };
    return true;
}

static bool administers(const LoginLine *line)
{
    User user = { .role = line->role };
    const Req req = { .user = &user };

    tilgang_fill(&user);
    return !line->disabled && *line->role && req_may_unit(&req, PERM_UNIT_WRITE, 0);
}

/* Somebody but this role administers the owner the day after. */
static bool others_are_left(Db *db, Arena *arena, int64_t owner, int64_t id, const char *last,
                            GError **error)
{
    char after[DATE_TEXT];
    LoginList all;
    bool was = false, left = false;

    if (!tilgang_list(db, arena, owner, date_add(last, 1, after), &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        was = was || (all.v[i].id == id && administers(&all.v[i]));
        left = left || (all.v[i].id != id && administers(&all.v[i]));
    }
    return !was || left ||
           app_fail(error, APP_ERROR_FORBIDDEN, "nobody would be left to administer");
}

bool tilgang_end_role(Db *db, Arena *arena, int64_t owner, int64_t id, const char *last,
                      GError **error)
{
    g_auto(TilgangGrantedEndRows) direct = { 0 };
    g_auto(TilgangPositionRoleEndRows) followed = { 0 };

    if (!date_valid(last))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", last);
    if (!others_are_left(db, arena, owner, id, last, error) ||
        !tilgang_granted_end(db, owner, id, last, &direct, error) ||
        !tilgang_position_role_end(db, owner, id, last, &followed, error))
        return false;
    return direct.n || followed.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such role");
}
