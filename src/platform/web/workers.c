/* workers.c - worker threads behind a bounded queue.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "workers.h"

typedef struct {
    Workers *workers;
    GThread *thread;
    void *own;
} Worker;

struct Workers {
    WorkersDo work;
    Worker *worker;
    int n, running, capacity, reserved, busy;
    uint64_t taken, seen; /* jobs; of which workers_move has been told */
    bool stopping;
    GQueue jobs;
    GMutex lock;
    GCond job_or_stop, ended;
};

/* The next job; NULL when there is none left and they are stopping. */
static void *next_job(Workers *workers)
{
    void *job;

    g_mutex_lock(&workers->lock);
    while (g_queue_is_empty(&workers->jobs) && !workers->stopping)
        g_cond_wait(&workers->job_or_stop, &workers->lock);
    job = g_queue_pop_head(&workers->jobs);
    if (job) {
        workers->reserved--;
        workers->busy++;
        workers->taken++;
    }
    g_mutex_unlock(&workers->lock);
    return job;
}

static void end_job(Workers *workers)
{
    g_mutex_lock(&workers->lock);
    workers->busy--;
    g_mutex_unlock(&workers->lock);
}

static gpointer run(gpointer data)
{
    Worker *worker = data;
    Workers *workers = worker->workers;

    for (void *job; (job = next_job(workers));) {
        workers->work.work(workers->work.data, worker->own, job);
        end_job(workers);
    }
    g_mutex_lock(&workers->lock);
    workers->running--;
    g_cond_signal(&workers->ended);
    g_mutex_unlock(&workers->lock);
    return NULL;
}

Workers *workers_new(const WorkersDo *work, int n, int capacity, GError **error)
{
    Workers *workers = g_new0(Workers, 1);

    workers->work = *work;
    workers->capacity = capacity;
    workers->worker = g_new0(Worker, n);
    g_queue_init(&workers->jobs);
    g_mutex_init(&workers->lock);
    g_cond_init(&workers->job_or_stop);
    g_cond_init(&workers->ended);
    for (int i = 0; i < n; i++) {
        Worker *w = &workers->worker[i];

        w->workers = workers;
        w->own = work->open(work->data, error);
        if (!w->own) {
            workers_free(workers, INT64_MAX);
            return NULL;
        }
        workers->n++;
        g_mutex_lock(&workers->lock);
        workers->running++;
        g_mutex_unlock(&workers->lock);
        w->thread = g_thread_new("worker", run, w);
    }
    return workers;
}

bool workers_reserve(Workers *workers)
{
    bool room;

    g_mutex_lock(&workers->lock);
    room = workers->reserved < workers->capacity && !workers->stopping;
    workers->reserved += room ? 1 : 0;
    g_mutex_unlock(&workers->lock);
    return room;
}

void workers_push(Workers *workers, void *job)
{
    g_mutex_lock(&workers->lock);
    g_queue_push_tail(&workers->jobs, job);
    g_cond_signal(&workers->job_or_stop);
    g_mutex_unlock(&workers->lock);
}

bool workers_move(Workers *workers)
{
    bool moves;

    g_mutex_lock(&workers->lock);
    moves = g_queue_is_empty(&workers->jobs) || workers->taken != workers->seen;
    workers->seen = workers->taken;
    g_mutex_unlock(&workers->lock);
    return moves;
}

void workers_state(Workers *workers, WorkersState *ret)
{
    g_mutex_lock(&workers->lock);
    *ret = (WorkersState){ workers->n, workers->busy, (int)g_queue_get_length(&workers->jobs),
                           workers->capacity };
    g_mutex_unlock(&workers->lock);
}

static bool wait_for_workers(Workers *workers, int64_t deadline)
{
    bool ended = true;

    g_mutex_lock(&workers->lock);
    workers->stopping = true;
    g_cond_broadcast(&workers->job_or_stop);
    while (workers->running && ended)
        ended = g_cond_wait_until(&workers->ended, &workers->lock, deadline);
    ended = !workers->running;
    g_mutex_unlock(&workers->lock);
    return ended;
}

bool workers_free(Workers *workers, int64_t deadline)
{
    if (!workers)
        return true;
    if (!wait_for_workers(workers, deadline))
        return false;
    for (int i = 0; i < workers->n; i++) {
        g_thread_join(workers->worker[i].thread);
        workers->work.close(workers->worker[i].own);
    }
    g_mutex_clear(&workers->lock);
    g_cond_clear(&workers->job_or_stop);
    g_cond_clear(&workers->ended);
    g_free(workers->worker);
    g_free(workers);
    return true;
}
