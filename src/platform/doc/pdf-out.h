/* pdf-out.h - a PDF file being written: numbered objects, streams, cross-references.
 *
 * Objects are numbered before they are written, so that they may refer to each other. Dictionaries
 * are gathered in compressed object streams (ISO 32000-1, 7.5.7); a file has thousands of them. The
 * same objects in the same order give the same bytes. Private to platform/doc.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <zlib.h>
#include "app.h"

typedef struct {
    GByteArray *file;
    GArray *places;  /* by object number: where it stands */
    GString *held;   /* objects waiting for their stream */
    GArray *held_at; /* number of each and its start in `held` */
    z_stream deflater;
} PdfOut;

void pdf_out_init(PdfOut *out);
void pdf_out_clear(PdfOut *out);
unsigned pdf_out_number(PdfOut *out); /* a new object's number, from 1 */
void pdf_out_object(PdfOut *out, unsigned number, const GString *value);
/* A compressed stream; `dict` is what its dictionary holds besides length and filter. */
void pdf_out_stream(PdfOut *out, unsigned number, const char *dict, const void *data, size_t size);
/* The last word; the file is then the caller's. */
GBytes *pdf_out_finish(PdfOut *out, unsigned root, unsigned info);

/* --- values ------------------------------------------------------------------------------------- */
/* At most three decimals, no trailing zero, never an exponent, whatever the locale. */
void pdf_put_number(GString *to, double value);
void pdf_put_int(GString *to, int64_t value);
void pdf_put_ref(GString *to, const char *key, unsigned number);   /* "/P 12 0 R" */
void pdf_put_utf16(GString *to, const char *utf8);                 /* hex digits, no brackets */
void pdf_put_text(GString *to, const char *key, const char *utf8); /* "/Title (x)" or "<FEFF...>" */
