/* connection.c - open connections: counted by address, and ended when they are late.
 *
 * libmicrohttpd's own timeout is about silence; a client that sends one byte every ten seconds is
 * never silent. So each connection has a time by which it must have sent or taken what is its turn.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sys/socket.h>
#include "connection.h"

#define SLOWEST_BYTES (16 * 1024) /* a second */
#define WATCH_MICROS (G_USEC_PER_SEC / 2)

void connections_init(Connections *open)
{
    g_mutex_init(&open->lock);
    g_cond_init(&open->stop);
    open->all = g_hash_table_new_full(NULL, NULL, g_free, NULL);
}

void connections_free(Connections *open)
{
    g_hash_table_unref(open->all);
    g_cond_clear(&open->stop);
    g_mutex_clear(&open->lock);
}

/* shutdown, not close: the descriptor stays libmicrohttpd's, which sees the end and closes it. */
static void end_late(Connections *open, int64_t now)
{
    GHashTableIter i;
    gpointer key;

    g_hash_table_iter_init(&i, open->all);
    while (g_hash_table_iter_next(&i, &key, NULL)) {
        Connection *c = key;

        if (c->deadline && c->deadline < now) {
            shutdown(c->fd, SHUT_RDWR);
            c->deadline = 0;
        }
    }
}

static gpointer watch(gpointer data)
{
    Connections *open = data;

    g_mutex_lock(&open->lock);
    while (!open->stopping) {
        int64_t now = g_get_monotonic_time();

        end_late(open, now);
        g_cond_wait_until(&open->stop, &open->lock, now + WATCH_MICROS);
    }
    g_mutex_unlock(&open->lock);
    return NULL;
}

void connections_watch(WebServer *server)
{
    server->open.watcher = g_thread_new("watcher", watch, &server->open);
}

void connections_unwatch(WebServer *server)
{
    g_mutex_lock(&server->open.lock);
    server->open.stopping = true;
    g_cond_signal(&server->open.stop);
    g_mutex_unlock(&server->open.lock);
    g_thread_join(server->open.watcher);
}

guint connections_count(Connections *open)
{
    guint n;

    g_mutex_lock(&open->lock);
    n = g_hash_table_size(open->all);
    g_mutex_unlock(&open->lock);
    return n;
}

static void set_deadline(WebServer *server, Connection *c, int64_t deadline)
{
    g_mutex_lock(&server->open.lock);
    c->deadline = deadline;
    g_mutex_unlock(&server->open.lock);
}

void connection_allow(WebServer *server, Connection *c, size_t bytes)
{
    int64_t seconds = server->limits.seconds + (int64_t)(bytes / SLOWEST_BYTES);

    set_deadline(server, c, g_get_monotonic_time() + seconds * G_USEC_PER_SEC);
}

void connection_pause(WebServer *server, Connection *c)
{
    set_deadline(server, c, 0);
}

/* Behind a proxy all connections have the proxy's address, so there requests are counted instead. */
enum MHD_Result connection_allowed(void *data, const struct sockaddr *address, socklen_t len)
{
    WebServer *server = data;
    char peer[CLIENT_TEXT];

    (void)len;
    client_address(address, peer);
    if (clients_trusts(server->clients, peer))
        return MHD_YES;
    if (!clients_enter(server->clients, peer))
        return MHD_NO;
    clients_leave(server->clients, peer); /* entered for good when the connection starts */
    return MHD_YES;
}

Connection *connection_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info->socket_context;
}

static Connection *connection_start(WebServer *server, struct MHD_Connection *connection)
{
    Connection *c = g_new0(Connection, 1);

    c->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    client_address(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
        c->peer);
    if (!clients_trusts(server->clients, c->peer))
        clients_enter(server->clients, c->peer);
    g_mutex_lock(&server->open.lock);
    g_hash_table_add(server->open.all, c);
    g_mutex_unlock(&server->open.lock);
    connection_allow(server, c, 0);
    return c;
}

void connection_notify(void *data, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode code)
{
    WebServer *server = data;
    Connection *c = *context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = connection_start(server, connection);
        return;
    }
    if (!c)
        return;
    request_drop(c->unread);
    if (!clients_trusts(server->clients, c->peer))
        clients_leave(server->clients, c->peer);
    g_mutex_lock(&server->open.lock);
    g_hash_table_remove(server->open.all, c); /* frees it */
    g_mutex_unlock(&server->open.lock);
    *context = NULL;
}
