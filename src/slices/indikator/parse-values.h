/* parse-values.h - one row of our own table of values; shared by its cells and its rows.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "parse-cell.h"
#include "parse-job.h"

enum {
    COL_UNIT,
    COL_INDICATOR,
    COL_PERIOD,
    COL_GRADE,
    COL_SEX,
    COL_VALUE,
    COL_UNCERTAINTY,
    COL_N,
    COL_NUMERATOR,
    COL_DENOMINATOR,
    COL_STATUS,
    COL_QUALITY,
    COL_SOURCE,
    N_COLS,
    COL_PASS = N_COLS, /* for people only: the unit's name; or said to mean nothing */
    COL_UNKNOWN
};

/* One row while it is read. */
typedef struct {
    ParseJob *job;
    const CsvRow *row;
    unsigned column[N_COLS]; /* from 0, or G_MAXUINT */
    GByteArray *nameless;    /* for each column: it has no name */
    GHashTable *seen;        /* key of a value -> index + 1 */
    Cell cell[N_COLS];       /* of the number columns */
    ParsedValue value;
    bool status_given;
} ValuesRow;

/**
 * Which column a header means: its name, a word people use for it, or what somebody has said.
 * Returns COL_PASS for one that is for people only, COL_UNKNOWN for the rest.
 */
unsigned indikator_parse_values_column(const ParseSpec *spec, const char *text);
/* The known column whose name is most like the text; NULL when none is. */
const char *indikator_parse_values_similar(const char *text);

/* The name of a COL_ column as the header has it. */
const char *indikator_parse_values_name(unsigned col);

/**
 * Read and judge r->row into r->value (its unit's index left out).
 *   ret_unit  code in ret_code, level, line; no name.
 * Returns false when anything is wrong; the errors are collected.
 */
bool indikator_parse_values_row(ValuesRow *r, ParsedUnit *ret_unit, char ret_code[CODE_TEXT]);
