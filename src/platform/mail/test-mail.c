/* test-mail.c - the bytes of a mail, and its way to a real SMTP server and to none.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mail.h"
#include "testing-smtp.h"

#define AT INT64_C(1795435200000000) /* 2026-11-23 12:00 UTC, a Monday */

static Mail simple(void)
{
    return (Mail){ .from = "ikke-svar@prove.example",
                   .to = "kari@prove.example",
                   .subject = "Something waits",
                   .text = "One line.\n",
                   .id = "abc123",
                   .at = AT };
}

/* --- the bytes --- */

static void a_plain_mail_is_these_bytes(void)
{
    const Mail mail = simple();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = mail_compose(&mail, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(text, ==,
                    "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\n"
                    "From: <ikke-svar@prove.example>\r\n"
                    "To: <kari@prove.example>\r\n"
                    "Subject: Something waits\r\n"
                    "Message-ID: <abc123@prove.example>\r\n"
                    "MIME-Version: 1.0\r\n"
                    "Content-Type: text/plain; charset=UTF-8\r\n"
                    "Content-Transfer-Encoding: quoted-printable\r\n"
                    "Auto-Submitted: auto-generated\r\n"
                    "\r\n"
                    "One line.\r\n");
}

static void names_and_subjects_become_encoded_words(void)
{
    Mail mail = simple();
    g_autoptr(GError) error = NULL;

    mail.from_name = "Prøve kommune";
    mail.to_name = "Kari \"K\" Nordmann";
    mail.subject = "Møtet om årsrapporten for skolene i Prøve kommune er flyttet";
    g_autofree char *text = mail_compose(&mail, &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(text, "From: =?UTF-8?B?UHLDuHZlIGtvbW11bmU=?=\r\n"
                                  " <ikke-svar@prove.example>\r\n"));
    g_assert_nonnull(strstr(text, "To: \"Kari \\\"K\\\" Nordmann\"\r\n <kari@prove.example>\r\n"));
    g_assert_nonnull(strstr(text,
                            "Subject: "
                            "=?UTF-8?B?TcO4dGV0IG9tIMOlcnNyYXBwb3J0ZW4gZm9yIHNrb2xlbmUgaSBQ?=\r\n"
                            " =?UTF-8?B?csO4dmUga29tbXVuZSBlciBmbHl0dGV0?=\r\n"));
}

/* No encoded word is longer than RFC 2047 allows, and none cuts a character in two. */
static void long_subjects_are_cut_between_characters(void)
{
    Mail mail = simple();
    g_autoptr(GString) subject = g_string_new(NULL);
    g_autoptr(GString) back = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 60; i++)
        g_string_append(subject, i % 3 ? "ø" : "€");
    mail.subject = subject->str;
    g_autofree char *text = mail_compose(&mail, &error);
    g_assert_no_error(error);
    for (char *p = strstr(text, "=?UTF-8?B?"); p; p = strstr(p, "=?UTF-8?B?")) {
        g_autofree char *word = g_strndup(p, strcspn(p, "\r"));
        gsize size;

        g_assert_cmpuint(strlen(word), <=, 75);
        word[strlen(word) - 2] = '\0';
        g_autofree guchar *bytes = g_base64_decode(word + 10, &size);
        g_assert_true(g_utf8_validate((char *)bytes, (gssize)size, NULL));
        g_string_append_len(back, (char *)bytes, (gssize)size);
        p += 10;
    }
    g_assert_cmpstr(back->str, ==, subject->str);
}

