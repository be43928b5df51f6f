/* pdf-text.c - type: fonts, texts of a style and width, and lines as glyph runs.
 *
 * Lines are drawn run by run, so that a link in the middle of a line gets its own mark. One glyph is
 * mended on the way: the blank that Pango empties at the end of a line, without which readers would
 * lose the word space. Shaping is the dearest step of all, and tables and charts repeat themselves:
 * words are shaped once for each style, and broken into lines once for each width.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <hb.h>
#include "pdf.h"

#define ZERO_WIDTH_SPACE 0x200b
#define ZERO_WIDTH_JOINER 0x200d

static const struct {
    double size, leading;
    int weight;
    uint32_t colour; /* 0: the document's accent */
    bool tabular;
} styles[N_STYLE] = {
    [STYLE_BODY] = { 10.2, 14.6, 400, INK, false },
    [STYLE_LEAD] = { 11.6, 16.4, 500, INK, false },
    [STYLE_H1] = { 20, 25, 700, 0, false },
    [STYLE_H2] = { 14.5, 19, 650, INK, false },
    [STYLE_H3] = { 11.6, 16, 650, INK, false },
    [STYLE_H4] = { 10.2, 14.6, 650, GREY, false },
    [STYLE_CELL] = { 8.8, 12, 400, INK, true },
    [STYLE_CELL_BOLD] = { 8.8, 12, 600, INK, true },
    [STYLE_CELL_S] = { 7.8, 10.6, 400, INK, true },
    [STYLE_CELL_S_BOLD] = { 7.8, 10.6, 600, INK, true },
    [STYLE_CELL_XS] = { 7, 9.6, 400, INK, true },
    [STYLE_CELL_XS_BOLD] = { 7, 9.6, 600, INK, true },
    [STYLE_CAPTION] = { 9.2, 12.8, 600, INK, true },
    [STYLE_SMALL] = { 8.2, 11.4, 400, GREY, true },
    [STYLE_LABEL] = { 9.4, 13.4, 650, INK, false },
    [STYLE_CODE] = { 8.6, 12.4, 400, INK, true },
    [STYLE_TITLE] = { 32, 39, 700, INK, false },
    [STYLE_SUBTITLE] = { 15, 21, 400, GREY, false },
    [STYLE_OWNER] = { 12, 16, 600, 0, false },
    [STYLE_TOC] = { 10.2, 17, 400, INK, true },
    [STYLE_TOC_BOLD] = { 10.6, 20, 600, INK, true },
};

static PangoAttrList *features(const char *wanted)
{
    PangoAttrList *list = pango_attr_list_new();

    pango_attr_list_insert(list, pango_attr_font_features_new(wanted));
    return list;
}

/* The family must be there: another font would change every page break, silently. */
static bool check_font(Pdf *pdf, GError **error)
{
    g_autoptr(PangoFont) font = pango_context_load_font(pdf->context, pdf->fonts[STYLE_BODY]);
    g_autoptr(PangoFontDescription) got = font ? pango_font_describe(font) : NULL;
    const char *family = got ? pango_font_description_get_family(got) : NULL;
    hb_font_t *hb;

    if (!family || !g_str_has_prefix(family, PDF_FAMILY))
        return app_fail(error, APP_ERROR_DB, "the font Inter is not installed (fonts-inter)");
    hb = pango_font_get_hb_font(font);
    pdf->faces.body = pdf_face(&pdf->faces, hb_font_get_face(hb));
    if (!hb_font_get_nominal_glyph(hb, 0xfffd, &pdf->faces.missing))
        hb_font_get_nominal_glyph(hb, '?', &pdf->faces.missing);
    return true;
}

bool pdf_text_init(Pdf *pdf, GError **error)
{
    pdf->context = pdf_context(pdf->doc->meta.lang);
    for (int i = 0; i < N_STYLE; i++) {
        PangoFontDescription *font = pango_font_description_new();

        pango_font_description_set_family_static(font, i == STYLE_CODE ? PDF_MONO : PDF_FAMILY);
        pango_font_description_set_weight(font, (PangoWeight)styles[i].weight);
        pango_font_description_set_absolute_size(font, styles[i].size * PANGO_SCALE);
        pdf->fonts[i] = font;
    }
    pdf->plain = features("calt=0"); /* no arrows for "->": what people wrote stays */
    pdf->tabular = features("calt=0, tnum=1");
    return check_font(pdf, error);
}

