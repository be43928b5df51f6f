/* totp.c - one-time codes of an app, and the recovery codes for the day it is lost.
 *
 * The only door to liboath. A code counts once: whoever checks one keeps its step, and asks the next
 * time for a later one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include "auth.h"

#define SECRET_BYTES 20
#define DIGITS 6
#define RECOVERY_CHARS 16

static void start(void)
{
    /* lint: state — made once: the library's own start */
    static gsize started;

    if (g_once_init_enter(&started)) {
        g_assert(oath_init() == OATH_OK && sodium_init() >= 0);
        g_once_init_leave(&started, 1);
    }
}

void auth_totp_new(char ret_secret[AUTH_TOTP_SIZE])
{
    char bytes[SECRET_BYTES], *text = NULL;

    start();
    randombytes_buf(bytes, sizeof bytes);
    g_assert(oath_base32_encode(bytes, sizeof bytes, &text, NULL) == OATH_OK);
    g_assert(strlen(text) == AUTH_TOTP_SIZE - 1);
    memcpy(ret_secret, text, AUTH_TOTP_SIZE);
    sodium_memzero(bytes, sizeof bytes);
    free(text);
}

bool auth_totp_at(const char *secret, int64_t step, char ret_code[7])
{
    char *bytes = NULL;
    size_t size = 0;
    bool done;

    start();
    if (step < 0 || oath_base32_decode(secret, strlen(secret), &bytes, &size) != OATH_OK)
        return false;
    done = oath_hotp_generate(bytes, size, (uint64_t)step, DIGITS, false,
                              OATH_HOTP_DYNAMIC_TRUNCATION, ret_code) == OATH_OK;
    sodium_memzero(bytes, size);
    free(bytes);
    return done;
}

/* "123 456" -> "123456"; false when six digits are not all there is. */
static bool digits_of(const char *typed, char ret[DIGITS + 1])
{
    size_t n = 0;

    for (const char *p = typed; *p; p++) {
        if (*p == ' ')
            continue;
        if (!g_ascii_isdigit(*p) || n == DIGITS)
            return false;
        ret[n++] = *p;
    }
    ret[n] = '\0';
    return n == DIGITS;
}

bool auth_totp_check(const char *secret, const char *code, int64_t now, int64_t after,
                     int64_t *ret_step)
{
    int64_t step = now / (AUTH_TOTP_SECONDS * G_USEC_PER_SEC);
    char typed[DIGITS + 1], right[DIGITS + 1];
    bool found = false;

    if (!digits_of(code, typed))
        return false;
    for (int64_t s = step - 1; s <= step + 1; s++) {
        if (s <= after || found || !auth_totp_at(secret, s, right) || !auth_equal(typed, right))
            continue;
        *ret_step = s;
        found = true;
    }
    return found;
}

char *auth_totp_uri(const char *secret, const char *issuer, const char *account)
{
    g_autofree char *who = g_uri_escape_string(account, NULL, FALSE);
    g_autofree char *whose = g_uri_escape_string(issuer, NULL, FALSE);

    return g_strdup_printf("otpauth://totp/%s:%s?secret=%s&issuer=%s", whose, who, secret, whose);
}

/* --- recovery codes --- */

void auth_recovery_new(char ret_code[AUTH_RECOVERY_SIZE])
{
    static const char letters[] =
        "0123456789abcdefghjkmnpqrstvwxyz"; /* Crockford's: no i, l, o, u */
    size_t n = 0;

    start();
    for (int i = 0; i < RECOVERY_CHARS; i++) {
        if (i > 0 && i % 4 == 0)
            ret_code[n++] = '-';
        ret_code[n++] = letters[randombytes_uniform(32)];
    }
    ret_code[n] = '\0';
}

void auth_recovery_stored(const char *code, char ret_stored[AUTH_STORED_SIZE])
{
    g_autoptr(GString) plain = g_string_new(NULL);

    for (const char *p = code; *p && plain->len <= RECOVERY_CHARS; p++) {
        char c = g_ascii_tolower(*p);

        if (c == '-' || c == ' ')
            continue;
        g_string_append_c(plain, (char)(c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c));
    }
    auth_token_stored(plain->str, ret_stored);
}
