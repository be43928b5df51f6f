/* pdf-blocks.c - each kind of block laid out on the page, except tables.
 *
 * A heading, and whatever is marked keep_next, asks how much of the next block must follow it and
 * moves to a new page with it. Backgrounds are drawn when their end is known, page by page.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf.h"

static const double heading_before[] = { 0, 28, 22, 15, 11 };
static const double heading_after[] = { 0, 9, 6, 4, 2 };

static double figure_height(const DocFigure *figure, double width)
{
    double aspect = figure->chart ? chart_aspect(figure->chart) : 0;
    double height = figure->height > 0 ? figure->height : width * aspect;

    return CLAMP(height, figure->chart ? 60 : 0, 600);
}

/* Height of what must stand on a page together with a heading just above the block. */
static double minimum(const Pdf *pdf, const Block *block)
{
    if (!block)
        return 0;
    switch (block->kind) {
    case BLOCK_HEADING:
        return heading_before[block->level] + pdf_leading(STYLE_H1) + minimum(pdf, block->next);
    case BLOCK_FIGURE:
        return figure_height(block->figure, pdf->width) + 24;
    case BLOCK_TABLE:
        return pdf_table_minimum(block->table);
    case BLOCK_NOTE:
        return 74;
    case BLOCK_PARA:
        if (block->keep_next) /* three lines, and what they lead to */
            return 3 * pdf_leading(STYLE_BODY) + 8 + minimum(pdf, block->next);
        return 2 * pdf_leading(STYLE_LEAD) + 4;
    default:
        return 2 * pdf_leading(STYLE_LEAD) + 4;
    }
}

static double measure(const Pdf *pdf)
{
    return MIN(pdf->width, MEASURE);
}

static void lay_heading(Pdf *pdf, const Block *block)
{
    static const char *const tags[] = { "", "H1", "H2", "H3", "H4" };
    const bool compact = pdf->doc->meta.compact;
    Style style = (Style)MIN(STYLE_H1 + block->level - 1 + compact, STYLE_H4);
    const double before = heading_before[block->level] * (compact ? 0.45 : 1);
    const double after = heading_after[block->level] * (compact ? 0.5 : 1);
    Elem *elem = pdf_open(pdf, tags[block->level]);
    Text *text = pdf_text(pdf, style, block->text, pdf->width, elem);
    Anchor anchor;

    elem->lang = block->lang ? doc_lang_tag(block->lang) : NULL;

    if (block->next && block->next->kind == BLOCK_TABLE &&
        pdf_table_turns(pdf, block->next->table)) {
        pdf_page_new(pdf, true); /* together with the table, which expects it */
        pdf->turned = true;
    }
    pdf_need(pdf, before + pdf_text_height(text) + after + MIN(minimum(pdf, block->next), 430));
    pdf_space(pdf, before);
    anchor = (Anchor){ block, pdf->page, pdf->y };
    g_array_append_val(pdf->anchors, anchor);
    g_hash_table_insert(pdf->targets, (void *)block->id, GUINT_TO_POINTER(pdf->anchors->len));
    pdf_flow(pdf, text, pdf->left);
    pdf->y += after;
    pdf_close(pdf);
}

static void lay_para(Pdf *pdf, const Block *block)
{
    Style style = block->lead ? STYLE_LEAD : STYLE_BODY;
    Text *text;

    if (!block->n_runs)
        return;
    text = pdf_text_runs(pdf, style, block, measure(pdf), pdf_open(pdf, "P"));
    if (block->keep_next)
        pdf_need(pdf, pdf_text_height(text) + 8 + minimum(pdf, block->next));
    pdf_flow(pdf, text, pdf->left);
    pdf_close(pdf);
    pdf->y += block->lead ? 10 : 7.5;
}

static void lay_code(Pdf *pdf, const Block *block)
{
    if (!block->n_runs)
        return;
    pdf_open(pdf, "P");
    pdf_flow(pdf, pdf_text_runs(pdf, STYLE_CODE, block, pdf->width - 20, pdf->at), pdf->left + 10);
    pdf_close(pdf);
    pdf->y += 8;
}

