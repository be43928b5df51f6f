/* pdf-lines.c - words into lines of glyphs: shaped once, broken for each width asked for.
 *
 * Pango finds the pieces of one font and direction, where a line may break, and the glyphs. Its
 * PangoLayout would do the rest too, but finds the metrics of each font and the ink of each glyph on
 * the way, which nobody here asks for and which cost more than the shaping. The rules of breaking are
 * PangoLayout's: at the last place that fits, the blank before it not counted; and a line that was
 * broken ends in a blank without width. Where a word must be broken, with hyphens and letters that
 * change their shape, the whole text is left to PangoLayout after all.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf.h"

/* A stretch without line ends. */
typedef struct {
    int start, n;        /* bytes before it; characters in it */
    GPtrArray *items;    /* PangoGlyphItem *, in the order of the text */
    PangoLogAttr *attrs; /* n + 1 */
    int *widths, *at;    /* of each character: n widths, and n + 1 offsets in the words */
} Stretch;

struct Shaped {
    PangoContext *context;
    PangoFontDescription *font;
    PangoAttrList *attrs;
    char *words;
    GPtrArray *stretches;
};

static void glyph_item_free(gpointer item)
{
    pango_glyph_item_free(item);
}

static void stretch_free(gpointer data)
{
    Stretch *s = data;

    g_ptr_array_unref(s->items);
    g_free(s->attrs);
    g_free(s->widths);
    g_free(s->at);
    g_free(s);
}

static PangoGlyphItem *glyph_item(const char *words, PangoItem *item)
{
    PangoGlyphItem *made = g_slice_new0(PangoGlyphItem);

    made->item = item;
    made->glyphs = pango_glyph_string_new();
    pango_shape_item(item, words, (int)strlen(words), NULL, made->glyphs, PANGO_SHAPE_NONE);
    return made;
}

static void shape(Stretch *s, PangoContext *context, const char *words, int size,
                  PangoAttrList *attrs)
{
    /* the first letter that has a direction decides, as in PangoLayout */
    GList *items = pango_itemize_with_base_dir(context, PANGO_DIRECTION_WEAK_LTR, words, s->start,
                                               size, attrs, NULL);
    int done = 0;

    for (GList *l = items; l; l = l->next) {
        PangoGlyphItem *made = glyph_item(words, l->data);

        pango_glyph_item_get_logical_widths(made, words, s->widths + done);
        done += made->item->num_chars;
        g_ptr_array_add(s->items, made);
    }
    g_list_free(items);
}

static Stretch *stretch_new(PangoContext *context, const char *words, int start, int size,
                            PangoAttrList *attrs)
{
    Stretch *s = g_new0(Stretch, 1);
    const char *p = words + start;

    s->start = start;
    s->n = (int)g_utf8_strlen(p, size);
    s->items = g_ptr_array_new_with_free_func(glyph_item_free);
    s->attrs = g_new0(PangoLogAttr, s->n + 1);
    s->widths = g_new0(int, s->n + 1);
    s->at = g_new0(int, s->n + 1);
    for (int i = 0; i < s->n; i++, p = g_utf8_next_char(p))
        s->at[i] = (int)(p - words);
    s->at[s->n] = start + size;
    if (s->n == 0)
        return s;
    pango_get_log_attrs(words + start, size, -1, pango_context_get_language(context), s->attrs,
                        s->n + 1);
    shape(s, context, words, size, attrs);
    return s;
}

Shaped *pdf_shape(PangoContext *context, const PangoFontDescription *font, PangoAttrList *attrs,
                  const char *words)
{
    Shaped *shaped = g_new0(Shaped, 1);
    int all = (int)strlen(words), start = 0;
    bool more;

    pango_context_set_font_description(context, font);
    shaped->context = context;
    shaped->font = pango_font_description_copy(font);
    shaped->attrs = pango_attr_list_ref(attrs);
    shaped->words = g_strdup(words);
    shaped->stretches = g_ptr_array_new_with_free_func(stretch_free);
    do { /* an end of line at the very end opens one more, empty stretch */
        int end = all - start, next = all - start;

        if (start < all)
            pango_find_paragraph_boundary(words + start, all - start, &end, &next);
        g_ptr_array_add(shaped->stretches, stretch_new(context, shaped->words, start, end, attrs));
        more = next > end;
        start += next;
    } while (more);
    return shaped;
}

void pdf_shaped_free(Shaped *shaped)
{
    g_ptr_array_unref(shaped->stretches);
    pango_font_description_free(shaped->font);
    pango_attr_list_unref(shaped->attrs);
    g_free(shaped->words);
    g_free(shaped);
}

/* --- breaking ----------------------------------------------------------------------------------- */

#define NOWHERE (-1)

/* Where the line that starts at character `first` ends: NOWHERE when only within a word. room < 0: it
 * never has to. */
static int break_line(const Stretch *s, int first, int room)
{
    int best = NOWHERE, width = 0;

    for (int i = first + 1; i <= s->n; i++) {
        int blank = i < s->n && s->attrs[i - 1].is_white ? s->widths[i - 1] : 0;

        width += s->widths[i - 1];
        if (room >= 0 && width - blank > room)
            return best;
        if (i < s->n && s->attrs[i].is_mandatory_break)
            return i;
        if (i == s->n || (s->attrs[i].is_line_break && !s->attrs[i].break_inserts_hyphen))
            best = i;
    }
    return best;
}

/* --- lines -------------------------------------------------------------------------------------- */

