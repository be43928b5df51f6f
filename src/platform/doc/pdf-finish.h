/* pdf-finish.h - what the two files of the finish share; private to platform/doc.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "pdf.h"

typedef struct {
    Pdf *pdf;
    PdfOut *out;
    unsigned *pages, *links;   /* object numbers, by index */
    unsigned attrs[ATTR_BBOX]; /* shared attribute objects */
    GPtrArray **parents;       /* by page: Elem * of each mark */
    GString *text;             /* the object being written */
} Finish;

/* "key[page /XYZ 0 y null]" */
void pdf_put_destination(Finish *f, const char *key, const Anchor *anchor);
/* Writes `f->text` as the object and empties it. */
void pdf_end_object(Finish *f, unsigned number);
/* Outline, language, metadata, output intent into the catalogue in `catalog`; *ret_info for the trailer. */
bool pdf_catalog(Finish *f, GString *catalog, unsigned *ret_info, GError **error);
