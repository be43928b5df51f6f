/* fetch.c - one question by libcurl, and everything an answer may do wrong.
 *
 * The body is taken as it is on the wire, so that a broken answer can be gone on with byte for byte, and
 * its length be held against what was told; it is unpacked at the end, with a limit, in the sandbox.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>
#include "fetch.h"
#include "libcurl.h"
#include "sandbox.h"

#define LIMIT ((size_t)64 * 1024 * 1024)
#define SECONDS 300
#define SLOW_SECONDS 30
#define SLOW_BYTES 100
#define HEADERS_MAX 16384
#define HOPS 3

typedef struct {
    const FetchSpec *spec;
    FetchResult *result;
    CURL *curl;
    GByteArray *body; /* on the wire */
    GString *headers;
    GHashTable *fields; /* lower-case name -> value, of the last answer */
    size_t limit;
    bool private_too; /* the settings name this origin with its scheme */
    bool met_private, too_large, stopped, started;
} Asking;

static const char *field(const Asking *a, const char *name)
{
    return g_hash_table_lookup(a->fields, name);
}

/* --- what libcurl calls --- */

static size_t take_header(char *data, size_t one, size_t n, void *arg)
{
    Asking *a = arg;
    g_autofree char *line = g_strndup(data, one * n);
    char *colon = strchr(line, ':');

    if (g_str_has_prefix(line, "HTTP/")) { /* also after 100 Continue: the last answer counts */
        g_hash_table_remove_all(a->fields);
        g_string_truncate(a->headers, 0);
    }
    if (a->headers->len + one * n <= HEADERS_MAX)
        g_string_append(a->headers, line);
    if (colon && g_hash_table_size(a->fields) < 200) {
        *colon = '\0';
        g_hash_table_insert(a->fields, g_ascii_strdown(line, -1),
                            g_utf8_make_valid(g_strstrip(colon + 1), -1));
    }
    return one * n;
}

/* A new answer, or the rest of the one that broke off. */
static void start_body(Asking *a)
{
    long status = 0;

    a->started = true;
    libcurl.easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &status);
    g_byte_array_set_size(a->body, 0);
    if (status == 206 && a->spec->part_mark) {
        g_byte_array_append(a->body, a->spec->part, (guint)a->spec->part_size);
        a->result->resumed = true;
    }
}

static size_t take_body(char *data, size_t one, size_t n, void *arg)
{
    Asking *a = arg;

    if (!a->started)
        start_body(a);
    a->too_large = a->body->len + one * n > a->limit;
    if (a->too_large)
        return 0; /* ends it */
    g_byte_array_append(a->body, (const guint8 *)data, (guint)(one * n));
    return one * n;
}

static int tell_going(void *arg, curl_off_t total, curl_off_t got, curl_off_t up_total,
                      curl_off_t up)
{
    Asking *a = arg;

    (void)up_total;
    (void)up;
    if (a->spec->going && !a->spec->going(a->spec->arg, (size_t)got, (size_t)total))
        a->stopped = true;
    return a->stopped;
}

/* The address that a name has led to, before anything is said there. */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    Asking *a = arg;

    (void)purpose;
    if (!a->private_too && !fetch_is_public(&address->addr)) {
        a->met_private = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* --- asking --- */

static struct curl_slist *add_line(struct curl_slist *list, const char *name, const char *value)
{
    g_autofree char *line = g_strdup_printf("%s: %s", name, value);

    return strpbrk(value, "\r\n") ? list : libcurl.slist_append(list, line);
}

static struct curl_slist *lines_of(const FetchSpec *s)
{
    g_autofree char *accept = s->types ? g_strjoinv(", ", (char **)(uintptr_t)s->types) : NULL;
    struct curl_slist *list = add_line(NULL, "Accept", accept ? accept : "*/*");

    list = add_line(list, "Accept-Encoding", "gzip");
    list = add_line(list, "Expect", "");
    if (s->body)
        list = add_line(list, "Content-Type", "application/json");
    if (s->part_mark) {
        g_autofree char *range = g_strdup_printf("bytes=%zu-", s->part_size);

        list = add_line(add_line(list, "Range", range), "If-Range", s->part_mark);
    } else if (s->etag) {
        list = add_line(list, "If-None-Match", s->etag);
    } else if (s->modified) {
        list = add_line(list, "If-Modified-Since", s->modified);
    }
    return list;
}

static void set_times(CURL *curl, const FetchSpec *s)
{
    long seconds = s->seconds ? s->seconds : SECONDS;

    libcurl.easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    libcurl.easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
    libcurl.easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, MIN(seconds, 15));
    libcurl.easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    libcurl.easy_setopt(curl, CURLOPT_LOW_SPEED_TIME,
                        (long)(s->slow_seconds ? s->slow_seconds : SLOW_SECONDS));
}

