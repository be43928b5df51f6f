/* totrinn.c - the second step of signing in, as data: a secret shared with an app, the last code that
 * was taken, and ten recovery codes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "eier.h"
#include "totrinn.sql.h"

bool tilgang_totp(Db *db, Arena *arena, const Signer *who, Totp *ret, GError **error)
{
    g_auto(TilgangTotpSelectRows) rows = { 0 };
    g_auto(TilgangReserveLeftRows) left = { 0 };

    *ret = (Totp){ 0 };
    if (!tilgang_totp_select(db, who->owner, who->person, &rows, error) ||
        !tilgang_reserve_left(db, who->owner, who->person, &left, error))
        return false;
    if (rows.n == 0)
        return true;
    ret->on = rows.v[0].confirmed_at != NO_INT;
    ret->pending = !ret->on;
    ret->reserves = left.v[0].n;
    return eier_unseal(db, arena, TOTP_SEALED, rows.v[0].secret, &ret->secret, error);
}

bool tilgang_totp_begin(Db *db, Arena *arena, const Signer *who, GError **error)
{
    char secret[AUTH_TOTP_SIZE];
    const char *sealed;
    Totp totp;

    if (!tilgang_totp(db, arena, who, &totp, error))
        return false;
    if (totp.on)
        return true;
    auth_totp_new(secret);
    /* One that waits gives way: somebody else may have seen it at an open screen. */
    return eier_seal(db, arena, TOTP_SEALED, secret, &sealed, error) &&
           (!totp.pending || tilgang_totp_delete(db, who->owner, who->person, error)) &&
           tilgang_totp_insert(db, who->owner, who->person, sealed, error);
}

static bool looks_like_reserve(const char *code)
{
    size_t letters = 0;

    for (const char *p = code; *p; p++)
        letters += g_ascii_isalnum(*p) ? 1 : 0;
    return letters == 16;
}

static bool take_reserve(Db *db, const Signer *who, const char *code, int64_t now, bool *ret_taken,
                         GError **error)
{
    g_auto(TilgangReserveUseRows) used = { 0 };
    char stored[AUTH_STORED_SIZE];

    auth_recovery_stored(code, stored);
    if (!tilgang_reserve_use(db, who->owner, who->person, stored, now, &used, error))
        return false;
    *ret_taken = used.n > 0;
    return true;
}

bool tilgang_totp_take(Db *db, Arena *arena, const Signer *who, const char *code, bool reserve,
                       int64_t now, bool *ret_taken, GError **error)
{
    g_auto(TilgangTotpSelectRows) rows = { 0 };
    g_auto(TilgangTotpStepRows) moved = { 0 };
    const char *secret;
    int64_t step;

    *ret_taken = false;
    if (reserve && looks_like_reserve(code))
        return take_reserve(db, who, code, now, ret_taken, error);
    if (!tilgang_totp_select(db, who->owner, who->person, &rows, error))
        return false;
    if (rows.n == 0)
        return true;
    if (!eier_unseal(db, arena, TOTP_SEALED, rows.v[0].secret, &secret, error))
        return false;
    if (!secret || !auth_totp_check(secret, code, now, rows.v[0].last_step, &step))
        return true;
    if (!tilgang_totp_step(db, who->owner, who->person, step, &moved, error))
        return false;
    *ret_taken = moved.n > 0; /* else another took this code a moment ago */
    return true;
}

typedef struct {
    const Signer *who;
    int64_t now;
    char (*codes)[AUTH_RECOVERY_SIZE];
} Confirming;

static bool confirm_work(Db *db, void *arg, GError **error)
{
    const Confirming *c = arg;
    g_auto(TilgangTotpSetRows) rows = { 0 };

    if (!tilgang_totp_set(db, c->who->owner, c->who->person, c->now, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_CONFLICT, "two-step sign-in is on already");
    if (!tilgang_reserve_delete(db, c->who->owner, c->who->person, error))
        return false;
    for (int i = 0; i < TOTP_RESERVES; i++) {
        char stored[AUTH_STORED_SIZE];

        auth_recovery_stored(c->codes[i], stored);
        if (!tilgang_reserve_insert(db, c->who->owner, id_new(), c->who->person, stored, error))
            return false;
    }
    return true;
}

bool tilgang_totp_confirm(Db *db, const Signer *who, int64_t now,
                          char ret_codes[TOTP_RESERVES][AUTH_RECOVERY_SIZE], GError **error)
{
    Confirming confirming = { who, now, ret_codes };

    for (int i = 0; i < TOTP_RESERVES; i++)
        auth_recovery_new(ret_codes[i]);
    return db_transaction(db, confirm_work, &confirming, error);
}

static bool off_work(Db *db, void *arg, GError **error)
{
    const Signer *who = arg;

    return tilgang_totp_delete(db, who->owner, who->person, error) &&
           tilgang_reserve_delete(db, who->owner, who->person, error);
}

bool tilgang_totp_off(Db *db, const Signer *who, GError **error)
{
    Signer copy = *who;

    return db_transaction(db, off_work, &copy, error);
}

/* --- which roles demand it --- */

bool tilgang_totp_required_role(Db *db, Arena *arena, int64_t owner, const char *role, bool *ret,
                                GError **error)
{
    const char *stored;

    if (!eier_option(db, arena, owner, TOTP_ROLES, &stored, error))
        return false;
    g_auto(GStrv) codes = g_strsplit(stored ? stored : "", " ", -1);

    *ret = g_strv_contains((const char *const *)codes, role);
    return true;
}

bool tilgang_totp_required(Db *db, Arena *arena, int64_t owner, const RoleTupleList *roles,
                           bool *ret, GError **error)
{
    *ret = false;
    for (size_t i = 0; i < roles->n && !*ret; i++)
        if (!tilgang_totp_required_role(db, arena, owner, roles->v[i].role, ret, error))
            return false;
    return true;
}
