/* parse-job.c - collecting units and problems, and reading rows with the splitter's problems worded.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-job.h"
#include "parse-cell.h"

bool indikator_parse_person_number(ParseJob *job, const CsvRow *row, unsigned i)
{
    if (!indikator_parse_has_person_number(row->field[i].text))
        return false;
    job->file->person_number = true;
    indikator_parse_fail(job, indikator_parse_place(row, i),
                         _("The cell holds eleven digits, which may be a national identity "
                           "number. Such numbers must never be here; take it away"));
    return true;
}

const char *indikator_parse_keep(ParseJob *job, const char *text)
{
    return text ? g_string_chunk_insert_const(job->file->strings, text) : NULL;
}

ParsePlace indikator_parse_place(const CsvRow *row, unsigned i)
{
    return (ParsePlace){ row->field[i].line, i + 1, row->field[i].column };
}

static void collect(ParseJob *job, GArray *list, ParsePlace place, const char *message)
{
    ParsedProblem problem = { .file = job->file->file,
                              .line = place.line,
                              .column = place.column,
                              .character = place.character,
                              .message = indikator_parse_keep(job, message) };

    g_array_append_val(list, problem);
}

void indikator_parse_fail(ParseJob *job, ParsePlace place, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list args;

    if (++job->file->n_errors_all > PARSE_MAX_ERRORS)
        return;
    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    collect(job, job->errors, place, message);
}

void indikator_parse_warn(ParseJob *job, ParsePlace place, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list args;

    if (++job->file->n_warnings_all > PARSE_MAX_ERRORS)
        return;
    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    collect(job, job->warnings, place, message);
}

size_t indikator_parse_unit(ParseJob *job, const ParsedUnit *unit, bool *ret_new)
{
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(job->by_code, unit->code));
    ParsedUnit kept = *unit;

    *ret_new = known == 0;
    if (known > 0)
        return known - 1;
    kept.code = indikator_parse_keep(job, unit->code);
    kept.name = indikator_parse_keep(job, unit->name);
    kept.county = indikator_parse_keep(job, unit->county);
    kept.municipality = indikator_parse_keep(job, unit->municipality);
    kept.from = indikator_parse_keep(job, unit->from);
    kept.closed = indikator_parse_keep(job, unit->closed);
    g_array_append_val(job->units, kept);
    g_hash_table_insert(job->by_code, (void *)kept.code, GSIZE_TO_POINTER(job->units->len));
    return job->units->len - 1;
}

void indikator_parse_skip(ParseJob *job, const char *what, unsigned line)
{
    const ParsedSkipped one = { indikator_parse_keep(job, what), 1, line };

    for (guint i = 0; i < job->skipped->len; i++) {
        ParsedSkipped *s = &g_array_index(job->skipped, ParsedSkipped, i);

        if (s->what == one.what) { /* kept texts are one text */
            s->rows++;
            return;
        }
    }
    if (job->skipped->len < PARSE_MAX_SKIPPED)
        g_array_append_val(job->skipped, one);
}

static void collect_csv_problem(ParseJob *job, const CsvProblem *problem)
{
    ParsePlace place = { problem->line, problem->field, problem->column };

    if (problem->more && problem->at_end && problem->found < problem->expected)
        indikator_parse_fail(job, place,
                             _("The file ends in the middle of a row (%u columns of %u); it seems "
                               "cut off. Download or save it again"),
                             problem->found, problem->expected);
    else if (problem->more)
        indikator_parse_fail(job, place,
                             _("The row has %u columns, but the header has %u. Correct the row, or "
                               "save the file again with the same separator in every row"),
                             problem->found, problem->expected);
    else
        indikator_parse_fail(job, place, _("%s. Correct the file and try again"),
                             i18n_text(problem->what));
}

bool indikator_parse_next(ParseJob *job, CsvReader *reader, CsvRow *ret_row)
{
    CsvStep step;

    while ((step = csv_next(reader, ret_row)) == CSV_PROBLEM) {
        collect_csv_problem(job, csv_problem(reader));
        if (!csv_problem(reader)->more)
            return false;
    }
    return step == CSV_ROW;
}

static CsvReader *read_rows(ParseJob *job, CsvOptions options, CsvRow *ret_head)
{
    size_t start;
    unsigned line;
    char separator = csv_sniff(job->text, job->len, &start, &line);
    g_autoptr(CsvReader) reader = NULL;

    if (separator == 0) {
        indikator_parse_fail(job, (ParsePlace){ line, 1, 1 },
                             _("No header with columns parted by TAB, semicolon, comma or vertical "
                               "bar was found. Is this the right file?"));
        return NULL;
    }
    options.separator = separator;
    reader = csv_reader_new(job->text + start, job->len - start, line, &options);
    if (!indikator_parse_next(job, reader, ret_head)) {
        if (job->file->n_errors_all == 0)
            indikator_parse_fail(
                job, (ParsePlace){ line, 1, 1 },
                _("The file has no header and no rows. Download or save it again"));
        return NULL;
    }
    for (unsigned i = 0; i < ret_head->n; i++)
        indikator_parse_trim(ret_head->field[i].text);
    return g_steal_pointer(&reader);
}

CsvReader *indikator_parse_rows(ParseJob *job, size_t max_rows, CsvRow *ret_head)
{
    return read_rows(job, (CsvOptions){ .max_rows = max_rows }, ret_head);
}

CsvReader *indikator_parse_loose_rows(ParseJob *job, CsvRow *ret_head)
{
    return read_rows(job, (CsvOptions){ .ragged = CSV_RAGGED_GIVE }, ret_head);
}
