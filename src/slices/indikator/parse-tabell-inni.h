/* parse-tabell-inni.h - a table on its way in; shared by its header and its rows.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "parse-cell.h"
#include "parse-job.h"
#include "parse-tabell.h"

typedef struct {
    ParseJob *job;
    const char *text; /* of the whole table: kept whole, as each reading cuts a copy */
    size_t len, start;
    unsigned first_line, header_line;
    char *copy;
    char separator;
    GPtrArray *headers, *keys; /* one of each a column */
    GPtrArray *words;          /* of indicators that nobody has said anything of */
    char signature[33];
    TableMapping mapping;
} Table;

/* Of a header: folded, or TABLE_PERIOD_KEY; g_free it. */
char *indikator_table_key(const char *header);
/* The rows after the header, by t->mapping, into the job's values. */
void indikator_parse_table_rows(Table *t, CsvReader *reader);
