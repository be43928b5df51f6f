/* request.h - what the platform keeps about a request behind Req; for platform/web only.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "dispatch.h"

typedef struct {
    const char *label; /* translated */
    Url url;
    bool here;
} MenuLink;

typedef struct {
    MenuLink *v;
    size_t n;
} MenuLinks;

/* What layout.html draws around a page; text is ready, in the request's arena. */
typedef struct {
    const char *lang, *title, *owner, *person, *role, *csrf, *flash, *watched, *demo, *back;
    Url home, frame, report, start, css, theme, base, chart, doc, script, keys, icon, sign_in;
    Url colour; /* the owner's stylesheet, when `coloured` */
    MenuLinks menu;
    bool signed_in, coloured;
    bool search;              /* the box in the head; its own page has a larger one */
    const char *nb, *nn, *en; /* "true" for the page's language, else "false" */
} Layout;

struct ReqState {
    const Web *web;
    const Incoming *in;
    RouteMatch match;
    Body cookies, query, body;
    const char *session; /* well-formed token or NULL */
    User user;
    SessionInfo session_info;
    OwnerInfo owner;
    AuditNote note; /* what the handler says it changes; act NULL: nothing said */
    char csrf[CSRF_TEXT];
    char *visitor; /* this visitor's cookie; set when the reply carries the token */
    bool visitor_new;
    char *flash;
    /* the reply */
    int status;
    Html *page;
    Layout layout;
    const char *type, *location;
    char *data;
    size_t size;
    GPtrArray *headers; /* name, value...; owned */
    GPtrArray *cookies_out;
    bool cacheable, replied;
    const char *kept_key; /* under which the reply may be kept; NULL: it may not */
    int64_t kept_version; /* of the database it was made from */
    const struct KeptReply *kept;
};

/* session.c */
bool request_identify(Req *req, GError **error); /* session, owner, clock, language, CSRF token */
bool request_same_origin(const Req *req);        /* false when the browser says cross-site */
bool request_csrf_ok(Req *req); /* the posted token is this session's or visitor's */
const char *request_cookie(const Req *req, const char *name); /* NULL when absent */
void request_set_cookie(Req *req, const char *name, const char *value,
                        int seconds); /* 0: session */
void request_drop_cookie(Req *req, const char *name);
char *token_new(Arena *arena); /* 43 characters of base64url, 256 random bits */
bool token_valid(const char *token);

/* note.c */
/* From here on what the request changes is written down, in the transaction of the change. */
/* While break-glass access is on: a line for this page, each time. */
bool request_note_watched(Req *req, GError **error);
void request_witness(Req *req);
void request_witness_end(Req *req);

/* layout.c */
void layout_prepare(Req *req, const char *title);
void layout_open(Req *req);
void layout_close(Req *req);

/* reply.c */
void reply_discard(Req *req); /* forget what a handler began */
void reply_finish(Req *req, Outgoing *ret_out);
/* Answer a visitor with what was made for another; false when nothing is kept. */
bool reply_kept(Req *req);

/* errors.c */
void error_page(Req *req, int status);
void retry_page(Req *req, int status); /* explains, and keeps every posted text field */
