/* exchange.c - one request on a connection: collected on the event thread, answered by a worker.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "connection.h"
#include "log.h"
#include "statics.h"
#include <sys/random.h>

#define BODIES_KIB (256 * 1024) /* memory for the bodies of all requests being read */
#define CHUNK_FIRST 4096

struct Exchange {
    WebServer *server;
    struct MHD_Connection *mhd;
    Connection *connection;
    char *uri;
    const char *method; /* libmicrohttpd's; lives as long as the request */
    Incoming in;
    GArray *headers; /* Pair; the strings are libmicrohttpd's */
    GString *body;
    size_t limit;
    gint held_kib;
    int refused; /* status; 0: not */
    char client[CLIENT_TEXT];
    bool counted; /* in clients, as a request behind a proxy */
    bool busy, answered;
    bool unclear; /* where the request ends: the connection ends with it */
    Outgoing out;
    int64_t begun; /* monotonic */
};

/* --- beginning and end --- */

void *request_begin(void *data, const char *uri, struct MHD_Connection *connection)
{
    Exchange *x = g_new0(Exchange, 1);

    x->server = data;
    x->mhd = connection;
    x->uri = g_strdup(uri);
    x->connection = connection_of(connection);
    request_drop(x->connection->unread);
    x->connection->unread = x;
    return x;
}

void request_drop(void *exchange)
{
    Exchange *x = exchange;

    if (!x)
        return;
    g_free(x->uri);
    g_free(x);
}

/* Addresses are decoded by the router, segment by segment, and not before. */
size_t request_keep_escapes(void *data, struct MHD_Connection *connection, char *text)
{
    (void)data;
    (void)connection;
    return strlen(text);
}

void request_end(void *data, struct MHD_Connection *connection, void **context,
                 enum MHD_RequestTerminationCode code)
{
    WebServer *server = data;
    Exchange *x = *context;

    (void)connection;
    (void)code;
    if (!x)
        return;
    if (x->connection->unread == x)
        x->connection->unread = NULL;
    connection_allow(server, x->connection, 0);
    if (x->counted)
        clients_leave(server->clients, x->client);
    if (x->busy)
        g_atomic_int_add(&server->busy, -1);
    g_atomic_int_add(&server->body_kib, -x->held_kib);
    outgoing_clear(&x->out);
    if (x->headers)
        g_array_unref(x->headers);
    if (x->body)
        g_string_free(x->body, TRUE);
    g_free(x->uri);
    g_free(x);
    *context = NULL;
}

/* --- the request's head --- */

static enum MHD_Result add_header(void *data, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    Pair pair = { name, value ? value : "" };

    (void)kind;
    g_array_append_val((GArray *)data, pair);
    return MHD_YES;
}

static void new_id(char id[REQUEST_ID])
{
    uint64_t bits;

    g_assert(getrandom(&bits, sizeof bits, 0) == (ssize_t)sizeof bits);
    id_text((int64_t)(bits >> 1), id);
}

/* Path and query of "/a?b", also of the absolute form "http://host/a?b". */
static void split_uri(Exchange *x)
{
    char *path = x->uri;
    char *mark;

    if (path[0] != '/' && strstr(path, "://"))
        path = strchrnul(strstr(path, "://") + 3, '/');
    mark = strchr(path, '?');
    if (mark)
        *mark = '\0';
    x->in.path = path;
    x->in.query = mark ? mark + 1 : "";
}

static size_t header_bytes(const Exchange *x)
{
    size_t sum = strlen(x->uri);

    for (guint i = 0; i < x->headers->len; i++) {
        const Pair *p = &g_array_index(x->headers, Pair, i);

        sum += strlen(p->name) + strlen(p->value) + 4;
    }
    return sum;
}

static void find_client(Exchange *x)
{
    const Clients *clients = x->server->clients;
    const char *proto = incoming_header(&x->in, "X-Forwarded-Proto");
    bool behind = clients_trusts(clients, x->connection->peer);

    g_strlcpy(x->client, x->connection->peer, sizeof x->client);
    if (behind)
        clients_real(clients, x->connection->peer, incoming_header(&x->in, "X-Forwarded-For"),
                     x->client);
    x->in.client = x->client;
    x->in.https = behind && proto && g_str_has_suffix(proto, "https");
    if (!behind || clients_trusts(clients, x->client))
        return;
    x->counted = clients_enter(x->server->clients, x->client);
    if (!x->counted)
        x->refused = 429;
}

