/* test-server.c - the running server over real sockets: limits, slow clients, a full queue, the stop.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <gio/gio.h>
#include <sys/socket.h>
#include "server.h"
#include "statics.h"

/* --- a gate that a handler waits at until the test opens it --- */

typedef struct {
    GMutex lock;
    GCond moved;
    int inside;
    bool open;
} Gate;

static Gate gate;

static bool wait_at_gate(Req *req, GError **error)
{
    (void)error;
    g_mutex_lock(&gate.lock);
    gate.inside++;
    g_cond_broadcast(&gate.moved);
    while (!gate.open)
        g_cond_wait(&gate.moved, &gate.lock);
    gate.inside--;
    g_mutex_unlock(&gate.lock);
    return req_send(req, 200, "text/plain", "through", 7);
}

static void gate_wait_for(int inside)
{
    g_mutex_lock(&gate.lock);
    while (gate.inside < inside)
        g_cond_wait(&gate.moved, &gate.lock);
    g_mutex_unlock(&gate.lock);
}

static void gate_set(bool open)
{
    g_mutex_lock(&gate.lock);
    gate.open = open;
    g_cond_broadcast(&gate.moved);
    g_mutex_unlock(&gate.lock);
}

static bool hello(Req *req, GError **error)
{
    const char *client = req_client(req);

    (void)error;
    return req_send(req, 200, "text/plain", client, strlen(client));
}

static bool echo(Req *req, GError **error)
{
    size_t size;
    const char *body = req_body(req, &size);

    (void)error;
    return req_send(req, 200, "application/octet-stream", body, size);
}

static const Route routes[] = {
    { "GET", "/hei", PERM_PUBLIC, hello },
    { "GET", "/port", PERM_PUBLIC, wait_at_gate },
    { "POST", "/ekko", PERM_PUBLIC, echo },
    { 0 },
};
static const Slice slice = { "server", .routes = routes };
static const Slice *const slices[] = { &slice, NULL };

/* --- a client that does what it is told, byte by byte --- */

typedef struct {
    WebConfig config;
    WebServer *server;
} Fixture;

static void start(Fixture *f)
{
    g_autoptr(GError) error = NULL;

    f->config.listen = "127.0.0.1:0";
    f->config.slices = slices;
    if (!f->config.workers)
        f->config.workers = 2;
    f->server = web_start(&f->config, &error);
    g_assert_no_error(error);
    g_assert_cmpint(web_port(f->server), >, 0);
}

static GSocketConnection *join(const Fixture *f)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GError) error = NULL;
    GSocketConnection *c;

    g_socket_client_set_timeout(client, 20);
    c = g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)web_port(f->server), NULL,
                                        &error);
    g_assert_no_error(error);
    return c;
}

static void say(GSocketConnection *c, const char *text)
{
    g_autoptr(GError) error = NULL;

    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(c)), text, strlen(text),
                              NULL, NULL, &error);
    g_assert_no_error(error);
}

/* All until the server closes. */
static char *hear(GSocketConnection *c)
{
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(c));
    GString *all = g_string_new(NULL);
    char part[4096];

    for (gssize n; (n = g_input_stream_read(in, part, sizeof part, NULL, NULL)) > 0;)
        g_string_append_len(all, part, n);
    return g_string_free(all, FALSE);
}

static char *ask(const Fixture *f, const char *request)
{
    g_autoptr(GSocketConnection) c = join(f);

    say(c, request);
    return hear(c);
}

