/* csv.c - the in-place splitter.
 *
 * A field ends at a byte of one small table; the separator there is overwritten by NUL, and a
 * quoted field is pulled together where it stands. Characters are counted while scanning, since
 * afterwards the line is no longer whole.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"

struct CsvReader {
    CsvOptions options;
    char *at, *end;
    unsigned line, column; /* of at */
    size_t rows;           /* given or found ragged so far */
    unsigned expected;     /* fields of the first row; 0 before it */
    bool stopped;
    bool ends_field[256]; /* ends an unquoted field: separator, CR, LF, NUL */
    GArray *fields;       /* of CsvField */
    CsvProblem problem;
};

static bool is_separator(char c)
{
    return c == '\t' || c == ';' || c == '|' || c == ',';
}

static size_t line_length(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && text[n] != '\n' && text[n] != '\r')
        n++;
    return n;
}

/* CR LF, LF, a lone CR, and CR CR LF as some exports have it; 0 when there is no line end. */
static size_t line_end_length(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && text[n] == '\r')
        n++;
    return n < len && text[n] == '\n' ? n + 1 : MIN(n, (size_t)1);
}

static char count_separators(const char *line, size_t len)
{
    static const char kinds[] = "\t;|,";
    size_t count[4] = { 0 }, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < len; i++) {
        const char *kind = line[i] ? strchr(kinds, line[i]) : NULL;

        if (line[i] == '"')
            quoted = !quoted;
        else if (kind != NULL && !quoted)
            count[kind - kinds]++;
    }
    for (size_t i = 1; i < G_N_ELEMENTS(count); i++)
        if (count[i] > count[best])
            best = i;
    return count[best] ? kinds[best] : 0;
}

char csv_sniff(const char *text, size_t len, size_t *ret_start, unsigned *ret_line)
{
    size_t n = line_length(text, len), start = 0;
    unsigned line = 1;
    bool named = n >= 4 && g_ascii_strncasecmp(text, "sep=", 4) == 0;

    if (named) {
        start = n + line_end_length(text + n, len - n);
        line = 2;
    }
    *ret_start = start;
    *ret_line = line;
    if (named && n > 4)
        return n == 5 && is_separator(text[4]) ? text[4] : 0;
    while (start < len && (n = line_length(text + start, len - start)) == 0)
        start += line_end_length(text + start, len - start);
    return start < len ? count_separators(text + start, n) : 0;
}

CsvReader *csv_reader_new(char *text, size_t len, unsigned line, const CsvOptions *options)
{
    CsvReader *reader = g_new0(CsvReader, 1);

    g_assert(is_separator(options->separator) && text[len] == '\0');
    reader->options = *options;
    if (reader->options.max_columns == 0)
        reader->options.max_columns = 4096;
    if (reader->options.max_field == 0)
        reader->options.max_field = 65536;
    if (reader->options.max_rows == 0)
        reader->options.max_rows = 2000000;
    reader->at = text;
    reader->end = text + len;
    reader->line = line;
    reader->column = 1;
    reader->fields = g_array_new(FALSE, FALSE, sizeof(CsvField));
    reader->ends_field[(uint8_t)options->separator] = true;
    reader->ends_field['\r'] = reader->ends_field['\n'] = reader->ends_field[0] = true;
    return reader;
}

void csv_reader_free(CsvReader *reader)
{
    if (reader == NULL)
        return;
    g_array_unref(reader->fields);
    g_free(reader);
}

const CsvProblem *csv_problem(const CsvReader *reader)
{
    return &reader->problem;
}

/* A problem at a place; nothing after it can be trusted, so reading stops. */
static bool stop_at(CsvReader *r, const char *what, unsigned line, unsigned column)
{
    r->stopped = true;
    r->problem = (CsvProblem){ .what = what,
                               .line = line,
                               .column = column,
                               .field = r->fields->len + 1,
                               .row = r->rows + 1,
                               .at_end = r->at >= r->end };
    return false;
}

static void pass_line_end(CsvReader *r)
{
    r->at += line_end_length(r->at, (size_t)(r->end - r->at));
    r->line++;
    r->column = 1;
}

static void scan_plain(CsvReader *r, CsvField *field)
{
    char *p = r->at;
    unsigned column = r->column;

    while (!r->ends_field[(uint8_t)*p])
        column += ((uint8_t)*p++ & 0xC0) != 0x80;
    field->len = (size_t)(p - field->text);
    r->at = p;
    r->column = column;
}

