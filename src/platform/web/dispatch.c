/* dispatch.c - one request in, one reply out.
 *
 * The order is the protection: route, then who asks, then permission, then the body, then proof that
 * the post is meant, then the handler. A test goes the same way as a socket.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"
#include "log.h"
#include <sys/random.h>

static int by_order(gconstpointer a, gconstpointer b)
{
    const MenuItem *x = a, *y = b;

    return x->order != y->order ? (x->order > y->order) - (x->order < y->order)
                                : strcmp(x->path, y->path);
}

void web_free(Web *web)
{
    if (!web)
        return;
    router_free(web->router);
    g_array_unref(web->menu);
    g_free(web);
}

static bool is_safe(const Incoming *in)
{
    return !strcmp(in->method, "GET") || !strcmp(in->method, "HEAD");
}

/* --- the platform's own two routes --- */

/* Answered before anyone is looked up, so that it tells of the database and nothing else. */
static bool health(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    DbRows rows = { 0 };
    static const DbColumn one = { "one", DB_INT, false };
    static const DbQuery query = { .name = "health",
                                   .file = __FILE__,
                                   .line = __LINE__,
                                   .sqlite = "SELECT 1 AS one",
                                   .postgresql = "SELECT 1::BIGINT AS one",
                                   .n_columns = 1,
                                   .columns = &one,
                                   .shape = DB_ROW };
    static const size_t offset = 0;
    bool fine = req->db && db_run(req->db, &query, NULL, sizeof(int64_t), &offset, &rows, &why);
    g_autofree char *json =
        g_strdup_printf("{\"status\":\"%s\",\"database\":%s,\"version\":\"%s\"}\n",
                        fine ? "ok" : "feil", fine ? "true" : "false", req->state->web->version);

    if (fine)
        db_rows_clear(&rows);
    else
        log_event(LOG_LEVEL_ERROR, "health", log_text("error", why ? why->message : "no database"));
    (void)error;
    return req_send(req, fine ? 200 : 503, "application/json", json, strlen(json));
}

/* Which language to show is worth no token, and without one public pages can hold the form. */
static bool change_language(Req *req, GError **error)
{
    const char *wish = req_posted(req, "sprak");

    if (wish && (!strcmp(wish, "nb") || !strcmp(wish, "nn") || !strcmp(wish, "en")))
        req_language(req, i18n_lang(wish));
    (void)error;
    return req_redirect(req, req_back(req, req_posted(req, "til"), "/"));
}

static const Route own_routes[] = {
    { "GET", "/helse", PERM_PUBLIC, health },
    { "POST", "/sprak", PERM_PUBLIC, change_language },
    { 0 },
};
static const Slice own_slice = { "web", .routes = own_routes };

/* The routes of the slices and our own, in one table. */
static Router *router_of(const Slice *const *slices, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();

    g_ptr_array_add(all, (void *)&own_slice);
    for (; *slices; slices++)
        g_ptr_array_add(all, (void *)*slices);
    g_ptr_array_add(all, NULL);
    return router_new((const Slice *const *)all->pdata, error);
}

Web *web_new(const Slice *const *slices, const WebHooks *hooks, GError **error)
{
    g_autoptr(Web) web = g_new0(Web, 1);

    web->version = "";
    web->hooks = *hooks;
    web->menu = g_array_new(FALSE, FALSE, sizeof(MenuItem));
    web->router = router_of(slices, error);
    if (!web->router)
        return NULL;
    for (; *slices; slices++) {
        for (const MenuItem *m = (*slices)->menu; m && m->path; m++)
            g_array_append_vals(web->menu, m, 1);
    }
    g_array_sort(web->menu, by_order);
    g_assert(getrandom(web->secret, sizeof web->secret, 0) == (ssize_t)sizeof web->secret);
    return g_steal_pointer(&web);
}

/* --- the steps --- */

static void fail(Req *req, const GError *why, Outgoing *out)
{
    out->trouble = g_strdup(why ? why->message : "handler gave no reason");
    error_page(req, app_error_status(why));
    if (req->state->status == 503)
        req_header(req, "Retry-After", "5");
}

static void send_to_sign_in(Req *req)
{
    const char *back =
        *req->state->in->query
            ? arena_printf(req->arena, "%s?%s", req->state->in->path, req->state->in->query)
            : req->state->in->path;
    Url to = url_with(req->arena, (Url){ "/logg-inn" }, "til", req_back(req, back, "/"));

    reply_discard(req);
    req_redirect(req, to.text);
}

static bool read_input(Req *req, Outgoing *out)
{
    const Incoming *in = req->state->in;
    const char *type = is_safe(in) ? NULL : req_header_in(req, "Content-Type");
    g_autoptr(GError) why = NULL;

    if (query_read(req->arena, in->query, &req->state->query, &why) &&
        body_read(req->arena, type, in->body, in->body_size, &req->state->body, &why))
        return true;
    fail(req, why, out);
    return false;
}

