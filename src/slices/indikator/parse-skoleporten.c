/* parse-skoleporten.c - Skoleporten's long files, 2007 to 2021: a row for each value, units by name.
 *
 * What a row is about is told by four cells in words; a table says which of our indicators that is, and
 * what the table does not have is passed over and told, never guessed. "." is no figure, "*" hidden.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "parse-job.h"

#define MAX_ROWS 500000

enum {
    NAME,
    KIND,
    AREA,
    STATISTIC,
    INDICATOR,
    PERIOD,
    OWNER,
    GRADE,
    SEX,
    VALUE,
    MEASURE,
    N_COLUMNS
};

static const char *const header[N_COLUMNS] = { "Enhetsnavn",
                                               "Skoletype",
                                               "Vurderingsområde",
                                               "Statistikk",
                                               "Indikator/delskår",
                                               "Periode",
                                               "Eierform",
                                               "Trinn",
                                               "Kjønn",
                                               "Verdi",
                                               "Måleenhet" };

typedef struct {
    const char *area, *statistic; /* NULL: any */
    const char *indicator, *grade, *measure;
    const char *code;
} Meaning;

#define AREA_RESULTS "Læringsresultater"
#define AREA_CLIMATE "Læringsmiljø"
#define AREA_COMPLETION "Gjennomføring"
#define NP5 "Nasjonale prøver 5. trinn"
#define NP5_OLD "Nasjonale prøver 5. trinn 2009-2013"
#define NPU "Nasjonale prøver ungdomstrinn"
#define NPU_OLD "Nasjonale prøver ungdomstrinn 2009-2013"
#define POINTS "Skalapoeng"
#define LEVEL3 "Gjennomsnittspoeng med én desimal (1-3)"
#define LEVEL5 "Gjennomsnittspoeng med én desimal (1-5)"
#define EU7(name, code)                                                                            \
    {                                                                                              \
        AREA_CLIMATE, NULL, name, "Trinn 7", LEVEL5, "EU." code ".7"                               \
    }
#define EU10(name, code)                                                                           \
    {                                                                                              \
        AREA_CLIMATE, NULL, name, "Trinn 10", LEVEL5, "EU." code ".10"                             \
    }
#define EU(name, code) EU7(name, code), EU10(name, code)

/* Source: the header's words of ../shared/data/udir/skoleporten_stavanger_excerpt.csv, domain.md 3.4;
 * the catalogue, domain.md 2.1. A measure in another unit is another figure. */
static const Meaning meanings[] = {
    { AREA_RESULTS, NP5, "Lesing", "Trinn 5", POINTS, "NP.LES.5" },
    { AREA_RESULTS, NP5, "Regning", "Trinn 5", POINTS, "NP.REG.5" },
    { AREA_RESULTS, NP5, "Engelsk", "Trinn 5", POINTS, "NP.ENG.5" },
    { AREA_RESULTS, NP5_OLD, "Lesing", "Trinn 5", LEVEL3, "NP.LES.5.NIVA" },
    { AREA_RESULTS, NP5_OLD, "Regning", "Trinn 5", LEVEL3, "NP.REG.5.NIVA" },
    { AREA_RESULTS, NP5_OLD, "Engelsk", "Trinn 5", LEVEL3, "NP.ENG.5.NIVA" },
    { AREA_RESULTS, NPU, "Lesing", "Trinn 8", POINTS, "NP.LES.8" },
    { AREA_RESULTS, NPU, "Regning", "Trinn 8", POINTS, "NP.REG.8" },
    { AREA_RESULTS, NPU, "Engelsk", "Trinn 8", POINTS, "NP.ENG.8" },
    { AREA_RESULTS, NPU, "Lesing", "Trinn 9", POINTS, "NP.LES.9" },
    { AREA_RESULTS, NPU, "Regning", "Trinn 9", POINTS, "NP.REG.9" },
    { AREA_RESULTS, NPU_OLD, "Lesing", "Trinn 8", LEVEL5, "NP.LES.8.NIVA" },
    { AREA_RESULTS, NPU_OLD, "Regning", "Trinn 8", LEVEL5, "NP.REG.8.NIVA" },
    { AREA_RESULTS, NPU_OLD, "Engelsk", "Trinn 8", LEVEL5, "NP.ENG.8.NIVA" },
    { AREA_RESULTS, NPU_OLD, "Lesing", "Trinn 9", LEVEL5, "NP.LES.9.NIVA" },
    { AREA_RESULTS, NPU_OLD, "Regning", "Trinn 9", LEVEL5, "NP.REG.9.NIVA" },
    EU("Trivsel", "TRIVSEL"),
    EU("Støtte fra lærerne", "STOTTE_LARER"),
    EU("Støtte hjemmefra", "STOTTE_HJEM"),
    EU("Faglig utfordring", "FAGUTF"),
    EU("Vurdering for læring", "VFL"),
    EU("Læringskultur", "LARKULT"),
    EU("Mestring", "MESTRING"),
    EU("Motivasjon", "MOTIVASJON"),
    EU("Elevdemokrati og medvirkning", "DEMOKRATI"),
    EU("Felles regler", "REGLER"),
    EU("Trygt miljø", "TRYGT"),
    { AREA_COMPLETION, NULL, "Grunnskolepoeng, gjennomsnitt", NULL, NULL, "GSP" },
};

