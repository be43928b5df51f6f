/* maal.h - local goals, measures, and what became of last year's, for the files of this slice.
 *
 * A goal has direction, baseline, target and date, or it is a draft and says so. A measure has an owner,
 * a period and the indicator it should move. What a person writes here is text: the baseline and the
 * target are words about figures, never figures of the data.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

typedef struct {
    int64_t id, chapter, version;
    const char *indicator; /* code; "": in words alone */
    const char *goal;
    const char *direction;         /* opp ned hold; "" */
    const char *baseline, *target; /* "" */
    const char *due;               /* "YYYY-MM-DD", or NULL */
    const char *judgement;         /* CommonMark; "" */
} Goal;
typedef struct {
    Goal *v; /* of one report, by chapter, then as they were added */
    size_t n;
} GoalList;
/* Direction, baseline, target and date are all given. Source: design.md 2. */
bool tilstandsrapport_goal_is_whole(const Goal *goal);
bool tilstandsrapport_goals(Db *db, Arena *arena, int64_t owner, int64_t report, GoalList *ret,
                            GError **error);
/**
 * Store one: id 0 is a new one, *ret_id its id; a new one that says just what another of the chapter
 * does is that other: the form was sent twice.
 * Errors: APP_ERROR_CONFLICT (another version stands there), APP_ERROR_NOT_FOUND (no such chapter),
 * APP_ERROR_FORBIDDEN (the report has been sent), APP_ERROR_DB. The same for measures.
 */
bool tilstandsrapport_goal_store(Db *db, int64_t owner, const Goal *goal, int64_t *ret_id,
                                 GError **error);
bool tilstandsrapport_goal_remove(Db *db, int64_t owner, int64_t id, GError **error);

typedef struct {
    int64_t id, chapter, version;
    const char *measure;
    int64_t responsible;      /* position; 0 */
    const char *title;        /* of the position; "" */
    const char *starts, *due; /* "YYYY-MM-DD", or NULL */
    const char *indicator;    /* the one it should move; "" */
    const char *status;       /* planlagt pagar gjennomfort viderefores avsluttet */
    const char *note;
} Measures;
typedef struct {
    Measures *v;
    size_t n;
} MeasureList;
#define N_MEASURE_STATUS 5
const char *tilstandsrapport_measure_status_code(size_t i);      /* "planlagt" ... */
const char *tilstandsrapport_measure_status(const char *status); /* "Planned"; "" for "" */
bool tilstandsrapport_measures(Db *db, Arena *arena, int64_t owner, int64_t report,
                               const char *today, MeasureList *ret, GError **error);
bool tilstandsrapport_measure_store(Db *db, int64_t owner, const Measures *measure, int64_t *ret_id,
                                    GError **error);
bool tilstandsrapport_measure_remove(Db *db, int64_t owner, int64_t id, GError **error);
/* The lines of a chapter's written measures as items; list marks are taken away, the text emptied.
 * Errors: as tilstandsrapport_measure_store. ret_n: how many. */
bool tilstandsrapport_measures_from_text(Db *db, int64_t owner, int64_t chapter, int64_t person,
                                         int64_t now, int *ret_n, GError **error);

/* --- last year's, with what this report says of them --- */

typedef struct {
    int64_t item;    /* rapport_tiltak or rapport_oppfolging of the report before; or by hand */
    int64_t version; /* of what is said; 0: nothing yet */
    bool by_hand;
    const char *task, *responsible, *due; /* responsible: title, ""; due: or NULL */
    const char *then;                     /* status or answer as the report before left it; "" */
    const char *status;                   /* as Measures.status; "": not said */
    const char *note;
} LastYear;
typedef struct {
    LastYear *v;
    size_t n;
    const char *year; /* of the report before; NULL when there is none */
} LastYearList;
/* Measures and follow-up items of the newest report of an earlier year, then those written by hand. */
bool tilstandsrapport_last_year(Db *db, Arena *arena, const Report *report, const char *today,
                                LastYearList *ret, GError **error);
/* Say what became of one; item 0 is a new one by hand. Errors: as tilstandsrapport_goal_store. */
bool tilstandsrapport_last_year_store(Db *db, int64_t owner, int64_t report, const LastYear *said,
                                      GError **error);
