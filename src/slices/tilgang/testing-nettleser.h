/* testing-nettleser.h - a browser of a test, behind the real sessions: it keeps its cookies and has a
 * clock and a database handle of its own, so that several can act at the same moment.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "dispatch.h"

typedef struct {
    TestApp *app;
    Db *db;
    Web *web;
    char *session; /* the cookie's token; NULL: none */
    int64_t now;   /* microseconds UTC; move it on as you like */
    const char *client;
} Nettleser;

#define NETTLESER_NOON INT64_C(1795435200000000) /* 2026-11-23 12:00 UTC */

/* All slices, on the database of `app`; NETTLESER_NOON. */
Nettleser *nettleser_new(TestApp *app);
void nettleser_free(Nettleser *browser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Nettleser, nettleser_free)
Reply *nettleser_get(Nettleser *browser, const char *path);
/* urlencoded fields; the token against forgery is added. */
Reply *nettleser_post(Nettleser *browser, const char *path, const char *body);
/* Signs in by the form and expects to be let in. */
void nettleser_sign_in(Nettleser *browser, const char *email, const char *password);
/* Expect this status. */
void nettleser_get_is(Nettleser *browser, const char *path, int status);
void nettleser_post_is(Nettleser *browser, const char *path, const char *body, int status);

#define NETTLESER_PASSWORD "hest-og-vogn-4711"
/* A person of owner 1 who signs in with NETTLESER_PASSWORD and has a role on the whole owner. */
int64_t nettleser_add_user(TestApp *app, const char *name, const char *email, const char *role);
/* The person who signs in with an address. */
int64_t nettleser_person(TestApp *app, const char *email);
