/* pdf-front.c - the cover, the contents, and the heads and feet of pages.
 *
 * The front is laid out after the body, when chapter pages are known; the numbers in the contents
 * are set when the front's own length is known as well. Nothing is laid out twice.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "pdf.h"

#define NUMBER_WIDTH 34.0

static void flow_as(Pdf *pdf, const char *type, Style style, const char *words)
{
    Elem *elem = pdf_open(pdf, type);

    pdf_flow(pdf, pdf_text(pdf, style, words, pdf->width, elem), pdf->left);
    pdf_close(pdf);
}

static void draft_line(Pdf *pdf)
{
    Text *text;
    const char *draft = pdf->doc->meta.draft;

    if (!draft)
        return;
    text = pdf_text(pdf, STYLE_LABEL, draft, pdf->width - 20, pdf_open(pdf, "P"));
    text->colour = WARN;
    pdf_rect(pdf, pdf->left, pdf->y, 3, pdf_text_height(text) + 8, WARN);
    pdf_rect(pdf, pdf->left, pdf->y, pdf->width, pdf_text_height(text) + 8, 0xfdf3e7);
    pdf->y += 4;
    pdf_flow(pdf, text, pdf->left + 12);
    pdf->y += 18;
    pdf_close(pdf);
}

static void label_lines(Pdf *pdf)
{
    const DocMeta *meta = &pdf->doc->meta;
    char buf[DATE_TEXT];
    Block list = { .kind = BLOCK_TERMS };
    g_autofree Block *terms = g_new0(Block, meta->n_labels + 1);
    g_autofree DocRun *runs = g_new0(DocRun, meta->n_labels + 1);
    size_t n = 0;

    for (; n < meta->n_labels; n++) {
        runs[n].text = meta->labels[n].value;
        terms[n] = (Block){ .kind = BLOCK_TERM, .text = meta->labels[n].label };
    }
    if (meta->date) {
        runs[n].text = date_valid(meta->date) ? date_text(meta->date, buf) : meta->date;
        terms[n++] = (Block){ .kind = BLOCK_TERM, .text = _("Date") };
    }
    for (size_t i = 0; i < n; i++) {
        terms[i].runs = &runs[i];
        terms[i].n_runs = *runs[i].text ? 1 : 0;
        terms[i].next = i + 1 < n ? &terms[i + 1] : NULL;
    }
    list.first = n ? &terms[0] : NULL;
    Block holder = { .kind = BLOCK_ROOT, .first = n ? &list : NULL };
    pdf_blocks(pdf, &holder);
}

static void cover(Pdf *pdf)
{
    const DocMeta *meta = &pdf->doc->meta;

    pdf_page_new(pdf, false);
    pdf_rect(pdf, 0, 0, pdf->page->w, 12, pdf->accent);
    pdf->y = 76;
    if (meta->author)
        flow_as(pdf, "P", STYLE_OWNER, meta->author);
    pdf->y = 236;
    flow_as(pdf, "Title", STYLE_TITLE, meta->title);
    pdf->y += 8;
    if (meta->subtitle)
        flow_as(pdf, "P", STYLE_SUBTITLE, meta->subtitle);
    pdf->y += 22;
    pdf_rect(pdf, pdf->left, pdf->y, 64, 3, pdf->accent);
    pdf->y += 28;
    draft_line(pdf);
    label_lines(pdf);
}

void pdf_title_block(Pdf *pdf)
{
    const DocMeta *meta = &pdf->doc->meta;

    if (meta->author)
        flow_as(pdf, "P", STYLE_OWNER, meta->author);
    flow_as(pdf, "Title", STYLE_H1, meta->title);
    if (meta->subtitle)
        flow_as(pdf, "P", STYLE_SUBTITLE, meta->subtitle);
    pdf->y += 10;
    draft_line(pdf);
    label_lines(pdf);
}

/* --- contents ----------------------------------------------------------------------------------- */

typedef struct {
    const Anchor *anchor;
    Elem *link;
    Page *page;
    double y;   /* of its last line */
    double end; /* x where the words end */
    Style style;
} Entry;

static void lay_entry(Pdf *pdf, const Anchor *anchor, GArray *entries)
{
    Style style = anchor->block->level == 1 ? STYLE_TOC_BOLD : STYLE_TOC;
    double indent = anchor->block->level == 1 ? 0 : 14;
    double x = pdf->left + indent;
    Entry entry = { .anchor = anchor, .style = style };
    Text *text;

    pdf_open(pdf, "TOCI");
    pdf_open(pdf, "Reference");
    entry.link = pdf_open(pdf, "Link");
    text = pdf_text(pdf, style, anchor->block->text, pdf->width - indent - NUMBER_WIDTH - 8,
                    entry.link);
    pdf_need(pdf, MIN(pdf_text_height(text), 200) + (style == STYLE_TOC_BOLD ? 24 : 0));
    if (style == STYLE_TOC_BOLD)
        pdf_space(pdf, 4);
    pdf_flow(pdf, text, x);
    entry.page = pdf->page;
    entry.y = pdf->y - pdf_leading(style);
    entry.end = x + pdf_line_width(text, text->n_lines - 1);
    g_array_append_val(entries, entry);
    pdf_close(pdf);
    pdf_close(pdf);
    pdf_close(pdf);
}

