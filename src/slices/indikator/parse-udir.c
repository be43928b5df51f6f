/* parse-udir.c - the rows of Udir's wide export of national tests.
 *
 * One row is one unit; each group of three columns is one value, and what the three say together
 * decides its status. Combinations nobody has seen are errors, because they would mean that the
 * source has changed its meaning.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-udir.h"
#include "parse-cell.h"
#include "parse-udir-eu.h"

#define MAX_ROWS 200000

typedef struct {
    ParseJob *job;
    const CsvRow *row;
    const UdirHeader *header;
} Reading;

/* Source: contracts.md, "Values, import, series". */
static const struct {
    CellKind score, uncertainty, n;
    ValueStatus status;
    bool n_masked;
} patterns[] = {
    { CELL_NUMBER, CELL_NUMBER, CELL_NUMBER, VALUE_OK, false },
    { CELL_MASKED, CELL_MASKED, CELL_MASKED, VALUE_MASKED, true },
    { CELL_EMPTY, CELL_EMPTY, CELL_ZERO, VALUE_NOT_TESTED, false },
    { CELL_EMPTY, CELL_EMPTY, CELL_EMPTY, VALUE_MISSING, false },
    { CELL_EMPTY, CELL_EMPTY, CELL_MASKED, VALUE_MISSING, true },
};

static const char *text_of(const Reading *r, unsigned id)
{
    return r->row->field[r->header->id[id]].text;
}

static ParsePlace place_of(const Reading *r, unsigned id)
{
    return indikator_parse_place(r->row, r->header->id[id]);
}

/* what is a clause of its own; the column's name and the cell go before it. */
static bool refuse_id(const Reading *r, unsigned id, const char *what)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(r->job, place_of(r, id), _("%s “%s”: %s"),
                         indikator_parse_udir_id_name(id),
                         indikator_parse_shown(text_of(r, id), buf), what);
    return false;
}

/* A code whose repetition in its own column must agree. */
static bool read_area(const Reading *r, unsigned id, unsigned width, char ret_code[CODE_TEXT])
{
    char own[CODE_TEXT];

    if (!indikator_parse_code(text_of(r, ID_CODE), width, ret_code))
        return refuse_id(r, ID_CODE,
                         width == 2 ? _("not a county number of two digits. Correct it or download "
                                        "the file again")
                                    : _("not a municipality number of four digits. Correct it or "
                                        "download the file again"));
    if (!indikator_parse_code(text_of(r, id), width, own) || strcmp(own, ret_code) != 0)
        return refuse_id(r, id,
                         _("not the number in Organisasjonsnummer. Correct it or download the file "
                           "again"));
    return true;
}

static bool read_school(const Reading *r, char ret_code[CODE_TEXT])
{
    const char *text = text_of(r, ID_CODE);

    if (indikator_parse_is_udir_id(text))
        indikator_parse_warn(r->job, place_of(r, ID_CODE),
                             _("The unit %s has Udir's own id and no organisation number"), text);
    else if (!indikator_parse_looks_like_orgnr(text))
        return refuse_id(r, ID_CODE,
                         _("not an organisation number of nine digits. Correct it or download the "
                           "file again"));
    else if (!indikator_parse_is_orgnr(text))
        return refuse_id(r, ID_CODE,
                         _("not a valid organisation number: its last digit does not fit the "
                           "others. Look for a typing error"));
    g_strlcpy(ret_code, text, CODE_TEXT);
    return true;
}

typedef struct {
    char code[CODE_TEXT], county[CODE_TEXT], municipality[CODE_TEXT];
} Codes;

static bool read_parents(const Reading *r, ParsedUnit *unit, Codes *codes)
{
    if (!indikator_parse_code(text_of(r, ID_COUNTY_CODE), 2, codes->county))
        return refuse_id(r, ID_COUNTY_CODE,
                         _("not a county number of two digits. Correct it or download "
                           "the file again"));
    unit->county = codes->county;
    if (unit->level == PARSED_MUNICIPALITY)
        return true;
    if (!indikator_parse_code(text_of(r, ID_MUNICIPALITY_CODE), 4, codes->municipality))
        return refuse_id(r, ID_MUNICIPALITY_CODE,
                         _("not a municipality number of four digits. Correct it or "
                           "download the file again"));
    unit->municipality = codes->municipality;
    return true;
}

static bool read_nation(const Reading *r, char ret_code[CODE_TEXT])
{
    if (strcmp(text_of(r, ID_CODE), "I") != 0)
        return refuse_id(r, ID_CODE,
                         _("not “I”, the number of the whole country. Download the file again"));
    g_strlcpy(ret_code, "0", CODE_TEXT);
    return true;
}

