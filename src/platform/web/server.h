/* server.h - running the web server: what src/app hands over, and what it gets to know.
 *
 * The platform knows no slice. What only a slice can tell (who a session token belongs to, what an
 * owner is called) comes in through WebHooks; every hook may be NULL and then tells nothing.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

/* What is known of a session beside its user; strings in the arena. */
typedef struct {
    const char *language; /* "nb", "nn", "en"; NULL: the owner's */
    const char
        *role_label; /* msgid of the active role, since the language comes later; NULL: none */
    const char *deputy_for; /* title of the position it is held for as a deputy; NULL: not one */
    int64_t watched; /* id of the break-glass access that is on: every page says so and every page
                              read is written down; 0: none is */
    int64_t watched_until; /* microseconds UTC */
    /* While it is on: the routes, "/logg-ut", that may be posted to; every other change is refused,
     * whatever the permissions say. NULL-terminated; NULL: none. */
    const char *const *watched_posts;
} SessionInfo;

typedef struct {
    const char *name;     /* "Eide kommune"; in the arena */
    const char *language; /* "nb" or "nn"; NULL: the browser's */
    const char *today;    /* "YYYY-MM-DD" by the owner's clock; NULL: the server's */
    bool demo;            /* the date is moved, and the pages say so */
    const char *colour;   /* "#1e4d7b": of its pages and reports; NULL: the product's */
} OwnerInfo;

typedef struct {
    const void *data; /* handed to every hook; borrowed */
    /* Who a well-formed session token belongs to at `now` (microseconds UTC). false with
     * APP_ERROR_NOT_FOUND when the session is unknown or has expired; other errors answer 500/503. */
    bool (*session_user)(const void *data, Db *db, Arena *arena, const char *token, int64_t now,
                         User *ret_user, SessionInfo *ret_session, GError **error);
    bool (*owner_info)(const void *data, Db *db, Arena *arena, int64_t owner, OwnerInfo *ret_owner,
                       GError **error);
    /* The owner tied to a host name (lower case, no port); 0 when none is. */
    bool (*owner_of_host)(const void *data, Db *db, const char *host, int64_t *ret_owner,
                          GError **error);
    /* Written at the end of the page that refuses a signed-in user the route's permission: what else
     * the user can do about it. `to` is the path to come back to, "" when there is none. */
    bool (*forbidden)(const void *data, Req *req, Perm perm, const char *to, Html *html,
                      GError **error);
    /* One line of the audit log, in the transaction that `db` has open, if any. */
    bool (*note)(const void *data, Db *db, const AuditNote *note, GError **error);
    /* The installation's secret, the same on every node of it; used when the setting is empty. */
    bool (*secret)(const void *data, Db *db, uint8_t ret_secret[32], GError **error);
    /* Figures of operation that only slices know, appended in Prometheus' text form (metrics.h). */
    bool (*metrics)(const void *data, Db *db, GString *out, GError **error);
} WebHooks;

#define WEB_SOCKETS 8

typedef struct {
    const char *listen;    /* "HOST:PORT", "[v6]:PORT", or "unix:PATH" */
    const int *listen_fds; /* sockets that listen already, taken */
    size_t n_listen;       /* at most WEB_SOCKETS; 0: open `listen` */
    int metrics_fd;        /* another, where figures of operation are asked for; 0: nowhere */
    int alive_fd;      /* told 'r' when ready, '.' every few seconds while it works; 0: nobody is */
    int workers;       /* 1-256; 0: one a processor, at least 4 */
    int queue;         /* waiting requests, 1-100000; 0: 64 a worker */
    size_t body_limit; /* bytes of a form or JSON body; 0: 1 MiB */
    size_t upload_limit;         /* bytes of a multipart body; 0: 32 MiB */
    size_t header_limit;         /* bytes of request line and headers; 0: 16 KiB */
    int connections;             /* in total; 0: 10000 */
    int connections_per_address; /* of one real client; 0: 1000 */
    int request_timeout;         /* seconds to send a request's headers; 0: 30 */
    int stop_seconds;            /* for what was accepted to be answered; 0: 10 */
    const char *trusted_proxies; /* "10.0.0.0/8, ::1, unix": may forward a client's address */
    const char *base_url; /* "https://oppvekst.example.no": the only Origin trusted; or NULL */
    const char *secret;   /* 32+ characters; NULL: hooks.secret, else one for this start */
    const char *version;  /* shown by /helse */
    Store *store;         /* NULL: no database; every Req has db == NULL then */
    const Slice *const *slices; /* NULL-terminated; NULL: app_slices */
    WebHooks hooks;
} WebConfig;

typedef struct WebServer WebServer;

/**
 * Listen and serve until web_stop.
 *   config  borrowed with all it points to until web_stop has returned.
 * Errors: APP_ERROR_INVALID (a route table or setting makes no sense), APP_ERROR_BUSY (the address
 * is taken), APP_ERROR_DB.
 */
WebServer *web_start(const WebConfig *config, GError **error);
/* Stop accepting, answer what has been accepted, join. false when a handler is still at work after
 * stop_seconds and one more; the process should then end at once. */
bool web_stop(WebServer *server);
/* Stop accepting, and answer on what is open until its clients have gone, at most `seconds`: each reply
 * says that it is the last of its connection. Another process listens on the same socket meanwhile. */
void web_retire(WebServer *server, int seconds);
int web_port(const WebServer *server); /* the TCP port of the first socket; 0 on a unix one */

/* web_start, wait for SIGTERM or SIGINT (or SIGUSR2, which retires first), web_stop. Prints the address
 * to stderr's log. */
bool web_serve(const WebConfig *config, GError **error);

/* "METHOD path PERMISSION", sorted, one a line. Errors: as web_start's for the route tables. */
bool web_routes_print(FILE *out, GError **error);
