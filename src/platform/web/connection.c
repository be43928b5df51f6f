/* connection.c - open connections: counted by address, and ended when they are late.
 *
 * libmicrohttpd's own timeout is about silence; a client that sends one byte every ten seconds is
 * never silent. So each connection has a time by which it must have sent or taken what is its turn.
 * And libmicrohttpd accepts nobody when all places are taken, so that thousands who say nothing would
 * keep everybody else out for that time: those who have waited longest then make room.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sys/socket.h>
#include "connection.h"

#define SLOWEST_BYTES (16 * 1024) /* a second */
#define WATCH_MICROS (G_USEC_PER_SEC / 2)

void connections_init(Connections *open, guint places)
{
    g_mutex_init(&open->lock);
    g_cond_init(&open->wake);
    open->places = places;
    open->all = g_hash_table_new_full(NULL, NULL, g_free, NULL);
}

void connections_free(Connections *open)
{
    g_hash_table_unref(open->all);
    g_cond_clear(&open->wake);
    g_mutex_clear(&open->lock);
}

/* shutdown, not close: the descriptor stays libmicrohttpd's, which sees the end and closes it. */
static void end_one(Connections *open, Connection *c)
{
    shutdown(c->fd, SHUT_RDWR);
    c->deadline = 0;
    c->ended = true;
    open->ended++;
}

static void end_late(Connections *open, int64_t now)
{
    GHashTableIter i;
    gpointer key;

    g_hash_table_iter_init(&i, open->all);
    while (g_hash_table_iter_next(&i, &key, NULL)) {
        Connection *c = key;

        if (c->deadline && c->deadline < now)
            end_one(open, c);
    }
}

static guint alive(const Connections *open)
{
    return g_hash_table_size(open->all) - open->ended;
}

/* One place in sixteen is kept for those who come; with few places none can be. */
static bool crowded(const Connections *open)
{
    return alive(open) > open->places - open->places / 16;
}

static int by_deadline(gconstpointer a, gconstpointer b)
{
    const Connection *x = *(Connection *const *)a, *y = *(Connection *const *)b;

    return (x->deadline > y->deadline) - (x->deadline < y->deadline);
}

/* Down to seven places in eight, those first whose turn it has been longest. */
static void make_room(Connections *open)
{
    g_autoptr(GPtrArray) waiting = g_ptr_array_new();
    guint many = alive(open) - (open->places - open->places / 8);
    GHashTableIter i;
    gpointer key;

    g_hash_table_iter_init(&i, open->all);
    while (g_hash_table_iter_next(&i, &key, NULL)) {
        if (((Connection *)key)->deadline)
            g_ptr_array_add(waiting, key);
    }
    g_ptr_array_sort(waiting, by_deadline);
    for (guint k = 0; k < MIN(many, waiting->len); k++)
        end_one(open, waiting->pdata[k]);
}

static gpointer watch(gpointer data)
{
    Connections *open = data;

    g_mutex_lock(&open->lock);
    while (!open->stopping) {
        int64_t now = g_get_monotonic_time();

        end_late(open, now);
        if (crowded(open))
            make_room(open);
        g_cond_wait_until(&open->wake, &open->lock, now + WATCH_MICROS);
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
    g_cond_signal(&server->open.wake);
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
    if (!c->ended)
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
    connection_allow(server, c, 0);
    g_mutex_lock(&server->open.lock);
    g_hash_table_add(server->open.all, c);
    if (crowded(&server->open))
        g_cond_signal(&server->open.wake);
    g_mutex_unlock(&server->open.lock);
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
    server->open.ended -= c->ended;
    g_hash_table_remove(server->open.all, c); /* frees it */
    g_mutex_unlock(&server->open.lock);
    *context = NULL;
}
