/* pdf.h - the PDF writer's parts; private to platform/doc.
 *
 * Three steps. *Lay out*: blocks become pages of drawing operations and, beside them, a tree of
 * structure elements; each operation points to the element it belongs to, or to none (an artifact).
 * *Paint*: operations become content streams, with a mark around each stretch of one element.
 * *Finish*: fonts are cut down to what was shown, and the file is written. Pango lays text out; the
 * file is our own, as no library of Debian's writes artifacts, alternative text and table scope.
 * Lengths are points (1/72 inch), y grows downwards until it is written.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <pango/pango.h>
#include "chart.h"
#include "doc-model.h"
#include "pdf-canvas.h"

#define PAGE_SHORT 595.28 /* A4 */
#define PAGE_LONG 841.89
#define MARGIN_X 72.0
#define MARGIN_TOP 84.0
#define MARGIN_BOTTOM 76.0
#define MEASURE 418.0 /* widest paragraph: about 75 characters of body text */

/* --- structure ---------------------------------------------------------------------------------- */

typedef struct Elem Elem;
typedef struct {
    int page, mcid;
} Mark;
struct Elem {
    const char *type; /* "P", "TH"...; NULL: a slot, the place of content within its parent */
    Elem *parent, *first, *last, *next;
    const char *alt, *lang; /* or NULL */
    enum { ATTR_NONE, ATTR_COLUMN, ATTR_ROW, ATTR_DISC, ATTR_DECIMAL, ATTR_NOMARK, ATTR_BBOX } attr;
    double bbox[4];  /* x0, y0, x1, y1, in PDF's upward coordinates */
    Mark mark;       /* slots: the first stretch; page < 0 before painting */
    GArray *more;    /* slots: further stretches, Mark; or NULL */
    GArray *objects; /* links: annotations' numbers in Pdf.links, int; or NULL */
    unsigned object; /* finish: its number */
    int page;        /* finish: page of the first mark, or -1 */
};

/* --- pages -------------------------------------------------------------------------------------- */

typedef enum { OP_GLYPHS, OP_RECT, OP_CHART } OpKind;
typedef struct {
    OpKind kind;
    Elem *slot;        /* NULL: artifact */
    bool paging;       /* artifact of the page: head or foot */
    double x, y, w, h; /* glyphs: start and baseline */
    uint32_t colour;
    PangoGlyphItem *item; /* within `text`'s layout */
    const char *text;
    const Chart *chart;
} Op;

typedef struct {
    double w, h;
    GArray *under, *ops; /* Op: backgrounds, then content */
    GString *content;    /* paint: what is drawn */
    GArray *patches;     /* paint: PdfPatch, in `content` */
    int index;           /* from 0, in the finished file */
} Page;

typedef struct {
    Page *page;
    double x, y, w, h;
    Elem *elem;
    const char *url;  /* "#id" within the document, or absolute */
    const char *text; /* what it says, for /Contents */
} Link;

typedef struct {
    const Block *block;
    Page *page;
    double y;
} Anchor;

/* --- text --------------------------------------------------------------------------------------- */

typedef enum {
    STYLE_BODY,
    STYLE_LEAD,
    STYLE_H1,
    STYLE_H2,
    STYLE_H3,
    STYLE_H4,
    STYLE_CELL,
    STYLE_CELL_BOLD,
    STYLE_CELL_S,
    STYLE_CELL_S_BOLD,
    STYLE_CELL_XS,
    STYLE_CELL_XS_BOLD,
    STYLE_CAPTION,
    STYLE_SMALL,
    STYLE_LABEL,
    STYLE_CODE,
    STYLE_TITLE,
    STYLE_SUBTITLE,
    STYLE_OWNER,
    STYLE_TOC,
    STYLE_TOC_BOLD,
    N_STYLE
} Style;

typedef struct {
    guint start, end; /* bytes of the text */
    Elem *slot;
    const char *url;
} Span;

typedef struct Shaped Shaped; /* words with their glyphs, not yet broken into lines */
typedef struct {
    char *words;
    GPtrArray *line; /* GPtrArray of PangoGlyphItem, from left to right */
} Lines;

typedef struct {
    const Shaped *shaped;
    const Lines *lines; /* both may be those of equal texts */
    Style style;
    uint32_t colour;
    int n_lines;
    double natural; /* width without wrapping */
    guint n_spans;
    Span *spans; /* n_spans; the last one covers the rest */
} Text;

