/* test-reply.c - what every reply carries: guarded headers, caching, error pages, addresses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "dispatch.h"
#include "testing-db.h"

static bool hello(Req *req, GError **error)
{
    (void)error;
    Html *page = req_page(req, 200, "Hello");

    html_text(page, req_param(req, "name"));
    html_text(page, req_query(req, "q"));
    return true;
}

static bool open_page(Req *req, GError **error)
{
    (void)error;
    req_cacheable(req);
    return req_send(req, 200, "text/plain", "the same for all", 16);
}

static bool large_page(Req *req, GError **error)
{
    g_autofree char *text = g_strnfill(5000, 'x');

    (void)error;
    req_cacheable(req);
    return req_send(req, 200, "text/plain", text, 5000);
}

static bool injected(Req *req, GError **error)
{
    (void)error;
    req_header(req, "X-Note", "a\r\nSet-Cookie: stolen=1");
    req_header(req, "X-Fine", "yes");
    return req_download(req, "text/csv", "års\"rapport\r\n.csv", "a;b", 3);
}

static bool hidden(Req *req, GError **error)
{
    req_page(req, 200, "Half a page");
    return req_not_found(req, error);
}

static bool broken(Req *req, GError **error)
{
    (void)req;
    return app_fail(error, APP_ERROR_DB, "disk on fire at sector 7");
}

static bool has_form(Req *req, GError **error)
{
    (void)error;
    req_cacheable(req); /* a mistake the platform must catch: the page holds a token */
    html_text(req_page(req, 200, "Form"), req->csrf);
    return true;
}

/* Counts its runs, so that a test sees whether a reply was made or kept. */
static int runs;

static bool counted(Req *req, GError **error)
{
    g_autofree char *text = g_strdup_printf("run %d in %s", ++runs, i18n_tag(req->lang));

    (void)error;
    req_cacheable(req);
    return req_send(req, 200, "text/plain", text, strlen(text));
}

static const Route routes[] = {
    { "GET", "/talt", PERM_PUBLIC, counted },
    { "GET", "/hei/{name}", PERM_PUBLIC, hello },
    { "GET", "/hei/alle", PERM_PUBLIC, open_page },
    { "GET", "/stor", PERM_PUBLIC, large_page },
    { "GET", "/fil", PERM_PUBLIC, injected },
    { "GET", "/skjult", PERM_PUBLIC, hidden },
    { "GET", "/feil", PERM_PUBLIC, broken },
    { "GET", "/skjema", PERM_PUBLIC, has_form },
    { 0 },
};
static const Slice slice = { "reply", .routes = routes };

static TestApp *app_new(void)
{
    return test_app(&slice, PERM_PUBLIC, PERM_PUBLIC);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        g_error("not found: %s\nin: %s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        g_error("found: %s\nin: %s", part, text);
}

/* --- headers and caching --- */

static void every_reply_is_guarded(void)
{
    g_autoptr(TestApp) app = app_new();
    const char *const paths[] = {
        "/hei/x", "/hei/alle", "/finnes-ikke", "/feil", "/helse", "/fil"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(Reply) r = test_get(app, paths[i]);

        assert_has(r->headers, "Content-Security-Policy: default-src 'none'; style-src 'self'; ");
        assert_has(r->headers, "frame-ancestors 'none'");
        assert_has(r->headers, "X-Content-Type-Options: nosniff\n");
        assert_has(r->headers, "Referrer-Policy: same-origin\n");
        assert_has(r->headers, "Cache-Control: ");
        assert_lacks(r->headers, "Strict-Transport-Security");
        assert_lacks(r->headers, "unsafe-inline");
    }
}

static void headers_cannot_be_split(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) r = test_get(app, "/fil");

    assert_lacks(r->headers, "X-Note");
    assert_has(r->headers, "X-Fine: yes\n");
    assert_lacks(r->headers, "\nSet-Cookie: stolen");
    assert_has(r->headers, "filename*=UTF-8''%C3%A5rs%22rapport%0D%0A.csv");
}

