/* test-web.c - the one path of every request, in process: routes, permission, CSRF, cookies.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "dispatch.h"

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

static bool store(Req *req, GError **error)
{
    const char *text = req_posted(req, "text");

    (void)error;
    return req_send(req, 200, "text/plain", text ? text : "", text ? strlen(text) : 0);
}

static bool moved(Req *req, GError **error)
{
    (void)error;
    return req_redirect_saying(req, "/hei/x", "Lagret: blåbær; \r\nSet-Cookie: a=b");
}

static bool away(Req *req, GError **error)
{
    (void)error;
    return req_redirect(req, "//evil.example/x");
}

static bool sign_in(Req *req, GError **error)
{
    (void)error;
    req_sign_in(req, "0123456789abcdefABCDEF-_");
    return req_redirect(req, "/hjem");
}

static const Route routes[] = {
    { "GET", "/hei/{name}", PERM_PUBLIC, hello },
    { "GET", "/hei/alle", PERM_PUBLIC, open_page },
    { "GET", "/kalender/{token}.ics", PERM_PUBLIC, hello },
    { "GET", "/mitt", PERM_USER, hello },
    { "POST", "/mitt", PERM_USER, store },
    { "POST", "/apent", PERM_PUBLIC, store },
    { "POST", "/flytt", PERM_USER, moved },
    { "POST", "/bort", PERM_USER, away },
    { "POST", "/logg-inn", PERM_PUBLIC, sign_in },
    { 0 },
};
static const MenuItem menu[] = {
    { N_("Second"), "/hei", PERM_PUBLIC, 20 },
    { N_("First"), "/mitt", PERM_USER, 10 },
    { 0 },
};
static const Slice slice = { "web", .routes = routes, .menu = menu };

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

/* --- routes --- */

static void a_parameter_is_decoded_and_escaped(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) r = test_get(app, "/hei/%3Cb%3E%2Fsk%C3%A5l?q=a+%26b");

    g_assert_cmpint(r->status, ==, 200);
    assert_has(r->body, "&lt;b&gt;/skål");
    assert_has(r->body, "a &amp;b");
    assert_has(r->body, "<title>Hello – Prøve kommune – oppvekst</title>");
    assert_has(r->body, "lang=\"en\"");
    assert_has(r->body, "</html>");
}

static void a_literal_goes_before_a_parameter(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) literal = test_get(app, "/hei/alle");
    g_autoptr(Reply) ending = test_get(app, "/kalender/abc.ics");
    g_autoptr(Reply) bare = test_get(app, "/kalender/.ics");

    g_assert_cmpstr(literal->body, ==, "the same for all");
    g_assert_cmpint(ending->status, ==, 200);
    assert_has(ending->body, "abc");
    assert_lacks(ending->body, "abc.ics<");
    g_assert_cmpint(bare->status, ==, 404);
}

static void unknown_paths_and_methods(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) none = test_get(app, "/finnes/ikke");
    g_autoptr(Reply) slash = test_get(app, "/mitt/");
    g_autoptr(Reply) method = test_send(app, "DELETE", "/mitt", NULL, NULL, 0);
    g_autoptr(Reply) odd = test_get(app, "/hei/%zz");
    g_autoptr(Reply) nul = test_get(app, "/hei/a%00b");
    g_autoptr(Reply) head = test_send(app, "HEAD", "/mitt", NULL, NULL, 0);

    g_assert_cmpint(none->status, ==, 404);
    g_assert_cmpint(slash->status, ==, 404);
    g_assert_cmpint(method->status, ==, 405);
    assert_has(method->headers, "Allow: GET, HEAD, POST\n");
    g_assert_cmpint(odd->status, ==, 400);
    g_assert_cmpint(nul->status, ==, 400);
    g_assert_cmpint(head->status, ==, 200);
}

static void refuse_table(const Route *bad, const char *why)
{
    const Slice wrong = { "wrong", .routes = bad };
    const Slice *const slices[] = { &wrong, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Router) router = router_new(slices, &error);

    g_assert_null(router);
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    assert_has(error->message, why);
}

