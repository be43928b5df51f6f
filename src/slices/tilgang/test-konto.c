/* test-konto.c - invitations, users, lost passwords and the own account, through the pages and the
 * real sessions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "roller.h"
#include "testing-db.h"
#include "testing-nettleser.h"

#define AD_EMAIL "ad@prove.example"
#define FS_EMAIL "fs@prove.example"
#define PASSWORD NETTLESER_PASSWORD
#define NEW_PASSWORD "en-ny-og-lang-frase-12"

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);

    nettleser_add_user(app, "Ada Admin", AD_EMAIL, "AD");
    nettleser_add_user(app, "Frida Fagsjef", FS_EMAIL, "FS");
    return g_steal_pointer(&app);
}

/* "/invitasjon/..." out of the page that shows the link. */
static char *link_in(const char *body)
{
    const char *start = strstr(body, "/invitasjon/");

    g_assert_nonnull(start);
    return g_strndup(start, strlen("/invitasjon/") + AUTH_TOKEN_SIZE - 1);
}

/* The head of education approves what waits. */
static void approve_all(TestApp *app)
{
    g_autoptr(Arena) arena = arena_new();
    const RoleDecision yes = { .by = nettleser_person(app, FS_EMAIL),
                               .now = NETTLESER_NOON,
                               .today = "2026-11-23",
                               .yes = true,
                               .why = "" };
    ProposalList all;

    g_assert_true(tilgang_proposals(app->db, arena, 1, &all, NULL));
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].state == PROPOSAL_WAITS)
            g_assert_true(tilgang_decide(app->db, 1, all.v[i].id, &yes, NULL));
}

static char *invite(Nettleser *admin, const char *email)
{
    g_autofree char *body =
        g_strdup_printf("navn=Ny+Rektor&epost=%s&rolle=RK&enhet=0000000000001", email);
    g_autoptr(Reply) reply = nettleser_post(admin, "/brukere/inviter", body);

    if (reply->status != 200)
        g_test_message("%s", reply->body);
    g_assert_cmpint(reply->status, ==, 200);
    g_assert_nonnull(strstr(reply->body, "waits for somebody else to approve it"));
    approve_all(admin->app);
    return link_in(reply->body);
}

#define CHOOSE "nyttpassord=" NEW_PASSWORD "&gjenta=" NEW_PASSWORD

/* --- invitations --- */

static void an_invitation_works_once(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), guest = nettleser_new(app);

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    g_autofree char *link = invite(admin, "ny@prove.example");
    g_autoptr(Reply) page = nettleser_get(guest, link);
    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "Ada Admin invites you to oppvekst for Prøve kommune."));
    g_assert_nonnull(strstr(page->body, "Head teacher, Bakken skole"));
    nettleser_post_is(guest, link, "nyttpassord=kort&gjenta=kort", 422);
    nettleser_post_is(guest, link, "nyttpassord=" NEW_PASSWORD "&gjenta=noe-annet-enn-det", 422);
    g_autoptr(Reply) in = nettleser_post(guest, link, CHOOSE);
    g_assert_cmpint(in->status, ==, 303);
    g_assert_cmpstr(in->location, ==, "/hjem");
    nettleser_get_is(guest, "/min-konto", 200);
    g_autoptr(Nettleser) late = nettleser_new(app);
    nettleser_get_is(late, link, 404);
    nettleser_post_is(late, link, CHOOSE, 404);
    g_assert_null(late->session);
    nettleser_sign_in(late, "ny@prove.example", NEW_PASSWORD);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging_lenke "
                                         "WHERE used_at IS NOT NULL"),
                    ==, 1);
}

/* Whoever invites does not give a role alone: docs/decisions/0008. */
static void the_role_of_an_invitation_is_approved_by_another(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), guest = nettleser_new(app);

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_post_is(admin, "/brukere/inviter", "navn=Ny&epost=vk@prove.example&rolle=VK", 422);
    g_autoptr(Reply) made =
        nettleser_post(admin, "/brukere/inviter", "navn=Ny&epost=ny@prove.example&rolle=FS");
    g_autofree char *link = link_in(made->body);
    g_autoptr(Reply) early = nettleser_post(guest, link, CHOOSE);

    g_assert_cmpstr(early->location, ==, "/logg-inn");
    g_assert_null(guest->session);
    g_autoptr(Reply) later =
        nettleser_post(guest, "/logg-inn", "epost=ny@prove.example&passord=" NEW_PASSWORD);
    g_assert_nonnull(strstr(later->body, "Your role waits for somebody to approve it."));
    approve_all(app);
    nettleser_sign_in(guest, "ny@prove.example", NEW_PASSWORD);
}

static void an_only_administrator_approves_with_a_mark(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);
    g_autoptr(Nettleser) admin = nettleser_new(app), guest = nettleser_new(app);

    nettleser_add_user(app, "Ada Admin", AD_EMAIL, "AD");
    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    g_autoptr(Reply) made =
        nettleser_post(admin, "/brukere/inviter", "navn=Ny&epost=ny@prove.example&rolle=FS");
    g_autofree char *link = link_in(made->body);

    g_assert_null(strstr(made->body, "waits for somebody else"));
    g_autoptr(Reply) in = nettleser_post(guest, link, CHOOSE);

    g_assert_cmpstr(in->location, ==, "/hjem");
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM rolle_forslag WHERE alone = 1"),
                    ==, 1);
}

