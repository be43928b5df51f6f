/* suppress-csv.c - a CSV file as rows of fields, whatever its encoding and separator.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "suppress.h"
#include "csv.h"
#include "encoding.h"

#define MAX_ROWS 500000

static void row_free(gpointer data)
{
    SuppressRow *row = data;

    g_free(row->field);
    g_free(row);
}

void suppress_csv_free(SuppressCsv *csv)
{
    if (!csv)
        return;
    g_ptr_array_unref(csv->rows);
    g_free(csv->text);
    g_free(csv);
}

static void keep_row(SuppressCsv *csv, const CsvRow *row)
{
    SuppressRow *kept = g_new0(SuppressRow, 1);

    kept->line = row->line;
    kept->field = g_new(const char *, row->n);
    for (unsigned i = 0; i < row->n; i++)
        kept->field[i] = g_strstrip(row->field[i].text);
    csv->n_columns = row->n;
    g_ptr_array_add(csv->rows, kept);
}

static bool read_rows(SuppressCsv *csv, size_t len, GError **error)
{
    CsvOptions options = { .max_rows = MAX_ROWS };
    g_autoptr(CsvReader) reader = NULL;
    size_t start;
    unsigned line;
    CsvRow row;
    CsvStep step;

    options.separator = csv_sniff(csv->text, len, &start, &line);
    if (options.separator == 0)
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:1: no separator found; a header with comma or semicolon is needed",
                        csv->name);
    reader = csv_reader_new(csv->text + start, len - start, line, &options);
    while ((step = csv_next(reader, &row)) == CSV_ROW)
        keep_row(csv, &row);
    if (step == CSV_PROBLEM)
        return app_fail(error, APP_ERROR_INVALID, "%s:%u: %s", csv->name, csv_problem(reader)->line,
                        csv_problem(reader)->what);
    if (csv->rows->len < 2)
        return app_fail(error, APP_ERROR_INVALID, "%s: no rows below the header", csv->name);
    return true;
}

SuppressCsv *suppress_csv_read(const char *text, size_t len, const char *name, GError **error)
{
    g_autoptr(SuppressCsv) csv = g_new0(SuppressCsv, 1);
    EncodingProblem problem = { 0 };
    size_t n = 0;

    csv->rows = g_ptr_array_new_with_free_func(row_free);
    csv->name = name;
    if (len == 0) {
        app_fail(error, APP_ERROR_INVALID, "%s is empty", name);
        return NULL;
    }
    if (!encoding_to_utf8(text, len, encoding_sniff(text, len), &csv->text, &n, &problem)) {
        app_fail(error, APP_ERROR_INVALID, "%s:%u: %s", name, problem.line, problem.what);
        return NULL;
    }
    return read_rows(csv, n, error) ? g_steal_pointer(&csv) : NULL;
}

int suppress_csv_column(const SuppressCsv *csv, const char *column)
{
    const SuppressRow *header = csv->rows->pdata[0];

    for (unsigned i = 0; i < csv->n_columns; i++)
        if (!strcmp(header->field[i], column))
            return (int)i;
    return -1;
}

bool suppress_number(const char *text, double *ret)
{
    g_autofree char *plain = g_strdelimit(g_strdup(text), ",", '.');
    char *end = NULL;

    if (!g_ascii_isdigit(*plain) || strspn(plain, "0123456789.") != strlen(plain))
        return false;
    *ret = g_ascii_strtod(plain, &end);
    return *end == '\0' && *ret <= 1e12;
}
