/* tilgang.h - access: sign-in, sessions, and roles as person x role x scope x from x to.
 *
 * Access follows the active role of the session: the role's cell in matrix.def for the permission's
 * resource and action, on the whole owner or on the role's own unit.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "server.h"

extern const Slice tilgang_slice;

#define TILGANG_IDLE                                                                               \
    (30 * G_TIME_SPAN_MINUTE) /* a session not used so long has ended: domain.md 7.3 */
#define TILGANG_LONGEST (12 * G_TIME_SPAN_HOUR) /* and so does any session after this */

/* How a role is held: granted to the person, by holding a position, or as deputy for its holder. */
typedef enum { ROLE_DIRECT, ROLE_POSITION, ROLE_DEPUTY } RoleKind;

/* Hook for WebHooks.session_user; see server.h. Ends a session whose role or login has ended. */
bool tilgang_session_user(const void *data, Db *db, Arena *arena, const char *token, int64_t now,
                          User *ret_user, SessionInfo *ret_session, GError **error);

/* "FS" -> "Fagsjef oppvekst", translated; the code itself when unknown. */
const char *tilgang_role_name(const char *role);
/* The same in English, to be translated later. */
const char *tilgang_role_msgid(const char *role);
bool tilgang_role_known(const char *role);
/* Role codes, NULL-terminated, in the order of domain.md 7.1, IA last. */
const char *const *tilgang_roles_all(void);

/**
 * Fill the permissions of a user from the matrix.
 *   user  its role and unit are read; perms and unit_only are written.
 */
void tilgang_fill(User *user);

/**
 * Let a person sign in.
 *   email     folded to lower case; must be new for the owner.
 *   password  checked against the rules of auth.h.
 * Errors: APP_ERROR_INVALID (password or address, worded for people), APP_ERROR_CONFLICT, APP_ERROR_DB.
 */
bool tilgang_add_login(Db *db, int64_t owner, int64_t person, const char *email,
                       const char *password, int64_t now, GError **error);

/**
 * Invite a person who has no login yet: by a link that works once, for seven days, the person chooses a
 * password.
 *   email  folded to lower case; must be new for the owner.    ret_token  AUTH_TOKEN_SIZE bytes: the
 *          link is /invitasjon/TOKEN, and nowhere else to be read.
 * Errors: APP_ERROR_INVALID (address), APP_ERROR_CONFLICT (the address, or the person has a login),
 * APP_ERROR_DB.
 */
bool tilgang_invite_person(Db *db, int64_t owner, int64_t person, const char *email, int64_t now,
                           char *ret_token, GError **error);

/**
 * Give a role from a date on.
 *   role  a code of domain.md 7.1, or "IA".   unit  scope, or 0 for the whole owner.
 */
bool tilgang_grant(Db *db, int64_t owner, int64_t person, const char *role, int64_t unit,
                   const char *from, GError **error);

typedef struct {
    const char *email, *role;
    int64_t unit; /* 0: the whole owner */
    const char *from;
} LoginGrant;
/**
 * Give a role to somebody who signs in already, by the address.
 *   ret_person  who it is.    as tilgang_grant for the rest.
 * Errors: APP_ERROR_NOT_FOUND (nobody of the owner signs in with it), APP_ERROR_CONFLICT (has it today),
 * APP_ERROR_DB.
 */
bool tilgang_grant_login(Db *db, int64_t owner, const LoginGrant *grant, int64_t *ret_person,
                         GError **error);

/**
 * A role that a position carries: whoever holds it has the role while holding it.
 *   from  "YYYY-MM-DD".    to  the last day, or NULL.    as tilgang_grant for the rest.
 * Errors: APP_ERROR_INVALID (role, date, another owner's position), APP_ERROR_DB.
 */
typedef struct {
    int64_t position;
    const char *role;
    int64_t unit;
    const char *from, *to;
} PositionRole;
bool tilgang_grant_position(Db *db, int64_t owner, const PositionRole *role, GError **error);

/**
 * Name a deputy: this person has the position's roles from day to day, beside the holder.
 *   from, to  "YYYY-MM-DD", both count; at most a year.    by  who names.    now  microseconds UTC.
 * Errors: APP_ERROR_INVALID (dates; another owner's position or person), APP_ERROR_CONFLICT (named for
 * some of these days already), APP_ERROR_DB.
 */
typedef struct {
    int64_t position, person;
    const char *from, *to;
    int64_t by, now;
} DeputyNew;
bool tilgang_name_deputy(Db *db, int64_t owner, const DeputyNew *deputy, GError **error);

/* Set a new password and end every session of that login. `email` is looked up in all owners, or in
 * `owner` alone when it is not 0. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_INVALID, APP_ERROR_DB. */
bool tilgang_set_password(Db *db, int64_t owner, const char *email, const char *password,
                          int64_t now, GError **error);
/* Stop (or allow again) sign-in; stopping ends every session. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilgang_disable(Db *db, int64_t owner, const char *email, bool disabled, GError **error);

typedef struct {
    int64_t person;
    int64_t id; /* of the role, as a session's list has it; 0 when there is none */
    const char *name, *email;
    bool disabled;
    const char *role;      /* code, or "" when the login has no role today */
    const char *role_name; /* translated */
    int64_t unit;          /* scope, or 0 */
    const char *since;     /* "YYYY-MM-DD"; "" when it follows a position, which has the dates */
    RoleKind kind;         /* how it is held */
    const char *position;  /* title of the position it follows; "" when granted directly */
} LoginLine;
typedef struct {
    LoginLine *v;
    size_t n;
} LoginList;
/* One line for each login and role, by name. */
bool tilgang_list(Db *db, Arena *arena, int64_t owner, const char *today, LoginList *ret,
                  GError **error);

/* --- changing role where one stands --- */

typedef struct {
    const char *role;  /* code; NULL: the user has no such role */
    const char *label; /* "Fagsjef oppvekst" or "Rektor, Bud skule", translated */
    const char *id;    /* of the tuple, as the form sends it */
    const char *csrf;  /* of the request */
    const char *to;    /* a path of ours to go on to */
} RoleSwitch;

/**
 * Another role the user has today that may do something the active one may not.
 *   perm   what is to be done; a role for the whole owner goes before a role of one unit.
 *   whole  true: only a role that may do it on the whole owner counts.
 *   to     the path to go to after the change, borrowed.
 * ret->role is NULL when there is none, also when nobody is signed in.
 */
bool tilgang_other_role(Req *req, Perm perm, bool whole, const char *to, RoleSwitch *ret,
                        GError **error);
/* The other roles of whoever asks, as the user they would make: for what waits there. */
typedef struct {
    User user;
    RoleSwitch to;
} OwnRole;
typedef struct {
    OwnRole *v;
    size_t n;
} OwnRoleList;
/* to: as for tilgang_other_role. Errors: APP_ERROR_DB. */
bool tilgang_roles_beside(Req *req, const char *to, OwnRoleList *ret, GError **error);
/* A form with one button, "Change to the role X"; in a page: {{render tilgang_draw_switch(x.role)}}.
 * Nothing when there is no such role. */
void tilgang_draw_switch(Html *html, RoleSwitch to);
/* Hook for WebHooks.forbidden: who else of the user may do this, and the button; or nothing. */
bool tilgang_forbidden(const void *data, Req *req, Perm perm, const char *to, Html *html,
                       GError **error);
