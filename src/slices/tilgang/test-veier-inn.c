/* test-veier-inn.c - ways in that somebody may have kept: a half sign-in, a link, a key that was seen, a
 * role that is made longer; and what an answer's time would tell.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "konto.h"
#include "testing-db.h"
#include "testing-nettleser.h"

#define PASSWORD NETTLESER_PASSWORD
#define NEW_PASSWORD "en-ny-og-lang-frase-12"
#define CHOOSE "nyttpassord=" NEW_PASSWORD "&gjenta=" NEW_PASSWORD
#define AD_EMAIL "ada.vei@prove.example"
#define FS_EMAIL "frida.vei@prove.example"

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);

    nettleser_add_user(app, "Ada Admin", AD_EMAIL, "AD");
    nettleser_add_user(app, "Frida Fagsjef", FS_EMAIL, "FS");
    return g_steal_pointer(&app);
}

static Nettleser *signed_in(TestApp *app, const char *email)
{
    Nettleser *browser = nettleser_new(app);

    nettleser_sign_in(browser, email, PASSWORD);
    return browser;
}

/* Whoever knew the old password may stand between the steps just then, setting up a phone of theirs. */
static void a_new_password_ends_what_was_between_the_steps(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) thief = nettleser_new(app), owner = nettleser_new(app);
    const Link link = { .owner = 1,
                        .person = nettleser_person(app, FS_EMAIL),
                        .kind = LINK_PASSWORD };
    char token[AUTH_TOKEN_SIZE];

    g_assert_true(eier_option_set(app->db, 1, TOTP_ROLES, "FS", NULL));
    nettleser_post_is(thief, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    nettleser_get_is(thief, "/logg-inn/totrinn", 200);
    g_assert_true(tilgang_link_new(app->db, &link, NETTLESER_NOON, token, NULL));
    g_autofree char *path = g_strdup_printf("/invitasjon/%s", token);
    nettleser_post_is(owner, path, CHOOSE, 303);
    nettleser_get_is(thief, "/logg-inn/totrinn", 303);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging_halv"), ==, 1);
}

/* Of oneself from inside, and signing out everywhere: no link or half stays behind. */
static void a_changed_password_leaves_no_other_way_in(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = signed_in(app, FS_EMAIL), c = nettleser_new(app);
    const Link link = { .owner = 1,
                        .person = nettleser_person(app, FS_EMAIL),
                        .kind = LINK_PASSWORD };
    char token[AUTH_TOKEN_SIZE];

    g_assert_true(tilgang_link_new(app->db, &link, NETTLESER_NOON, token, NULL));
    g_autofree char *path = g_strdup_printf("/invitasjon/%s", token);
    nettleser_get_is(c, path, 200);
    nettleser_post_is(b, "/min-konto/passord", "gammelt=" PASSWORD "&" CHOOSE, 303);
    nettleser_get_is(c, path, 404);
    g_assert_true(eier_option_set(app->db, 1, TOTP_ROLES, "FS", NULL));
    nettleser_post_is(c, "/logg-inn", "epost=" FS_EMAIL "&passord=" NEW_PASSWORD, 303);
    nettleser_post_is(b, "/min-konto/logg-ut-alle", "", 303);
    nettleser_get_is(c, "/logg-inn/totrinn", 303);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging_halv"), ==, 0);
}

/* Who saw the key at an open screen does not share it with who sets up two steps later. */
static void a_key_that_was_seen_is_not_the_one_that_is_set_up(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = signed_in(app, FS_EMAIL);
    const Signer who = { 1, nettleser_person(app, FS_EMAIL) };
    g_autoptr(Arena) arena = arena_new();
    Totp seen, later;

    nettleser_post_is(b, "/min-konto/totrinn", "", 303);
    g_assert_true(tilgang_totp(app->db, arena, &who, &seen, NULL));
    nettleser_post_is(b, "/min-konto/totrinn", "", 303);
    g_assert_true(tilgang_totp(app->db, arena, &who, &later, NULL));
    g_assert_true(later.pending);
    g_assert_cmpstr(seen.secret, !=, later.secret);
}

/* Writing to the disk takes time that can be measured from outside: the same for both. */
static void a_lost_password_writes_as_much_for_nobody(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app);
    const char *lines = "SELECT COUNT(*) AS n FROM revisjon WHERE act = 'innlogging.glemt'";

    nettleser_post_is(b, "/glemt-passord", "epost=" FS_EMAIL, 200);
    g_assert_cmpint(test_db_int(app->db, lines), ==, 1);
    nettleser_post_is(b, "/glemt-passord", "epost=ingen@prove.example", 200);
    g_assert_cmpint(test_db_int(app->db, lines), ==, 2);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon WHERE act = "
                                         "'innlogging.glemt' AND subject = 0"),
                    ==, 1);
}

/* A day after its last would be a longer role that nobody else has approved. */
static void the_end_of_a_role_is_not_put_off(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = signed_in(app, AD_EMAIL);
    g_autofree char *sql =
        g_strdup_printf("SELECT id AS n FROM rolle WHERE person = %" G_GINT64_FORMAT,
                        nettleser_person(app, FS_EMAIL));
    char id[ID_TEXT];

    id_text(test_db_int(app->db, g_intern_string(sql)), id);
    test_db_exec(app->db, "UPDATE rolle SET valid_to = '2026-12-31' WHERE role = 'FS'", NULL);
    g_autofree char *path = g_strdup_printf("/roller/%s/slutt", id);
    nettleser_post_is(admin, path, "siste=2027-01-01&sikker=1", 422);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT COUNT(*) AS n FROM rolle WHERE valid_to > '2026-12-31'"), ==,
        0);
    nettleser_post_is(admin, path, "siste=2026-12-30&sikker=1", 303);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilgang/forgotten/half", a_new_password_ends_what_was_between_the_steps);
    g_test_add_func("/tilgang/account/ways-in", a_changed_password_leaves_no_other_way_in);
    g_test_add_func("/tilgang/totp/seen", a_key_that_was_seen_is_not_the_one_that_is_set_up);
    g_test_add_func("/tilgang/forgotten/time", a_lost_password_writes_as_much_for_nobody);
    g_test_add_func("/tilgang/roles/put-off", the_end_of_a_role_is_not_put_off);
    return g_test_run();
}
