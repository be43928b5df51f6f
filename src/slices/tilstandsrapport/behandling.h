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
/* Everything a record must be before it is written; worded for people. */
bool tilstandsrapport_check_record(Db *db, Arena *arena, const Report *report, const Action *action,
                                   const StepRecord *record, GError **error);