static void number_entry(Pdf *pdf, const Entry *entry)
{
    char number[16];
    Text *text;
    double right = MARGIN_X + pdf->width, x;
    double middle = entry->y + pdf_leading(entry->style) / 2 + 3.4;
    int index = (int)pdf->links->len;
    Link link = { entry->page,
                  MARGIN_X,
                  entry->y,
                  pdf->width,
                  pdf_leading(entry->style),
                  entry->link,
                  NULL,
                  entry->anchor->block->text };
    g_autofree char *url = g_strconcat("#", entry->anchor->block->id, NULL);

    g_snprintf(number, sizeof number, "%d", entry->anchor->page->index + 1);
    text = pdf_text(pdf, entry->style, number, 0, entry->link);
    x = right - pdf_line_width(text, 0);
    pdf->page = entry->page;
    pdf_draw_lines(pdf, text, 0, 1, x, entry->y);
    if (x - entry->end > 16)
        pdf_rect(pdf, entry->end + 6, middle, x - entry->end - 12, 0.4, HAIRLINE);
    link.url = g_string_chunk_insert(pdf->strings, url);
    g_array_append_val(pdf->links, link);
    if (!entry->link->objects)
        entry->link->objects = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_append_val(entry->link->objects, index);
}

static void contents(Pdf *pdf, GArray *entries)
{
    pdf_page_new(pdf, false);
    flow_as(pdf, "H1", STYLE_H1, _("Contents"));
    pdf->y += 10;
    pdf_open(pdf, "TOC");
    for (guint i = 0; i < pdf->anchors->len; i++) {
        const Anchor *anchor = &g_array_index(pdf->anchors, Anchor, i);

        if (anchor->block->level <= 2)
            lay_entry(pdf, anchor, entries);
    }
    pdf_close(pdf);
}

void pdf_front(Pdf *pdf)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    guint body = pdf->all_pages->len;

    if (!pdf->doc->meta.no_cover)
        cover(pdf);
    if (!pdf->doc->meta.no_contents && pdf->anchors->len)
        contents(pdf, entries);
    for (guint i = 0; i < pdf->all_pages->len; i++) {
        Page *page = pdf->all_pages->pdata[i];
        guint front = pdf->all_pages->len - body;

        page->index = (int)(i < body ? front + i : i - body);
    }
    for (guint i = 0; i < entries->len; i++)
        number_entry(pdf, &g_array_index(entries, Entry, i));
}

/* --- heads and feet ----------------------------------------------------------------------------- */

static Text *small(Pdf *pdf, const char *words, double width)
{
    Text *text = pdf_text(pdf, STYLE_SMALL, words, 0, NULL);

    if (text->natural > width)
        pdf_text_ellipsize(pdf, text, width);
    return text;
}

static void furnish(Pdf *pdf, const char *foot, int total)
{
    const DocMeta *meta = &pdf->doc->meta;
    Page *page = pdf->page;
    double right = page->w - MARGIN_X;
    g_autofree char *number = g_strdup_printf(_("Page %d of %d"), page->index + 1, total);
    Text *side = small(pdf, number, 120);
    double half = (page->w - 2 * MARGIN_X) * (meta->draft ? 0.55 : 1);

    pdf_draw_lines(pdf, small(pdf, meta->title, half), 0, 1, MARGIN_X, 42);
    if (meta->draft) {
        Text *draft = small(pdf, meta->draft, (page->w - 2 * MARGIN_X) * 0.42);

        draft->colour = WARN;
        pdf_draw_lines(pdf, draft, 0, 1, right - pdf_line_width(draft, 0), 42);
    }
    pdf_rect(pdf, MARGIN_X, 58, right - MARGIN_X, 0.5, HAIRLINE);
    pdf_draw_lines(pdf, small(pdf, foot, right - MARGIN_X - 130), 0, 1, MARGIN_X, page->h - 50);
    pdf_draw_lines(pdf, side, 0, 1, right - pdf_line_width(side, 0), page->h - 50);
}

void pdf_furniture(Pdf *pdf)
{
    const DocMeta *meta = &pdf->doc->meta;
    g_autofree char *joined =
        meta->author ? g_strconcat(meta->author, " · ", meta->title, NULL) : NULL;
    const char *foot = meta->footer ? meta->footer : joined ? joined : meta->title;

    for (guint i = 0; i < pdf->pages->len; i++) {
        pdf->page = pdf->pages->pdata[i];
        if (pdf->page->index > 0 || meta->no_cover)
            furnish(pdf, foot, (int)pdf->pages->len);
    }
}