static void public_pages_are_cached_and_shrunk(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) in = test_get(app, "/hei/alle");

    app->signed_out = true;
    g_autoptr(Reply) out = test_get(app, "/hei/alle");
    g_autoptr(Reply) form = test_get(app, "/skjema");

    assert_has(in->headers, "Cache-Control: no-store\n");
    assert_lacks(in->headers, "ETag");
    assert_has(out->headers, "ETag: \"");
    assert_has(out->headers, "Cache-Control: public, no-cache\n");
    assert_has(form->headers, "Cache-Control: no-store\n"); /* it holds a token */
    assert_lacks(form->headers, "ETag");
}

static void get_with(const char *path, Pair extra, Outgoing *ret_out)
{
    g_autoptr(TestApp) app = app_new();
    const Slice *const slices[] = { &slice, NULL };
    g_autoptr(GError) error = NULL;
    WebHooks hooks = { 0 };
    g_autoptr(Web) web = web_new(slices, &hooks, &error);
    Incoming in = { .method = "GET",
                    .path = path,
                    .query = "",
                    .headers = &extra,
                    .n_headers = 1,
                    .client = "::1",
                    .https = true,
                    .now = 1,
                    .id = "x" };

    web_dispatch(web, app->db, &in, ret_out);
}

static const char *header(const Outgoing *out, const char *name)
{
    for (guint i = 0; i + 1 < out->headers->len; i += 2) {
        if (!strcmp(out->headers->pdata[i], name))
            return out->headers->pdata[i + 1];
    }
    return NULL;
}

static void a_known_page_is_not_sent_again(void)
{
    g_auto(Outgoing) first = { 0 }, same = { 0 }, gzip = { 0 }, refused = { 0 };

    get_with("/hei/alle", (Pair){ "X", "y" }, &first);
    get_with("/hei/alle", (Pair){ "If-None-Match", header(&first, "ETag") }, &same);
    get_with("/stor", (Pair){ "Accept-Encoding", "br, gzip;q=0.8" }, &gzip);
    get_with("/stor", (Pair){ "Accept-Encoding", "br, gzip;q=0" }, &refused);
    g_assert_cmpint(first.status, ==, 200);
    g_assert_cmpint(same.status, ==, 304);
    g_assert_cmpuint(same.size, ==, 0);
    g_assert_cmpstr(header(&gzip, "Content-Encoding"), ==, "gzip");
    g_assert_cmpuint(gzip.size, <, 200);
    g_assert_null(header(&refused, "Content-Encoding"));
    g_assert_cmpuint(refused.size, ==, 5000);
    g_assert_cmpstr(header(&first, "Strict-Transport-Security"), !=, NULL);
}

static void errors_tell_nothing_from_inside(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) failed = test_get(app, "/feil");
    g_autoptr(Reply) gone = test_get(app, "/skjult");

    g_assert_cmpint(failed->status, ==, 500);
    assert_lacks(failed->body, "sector");
    assert_has(failed->body, "500-test");
    g_assert_cmpint(gone->status, ==, 404);
    assert_lacks(gone->body, "Half a page");
}

static void health_tells_the_state(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) r = test_get(app, "/helse");

    g_assert_cmpint(r->status, ==, 200);
    g_assert_cmpstr(r->type, ==, "application/json");
    assert_has(r->body, "\"status\":\"ok\",\"database\":true");
}

