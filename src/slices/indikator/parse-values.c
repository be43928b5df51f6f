/* parse-values.c - our own table of values: one row one value, filled in by people in a spreadsheet.
 *
 * The header may have its columns in any order; a row that repeats an earlier one is dropped, and
 * one that contradicts it is an error.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-values.h"

#define MAX_ROWS 500000
#define ALL_NAMES                                                                                  \
    "enhet, indikator, periode, trinn, kjonn, verdi, usikkerhet, n, teller, nevner, status, "      \
    "kvalitativ, kilde"

static void count(ParsedCounts *counts, const ParsedValue *v)
{
    counts->masked += v->status == VALUE_MASKED;
    counts->missing += v->status == VALUE_MISSING;
    counts->not_tested += v->status == VALUE_NOT_TESTED;
    counts->zeros += v->has_value && v->value == 0;
}

static bool same_number(bool has_a, double a, bool has_b, double b)
{
    return has_a == has_b && (!has_a || (a >= b && a <= b));
}

static bool same_value(const ParsedValue *a, const ParsedValue *b)
{
    return a->status == b->status && a->n_masked == b->n_masked &&
           g_strcmp0(a->quality, b->quality) == 0 && g_strcmp0(a->source, b->source) == 0 &&
           same_number(a->has_value, a->value, b->has_value, b->value) &&
           same_number(a->has_uncertainty, a->uncertainty, b->has_uncertainty, b->uncertainty) &&
           same_number(a->has_n, (double)a->n, b->has_n, (double)b->n) &&
           same_number(a->has_numerator, a->numerator, b->has_numerator, b->numerator) &&
           same_number(a->has_denominator, a->denominator, b->has_denominator, b->denominator);
}

/* Stores the value unless the same one came before; another one under its key is an error. */
static void store(ValuesRow *r, const ParsedUnit *unit)
{
    ParsedValue *v = &r->value;
    g_autofree char *key =
        g_strjoin(";", unit->code, v->indicator, v->period, v->grade, v->sex, NULL);
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(r->seen, key));
    const ParsedValue *old;
    bool is_new;

    if (known == 0) {
        v->unit = indikator_parse_unit(r->job, unit, &is_new);
        g_array_append_val(r->job->values, *v);
        g_hash_table_insert(r->seen, g_steal_pointer(&key), GSIZE_TO_POINTER(r->job->values->len));
        return;
    }
    old = &g_array_index(r->job->values, ParsedValue, known - 1);
    if (same_value(old, v)) {
        r->job->file->counts.duplicates++;
        return;
    }
    indikator_parse_fail(r->job, indikator_parse_place(r->row, r->column[COL_UNIT]),
                         _("Line %u has another value for the same unit, indicator, period, grade "
                           "and sex (%s). Delete the row that is wrong"),
                         old->line, key);
}

/* A row with a wrong cell: its unit and indicator are kept, so that they are looked up as well. The
 * file stores nothing. */
static void keep_half(ValuesRow *r, const ParsedUnit *unit)
{
    bool is_new;

    if (unit->code && *unit->code)
        r->value.unit = indikator_parse_unit(r->job, unit, &is_new);
    if (r->value.indicator)
        g_array_append_val(r->job->values, r->value);
}

/* A template's row that nobody has filled in: there is no column for a value or a status, and nothing
 * stands in those there are. With such a column, an empty cell says that there is no figure. */
static bool is_unfilled(const ValuesRow *r)
{
    static const unsigned filled[] = { COL_UNCERTAINTY, COL_N, COL_NUMERATOR, COL_DENOMINATOR,
                                       COL_QUALITY };

    if (r->column[COL_VALUE] != G_MAXUINT || r->column[COL_STATUS] != G_MAXUINT)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(filled); i++)
        if (r->column[filled[i]] != G_MAXUINT && r->row->field[r->column[filled[i]]].text[0])
            return false;
    return r->column[COL_NUMERATOR] != G_MAXUINT || r->column[COL_QUALITY] != G_MAXUINT;
}

static void read_row(ValuesRow *r)
{
    ParsedUnit unit = { 0 };
    char code[CODE_TEXT] = "";

    if (!indikator_parse_values_row(r, &unit, code)) {
        keep_half(r, &unit);
        return;
    }
    count(&r->job->file->counts, &r->value);
    store(r, &unit);
}

/* A column without a name, as Excel leaves them at the end: nothing may stand below it. */
static void refuse_nameless(ValuesRow *r)
{
    for (unsigned i = 0; i < r->row->n && i < r->nameless->len; i++)
        if (r->nameless->data[i] && r->row->field[i].text[0] != '\0')
            indikator_parse_fail(r->job, indikator_parse_place(r->row, i),
                                 _("Column %u has no name, but a cell with something in it. Give "
                                   "the column a name, or delete it"),
                                 i + 1);
}

static bool is_blank(const CsvRow *row)
{
    for (unsigned i = 0; i < row->n; i++)
        if (row->field[i].text[strspn(row->field[i].text, " \t\r\n")] != '\0')
            return false;
    return true;
}

