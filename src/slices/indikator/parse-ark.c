/* parse-ark.c - one sheet of a workbook: cells by type, merged cells, and the sheet as text.
 *
 * Numbers become texts with a decimal comma as Excel stores them, not as it shows them; dates become
 * ISO dates, so that a period Excel has made a date of is seen as one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "form.h"
#include "parse-job.h"
#include "parse-xlsx.h"

#define HEADER_WITHIN 60 /* rows from the top where a header is looked for */
#define MOST_FILLED 200000u

void indikator_xlsx_sheet_free(void *sheet)
{
    XlsxSheet *s = sheet;

    if (s == NULL)
        return;
    g_free(s->name);
    if (s->rows)
        g_ptr_array_unref(s->rows);
    g_free(s);
}

typedef struct {
    const XlsxBook *book;
    XlsxSheet *sheet;
    GString *text;        /* of the value being read */
    unsigned row, column; /* of the cell being read, from 0 */
    char type;            /* n number, s shared, i inline or str, b, e, d */
    XlsxStyle style;
    bool in_value, phonetic, stop, too_large;
    size_t filled;
} Reading;

/* --- where --- */

/* "C12" -> 2, 11; false when it is no cell. */
static bool read_place(const char *text, unsigned *ret_column, unsigned *ret_row)
{
    unsigned column = 0;
    guint64 row;

    while (g_ascii_isalpha(*text) && column < 100000)
        column = column * 26 + (unsigned)(g_ascii_toupper(*text++) - 'A' + 1);
    row = g_ascii_strtoull(text, NULL, 10);
    if (column == 0 || row == 0 || row > 2000000)
        return false;
    *ret_column = column - 1;
    *ret_row = (unsigned)row - 1;
    return true;
}

static void store(Reading *r, unsigned row, unsigned column, char *text)
{
    GPtrArray *rows = r->sheet->rows;
    GPtrArray *cells;

    if (*text == '\0' || r->too_large) {
        g_free(text);
        return;
    }
    if (row >= XLSX_MAX_ROWS || column >= XLSX_MAX_COLUMNS || r->sheet->n_cells >= XLSX_MAX_CELLS) {
        r->too_large = r->stop = true;
        g_free(text);
        return;
    }
    if (rows->len <= row)
        g_ptr_array_set_size(rows, (int)row + 1);
    if (rows->pdata[row] == NULL)
        rows->pdata[row] = g_ptr_array_new_with_free_func(g_free);
    cells = rows->pdata[row];
    if (cells->len <= column)
        g_ptr_array_set_size(cells, (int)column + 1);
    g_free(cells->pdata[column]);
    cells->pdata[column] = text;
    r->sheet->n_cells++;
}

static const char *cell_at(const XlsxSheet *sheet, unsigned row, unsigned column)
{
    const GPtrArray *cells = row < sheet->rows->len ? sheet->rows->pdata[row] : NULL;

    return cells && column < cells->len ? cells->pdata[column] : NULL;
}

/* --- what --- */

static char *date_of(const XlsxBook *book, double serial)
{
    char text[32];
    GDate date;

    if (!(serial >= 0 && serial < 2958466))
        return g_strdup("#DATO");
    g_date_set_dmy(&date, book->from_1904 ? 1 : 30, book->from_1904 ? 1 : 12,
                   book->from_1904 ? 1904 : 1899);
    g_date_add_days(&date, (guint)floor(serial));
    g_date_strftime(text, sizeof text, "%Y-%m-%d", &date);
    return g_strdup(text);
}

/* As few digits as say the number, at most 15, with a decimal comma. */
static char *number_text(double value)
{
    char text[64];

    g_ascii_formatd(text, sizeof text, "%.15g", value);
    if (strpbrk(text, "eE")) {
        g_ascii_formatd(text, sizeof text, fabs(value) >= 1 ? "%.0f" : "%.18f", value);
        if (strchr(text, '.'))
            for (size_t n = strlen(text); n > 0 && (text[n - 1] == '0'); n--)
                text[n - 1] = '\0';
    }
    return g_strdup(g_strdelimit(text, ".", ','));
}

static char *number_cell(const Reading *r)
{
    char *end;
    double value = g_ascii_strtod(r->text->str, &end);

    if (r->text->len == 0)
        return g_strdup("");
    if (*end != '\0' || !isfinite(value) || fabs(value) >= 1e18)
        return g_strdup(r->text->str);
    if (r->style == STYLE_DATE)
        return date_of(r->book, value);
    return number_text(r->style == STYLE_PERCENT ? round(value * 1e14) / 1e12 : value);
}

static char *shared_cell(const Reading *r)
{
    guint64 i = g_ascii_strtoull(r->text->str, NULL, 10);

    return g_strdup(i < r->book->strings->len ? r->book->strings->pdata[i] : "");
}

