/* parse.c - from bytes to a result: limits, hash, encoding, format, and the parser of that format.
 *
 * A new format is one line in the table below and its two functions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-job.h"

typedef struct {
    const char *name;
    void (*parse)(ParseJob *job);
} Format;

static const Format formats[] = {
    { "udir-csv", indikator_parse_udir },
    { "udir-rapport", indikator_parse_report },
    { "values-csv", indikator_parse_values },
    { "skoleporten", indikator_parse_skoleporten },
    { "fakta-csv", indikator_parse_facts },
    { "jsonstat", indikator_parse_jsonstat },
    { "px", indikator_parse_px },
    { "udir-json", indikator_parse_udir_json },
    { "nsr", indikator_parse_nsr },
    { "klass", indikator_parse_klass },
};

static const Format *find_format(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (g_strcmp0(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

const char *indikator_status_word(ValueStatus status)
{
    static const char *const words[] = {
        [VALUE_OK] = "ok",
        [VALUE_MASKED] = "masked",
        [VALUE_MISSING] = "missing",
        [VALUE_NOT_TESTED] = "not_tested",
        [VALUE_QUALITATIVE] = "qualitative",
    };

    return words[status];
}

const char *indikator_change_word(ParsedChangeKind kind)
{
    static const char *const words[] = {
        [CHANGE_RENAME] = "navn",  [CHANGE_RENUMBER] = "nummer", [CHANGE_MERGE] = "sammenslaing",
        [CHANGE_SPLIT] = "deling", [CHANGE_BOUNDARY] = "grense",
    };

    return words[kind];
}

static char *word_encoding_problem(Encoding encoding, const EncodingProblem *problem)
{
    return g_strdup_printf(_("%s (code %02X at byte %zu, read as %s). Save the file again as UTF-8 "
                             "or download it again"),
                           i18n_text(problem->what), problem->code, problem->offset,
                           encoding_name(encoding));
}

/* The sheet of a workbook as text. */
static bool load_workbook(ParseJob *job, const void *bytes, size_t len)
{
    g_autofree char *sheet = NULL, *why = NULL;

    job->file->encoding = "XLSX";
    if (!indikator_parse_workbook(bytes, len, &job->text, &sheet, &why,
                                  &job->file->person_number)) {
        indikator_parse_fail(job, (ParsePlace){ 0 }, "%s", why);
        return false;
    }
    job->unknown = g_steal_pointer(&why);
    job->len = strlen(job->text);
    job->file->sheet = indikator_parse_keep(job, sheet);
    job->ends_line = true;
    return true;
}

/* Fills job->text; false with one error collected. */
static bool load(ParseJob *job, const void *bytes, size_t len)
{
    g_autofree char *foreign = NULL;
    Encoding encoding;
    EncodingProblem problem = { 0 };

    if (indikator_parse_is_workbook(bytes, len))
        return load_workbook(job, bytes, len);
    foreign = indikator_parse_foreign(bytes, len);

    if (foreign != NULL) {
        indikator_parse_fail(job, (ParsePlace){ 0 }, "%s", foreign);
        return false;
    }
    encoding = encoding_sniff(bytes, len);
    job->file->encoding = encoding_name(encoding);
    job->utf16 = encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
    if (!encoding_to_utf8(bytes, len, encoding, &job->text, &job->len, &problem)) {
        g_autofree char *message = word_encoding_problem(encoding, &problem);

        indikator_parse_fail(job, (ParsePlace){ problem.line, 0, problem.column }, "%s", message);
        return false;
    }
    job->ends_line = job->len > 0 && strchr("\r\n", job->text[job->len - 1]) != NULL;
    return true;
}

/* The format asked for, if the text does not plainly show another one. */
static const Format *check_choice(ParseJob *job, const char *name, const char *found)
{
    g_autofree char *foreign = indikator_parse_foreign_text(job->text);

    if (find_format(name) == NULL)
        indikator_parse_fail(job, (ParsePlace){ 0 }, _("The format “%s” is not read here"), name);
    else if (foreign != NULL && !indikator_parse_reads_json(name))
        indikator_parse_fail(job, (ParsePlace){ 0 }, "%s", foreign);
    else if (found != NULL && strcmp(found, name) != 0)
        indikator_parse_fail(
            job, (ParsePlace){ 0 },
            _("The columns are those of the format “%s”, not of “%s”. Choose “%s”"), found, name,
            found);
    else
        return find_format(name);
    return NULL;
}

