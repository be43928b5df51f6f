/* fetch.h - one question to a public API and its answer: bounded, checked, and in plain words what went wrong.
 *
 * The only door to libcurl's HTTP. Nothing is asked unless the settings say so, and nobody but whom they
 * name: an answer that leads to another host, or a name that leads to a private address, is trouble. Knows
 * no table: what is asked, how often, and what becomes of it is the business of the slice kilde.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* --- what the settings say --- */

typedef struct {
    bool on;           /* false: nothing is ever asked */
    const char *proxy; /* "http://proxy.example.no:3128"; NULL: straight */
    /* Separated by commas: "data.ssb.no", by https and on public addresses alone; or a whole origin,
     * "http://10.0.0.5:8080", which is then asked as it is written. NULL: nobody. */
    const char *allow;
    int pause_ms;     /* between questions to one host, for whoever asks; 0: none */
    int slow_seconds; /* FetchSpec's, for all; 0: 30 */
} FetchDefaults;
/* Once at the start, before any thread; copied. */
void fetch_defaults_set(const FetchDefaults *defaults);
const FetchDefaults *fetch_defaults(void);

/* Whether each part of such a list is a host or an origin. */
bool fetch_allow_valid(const char *list);
/* Whether the list lets an address be asked. */
bool fetch_allowed(const char *list, const char *url);
/* "https://data.ssb.no:443" of an address, whom questions are spaced for; NULL when it is none of http or
 * https, or carries a user. g_free it. */
char *fetch_origin(const char *url);

/* --- what went wrong --- */

typedef enum {
    FETCH_FINE,
    FETCH_OFF,         /* the settings */
    FETCH_NOT_ALLOWED, /* the host is not on the list */
    FETCH_PRIVATE,     /* the name leads into a private network */
    FETCH_NO_HOST,
    FETCH_REFUSED,
    FETCH_TIMEOUT, /* or slower than can be waited for */
    FETCH_CERTIFICATE,
    FETCH_BROKEN,    /* the line broke before all had come */
    FETCH_TRUNCATED, /* ended early, by the length it had told */
    FETCH_TOO_LARGE, /* on the wire, or unpacked */
    FETCH_DAMAGED,   /* packed wrongly */
    FETCH_ELSEWHERE, /* leads to another host */
    FETCH_TYPE,      /* not the kind of answer that was asked for */
    FETCH_GONE,      /* 404, 410 */
    FETCH_DENIED,    /* 401, 403 */
    FETCH_BAD,       /* another 4xx */
    FETCH_WAIT,      /* 429, or 503: later */
    FETCH_SERVER,    /* another 5xx */
    FETCH_OTHER,
    N_FETCH
} FetchTrouble;

/* What it is and what to do about it, translated: one or two sentences; "" when fine. */
const char *fetch_trouble_text(FetchTrouble trouble);
/* "no-host": kept in tables. And back; FETCH_OTHER when unknown. */
const char *fetch_trouble_code(FetchTrouble trouble);
FetchTrouble fetch_trouble_of(const char *code);
/* Whether the same question may go well in a moment. */
bool fetch_passes(FetchTrouble trouble);

/* --- one question --- */

typedef struct {
    const char *url;
    const char *body;         /* JSON to POST; NULL: GET */
    const char *const *types; /* media types that may come, "application/json"; NULL-terminated */
    const char *etag, *modified; /* of the answer kept from before, as they came; NULL: none */
    const void *part;            /* what came before the line broke, as on the wire */
    size_t part_size;
    const char *part_mark;    /* its strong ETag or Last-Modified; NULL: begin anew */
    const char *part_packing; /* its Content-Encoding; NULL or "" */
    size_t limit;             /* bytes unpacked; 0: 64 MiB */
    int seconds;              /* for the whole of it; 0: 300 */
    int slow_seconds;         /* below 100 bytes a second for so long is too slow; 0: 30 */
    bool (*going)(void *arg, size_t got, size_t total); /* false stops; NULL */
    void *arg;
} FetchSpec;

typedef struct {
    FetchTrouble trouble;
    int status;          /* of HTTP; 0: there was no answer */
    int64_t retry_after; /* seconds the server asks for; 0: none */
    bool same;           /* 304: what is kept still stands */
    bool resumed;        /* the part was gone on with */
    GByteArray *bytes;   /* unpacked; of FETCH_FINE that is not the same, else NULL */
    GByteArray *part;    /* of FETCH_BROKEN and its like: what can be gone on with; NULL */
    char *part_mark, *part_packing;
    char *type, *etag, *modified; /* as they came; NULL */
    char *headers;                /* as they came, at most 16 KiB of valid UTF-8; never NULL */
    char answer[200];             /* the server's or the library's own words, ASCII; "" */
} FetchResult;
void fetch_result_clear(FetchResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FetchResult, fetch_result_clear)

/**
 * Ask. Blocks for at most spec->seconds; unpacks gzip in the sandbox.
 *   ret  always set; fetch_result_clear it.
 * Returns false only when it could not be tried: APP_ERROR_NOT_FOUND (libcurl is not installed),
 * APP_ERROR_DB. What the other side did is in ret->trouble.
 * Sources: RFC 9110, 8.8 (validators), 10.2.3 (Retry-After), 13.1.5 (If-Range), 14 (ranges); RFC 1952.
 */
bool fetch_get(const FetchSpec *spec, FetchResult *ret, GError **error);

/* Seconds of a Retry-After, delay or date, from `now` (seconds UTC), 0-604800; 0 when it says nothing. */
int64_t fetch_retry_after(const char *value, int64_t now);
/* Whether an address is one that anybody on the net may have: neither loopback, private, link-local,
 * shared, multicast, mapped nor reserved. Source: IANA special-purpose address registries, RFC 6890. */
struct sockaddr;
bool fetch_is_public(const struct sockaddr *address);
