/* test-totrinn.c - signing in in two steps, through the pages and the real sessions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "eier.h"
#include "testing-db.h"
#include "testing-nettleser.h"

#define AD_EMAIL "ad@prove.example"
#define FS_EMAIL "fs@prove.example"
#define PASSWORD NETTLESER_PASSWORD

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);

    nettleser_add_user(app, "Ada Admin", AD_EMAIL, "AD");
    nettleser_add_user(app, "Frida Fagsjef", FS_EMAIL, "FS");
    return g_steal_pointer(&app);
}

static char *user_path(TestApp *app, const char *email, const char *verb)
{
    char id[ID_TEXT];

    return g_strdup_printf("/brukere/%s%s%s", id_text(nettleser_person(app, email), id),
                           *verb ? "/" : "", verb);
}

typedef struct {
    Nettleser *browser;
    const char *body;
} Race;

static char *secret_of(TestApp *app, const char *email)
{
    const Signer who = { 1, nettleser_person(app, email) };
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
    nettleser_post_is(b, "/min-konto/totrinn", "", 303);
    g_autofree char *secret = secret_of(app, email);
    g_autoptr(Reply) page = nettleser_get(b, "/min-konto/totrinn");
    g_assert_nonnull(strstr(page->body, "<path class=\"qr-ink\" d=\"M4 4h7v1h-7z"));
    nettleser_post_is(b, "/min-konto/totrinn/bekreft", "passord=" PASSWORD "&kode=000000", 422);
    /* a session left open is not enough */
    g_autofree char *alone = code_now(b, secret, -1, "kode");
    g_autofree char *wrong = g_strconcat("passord=feil-passord-99&", alone, NULL);
    nettleser_post_is(b, "/min-konto/totrinn/bekreft", alone, 422);
    nettleser_post_is(b, "/min-konto/totrinn/bekreft", wrong, 422);
    g_autofree char *code = g_strconcat("passord=" PASSWORD "&", alone, NULL);
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
    nettleser_post_is(b, "/logg-ut", "", 303);
    g_autoptr(Reply) first =
        nettleser_post(b, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD "&til=%2Fenheter");
    g_assert_cmpstr(first->location, ==, "/logg-inn/kode");
    g_assert_nonnull(b->session); /* of the half sign-in, which opens nothing */
    nettleser_get_is(b, "/hjem", 303);
    nettleser_get_is(b, "/min-konto", 303);
    nettleser_get_is(b, "/enheter", 303);
    g_autofree char *wrong = code_now(b, secret, 5, "kode");
    nettleser_post_is(b, "/logg-inn/kode", wrong, 422);
    g_autofree char *code = code_now(b, secret, 0, "kode");
    g_autofree char *half = g_strdup(b->session);
    g_autoptr(Reply) in = nettleser_post(b, "/logg-inn/kode", code);
    g_assert_cmpint(in->status, ==, 303);
    g_assert_cmpstr(in->location, ==, "/enheter");
    g_assert_cmpstr(b->session, !=, half);
    nettleser_get_is(b, "/min-konto", 200);
    /* the same code again, seen over a shoulder */
    nettleser_post_is(other, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    nettleser_post_is(other, "/logg-inn/kode", code, 422);
    nettleser_get_is(other, "/min-konto", 303);
    g_autofree char *next = code_now(other, secret, 1, "kode");
    nettleser_post_is(other, "/logg-inn/kode", next, 303);
    nettleser_get_is(other, "/min-konto", 200);
}

static gpointer race_code(gpointer data)
{
    Race *r = data;
    g_autoptr(Reply) reply = nettleser_post(r->browser, "/logg-inn/kode", r->body);

    g_assert_cmpint(reply->status, <, 500);
    return NULL;
}

