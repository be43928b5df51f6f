/* test-varsel.c - mail from the outbox to a real SMTP server, and the page where it is set up.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "varsel.h"
#include "jobb.h"
#include "mail.h"
#include "testing-db.h"
#include "testing-smtp.h"

#define NOON INT64_C(1795435200000000) /* the clock of TestApp's requests */

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&varsel_slice, PERM_MAIL_SETUP, PERM_PUBLIC);

    db_set_owner(app->db, 1);
    return g_steal_pointer(&app);
}

static void set_up(TestApp *app, int port, const char *more)
{
    g_autofree char *body =
        g_strdup_printf("server=127.0.0.1&port=%d&kryptering=open&avsender=ikke-svar@prove.example"
                        "&adresse=https%%3A%%2F%%2Foppvekst.prove.example%%2F%s",
                        port, more);
    g_autoptr(Reply) reply = test_post(app, "/innstillinger/e-post", body);

    g_assert_cmpint(reply->status, ==, 303);
}

static void add(TestApp *app, const char *key)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Arena) arena = arena_new();
    g_autofree char *text =
        g_strdup_printf("Gå til %s\n", varsel_link(app->db, arena, "/hjem?x=1"));
    const VarselNew mail = { .owner = 1,
                             .to = "se@prove.example",
                             .to_name = "Åse",
                             .subject = "Rapporten venter på deg",
                             .text = text,
                             .key = key };

    varsel_add(app->db, &mail, NOON, &error);
    g_assert_no_error(error);
}

static int run_at(TestApp *app, int64_t now)
{
    g_autoptr(GError) error = NULL;
    int n = 0;

    jobb_run_due(app->db, now, &n, &error);
    g_assert_no_error(error);
    db_set_owner(app->db, 1);
    return n;
}

static int64_t count(TestApp *app, const char *state)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT COUNT(*) AS n FROM varsel WHERE state = '%s'", state);

    return test_db_int(app->db, g_intern_string(sql));
}

/* --- the way out --- */

static void what_is_added_arrives_once(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(TestSmtp) smtp = test_smtp_new(NULL);

    if (!smtp)
        return;
    set_up(app, test_smtp_port(smtp), "");
    add(app, "rapport 7");
    add(app, "rapport 7");
    g_assert_cmpint(count(app, "venter"), ==, 1);
    /* the text is not readable in the database while it waits */
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM varsel WHERE content LIKE "
                                         "'%hjem%'"),
                    ==, 0);
    g_assert_cmpint(run_at(app, NOON), ==, 1);
    json_t *mail = test_smtp_next(smtp);

    g_assert_cmpstr(test_smtp_text(mail, "subject"), ==, "Rapporten venter på deg");
    g_assert_cmpstr(test_smtp_text(mail, "text"), ==,
                    "Gå til https://oppvekst.prove.example/hjem?x=1\n");
    g_assert_cmpstr(test_smtp_text(mail, "from_name"), ==, "Prøve kommune");
    g_assert_cmpstr(test_smtp_text(mail, "to_name"), ==, "Åse");
    json_decref(mail);
    g_assert_cmpint(count(app, "sendt"), ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM varsel WHERE content <> ''"),
                    ==, 0);
    add(app, "rapport 7"); /* the key holds after it is sent */
    g_assert_cmpint(run_at(app, NOON + G_TIME_SPAN_HOUR), ==, 0);
}

static void a_server_that_is_down_gets_it_when_it_is_up(void)
{
    g_autoptr(TestApp) app = app_new();
    int port = test_smtp_free_port();
    g_autofree char *number = g_strdup_printf("%d", port);
    const char *const options[] = { "--port", number, NULL };

    set_up(app, port, "");
    add(app, NULL);
    run_at(app, NOON);
    g_assert_cmpint(count(app, "venter"), ==, 1);
    g_autoptr(Reply) page = test_get(app, "/innstillinger/e-post");
    g_assert_nonnull(strstr(page->body, "Nobody answers at that server and port."));
    g_autoptr(TestSmtp) smtp = test_smtp_new(options);
    if (!smtp)
        return;
    run_at(app, NOON + G_TIME_SPAN_HOUR);
    json_t *mail = test_smtp_next(smtp);
    g_assert_cmpstr(test_smtp_text(mail, "subject"), ==, "Rapporten venter på deg");
    json_decref(mail);
    g_assert_cmpint(count(app, "sendt"), ==, 1);
}

