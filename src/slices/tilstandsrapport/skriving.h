/* skriving.h - work on the chapters of a report, for the files of this slice: merging what two people
 * wrote, earlier texts, who has which chapter, who is in it now, and comments.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "flett.h"
#include "tilstandsrapport.h"

/* --- the texts of a chapter, in reading order --- */

enum { TEXT_BODY, TEXT_GOALS, TEXT_JUDGEMENT, TEXT_MEASURES, TEXT_NO_MEASURES, N_TEXT };
const char **tilstandsrapport_chapter_text(Chapter *chapter, int text);

/* --- storing, together with what somebody else stored meanwhile --- */

typedef struct {
    bool merged;    /* somebody else had stored; both changes are in */
    bool conflict;  /* nothing is stored: the same passage was changed in two ways */
    Chapter stored; /* with a conflict: what stands in the database now */
    Chapter base;   /* and what both began from */
    Passages passages[N_TEXT];
} Stored;

/**
 * Store a chapter's texts and status.
 *   chapter  as for tilstandsrapport_write; its version is the one the writer began from.
 *   choices  for each text, how its conflicts are settled, in order; NULL: none is. Only with `against`.
 *   against  the stored version that the choices were made in view of; 0: no choices.
 *   ret      conflicts are no failure. In the arena.
 * Errors: APP_ERROR_FORBIDDEN (the report has been sent), APP_ERROR_NOT_FOUND, APP_ERROR_DB.
 */
typedef struct {
    const Chapter *chapter;
    const Choice *const *choices; /* N_TEXT of them */
    int64_t against;
    int64_t person, now;
    const char *today; /* the figures are held from this day's; NULL: they are left as they are */
} Saving;
bool tilstandsrapport_save(Db *db, Arena *arena, int64_t owner, const Saving *saving, Stored *ret,
                           GError **error);

/* --- earlier texts --- */

typedef struct {
    int64_t version, saved_at;
    int64_t saved_by; /* person; 0 */
    Chapter chapter;  /* its texts and status alone */
} ChapterText;
typedef struct {
    ChapterText *v; /* newest first; what stands now is not among them */
    size_t n;
} ChapterTexts;
bool tilstandsrapport_earlier(Db *db, Arena *arena, int64_t owner, const Chapter *chapter,
                              ChapterTexts *ret, GError **error);

/* --- who has it, who is in it --- */

typedef struct {
    int64_t writer, unit; /* 0: none */
    const char *due;      /* or NULL */
} Assignment;
bool tilstandsrapport_assign(Db *db, int64_t owner, int64_t chapter, const Assignment *to,
                             int64_t now, GError **error);
/* Note that a person has the chapter's form open. */
bool tilstandsrapport_opened(Db *db, int64_t owner, int64_t chapter, int64_t person, int64_t now,
                             GError **error);
typedef struct {
    int64_t person, at;
} Opened;
typedef struct {
    Opened *v;
    size_t n;
} OpenedList;
/* The others who opened it within the last quarter of an hour, newest first. */
bool tilstandsrapport_others_in(Db *db, Arena *arena, int64_t owner, int64_t chapter,
                                int64_t person, int64_t now, OpenedList *ret, GError **error);

/* --- comments in threads: among those who write, never in any output --- */

typedef struct {
    int64_t id, chapter, thread; /* thread: id of its first comment */
    const char *quote, *body;
    int64_t by, at;
    int64_t resolved_by, resolved_at; /* of a first comment; 0: open */
} Comment;
typedef struct {
    Comment *v; /* by thread, then by time */
    size_t n;
} CommentList;
bool tilstandsrapport_comments(Db *db, Arena *arena, int64_t owner, int64_t report,
                               CommentList *ret, GError **error);
/* thread 0: a new one. Sent twice within a minute it is one, and ret_id the first one's. Errors: APP_ERROR_NOT_FOUND (no such thread in the chapter), APP_ERROR_DB. */
bool tilstandsrapport_comment(Db *db, int64_t owner, const Comment *comment, int64_t *ret_id,
                              GError **error);
/* Settle a thread, or open it again (person 0). Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilstandsrapport_resolve(Db *db, int64_t owner, int64_t thread, int64_t person, int64_t now,
                              GError **error);
size_t tilstandsrapport_open_threads(const CommentList *all, int64_t chapter); /* 0: all chapters */

/* --- chapters of one report, beyond the template --- */

typedef struct {
    const char *kind, *theme, *title, *indicators, *views;
    bool statutory;
    int64_t unit;
} ChapterNew;
/* Added after the last but the conclusion's place is kept: it goes before a chapter of kind konklusjon. */
bool tilstandsrapport_add_chapter(Db *db, int64_t owner, int64_t report, const ChapterNew *chapter,
                                  int64_t now, int64_t *ret_id, GError **error);
/* An empty one that no law asks for. Errors: APP_ERROR_CONFLICT, APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilstandsrapport_remove_chapter(Db *db, int64_t owner, int64_t chapter, GError **error);
