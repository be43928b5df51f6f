/* test-vern.c - what an attacker tries with the pages of access, and what is kept about a person: read,
 * handed out, forgotten.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "konto.h"
#include "eier.h"
#include "jobb.h"
#include "testing-db.h"
#include "testing-nettleser.h"
#include "testing-smtp.h"

#define PASSWORD NETTLESER_PASSWORD
#define NEW_PASSWORD "en-ny-og-lang-frase-12"
#define AD_EMAIL "ada.vern@prove.example"
#define FS_EMAIL "frida.vern@prove.example"
#define LR_EMAIL "lise.vern@prove.example"

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);

    nettleser_add_user(app, "Ada Admin", AD_EMAIL, "AD");
    nettleser_add_user(app, "Frida Fagsjef", FS_EMAIL, "FS");
    nettleser_add_user(app, "Lise Lærer", LR_EMAIL, "LR");
    return g_steal_pointer(&app);
}

static Nettleser *signed_in(TestApp *app, const char *email)
{
    Nettleser *b = nettleser_new(app);

    nettleser_sign_in(b, email, PASSWORD);
    return b;
}

/* --- break-glass --- */

/* An address that fits the route: an id in each of its places. */
static char *some_address(const char *path)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *p = path; *p; p++) {
        if (*p != '{') {
            g_string_append_c(out, *p);
            continue;
        }
        g_string_append(out, "0000000000001");
        p = strchr(p, '}');
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void refuse_each_post(Nettleser *b, const Slice *slice, int *n)
{
    static const char *const left[] = { "/nodtilgang/slutt", "/logg-ut", "/rolle", NULL };

    for (const Route *r = slice->routes; r && r->path; r++) {
        if (strcmp(r->method, "POST") || g_strv_contains(left, r->path))
            continue;
        g_autofree char *path = some_address(r->path);
        g_autoptr(Reply) reply = nettleser_post(b, path, "");

        if (reply->status != 403)
            g_error("POST %s answers %d", path, reply->status);
        ++*n;
    }
}

/* Whatever the handler of a route thinks of it: also those that everybody signed in may post to. */
static void break_glass_posts_nothing_anywhere(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = signed_in(app, AD_EMAIL);
    int64_t lines;
    int n = 0;

    nettleser_post_is(ad, "/nodtilgang",
                      "grunn=Rapporten+viser+feil+tall+og+maa+ses&passord=" PASSWORD, 303);
    lines = test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon");
    for (const Slice *const *s = app_slices; *s; s++)
        refuse_each_post(ad, *s, &n);
    g_assert_cmpint(n, >, 50);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon"), ==, lines);
    nettleser_post_is(ad, "/nodtilgang/slutt", "", 303);
    nettleser_post_is(ad, "/min-konto/sprak", "sprak=nn", 303);
}

/* --- sessions --- */

static void a_planted_session_is_not_taken_over(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) victim = nettleser_new(app), thief = nettleser_new(app);
    char planted[AUTH_TOKEN_SIZE];

    auth_token_new(planted);
    victim->session = g_strdup(planted);
    nettleser_sign_in(victim, FS_EMAIL, PASSWORD);
    g_assert_cmpstr(victim->session, !=, planted);
    thief->session = g_strdup(planted);
    nettleser_get_is(thief, "/min-konto", 303);
    /* signing in anew gives another one */
    g_autofree char *first = g_strdup(victim->session);
    nettleser_post_is(victim, "/logg-ut", "", 303);
    nettleser_sign_in(victim, FS_EMAIL, PASSWORD);
    g_assert_cmpstr(victim->session, !=, first);
    g_free(thief->session);
    thief->session = g_steal_pointer(&first);
    nettleser_get_is(thief, "/min-konto", 303);
}

static int64_t give_role(TestApp *app, const char *email, const char *role)
{
    g_autofree char *sql = g_strdup_printf("SELECT id AS n FROM rolle WHERE role = '%s' "
                                           "AND person = %" G_GINT64_FORMAT,
                                           role, nettleser_person(app, email));

    g_assert_true(
        tilgang_grant(app->db, 1, nettleser_person(app, email), role, 0, "2020-01-01", NULL));
    return test_db_int(app->db, g_intern_string(sql));
}