static void set_calls(CURL *curl, Asking *a)
{
    const char *proxy = fetch_defaults()->proxy;

    libcurl.easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    libcurl.easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    libcurl.easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    libcurl.easy_setopt(curl, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    libcurl.easy_setopt(curl, CURLOPT_USERAGENT, "oppvekst");
    libcurl.easy_setopt(curl, CURLOPT_PROXY, proxy ? proxy : "");
    libcurl.easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    libcurl.easy_setopt(curl, CURLOPT_HEADERDATA, a);
    libcurl.easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    libcurl.easy_setopt(curl, CURLOPT_WRITEDATA, a);
    libcurl.easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    libcurl.easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, tell_going);
    libcurl.easy_setopt(curl, CURLOPT_XFERINFODATA, a);
    if (!proxy) { /* else it is the proxy's address, and the proxy says where one may go */
        libcurl.easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
        libcurl.easy_setopt(curl, CURLOPT_OPENSOCKETDATA, a);
    }
}

static void keep_words(FetchResult *result, const char *words, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len && words[i] && n + 1 < sizeof result->answer; i++)
        result->answer[n++] = words[i] >= ' ' && words[i] < 0x7f ? words[i] : '?';
    result->answer[n] = '\0';
}

static FetchTrouble trouble_of(const Asking *a, CURLcode code)
{
    static const struct {
        CURLcode code;
        FetchTrouble trouble;
    } known[] = {
        { CURLE_OK, FETCH_FINE },
        { CURLE_COULDNT_RESOLVE_HOST, FETCH_NO_HOST },
        { CURLE_COULDNT_RESOLVE_PROXY, FETCH_NO_HOST },
        { CURLE_URL_MALFORMAT, FETCH_NO_HOST },
        { CURLE_COULDNT_CONNECT, FETCH_REFUSED },
        { CURLE_OPERATION_TIMEDOUT, FETCH_TIMEOUT },
        { CURLE_SSL_CONNECT_ERROR, FETCH_CERTIFICATE },
        { CURLE_PEER_FAILED_VERIFICATION, FETCH_CERTIFICATE },
        { CURLE_SSL_CACERT_BADFILE, FETCH_CERTIFICATE },
        { CURLE_PARTIAL_FILE, FETCH_TRUNCATED },
        { CURLE_RECV_ERROR, FETCH_BROKEN },
        { CURLE_SEND_ERROR, FETCH_BROKEN },
        { CURLE_GOT_NOTHING, FETCH_BROKEN },
        { CURLE_HTTP2, FETCH_BROKEN },
        { CURLE_HTTP2_STREAM, FETCH_BROKEN },
    };

    if (a->too_large || a->met_private)
        return a->too_large ? FETCH_TOO_LARGE : FETCH_PRIVATE;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i].code == code)
            return known[i].trouble;
    return FETCH_OTHER;
}

static FetchTrouble trouble_of_status(int status)
{
    if (status == 404 || status == 410)
        return FETCH_GONE;
    if (status == 401 || status == 403 || status == 407)
        return FETCH_DENIED;
    if (status == 429 || status == 503)
        return FETCH_WAIT;
    if (status / 100 == 5)
        return FETCH_SERVER;
    return status / 100 == 4 ? FETCH_BAD : FETCH_OTHER;
}

/* One exchange with one address. */
static FetchTrouble exchange(Asking *a, const char *url)
{
    struct curl_slist *lines = lines_of(a->spec);
    char words[CURL_ERROR_SIZE] = "";
    long status = 0;

    a->curl = libcurl.easy_init();
    g_assert(a->curl);
    a->started = false;
    g_byte_array_set_size(a->body, 0);
    set_times(a->curl, a->spec);
    set_calls(a->curl, a);
    libcurl.easy_setopt(a->curl, CURLOPT_URL, url);
    libcurl.easy_setopt(a->curl, CURLOPT_HTTPHEADER, lines);
    libcurl.easy_setopt(a->curl, CURLOPT_ERRORBUFFER, words);
    if (a->spec->body)
        libcurl.easy_setopt(a->curl, CURLOPT_POSTFIELDS, a->spec->body);
    CURLcode code = libcurl.easy_perform(a->curl);

    libcurl.easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &status);
    libcurl.easy_cleanup(a->curl);
    libcurl.slist_free_all(lines);
    a->result->status = (int)status;
    if (code != CURLE_OK)
        keep_words(a->result, *words ? words : libcurl.easy_strerror(code), sizeof words);
    return trouble_of(a, code);
}

