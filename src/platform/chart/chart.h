/* chart.h - charts of values that have passed the disclosure gate, as SVG, PNG and in a PDF.
 *
 * A Chart is a small table (rows by columns) with words around it; the kind says how it is drawn.
 * One drawing code serves all outputs, so page, file and PDF cannot disagree. Whatever `value` a
 * point has, it is read only when `status` is CHART_OK: axis, geometry and text of a hidden point
 * are the same whatever stood behind it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <cairo.h>
#include <pango/pango.h>
#include "app.h"
#include "html.h"

typedef enum {
    CHART_SERIES,  /* columns = periods, ascending; rows = 1-4 series, the first is the own unit */
    CHART_COMPARE, /* rows = units with one point each, in the given order; columns unused */
    CHART_BARS,    /* columns = periods; one row; bars start at zero */
    CHART_LEVELS,  /* rows = periods; columns = 2-5 levels, lowest first; a row adds up to 100 % */
    CHART_FUNNEL   /* rows = units with one point each, by how many people stand behind it */
} ChartKind;

typedef enum {
    CHART_MISSING = 0, /* no figure exists; a zeroed point is this */
    CHART_OK,
    CHART_MASKED, /* hidden to protect people: drawn as a word, never as a position */
    CHART_NOT_TESTED,
    CHART_QUALITATIVE /* a finding without a number; `note` says it */
} ChartStatus;

typedef struct {
    double value; /* in the unit of the chart; NAN when none; read only if status is CHART_OK */
    double uncertainty; /* half width of the interval (the printed ±), > 0; NAN or 0 when none */
    ChartStatus status;
    bool preliminary; /* hollow mark, and said in words */
    bool computed;    /* made by us from published parts: a dagger, and said in words */
    bool emphasis;    /* BARS: draw stronger, e.g. the same quarter of each year */
    const char *note; /* QUALITATIVE: "gode resultater", plain UTF-8; else NULL */
} ChartPoint;

typedef struct {
    const char *label;        /* period "2012/13", or level "Nivå 1"; UTF-8 */
    const char *break_before; /* SERIES, BARS: the series broke before this period; why, in a few
                                 words ("Ny skala"); "" for no words; NULL when it did not break */
} ChartColumn;

typedef struct {
    const char *name;         /* unit, series or (LEVELS) period; UTF-8 */
    const ChartPoint *points; /* n_columns of them; exactly one for COMPARE and FUNNEL */
    const char *break_before; /* LEVELS: as in ChartColumn; else NULL */
    bool own; /* COMPARE, FUNNEL: the reader's own unit, emphasised by weight and shape */
} ChartRow;

/* What a point is beside its neighbours, by the rules of a control chart (spc.h). */
typedef enum {
    CHART_COMMON, /* no more than chance */
    CHART_BETTER, /* more than chance, the way the indicator wants to go */
    CHART_WORSE,  /* ... the other way */
    CHART_HIGHER, /* more than chance, where no way is the better */
    CHART_LOWER
} ChartCause;

/* What stands beside one point of the first series. Numbers are in the chart's unit; NAN: none. All of
 * it comes from values that are shown, so it tells nothing of one that is hidden. */
typedef struct {
    double centre, lower, upper;
    double former; /* the centre of the phase before, drawn on beside the new one */
    ChartCause cause;
    bool starts;   /* a new phase begins here: no line goes on from the point before */
    bool trial;    /* limits from so few points that they are no more than a first try */
    bool pooled;   /* not limits, but some periods put together: a band with its uncertainty */
    bool excluded; /* shown, not counted */
} ChartControl;

/* Limits for groups of a size (funnel.h), in the chart's unit. */
typedef struct {
    double size;
    double low95, high95, low998, high998;
} ChartLimit;

