/* pdf-paint.c - draw the pages with cairo, each stretch of one element between marks.
 *
 * cairo's tags serve only to bracket content: every stretch becomes `/P <</MCID n>> BDC ... EMC`,
 * and Page.marks says in order what each of them is.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <cairo-pdf.h>
#include "pdf.h"

static void set_colour(cairo_t *cr, uint32_t colour)
{
    cairo_set_source_rgb(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

static void draw_op(Pdf *pdf, cairo_t *cr, const Op *op)
{
    switch (op->kind) {
    case OP_GLYPHS:
        set_colour(cr, op->colour);
        cairo_move_to(cr, op->x, op->y);
        pango_cairo_show_glyph_item(cr, op->text, op->item);
        break;
    case OP_RECT:
        set_colour(cr, op->colour);
        cairo_rectangle(cr, op->x, op->y, op->w, op->h);
        cairo_fill(cr);
        break;
    case OP_CHART:
        cairo_save(cr);
        cairo_translate(cr, op->x, op->y);
        chart_draw(op->chart, cr, pdf->context, op->w, op->h);
        cairo_restore(cr);
        break;
    }
}

static void add_mark(Page *page, Elem *slot, int *mcid)
{
    Mark mark = { page->index, *mcid };

    g_ptr_array_add(page->marks, slot);
    if (!slot || slot == &pdf_paging_mark)
        return;
    ++*mcid;
    if (slot->mark.page < 0) {
        slot->mark = mark;
        return;
    }
    if (!slot->more)
        slot->more = g_array_new(FALSE, FALSE, sizeof(Mark));
    g_array_append_val(slot->more, mark);
}

static void draw_ops(Pdf *pdf, cairo_t *cr, Page *page, const GArray *ops, int *mcid)
{
    Elem *open = NULL;
    bool any = false;

    for (guint i = 0; i < ops->len; i++) {
        const Op *op = &g_array_index(ops, Op, i);
        Elem *slot = op->slot ? op->slot : op->paging ? &pdf_paging_mark : NULL;

        if (any && slot != open)
            cairo_tag_end(cr, "P");
        if (!any || slot != open) {
            cairo_tag_begin(cr, "P", NULL);
            add_mark(page, slot, mcid);
        }
        any = true;
        open = slot;
        draw_op(pdf, cr, op);
    }
    if (any)
        cairo_tag_end(cr, "P");
}

static cairo_status_t write_bytes(void *file, const unsigned char *data, unsigned int size)
{
    g_byte_array_append(file, data, size);
    return CAIRO_STATUS_SUCCESS;
}

bool pdf_paint(Pdf *pdf, GByteArray *file, GError **error)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(write_bytes, file, PAGE_SHORT, PAGE_LONG);
    cairo_t *cr = cairo_create(surface);
    cairo_status_t status;

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    for (guint i = 0; i < pdf->pages->len; i++) {
        Page *page = pdf->pages->pdata[i];
        int mcid = 0;

        cairo_pdf_surface_set_size(surface, page->w, page->h);
        draw_ops(pdf, cr, page, page->under, &mcid);
        draw_ops(pdf, cr, page, page->ops, &mcid);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return app_fail(error, APP_ERROR_DB, "cairo: %s", cairo_status_to_string(status));
    return true;
}
