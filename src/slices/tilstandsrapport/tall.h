/* tall.h - the figures of a draft, held as they stood when somebody began to write about them.
 *
 * A chapter's figures follow the data until its first words are stored; from then on they are held, so
 * that text and figures stay together, and new ones are taken in when a person says so. What is held has
 * passed the gate for each audience when it was taken in; a cell that the gate hides today is hidden,
 * whatever is held.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"
#include "skriving.h"

typedef struct {
    int64_t person, now;
    const char *today;
} Taking;

/* Hold a chapter's figures when it has text and they are not held yet; else nothing happens. */
bool tilstandsrapport_hold_figures(Db *db, const Report *report, int64_t chapter,
                                   const Taking *taking, GError **error);
/**
 * Replace today's figures by those held.
 *   figures  in: as they are in the data now, for this audience; out: held ones where there are any.
 * Errors: APP_ERROR_DB (what is held is damaged).
 */
bool tilstandsrapport_held_figures(Db *db, Arena *arena, int64_t owner, int64_t chapter,
                                   Audience audience, Figures *figures, GError **error);
/* Goals, measures and last year's of a report into its content's chapters. */
bool tilstandsrapport_add_items(Db *db, Arena *arena, const Report *report, const char *today,
                                Content *content, GError **error);

typedef struct {
    const char *title; /* "Reading, grade 5" */
    const char *unit, *period;
    const char *before, *after; /* in words; "" where there was or is none */
    const char *source;         /* file of the new figure, or NULL */
    const char *quoted; /* the old figure's number as it stands in the chapter's text; NULL */
} FigureChange;
typedef struct {
    int64_t chapter;
    const char *chapter_title;
    int64_t taken_at; /* when its figures were taken in; 0: they follow the data */
    int64_t taken_by;
    bool stale; /* the judgement was written over figures that have been replaced since */
    FigureChange *v;
    size_t n;
} ChapterChanges;
typedef struct {
    ChapterChanges *v; /* chapters with figures, in order */
    size_t n, changed; /* changed: figures in all */
} ChangeList;
/* What differs between the figures held and those in the data now, as an audience may see it. */
bool tilstandsrapport_changes(Db *db, Arena *arena, const Report *report, Audience audience,
                              const char *today, ChangeList *ret, GError **error);
/**
 * Take in today's figures: of one chapter, or of all whose figures are held (0).
 * A judgement that stands over figures that change is marked, until it is changed or said to hold.
 * Errors: APP_ERROR_FORBIDDEN (the report has been sent), APP_ERROR_DB.
 */
bool tilstandsrapport_take_in(Db *db, const Report *report, int64_t chapter, const Taking *taking,
                              GError **error);
/* Somebody has read the judgement again, and it holds for the new figures too. */
bool tilstandsrapport_still_holds(Db *db, int64_t owner, int64_t chapter, GError **error);
/* Chapters whose judgement is marked, and still is what it was then. */
bool tilstandsrapport_is_stale(Db *db, int64_t owner, const Chapter *chapter, bool *ret,
                               GError **error);