static void addresses_are_encoded(void)
{
    g_autoptr(Arena) a = arena_new();
    Url url = url_for(a, "/enheter/%I?q=%s", INT64_C(1), "a&b/å");

    g_assert_true(g_str_has_prefix(url.text, "/enheter/0000000000001?q=a%26b%2F%C3%A5"));
    g_assert_cmpstr(url_with(a, (Url){ "/x?a=1#b" }, "n", "1 2").text, ==, "/x?a=1&n=1%202#b");
    g_assert_cmpstr(url_checked(a, "javascript:alert(1)").text, ==, "#");
    g_assert_cmpstr(url_checked(a, " https://a.no").text, ==, "#");
    g_assert_cmpstr(url_checked(a, "//evil").text, ==, "#");
    g_assert_cmpstr(url_checked(a, "HTTPS://a.no/x").text, ==, "HTTPS://a.no/x");
    g_assert_cmpstr(url_checked(a, "/eigen").text, ==, "/eigen");
    g_assert_true(g_str_has_prefix(url_static("app.css").text, "/static/app."));
}

static void assert_counted(TestApp *app, const char *path, const char *body)
{
    g_autoptr(Reply) r = test_get(app, path);

    g_assert_cmpint(r->status, ==, 200);
    g_assert_cmpstr(r->body, ==, body);
    g_assert_nonnull(strstr(r->headers, "ETag: \""));
    g_assert_nonnull(strstr(r->headers, "Content-Security-Policy: "));
    g_assert_nonnull(strstr(r->headers, "Cache-Control: public, no-cache"));
    g_assert_cmpstr(r->type, ==, "text/plain");
}

static void a_public_reply_is_kept_until_the_data_change(void)
{
    g_autoptr(TestApp) app = app_new();

    if (store_is_postgresql(app->store)) {
        g_test_skip("the database has no version there");
        return;
    }
    runs = 0;
    app->signed_out = true;
    assert_counted(app, "/talt", "run 1 in en");
    assert_counted(app, "/talt", "run 1 in en");
    assert_counted(app, "/talt?x=1", "run 2 in en"); /* another address */
    app->lang = LANG_NN;
    assert_counted(app, "/talt", "run 3 in nn");
    app->lang = LANG_EN;
    app->today = "2026-11-24";
    assert_counted(app, "/talt", "run 4 in en");
    app->today = "2026-11-23";
    assert_counted(app, "/talt", "run 1 in en");
    test_db_exec(app->db, "UPDATE eier SET name = 'Annen kommune' WHERE id = 1", NULL);
    assert_counted(app, "/talt", "run 5 in en");
}

static void what_the_signed_in_get_is_never_kept(void)
{
    g_autoptr(TestApp) app = app_new();

    runs = 0;
    for (int i = 1; i <= 2; i++) {
        g_autofree char *body = g_strdup_printf("run %d in en", i);
        g_autoptr(Reply) r = test_get(app, "/talt");

        g_assert_cmpstr(r->body, ==, body);
        g_assert_nonnull(strstr(r->headers, "Cache-Control: no-store"));
    }
    app->signed_out = true; /* nor is it given to visitors */
    assert_counted(app, "/talt", "run 3 in en");
}

static void a_message_is_not_kept(void)
{
    g_autoptr(TestApp) app = app_new();

    runs = 0;
    app->signed_out = true;
    app->cookies = COOKIE_FLASH "=hei";
    g_autoptr(Reply) r = test_get(app, "/talt");
    g_assert_cmpint(r->status, ==, 200);
    app->cookies = NULL;
    assert_counted(app, "/talt", "run 2 in en");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reply/page/headers", every_reply_is_guarded);
    g_test_add_func("/reply/page/injection", headers_cannot_be_split);
    g_test_add_func("/reply/page/cache", public_pages_are_cached_and_shrunk);
    g_test_add_func("/reply/page/not-modified", a_known_page_is_not_sent_again);
    g_test_add_func("/reply/page/errors", errors_tell_nothing_from_inside);
    g_test_add_func("/reply/health/state", health_tells_the_state);
    g_test_add_func("/reply/url/encoding", addresses_are_encoded);
    g_test_add_func("/web/kept/until-change", a_public_reply_is_kept_until_the_data_change);
    g_test_add_func("/web/kept/signed-in", what_the_signed_in_get_is_never_kept);
    g_test_add_func("/web/kept/message", a_message_is_not_kept);
    return g_test_run();
}
