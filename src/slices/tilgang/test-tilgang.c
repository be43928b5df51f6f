/* test-tilgang.c - signing in, sessions, and the role matrix as people print it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilgang.h"
#include "auth.h"
#include "sesjon.h"

#define EMAIL "fagsjef@prove.example"
#define PASSWORD "hest-og-vogn-4711"

static int64_t now_micros(void)
{
    return g_get_real_time();
}

/* Person 1 of owner 1 may sign in and is FS from 2000 on. */
static TestApp *app_with_login(const char *role, int64_t unit)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);
    g_autoptr(GError) error = NULL;

    app->signed_out = true;
    g_assert_true(tilgang_add_login(app->db, 1, 1, " Fagsjef@Prove.example ", PASSWORD,
                                    now_micros(), &error));
    g_assert_no_error(error);
    g_assert_true(tilgang_grant(app->db, 1, 1, role, unit, "2000-01-01", &error));
    g_assert_no_error(error);
    return g_steal_pointer(&app);
}

static void the_right_password_opens_a_session(void)
{
    g_autoptr(TestApp) app = app_with_login("FS", 0);
    g_autoptr(Reply) wrong = test_post(app, "/logg-inn", "epost=" EMAIL "&passord=ikke-dette-1234");
    g_autoptr(Reply) right =
        test_post(app, "/logg-inn", "epost=FAGSJEF%40prove.example&passord=" PASSWORD);

    g_assert_cmpint(wrong->status, ==, 422);
    g_assert_nonnull(strstr(wrong->body, "value=\"" EMAIL "\""));
    g_assert_null(strstr(wrong->body, "ikke-dette-1234"));
    g_assert_cmpint(right->status, ==, 303);
    g_assert_cmpstr(right->location, ==, "/hjem");
}

static void only_own_pages_are_returned_to(void)
{
    g_autoptr(TestApp) app = app_with_login("FS", 0);
    g_autoptr(Reply) own =
        test_post(app, "/logg-inn", "epost=" EMAIL "&passord=" PASSWORD "&til=%2Fenheter");
    g_autoptr(Reply) foreign = test_post(
        app, "/logg-inn", "epost=" EMAIL "&passord=" PASSWORD "&til=%2F%2Fevil.example%2F");

    g_assert_cmpstr(own->location, ==, "/enheter");
    g_assert_cmpstr(foreign->location, ==, "/hjem");
}

static void an_unknown_address_is_told_the_same(void)
{
    g_autoptr(TestApp) app = app_with_login("FS", 0);
    g_autoptr(Reply) unknown =
        test_post(app, "/logg-inn", "epost=ingen@prove.example&passord=" PASSWORD);
    g_autoptr(Reply) wrong = test_post(app, "/logg-inn", "epost=" EMAIL "&passord=ikke-dette-1234");

    g_assert_cmpint(unknown->status, ==, wrong->status);
    g_assert_nonnull(strstr(unknown->body, "The e-mail address or the password is wrong."));
    g_assert_nonnull(strstr(wrong->body, "The e-mail address or the password is wrong."));
}

static void guessing_has_to_wait(void)
{
    g_autoptr(TestApp) app = app_with_login("FS", 0);
    int status = 0;

    for (int i = 0; i < 8 && status != 429; i++) {
        g_autoptr(Reply) r =
            test_post(app, "/logg-inn", "epost=gjett@prove.example&passord=feil-passord-999");
        status = r->status;
    }
    g_assert_cmpint(status, ==, 429);
}

static bool session_ok(TestApp *app, Arena *arena, const char *token, int64_t at, User *ret)
{
    g_autoptr(GError) error = NULL;
    SessionInfo info;

    return tilgang_session_user(NULL, app->db, arena, token, at, ret, &info, &error);
}

static void a_session_ends_of_idleness_age_and_role(void)
{
    g_autoptr(TestApp) app = app_with_login("FS", 0);
    const Signer who = { 1, 1 };
    char token[AUTH_TOKEN_SIZE];
    g_autoptr(GError) error = NULL;
    g_autoptr(Arena) arena = arena_new();
    int64_t t = now_micros();
    RoleTupleList roles;
    User user;

    g_assert_true(tilgang_role_list(app->db, arena, &who, "2026-11-23", &roles, &error));
    g_assert_cmpuint(roles.n, ==, 1);
    g_assert_true(tilgang_session_start(app->db, &who, roles.v[0].id, t, token, &error));
    g_assert_true(session_ok(app, arena, token, t + G_TIME_SPAN_MINUTE, &user));
    g_assert_cmpstr(user.role, ==, "FS");
    g_assert_cmpint(user.owner, ==, 1);
    g_assert_false(session_ok(app, arena, token, t + G_TIME_SPAN_MINUTE + TILGANG_IDLE + 1, &user));
    for (int64_t at = t; at < t + TILGANG_LONGEST; at += TILGANG_IDLE / 2)
        g_assert_true(session_ok(app, arena, token, at, &user));
    g_assert_false(session_ok(app, arena, token, t + TILGANG_LONGEST, &user));
}

