/* jobb-inside.h - what the files of this slice say to each other and to the jobs program.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "jobb.h"
#include "runner.h"

const char *jobb_state_code(JobState state);
JobState jobb_state_of(const char *code);

/* What keeps one jobs program running: the clock as it stands, whether it shall stop. */
typedef struct {
    int64_t (*clock)(void *data); /* microseconds UTC */
    bool (*stopping)(void *data); /* then a job that tells of itself is given back */
    /* Shown on a terminal; NULL: nothing is. */
    void (*show)(void *data, const JobInfo *job);
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