/* From the opening quote past the closing one; "" inside stands for one quote. */
static bool scan_quoted(CsvReader *r, CsvField *field)
{
    char *to = field->text, *p = r->at + 1;

    r->column++;
    for (; p < r->end; p++) {
        if (*p == '"' && p[1] != '"')
            break;
        if (*p == '"') {
            p++;
            r->column++;
        }
        if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
            r->line++;
            r->column = 0;
        }
        r->column += ((uint8_t)*p & 0xC0) != 0x80;
        if (*p == '\0')
            break;
        *to++ = *p;
    }
    r->at = p;
    if (p >= r->end)
        return stop_at(r, N_("A quotation mark opens here and never closes"), field->line,
                       field->column);
    if (*p == '\0')
        return stop_at(r, N_("The text holds a NUL character"), r->line, r->column - 1);
    r->at++;
    r->column++;
    field->len = (size_t)(to - field->text);
    field->quoted = true;
    if (!r->ends_field[(uint8_t)*r->at])
        return stop_at(r, N_("Text follows a closing quotation mark"), r->line, r->column);
    return true;
}

/* One field, up to the byte that ends it; that byte is given, for NUL will stand there. */
static bool scan_field(CsvReader *r, char *ret_end)
{
    CsvField field = { .text = r->at, .line = r->line, .column = r->column };

    if (r->fields->len >= r->options.max_columns)
        return stop_at(r, N_("The row has too many columns"), r->line, r->column);
    if (*r->at == '"') {
        if (!scan_quoted(r, &field))
            return false;
    } else {
        scan_plain(r, &field);
    }
    if (*r->at == '\0' && r->at < r->end)
        return stop_at(r, N_("The text holds a NUL character"), r->line, r->column);
    if (field.len > r->options.max_field)
        return stop_at(r, N_("The field is too long"), field.line, field.column);
    *ret_end = *r->at;
    g_array_append_val(r->fields, field);
    return true;
}

/* All fields of the row at r->at; their NULs are written once the row is whole. */
static bool scan_row(CsvReader *r, char *ret_end)
{
    char end = 0;

    g_array_set_size(r->fields, 0);
    while (scan_field(r, &end) && end == r->options.separator) {
        r->at++;
        r->column++;
    }
    if (r->stopped)
        return false;
    if (end != '\0')
        pass_line_end(r);
    for (guint i = 0; i < r->fields->len; i++) {
        CsvField *field = &g_array_index(r->fields, CsvField, i);

        field->text[field->len] = '\0';
    }
    *ret_end = end;
    return true;
}

static CsvStep refuse_ragged(CsvReader *r, unsigned line, bool at_end)
{
    r->problem = (CsvProblem){ .what = N_("The row has another number of columns than the header"),
                               .line = line,
                               .column = 1,
                               .field = MIN(r->fields->len, r->expected),
                               .row = r->rows,
                               .at_end = at_end,
                               .more = true,
                               .found = r->fields->len,
                               .expected = r->expected };
    return CSV_PROBLEM;
}

CsvStep csv_next(CsvReader *r, CsvRow *ret_row)
{
    unsigned line;
    char end = 0;

    while (!r->stopped && r->at < r->end && (*r->at == '\r' || *r->at == '\n'))
        pass_line_end(r);
    if (r->stopped || r->at >= r->end)
        return CSV_END;
    line = r->line;
    g_array_set_size(r->fields, 0);
    if (r->rows >= r->options.max_rows) {
        stop_at(r, N_("The file has too many rows"), line, 1);
        return CSV_PROBLEM;
    }
    if (!scan_row(r, &end))
        return CSV_PROBLEM;
    r->rows++;
    if (r->expected == 0)
        r->expected = r->fields->len;
    if (r->options.ragged == CSV_RAGGED_FAIL && r->fields->len != r->expected)
        return refuse_ragged(r, line, end == '\0');
    *ret_row = (CsvRow){ .field = (const CsvField *)(void *)r->fields->data,
                         .n = r->fields->len,
                         .number = r->rows,
                         .line = line };
    return CSV_ROW;
}

/* --- writing --- */

void csv_escape(GString *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
}

void csv_field(GString *out, const char *text, char separator)
{
    if (!strchr(text, separator) && !strpbrk(text, "\"\r\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    csv_escape(out, text);
    g_string_append_c(out, '"');
}
