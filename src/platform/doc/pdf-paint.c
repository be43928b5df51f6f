/* pdf-paint.c - pages of operations into content streams, each stretch of one element under a mark.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf.h"

static void draw_op(Pdf *pdf, PdfCanvas *canvas, const Op *op)
{
    switch (op->kind) {
    case OP_GLYPHS:
        pdf_canvas_fill(canvas, op->colour);
        pdf_canvas_glyphs(canvas, op->item, op->text, (PdfSpot){ op->x, op->y, 1 });
        break;
    case OP_RECT:
        pdf_canvas_fill(canvas, op->colour);
        pdf_canvas_rect(canvas, op->x, op->y, op->w, op->h);
        g_string_append(canvas->out, "f\n");
        break;
    case OP_CHART:
        pdf_chart(pdf, canvas, op);
        break;
    }
}

static void begin_mark(const Page *page, const Op *op, int *mcid)
{
    Elem *slot = op->slot;
    Mark mark = { page->index, *mcid };

    if (!slot) {
        g_string_append(page->content, op->paging ? "/Artifact <</Type/Pagination>>BDC\n"
                                                  : "/Artifact <</Type/Layout>>BDC\n");
        return;
    }
    g_string_append_printf(page->content, "/%s <</MCID %d>>BDC\n", slot->parent->type, *mcid);
    ++*mcid;
    if (slot->mark.page < 0) {
        slot->mark = mark;
        return;
    }
    if (!slot->more)
        slot->more = g_array_new(FALSE, FALSE, sizeof(Mark));
    g_array_append_val(slot->more, mark);
}

static void draw_ops(Pdf *pdf, PdfCanvas *canvas, const Page *page, const GArray *ops, int *mcid)
{
    const Op *open = NULL;

    for (guint i = 0; i < ops->len; i++) {
        const Op *op = &g_array_index(ops, Op, i);
        bool goes_on = open && open->slot == op->slot && open->paging == op->paging;

        if (open && !goes_on)
            g_string_append(canvas->out, "EMC\n");
        if (!goes_on)
            begin_mark(page, op, mcid);
        open = op;
        draw_op(pdf, canvas, op);
    }
    if (open)
        g_string_append(canvas->out, "EMC\n");
}

void pdf_paint(Pdf *pdf)
{
    for (guint i = 0; i < pdf->pages->len; i++) {
        Page *page = pdf->pages->pdata[i];
        PdfCanvas canvas = { .out = page->content,
                             .patches = page->patches,
                             .fonts = &pdf->faces,
                             .height = page->h,
                             .fill = -1,
                             .stroke = -1,
                             .line = -1,
                             .dash = -1,
                             .gap = -1 };
        int mcid = 0;

        g_string_append(page->content, "1 j\n"); /* lines join round */
        draw_ops(pdf, &canvas, page, page->under, &mcid);
        draw_ops(pdf, &canvas, page, page->ops, &mcid);
    }
}
