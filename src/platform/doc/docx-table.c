/* docx-table.c - tables, their captions and notes; a wide one on landscape pages of its own.
 *
 * A table's head row is marked as such: Word repeats it on each page and tells it to assistive
 * technology. Columns share the width by what stands in them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "docx.h"

#define MAX_CHARS 34.0 /* what a column may ask for */
#define MIN_CHARS 5.0

static void widths(const DocTable *table, double width_pt, int ret[DOC_MAX_COLUMNS])
{
    double wish[DOC_MAX_COLUMNS], sum = 0;

    for (size_t c = 0; c < table->n_columns; c++) {
        wish[c] = (double)g_utf8_strlen(table->columns[c].title, -1) * 1.15;
        for (size_t r = 0; r < doc_table_rows(table); r++)
            wish[c] = MAX(wish[c], (double)g_utf8_strlen(doc_table_cell(table, r, c), -1));
        wish[c] = CLAMP(wish[c], MIN_CHARS, MAX_CHARS) + 2;
        sum += wish[c];
    }
    for (size_t c = 0; c < table->n_columns; c++)
        ret[c] = (int)(width_pt * 20 * wish[c] / sum);
}

static void cell(Docx *docx, const Block *block, size_t c, int width, const char *words, bool bold)
{
    static const char *const aligns[] = { "", "<w:jc w:val=\"right\"/>",
                                          "<w:jc w:val=\"center\"/>" };

    g_string_append_printf(docx->body,
                           "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr>"
                           "<w:pStyle w:val=\"TableText\"/>%s</w:pPr>",
                           width, aligns[block->table->columns[c].align]);
    if (*words)
        docx_run(docx, words, bold ? DOC_STRONG : 0, block->lang);
    g_string_append(docx->body, "</w:p></w:tc>");
}

static void rows(Docx *docx, const Block *block, const int *width)
{
    const DocTable *table = block->table;

    g_string_append(docx->body, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (size_t c = 0; c < table->n_columns; c++)
        cell(docx, block, c, width[c], table->columns[c].title, true);
    g_string_append(docx->body, "</w:tr>");
    for (size_t r = 0; r < doc_table_rows(table); r++) {
        g_string_append(docx->body, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (size_t c = 0; c < table->n_columns; c++)
            cell(docx, block, c, width[c], doc_table_cell(table, r, c),
                 doc_table_is_total(table, r));
        g_string_append(docx->body, "</w:tr>");
    }
}

static void grid(Docx *docx, const Block *block)
{
    const DocTable *table = block->table;
    int width[DOC_MAX_COLUMNS];
    bool named = table->columns[0].row_header;

    widths(table, docx->wide ? DOCX_TEXT_WIDE_PT : DOCX_TEXT_PT, width);
    g_string_append_printf(docx->body,
                           "<w:tbl><w:tblPr><w:tblStyle w:val=\"Figures\"/><w:tblW w:w=\"5000\" "
                           "w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook "
                           "w:val=\"%s\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"%d\" "
                           "w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>",
                           named ? "06A0" : "0620", named);
    if (*table->caption) {
        g_string_append(docx->body, "<w:tblCaption w:val=\"");
        docx_put(docx->body, table->caption);
        g_string_append(docx->body, "\"/>");
    }
    g_string_append(docx->body, "</w:tblPr><w:tblGrid>");
    for (size_t c = 0; c < table->n_columns; c++)
        g_string_append_printf(docx->body, "<w:gridCol w:w=\"%d\"/>", width[c]);
    g_string_append(docx->body, "</w:tblGrid>");
    rows(docx, block, width);
    g_string_append(docx->body, "</w:tbl>");
    docx->paragraph = -1;
}

/* The marks under the table; an empty line where there are none, or two tables would become one. */
static void notes(Docx *docx, const DocTable *table)
{
    for (guint i = 0; i < table->notes->len; i++) {
        const Note *note = &g_array_index(table->notes, Note, i);

        docx_p_begin(docx, "TableNote", false);
        if (*note->mark) {
            docx_run(docx, note->mark, 0, NULL);
            docx_run(docx, "\u2002", 0, NULL);
        }
        docx_run(docx, note->text, 0, NULL);
        docx_p_end(docx);
    }
    docx_p_begin(docx, "TableNote", false);
    docx_p_end(docx);
}

void docx_table(Docx *docx, const Block *block)
{
    const DocTable *table = block->table;
    bool turn = doc_table_wide(table) && docx->list_depth == 0 && !docx->framed;

    if (!table->n_columns)
        return;
    if (turn && !docx->wide) {
        docx_section_end(docx);
        docx->wide = true;
    }
    if (*table->caption) {
        docx_p_begin(docx, "TableCaption", true);
        docx_run(docx, table->caption, 0, NULL);
        docx_p_end(docx);
    }
    grid(docx, block);
    notes(docx, table);
    if (!docx->wide)
        return;
    docx_section_end(docx);
    docx->wide = false;
}
