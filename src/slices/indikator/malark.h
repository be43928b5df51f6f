/* malark.h - templates that people fill in: rows prepared for a year, as CSV and as a workbook.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

#define MAL_COLUMNS 10

typedef enum { MAL_TEXT, MAL_NUMBER, MAL_WHOLE, MAL_QUALITY } MalKind;

typedef struct {
    const char *header; /* as the parsers know it */
    MalKind kind;
    bool open; /* to be filled in */
    int width; /* characters */
    const char *help;
} MalColumn;

typedef struct {
    const char *name;           /* of the file: "sykefravar-2012" */
    const char *title;          /* translated */
    const char *sheet;          /* translated, at most 31 characters */
    const char *const *explain; /* paragraphs, NULL-terminated, translated */
    MalColumn columns[MAL_COLUMNS];
    size_t n_columns;
    GPtrArray *rows; /* of const char *[MAL_COLUMNS]; "" where it is to be filled in */
} Mal;

/* A workbook with a protected header, lists of what may be written, and a sheet of explanations.
 * g_free *ret. Errors: APP_ERROR_DB (no temporary file). */
bool indikator_template_xlsx(const Mal *mal, char **ret, size_t *ret_size, GError **error);
/* UTF-8 with a byte order mark, `;`, CRLF; cells that would be formulas get an apostrophe. g_free it. */
char *indikator_template_csv(const Mal *mal);
