/* pool.c - worker threads behind a bounded queue.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pool.h"

typedef struct {
    Pool *pool;
    GThread *thread;
    void *own;
} Worker;

struct Pool {
    PoolWork work;
    Worker *worker;
    int workers, running, capacity, reserved;
    bool stopping;
    GQueue jobs;
    GMutex lock;
    GCond job_or_stop, ended;
};

/* The next job; NULL when there is none left and the pool is stopping. */
static void *next_job(Pool *pool)
{
    void *job;

    g_mutex_lock(&pool->lock);
    while (g_queue_is_empty(&pool->jobs) && !pool->stopping)
        g_cond_wait(&pool->job_or_stop, &pool->lock);
    job = g_queue_pop_head(&pool->jobs);
    if (job)
        pool->reserved--;
    g_mutex_unlock(&pool->lock);
    return job;
}

static gpointer run(gpointer data)
{
    Worker *worker = data;
    Pool *pool = worker->pool;

    for (void *job; (job = next_job(pool));)
        pool->work.work(pool->work.data, worker->own, job);
    g_mutex_lock(&pool->lock);
    pool->running--;
    g_cond_signal(&pool->ended);
    g_mutex_unlock(&pool->lock);
    return NULL;
}

Pool *pool_new(const PoolWork *work, int workers, int capacity, GError **error)
{
    Pool *pool = g_new0(Pool, 1);

    pool->work = *work;
    pool->capacity = capacity;
    pool->worker = g_new0(Worker, workers);
    g_queue_init(&pool->jobs);
    g_mutex_init(&pool->lock);
    g_cond_init(&pool->job_or_stop);
    g_cond_init(&pool->ended);
    for (int i = 0; i < workers; i++) {
        Worker *w = &pool->worker[i];

        w->pool = pool;
        w->own = work->open(work->data, error);
        if (!w->own) {
            pool_free(pool, INT64_MAX);
            return NULL;
        }
        pool->workers++;
        g_mutex_lock(&pool->lock);
        pool->running++;
        g_mutex_unlock(&pool->lock);
        w->thread = g_thread_new("worker", run, w);
    }
    return pool;
}

bool pool_reserve(Pool *pool)
{
    bool room;

    g_mutex_lock(&pool->lock);
    room = pool->reserved < pool->capacity && !pool->stopping;
    pool->reserved += room ? 1 : 0;
    g_mutex_unlock(&pool->lock);
    return room;
}

void pool_push(Pool *pool, void *job)
{
    g_mutex_lock(&pool->lock);
    g_queue_push_tail(&pool->jobs, job);
    g_cond_signal(&pool->job_or_stop);
    g_mutex_unlock(&pool->lock);
}

static bool wait_for_workers(Pool *pool, int64_t deadline)
{
    bool ended = true;

    g_mutex_lock(&pool->lock);
    pool->stopping = true;
    g_cond_broadcast(&pool->job_or_stop);
    while (pool->running && ended)
        ended = g_cond_wait_until(&pool->ended, &pool->lock, deadline);
    ended = !pool->running;
    g_mutex_unlock(&pool->lock);
    return ended;
}

bool pool_free(Pool *pool, int64_t deadline)
{
    if (!pool)
        return true;
    if (!wait_for_workers(pool, deadline))
        return false;
    for (int i = 0; i < pool->workers; i++) {
        g_thread_join(pool->worker[i].thread);
        pool->work.close(pool->worker[i].own);
    }
    g_mutex_clear(&pool->lock);
    g_cond_clear(&pool->job_or_stop);
    g_cond_clear(&pool->ended);
    g_free(pool->worker);
    g_free(pool);
    return true;
}