static void what_cannot_be_delivered_fails_and_is_sent_again(void)
{
    static const char *const refuses[] = { "--refuse", "se@prove.example", NULL };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(TestSmtp) strict = test_smtp_new(refuses), smtp = test_smtp_new(NULL);
    char id[ID_TEXT];

    if (!smtp)
        return;
    set_up(app, test_smtp_port(strict), "");
    add(app, NULL);
    run_at(app, NOON);
    g_assert_cmpint(count(app, "feilet"), ==, 1); /* 550: no later try helps */
    g_assert_cmpint(run_at(app, NOON + G_TIME_SPAN_DAY), ==, 0);
    g_autoptr(Reply) page = test_get(app, "/innstillinger/e-post");
    g_assert_nonnull(strstr(page->body, "The server does not take mail for that address."));
    set_up(app, test_smtp_port(smtp), "");
    g_autofree char *again =
        g_strdup_printf("/innstillinger/e-post/%s/igjen",
                        id_text(test_db_int(app->db, "SELECT id AS n FROM varsel"), id));
    g_autoptr(Reply) once = test_post(app, again, "");
    g_autoptr(Reply) twice = test_post(app, again, ""); /* a double click */
    g_assert_cmpint(once->status, ==, 303);
    g_assert_cmpint(twice->status, ==, 303);
    g_assert_cmpint(run_at(app, NOON + G_TIME_SPAN_DAY), ==, 1);
    json_decref(test_smtp_next(smtp));
    g_assert_cmpint(count(app, "sendt"), ==, 1);
}

