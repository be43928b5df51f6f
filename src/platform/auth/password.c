/* password.c - passwords hashed, compared and made.
 *
 * Argon2id asks for 64 MiB each time; a mutex lets one thread have them at a time. A user who does
 * not exist costs the same as one who does, so that time tells nobody which addresses are known.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include "auth.h"

G_STATIC_ASSERT(AUTH_HASH_SIZE == crypto_pwhash_STRBYTES);

typedef struct {
    unsigned long long passes;
    size_t memory;      /* bytes */
    const char *nobody; /* a hash of these parameters; its password was random and thrown away */
} Cost;

static const Cost full = { 2, 64u << 20,
                           "$argon2id$v=19$m=65536,t=2,p=1$hVfHQYTbnvWon39rqJl5rg$"
                           "FTVSkIz7tBliIy6sDtG2qwRgsC4Bt3INPM6QnWks4xE" };
static const Cost cheap = {
    crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
    "$argon2id$v=19$m=8,t=1,p=1$Ajy4cBCb568XQC5AnjUO3w$RhhTocees9de7/2U39BmQnNDXJEgtIk3h0M4DD+gNvk"
};

/* Only a test program has called g_test_init(); the server never does. */
static const Cost *cost(void)
{
    return g_test_initialized() && g_getenv("OPPVEKST_TEST_CHEAP_HASH") ? &cheap : &full;
}

/* lint: state — lets one hash be computed at a time */
static GMutex one_at_a_time;

/* Normalised, so that å typed as one character or as two is the same password; NULL when it cannot
 * be a password at all. Zero it before freeing. */
static char *normalised(const char *password)
{
    if (strlen(password) > 4 * AUTH_PASSWORD_MAX || !g_utf8_validate(password, -1, NULL))
        return NULL;
    return g_utf8_normalize(password, -1, G_NORMALIZE_ALL_COMPOSE);
}

static void forget(char *secret)
{
    sodium_memzero(secret, strlen(secret));
    g_free(secret);
}

bool auth_password_hash(const char *password, char ret_hash[AUTH_HASH_SIZE], GError **error)
{
    const Cost *how = cost();
    char *secret = normalised(password);
    char hash[AUTH_HASH_SIZE] = { 0 };
    int failed;

    if (!secret)
        return app_fail(error, APP_ERROR_INVALID, "password is too long or not UTF-8");
    g_assert(sodium_init() >= 0);
    g_mutex_lock(&one_at_a_time);
    failed = crypto_pwhash_str_alg(hash, secret, strlen(secret), how->passes, how->memory,
                                   crypto_pwhash_ALG_ARGON2ID13);
    g_mutex_unlock(&one_at_a_time);
    forget(secret);
    if (failed)
        return app_fail(error, APP_ERROR_BUSY, "no memory for a password hash");
    memcpy(ret_hash, hash, sizeof hash);
    return true;
}

bool auth_password_check(const char *password, const char *hash)
{
    const char *with = hash ? hash : cost()->nobody;
    char *secret = normalised(password);
    bool same;

    if (!secret)
        return false;
    g_mutex_lock(&one_at_a_time);
    same = crypto_pwhash_str_verify(with, secret, strlen(secret)) == 0;
    g_mutex_unlock(&one_at_a_time);
    forget(secret);
    return same && hash;
}

bool auth_password_is_old(const char *hash)
{
    const Cost *how = cost();

    return crypto_pwhash_str_needs_rehash(hash, how->passes, how->memory) != 0;
}

/* Four words of two open syllables and four digits: (13 * 5)^8 * 10^4, 61 bits. */
char *auth_password_new(void)
{
    static const char consonants[] = "bdfgklmnprstv", vowels[] = "aeiou";
    GString *password = g_string_new(NULL);

    g_assert(sodium_init() >= 0);
    for (int syllable = 0; syllable < 8; syllable++) {
        g_string_append_c(password, consonants[randombytes_uniform(sizeof consonants - 1)]);
        g_string_append_c(password, vowels[randombytes_uniform(sizeof vowels - 1)]);
        if (syllable % 2 == 1)
            g_string_append_c(password, '-');
    }
    g_string_append_printf(password, "%04u", randombytes_uniform(10000));
    return g_string_free(password, FALSE);
}
