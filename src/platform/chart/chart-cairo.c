/* chart-cairo.c - the cairo sink: the fixed palette on any surface, text by Pango in Inter.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <pango/pangocairo.h>
#include "chart-pen.h"

static ChartCairoPen *self(ChartPen *pen)
{
    return (ChartCairoPen *)(void *)pen;
}

static void set_colour(cairo_t *cairo, int colour)
{
    cairo_set_source_rgb(cairo, ((colour >> 16) & 255) / 255.0, ((colour >> 8) & 255) / 255.0,
                         (colour & 255) / 255.0);
}

/* Fill and stroke the current path with an ink. */
static void paint(cairo_t *cairo, const ChartStyle *style)
{
    const double dashes[2] = { style->dash, style->gap };

    if (style->fill != CHART_NO_COLOUR) {
        set_colour(cairo, style->fill);
        cairo_fill_preserve(cairo);
    }
    if (style->stroke != CHART_NO_COLOUR && style->width > 0) {
        set_colour(cairo, style->stroke);
        cairo_set_line_width(cairo, style->width);
        cairo_set_dash(cairo, dashes, style->dash > 0 ? 2 : 0, 0);
        cairo_stroke_preserve(cairo);
    }
    cairo_new_path(cairo);
}

static void cairo_segments(ChartPen *pen, ChartInk ink, const ChartSegment *list, size_t n)
{
    cairo_t *cairo = self(pen)->cairo;

    for (size_t i = 0; i < n; i++) {
        cairo_move_to(cairo, list[i].from.x, list[i].from.y);
        cairo_line_to(cairo, list[i].to.x, list[i].to.y);
    }
    paint(cairo, chart_style(ink));
}

static void cairo_polyline(ChartPen *pen, ChartInk ink, const ChartXY *points, size_t n)
{
    cairo_t *cairo = self(pen)->cairo;

    for (size_t i = 0; i < n; i++)
        cairo_line_to(cairo, points[i].x, points[i].y);
    paint(cairo, chart_style(ink));
}

static void cairo_rect(ChartPen *pen, ChartInk ink, const ChartBox *box, const char *title)
{
    cairo_t *cairo = self(pen)->cairo;

    (void)title;
    cairo_rectangle(cairo, box->x, box->y, box->w, box->h);
    paint(cairo, chart_style(ink));
}

static void cairo_mark(ChartPen *pen, ChartInk ink, ChartShape shape, const ChartBox *around,
                       const char *title)
{
    cairo_t *cairo = self(pen)->cairo;
    ChartXY corners[4];
    size_t n = chart_mark_corners(shape, around, corners);

    (void)title;
    if (n == 0) {
        cairo_new_sub_path(cairo);
        cairo_arc(cairo, around->x + around->w / 2, around->y + around->h / 2, around->w / 2, 0,
                  2 * M_PI);
    }
    for (size_t i = 0; i < n; i++) {
        if (shape == CHART_CROSS && i == 2)
            cairo_new_sub_path(cairo);
        cairo_line_to(cairo, corners[i].x, corners[i].y);
    }
    if (shape != CHART_CROSS)
        cairo_close_path(cairo);
    paint(cairo, chart_style(ink));
}

/* Paper colour behind the text, so that it can be read over lines. */
static void clear_behind(ChartCairoPen *own, double x, double y, int colour)
{
    PangoRectangle ink;

    pango_layout_get_extents(own->layout, &ink, NULL);
    cairo_rectangle(own->cairo, x + (double)ink.x / PANGO_SCALE - 1.5,
                    y + (double)ink.y / PANGO_SCALE - 1.5, (double)ink.width / PANGO_SCALE + 3,
                    (double)ink.height / PANGO_SCALE + 3);
    set_colour(own->cairo, colour);
    cairo_fill(own->cairo);
}

static void cairo_text(ChartPen *pen, ChartInk ink, ChartXY at, ChartAnchor anchor,
                       const char *text)
{
    static const double shift[] = { 0, 0.5, 1 };
    ChartCairoPen *own = self(pen);
    const ChartStyle *style = chart_style(ink);
    double size = style->size > 0 ? style->size : CHART_TEXT_SIZE, x, y;
    int width, height;

    if (!own->now || own->now->size != style->size || own->now->bold != style->bold) {
        pango_font_description_set_absolute_size(own->font, size * PANGO_SCALE);
        pango_font_description_set_weight(own->font, style->bold ? PANGO_WEIGHT_SEMIBOLD
                                                                 : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(own->layout, own->font);
        own->now = style;
    }
    pango_layout_set_text(own->layout, text, -1);
    pango_layout_get_size(own->layout, &width, &height);
    x = at.x - shift[anchor] * width / PANGO_SCALE;
    y = at.y - (double)pango_layout_get_baseline(own->layout) / PANGO_SCALE;
    if (style->halo)
        clear_behind(own, x, y, style->stroke);
    cairo_move_to(own->cairo, x, y);
    set_colour(own->cairo, style->fill);
    pango_cairo_show_layout(own->cairo, own->layout);
    cairo_new_path(own->cairo);
}

static const ChartSink sink = { cairo_segments, cairo_polyline, cairo_rect, cairo_mark,
                                cairo_text };

void chart_cairo_pen_init(ChartCairoPen *pen, cairo_t *cairo, PangoContext *context)
{
    *pen = (ChartCairoPen){ .pen = { &sink }, .cairo = cairo };
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    if (context) {
        pango_cairo_update_context(cairo, context);
        pen->layout = pango_layout_new(context);
    } else {
        PangoContext *fresh = pango_cairo_create_context(cairo);
        cairo_font_options_t *options = cairo_font_options_create();

        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(fresh, options);
        cairo_font_options_destroy(options);
        pen->layout = pango_layout_new(fresh);
        g_object_unref(fresh);
    }
    pango_layout_set_single_paragraph_mode(pen->layout, TRUE);
    pen->font = pango_font_description_from_string("Inter, DejaVu Sans, sans-serif");
}

void chart_cairo_pen_clear(ChartCairoPen *pen)
{
    g_clear_object(&pen->layout);
    g_clear_pointer(&pen->font, pango_font_description_free);
}
