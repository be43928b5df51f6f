/* pool.c - PostgreSQL connections that are open and idle, and how many there may be.
 *
 * A Db has one connection from db_open to db_close. A lost one is mended where the next
 * transaction begins (postgresql.c), so the pool never has to ask whether it is alive.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pglink.h"

#define POOL_MAX 64                              /* connections at most, per process */
#define WAIT_US (5 * (gint64)G_TIME_SPAN_SECOND) /* for a free one, before APP_ERROR_BUSY */

struct Pool {
    char *url;
    GMutex lock; /* guards the rest */
    GCond freed;
    GQueue idle; /* PgLink * */
    int n_open;
};

Pool *pool_new(const char *url, GError **error)
{
    PgLink *first = link_new(url, error);

    if (!first)
        return NULL;
    Pool *pool = g_new0(Pool, 1);

    pool->url = g_strdup(url);
    g_mutex_init(&pool->lock);
    g_cond_init(&pool->freed);
    g_queue_init(&pool->idle);
    g_queue_push_head(&pool->idle, first);
    pool->n_open = 1;
    return pool;
}

void pool_free(Pool *pool)
{
    g_queue_clear_full(&pool->idle, link_free);
    g_mutex_clear(&pool->lock);
    g_cond_clear(&pool->freed);
    g_free(pool->url);
    g_free(pool);
}

const char *pool_url(const Pool *pool)
{
    return pool->url;
}

/* An idle connection, or NULL and the right to open one; false when all are taken for too long. */
static bool reserve(Pool *pool, PgLink **ret_link)
{
    gint64 deadline = g_get_monotonic_time() + WAIT_US;
    bool ok = true;

    g_mutex_lock(&pool->lock);
    while (ok && !(*ret_link = g_queue_pop_head(&pool->idle)) && pool->n_open >= POOL_MAX)
        ok = g_cond_wait_until(&pool->freed, &pool->lock, deadline);
    if (ok && !*ret_link)
        pool->n_open++;
    g_mutex_unlock(&pool->lock);
    return ok;
}

static void give(Pool *pool, PgLink *link)
{
    g_mutex_lock(&pool->lock);
    if (link)
        g_queue_push_head(&pool->idle, link);
    else
        pool->n_open--;
    g_cond_signal(&pool->freed);
    g_mutex_unlock(&pool->lock);
}

bool pool_take(Pool *pool, Db *db, GError **error)
{
    if (!reserve(pool, &db->link))
        return app_fail(error, APP_ERROR_BUSY, "postgresql: all %d connections are in use",
                        POOL_MAX);
    if (db->link)
        return true;
    db->link = link_new(pool->url, error);
    if (!db->link)
        give(pool, NULL);
    return db->link != NULL;
}

void pool_give(Pool *pool, Db *db)
{
    if (db->link)
        give(pool, g_steal_pointer(&db->link));
}
