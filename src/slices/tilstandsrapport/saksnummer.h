/* saksnummer.h - case numbers: "PS 45/13", a running number of one body in one year.
 *
 * The number begins at 1 every 1 January, in each body for itself; it is never given to two cases, and
 * gaps are allowed. The archive's numbers are other ones. Source: domain.md 1.6.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

typedef struct {
    char prefix[12]; /* "PS"; "" when none is written */
    int number;      /* 1-9999 */
    int year;        /* 2013 */
} CaseNumber;

/**
 * Read a case number as people write it: "PS 45/13", "45/2013", "013/13", "KS-7/13".
 *   on  "YYYY-MM-DD", the day of the meeting: two digits of a year are of its century.
 * Returns false when it is none.
 */
bool tilstandsrapport_case_parse(const char *text, const char *on, CaseNumber *ret);

/* What the number is counted within: the body of the step, or the step itself when it has none;
 * referatsaker (RS) have numbers of their own. In the arena. */
const char *tilstandsrapport_case_series(Arena *arena, const Step *step, const CaseNumber *number);

/* The next number of the body in the year of `on`: "PS 46/13". In the arena. */
bool tilstandsrapport_case_suggest(Db *db, Arena *arena, int64_t owner, const Step *step,
                                   const char *on, const char **ret, GError **error);
/* Whether the number is free for this report. */
bool tilstandsrapport_case_free(Db *db, int64_t owner, const char *series, const CaseNumber *number,
                                int64_t report, bool *ret, GError **error);
/* Take it, in the transaction of the event. Errors: APP_ERROR_CONFLICT (another case has it). */
bool tilstandsrapport_case_take(Db *db, int64_t owner, const char *series, const CaseNumber *number,
                                int64_t report, int64_t event, GError **error);