static void of_two_with_the_same_code_one_gets_in(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = nettleser_new(app), one = nettleser_new(app), two = nettleser_new(app);
    g_autofree char *reserve = NULL;

    nettleser_sign_in(b, FS_EMAIL, PASSWORD);
    g_autofree char *secret = turn_on(app, b, FS_EMAIL, &reserve);
    nettleser_post_is(one, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    nettleser_post_is(two, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    g_autofree char *code = code_now(b, secret, 0, "kode");
    Race a = { one, code }, c = { two, code };
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
    g_free(turn_on(app, b, FS_EMAIL, &reserve));
    g_autofree char *body = g_strdup_printf("kode=%s", reserve);
    nettleser_post_is(c, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    nettleser_post_is(c, "/logg-inn/kode", body, 303);
    nettleser_get_is(c, "/min-konto", 200);
    nettleser_post_is(c, "/logg-ut", "", 303);
    nettleser_post_is(c, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    nettleser_post_is(c, "/logg-inn/kode", body, 422);
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
    nettleser_post_is(c, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 303);
    for (int i = 0; i < 8 && status != 429; i++) {
        g_autoptr(Reply) r = nettleser_post(c, "/logg-inn/kode", "kode=000000");

        status = r->status;
    }
    g_assert_cmpint(status, ==, 429);
    g_autofree char *code = code_now(c, secret, 0, "kode");
    nettleser_post_is(c, "/logg-inn/kode", code, 429); /* the right one waits too */
    c->now += 11 * G_TIME_SPAN_MINUTE;
    g_autofree char *later = code_now(c, secret, 0, "kode");
    g_autoptr(Reply) old = nettleser_post(c, "/logg-inn/kode", later);
    g_assert_cmpstr(old->location, ==, "/logg-inn");
    nettleser_get_is(c, "/min-konto", 303);
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
    nettleser_post_is(b, "/min-konto/totrinn/av", no_password, 422);
    nettleser_post_is(b, "/min-konto/totrinn/av", "passord=" PASSWORD "&avkode=000000", 422);
    nettleser_post_is(b, "/min-konto/totrinn/av", both, 303);
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
    nettleser_post_is(b, "/min-konto/totrinn", "", 401);
    nettleser_get_is(b, "/logg-inn/totrinn", 200);
    nettleser_post_is(b, "/logg-inn/totrinn", "kode=000000", 422);
    g_autofree char *secret = secret_of(app, FS_EMAIL);
    g_autofree char *code = code_now(b, secret, 0, "kode");
    g_autoptr(Reply) on = nettleser_post(b, "/logg-inn/totrinn", code);
    g_assert_cmpint(on->status, ==, 200);
    g_assert_nonnull(strstr(on->body, "Your recovery codes"));
    nettleser_get_is(b, "/min-konto", 200);
    g_autofree char *off = g_strdup_printf("passord=" PASSWORD "&av%s", code);
    nettleser_post_is(b, "/min-konto/totrinn/av", off, 422); /* demanded: stays on */
}

static void a_new_demand_ends_sessions_and_bars_the_switch(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = nettleser_new(app), head = nettleser_new(app);
    g_autofree char *reserve = NULL;

    nettleser_sign_in(admin, AD_EMAIL, PASSWORD);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    nettleser_post_is(admin, "/innstillinger/sikkerhet", "rolle=AD&rolle=FS",
                      422); /* not before oneself */
    nettleser_get_is(head, "/min-konto", 200);
    g_autofree char *secret = turn_on(app, admin, AD_EMAIL, &reserve);
    nettleser_post_is(admin, "/innstillinger/sikkerhet", "rolle=AD&rolle=FS&rolle=tull", 303);
    /* a page from before that: what another chose is not undone unseen */
    nettleser_post_is(admin, "/innstillinger/sikkerhet", "sett=&rolle=AD", 409);
    nettleser_get_is(head, "/min-konto", 303);
    nettleser_get_is(admin, "/brukere", 200);
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
    g_autofree char *secret G_GNUC_UNUSED = turn_on(app, head, FS_EMAIL, &reserve);
    nettleser_post_is(admin, reset, "", 303);
    nettleser_get_is(head, "/min-konto", 303);
    nettleser_sign_in(head, FS_EMAIL, PASSWORD);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM totrinn_reserve"), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/tilgang/totp/once", a_code_lets_in_once);
    g_test_add_func("/tilgang/totp/two-at-once", of_two_with_the_same_code_one_gets_in);
    g_test_add_func("/tilgang/totp/recovery", a_recovery_code_lets_in_once);
    g_test_add_func("/tilgang/totp/guessing", guessing_codes_has_to_wait_and_a_half_grows_old);
    g_test_add_func("/tilgang/totp/off", turning_it_off_takes_password_and_code);
    g_test_add_func("/tilgang/totp/demanded", a_role_that_demands_it_reaches_nothing_before);
    g_test_add_func("/tilgang/totp/new-demand", a_new_demand_ends_sessions_and_bars_the_switch);
    g_test_add_func("/tilgang/totp/reset", the_administrator_resets_a_lost_phone);
    return g_test_run();
}
