/* workers.h - worker threads behind a bounded queue. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Workers Workers;

typedef struct {
    /* Makes what one worker owns, on the caller's thread; NULL stops the start. */
    void *(*open)(void *data, GError **error);
    void (*close)(void *own);
    void (*work)(void *data, void *own, void *job);
    void *data;
} WorkersDo;

Workers *workers_new(const WorkersDo *work, int n, int capacity, GError **error);
/* Take a place in the queue, so that workers_push cannot fail; false when it is full. */
bool workers_reserve(Workers *workers);
void workers_push(Workers *workers, void *job); /* after workers_reserve */
/* Do all that is queued, then end the workers; false, with everything left in place, when that is
 * not done by `deadline` (g_get_monotonic_time). */
bool workers_free(Workers *workers, int64_t deadline);
/* false: something waits, and no worker has taken anything since the last time this was asked, which
 * must be a good while ago. For one asker. */
bool workers_move(Workers *workers);
typedef struct {
    int workers, busy, waiting, capacity;
} WorkersState;
void workers_state(Workers *workers, WorkersState *ret);
