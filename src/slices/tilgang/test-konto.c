/* test-konto.c - invitations, new passwords, the own account and two-step sign-in, through the pages and
 * the real sessions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "eier.h"
#include "person.h"
#include "testing-db.h"
#include "testing-nettleser.h"

#define AD_EMAIL "ad@prove.example"
#define FS_EMAIL "fs@prove.example"
#define PASSWORD "hest-og-vogn-4711"
#define NEW_PASSWORD "en-ny-og-lang-frase-12"

static int64_t add_user(TestApp *app, const char *name, const char *email, const char *role)
{
    g_autoptr(GError) error = NULL;
    int64_t person;

    person_add(app->db, 1, name, "syntetisk", 1, &person, &error);
    g_assert_no_error(error);
    tilgang_add_login(app->db, 1, person, email, PASSWORD, 1, &error);
    g_assert_no_error(error);
    tilgang_grant(app->db, 1, person, role, 0, "2020-01-01", &error);
    g_assert_no_error(error);
    return person;
}

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);

    add_user(app, "Ada Admin", AD_EMAIL, "AD");
    add_user(app, "Frida Fagsjef", FS_EMAIL, "FS");
    return g_steal_pointer(&app);
}

static void post_is(Nettleser *b, const char *path, const char *body, int status)
{
    g_autoptr(Reply) reply = nettleser_post(b, path, body);

    if (reply->status != status)
        g_test_message("%s", reply->body);
    g_assert_cmpint(reply->status, ==, status);
}

static void get_is(Nettleser *b, const char *path, int status)
{
    g_autoptr(Reply) reply = nettleser_get(b, path);

    g_assert_cmpint(reply->status, ==, status);
}

/* "/invitasjon/..." out of the page that shows the link. */
static char *link_in(const char *body)
{
    const char *start = strstr(body, "/invitasjon/");

    g_assert_nonnull(start);
    return g_strndup(start, strlen("/invitasjon/") + AUTH_TOKEN_SIZE - 1);
}

static char *invite(Nettleser *admin, const char *email)
{
    g_autofree char *body =
        g_strdup_printf("navn=Ny+Rektor&epost=%s&rolle=RK&enhet=0000000000001", email);
    g_autoptr(Reply) reply = nettleser_post(admin, "/brukere/inviter", body);

    if (reply->status != 200)
        g_test_message("%s", reply->body);
    g_assert_cmpint(reply->status, ==, 200);
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
    post_is(guest, link, "nyttpassord=kort&gjenta=kort", 422);
    post_is(guest, link, "nyttpassord=" NEW_PASSWORD "&gjenta=noe-annet-enn-det", 422);
    g_autoptr(Reply) in = nettleser_post(guest, link, CHOOSE);
    g_assert_cmpint(in->status, ==, 303);
    g_assert_cmpstr(in->location, ==, "/hjem");
    get_is(guest, "/min-konto", 200);
    g_autoptr(Nettleser) late = nettleser_new(app);
    get_is(late, link, 404);
    post_is(late, link, CHOOSE, 404);
    g_assert_null(late->session);
    nettleser_sign_in(late, "ny@prove.example", NEW_PASSWORD);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging_lenke "
                                         "WHERE used_at IS NOT NULL"),
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
    get_is(guest, first, 404);
    get_is(guest, second, 200);
    guest->now += LINK_INVITATION_LIFE - 1;
    get_is(guest, second, 200);
    guest->now += 2;
    get_is(guest, second, 404);
    get_is(guest, "/invitasjon/tullball", 404);
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
    post_is(admin, "/brukere/inviter", "navn=En+Til&epost=FS@prove.example&rolle=FS", 409);
    post_is(admin, "/brukere/inviter", "epost=x@prove.example&rolle=FS", 422);
    post_is(admin, "/brukere/inviter", "navn=En+Til&epost=x@prove.example&rolle=RK", 422);
    post_is(admin, "/brukere/inviter", "navn=En+Til&epost=x@prove.example&rolle=IA", 422);
    get_is(head, "/brukere", 403);
    post_is(head, "/brukere/inviter", "navn=En+Til&epost=x@prove.example&rolle=FS", 403);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging"), ==, 2);
}

/* --- the users page --- */

static char *user_path(TestApp *app, const char *email, const char *verb)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT person AS n FROM innlogging WHERE email = '%s'", email);
    char id[ID_TEXT];

    return g_strdup_printf("/brukere/%s%s%s",
                           id_text(test_db_int(app->db, g_intern_string(sql)), id),
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
    get_is(head, "/min-konto", 200);
    post_is(admin, stop, "", 303);
    get_is(head, "/min-konto", 303);
    post_is(head, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 422);
    g_autoptr(Reply) list = nettleser_get(admin, "/brukere");
    g_assert_nonnull(strstr(list->body, "<span class=\"tag\">stopped</span>"));
    post_is(admin, allow, "", 303);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    post_is(admin, self, "", 303);
    get_is(admin, "/brukere", 200); /* nobody stops the own login */
    post_is(admin, other, "", 404);
    get_is(admin, "/brukere/0000000000zzz", 404);
}