static void after_the_last_try_it_has_failed(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t now = NOON;

    set_up(app, test_smtp_free_port(), "");
    add(app, NULL);
    for (int i = 0; i < 12 && count(app, "feilet") == 0; i++, now += 2 * G_TIME_SPAN_HOUR)
        run_at(app, now);
    g_assert_cmpint(count(app, "feilet"), ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT tries AS n FROM varsel"), ==, 10);
}

static void without_a_set_up_nothing_is_kept(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Arena) arena = arena_new();
    bool on = true;

    g_assert_true(varsel_on(app->db, 1, &on, &error));
    g_assert_false(on);
    add(app, NULL);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM varsel"), ==, 0);
    g_assert_cmpstr(varsel_link(app->db, arena, "/hjem"), ==, "/hjem");
    const VarselNew bad = { .owner = 1, .to = "a@b\r\nBcc: c@d", .subject = "x", .text = "x" };
    g_assert_false(varsel_add(app->db, &bad, NOON, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_clear_error(&error);
    const VarselNew lines = {
        .owner = 1, .to = "a@b.example", .subject = "x\nBcc: c@d.example", .text = "x"
    };
    g_assert_false(varsel_add(app->db, &lines, NOON, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static void the_settings_file_will_do_and_the_page_goes_first(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(TestSmtp) smtp = test_smtp_new(NULL);
    g_autoptr(Arena) arena = arena_new();
    const MailDefaults none = { 0 };

    if (!smtp)
        return;
    const MailDefaults file = {
        .server = { .server = "127.0.0.1", .port = test_smtp_port(smtp) },
        .sender = "fil@prove.example",
        .base_url = "https://fil.example/",
    };
    mail_defaults_set(&file);
    g_assert_cmpstr(varsel_link(app->db, arena, "/x"), ==, "https://fil.example/x");
    add(app, NULL);
    run_at(app, NOON);
    json_t *mail = test_smtp_next(smtp);
    g_assert_cmpstr(test_smtp_text(mail, "from"), ==, "fil@prove.example");
    json_decref(mail);
    set_up(app, test_smtp_port(smtp), "");
    add(app, NULL);
    run_at(app, NOON);
    mail = test_smtp_next(smtp);
    g_assert_cmpstr(test_smtp_text(mail, "from"), ==, "ikke-svar@prove.example");
    json_decref(mail);
    mail_defaults_set(&none);
}

/* --- the page --- */

static void the_password_is_never_shown_nor_sent_elsewhere(void)
{
    static const char *const options[] = { "--user", "post", "--password", "hemmelig-77", NULL };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(TestSmtp) smtp = test_smtp_new(options);

    if (!smtp)
        return;
    set_up(app, test_smtp_port(smtp), "&bruker=post&epostpassord=hemmelig-77");
    g_autoptr(Reply) page = test_get(app, "/innstillinger/e-post");
    g_assert_null(strstr(page->body, "hemmelig-77"));
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM varsel_oppsett WHERE password "
                                         "LIKE '%hemmelig%'"),
                    ==, 0);
    set_up(app, test_smtp_port(smtp), "&bruker=post"); /* kept */
    add(app, NULL);
    run_at(app, NOON);
    json_t *mail = test_smtp_next(smtp);
    g_assert_cmpstr(test_smtp_text(mail, "user"), ==, "post");
    json_decref(mail);
    g_autoptr(Reply) elsewhere = test_post(app, "/innstillinger/e-post",
                                           "server=ond.example&port=587&kryptering=open&bruker=post"
                                           "&avsender=ikke-svar@prove.example");
    g_assert_cmpint(elsewhere->status, ==, 422);
    g_assert_nonnull(strstr(elsewhere->body, "Type the password again"));
}

static void a_wrong_password_waits_and_says_so(void)
{
    static const char *const options[] = { "--user", "post", "--password", "hemmelig-77", NULL };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(TestSmtp) smtp = test_smtp_new(options);

    if (!smtp)
        return;
    set_up(app, test_smtp_port(smtp), "&bruker=post&epostpassord=feil");
    add(app, NULL);
    run_at(app, NOON);
    g_autoptr(Reply) page = test_get(app, "/innstillinger/e-post");
    g_assert_nonnull(strstr(page->body, "The server did not take the user name and the password."));
    set_up(app, test_smtp_port(smtp), "&bruker=post&epostpassord=hemmelig-77");
    run_at(app, NOON + G_TIME_SPAN_HOUR);
    json_decref(test_smtp_next(smtp));
    g_assert_cmpint(count(app, "sendt"), ==, 1);
}

static void what_makes_no_sense_is_not_stored(void)
{
    static const char *const bad[] = {
        "server=smtp.example%2Fx&port=25&kryptering=open&avsender=a@b.example",
        "server=smtp.example&port=0&kryptering=open&avsender=a@b.example",
        "server=smtp.example&port=25&kryptering=rot13&avsender=a@b.example",
        "server=smtp.example&port=25&kryptering=open&avsender=a",
        "server=smtp.example&port=25&kryptering=open",
        "server=smtp.example&kryptering=open&avsender=a@b.example",
        "kryptering=open&port=25&adresse=javascript%3Aalert(1)",
        "kryptering=open&port=25&adresse=https%3A%2F%2Fx.example%2Fsti",
    };
    g_autoptr(TestApp) app = app_new();

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(Reply) reply = test_post(app, "/innstillinger/e-post", bad[i]);

        g_assert_cmpint(reply->status, ==, 422);
    }
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM varsel_oppsett"), ==, 0);
}

static void old_lines_are_forgotten(void)
{
    const Retention *rule = varsel_slice.retention;
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    int64_t n = -1;

    set_up(app, test_smtp_free_port(), "");
    add(app, NULL);
    add(app, NULL);
    test_db_exec(app->db,
                 "UPDATE varsel SET state = 'sendt' WHERE id = (SELECT MAX(id) FROM varsel)", NULL);
    g_assert_true(rule->run(app->db, 1, NOON, false, &n, &error));
    g_assert_cmpint(n, ==, 0);
    g_assert_true(rule->run(app->db, 1, NOON + 1, true, &n, &error));
    g_assert_cmpint(n, ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM varsel"), ==, 2);
    g_assert_true(rule->run(app->db, 1, NOON + 1, false, &n, &error));
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM varsel"), ==, 1);
    g_assert_cmpint(count(app, "venter"), ==, 1); /* what waits stays */
}

static void ones_own_mails_are_in_ones_own_data(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    json_t *mine = json_object(), *others = json_object();
    const char *subject = NULL, *to = NULL;
    const VarselNew mail = { .owner = 1,
                             .person = 77,
                             .to = "kari@eide.example",
                             .subject = "Noe venter",
                             .text = "https://x.example/invitasjon/hemmelig" };

    set_up(app, test_smtp_free_port(), "");
    add(app, NULL); /* to somebody unknown */
    g_assert_true(varsel_add(app->db, &mail, NOON, &error));
    g_assert_true(varsel_slice.person_data(app->db, arena, 1, 77, mine, &error));
    g_assert_true(varsel_slice.person_data(app->db, arena, 1, 78, others, &error));
    json_t *list = json_object_get(mine, "epost_sendt");
    g_autofree char *all = json_dumps(mine, 0);

    g_assert_cmpuint(json_array_size(list), ==, 1);
    g_assert_cmpint(
        json_unpack(json_array_get(list, 0), "{s:s, s:s}", "emne", &subject, "til", &to), ==, 0);
    g_assert_cmpstr(subject, ==, "Noe venter");
    g_assert_cmpstr(to, ==, "kari@eide.example");
    g_assert_true(json_is_null(json_object_get(json_array_get(list, 0), "sendt")));
    g_assert_null(strstr(all, "hemmelig"));
    g_assert_cmpuint(json_array_size(json_object_get(others, "epost_sendt")), ==, 0);
    json_decref(mine);
    json_decref(others);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/varsel/send/once", what_is_added_arrives_once);
    g_test_add_func("/varsel/send/down-then-up", a_server_that_is_down_gets_it_when_it_is_up);
    g_test_add_func("/varsel/send/again", what_cannot_be_delivered_fails_and_is_sent_again);
    g_test_add_func("/varsel/send/last-try", after_the_last_try_it_has_failed);
    g_test_add_func("/varsel/send/off", without_a_set_up_nothing_is_kept);
    g_test_add_func("/varsel/send/settings-file",
                    the_settings_file_will_do_and_the_page_goes_first);
    g_test_add_func("/varsel/page/password", the_password_is_never_shown_nor_sent_elsewhere);
    g_test_add_func("/varsel/page/wrong-password", a_wrong_password_waits_and_says_so);
    g_test_add_func("/varsel/page/refused", what_makes_no_sense_is_not_stored);
    g_test_add_func("/varsel/retention/old", old_lines_are_forgotten);
    g_test_add_func("/varsel/mine/own", ones_own_mails_are_in_ones_own_data);
    return g_test_run();
}
