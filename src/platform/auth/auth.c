/* auth.c - random tokens, what is stored of them, and codes that only we can make.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include "auth.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

G_STATIC_ASSERT(AUTH_TOKEN_SIZE == sodium_base64_ENCODED_LEN(32, BASE64));
G_STATIC_ASSERT(AUTH_STORED_SIZE == 2 * crypto_generichash_BYTES + 1);
G_STATIC_ASSERT(AUTH_KEY_SIZE == crypto_auth_KEYBYTES);
G_STATIC_ASSERT(crypto_auth_BYTES == 32);

bool auth_start(GError **error)
{
    return sodium_init() >= 0 || app_fail(error, APP_ERROR_DB, "no source of randomness");
}

void auth_token_new(char ret_token[AUTH_TOKEN_SIZE])
{
    unsigned char bytes[32];

    g_assert(sodium_init() >= 0);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(ret_token, AUTH_TOKEN_SIZE, bytes, sizeof bytes, BASE64);
    sodium_memzero(bytes, sizeof bytes);
}

void auth_token_stored(const char *token, char ret_stored[AUTH_STORED_SIZE])
{
    unsigned char bytes[crypto_generichash_BYTES];

    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)token, strlen(token), NULL, 0);
    sodium_bin2hex(ret_stored, AUTH_STORED_SIZE, bytes, sizeof bytes);
}

bool auth_equal(const char *a, const char *b)
{
    size_t n = a ? strlen(a) : 0;

    return a && b && strlen(b) == n && sodium_memcmp(a, b, n) == 0;
}

void auth_key_new(unsigned char ret_key[AUTH_KEY_SIZE])
{
    g_assert(sodium_init() >= 0);
    randombytes_buf(ret_key, AUTH_KEY_SIZE);
}

void auth_code(const unsigned char key[AUTH_KEY_SIZE], const char *purpose, const char *text,
               char ret_code[AUTH_TOKEN_SIZE])
{
    crypto_auth_hmacsha512256_state state;
    unsigned char bytes[crypto_auth_hmacsha512256_BYTES];

    /* The NUL after the purpose keeps ("a", "bc") apart from ("ab", "c"). */
    crypto_auth_hmacsha512256_init(&state, key, AUTH_KEY_SIZE);
    crypto_auth_hmacsha512256_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_auth_hmacsha512256_update(&state, (const unsigned char *)text, strlen(text));
    crypto_auth_hmacsha512256_final(&state, bytes);
    sodium_bin2base64(ret_code, AUTH_TOKEN_SIZE, bytes, sizeof bytes, BASE64);
    sodium_memzero(&state, sizeof state);
}
