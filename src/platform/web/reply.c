/* reply.c - answering: pages, redirects, downloads, and the headers every reply carries.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"
#include "replies.h"
#include "statics.h"
#include <zlib.h>

#define GZIP_FROM 1024 /* bytes; smaller bodies gain nothing */
#define GZIP_LEVEL 3
#define FLASH_MAX 1000 /* bytes of a message as a cookie */

/* Visible ASCII and blanks: nothing that could begin another header. */
static bool is_header_text(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if ((*p < 0x20 && *p != '\t') || *p >= 0x7f)
            return false;
    }
    return true;
}

static bool is_header_name(const char *name)
{
    for (const char *p = name; *p; p++) {
        if (!g_ascii_isalnum(*p) && *p != '-')
            return false;
    }
    return *name != '\0';
}

static void add(GPtrArray *headers, const char *name, const char *value)
{
    if (!is_header_name(name) || !is_header_text(value))
        return; /* dropped: half a header is worse than none */
    g_ptr_array_add(headers, g_strdup(name));
    g_ptr_array_add(headers, g_strdup(value));
}

bool req_header(Req *req, const char *name, const char *value)
{
    add(req->state->headers, name, value);
    return true;
}

void reply_discard(Req *req)
{
    struct ReqState *s = req->state;

    g_clear_pointer(&s->page, html_free);
    g_clear_pointer(&s->data, g_free);
    s->size = 0;
    s->location = NULL;
    s->type = NULL;
    s->status = 0;
    s->replied = s->cacheable = false;
    g_ptr_array_set_size(s->headers, 0);
}

Html *req_page(Req *req, int status, const char *title)
{
    struct ReqState *s = req->state;

    g_clear_pointer(&s->page, html_free);
    s->page = html_new();
    s->status = status;
    s->type = "text/html; charset=utf-8";
    s->replied = true;
    layout_prepare(req, title);
    layout_open(req);
    return s->page;
}

bool req_redirect(Req *req, const char *to)
{
    struct ReqState *s = req->state;

    g_assert(to);
    s->status = 303;
    s->location = req_back(req, to, "/");
    s->replied = true;
    return true;
}

bool req_redirect_saying(Req *req, const char *to, const char *message)
{
    g_autofree char *text = g_uri_escape_string(message, NULL, FALSE);

    if (strlen(text) > FLASH_MAX)
        text[0] = '\0';
    request_set_cookie(req, COOKIE_FLASH, text, 60);
    return req_redirect(req, to);
}

bool req_send(Req *req, int status, const char *type, const char *data, size_t size)
{
    struct ReqState *s = req->state;

    g_free(s->data);
    s->data = g_memdup2(data, size);
    s->size = size;
    s->status = status;
    s->type = arena_dup(req->arena, type);
    s->replied = true;
    return true;
}

