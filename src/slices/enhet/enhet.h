/* enhet.h - units over time: the municipality, its schools, kindergartens and services.
 *
 * A unit keeps its id while names, organisation numbers and municipality numbers come and go, so its
 * history stays with it. What followed it is told by identity, since the successor may belong to
 * another owner (Eide 1551 became part of Hustadvika 1579).
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice enhet_slice;

typedef struct {
    int64_t id;
    const char *kind;      /* kommune skole barnehage sfo ppt helsestasjon barnevern */
    const char *kind_name; /* the same in words, translated: "school" */
    int64_t parent;        /* 0 for the municipality */
    const char *name;      /* on the date asked for */
    const char *code;      /* organisation or municipality number on that date; "" when none */
    const char *origin;    /* seed kontekst syntetisk register */
    const char *closed;    /* last day, "YYYY-MM-DD"; NULL: open */
} Enhet;

typedef struct {
    Enhet *v;
    size_t n;
} EnhetList;

typedef struct {
    const char *kind; /* "orgnr", "kommunenr" */
    const char *value;
    const char *from; /* "YYYY-MM-DD"; "0001-01-01" when unknown */
    const char *to;   /* last day, or NULL */
} EnhetIdentity;

typedef struct {
    EnhetIdentity *v;
    size_t n;
} EnhetIdentityList;

/* As enhet_list, without those that are closed: what something new may be tied to. */
bool enhet_open_list(Db *db, Arena *arena, int64_t owner, const char *today, EnhetList *ret,
                     GError **error);
/**
 * The owner's units as they are named on a date: the municipality first, then schools,
 * kindergartens and services, each by name in Norwegian order.
 *   today  "YYYY-MM-DD".   arena keeps everything returned.
 */
bool enhet_list(Db *db, Arena *arena, int64_t owner, const char *today, EnhetList *ret,
                GError **error);
/* One of them. Errors: APP_ERROR_NOT_FOUND (also when it is another owner's), APP_ERROR_DB. */
bool enhet_get(Db *db, Arena *arena, int64_t owner, int64_t id, const char *today, Enhet *ret,
               GError **error);
/* The municipality itself. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool enhet_root(Db *db, Arena *arena, int64_t owner, const char *today, Enhet *ret, GError **error);
/* Every number the unit has had, oldest first within each kind. */
bool enhet_identity_list(Db *db, Arena *arena, int64_t owner, int64_t id, EnhetIdentityList *ret,
                         GError **error);
/* The unit that has or had an organisation or municipality number; *ret_id is 0 when none has. */
bool enhet_find(Db *db, int64_t owner, const char *code, int64_t *ret_id, GError **error);
/* Whose unit an id is; *ret_owner is 0 when nobody's. For addresses that carry an id only. */
bool enhet_owner_of(Db *db, int64_t id, int64_t *ret_owner, GError **error);

typedef struct {
    const char *kind; /* as Enhet.kind */
    int64_t parent;   /* 0 for the municipality */
    const char *name;
    const char *code;   /* orgnr or kommunenr; NULL when it has none */
    const char *from;   /* "YYYY-MM-DD" the name and number hold from; NULL: unknown */
    const char *origin; /* as Enhet.origin */
} EnhetNew;

/**
 * Add a unit with its first name and number.
 * Errors: APP_ERROR_INVALID (kind, a number whose check digit is wrong), APP_ERROR_DB.
 * Source of the check digit: Brønnøysundregistrene, modulus 11 with weights 3 2 7 6 5 4 3 2.
 */
bool enhet_add(Db *db, int64_t owner, const EnhetNew *unit, int64_t *ret_id, GError **error);
bool enhet_rename(Db *db, int64_t owner, int64_t id, const char *from, const char *name,
                  GError **error);

typedef struct {
    const char *label, *value;
    const char *at;     /* fuzzy date (i18n.h): "2013", "2012-H2", "2013-06-06" */
    const char *source; /* where it was found */
    const char *origin; /* as Enhet.origin */
    int64_t key;        /* its id, from id_new(); 0: one is made */
} EnhetFact;
bool enhet_add_fact(Db *db, int64_t owner, int64_t id, const EnhetFact *fact, GError **error);
/* Take back a fact that an import has added, by its key. One that somebody has put right meanwhile
 * stays, and *ret_gone is false. */
bool enhet_take_back_fact(Db *db, int64_t owner, int64_t id, int64_t key, bool *ret_gone,
                          GError **error);

typedef struct {
    const char *relation; /* erstattet_av slatt_sammen_til delt_i erstatter */
    const char *other;    /* orgnr or kommunenr */
    const char *other_name;
    const char *happened; /* "YYYY-MM-DD" */
    const char *source;
} EnhetSuccessor;
bool enhet_add_successor(Db *db, int64_t owner, int64_t id, const EnhetSuccessor *s,
                         GError **error);

/* That figures of one unit may stand for another's past: what an owner has said of its units. */
typedef struct {
    int64_t from, into; /* the owner's units; 0 when the owner has no unit of that number */
    const char *from_code, *from_name; /* of what was before; "" when it is one of the owner's */
    const char *happened;              /* "YYYY-MM-DD" */
    bool merged;                       /* with others, or into one that may have stood before */
    bool parted; /* only a part of it went over: no figure follows by itself */
} EnhetLink;

typedef struct {
    EnhetLink *v;
    size_t n;
} EnhetLinkList;

/* All of the owner's, newest first. Errors: APP_ERROR_DB. */
bool enhet_links(Db *db, Arena *arena, int64_t owner, EnhetLinkList *ret, GError **error);

/* A new number from a day; the one before ends the day before. Errors: APP_ERROR_INVALID (number, date),
 * APP_ERROR_CONFLICT (a number begins on that day already), APP_ERROR_DB. */
bool enhet_renumber(Db *db, int64_t owner, const Enhet *unit, const char *from, const char *code,
                    GError **error);
/* Closed after `last`; it keeps its page and its figures. Errors: APP_ERROR_NOT_FOUND,
 * APP_ERROR_INVALID, APP_ERROR_DB. */
bool enhet_close(Db *db, int64_t owner, int64_t id, const char *last, GError **error);
/**
 * A fact, or the correction of one: the old line stays, marked with what replaced it and why.
 *   replaces  id of a fact of the same unit that stands; 0: none.    why  up to 400 characters.
 * Errors: APP_ERROR_INVALID (date), APP_ERROR_CONFLICT (corrected already, or not there), APP_ERROR_DB.
 */
typedef struct {
    int64_t unit, replaces, now;
    const char *why;
    EnhetFact fact;
} EnhetFactChange;
bool enhet_record_fact(Db *db, int64_t owner, const EnhetFactChange *change, GError **error);
/* Codes of the kinds a unit below the municipality can have, with their words. */
const Option *enhet_kind_options(Arena *arena);
/* A number that fits the kind: nine digits with the right check digit, or a municipality's four. */
bool enhet_code_valid(const char *kind, const char *code);

/* "975283518" -> true; nine digits whose check digit is right. */
bool enhet_orgnr_valid(const char *orgnr);
