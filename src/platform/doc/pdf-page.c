/* pdf-page.c - structure elements, pages, and the flow of lines from page to page.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf.h"

Elem *pdf_elem(Pdf *pdf, Elem *parent, const char *type)
{
    Elem *elem = g_new0(Elem, 1);

    g_ptr_array_add(pdf->elems, elem);
    elem->type = type;
    elem->parent = parent;
    elem->mark.page = elem->page = -1;
    if (!parent)
        return elem;
    if (parent->last)
        parent->last->next = elem;
    else
        parent->first = elem;
    parent->last = elem;
    return elem;
}

Elem *pdf_slot(Pdf *pdf, Elem *parent)
{
    return pdf_elem(pdf, parent, NULL);
}

Elem *pdf_open(Pdf *pdf, const char *type)
{
    return pdf->at = pdf_elem(pdf, pdf->at, type);
}

void pdf_close(Pdf *pdf)
{
    pdf->at = pdf->at->parent;
}

/* --- pages -------------------------------------------------------------------------------------- */

void pdf_page_new(Pdf *pdf, bool landscape)
{
    Page *page = g_new0(Page, 1);

    page->w = landscape ? PAGE_LONG : PAGE_SHORT;
    page->h = landscape ? PAGE_SHORT : PAGE_LONG;
    page->under = g_array_new(FALSE, FALSE, sizeof(Op));
    page->ops = g_array_new(FALSE, FALSE, sizeof(Op));
    page->content = g_string_sized_new(1 << 14);
    page->patches = g_array_new(FALSE, FALSE, sizeof(PdfPatch));
    g_ptr_array_add(pdf->pages, page);
    g_ptr_array_add(pdf->all_pages, page);
    pdf->page = page;
    pdf->top = MARGIN_TOP;
    pdf->bottom = page->h - MARGIN_BOTTOM;
    pdf->y = pdf->top;
}

void pdf_pages_clear(Pdf *pdf)
{
    for (guint i = 0; i < pdf->all_pages->len; i++) {
        Page *page = pdf->all_pages->pdata[i];

        g_array_unref(page->under);
        g_array_unref(page->ops);
        g_string_free(page->content, TRUE);
        g_array_unref(page->patches);
        g_free(page);
    }
    for (guint i = 0; i < pdf->elems->len; i++) {
        Elem *elem = pdf->elems->pdata[i];

        g_clear_pointer(&elem->more, g_array_unref);
        g_clear_pointer(&elem->objects, g_array_unref);
        g_free(elem);
    }
}

bool pdf_at_top(const Pdf *pdf)
{
    return pdf->y <= pdf->top + 0.01;
}

void pdf_space(Pdf *pdf, double height)
{
    if (!pdf_at_top(pdf))
        pdf->y += height;
}

void pdf_need(Pdf *pdf, double height)
{
    if (pdf->y + height > pdf->bottom && !pdf_at_top(pdf))
        pdf_page_new(pdf, pdf->page->w > pdf->page->h);
}

void pdf_rect(Pdf *pdf, double x, double y, double w, double h, uint32_t colour)
{
    Op op = { .kind = OP_RECT, .x = x, .y = y, .w = w, .h = h, .colour = colour };

    g_array_append_val(pdf->page->under, op);
}

/* How many of the `left` lines go on this page: never one alone at its foot or on the next page's head. */
static int lines_here(const Pdf *pdf, const Text *text, int done, double leading)
{
    int left = text->n_lines - done;
    int fit = (int)((pdf->bottom - pdf->y + 0.01) / leading);

    if (fit >= left)
        return left;
    if (pdf_at_top(pdf) || text->n_lines == 1)
        return MAX(fit, pdf_at_top(pdf));
    if (left - fit == 1)
        fit--;
    return fit < 2 ? 0 : fit;
}

static void draw_label(Pdf *pdf)
{
    Text *label = pdf->label;

    if (!label)
        return;
    pdf->label = NULL;
    pdf_draw_lines(pdf, label, 0, 1, pdf->label_x, pdf->y);
}

void pdf_flow(Pdf *pdf, const Text *text, double x)
{
    double leading = pdf_leading(text->style);

    for (int done = 0; done < text->n_lines;) {
        int here = lines_here(pdf, text, done, leading);

        if (here > 0) {
            draw_label(pdf);
            pdf_draw_lines(pdf, text, done, here, x, pdf->y);
            pdf->y += here * leading;
            done += here;
        }
        if (done < text->n_lines)
            pdf_page_new(pdf, pdf->page->w > pdf->page->h);
    }
}
