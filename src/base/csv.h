/* csv.h - rows and fields out of separated text, in place and with the place of each field.
 *
 * The reader cuts the caller's buffer itself: no copy, no allocation per row. It follows RFC 4180
 * and is strict where a guess would change data: text after a closing quote and a quote that never
 * closes are problems. A line with nothing on it is passed over.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct {
    char *text;      /* UTF-8, NUL-terminated, quotes taken away; lives in the caller's buffer */
    size_t len;      /* bytes */
    unsigned line;   /* where the field starts, from 1 */
    unsigned column; /* character of that line where it starts, from 1 */
    bool quoted;
} CsvField;

typedef struct {
    const CsvField *field; /* valid until the next csv_next(); its text lives on with the buffer */
    unsigned n;            /* number of fields, > 0 */
    size_t number;         /* of the row, from 1; blank lines are not counted */
    unsigned line;         /* where the row starts, from 1 */
} CsvRow;

typedef enum {
    CSV_RAGGED_FAIL, /* a row with another number of fields than the first is a problem */
    CSV_RAGGED_GIVE  /* given as it is */
} CsvRagged;

typedef struct {
    char separator; /* ';' ',' '|' or TAB */
    CsvRagged ragged;
    unsigned max_columns; /* 0 means 4,096 */
    size_t max_field;     /* bytes; 0 means 65,536 */
    size_t max_rows;      /* 0 means 2,000,000 */
} CsvOptions;

typedef struct {
    const char *what;         /* English msgid marked with N_(); NULL when there is no problem */
    unsigned line;            /* from 1 */
    unsigned column;          /* character, from 1 */
    unsigned field;           /* number of the field in its row, from 1 */
    size_t row;               /* number of the row, from 1 */
    bool at_end;              /* the text ends here, as in a file that was cut off */
    bool more;                /* the next csv_next() goes on with the next row (ragged rows only) */
    unsigned found, expected; /* fields, for ragged rows; 0 otherwise */
} CsvProblem;

typedef enum { CSV_END, CSV_ROW, CSV_PROBLEM } CsvStep;

typedef struct CsvReader CsvReader;

/**
 * Which separator the text uses.
 *   ret_start  where the rows begin: after a first line "sep=X" when there is one, else 0.
 *   ret_line   the number of that line, 1 or 2.
 * Returns the X of "sep=X", else whichever of TAB ; | , occurs most outside quotes on the first
 * line with text (in that order when equal), else 0 when none of them is there.
 */
char csv_sniff(const char *text, size_t len, size_t *ret_start, unsigned *ret_line);

/**
 * Start reading.
 *   text     len bytes of UTF-8 and a NUL after them; cut to pieces by the reader, and must
 *            outlive it.
 *   line     number of the text's first line in its file, from 1.
 */
CsvReader *csv_reader_new(char *text, size_t len, unsigned line, const CsvOptions *options);
void csv_reader_free(CsvReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvReader, csv_reader_free)

/* Next row into *ret_row (CSV_ROW), a problem (CSV_PROBLEM, see csv_problem), or CSV_END. */
CsvStep csv_next(CsvReader *reader, CsvRow *ret_row);
const CsvProblem *csv_problem(const CsvReader *reader);

/* --- writing --- */

/* A text as it stands between quotes: each quote in it twice. */
void csv_escape(GString *out, const char *text);
/* A field: as it is, or in quotes when it holds the separator, a quote or a line end. */
void csv_field(GString *out, const char *text, char separator);
