/* fuzz-adresse.c - any bytes as an address with its query, as a link that somebody typed, and as what a
 * proxy says of the client.
 *
 * A line each: address, query, link, X-Forwarded-For, trusted_proxies.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "body.h"
#include "clients.h"
#include "router.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_path(const Router *router, Arena *arena, const char *path)
{
    RouteMatch match = { 0 };

    if (!router_match(router, arena, "GET", path, &match))
        return;
    g_assert(!match.route || match.path_known);
    for (int i = 0; i < match.n_params; i++)
        g_assert(match.name[i] && g_utf8_validate(match.value[i], -1, NULL));
}

/* What is written as a value of a query is read as it was. */
static void check_query(Arena *arena, const char *text)
{
    g_autoptr(GError) why = NULL;
    Body query = { 0 }, again = { 0 };

    if (!query_read(arena, text, &query, &why)) {
        g_assert(why && why->code == APP_ERROR_INVALID);
        return;
    }
    for (size_t i = 0; i < query.n_fields; i++) {
        Url url = url_with(arena, (Url){ "/" }, query.fields[i].name, query.fields[i].value);

        g_assert(query_read(arena, strchr(url.text, '?') + 1, &again, NULL));
        g_assert(again.n_fields == 1 && !strcmp(again.fields[0].name, query.fields[i].name));
        g_assert(!strcmp(again.fields[0].value, query.fields[i].value));
    }
}

static void check_link(Arena *arena, const char *text)
{
    const char *url = url_checked(arena, text).text;

    g_assert(!strpbrk(url, " \t\r\n\"<>\\"));
    g_assert(!strcmp(url, "#") || (url[0] == '/' && url[1] != '/') ||
             !g_ascii_strncasecmp(url, "http", 4) || !g_ascii_strncasecmp(url, "mailto:", 7));
}

static void check_client(const char *forwarded, const char *trusted)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(Clients) clients = clients_new(trusted, 2, &why);
    char client[CLIENT_TEXT] = "";

    if (!clients) {
        g_assert(why && why->code == APP_ERROR_INVALID);
        return;
    }
    clients_real(clients, "127.0.0.1", forwarded, client);
    g_assert(strlen(client) > 0 && !strpbrk(client, " ,\t\r\n"));
    g_assert(clients_enter(clients, client) && clients_enter(clients, client));
    g_assert(!clients_enter(clients, client));
    clients_leave(clients, client);
    g_assert(clients_enter(clients, client));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static Router *router; /* lint: state — made once for all inputs */
    g_autofree char *text = g_strndup((const char *)bytes, len);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 5);
    const char *line[5] = { "", "", "", "", "" };
    g_autoptr(Arena) arena = arena_new();

    if (!router)
        router = router_new(app_slices, NULL);
    g_assert(router);
    for (guint i = 0; lines[i]; i++)
        line[i] = lines[i];
    check_path(router, arena, line[0]);
    check_query(arena, line[1]);
    check_link(arena, line[2]);
    check_client(line[3], line[4]);
    return 0;
}
