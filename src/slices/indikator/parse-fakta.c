/* parse-fakta.c - facts about units: enhet;opplysning;verdi;dato;kilde, one row one fact.
 *
 * A fact has no series and no indicator: the number of places, the year a school was built. It belongs
 * to the unit's page. Cells without a value are passed over, as a template has many.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "parse-job.h"

#define MAX_ROWS 50000
#define LONGEST_LABEL 120
#define LONGEST_VALUE 200

enum { UNIT, LABEL, VALUE, AT, SOURCE, N_COLUMNS, PASS = N_COLUMNS, UNKNOWN };

static const struct {
    const char *word; /* folded */
    unsigned col;
} words[] = { { "enhet", UNIT },   { "organisasjonsnummer", UNIT },
              { "orgnr", UNIT },   { "opplysning", LABEL },
              { "verdi", VALUE },  { "dato", AT },
              { "kilde", SOURCE }, { "kjelde", SOURCE },
              { "navn", PASS },    { "namn", PASS },
              { "merknad", PASS } };
static const char *const names[N_COLUMNS] = { "enhet", "opplysning", "verdi", "dato", "kilde" };

typedef struct {
    ParseJob *job;
    const CsvRow *row;
    unsigned column[N_COLUMNS];
    GHashTable *seen; /* unit, label, date -> value */
} Reading;

static unsigned find_column(const char *text)
{
    g_autofree char *folded = indikator_fold(text);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].word, folded) == 0)
            return words[i].col;
    return *folded ? UNKNOWN : PASS;
}

bool indikator_parse_is_facts(const CsvRow *head)
{
    bool seen[UNKNOWN + 1] = { false };

    for (unsigned i = 0; i < head->n; i++)
        seen[find_column(head->field[i].text)] = true;
    return seen[UNIT] && seen[LABEL] && seen[VALUE];
}

static const char *text_of(const Reading *r, unsigned col)
{
    return r->column[col] == G_MAXUINT ? "" : r->row->field[r->column[col]].text;
}

static bool refuse(const Reading *r, unsigned col, const char *what)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(r->job, indikator_parse_place(r->row, r->column[col]), _("%s “%s”: %s"),
                         names[col], indikator_parse_shown(text_of(r, col), buf), what);
    return false;
}

static bool read_header(Reading *r)
{
    size_t before = r->job->file->n_errors_all;
    char buf[SHOWN_TEXT];

    for (unsigned col = 0; col < N_COLUMNS; col++)
        r->column[col] = G_MAXUINT;
    for (unsigned i = 0; i < r->row->n; i++) {
        unsigned col = find_column(r->row->field[i].text);

        if (col == UNKNOWN)
            indikator_parse_fail(r->job, indikator_parse_place(r->row, i),
                                 _("Column %u, “%s”, is not known. Known are %s"), i + 1,
                                 indikator_parse_shown(r->row->field[i].text, buf),
                                 "enhet, opplysning, verdi, dato, kilde");
        else if (col != PASS)
            r->column[col] = i;
    }
    for (unsigned col = UNIT; col <= AT; col++)
        if (r->column[col] == G_MAXUINT)
            indikator_parse_fail(r->job, (ParsePlace){ r->row->line, 0, 0 },
                                 _("The column “%s” is lacking. It is always needed"), names[col]);
    return r->job->file->n_errors_all == before;
}

static bool check_unit(const Reading *r, ParsedUnit *unit, char code[CODE_TEXT])
{
    const char *text = text_of(r, UNIT);

    *unit = (ParsedUnit){ .level = PARSED_SCHOOL, .code = text, .line = r->row->line };
    if (indikator_parse_is_orgnr(text))
        return true;
    if (indikator_parse_is_scientific(text))
        return refuse(r, UNIT,
                      _("Excel has shortened the number. Format the column as text or as a "
                        "number without decimals, and write the nine digits again"));
    if (strlen(text) >= 3 && indikator_parse_code(text, 4, code)) {
        unit->level = PARSED_MUNICIPALITY;
        unit->code = code;
        return true;
    }
    return refuse(r, UNIT,
                  _("neither an organisation number (nine digits) nor a municipality number "
                    "(four digits). Write one of them"));
}

static bool check_texts(const Reading *r)
{
    if (*text_of(r, LABEL) == '\0' || g_utf8_strlen(text_of(r, LABEL), -1) > LONGEST_LABEL)
        return refuse(r, LABEL, _("write 1 to 120 characters"));
    if (g_utf8_strlen(text_of(r, VALUE), -1) > LONGEST_VALUE)
        return refuse(r, VALUE, _("write at most 200 characters"));
    if (!fuzzy_valid(text_of(r, AT)) || strcmp(text_of(r, AT), "R") == 0)
        return refuse(
            r, AT, _("not a date. Write a day (2012-10-01), a month (2012-10) or a year (2012)"));
    return true;
}

static bool refuse_person_numbers(Reading *r)
{
    for (unsigned i = 0; i < r->row->n; i++)
        if (indikator_parse_person_number(r->job, r->row, i))
            return true;
    return false;
}

static void store(Reading *r, const ParsedUnit *unit)
{
    g_autofree char *key = g_strjoin(";", unit->code, text_of(r, LABEL), text_of(r, AT), NULL);
    const char *old = g_hash_table_lookup(r->seen, key);
    ParsedFact fact = { .label = indikator_parse_keep(r->job, text_of(r, LABEL)),
                        .value = indikator_parse_keep(r->job, text_of(r, VALUE)),
                        .at = indikator_parse_keep(r->job, text_of(r, AT)),
                        .source = indikator_parse_keep(r->job, text_of(r, SOURCE)),
                        .line = r->row->line };
    bool is_new;

    if (old != NULL && strcmp(old, fact.value) == 0) {
        r->job->file->counts.duplicates++;
    } else if (old != NULL) {
        refuse(r, VALUE, _("another row says something else of the same unit and date"));
    } else {
        g_hash_table_insert(r->seen, g_steal_pointer(&key), (void *)(uintptr_t)fact.value);
        fact.unit = indikator_parse_unit(r->job, unit, &is_new);
        g_array_append_val(r->job->facts, fact);
    }
}

static void read_row(Reading *r)
{
    char code[CODE_TEXT];
    ParsedUnit unit;

    for (unsigned i = 0; i < r->row->n; i++)
        indikator_parse_trim(r->row->field[i].text);
    if (refuse_person_numbers(r))
        return;
    if (*text_of(r, VALUE) == '\0') {
        r->job->file->counts.missing++;
        return;
    }
    r->job->file->counts.rows++;
    if (check_unit(r, &unit, code) && check_texts(r))
        store(r, &unit);
}

void indikator_parse_facts(ParseJob *job)
{
    g_autoptr(CsvReader) reader = NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    CsvRow row;
    Reading r = { .job = job, .row = &row, .seen = seen };

    reader = indikator_parse_rows(job, MAX_ROWS + 1, &row);
    if (reader == NULL || !read_header(&r))
        return;
    job->file->title = _("Facts about units");
    while (indikator_parse_next(job, reader, &row))
        read_row(&r);
    if (job->file->counts.rows == 0 && job->file->n_errors_all == 0)
        indikator_parse_fail(
            job, (ParsePlace){ 0 },
            _("No row has a value. Fill in the column “%s” and send the file again"), names[VALUE]);
}