/* Break-glass access is for reading, also where a handler decides by itself who may change what. */
static bool is_watched_change(const Req *req)
{
    const SessionInfo *info = &req->state->session_info;
    const char *const *but = info->watched_posts;

    return req->user && info->watched && !is_safe(req->state->in) &&
           !(but && g_strv_contains(but, req->state->match.route->path));
}

/* true when the handler may run; else the reply is made. */
static bool is_allowed(Req *req, Perm perm)
{
    const Incoming *in = req->state->in;

    if (!is_safe(in) && !request_same_origin(req)) {
        error_page(req, 403);
        return false;
    }
    if (is_watched_change(req)) {
        error_page(req, 403);
        return false;
    }
    if (!req_may(req, perm)) {
        if (req->user)
            error_page(req, 403);
        else if (is_safe(in))
            send_to_sign_in(req);
        else
            retry_page(req, 401);
        return false;
    }
    if (is_safe(in) || req->state->match.route->handler == change_language || request_csrf_ok(req))
        return true;
    /* Only a browser that vouches for the origin gets its fields back with a fresh token. */
    if (req_header_in(req, "Origin") || req_header_in(req, "Sec-Fetch-Site"))
        retry_page(req, 403);
    else
        error_page(req, 403);
    return false;
}

static void run_handler(Req *req, Outgoing *out)
{
    const Route *route = req->state->match.route;
    g_autoptr(GError) why = NULL;

    /* Public pages tell what every owner has published; the rest see their user's owner alone. */
    if (req->db)
        db_set_owner(req->db, req->user && route->perm != PERM_PUBLIC ? req->user->owner : 0);
    request_witness(req);
    /* While break-glass access is on, a page that cannot be written down is not shown. */
    bool done = request_note_watched(req, &why) && route->handler(req, &why);

    request_witness_end(req);
    if (done && !req->state->replied)
        g_error("handler of %s %s made no reply", route->method, route->path);
    if (!done)
        fail(req, why, out);
}

static void answer(Req *req, Outgoing *out)
{
    struct ReqState *s = req->state;
    g_autoptr(GError) why = NULL;
    bool decodes = router_match(s->web->router, req->arena, s->in->method, s->in->path, &s->match);
    const Route *route = s->match.route;

    out->route = route ? route->path : "-";
    if (route && route->handler == health) {
        run_handler(req, out);
    } else if (!request_identify(req, &why)) {
        fail(req, why, out);
    } else if (!decodes) {
        error_page(req, 400);
    } else if (!read_input(req, out)) {
        return;
    } else if (!route) {
        error_page(req, s->match.path_known ? 405 : 404);
        if (s->match.path_known)
            req_header(req, "Allow", s->match.allow);
    } else if (is_allowed(req, route->perm) && !reply_kept(req)) {
        run_handler(req, out);
    }
}

typedef void (*Answer)(Req *req, int status, Outgoing *out);

static void answer_request(Req *req, int status, Outgoing *out)
{
    (void)status;
    answer(req, out);
}

/* Nothing of a refused request is looked up: whoever is turned away costs little. */
static void answer_refused(Req *req, int status, Outgoing *out)
{
    out->route = "-";
    i18n_use(req->lang);
    error_page(req, status);
    if (status == 503 || status == 429)
        req_header(req, "Retry-After", "5");
}

static void with_request(const Web *web, Db *db, const Incoming *in, int status, Answer work,
                         Outgoing *out)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) cookies = g_ptr_array_new_with_free_func(g_free);
    struct ReqState state = { .web = web, .in = in, .headers = headers, .cookies_out = cookies };
    char *path = percent_decode(arena, in->path, strlen(in->path), false);
    Req req = { .db = db, .arena = arena, .now = in->now, .lang = LANG_NB, .state = &state };

    req.method = strcmp(in->method, "HEAD") ? in->method : "GET";
    req.path = path ? path : "/";
    *out = (Outgoing){ .route = "-" };
    if (db && is_safe(in))
        db_reading_begin(db);
    work(&req, status, out);
    out->user = req.user ? req.user->id : 0;
    reply_finish(&req, out);
    if (db)
        db_reading_end(db);
}

void web_dispatch(const Web *web, Db *db, const Incoming *in, Outgoing *ret_out)
{
    with_request(web, db, in, 0, answer_request, ret_out);
}

void web_refuse(const Web *web, Db *db, const Incoming *in, int status, Outgoing *ret_out)
{
    with_request(web, db, in, status, answer_refused, ret_out);
}

bool web_routes_print(FILE *out, GError **error)
{
    g_autoptr(Router) router = router_of(app_slices, error);

    if (!router)
        return false;
    router_print(router, out);
    return true;
}