/* RFC 6266: an ASCII name for old readers, the true one percent-encoded beside it. */
bool req_download(Req *req, const char *type, const char *filename, const char *data, size_t size)
{
    g_autofree char *encoded = g_uri_escape_string(filename, NULL, FALSE);
    g_autofree char *plain = g_strdup(filename);
    g_autofree char *value = NULL;

    for (char *p = plain; *p; p++) {
        if (!g_ascii_isalnum(*p) && !strchr("-_. ", *p))
            *p = '_';
    }
    value = g_strdup_printf("attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, encoded);
    req_header(req, "Content-Disposition", value);
    return req_send(req, 200, type, data, size);
}

bool req_not_found(Req *req, GError **error)
{
    (void)req;
    return app_fail(error, APP_ERROR_NOT_FOUND, "no such page for this user");
}

void req_cacheable(Req *req)
{
    req->state->cacheable = true;
}

static void add_security(const Req *req, GPtrArray *headers)
{
    add(headers, "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    add(headers, "X-Content-Type-Options", "nosniff");
    add(headers, "Referrer-Policy", "same-origin");
    add(headers, "Cross-Origin-Opener-Policy", "same-origin");
    add(headers, "Cross-Origin-Resource-Policy", "same-origin");
    add(headers, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    if (req->state->in->https)
        add(headers, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

/* The body shrunk into a new buffer; false when it does not get smaller. */
static bool gzip(Outgoing *out)
{
    z_stream z = { 0 };
    g_autofree char *small = NULL;
    uLong bound;

    if (out->size > UINT_MAX / 2 ||
        deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    bound = deflateBound(&z, (uLong)out->size);
    small = g_malloc(bound);
    z.next_in = (Bytef *)out->data;
    z.avail_in = (uInt)out->size;
    z.next_out = (Bytef *)small;
    z.avail_out = (uInt)bound;
    int done = deflate(&z, Z_FINISH);
    size_t size = z.total_out;

    deflateEnd(&z);
    if (done != Z_STREAM_END || size >= out->size)
        return false;
    g_free(out->data);
    out->data = g_steal_pointer(&small);
    out->size = size;
    return true;
}

/* --- replies that are kept --- */

/* What a visitor's page depends on besides the database; the hour stands for the day of any owner's
 * clock. NULL when the reply is for one visitor alone. */
static const char *kept_key(Req *req)
{
    const Incoming *in = req->state->in;
    const char *host = req_header_in(req, "Host");

    if (!in->replies || req->user || strcmp(req->method, "GET") ||
        request_cookie(req, COOKIE_FLASH))
        return NULL;
    return arena_printf(req->arena, "%s %s %s %d %" G_GINT64_FORMAT " %s?%s", host ? host : "",
                        i18n_tag(req->lang), req->today,
                        accepts_encoding(req_header_in(req, "Accept-Encoding"), "gzip"),
                        req->now / G_TIME_SPAN_HOUR, in->path, in->query);
}

bool reply_kept(Req *req)
{
    struct ReqState *s = req->state;

    s->kept_key = req->db ? kept_key(req) : NULL;
    s->kept_version = s->kept_key ? db_version(req->db) : 0;
    if (s->kept_version == 0)
        return false;
    s->kept = replies_find(s->in->replies, s->kept_key, s->kept_version);
    return s->kept != NULL;
}

/* The version is asked for again: a handler that wrote has seen two. */
static void keep_reply(Req *req, Outgoing *out, const char *etag, const char *encoding)
{
    struct ReqState *s = req->state;

    if (!s->kept_version || !s->type || s->headers->len || db_version(req->db) != s->kept_version)
        return;
    out->shared = g_bytes_new_take(g_steal_pointer(&out->data), out->size);
    const KeptReply reply = { out->shared, s->type, etag, encoding };

    replies_keep(s->in->replies, s->kept_key, s->kept_version, &reply);
}

static void add_cache_headers(GPtrArray *headers, const char *etag)
{
    add(headers, "ETag", etag);
    add(headers, "Cache-Control", "public, no-cache");
    add(headers, "Vary", "Accept-Encoding, Accept-Language, Cookie");
}

static void finish_kept(Req *req, Outgoing *out)
{
    const KeptReply *kept = req->state->kept;

    out->headers = g_ptr_array_new_with_free_func(g_free);
    add(out->headers, "Content-Type", kept->type);
    add_security(req, out->headers);
    add_cache_headers(out->headers, kept->etag);
    if (etag_matches(req_header_in(req, "If-None-Match"), kept->etag)) {
        out->status = 304;
        return;
    }
    out->status = 200;
    out->shared = g_bytes_ref(kept->body);
    out->size = g_bytes_get_size(kept->body);
    if (*kept->encoding)
        add(out->headers, "Content-Encoding", kept->encoding);
}

/* Public, the same for everyone, no secret within: only this may be kept by caches and compressed
 * (a compressed page with a token beside reflected text tells the token by its length: BREACH). */
static void cache_and_compress(Req *req, Outgoing *out)
{
    g_autofree char *hash =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)out->data, out->size);
    g_autofree char *etag = g_strdup_printf("\"%.32s\"", hash);

    add_cache_headers(out->headers, etag);
    if (etag_matches(req_header_in(req, "If-None-Match"), etag)) {
        out->status = 304;
        g_clear_pointer(&out->data, g_free);
        out->size = 0;
        return;
    }
    bool small = out->size > GZIP_FROM &&
                 accepts_encoding(req_header_in(req, "Accept-Encoding"), "gzip") && gzip(out);

    if (small)
        add(out->headers, "Content-Encoding", "gzip");
    keep_reply(req, out, etag, small ? "gzip" : "");
}

static bool holds_token(const Req *req, const Outgoing *out)
{
    return req->csrf && out->data && memmem(out->data, out->size, req->csrf, strlen(req->csrf));
}

static void take_body(Req *req, Outgoing *out)
{
    struct ReqState *s = req->state;

    out->status = s->status;
    if (s->page) {
        layout_close(req);
        out->data = html_steal(s->page, &out->size);
        g_clear_pointer(&s->page, html_free);
    } else {
        out->data = g_steal_pointer(&s->data);
        out->size = s->size;
    }
}

static void set_cookies(Req *req, Outgoing *out, bool token)
{
    struct ReqState *s = req->state;

    if (token && s->visitor_new && !req->user)
        request_set_cookie(req, COOKIE_VISITOR, s->visitor, 0);
    for (guint i = 0; i < s->cookies_out->len; i++)
        add(out->headers, "Set-Cookie", s->cookies_out->pdata[i]);
}

void reply_finish(Req *req, Outgoing *out)
{
    struct ReqState *s = req->state;
    bool token;

    if (s->kept) {
        finish_kept(req, out);
        return;
    }
    take_body(req, out);
    out->headers = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i + 1 < s->headers->len; i += 2)
        add(out->headers, s->headers->pdata[i], s->headers->pdata[i + 1]);
    if (s->type)
        add(out->headers, "Content-Type", s->type);
    if (s->location)
        add(out->headers, "Location", s->location);
    add_security(req, out->headers);
    token = holds_token(req, out);
    set_cookies(req, out, token);
    if (s->cacheable && !req->user && !token && !s->cookies_out->len && out->status == 200)
        cache_and_compress(req, out);
    else
        add(out->headers, "Cache-Control", "no-store");
}

void outgoing_clear(Outgoing *out)
{
    g_clear_pointer(&out->data, g_free);
    g_clear_pointer(&out->shared, g_bytes_unref);
    g_clear_pointer(&out->headers, g_ptr_array_unref);
    g_clear_pointer(&out->trouble, g_free);
}
