/* spc-csv.h - a series as it stands in a file: CSV with the columns period, value and, if any, n.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arena.h"

typedef struct {
    const char **period;
    double *value, *n; /* count of them; NAN: an empty cell, or NA */
    size_t count;      /* 1 and up */
    bool has_n;        /* the file has the column */
} SpcCsv;

/**
 * Read bytes in any encoding and with any separator that csv.h knows; other columns are passed over.
 *   file  its name, for messages.   arena  keeps *ret.
 * A comma is a decimal mark where it does not separate.
 * Errors: APP_ERROR_INVALID, "file:line:column: why".
 */
bool spc_csv_read(Arena *arena, const char *file, const void *bytes, size_t size, SpcCsv *ret,
                  GError **error);
