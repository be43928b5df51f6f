/* parse-xlsx.h - a workbook taken apart: its sheets as grids of texts.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

#define XLSX_MAX_PART (96u * 1024 * 1024) /* bytes of one part, unpacked */
#define XLSX_MAX_RATIO 400                /* unpacked to packed, of a part above 4 MiB */
#define XLSX_MAX_ROWS 500000u
#define XLSX_MAX_COLUMNS 1024u
#define XLSX_MAX_CELLS 3000000u

/* Cells of one sheet, row by row; a row is NULL or an array of char *, NULL where nothing is. */
typedef struct {
    char *name;
    GPtrArray *rows; /* of GPtrArray */
    size_t n_cells;
} XlsxSheet;

typedef struct {
    GPtrArray *strings; /* shared texts */
    GArray *styles;     /* of XlsxStyle, by number */
    bool from_1904;
} XlsxBook;

typedef enum { STYLE_PLAIN, STYLE_DATE, STYLE_PERCENT } XlsxStyle;

void indikator_xlsx_sheet_free(void *sheet);

/**
 * All sheets of a workbook that can be seen.
 *   ret  of XlsxSheet, owning.
 * Errors: APP_ERROR_INVALID, translated.
 */
bool indikator_xlsx_read(const void *bytes, size_t len, GPtrArray **ret, GError **error);

/* Fill a sheet from its part. Errors: as above. */
bool indikator_xlsx_read_sheet(const XlsxBook *book, const char *xml, size_t len, XlsxSheet *sheet,
                               GError **error);

/* Expat with the limits of a stranger's XML: no DOCTYPE, local names. start and end may be NULL. */
typedef struct {
    void (*start)(void *arg, const char *name, const char **attributes);
    void (*end)(void *arg, const char *name);
    void (*text)(void *arg, const char *text, size_t len);
    void *arg;
    bool *stop; /* set by a handler: enough, or too much */
} XlsxXml;
bool indikator_xlsx_xml(const char *xml, size_t len, const XlsxXml *handlers, GError **error);
const char *indikator_xlsx_attribute(const char **attributes, const char *name);
