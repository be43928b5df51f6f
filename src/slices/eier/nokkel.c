/* nokkel.c - the installation's key, and the secrets that are kept in the database under it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "auth.h"

#define SECRET_KEY "secret"

static bool key_of(const char *stored, unsigned char ret[AUTH_KEY_SIZE])
{
    gsize size = 0;
    g_autofree guchar *bytes = stored ? g_base64_decode(stored, &size) : NULL;

    if (size != AUTH_KEY_SIZE)
        return false;
    memcpy(ret, bytes, AUTH_KEY_SIZE);
    return true;
}

bool eier_key(Db *db, Arena *arena, unsigned char ret[AUTH_KEY_SIZE], GError **error)
{
    const char *stored;

    if (!eier_setting(db, arena, SECRET_KEY, &stored, error))
        return false;
    if (!stored) {
        unsigned char fresh[AUTH_KEY_SIZE];

        auth_key_new(fresh);
        g_autofree char *text = g_base64_encode(fresh, sizeof fresh);

        if (!eier_setting_add(db, SECRET_KEY, text, error) ||
            !eier_setting(db, arena, SECRET_KEY, &stored, error))
            return false;
    }
    return key_of(stored, ret) || app_fail(error, APP_ERROR_DB, "the stored secret is damaged");
}

bool eier_seal(Db *db, Arena *arena, const char *purpose, const char *text, const char **ret,
               GError **error)
{
    unsigned char key[AUTH_KEY_SIZE];

    if (!auth_secret_key(key) && !eier_key(db, arena, key, error))
        return false;
    g_autofree char *sealed = auth_seal(key, purpose, text);

    *ret = arena_dup(arena, sealed);
    return true;
}

bool eier_unseal(Db *db, Arena *arena, const char *purpose, const char *sealed, const char **ret,
                 GError **error)
{
    unsigned char key[AUTH_KEY_SIZE];
    g_autofree char *text = NULL;
    const char *stored;

    if (auth_secret_key(key))
        text = auth_open(key, purpose, sealed);
    if (!text) {
        if (!eier_setting(db, arena, SECRET_KEY, &stored, error))
            return false;
        if (key_of(stored, key))
            text = auth_open(key, purpose, sealed);
    }
    *ret = arena_dup(arena, text);
    return true;
}
