/* sesjon.h - signing in as data: what innlogging.c's pages call in tilgang.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "auth.h"
#include "tilgang.h"

typedef struct {
    int64_t owner, person; /* person 0: nobody */
    int64_t round; /* of the password that let in; a session of an older one opens nothing */
} Signer;

typedef struct {
    int64_t id;           /* of the grant, or of the position's role; one person's never coincide */
    const char *role;     /* "FS" */
    int64_t unit;         /* 0: the whole owner */
    RoleKind kind;        /* how it is held */
    const char *position; /* title of the position it follows; "" when granted directly */
} RoleTuple;

typedef struct {
    RoleTuple *v;
    size_t n;
} RoleTupleList;

/* Trimmed and in lower case; g_free it. */
char *tilgang_fold_email(const char *email);
/* Whose e-mail and password these are; ret->person 0 when nobody's. Takes the same time either way. */
bool tilgang_check(Db *db, const char *email, const char *password, Signer *ret, GError **error);
/* The roles a person has today: granted ones, the oldest first, then those of the positions held, then
 * those held as a deputy. */
bool tilgang_role_list(Db *db, Arena *arena, const Signer *who, const char *today,
                       RoleTupleList *ret, GError **error);
/* The roles that follow a position on a day, as its holder or its deputy; holder's first. */
bool tilgang_followed(Db *db, Arena *arena, const Signer *who, const char *today,
                      RoleTupleList *ret, GError **error);
/**
 * The row of rolle that a session holds on to: the grant itself, or one that stands for a role which
 * follows a position and is made here the first time.
 * Errors: APP_ERROR_NOT_FOUND (no role of this owner), APP_ERROR_DB.
 */
bool tilgang_anchor(Db *db, const Signer *who, int64_t role, int64_t *ret_row, GError **error);
bool tilgang_session_start(Db *db, const Signer *who, int64_t role, int64_t now,
                           char ret_token[AUTH_TOKEN_SIZE], GError **error);
bool tilgang_session_end(Db *db, int64_t owner, const char *token, GError **error);
bool tilgang_session_switch(Db *db, const Signer *who, const char *token, int64_t role,
                            GError **error);
