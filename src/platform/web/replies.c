/* replies.c - public replies kept by a worker, given again until anything in the database changes.
 *
 * A page for visitors depends on its address, the language, the owner, the date and the database. The
 * first four are its key; the last is db_version, and with another version everything is forgotten.
 * So there is no time during which a page may be old, and nothing that must remember to clear it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "replies.h"
#include <string.h>

struct Replies {
    GHashTable *by_key; /* char * -> KeptReply * */
    size_t bytes, most;
    int64_t version;
};

static void reply_free(gpointer data)
{
    KeptReply *reply = data;

    g_bytes_unref(reply->body);
    g_free((char *)(uintptr_t)reply->type);
    g_free((char *)(uintptr_t)reply->etag);
    g_free((char *)(uintptr_t)reply->encoding);
    g_free(reply);
}

Replies *replies_new(size_t most)
{
    Replies *replies = g_new0(Replies, 1);

    replies->most = most;
    replies->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, reply_free);
    return replies;
}

void replies_free(Replies *replies)
{
    if (!replies)
        return;
    g_hash_table_unref(replies->by_key);
    g_free(replies);
}

static void forget(Replies *replies)
{
    g_hash_table_remove_all(replies->by_key);
    replies->bytes = 0;
}

const KeptReply *replies_find(Replies *replies, const char *key, int64_t version)
{
    if (replies->version == version)
        return g_hash_table_lookup(replies->by_key, key);
    forget(replies);
    replies->version = version;
    return NULL;
}

void replies_keep(Replies *replies, const char *key, int64_t version, const KeptReply *reply)
{
    size_t size = g_bytes_get_size(reply->body) + strlen(key) + sizeof *reply;

    if (replies->version != version || replies->bytes + size > replies->most)
        forget(replies);
    replies->version = version;
    if (size > replies->most / 4)
        return;
    KeptReply *kept = g_new(KeptReply, 1);

    *kept = (KeptReply){ g_bytes_ref(reply->body), g_strdup(reply->type), g_strdup(reply->etag),
                         g_strdup(reply->encoding) };
    g_hash_table_insert(replies->by_key, g_strdup(key), kept);
    replies->bytes += size;
}
