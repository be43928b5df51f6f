/* pdf-table.c - tables: column widths, type size, rows over pages with the head repeated.
 *
 * A table first tries body size on one line a cell, then wraps, then shrinks twice, and at last
 * turns the page. A row that is taller than a page is cut between lines, never lost.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf.h"

#define PAD_X DOC_PAD_X
#define PAD_Y 3.2

typedef struct {
    const DocTable *table;
    Text **head, **cells; /* of the table's shape */
    size_t rows, columns;
    double natural[DOC_MAX_COLUMNS], least[DOC_MAX_COLUMNS], width[DOC_MAX_COLUMNS];
    Style style; /* of ordinary cells; bold is the next one */
} Grid;

double pdf_table_minimum(const DocTable *table)
{
    return 2 * pdf_leading(STYLE_CAPTION) + 4 * (pdf_leading(STYLE_CELL) + 2 * PAD_Y) +
           MIN(table->notes->len, 4) * pdf_leading(STYLE_SMALL);
}

bool pdf_table_turns(const Pdf *pdf, const DocTable *table)
{
    return doc_table_least(table) > pdf->width && pdf->page->w < pdf->page->h;
}

static void widen(Grid *grid, size_t column, const Text *text, const char *words)
{
    double least = text->natural * doc_longest_word(words);

    grid->natural[column] = MAX(grid->natural[column], text->natural);
    grid->least[column] = MAX(grid->least[column], MIN(least, 140));
}

static Text *body_cell(Pdf *pdf, Grid *grid, Elem *row, size_t r, size_t c)
{
    const DocTable *table = grid->table;
    bool header = table->columns[c].row_header;
    Elem *elem = pdf_elem(pdf, row, header ? "TH" : "TD");
    const char *words = doc_table_cell(table, r, c);
    Style style = doc_table_is_total(table, r) ? STYLE_CELL_BOLD : STYLE_CELL;
    Text *text;

    if (header)
        elem->attr = ATTR_ROW;
    if (!*words)
        return NULL;
    text = pdf_text(pdf, style, words, 0, elem);
    widen(grid, c, text, words);
    return text;
}

static void make_head(Pdf *pdf, Grid *grid, Elem *row)
{
    for (size_t c = 0; c < grid->columns; c++) {
        const DocColumn *column = &grid->table->columns[c];
        Elem *elem = row ? pdf_elem(pdf, row, "TH") : NULL;

        if (elem)
            elem->attr = ATTR_COLUMN;
        grid->head[c] =
            *column->title ? pdf_text(pdf, STYLE_CELL_BOLD, column->title, 0, elem) : NULL;
        if (grid->head[c])
            widen(grid, c, grid->head[c], column->title);
    }
}

static void make_cells(Pdf *pdf, Grid *grid)
{
    make_head(pdf, grid, pdf_elem(pdf, pdf_elem(pdf, pdf->at, "THead"), "TR"));
    if (!grid->rows)
        return;
    pdf_open(pdf, "TBody");
    for (size_t r = 0; r < grid->rows; r++) {
        Elem *row = pdf_elem(pdf, pdf->at, "TR");

        for (size_t c = 0; c < grid->columns; c++)
            grid->cells[r * grid->columns + c] = body_cell(pdf, grid, row, r, c);
    }
    pdf_close(pdf);
}

/* --- widths ------------------------------------------------------------------------------------- */

static double sum(const double *values, size_t n)
{
    double total = 0;

    for (size_t i = 0; i < n; i++)
        total += values[i];
    return total;
}

static void share_out(Grid *grid, double scale, double room)
{
    size_t n = grid->columns;
    double pad = 2 * PAD_X * (double)n;
    double natural = sum(grid->natural, n) * scale + pad, least = sum(grid->least, n) * scale + pad;

    for (size_t c = 0; c < n; c++) {
        double wide = grid->natural[c] * scale + 2 * PAD_X,
               narrow = grid->least[c] * scale + 2 * PAD_X;

        if (natural <= room) /* spread the rest; names of rows get a double share */
            grid->width[c] = wide + (room - natural) * (c == 0 ? 2 : 1) / ((double)n + 1);
        else if (least <= room)
            grid->width[c] = narrow + (room - least) * (wide - narrow) / MAX(natural - least, 1);
        else
            grid->width[c] = narrow * room / least;
    }
}