static void text_free(Text *text)
{
    g_free(text->spans);
    g_free(text);
}

void pdf_text_clear(Pdf *pdf)
{
    for (guint i = 0; i < pdf->texts->len; i++)
        text_free(pdf->texts->pdata[i]);
    for (int i = 0; i < N_STYLE; i++)
        if (pdf->fonts[i])
            pango_font_description_free(pdf->fonts[i]);
    g_clear_pointer(&pdf->plain, pango_attr_list_unref);
    g_clear_pointer(&pdf->tabular, pango_attr_list_unref);
    g_clear_object(&pdf->context);
    g_clear_object(&pdf->full);
}

double pdf_leading(Style style)
{
    return styles[style].leading;
}

/* Inter has most of what is written here; above this there are pictures, for which Pango asks other
 * fonts first. */
#define LAST_PLAIN 0x22ff

/* Is every character Inter's own, so that no other font need be looked for? */
static bool is_plain(const Pdf *pdf, const char *words)
{
    hb_font_t *font = pdf->faces.body->units;
    hb_codepoint_t glyph;

    for (const char *p = words; *p; p = g_utf8_next_char(p)) {
        gunichar c = (guchar)*p < 0x80 ? (guchar)*p : g_utf8_get_char(p);

        if (c >= 0x80 && c != ZERO_WIDTH_SPACE &&
            (c > LAST_PLAIN || !hb_font_get_nominal_glyph(font, c, &glyph)))
            return false;
    }
    return true;
}

static PangoContext *context_for(Pdf *pdf, const char *words)
{
    if (is_plain(pdf, words))
        return pdf->context;
    if (!pdf->full)
        pdf->full = pdf_context_full(pdf->doc->meta.lang);
    return pdf->full;
}

static Shaped *shape(Pdf *pdf, const PangoFontDescription *font, PangoAttrList *attrs,
                     const char *words)
{
    Shaped *shaped = pdf_shape(context_for(pdf, words), font, attrs, words);

    g_ptr_array_add(pdf->own_shaped, shaped);
    return shaped;
}

static Lines *keep_lines(Pdf *pdf, Lines *lines)
{
    g_ptr_array_add(pdf->own_lines, lines);
    return lines;
}

static PangoAttrList *attributes(const Pdf *pdf, Style style)
{
    return styles[style].tabular ? pdf->tabular : pdf->plain;
}

static void set_lines(Text *text, const Lines *lines)
{
    text->lines = lines;
    text->n_lines = (int)lines->line->len;
}

/* Sets the lines of these words, shared with all equal texts. */
static void share(Pdf *pdf, Text *text, const char *words, int width)
{
    g_autofree char *key = g_strdup_printf("%d %s", (int)text->style, words);
    g_autofree char *lines_key = g_strdup_printf("%d %s", width, key);
    Lines *lines = g_hash_table_lookup(pdf->lines, lines_key);

    text->shaped = g_hash_table_lookup(pdf->shaped, key);
    if (!text->shaped) {
        text->shaped = shape(pdf, pdf->fonts[text->style], attributes(pdf, text->style), words);
        g_hash_table_insert(pdf->shaped, g_steal_pointer(&key), (void *)(uintptr_t)text->shaped);
    }
    if (!lines) {
        lines = keep_lines(pdf, pdf_lines(text->shaped, width));
        g_hash_table_insert(pdf->lines, g_steal_pointer(&lines_key), lines);
    }
    set_lines(text, lines);
}

void pdf_text_wrap(Pdf *pdf, Text *text, double width)
{
    set_lines(text, keep_lines(pdf, pdf_lines(text->shaped, (int)(width * PANGO_SCALE))));
}

void pdf_text_restyle(Pdf *pdf, Text *text, Style style)
{
    text->style = style;
    share(pdf, text, text->lines->words, -1);
}

void pdf_text_ellipsize(Pdf *pdf, Text *text, double width)
{
    set_lines(text,
              keep_lines(pdf, pdf_lines_ellipsized(text->shaped, (int)(width * PANGO_SCALE))));
}

const Lines *pdf_label(Pdf *pdf, double size, bool bold, const char *words)
{
    g_autofree char *key = g_strdup_printf("label %d %d %s", (int)(size * 10), bold, words);
    Lines *lines = g_hash_table_lookup(pdf->lines, key);
    PangoFontDescription *font;

    if (lines)
        return lines;
    font = pango_font_description_copy_static(pdf->fonts[STYLE_BODY]);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    lines = keep_lines(pdf, pdf_lines(shape(pdf, font, pdf->plain, words), -1));
    pango_font_description_free(font);
    g_hash_table_insert(pdf->lines, g_steal_pointer(&key), lines);
    return lines;
}