typedef struct {
    Nettleser *browser;
    const char *path;
    int status;
} Race;

static gpointer race(gpointer data)
{
    Race *r = data;
    g_autoptr(Reply) reply = nettleser_post(r->browser, r->path, CHOOSE);

    r->status = reply->status;
    return NULL;
}

static void of_two_at_the_same_time_one_gets_in(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app);
    int entered = 0;

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    for (int round = 0; round < 5; round++) {
        g_autofree char *email = g_strdup_printf("ny%d@prove.example", round);
        g_autofree char *link = invite(admin, email);
        g_autoptr(Nettleser) one = nettleser_new(app), two = nettleser_new(app);
        Race a = { one, link, 0 }, b = { two, link, 0 };
        GThread *first = g_thread_new("one", race, &a), *second = g_thread_new("two", race, &b);

        g_thread_join(first);
        g_thread_join(second);
        g_assert_cmpint(MIN(a.status, b.status), ==, 303);
        g_assert_cmpint(MAX(a.status, b.status), ==, 404);
        entered += (one->session ? 1 : 0) + (two->session ? 1 : 0);
    }
    g_assert_cmpint(entered, ==, 5);
}

static void a_newer_invitation_replaces_the_older_and_both_grow_old(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), guest = nettleser_new(app);

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    g_autofree char *first = invite(admin, "ny@prove.example");
    g_autofree char *user = NULL;
    char id[ID_TEXT];
    int64_t person =
        test_db_int(app->db, "SELECT person AS n FROM innlogging WHERE email = 'ny@prove.example'");

    user = g_strdup_printf("/brukere/%s/invitasjon", id_text(person, id));
    g_autoptr(Reply) again = nettleser_post(admin, user, "");
    g_assert_cmpint(again->status, ==, 200);
    g_autofree char *second = link_in(again->body);
    nettleser_get_is(guest, first, 404);
    nettleser_get_is(guest, second, 200);
    guest->now += LINK_INVITATION_LIFE - 1;
    nettleser_get_is(guest, second, 200);
    guest->now += 2;
    nettleser_get_is(guest, second, 404);
    nettleser_get_is(guest, "/invitasjon/tullball", 404);
    /* the token itself is nowhere in the database */
    g_autofree char *sql = g_strdup_printf(
        "SELECT COUNT(*) AS n FROM innlogging_lenke WHERE token_hash = '%s'", second + 12);
    g_assert_cmpint(test_db_int(app->db, g_intern_string(sql)), ==, 0);
}

static void nobody_is_invited_twice_or_by_others(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), head = nettleser_new(app);

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    nettleser_post_is(admin, "/brukere/inviter", "navn=En+Til&epost=FS@prove.example&rolle=FS",
                      409);
    nettleser_post_is(admin, "/brukere/inviter", "epost=x@prove.example&rolle=FS", 422);
    nettleser_post_is(admin, "/brukere/inviter", "navn=En+Til&epost=x@prove.example&rolle=RK", 422);
    nettleser_post_is(admin, "/brukere/inviter", "navn=En+Til&epost=x@prove.example&rolle=IA", 422);
    nettleser_get_is(head, "/brukere", 403);
    nettleser_post_is(head, "/brukere/inviter", "navn=En+Til&epost=x@prove.example&rolle=FS", 403);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging"), ==, 2);
}

/* --- the users page --- */

static char *user_path(TestApp *app, const char *email, const char *verb)
{
    char id[ID_TEXT];

    return g_strdup_printf("/brukere/%s%s%s", id_text(nettleser_person(app, email), id),
                           *verb ? "/" : "", verb);
}

static void who_is_stopped_is_out_at_once(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), head = nettleser_new(app);
    g_autofree char *stop = user_path(app, FS_EMAIL, "stopp");
    g_autofree char *allow = user_path(app, FS_EMAIL, "slipp");
    g_autofree char *self = user_path(app, AD_EMAIL, "stopp");
    g_autofree char *other = user_path(app, FS_EMAIL, "tull");

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    nettleser_get_is(head, "/min-konto", 200);
    nettleser_post_is(admin, stop, "", 303);
    nettleser_get_is(head, "/min-konto", 303);
    nettleser_post_is(head, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 422);
    g_autoptr(Reply) list = nettleser_get(admin, "/brukere");
    g_assert_nonnull(strstr(list->body, "<span class=\"tag\">stopped</span>"));
    nettleser_post_is(admin, allow, "", 303);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    nettleser_post_is(admin, self, "", 303);
    nettleser_get_is(admin, "/brukere", 200); /* nobody stops the own login */
    nettleser_post_is(admin, other, "", 404);
    nettleser_get_is(admin, "/brukere/0000000000zzz", 404);
}