typedef struct {
    ParseJob *job;
    const CsvRow *row;
    unsigned column[N_COLUMNS];
    GHashTable *seen;    /* key of a value -> index + 1 */
    GHashTable *forms;   /* unit, indicator, period, sex -> first owner form seen */
    GHashTable *skipped; /* what -> index + 1 */
} Reading;

static const char *text_of(const Reading *r, unsigned col)
{
    return r->row->field[r->column[col]].text;
}

bool indikator_parse_is_skoleporten(const CsvRow *head)
{
    unsigned found = 0;

    for (unsigned i = 0; i < head->n; i++)
        for (unsigned col = 0; col < N_COLUMNS; col++)
            found += strcmp(head->field[i].text, header[col]) == 0;
    return found >= 6;
}

static bool read_header(Reading *r)
{
    size_t before = r->job->file->n_errors_all;

    for (unsigned col = 0; col < N_COLUMNS; col++)
        r->column[col] = G_MAXUINT;
    for (unsigned i = 0; i < r->row->n; i++) {
        unsigned col = 0;
        char buf[SHOWN_TEXT];

        while (col < N_COLUMNS && strcmp(r->row->field[i].text, header[col]) != 0)
            col++;
        if (col < N_COLUMNS)
            r->column[col] = i;
        else if (*r->row->field[i].text)
            indikator_parse_fail(r->job, indikator_parse_place(r->row, i),
                                 _("Column %u, “%s”, is none of Skoleporten's. Delete it, or "
                                   "download the file again"),
                                 i + 1, indikator_parse_shown(r->row->field[i].text, buf));
    }
    for (unsigned col = 0; col < N_COLUMNS; col++)
        if (r->column[col] == G_MAXUINT)
            indikator_parse_fail(r->job, (ParsePlace){ r->row->line, 0, 0 },
                                 _("The column “%s” is lacking. It is always needed"), header[col]);
    return r->job->file->n_errors_all == before;
}

static bool refuse(const Reading *r, unsigned col, const char *what)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(r->job, indikator_parse_place(r->row, r->column[col]), _("%s “%s”: %s"),
                         header[col], indikator_parse_shown(text_of(r, col), buf), what);
    return false;
}

static bool same(const char *wanted, const char *text)
{
    return wanted == NULL || strcmp(wanted, text) == 0;
}

static const Meaning *find_meaning(const Reading *r)
{
    for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
        const Meaning *m = &meanings[i];

        if (same(m->area, text_of(r, AREA)) && same(m->statistic, text_of(r, STATISTIC)) &&
            same(m->indicator, text_of(r, INDICATOR)) && same(m->grade, text_of(r, GRADE)) &&
            same(m->measure, text_of(r, MEASURE)))
            return m;
    }
    return NULL;
}