/* What a funnel has beside its points. Sizes of rows without a visible value are not read. */
typedef struct {
    const double *sizes;      /* people behind each row's value; below 1: not known, not drawn */
    const ChartLimit *limits; /* ascending by size; n_limits 0: none can be told */
    size_t n_limits;
    const char *size_name; /* "people behind the figure" */
} ChartFunnel;

/* Everything is borrowed for the call. A zeroed struct is a valid, empty chart. */
struct Chart {
    ChartKind kind;
    const char
        *id; /* prefix of ids in the page, [A-Za-z][A-Za-z0-9-]*; unique there; NULL = "chart" */
    const char *title; /* short; caption in the page, drawn on top in files */
    const char
        *reading;     /* one sentence that says what the chart shows; becomes <desc> and alt text */
    const char *unit; /* "skalapoeng", "%"; NULL or "" when none */
    int decimals;     /* of values, 0-6 */
    double low, high; /* the axis covers at least this; both 0: no wish. It never cuts values off */
    bool value_labels; /* SERIES: write the first series' values where they fit. Others always do */
    bool bare;         /* html_chart: only the drawing, without <figure>, caption and table;
                          chart_png: without the title */
    bool with_table;   /* html_chart: also the figures as a table in <details> */
    const char *target_name; /* SERIES, BARS: draw a target line with this name; NULL: none */
    double target;
    const ChartControl *control; /* SERIES: n_columns of them, beside the first row; NULL: none */
    const char *centre_name;     /* what their centre is: "the mean"; NULL: "mean" */
    const char *reference_name;  /* COMPARE, FUNNEL: name of the rule across; NULL: none */
    ChartPoint reference;
    const ChartFunnel *funnel; /* FUNNEL alone */
    const ChartColumn *columns;
    size_t n_columns;
    const ChartRow *rows;
    size_t n_rows;
};

/* html_chart(Html *, const Chart *) is declared in html.h: writes <figure class="chart"> with the
 * caption, the drawing as accessible SVG for wide and for narrow containers (static/chart.css shows
 * one), and the table if wanted. Words are in the thread's language (i18n_use). */

/**
 * The words of one point as a reader sees and hears them: "47,0 ± 1,3 (foreløpig)", "skjermet",
 * "ingen data", "ikke prøvd", or the note. For tables beside the chart, in any output.
 * Returns a new string, g_free it. A hidden point's value is never read.
 */
char *chart_point_text(const Chart *chart, const ChartPoint *point);

/* "signal: better", "left out of the calculation"; "" for a point that says no more than chance.
 * Translated; lives for ever. */
const char *chart_signal_text(const ChartControl *point);

/* An SVG 1.1 file with XML header and its own colours, for saving. UTF-8, NUL-terminated; g_free it. */
char *chart_svg(const Chart *chart, size_t *ret_len);

/**
 * A PNG on white.
 *   width_px  100-8000; the height follows from chart_aspect().
 *   ret_png   yours (g_bytes_unref).
 * Errors: APP_ERROR_INVALID (width), APP_ERROR_DB (no memory in the drawing library).
 */
bool chart_png(const Chart *chart, int width_px, GBytes **ret_png, GError **error);

/**
 * Draw without title (the document sets the caption) into a box with its upper left corner at (0, 0).
 *   cairo    any surface; its state is as before afterwards.
 *   context  fonts to use, made for the surface; NULL: a new one. Inter is asked for at 9 pt when
 *            width is 482 pt (the text width of A4), larger or smaller in proportion.
 *   width, height  of the box in user units; the drawing fills the width if height is
 *            width * chart_aspect(), else it is fitted inside and centred.
 */
void chart_draw(const Chart *chart, cairo_t *cairo, PangoContext *context, double width,
                double height);

/* The same by a sink of the caller's, see chart-pen.h; its `place` is told where and how large. */
struct ChartPen;
void chart_draw_pen(const Chart *chart, struct ChartPen *pen, double width, double height);

/* Height / width of what chart_draw() draws. */
double chart_aspect(const Chart *chart);
