/* test-csv.c - the splitter against RFC 4180, csv-spectrum, and what files in the field look like.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"
#include <jansson.h>

#define SPECTRUM "../shared/data/hostile/csv-spectrum"

/* The rows as "a|b/c|d", problems as "!line:column:field". */
static char *split(const char *input, const CsvOptions *options)
{
    g_autofree char *text = g_strdup(input);
    g_autoptr(CsvReader) reader = csv_reader_new(text, strlen(text), 1, options);
    GString *out = g_string_new(NULL);
    CsvRow row;
    CsvStep step;

    while ((step = csv_next(reader, &row)) != CSV_END) {
        const CsvProblem *p = csv_problem(reader);

        if (out->len)
            g_string_append_c(out, '/');
        if (step == CSV_PROBLEM) {
            g_assert_nonnull(p->what);
            g_string_append_printf(out, "!%u:%u:%u", p->line, p->column, p->field);
            continue;
        }
        for (unsigned i = 0; i < row.n; i++) {
            g_assert_cmpuint(row.field[i].len, ==, strlen(row.field[i].text));
            g_string_append_printf(out, "%s%s", i ? "|" : "", row.field[i].text);
        }
    }
    return g_string_free(out, FALSE);
}

static void check(const char *input, const CsvOptions *options, const char *expected)
{
    g_autofree char *found = split(input, options);

    g_assert_cmpstr(found, ==, expected);
}

static void rows_and_quotes_follow_rfc_4180(void)
{
    static const CsvOptions o = { .separator = ';', .ragged = CSV_RAGGED_GIVE };

    check("", &o, "");
    check("\n\r\n", &o, "");
    check("a;b", &o, "a|b");
    check("a;b\r\nc;d\r\n", &o, "a|b/c|d");
    check("a;b\rc;d\r", &o, "a|b/c|d");
    check("a;b\r\r\nc;d\n", &o, "a|b/c|d");
    check("a;b\n\n\nc;d", &o, "a|b/c|d");
    check(";\n", &o, "|");
    check("a;", &o, "a|");
    check("\"a;b\";\"c\"\"d\";\"\"\n", &o, "a;b|c\"d|");
    check("\"a\r\nb\";c\n", &o, "a\r\nb|c");
    check("5\" disk;b\n", &o, "5\" disk|b");
    check("a,b;c\n", &o, "a,b|c");
}

static void problems_say_where(void)
{
    static const CsvOptions o = { .separator = ';' };
    static const CsvOptions small = {
        .separator = ';', .max_columns = 2, .max_field = 3, .max_rows = 2
    };

    check("a;b\nå;\"c\nd", &o, "a|b/!2:3:2");
    check("a;b\nå;\"c\"d\n", &o, "a|b/!2:6:2");
    check("a;b\n\"x\ny\";\"c\" \n", &o, "a|b/!3:7:2");
    check("a;b\nc\nd;e;f\ng;h\n", &o, "a|b/!2:1:1/!3:1:2/g|h");
    check("a;b\nc;d;e\n", &small, "a|b/!2:5:3");
    check("a;b\nc;defg\n", &small, "a|b/!2:3:2");
    check("a;b\nc;d\ne;f\n", &small, "a|b/c|d/!3:1:1");
}

static void nul_is_a_problem_even_in_quotes(void)
{
    static const struct {
        const char *text;
        size_t len;
        unsigned column;
    } cases[] = { { "a\0;b\n", 5, 2 }, { "\"a\0\";b\n", 7, 3 } };
    static const CsvOptions o = { .separator = ';' };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_memdup2(cases[i].text, cases[i].len + 1);
        g_autoptr(CsvReader) reader = csv_reader_new(text, cases[i].len, 1, &o);
        CsvRow row;

        g_assert_cmpint(csv_next(reader, &row), ==, CSV_PROBLEM);
        g_assert_cmpuint(csv_problem(reader)->column, ==, cases[i].column);
        g_assert_cmpint(csv_next(reader, &row), ==, CSV_END);
    }
}