/* Through answers that lead on, within the same host. */
static FetchTrouble follow(Asking *a)
{
    g_autofree char *url = g_strdup(a->spec->url), *origin = fetch_origin(url);

    for (int hop = 0; hop < HOPS; hop++) {
        FetchTrouble trouble = exchange(a, url);
        int status = a->result->status;
        const char *to = status / 100 == 3 && status != 304 ? field(a, "location") : NULL;

        if (trouble != FETCH_FINE || !to)
            return trouble;
        g_autofree char *next = g_uri_resolve_relative(url, to, G_URI_FLAGS_ENCODED, NULL);
        g_autofree char *there = next ? fetch_origin(next) : NULL;

        keep_words(a->result, to, strlen(to));
        if (!there || strcmp(there, origin))
            return FETCH_ELSEWHERE;
        g_free(url);
        url = g_steal_pointer(&next);
    }
    return FETCH_OTHER;
}

/* --- unpacking --- */

/* In the sandbox. args: the limit in bytes. */
static bool unpack_work(const char *args, size_t args_size, const char *input, size_t size,
                        SandboxOut *out, GError **error)
{
    size_t limit = (size_t)g_ascii_strtoull(args, NULL, 10), total = 0;
    z_stream z = { .next_in = (Bytef *)(uintptr_t)input, .avail_in = (uInt)size };
    Bytef part[65536];
    int code = Z_OK;

    (void)args_size;
    if (inflateInit2(&z, 15 + 16) != Z_OK) /* gzip alone */
        return app_fail(error, APP_ERROR_DB, "zlib does not start");
    while (code == Z_OK && total <= limit) {
        z.next_out = part;
        z.avail_out = sizeof part;
        code = inflate(&z, Z_NO_FLUSH);
        total += sizeof part - z.avail_out;
        if (total <= limit)
            sandbox_write(out, part, sizeof part - z.avail_out);
    }
    inflateEnd(&z);
    if (total > limit)
        return app_fail(error, APP_ERROR_BUSY, "unpacked it is too large");
    return code == Z_STREAM_END || app_fail(error, APP_ERROR_INVALID, "not gzip, or cut off");
}

static bool collect(void *arg, const char *data, size_t size, GError **error)
{
    (void)error;
    g_byte_array_append(arg, (const guint8 *)data, (guint)size);
    return true;
}

static bool unpack(Asking *a, GError **error)
{
    const char *packing = field(a, "content-encoding");
    g_autofree char *limit = g_strdup_printf("%zu", a->limit);
    const SandboxLimits limits = { .output = a->limit + a->limit / 8 + 65536 };
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_autoptr(GError) why = NULL;

    if (!packing || !*packing || !g_ascii_strcasecmp(packing, "identity"))
        return true;
    if (g_ascii_strcasecmp(packing, "gzip") && g_ascii_strcasecmp(packing, "x-gzip")) {
        a->result->trouble = FETCH_DAMAGED;
        return true;
    }
    if (sandbox_run(unpack_work, limit, strlen(limit), (const char *)a->body->data, a->body->len,
                    &limits, collect, out, &why)) {
        g_byte_array_unref(a->body);
        a->body = g_steal_pointer(&out);
        return true;
    }
    if (g_error_matches(why, APP_ERROR, APP_ERROR_DB))
        return app_pass(error, &why);
    a->result->trouble =
        g_error_matches(why, APP_ERROR, APP_ERROR_BUSY) ? FETCH_TOO_LARGE : FETCH_DAMAGED;
    return true;
}

/* --- judging --- */

static bool is_promised(const Asking *a)
{
    const char *type = field(a, "content-type");

    if (!a->spec->types)
        return true;
    for (const char *const *t = a->spec->types; type && *t; t++)
        if (!g_ascii_strncasecmp(type, *t, strlen(*t)) &&
            (!type[strlen(*t)] || strchr("; ", type[strlen(*t)])))
            return true;
    return false;
}

/* What can be gone on with another time: bytes with a mark that is theirs alone. */
static void keep_part(Asking *a)
{
    FetchResult *r = a->result;
    const char *etag = field(a, "etag"), *modified = field(a, "last-modified");
    const char *mark = etag && !g_str_has_prefix(etag, "W/") ? etag : etag ? NULL : modified;
    bool fits = r->status == 200 || (r->status == 206 && r->resumed);

    if (!mark || !fits || !a->body->len || a->spec->body)
        return;
    r->part = g_byte_array_ref(a->body);
    r->part_mark = g_strdup(mark);
    r->part_packing = g_strdup(field(a, "content-encoding"));
}