static Text *text_new(Pdf *pdf, Style style)
{
    Text *text = g_new0(Text, 1);

    g_ptr_array_add(pdf->texts, text);
    text->style = style;
    text->colour = styles[style].colour ? styles[style].colour : pdf->accent;
    return text;
}

static void set_span(Text *text, guint start, guint end, Elem *slot)
{
    if (text->n_spans && text->spans[text->n_spans - 1].slot == slot) {
        text->spans[text->n_spans - 1].end = end;
        return;
    }
    text->spans = g_renew(Span, text->spans, text->n_spans + 1);
    text->spans[text->n_spans++] = (Span){ start, end, slot, NULL };
}

#define LONGEST_WORD 60

/* Append text; a word longer than any line gets places to break, since laying out one of 39,000
 * letters takes seconds. Returns the bytes appended. */
static guint append_words(GString *out, const char *text)
{
    gsize before = out->len;
    int word = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        word = c == ' ' || c == '\n' ? 0 : word + 1;
        if (word > LONGEST_WORD && !g_unichar_ismark(c) && c != ZERO_WIDTH_JOINER) {
            g_string_append_unichar(out, ZERO_WIDTH_SPACE);
            word = 1;
        }
        g_string_append_unichar(out, c);
    }
    return (guint)(out->len - before);
}

Text *pdf_text(Pdf *pdf, Style style, const char *words, double width, Elem *elem)
{
    Text *text = text_new(pdf, style);
    g_autoptr(GString) broken = NULL;

    if (strlen(words) > LONGEST_WORD) {
        broken = g_string_new(NULL);
        append_words(broken, words);
        words = broken->str;
    }
    set_span(text, 0, (guint)strlen(words), elem ? pdf_slot(pdf, elem) : NULL);
    share(pdf, text, words, width > 0 ? (int)(width * PANGO_SCALE) : -1);
    if (width <= 0)
        text->natural = pdf_lines_width(text->lines);
    return text;
}

static void add_attr(PangoAttrList *list, PangoAttribute *attr, guint start, guint end)
{
    attr->start_index = start;
    attr->end_index = end;
    pango_attr_list_insert(list, attr);
}

static void style_run(PangoAttrList *list, const DocRun *run, guint start, guint end)
{
    if (run->style & DOC_STRONG)
        add_attr(list, pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), start, end);
    if (run->style & DOC_EM)
        add_attr(list, pango_attr_style_new(PANGO_STYLE_ITALIC), start, end);
    if (run->style & DOC_CODE)
        add_attr(list, pango_attr_family_new(PDF_MONO), start, end);
    if (run->style & DOC_CODE)
        add_attr(list, pango_attr_scale_new(0.88), start, end);
    if (run->url) /* splits the glyph run; the colour itself is set when drawing */
        add_attr(list, pango_attr_foreground_new(0, 0, 0xffff), start, end);
    if (run->lang)
        add_attr(list, pango_attr_language_new(pango_language_from_string(run->lang)), start, end);
}

/* Where a link leads in the file: "#id", or an absolute address; NULL when it leads nowhere. */
static const char *target(Pdf *pdf, const char *url)
{
    if (url && *url == '#')
        return g_hash_table_contains(pdf->doc->ids, url + 1) ? url : NULL;
    if (!url || *url != '/')
        return url;
    if (!pdf->doc->meta.base_url)
        return NULL;
    g_autofree char *full = g_strconcat(pdf->doc->meta.base_url, url, NULL);
    return g_string_chunk_insert(pdf->strings, full);
}

static Elem *run_slot(Pdf *pdf, const DocRun *run, const char *url, Elem *elem)
{
    Elem *inner = elem;

    if (run->lang) {
        inner = pdf_elem(pdf, inner, "Span");
        inner->lang = doc_lang_tag(run->lang);
    }
    if (url)
        inner = pdf_elem(pdf, inner, "Link");
    if (inner == elem && elem->last && !elem->last->type)
        return elem->last;
    return pdf_slot(pdf, inner);
}

