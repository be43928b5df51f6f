/* konto.h - one person's login: one-time links, the second step, and the way in; private to the slice.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "revisjon.h"
#include "sesjon.h"
#include "varsel.h"

/* --- the login --- */

typedef struct {
    const char *email, *hash; /* hash "": invited, has no password yet */
    const char *language;     /* NULL: the owner's */
    bool disabled;
    int64_t last; /* newest sign-in, microseconds UTC; 0: never */
} Login;
/* Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilgang_login(Db *db, Arena *arena, const Signer *who, Login *ret, GError **error);
typedef struct {
    int64_t owner, person;
    bool disabled;
} LoginOwner;
typedef struct {
    LoginOwner *v;
    size_t n;
} LoginOwners;
/* Everybody who signs in with an address, folded, with any owner; at most eight. */
bool tilgang_login_owners(Db *db, Arena *arena, const char *email, LoginOwners *ret,
                          GError **error);
/* What is wrong with a new password, translated; NULL when it will do. */
const char *tilgang_password_problem(const char *password, const char *email, const char *name);
/* A form's two password fields: the second repeats the first. Sets problems. */
void tilgang_check_new_password(Form *form, int first, int second, const char *email,
                                const char *name);

/* --- one-time links --- */

#define LINK_INVITATION "invitasjon"
#define LINK_PASSWORD "passord"
#define LINK_INVITATION_LIFE (7 * G_TIME_SPAN_DAY)
#define LINK_PASSWORD_LIFE G_TIME_SPAN_HOUR

typedef struct {
    int64_t owner, id, person, made_by; /* id 0: no such link, or it has been used */
    const char *kind;
} Link;

/* Let a person be invited: a login without a password. Errors: APP_ERROR_INVALID (address),
 * APP_ERROR_CONFLICT (the address, or the person has one), APP_ERROR_DB. */
bool tilgang_invite(Db *db, int64_t owner, int64_t person, const char *email, int64_t now,
                    GError **error);
/* A fresh link; those the person had are withdrawn. `link` has owner, person, made_by and kind. */
bool tilgang_link_new(Db *db, const Link *link, int64_t now, char ret_token[AUTH_TOKEN_SIZE],
                      GError **error);
bool tilgang_link_find(Db *db, Arena *arena, const char *token, int64_t now, Link *ret,
                       GError **error);
/**
 * Use a link once: sets the password and ends every session.
 *   ret  who may be let in by the new password.
 * Errors: APP_ERROR_CONFLICT (it has been used meanwhile), APP_ERROR_INVALID (password), APP_ERROR_DB.
 */
bool tilgang_link_use(Db *db, const Link *link, const char *password, int64_t now, Signer *ret,
                      GError **error);

/* --- the second step --- */

#define TOTP_RESERVES 10
#define TOTP_ROLES "totrinn_roller" /* the owner's option: codes of roles, blanks between */
#define TOTP_SEALED "totrinn"

typedef struct {
    bool on;
    bool pending;       /* a secret waits to be confirmed */
    const char *secret; /* base32, of what is pending or on; NULL when it cannot be opened */
    int64_t reserves;   /* recovery codes left */
} Totp;
bool tilgang_totp(Db *db, Arena *arena, const Signer *who, Totp *ret, GError **error);
/* Make a secret to be confirmed, in the place of one that waits. */
bool tilgang_totp_begin(Db *db, Arena *arena, const Signer *who, GError **error);
/**
 * Take a code: of the app, each step once, or a recovery code, each once. Also when two come at the same
 * moment, one of them is not taken.
 *   reserve  whether a recovery code will do.
 */
bool tilgang_totp_take(Db *db, Arena *arena, const Signer *who, const char *code, bool reserve,
                       int64_t now, bool *ret_taken, GError **error);
/* The right code was given: it is on from now. ret_codes: TOTP_RESERVES recovery codes, shown once. */
bool tilgang_totp_confirm(Db *db, const Signer *who, int64_t now,
                          char ret_codes[TOTP_RESERVES][AUTH_RECOVERY_SIZE], GError **error);
bool tilgang_totp_off(Db *db, const Signer *who, GError **error);
/* Whether one of these roles demands it, by the owner's choice. */
bool tilgang_totp_required(Db *db, Arena *arena, int64_t owner, const RoleTupleList *roles,
                           bool *ret, GError **error);
bool tilgang_totp_required_role(Db *db, Arena *arena, int64_t owner, const char *role, bool *ret,
                                GError **error);

/* --- the way in --- */

/**
 * The password was right, or a link: a session, or the second step first. Makes the reply.
 *   to           path to go on to; NULL: home.
 *   ret_trouble  why nobody is let in, translated, and no reply is made; else NULL.
 */
bool tilgang_enter(Req *req, const Signer *who, const char *to, const char **ret_trouble,
                   GError **error);
/* The person's links that wait are no more. */
bool tilgang_links_drop(Db *db, const Signer *who, int64_t now, GError **error);
/* The person's halves of sign-ins are no more. */
bool tilgang_halves_drop(Db *db, const Signer *who, GError **error);
/* A line of the audit log about a sign-in, in the transaction of `db` if any. */
bool tilgang_tell(Req *req, int64_t owner, int64_t person, const char *act, const char *detail,
                  GError **error);

/* --- pages --- */
bool tilgang_show_code(Req *req, GError **error);
bool tilgang_take_code(Req *req, GError **error);
bool tilgang_show_forced(Req *req, GError **error);
bool tilgang_take_forced(Req *req, GError **error);
bool tilgang_show_link(Req *req, GError **error);
bool tilgang_use_link(Req *req, GError **error);
bool tilgang_show_forgotten(Req *req, GError **error);
bool tilgang_send_forgotten(Req *req, GError **error);
bool tilgang_show_account(Req *req, GError **error);
bool tilgang_store_password(Req *req, GError **error);
bool tilgang_store_language(Req *req, GError **error);
bool tilgang_end_everywhere(Req *req, GError **error);
bool tilgang_show_totp(Req *req, GError **error);
bool tilgang_begin_totp(Req *req, GError **error);
bool tilgang_confirm_totp(Req *req, GError **error);
bool tilgang_end_totp(Req *req, GError **error);
bool tilgang_show_users(Req *req, GError **error);
bool tilgang_show_invite(Req *req, GError **error);
bool tilgang_send_invite(Req *req, GError **error);
bool tilgang_show_user(Req *req, GError **error);
bool tilgang_change_user(Req *req, GError **error);
bool tilgang_show_security(Req *req, GError **error);
bool tilgang_store_security(Req *req, GError **error);
bool tilgang_try_mail(Req *req, GError **error);
bool tilgang_show_emergencies(Req *req, GError **error);
bool tilgang_start_emergency(Req *req, GError **error);
bool tilgang_end_emergency(Req *req, GError **error);
bool tilgang_show_emergency(Req *req, GError **error);
bool tilgang_see_emergency(Req *req, GError **error);
bool tilgang_emergency_tasks(Req *req, GArray *tasks, GError **error);

/* --- break-glass in a session --- */

#define EMERGENCY_LIFE (30 * G_TIME_SPAN_MINUTE)
#define EMERGENCY_REASON 20 /* characters at least */
/* Reading alone, also what the head of education may read, while it is on in this session. */
bool tilgang_emergency(Db *db, Arena *arena, int64_t owner, int64_t session, int64_t now,
                       User *user, SessionInfo *info, GError **error);

extern const Retention tilgang_retention[];
bool tilgang_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                         GError **error);