/* A rest must begin where the part ended, and be packed as it was. */
static bool goes_on(const Asking *a)
{
    const char *range = field(a, "content-range"), *packing = field(a, "content-encoding");
    guint64 from = range && g_str_has_prefix(range, "bytes ")
                       ? g_ascii_strtoull(range + strlen("bytes "), NULL, 10)
                       : G_MAXUINT64;

    return from == a->spec->part_size &&
           !g_strcmp0(packing ? packing : "", a->spec->part_packing ? a->spec->part_packing : "");
}

/* Its own words, unless they are a whole web page. */
static void keep_refusal(Asking *a)
{
    const char *type = field(a, "content-type");
    g_autofree char *number = g_strdup_printf("HTTP %d", a->result->status);

    if (!a->body->len || (type && !g_ascii_strncasecmp(type, "text/html", strlen("text/html"))))
        keep_words(a->result, number, strlen(number));
    else
        keep_words(a->result, (const char *)a->body->data, a->body->len);
}

static bool judge(Asking *a, GError **error)
{
    FetchResult *r = a->result;

    r->same = r->status == 304;
    if (r->same)
        return true;
    if (r->status == 206 && (!r->resumed || !goes_on(a)))
        r->trouble = FETCH_DAMAGED;
    else if (r->status != 200 && r->status != 206)
        r->trouble = trouble_of_status(r->status);
    else if (!is_promised(a))
        r->trouble = FETCH_TYPE;
    else if (!unpack(a, error))
        return false;
    if (r->status / 100 >= 4)
        keep_refusal(a);
    if (r->trouble == FETCH_TYPE && field(a, "content-type"))
        keep_words(r, field(a, "content-type"), strlen(field(a, "content-type")));
    if (r->trouble == FETCH_FINE)
        r->bytes = g_byte_array_ref(a->body);
    return true;
}

static void keep_fields(const Asking *a)
{
    FetchResult *r = a->result;

    r->type = g_strdup(field(a, "content-type"));
    r->etag = g_strdup(field(a, "etag"));
    r->modified = g_strdup(field(a, "last-modified"));
    r->retry_after = fetch_retry_after(field(a, "retry-after"), g_get_real_time() / G_USEC_PER_SEC);
    r->headers = g_utf8_make_valid(a->headers->str, -1);
}

/* The settings name its origin with the scheme: then it is asked wherever it is. */
static bool named_whole(const char *url)
{
    g_auto(GStrv) parts = g_strsplit(fetch_defaults()->allow, ",", -1);

    for (char **p = parts; *p; p++)
        if (strstr(*p, "://") && fetch_allowed(*p, url))
            return true;
    return false;
}

static bool ask(Asking *a, GError **error)
{
    FetchResult *r = a->result;

    r->trouble = follow(a);
    keep_fields(a);
    if (r->trouble == FETCH_FINE)
        return judge(a, error);
    if (r->trouble == FETCH_BROKEN || r->trouble == FETCH_TRUNCATED || r->trouble == FETCH_TIMEOUT)
        keep_part(a);
    return true;
}

bool fetch_get(const FetchSpec *spec, FetchResult *ret, GError **error)
{
    Asking a = { .spec = spec, .result = ret, .limit = spec->limit ? spec->limit : LIMIT };
    bool fine;

    *ret = (FetchResult){ .headers = g_strdup("") };
    if (!fetch_defaults()->on)
        ret->trouble = FETCH_OFF;
    else if (!fetch_allowed(fetch_defaults()->allow, spec->url))
        ret->trouble = FETCH_NOT_ALLOWED;
    if (ret->trouble != FETCH_FINE)
        return true;
    if (!libcurl_load(error))
        return false;
    g_clear_pointer(&ret->headers, g_free);
    a.private_too = named_whole(spec->url);
    a.body = g_byte_array_new();
    a.headers = g_string_new(NULL);
    a.fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fine = ask(&a, error);
    g_byte_array_unref(a.body);
    g_string_free(a.headers, TRUE);
    g_hash_table_unref(a.fields);
    return fine;
}

void fetch_result_clear(FetchResult *r)
{
    g_clear_pointer(&r->bytes, g_byte_array_unref);
    g_clear_pointer(&r->part, g_byte_array_unref);
    g_clear_pointer(&r->part_mark, g_free);
    g_clear_pointer(&r->part_packing, g_free);
    g_clear_pointer(&r->type, g_free);
    g_clear_pointer(&r->etag, g_free);
    g_clear_pointer(&r->modified, g_free);
    g_clear_pointer(&r->headers, g_free);
}
