/* forslag.h - lines of the minutes while they are written, and their way into a recorded step.
 *
 * While a body has the report, the secretariat writes what was proposed and how it was voted. The step
 * that is then recorded takes the lines with it; from there on they stand as the decision does.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "behandling.h"

const char *tilstandsrapport_line_code(LineKind kind); /* "forslag" */
LineKind tilstandsrapport_line_of(const char *code);   /* N_LINE when unknown */

/* The step whose body has the report in this state: 3, 4 or 5; 0 when none has. */
int tilstandsrapport_minutes_step(ReportState state);

/* What is wrong with a line, translated; NULL when it can be stored. */
const char *tilstandsrapport_line_problem(const MinuteLine *line);
/* kind and what belongs to it are used; the same line twice is kept once. Errors: APP_ERROR_INVALID,
 * APP_ERROR_CONFLICT (no body has the report), APP_ERROR_DB. */
bool tilstandsrapport_line_add(Db *db, int64_t owner, int64_t report, const MinuteLine *line,
                               int64_t person, int64_t now, GError **error);
/**
 * Change a line that is not recorded with its step yet; its kind stays.
 *   line  id and what belongs to its kind are used.
 *   seen  tilstandsrapport_line_mark of what the form was made from.
 * Errors: APP_ERROR_INVALID, APP_ERROR_CONFLICT (recorded, taken away or changed meanwhile), APP_ERROR_DB.
 */
bool tilstandsrapport_line_change(Db *db, int64_t owner, int64_t report, const MinuteLine *line,
                                  const char *seen, GError **error);
/* Tells one state of a line from another, in the arena. */
const char *tilstandsrapport_line_mark(Arena *arena, const MinuteLine *line);
/* Errors: APP_ERROR_CONFLICT (recorded, or taken away by somebody else), APP_ERROR_DB. */
bool tilstandsrapport_line_remove(Db *db, int64_t owner, int64_t report, int64_t id,
                                  const char *seen, GError **error);

/* The lines of a body become the recorded step's, and back. In the caller's transaction. */
bool tilstandsrapport_minutes_attach(Db *db, int64_t owner, int64_t report, int step, int64_t event,
                                     GError **error);
bool tilstandsrapport_minutes_release(Db *db, int64_t owner, int64_t report, int64_t event,
                                      GError **error);

/* That votes by party do not add up to the whole; NULL when they do. In the arena. */
const char *tilstandsrapport_party_problem(Arena *arena, const MinuteLines *lines, int step,
                                           const StepRecord *record);

/* "Approved", "Taken note of", "Rejected", translated; "" of other states. */
const char *tilstandsrapport_outcome_name(ReportState state);
/* The text of a decision by its numbered points; NULL-terminated, in the arena. */
const char *const *tilstandsrapport_points(Arena *arena, const char *text, size_t *ret_n);
/* 64 hex digits over everything that a decision says, in the arena. */
const char *tilstandsrapport_seal(Arena *arena, const Decision *decision);
/* Whether an event of this action says something that is a decision. */
bool tilstandsrapport_decides(const char *action);
/* The slice's SealCheck: a line for each version or decision that no longer is what was sealed. */
bool tilstandsrapport_check_seals(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong,
                                  int64_t *ret_n, GError **error);