static void sessions_are_ended_by_the_administrator(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), head = nettleser_new(app);
    g_autofree char *out = user_path(app, FS_EMAIL, "ut");

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    post_is(admin, out, "", 303);
    get_is(head, "/min-konto", 303);
    get_is(admin, "/brukere", 200);
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
    post_is(here, "/min-konto/passord", "gammelt=feil-passord-99&" CHOOSE, 422);
    post_is(here, "/min-konto/passord",
            "gammelt=" PASSWORD "&nyttpassord=" FS_EMAIL "&gjenta=" FS_EMAIL, 422);
    get_is(there, "/min-konto", 200);
    post_is(here, "/min-konto/passord", "gammelt=" PASSWORD "&" CHOOSE, 303);
    get_is(here, "/min-konto", 200);
    get_is(there, "/min-konto", 303);
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
    post_is(a, "/min-konto/logg-ut-alle", "", 303);
    g_assert_null(a->session);
    a->session = g_steal_pointer(&token); /* a cookie that was copied */
    get_is(a, "/min-konto", 303);
    get_is(b, "/min-konto", 303);
    get_is(c, "/min-konto", 200);
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

/* --- two steps --- */

static char *secret_of(TestApp *app, const char *email)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT person AS n FROM innlogging WHERE email = '%s'", email);
    const Signer who = { 1, test_db_int(app->db, g_intern_string(sql)) };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Totp totp;

    tilgang_totp(app->db, arena, &who, &totp, &error);
    g_assert_no_error(error);
    g_assert_nonnull(totp.secret);
    return g_strdup(totp.secret);
}

/* "kode=123456" of this browser's moment, `off` steps from it. */
static char *code_now(Nettleser *b, const char *secret, int off, const char *field)
{
    char code[7];

    g_assert_true(auth_totp_at(secret, b->now / (30 * G_USEC_PER_SEC) + off, code));
    return g_strdup_printf("%s=%s", field, code);
}

/* Turned on under "my account"; returns the secret. ret_reserve: one recovery code. */
static char *turn_on(TestApp *app, Nettleser *b, const char *email, char **ret_reserve)
{
    post_is(b, "/min-konto/totrinn", "", 303);
    g_autofree char *secret = secret_of(app, email);
    g_autoptr(Reply) page = nettleser_get(b, "/min-konto/totrinn");
    g_assert_nonnull(strstr(page->body, "<path class=\"qr-ink\" d=\"M4 4h7v1h-7z"));
    post_is(b, "/min-konto/totrinn/bekreft", "kode=000000", 422);
    g_autofree char *code = code_now(b, secret, -1, "kode");
    g_autoptr(Reply) on = nettleser_post(b, "/min-konto/totrinn/bekreft", code);
    const char *first = strstr(on->body, "<li><code>");

    g_assert_cmpint(on->status, ==, 200);
    g_assert_nonnull(first);
    *ret_reserve = g_strndup(first + strlen("<li><code>"), AUTH_RECOVERY_SIZE - 1);
    return g_steal_pointer(&secret);
}

static void a_code_lets_in_once(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app), other = nettleser_new(app);
    g_autofree char *reserve = NULL;

    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    g_autofree char *secret = turn_on(app, b, FS_EMAIL, &reserve);
    post_is(b, "/logg-ut", "", 303);
    g_autoptr(Reply) first =
        nettleser_post(b, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD "&til=%2Fenheter");
    g_assert_cmpstr(first->location, ==, "/logg-inn/kode");
    g_assert_nonnull(b->session); /* of the half sign-in, which opens nothing */
    get_is(b, "/hjem", 303);
    get_is(b, "/min-konto", 303);
    get_is(b, "/enheter", 303);
    g_autofree char *wrong = code_now(b, secret, 5, "kode");
    post_is(b, "/logg-inn/kode", wrong, 422);
    g_autofree char *code = code_now(b, secret, 0, "kode");
    g_autofree char *half = g_strdup(b->session);
    g_autoptr(Reply) in = nettleser_post(b, "/logg-inn/kode", code);
    g_assert_cmpint(in->status, ==, 303);
    g_assert_cmpstr(in->location, ==, "/enheter");
    g_assert_cmpstr(b->session, !=, half);
    get_is(b, "/min-konto", 200);
    /* the same code again, seen over a shoulder */
    post_is(other, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    post_is(other, "/logg-inn/kode", code, 422);
    get_is(other, "/min-konto", 303);
    g_autofree char *next = code_now(other, secret, 1, "kode");
    post_is(other, "/logg-inn/kode", next, 303);
    get_is(other, "/min-konto", 200);
}

