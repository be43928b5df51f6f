/* pdf-font.h - the fonts of a file: which glyphs are shown, what they say, and the subset embedded.
 * Private to platform/doc.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <hb.h>
#include "pdf-out.h"

typedef struct {
    hb_codepoint_t glyph, placed; /* in the font, in the subset */
    double width;                 /* advance in thousandths of the size, as the file has it */
    const char *text;             /* what it says, UTF-8; NULL before it has said anything */
} PdfGlyph;

typedef struct {
    hb_face_t *hb;
    hb_font_t *units; /* in the font's own units */
    double per_unit;  /* thousandths */
    guint16 *slots;   /* by glyph: its slot, from 1; 0: not shown yet */
    unsigned n_slots;
    GArray *glyphs; /* PdfGlyph, by slot - 1 */
    guint index;    /* /F0, /F1 ... */
    bool cff, outlines;
} PdfFace;

typedef struct {
    GPtrArray *faces;
    GHashTable *known; /* hb_face_t -> PdfFace */
    GStringChunk *texts;
    PdfFace *body;          /* stands in for glyphs that no font has ... */
    hb_codepoint_t missing; /* ... by this one */
} PdfFonts;

void pdf_fonts_init(PdfFonts *fonts);
void pdf_fonts_clear(PdfFonts *fonts);
PdfFace *pdf_face(PdfFonts *fonts, hb_face_t *hb);
/* The slot of a glyph, from 1; 0 when the font has no such outline (pictures, as emoji have). */
unsigned pdf_face_slot(PdfFace *face, hb_codepoint_t glyph);
PdfGlyph *pdf_face_glyph(const PdfFace *face, unsigned slot);
/* Embeds all fonts and writes the resources; sets `placed` of each glyph. Errors: APP_ERROR_DB. */
bool pdf_fonts_write(PdfFonts *fonts, PdfOut *out, unsigned resources, GError **error);
