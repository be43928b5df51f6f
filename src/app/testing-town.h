/* testing-town.h - two owners with everybody in them, behind the real sessions; for tests of the whole.
 *
 * Unlike TestApp, who asks is found the way the server finds it: session, role, owner and clock come
 * from the database through the hooks of serving.h. Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "dispatch.h"
#include "testing-db.h"

#define TOWN_TODAY "2026-11-23" /* the demo date of the first owner, and the server's day */
#define TOWN_NOON INT64_C(1795435200000000)
#define TOWN_NAME "Førstevik kommune" /* the first owner; the second is a real one, no demo */
#define TOWN_MAX_ROLES 24

typedef enum { TOWN_FIRST, TOWN_SECOND, TOWN_OWNERS } TownOwner;

/* Texts of the first owner that none but its own people may ever read. */
extern const char *const town_secrets[];

typedef struct {
    TestDb *db;
    Conf *conf;
    Web *web;
    int64_t owner[TOWN_OWNERS];
    int64_t school, body;                      /* of the first owner */
    int64_t person, position, proposal;        /* the same; the proposal of a role waits */
    int64_t draft, draft_chapter;              /* its report in state planlagt */
    int64_t published, final_chapter;          /* its report that has been sent */
    int64_t role[TOWN_OWNERS][TOWN_MAX_ROLES]; /* role tuples, as tilgang_roles_all() orders them */
    char token[TOWN_OWNERS][TOWN_MAX_ROLES][AUTH_TOKEN_SIZE];
} Town;

Town *town_new(void);
void town_free(Town *town);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Town, town_free)
/* Two fresh reports in place of those a request may have changed. */
void town_renew_reports(Town *town);
/* A fresh session in place of one that a request may have ended. */
void town_renew_session(Town *town, TownOwner owner, size_t role);

/**
 * Ask as one of the people.
 *   role  index of tilgang_roles_all(), or -1: nobody is signed in.
 *   body  urlencoded fields of an unsafe method, the right CSRF token is added; NULL for GET.
 * Clear ret_reply with outgoing_clear.
 */
void town_ask(Town *town, TownOwner owner, int role, const char *method, const char *path,
              const char *body, Outgoing *ret_reply);
