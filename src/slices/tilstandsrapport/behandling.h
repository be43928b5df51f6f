/* behandling.h - the table of actions behind the six steps, for the files of this slice.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

typedef struct {
    const char *code, *name; /* name: msgid */
    int step;
    unsigned from;  /* bits of ReportState it may be done in */
    ReportState to; /* N_STATE: as the outcome says, or unchanged for utsett */
    Perm perm;
    bool wants_case, wants_decision, wants_vote, wants_outcome, wants_tasks;
    bool validates, freezes, publishes, locks;
    bool on_its_date; /* not before the step's planned date */
} Action;

const Action *tilstandsrapport_action_of(const char *code); /* NULL when unknown */
const Action *tilstandsrapport_action_at(size_t i);         /* NULL past the last */
/* What happened, in words: "The report was sent back". "" for a decision, which its outcome tells. */
const char *tilstandsrapport_happened(const char *action);
/* The same; a decision by its outcome. */
const char *tilstandsrapport_event_words(const StepEvent *event);
/* Its step; utsett and send_tilbake belong to the body that has the report just then. */
int tilstandsrapport_step_in(const Action *action, ReportState state);

/* --- what is wrong with a record --- */

typedef enum {
    PART_ALL, /* nothing that was typed: the state of the report stands in the way */
    PART_DATE,
    PART_CASE,
    PART_OUTCOME,
    PART_DECISION,
    PART_FOR,
    PART_AGAINST,
    PART_CASTING,
    PART_TASKS,
    N_PART
} RecordPart;

typedef struct {
    RecordPart part;
    AppError code;       /* APP_ERROR_INVALID or APP_ERROR_CONFLICT */
    const char *message; /* translated; in the arena, or lives for ever */
} RecordProblem;

typedef struct {
    RecordProblem v[N_PART]; /* one a part at most */
    size_t n;
} RecordProblems;

/* Everything a record must be before it is written, all that is wrong at once. Errors: APP_ERROR_DB. */
bool tilstandsrapport_check_record(Db *db, Arena *arena, const Report *report, const Action *action,
                                   const StepRecord *record, RecordProblems *ret, GError **error);

/* 16 hex digits that tell one state of something from another, over its n texts; in the arena. */
const char *tilstandsrapport_mark(Arena *arena, const char *const *parts, size_t n);

/* A follow-up item that comes with a step, and the taking back of all that came with it. */
bool tilstandsrapport_follow_up_from(Db *db, int64_t owner, int64_t report, int64_t event,
                                     const char *task, GError **error);
bool tilstandsrapport_follow_up_undo(Db *db, int64_t owner, int64_t report, int64_t event,
                                     GError **error);
