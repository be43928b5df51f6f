/* jobb.c - the queue: put in, looked at, cancelled, started again.
 *
 * The queue is one table for all owners and for the installation itself, so every query says which
 * owner it means and none leans on the handle's.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"
#include "jobb-inside.h"
#include "wake.h"
#include "jobb.sql.h"

#define ARGS_MAX 4000
#define TITLE_MAX 300

static const char *const codes[] = {
    [JOB_WAITING] = "venter", [JOB_RUNNING] = "arbeider",  [JOB_DONE] = "ferdig",
    [JOB_DEAD] = "mislykket", [JOB_CANCELLED] = "avbrutt",
};

const char *jobb_state_code(JobState state)
{
    return codes[state];
}

JobState jobb_state_of(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        if (!strcmp(codes[i], code))
            return (JobState)i;
    g_assert_not_reached(); /* the table's CHECK has the same list */
}

static bool check_new(const JobNew *job, GError **error)
{
    if (!job_kind(job->kind))
        return app_fail(error, APP_ERROR_INVALID, "no job is called %s", job->kind);
    if (job->args && strlen(job->args) > ARGS_MAX)
        return app_fail(error, APP_ERROR_INVALID, "what a job is given has at most %d bytes",
                        ARGS_MAX);
    return true;
}

typedef struct {
    const JobNew *job;
    int64_t now, id;
} Adding;

static bool insert(Db *db, void *arg, GError **error)
{
    Adding *a = arg;
    const JobNew *job = a->job;
    g_autofree char *title = utf8_cut(job->title, TITLE_MAX);
    const JobbInsertArgs args = { .owner = job->owner,
                                  .id = id_new(),
                                  .kind = job->kind,
                                  .key = job->key,
                                  .title = title,
                                  .args = job->args ? job->args : "",
                                  .person = job->person,
                                  .attempts = CLAMP(job_kind(job->kind)->attempts, 1, 10),
                                  .due = job->not_before ? job->not_before : a->now,
                                  .added = a->now };
    g_auto(JobbInsertRows) made = { 0 };
    g_auto(JobbSelectKeyRows) there = { 0 };

    if (!jobb_insert(db, &args, &made, error))
        return false;
    a->id = made.n ? made.v[0].id : 0;
    if (made.n)
        return true;
    if (!jobb_select_key(db, job->owner, job->key, &there, error))
        return false;
    if (!there.n)
        return app_fail(error, APP_ERROR_BUSY, "the job went away while it was looked for");
    a->id = there.v[0].id;
    return true;
}

bool jobb_add(Db *db, const JobNew *job, int64_t now, int64_t *ret_id, GError **error)
{
    Adding adding = { job, now, 0 };

    if (!check_new(job, error) || !db_transaction(db, insert, &adding, error))
        return false;
    if (ret_id)
        *ret_id = adding.id;
    job_wake();
    return true;
}

bool jobb_get(Db *db, Arena *arena, int64_t owner, int64_t id, JobInfo *ret, GError **error)
{
    g_auto(JobbSelectRows) rows = { 0 };

    if (!jobb_select(db, owner, id, &rows, error))
        return false;
    if (!rows.n)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such job");
    *ret = (JobInfo)JOBB_INFO_FROM(rows.v[0], arena);
    return true;
}

typedef struct {
    int64_t owner, id, now;
} One;

static bool cancel(Db *db, void *arg, GError **error)
{
    const One *one = arg;
    g_auto(JobbCancelWaitingRows) waiting = { 0 };
    g_auto(JobbCancelWorkingRows) working = { 0 };
    g_auto(JobbSelectRows) any = { 0 };

    if (!jobb_cancel_waiting(db, one->owner, one->id, one->now, &waiting, error) ||
        !jobb_cancel_working(db, one->owner, one->id, &working, error) ||
        !jobb_select(db, one->owner, one->id, &any, error))
        return false;
    return any.n > 0 || app_fail(error, APP_ERROR_NOT_FOUND, "no such job");
}

bool jobb_cancel(Db *db, int64_t owner, int64_t id, GError **error)
{
    One one = { owner, id, g_get_real_time() };

    return db_transaction(db, cancel, &one, error);
}

bool jobb_try_again(Db *db, int64_t owner, int64_t id, int64_t now, GError **error)
{
    g_auto(JobbRetryRows) changed = { 0 };

    if (!jobb_retry(db, owner, id, now, &changed, error))
        return false;
    if (!changed.n)
        return app_fail(error, APP_ERROR_CONFLICT, "the job has not failed");
    job_wake();
    return true;
}

static const MenuItem settings[] = {
    { N_("Work in the background"), "/jobber", PERM_JOBS_ALL, 410 }, { 0 }
};

const Slice jobb_slice = { .name = "jobb",
                           .routes = jobb_routes,
                           .settings = settings,
                           .jobs = jobb_kinds,
                           .retention = jobb_retention,
                           .person_data = jobb_person_data };
