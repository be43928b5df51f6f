/* tilgang.c - logins, roles and sessions as data; pages stand in innlogging.c and personer.c.
 *
 * A session is a random token in the browser and its hash in the table. It dies of idleness, of age,
 * when its role ends, and when the login is disabled or gets a new password; each password has a number
 * that its sessions carry, so that a sign-in which was under way when it changed is out as well.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilgang.h"
#include "auth.h"
#include "eier.h"
#include "person.h"
#include "konto.h"
#include "mail.h"
#include "tilgang.sql.h"

#define SEEN_STEP G_TIME_SPAN_MINUTE /* last use is written at most this often */

char *tilgang_fold_email(const char *email)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(email));

    return g_utf8_strdown(trimmed, -1);
}

/* The role the session acts in, as it stands today; ret->role NULL when it has ended. */
static bool active_role(Db *db, Arena *arena, const TilgangSessionSelectRow *s, const char *today,
                        RoleTuple *ret, GError **error)
{
    const Signer who = { s->owner, s->person };
    RoleTupleList followed;

    *ret = (RoleTuple){ .position = "" };
    if (s->position_role == NO_INT) {
        bool holds =
            strcmp(s->role_from, today) <= 0 && (!s->role_to || strcmp(s->role_to, today) >= 0);

        ret->id = s->role;
        ret->role = holds ? arena_dup(arena, s->role_code) : NULL;
        ret->unit = s->unit == NO_INT ? 0 : s->unit;
        return true;
    }
    if (!tilgang_followed(db, arena, &who, today, &followed, error))
        return false;
    for (size_t i = 0; i < followed.n; i++)
        if (followed.v[i].id == s->position_role)
            *ret = followed.v[i];
    return true;
}

static bool session_alive(const TilgangSessionSelectRow *s, int64_t now)
{
    return !s->disabled && now - s->seen_at < TILGANG_IDLE && now - s->created_at < TILGANG_LONGEST;
}

bool tilgang_session_user(const void *data, Db *db, Arena *arena, const char *token, int64_t now,
                          User *ret_user, SessionInfo *ret_session, GError **error)
{
    g_auto(TilgangSessionSelectRows) rows = { 0 };
    char stored[AUTH_STORED_SIZE];
    const char *today, *name;
    RoleTuple role;

    (void)data;
    auth_token_stored(token, stored);
    if (!tilgang_session_select(db, stored, &rows, error))
        return false;
    if (rows.n == 0 || !session_alive(&rows.v[0], now))
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such session");
    const TilgangSessionSelectRow *s = &rows.v[0];
    if (!eier_today(db, arena, s->owner, now, &today, error) ||
        !person_name(db, arena, s->owner, s->person, &name, error) ||
        !active_role(db, arena, s, today, &role, error))
        return false;
    if (!role.role)
        return app_fail(error, APP_ERROR_NOT_FOUND, "the session's role has ended");
    if (now - s->seen_at > SEEN_STEP && !tilgang_session_seen(db, s->owner, s->id, now, error))
        return false;
    *ret_user = (User){ .owner = s->owner,
                        .id = s->person,
                        .position = role.id,
                        .unit = role.unit,
                        .name = name,
                        .role = role.role };
    tilgang_fill(ret_user);
    *ret_session = (SessionInfo){ .language = arena_dup(arena, s->language),
                                  .role_label = tilgang_role_msgid(role.role),
                                  .deputy_for = role.kind == ROLE_DEPUTY ? role.position : NULL };
    return tilgang_emergency(db, arena, s->owner, s->id, now, ret_user, ret_session, error);
}

/* --- logins --- */

const char *tilgang_password_problem(const char *password, const char *email, const char *name)
{
    switch (auth_password_rate(password, email, name)) {
    case AUTH_PASSWORD_SHORT:
        return _("The password is too short: use at least 10 characters");
    case AUTH_PASSWORD_LONG:
        return _("The password is too long: use at most 200 characters");
    case AUTH_PASSWORD_COMMON:
        return _("The password is too common: choose one that others do not use");
    case AUTH_PASSWORD_PERSONAL:
        return _("The password must not be your name or e-mail address");
    case AUTH_PASSWORD_INVALID:
        return _("The password has characters that cannot be used");
    case AUTH_PASSWORD_OK:
        break;
    }
    return NULL;
}

