/* session.c - who asks: the session, its owner, clock and language, and proof that a post is meant.
 *
 * The CSRF token is HMAC-SHA-256 of the session's token under the installation's secret; a visitor's
 * is that of a random cookie (double submit), which is set only with a reply that carries the token.
 * A post is also refused when the browser itself says that another site sent it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"
#include <sys/random.h>

#define YEAR_SECONDS (365 * 24 * 3600)

char *token_new(Arena *arena)
{
    unsigned char bytes[32];

    g_assert(getrandom(bytes, sizeof bytes, 0) == (ssize_t)sizeof bytes);
    g_autofree char *text = g_base64_encode(bytes, sizeof bytes);

    g_strdelimit(text, "+", '-');
    g_strdelimit(text, "/", '_');
    return arena_ndup(arena, text, strcspn(text, "="));
}

bool token_valid(const char *token)
{
    size_t len = token ? strlen(token) : 0;

    return len >= 16 && len <= 128 &&
           strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

/* HMAC of "kind:token", 64 hex digits. */
void web_csrf(const Web *web, const char *kind, const char *token, char ret_csrf[CSRF_TEXT])
{
    g_autofree char *text = g_strconcat(kind, ":", token, NULL);
    g_autofree char *hash =
        g_compute_hmac_for_string(G_CHECKSUM_SHA256, web->secret, sizeof web->secret, text, -1);

    g_strlcpy(ret_csrf, hash, CSRF_TEXT);
}

/* In a time that does not tell how much is right. */
static bool same_token(const char *a, const char *b)
{
    unsigned diff = 0;

    if (!a || !b || strlen(a) != strlen(b))
        return false;
    for (; *a; a++, b++)
        diff |= (unsigned char)*a ^ (unsigned char)*b;
    return diff == 0;
}

/* Cookie: a=b; c=d. Values of ours need no decoding; a malformed pair is passed over. */
static void read_cookies(Req *req)
{
    const char *header = req_header_in(req, "Cookie");
    g_auto(GStrv) parts = g_strsplit(header ? header : "", ";", 64);
    guint n = g_strv_length(parts);
    Pair *pairs = arena_alloc(req->arena, (n + 1) * sizeof *pairs);

    for (guint i = 0; i < n; i++) {
        char *eq = strchr(g_strstrip(parts[i]), '=');

        if (!eq)
            continue;
        pairs[req->state->cookies.n_fields++] =
            (Pair){ arena_ndup(req->arena, parts[i], (size_t)(eq - parts[i])),
                    arena_dup(req->arena, eq + 1) };
    }
    req->state->cookies.fields = pairs;
}

const char *request_cookie(const Req *req, const char *name)
{
    const Body *cookies = &req->state->cookies;

    for (size_t i = 0; i < cookies->n_fields; i++) {
        if (!strcmp(cookies->fields[i].name, name))
            return cookies->fields[i].value;
    }
    return NULL;
}

/* __Host- demands Secure, Path=/ and no Domain (RFC 6265bis, 4.1.3.2). */
void request_set_cookie(Req *req, const char *name, const char *value, int seconds)
{
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax", name, value);
    if (seconds)
        g_string_append_printf(text, "; Max-Age=%d", seconds > 0 ? seconds : 0);
    g_ptr_array_add(req->state->cookies_out, g_string_free(text, FALSE));
}

void request_drop_cookie(Req *req, const char *name)
{
    request_set_cookie(req, name, "", -1);
}

void req_sign_in(Req *req, const char *token)
{
    g_assert(token_valid(token));
    request_set_cookie(req, COOKIE_SESSION, token, 0);
}

void req_sign_out(Req *req)
{
    request_drop_cookie(req, COOKIE_SESSION);
}

void req_language(Req *req, Lang lang)
{
    request_set_cookie(req, COOKIE_LANGUAGE, i18n_tag(lang), YEAR_SECONDS);
}

/* Signed in, or not; only a database that fails is an error. */
static bool find_user(Req *req, GError **error)
{
    struct ReqState *s = req->state;
    const WebHooks *hooks = &s->web->hooks;
    const char *token = request_cookie(req, COOKIE_SESSION);
    g_autoptr(GError) why = NULL;

    if (!token_valid(token))
        return true;
    s->session = token;
    if (!hooks->session_user)
        return true;
    if (hooks->session_user(hooks->data, req->db, req->arena, token, req->now, &s->user,
                            &s->session_info, &why)) {
        req->user = &s->user;
        req->owner = s->user.owner;
        return true;
    }
    return g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND) || app_pass(error, &why);
}

