/* pool.h - worker threads behind a bounded queue. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Pool Pool;

typedef struct {
    /* Makes what one worker owns, on the caller's thread; NULL stops the start. */
    void *(*open)(void *data, GError **error);
    void (*close)(void *own);
    void (*work)(void *data, void *own, void *job);
    void *data;
} PoolWork;

Pool *pool_new(const PoolWork *work, int workers, int capacity, GError **error);
/* Take a place in the queue, so that pool_push cannot fail; false when it is full. */
bool pool_reserve(Pool *pool);
void pool_push(Pool *pool, void *job); /* after pool_reserve */
/* Do all that is queued, then end the workers; false, with everything left in place, when that is
 * not done by `deadline` (g_get_monotonic_time). */
bool pool_free(Pool *pool, int64_t deadline);
