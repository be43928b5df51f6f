/* jobb.h - the queue of work outside requests: a table in the database, shared by all nodes.
 *
 * A job is added in the transaction of the change that wants it, so that neither is there without
 * the other. /jobber/{id} shows its progress and leads on to its result.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "job.h"
#include "web.h"

extern const Slice jobb_slice;

typedef struct {
    int64_t owner;      /* 0: of the installation */
    const char *kind;   /* of some slice's JobKind */
    const char *title;  /* translated, for the list of jobs: "Leser np-5-trinn.csv" */
    const char *args;   /* the kind's own business, at most 4000 bytes; NULL: none */
    int64_t person;     /* who asks; 0: nobody */
    int64_t not_before; /* microseconds UTC; 0: now */
    const char *key; /* no second job with this key of this owner is made while it is kept; NULL */
} JobNew;

/* ret_id: the job, or the one there is with that key; may be NULL. Errors: APP_ERROR_INVALID (unknown kind),
 * APP_ERROR_DB. */
bool jobb_add(Db *db, const JobNew *job, int64_t now, int64_t *ret_id, GError **error);

typedef enum { JOB_WAITING, JOB_RUNNING, JOB_DONE, JOB_DEAD, JOB_CANCELLED } JobState;
typedef struct {
    int64_t id, owner, person;
    const char *kind, *title;
    JobState state;
    int attempt, attempts;
    int64_t done, total;
    const char *text;   /* what is being done, or what came of it, or what went wrong; "" */
    const char *path;   /* where it leads when done; NULL */
    int64_t added, due; /* microseconds UTC */
    int64_t ended;      /* 0: not yet */
    bool stopping;      /* cancelled while running, and not told yet */
} JobInfo;
/* Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool jobb_get(Db *db, Arena *arena, int64_t owner, int64_t id, JobInfo *ret, GError **error);
/* Waiting: never run. Running: told at its next word. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool jobb_cancel(Db *db, int64_t owner, int64_t id, GError **error);
/* One that failed or was cancelled waits again, with all its tries. Errors: APP_ERROR_CONFLICT (it is
 * neither), APP_ERROR_DB. */
bool jobb_try_again(Db *db, int64_t owner, int64_t id, int64_t now, GError **error);

/**
 * Run what is due, in this thread, until nothing is. For tests, the demo and the command line; the
 * jobs program does the same with a clock around it.
 *   ret_n  how many were run; may be NULL.
 */
bool jobb_run_due(Db *db, int64_t now, int *ret_n, GError **error);

/* --- the jobs program --- */

typedef struct {
    int64_t (*clock)(void *data); /* microseconds UTC */
    bool (*stopping)(
        void *data); /* then a job gives up at its next word, and is given back untried */
    void (*show)(void *data, const JobInfo *job); /* at each word and at the end; NULL: to nobody */
    void *data;
} JobbWorld;

/**
 * Claim the next job that is due and run it to its end.
 *   pulse  a second handle on the same store, for what the job tells of itself.
 *   world  NULL: the clock goes on from `now`.
 *   ret_any  false: nothing was due.
 */
bool jobb_run_next(Db *db, Db *pulse, const JobbWorld *world, int64_t now, bool *ret_any,
                   GError **error);

/* Adds the jobs of kinds that come by the clock: one for each owner and slot of time, however many
 * nodes have a clock, and none while the last one is not done. */
typedef struct JobbClock JobbClock;
JobbClock *jobb_clock_new(void);
void jobb_clock_free(JobbClock *clock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobbClock, jobb_clock_free)
bool jobb_clock_run(JobbClock *clock, Db *db, int64_t now, GError **error);

/* How many there are in each state, of all owners; for the figures of operation. */
bool jobb_count(Db *db, int64_t ret_n[JOB_CANCELLED + 1], GError **error);
const char *jobb_state_code(JobState state); /* "venter" */

typedef struct {
    JobInfo *v;
    size_t n;
} JobInfoList;
/* Of all owners, for the command line: what is not done, then what ended last; at most `limit`. */
bool jobb_list_all(Db *db, Arena *arena, int limit, JobInfoList *ret, GError **error);
