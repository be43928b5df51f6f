/* roller.h - roles as people deal with them: proposed by one, approved by another, ended, and listed.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "person.h"
#include "sesjon.h"

/* --- proposals --- */

typedef enum { PROPOSAL_WAITS, PROPOSAL_APPROVED, PROPOSAL_DECLINED, PROPOSAL_WITHDRAWN } Proposed;

typedef struct {
    int64_t id;
    int64_t person, position; /* one of them is 0 */
    const char *role;         /* code */
    int64_t unit;             /* 0: the whole owner */
    const char *from, *to;    /* "YYYY-MM-DD"; to NULL: until further notice */
    const char *reason;
    int64_t proposed_by, decided_by; /* people; decided_by 0 while it waits */
    int64_t proposed_at, decided_at; /* microseconds UTC */
    Proposed state;
    const char *why; /* of the decision; "" */
    bool alone;      /* approved by who proposed it, there being nobody else */
} Proposal;

typedef struct {
    Proposal *v;
    size_t n;
} ProposalList;

/* All, the newest first. */
bool tilgang_proposals(Db *db, Arena *arena, int64_t owner, ProposalList *ret, GError **error);
/* Errors: APP_ERROR_NOT_FOUND (also another owner's), APP_ERROR_DB. */
bool tilgang_proposal_get(Db *db, Arena *arena, int64_t owner, int64_t id, Proposal *ret,
                          GError **error);
/**
 * Propose a role; id and what comes of it are not read.
 * Errors: APP_ERROR_INVALID (role, IA among them; dates; person and position), APP_ERROR_DB.
 */
bool tilgang_propose(Db *db, int64_t owner, const Proposal *proposal, int64_t *ret_id,
                     GError **error);

typedef enum {
    DECIDE_MAY,
    DECIDE_ALONE,        /* may, once it is said that there is nobody else */
    DECIDE_OWN_PROPOSAL, /* may not: somebody else has to */
    DECIDE_FOR_ONESELF,  /* may not, ever */
    DECIDE_SETTLED       /* it does not wait any more */
} Verdict;

/**
 * Whether `by` may decide a proposal on `today`: the one rule, docs/decisions/0008.
 *   1  What is settled is settled.
 *   2  Nobody decides a role for themselves: not for their person, nor for a position that they hold or
 *      are deputy for, today or later.
 *   3  Nobody decides what they proposed themselves, as long as somebody else could: another login that
 *      is not disabled, with a role today that may decide, for whom 2 does not stand in the way.
 *   4  When nobody else could, the proposer may, after saying so; the proposal is marked.
 * That the active role of `by` may decide at all is the route's permission.
 */
bool tilgang_may_decide(Db *db, Arena *arena, int64_t owner, const Proposal *p, int64_t by,
                        const char *today, Verdict *ret, GError **error);

typedef struct {
    int64_t by, now;
    const char *today;
    bool yes;        /* approve, else decline */
    bool said_alone; /* it was said that there is nobody else */
    const char *why; /* at most 400 characters; "" */
} RoleDecision;

/**
 * Approve or decline; an approved one is granted in the same transaction.
 * Errors: APP_ERROR_FORBIDDEN (the rule above; DECIDE_ALONE without said_alone), APP_ERROR_CONFLICT
 * (settled), APP_ERROR_NOT_FOUND, APP_ERROR_DB.
 */
bool tilgang_decide(Db *db, int64_t owner, int64_t id, const RoleDecision *decision,
                    GError **error);
/* Take back one's own. Errors: APP_ERROR_CONFLICT (settled, or somebody else's), APP_ERROR_DB. */
bool tilgang_withdraw(Db *db, int64_t owner, int64_t id, int64_t by, int64_t now, GError **error);

/* --- roles that were given --- */

typedef struct {
    int64_t id;
    int64_t person;   /* 0: it follows a position */
    int64_t position; /* 0: granted to the person */
    const char *role;
    int64_t unit;
    const char *from, *to;
} Granted;

typedef struct {
    Granted *v;
    size_t n;
} GrantedList;

/* Every role there is or has been, the direct ones first, by first day. */
bool tilgang_granted(Db *db, Arena *arena, int64_t owner, GrantedList *ret, GError **error);
/**
 * The role ends when `last` is over; nothing is deleted.
 *   today  "YYYY-MM-DD".
 * Errors: APP_ERROR_NOT_FOUND, APP_ERROR_INVALID (date), APP_ERROR_FORBIDDEN (nobody would be left who can
 * administer the owner), APP_ERROR_DB.
 */
bool tilgang_end_role(Db *db, Arena *arena, int64_t owner, int64_t id, const char *last,
                      GError **error);

/* --- deputies --- */

typedef struct {
    int64_t id, position, person;
    const char *from, *to;
    int64_t named_by;
} Deputy;

typedef struct {
    Deputy *v;
    size_t n;
} DeputyList;

/* Every deputyship there is or has been, of one position or of one person; the newest first. */
bool tilgang_deputies_for(Db *db, Arena *arena, int64_t owner, int64_t position, DeputyList *ret,
                          GError **error);
bool tilgang_deputyships(Db *db, Arena *arena, int64_t owner, int64_t person, DeputyList *ret,
                         GError **error);
/* Ends when `last` is over. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilgang_end_deputy(Db *db, int64_t owner, int64_t position, int64_t id, const char *last,
                        GError **error);

/* --- words and flags --- */

/* Whether the role leads one unit and reaches nothing without it. Source: domain.md 7.1. */
bool tilgang_role_of_unit(const char *role);
/* Whether the role is given for a time only: guides and assessors from outside. Source: domain.md 7.1. */
bool tilgang_role_needs_end(const char *role);

typedef struct {
    const char **v; /* translated sentences */
    size_t n;
} FlagList;
/* What to be aware of when one person has these roles at once; allowed, but seen. */
FlagList tilgang_flags(Arena *arena, const RoleTupleList *roles);