static void a_switch_leads_to_pages_of_ours_alone(void)
{
    static const char *const bad[] = { "https%3A%2F%2Fond.example", "%2F%2Fond.example",
                                       "%2F%5Cond.example",         "%2F%09%2Fond.example",
                                       "javascript%3Aalert(1)",     "%2F%0D%0ASet-Cookie%3A+x" };
    g_autoptr(TestApp) app = app_new();
    char id[ID_TEXT];

    id_text(give_role(app, LR_EMAIL, "FS"), id);
    g_autoptr(Nettleser) b = signed_in(app, LR_EMAIL);

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *body = g_strdup_printf("rolle=%s&til=%s", id, bad[i]);
        g_autoptr(Reply) r = nettleser_post(b, "/rolle", body);

        g_assert_cmpint(r->status, ==, 303);
        g_assert_cmpstr(r->location, ==, "/hjem");
        g_autofree char *in = g_strdup_printf("/logg-inn?til=%s", bad[i]);
        g_autoptr(Reply) already = nettleser_get(b, in);

        g_assert_cmpstr(already->location, ==, "/hjem");
    }
    g_autofree char *good = g_strdup_printf("rolle=%s&til=%%2Fenheter%%3Fx%%3D1", id);
    g_autoptr(Reply) r = nettleser_post(b, "/rolle", good);

    g_assert_cmpstr(r->location, ==, "/enheter?x=1");
}

static int64_t active_role(TestApp *app)
{
    return test_db_int(app->db, "SELECT role AS n FROM sesjon");
}

static void a_role_that_demands_two_steps_is_not_switched_into_without(void)
{
    g_autoptr(TestApp) app = app_new();
    const Signer who = { 1, nettleser_person(app, LR_EMAIL) };
    int64_t head = give_role(app, LR_EMAIL, "FS");
    g_autofree char *body = NULL;
    char id[ID_TEXT];

    body = g_strdup_printf("rolle=%s", id_text(head, id));
    g_autoptr(Nettleser) b = signed_in(app, LR_EMAIL);
    int64_t before = active_role(app);

    g_assert_cmpint(before, !=, head);
    g_assert_true(eier_option_set(app->db, 1, TOTP_ROLES, "FS", NULL));
    g_autoptr(Reply) barred = nettleser_post(b, "/rolle", body);

    g_assert_cmpstr(barred->location, ==, "/min-konto/totrinn");
    g_assert_cmpint(active_role(app), ==, before);
    nettleser_get_is(b, "/import", 403);
    /* with the second step on it is open */
    g_autoptr(Arena) arena = arena_new();
    char codes[TOTP_RESERVES][AUTH_RECOVERY_SIZE];

    g_assert_true(tilgang_totp_begin(app->db, arena, &who, NULL));
    g_assert_true(tilgang_totp_confirm(app->db, &who, b->now, codes, NULL));
    g_autoptr(Reply) open = nettleser_post(b, "/rolle", body);

    g_assert_cmpstr(open->location, ==, "/hjem");
    g_assert_cmpint(active_role(app), ==, head);
}

/* Nothing of a signed-in person's pages may stay in a cache that others share. */
static void private_pages_are_not_kept(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) b = signed_in(app, FS_EMAIL);
    int n = 0;

    for (const Slice *const *s = app_slices; *s; s++)
        for (const Route *r = (*s)->routes; r && r->path; r++) {
            if (strcmp(r->method, "GET") || strchr(r->path, '{') || r->perm == PERM_PUBLIC)
                continue;
            g_autoptr(Reply) reply = nettleser_get(b, r->path);
            const char *cache = strstr(reply->headers, "Cache-Control: ");

            if (!cache || !g_str_has_prefix(cache, "Cache-Control: no-store"))
                g_error("%s may be kept", r->path);
            ++n;
        }
    g_assert_cmpint(n, >, 20);
}

/* --- mail --- */

static TestSmtp *mail_on(Nettleser *admin)
{
    g_autoptr(TestSmtp) smtp = test_smtp_new(NULL);

    if (!smtp)
        return NULL;
    g_autofree char *body =
        g_strdup_printf("server=127.0.0.1&port=%d&kryptering=open&avsender=ikke-svar@prove.example"
                        "&adresse=https%%3A%%2F%%2Foppvekst.prove.example%%2F",
                        test_smtp_port(smtp));

    nettleser_post_is(admin, "/innstillinger/e-post", body, 303);
    return g_steal_pointer(&smtp);
}

