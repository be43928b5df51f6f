/* testing-nettleser.c - requests as a browser sends them, answered as the server answers.
 * Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-nettleser.h"
#include "dispatch.h"
#include "person.h"
#include "revisjon.h"
#include "testing-db.h"
#include "tilgang.h"

#define VISITOR "testvisitor0123456789"

static bool owner_info(const void *data, Db *db, Arena *arena, int64_t owner, OwnerInfo *ret,
                       GError **error)
{
    (void)data;
    (void)db;
    (void)arena;
    (void)owner;
    (void)error;
    *ret = (OwnerInfo){ .name = "Prøve kommune", .language = "nb" };
    return true;
}

Nettleser *nettleser_new(TestApp *app)
{
    const WebHooks hooks = { .session_user = tilgang_session_user,
                             .owner_info = owner_info,
                             .note = revisjon_note };
    Nettleser *browser = g_new0(Nettleser, 1);
    g_autoptr(GError) error = NULL;

    browser->app = app;
    browser->now = NETTLESER_NOON;
    browser->client = "127.0.0.1";
    browser->db = db_open(app->store, &error);
    g_assert_no_error(error);
    browser->web = web_new(app_slices, &hooks, &error);
    g_assert_no_error(error);
    memset(browser->web->secret, 7, sizeof browser->web->secret); /* one server, many browsers */
    return browser;
}

void nettleser_free(Nettleser *browser)
{
    if (!browser)
        return;
    web_free(browser->web);
    db_close(browser->db);
    g_free(browser->session);
    g_free(browser);
}

/* What the reply says of the session cookie. */
static void keep_cookie(Nettleser *browser, const char *value)
{
    const char *p = value + strlen(COOKIE_SESSION "=");

    if (!g_str_has_prefix(value, COOKIE_SESSION "="))
        return;
    g_free(browser->session);
    browser->session = *p == ';' ? NULL : g_strndup(p, strcspn(p, ";"));
}

static Reply *take(Nettleser *browser, Outgoing *out)
{
    g_autoptr(GString) all = g_string_new(NULL);
    Reply *reply = g_new0(Reply, 1);

    for (guint i = 0; i + 1 < out->headers->len; i += 2) {
        const char *name = out->headers->pdata[i], *value = out->headers->pdata[i + 1];

        g_string_append_printf(all, "%s: %s\n", name, value);
        if (!strcmp(name, "Set-Cookie"))
            keep_cookie(browser, value);
        if (!strcmp(name, "Location"))
            reply->location = g_strdup(value);
    }
    reply->status = out->status;
    reply->headers = g_strdup(all->str);
    reply->size = out->size;
    reply->body = g_malloc0(out->size + 1);
    if (out->size)
        memcpy(reply->body, out->shared ? g_bytes_get_data(out->shared, NULL) : out->data,
               out->size);
    return reply;
}

static Reply *ask(Nettleser *browser, const char *method, const char *path, const char *body)
{
    g_auto(Outgoing) out = { 0 };
    g_autofree char *cookie = g_strdup_printf(
        COOKIE_VISITOR "=" VISITOR "; " COOKIE_LANGUAGE "=en%s%s",
        browser->session ? "; " COOKIE_SESSION "=" : "", browser->session ? browser->session : "");
    g_autofree char *copy = g_strndup(path, strcspn(path, "?"));
    const Pair headers[] = { { "Host", "localhost:8080" },
                             { "Cookie", cookie },
                             { "Content-Type", "application/x-www-form-urlencoded" } };
    const Incoming in = { .method = method,
                          .path = copy,
                          .query = strchr(path, '?') ? strchr(path, '?') + 1 : "",
                          .headers = headers,
                          .n_headers = body ? 3 : 2,
                          .body = body ? body : "",
                          .body_size = body ? strlen(body) : 0,
                          .client = browser->client,
                          .now = browser->now,
                          .id = "test" };

    web_dispatch(browser->web, browser->db, &in, &out);
    if (out.trouble)
        g_test_message("%s %s -> %d: %s", method, path, out.status, out.trouble);
    return take(browser, &out);
}

Reply *nettleser_get(Nettleser *browser, const char *path)
{
    return ask(browser, "GET", path, NULL);
}

Reply *nettleser_post(Nettleser *browser, const char *path, const char *body)
{
    char token[CSRF_TEXT];

    web_csrf(browser->web, "visitor", VISITOR, token);
    g_autofree char *full = g_strdup_printf("%s%scsrf=%s", body, *body ? "&" : "", token);

    return ask(browser, "POST", path, full);
}

void nettleser_sign_in(Nettleser *browser, const char *email, const char *password)
{
    g_autofree char *body = g_strdup_printf("epost=%s&passord=%s", email, password);
    g_autoptr(Reply) reply = nettleser_post(browser, "/logg-inn", body);

    g_assert_cmpint(reply->status, ==, 303);
    g_assert_cmpstr(reply->location, ==, "/hjem");
}

void nettleser_get_is(Nettleser *browser, const char *path, int status)
{
    g_autoptr(Reply) reply = nettleser_get(browser, path);

    g_assert_cmpint(reply->status, ==, status);
}

void nettleser_post_is(Nettleser *browser, const char *path, const char *body, int status)
{
    g_autoptr(Reply) reply = nettleser_post(browser, path, body);

    if (reply->status != status)
        g_test_message("%s", reply->body);
    g_assert_cmpint(reply->status, ==, status);
}

int64_t nettleser_add_user(TestApp *app, const char *name, const char *email, const char *role)
{
    g_autoptr(GError) error = NULL;
    int64_t person;

    person_add(app->db, 1, name, "syntetisk", 1, &person, &error);
    g_assert_no_error(error);
    tilgang_add_login(app->db, 1, person, email, NETTLESER_PASSWORD, 1, &error);
    g_assert_no_error(error);
    tilgang_grant(app->db, 1, person, role, 0, "2020-01-01", &error);
    g_assert_no_error(error);
    return person;
}

int64_t nettleser_person(TestApp *app, const char *email)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT person AS n FROM innlogging WHERE email = '%s'", email);

    return test_db_int(app->db, g_intern_string(sql));
}
