/* chart-svg.c - the SVG sink: classes for colour, attributes for geometry, everything escaped.
 *
 * In a page there is no colour in the markup: without a style sheet the drawing falls back to
 * currentColor. A saved file carries the fixed palette in a <style> element.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-pen.h"

void chart_svg_number(GString *out, double value)
{
    char digits[24];
    bool negative = value < 0;
    long tenths = isfinite(value) && fabs(value) < 1e9 ? lround(fabs(value) * 10) : 0;
    int n = 0;

    if (negative && tenths > 0)
        g_string_append_c(out, '-');
    for (long whole = tenths / 10; whole > 0 || n == 0; whole /= 10)
        digits[n++] = (char)('0' + whole % 10);
    while (n > 0)
        g_string_append_c(out, digits[--n]);
    if (tenths % 10 > 0) {
        g_string_append_c(out, '.');
        g_string_append_c(out, (char)('0' + tenths % 10));
    }
}

static const char *entity(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return c < 0x20 && c != '\t' && c != '\n' ? "" : NULL;
    }
}

void chart_svg_escape(GString *out, const char *text)
{
    g_autofree char *mended = NULL;
    const char *from;

    if (!text)
        return;
    if (!g_utf8_validate(text, -1, NULL))
        text = mended = g_utf8_make_valid(text, -1);
    from = text;
    for (const char *at = text; *at != '\0'; at++) {
        const char *instead = entity((unsigned char)*at);
        size_t skip = 1;

        if (!instead &&
            (strncmp(at, "\xef\xbf\xbe", 3) == 0 || strncmp(at, "\xef\xbf\xbf", 3) == 0))
            instead = "", skip = 3; /* U+FFFE, U+FFFF are no XML characters */
        if (!instead)
            continue;
        g_string_append_len(out, from, at - from);
        g_string_append(out, instead);
        at += skip - 1;
        from = at + 1;
    }
    g_string_append(out, from);
}

static void put_attribute(GString *out, const char *name, double value)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append(out, "=\"");
    chart_svg_number(out, value);
    g_string_append_c(out, '"');
}

/* Class, and what the shape needs to be seen where no style sheet is. */
static void put_style(GString *out, const ChartStyle *style, bool text)
{
    g_string_append(out, " class=\"");
    g_string_append(out, style->name);
    g_string_append_c(out, '"');
    if (style->fill == CHART_NO_COLOUR || style->optional)
        g_string_append(out, " fill=\"none\"");
    else
        g_string_append(out, " fill=\"currentColor\"");
    if (style->width > 0 && (style->fill == CHART_NO_COLOUR || style->optional))
        g_string_append(out, " stroke=\"currentColor\"");
    if (style->width > 0)
        put_attribute(out, "stroke-width", style->width);
    if (style->dash > 0) {
        g_string_append(out, " stroke-dasharray=\"");
        chart_svg_number(out, style->dash);
        g_string_append_c(out, ' ');
        chart_svg_number(out, style->gap);
        g_string_append_c(out, '"');
    }
    if (text && style->bold)
        g_string_append(out, " font-weight=\"600\"");
    if (text && style->size > 0)
        put_attribute(out, "font-size", style->size);
}

/* Ends an element, with the tooltip if there is one. */
static void close_element(GString *out, const char *element, const char *title)
{
    if (!title) {
        g_string_append(out, "/>");
        return;
    }
    g_string_append(out, "><title>");
    chart_svg_escape(out, title);
    g_string_append(out, "</title></");
    g_string_append(out, element);
    g_string_append_c(out, '>');
}

static void put_point(GString *out, char command, ChartXY at)
{
    g_string_append_c(out, command);
    chart_svg_number(out, at.x);
    g_string_append_c(out, ' ');
    chart_svg_number(out, at.y);
}

static GString *out_of(ChartPen *pen)
{
    return ((ChartSvgPen *)(void *)pen)->out;
}

static void svg_segments(ChartPen *pen, ChartInk ink, const ChartSegment *list, size_t n)
{
    GString *out = out_of(pen);

    g_string_append(out, "<path");
    put_style(out, chart_style(ink), false);
    g_string_append(out, " d=\"");
    for (size_t i = 0; i < n; i++) {
        put_point(out, 'M', list[i].from);
        put_point(out, 'L', list[i].to);
    }
    g_string_append_c(out, '"');
    close_element(out, "path", NULL);
}