/* A file may be large, but not from someone who has no session. */
static void find_limit(Exchange *x)
{
    const Limits *l = &x->server->limits;
    const char *cookie = incoming_header(&x->in, "Cookie");
    const char *length = incoming_header(&x->in, "Content-Length");
    bool session = cookie && strstr(cookie, COOKIE_SESSION "=");
    bool multipart = body_kind(incoming_header(&x->in, "Content-Type")) == BODY_MULTIPART;
    guint64 size = length ? g_ascii_strtoull(length, NULL, 10) : 0;

    x->limit = multipart && session ? l->upload : l->body;
    if (size > x->limit)
        x->refused = 413;
    connection_allow(x->server, x->connection, x->refused ? 0 : (size_t)size);
}

/* Two lengths, a length beside chunks, an encoding we do not know, or two hosts: a proxy in front may
 * see other requests than we do. Source: RFC 9112 sections 3.2 and 6.3. */
static bool is_ambiguous(const Exchange *x)
{
    const char *encoding = incoming_header(&x->in, "Transfer-Encoding");
    size_t lengths = 0, encodings = 0, hosts = 0;

    for (size_t i = 0; i < x->in.n_headers; i++) {
        hosts += !g_ascii_strcasecmp(x->in.headers[i].name, "Host");
        lengths += !g_ascii_strcasecmp(x->in.headers[i].name, "Content-Length");
        encodings += !g_ascii_strcasecmp(x->in.headers[i].name, "Transfer-Encoding");
    }
    return lengths + encodings > 1 || hosts > 1 ||
           (encoding && g_ascii_strcasecmp(encoding, "chunked"));
}

static void read_head(Exchange *x, const char *method)
{
    x->connection->unread = NULL;
    x->begun = g_get_monotonic_time();
    x->method = method;
    x->busy = true;
    g_atomic_int_inc(&x->server->busy);
    x->headers = g_array_new(FALSE, FALSE, sizeof(Pair));
    x->body = g_string_sized_new(0);
    MHD_get_connection_values(x->mhd, MHD_HEADER_KIND, add_header, x->headers);
    if (header_bytes(x) > x->server->limits.header)
        x->refused = 431;
    split_uri(x);
    x->in.method = method;
    x->in.headers = (const Pair *)(void *)x->headers->data;
    x->in.n_headers = x->headers->len;
    x->in.now = g_get_real_time();
    new_id(x->in.id);
    find_client(x);
    find_limit(x);
    x->unclear = is_ambiguous(x);
    if (x->unclear)
        x->refused = 400;
}

/* --- the body --- */

static void read_body(Exchange *x, const char *data, size_t size)
{
    gint kib;

    if (x->refused)
        return; /* taken and thrown away until it ends */
    if (size > x->limit || x->body->len > x->limit - size) {
        x->refused = 413;
        return;
    }
    g_string_append_len(x->body, data, (gssize)size);
    kib = (gint)(x->body->allocated_len / 1024) - x->held_kib;
    x->held_kib += kib;
    if (g_atomic_int_add(&x->server->body_kib, kib) + kib > BODIES_KIB)
        x->refused = 503;
}

/* --- the reply --- */

static const char *outgoing_header(const Outgoing *out, const char *name)
{
    for (guint i = 0; out->headers && i + 1 < out->headers->len; i += 2) {
        if (!strcmp(out->headers->pdata[i], name))
            return out->headers->pdata[i + 1];
    }
    return "";
}

static void log_request(const Exchange *x)
{
    const Outgoing *out = &x->out;
    int64_t micros = g_get_monotonic_time() - x->begun;
    LogLevel level = out->status >= 500 ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO;

    metrics_request(x->server->metrics, out->route ? out->route : "", out->status, micros);
    log_event(level, "request", log_text("id", x->in.id), log_text("method", x->method),
              log_text("route", out->route), log_number("status", out->status),
              log_number("ms", micros / 1000), log_number("bytes", (int64_t)out->size),
              log_number("user", out->user),
              log_text(out->trouble ? "error" : "encoding",
                       out->trouble ? out->trouble : outgoing_header(out, "Content-Encoding")));
}

static enum MHD_Result queue(Exchange *x, struct MHD_Response *response, int status, size_t size)
{
    enum MHD_Result done;

