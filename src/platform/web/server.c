/* server.c - the server on libmicrohttpd: one event thread a socket moves bytes, workers answer.
 *
 * The event thread reads requests and answers static files itself. Everything else is suspended and
 * handed to a worker, which makes the whole reply and resumes; bytes then move without it. A request
 * belongs to exactly one thread at a time, and the queue's lock is where it changes hands.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <malloc.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>
#include "connection.h"
#include "listen.h"
#include "log.h"

#define STOP_SECONDS 10
#define RETIRE_MORE 5              /* seconds, beyond those that a silent connection has */
#define LAST_SECOND G_USEC_PER_SEC /* for the workers, when a slow client has used up the time */
#define ANSWER_HEAD ((size_t)8 * 1024) /* of a connection, beside the head of a request */
#define POLL_MICROS 20000
#define KEPT_BYTES ((size_t)32 * 1024 * 1024) /* of kept replies, all workers together */

static const char *set_or(const char *value, const char *otherwise)
{
    return value && *value ? value : otherwise;
}

static void take_limits(Limits *l, const WebConfig *c)
{
    *l = (Limits){
        .body = c->body_limit ? c->body_limit : 1024 * 1024,
        .upload = c->upload_limit ? c->upload_limit : 32 * 1024 * 1024,
        .header = c->header_limit ? c->header_limit : 16 * 1024,
        .connections = c->connections > 0 ? c->connections : 10000,
        .per_address = c->connections_per_address > 0 ? c->connections_per_address : 1000,
        .seconds = c->request_timeout > 0 ? c->request_timeout : 30,
        .stop_seconds = c->stop_seconds > 0 ? c->stop_seconds : STOP_SECONDS,
    };
}

/* --- workers --- */

static int number_of_workers(const WebConfig *c)
{
    return c->workers > 0 ? c->workers : MAX(4, (int)g_get_num_processors());
}

typedef struct {
    Db *db; /* NULL without a store */
    Replies *replies;
} WorkerOwn;

static void *worker_open(void *data, GError **error)
{
    WebServer *server = data;
    WorkerOwn *own = g_new0(WorkerOwn, 1);

    if (server->config->store && !(own->db = db_open(server->config->store, error))) {
        g_free(own);
        return NULL;
    }
    own->replies = replies_new(KEPT_BYTES / (size_t)number_of_workers(server->config));
    return own;
}

static void worker_close(void *data)
{
    WorkerOwn *own = data;

    db_close(own->db);
    replies_free(own->replies);
    g_free(own);
}

static void worker_work(void *data, void *own, void *job)
{
    const WorkerOwn *mine = own;

    request_answer(data, mine->db, mine->replies, job);
}

static bool start_workers(WebServer *server, GError **error)
{
    const WebConfig *c = server->config;
    WorkersDo work = { worker_open, worker_close, worker_work, server };
    int workers = number_of_workers(c);

    server->workers = workers_new(&work, workers, c->queue > 0 ? c->queue : 64 * workers, error);
    return server->workers != NULL;
}

/* --- the secret --- */

/* The setting, else the installation's own, else what web_new made for this start. */
static bool take_secret(WebServer *server, GError **error)
{
    const WebConfig *c = server->config;
    const char *set = set_or(c->secret, NULL);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize size = sizeof server->web->secret;

    if (set && strlen(set) < 32)
        return app_fail(error, APP_ERROR_INVALID, "secret must be at least 32 characters");
    if (set) {
        g_checksum_update(sum, (const guchar *)set, -1);
        g_checksum_get_digest(sum, server->web->secret, &size);
        return true;
    }
    if (!c->hooks.secret || !c->store)
        return true;
    g_autoptr(Db) db = db_open(c->store, error);

    return db && c->hooks.secret(c->hooks.data, db, server->web->secret, error);
}

/* --- start and stop --- */

/* As many descriptors as the system lets us have; each connection is one. */
static void raise_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

G_GNUC_PRINTF(2, 0)
static void log_mhd(void *data, const char *format, va_list args)
{
    g_autofree char *text = g_strdup_vprintf(format, args);

    (void)data;
    log_event(LOG_LEVEL_DEBUG, "http", log_text("text", g_strchomp(text)));
}

