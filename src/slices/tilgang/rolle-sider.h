/* rolle-sider.h - rows as the pages of roles, deputies and people show them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "roller.h"
#include "enhet.h"

/* Names for ids, read once for a page. */
typedef struct {
    EnhetList units;
    PersonList people;
} Names;
bool tilgang_names(Req *req, Names *ret, GError **error);
const char *tilgang_name_of(const Names *names, int64_t person);
/* The unit's name; "the whole municipality" for 0. */
const char *tilgang_scope_of(const Names *names, int64_t unit);

typedef struct {
    const char *who, *role, *scope, *how, *period, *note;
    Url url, end; /* who; where it is ended */
    bool may_end, is_position;
} GrantLine;

typedef struct {
    GrantLine *v;
    size_t n;
} GrantLines;

typedef struct {
    const char *who, *role, *scope, *period, *proposer, *state, *at;
    Url url;
} ProposalLine;

typedef struct {
    ProposalLine *v;
    size_t n;
} ProposalLines;

typedef struct {
    ProposalLines waiting, settled;
    GrantLines now, other;
    const char *waiting_caption, *settled_caption, *now_caption, *other_caption;
    bool may_propose, sees_proposals;
    Url propose, matrix;
} RolesView;

typedef struct {
    const char *who, *role, *scope, *period, *reason, *proposer, *proposed_at;
    const char *state, *decider, *decided_at, *why, *message; /* message: why one may not decide */
    bool is_position, waits, may_decide, alone, may_withdraw, was_alone;
    Url up, who_url, action, withdraw;
    const char *csrf;
    const Form *form;
} ProposalView;

typedef struct {
    const char *who, *period, *namer, *note;
    const char *id;
    Url url;
    bool may_end;
} DeputyLine;

typedef struct {
    DeputyLine *v;
    size_t n;
} DeputyLines;

typedef struct {
    GrantLines roles;
    DeputyLines deputies;
    bool may_propose, may_name;
    Url propose, name, end;
    const char *csrf;
} PositionRoles;

bool tilgang_show_roles(Req *req, GError **error);
bool tilgang_show_end(Req *req, GError **error);
bool tilgang_do_end(Req *req, GError **error);
bool tilgang_show_propose(Req *req, GError **error);
bool tilgang_do_propose(Req *req, GError **error);
bool tilgang_show_proposal(Req *req, GError **error);
bool tilgang_do_decide(Req *req, GError **error);
bool tilgang_do_withdraw(Req *req, GError **error);
bool tilgang_show_deputy(Req *req, GError **error);
bool tilgang_do_deputy(Req *req, GError **error);
bool tilgang_do_end_deputy(Req *req, GError **error);
bool tilgang_position_panel(Req *req, int64_t id, const char *day, Html *html, GError **error);
bool tilgang_proposal_tasks(Req *req, GArray *tasks, GError **error);

/* A line of a list: "position X" or the person's name, with its address. */
bool tilgang_grant_line(Req *req, const Names *names, const Granted *g, GrantLine *ret,
                        GError **error);
bool tilgang_proposal_line(Req *req, const Names *names, const Proposal *p, ProposalLine *ret,
                           GError **error);
const char *tilgang_proposal_state(const Proposal *p);

/* --- people --- */

typedef struct {
    const char *name, *positions, *roles;
    Url url;
} PersonLine;

typedef struct {
    PersonLine *v;
    size_t n;
} PersonLines;

typedef struct {
    const char *search, *count;
    bool may_write, may_see_roles;
    Url add, positions, roles;
    PersonLines people;
} PeopleView;

typedef struct {
    const char *title, *unit, *period, *note;
    Url url;
} HeldLine;

typedef struct {
    HeldLine *v;
    size_t n;
} HeldLines;

typedef struct {
    const char *name;
    bool self, may_write, may_propose;
    Url rename, propose, up;
    FlagList flags;
    HeldLines held, deputy, now; /* positions; deputyships; today's roles */
    GrantLines granted;
    const char *granted_caption;
} PersonView;

bool tilgang_show_people(Req *req, GError **error);
bool tilgang_show_person(Req *req, GError **error);
bool tilgang_show_person_add(Req *req, GError **error);
bool tilgang_do_person_add(Req *req, GError **error);
bool tilgang_show_person_name(Req *req, GError **error);
bool tilgang_do_person_name(Req *req, GError **error);
bool tilgang_show_matrix(Req *req, GError **error);
