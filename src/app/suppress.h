/* suppress.h - the command suppress: its spec, its table, what is already out, and what it writes.
 *
 * A spec says what the columns are and what is unsafe; the table becomes a problem of disclosure
 * control (sdc-table.h); every other file only adds to what the attacker knows. Wrong input is an
 * error that says what is wrong, in which file and line, and what to do.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <math.h>
#include "sdc-table.h"

typedef enum { RULE_COUNT, RULE_CONTRIBUTORS, RULE_DOMINANCE } SuppressRuleKind;
typedef enum { KNOWN_COUNT, KNOWN_MEAN, KNOWN_SHARE } SuppressKnownKind;

typedef struct {
    char *name;
    char **hierarchies; /* NULL-terminated, never NULL */
} SuppressDimension;

typedef struct {
    char *file;   /* as written in the spec */
    char *value;  /* column */
    char *n;      /* column of the denominators, or NULL */
    double n_all; /* the denominator of every row; 0 when there is none of that kind */
    char *of;     /* dimension that shares sum over or means are taken over; NULL: found */
    SuppressKnownKind kind;
    int decimals; /* -1: as many as the file shows */
} SuppressKnown;

typedef struct {
    char *value;
    GPtrArray *dimensions; /* SuppressDimension */
    GArray *margins;       /* uint32_t, as in SdcTable */
    GPtrArray *known;      /* SuppressKnown: published and public */
    SuppressRuleKind rule;
    double max, k;
    unsigned n;
    bool protect_zeros;
    char *contributor, *weight; /* columns, or NULL */
    double interval;            /* 0: none asked for */
} SuppressSpec;

SuppressSpec *suppress_spec_read(const char *text, size_t len, const char *name, GError **error);
void suppress_spec_free(SuppressSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SuppressSpec, suppress_spec_free)

typedef struct {
    GPtrArray *names;   /* of all coordinates: leaves, groups as "fylke=1", "Total" */
    GHashTable *number; /* of a name, from 0 */
    unsigned n_leaves, n_groups;
    unsigned *group; /* hierarchies x n_leaves */
} SuppressAxis;

typedef struct {
    const SuppressSpec *spec;
    unsigned n_axes;
    SuppressAxis *axis;
    double *leaf; /* as SdcTable wants them */
    SdcDimension *dimension;
    SdcProblem *problem;
    GArray *exposed; /* unsigned: unsafe cells that are out already */
    bool whole;
} SuppressTable;

/**
 * Read the table, make the problem and mark what is unsafe.
 *   text  len bytes and a NUL, in any encoding that encoding.h knows.
 *   name  of the file, for messages.
 */
SuppressTable *suppress_table_read(const SuppressSpec *spec, const char *text, size_t len,
                                   const char *name, GError **error);
void suppress_table_free(SuppressTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SuppressTable, suppress_table_free)

/* What one file that is out tells; `text` as above. */
bool suppress_known_read(SuppressTable *table, const SuppressKnown *known, const char *text,
                         size_t len, GError **error);

/* The public file. */
char *suppress_output(const SuppressTable *table, const SdcResult *result);

typedef struct {
    const char *input_sha256, *output_sha256; /* the latter NULL when nothing may go out */
    double seconds;
} SuppressRun;
/* The internal one: JSON with a line feed at its end. */
char *suppress_proof(const SuppressTable *table, const SdcResult *result, const SuppressRun *run);

/* Shared by the readers of CSV. */
typedef struct {
    char *text;      /* cut to pieces */
    GPtrArray *rows; /* SuppressRow; the first is the header */
    unsigned n_columns;
    const char *name;
} SuppressCsv;
typedef struct {
    unsigned line;
    const char **field;
} SuppressRow;
SuppressCsv *suppress_csv_read(const char *text, size_t len, const char *name, GError **error);
void suppress_csv_free(SuppressCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SuppressCsv, suppress_csv_free)
/* The number of a column; -1 when there is none. */
int suppress_csv_column(const SuppressCsv *csv, const char *column);
/* A number >= 0 with point or comma; false when it is not one. */
bool suppress_number(const char *text, double *ret);
/* The coordinates of a cell of the problem's table, n_axes of them. */
bool suppress_cell_at(const SuppressTable *table, size_t place, unsigned ret_coordinate[]);
size_t suppress_n_places(const SuppressTable *table);
