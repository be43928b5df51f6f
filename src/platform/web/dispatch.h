/* dispatch.h - one request in, one reply out: the path every request goes, on a socket or in a test.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "body.h"
#include "router.h"
#include "server.h"

#define COOKIE_SESSION "__Host-oppvekst"
#define COOKIE_LANGUAGE "__Host-sprak"
#define COOKIE_VISITOR "__Host-besok"
#define COOKIE_FLASH "__Host-melding"
#define REQUEST_ID 14
#define CSRF_TEXT 65 /* 64 hex digits and NUL */

/* What does not change while the server runs. */
typedef struct {
    Router *router;
    GArray *menu; /* MenuItem, ascending by order */
    uint8_t secret[32];
    const char *origin; /* "https://host" of base_url, or NULL */
    const char *version;
    WebHooks hooks;
} Web;

Web *web_new(const Slice *const *slices, const WebHooks *hooks, GError **error);
void web_free(Web *web);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Web, web_free)

/* A request as it came; all borrowed for the call. */
typedef struct {
    const char *method, *path, *query; /* path and query as sent; query "" when none */
    const Pair *headers;
    size_t n_headers;
    const char *body; /* NUL-terminated */
    size_t body_size;
    const char *client; /* numeric address of the real client, or "unix" */
    bool https;
    int64_t now; /* microseconds UTC */
    char id[REQUEST_ID];
    struct Replies *replies; /* the worker's kept replies; NULL: none are kept */
} Incoming;

typedef struct {
    int status;
    char *data; /* g_free; NULL when the reply has no body, or has a shared one */
    size_t size;
    GBytes *shared;     /* the body, when it is also kept; else NULL */
    GPtrArray *headers; /* name, value, name, value...; each owned */
    const char *route;  /* pattern for the log, or "-"; borrowed from the route table */
    int64_t user;       /* person for the log; 0 */
    char *trouble;      /* of the error, for the log only; NULL */
} Outgoing;

void outgoing_clear(Outgoing *out);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outgoing, outgoing_clear)

/* Never fails: what goes wrong becomes an error page. */
void web_dispatch(const Web *web, Db *db, const Incoming *in, Outgoing *ret_out);

/* The page for a request that never reached a handler: 408, 413, 431, 503... */
void web_refuse(const Web *web, Db *db, const Incoming *in, int status, Outgoing *ret_out);

/* The CSRF token that goes with a token of kind "session" or "visitor". */
void web_csrf(const Web *web, const char *kind, const char *token, char ret_csrf[CSRF_TEXT]);

/* Header of a request by name in any case; NULL when absent. */
const char *incoming_header(const Incoming *in, const char *name);