static bool hash_new(const char *password, const char *email, char *ret_hash, GError **error)
{
    const char *problem = tilgang_password_problem(password, email, NULL);

    if (problem)
        return app_fail(error, APP_ERROR_INVALID, "%s", problem);
    return auth_password_hash(password, ret_hash, error);
}

bool tilgang_add_login(Db *db, int64_t owner, int64_t person, const char *email,
                       const char *password, int64_t now, GError **error)
{
    g_autofree char *folded = tilgang_fold_email(email);
    char hash[AUTH_HASH_SIZE];

    if (!mail_address_valid(folded))
        return app_fail(error, APP_ERROR_INVALID, _("\"%s\" is not an e-mail address"), email);
    if (!hash_new(password, folded, hash, error))
        return false;
    return tilgang_login_insert(db, owner, person, folded, hash, now, error);
}

bool tilgang_grant(Db *db, int64_t owner, int64_t person, const char *role, int64_t unit,
                   const char *from, GError **error)
{
    if (!tilgang_role_known(role))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a role", role);
    return tilgang_role_insert(db, owner, id_new(), person, role, unit ? unit : NO_INT, from,
                               error);
}

typedef struct {
    int64_t owner;
    const LoginGrant *what;
    const char *email; /* folded */
    int64_t person;    /* found */
} Granting;

static bool has_role(const TilgangRolesRows *roles, const LoginGrant *g)
{
    for (size_t i = 0; i < roles->n; i++)
        if (!strcmp(roles->v[i].role, g->role) &&
            (roles->v[i].unit == NO_INT ? 0 : roles->v[i].unit) == g->unit)
            return true;
    return false;
}

static bool grant_work(Db *db, void *arg, GError **error)
{
    Granting *g = arg;
    g_auto(TilgangLoginsRows) rows = { 0 };
    g_auto(TilgangRolesRows) roles = { 0 };

    g->person = 0;
    if (!tilgang_logins(db, g->email, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].owner == g->owner)
            g->person = rows.v[i].person;
    if (!g->person)
        return app_fail(error, APP_ERROR_NOT_FOUND, _("Nobody signs in with %s"), g->email);
    if (!tilgang_roles(db, g->owner, g->person, g->what->from, &roles, error))
        return false;
    if (has_role(&roles, g->what))
        return app_fail(error, APP_ERROR_CONFLICT, "%s has that role already", g->email);
    return tilgang_grant(db, g->owner, g->person, g->what->role, g->what->unit, g->what->from,
                         error);
}

bool tilgang_grant_login(Db *db, int64_t owner, const LoginGrant *what, int64_t *ret_person,
                         GError **error)
{
    g_autofree char *folded = tilgang_fold_email(what->email);
    Granting granting = { owner, what, folded, 0 };

    if (!db_transaction(db, grant_work, &granting, error))
        return false;
    *ret_person = granting.person;
    return true;
}

typedef struct {
    int64_t owner, now;
    const char *email, *hash; /* hash NULL: leave the password */
    int disabled;             /* -1: leave it */
} LoginChange;