static void restyle(Pdf *pdf, Text *text, Style style)
{
    bool bold = text && text->style == STYLE_CELL_BOLD;

    if (!text || style == STYLE_CELL)
        return;
    pdf_text_restyle(pdf, text, (Style)(style + bold));
}

static void fit_row(Pdf *pdf, Grid *grid, Text **row)
{
    for (size_t c = 0; c < grid->columns; c++) {
        if (!row[c])
            continue;
        restyle(pdf, row[c], grid->style);
        if (grid->width[c] - 2 * PAD_X < row[c]->natural + 0.5)
            pdf_text_wrap(pdf, row[c], grid->width[c] - 2 * PAD_X);
    }
}

static double fits_with(const Grid *grid, double scale)
{
    return sum(grid->least, grid->columns) * scale + 2 * PAD_X * (double)grid->columns;
}

/* Chooses type size and page; returns true when the page was turned. */
static bool fit(Pdf *pdf, Grid *grid)
{
    static const struct {
        Style style;
        double scale;
    } sizes[] = { { STYLE_CELL, 1 }, { STYLE_CELL_S, 7.8 / 8.8 }, { STYLE_CELL_XS, 7 / 8.8 } };
    double room = pdf->width;
    bool turn =
        pdf->turned || (fits_with(grid, sizes[2].scale) > room && pdf->page->w < pdf->page->h);
    size_t i = 0;

    if (turn)
        room = PAGE_LONG - 2 * MARGIN_X;
    while (i < 2 && fits_with(grid, sizes[i].scale) > room)
        i++;
    grid->style = sizes[i].style;
    share_out(grid, sizes[i].scale, room);
    fit_row(pdf, grid, grid->head);
    for (size_t r = 0; r < grid->rows; r++)
        fit_row(pdf, grid, grid->cells + r * grid->columns);
    return turn;
}

/* --- drawing ------------------------------------------------------------------------------------ */

static int row_lines(const Grid *grid, Text *const *row)
{
    int lines = 1;

    for (size_t c = 0; c < grid->columns; c++)
        lines = row[c] ? MAX(lines, row[c]->n_lines) : lines;
    return lines;
}

static double row_height(const Grid *grid, Text *const *row)
{
    return row_lines(grid, row) * pdf_leading(grid->style) + 2 * PAD_Y;
}

/* Lines first..first+n-1 of the cell in column c. */
static void draw_cell(Pdf *pdf, const Grid *grid, const Text *text, size_t c, int first, int n)
{
    double x = pdf->left + sum(grid->width, c), room = grid->width[c] - 2 * PAD_X;

    for (int i = first; i < MIN(first + n, text->n_lines); i++) {
        double slack = room - pdf_line_width(text, i);
        DocAlign align = grid->table->columns[c].align;
        double shift = align == DOC_RIGHT ? slack : align == DOC_CENTRE ? slack / 2 : 0;

        pdf_draw_line(pdf, text, i, x + PAD_X + MAX(shift, 0),
                      pdf->y + PAD_Y + (i - first) * pdf_leading(grid->style));
    }
}

/* Lines first..first+n-1 of all cells, side by side; moves y below them. */
static void draw_slice(Pdf *pdf, const Grid *grid, Text *const *row, int first, int n)
{
    for (size_t c = 0; c < grid->columns; c++)
        if (row[c])
            draw_cell(pdf, grid, row[c], c, first, n);
    pdf->y += n * pdf_leading(grid->style) + 2 * PAD_Y;
}

static void draw_head(Pdf *pdf, const Grid *grid)
{
    double width = sum(grid->width, grid->columns), y = pdf->y;

    draw_slice(pdf, grid, grid->head, 0, row_lines(grid, grid->head));
    pdf_rect(pdf, pdf->left, y, width, pdf->y - y, TINT);
    pdf_rect(pdf, pdf->left, pdf->y - 0.5, width, 1, GREY);
}

