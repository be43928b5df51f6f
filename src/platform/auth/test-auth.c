/* test-auth.c - passwords, tokens, codes, and the brake with a clock of its own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

#define SECOND INT64_C(1000000)
#define NOW (INT64_C(1371726000) * SECOND)

/* --- passwords --- */

static void use_cheap_hashes(bool cheap)
{
    if (cheap)
        g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    else
        g_unsetenv("OPPVEKST_TEST_CHEAP_HASH");
}

static void a_hash_knows_its_password(void)
{
    char hash[AUTH_HASH_SIZE], again[AUTH_HASH_SIZE];
    g_autoptr(GError) error = NULL;

    use_cheap_hashes(true);
    g_assert_true(auth_password_hash("blåbær på fjellet", hash, &error));
    g_assert_no_error(error);
    g_assert_true(auth_password_check("blåbær på fjellet", hash));
    g_assert_true(auth_password_check("bla\u030ab\u00e6r p\u00e5 fjellet", hash)); /* a + ring */
    g_assert_false(auth_password_check("blåbær på fjelle", hash));
    g_assert_false(auth_password_check("Blåbær på fjellet", hash));
    g_assert_false(auth_password_check("", hash));
    g_assert_true(auth_password_hash("blåbær på fjellet", again, NULL));
    g_assert_cmpstr(hash, !=, again); /* salted */
}

static void nobody_has_no_password(void)
{
    use_cheap_hashes(true);
    g_assert_false(auth_password_check("blåbær på fjellet", NULL));
    g_assert_false(auth_password_check("", NULL));
    g_assert_false(auth_password_check("x", "not a hash"));
    g_assert_false(auth_password_check("x", ""));
}

