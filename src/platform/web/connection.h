/* connection.h - connections and requests of the running server; for platform/web only.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <microhttpd.h>
#include "clients.h"
#include "dispatch.h"
#include "metrics.h"
#include "replies.h"
#include "workers.h"

typedef struct {
    size_t body, upload, header; /* bytes */
    int connections, per_address, seconds, stop_seconds;
} Limits;

/* Open connections with the time by which each must have got on; a watcher ends the late ones, and
 * those that have waited longest when nearly all places are taken. */
typedef struct {
    GMutex lock;
    GCond wake;
    GHashTable *all;     /* set of Connection */
    guint places, ended; /* how many there may be; of all, those told to end */
    GThread *watcher;
    bool stopping;
} Connections;

typedef struct {
    int fd;
    int64_t deadline; /* monotonic; 0: the turn is ours, or it has been told to end */
    bool ended;
    char peer[CLIENT_TEXT];
    void *unread; /* the Exchange of a request whose head has not come whole; freed with us */
} Connection;

struct WebServer {
    const WebConfig *config;
    Limits limits;
    Web *web;
    Workers *workers;
    Clients *clients;
    struct MHD_Daemon *daemons[WEB_SOCKETS]; /* one a socket, each with its own event thread */
    struct MHD_Daemon *figures;              /* see metrics-server.c; NULL: not asked for */
    Metrics *metrics;
    Connections open;
    int listen_fds[WEB_SOCKETS];
    size_t n_listen, n_daemons; /* of the latter so many have been started */
    char *socket_path, *origin;
    gint busy;     /* requests begun and not ended */
    gint draining; /* true while stopping */
    gint body_kib; /* memory held by bodies of all requests */
};

/* connection.c */
void connections_init(Connections *open, guint places);
void connections_free(Connections *open);
void connections_watch(WebServer *server);
void connections_unwatch(WebServer *server);
guint connections_count(Connections *open);
/* Give a connection so long for what comes next: the time setting, and a second for each 16 KiB. */
void connection_allow(WebServer *server, Connection *connection, size_t bytes);
void connection_pause(WebServer *server, Connection *connection); /* the turn is ours */
enum MHD_Result connection_allowed(void *data, const struct sockaddr *address, socklen_t len);
void connection_notify(void *data, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode code);
Connection *connection_of(struct MHD_Connection *connection);

/* metrics-server.c: on config->metrics_fd, when there is one */
bool metrics_serve(WebServer *server, GError **error);

/* exchange.c: one request on a connection */
typedef struct Exchange Exchange;
void *request_begin(void *data, const char *uri, struct MHD_Connection *connection);
size_t request_keep_escapes(void *data, struct MHD_Connection *connection, char *text);
enum MHD_Result request_handle(void *data, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **context);
void request_end(void *data, struct MHD_Connection *connection, void **context,
                 enum MHD_RequestTerminationCode code);
/* A request whose head never came whole: libmicrohttpd tells nobody that it has ended. */
void request_drop(void *exchange);
/* On a worker, with what is that worker's own. */
void request_answer(WebServer *server, Db *db, Replies *replies, Exchange *exchange);