static void turn_over(Pdf *pdf, Grid *grid)
{
    pdf_page_new(pdf, pdf->page->w > pdf->page->h);
    make_head(pdf, grid, NULL); /* a copy for the eye: the tags have the head once */
    fit_row(pdf, grid, grid->head);
    draw_head(pdf, grid);
}

static void draw_row(Pdf *pdf, Grid *grid, size_t r, double reserve)
{
    Text **row = grid->cells + r * grid->columns;
    double leading = pdf_leading(grid->style), width = sum(grid->width, grid->columns);
    int lines = row_lines(grid, row);
    double height = row_height(grid, row) + reserve;

    if (pdf->y + height > pdf->bottom && pdf->y > pdf->top + row_height(grid, grid->head) + 1)
        turn_over(pdf, grid);
    for (int done = 0; done < lines;) {
        int here = (int)((pdf->bottom - pdf->y - 2 * PAD_Y) / leading);

        here = CLAMP(here, 1, lines - done);
        draw_slice(pdf, grid, row, done, here);
        done += here;
        if (done < lines)
            turn_over(pdf, grid);
    }
    if (doc_table_is_total(grid->table, r))
        pdf_rect(pdf, pdf->left, pdf->y - height + reserve - 0.5, width, 0.8, GREY);
    pdf_rect(pdf, pdf->left, pdf->y - 0.25, width, 0.5, HAIRLINE);
}

static void draw_notes(Pdf *pdf, const DocTable *table)
{
    pdf->y += 3;
    for (guint i = 0; i < table->notes->len; i++) {
        const Note *note = &g_array_index(table->notes, Note, i);
        g_autofree char *words = *note->mark ? g_strdup_printf("%s\u2002%s", note->mark, note->text)
                                             : g_strdup(note->text);

        pdf_flow(pdf, pdf_text(pdf, STYLE_SMALL, words, pdf->width, pdf_open(pdf, "P")), pdf->left);
        pdf_close(pdf);
    }
}

static void draw_table(Pdf *pdf, Grid *grid, Text *caption)
{
    double notes = grid->table->notes->len
                       ? 3 + pdf_leading(STYLE_SMALL) * MIN(grid->table->notes->len, 6)
                       : 0;
    double first = pdf_text_height(caption) + 4 + row_height(grid, grid->head);

    for (size_t r = 0; r < MIN(grid->rows, 2); r++)
        first += row_height(grid, grid->cells + r * grid->columns);
    pdf_need(pdf, MIN(first + (grid->rows <= 2 ? notes : 0), pdf->bottom - pdf->top));
    pdf_space(pdf, 4);
    pdf_flow(pdf, caption, pdf->left);
    pdf->y += 4;
    draw_head(pdf, grid);
    for (size_t r = 0; r < grid->rows; r++)
        draw_row(pdf, grid, r, r + 1 == grid->rows ? notes : 0);
}

void pdf_table(Pdf *pdf, const Block *block)
{
    const DocTable *table = block->table;
    Grid grid = { .table = table, .rows = doc_table_rows(table), .columns = table->n_columns };
    g_autofree Text **head = g_new0(Text *, grid.columns + 1);
    g_autofree Text **cells = g_new0(Text *, grid.rows * grid.columns + 1);
    double left = pdf->left, width = pdf->width;
    bool turned;

    if (!grid.columns)
        return;
    grid.head = head;
    grid.cells = cells;
    pdf_open(pdf, "Table")->lang = block->lang ? doc_lang_tag(block->lang) : NULL;
    Elem *caption = *table->caption ? pdf_elem(pdf, pdf->at, "Caption") : NULL;
    make_cells(pdf, &grid);
    turned = fit(pdf, &grid);
    if (turned) {
        if (!pdf->turned)
            pdf_page_new(pdf, true);
        pdf->turned = false;
        pdf->left = MARGIN_X;
        pdf->width = pdf->page->w - 2 * MARGIN_X;
    }
    draw_table(pdf, &grid, pdf_text(pdf, STYLE_CAPTION, table->caption, pdf->width, caption));
    pdf_close(pdf);
    draw_notes(pdf, table);
    pdf->left = left;
    pdf->width = width;
    if (turned)
        pdf_page_new(pdf, false);
    pdf->y += turned ? 0 : 14;
}