static gpointer race_code(gpointer data)
{
    Race *r = data;
    g_autoptr(Reply) reply = nettleser_post(r->browser, "/logg-inn/kode", r->path);

    r->status = reply->status;
    return NULL;
}

static void of_two_with_the_same_code_one_gets_in(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app), one = nettleser_new(app), two = nettleser_new(app);
    g_autofree char *reserve = NULL;

    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    g_autofree char *secret = turn_on(app, b, FS_EMAIL, &reserve);
    post_is(one, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    post_is(two, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    g_autofree char *code = code_now(b, secret, 0, "kode");
    Race a = { one, code, 0 }, c = { two, code, 0 };
    GThread *first = g_thread_new("one", race_code, &a);
    GThread *second = g_thread_new("two", race_code, &c);

    g_thread_join(first);
    g_thread_join(second);
    g_autoptr(Reply) x = nettleser_get(one, "/min-konto");
    g_autoptr(Reply) y = nettleser_get(two, "/min-konto");
    g_assert_cmpint(MIN(x->status, y->status), ==, 200);
    g_assert_cmpint(MAX(x->status, y->status), ==, 303);
}

static void a_recovery_code_lets_in_once(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app), c = nettleser_new(app);
    g_autofree char *reserve = NULL;

    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    g_autofree char *secret = turn_on(app, b, FS_EMAIL, &reserve);
    g_autofree char *body = g_strdup_printf("kode=%s", reserve);
    post_is(c, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    post_is(c, "/logg-inn/kode", body, 303);
    get_is(c, "/min-konto", 200);
    post_is(c, "/logg-ut", "", 303);
    post_is(c, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    post_is(c, "/logg-inn/kode", body, 422);
    g_autoptr(Reply) account = nettleser_get(b, "/min-konto");
    g_assert_nonnull(strstr(account->body, "9 recovery codes are left."));
}

static void guessing_codes_has_to_wait_and_a_half_grows_old(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app), c = nettleser_new(app);
    g_autofree char *reserve = NULL;
    int status = 0;

    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    g_autofree char *secret = turn_on(app, b, FS_EMAIL, &reserve);
    post_is(c, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    for (int i = 0; i < 8 && status != 429; i++) {
        g_autoptr(Reply) r = nettleser_post(c, "/logg-inn/kode", "kode=000000");

        status = r->status;
    }
    g_assert_cmpint(status, ==, 429);
    g_autofree char *code = code_now(c, secret, 0, "kode");
    post_is(c, "/logg-inn/kode", code, 429); /* the right one waits too */
    c->now += 11 * G_TIME_SPAN_MINUTE;
    g_autofree char *later = code_now(c, secret, 0, "kode");
    g_autoptr(Reply) old = nettleser_post(c, "/logg-inn/kode", later);
    g_assert_cmpstr(old->location, ==, "/logg-inn");
    get_is(c, "/min-konto", 303);
}

static void turning_it_off_takes_password_and_code(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app), c = nettleser_new(app);
    g_autofree char *reserve = NULL;

    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    g_autofree char *secret = turn_on(app, b, FS_EMAIL, &reserve);
    g_autofree char *code = code_now(b, secret, 0, "avkode");
    g_autofree char *no_password = g_strdup_printf("passord=feil-passord-99&%s", code);
    g_autofree char *both = g_strdup_printf("passord=" PASSWORD "&%s", code);
    post_is(b, "/min-konto/totrinn/av", no_password, 422);
    post_is(b, "/min-konto/totrinn/av", "passord=" PASSWORD "&avkode=000000", 422);
    post_is(b, "/min-konto/totrinn/av", both, 303);
    nettleser_sign_in(c, FS_EMAIL, PASSWORD);
}

static void demand(TestApp *app, const char *roles)
{
    g_autoptr(GError) error = NULL;

    eier_option_set(app->db, 1, TOTP_ROLES, roles, &error);
    g_assert_no_error(error);
}

/* Every page of the program that is not for everybody sends to sign-in until it is set up. */
static void a_role_that_demands_it_reaches_nothing_before(void)
{
    static const char *const pages[] = { "/hjem",    "/min-konto", "/min-konto/totrinn",
                                         "/enheter", "/rolle",     "/personer",
                                         "/import",  "/organ",     "/nodtilgang" };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app);

    demand(app, "AD FS");
    g_autoptr(Reply) first = nettleser_post(b, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD);
    g_assert_cmpstr(first->location, ==, "/logg-inn/totrinn");
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autoptr(Reply) page = nettleser_get(b, pages[i]);

        g_assert_cmpint(page->status, ==, 303);
        g_assert_true(g_str_has_prefix(page->location, "/logg-inn"));
    }
    post_is(b, "/min-konto/totrinn", "", 401);
    get_is(b, "/logg-inn/totrinn", 200);
    post_is(b, "/logg-inn/totrinn", "kode=000000", 422);
    g_autofree char *secret = secret_of(app, FS_EMAIL);
    g_autofree char *code = code_now(b, secret, 0, "kode");
    g_autoptr(Reply) on = nettleser_post(b, "/logg-inn/totrinn", code);
    g_assert_cmpint(on->status, ==, 200);
    g_assert_nonnull(strstr(on->body, "Your recovery codes"));
    get_is(b, "/min-konto", 200);
    g_autofree char *off = g_strdup_printf("passord=" PASSWORD "&av%s", code);
    post_is(b, "/min-konto/totrinn/av", off, 422); /* demanded: stays on */
}

