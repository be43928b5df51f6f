/* fuzz-csv.c - any bytes through encoding and splitter: no field may lie outside its buffer.
 *
 * The first byte chooses the policy, so that every policy is tried.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"
#include "encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_row(const CsvRow *row, const char *text, size_t len, const CsvOptions *options)
{
    g_assert(row->n > 0 && row->n <= options->max_columns);
    g_assert(row->number > 0 && row->number <= options->max_rows && row->line > 0);
    for (unsigned i = 0; i < row->n; i++) {
        const CsvField *field = &row->field[i];

        g_assert(field->text >= text && field->text + field->len <= text + len);
        g_assert(strlen(field->text) == field->len && field->len <= options->max_field);
        g_assert(g_utf8_validate(field->text, (gssize)field->len, NULL));
        g_assert(field->line >= row->line && field->column > 0);
    }
}

static void split(char *text, size_t len, uint8_t policy)
{
    CsvOptions options = { .ragged = policy & 1 ? CSV_RAGGED_GIVE : CSV_RAGGED_FAIL,
                           .max_columns = policy & 2 ? 3 : 4096,
                           .max_field = policy & 4 ? 5 : 65536,
                           .max_rows = policy & 8 ? 3 : 2000000 };
    g_autoptr(CsvReader) reader = NULL;
    size_t start;
    unsigned line;
    CsvRow row;
    CsvStep step;

    options.separator = csv_sniff(text, len, &start, &line);
    g_assert(start <= len && (line == 1 || line == 2));
    if (options.separator == 0)
        return;
    reader = csv_reader_new(text + start, len - start, line, &options);
    while ((step = csv_next(reader, &row)) != CSV_END) {
        if (step == CSV_ROW)
            check_row(&row, text, len, &options);
        else
            g_assert(csv_problem(reader)->what != NULL && csv_problem(reader)->line >= line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    uint8_t policy = len > 0 ? bytes[0] : 0;
    Encoding sniffed;

    if (len == 0)
        return 0;
    sniffed = encoding_sniff(bytes + 1, len - 1);
    for (int i = 0; i < N_ENCODINGS; i++) {
        g_autofree char *text = NULL;
        size_t text_len;
        EncodingProblem problem = { 0 };

        if (!encoding_to_utf8(bytes + 1, len - 1, (Encoding)i, &text, &text_len, &problem)) {
            g_assert(problem.what != NULL && problem.line > 0 && problem.column > 0);
            g_assert(problem.offset < len - 1);
            continue;
        }
        g_assert(g_utf8_validate(text, (gssize)text_len, NULL));
        if ((Encoding)i == sniffed)
            split(text, text_len, policy);
    }
    return 0;
}