/* Someone with the old password is between its check and the session when it changes. */
static void a_sign_in_that_a_new_password_overtakes_is_out(void)
{
    g_autoptr(TestApp) app = app_with_login("FS", 0);
    char token[AUTH_TOKEN_SIZE];
    g_autoptr(GError) error = NULL;
    g_autoptr(Arena) arena = arena_new();
    int64_t t = now_micros();
    RoleTupleList roles;
    Signer who;
    User user;

    g_assert_true(tilgang_check(app->db, EMAIL, PASSWORD, &who, &error));
    g_assert_cmpint(who.person, ==, 1);
    g_assert_true(tilgang_role_list(app->db, arena, &who, "2026-11-23", &roles, &error));
    g_assert_true(tilgang_set_password(app->db, 0, EMAIL, "en-ny-og-lang-frase-12", t, &error));
    g_assert_true(tilgang_session_start(app->db, &who, roles.v[0].id, t, token, &error));
    g_assert_false(session_ok(app, arena, token, t, &user));
}

static void a_new_password_and_disabling_end_sessions(void)
{
    g_autoptr(TestApp) app = app_with_login("FS", 0);
    Signer who = { 1, 1 };
    char token[AUTH_TOKEN_SIZE];
    g_autoptr(GError) error = NULL;
    g_autoptr(Arena) arena = arena_new();
    int64_t t = now_micros();
    RoleTupleList roles;
    User user;

    g_assert_true(tilgang_role_list(app->db, arena, &who, "2026-11-23", &roles, &error));
    g_assert_true(tilgang_session_start(app->db, &who, roles.v[0].id, t, token, &error));
    g_assert_true(tilgang_set_password(app->db, 0, EMAIL, "en-ny-og-lang-frase-12", t, &error));
    g_assert_false(session_ok(app, arena, token, t, &user));
    g_assert_true(tilgang_check(app->db, EMAIL, "en-ny-og-lang-frase-12", &who, &error));
    g_assert_true(tilgang_session_start(app->db, &who, roles.v[0].id, t, token, &error));
    g_assert_true(session_ok(app, arena, token, t, &user));
    g_assert_true(tilgang_disable(app->db, 0, EMAIL, true, &error));
    g_assert_false(session_ok(app, arena, token, t, &user));
    g_autoptr(Reply) closed =
        test_post(app, "/logg-inn", "epost=" EMAIL "&passord=en-ny-og-lang-frase-12");
    g_assert_cmpint(closed->status, ==, 422);
    g_assert_false(tilgang_set_password(app->db, 0, "ingen@prove.example", PASSWORD, t, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

static void weak_passwords_and_bad_addresses_are_refused(void)
{
    static const struct {
        const char *email, *password;
    } bad[] = { { "uten-alfa.example", PASSWORD },
                { "a@b@c.example", PASSWORD },
                { "x y@c.example", PASSWORD },
                { "ny@prove.example", "kort" },
                { "ny@prove.example", "passord123" } };
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(tilgang_add_login(app->db, 1, 1, bad[i].email, bad[i].password, 0, &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    }
}

/* Every role and permission as one table, held against test/golden/roles.txt: a change is a visible
 * line in review. GOLDEN=1 writes it anew. */
static void the_matrix_is_the_golden_one(void)
{
    g_autofree char *want = NULL;
    g_autoptr(GString) got = g_string_new(NULL);
    const char *file = "test/golden/roles.txt";

    for (const char *const *role = tilgang_roles_all(); *role; role++)
        for (unsigned p = PERM_USER + 1; p < N_PERM; p++) {
            User user = { .role = *role };

            tilgang_fill(&user);
            if (user.perms[p / 64] >> p % 64 & 1)
                g_string_append_printf(got, "%s %s%s\n", *role, perm_info((Perm)p)->name,
                                       user.unit_only[p / 64] >> p % 64 & 1 ? " (own unit)" : "");
        }
    if (g_getenv("GOLDEN")) {
        g_assert_true(g_file_set_contents(file, got->str, -1, NULL));
        return;
    }
    g_assert_true(g_file_get_contents(file, &want, NULL, NULL));
    g_assert_cmpstr(got->str, ==, want);
}

static void every_permission_has_its_row(void)
{
    for (unsigned p = PERM_USER + 1; p < N_PERM; p++) {
        bool somebody = false;

        for (const char *const *role = tilgang_roles_all(); *role; role++) {
            User user = { .role = *role };

            tilgang_fill(&user);
            somebody |= user.perms[p / 64] >> p % 64 & 1;
        }
        if (!somebody)
            g_test_message("nobody has %s", perm_info((Perm)p)->name);
        g_assert_true(somebody);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/tilgang/sign-in/right-password", the_right_password_opens_a_session);
    g_test_add_func("/tilgang/sign-in/return", only_own_pages_are_returned_to);
    g_test_add_func("/tilgang/sign-in/unknown", an_unknown_address_is_told_the_same);
    g_test_add_func("/tilgang/sign-in/guessing", guessing_has_to_wait);
    g_test_add_func("/tilgang/session/ends", a_session_ends_of_idleness_age_and_role);
    g_test_add_func("/tilgang/session/password", a_new_password_and_disabling_end_sessions);
    g_test_add_func("/tilgang/session/overtaken", a_sign_in_that_a_new_password_overtakes_is_out);
    g_test_add_func("/tilgang/login/refused", weak_passwords_and_bad_addresses_are_refused);
    g_test_add_func("/tilgang/matrix/golden", the_matrix_is_the_golden_one);
    g_test_add_func("/tilgang/matrix/complete", every_permission_has_its_row);
    return g_test_run();
}