/* On each socket; the connections of all sockets together are kept below the limit by connection.c. */
static struct MHD_Daemon *start_daemon(WebServer *server, int fd)
{
    const Limits *l = &server->limits;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;

    return MHD_start_daemon(
        flags, 0, connection_allowed, server, request_handle, server, MHD_OPTION_EXTERNAL_LOGGER,
        log_mhd, NULL, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)l->connections, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)l->seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, l->header + ANSWER_HEAD, MHD_OPTION_NOTIFY_CONNECTION,
        connection_notify, server, MHD_OPTION_URI_LOG_CALLBACK, request_begin, server,
        MHD_OPTION_UNESCAPE_CALLBACK, request_keep_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED,
        request_end, server, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

static bool start_daemons(WebServer *server, GError **error)
{
    for (size_t i = 0; i < server->n_listen; i++) {
        server->daemons[i] = start_daemon(server, server->listen_fds[i]);
        if (!server->daemons[i])
            return app_fail(error, APP_ERROR_BUSY, "the HTTP daemon did not start");
        server->n_daemons++;
    }
    return true;
}

static void stop_daemons(WebServer *server)
{
    for (size_t i = 0; i < server->n_daemons; i++)
        MHD_stop_daemon(server->daemons[i]);
}

static void server_free(WebServer *server)
{
    connections_free(&server->open);
    for (size_t i = 0; i < server->n_listen; i++)
        close(server->listen_fds[i]);
    if (server->socket_path)
        unlink(server->socket_path);
    g_free(server->socket_path);
    clients_free(server->clients);
    metrics_free(server->metrics);
    web_free(server->web);
    g_free(server->origin);
    g_free(server);
}

/* "https://host" of the base URL, without what follows. */
static char *origin_of(const char *base_url)
{
    const char *host = base_url ? strstr(base_url, "://") : NULL;

    return host ? g_strndup(base_url, (gsize)(host + 3 - base_url) + strcspn(host + 3, "/")) : NULL;
}

static bool prepare(WebServer *server, GError **error)
{
    const WebConfig *c = server->config;

    server->origin = origin_of(c->base_url);
    server->web = web_new(c->slices ? c->slices : app_slices, &c->hooks, error);
    server->clients = clients_new(c->trusted_proxies, server->limits.per_address, error);
    if (!server->web || !server->clients)
        return false;
    server->web->origin = server->origin;
    server->web->version = set_or(c->version, "0");
    return take_secret(server, error);
}

/* Those given, else one of our own. */
static bool take_sockets(WebServer *server, GError **error)
{
    const WebConfig *c = server->config;

    g_assert(c->n_listen <= WEB_SOCKETS);
    for (; server->n_listen < c->n_listen; server->n_listen++)
        server->listen_fds[server->n_listen] = c->listen_fds[server->n_listen];
    if (server->n_listen)
        return true;
    server->listen_fds[0] =
        listen_open(set_or(c->listen, "127.0.0.1:8080"), &server->socket_path, error);
    server->n_listen = server->listen_fds[0] >= 0;
    return server->n_listen > 0;
}

WebServer *web_start(const WebConfig *config, GError **error)
{
    WebServer *server = g_new0(WebServer, 1);
    bool fine;

    server->config = config;
    server->metrics = metrics_new();
    take_limits(&server->limits, config);
    connections_init(&server->open, (guint)server->limits.connections);
    raise_descriptors();
    fine = prepare(server, error) && take_sockets(server, error) && start_workers(server, error) &&
           start_daemons(server, error) && metrics_serve(server, error);
    if (!fine) {
        stop_daemons(server);
        workers_free(server->workers, INT64_MAX);
        server_free(server);
        return NULL;
    }
    connections_watch(server);
    return server;
}

int web_port(const WebServer *server)
{
    return listen_port(server->listen_fds[0]);
}

static void stop_accepting(WebServer *server)
{
    if (g_atomic_int_compare_and_exchange(&server->draining, 0, 1))
        for (size_t i = 0; i < server->n_daemons; i++)
            MHD_quiesce_daemon(server->daemons[i]);
}

