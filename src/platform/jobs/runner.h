/* runner.h - what the jobs program hands to job_progress and its like; between platform and queue.
 *
 * The platform knows no queue: whoever runs a job fills in these functions.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "job.h"

typedef struct JobRunner JobRunner;
struct JobRunner {
    bool (*progress)(Job *job, int64_t done, int64_t total, const char *text, GError **error);
    void (*result)(Job *job, const char *text, const char *path);
    /* In the transaction that `db` has open: is the job still ours? */
    bool (*check)(Job *job, Db *db, GError **error);
    bool (*end)(Job *job, Db *db, GError **error); /* there too: it is done */
};

/* The kind of that name, of app_slices or of the tests; NULL when there is none. */
const JobKind *job_kind(const char *kind);
/* Every kind, in the order of the slices: call `each` until it returns false. */
bool job_kinds(bool (*each)(const JobKind *kind, void *arg, GError **error), void *arg,
               GError **error);
/* Tests: these kinds are there too; NULL ends it. Before any thread. */
void job_kinds_also(const JobKind *kinds);