static void a_wrong_table_stops_the_start(void)
{
    refuse_table((const Route[]){ { "GET", "/a", PERM_NONE, hello }, { 0 } }, "no permission");
    refuse_table((const Route[]){ { "GET", "/a", N_PERM, hello }, { 0 } }, "no permission");
    refuse_table((const Route[]){ { "GET", "/a", PERM_PUBLIC, NULL }, { 0 } }, "no handler");
    refuse_table((const Route[]){ { "FETCH", "/a", PERM_PUBLIC, hello }, { 0 } }, "malformed");
    refuse_table((const Route[]){ { "GET", "a", PERM_PUBLIC, hello }, { 0 } }, "malformed");
    refuse_table((const Route[]){ { "GET", "/a//b", PERM_PUBLIC, hello }, { 0 } }, "malformed");
    refuse_table((const Route[]){ { "GET", "/{}", PERM_PUBLIC, hello }, { 0 } }, "malformed");
    refuse_table((const Route[]){ { "GET", "/a{b}", PERM_PUBLIC, hello }, { 0 } }, "malformed");
    refuse_table((const Route[]){ { "GET", "/x/{a}", PERM_PUBLIC, hello },
                                  { "GET", "/x/{b}", PERM_USER, hello },
                                  { 0 } },
                 "stands twice");
}

static void the_print_is_sorted(void)
{
    const Slice *const slices[] = { &slice, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Router) router = router_new(slices, &error);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    g_assert_no_error(error);
    router_print(router, out);
    fclose(out);
    g_assert_true(g_str_has_prefix(text, "GET /hei/alle PUBLIC\nGET /hei/{name} PUBLIC\n"));
    assert_has(text, "POST /mitt USER\n");
    free(text);
}

/* --- permission --- */

static void a_visitor_is_sent_to_sign_in(void)
{
    g_autoptr(TestApp) app = app_new();

    app->signed_out = true;
    g_autoptr(Reply) r = test_get(app, "/mitt?a=1&b=%C3%A5");

    g_assert_cmpint(r->status, ==, 303);
    g_assert_cmpstr(r->location, ==, "/logg-inn?til=%2Fmitt%3Fa%3D1%26b%3D%25C3%25A5");
}

static void an_expired_session_keeps_the_text(void)
{
    g_autoptr(TestApp) app = app_new();
    const char *body = "text=Elevene+%3Cb%3Eleser%3C%2Fb%3E%0D%0Ameg+selv&kort=1&password=hemmelig";

    app->signed_out = true;
    g_autoptr(Reply) r = test_post(app, "/mitt?x=1", body);

    g_assert_cmpint(r->status, ==, 401);
    assert_has(r->body, "Elevene &lt;b&gt;leser&lt;/b&gt;\nmeg selv</textarea>");
    assert_has(r->body, "action=\"/mitt?x=1\"");
    assert_has(r->body, "name=\"kort\" value=\"1\"");
    assert_has(r->body, "target=\"_blank\"");
    assert_lacks(r->body, "hemmelig");

    const char *text = strstr(r->body, "</textarea>"),
               *rest = strstr(r->body, "<details>\n<summary>The rest");

    g_assert_true(text && rest && text < rest && rest < strstr(r->body, "name=\"kort\""));
    g_autoptr(Reply) only_short = test_post(app, "/mitt", "kort=Ja&csrf=");

    assert_has(only_short->body, "value=\"Ja\"");
    assert_lacks(only_short->body, "<summary>The rest");
}

/* The value of the hidden csrf input of a page. */
static char *token_of(const Reply *r)
{
    const char *at = strstr(r->body, "class=\"retry\"");

    g_assert_nonnull(at);
    at = strstr(at, "name=\"csrf\" value=\"");
    g_assert_nonnull(at);
    return g_strndup(at + strlen("name=\"csrf\" value=\""), 64);
}