/* The format to read by; NULL with the error collected. */
static const Format *choose(ParseJob *job, const char *name)
{
    g_autofree char *why = NULL;
    const char *found = indikator_parse_format_of(job->text, job->len, &why);
    size_t start;
    unsigned line;

    job->file->separator = job->file->sheet || indikator_parse_reads_json(found)
                               ? 0
                               : csv_sniff(job->text, job->len, &start, &line);
    if (g_strcmp0(name, "xlsx") == 0 && job->file->sheet == NULL) {
        indikator_parse_fail(job, (ParsePlace){ 0 },
                             _("This is no Excel workbook (XLSX). Choose another format, or none"));
        return NULL;
    }
    if (name != NULL && strcmp(name, "auto") != 0 && strcmp(name, "xlsx") != 0)
        return check_choice(job, name, found);
    if (found != NULL)
        return find_format(found);
    if (indikator_parse_table(job, job->text, job->len))
        job->file->format = "tabell";
    else
        indikator_parse_fail(job, (ParsePlace){ 0 }, "%s", job->unknown ? job->unknown : why);
    return NULL;
}

/* Adds "and N more" and says how many there were. */
static size_t close_list(ParseJob *job, GArray *list, size_t all)
{
    ParsedProblem more = { .file = job->file->file };
    g_autofree char *text = NULL;

    if (all <= PARSE_MAX_ERRORS)
        return all;
    text = g_strdup_printf(ngettext("and %zu more", "and %zu more", all - PARSE_MAX_ERRORS),
                           all - PARSE_MAX_ERRORS);
    more.message = indikator_parse_keep(job, text);
    g_array_append_val(list, more);
    return all;
}

void indikator_parse_note_periods(ParsedFile *file)
{
    const char *first = NULL, *last = NULL;

    for (size_t i = 0; i < file->n_values; i++) {
        const char *period = file->values[i].period;

        if (first == NULL || strcmp(period, first) < 0)
            first = period;
        if (last == NULL || strcmp(period, last) > 0)
            last = period;
    }
    file->first_period = first;
    file->last_period = last;
}

/* Hands the collected arrays to the result; with an error there are no values. */
static ParsedFile *finish(ParseJob *job)
{
    ParsedFile *file = job->file;

    file->n_errors_all = close_list(job, job->errors, file->n_errors_all);
    file->n_warnings_all = close_list(job, job->warnings, file->n_warnings_all);
    if (file->n_errors_all > 0) {
        file->half_units = g_array_steal(job->units, &file->n_half_units);
        file->half_values = g_array_steal(job->values, &file->n_half_values);
        g_array_set_size(job->facts, 0);
        g_array_set_size(job->changes, 0);
    }
    file->units = g_array_steal(job->units, &file->n_units);
    file->values = g_array_steal(job->values, &file->n_values);
    file->facts = g_array_steal(job->facts, &file->n_facts);
    file->changes = g_array_steal(job->changes, &file->n_changes);
    file->columns = g_array_steal(job->columns, &file->n_columns);
    file->skipped = g_array_steal(job->skipped, &file->n_skipped);
    file->errors = g_array_steal(job->errors, &file->n_errors);
    file->warnings = g_array_steal(job->warnings, &file->n_warnings);
    indikator_parse_note_periods(file);
    g_array_unref(job->people);
    g_array_unref(job->units);
    g_array_unref(job->values);
    g_array_unref(job->facts);
    g_array_unref(job->changes);
    g_array_unref(job->columns);
    g_array_unref(job->skipped);
    g_array_unref(job->errors);
    g_array_unref(job->warnings);
    g_hash_table_unref(job->by_code);
    g_free(job->unknown);
    g_free(job->text);
    return file;
}

