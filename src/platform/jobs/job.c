/* job.c - what a job sees, and which kinds of jobs there are.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "runner.h"
#include "web.h"

bool job_progress(Job *job, int64_t done, int64_t total, const char *text, GError **error)
{
    return job->runner->progress(job, done, total, text, error);
}

void job_result(Job *job, const char *text, const char *path)
{
    job->runner->result(job, text, path);
}

typedef struct {
    Job *job;
    DbWork work;
    void *arg;
    bool last;
} Step;

static bool do_step(Db *db, void *arg, GError **error)
{
    const Step *step = arg;
    const JobRunner *runner = step->job->runner;

    return runner->check(step->job, db, error) && step->work(db, step->arg, error) &&
           (!step->last || runner->end(step->job, db, error));
}

bool job_transaction(Job *job, DbWork work, void *arg, GError **error)
{
    Step step = { job, work, arg, false };

    return db_transaction(job->db, do_step, &step, error);
}

bool job_finish(Job *job, DbWork work, void *arg, GError **error)
{
    Step step = { job, work, arg, true };

    return db_transaction(job->db, do_step, &step, error);
}

/* --- kinds --- */

/* lint: state — kinds that only a test has, set before its first job */
static const JobKind *also;

void job_kinds_also(const JobKind *kinds)
{
    also = kinds;
}

static bool each_of(const JobKind *kinds, bool (*each)(const JobKind *, void *, GError **),
                    void *arg, GError **error)
{
    for (const JobKind *k = kinds; k && k->kind; k++)
        if (!each(k, arg, error))
            return false;
    return true;
}

bool job_kinds(bool (*each)(const JobKind *kind, void *arg, GError **error), void *arg,
               GError **error)
{
    for (const Slice *const *s = app_slices; *s; s++)
        if (!each_of((*s)->jobs, each, arg, error))
            return false;
    return each_of(also, each, arg, error);
}

typedef struct {
    const char *kind;
    const JobKind *found;
} Search;

static bool match(const JobKind *kind, void *arg, GError **error)
{
    Search *search = arg;

    (void)error;
    if (!strcmp(kind->kind, search->kind))
        search->found = kind;
    return !search->found;
}

const JobKind *job_kind(const char *kind)
{
    Search search = { kind, NULL };

    job_kinds(match, &search, NULL);
    return search.found;
}
