/* cube.h - a statistical table of any number of dimensions, read from JSON-stat or PX.
 *
 * The readers know the two formats and nothing of schools: what a dimension means, and which cells
 * are worth keeping, is decided by whoever reads the cube. They run in the sandbox's child, on bytes
 * nobody trusts: every size is checked before it is believed, nothing is allocated for cells that the
 * file does not hold, and a file with one error gives no cube.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arena.h"

#define CUBE_MAX_CELLS (5u * 1000 * 1000) /* of one cube: the product of its sizes */
#define CUBE_MAX_DIMENSIONS 64
#define CUBE_MAX_CUBES 1000 /* of one file */

/* What a dimension is about; JSON-stat says it as "role", PX by TIMEVAL, CONTVARIABLE and MAP. */
typedef enum { CUBE_ROLE_NONE, CUBE_ROLE_TIME, CUBE_ROLE_GEO, CUBE_ROLE_METRIC } CubeRole;

typedef struct {
    const char *code;  /* "1579", "2024", "KOSAG110000"; PX without CODES: the text itself */
    const char *label; /* "Hustadvika"; the code when there is none. Soft hyphens are left out */
    const char *unit;  /* of a metric: "kr"; NULL */
    const char *note;  /* NULL when none; several are joined by a line end */
    int decimals;      /* -1: not said */
    size_t parent;     /* index of the category above, SIZE_MAX: none */
} CubeCategory;

typedef struct {
    const char *code;  /* "Region" */
    const char *label; /* "region"; the code when there is none */
    CubeRole role;
    CubeCategory *v; /* in the order of the index */
    size_t n;
} CubeDimension;

/* One cell. A cell without a number has a status where the source says why: PX and SSB write "."
 * (cannot occur, or not known), ".." (missing), ":" (hidden to protect people), "-" (nought in PX). */
typedef struct {
    double value;       /* NAN: no number */
    const char *text;   /* a value that is text, as JSON-stat's order.json has; NULL */
    const char *status; /* verbatim; NULL when none */
} CubeCell;

typedef struct {
    const char *format;                          /* "jsonstat", "px" */
    const char *version;                         /* "1.3", "2.0", "2013"; "" when not said */
    const char *label, *source, *updated, *note; /* NULL when not said */
    const char *table;                           /* PX: MATRIX or TABLEID; NULL */
    CubeDimension *dimension;
    size_t n_dimensions;
    CubeCell *cell; /* row-major: the last dimension runs fastest; n_cells = product of the sizes */
    size_t n_cells;
    size_t n_values; /* cells with a number or a text */
} Cube;

/* Errors and warnings; line and column are 0 when the whole file is meant. */
typedef struct {
    unsigned line, column; /* characters, from 1 */
    const char *code;      /* of a rule, stable: "VALUE_LEN_MISMATCH" */
    const char *message;   /* translated: what, where, what to do */
} CubeProblem;

typedef struct {
    Cube *v;
    size_t n;
    CubeProblem *errors, *warnings; /* any error at all: n is 0. At most 100 of each */
    size_t n_errors, n_warnings;
} CubeFile;

/**
 * Read JSON-stat 1.x and 2.0: a dataset, a bundle (1.x: an object of datasets) or a collection whose
 * items are embedded datasets; items that are links alone are passed over with a warning.
 *   bytes  UTF-8 with or without a byte order mark.
 *   arena  keeps *ret.
 * `index` is an object or an array, `size` numbers or strings of digits, `value` an array or an object,
 * `status` a string, an array or an object, `child` one or many levels.
 * Source: json-stat.org/full and json-stat.org/format/v1; error codes as the field's validator has.
 */
void cube_read_jsonstat(Arena *arena, const char *bytes, size_t len, CubeFile *ret);

/**
 * Read a PX file.
 *   CODEPAGE and CHARSET are believed only when the bytes agree; UTF-8 that is declared as ISO-8859 is
 *   read as UTF-8, with a warning. The default language's keywords count.
 * Source: PX-file format specification 2013, Statistics Sweden.
 */
void cube_read_px(Arena *arena, const char *bytes, size_t len, CubeFile *ret);

/* Index of a cell from one category index for each dimension. */
size_t cube_at(const Cube *cube, const size_t *category);
/* The dimension, or the category of a dimension, with a code; SIZE_MAX when there is none. */
size_t cube_dimension(const Cube *cube, const char *code);
size_t cube_category(const CubeDimension *dimension, const char *code);
