/* fuzz-kode.c - any bytes as what is typed to sign in: a password, a code, a recovery code, a secret.
 *
 * The first byte chooses; the rest is the text.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_code(const char *text)
{
    static const char secret[] = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    int64_t step = -1;
    char right[7];

    g_assert(auth_totp_at(secret, 50, right));
    if (auth_totp_check(secret, text, 50 * AUTH_TOTP_SECONDS * G_USEC_PER_SEC, -1, &step))
        g_assert(step >= 49 && step <= 51);
    else
        g_assert(step == -1);
    g_assert(auth_totp_check(secret, right, 50 * AUTH_TOTP_SECONDS * G_USEC_PER_SEC, -1, &step));
}

static void check_secret(const char *text)
{
    char code[7];

    if (auth_totp_at(text, 1, code))
        g_assert(strlen(code) == 6 && strspn(code, "0123456789") == 6);
}

static void check_recovery(const char *text)
{
    char stored[AUTH_STORED_SIZE];

    auth_recovery_stored(text, stored);
    g_assert(strlen(stored) == AUTH_STORED_SIZE - 1);
}

static void check_password(const char *text)
{
    AuthPassword rate = auth_password_rate(text, "aase@x.example", "Åse Bakken");

    g_assert(rate <= AUTH_PASSWORD_INVALID);
    g_assert(rate != AUTH_PASSWORD_OK || g_utf8_validate(text, -1, NULL));
    g_assert(!auth_equal(text, NULL) && auth_equal(text, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static void (*const checks[])(const char *) = { check_code, check_secret, check_recovery,
                                                    check_password };

    if (len == 0)
        return 0;
    g_assert(auth_start(NULL));
    g_autofree char *text = g_strndup((const char *)bytes + 1, len - 1);

    checks[bytes[0] % G_N_ELEMENTS(checks)](text);
    return 0;
}
