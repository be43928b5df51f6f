/* fetch-words.c - whom the settings let us ask, and what went wrong in words and as a code.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <netinet/in.h>
#include <sys/socket.h>
#include <string.h>
#include "fetch.h"
#include "i18n.h"

static const struct {
    const char *code, *text;
} troubles[] = {
    [FETCH_FINE] = { "", "" },
    [FETCH_OFF] = { "off", N_("Fetching is turned off in the settings file (fetch = off). Whoever "
                              "runs the machine can turn it on.") },
    [FETCH_NOT_ALLOWED] = { "not-allowed", N_("The settings file does not let this host be asked. "
                                              "Whoever runs the "
                                              "machine can add it to fetch_allow.") },
    [FETCH_PRIVATE] = { "private", N_("The name leads to an address inside a private network, and "
                                      "those are not asked.") },
    [FETCH_NO_HOST] = { "no-host", N_("No server of that name was found. Look for a slip in the "
                                      "address, and ask whether the machine can reach the net.") },
    [FETCH_REFUSED] = { "refused",
                        N_("Nobody answers there. Ask whether a firewall stands between, "
                           "or whether fetch_proxy must be set.") },
    [FETCH_TIMEOUT] = { "timeout", N_("The answer came too slowly. What came is kept, and we go on "
                                      "from there.") },
    [FETCH_CERTIFICATE] = { "certificate",
                            N_("The server’s certificate is not to be trusted, so nothing was "
                               "fetched. Ask whether a proxy stands between that has its own.") },
    [FETCH_BROKEN] = { "broken", N_("The line broke before all had come. What came is kept, and we "
                                    "go on from there.") },
    [FETCH_TRUNCATED] = { "truncated", N_("The answer ended before all had come, so nothing of it "
                                          "was used.") },
    [FETCH_TOO_LARGE] = { "too-large",
                          N_("The answer is larger than we take. Ask for less at once: "
                             "one year, or one municipality.") },
    [FETCH_DAMAGED] = { "damaged", N_("The answer was packed wrongly and could not be unpacked.") },
    [FETCH_ELSEWHERE] = { "elsewhere", N_("The address leads on to another host. We do not follow; "
                                          "write the new address if it is right.") },
    [FETCH_TYPE] = { "type", N_("The answer is not of the kind that was promised; it may be a web "
                                "page with a message. Nothing of it was used.") },
    [FETCH_GONE] = { "gone", N_("There is nothing at that address any more. Look the address up at "
                                "the source.") },
    [FETCH_DENIED] = { "denied", N_("The source does not let us in. Its open data should need no "
                                    "sign-in; look at the address.") },
    [FETCH_BAD] = { "bad", N_("The source did not understand the question. Look at the address and "
                              "the query.") },
    [FETCH_WAIT] = { "wait", N_("The source asks us to wait. We try again when it says.") },
    [FETCH_SERVER] = { "server", N_("Something went wrong at the source. We try again later.") },
    [FETCH_OTHER] = { "other", N_("It could not be fetched.") },
};

const char *fetch_trouble_text(FetchTrouble trouble)
{
    return *troubles[trouble].text ? _(troubles[trouble].text) : "";
}

const char *fetch_trouble_code(FetchTrouble trouble)
{
    return troubles[trouble].code;
}

FetchTrouble fetch_trouble_of(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++)
        if (!g_strcmp0(troubles[i].code, code))
            return (FetchTrouble)i;
    return FETCH_OTHER;
}

bool fetch_passes(FetchTrouble trouble)
{
    return trouble == FETCH_NO_HOST || trouble == FETCH_REFUSED || trouble == FETCH_TIMEOUT ||
           trouble == FETCH_BROKEN || trouble == FETCH_TRUNCATED || trouble == FETCH_SERVER;
}

/* --- addresses --- */

