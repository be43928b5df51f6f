/* pdf-canvas.c - drawing into one page's content stream: colours, paths, glyph runs.
 *
 * What a run says is kept with it: a glyph's own text where that is enough, else ActualText around
 * the cluster (ISO 32000-1, 14.9.4). Blanks are never spelled out, as some readers drop the rest of
 * a line after an ActualText that is empty to them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "pdf-canvas.h"

static void put_colour(GString *out, uint32_t colour, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8) {
        pdf_put_number(out, (colour >> shift & 255) / 255.0);
        g_string_append_c(out, ' ');
    }
    g_string_append(out, operator);
}

void pdf_canvas_fill(PdfCanvas *canvas, uint32_t colour)
{
    if (canvas->fill != colour)
        put_colour(canvas->out, colour, "rg\n");
    canvas->fill = colour;
}

void pdf_canvas_stroke(PdfCanvas *canvas, uint32_t colour)
{
    if (canvas->stroke != colour)
        put_colour(canvas->out, colour, "RG\n");
    canvas->stroke = colour;
}

static bool same(double a, double b)
{
    return fabs(a - b) < 0.0005;
}

void pdf_canvas_line(PdfCanvas *canvas, double width, double dash, double gap)
{
    GString *out = canvas->out;

    if (!same(width, canvas->line)) {
        pdf_put_number(out, width);
        g_string_append(out, " w\n");
    }
    if (!same(dash, canvas->dash) || !same(gap, canvas->gap)) {
        g_string_append_c(out, '[');
        if (dash > 0) {
            pdf_put_number(out, dash);
            g_string_append_c(out, ' ');
            pdf_put_number(out, gap);
        }
        g_string_append(out, "]0 d\n");
    }
    canvas->line = width;
    canvas->dash = dash;
    canvas->gap = gap;
}

void pdf_canvas_point(PdfCanvas *canvas, double x, double y)
{
    pdf_put_number(canvas->out, x);
    g_string_append_c(canvas->out, ' ');
    pdf_put_number(canvas->out, canvas->height - y);
    g_string_append_c(canvas->out, ' ');
}

void pdf_canvas_rect(PdfCanvas *canvas, double x, double y, double w, double h)
{
    pdf_canvas_point(canvas, x, y + h);
    pdf_put_number(canvas->out, w);
    g_string_append_c(canvas->out, ' ');
    pdf_put_number(canvas->out, h);
    g_string_append(canvas->out, " re\n");
}

/* --- glyph runs --------------------------------------------------------------------------------- */

typedef struct {
    PdfCanvas *canvas;
    const PangoGlyphItem *item;
    PdfFace *face;
    double size, scale;
    double x, pen;   /* where the next glyph belongs, and where the file's pen stands */
    bool array, hex; /* within [...]TJ, within <...> */
} Run;

static void end_hex(Run *run)
{
    if (run->hex)
        g_string_append_c(run->canvas->out, '>');
    run->hex = false;
}

static void end_array(Run *run)
{
    end_hex(run);
    if (run->array)
        g_string_append(run->canvas->out, "]TJ\n");
    run->array = false;
}

static void set_font(Run *run, const PdfFace *face, double rise)
{
    PdfCanvas *canvas = run->canvas;

    if (canvas->face != face || !same(canvas->size, run->size)) {
        end_array(run);
        g_string_append(canvas->out, "/F");
        pdf_put_int(canvas->out, face->index);
        g_string_append_c(canvas->out, ' ');
        pdf_put_number(canvas->out, run->size);
        g_string_append(canvas->out, " Tf\n");
    }
    if (!same(canvas->rise, rise)) {
        end_array(run);
        pdf_put_number(canvas->out, rise);
        g_string_append(canvas->out, " Ts\n");
    }
    canvas->face = face;
    canvas->size = run->size;
    canvas->rise = rise;
}

static void put_glyph(Run *run, const PdfFace *face, unsigned slot, const PangoGlyphGeometry *at)
{
    const double unit = run->scale / PANGO_SCALE;
    GString *out = run->canvas->out;
    PdfPatch patch = { 0, (guint16)face->index, (guint16)slot };
    double shift;

    set_font(run, face, -at->y_offset * unit);
    if (!run->array)
        g_string_append_c(out, '[');
    run->array = true;
    shift = round((run->x + at->x_offset * unit - run->pen) * 1000 / run->size);
    if (shift != 0) {
        end_hex(run);
        pdf_put_int(out, -(int64_t)shift);
        run->pen += shift * run->size / 1000;
    }
    if (!run->hex)
        g_string_append_c(out, '<');
    run->hex = true;
    patch.at = (guint32)out->len;
    g_array_append_val(run->canvas->patches, patch);
    g_string_append_len(out, "0000", 4);
    run->pen += pdf_face_glyph(face, slot)->width * run->size / 1000;
}