static void what_was_kept_can_be_sent_after_sign_in(void)
{
    g_autoptr(TestApp) app = app_new();

    app->signed_out = true;
    g_autoptr(Reply) kept = test_post(app, "/mitt", "text=lang+tekst");
    g_autofree char *token = token_of(kept);
    g_autofree char *again = g_strdup_printf("csrf=%s&text=lang+tekst", token);

    app->signed_out = false; /* signed in on the other tab */
    g_autoptr(Reply) r =
        test_send(app, "POST", "/mitt", "application/x-www-form-urlencoded", again, strlen(again));

    g_assert_cmpint(r->status, ==, 200);
    g_assert_cmpstr(r->body, ==, "lang tekst");
}

static void the_menu_shows_what_one_may_use(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) in = test_get(app, "/hei/x");

    app->signed_out = true;
    g_autoptr(Reply) out = test_get(app, "/hei/x");
    const char *first = strstr(in->body, ">First</a>"), *second = strstr(in->body, ">Second</a>");

    g_assert_true(first && second && first < second);
    assert_has(in->body, "<a href=\"/hei\" aria-current=\"page\">Second</a>");
    assert_has(in->body, "Åse &lt;rektor&gt;");
    assert_lacks(out->body, ">First</a>");
    assert_lacks(out->body, "logg-ut");
}

/* --- CSRF --- */

static void a_post_needs_its_token(void)
{
    g_autoptr(TestApp) app = app_new();
    const char *type = "application/x-www-form-urlencoded";
    g_autoptr(Reply) with = test_post(app, "/mitt", "text=a");
    g_autoptr(Reply) without = test_send(app, "POST", "/mitt", type, "text=a", 6);
    g_autoptr(Reply) wrong = test_send(app, "POST", "/mitt", type, "csrf=0000&text=a", 16);
    g_autoptr(Reply) visitor = NULL;

    g_assert_cmpint(with->status, ==, 200);
    g_assert_cmpstr(with->body, ==, "a");
    g_assert_cmpint(without->status, ==, 403);
    g_assert_cmpint(wrong->status, ==, 403);
    assert_lacks(wrong->body, "class=\"retry\""); /* nobody vouches for where it came from */
    app->signed_out = true;
    visitor = test_post(app, "/apent", "text=b");
    g_assert_cmpstr(visitor->body, ==, "b");
}

static void send_with(const Pair *headers, size_t n, int status, bool retry)
{
    g_autoptr(TestApp) app = app_new();
    const Slice *const slices[] = { &slice, NULL };
    g_autoptr(GError) error = NULL;
    WebHooks hooks = { 0 };
    g_autoptr(Web) web = web_new(slices, &hooks, &error);
    g_auto(Outgoing) out = { 0 };
    char token[CSRF_TEXT];
    g_autofree char *body = NULL;

    web_csrf(web, "visitor", "visitor-0123456789", token);
    body = g_strdup_printf("text=b&csrf=%s", retry ? "no" : token);
    Incoming in = { .method = "POST",
                    .path = "/apent",
                    .query = "",
                    .headers = headers,
                    .n_headers = n,
                    .body = body,
                    .body_size = strlen(body),
                    .client = "::1",
                    .now = 1,
                    .id = "x" };

    web_dispatch(web, app->db, &in, &out);
    g_assert_cmpint(out.status, ==, status);
    g_assert_cmpint(memmem(out.data, out.size, "class=\"retry\"", 13) != NULL, ==, retry);
}

static void what_the_browser_calls_cross_site_is_refused(void)
{
    const Pair type = { "Content-Type", "application/x-www-form-urlencoded" };
    const Pair cookie = { "cookie", "x=1; " COOKIE_VISITOR "=visitor-0123456789" };
    const Pair host = { "Host", "oppvekst.example" };
    const Pair fine[] = { type, cookie, host, { "Origin", "https://oppvekst.example" } };
    const Pair other[] = { type, cookie, host, { "Origin", "https://evil.example" } };
    const Pair null_origin[] = { type, cookie, host, { "Origin", "null" } };
    const Pair site[] = { type, cookie, host, { "Sec-Fetch-Site", "cross-site" } };
    const Pair same_site[] = { type, cookie, host, { "Sec-Fetch-Site", "same-site" } };
    const Pair longer[] = { type, cookie, host, { "Origin", "https://oppvekst.example.evil" } };

    send_with(fine, 4, 200, false);
    send_with(fine, 4, 403, true); /* wrong token, right place: confirm and send again */
    send_with(other, 4, 403, false);
    send_with(null_origin, 4, 403, false);
    send_with(site, 4, 403, false);
    send_with(same_site, 4, 403, false);
    send_with(longer, 4, 403, false);
}

