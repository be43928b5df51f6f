/* job.h - work outside requests: what a slice says of its kinds of jobs, and what a job sees.
 *
 * A slice lists its kinds in its table (Slice.jobs). Somebody asks for one with jobb_add (slice jobb);
 * the jobs program takes it from the table in the database, runs it, and writes down how it went. A
 * job may be run again after a crash, so what it does must be safe to do twice: it writes in one
 * transaction, or under a key that is unique.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"
#include "arena.h"
#include "db.h"
#include "i18n.h"

typedef struct {
    Db *db;                   /* its owner is set */
    Arena *arena;             /* goes with the job */
    int64_t owner;            /* 0: of the installation */
    int64_t id;               /* of the job */
    int64_t person;           /* who asked for it; 0: nobody, it came by the clock */
    const char *args;         /* what jobb_add was given; "" */
    int attempt;              /* 1, 2... */
    const char *today;        /* "YYYY-MM-DD" by the owner's clock */
    int64_t now;              /* microseconds UTC, when this attempt began */
    Lang lang;                /* of the owner; the thread's language is set to it */
    struct JobRunner *runner; /* the jobs program's own */
} Job;

typedef bool (*JobRun)(Job *job, GError **error);

typedef struct {
    const char *kind;  /* "import", "varsel": unique in the program, ASCII, at most 40 */
    const char *label; /* msgid: "Reading a file" */
    JobRun run;
    int attempts; /* tries in all, 1-10; the pause between doubles from 10 s up to an hour. What is
                   * INVALID, NOT_FOUND or FORBIDDEN is not tried again: it would be so again. */
    int lease;   /* seconds without a word (job_progress) after which it counts as crashed; 0: 60 */
    int every;   /* minutes between runs for each owner by the clock; 0: only when asked for */
    bool shared; /* by the clock: once for the installation (owner 0), not for each owner */
    /* Asked before the clock adds it; NULL: always wanted. */
    bool (*wanted)(Db *db, int64_t now, bool *ret, GError **error);
} JobKind;

/**
 * Tell how far it has come, and keep the claim on the job.
 *   done, total  in steps of the job's own; total 0: not known.
 *   text         translated, what is being done; NULL: as before. Copied.
 * Returns false with APP_ERROR_CONFLICT when the job has been cancelled or taken over: the job rolls
 * back what it holds and returns false.
 */
bool job_progress(Job *job, int64_t done, int64_t total, const char *text, GError **error);
/**
 * What to tell whoever asked when it is done.
 *   text  translated, one sentence; copied.     path  of ours, to go on to; NULL: none. Copied.
 */
void job_result(Job *job, const char *text, const char *path);

/**
 * db_transaction with the claim on the job inside: what a job changes is changed only while the job is
 * its own, so that a run which was taken for dead and comes back does nothing twice.
 * Errors: as db_transaction; APP_ERROR_CONFLICT when the job is no longer ours.
 */
bool job_transaction(Job *job, DbWork work, void *arg, GError **error);
/**
 * The last one of a job: its work and the job's end, with what job_result said before, are there
 * together, so that the work is done once however often the machine dies. Return true after it.
 */
bool job_finish(Job *job, DbWork work, void *arg, GError **error);