/* The unit of the row; its texts live in *codes and in the row. */
static bool read_unit(const Reading *r, ParsedUnit *ret_unit, Codes *codes)
{
    static const unsigned name_ids[] = { 0, ID_NATION, ID_COUNTY, ID_MUNICIPALITY, ID_NAME };
    const char *level = text_of(r, ID_LEVEL);
    ParsedUnit unit = { .code = codes->code, .line = r->row->line };
    bool good;

    if (level[0] < '1' || level[0] > '4' || level[1] != '\0')
        return refuse_id(r, ID_LEVEL,
                         _("not a level: 1 country, 2 county, 3 municipality, 4 school. Download "
                           "the file again"));
    unit.level = (ParsedLevel)(level[0] - '0');
    if (unit.level == PARSED_NATION)
        good = read_nation(r, codes->code);
    else if (unit.level == PARSED_COUNTY)
        good = read_area(r, ID_COUNTY_CODE, 2, codes->code);
    else if (unit.level == PARSED_MUNICIPALITY)
        good = read_area(r, ID_MUNICIPALITY_CODE, 4, codes->code);
    else
        good = read_school(r, codes->code);
    if (!good || (unit.level >= PARSED_MUNICIPALITY && !read_parents(r, &unit, codes)))
        return false;
    unit.name = unit.level == PARSED_NATION && r->header->id[ID_NATION] == NO_COLUMN
                    ? "Hele landet"
                    : text_of(r, name_ids[unit.level]);
    if (unit.name[0] == '\0')
        return refuse_id(r, name_ids[unit.level],
                         _("a unit needs a name. Correct it or download the file again"));
    *ret_unit = unit;
    return true;
}

static void count_cell(ParseJob *job, CellKind kind)
{
    job->file->counts.masked += kind == CELL_MASKED;
    job->file->counts.missing += kind == CELL_EMPTY;
    job->file->counts.zeros += kind == CELL_ZERO;
}

/* All three cells, counted; false when one of them is nothing we know. */
static bool read_cells(const Reading *r, const UdirGroup *group, Cell ret_cells[N_MEASURES])
{
    bool good = true;

    for (unsigned m = 0; m < N_MEASURES; m++) {
        const CsvField *field = &r->row->field[group->column[m]];
        char buf[SHOWN_TEXT];

        ret_cells[m] = indikator_parse_cell(field->text);
        count_cell(r->job, ret_cells[m].kind);
        if (ret_cells[m].kind != CELL_OTHER && ret_cells[m].value >= 0 &&
            (m != MEASURE_N || ret_cells[m].decimals == 0))
            continue;
        good = false;
        indikator_parse_fail(r->job, indikator_parse_place(r->row, group->column[m]),
                             m == MEASURE_N
                                 ? _("“%s” is not a number of pupils: a whole number, “*” or "
                                     "nothing. Correct the cell or download the file again")
                                 : _("“%s” is not a result: a number with decimal comma, “*” or "
                                     "nothing. Correct the cell or download the file again"),
                             indikator_parse_shown(field->text, buf));
    }
    return good;
}

static bool match_pattern(const Cell cells[N_MEASURES], ParsedValue *value)
{
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
        if (patterns[i].score == cells[MEASURE_SCORE].kind &&
            patterns[i].uncertainty == cells[MEASURE_UNCERTAINTY].kind &&
            patterns[i].n == cells[MEASURE_N].kind) {
            value->status = patterns[i].status;
            value->n_masked = patterns[i].n_masked;
            return true;
        }
    return false;
}

static const char *keep_original(const Reading *r, const UdirGroup *group)
{
    g_autofree char *text = g_strjoin(";", r->row->field[group->column[MEASURE_SCORE]].text,
                                      r->row->field[group->column[MEASURE_UNCERTAINTY]].text,
                                      r->row->field[group->column[MEASURE_N]].text, NULL);

    return indikator_parse_keep(r->job, text);
}

static bool read_value(const Reading *r, const UdirGroup *group, ParsedValue *ret_value)
{
    Cell cells[N_MEASURES];
    ParsedValue value = { .indicator = group->indicator,
                          .period = group->period,
                          .grade = group->grade,
                          .sex = group->sex,
                          .owner = group->owner,
                          .preliminary = group->preliminary,
                          .line = r->row->line };
    ParsePlace place = indikator_parse_place(r->row, group->column[MEASURE_SCORE]);

    if (!read_cells(r, group, cells))
        return false;
    value.original = keep_original(r, group);
    if (!match_pattern(cells, &value)) {
        indikator_parse_fail(
            r->job, place,
            _("Score, uncertainty and participants of %s do not fit together: “%s”."
              " Correct the cells or download the file again"),
            group->indicator, value.original);
        return false;
    }
    value.has_value = value.has_uncertainty = value.status == VALUE_OK;
    value.has_n = cells[MEASURE_N].kind == CELL_NUMBER || cells[MEASURE_N].kind == CELL_ZERO;
    value.value = cells[MEASURE_SCORE].value;
    value.uncertainty = cells[MEASURE_UNCERTAINTY].value;
    value.n = (int64_t)cells[MEASURE_N].value;
    if (value.has_value && (value.value < 1 || value.value > 100)) {
        indikator_parse_fail(r->job, place,
                             _("The score %s is outside the scale (1 to 100). Are the columns "
                               "mixed up?"),
                             r->row->field[group->column[MEASURE_SCORE]].text);
        return false;
    }
    *ret_value = value;
    return true;
}

