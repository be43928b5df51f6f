/* lagring.h - storing a parsed file: shared by the two stores' halves of the import.
 *
 * What a file would change is found by reading alone (the plan), so a preview locks nobody out; the
 * same plan is made again inside the one transaction that writes.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"
#include "parse.h"

/* What a value says, whichever store it stands in. */
typedef struct {
    double value, uncertainty; /* NAN: none */
    int64_t n;                 /* NO_INT: none */
    bool n_masked, preliminary;
    ValueStatus status;
    const char *qualitative; /* NULL: none */
} Word;

typedef enum {
    PLAN_PASS, /* of a unit that is passed over, or of one kind of owner alone */
    PLAN_NEW,
    PLAN_SAME,
    PLAN_CHANGED
} Plan;

typedef struct Storing Storing;

/* A value to be stored, and whether it is the word that counts. */
typedef struct {
    const ParsedValue *value;
    bool current;
} Fresh;

/* One of the two stores: the public one, or an owner's own. */
typedef struct {
    /* Every current word of an indicator's period, given to indikator_stored. */
    bool (*load)(Storing *s, Db *db, const char *indicator, const char *period, GError **error);
    /* Earlier files with current values of it, given to indikator_earlier. */
    bool (*earlier)(Storing *s, Db *db, const char *indicator, const char *period, GError **error);
    /* The dataset of these bytes, into result. */
    bool (*known)(Storing *s, Db *db, GError **error);
    /* Units of the file that are found: s->unit_ids; the others become unknown or problems. */
    bool (*match)(Storing *s, Db *db, const ParsedUnit *units, size_t n, GError **error);
    /* The dataset's row, and what units need; first of the writing. */
    bool (*begin)(Storing *s, Db *db, GError **error);
    bool (*retire)(Storing *s, Db *db, const ParsedValue *v, GError **error);
    bool (*insert)(Storing *s, Db *db, const Fresh *fresh, size_t n, GError **error);
} ValueStore;

extern const ValueStore indikator_own_values, indikator_public_values;

struct Storing {
    Arena *arena;
    const ImportSpec *spec;
    const ParsedFile *file;
    ImportResult *result;
    const ValueStore *store;
    int64_t *unit_ids;  /* for each unit of the file: its id in the store, 0 when passed over */
    bool *unit_new;     /* of the public store: it has no row yet */
    GHashTable *names;  /* id of a unit of the owner's -> its name; empty for the public store */
    GHashTable *grades; /* indicator code -> its name, of the whole catalogue */
    int64_t dataset;
    guint8 *plan;        /* a Plan for each value */
    GHashTable *stored;  /* key -> StoredWord */
    GHashTable *planned; /* key of a value of this file -> itself, where two units may be one */
    GPtrArray *changes;  /* of ImportChange, the first few */
    GArray *unknown;     /* of ImportUnknown */
    GArray *earlier;     /* of ImportEarlier */
    GArray *problems;  /* ImportProblem found while matching; each kind at most PARSE_MAX_ERRORS */
    size_t n_problems; /* all that were found */
    guint first_of_kind; /* in problems */
};

/* One current word of an indicator's period. */
typedef struct {
    int64_t unit;
    const char *grade, *sex;
    Word word;
} StoredRow;

/* What a store says of itself, inside load and earlier. The row's texts are copied. */
void indikator_stored(Storing *s, const char *indicator, const char *period, const StoredRow *row);
void indikator_earlier(Storing *s, int64_t dataset, const char *filename, int64_t imported_at,
                       int64_t n);

/* The word in a table as Storing.stored; NULL: none. */
const Word *indikator_word_stored(GHashTable *stored, int64_t unit, const char *indicator,
                                  const char *period, const char *grade, const char *sex);
/* A unit of the file as people call it: its name with the owner, in the file, or its number. */
const char *indikator_name_in_file(const Storing *s, size_t unit);

Word indikator_word_of(const ParsedValue *v);
/* "ok" -> VALUE_OK. */
ValueStatus indikator_status_of(const char *word);

/* Find out what each value of the file would do. Fills result's counts and examples. */
bool indikator_plan(Storing *s, Db *db, GError **error);
/* Do it; inside the transaction, after the plan. */
bool indikator_write(Storing *s, Db *db, GError **error);

/* Facts about units: result counts them as values. */
bool indikator_plan_facts(Storing *s, Db *db, GError **error);
bool indikator_write_facts(Storing *s, Db *db, GError **error);

/* --- treff.c: units --- */

/* What somebody has said of this name or number: a number, "-" to pass it over, or NULL. */
const char *indikator_said_unit(const Storing *s, const char *text);
/* A unit nobody knows: a problem, and a question on the page. message: translated, copied. */
void indikator_unknown_unit(Storing *s, const ParsedUnit *u, const char *message);

/* The format is a translated msgid. */
void indikator_problem(Storing *s, int64_t line, int64_t column, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* --- angre.c --- */
/* Bring a dataset that was undone back, inside the caller's transaction. */
bool indikator_redo_here(Db *db, int64_t owner, int64_t dataset, GError **error);