typedef struct {
    const Doc *doc;
    PangoContext *context; /* has Inter and little else */
    PangoContext *full;    /* has every font of the machine; NULL until it is needed */
    PangoFontDescription *fonts[N_STYLE];
    PangoAttrList *plain, *tabular; /* font features */
    GHashTable *shaped, *lines;     /* style and words -> Shaped; width too -> Lines */
    GPtrArray *own_shaped, *own_lines;
    PdfFonts faces;
    GPtrArray *pages; /* Page *: the list being filled */
    Page *page;
    double y, left, width, top, bottom;
    Elem *tree, *at; /* Document, and where the next element goes */
    Text *label;     /* of a list item, waiting for its first line */
    double label_x;
    bool turned; /* a heading has turned the page for the table after it */
    uint32_t accent;
    GPtrArray *elems, *texts, *all_pages; /* own everything */
    GArray *links, *anchors;
    GHashTable *targets; /* id -> index of anchor + 1 */
    GStringChunk *strings;
} Pdf;

#define PDF_FAMILY "Inter"
#define PDF_MONO "DejaVu Sans Mono"
#define INK 0x1b1f24
#define GREY 0x57606a
#define HAIRLINE 0xc8ced6
#define TINT 0xf3f5f8
#define WARN 0x8a3b00

/* pdf-text.c */
bool pdf_text_init(Pdf *pdf, GError **error);
void pdf_text_clear(Pdf *pdf);
double pdf_leading(Style style);
Text *pdf_text(Pdf *pdf, Style style, const char *text, double width, Elem *elem);
Text *pdf_text_runs(Pdf *pdf, Style style, const Block *block, double width, Elem *elem);
void pdf_text_wrap(Pdf *pdf, Text *text, double width);
void pdf_text_restyle(Pdf *pdf, Text *text, Style style); /* on lines as wide as they are */
void pdf_text_ellipsize(Pdf *pdf, Text *text, double width);
/* One line for a chart, in its own units of size; belongs to `pdf`. */
const Lines *pdf_label(Pdf *pdf, double size, bool bold, const char *words);
double pdf_text_height(const Text *text);
/* Draw lines first..first+n-1 with the first one's top at y. elem NULL in pdf_text(): artifact. */
void pdf_draw_lines(Pdf *pdf, const Text *text, int first, int n, double x, double y);
void pdf_draw_line(Pdf *pdf, const Text *text, int line, double x, double y);

/* pdf-lines.c: widths in Pango's units, 1024 a point; -1: lines are as wide as they are */
Shaped *pdf_shape(PangoContext *context, const PangoFontDescription *font, PangoAttrList *attrs,
                  const char *words);
void pdf_shaped_free(Shaped *shaped);
Lines *pdf_lines(const Shaped *shaped, int width);
Lines *pdf_lines_ellipsized(const Shaped *shaped, int width);
void pdf_lines_free(Lines *lines);
const GPtrArray *pdf_lines_line(const Lines *lines, int line);
double pdf_lines_width(const Lines *lines); /* points, of the widest */
double pdf_line_width(const Text *text, int line);
double pdf_run_width(const PangoGlyphItem *run);

/* pdf-fontmap.c: the fonts of a document; each belongs to the caller */
PangoContext *pdf_context(const char *lang);      /* Inter and the mono font, found at once */
PangoContext *pdf_context_full(const char *lang); /* all fonts that fontconfig knows */

/* pdf-page.c */
Elem *pdf_elem(Pdf *pdf, Elem *parent, const char *type);
Elem *pdf_slot(Pdf *pdf, Elem *parent);
Elem *pdf_open(Pdf *pdf, const char *type); /* child of pdf->at, which it becomes */
void pdf_close(Pdf *pdf);
void pdf_page_new(Pdf *pdf, bool landscape);
bool pdf_at_top(const Pdf *pdf);
void pdf_space(Pdf *pdf, double height); /* nothing at the top of a page */
void pdf_need(Pdf *pdf, double height);  /* a new page unless so much is left */
void pdf_rect(Pdf *pdf, double x, double y, double w, double h, uint32_t colour);
void pdf_flow(Pdf *pdf, const Text *text, double x); /* over pages, with widow care; moves y */
void pdf_pages_clear(Pdf *pdf);

/* pdf-blocks.c, pdf-table.c, pdf-front.c */
void pdf_blocks(Pdf *pdf, const Block *parent);
double pdf_table_minimum(const DocTable *table);
bool pdf_table_turns(const Pdf *pdf,
                     const DocTable *table); /* by a guess at its width: wants landscape */
void pdf_table(Pdf *pdf, const Block *block);
void pdf_title_block(Pdf *pdf);
void pdf_front(Pdf *pdf);     /* cover and contents, into pdf->pages */
void pdf_furniture(Pdf *pdf); /* heads and feet of all pages, which are in order and numbered */

/* pdf-paint.c, pdf-chart.c, pdf-finish.c, pdf-meta.c */
void pdf_paint(Pdf *pdf);
void pdf_chart(Pdf *pdf, PdfCanvas *canvas, const Op *op);
bool pdf_finish(Pdf *pdf, GBytes **ret_pdf, GError **error);
char *pdf_xmp(const Doc *doc, const char *created);
char *pdf_date(int64_t micros, bool xmp); /* "D:20261123100000Z" or "2026-11-23T10:00:00Z" */
