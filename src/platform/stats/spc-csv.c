/* spc-csv.c - a series read from CSV, each refusal with its line and column.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>
#include "csv.h"
#include "encoding.h"
#include "spc-csv.h"

enum { AT_PERIOD, AT_VALUE, AT_N, N_AT };
static const char *const columns[N_AT] = { "period", "value", "n" };

typedef struct {
    const char *file;
    char separator;
    int at[N_AT]; /* -1: not there */
    GArray *period, *value, *n;
    Arena *arena;
} Reading;

static bool read_header(Reading *r, const CsvRow *row, GError **error)
{
    for (int c = 0; c < N_AT; c++)
        r->at[c] = -1;
    for (unsigned i = 0; i < row->n; i++)
        for (int c = 0; c < N_AT; c++) {
            if (strcmp(g_strstrip(row->field[i].text), columns[c]))
                continue;
            if (r->at[c] >= 0)
                return app_fail(error, APP_ERROR_INVALID, "%s:%u: the column %s is there twice",
                                r->file, row->line, columns[c]);
            r->at[c] = (int)i;
        }
    if (r->at[AT_PERIOD] < 0 || r->at[AT_VALUE] < 0)
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:%u: the first line must name the columns: period,value or "
                        "period,value,n",
                        r->file, row->line);
    return true;
}

/* A number, or NAN for an empty cell and NA. A comma is a decimal mark where it separates nothing. */
static bool read_number(const Reading *r, const CsvField *field, double *ret, GError **error)
{
    char *text = g_strstrip(field->text), *end;

    *ret = NAN;
    if (!*text || !strcmp(text, "NA"))
        return true;
    if (r->separator != ',')
        g_strdelimit(text, ",", '.');
    *ret = g_ascii_strtod(text, &end);
    if (end == text || *end || !isfinite(*ret))
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:%u:%u: \"%.40s\" is not a number; leave the cell empty where a value "
                        "is missing",
                        r->file, field->line, field->column, text);
    return true;
}

static bool read_row(Reading *r, const CsvRow *row, GError **error)
{
    double value, n = NAN;

    if (!read_number(r, &row->field[r->at[AT_VALUE]], &value, error) ||
        (r->at[AT_N] >= 0 && !read_number(r, &row->field[r->at[AT_N]], &n, error)))
        return false;
    const char *period = arena_dup(r->arena, row->field[r->at[AT_PERIOD]].text);

    g_array_append_val(r->period, period);
    g_array_append_val(r->value, value);
    g_array_append_val(r->n, n);
    return true;
}

static bool read_rows(Reading *r, CsvReader *reader, GError **error)
{
    CsvRow row;
    CsvStep step;

    while ((step = csv_next(reader, &row)) == CSV_ROW)
        if (row.number == 1 ? !read_header(r, &row, error) : !read_row(r, &row, error))
            return false;
    if (step == CSV_PROBLEM) {
        const CsvProblem *p = csv_problem(reader);

        return app_fail(error, APP_ERROR_INVALID, "%s:%u:%u: %s", r->file, p->line, p->column,
                        p->what);
    }
    if (!r->value->len)
        return app_fail(error, APP_ERROR_INVALID, "%s: there are no points in it", r->file);
    return true;
}

static bool read_text(Reading *r, char *text, size_t len, GError **error)
{
    size_t start;
    unsigned line;

    r->separator = csv_sniff(text, len, &start, &line);
    CsvOptions options = { .separator = r->separator ? r->separator : ',' };
    g_autoptr(CsvReader) reader = csv_reader_new(text + start, len - start, line, &options);

    return read_rows(r, reader, error);
}

static void *keep(Arena *arena, const GArray *list, size_t size)
{
    void *kept = arena_alloc(arena, list->len * size);

    memcpy(kept, list->data, list->len * size);
    return kept;
}

bool spc_csv_read(Arena *arena, const char *file, const void *bytes, size_t size, SpcCsv *ret,
                  GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GArray) period = g_array_new(FALSE, FALSE, sizeof(char *));
    g_autoptr(GArray) value = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) n = g_array_new(FALSE, FALSE, sizeof(double));
    Reading r = { .file = file, .period = period, .value = value, .n = n, .arena = arena };
    EncodingProblem problem;
    size_t len;

    if (!encoding_to_utf8(bytes, size, encoding_sniff(bytes, size), &text, &len, &problem))
        return app_fail(error, APP_ERROR_INVALID, "%s:%u:%u: %s", file, problem.line,
                        problem.column, problem.what);
    if (!read_text(&r, text, len, error))
        return false;
    *ret = (SpcCsv){ keep(arena, period, sizeof(char *)), keep(arena, value, sizeof(double)),
                     keep(arena, n, sizeof(double)), value->len, r.at[AT_N] >= 0 };
    return true;
}