static json_t *next_mail(TestApp *app, TestSmtp *smtp)
{
    g_autoptr(GError) why = NULL;
    int n = 0;

    jobb_run_due(app->db, NETTLESER_NOON, &n, &why);
    g_assert_no_error(why);
    g_assert_cmpint(n, ==, 1);
    return test_smtp_next(smtp);
}

static void a_lost_password_comes_back_by_mail(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = signed_in(app, AD_EMAIL), old = signed_in(app, FS_EMAIL);
    g_autoptr(Nettleser) b = nettleser_new(app);
    g_autoptr(TestSmtp) smtp = mail_on(admin);

    if (!smtp)
        return;
    nettleser_post_is(b, "/glemt-passord", "epost=" FS_EMAIL, 200);
    json_t *mail = next_mail(app, smtp);
    const char *link = strstr(test_smtp_text(mail, "text"), "https://oppvekst.prove.example/");

    g_assert_cmpstr(test_smtp_text(mail, "subject"), ==, "A new password in oppvekst");
    g_assert_nonnull(link);
    link = strstr(link, "/invitasjon/");
    g_autofree char *path = g_strndup(link, strcspn(link, "\r\n "));

    json_decref(mail);
    nettleser_get_is(b, path, 200);
    g_autoptr(Reply) in =
        nettleser_post(b, path, "nyttpassord=" NEW_PASSWORD "&gjenta=" NEW_PASSWORD);

    g_assert_cmpstr(in->location, ==, "/hjem");
    nettleser_get_is(b, "/min-konto", 200);
    nettleser_get_is(old, "/min-konto", 303); /* whoever was in with the old one is out */
    nettleser_post_is(old, "/logg-inn", "epost=" FS_EMAIL "&passord=" PASSWORD, 422);
    nettleser_get_is(admin, path, 404);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon WHERE act IN "
                                         "('innlogging.glemt', 'innlogging.passord')"),
                    ==, 2);
}

static void the_trial_mail_goes_to_who_asks(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) admin = signed_in(app, AD_EMAIL), head = signed_in(app, FS_EMAIL);
    g_autoptr(Reply) before = nettleser_post(admin, "/innstillinger/e-post/prove", "");

    g_assert_cmpstr(before->location, ==, "/innstillinger/e-post");
    g_autoptr(TestSmtp) smtp = mail_on(admin);

    if (!smtp)
        return;
    nettleser_post_is(head, "/innstillinger/e-post/prove", "", 403);
    /* where to is not for the form to say */
    g_autoptr(Reply) sent =
        nettleser_post(admin, "/innstillinger/e-post/prove", "til=andre@prove.example");
    json_t *mail = test_smtp_next(smtp);

    g_assert_cmpint(sent->status, ==, 200);
    g_assert_nonnull(strstr(sent->body, AD_EMAIL));
    g_assert_cmpuint(json_array_size(json_object_get(mail, "to")), ==, 1);
    g_assert_cmpstr(json_string_value(json_array_get(json_object_get(mail, "to"), 0)), ==,
                    AD_EMAIL);
    json_decref(mail);
}

/* --- what is kept --- */

static char *data_of(TestApp *app, int64_t person)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    json_t *into = json_object();

    tilgang_person_data(app->db, arena, 1, person, into, &why);
    g_assert_no_error(why);
    char *text = json_dumps(into, 0);

    json_decref(into);
    return text;
}

static void ones_data_is_ones_own(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) lr = signed_in(app, LR_EMAIL);

    g_assert_nonnull(lr->session);
    g_autofree char *mine = data_of(app, nettleser_person(app, LR_EMAIL));
    g_autofree char *other = data_of(app, nettleser_person(app, FS_EMAIL));

    g_assert_nonnull(strstr(mine, LR_EMAIL));
    g_assert_nonnull(strstr(mine, "2020-01-01"));
    g_assert_nonnull(strstr(mine, "\"okter\": [{"));
    g_assert_null(strstr(mine, FS_EMAIL));
    g_assert_nonnull(strstr(other, FS_EMAIL));
    g_assert_null(strstr(other, LR_EMAIL));
    g_assert_nonnull(strstr(other, "\"okter\": []"));
    g_assert_null(strstr(mine, PASSWORD));
    g_assert_null(strstr(mine, "argon2"));
}