static void a_new_demand_ends_sessions_and_bars_the_switch(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), head = nettleser_new(app);
    g_autoptr(GError) error = NULL;
    g_autofree char *reserve = NULL;

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    post_is(admin, "/innstillinger/sikkerhet", "rolle=AD&rolle=FS", 422); /* not before oneself */
    get_is(head, "/min-konto", 200);
    g_autofree char *secret = turn_on(app, admin, AD_EMAIL, &reserve);
    post_is(admin, "/innstillinger/sikkerhet", "rolle=AD&rolle=FS&rolle=tull", 303);
    get_is(head, "/min-konto", 303);
    get_is(admin, "/brukere", 200);
    g_autoptr(Reply) page = nettleser_get(admin, "/innstillinger/sikkerhet");
    g_assert_nonnull(strstr(page->body, "value=\"FS\" checked"));
    g_assert_null(strstr(page->body, "value=\"RK\" checked"));
    g_assert_cmpstr(secret, !=, "");
}

static void the_administrator_resets_a_lost_phone(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), head = nettleser_new(app);
    g_autofree char *reset = user_path(app, FS_EMAIL, "totrinn");
    g_autofree char *reserve = NULL;

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    g_autofree char *secret = turn_on(app, head, FS_EMAIL, &reserve);
    post_is(admin, reset, "", 303);
    get_is(head, "/min-konto", 303);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM totrinn_reserve"), ==, 0);
}

static void what_happens_stands_in_the_log(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app);

    post_is(b, "/logg-inn", "epost=hemmelig.adresse@prove.example&passord=" PASSWORD, 422);
    post_is(b, "/logg-inn", "epost=" FS_EMAIL "&passord=feil-passord-99", 422);
    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    post_is(b, "/min-konto/passord", "gammelt=" PASSWORD "&" CHOOSE, 303);
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
    g_test_add_func("/tilgang/invite/refused", nobody_is_invited_twice_or_by_others);
    g_test_add_func("/tilgang/users/stop", who_is_stopped_is_out_at_once);
    g_test_add_func("/tilgang/users/sessions", sessions_are_ended_by_the_administrator);
    g_test_add_func("/tilgang/forgotten/same", a_lost_password_is_answered_the_same_for_all);
    g_test_add_func("/tilgang/account/password", a_new_password_ends_the_other_sessions);
    g_test_add_func("/tilgang/account/everywhere", signing_out_everywhere_does);
    g_test_add_func("/tilgang/account/guessing", guessing_the_password_from_inside_has_to_wait);
    g_test_add_func("/tilgang/totp/once", a_code_lets_in_once);
    g_test_add_func("/tilgang/totp/two-at-once", of_two_with_the_same_code_one_gets_in);
    g_test_add_func("/tilgang/totp/recovery", a_recovery_code_lets_in_once);
    g_test_add_func("/tilgang/totp/guessing", guessing_codes_has_to_wait_and_a_half_grows_old);
    g_test_add_func("/tilgang/totp/off", turning_it_off_takes_password_and_code);
    g_test_add_func("/tilgang/totp/demanded", a_role_that_demands_it_reaches_nothing_before);
    g_test_add_func("/tilgang/totp/new-demand", a_new_demand_ends_sessions_and_bars_the_switch);
    g_test_add_func("/tilgang/totp/reset", the_administrator_resets_a_lost_phone);
    g_test_add_func("/tilgang/account/log", what_happens_stands_in_the_log);
    return g_test_run();
}