static bool change_work(Db *db, void *arg, GError **error)
{
    const LoginChange *c = arg;
    g_auto(TilgangLoginsRows) rows = { 0 };
    bool found = false;

    if (!tilgang_logins(db, c->email, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        g_auto(TilgangLoginUpdateRows) changed = { 0 };
        int64_t owner = rows.v[i].owner, person = rows.v[i].person;

        if (c->owner && owner != c->owner)
            continue;
        found = true;
        if (c->hash && !tilgang_login_update(db, owner, person, c->hash, c->now, &changed, error))
            return false;
        if (c->disabled >= 0 && !tilgang_login_disable(db, owner, person, c->disabled, error))
            return false;
        if (c->disabled != 0 && !tilgang_sessions_end(db, owner, person, error))
            return false;
    }
    return found || app_fail(error, APP_ERROR_NOT_FOUND, _("Nobody signs in with %s"), c->email);
}

bool tilgang_set_password(Db *db, int64_t owner, const char *email, const char *password,
                          int64_t now, GError **error)
{
    g_autofree char *folded = tilgang_fold_email(email);
    char hash[AUTH_HASH_SIZE];
    LoginChange change = {
        .owner = owner, .now = now, .email = folded, .hash = hash, .disabled = -1
    };

    return hash_new(password, folded, hash, error) &&
           db_transaction(db, change_work, &change, error);
}

bool tilgang_disable(Db *db, int64_t owner, const char *email, bool disabled, GError **error)
{
    g_autofree char *folded = tilgang_fold_email(email);
    LoginChange change = { .owner = owner, .email = folded, .disabled = disabled };

    return db_transaction(db, change_work, &change, error);
}

/* --- signing in and out --- */

static bool check_one(Db *db, const TilgangLoginsRow *login, const char *password, GError **error)
{
    char hash[AUTH_HASH_SIZE];

    if (!auth_password_is_old(login->password_hash))
        return true;
    return auth_password_hash(password, hash, error) &&
           tilgang_login_rehash(db, login->owner, login->person, login->password_hash, hash, error);
}

/* NULL, which takes as long as any, for who is invited and has no password yet. */
static const char *hash_of(const TilgangLoginsRow *login)
{
    return *login->password_hash ? login->password_hash : NULL;
}

bool tilgang_check(Db *db, const char *email, const char *password, Signer *ret, GError **error)
{
    g_autofree char *folded = tilgang_fold_email(email);
    g_auto(TilgangLoginsRows) rows = { 0 };

    *ret = (Signer){ 0 };
    if (!tilgang_logins(db, folded, &rows, error))
        return false;
    if (rows.n == 0)
        auth_password_check(password, NULL); /* takes as long as for a real user */
    for (size_t i = 0; i < MIN(rows.n, 8) && !ret->person; i++) {
        if (!auth_password_check(password, hash_of(&rows.v[i])) || rows.v[i].disabled)
            continue;
        if (!check_one(db, &rows.v[i], password, error))
            return false;
        *ret = (Signer){ rows.v[i].owner, rows.v[i].person, rows.v[i].password_round };
    }
    return true;
}

bool tilgang_role_list(Db *db, Arena *arena, const Signer *who, const char *today,
                       RoleTupleList *ret, GError **error)
{
    g_auto(TilgangRolesRows) rows = { 0 };
    RoleTupleList followed;

    if (!tilgang_roles(db, who->owner, who->person, today, &rows, error) ||
        !tilgang_followed(db, arena, who, today, &followed, error))
        return false;
    *ret = (RoleTupleList){ arena_alloc(arena, MAX(rows.n + followed.n, 1) * sizeof(RoleTuple)),
                            rows.n + followed.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (RoleTuple){ .id = rows.v[i].id,
                                 .role = arena_dup(arena, rows.v[i].role),
                                 .unit = rows.v[i].unit == NO_INT ? 0 : rows.v[i].unit,
                                 .position = "" };
    for (size_t i = 0; i < followed.n; i++)
        ret->v[rows.n + i] = followed.v[i];
    return true;
}

bool tilgang_session_start(Db *db, const Signer *who, int64_t role, int64_t now,
                           char ret_token[AUTH_TOKEN_SIZE], GError **error)
{
    char token[AUTH_TOKEN_SIZE], stored[AUTH_STORED_SIZE];
    int64_t row;

    auth_token_new(token);
    auth_token_stored(token, stored);
    if (!tilgang_sessions_expire(db, now - TILGANG_LONGEST, now - TILGANG_IDLE, error))
        return false;
    if (!tilgang_anchor(db, who, role, &row, error) ||
        !tilgang_session_insert(db, who->owner, id_new(), stored, who->person, who->round, row, now,
                                error))
        return false;
    memcpy(ret_token, token, sizeof token);
    return true;
}

bool tilgang_session_end(Db *db, int64_t owner, const char *token, GError **error)
{
    char stored[AUTH_STORED_SIZE];

    auth_token_stored(token, stored);
    return tilgang_session_delete(db, owner, stored, error);
}

bool tilgang_session_switch(Db *db, const Signer *who, const char *token, int64_t role,
                            GError **error)
{
    char stored[AUTH_STORED_SIZE];
    int64_t row;

    auth_token_stored(token, stored);
    return tilgang_anchor(db, who, role, &row, error) &&
           tilgang_session_role(db, who->owner, stored, who->person, row, error);
}
