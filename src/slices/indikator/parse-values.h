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
    N_COLS
};

/* One row while it is read. */
typedef struct {
    ParseJob *job;
    const CsvRow *row;
    unsigned column[N_COLS]; /* from 0, or G_MAXUINT */
    GHashTable *seen;        /* key of a value -> index + 1 */
    Cell cell[N_COLS];       /* of the number columns */
    ParsedValue value;
    bool status_given;
} ValuesRow;

/* The name of a COL_ column as the header has it. */
const char *indikator_parse_values_name(unsigned col);

/**
 * Read and judge r->row into r->value (its unit's index left out).
 *   ret_unit  code in ret_code, level, line; no name.
 * Returns false when anything is wrong; the errors are collected.
 */
bool indikator_parse_values_row(ValuesRow *r, ParsedUnit *ret_unit, char ret_code[CODE_TEXT]);
