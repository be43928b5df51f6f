/* organ.h - bodies: councils, committees, leader groups; mandate, and members by position.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice organ_slice;

typedef struct {
    int64_t id;
    const char *kind;        /* kommunestyre formannskap komite ledergruppe dialogmote ... */
    const char *kind_name;   /* in words, translated */
    const char *name;        /* "Eide kommunestyre" */
    const char *mandate;     /* plain text, up to 2000 characters; "" when none */
    int64_t parent;          /* 0 when none */
    bool decides;            /* may make a vedtak */
    bool open;               /* meets in public by default */
    const char *case_prefix; /* "PS"; "" when its cases carry no number */
    const char *from;        /* fuzzy date (i18n.h) */
    const char *to;          /* fuzzy date, or NULL */
    const char *origin;
    const char *legal;      /* the law it stands on, up to 200 characters; "" */
    const char *legal_from; /* fuzzy dates the law holds from and to; NULL */
    const char *legal_to;
} Organ;

typedef struct {
    Organ *v;
    size_t n;
} OrganList;

typedef struct {
    const char *duty;       /* in words, translated: "leader" */
    const char *title;      /* of the position */
    const char *holder;     /* who holds it today; "" when vacant */
    const char *represents; /* party or group; "" */
    int64_t id;             /* of the seat */
    int64_t position;
    int64_t unit;          /* where the position belongs */
    int64_t person;        /* who holds it; 0 when vacant */
    const char *from, *to; /* "YYYY-MM-DD"; to NULL: still */
    const char *duty_code; /* as OrganSeat.duty */
    int64_t nr;            /* order of a substitute; 0: none */
} OrganMember;

typedef struct {
    OrganMember *v;
    size_t n;
} OrganMemberList;

/* All bodies of an owner: council, executive committee, committees, leader groups, then the rest. */
bool organ_list(Db *db, Arena *arena, int64_t owner, OrganList *ret, GError **error);
/* Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool organ_get(Db *db, Arena *arena, int64_t owner, int64_t id, Organ *ret, GError **error);
/* The first body of a kind; ret->id is 0 when there is none. */
bool organ_of_kind(Db *db, Arena *arena, int64_t owner, const char *kind, Organ *ret,
                   GError **error);
bool organ_member_list(Db *db, Arena *arena, int64_t owner, int64_t organ, const char *today,
                       OrganMemberList *ret, GError **error);

typedef struct {
    const char *body, *duty, *represents; /* duty in words, translated */
    const char *from, *to;                /* "YYYY-MM-DD"; to NULL: still */
} OrganSeatTime;

typedef struct {
    OrganSeatTime *v;
    size_t n;
} OrganSeatTimes;
/* Every seat a position gives or has given, by first day. */
bool organ_seats_ever(Db *db, Arena *arena, int64_t owner, int64_t position, OrganSeatTimes *ret,
                      GError **error);

/* Change all of a body but its id and origin. Errors: as organ_add, APP_ERROR_NOT_FOUND; APP_ERROR_INVALID
 * also when the parent would stand below the body. */
bool organ_change(Db *db, int64_t owner, const Organ *organ, GError **error);
/* The body is no more after `last` (fuzzy). Errors: APP_ERROR_NOT_FOUND, APP_ERROR_INVALID, APP_ERROR_DB. */
bool organ_end(Db *db, int64_t owner, int64_t id, const char *last, GError **error);

typedef struct {
    int64_t organ, position;
    const char *duty;       /* leder nestleder medlem sekretaer observator vara */
    const char *represents; /* party or group; "" */
    const char *from, *to;  /* "YYYY-MM-DD"; to may be NULL */
    int64_t nr;             /* order of a substitute, 1-99; 0: none */
} OrganSeat;
bool organ_add_seat(Db *db, int64_t owner, const OrganSeat *seat, GError **error);
/* The last day a seat has been given; NULL: none. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool organ_seat_last(Db *db, Arena *arena, int64_t owner, int64_t organ, int64_t seat,
                     const char **ret, GError **error);
/* The seat is empty after `last`. Errors: APP_ERROR_NOT_FOUND (not of this body), APP_ERROR_DB. */
bool organ_end_seat(Db *db, int64_t owner, int64_t organ, int64_t seat, const char *last,
                    GError **error);

/* Codes of kinds and duties with their words, as the options of a form. */
const Option *organ_kind_options(Arena *arena);
const Option *organ_duty_options(Arena *arena);

/* Add a body; id, kind_name and to are not read. Errors: APP_ERROR_INVALID (kind, date), APP_ERROR_DB. */
bool organ_add(Db *db, int64_t owner, const Organ *organ, int64_t *ret_id, GError **error);
/* duty: leder nestleder medlem sekretaer observator vara. */
bool organ_add_member(Db *db, int64_t owner, int64_t organ, int64_t position, const char *duty,
                      const char *from, GError **error);