static void skip(Reading *r, const char *what)
{
    GArray *list = r->job->skipped;
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(r->skipped, what));
    const ParsedSkipped one = { indikator_parse_keep(r->job, what), 1, r->row->line };

    if (known > 0) {
        g_array_index(list, ParsedSkipped, known - 1).rows++;
    } else if (list->len < PARSE_MAX_SKIPPED) {
        g_array_append_val(list, one);
        g_hash_table_insert(r->skipped, (void *)(uintptr_t)one.what, GSIZE_TO_POINTER(list->len));
    }
}

static void skip_meaning(Reading *r)
{
    char buf[4][SHOWN_TEXT];
    g_autofree char *what =
        g_strdup_printf("%s / %s / %s / %s", indikator_parse_shown(text_of(r, AREA), buf[0]),
                        indikator_parse_shown(text_of(r, STATISTIC), buf[1]),
                        indikator_parse_shown(text_of(r, INDICATOR), buf[2]),
                        indikator_parse_shown(text_of(r, GRADE), buf[3]));

    skip(r, what);
}

static bool read_period(Reading *r, ParsedValue *v)
{
    char period[PERIOD_TEXT];

    if (indikator_parse_period(text_of(r, PERIOD), v->indicator, period) == PERIOD_OK) {
        v->period = indikator_parse_keep(r->job, period);
        return true;
    }
    if (indikator_parse_is_date(text_of(r, PERIOD)))
        return refuse(r, PERIOD,
                      _("Excel has made a date of it. Format the column as text and write the "
                        "period again, as in 2012/13 or 2012K1"));
    return refuse(r, PERIOD, _("not a school year. Skoleporten writes 2014-2015"));
}

static bool read_sex(Reading *r, ParsedValue *v)
{
    static const char *const words[][2] = { { "Begge kjønn", "alle" }, { "Alle kjønn", "alle" },
                                            { "Alle", "alle" },        { "Gutter", "gutt" },
                                            { "Gutt", "gutt" },        { "Jenter", "jente" },
                                            { "Jente", "jente" } };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(text_of(r, SEX), words[i][0]) == 0)
            v->sex = words[i][1];
    return v->sex || refuse(r, SEX, _("write Begge kjønn, Gutter or Jenter"));
}

static bool read_value(Reading *r, ParsedValue *v)
{
    const char *text = text_of(r, VALUE);
    Cell cell = indikator_parse_cell(text);
    ParsedCounts *counts = &r->job->file->counts;

    if (strcmp(text, ".") == 0)
        cell.kind = CELL_EMPTY;
    if (cell.kind == CELL_OTHER && indikator_parse_is_masked_word(text))
        cell.kind = CELL_MASKED;
    counts->masked += cell.kind == CELL_MASKED;
    counts->missing += cell.kind == CELL_EMPTY;
    counts->zeros += cell.kind == CELL_ZERO;
    if (cell.kind == CELL_OTHER)
        return refuse(
            r, VALUE,
            _("not a figure: a number with decimal comma, “.” for none or “*” for hidden"));
    v->status = cell.kind == CELL_MASKED  ? VALUE_MASKED
                : cell.kind == CELL_EMPTY ? VALUE_MISSING
                                          : VALUE_OK;
    v->has_value = v->status == VALUE_OK;
    v->value = cell.value;
    return true;
}

static const char *grade_of(const char *text)
{
    return g_str_has_prefix(text, "Trinn ") ? text + 6 : "";
}

typedef enum { FORM_OWN, FORM_PART, FORM_WHOLE } OwnerForm;

/* A school has one owner form. Where a unit has several, as a municipality may, only all of them
 * together are the unit's; when they come last, they take the place of the one that came first. */
static OwnerForm form_of(Reading *r, const char *key)
{
    const char *form = text_of(r, OWNER);
    const char *first = g_hash_table_lookup(r->forms, key);

    if (first != NULL && strcmp(first, form) == 0)
        return FORM_OWN;
    if (first != NULL && !g_str_has_prefix(form, "Alle"))
        return FORM_PART;
    g_hash_table_insert(r->forms, g_strdup(key),
                        (void *)(uintptr_t)indikator_parse_keep(r->job, form));
    return first == NULL ? FORM_OWN : FORM_WHOLE;
}

