/* pdf-canvas.h - drawing into one page's content stream; private to platform/doc.
 *
 * Points, from the page's upper left corner downwards, as in the layout; the canvas turns them over.
 * Colour, line and font are written only when they change.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <pango/pango.h>
#include "pdf-font.h"

/* Where in the content a glyph's number stands: four hex digits, known when fonts are embedded. */
typedef struct {
    guint32 at;
    guint16 face, slot;
} PdfPatch;

typedef struct {
    GString *out;    /* borrowed */
    GArray *patches; /* PdfPatch; borrowed */
    PdfFonts *fonts;
    double height;          /* of the page */
    int64_t fill, stroke;   /* 0xRRGGBB; -1: not set yet */
    double line, dash, gap; /* -1: not set yet */
    const PdfFace *face;
    double size, rise;
} PdfCanvas;

typedef struct {
    double x, y, scale; /* start and baseline; scale 1 is the size the run was laid out at */
} PdfSpot;

void pdf_canvas_fill(PdfCanvas *canvas, uint32_t colour);
void pdf_canvas_stroke(PdfCanvas *canvas, uint32_t colour);
void pdf_canvas_line(PdfCanvas *canvas, double width, double dash, double gap);
void pdf_canvas_point(PdfCanvas *canvas, double x, double y); /* "x y ", turned over */
void pdf_canvas_rect(PdfCanvas *canvas, double x, double y, double w, double h); /* path only */
/* A glyph run in the fill colour; `text` is its layout's whole text. */
void pdf_canvas_glyphs(PdfCanvas *canvas, const PangoGlyphItem *run, const char *text,
                       PdfSpot spot);
