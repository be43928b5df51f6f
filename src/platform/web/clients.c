/* clients.c - whose request it is, and how many one address may have open.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <arpa/inet.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include "clients.h"

struct Clients {
    GPtrArray *trusted; /* GInetAddressMask */
    bool trust_unix;
    int per_address;
    GMutex lock;
    GHashTable *open; /* address or /64 -> count */
};

static bool add_trusted(Clients *clients, const char *text, GError **error)
{
    GInetAddressMask *mask;

    if (!*text)
        return true;
    if (!strcmp(text, "unix")) {
        clients->trust_unix = true;
        return true;
    }
    mask = g_inet_address_mask_new_from_string(text, NULL);
    if (!mask)
        return app_fail(error, APP_ERROR_INVALID, "trusted_proxies: %s is no address", text);
    g_ptr_array_add(clients->trusted, mask);
    return true;
}

Clients *clients_new(const char *trusted, int per_address, GError **error)
{
    g_autoptr(Clients) clients = g_new0(Clients, 1);
    g_auto(GStrv) parts = g_strsplit(trusted ? trusted : "", ",", -1);

    g_mutex_init(&clients->lock);
    clients->trusted = g_ptr_array_new_with_free_func(g_object_unref);
    clients->open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    clients->per_address = per_address;
    for (char **part = parts; *part; part++) {
        if (!add_trusted(clients, g_strstrip(*part), error))
            return NULL;
    }
    return g_steal_pointer(&clients);
}

void clients_free(Clients *clients)
{
    if (!clients)
        return;
    g_ptr_array_unref(clients->trusted);
    g_hash_table_unref(clients->open);
    g_mutex_clear(&clients->lock);
    g_free(clients);
}

void client_address(const struct sockaddr *address, char ret_text[CLIENT_TEXT])
{
    g_strlcpy(ret_text, "unix", CLIENT_TEXT);
    if (address && address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, ret_text, CLIENT_TEXT);
    } else if (address && address->sa_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;

        if (IN6_IS_ADDR_V4MAPPED(v6))
            inet_ntop(AF_INET, &v6->s6_addr[12], ret_text, CLIENT_TEXT);
        else
            inet_ntop(AF_INET6, v6, ret_text, CLIENT_TEXT);
    }
}

bool clients_trusts(const Clients *clients, const char *address)
{
    g_autoptr(GInetAddress) a = NULL;

    if (!strcmp(address, "unix"))
        return clients->trust_unix;
    if (!clients->trusted->len)
        return false;
    a = g_inet_address_new_from_string(address);
    for (guint i = 0; a && i < clients->trusted->len; i++) {
        if (g_inet_address_mask_matches(clients->trusted->pdata[i], a))
            return true;
    }
    return false;
}

void clients_real(const Clients *clients, const char *peer, const char *forwarded_for,
                  char ret_text[CLIENT_TEXT])
{
    g_auto(GStrv) hops = g_strsplit(forwarded_for ? forwarded_for : "", ",", 50);

    g_strlcpy(ret_text, peer, CLIENT_TEXT);
    for (guint i = g_strv_length(hops); i > 0 && clients_trusts(clients, ret_text); i--) {
        g_autoptr(GInetAddress) hop = g_inet_address_new_from_string(g_strstrip(hops[i - 1]));
        g_autofree char *text = hop ? g_inet_address_to_string(hop) : NULL;

        if (!text)
            return;
        g_strlcpy(ret_text, text, CLIENT_TEXT);
    }
}

/* Whoever has an IPv6 address has its whole /64. */
static void limit_key(const char *address, char key[CLIENT_TEXT])
{
    struct in6_addr v6;

    g_strlcpy(key, address, CLIENT_TEXT);
    if (strchr(address, ':') && inet_pton(AF_INET6, address, &v6) == 1) {
        memset(&v6.s6_addr[8], 0, 8);
        inet_ntop(AF_INET6, &v6, key, CLIENT_TEXT);
    }
}

bool clients_enter(Clients *clients, const char *address)
{
    char key[CLIENT_TEXT];
    int count;

    limit_key(address, key);
    g_mutex_lock(&clients->lock);
    count = GPOINTER_TO_INT(g_hash_table_lookup(clients->open, key));
    if (count < clients->per_address)
        g_hash_table_replace(clients->open, g_strdup(key), GINT_TO_POINTER(count + 1));
    g_mutex_unlock(&clients->lock);
    return count < clients->per_address;
}

void clients_leave(Clients *clients, const char *address)
{
    char key[CLIENT_TEXT];
    int count;

    limit_key(address, key);
    g_mutex_lock(&clients->lock);
    count = GPOINTER_TO_INT(g_hash_table_lookup(clients->open, key));
    if (count > 1)
        g_hash_table_replace(clients->open, g_strdup(key), GINT_TO_POINTER(count - 1));
    else
        g_hash_table_remove(clients->open, key);
    g_mutex_unlock(&clients->lock);
}