static bool is_blank(const char *text)
{
    gunichar c = g_utf8_get_char(text);

    return (c == ' ' || c == 0xa0) && !*g_utf8_next_char(text);
}

/* The face and slot a glyph is shown by; no slot: it leaves no mark. */
static unsigned resolve(const Run *run, PangoGlyph glyph, PdfFace **ret_face)
{
    PdfFonts *fonts = run->canvas->fonts;
    unsigned slot = 0;

    *ret_face = run->face;
    if (glyph == PANGO_GLYPH_EMPTY)
        return 0;
    if (!(glyph & PANGO_GLYPH_UNKNOWN_FLAG))
        slot = pdf_face_slot(run->face, glyph);
    if (slot)
        return slot;
    *ret_face = fonts->body; /* no font has it, or only as a picture */
    return pdf_face_slot(fonts->body, fonts->missing);
}

/* Has one glyph say `words` by itself, or tells that it cannot. */
static bool says(const Run *run, PdfGlyph *glyph, const char *words)
{
    if (!glyph->text)
        glyph->text = g_string_chunk_insert_const(run->canvas->fonts->texts, words);
    return !strcmp(glyph->text, words) || (is_blank(glyph->text) && is_blank(words));
}

/* A cluster of glyphs first..last-1 that stands for `words`. */
static void put_cluster(Run *run, int first, int last, const char *words)
{
    const PangoGlyphInfo *info = run->item->glyphs->glyphs;
    PdfFace *face;
    unsigned slot = 0, n = 0;
    bool span;

    for (int i = first; i < last; i++)
        n += resolve(run, info[i].glyph, &face) != 0;
    if (n == 1)
        for (int i = first; i < last && !slot; i++)
            slot = resolve(run, info[i].glyph, &face);
    span = n > 1 || (slot && !says(run, pdf_face_glyph(face, slot), words));
    if (span) {
        end_array(run);
        g_string_append(run->canvas->out, "/Span<</ActualText<FEFF");
        pdf_put_utf16(run->canvas->out, words);
        g_string_append(run->canvas->out, ">>>BDC\n");
    }
    for (int i = first; i < last; i++) {
        slot = resolve(run, info[i].glyph, &face);
        if (slot)
            put_glyph(run, face, slot, &info[i].geometry);
        run->x += info[i].geometry.width * run->scale / PANGO_SCALE;
    }
    if (span) {
        end_array(run);
        g_string_append(run->canvas->out, "EMC\n");
    }
}

static void put_clusters(Run *run, const char *text)
{
    const PangoGlyphString *glyphs = run->item->glyphs;
    const PangoItem *item = run->item->item;
    bool backward = item->analysis.level & 1;
    const int *at = glyphs->log_clusters;

    for (int i = 0, next; i < glyphs->num_glyphs; i = next) {
        char few[32];
        g_autofree char *many = NULL;
        int end = item->length;

        for (next = i + 1; next < glyphs->num_glyphs && at[next] == at[i];)
            next++;
        if (backward ? i > 0 : next < glyphs->num_glyphs)
            end = at[backward ? i - 1 : next];
        size_t size = (size_t)MAX(end - at[i], 0);
        if (size >= sizeof few)
            many = g_malloc(size + 1);
        char *words = many ? many : few;
        memcpy(words, text + item->offset + at[i], size);
        words[size] = '\0';
        put_cluster(run, i, next, words);
    }
}

void pdf_canvas_glyphs(PdfCanvas *canvas, const PangoGlyphItem *item, const char *text,
                       PdfSpot spot)
{
    PangoFont *font = item->item->analysis.font;
    hb_font_t *shaper = font ? pango_font_get_hb_font(font) : NULL;
    Run run = { .canvas = canvas, .item = item, .scale = spot.scale };
    int x_scale = 0, y_scale = 0;

    if (!shaper)
        return;
    hb_font_get_scale(shaper, &x_scale, &y_scale);
    run.size = y_scale * spot.scale / PANGO_SCALE;
    run.face = pdf_face(canvas->fonts, hb_font_get_face(shaper));
    if (run.size <= 0)
        return;
    g_string_append(canvas->out, "BT\n");
    pdf_canvas_point(canvas, spot.x, spot.y);
    g_string_append(canvas->out, "Td\n");
    put_clusters(&run, text);
    end_array(&run);
    g_string_append(canvas->out, "ET\n");
}
