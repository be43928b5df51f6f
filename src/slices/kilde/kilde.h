/* kilde.h - sources on the net: what this installation fetches by itself, when its settings let it.
 *
 * A source is a question that is asked again and again. Each answer that differs from the last is kept with
 * its bytes, and waits for a yes with the same preview as a file that somebody sent; or goes straight in,
 * when the administrator of the installation has said so. An answer of another structure is held.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice kilde_slice;

typedef struct {
    int64_t id, due_at, last_ok_at; /* last_ok_at: 0: never */
    const char *name;
    bool active;
    int64_t failures; /* in a row */
} KildeInfo;

typedef struct {
    KildeInfo *v;
    size_t n;
} KildeInfos;

/* All of them, by name. */
bool kilde_infos(Db *db, Arena *arena, KildeInfos *ret, GError **error);

typedef struct {
    int64_t now;
    const char *today;
    /* From time to time, in words; false gives up. NULL: nobody listens. */
    bool (*going)(void *arg, size_t got, size_t total, GError **error);
    void *arg;
} KildeTurn;

/**
 * Ask one source, keep its answer, and import it when it goes straight in. Safe to do twice.
 *   ret_text  what came of it, translated, in the arena.
 * Errors: APP_ERROR_NOT_FOUND (no such source), APP_ERROR_BUSY (worth another try soon),
 * APP_ERROR_INVALID (what came is not used, in words; it is told on the page, too), APP_ERROR_DB.
 */
bool kilde_fetch(Db *db, Arena *arena, int64_t id, const KildeTurn *turn, const char **ret_text,
                 GError **error);

/* Lines of Prometheus' text. Nothing when there are no sources. */
bool kilde_metrics(Db *db, int64_t now, GString *out, GError **error);