static bool is_public_v4(uint32_t a)
{
    static const struct {
        uint32_t net, bits;
    } special[] = {
        { 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 }, { 0x7f000000, 8 },
        { 0xa9fe0000, 16 }, { 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0000200, 24 },
        { 0xc0586300, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 },
        { 0xcb007100, 24 }, { 0xe0000000, 3 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(special); i++)
        if ((a ^ special[i].net) >> (32 - special[i].bits) == 0)
            return false;
    return true;
}

/* Of the unicast space 2000::/3 that has been given out, without documentation, Teredo and 6to4, which
 * carry an IPv4 address inside. */
static bool is_public_v6(const uint8_t a[16])
{
    bool teredo = a[0] == 0x20 && a[1] == 0x01 && a[2] < 0x02;
    bool written = a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8;
    bool six_to_four = a[0] == 0x20 && a[1] == 0x02;

    return a[0] >> 5 == 1 && !teredo && !written && !six_to_four;
}

bool fetch_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, address, sizeof in);
        return is_public_v4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, address, sizeof in6);
        return is_public_v6(in6.sin6_addr.s6_addr);
    }
    return false;
}

char *fetch_origin(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_ENCODED, NULL);
    const char *host = uri ? g_uri_get_host(uri) : NULL;
    int port = uri ? g_uri_get_port(uri) : -1;
    bool tls;

    if (!host || !*host || strlen(host) > 253 || g_uri_get_userinfo(uri) ||
        strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") !=
            strlen(host))
        return NULL;
    tls = !strcmp(g_uri_get_scheme(uri), "https");
    if (!tls && strcmp(g_uri_get_scheme(uri), "http"))
        return NULL;
    g_autofree char *small = g_ascii_strdown(host, -1);
    bool literal = strchr(small, ':') != NULL;

    return g_strdup_printf("%s://%s%s%s:%d", tls ? "https" : "http", literal ? "[" : "", small,
                           literal ? "]" : "",
                           port > 0 ? port
                           : tls    ? 443
                                    : 80);
}

/* The origin that a part of the list stands for; NULL when it is wrong. */
static char *origin_of_part(const char *part)
{
    g_autofree char *url =
        strstr(part, "://") ? g_strdup(part) : g_strconcat("https://", part, NULL);
    const char *host = strstr(url, "://") + 3;

    return strpbrk(host, "/?#@ ") || (!strstr(part, "://") && strchr(part, ':'))
               ? NULL
               : fetch_origin(url);
}

bool fetch_allow_valid(const char *list)
{
    g_auto(GStrv) parts = g_strsplit(list ? list : "", ",", -1);

    for (char **p = parts; *p; p++) {
        g_autofree char *origin = *g_strstrip(*p) ? origin_of_part(*p) : g_strdup("");

        if (!origin)
            return false;
    }
    return true;
}

bool fetch_allowed(const char *list, const char *url)
{
    g_auto(GStrv) parts = g_strsplit(list ? list : "", ",", -1);
    g_autofree char *asked = fetch_origin(url);

    for (char **p = parts; asked && *p; p++) {
        g_autofree char *origin = *g_strstrip(*p) ? origin_of_part(*p) : NULL;

        if (origin && !strcmp(origin, asked))
            return true;
    }
    return false;
}

/* --- time --- */

int64_t fetch_retry_after(const char *value, int64_t now)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int day, year, hour, minute, second;
    char month[4] = "";
    const char *at;

    if (!value)
        return 0;
    if (*value && strspn(value, "0123456789") == strlen(value))
        return (int64_t)MIN(g_ascii_strtoull(value, NULL, 10), 604800);
    if (sscanf(value, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month, &year, &hour, &minute,
               &second) != 6 ||
        strlen(month) != 3 || !(at = strstr(months, month)) || (at - months) % 3)
        return 0;
    g_autoptr(GDateTime) then =
        g_date_time_new_utc(year, (int)(at - months) / 3 + 1, day, hour, minute, second);

    return then ? CLAMP(g_date_time_to_unix(then) - now, 0, 604800) : 0;
}

/* --- settings --- */

static FetchDefaults *kept_defaults(void)
{
    /* lint: state — set once at the start, before any thread */
    static FetchDefaults defaults;

    return &defaults;
}

static char *copy_of(const char *text)
{
    return text && *text ? g_strdup(text) : NULL;
}

void fetch_defaults_set(const FetchDefaults *defaults)
{
    FetchDefaults *kept = kept_defaults();
    const FetchDefaults old = *kept;

    *kept = *defaults;
    kept->proxy = copy_of(defaults->proxy);
    kept->allow = copy_of(defaults->allow);
    g_free((char *)old.proxy);
    g_free((char *)old.allow);
}

const FetchDefaults *fetch_defaults(void)
{
    return kept_defaults();
}
