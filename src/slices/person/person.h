/* person.h - people apart from the positions they hold; both have dates.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice person_slice;

typedef struct {
    int64_t id;           /* of the position */
    int64_t unit;         /* where it belongs */
    const char *title;    /* "Fagsjef oppvekst" */
    const char *replaces; /* the title it took over from, or NULL */
    int64_t person;       /* who holds it on the date; 0 when vacant */
    const char *holder;   /* the name; NULL when vacant */
    const char *since;    /* "YYYY-MM-DD"; NULL when vacant */
} Position;

typedef struct {
    Position *v;
    size_t n;
} PositionList;

/* Positions that exist on `today`, by title in Norwegian order, with whoever holds them that day. */
bool person_position_list(Db *db, Arena *arena, int64_t owner, const char *today, PositionList *ret,
                          GError **error);
/* Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool person_name(Db *db, Arena *arena, int64_t owner, int64_t id, const char **ret, GError **error);

/**
 * Add a person.
 *   name    1-120 characters.    origin  seed kontekst syntetisk register.    now  microseconds UTC.
 */
bool person_add(Db *db, int64_t owner, const char *name, const char *origin, int64_t now,
                int64_t *ret_id, GError **error);

typedef struct {
    int64_t unit;
    const char *title;
    const char *replaces; /* or NULL */
    const char *from;     /* "YYYY-MM-DD" */
} PositionNew;
bool person_position_add(Db *db, int64_t owner, const PositionNew *position, int64_t *ret_id,
                         GError **error);
/**
 * `person` holds `position` from a date on, until somebody else takes over: whoever held it then
 * does so to the day before, and this person to the day before the next.
 *   from  "YYYY-MM-DD".
 * Errors: APP_ERROR_INVALID (date; another owner's position or person), APP_ERROR_DB.
 */
bool person_hold(Db *db, int64_t owner, int64_t position, int64_t person, const char *from,
                 GError **error);
