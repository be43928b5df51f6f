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

/* Add a body; id, kind_name and to are not read. Errors: APP_ERROR_INVALID (kind, date), APP_ERROR_DB. */
bool organ_add(Db *db, int64_t owner, const Organ *organ, int64_t *ret_id, GError **error);
/* duty: leder nestleder medlem sekretaer observator vara. */
bool organ_add_member(Db *db, int64_t owner, int64_t organ, int64_t position, const char *duty,
                      const char *from, GError **error);
