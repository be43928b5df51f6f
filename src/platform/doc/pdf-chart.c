/* pdf-chart.c - the chart's sink for PDF: the fixed palette, paths and labels into a page's content.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart-pen.h"
#include "pdf.h"

#define ROUND 0.5523 /* of the radius: control points of a quarter circle */

typedef struct {
    ChartPen pen;
    Pdf *pdf;
    PdfCanvas *canvas;
    double x, y, scale; /* chart units to points on the page */
} Sink;

static Sink *self(ChartPen *pen)
{
    return (Sink *)(void *)pen;
}

static void place(ChartPen *pen, double x, double y, double scale)
{
    Sink *sink = self(pen);

    sink->x += x;
    sink->y += y;
    sink->scale = scale;
}

static void put_point(const Sink *sink, double x, double y, const char *operator)
{
    pdf_canvas_point(sink->canvas, sink->x + x * sink->scale, sink->y + y * sink->scale);
    g_string_append(sink->canvas->out, operator);
}

static void set_style(const Sink *sink, const ChartStyle *style)
{
    if (style->fill != CHART_NO_COLOUR)
        pdf_canvas_fill(sink->canvas, (uint32_t)style->fill);
    if (style->stroke == CHART_NO_COLOUR || style->width <= 0)
        return;
    pdf_canvas_stroke(sink->canvas, (uint32_t)style->stroke);
    pdf_canvas_line(sink->canvas, style->width * sink->scale, style->dash * sink->scale,
                    style->gap * sink->scale);
}

static void paint(const Sink *sink, const ChartStyle *style)
{
    bool fill = style->fill != CHART_NO_COLOUR;
    bool stroke = style->stroke != CHART_NO_COLOUR && style->width > 0;

    g_string_append(sink->canvas->out, fill && stroke ? "B\n"
                                       : fill         ? "f\n"
                                       : stroke       ? "S\n"
                                                      : "n\n");
}

static void segments(ChartPen *pen, ChartInk ink, const ChartSegment *list, size_t n)
{
    set_style(self(pen), chart_style(ink));
    for (size_t i = 0; i < n; i++) {
        put_point(self(pen), list[i].from.x, list[i].from.y, "m ");
        put_point(self(pen), list[i].to.x, list[i].to.y, "l\n");
    }
    paint(self(pen), chart_style(ink));
}

static void polyline(ChartPen *pen, ChartInk ink, const ChartXY *points, size_t n)
{
    set_style(self(pen), chart_style(ink));
    for (size_t i = 0; i < n; i++)
        put_point(self(pen), points[i].x, points[i].y, i ? "l\n" : "m\n");
    paint(self(pen), chart_style(ink));
}

static void rect(ChartPen *pen, ChartInk ink, const ChartBox *box, const char *title)
{
    const Sink *sink = self(pen);

    (void)title;
    set_style(sink, chart_style(ink));
    pdf_canvas_rect(sink->canvas, sink->x + box->x * sink->scale, sink->y + box->y * sink->scale,
                    box->w * sink->scale, box->h * sink->scale);
    paint(sink, chart_style(ink));
}

static void circle(const Sink *sink, const ChartBox *around)
{
    static const double quarters[4][6] = { { 1, ROUND, ROUND, 1, 0, 1 },
                                           { -ROUND, 1, -1, ROUND, -1, 0 },
                                           { -1, -ROUND, -ROUND, -1, 0, -1 },
                                           { ROUND, -1, 1, -ROUND, 1, 0 } };
    double r = around->w / 2, x = around->x + r, y = around->y + around->h / 2;

    put_point(sink, x + r, y, "m\n");
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 6; k += 2)
            put_point(sink, x + r * quarters[i][k], y + r * quarters[i][k + 1],
                      k == 4 ? "c\n" : "");
    g_string_append(sink->canvas->out, "h ");
}

static void mark(ChartPen *pen, ChartInk ink, ChartShape shape, const ChartBox *around,
                 const char *title)
{
    const Sink *sink = self(pen);
    ChartXY corners[4];
    size_t n = chart_mark_corners(shape, around, corners);

    (void)title;
    set_style(sink, chart_style(ink));
    if (n == 0)
        circle(sink, around);
    for (size_t i = 0; i < n; i++)
        put_point(sink, corners[i].x, corners[i].y,
                  i == 0 || (shape == CHART_CROSS && i == 2) ? "m " : "l ");
    if (n > 0 && shape != CHART_CROSS)
        g_string_append(sink->canvas->out, "h ");
    paint(sink, chart_style(ink));
}

/* Paper colour behind the text, so that it can be read over lines. */
static void clear_behind(const Sink *sink, const ChartBox *box, uint32_t colour)
{
    pdf_canvas_fill(sink->canvas, colour);
    pdf_canvas_rect(sink->canvas, box->x, box->y, box->w, box->h);
    g_string_append(sink->canvas->out, "f\n");
}

static void text(ChartPen *pen, ChartInk ink, ChartXY at, ChartAnchor anchor, const char *words)
{
    static const double shift[] = { 0, 0.5, 1 };
    const Sink *sink = self(pen);
    const ChartStyle *style = chart_style(ink);
    double size = style->size > 0 ? style->size : CHART_TEXT_SIZE, rim = 1.5 * sink->scale;
    const Lines *label = pdf_label(sink->pdf, size, style->bold, words);
    const GPtrArray *runs = pdf_lines_line(label, 0);
    double width = pdf_lines_width(label) * sink->scale, height = size * sink->scale;
    double x = sink->x + at.x * sink->scale - shift[anchor] * width;
    double y = sink->y + at.y * sink->scale;
    ChartBox behind = { x - rim, y - 0.74 * height - rim, width + 2 * rim,
                        0.96 * height + 2 * rim };

    if (style->halo)
        clear_behind(sink, &behind, (uint32_t)style->stroke);
    pdf_canvas_fill(sink->canvas, (uint32_t)style->fill);
    for (guint i = 0; i < runs->len; i++) {
        pdf_canvas_glyphs(sink->canvas, runs->pdata[i], words, (PdfSpot){ x, y, sink->scale });
        x += pdf_run_width(runs->pdata[i]) * sink->scale;
    }
}

static const ChartSink sink_table = { .segments = segments,
                                      .polyline = polyline,
                                      .rect = rect,
                                      .mark = mark,
                                      .text = text,
                                      .place = place };

void pdf_chart(Pdf *pdf, PdfCanvas *canvas, const Op *op)
{
    Sink sink = { .pen = { &sink_table }, .pdf = pdf, .canvas = canvas, .x = op->x, .y = op->y };

    chart_draw_pen(op->chart, &sink.pen, op->w, op->h);
}