static int64_t run_rule(TestApp *app, const char *code, int64_t before, bool dry)
{
    for (const Retention *r = tilgang_slice.retention; r->code; r++) {
        int64_t n = -1;

        if (strcmp(r->code, code))
            continue;
        g_assert_true(r->run(app->db, 1, before, dry, &n, NULL));
        return n;
    }
    g_error("no rule %s", code);
}

static void what_is_old_is_forgotten(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) old = nettleser_new(app), young = nettleser_new(app);
    const Link link = { .owner = 1,
                        .person = nettleser_person(app, LR_EMAIL),
                        .kind = LINK_INVITATION };
    char token[AUTH_TOKEN_SIZE];

    nettleser_sign_in(young, FS_EMAIL, PASSWORD);
    old->now -= 2 * G_TIME_SPAN_DAY;
    nettleser_sign_in(old, LR_EMAIL, PASSWORD);
    const int64_t yesterday = young->now - G_TIME_SPAN_DAY;

    g_assert_cmpint(run_rule(app, "sesjon", yesterday, true), ==, 1);
    nettleser_get_is(old, "/min-konto", 200);
    g_assert_cmpint(run_rule(app, "sesjon", yesterday, false), ==, 1);
    nettleser_get_is(old, "/min-konto", 303);
    nettleser_get_is(young, "/min-konto", 200);
    g_assert_cmpint(run_rule(app, "sesjon", yesterday, false), ==, 0);
    /* links: by the day they ended */
    g_assert_true(tilgang_link_new(app->db, &link, 1, token, NULL));
    g_assert_cmpint(run_rule(app, "invitasjon", LINK_INVITATION_LIFE, false), ==, 0);
    g_assert_cmpint(run_rule(app, "invitasjon", LINK_INVITATION_LIFE + 2, false), ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM innlogging_lenke"), ==, 0);
}

static int64_t readings(TestApp *app, const char *about)
{
    g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) AS n FROM revisjon WHERE "
                                           "act = 'innsyn.person' AND subject = %" G_GINT64_FORMAT,
                                           nettleser_person(app, about));

    return test_db_int(app->db, g_intern_string(sql));
}

static char *page_of(TestApp *app, const char *email)
{
    char id[ID_TEXT];

    return g_strdup_printf("/personer/%s", id_text(nettleser_person(app, email), id));
}

static void who_looks_at_anothers_page_leaves_a_line(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) lr = signed_in(app, LR_EMAIL), fs = signed_in(app, FS_EMAIL);
    g_autofree char *teacher = page_of(app, LR_EMAIL), *head = page_of(app, FS_EMAIL);

    nettleser_get_is(lr, teacher, 200);
    g_assert_cmpint(readings(app, LR_EMAIL), ==, 0); /* one's own */
    nettleser_get_is(fs, teacher, 200);
    nettleser_get_is(fs, teacher, 200); /* the same look */
    g_assert_cmpint(readings(app, LR_EMAIL), ==, 1);
    g_assert_cmpint(readings(app, FS_EMAIL), ==, 0);
    g_autoptr(Reply) mine = nettleser_get(lr, "/mine-data");

    g_assert_nonnull(strstr(mine->body, "Frida Fagsjef"));
    g_autoptr(Reply) hers = nettleser_get(fs, "/mine-data");

    g_assert_null(strstr(hers->body, "Lise Lærer"));
    g_assert_nonnull(head);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/tilgang/emergency/posts", break_glass_posts_nothing_anywhere);
    g_test_add_func("/tilgang/session/planted", a_planted_session_is_not_taken_over);
    g_test_add_func("/tilgang/session/not-kept", private_pages_are_not_kept);
    g_test_add_func("/tilgang/role/leads-to", a_switch_leads_to_pages_of_ours_alone);
    g_test_add_func("/tilgang/role/two-steps",
                    a_role_that_demands_two_steps_is_not_switched_into_without);
    g_test_add_func("/tilgang/forgotten/mailed", a_lost_password_comes_back_by_mail);
    g_test_add_func("/tilgang/mail/trial", the_trial_mail_goes_to_who_asks);
    g_test_add_func("/tilgang/data/own", ones_data_is_ones_own);
    g_test_add_func("/tilgang/retention/old", what_is_old_is_forgotten);
    g_test_add_func("/tilgang/person/looked-at", who_looks_at_anothers_page_leaves_a_line);
    return g_test_run();
}