static void ask_about(ValuesRow *r, unsigned i)
{
    const char *text = r->row->field[i].text, *similar = indikator_parse_values_similar(text);
    const ParsedColumn column = { indikator_parse_keep(r->job, text), i + 1, similar };
    char buf[SHOWN_TEXT];

    g_array_append_val(r->job->columns, column);
    indikator_parse_fail(r->job, indikator_parse_place(r->row, i),
                         _("Column %u, “%s”, is not known. Known are %s"), i + 1,
                         indikator_parse_shown(text, buf), ALL_NAMES);
}

static void read_column(ValuesRow *r, unsigned i)
{
    const char *text = r->row->field[i].text;
    unsigned col = indikator_parse_values_column(r->job->spec, text);
    char buf[SHOWN_TEXT];

    r->nameless->data[i] = *text == '\0';
    if (*text == '\0' || col == COL_PASS)
        return;
    if (col == COL_UNKNOWN)
        ask_about(r, i);
    else if (r->column[col] != G_MAXUINT)
        indikator_parse_fail(r->job, indikator_parse_place(r->row, i),
                             _("Column %u, “%s”, is there twice. Delete one of the two"), i + 1,
                             indikator_parse_shown(text, buf));
    else
        r->column[col] = i;
}

static bool read_header(ValuesRow *r)
{
    size_t before = r->job->file->n_errors_all;

    for (unsigned col = 0; col < N_COLS; col++)
        r->column[col] = G_MAXUINT;
    g_byte_array_set_size(r->nameless, r->row->n);
    for (unsigned i = 0; i < r->row->n; i++)
        read_column(r, i);
    for (unsigned col = COL_UNIT; col <= COL_PERIOD; col++)
        if (r->column[col] == G_MAXUINT)
            indikator_parse_fail(r->job, (ParsePlace){ r->row->line, 0, 0 },
                                 _("The column “%s” is lacking. It is always needed"),
                                 indikator_parse_values_name(col));
    return r->job->file->n_errors_all == before;
}

bool indikator_parse_is_values(const CsvRow *head)
{
    bool seen[COL_UNKNOWN + 1] = { false };

    for (unsigned i = 0; i < head->n; i++)
        seen[indikator_parse_values_column(NULL, head->field[i].text)] = true;
    return seen[COL_INDICATOR] && (seen[COL_UNIT] || seen[COL_PERIOD]);
}

void indikator_parse_values(ParseJob *job)
{
    g_autoptr(CsvReader) reader = NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    CsvRow row;
    g_autoptr(GByteArray) nameless = g_byte_array_new();
    ValuesRow reading = { .job = job, .row = &row, .seen = seen, .nameless = nameless };

    reader = indikator_parse_rows(job, MAX_ROWS + 1, &row);
    if (reader == NULL || !read_header(&reading))
        return;
    while (indikator_parse_next(job, reader, &row)) {
        if (is_blank(&row))
            continue;
        if (is_unfilled(&reading)) {
            job->file->counts.missing++;
            continue;
        }
        job->file->counts.rows++;
        refuse_nameless(&reading);
        read_row(&reading);
    }
    if (job->file->counts.rows == 0 && job->file->n_errors_all == 0)
        indikator_parse_fail(
            job, (ParsePlace){ 0 },
            _("The file has a header but no rows with values. Write one row for each value"));
    if (!job->ends_line && job->file->n_errors_all == 0)
        indikator_parse_warn(job, (ParsePlace){ 0 },
                             _("The last line has no end. See that the file is whole"));
    job->file->title = job->file->file;
}

/* --- an example --- */

static void append_row(GString *out, const char *const cells[N_COLS])
{
    for (unsigned col = 0; col < N_COLS; col++)
        g_string_append_printf(out, "%s%s", col ? ";" : "", cells[col] ? cells[col] : "");
    g_string_append(out, "\r\n");
}

char *indikator_parse_values_template(const char *unit, const char *today)
{
    g_autofree char *year = g_strndup(today, 4), *quarter = g_strconcat(year, "K1", NULL);
    const char *header[N_COLS];
    const char *sick[N_COLS] = {
        [COL_UNIT] = unit,        [COL_INDICATOR] = "SYK.TOT", [COL_PERIOD] = quarter,
        [COL_N] = "34",           [COL_NUMERATOR] = "147",     [COL_DENOMINATOR] = "2100",
        [COL_SOURCE] = "eksempel"
    };
    const char *staff[N_COLS] = { [COL_UNIT] = unit,
                                  [COL_INDICATOR] = "ANSATTE",
                                  [COL_PERIOD] = year,
                                  [COL_VALUE] = "34",
                                  [COL_SOURCE] = "eksempel" };
    GString *out = g_string_new("\xEF\xBB\xBF");

    for (unsigned col = 0; col < N_COLS; col++)
        header[col] = indikator_parse_values_name(col);
    append_row(out, header);
    append_row(out, sick);
    append_row(out, staff);
    return g_string_free(out, FALSE);
}