static void the_text_is_quoted_printable(void)
{
    Mail mail = simple();
    g_autoptr(GError) error = NULL;

    mail.text = "Blåbær = 3\nslutt på blank \n.punktum\r\n\n"
                "0123456789012345678901234567890123456789012345678901234567890123456789012345\n"
                "01234567890123456789012345678901234567890123456789012345678901234567890123456";
    g_autofree char *text = mail_compose(&mail, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(
        strstr(text, "\r\n\r\n") + 4, ==,
        "Bl=C3=A5b=C3=A6r =3D 3\r\n"
        "slutt p=C3=A5 blank=20\r\n"
        ".punktum\r\n"
        "\r\n"
        "0123456789012345678901234567890123456789012345678901234567890123456789012345\r\n"
        "012345678901234567890123456789012345678901234567890123456789012345678901234=\r\n"
        "56\r\n");
}

static void no_value_begins_another_field(void)
{
    static const struct {
        const char *from, *to, *subject, *name, *id;
    } bad[] = {
        { "a@b.example\r\nBcc: c@d.example", "c@d.example", "x", "", "1" },
        { "a@b.example", "c@d.example>\r\nBcc: <e@f.example", "x", "", "1" },
        { "a@b.example", "c@d.example, e@f.example", "x", "", "1" },
        { "a@b.example", "c d@e.example", "x", "", "1" },
        { "a@b.example", "c@d.example", "x\r\nBcc: e@f.example", "", "1" },
        { "a@b.example", "c@d.example", "x\ny", "", "1" },
        { "a@b.example", "c@d.example", "x", "n\r\nBcc: e@f.example", "1" },
        { "a@b.example", "c@d.example", "x\xff", "", "1" },
        { "a@b.example", "c@d.example", "x", "", "1>\r\n" },
        { "a@b.example", "c@d.example", "x", "", "" },
        { "a@b.example", "@d.example", "x", "", "1" },
        { "a@b.example", "c@", "x", "", "1" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        Mail mail = simple();
        g_autoptr(GError) error = NULL;

        mail.from = bad[i].from;
        mail.to = bad[i].to;
        mail.subject = bad[i].subject;
        mail.to_name = bad[i].name;
        mail.id = bad[i].id;
        g_autofree char *text = mail_compose(&mail, &error);
        g_assert_null(text);
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    }
}

/* --- the way --- */

static void send_fails(const MailServer *server, const Mail *mail, MailTrouble want, bool lasting)
{
    g_autoptr(GError) error = NULL;
    MailResult result;

    g_assert_false(mail_send(server, mail, &result, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
    g_test_message("%s", result.answer);
    g_assert_cmpstr(mail_trouble_code(result.trouble), ==, mail_trouble_code(want));
    g_assert_cmpint(result.lasting, ==, lasting);
}

static void what_is_sent_arrives(void)
{
    g_autoptr(TestSmtp) smtp = test_smtp_new(NULL);
    g_autoptr(GError) error = NULL;
    Mail mail = simple();
    MailResult result;

    if (!smtp)
        return;
    const MailServer server = { .server = "127.0.0.1", .port = test_smtp_port(smtp) };

    mail.from_name = "Prøve kommune";
    mail.to_name = "Åse, rektor";
    mail.subject = "Årsrapporten «Bud skule» er på vei til formannskapet – og litt til 🎒";
    mail.text = "Hei!\n\n.Linja begynner med punktum og er veldig lang: "
                "æøå æøå æøå æøå æøå æøå æøå æøå æøå æøå æøå æøå æøå æøå æøå æøå \n\nSlutt = nå\n";
    g_assert_true(mail_send(&server, &mail, &result, &error));
    g_assert_no_error(error);
    g_assert_cmpint(result.trouble, ==, MAIL_FINE);
    json_t *got = test_smtp_next(smtp);

    g_assert_cmpstr(test_smtp_text(got, "subject"), ==, mail.subject);
    g_assert_cmpstr(test_smtp_text(got, "from"), ==, mail.from);
    g_assert_cmpstr(test_smtp_text(got, "header_from"), ==, mail.from);
    g_assert_cmpstr(test_smtp_text(got, "from_name"), ==, mail.from_name);
    g_assert_cmpstr(test_smtp_text(got, "to_name"), ==, mail.to_name);
    g_assert_cmpstr(test_smtp_text(got, "text"), ==, mail.text);
    g_assert_cmpstr(test_smtp_text(got, "id"), ==, "<abc123@prove.example>");
    g_assert_cmpstr(test_smtp_text(got, "date"), ==, "2026-11-23T12:00:00+00:00");
    g_assert_cmpstr(json_string_value(json_array_get(json_object_get(got, "to"), 0)), ==, mail.to);
    g_assert_cmpint(json_integer_value(json_object_get(got, "longest")), <=, 76);
    json_decref(got);
}

static void a_user_signs_in_with_the_right_password_alone(void)
{
    static const char *const options[] = { "--user", "post", "--password", "pære-1", NULL };
    g_autoptr(TestSmtp) smtp = test_smtp_new(options);
    g_autoptr(GError) error = NULL;
    const Mail mail = simple();
    MailResult result;

    if (!smtp)
        return;
    MailServer server = {
        .server = "127.0.0.1", .port = test_smtp_port(smtp), .user = "post", .password = "feil"
    };

    send_fails(&server, &mail, MAIL_LOGIN, false);
    server.password = "pære-1";
    g_assert_true(mail_send(&server, &mail, &result, &error));
    g_assert_no_error(error);
    json_t *got = test_smtp_next(smtp);
    g_assert_cmpstr(test_smtp_text(got, "user"), ==, "post");
    json_decref(got);
}

static void what_goes_wrong_has_a_name(void)
{
    static const char *const options[] = { "--refuse", "kari@prove.example", NULL };
    g_autoptr(TestSmtp) smtp = test_smtp_new(options);
    const Mail mail = simple();
    MailServer server = { .server = "finnes-ikke.invalid", .port = 25, .seconds = 5 };

    send_fails(&server, &mail, MAIL_NO_HOST, false);
    server = (MailServer){ .server = "127.0.0.1", .port = test_smtp_free_port(), .seconds = 5 };
    send_fails(&server, &mail, MAIL_REFUSED, false);
    if (!smtp)
        return;
    server.port = test_smtp_port(smtp);
    send_fails(&server, &mail, MAIL_BAD_RECEIVER, true);
    server.security = MAIL_STARTTLS; /* which it does not offer */
    send_fails(&server, &mail, MAIL_NO_TLS, false);
}

/* A certificate for the name localhost, made for this test; false when openssl is not here. */
static bool make_certificate(const char *dir, char **ret_cert, char **ret_key)
{
    g_autofree char *cert = g_build_filename(dir, "cert.pem", NULL);
    g_autofree char *key = g_build_filename(dir, "key.pem", NULL);
    const char *const argv[] = { "openssl",  "req",
                                 "-x509",    "-newkey",
                                 "rsa:2048", "-nodes",
                                 "-days",    "2",
                                 "-subj",    "/CN=localhost",
                                 "-addext",  "subjectAltName=DNS:localhost",
                                 "-keyout",  key,
                                 "-out",     cert,
                                 NULL };
    int status = -1;

    if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                      NULL, NULL, NULL, NULL, &status, NULL) ||
        status)
        return false;
    *ret_cert = g_steal_pointer(&cert);
    *ret_key = g_steal_pointer(&key);
    return true;
}

/* Over TLS, begun at once or by STARTTLS, and only with a certificate that is trusted. */
static void encrypted_with(bool at_once)
{
    g_autofree char *dir = g_dir_make_tmp("oppvekst-mail-XXXXXX", NULL);
    g_autofree char *cert = NULL, *key = NULL;
    g_autoptr(GError) error = NULL;
    const Mail mail = simple();
    MailResult result;

    if (!make_certificate(dir, &cert, &key)) {
        g_test_skip("openssl is not installed");
        return;
    }
    const char *const options[] = { "--cert", cert, "--key", key, at_once ? "--tls" : NULL, NULL };
    g_autoptr(TestSmtp) smtp = test_smtp_new(options);

    if (smtp) {
        MailServer server = { .server = "localhost",
                              .port = test_smtp_port(smtp),
                              .security = at_once ? MAIL_TLS : MAIL_STARTTLS };

        send_fails(&server, &mail, MAIL_CERTIFICATE, false);
        server.ca_file = cert;
        g_assert_true(mail_send(&server, &mail, &result, &error));
        g_assert_no_error(error);
        json_t *got = test_smtp_next(smtp);
        g_assert_true(json_is_true(json_object_get(got, "encrypted")));
        json_decref(got);
    }
    remove(cert);
    remove(key);
    remove(dir);
}

static void starttls_and_its_certificate(void)
{
    encrypted_with(false);
}

static void tls_and_its_certificate(void)
{
    encrypted_with(true);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mail/compose/plain", a_plain_mail_is_these_bytes);
    g_test_add_func("/mail/compose/words", names_and_subjects_become_encoded_words);
    g_test_add_func("/mail/compose/long-subject", long_subjects_are_cut_between_characters);
    g_test_add_func("/mail/compose/quoted-printable", the_text_is_quoted_printable);
    g_test_add_func("/mail/compose/injection", no_value_begins_another_field);
    g_test_add_func("/mail/send/arrives", what_is_sent_arrives);
    g_test_add_func("/mail/send/sign-in", a_user_signs_in_with_the_right_password_alone);
    g_test_add_func("/mail/send/trouble", what_goes_wrong_has_a_name);
    g_test_add_func("/mail/send/starttls", starttls_and_its_certificate);
    g_test_add_func("/mail/send/tls", tls_and_its_certificate);
    return g_test_run();
}
