/* beskrivelse.h - position descriptions (stillingsbeskrivelse) as data: versions and their difference.
 *
 * One draft at most is worked on; when it is approved it holds from a day, is never changed again, and
 * the next draft begins as its copy.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "person.h"

#define DUTIES_MAX 40000 /* characters of a description */

typedef struct {
    int64_t version; /* 1, 2, ... */
    bool draft;
    const char *text;     /* CommonMark */
    int64_t edit;         /* rises with each change of a draft: what a stale tab is told by */
    const char *from;     /* "YYYY-MM-DD" it holds from; NULL for a draft */
    const char *writer;   /* name of who wrote it last */
    const char *approver; /* NULL for a draft */
    int64_t written_at, approved_at;
} Duties;

typedef struct {
    Duties *v;
    size_t n;
} DutiesList;

/* All versions, the newest first. */
bool person_duties_list(Db *db, Arena *arena, int64_t owner, int64_t position, DutiesList *ret,
                        GError **error);
/* The approved version that holds on a day: the one with the latest first day that has come; NULL. */
const Duties *person_duties_on(const DutiesList *all, const char *day);

typedef struct {
    int64_t owner, position, by;
    int64_t edit; /* of the draft that was read; 0: there was none */
    int64_t now;
} DutiesChange;

/* Store the draft. Errors: APP_ERROR_CONFLICT (somebody stored, approved or threw away meanwhile). */
bool person_duties_write(Db *db, const DutiesChange *change, const char *text, GError **error);
/**
 * Approve the draft.
 *   from  "YYYY-MM-DD"; not before a version already approved.
 * Errors: APP_ERROR_CONFLICT (as above), APP_ERROR_INVALID (from), APP_ERROR_FORBIDDEN (whoever holds the
 * position on `today` does not approve what it is for).
 */
bool person_duties_approve_draft(Db *db, const DutiesChange *change, const char *from,
                                 const char *today, GError **error);
/* Throw the draft away. Errors: APP_ERROR_CONFLICT. */
bool person_duties_throw(Db *db, const DutiesChange *change, GError **error);

/* --- the difference of two texts --- */

typedef enum { DIFF_SAME, DIFF_ADDED, DIFF_REMOVED } DiffKind;
typedef struct {
    DiffKind kind;
    const char *text;
} DiffLine;
typedef struct {
    DiffLine *v;
    size_t n;
    size_t added, removed;
} DiffList;

/**
 * Two texts line by line: a longest common subsequence of lines, removed before added.
 * Beyond 4 million comparisons what differs in the middle is told as removed and added whole.
 * Source: Hunt & McIlroy, "An Algorithm for Differential File Comparison", Bell Labs 1976.
 */
void person_diff(Arena *arena, const char *before, const char *after, DiffList *ret);
