/* demo.h - the demo's two owners as tables, and the one engine that makes an installation of them.
 *
 * Every step goes through the slices' public functions, so the demo can hold nothing that a user could
 * not have made; and every step first looks at what exists, so a second run changes nothing. No real
 * person appears: people are dummies named after their role.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arena.h"
#include "db.h"
#include "i18n.h"
#include "tilstandsrapport.h"

#define DEMO_PASSWORD "fjorden-i-juni" /* of every demo login; told to everybody */
#define DEMO_PARTS 12                  /* most seats of a body */

typedef struct {
    const char *kind, *name, *code, *from, *origin; /* as EnhetNew; code and from may be NULL */
} DemoUnit;

typedef struct {
    const char *unit; /* DemoUnit.name */
    const char *label, *value, *at, *source, *origin;
} DemoFact;

/* A dummy person with a position, and a login when `login` is given. */
typedef struct {
    const char *key;              /* what seats refer to: "rektor" */
    const char *name;             /* "Rektor Demo Barneskole" */
    const char *title, *replaces; /* of the position; replaces may be NULL */
    const char *unit;             /* DemoUnit.name of the position */
    const char *from;             /* "YYYY-MM-DD" */
    const char *login;            /* before the @; NULL: cannot sign in */
    const char *roles[3];         /* codes; the first is active after sign-in */
    bool own_unit;                /* the roles hold for `unit` alone */
} DemoPerson;

/* A version of what a position is for. */
typedef struct {
    const char *key, *approver; /* DemoPerson.key of the holder and of who approves */
    const char *from;           /* "YYYY-MM-DD" */
    const char *text;           /* CommonMark */
} DemoDuties;

typedef struct {
    const char *key;  /* DemoPerson.key */
    const char *duty; /* as organ_add_member */
} DemoSeat;

typedef struct {
    const char *kind, *name, *mandate;
    const char *parent; /* DemoBody.name of an earlier one, or NULL */
    bool decides, open;
    const char *case_prefix, *from, *origin;
    DemoSeat seats[DEMO_PARTS]; /* ends with { NULL } */
} DemoBody;

typedef struct {
    const char *at, *title, *text, *origin; /* as History of offentlig.h */
} DemoHistory;

typedef struct {
    const char *year, *title; /* title: of the files that are written, "eide-2012-13" */
    const char *council;      /* day of the municipal council */
    const char *planned[6];   /* the day of each step; NULL: as computed from the council's */
    int recorded;             /* how many of the first steps have happened, 0-2 */
    const char *texts;        /* seed file with the chapters' texts */
} DemoReport;

typedef struct {
    const char *number, *name, *date; /* date: as Eier.date */
    const char *domain;               /* of the logins: "eide.demo" */
    const char *since;                /* roles hold from this day */
    const char *goal, *goal_source;   /* hovedmål, verbatim; NULL when none */
    const char *values;               /* seed file for values-csv, or NULL */
    bool takes_schools;               /* from the public statistics */
    const EnhetSuccessor *changes;    /* what the municipality became, or came from */
    size_t n_changes;
    const DemoUnit *units; /* the municipality first */
    size_t n_units;
    const DemoFact *facts;
    size_t n_facts;
    const DemoPerson *people;
    size_t n_people;
    const DemoDuties *duties; /* versions in order */
    size_t n_duties;
    const DemoBody *bodies;
    size_t n_bodies;
    const DemoHistory *history;
    size_t n_history;
    DemoReport report;
} DemoOwner;

extern const DemoOwner demo_eide, demo_hustadvika;

/* What one run does and has done. */
typedef struct {
    Db *db;
    Arena *arena;
    int64_t now;          /* microseconds UTC */
    const char *data_dir; /* where Udir's files lie */
    const char *dir;      /* where the reports are written */
    int made;             /* things that were not there before; 0 after a second run */
} Demo;

/* Make whatever is missing of both owners, their figures and reports. Errors: of the steps. */
bool demo_make(Demo *demo, GError **error);

/* --- the steps, in this order --- */

/* Owner, units, people, logins, bodies and story, in one transaction; *ret_id also when known before. */
bool demo_found(Demo *demo, const DemoOwner *owner, int64_t *ret_id, GError **error);
/* Every *.csv of data_dir into the shared store, and the changes of municipalities beside it. Errors: APP_ERROR_NOT_FOUND when there is none. */
bool demo_import_public(Demo *demo, GError **error);
/* The seed file of the owner's own values; and the schools the public statistics propose. */
bool demo_import_own(Demo *demo, const DemoOwner *owner, int64_t id, GError **error);
/* Where a report stands that has just been written. */
typedef struct {
    int64_t owner, report, writer; /* writer: person; 0 when nobody can write */
    const char *today;
} DemoReportAt;
/* Goals, measures, last year's, a comment and the figures held, in the caller's transaction. */
bool demo_writing(Demo *demo, Db *db, const DemoOwner *from, const DemoReportAt *at,
                  GError **error);
/* The report: begun, written, its first steps recorded. */
bool demo_report(Demo *demo, const DemoOwner *owner, int64_t id, GError **error);
/* DIR/tilstandsrapport-TITLE.html and .pdf, as the public would see them; files that exist stay. */
bool demo_write_files(Demo *demo, const DemoOwner *owner, int64_t id, GError **error);

/* The text of an embedded seed file, or NULL. In the arena. */
const char *demo_seed(Arena *arena, const char *name);
/* The part of a seed text that follows the line "%% NAME", up to the next such line; "" when none. */
const char *demo_seed_part(Arena *arena, const char *text, const char *name);