static void what_cannot_be_a_password_is_refused(void)
{
    g_autofree char *huge = g_strnfill(4 * AUTH_PASSWORD_MAX + 1, 'x');
    char hash[AUTH_HASH_SIZE] = "untouched";
    g_autoptr(GError) error = NULL;

    g_assert_false(auth_password_hash(huge, hash, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_assert_false(auth_password_hash("\xff\xfe", hash, NULL));
    g_assert_cmpstr(hash, ==, "untouched");
    g_assert_false(auth_password_check(huge, NULL));
}

static void the_server_pays_in_full(void)
{
    char full[AUTH_HASH_SIZE], cheap[AUTH_HASH_SIZE];

    use_cheap_hashes(true);
    g_assert_true(auth_password_hash("blåbær på fjellet", cheap, NULL));
    g_assert_false(auth_password_is_old(cheap));
    use_cheap_hashes(false);
    g_assert_true(auth_password_hash("blåbær på fjellet", full, NULL));
    g_assert_true(g_str_has_prefix(full, "$argon2id$v=19$m=65536,t=2,p=1$"));
    g_assert_false(auth_password_is_old(full));
    g_assert_true(auth_password_is_old(cheap)); /* and a cheap one is replaced at log-in */
    g_assert_true(auth_password_check("blåbær på fjellet", full));
    use_cheap_hashes(true);
}

/* The dummy must cost what a real hash costs; a ratio, as machines differ. */
static void an_unknown_user_takes_as_long(void)
{
    char hash[AUTH_HASH_SIZE];
    int64_t known = G_MAXINT64, unknown = G_MAXINT64;

    use_cheap_hashes(false);
    g_assert_true(auth_password_hash("blåbær på fjellet", hash, NULL));
    for (int i = 0; i < 3; i++) {
        int64_t start = g_get_monotonic_time(), middle;
        auth_password_check("feil passord", hash);
        middle = g_get_monotonic_time();
        auth_password_check("feil passord", NULL);
        known = MIN(known, middle - start);
        unknown = MIN(unknown, g_get_monotonic_time() - middle);
    }
    use_cheap_hashes(true);
    g_test_message("known %d us, unknown %d us", (int)known, (int)unknown);
    g_assert_cmpint(unknown, >, known / 2);
    g_assert_cmpint(unknown, <, known * 2);
}

typedef struct {
    const char *password;
    AuthPassword rating;
} Rated;

static void passwords_are_rated(void)
{
    static const Rated cases[] = {
        { "blåbær på fjellet", AUTH_PASSWORD_OK },
        { "kaffe og vaffel", AUTH_PASSWORD_OK },
        { "tavo-milu-seka-4827", AUTH_PASSWORD_OK },
        { "æøåæøåxyz", AUTH_PASSWORD_SHORT }, /* nine characters, though more bytes */
        { "", AUTH_PASSWORD_SHORT },
        { "passord123", AUTH_PASSWORD_COMMON },
        { "Passord2026!", AUTH_PASSWORD_COMMON },
        { "2026Sommeren", AUTH_PASSWORD_COMMON },
        { "SOMMER2026!!", AUTH_PASSWORD_COMMON },
        { "passordpassord", AUTH_PASSWORD_COMMON },
        { "aaaaaaaaaaaa", AUTH_PASSWORD_COMMON },
        { "abcabcabcabc", AUTH_PASSWORD_COMMON },
        { "1234567890", AUTH_PASSWORD_COMMON },
        { "9876543210", AUTH_PASSWORD_COMMON },
        { "abcdefghijkl", AUTH_PASSWORD_COMMON },
        { "qwertyuiop", AUTH_PASSWORD_COMMON },
        { "Jeg elsker deg", AUTH_PASSWORD_COMMON },
        { "åse.rektor@skole.example", AUTH_PASSWORD_PERSONAL },
        { "Åse.Rektor1", AUTH_PASSWORD_PERSONAL },
        { "åserektoren2013", AUTH_PASSWORD_PERSONAL },
        { "linje\nskift her", AUTH_PASSWORD_INVALID },
        { "\xff\xfe\xfd\xfc\xff\xfe\xfd\xfc\xff\xfe", AUTH_PASSWORD_INVALID },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        AuthPassword got =
            auth_password_rate(cases[i].password, "åse.rektor@skole.example", "Åse Rektoren");
        if (got != cases[i].rating)
            g_error("\"%s\" was rated %d", cases[i].password, (int)got);
    }
    g_assert_cmpint(auth_password_rate("blåbær på fjellet", NULL, NULL), ==, AUTH_PASSWORD_OK);
    g_assert_cmpint(auth_password_rate("blåbær på fjellet", "", ""), ==, AUTH_PASSWORD_OK);
}

static void length_is_counted_in_characters(void)
{
    g_autoptr(GString) long_one = g_string_new(NULL);

    for (int i = 0; i < AUTH_PASSWORD_MAX; i++)
        g_string_append_unichar(long_one, 0x4e00 + (gunichar)i);
    g_assert_cmpint(auth_password_rate(long_one->str, NULL, NULL), ==, AUTH_PASSWORD_OK);
    g_string_append(long_one, "å");
    g_assert_cmpint(auth_password_rate(long_one->str, NULL, NULL), ==, AUTH_PASSWORD_LONG);
    g_string_append(long_one, long_one->str);
    g_assert_cmpint(auth_password_rate(long_one->str, NULL, NULL), ==, AUTH_PASSWORD_LONG);
}

static void new_passwords_are_good_and_differ(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (int i = 0; i < 1000; i++) {
        char *password = auth_password_new();
        g_assert_cmpuint(strlen(password), ==, 24);
        g_assert_cmpint(auth_password_rate(password, NULL, NULL), ==, AUTH_PASSWORD_OK);
        g_assert_true(g_hash_table_add(seen, password));
    }
}

/* --- tokens and codes --- */

static void tokens_are_random_and_fit_in_addresses(void)
{
    char a[AUTH_TOKEN_SIZE], b[AUTH_TOKEN_SIZE];

    auth_token_new(a);
    auth_token_new(b);
    g_assert_cmpuint(strlen(a), ==, 43);
    g_assert_cmpuint(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     ==, 43);
    g_assert_cmpstr(a, !=, b);
}

/* BLAKE2b-256 of "abc": `printf abc | b2sum -l 256`. */
static void what_is_stored_is_blake2b(void)
{
    char stored[AUTH_STORED_SIZE];

    auth_token_stored("abc", stored);
    g_assert_cmpstr(stored, ==, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    auth_token_stored("", stored);
    g_assert_cmpstr(stored, ==, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void equal_compares_whole_texts(void)
{
    g_assert_true(auth_equal("abc", "abc"));
    g_assert_true(auth_equal("", ""));
    g_assert_false(auth_equal("abc", "abd"));
    g_assert_false(auth_equal("abc", "ab"));
    g_assert_false(auth_equal("ab", "abc"));
    g_assert_false(auth_equal(NULL, "abc"));
    g_assert_false(auth_equal("abc", NULL));
    g_assert_false(auth_equal(NULL, NULL));
}

/* HMAC-SHA-512 cut to 256 bits, key 00 01 .. 1f, "csrf" NUL "session"; computed with Python's hmac. */
static void codes_are_hmac_and_bound_to_their_purpose(void)
{
    unsigned char key[AUTH_KEY_SIZE];
    char code[AUTH_TOKEN_SIZE], other[AUTH_TOKEN_SIZE];

    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (unsigned char)i;
    auth_code(key, "csrf", "session", code);
    g_assert_cmpstr(code, ==, "skwS7AmYn3Vyoc7-8-7YJE-SLlbXRm6ScCL87-AZMGs");
    auth_code(key, "csr", "fsession", other);
    g_assert_cmpstr(other, !=, code);
    auth_code(key, "flash", "session", other);
    g_assert_cmpstr(other, !=, code);
    auth_key_new(key);
    auth_code(key, "csrf", "session", other);
    g_assert_cmpstr(other, !=, code);
}

/* --- the brake --- */

static const AuthBrakeRule rule = { .free_tries = 3,
                                    .first = SECOND,
                                    .longest = 8 * SECOND,
                                    .forget = 60 * SECOND,
                                    .max_entries = 64 };

static void each_failure_costs_twice_the_last(void)
{
    g_autoptr(AuthBrake) brake = auth_brake_new(&rule);
    int64_t now = NOW;

    for (int i = 0; i < 3; i++)
        g_assert_cmpint(auth_brake_try(brake, "a", now), ==, 0);
    for (int wait = 1; wait <= 8; wait *= 2) {
        g_assert_cmpint(auth_brake_try(brake, "a", now), ==, wait * SECOND);
        g_assert_cmpint(auth_brake_try(brake, "a", now + wait * SECOND - 1), ==, 1);
        now += wait * SECOND;
        g_assert_cmpint(auth_brake_try(brake, "a", now), ==, 0);
    }
    g_assert_cmpint(auth_brake_try(brake, "a", now), ==, 8 * SECOND); /* and no longer */
    g_assert_cmpint(auth_brake_try(brake, "b", now), ==, 0);          /* others go free */
}

static void failures_are_forgotten_one_by_one(void)
{
    g_autoptr(AuthBrake) brake = auth_brake_new(&rule);

    for (int i = 0; i < 3; i++)
        g_assert_cmpint(auth_brake_try(brake, "a", NOW), ==, 0);
    g_assert_cmpint(auth_brake_try(brake, "a", NOW + 120 * SECOND), ==, 0); /* two forgotten */
    g_assert_cmpint(auth_brake_try(brake, "a", NOW + 120 * SECOND), ==, 0);
    g_assert_cmpint(auth_brake_try(brake, "a", NOW + 120 * SECOND), ==, SECOND);
    g_assert_cmpint(auth_brake_try(brake, "a", NOW + 10000 * SECOND), ==, 0);
}

static void success_takes_its_own_try_back(void)
{
    g_autoptr(AuthBrake) brake = auth_brake_new(&rule);

    auth_brake_succeeded(brake, "a"); /* never tried: nothing happens */
    for (int i = 0; i < 100; i++) {
        g_assert_cmpint(auth_brake_try(brake, "a", NOW), ==, 0);
        auth_brake_succeeded(brake, "a");
    }
    for (int i = 0; i < 3; i++)
        g_assert_cmpint(auth_brake_try(brake, "a", NOW), ==, 0);
    g_assert_cmpint(auth_brake_try(brake, "a", NOW), >, 0);
}

static void a_clock_set_back_neither_frees_nor_locks_out(void)
{
    g_autoptr(AuthBrake) brake = auth_brake_new(&rule);

    for (int i = 0; i < 3; i++)
        auth_brake_try(brake, "a", NOW);
    g_assert_cmpint(auth_brake_try(brake, "a", NOW - 86400 * SECOND), ==, SECOND);
}

static void a_flood_does_not_free_who_is_pressed(void)
{
    g_autoptr(AuthBrake) brake = auth_brake_new(&rule);
    char key[32];

    for (int i = 0; i < 3; i++)
        auth_brake_try(brake, "a", NOW);
    for (int i = 0; i < 100000; i++) {
        g_snprintf(key, sizeof key, "flood %d", i);
        g_assert_cmpint(auth_brake_try(brake, key, NOW), ==, 0);
    }
    g_assert_cmpint(auth_brake_try(brake, "a", NOW), ==, SECOND);
}

typedef struct {
    AuthBrake *brake;
    int passed; /* atomic */
} Race;

static gpointer rush(gpointer data)
{
    Race *race = data;

    for (int i = 0; i < 1000; i++)
        if (auth_brake_try(race->brake, "a", NOW) == 0)
            g_atomic_int_inc(&race->passed);
    return NULL;
}

static void many_at_once_get_no_more_tries(void)
{
    g_autoptr(AuthBrake) brake = auth_brake_new(&rule);
    Race race = { .brake = brake };
    GThread *thread[4];

    for (size_t i = 0; i < G_N_ELEMENTS(thread); i++)
        thread[i] = g_thread_new("rush", rush, &race);
    for (size_t i = 0; i < G_N_ELEMENTS(thread); i++)
        g_thread_join(thread[i]);
    g_assert_cmpint(race.passed, ==, rule.free_tries);
}

/* What auth.h promises: some hundred guesses a day against one account. */
static void the_account_rule_keeps_its_promise(void)
{
    g_autoptr(AuthBrake) brake = auth_brake_new(&auth_account_rule);
    int64_t now = NOW;
    int tries = 0;

    while (now < NOW + 86400 * SECOND) {
        int64_t wait = auth_brake_try(brake, "a", now);
        tries += wait == 0;
        now += wait;
    }
    g_test_message("%d tries in a day", tries);
    g_assert_cmpint(tries, >=, 80);
    g_assert_cmpint(tries, <=, 120);
}

static void sign_ins_share_two_brakes(void)
{
    g_assert_true(auth_account_brake() == auth_account_brake());
    g_assert_true(auth_account_brake() != auth_address_brake());
    for (int i = 0; i < auth_account_rule.free_tries; i++)
        g_assert_cmpint(auth_brake_try(auth_account_brake(), "one", NOW), ==, 0);
    g_assert_cmpint(auth_brake_try(auth_account_brake(), "one", NOW), ==, SECOND);
    for (int i = 0; i < auth_address_rule.free_tries; i++) /* a school shares an address */
        g_assert_cmpint(auth_brake_try(auth_address_brake(), "one", NOW), ==, 0);
    g_assert_cmpint(auth_brake_try(auth_address_brake(), "one", NOW), ==, SECOND);
}

static void add_brake_tests(void)
{
    g_test_add_func("/auth/sign-in/shared", sign_ins_share_two_brakes);
    g_test_add_func("/auth/brake/doubles", each_failure_costs_twice_the_last);
    g_test_add_func("/auth/brake/forgets", failures_are_forgotten_one_by_one);
    g_test_add_func("/auth/brake/success", success_takes_its_own_try_back);
    g_test_add_func("/auth/brake/clock", a_clock_set_back_neither_frees_nor_locks_out);
    g_test_add_func("/auth/brake/flood", a_flood_does_not_free_who_is_pressed);
    g_test_add_func("/auth/brake/race", many_at_once_get_no_more_tries);
    g_test_add_func("/auth/brake/day", the_account_rule_keeps_its_promise);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_true(auth_start(NULL));
    g_test_add_func("/auth/password/hash", a_hash_knows_its_password);
    g_test_add_func("/auth/password/nobody", nobody_has_no_password);
    g_test_add_func("/auth/password/refused", what_cannot_be_a_password_is_refused);
    g_test_add_func("/auth/password/cost", the_server_pays_in_full);
    g_test_add_func("/auth/password/time", an_unknown_user_takes_as_long);
    g_test_add_func("/auth/password/rate", passwords_are_rated);
    g_test_add_func("/auth/password/length", length_is_counted_in_characters);
    g_test_add_func("/auth/password/new", new_passwords_are_good_and_differ);
    g_test_add_func("/auth/token/new", tokens_are_random_and_fit_in_addresses);
    g_test_add_func("/auth/token/stored", what_is_stored_is_blake2b);
    g_test_add_func("/auth/token/equal", equal_compares_whole_texts);
    g_test_add_func("/auth/code/hmac", codes_are_hmac_and_bound_to_their_purpose);
    add_brake_tests();
    return g_test_run();
}
