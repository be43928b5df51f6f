/* varsel.h - mail out: an outbox in the database, sent by the jobs program; set up on a page.
 *
 * A mail holds no sensitive content: it says what waits, and links to the page (domain.md 7.3).
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice varsel_slice;

typedef struct {
    int64_t owner, person; /* who it goes to, for their own data; 0: nobody we know */
    const char *to;        /* address */
    const char *to_name;   /* "" */
    const char *subject;   /* translated, one line */
    const char *text;      /* translated, plain text; links whole, made with varsel_link */
    const char *key;       /* sent once for each key of the owner; NULL: always */
} VarselNew;

/* Whether mail is set up, so that something will come of varsel_add. */
bool varsel_on(Db *db, int64_t owner, bool *ret, GError **error);
/* Put into the outbox, in the caller's transaction; nothing when mail is not set up. Errors:
 * APP_ERROR_INVALID (address, subject with a line break), APP_ERROR_DB. */
bool varsel_add(Db *db, const VarselNew *mail, int64_t now, GError **error);
/* "https://oppvekst.example.no/hjem" from a path of ours: with the setting base_url, stored by the page
 * or given in the settings file. "" in front when none is known. */
const char *varsel_link(Db *db, Arena *arena, const char *path);
/* The same for an owner that the handle was not set to: in a transaction, or where nobody is signed in. */
const char *varsel_link_of(Db *db, Arena *arena, int64_t owner, const char *path);

/**
 * Send a mail to whoever sets it up, now, and answer with the page of the set-up and how it went. For
 * the route of slice tilgang, which knows the address.
 *   to  the signed-in person's own address.
 */
bool varsel_try(Req *req, const char *to, GError **error);