/* Line ends in a cell would move the lines below it; Excel's own escape of them too. */
static char *cleaned(char *text)
{
    char *escape;

    while ((escape = strstr(text, "_x000D_")) != NULL)
        memmove(escape, escape + 7, strlen(escape + 7) + 1);
    return g_strdelimit(text, "\r\n\t", ' ');
}

static char *cell_text(const Reading *r)
{
    switch (r->type) {
    case 's':
        return cleaned(shared_cell(r));
    case 'n':
        return number_cell(r);
    case 'd':
        return g_strndup(r->text->str, 10);
    default:
        return cleaned(g_strdup(r->text->str));
    }
}

/* --- the XML --- */

static char type_of(const char *t)
{
    if (t == NULL || strcmp(t, "n") == 0)
        return 'n';
    if (strcmp(t, "s") == 0)
        return 's';
    return strcmp(t, "d") == 0 ? 'd' : 'i';
}

static void begin_cell(Reading *r, const char **attributes)
{
    const char *place = indikator_xlsx_attribute(attributes, "r");
    const char *style = indikator_xlsx_attribute(attributes, "s");
    guint64 i = style ? g_ascii_strtoull(style, NULL, 10) : 0;

    if (place == NULL || !read_place(place, &r->column, &r->row))
        r->column++;
    r->type = type_of(indikator_xlsx_attribute(attributes, "t"));
    r->style =
        i < r->book->styles->len ? g_array_index(r->book->styles, XlsxStyle, i) : STYLE_PLAIN;
    g_string_truncate(r->text, 0);
}

/* A merged cell says the same in each of its places. */
static void fill_merged(Reading *r, const char *range)
{
    const char *colon = range ? strchr(range, ':') : NULL;
    unsigned c0, r0, c1, r1;
    const char *text;

    if (colon == NULL || !read_place(range, &c0, &r0) || !read_place(colon + 1, &c1, &r1))
        return;
    text = cell_at(r->sheet, r0, c0);
    for (unsigned row = r0; text && row <= r1; row++)
        for (unsigned column = c0; column <= c1 && r->filled < MOST_FILLED; column++)
            if (cell_at(r->sheet, row, column) == NULL) {
                g_autofree char *copy = g_strdup(text); /* the array may move */

                store(r, row, column, g_strdup(copy));
                r->filled++;
                text = cell_at(r->sheet, r0, c0);
            }
}

static void sheet_start(void *arg, const char *name, const char **attributes)
{
    Reading *r = arg;

    if (strcmp(name, "c") == 0) {
        begin_cell(r, attributes);
    } else if (strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && !r->phonetic)) {
        r->in_value = true;
    } else if (strcmp(name, "rPh") == 0) {
        r->phonetic = true;
    } else if (strcmp(name, "row") == 0) {
        const char *number = indikator_xlsx_attribute(attributes, "r");

        r->row = number ? (unsigned)g_ascii_strtoull(number, NULL, 10) - 1 : r->row + 1;
        r->column = G_MAXUINT;
    } else if (strcmp(name, "mergeCell") == 0) {
        fill_merged(r, indikator_xlsx_attribute(attributes, "ref"));
    }
}

static void sheet_end(void *arg, const char *name)
{
    Reading *r = arg;

    if (strcmp(name, "c") == 0)
        store(r, r->row, r->column, cell_text(r));
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        r->in_value = false;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic = false;
}

static void sheet_text(void *arg, const char *text, size_t len)
{
    Reading *r = arg;

    if (r->in_value && r->text->len < 65536)
        g_string_append_len(r->text, text, (gssize)len);
}

static void free_row(void *row)
{
    if (row)
        g_ptr_array_unref(row);
}

bool indikator_xlsx_read_sheet(const XlsxBook *book, const char *xml, size_t len, XlsxSheet *sheet,
                               GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    Reading r = { .book = book, .sheet = sheet, .text = text, .row = G_MAXUINT };
    const XlsxXml handlers = { sheet_start, sheet_end, sheet_text, &r, &r.stop };

    sheet->rows = g_ptr_array_new_with_free_func(free_row);
    if (!indikator_xlsx_xml(xml, len, &handlers, error))
        return false;
    return !r.too_large ||
           app_fail(error, APP_ERROR_INVALID,
                    _("The sheet “%s” has cells beyond row %u or column %u. Delete what is "
                      "below and beside the table"),
                    sheet->name, XLSX_MAX_ROWS, XLSX_MAX_COLUMNS);
}

/* --- as text --- */

static void append_cell(GString *out, const char *text)
{
    if (text == NULL)
        return;
    if (strpbrk(text, ";\"") == NULL) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    csv_escape(out, text);
    g_string_append_c(out, '"');
}

/* Cells of a row up to its last that says something. */
static unsigned width_of(const XlsxSheet *sheet, unsigned row)
{
    const GPtrArray *cells = row < sheet->rows->len ? sheet->rows->pdata[row] : NULL;
    unsigned n = cells ? cells->len : 0;

    while (n > 0 && cells->pdata[n - 1] == NULL)
        n--;
    return n;
}

