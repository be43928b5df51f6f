/* chart-pen.h - the drawing vocabulary of charts: five verbs, one table of inks, several sinks.
 *
 * The code that draws a chart names an ink (what a mark means), never a colour. The SVG sink writes
 * the ink's class and leaves colour to the style sheet; the cairo sink takes the fixed palette of the
 * table. Inside src/platform/chart only, but for the sink of src/platform/doc that draws in a PDF.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <cairo.h>
#include <pango/pango.h>
#include "app.h"

#define CHART_SERIES_MAX 4
#define CHART_LEVELS_MAX 5
#define CHART_TEXT_SIZE 13.0
#define CHART_TITLE_SIZE 16.0
#define CHART_NO_COLOUR (-1)

typedef struct {
    double x, y;
} ChartXY;
typedef struct {
    double x, y, w, h;
} ChartBox;
typedef struct {
    ChartXY from, to;
} ChartSegment;

typedef enum { CHART_START, CHART_MIDDLE, CHART_END } ChartAnchor;
typedef enum { CHART_DOT, CHART_DIAMOND, CHART_SQUARE, CHART_TRIANGLE, CHART_CROSS } ChartShape;

typedef enum {
    INK_PAPER,
    INK_ROW,
    INK_GRID,
    INK_AXIS,
    INK_BREAK,
    INK_TARGET,
    INK_REFERENCE,
    INK_HATCH,
    INK_HATCH_BOX,
    INK_WHISKER,
    INK_WHISKER_WEAK,
    INK_SIGN,
    INK_CENTRE, /* of a control chart; FORMER is the centre before the phase */
    INK_FORMER,
    INK_LIMIT,
    INK_TRIAL,
    INK_BAND,
    INK_COMMON,
    INK_BETTER,
    INK_WORSE,
    INK_OTHER,
    INK_EXCLUDED,
    INK_LINE, /* INK_LINE + 0...3: the series, own unit first; likewise the next three */
    INK_MARK = INK_LINE + CHART_SERIES_MAX,
    INK_HOLLOW = INK_MARK + CHART_SERIES_MAX,
    INK_NAME = INK_HOLLOW + CHART_SERIES_MAX,
    INK_BAR = INK_NAME + CHART_SERIES_MAX,
    INK_BAR_WEAK,
    INK_LEVEL, /* INK_LEVEL + 0...4, lowest first; INK_ON_LEVEL is the text upon it */
    INK_ON_LEVEL = INK_LEVEL + CHART_LEVELS_MAX,
    INK_TEXT = INK_ON_LEVEL + CHART_LEVELS_MAX,
    INK_MUTED,
    INK_STRONG,
    INK_VALUE,
    INK_WORD,
    INK_TARGET_NAME,
    INK_TITLE,
    N_INK
} ChartInk;

typedef struct {
    const char *name; /* class in SVG */
    int fill, stroke; /* 0xRRGGBB of the fixed palette; CHART_NO_COLOUR */
    double width;     /* of the stroke */
    double dash, gap; /* 0: solid */
    bool optional;    /* without a style sheet the fill is left out rather than black */
    bool bold, halo;  /* text: weight 600; a rim in paper colour, for text over lines */
    double size;      /* text: 0 is CHART_TEXT_SIZE */
} ChartStyle;

const ChartStyle *chart_style(ChartInk ink);

typedef struct ChartPen ChartPen;

/* What a sink does. `title` is the tooltip of a mark or NULL. Text comes as valid UTF-8. */
typedef struct {
    void (*segments)(ChartPen *pen, ChartInk ink, const ChartSegment *list, size_t n);
    void (*polyline)(ChartPen *pen, ChartInk ink, const ChartXY *points, size_t n);
    void (*rect)(ChartPen *pen, ChartInk ink, const ChartBox *box, const char *title);
    void (*mark)(ChartPen *pen, ChartInk ink, ChartShape shape, const ChartBox *around,
                 const char *title);
    void (*text)(ChartPen *pen, ChartInk ink, ChartXY at, ChartAnchor anchor, const char *text);
    /* Before all others, by chart_draw_pen(): where the drawing's corner goes, and how large. NULL
     * for the sinks that draw in the chart's own units. */
    void (*place)(ChartPen *pen, double x, double y, double scale);
} ChartSink;

/* The first member of every sink's own struct. */
struct ChartPen {
    const ChartSink *sink;
};

/* --- the verbs; they add nothing to the sink's but composition and clean text --- */
void chart_line(ChartPen *pen, ChartInk ink, ChartXY from, ChartXY to);
void chart_polyline(ChartPen *pen, ChartInk ink, const ChartXY *points, size_t n);
void chart_rect(ChartPen *pen, ChartInk ink, const ChartBox *box, const char *title);
void chart_mark(ChartPen *pen, ChartInk ink, ChartShape shape, ChartXY at, double radius,
                const char *title);
void chart_text(ChartPen *pen, ChartInk ink, ChartXY at, ChartAnchor anchor, const char *text);
/* An interval from `low` to `high` with caps `cap` long to each side; no caps when 0. The ends
 * differ in x or in y only. */
void chart_whisker(ChartPen *pen, ChartInk ink, ChartXY low, ChartXY high, double cap);
/* Its 1 or 3 segments, and many segments as one path: half the size of one path each. */
size_t chart_whisker_segments(ChartXY low, ChartXY high, double cap, ChartSegment list[3]);
void chart_segments(ChartPen *pen, ChartInk ink, const ChartSegment *list, size_t n);
/* A box filled with diagonal lines: something is here and may not be told. */
void chart_hatch(ChartPen *pen, const ChartBox *box, const char *title);

/* Corners of a mark that is not a dot; a cross gives two separate strokes of two. Returns how many. */
size_t chart_mark_corners(ChartShape shape, const ChartBox *around, ChartXY corners[4]);

/**
 * Width of a text in user units, from a table of Inter's advance widths (kerning left out), so that
 * every sink lays out alike; test-chart.c holds the table against Pango.
 */
double chart_text_width(const char *text, ChartInk ink);
/* A copy that fits in `width`, shortened with "…" if need be; g_free it. */
char *chart_text_fit(const char *text, ChartInk ink, double width);
/* Breaks at spaces into at most `max` lines that fit `width`; the last is shortened. g_strfreev it. */
char **chart_text_wrap(const char *text, ChartInk ink, double width, int max);

/* --- sinks --- */
typedef struct {
    ChartPen pen;
    GString *out;
    bool standalone; /* own palette; the rim of text as a text of its own, for simple readers */
} ChartSvgPen;
ChartSvgPen chart_svg_pen(GString *out, bool standalone);
/* The palette as the content of a <style> element. */
void chart_svg_palette(GString *out);
/* Escaped for text and double-quoted attributes; what XML cannot hold is left out. */
void chart_svg_escape(GString *out, const char *text);
/* One decimal, no trailing zero, never an exponent, whatever the locale. */
void chart_svg_number(GString *out, double value);

typedef struct {
    ChartPen pen;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *font;
    const ChartStyle *now; /* whose font the layout has */
} ChartCairoPen;
/* context may be NULL. */
void chart_cairo_pen_init(ChartCairoPen *pen, cairo_t *cairo, PangoContext *context);
void chart_cairo_pen_clear(ChartCairoPen *pen);