static void a_ragged_last_row_without_line_end_is_at_the_end(void)
{
    static const CsvOptions o = { .separator = ';' };
    char text[] = "a;b;c\nd;e";
    g_autoptr(CsvReader) reader = csv_reader_new(text, strlen(text), 1, &o);
    CsvRow row;

    g_assert_cmpint(csv_next(reader, &row), ==, CSV_ROW);
    g_assert_cmpint(csv_next(reader, &row), ==, CSV_PROBLEM);
    g_assert_true(csv_problem(reader)->at_end);
    g_assert_cmpuint(csv_problem(reader)->found, ==, 2);
    g_assert_cmpuint(csv_problem(reader)->expected, ==, 3);
}

static void fields_know_their_places(void)
{
    static const CsvOptions o = { .separator = ',' };
    char text[] = "å,b\n\"ø\n\"\"x\",é,z\n";
    g_autoptr(CsvReader) reader = csv_reader_new(text, strlen(text), 4, &o);
    CsvRow row;

    g_assert_cmpint(csv_next(reader, &row), ==, CSV_ROW);
    g_assert_cmpuint(row.line, ==, 4);
    g_assert_cmpuint(row.field[1].column, ==, 3);
    g_assert_cmpint(csv_next(reader, &row), ==, CSV_PROBLEM); /* ragged, but read on */
    g_assert_cmpuint(csv_problem(reader)->line, ==, 5);
    g_assert_cmpint(csv_next(reader, &row), ==, CSV_END);
}

static void places_go_on_after_a_quoted_line_end(void)
{
    static const CsvOptions o = { .separator = ',' };
    char text[] = "\"ø\n\"\"x\",é,z\nq,r,s";
    g_autoptr(CsvReader) reader = csv_reader_new(text, strlen(text), 1, &o);
    CsvRow row;

    g_assert_cmpint(csv_next(reader, &row), ==, CSV_ROW);
    g_assert_cmpstr(row.field[0].text, ==, "ø\n\"x");
    g_assert_true(row.field[0].quoted);
    g_assert_cmpuint(row.field[2].line, ==, 2);
    g_assert_cmpuint(row.field[2].column, ==, 8);
    g_assert_cmpint(csv_next(reader, &row), ==, CSV_ROW);
    g_assert_cmpuint(row.line, ==, 3);
    g_assert_cmpuint(row.number, ==, 2);
}