static void append_row(GString *out, const XlsxSheet *sheet, unsigned row, unsigned width)
{
    unsigned n = width_of(sheet, row);

    for (unsigned i = 0; n > 0 && i < MAX(n, width); i++) {
        if (i > 0)
            g_string_append_c(out, ';');
        append_cell(out, cell_at(sheet, row, i));
    }
    g_string_append_c(out, '\n');
}

/* The row that is a header of a format we read; G_MAXUINT when none is. */
static unsigned find_header(const XlsxSheet *sheet)
{
    for (unsigned row = 0; row < MIN(sheet->rows->len, HEADER_WITHIN); row++) {
        g_autoptr(GString) line = g_string_new(NULL);
        g_autofree char *why = NULL;

        if (width_of(sheet, row) < 2)
            continue;
        append_row(line, sheet, row, 0);
        if (indikator_parse_format_of(line->str, line->len, &why) != NULL)
            return row;
    }
    return G_MAXUINT;
}

static char *sheet_names(const GPtrArray *sheets)
{
    GString *names = g_string_new(NULL);

    for (guint i = 0; i < MIN(sheets->len, 10); i++)
        g_string_append_printf(names, "%s“%s”", i ? ", " : "",
                               ((const XlsxSheet *)sheets->pdata[i])->name);
    return g_string_free(names, FALSE);
}

static char *as_text(const XlsxSheet *sheet, unsigned header)
{
    GString *out = g_string_new(NULL);
    unsigned width = width_of(sheet, header);

    for (unsigned row = 0; row < sheet->rows->len; row++) {
        if (row < header)
            g_string_append_c(out, '\n');
        else
            append_row(out, sheet, row, width);
    }
    return g_string_free(out, FALSE);
}

bool indikator_parse_is_workbook(const void *bytes, size_t len)
{
    return len >= 4 && memcmp(bytes, "PK\003\004", 4) == 0 &&
           memmem(bytes, len, "xl/workbook.xml", 15) != NULL;
}

/* Excel eats the first nought of a number. */
static bool is_shortened_id(const char *text)
{
    g_autofree char *whole = g_strconcat("0", text, NULL);

    return strlen(text) == 10 && form_holds_national_id(whole);
}

/* Sheets that are not read must not hold people's numbers either: the file is kept for a while. */
static bool holds_people(const XlsxSheet *sheet, bool read, char **ret_why)
{
    for (guint row = 0; row < sheet->rows->len; row++) {
        const GPtrArray *cells = sheet->rows->pdata[row];

        for (guint i = 0; cells && i < cells->len; i++) {
            const char *text = cells->pdata[i];

            if (!text || !(is_shortened_id(text) || (!read && form_holds_national_id(text))))
                continue;
            *ret_why = g_strdup_printf(_("The sheet “%s” holds what may be a national identity "
                                         "number in row %u, column %u. Such numbers must never be "
                                         "here; take it away"),
                                       sheet->name, row + 1, i + 1);
            return true;
        }
    }
    return false;
}

bool indikator_parse_workbook(const void *bytes, size_t len, char **ret_text, char **ret_sheet,
                              char **ret_why, bool *ret_people)
{
    g_autoptr(GPtrArray) sheets = NULL;
    g_autoptr(GError) error = NULL;
    const XlsxSheet *best = NULL, *largest = NULL;
    unsigned header = 0;

    if (!indikator_xlsx_read(bytes, len, &sheets, &error)) {
        *ret_why = g_strdup(error->message);
        return false;
    }
    for (guint i = 0; i < sheets->len; i++) {
        const XlsxSheet *sheet = sheets->pdata[i];
        unsigned row = find_header(sheet);

        if (row == G_MAXUINT || (best && best->rows->len - header >= sheet->rows->len - row))
            continue;
        best = sheet;
        header = row;
    }
    for (guint i = 0; best == NULL && i < sheets->len; i++) {
        const XlsxSheet *sheet = sheets->pdata[i];

        if (largest == NULL || sheet->n_cells > largest->n_cells)
            largest = sheet;
    }
    if (best == NULL) {
        g_autofree char *names = sheet_names(sheets);

        *ret_why = g_strdup_printf(
            _("No sheet of the workbook has a header that is known; it has %s. Known are our own "
              "templates, the table enhet;indikator;periode … and exports from Udir and "
              "Skoleporten"),
            names);
        best = largest;
    }
    for (guint i = 0; i < sheets->len && !*ret_people; i++) {
        g_autofree char *where = NULL;

        *ret_people = holds_people(sheets->pdata[i], sheets->pdata[i] == best, &where);
        if (*ret_people) {
            g_free(*ret_why);
            *ret_why = g_steal_pointer(&where);
        }
    }
    if (best == NULL || *ret_people)
        return false;
    *ret_text = as_text(best, header);
    *ret_sheet = g_strdup(best->name);
    return true;
}