Text *pdf_text_runs(Pdf *pdf, Style style, const Block *block, double width, Elem *elem)
{
    g_autoptr(GString) words = g_string_new(NULL);
    PangoAttrList *list = pango_attr_list_copy(styles[style].tabular ? pdf->tabular : pdf->plain);
    g_autofree guint *length = g_new0(guint, MAX(block->n_runs, 1));
    Text *text;

    for (size_t i = 0; i < block->n_runs; i++) {
        const DocRun *run = &block->runs[i];
        guint start = (guint)words->len;

        length[i] = append_words(words, run->text);
        style_run(list, run, start, (guint)words->len);
        if (run->line_break && i + 1 < block->n_runs)
            g_string_append_c(words, '\n');
    }
    text = text_new(pdf, style);
    for (size_t i = 0, start = 0; i < block->n_runs; i++) {
        const char *url = target(pdf, block->runs[i].url);
        size_t end = start + length[i] + block->runs[i].line_break;

        set_span(text, (guint)start, (guint)end, run_slot(pdf, &block->runs[i], url, elem));
        text->spans[text->n_spans - 1].url = url;
        start = end;
    }
    text->shaped = shape(pdf, pdf->fonts[style], list, words->str);
    pango_attr_list_unref(list);
    pdf_text_wrap(pdf, text, width);
    return text;
}

double pdf_text_height(const Text *text)
{
    return text->n_lines * styles[text->style].leading;
}

/* --- drawing ------------------------------------------------------------------------------------ */

static void mend_glyphs(PangoGlyphItem *run, const char *words)
{
    hb_font_t *font =
        run->item->analysis.font ? pango_font_get_hb_font(run->item->analysis.font) : NULL;

    for (int i = 0; i < run->glyphs->num_glyphs && font; i++) {
        PangoGlyphInfo *info = &run->glyphs->glyphs[i];
        const char *at = words + run->item->offset + run->glyphs->log_clusters[i];
        hb_codepoint_t glyph = 0;

        if (info->glyph == PANGO_GLYPH_EMPTY && *at == ' ' &&
            hb_font_get_nominal_glyph(font, ' ', &glyph))
            info->glyph = glyph;
    }
}

static const Span *span_at(const Text *text, guint offset)
{
    guint i = 0;

    while (i + 1 < text->n_spans && offset >= text->spans[i].end)
        i++;
    return &text->spans[i];
}

static void draw_link(Pdf *pdf, const Text *text, const Span *span, const Op *op)
{
    double rise = styles[text->style].size;
    const char *words = text->lines->words;
    Link link = { pdf->page,          op->x,     op->y - rise, op->w, rise * 1.3,
                  span->slot->parent, span->url, NULL };
    int number = (int)pdf->links->len;
    Elem *elem = span->slot->parent;

    link.text = g_string_chunk_insert_len(pdf->strings, words + span->start,
                                          (gssize)(span->end - span->start));
    g_array_append_val(pdf->links, link);
    if (!elem->objects)
        elem->objects = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_append_val(elem->objects, number);
    if (text->style != STYLE_TOC && text->style != STYLE_TOC_BOLD)
        pdf_rect(pdf, op->x, op->y + 1.6, op->w, 0.5, pdf->accent);
}

void pdf_draw_line(Pdf *pdf, const Text *text, int line, double x, double y)
{
    const char *words = text->lines->words;
    const GPtrArray *runs = pdf_lines_line(text->lines, line);
    double baseline = y + styles[text->style].leading / 2 + styles[text->style].size * 0.363;

    for (guint i = 0; i < runs->len; i++) {
        PangoGlyphItem *run = runs->pdata[i];
        const Span *span = span_at(text, (guint)run->item->offset);
        Op op = { .kind = OP_GLYPHS,
                  .slot = span->slot,
                  .x = x,
                  .y = baseline,
                  .item = run,
                  .text = words,
                  .colour = text->colour,
                  .w = pdf_run_width(run) };

        mend_glyphs(run, words);
        if (span->url && text->style != STYLE_TOC && text->style != STYLE_TOC_BOLD)
            op.colour = pdf->accent;
        op.paging = !span->slot;
        g_array_append_val(pdf->page->ops, op);
        if (span->url)
            draw_link(pdf, text, span, &op);
        x += op.w;
    }
}

void pdf_draw_lines(Pdf *pdf, const Text *text, int first, int n, double x, double y)
{
    for (int i = 0; i < n; i++)
        pdf_draw_line(pdf, text, first + i, x, y + i * styles[text->style].leading);
}