static void the_separator_is_sniffed(void)
{
    static const struct {
        const char *text;
        char separator;
        size_t start;
        unsigned line;
    } cases[] = {
        { "sep=\t\na\tb\n", '\t', 6, 2 },
        { "SEP=;\r\na,b;c\n", ';', 7, 2 },
        { "a;b;c,d\n", ';', 0, 1 },
        { "a,b\n;;;;;\n", ',', 0, 1 },
        { "a|b\n", '|', 0, 1 },
        { "\n\na\tb\n", '\t', 0, 1 },
        { "\"x;y;z\",b\n", ',', 0, 1 },
        { "alone\n", 0, 0, 1 },
        { "sep=:\na:b\n", 0, 6, 2 },
        { "sep=\na;b\n", ';', 5, 2 },
        { "", 0, 0, 1 },
        { "sep=;", ';', 5, 2 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t start = 99;
        unsigned line = 0;
        char found = csv_sniff(cases[i].text, strlen(cases[i].text), &start, &line);

        g_assert_cmpint(found, ==, cases[i].separator);
        g_assert_cmpuint(start, ==, cases[i].start);
        g_assert_cmpuint(line, ==, cases[i].line);
    }
}

/* One csv-spectrum case: rows must equal the JSON objects keyed by the header. */
static void check_spectrum(const char *name)
{
    static const CsvOptions o = { .separator = ',' };
    g_autofree char *csv = g_strdup_printf(SPECTRUM "/csvs/%s.csv", name);
    g_autofree char *json = g_strdup_printf(SPECTRUM "/json/%s.json", name);
    g_autofree char *text = NULL;
    gsize len;
    json_t *expected = json_load_file(json, 0, NULL);
    g_autoptr(CsvReader) reader = NULL;
    g_autoptr(GPtrArray) head = g_ptr_array_new();
    CsvRow row;
    size_t n = 0;

    g_assert_true(g_file_get_contents(csv, &text, &len, NULL));
    g_assert_nonnull(expected);
    reader = csv_reader_new(text, len, 1, &o);
    g_assert_cmpint(csv_next(reader, &row), ==, CSV_ROW);
    for (unsigned i = 0; i < row.n; i++)
        g_ptr_array_add(head, row.field[i].text);
    for (; csv_next(reader, &row) == CSV_ROW; n++) {
        json_t *object = json_array_get(expected, n);

        g_assert_cmpuint(json_object_size(object), ==, row.n);
        for (unsigned i = 0; i < row.n; i++)
            g_assert_cmpstr(json_string_value(json_object_get(object, head->pdata[i])), ==,
                            row.field[i].text);
    }
    g_assert_null(csv_problem(reader)->what);
    g_assert_cmpuint(n, ==, json_array_size(expected));
    json_decref(expected);
}

static void csv_spectrum_is_read_as_its_authors_say(void)
{
    g_autoptr(GDir) dir = g_dir_open(SPECTRUM "/csvs", 0, NULL);
    const char *file;
    unsigned n = 0;

    if (dir == NULL) {
        g_test_skip("csv-spectrum is not in ../shared/data");
        return;
    }
    while ((file = g_dir_read_name(dir)) != NULL) {
        g_autofree char *name = g_strndup(file, strlen(file) - 4);

        check_spectrum(name);
        n++;
    }
    g_assert_cmpuint(n, >=, 9);
}

static void reading_is_fast(void)
{
    enum { ROWS = 200000 };
    static const CsvOptions o = { .separator = ';' };
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(CsvReader) reader = NULL;
    CsvRow row;
    size_t n = 0;
    gint64 before;
    double seconds;

    for (int i = 0; i < ROWS; i++)
        g_string_append_printf(text, "9752834%02d;NP.LES.5;2025/26;5;\"alle\";%d,5\n", i % 100, i);
    before = g_get_monotonic_time();
    reader = csv_reader_new(text->str, text->len, 1, &o);
    while (csv_next(reader, &row) == CSV_ROW)
        n += row.n;
    seconds = (double)(g_get_monotonic_time() - before) / 1e6;
    g_assert_cmpuint(n, ==, ROWS * 6);
    g_test_message("%.1f million rows/s, %.0f MB/s", ROWS / seconds / 1e6,
                   (double)text->len / seconds / 1e6);
}

static void fields_written_are_read_back(void)
{
    static const char *const texts[] = { "",           "Eide", "a,b", "a;b", "a \"quoted\" word",
                                         "two\nlines", "\"" };
    static const CsvOptions options = { .separator = ',' };
    g_autoptr(GString) out = g_string_new(NULL);
    CsvRow row;

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        csv_field(out, texts[i], ',');
        g_string_append_c(out, i + 1 < G_N_ELEMENTS(texts) ? ',' : '\n');
    }
    g_assert_nonnull(strstr(out->str, ",\"a,b\",a;b,")); /* quotes only where they are needed */
    g_autoptr(CsvReader) reader = csv_reader_new(out->str, out->len, 1, &options);

    g_assert_cmpint(csv_next(reader, &row), ==, CSV_ROW);
    g_assert_cmpuint(row.n, ==, G_N_ELEMENTS(texts));
    for (unsigned i = 0; i < row.n; i++)
        g_assert_cmpstr(row.field[i].text, ==, texts[i]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/next/rfc-4180", rows_and_quotes_follow_rfc_4180);
    g_test_add_func("/csv/next/problems", problems_say_where);
    g_test_add_func("/csv/next/nul", nul_is_a_problem_even_in_quotes);
    g_test_add_func("/csv/next/cut-off", a_ragged_last_row_without_line_end_is_at_the_end);
    g_test_add_func("/csv/next/places", fields_know_their_places);
    g_test_add_func("/csv/next/places-in-quotes", places_go_on_after_a_quoted_line_end);
    g_test_add_func("/csv/next/spectrum", csv_spectrum_is_read_as_its_authors_say);
    g_test_add_func("/csv/next/speed", reading_is_fast);
    g_test_add_func("/csv/sniff/separators", the_separator_is_sniffed);
    g_test_add_func("/csv/writing/read-back", fields_written_are_read_back);
    return g_test_run();
}
