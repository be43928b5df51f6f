/* doc-pdf.c - a document as PDF: body, front, furniture; then paint and finish.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "colour.h"
#include "pdf.h"

/* Darkened until text in it has contrast 4.5:1 on the tinted ground (WCAG 2.1, 1.4.3). */
uint32_t doc_accent(const Doc *doc)
{
    return colour_against(doc->meta.accent ? doc->meta.accent : 0x14487a, TINT, 4.5);
}

static void lay_out(Pdf *pdf)
{
    g_autoptr(GPtrArray) body = g_ptr_array_new();
    g_autoptr(GPtrArray) front = g_ptr_array_new();
    Elem *first, *main;

    pdf->tree = pdf_elem(pdf, NULL, "Document");
    first = pdf_elem(pdf, pdf->tree, "Part");
    main = pdf_elem(pdf, pdf->tree, "Part");
    pdf->left = MARGIN_X;
    pdf->width = PAGE_SHORT - 2 * MARGIN_X;
    pdf->at = main;
    pdf->pages = body;
    if (pdf->doc->root->first || pdf->doc->meta.no_cover)
        pdf_page_new(pdf, false);
    if (pdf->doc->meta.no_cover)
        pdf_title_block(pdf);
    pdf_blocks(pdf, pdf->doc->root);
    pdf->at = first;
    pdf->pages = front;
    pdf_front(pdf);
    g_ptr_array_extend(front, body, NULL, NULL);
    pdf_furniture(pdf);
    pdf->pages = g_ptr_array_ref(front);
}

static void pdf_start(Pdf *pdf, const Doc *doc)
{
    pdf->doc = doc;
    pdf->accent = doc_accent(doc);
    pdf->elems = g_ptr_array_new();
    pdf->texts = g_ptr_array_new();
    pdf->all_pages = g_ptr_array_new();
    pdf->links = g_array_new(FALSE, FALSE, sizeof(Link));
    pdf->anchors = g_array_new(FALSE, FALSE, sizeof(Anchor));
    pdf->targets = g_hash_table_new(g_str_hash, g_str_equal);
    pdf->strings = g_string_chunk_new(1024);
    pdf->shaped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    pdf->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    pdf->own_shaped = g_ptr_array_new_with_free_func((GDestroyNotify)pdf_shaped_free);
    pdf->own_lines = g_ptr_array_new_with_free_func((GDestroyNotify)pdf_lines_free);
    pdf_fonts_init(&pdf->faces);
}

static void pdf_clear(Pdf *pdf)
{
    pdf_text_clear(pdf);
    pdf_pages_clear(pdf);
    g_clear_pointer(&pdf->pages, g_ptr_array_unref);
    g_ptr_array_unref(pdf->elems);
    g_ptr_array_unref(pdf->texts);
    g_ptr_array_unref(pdf->all_pages);
    g_array_unref(pdf->links);
    g_array_unref(pdf->anchors);
    g_hash_table_unref(pdf->targets);
    g_string_chunk_free(pdf->strings);
    g_hash_table_unref(pdf->shaped);
    g_hash_table_unref(pdf->lines);
    g_ptr_array_unref(pdf->own_shaped);
    g_ptr_array_unref(pdf->own_lines);
    pdf_fonts_clear(&pdf->faces);
}

bool doc_pdf(const Doc *doc, GBytes **ret_pdf, GError **error)
{
    int pages;

    return doc_pdf_pages(doc, ret_pdf, &pages, error);
}

bool doc_pdf_pages(const Doc *doc, GBytes **ret_pdf, int *ret_pages, GError **error)
{
    Pdf pdf = { 0 };
    bool ok;

    pdf_start(&pdf, doc);
    ok = pdf_text_init(&pdf, error);
    if (ok) {
        lay_out(&pdf);
        pdf_paint(&pdf);
        ok = pdf_finish(&pdf, ret_pdf, error);
        if (ok)
            *ret_pages = (int)pdf.pages->len;
    }
    pdf_clear(&pdf);
    return ok;
}
