/* metrics-server.c - the small server that gives the figures of operation, and nothing else.
 *
 * It has an address of its own, so that no proxy in front of the pages can be talked into showing it,
 * and a thread of its own, so that it answers when the workers do not.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <unistd.h>
#include "connection.h"
#include "sandbox.h"

#define CONNECTIONS 16
#define SECONDS 10

static void write_gauge(GString *out, const char *name, const char *help, double n)
{
    metrics_head(out, name, "gauge", help);
    metrics_line(out, name, NULL, NULL, n);
}

static void write_workers(WebServer *server, GString *out)
{
    WorkersState state;

    workers_state(server->workers, &state);
    write_gauge(out, "oppvekst_workers", "Threads that answer requests.", state.workers);
    write_gauge(out, "oppvekst_workers_busy", "Of these, at work.", state.busy);
    write_gauge(out, "oppvekst_queue_length", "Requests that wait for a worker.", state.waiting);
    write_gauge(out, "oppvekst_queue_capacity", "Beyond that the answer is 503.", state.capacity);
    write_gauge(out, "oppvekst_connections", "Connections open.", connections_count(&server->open));
}

static void write_process(GString *out)
{
    g_autofree char *text = NULL;
    const char *resident;
    int64_t runs, failed;

    if (g_file_get_contents("/proc/self/statm", &text, NULL, NULL) &&
        (resident = strchr(text, ' ')))
        write_gauge(out, "process_resident_memory_bytes", "Memory of the server.",
                    (double)g_ascii_strtoll(resident, NULL, 10) * (double)sysconf(_SC_PAGESIZE));
    sandbox_count(&runs, &failed);
    metrics_head(out, "oppvekst_sandbox_runs_total", "counter", "Files handed to the sandbox.");
    metrics_line(out, "oppvekst_sandbox_runs_total", NULL, NULL, (double)runs);
    metrics_head(out, "oppvekst_sandbox_failures_total", "counter", "Of these, refused or ended.");
    metrics_line(out, "oppvekst_sandbox_failures_total", NULL, NULL, (double)failed);
}

static void write_database(WebServer *server, GString *out)
{
    const WebHooks *hooks = &server->config->hooks;
    g_autoptr(GError) why = NULL;
    g_autoptr(Db) db = server->config->store ? db_open(server->config->store, &why) : NULL;
    int64_t commits, retries;
    bool fine = db && (!hooks->metrics || hooks->metrics(hooks->data, db, out, &why));

    write_gauge(out, "oppvekst_database_up", "1: the database answers.", fine);
    if (!server->config->store)
        return;
    store_counts(server->config->store, &commits, &retries);
    metrics_head(out, "oppvekst_db_commits_total", "counter",
                 "Transactions this server committed.");
    metrics_line(out, "oppvekst_db_commits_total", NULL, NULL, (double)commits);
    metrics_head(out, "oppvekst_db_retries_total", "counter", "Transactions that were begun anew.");
    metrics_line(out, "oppvekst_db_retries_total", NULL, NULL, (double)retries);
}

static char *figures(WebServer *server, size_t *ret_size)
{
    GString *out = g_string_sized_new(8192);

    metrics_write_requests(server->metrics, out);
    write_workers(server, out);
    write_process(out);
    write_database(server, out);
    *ret_size = out->len;
    return g_string_free(out, FALSE);
}

/* lint: inputs — the shape is libmicrohttpd's */
static enum MHD_Result answer(void *data, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **context)
{
    bool there = !strcmp(url, "/metrics") && !strcmp(method, "GET");
    size_t size = 0;
    char *text = there ? figures(data, &size) : NULL;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        size, text ? text : (void *)"", text ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    enum MHD_Result done;

    (void)version;
    (void)upload;
    (void)upload_size;
    (void)context;
    MHD_add_response_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    MHD_add_response_header(response, "Connection",
                            "close"); /* a change of guard waits for nobody */
    done = MHD_queue_response(connection, there ? 200 : 404, response);
    MHD_destroy_response(response);
    return done;
}

bool metrics_serve(WebServer *server, GError **error)
{
    int fd = server->config->metrics_fd;

    if (fd <= 0)
        return true;
    server->figures =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, server,
                         MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
                         MHD_OPTION_CONNECTION_TIMEOUT, SECONDS, MHD_OPTION_END);
    return server->figures ||
           app_fail(error, APP_ERROR_BUSY, "the figures of operation cannot be served");
}
