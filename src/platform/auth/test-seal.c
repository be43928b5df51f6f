/* test-seal.c - one-time codes against RFC 6238, recovery codes, QR paths, and sealed texts.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

/* "12345678901234567890" in base32. Source: RFC 6238, appendix B (SHA-1); the last six digits of its
 * eight are the six-digit code (RFC 4226, 5.3). */
#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static void the_codes_are_those_of_rfc_6238(void)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } vectors[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                    { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };

    for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
        int64_t now = vectors[i].seconds * G_USEC_PER_SEC, step = -1;
        char code[7];

        g_assert_true(auth_totp_at(RFC_SECRET, vectors[i].seconds / 30, code));
        g_assert_cmpstr(code, ==, vectors[i].code);
        g_assert_true(auth_totp_check(RFC_SECRET, code, now, -1, &step));
        g_assert_cmpint(step, ==, vectors[i].seconds / 30);
    }
}

static void one_step_early_or_late_is_let_through(void)
{
    const int64_t step = 41152263, now = step * 30 * G_USEC_PER_SEC;
    int64_t got = -1;
    char code[7];

    for (int64_t off = -2; off <= 2; off++) {
        bool near = off >= -1 && off <= 1;

        g_assert_true(auth_totp_at(RFC_SECRET, step + off, code));
        g_assert_cmpint(auth_totp_check(RFC_SECRET, code, now, -1, &got), ==, near);
        if (near)
            g_assert_cmpint(got, ==, step + off);
    }
}

static void a_used_step_is_not_taken_again(void)
{
    const int64_t step = 41152263, now = step * 30 * G_USEC_PER_SEC;
    int64_t got = -1;
    char now_code[7], next_code[7], before_code[7];

    g_assert_true(auth_totp_at(RFC_SECRET, step, now_code));
    g_assert_true(auth_totp_at(RFC_SECRET, step + 1, next_code));
    g_assert_true(auth_totp_at(RFC_SECRET, step - 1, before_code));
    g_assert_false(auth_totp_check(RFC_SECRET, now_code, now, step, &got));
    g_assert_false(auth_totp_check(RFC_SECRET, before_code, now, step, &got));
    g_assert_true(auth_totp_check(RFC_SECRET, next_code, now, step, &got));
    g_assert_cmpint(got, ==, step + 1);
}

static void what_is_no_code_is_refused(void)
{
    static const char *const bad[] = { "",        "28708",   "2870822", "28708a",
                                       "２87082", "-287082", "287082\n" };
    int64_t got = -1;

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(auth_totp_check(RFC_SECRET, bad[i], 59 * G_USEC_PER_SEC, -1, &got));
    g_assert_true(auth_totp_check(RFC_SECRET, " 287 082 ", 59 * G_USEC_PER_SEC, -1, &got));
    g_assert_false(auth_totp_check("not base32!", "287082", 59 * G_USEC_PER_SEC, -1, &got));
}

static void secrets_differ_and_stand_in_the_address(void)
{
    char a[AUTH_TOTP_SIZE], b[AUTH_TOTP_SIZE];

    auth_totp_new(a);
    auth_totp_new(b);
    g_assert_cmpstr(a, !=, b);
    g_assert_cmpuint(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), ==, 32);
    g_autofree char *uri = auth_totp_uri("ABC", "Åsgard kommune", "per@x.example");
    g_assert_cmpstr(uri, ==,
                    "otpauth://totp/%C3%85sgard%20kommune:per%40x.example?secret=ABC"
                    "&issuer=%C3%85sgard%20kommune");
}

static void a_recovery_code_is_known_however_it_is_typed(void)
{
    char code[AUTH_RECOVERY_SIZE], other[AUTH_RECOVERY_SIZE];
    char stored[AUTH_STORED_SIZE], again[AUTH_STORED_SIZE];

    auth_recovery_new(code);
    auth_recovery_new(other);
    g_assert_cmpuint(strlen(code), ==, AUTH_RECOVERY_SIZE - 1);
    g_assert_cmpstr(code, !=, other);
    g_assert_null(strpbrk(code, "ilou"));
    auth_recovery_stored("0a1b-2c3d-4e5f-6g7h", stored);
    auth_recovery_stored(" OAIB 2c3d4e5f 6G7H", again);
    g_assert_cmpstr(stored, ==, again);
    auth_recovery_stored("0a1b-2c3d-4e5f-6g7j", again);
    g_assert_cmpstr(stored, !=, again);
}

static void a_qr_code_has_its_three_eyes(void)
{
    int size = 0;
    g_autofree char *path = auth_qr_path("otpauth://totp/x?secret=ABC", &size);

    g_assert_cmpint((size - 8 - 17) % 4, ==, 0); /* 21, 25, 29... modules and the quiet zone */
    g_assert_true(g_str_has_prefix(path, "M4 4h7v1h-7z")); /* the upper left eye's upper edge */
    g_autofree char *right = g_strdup_printf("M%d 4h7v1h-7z", size - 11);
    g_autofree char *below = g_strdup_printf("M4 %dh7v1h-7z", size - 11);
    g_assert_nonnull(strstr(path, right));
    g_assert_nonnull(strstr(path, below));
}

static void what_is_sealed_opens_under_its_key_and_purpose_alone(void)
{
    unsigned char key[AUTH_KEY_SIZE], other[AUTH_KEY_SIZE];

    auth_key_new(key);
    auth_key_new(other);
    g_autofree char *sealed = auth_seal(key, "epost", "Hemmelig æøå");
    g_autofree char *twice = auth_seal(key, "epost", "Hemmelig æøå");
    g_autofree char *back = auth_open(key, "epost", sealed);
    g_assert_cmpstr(back, ==, "Hemmelig æøå");
    g_assert_cmpstr(sealed, !=, twice);
    g_assert_null(auth_open(other, "epost", sealed));
    g_assert_null(auth_open(key, "totp", sealed));
    sealed[40] = sealed[40] == 'A' ? 'B' : 'A';
    g_assert_null(auth_open(key, "epost", sealed));
    g_assert_null(auth_open(key, "epost", ""));
}

static void the_setting_gives_the_key(void)
{
    unsigned char a[AUTH_KEY_SIZE], b[AUTH_KEY_SIZE];

    g_assert_false(auth_secret_key(a));
    auth_secret_set("en hemmelighet på over trettito tegn");
    g_assert_true(auth_secret_key(a));
    g_assert_true(auth_secret_key(b));
    g_assert_cmpint(memcmp(a, b, sizeof a), ==, 0);
    auth_secret_set("");
    g_assert_false(auth_secret_key(a));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/auth/totp/rfc6238", the_codes_are_those_of_rfc_6238);
    g_test_add_func("/auth/totp/window", one_step_early_or_late_is_let_through);
    g_test_add_func("/auth/totp/once", a_used_step_is_not_taken_again);
    g_test_add_func("/auth/totp/refused", what_is_no_code_is_refused);
    g_test_add_func("/auth/totp/secret", secrets_differ_and_stand_in_the_address);
    g_test_add_func("/auth/recovery/typed", a_recovery_code_is_known_however_it_is_typed);
    g_test_add_func("/auth/qr/eyes", a_qr_code_has_its_three_eyes);
    g_test_add_func("/auth/seal/key", what_is_sealed_opens_under_its_key_and_purpose_alone);
    g_test_add_func("/auth/seal/setting", the_setting_gives_the_key);
    return g_test_run();
}