static int status_of(const char *reply)
{
    return g_str_has_prefix(reply, "HTTP/1.1 ") ? (int)g_ascii_strtoll(reply + 9, NULL, 10) : 0;
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

/* --- tests --- */

static void it_answers(void)
{
    Fixture f = { 0 };

    start(&f);
    g_autofree char *hei = ask(&f, GET("/hei"));
    g_autofree char *none = ask(&f, GET("/ingen"));
    g_autofree char *health = ask(&f, GET("/helse"));

    g_assert_cmpint(status_of(hei), ==, 200);
    g_assert_true(g_str_has_suffix(hei, "\r\n\r\n127.0.0.1"));
    g_assert_nonnull(strstr(hei, "\r\nContent-Security-Policy: "));
    g_assert_cmpint(status_of(none), ==, 404);
    g_assert_cmpint(status_of(health), ==, 503); /* no database here */
    g_assert_nonnull(strstr(health, "\"database\":false"));
    g_assert_true(web_stop(f.server));
}

static void static_files_come_in_three_forms(void)
{
    Fixture f = { 0 };
    const StaticFile *css = static_named("designsystem.css");

    start(&f);
    g_autofree char *request =
        g_strdup_printf("GET /static/%s HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, "
                        "br\r\nConnection: close\r\n\r\n",
                        css->hashed);
    g_autofree char *plain_request = g_strdup_printf(
        "GET /static/%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", css->hashed);
    g_autofree char *known = g_strdup_printf(
        "GET /static/%s HTTP/1.1\r\nHost: a\r\nIf-None-Match: %s\r\nConnection: close\r\n\r\n",
        css->hashed, css->etag);
    g_autofree char *br = ask(&f, request), *plain = ask(&f, plain_request), *same = ask(&f, known);
    g_autofree char *unhashed = ask(&f, GET("/static/designsystem.css"));
    g_autofree char *length = g_strdup_printf("Content-Length: %zu\r\n", css->size);

    g_assert_nonnull(strstr(br, "Content-Encoding: br\r\n"));
    g_assert_nonnull(strstr(br, "Cache-Control: public, max-age=31536000, immutable\r\n"));
    g_assert_nonnull(strstr(plain, length));
    g_assert_null(strstr(plain, "Content-Encoding"));
    g_assert_cmpint(status_of(same), ==, 304);
    g_assert_cmpint(status_of(unhashed), ==, 404);
    g_assert_true(web_stop(f.server));
}

static void bodies_have_a_limit(void)
{
    Fixture f = { .config = { .body_limit = 1000 } };
    g_autofree char *kilo = g_strnfill(1001, 'a');
    g_autofree char *chunked = g_strdup_printf(
        "POST /ekko HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        "3E9\r\n%s\r\n0\r\n\r\n",
        kilo);

    start(&f);
    g_autofree char *announced =
        ask(&f, "POST /ekko HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
    g_autofree char *hidden = ask(&f, chunked);
    g_autofree char *huge =
        ask(&f, "POST /ekko HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n"
                "Content-Type: multipart/form-data; boundary=x\r\n\r\n");

    g_assert_cmpint(status_of(announced), ==, 413);
    g_assert_nonnull(strstr(announced, "</html>")); /* a whole page, that says what to do */
    g_assert_cmpint(status_of(hidden), ==, 413);
    g_assert_cmpint(status_of(huge), ==, 413);
    g_assert_true(web_stop(f.server));
}

static void heads_have_a_limit(void)
{
    Fixture f = { .config = { .header_limit = 4096 } };
    g_autofree char *long_value = g_strnfill(5000, 'a');
    g_autofree char *longer_value = g_strnfill(60000, 'a');
    g_autofree char *a =
        g_strdup_printf("GET /hei HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n", long_value);
    g_autofree char *b =
        g_strdup_printf("GET /hei HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n", longer_value);

    start(&f);
    g_autofree char *large = ask(&f, a), *larger = ask(&f, b);

    g_assert_cmpint(status_of(large), ==, 431);
    g_assert_true(status_of(larger) == 431 || status_of(larger) == 414 || !*larger);
    g_assert_true(web_stop(f.server));
}

/* RFC 9112 section 6.3: where a request ends must be the same for us and a proxy before us. */
static void unclear_framing_ends_the_connection(void)
{
    static const char *const requests[] = {
        "POST /ekko HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabc",
        ("POST /ekko HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
         "0\r\n\r\nGET /hei HTTP/1.1\r\nHost: a\r\n\r\n"),
        "POST /ekko HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\nabc",
        "GET /hei HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    };
    Fixture f = { 0 };

    start(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(requests); i++) {
        g_autofree char *reply = ask(&f, requests[i]);

        g_assert_cmpint(status_of(reply), ==, 400);
        g_assert_null(strstr(reply + 9, "HTTP/1.1 200"));
    }
    g_assert_true(web_stop(f.server));
}

/* A head that libmicrohttpd gives up on reaches no handler; LeakSanitizer sees whether it is freed. */
static void a_head_that_never_comes_whole_is_freed(void)
{
    Fixture f = { .config = { .header_limit = 4096 } };
    g_autoptr(GString) many = g_string_new("GET /hei?");

    for (int i = 0; i < 900; i++)
        g_string_append(many, "a&");
    g_string_append(many, " HTTP/1.1\r\nHost: a\r\n\r\n");
    start(&f);
    for (int i = 0; i < 4; i++) {
        g_autoptr(GSocketConnection) c = join(&f);

        say(c, many->str);
    }
    g_autofree char *reply = ask(&f, GET("/hei"));
    g_assert_cmpint(status_of(reply), ==, 200);
    g_assert_true(web_stop(f.server));
}

/* 200 clients that have sent half a request, and one that wants an answer now. */
static void slow_clients_hold_up_nobody(void)
{
    Fixture f = { .config = { .request_timeout = 1 } };
    g_autoptr(GPtrArray) slow = g_ptr_array_new_with_free_func(g_object_unref);
    gint64 begun;

    start(&f);
    for (int i = 0; i < 200; i++) {
        GSocketConnection *c = join(&f);

        say(c, "GET /hei HTTP/1.1\r\nHos");
        g_ptr_array_add(slow, c);
    }
    begun = g_get_monotonic_time();
    g_autofree char *quick = ask(&f, GET("/hei"));

    g_assert_cmpint(status_of(quick), ==, 200);
    g_assert_cmpint(g_get_monotonic_time() - begun, <, G_USEC_PER_SEC / 2);
    /* A byte now and then does not keep a connection: it has one second for the whole head. */
    for (int i = 0; i < 6; i++) {
        g_usleep(300000);
        send(g_socket_get_fd(g_socket_connection_get_socket(slow->pdata[0])), "t", 1, MSG_NOSIGNAL);
    }
    g_autofree char *ended = hear(slow->pdata[0]);

    g_assert_cmpint(status_of(ended), !=, 200);
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 5 * G_USEC_PER_SEC);
    g_ptr_array_set_size(slow, 0);
    g_assert_true(web_stop(f.server));
}

static void a_full_queue_says_so_at_once(void)
{
    Fixture f = { .config = { .workers = 1, .queue = 2 } };
    GSocketConnection *held[3];
    gint64 begun;

    gate_set(false);
    start(&f);
    for (int i = 0; i < 3; i++) { /* one at work, two in the queue */
        held[i] = join(&f);
        say(held[i], GET("/port"));
        if (i == 0)
            gate_wait_for(1);
    }
    g_usleep(200000);
    begun = g_get_monotonic_time();
    g_autofree char *refused = ask(&f, GET("/hei"));

    g_assert_cmpint(status_of(refused), ==, 503);
    g_assert_nonnull(strstr(refused, "\r\nRetry-After: "));
    g_assert_cmpint(g_get_monotonic_time() - begun, <, G_USEC_PER_SEC);
    gate_set(true);
    for (int i = 0; i < 3; i++) {
        g_autofree char *reply = hear(held[i]);

        g_assert_cmpint(status_of(reply), ==, 200);
        g_object_unref(held[i]);
    }
    g_assert_true(web_stop(f.server));
}

static gpointer stop(gpointer data)
{
    return GINT_TO_POINTER(web_stop(data));
}

static void a_stop_answers_what_was_accepted(void)
{
    Fixture f = { .config = { .workers = 2, .queue = 50 } };
    GSocketConnection *held[10];
    GThread *stopper;

    gate_set(false);
    start(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(held); i++) {
        held[i] = join(&f);
        say(held[i], "GET /port HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    gate_wait_for(2);
    g_usleep(200000); /* the other eight are in the queue */
    stopper = g_thread_new("stop", stop, f.server);
    g_usleep(200000);
    gate_set(true);
    for (size_t i = 0; i < G_N_ELEMENTS(held); i++) {
        g_autofree char *reply = hear(held[i]);

        g_assert_cmpint(status_of(reply), ==, 200);
        g_assert_true(g_str_has_suffix(reply, "through"));
        g_object_unref(held[i]);
    }
    g_assert_true(GPOINTER_TO_INT(g_thread_join(stopper)));
}

static void a_stop_does_not_wait_for_ever(void)
{
    Fixture f = { .config = { .stop_seconds = 1 } };
    gint64 begun = g_get_monotonic_time();

    start(&f);
    g_autoptr(GSocketConnection) slow = join(&f);

    say(slow, "POST /ekko HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    g_usleep(100000);
    g_assert_true(web_stop(f.server));
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 3 * G_USEC_PER_SEC);
}

static void head_has_no_body(void)
{
    Fixture f = { 0 };

    start(&f);
    g_autofree char *reply = ask(&f, "HEAD /hei HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    g_assert_cmpint(status_of(reply), ==, 200);
    g_assert_nonnull(strstr(reply, "Content-Length: 9\r\n"));
    g_assert_true(g_str_has_suffix(reply, "\r\n\r\n"));
    g_assert_true(web_stop(f.server));
}

static void the_proxy_tells_the_client(void)
{
    Fixture f = { .config = { .trusted_proxies = "127.0.0.1, 10.0.0.0/8" } };
    Fixture other = { .config = { .trusted_proxies = "10.0.0.0/8" } };
    const char *request = "GET /hei HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                          "X-Forwarded-For: 1.2.3.4, 203.0.113.7, 10.1.1.1\r\n"
                          "X-Forwarded-Proto: https\r\n\r\n";

    start(&f);
    g_autofree char *told = ask(&f, request);

    g_assert_true(g_str_has_suffix(told, "\r\n\r\n203.0.113.7")); /* not what the client claimed */
    g_assert_nonnull(strstr(told, "Strict-Transport-Security"));
    g_assert_true(web_stop(f.server));
    start(&other);
    g_autofree char *untold = ask(&other, request);

    g_assert_true(g_str_has_suffix(untold, "\r\n\r\n127.0.0.1"));
    g_assert_null(strstr(untold, "Strict-Transport-Security"));
    g_assert_true(web_stop(other.server));
}

static void one_address_may_not_take_all(void)
{
    Fixture f = { .config = { .connections_per_address = 3 } };
    GSocketConnection *held[3];

    start(&f);
    for (int i = 0; i < 3; i++) {
        held[i] = join(&f);
        say(held[i], "GET /hei HTTP/1.1\r\n");
    }
    g_usleep(100000);
    g_autoptr(GSocketConnection) one_more = join(&f);

    send(g_socket_get_fd(g_socket_connection_get_socket(one_more)), GET("/hei"),
         strlen(GET("/hei")), MSG_NOSIGNAL);
    g_autofree char *nothing = hear(one_more);

    g_assert_cmpint(status_of(nothing), ==, 0);
    for (int i = 0; i < 3; i++)
        g_object_unref(held[i]);
    g_usleep(200000);
    g_autofree char *again = ask(&f, GET("/hei"));

    g_assert_cmpint(status_of(again), ==, 200);
    g_assert_true(web_stop(f.server));
}

/* From as many as there are places for, and some more: who says nothing makes room. */
static void those_who_wait_make_room(void)
{
    Fixture f = { .config = { .connections = 32, .request_timeout = 600 } };
    GSocketConnection *silent[40];

    start(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(silent); i++)
        silent[i] = join(&f);
    g_autofree char *answer = ask(&f, GET("/hei"));

    g_assert_cmpint(status_of(answer), ==, 200);
    for (size_t i = 0; i < G_N_ELEMENTS(silent); i++)
        g_object_unref(silent[i]);
    g_assert_true(web_stop(f.server));
}

static void wrong_settings_stop_the_start(void)
{
    const WebConfig wrong[] = {
        { .listen = "nowhere", .slices = slices },
        { .listen = "127.0.0.1:99999", .slices = slices },
        { .listen = "127.0.0.1:0", .slices = slices, .trusted_proxies = "10.0.0.0/99" },
        { .listen = "127.0.0.1:0", .slices = slices, .secret = "too short" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(web_start(&wrong[i], &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/server/answer/routes", it_answers);
    g_test_add_func("/server/static/forms", static_files_come_in_three_forms);
    g_test_add_func("/server/limit/room", those_who_wait_make_room);
    g_test_add_func("/server/limit/body", bodies_have_a_limit);
    g_test_add_func("/server/limit/head", heads_have_a_limit);
    g_test_add_func("/server/limit/framing", unclear_framing_ends_the_connection);
    g_test_add_func("/server/limit/unread-head", a_head_that_never_comes_whole_is_freed);
    g_test_add_func("/server/limit/slow-clients", slow_clients_hold_up_nobody);
    g_test_add_func("/server/limit/queue", a_full_queue_says_so_at_once);
    g_test_add_func("/server/limit/address", one_address_may_not_take_all);
    g_test_add_func("/server/stop/answers", a_stop_answers_what_was_accepted);
    g_test_add_func("/server/stop/deadline", a_stop_does_not_wait_for_ever);
    g_test_add_func("/server/answer/head", head_has_no_body);
    g_test_add_func("/server/proxy/client", the_proxy_tells_the_client);
    g_test_add_func("/server/start/wrong-settings", wrong_settings_stop_the_start);
    return g_test_run();
}