static void sessions_are_ended_by_the_administrator(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), head = nettleser_new(app);
    g_autofree char *out = user_path(app, FS_EMAIL, "ut");

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    nettleser_post_is(admin, out, "", 303);
    nettleser_get_is(head, "/min-konto", 303);
    nettleser_get_is(admin, "/brukere", 200);
}

/* --- lost passwords --- */

static void a_lost_password_is_answered_the_same_for_all(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app);
    g_autoptr(Reply) known = nettleser_post(b, "/glemt-passord", "epost=" FS_EMAIL);
    g_autoptr(Reply) unknown = nettleser_post(b, "/glemt-passord", "epost=ingen@prove.example");

    g_assert_cmpint(known->status, ==, 200);
    g_assert_cmpstr(known->body, ==, unknown->body);
    /* no mail is set up: no link that nobody gets */
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging_lenke"), ==, 0);
}

/* --- my account --- */

static void a_new_password_ends_the_other_sessions(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) here = nettleser_new(app), there = nettleser_new(app);

    nettleser_sign_in(here, FS_EMAIL, PASSWORD);
    nettleser_sign_in(there, FS_EMAIL, PASSWORD);
    nettleser_post_is(here, "/min-konto/passord", "gammelt=feil-passord-99&" CHOOSE, 422);
    nettleser_post_is(here, "/min-konto/passord",
                      "gammelt=" PASSWORD "&nyttpassord=" FS_EMAIL "&gjenta=" FS_EMAIL, 422);
    nettleser_get_is(there, "/min-konto", 200);
    nettleser_post_is(here, "/min-konto/passord", "gammelt=" PASSWORD "&" CHOOSE, 303);
    nettleser_get_is(here, "/min-konto", 200);
    nettleser_get_is(there, "/min-konto", 303);
    nettleser_sign_in(there, FS_EMAIL, NEW_PASSWORD);
}

static void signing_out_everywhere_does(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) a = nettleser_new(app), b = nettleser_new(app), c = nettleser_new(app);

    nettleser_sign_in(a, FS_EMAIL, PASSWORD);
    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    nettleser_sign_in(c, AD_EMAIL, PASSWORD);
    g_autofree char *token = g_strdup(a->session);
    g_autoptr(Reply) page = nettleser_get(a, "/min-konto");
    g_assert_nonnull(strstr(page->body, "this one"));
    nettleser_post_is(a, "/min-konto/logg-ut-alle", "", 303);
    g_assert_null(a->session);
    a->session = g_steal_pointer(&token); /* a cookie that was copied */
    nettleser_get_is(a, "/min-konto", 303);
    nettleser_get_is(b, "/min-konto", 303);
    nettleser_get_is(c, "/min-konto", 200);
}

static void guessing_the_password_from_inside_has_to_wait(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app);
    int status = 0;

    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    for (int i = 0; i < 8 && status != 429; i++) {
        g_autoptr(Reply) r =
            nettleser_post(b, "/min-konto/passord", "gammelt=feil-passord-99&" CHOOSE);

        status = r->status;
    }
    g_assert_cmpint(status, ==, 429);
}

static void what_happens_stands_in_the_log(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app);

    nettleser_post_is(b, "/logg-inn", "epost=hemmelig.adresse@prove.example&passord=" PASSWORD,
                      422);
    nettleser_post_is(b, "/logg-inn", "epost=" FS_EMAIL "&passord=feil-passord-99", 422);
    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    nettleser_post_is(b, "/min-konto/passord", "gammelt=" PASSWORD "&" CHOOSE, 303);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon "
                                         "WHERE act = 'innlogging.feil' AND subject <> 0"),
                    ==, 1);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon WHERE act = 'innlogging'"), ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon "
                                         "WHERE act = 'innlogging.passord'"),
                    ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon "
                                         "WHERE detail LIKE '%hemmelig%' OR detail LIKE '%frase%'"),
                    ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/tilgang/invite/once", an_invitation_works_once);
    g_test_add_func("/tilgang/invite/two-at-once", of_two_at_the_same_time_one_gets_in);
    g_test_add_func("/tilgang/invite/newer",
                    a_newer_invitation_replaces_the_older_and_both_grow_old);
    g_test_add_func("/tilgang/invite/approved", the_role_of_an_invitation_is_approved_by_another);
    g_test_add_func("/tilgang/invite/alone", an_only_administrator_approves_with_a_mark);
    g_test_add_func("/tilgang/invite/refused", nobody_is_invited_twice_or_by_others);
    g_test_add_func("/tilgang/users/stop", who_is_stopped_is_out_at_once);
    g_test_add_func("/tilgang/users/sessions", sessions_are_ended_by_the_administrator);
    g_test_add_func("/tilgang/forgotten/same", a_lost_password_is_answered_the_same_for_all);
    g_test_add_func("/tilgang/account/password", a_new_password_ends_the_other_sessions);
    g_test_add_func("/tilgang/account/everywhere", signing_out_everywhere_does);
    g_test_add_func("/tilgang/account/guessing", guessing_the_password_from_inside_has_to_wait);
    g_test_add_func("/tilgang/account/log", what_happens_stands_in_the_log);
    return g_test_run();
}
