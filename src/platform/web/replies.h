/* replies.h - public replies kept by a worker, given again until anything in the database changes.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One worker's; no lock, for only that worker touches it. */
typedef struct Replies Replies;

/* What a reply is besides the headers every reply carries; all of it owned by the Replies. */
typedef struct KeptReply {
    GBytes *body;                       /* as sent: compressed or not */
    const char *type, *etag, *encoding; /* encoding "" when not compressed */
} KeptReply;

/* `most` bytes of bodies and keys; when more is to be kept, all before it is forgotten. */
Replies *replies_new(size_t most);
void replies_free(Replies *replies); /* NULL is fine */
/* NULL when none is kept under this key from this version of the database (db_version). */
const KeptReply *replies_find(Replies *replies, const char *key, int64_t version);
void replies_keep(Replies *replies, const char *key, int64_t version, const KeptReply *reply);