    if (!response)
        return MHD_NO;
    if (x->unclear || g_atomic_int_get(&x->server->draining))
        MHD_add_response_header(response, "Connection", "close");
    connection_allow(x->server, x->connection, size);
    done = MHD_queue_response(x->mhd, (unsigned)status, response);
    MHD_destroy_response(response);
    return done;
}

static void unref_bytes(void *bytes)
{
    g_bytes_unref(bytes);
}

/* libmicrohttpd frees the body, or lets go of it when it is shared. */
static struct MHD_Response *response_of(Outgoing *out)
{
    struct MHD_Response *response;

    if (out->shared) {
        response = MHD_create_response_from_buffer_with_free_callback_cls(
            out->size, (void *)(uintptr_t)g_bytes_get_data(out->shared, NULL), unref_bytes,
            out->shared);
        out->shared = response ? NULL : out->shared;
        return response;
    }
    response =
        MHD_create_response_from_buffer(out->size, out->size ? out->data : (void *)"",
                                        out->size ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (response && out->size)
        out->data = NULL;
    return response;
}

static enum MHD_Result send_reply(Exchange *x)
{
    Outgoing *out = &x->out;
    size_t size = out->size;
    struct MHD_Response *response = response_of(out);

    for (guint i = 0; response && i + 1 < out->headers->len; i += 2)
        MHD_add_response_header(response, out->headers->pdata[i], out->headers->pdata[i + 1]);
    return queue(x, response, out->status, size);
}

static enum MHD_Result refuse(Exchange *x, int status)
{
    web_refuse(x->server->web, NULL, &x->in, status, &x->out);
    log_request(x);
    return send_reply(x);
}

static void add_static_headers(struct MHD_Response *response, const StaticFile *file,
                               const char *encoding)
{
    MHD_add_response_header(response, "Content-Type", file->type);
    MHD_add_response_header(response, "Cache-Control", "public, max-age=31536000, immutable");
    MHD_add_response_header(response, "ETag", file->etag);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (encoding)
        MHD_add_response_header(response, "Content-Encoding", encoding);
}

static enum MHD_Result send_static(Exchange *x, const StaticFile *file)
{
    StaticBody body = static_body(file, incoming_header(&x->in, "Accept-Encoding"));
    bool same = etag_matches(incoming_header(&x->in, "If-None-Match"), file->etag);
    size_t size = same ? 0 : body.size;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, (void *)body.data, MHD_RESPMEM_PERSISTENT);

    metrics_request(x->server->metrics, "/static", same ? 304 : 200,
                    g_get_monotonic_time() - x->begun);
    if (response)
        add_static_headers(response, file, same ? NULL : body.encoding);
    return queue(x, response, same ? 304 : 200, size);
}

static const StaticFile *static_asked(const Exchange *x)
{
    if (strcmp(x->method, "GET") && strcmp(x->method, "HEAD"))
        return NULL;
    return g_str_has_prefix(x->in.path, "/static/") ? static_hashed(x->in.path + 8) : NULL;
}

void request_answer(WebServer *server, Db *db, Replies *replies, Exchange *x)
{
    x->in.replies = replies;
    web_dispatch(server->web, db, &x->in, &x->out);
    log_request(x);
    x->answered = true;
    MHD_resume_connection(x->mhd);
}

static enum MHD_Result hand_over(Exchange *x)
{
    if (!workers_reserve(x->server->workers))
        return refuse(x, 503);
    connection_pause(x->server, x->connection);
    x->in.body = x->body->str;
    x->in.body_size = x->body->len;
    MHD_suspend_connection(x->mhd);
    workers_push(x->server->workers, x);
    return MHD_YES;
}

/* Called by libmicrohttpd with the head, with each piece of the body, at its end, and after resume.
 * lint: inputs — the shape is libmicrohttpd's */
enum MHD_Result request_handle(void *data, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **context)
{
    Exchange *x = *context;
    const StaticFile *file;

    (void)data;
    (void)connection;
    (void)url;
    (void)version;
    if (!x->headers) {
        read_head(x, method);
        return x->refused ? refuse(x, x->refused) : MHD_YES;
    }
    if (*upload_size) {
        read_body(x, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    if (x->answered)
        return send_reply(x);
    if (x->refused)
        return refuse(x, x->refused);
    file = static_asked(x);
    return file ? send_static(x, file) : hand_over(x);
}
