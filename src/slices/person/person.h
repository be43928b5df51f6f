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
    const char *from;     /* the position itself exists from this day */
    const char *to;       /* to this one, its last; NULL: still */
} Position;

typedef struct {
    Position *v;
    size_t n;
} PositionList;

/* Positions that exist on `today`, by title in Norwegian order, with whoever holds them that day. */
bool person_position_list(Db *db, Arena *arena, int64_t owner, const char *today, PositionList *ret,
                          GError **error);
/* One position, whatever the day; person, holder and since are not set.
 * Errors: APP_ERROR_NOT_FOUND (also when it is another owner's), APP_ERROR_DB. */
bool person_position_get(Db *db, Arena *arena, int64_t owner, int64_t id, Position *ret,
                         GError **error);
/* Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool person_name(Db *db, Arena *arena, int64_t owner, int64_t id, const char **ret, GError **error);

/**
 * Add a person.
 *   name    1-120 characters.    origin  seed kontekst syntetisk register.    now  microseconds UTC.
 */
bool person_add(Db *db, int64_t owner, const char *name, const char *origin, int64_t now,
                int64_t *ret_id, GError **error);
/* Whoever was added under this name after `since`; *ret_id is 0 when nobody was. A form sent twice. */
bool person_just_added(Db *db, int64_t owner, const char *name, int64_t since, int64_t *ret_id,
                       GError **error);

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
/* Nobody holds it from the day after `last_day` until the next holder, if any is named already.
 * Errors: APP_ERROR_INVALID (date), APP_ERROR_DB. */
bool person_vacate(Db *db, int64_t owner, int64_t position, const char *last_day, GError **error);
/* Correct a title that was written wrong, for all years. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_INVALID
 * (length), APP_ERROR_DB. */
bool person_position_retitle(Db *db, int64_t owner, int64_t position, const char *title,
                             GError **error);
/* The position is no more after `last_day`, and so nobody holds it. Errors: APP_ERROR_INVALID (date, or
 * one before the position begins), APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool person_position_end(Db *db, int64_t owner, int64_t position, const char *last_day,
                         GError **error);

/* --- who held what when --- */

typedef struct {
    int64_t id;
    int64_t position, person;
    const char *title;     /* of the position */
    const char *name;      /* of the person */
    int64_t unit;          /* of the position */
    const char *from, *to; /* "YYYY-MM-DD", both days count; to NULL: still */
} Holding;

typedef struct {
    Holding *v;
    size_t n;
} HoldingList;

/* Everybody who has held a position, the first first. */
bool person_holders(Db *db, Arena *arena, int64_t owner, int64_t position, HoldingList *ret,
                    GError **error);
/**
 * What one person has held, the newest first. An end of the position ends the holding.
 *   day  "YYYY-MM-DD": only what is held on that day; NULL: all.
 */
bool person_holdings(Db *db, Arena *arena, int64_t owner, int64_t person, const char *day,
                     HoldingList *ret, GError **error);

/* --- people --- */

typedef struct {
    int64_t id;
    const char *name;
} Person;

typedef struct {
    Person *v;
    size_t n;
} PersonList;

/* Everybody, by name in Norwegian order. */
bool person_list(Db *db, Arena *arena, int64_t owner, PersonList *ret, GError **error);
/* name 1-120 characters. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_INVALID, APP_ERROR_DB. */
bool person_rename(Db *db, int64_t owner, int64_t id, const char *name, GError **error);
/**
 * People as the options of a form, by name; value is the id as text.
 *   leave_out  a person who is no choice; 0: everybody is.
 */
bool person_options(Req *req, int64_t leave_out, const Option **ret, GError **error);
/* Positions that exist on req->today, by title. */
bool person_position_options(Req *req, const Option **ret, GError **error);

/* "12.08.2009–31.07.2012", "from 12 August 2009"; in the request's arena. */
const char *person_period(Req *req, const char *from, const char *to);
/* Whether the role's scope lets the asker see this person: a role of one unit sees those who hold or have
 * held a position there, and everybody sees themselves. */
bool person_may_see(Req *req, int64_t person, bool *ret, GError **error);