/* The blank at which a line was broken has no width. */
static void empty_last(const PangoGlyphItem *item, const char *words, int end)
{
    int offset = end - 1 - item->item->offset;

    if (words[end - 1] != ' ')
        return;
    for (int i = 0; i < item->glyphs->num_glyphs; i++)
        if (item->glyphs->log_clusters[i] == offset)
            item->glyphs->glyphs[i].geometry.width = 0;
}

/* From the order of the text to the order on paper. */
static void reorder(GPtrArray *line)
{
    GList *logical = NULL, *visual;
    guint to = 0;

    for (guint i = line->len; i-- > 0;)
        logical = g_list_prepend(logical, ((PangoGlyphItem *)line->pdata[i])->item);
    visual = pango_reorder_items(logical);
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (GList *l = visual; l; l = l->next)
        for (guint i = 0; i < line->len; i++)
            if (((PangoGlyphItem *)line->pdata[i])->item == l->data)
                g_ptr_array_add(sorted, line->pdata[i]);
    for (; to < line->len; to++)
        line->pdata[to] = sorted->pdata[to];
    g_list_free(logical);
    g_list_free(visual);
}

static bool is_backward(const GPtrArray *line)
{
    for (guint i = 0; i < line->len; i++)
        if (((PangoGlyphItem *)line->pdata[i])->item->analysis.level & 1)
            return true;
    return false;
}

typedef struct {
    const char *words;
    const Stretch *stretch;
    guint next;           /* item of the stretch */
    PangoGlyphItem *rest; /* of an item that was cut, or NULL */
} Feed;

/* The items up to byte `end`, each a copy: a stretch is broken for more than one width. */
static GPtrArray *take_line(Feed *feed, int end)
{
    GPtrArray *line = g_ptr_array_new_with_free_func(glyph_item_free);

    while (feed->rest || feed->next < feed->stretch->items->len) {
        PangoGlyphItem *item = feed->rest;

        if (!item)
            item = pango_glyph_item_copy(feed->stretch->items->pdata[feed->next++]);
        feed->rest = item;
        if (item->item->offset >= end)
            break;
        if (item->item->offset + item->item->length > end) {
            g_ptr_array_add(line,
                            pango_glyph_item_split(item, feed->words, end - item->item->offset));
            break;
        }
        feed->rest = NULL;
        g_ptr_array_add(line, item);
    }
    return line;
}

/* false: a word must be broken */
static bool break_stretch(const Shaped *shaped, const Stretch *s, int room, Lines *lines)
{
    Feed feed = { shaped->words, s, 0, NULL };
    int first = 0;

    do {
        int end = s->n ? break_line(s, first, room) : 0;

        if (end == NOWHERE) {
            g_clear_pointer(&feed.rest, pango_glyph_item_free);
            return false;
        }
        GPtrArray *line = take_line(&feed, s->at[end]);

        if (end < s->n && line->len)
            empty_last(line->pdata[line->len - 1], shaped->words, s->at[end]);
        if (is_backward(line))
            reorder(line);
        g_ptr_array_add(lines->line, line);
        first = end;
    } while (first < s->n);
    return true;
}

static Lines *lines_new(const char *words)
{
    Lines *lines = g_new0(Lines, 1);

    lines->words = g_strdup(words);
    lines->line = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    return lines;
}

static Lines *by_layout(const Shaped *shaped, int width, bool ellipsize)
{
    Lines *lines = lines_new(shaped->words);
    g_autoptr(PangoLayout) layout = pango_layout_new(shaped->context);

    pango_layout_set_font_description(layout, shaped->font);
    pango_layout_set_attributes(layout, shaped->attrs);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width);
    pango_layout_set_ellipsize(layout, ellipsize ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_text(layout, shaped->words, -1);
    for (GSList *l = pango_layout_get_lines_readonly(layout); l; l = l->next) {
        GPtrArray *line = g_ptr_array_new_with_free_func(glyph_item_free);

        for (GSList *run = ((PangoLayoutLine *)l->data)->runs; run; run = run->next)
            g_ptr_array_add(line, pango_glyph_item_copy(run->data));
        g_ptr_array_add(lines->line, line);
    }
    return lines;
}

Lines *pdf_lines(const Shaped *shaped, int width)
{
    Lines *lines = lines_new(shaped->words);

    for (guint i = 0; i < shaped->stretches->len; i++)
        if (!break_stretch(shaped, shaped->stretches->pdata[i], width, lines)) {
            pdf_lines_free(lines);
            return by_layout(shaped, width, false);
        }
    return lines;
}

Lines *pdf_lines_ellipsized(const Shaped *shaped, int width)
{
    return by_layout(shaped, width, true);
}

void pdf_lines_free(Lines *lines)
{
    g_ptr_array_unref(lines->line);
    g_free(lines->words);
    g_free(lines);
}

const GPtrArray *pdf_lines_line(const Lines *lines, int line)
{
    return lines->line->pdata[line];
}

double pdf_run_width(const PangoGlyphItem *run)
{
    int width = 0;

    for (int i = 0; i < run->glyphs->num_glyphs; i++)
        width += run->glyphs->glyphs[i].geometry.width;
    return width / (double)PANGO_SCALE;
}

static double line_width(const GPtrArray *line)
{
    double width = 0;

    for (guint i = 0; i < line->len; i++)
        width += pdf_run_width(line->pdata[i]);
    return width;
}

double pdf_lines_width(const Lines *lines)
{
    double widest = 0;

    for (guint i = 0; i < lines->line->len; i++)
        widest = MAX(widest, line_width(lines->line->pdata[i]));
    return widest;
}

double pdf_line_width(const Text *text, int line)
{
    return line_width(pdf_lines_line(text->lines, line));
}