/* --- cookies, language, messages --- */

static void sign_in_sets_a_host_cookie(void)
{
    g_autoptr(TestApp) app = app_new();

    app->signed_out = true;
    g_autoptr(Reply) r = test_post(app, "/logg-inn", "");

    assert_has(r->headers, "Set-Cookie: __Host-oppvekst=0123456789abcdefABCDEF-_; Path=/; Secure; "
                           "HttpOnly; SameSite=Lax\n");
}

static void a_message_is_shown_once(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) moved_reply = test_post(app, "/flytt", "");
    const char *at = strstr(moved_reply->headers, COOKIE_FLASH "=");

    g_assert_cmpint(moved_reply->status, ==, 303);
    g_assert_cmpstr(moved_reply->location, ==, "/hei/x");
    g_assert_nonnull(at);
    assert_lacks(moved_reply->headers, "\nSet-Cookie: a=b");
    g_autofree char *cookie = g_strndup(at, strcspn(at, ";"));

    app->cookies = cookie;
    g_autoptr(Reply) shown = test_get(app, "/hei/x");

    assert_has(shown->body, "role=\"status\"");
    assert_has(shown->body, "Lagret: blåbær");
    assert_has(shown->headers, "Set-Cookie: " COOKIE_FLASH "=; Path=/; Secure; HttpOnly; "
                               "SameSite=Lax; Max-Age=0\n");
}

static void a_redirect_stays_here(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) r = test_post(app, "/bort", "");

    g_assert_cmpstr(r->location, ==, "/");
}

static void the_language_is_remembered(void)
{
    g_autoptr(TestApp) app = app_new();
    const char *type = "application/x-www-form-urlencoded", *body = "sprak=nn&til=%2Fhei%2Fx";
    const char *bad = "sprak=xx&til=https%3A%2F%2Fevil.example";
    g_autoptr(Reply) r = test_send(app, "POST", "/sprak", type, body, strlen(body));
    g_autoptr(Reply) odd = test_send(app, "POST", "/sprak", type, bad, strlen(bad));

    g_assert_cmpint(r->status, ==, 303);
    g_assert_cmpstr(r->location, ==, "/hei/x");
    assert_has(r->headers, "Set-Cookie: __Host-sprak=nn; ");
    g_assert_cmpstr(odd->location, ==, "/");
    assert_lacks(odd->headers, "__Host-sprak");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/web/route/parameter", a_parameter_is_decoded_and_escaped);
    g_test_add_func("/web/route/literal-first", a_literal_goes_before_a_parameter);
    g_test_add_func("/web/route/unknown", unknown_paths_and_methods);
    g_test_add_func("/web/route/wrong-table", a_wrong_table_stops_the_start);
    g_test_add_func("/web/route/print", the_print_is_sorted);
    g_test_add_func("/web/permission/visitor", a_visitor_is_sent_to_sign_in);
    g_test_add_func("/web/permission/expired-keeps-text", an_expired_session_keeps_the_text);
    g_test_add_func("/web/permission/again-after-sign-in", what_was_kept_can_be_sent_after_sign_in);
    g_test_add_func("/web/permission/menu", the_menu_shows_what_one_may_use);
    g_test_add_func("/web/csrf/token", a_post_needs_its_token);
    g_test_add_func("/web/csrf/cross-site", what_the_browser_calls_cross_site_is_refused);
    g_test_add_func("/web/cookie/sign-in", sign_in_sets_a_host_cookie);
    g_test_add_func("/web/cookie/message", a_message_is_shown_once);
    g_test_add_func("/web/cookie/language", the_language_is_remembered);
    g_test_add_func("/web/reply/redirect", a_redirect_stays_here);
    return g_test_run();
}