/* Stored under its key unless it is there; the same again is passed over, another is an error. */
static void store(Reading *r, ParsedValue *v, const char *key, OwnerForm form)
{
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(r->seen, key));
    const ParsedValue *old;
    const ParsedUnit unit = { .level = PARSED_SCHOOL,
                              .code = text_of(r, NAME),
                              .name = text_of(r, NAME),
                              .line = r->row->line,
                              .by_name = true };
    bool is_new;

    if (known == 0) {
        v->unit = indikator_parse_unit(r->job, &unit, &is_new);
        g_array_append_val(r->job->values, *v);
        g_hash_table_insert(r->seen, g_strdup(key), GSIZE_TO_POINTER(r->job->values->len));
        return;
    }
    old = &g_array_index(r->job->values, ParsedValue, known - 1);
    if (form == FORM_WHOLE) {
        v->unit = old->unit;
        g_array_index(r->job->values, ParsedValue, known - 1) = *v;
    } else if (old->status == v->status && strcmp(old->original, v->original) == 0) {
        r->job->file->counts.duplicates++;
    } else {
        indikator_parse_fail(r->job, indikator_parse_place(r->row, r->column[NAME]),
                             _("Line %u has another value for the same unit, indicator, period, "
                               "grade and sex (%s). Delete the row that is wrong"),
                             old->line, key);
    }
}

static bool refuse_person_numbers(Reading *r)
{
    for (unsigned i = 0; i < r->row->n; i++)
        if (indikator_parse_person_number(r->job, r->row, i))
            return true;
    return false;
}

static void read_row(Reading *r)
{
    ParsedValue v = { .owner = "alle", .line = r->row->line };
    const Meaning *meaning;
    OwnerForm form;

    for (unsigned i = 0; i < r->row->n; i++)
        indikator_parse_trim(r->row->field[i].text);
    if (refuse_person_numbers(r))
        return;
    meaning = find_meaning(r);
    if (*text_of(r, NAME) == '\0') {
        refuse(r, NAME, _("the unit's name is lacking"));
        return;
    }
    v.indicator = meaning ? meaning->code : "GSI.";
    if (!read_period(r, &v) || !read_sex(r, &v) || !read_value(r, &v))
        return;
    if (meaning == NULL) {
        skip_meaning(r);
        return;
    }
    v.grade = indikator_parse_keep(r->job, grade_of(text_of(r, GRADE)));
    v.original = indikator_parse_keep(r->job, text_of(r, VALUE));
    v.source = "Skoleporten";
    g_autofree char *key =
        g_strjoin(";", text_of(r, NAME), v.indicator, v.period, v.grade, v.sex, NULL);
    form = form_of(r, key);
    if (form != FORM_OWN) /* one of the two is not stored */
        skip(r, _("the same figure for one kind of owner alone"));
    if (form != FORM_PART)
        store(r, &v, key, form);
}

static bool is_blank(const CsvRow *row)
{
    for (unsigned i = 0; i < row->n; i++)
        if (row->field[i].text[strspn(row->field[i].text, " \t\r\n")] != '\0')
            return false;
    return true;
}

void indikator_parse_skoleporten(ParseJob *job)
{
    g_autoptr(CsvReader) reader = NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) skipped = g_hash_table_new(g_str_hash, g_str_equal);
    CsvRow row;
    Reading r = { .job = job, .row = &row, .seen = seen, .forms = forms, .skipped = skipped };

    reader = indikator_parse_rows(job, MAX_ROWS + 1, &row);
    if (reader == NULL || !read_header(&r))
        return;
    job->file->title = "Skoleporten";
    while (indikator_parse_next(job, reader, &row)) {
        if (is_blank(&row))
            continue;
        job->file->counts.rows++;
        read_row(&r);
    }
    if (job->file->counts.rows == 0 && job->file->n_errors_all == 0)
        indikator_parse_fail(job, (ParsePlace){ 0 },
                             _("The file has a header but no rows. Download it again, with units "
                               "chosen"));
    else if (job->values->len == 0 && job->file->n_errors_all == 0)
        indikator_parse_fail(job, (ParsePlace){ 0 },
                             _("None of the rows is about a figure that is kept here"));
}