/* Until nothing is being read, answered or written, or the time is up. */
static void drain(WebServer *server, int64_t deadline)
{
    stop_accepting(server);
    while (g_atomic_int_get(&server->busy) > 0 && g_get_monotonic_time() < deadline)
        g_usleep(POLL_MICROS);
}

static void stop_figures(WebServer *server)
{
    int fd = server->figures ? MHD_quiesce_daemon(server->figures) : -1;

    if (server->figures)
        MHD_stop_daemon(server->figures);
    server->figures = NULL;
    if (fd >= 0)
        close(fd);
}

/* A connection that is closed while its client sends on it loses a request, so none is closed before
 * its client has been told, or has been silent for as long as anybody may be. */
void web_retire(WebServer *server, int seconds)
{
    int64_t deadline = g_get_monotonic_time() + seconds * G_USEC_PER_SEC;

    stop_accepting(server);
    stop_figures(server);
    while (connections_count(&server->open) && g_get_monotonic_time() < deadline)
        g_usleep(POLL_MICROS);
}

bool web_stop(WebServer *server)
{
    if (!server)
        return true;
    drain(server, g_get_monotonic_time() + server->limits.stop_seconds * G_USEC_PER_SEC);
    stop_figures(server);
    connections_unwatch(server);
    if (!workers_free(server->workers, g_get_monotonic_time() + LAST_SECOND))
        return false; /* a worker still holds all this */
    stop_daemons(server);
    server_free(server);
    return true;
}

/* --- signals --- */

/* lint: state — an eventfd, the one thing a signal handler may write to */
static int stop_fd = -1;

#define SAY_STOP UINT64_C(1)
#define SAY_RETIRE (UINT64_C(1) << 32)
#define ALIVE_MS 5000

static void on_signal(int number)
{
    int saved = errno;
    uint64_t word = number == SIGUSR2 ? SAY_RETIRE : SAY_STOP;

    if (write(stop_fd, &word, sizeof word) < 0)
        errno = saved;
    errno = saved;
}

static void tell_alive(const WebServer *server, const char *word)
{
    if (server->config->alive_fd > 0 && write(server->config->alive_fd, word, 1) < 0)
        log_event(LOG_LEVEL_DEBUG, "unheard", log_text("reason", g_strerror(errno)));
}

/* Until a signal comes; says meanwhile that the workers are getting on. */
static uint64_t wait_for_signal(const WebServer *server)
{
    struct pollfd watch = { .fd = stop_fd, .events = POLLIN };
    uint64_t word = 0;

    for (;;) {
        if (poll(&watch, 1, ALIVE_MS) == 0 && workers_move(server->workers))
            tell_alive(server, ".");
        if (watch.revents && read(stop_fd, &word, sizeof word) == sizeof word)
            return word;
        watch.revents = 0;
    }
}

static void catch_signals(void)
{
    static const int numbers[] = { SIGTERM, SIGINT, SIGUSR2 };
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

    stop_fd = eventfd(0, EFD_CLOEXEC);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        sigaction(numbers[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* What a page takes, the next one takes again: 128 KiB, at which malloc gives memory back to the system,
 * is less than some pages are made in, and to get it again costs more than the page. */
static void keep_memory(void)
{
    mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 512 * 1024);
}

bool web_serve(const WebConfig *config, GError **error)
{
    WebServer *server;

    keep_memory();
    catch_signals();
    server = web_start(config, error);
    if (!server)
        return false;
    log_event(LOG_LEVEL_INFO, "start",
              log_text("listen", config->listen ? config->listen : "127.0.0.1:8080"),
              log_number("port", web_port(server)), log_text("version", server->web->version));
    tell_alive(server, "r");
    if (wait_for_signal(server) == SAY_RETIRE) {
        log_event(LOG_LEVEL_INFO, "retiring");
        web_retire(server, server->limits.seconds + RETIRE_MORE);
    }
    log_event(LOG_LEVEL_INFO, "stopping");
    if (!web_stop(server))
        return app_fail(error, APP_ERROR_BUSY, "some requests were not done in time");
    log_event(LOG_LEVEL_INFO, "stopped");
    return true;
}