static void lay_item(Pdf *pdf, const Block *list, const Block *item, int number)
{
    const double indent = list->numbered ? 21 : 15;
    g_autofree char *sign = list->numbered ? g_strdup_printf("%d.", number) : g_strdup("•");

    pdf_open(pdf, "LI");
    pdf->label = pdf_text(pdf, STYLE_BODY, sign, 0, pdf_open(pdf, "Lbl"));
    pdf->label_x = pdf->left + (list->numbered ? 0 : 2);
    pdf_close(pdf);
    pdf_open(pdf, "LBody");
    pdf->left += indent;
    pdf->width -= indent;
    if (!item->first || (item->first->kind != BLOCK_PARA && item->first->kind != BLOCK_CODE)) {
        Text *label = pdf->label; /* nothing that would carry it: a line of its own */
        double x = pdf->label_x;

        pdf->label = NULL;
        pdf_flow(pdf, label, x);
    }
    pdf_blocks(pdf, item);
    pdf->left -= indent;
    pdf->width += indent;
    pdf->y -= item->last && item->last->kind == BLOCK_PARA ? 4 : 0;
    pdf_close(pdf);
    pdf_close(pdf);
}

static void lay_list(Pdf *pdf, const Block *block)
{
    int number = 1;

    pdf_open(pdf, "L")->attr = block->numbered ? ATTR_DECIMAL : ATTR_DISC;
    for (const Block *item = block->first; item; item = item->next)
        lay_item(pdf, block, item, number++);
    pdf_close(pdf);
    pdf->y += 5;
}

/* Fill or bar behind what was laid out since (first, y0), on each page it touched. */
static void back(Pdf *pdf, guint first, double y0, double x, double w, uint32_t colour)
{
    Page *end = pdf->page;

    for (guint i = first; i < pdf->pages->len; i++) {
        Page *page = pdf->pages->pdata[i];
        double top = i == first ? y0 : MARGIN_TOP - 6;
        double bottom = page == end ? pdf->y : page->h - MARGIN_BOTTOM + 6;

        Op op = { .kind = OP_RECT, .x = x, .y = top, .w = w, .h = bottom - top, .colour = colour };

        if (bottom > top)
            g_array_prepend_val(page->under, op); /* beneath what stands in it */
    }
}

static void lay_quote(Pdf *pdf, const Block *block)
{
    guint first = pdf->pages->len - 1;
    double y0 = pdf->y;

    pdf_open(pdf, "BlockQuote");
    pdf->left += 14;
    pdf->width -= 14;
    pdf_blocks(pdf, block);
    pdf->left -= 14;
    pdf->width += 14;
    pdf_close(pdf);
    pdf->y -= 4;
    back(pdf, first, y0, pdf->left, 2, HAIRLINE);
    pdf->y += 11;
}

static void lay_note(Pdf *pdf, const Block *block)
{
    static const uint32_t bars[] = { [DOC_INFO] = 0x2c6aa0,
                                     [DOC_WARNING] = 0xb45309,
                                     [DOC_JUDGEMENT] = 0,
                                     [DOC_SUCCESS] = 0x2b7a46 };
    uint32_t bar = bars[block->note] ? bars[block->note] : pdf->accent;
    guint first;
    double y0;

    pdf_need(pdf, 64);
    pdf_space(pdf, 4);
    first = pdf->pages->len - 1;
    y0 = pdf->y;
    pdf->y += 9;
    pdf->left += 14;
    pdf->width -= 26;
    pdf_open(pdf, "Div");
    if (*block->text) {
        pdf_flow(pdf, pdf_text(pdf, STYLE_LABEL, block->text, pdf->width, pdf_open(pdf, "P")),
                 pdf->left);
        pdf_close(pdf);
        pdf->y += 1;
    }
    pdf_blocks(pdf, block);
    pdf_close(pdf);
    pdf->left -= 14;
    pdf->width += 26;
    pdf->y += 2;
    back(pdf, first, y0, pdf->left, 3, bar);
    back(pdf, first, y0, pdf->left, pdf->width, TINT);
    pdf->y += 12;
}