static void svg_polyline(ChartPen *pen, ChartInk ink, const ChartXY *points, size_t n)
{
    GString *out = out_of(pen);

    g_string_append(out, "<polyline stroke-linejoin=\"round\"");
    put_style(out, chart_style(ink), false);
    g_string_append(out, " points=\"");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(out, ' ');
        chart_svg_number(out, points[i].x);
        g_string_append_c(out, ',');
        chart_svg_number(out, points[i].y);
    }
    g_string_append_c(out, '"');
    close_element(out, "polyline", NULL);
}

static void svg_rect(ChartPen *pen, ChartInk ink, const ChartBox *box, const char *title)
{
    GString *out = out_of(pen);

    g_string_append(out, "<rect");
    put_style(out, chart_style(ink), false);
    put_attribute(out, "x", box->x);
    put_attribute(out, "y", box->y);
    put_attribute(out, "width", box->w);
    put_attribute(out, "height", box->h);
    close_element(out, "rect", title);
}

static void svg_dot(GString *out, ChartInk ink, const ChartBox *around, const char *title)
{
    g_string_append(out, "<circle");
    put_style(out, chart_style(ink), false);
    put_attribute(out, "cx", around->x + around->w / 2);
    put_attribute(out, "cy", around->y + around->h / 2);
    put_attribute(out, "r", around->w / 2);
    close_element(out, "circle", title);
}

static void svg_mark(ChartPen *pen, ChartInk ink, ChartShape shape, const ChartBox *around,
                     const char *title)
{
    GString *out = out_of(pen);
    ChartXY corners[4];
    size_t n = chart_mark_corners(shape, around, corners);

    if (n == 0) {
        svg_dot(out, ink, around, title);
        return;
    }
    g_string_append(out, "<path");
    put_style(out, chart_style(ink), false);
    g_string_append(out, " d=\"");
    for (size_t i = 0; i < n; i++)
        put_point(out, i == 0 || (shape == CHART_CROSS && i == 2) ? 'M' : 'L', corners[i]);
    g_string_append(out, shape == CHART_CROSS ? "\"" : "Z\"");
    close_element(out, "path", title);
}

static void put_text(GString *out, const char *more, ChartInk ink, ChartXY at, ChartAnchor anchor)
{
    static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };

    g_string_append(out, "<text");
    put_style(out, chart_style(ink), true);
    put_attribute(out, "x", at.x);
    put_attribute(out, "y", at.y);
    g_string_append(out, anchors[anchor]);
    g_string_append(out, more);
    g_string_append_c(out, '>');
}

static void svg_text(ChartPen *pen, ChartInk ink, ChartXY at, ChartAnchor anchor, const char *text)
{
    const ChartSvgPen *svg = (const ChartSvgPen *)(const void *)pen;
    bool halo = chart_style(ink)->halo;

    if (halo && svg->standalone) { /* readers that do not know paint-order */
        put_text(svg->out, " stroke-width=\"3\" stroke-linejoin=\"round\" aria-hidden=\"true\"",
                 ink, at, anchor);
        chart_svg_escape(svg->out, text);
        g_string_append(svg->out, "</text>");
    }
    put_text(svg->out,
             !halo ? ""
             : svg->standalone
                 ? " stroke-width=\"0\""
                 : " stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
             ink, at, anchor);
    chart_svg_escape(svg->out, text);
    g_string_append(svg->out, "</text>");
}

static const ChartSink sink = { svg_segments, svg_polyline, svg_rect, svg_mark, svg_text };

ChartSvgPen chart_svg_pen(GString *out, bool standalone)
{
    return (ChartSvgPen){ .pen = { &sink }, .out = out, .standalone = standalone };
}

void chart_svg_palette(GString *out)
{
    for (int ink = 0; ink < N_INK; ink++) {
        const ChartStyle *style = chart_style((ChartInk)ink);

        g_string_append_printf(out, ".%s{", style->name);
        if (style->fill != CHART_NO_COLOUR)
            g_string_append_printf(out, "fill:#%06x;", (unsigned)style->fill);
        if (style->stroke != CHART_NO_COLOUR)
            g_string_append_printf(out, "stroke:#%06x", (unsigned)style->stroke);
        g_string_append(out, "}");
    }
}