/* Host header without port, lower case; NULL when it is no host name. */
static char *host_name(Req *req)
{
    const char *host = req_header_in(req, "Host");
    size_t len = host ? strcspn(host, ":") : 0;

    if (!len || len > 253 ||
        strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") < len)
        return NULL;
    char *name = arena_ndup(req->arena, host, len);

    for (char *p = name; *p; p++)
        *p = g_ascii_tolower(*p);
    return name;
}

static bool find_owner(Req *req, GError **error)
{
    const WebHooks *hooks = &req->state->web->hooks;
    const char *host = req->user ? NULL : host_name(req);

    if (host && hooks->owner_of_host &&
        !hooks->owner_of_host(hooks->data, req->db, host, &req->owner, error))
        return false;
    if (!req->owner || !hooks->owner_info)
        return true;
    return hooks->owner_info(hooks->data, req->db, req->arena, req->owner, &req->state->owner,
                             error);
}

/* Loaded once: GLib reads the file again when nobody holds the zone. */
static GTimeZone *oslo_zone(void)
{
    /* lint: state — made once; a zone never changes */
    static gsize zone;

    if (g_once_init_enter(&zone)) {
        GTimeZone *oslo = g_time_zone_new_identifier("Europe/Oslo");

        g_once_init_leave(&zone, (gsize)(oslo ? oslo : g_time_zone_new_utc()));
    }
    return (GTimeZone *)zone;
}

static const char *server_today(Req *req)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(req->now / G_USEC_PER_SEC);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, oslo_zone());
    g_autofree char *text = g_date_time_format(local, "%Y-%m-%d");

    return arena_dup(req->arena, text);
}

static bool is_language(const char *tag)
{
    return tag && (!g_ascii_strncasecmp(tag, "nb", 2) || !g_ascii_strncasecmp(tag, "nn", 2) ||
                   !g_ascii_strncasecmp(tag, "en", 2) || !g_ascii_strncasecmp(tag, "no", 2));
}

/* The first language of Accept-Language that we speak; its order is taken as the wish. */
static Lang accepted_language(Req *req)
{
    const char *header = req_header_in(req, "Accept-Language");
    g_auto(GStrv) tags = g_strsplit(header ? header : "", ",", 20);

    for (char **tag = tags; *tag; tag++) {
        char *name = g_strstrip(*tag);

        name[strcspn(name, ";-_ ")] = '\0';
        if (is_language(name) && strlen(name) == 2)
            return i18n_lang(strcmp(name, "no") ? name : "nb");
    }
    return LANG_NB;
}

static Lang choose_language(Req *req)
{
    const struct ReqState *s = req->state;
    const char *cookie = request_cookie(req, COOKIE_LANGUAGE);

    if (is_language(cookie))
        return i18n_lang(cookie);
    if (is_language(s->session_info.language))
        return i18n_lang(s->session_info.language);
    if (is_language(s->owner.language))
        return i18n_lang(s->owner.language);
    return accepted_language(req);
}

static void make_csrf(Req *req)
{
    struct ReqState *s = req->state;
    const char *visitor = request_cookie(req, COOKIE_VISITOR);

    if (req->user) {
        web_csrf(s->web, "session", s->session, s->csrf);
    } else {
        s->visitor_new = !token_valid(visitor);
        s->visitor = s->visitor_new ? token_new(req->arena) : arena_dup(req->arena, visitor);
        web_csrf(s->web, "visitor", s->visitor, s->csrf);
    }
    req->csrf = s->csrf;
}

bool request_identify(Req *req, GError **error)
{
    bool known;

    read_cookies(req);
    known = find_user(req, error) && find_owner(req, error);
    req->lang = choose_language(req);
    i18n_use(req->lang);
    req->today = req->state->owner.today ? req->state->owner.today : server_today(req);
    make_csrf(req);
    return known;
}

/* Fetch metadata where the browser has it, else Origin. Neither: an old browser or a program, for
 * which the token alone decides. */
bool request_same_origin(const Req *req)
{
    const Incoming *in = req->state->in;
    const char *site = incoming_header(in, "Sec-Fetch-Site");
    const char *origin = incoming_header(in, "Origin");
    const char *host = incoming_header(in, "Host");
    const char *rest;

    if (site && strcmp(site, "same-origin") && strcmp(site, "none"))
        return false;
    if (!origin)
        return true;
    if (req->state->web->origin && !strcmp(origin, req->state->web->origin))
        return true;
    rest = strstr(origin, "://");
    return rest && host && !g_ascii_strcasecmp(rest + 3, host);
}

bool request_csrf_ok(Req *req)
{
    const struct ReqState *s = req->state;
    const char *visitor = request_cookie(req, COOKIE_VISITOR);
    const char *sent = req_posted(req, "csrf");
    char other[CSRF_TEXT];

    if (!sent)
        sent = req_header_in(req, "X-CSRF");
    if (!s->visitor_new && same_token(sent, s->csrf))
        return true;
    if (!token_valid(visitor)) /* a page from before sign-in, tried again after it */
        return false;
    web_csrf(s->web, "visitor", visitor, other);
    return same_token(sent, other);
}
