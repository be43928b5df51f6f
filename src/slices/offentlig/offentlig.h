/* offentlig.h - what anyone may read without signing in: front page, published reports, an owner's story.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice offentlig_slice;

/* The main goal an owner has decided on, word for word. */
typedef struct {
    const char *text;   /* NULL when the owner has none */
    const char *source; /* where it stands */
    const char *origin; /* seed kontekst syntetisk register */
} Goal;

/* One thing that happened on the way. */
typedef struct {
    const char *at; /* fuzzy date (i18n.h): "2009", "2010-H2" */
    const char *title, *text;
    const char *origin; /* as Goal.origin */
} Milestone;

typedef struct {
    Milestone *v; /* in the order of their time, then of writing */
    size_t n;
} MilestoneList;

/* Everything returned is kept in the arena. Errors: APP_ERROR_DB. */
bool offentlig_goal(Db *db, Arena *arena, int64_t owner, Goal *ret, GError **error);
/* goal 1-1000 characters, source 1-400; replaces an earlier goal. Errors: APP_ERROR_INVALID, APP_ERROR_DB. */
bool offentlig_set_goal(Db *db, int64_t owner, const char *goal, const char *source,
                        const char *origin, GError **error);
bool offentlig_milestones(Db *db, Arena *arena, int64_t owner, MilestoneList *ret, GError **error);
/* title 1-200 characters, text up to 1000. Errors: APP_ERROR_INVALID (date, lengths), APP_ERROR_DB. */
bool offentlig_add_milestone(Db *db, int64_t owner, const Milestone *milestone, GError **error);