static void lay_terms(Pdf *pdf, const Block *block)
{
    double split = MIN(140, pdf->width / 3);

    pdf_open(pdf, "L")->attr = ATTR_NOMARK;
    for (const Block *term = block->first; term; term = term->next) {
        Elem *item = pdf_open(pdf, "LI");
        Text *label =
            pdf_text(pdf, STYLE_LABEL, term->text, split - 12, pdf_elem(pdf, item, "Lbl"));
        Text *body =
            pdf_text_runs(pdf, STYLE_BODY, term, pdf->width - split, pdf_elem(pdf, item, "LBody"));
        double height = pdf_text_height(label), start;
        guint page;

        pdf_need(pdf, MIN(MAX(height, pdf_text_height(body)), 200));
        start = pdf->y;
        page = pdf->pages->len;
        pdf_flow(pdf, label, pdf->left);
        if (page == pdf->pages->len)
            pdf->y = start;
        if (term->n_runs)
            pdf_flow(pdf, body, pdf->left + split);
        if (page == pdf->pages->len)
            pdf->y = MAX(pdf->y, start + height);
        pdf->y += 4;
        pdf_close(pdf);
    }
    pdf_close(pdf);
    pdf->y += 6;
}

static void draw_chart(Pdf *pdf, Elem *elem, const Chart *chart, double height)
{
    Op op = { .kind = OP_CHART,
              .slot = pdf_slot(pdf, elem),
              .x = pdf->left,
              .y = pdf->y,
              .w = pdf->width,
              .h = height,
              .chart = chart };

    elem->attr = ATTR_BBOX;
    elem->bbox[0] = op.x;
    elem->bbox[1] = pdf->page->h - op.y - op.h;
    elem->bbox[2] = op.x + op.w;
    elem->bbox[3] = pdf->page->h - op.y;
    g_array_append_val(pdf->page->ops, op);
    pdf->y += height + 5;
}

/* A figure that nearly fits is drawn up to a fifth smaller rather than leave the page half empty. */
static double shrunk(const Pdf *pdf, double height, double below)
{
    double room = pdf->bottom - pdf->y - below - 4;

    return room < height && room >= height * 0.8 ? room : height;
}

static void lay_figure(Pdf *pdf, const Block *block)
{
    const DocFigure *figure = block->figure;
    Elem *div = pdf_open(pdf, "Div");
    Elem *picture = figure->chart ? pdf_elem(pdf, div, "Figure") : NULL;
    double height = figure_height(figure, pdf->width);
    double below = pdf_leading(STYLE_CAPTION) * 2 + (figure->source ? pdf_leading(STYLE_SMALL) : 0);

    height = MIN(height, shrunk(pdf, height, below));
    pdf_need(pdf, MIN(height + below, pdf->bottom - pdf->top));
    pdf_space(pdf, 4);
    if (picture) {
        picture->alt = doc_figure_alt(figure);
        draw_chart(pdf, picture, figure->chart, MIN(height, pdf->bottom - pdf->y - below));
    }
    if (*figure->caption)
        pdf_flow(pdf,
                 pdf_text(pdf, STYLE_CAPTION, figure->caption, pdf->width,
                          pdf_elem(pdf, div, "Caption")),
                 pdf->left);
    if (figure->source)
        pdf_flow(pdf,
                 pdf_text(pdf, STYLE_SMALL, figure->source, pdf->width, pdf_elem(pdf, div, "P")),
                 pdf->left);
    pdf_close(pdf);
    pdf->y += 14;
}

static void lay_block(Pdf *pdf, const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        lay_heading(pdf, block);
        break;
    case BLOCK_PARA:
        lay_para(pdf, block);
        break;
    case BLOCK_CODE:
        lay_code(pdf, block);
        break;
    case BLOCK_LIST:
        lay_list(pdf, block);
        break;
    case BLOCK_QUOTE:
        lay_quote(pdf, block);
        break;
    case BLOCK_NOTE:
        lay_note(pdf, block);
        break;
    case BLOCK_TERMS:
        lay_terms(pdf, block);
        break;
    case BLOCK_TABLE:
        pdf_table(pdf, block);
        break;
    case BLOCK_FIGURE:
        lay_figure(pdf, block);
        break;
    case BLOCK_BREAK:
        if (!pdf_at_top(pdf))
            pdf_page_new(pdf, false);
        break;
    case BLOCK_ROOT: /* items and terms are laid out by their lists */
    case BLOCK_ITEM:
    case BLOCK_TERM:
        break;
    }
}

void pdf_blocks(Pdf *pdf, const Block *parent)
{
    for (const Block *block = parent->first; block; block = block->next)
        lay_block(pdf, block);
}