static ParseJob start(const ParseSpec *spec)
{
    ParseJob job = { .file = g_new0(ParsedFile, 1), .spec = spec };

    job.file->strings = g_string_chunk_new(64 * 1024);
    job.file->file = g_string_chunk_insert_const(job.file->strings, spec->name);
    job.people = g_array_new(FALSE, TRUE, sizeof(ParsePlace));
    job.facts = g_array_new(FALSE, TRUE, sizeof(ParsedFact));
    job.changes = g_array_new(FALSE, TRUE, sizeof(ParsedChange));
    job.columns = g_array_new(FALSE, TRUE, sizeof(ParsedColumn));
    job.skipped = g_array_new(FALSE, TRUE, sizeof(ParsedSkipped));
    job.units = g_array_new(FALSE, TRUE, sizeof(ParsedUnit));
    job.values = g_array_new(FALSE, TRUE, sizeof(ParsedValue));
    job.errors = g_array_new(FALSE, TRUE, sizeof(ParsedProblem));
    job.warnings = g_array_new(FALSE, TRUE, sizeof(ParsedProblem));
    job.by_code = g_hash_table_new(g_str_hash, g_str_equal);
    return job;
}

static bool refuse_size(ParseJob *job, size_t len)
{
    if (len <= PARSE_MAX_BYTES)
        return false;
    indikator_parse_fail(job, (ParsePlace){ 0 },
                         _("The file is %zu MB; at most %u MB can be read. Split it"),
                         len / (1024 * 1024), PARSE_MAX_BYTES / (1024 * 1024));
    return true;
}

/* PX says its own character set, so its bytes are read as they stand. */
static const Format *choose_px(ParseJob *job)
{
    const ParseSpec *spec = job->spec;
    bool asked = g_strcmp0(spec->format, "px") == 0;
    bool open = spec->format == NULL || strcmp(spec->format, "auto") == 0;

    if (!asked && !(open && indikator_parse_is_px(spec->bytes, spec->len)))
        return NULL;
    job->file->encoding = encoding_name(encoding_sniff(spec->bytes, spec->len));
    return find_format("px");
}

static const Format *load_and_choose(ParseJob *job)
{
    const ParseSpec *spec = job->spec;
    const Format *px = choose_px(job);

    if (px != NULL) {
        indikator_parse_look_for_people(job, spec->bytes, spec->len);
        return px;
    }
    if (!load(job, spec->bytes, spec->len))
        return NULL;
    indikator_parse_look_for_people(job, job->text, job->len);
    return choose(job, spec->format);
}

ParsedFile *indikator_parse_spec(const ParseSpec *spec)
{
    ParseJob job = start(spec);
    g_autofree char *hash =
        spec->no_hash ? NULL
                      : g_compute_checksum_for_data(G_CHECKSUM_SHA256, spec->bytes, spec->len);
    const Format *chosen = NULL;

    if (hash)
        g_strlcpy(job.file->sha256, hash, sizeof job.file->sha256);
    if (!refuse_size(&job, spec->len))
        chosen = load_and_choose(&job);
    if (chosen != NULL) {
        job.file->format = chosen->name;
        chosen->parse(&job);
    }
    indikator_parse_refuse_people(&job);
    return finish(&job);
}

ParsedFile *indikator_parse(const char *name, const void *bytes, size_t len, const char *format)
{
    const ParseSpec spec = { .name = name, .bytes = bytes, .len = len, .format = format };

    return indikator_parse_spec(&spec);
}

const char *indikator_parse_detect(const void *bytes, size_t len, char **ret_why)
{
    Encoding encoding;
    EncodingProblem problem = { 0 };
    g_autofree char *text = NULL, *why = NULL;
    const char *found = NULL;
    size_t text_len;

    if (indikator_parse_is_workbook(bytes, len))
        return "xlsx";
    if (indikator_is_archive(bytes, len))
        return "zip";
    if (indikator_parse_is_px(bytes, len))
        return "px";
    encoding = encoding_sniff(bytes, len);
    why = indikator_parse_foreign(bytes, len);
    if (why == NULL && !encoding_to_utf8(bytes, len, encoding, &text, &text_len, &problem))
        why = word_encoding_problem(encoding, &problem);
    else if (why == NULL)
        found = indikator_parse_format_of(text, text_len, &why);
    if (found == NULL && ret_why != NULL)
        *ret_why = g_steal_pointer(&why);
    return found;
}

void indikator_parse_free(ParsedFile *file)
{
    if (file == NULL)
        return;
    g_free(file->units);
    g_free(file->values);
    g_free(file->facts);
    g_free(file->changes);
    g_free(file->columns);
    g_free(file->skipped);
    g_free(file->half_units);
    g_free(file->half_values);
    g_free(file->errors);
    g_free(file->warnings);
    g_string_chunk_free(file->strings);
    g_free(file);
}
