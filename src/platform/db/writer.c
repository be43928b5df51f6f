/* writer.c - the one thread that writes a SQLite file, many callers' work to a commit.
 *
 * It opens the file with its first work: who only reads does not pay for a second handle. It takes
 * what waits (at most GROUP jobs), runs each inside a savepoint of one transaction, and commits. Only then is any caller told: what was acknowledged is on disk. A job that fails is
 * rolled back alone; a commit that fails, fails all.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"
#include "i18n.h"
#include <unistd.h>

#define GROUP 64
#define WAIT_US (INT64_C(10) * G_USEC_PER_SEC) /* for other processes, before APP_ERROR_BUSY */
#define LOOK_US 1000

typedef struct {
    DbWork work;
    void *arg;
    Lang lang; /* of the caller's thread; the work may word messages */
    GError *error;
    bool done;
    GCond ready;
} Job;

struct Writer {
    Store *store;
    Db *db;
    GThread *thread;
    int turn;         /* see turn.c */
    int64_t deadline; /* monotonic, of waiting for other processes */
    GMutex lock;      /* guards all below */
    GCond work;
    GQueue queue; /* Job * */
    bool stop;
};

/* Takes up to GROUP jobs, waiting for the first; 0 when the writer is to stop. */
static guint take_jobs(Writer *w, Job *jobs[GROUP])
{
    guint n = 0;

    g_mutex_lock(&w->lock);
    while (!w->stop && g_queue_is_empty(&w->queue))
        g_cond_wait(&w->work, &w->lock);
    while (n < GROUP && (jobs[n] = g_queue_pop_head(&w->queue)))
        n++;
    g_mutex_unlock(&w->lock);
    return n;
}

static void release(Writer *w, Job *jobs[], guint n)
{
    g_mutex_lock(&w->lock);
    for (guint i = 0; i < n; i++) {
        jobs[i]->done = true;
        g_cond_signal(&jobs[i]->ready);
    }
    g_mutex_unlock(&w->lock);
}

/* Every job without an error of its own gets this one. */
static void fail_jobs(Job *jobs[], guint n, const GError *why)
{
    for (guint i = 0; i < n; i++)
        if (!jobs[i]->error)
            jobs[i]->error = g_error_copy(why);
}

/* One more look after a millisecond: whoever holds the turn is next, and waits for one commit only. */
static int wait_a_little(void *data, int count)
{
    Writer *w = data;

    if (count == 0)
        g_atomic_pointer_add(&w->store->retries, 1);
    if (g_get_monotonic_time() >= w->deadline)
        return 0;
    g_usleep(LOOK_US);
    return 1;
}

/* Opens the file, once; tried again with the next work when it failed. */
static bool attach(Writer *w, GError **error)
{
    if (w->db->lite)
        return true;
    if (!lite_attach(w->db, true, error)) {
        lite_detach(w->db);
        return false;
    }
    sqlite3_busy_handler(w->db->lite, wait_a_little, w);
    return true;
}

static bool begin(Writer *w, GError **error)
{
    bool ok;

    if (!attach(w, error))
        return false;
    w->deadline = g_get_monotonic_time() + WAIT_US;
    if (!turn_take(w->turn, w->deadline, error))
        return false;
    ok = lite_command(w->db, "BEGIN IMMEDIATE", error);
    turn_give(w->turn);
    w->deadline = g_get_monotonic_time() + WAIT_US; /* of the commit */
    return ok;
}

/* What has come meanwhile joins the transaction that is open. */
static guint more_jobs(Writer *w, Job *jobs[], guint room)
{
    guint n = 0;

    g_mutex_lock(&w->lock);
    while (n < room && (jobs[n] = g_queue_pop_head(&w->queue)))
        n++;
    g_mutex_unlock(&w->lock);
    return n;
}

/* Runs jobs in order, each in its savepoint. Returns how many were tried, fewer than *n when SQLite
 * gave up the whole transaction (full disk, for one): then none of those tried is stored. */
static guint run_jobs(Writer *w, Job *jobs[GROUP], guint *n, bool *ret_alive)
{
    guint i = 0;

    *ret_alive = true;
    while (*ret_alive && i < *n) {
        Job *job = jobs[i++];

        i18n_use(job->lang);
        db_savepoint(w->db, job->work, job->arg, &job->error);
        *ret_alive = !sqlite3_get_autocommit(w->db->lite);
        if (i == *n)
            *n += more_jobs(w, jobs + *n, GROUP - *n);
    }
    return i;
}

/* One commit of the first jobs of *n, which may grow. Returns how many were dealt with, at least
 * one. */
static guint run_group(Writer *w, Job *jobs[GROUP], guint *n)
{
    g_autoptr(GError) why = NULL;
    bool alive;

    if (!begin(w, &why)) {
        fail_jobs(jobs, *n, why);
        return *n;
    }
    w->db->depth = 1;
    guint tried = run_jobs(w, jobs, n, &alive);

    w->db->depth = 0;
    if (!alive)
        app_fail(&why, APP_ERROR_DB, "sqlite: the transaction was given up");
    else if (!lite_command(w->db, "COMMIT", &why))
        lite_exec(w->db, "ROLLBACK", NULL);
    if (!why)
        g_atomic_pointer_add(&w->store->commits, 1);
    if (why)
        fail_jobs(jobs, tried, why);
    return tried;
}

static void *writer_main(void *data)
{
    Writer *w = data;
    Job *jobs[GROUP];
    guint n;

    while ((n = take_jobs(w, jobs)))
        while (n) {
            guint dealt = run_group(w, jobs, &n);

            release(w, jobs, dealt);
            n -= dealt;
            memmove(jobs, jobs + dealt, n * sizeof *jobs);
        }
    return NULL;
}

static void writer_free(Writer *w)
{
    if (w->db->lite)
        lite_detach(w->db);
    if (w->turn >= 0)
        close(w->turn);
    g_free(w->db);
    g_mutex_clear(&w->lock);
    g_cond_clear(&w->work);
    g_free(w);
}

Writer *writer_start(Store *store, GError **error)
{
    Writer *w = g_new0(Writer, 1);

    w->store = store;
    w->db = g_new0(Db, 1);
    w->db->store = store;
    w->db->turn = w->db->needed_turn = NO_TURN;
    g_mutex_init(&w->lock);
    g_cond_init(&w->work);
    g_queue_init(&w->queue);
    w->turn = turn_open(store->path, error);
    if (w->turn < 0) {
        writer_free(w);
        return NULL;
    }
    w->thread = g_thread_new("db-writer", writer_main, w);
    return w;
}

void writer_stop(Writer *w)
{
    g_mutex_lock(&w->lock);
    w->stop = true;
    g_cond_signal(&w->work);
    g_mutex_unlock(&w->lock);
    g_thread_join(w->thread);
    writer_free(w);
}

bool writer_is_me(const Writer *w)
{
    return g_thread_self() == w->thread;
}

bool writer_do(Writer *w, DbWork work, void *arg, GError **error)
{
    Job job = { .work = work, .arg = arg, .lang = i18n_current() };

    g_cond_init(&job.ready);
    g_mutex_lock(&w->lock);
    g_queue_push_tail(&w->queue, &job);
    g_cond_signal(&w->work);
    while (!job.done)
        g_cond_wait(&job.ready, &w->lock);
    g_mutex_unlock(&w->lock);
    g_cond_clear(&job.ready);
    return job.error ? app_pass(error, &job.error) : true;
}