/* The values of a row that repeats a unit: the same again, or a contradiction. */
static void compare_repeated(const Reading *r, size_t unit, const GArray *fresh)
{
    ParseJob *job = r->job;
    const ParsedUnit *first = &g_array_index(job->units, ParsedUnit, unit);

    for (guint i = 0; i < fresh->len; i++) {
        const ParsedValue *new = &g_array_index(fresh, ParsedValue, i);
        const ParsedValue *old = &g_array_index(job->values, ParsedValue, unit * fresh->len + i);

        if (new->original == old->original)
            continue;
        indikator_parse_fail(job, place_of(r, ID_CODE),
                             _("The unit %s is in line %u too, with other results for %s (“%s” and "
                               "“%s”). Delete the row that is wrong"),
                             first->code, first->line, new->indicator, old->original,
                             new->original);
        return;
    }
    job->file->counts.duplicates++;
}

static void read_row(const Reading *r, GArray *fresh)
{
    const GArray *groups = r->header->groups;
    ParseJob *job = r->job;
    ParsedUnit unit;
    Codes codes;
    size_t index;
    bool good, is_new;

    g_array_set_size(fresh, 0);
    for (unsigned i = 0; i < N_IDS; i++)
        if (r->header->id[i] != NO_COLUMN)
            indikator_parse_trim(r->row->field[r->header->id[i]].text);
    good = read_unit(r, &unit, &codes);
    for (guint i = 0; i < groups->len; i++) {
        ParsedValue value;

        if (read_value(r, &g_array_index(groups, UdirGroup, i), &value))
            g_array_append_val(fresh, value);
    }
    if (!good || fresh->len != groups->len || job->file->n_errors_all > 0)
        return;
    index = indikator_parse_unit(job, &unit, &is_new);
    if (!is_new) {
        compare_repeated(r, index, fresh);
        return;
    }
    for (guint i = 0; i < fresh->len; i++) {
        ParsedValue *value = &g_array_index(fresh, ParsedValue, i);

        value->unit = index;
        job->file->counts.not_tested += value->status == VALUE_NOT_TESTED;
    }
    g_array_append_vals(job->values, fresh->data, fresh->len);
}

/* "Nasjonale prøver 5. trinn 2025/26", in the source's language: it is the data set's name. */
static void guess_title(ParseJob *job, const UdirHeader *header)
{
    const UdirGroup *first = &g_array_index(header->groups, UdirGroup, 0);
    g_autofree char *title = NULL;
    bool one = true;

    for (guint i = 1; i < header->groups->len; i++) {
        const UdirGroup *group = &g_array_index(header->groups, UdirGroup, i);

        one = one && group->grade == first->grade && group->period == first->period;
    }
    title = one ? g_strdup_printf("Nasjonale prøver %s. trinn %s", first->grade, first->period)
                : g_strdup("Nasjonale prøver");
    job->file->title = indikator_parse_keep(job, title);
}

static void check_end(ParseJob *job)
{
    if (job->file->counts.rows == 0 && job->file->n_errors_all == 0)
        indikator_parse_fail(job, (ParsePlace){ 0 },
                             _("The file has a header but no rows. Download it again, with units "
                               "chosen"));
    if (job->ends_line || job->file->n_errors_all > 0)
        return;
    if (job->utf16)
        indikator_parse_fail(job, (ParsePlace){ 0 },
                             _("The last line has no end, as every export from Udir has; the file "
                               "seems cut off. Download it again"));
    else
        indikator_parse_warn(job, (ParsePlace){ 0 },
                             _("The last line has no end. See that the file is whole"));
}

static bool is_about_tests(const CsvRow *head)
{
    return !indikator_parse_is_udir_across(head) && !indikator_parse_is_udir_eu(head);
}

static void read_survey(ParseJob *job, CsvReader *reader, CsvRow *row)
{
    if (indikator_parse_is_udir_across(row))
        indikator_parse_udir_across(job, reader, row);
    else
        indikator_parse_udir_eu(job, reader, row);
    check_end(job);
}

void indikator_parse_udir(ParseJob *job)
{
    g_autoptr(CsvReader) reader = NULL;
    g_autoptr(GArray) fresh = g_array_new(FALSE, FALSE, sizeof(ParsedValue));
    UdirHeader header;
    CsvRow row;
    Reading reading = { job, &row, &header };

    reader = indikator_parse_rows(job, MAX_ROWS + 1, &row);
    if (reader != NULL && !is_about_tests(&row)) {
        read_survey(job, reader, &row);
        return;
    }
    if (reader == NULL || !indikator_parse_udir_header(job, &row, &header))
        return;
    guess_title(job, &header);
    while (indikator_parse_next(job, reader, &row)) {
        job->file->counts.rows++;
        read_row(&reading, fresh);
    }
    check_end(job);
    g_array_unref(header.groups);
}
