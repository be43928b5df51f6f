/* parse-udir-eu.c - Udir's exports of the pupil survey: units in the rows, or indicators in the rows.
 *
 * The wide one has a unit a row, and figure, answered and invited of each group in columns. The one that
 * lies across has an indicator a row and a place a column. AntallBesvart of bullying is the number who
 * were bullied: never n. A column of words nobody knows is passed over, and told.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "parse-udir.h"
#include "parse-udir-eu.h"

typedef struct {
    EuColumn about;
    const char *code; /* of the figure; NULL: only the participation is kept */
    unsigned column[EU_OTHER + 1];
} Group;

typedef struct {
    ParseJob *job;
    CsvRow *row;
    unsigned id[N_IDS];
    GArray *groups;   /* of Group */
    GHashTable *seen; /* unit;code;period;sex;owner -> index + 1 */
} Reading;

/* --- cells --- */

bool indikator_parse_eu_cell(ParseJob *job, const CsvRow *row, unsigned i, Cell *ret)
{
    ParsedCounts *counts = &job->file->counts;
    char buf[SHOWN_TEXT];

    indikator_parse_trim(row->field[i].text);
    *ret = indikator_parse_cell(row->field[i].text);
    if (indikator_parse_is_masked_word(row->field[i].text))
        ret->kind = CELL_MASKED;
    counts->masked += ret->kind == CELL_MASKED;
    counts->missing += ret->kind == CELL_EMPTY;
    counts->zeros += ret->kind == CELL_ZERO || (ret->kind == CELL_NUMBER && ret->value == 0);
    if (ret->kind != CELL_OTHER && ret->value >= 0)
        return true;
    if (!indikator_parse_person_number(job, row, i))
        indikator_parse_fail(job, indikator_parse_place(row, i),
                             _("“%s” is not a result: a number with decimal comma, “*” or "
                               "nothing. Correct the cell or download the file again"),
                             indikator_parse_shown(row->field[i].text, buf));
    return false;
}

static bool is_number(const Cell *cell)
{
    return cell->kind == CELL_NUMBER || cell->kind == CELL_ZERO;
}

static void set_figure(ParsedValue *v, const Cell *figure)
{
    v->has_value = is_number(figure);
    v->value = v->has_value ? figure->value : 0;
    v->status = v->has_value                  ? VALUE_OK
                : figure->kind == CELL_MASKED ? VALUE_MASKED
                                              : VALUE_MISSING;
}

/* The same unit, indicator, period and sex once more: the same again, or a contradiction. */
static void store(Reading *r, const ParsedUnit *unit, ParsedValue *v)
{
    g_autofree char *key =
        g_strjoin(";", unit->code, v->indicator, v->period, v->sex, v->owner, NULL);
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(r->seen, key));
    bool is_new;

    if (known > 0) {
        const ParsedValue *first = &g_array_index(r->job->values, ParsedValue, known - 1);

        if (first->original == v->original)
            return;
        indikator_parse_fail(r->job, (ParsePlace){ .line = v->line },
                             _("%s has another value for %s, %s than in line %u. Delete the row "
                               "that is wrong"),
                             unit->name, v->indicator, v->period, first->line);
        return;
    }
    v->unit = indikator_parse_unit(r->job, unit, &is_new);
    g_array_append_val(r->job->values, *v);
    g_hash_table_insert(r->seen, g_steal_pointer(&key), GSIZE_TO_POINTER(r->job->values->len));
}

/* --- units in the rows --- */

static const char *id_text_of(const Reading *r, unsigned id)
{
    if (r->id[id] == NO_COLUMN)
        return "";
    indikator_parse_trim(r->row->field[r->id[id]].text);
    return r->row->field[r->id[id]].text;
}

static bool refuse_unit(const Reading *r, unsigned id, const char *what)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(r->job, indikator_parse_place(r->row, r->id[id]), _("%s “%s”: %s"),
                         indikator_parse_udir_id_name(id),
                         indikator_parse_shown(id_text_of(r, id), buf), what);
    return false;
}

typedef struct {
    char code[CODE_TEXT], county[CODE_TEXT], municipality[CODE_TEXT];
} Codes;

/* Of upper secondary, level 3 is the school: a number of nine digits says so. */
static bool read_level(const Reading *r, ParsedUnit *u, Codes *codes)
{
    const char *level = id_text_of(r, ID_LEVEL), *code = id_text_of(r, ID_CODE);

    if (indikator_parse_is_orgnr(code) || indikator_parse_is_udir_id(code)) {
        u->level = PARSED_SCHOOL;
        g_strlcpy(codes->code, code, CODE_TEXT);
    } else if (indikator_parse_looks_like_orgnr(code)) {
        return refuse_unit(r, ID_CODE,
                           _("not a valid organisation number: its last digit does not fit the "
                             "others. Look for a typing error"));
    } else if (strcmp(level, "1") == 0) {
        u->level = PARSED_NATION;
        g_strlcpy(codes->code, "0", CODE_TEXT);
    } else if (strcmp(level, "2") == 0 && indikator_parse_code(code, 2, codes->code)) {
        u->level = PARSED_COUNTY;
    } else if (strcmp(level, "3") == 0 && indikator_parse_code(code, 4, codes->code)) {
        u->level = PARSED_MUNICIPALITY;
    } else {
        return refuse_unit(r, ID_CODE,
                           _("not the number of a unit on this level. Correct it or download the "
                             "file again"));
    }
    return true;
}

static bool read_unit(const Reading *r, ParsedUnit *ret, Codes *codes)
{
    static const unsigned names[] = { 0, ID_NATION, ID_COUNTY, ID_MUNICIPALITY, ID_NAME };
    ParsedUnit u = { .code = codes->code, .line = r->row->line };

    if (!read_level(r, &u, codes))
        return false;
    if (u.level >= PARSED_MUNICIPALITY &&
        indikator_parse_code(id_text_of(r, ID_COUNTY_CODE), 2, codes->county))
        u.county = codes->county;
    if (u.level == PARSED_SCHOOL &&
        indikator_parse_code(id_text_of(r, ID_MUNICIPALITY_CODE), 4, codes->municipality))
        u.municipality = codes->municipality;
    u.name = id_text_of(r, names[u.level]);
    if (*u.name == '\0')
        u.name = u.level == PARSED_NATION ? "Hele landet" : id_text_of(r, ID_NAME);
    *ret = u;
    return *u.name ||
           refuse_unit(r, ID_CODE, _("a unit needs a name. Correct it or download the file again"));
}

static bool same_group(const EuColumn *a, const EuColumn *b)
{
    return !strcmp(a->period, b->period) && !g_strcmp0(a->subject, b->subject) &&
           !strcmp(a->grade, b->grade) && !strcmp(a->program, b->program) &&
           !strcmp(a->sex, b->sex) && !strcmp(a->owner, b->owner);
}

static void pass_over(Reading *r, unsigned i)
{
    char buf[SHOWN_TEXT];

    indikator_parse_skip(r->job, indikator_parse_shown(r->row->field[i].text, buf), r->row->line);
}

/* What the survey's participation is called when the columns name no subject. */
static bool is_about_participation(const EuColumn *c)
{
    return c->subject == NULL && (c->measure == EU_PARTICIPATION || c->measure == EU_INVITED ||
                                  c->measure == EU_ANSWERED);
}

static void read_header_cell(Reading *r, unsigned i)
{
    EuColumn c;
    Group *group = NULL;

    indikator_parse_eu_column(r->job, r->row->field[i].text, false, &c);
    if (c.unknown || !*c.period || c.measure == EU_NONE ||
        (c.subject == NULL && !is_about_participation(&c))) {
        pass_over(r, i);
        return;
    }
    for (guint g = 0; g < r->groups->len && group == NULL; g++)
        if (same_group(&g_array_index(r->groups, Group, g).about, &c))
            group = &g_array_index(r->groups, Group, g);
    if (group == NULL) {
        Group fresh = { .about = c };

        fresh.code = indikator_parse_eu_code(r->job, c.subject ? c.subject : "DELT", &c);
        for (size_t m = 0; m <= EU_OTHER; m++)
            fresh.column[m] = NO_COLUMN;
        g_array_append_val(r->groups, fresh);
        group = &g_array_index(r->groups, Group, r->groups->len - 1);
    }
    if (group->column[c.measure] != NO_COLUMN)
        indikator_parse_fail(r->job, indikator_parse_place(r->row, i),
                             _("Column %u, “%s”, is there twice. Delete one of the two"), i + 1,
                             r->row->field[i].text);
    group->column[c.measure] = i;
}

static bool read_header(Reading *r)
{
    size_t before = r->job->file->n_errors_all;

    for (unsigned id = 0; id < N_IDS; id++)
        r->id[id] = NO_COLUMN;
    for (unsigned i = 0; i < r->row->n; i++) {
        unsigned id = 0;

        while (id < N_IDS && strcmp(r->row->field[i].text, indikator_parse_udir_id_name(id)) != 0)
            id++;
        if (id < N_IDS)
            r->id[id] = i;
        else if (*r->row->field[i].text)
            read_header_cell(r, i);
    }
    if (r->groups->len == 0 && r->job->file->n_errors_all == before)
        indikator_parse_fail(r->job, (ParsePlace){ r->row->line, 0, 0 },
                             _("None of the columns is a figure of the pupil survey that is kept "
                               "here. Download indexes, bullying or participation"));
    return r->job->file->n_errors_all == before;
}

/* Participation is answered of invited, to one decimal: domain.md 12, number 3. */
static void set_participation(const Reading *r, const Cell cells[], ParsedValue *v)
{
    const Cell *answered = &cells[EU_ANSWERED], *invited = &cells[EU_INVITED];

    v->has_numerator = is_number(answered);
    v->numerator = v->has_numerator ? answered->value : 0;
    v->has_denominator = v->has_n = is_number(invited);
    v->denominator = v->has_n ? invited->value : 0;
    v->n = (int64_t)v->denominator;
    if (v->has_value && v->has_numerator && v->denominator > 0 &&
        fabs(100 * v->numerator / v->denominator - v->value) > 0.0501)
        indikator_parse_warn(r->job, (ParsePlace){ .line = r->row->line },
                             _("The participation is not answered of invited"));
}

static void set_counts(const Reading *r, const Group *g, const Cell cells[], ParsedValue *v)
{
    const Cell *answered = &cells[EU_ANSWERED];

    if (g->about.subject == NULL) {
        set_participation(r, cells, v);
    } else if (g_str_has_prefix(g->about.subject, "MOBB")) {
        v->has_numerator = is_number(answered); /* the number who were bullied */
        v->numerator = v->has_numerator ? answered->value : 0;
    } else {
        v->has_n = is_number(answered);
        v->n = v->has_n ? (int64_t)answered->value : 0;
        v->n_masked = answered->kind == CELL_MASKED;
    }
}

static const char *keep_original(const Reading *r, const Group *g)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (unsigned m = EU_FIGURE; m <= EU_OTHER; m++)
        if (g->column[m] != NO_COLUMN)
            g_string_append_printf(text, "%s%s", text->len ? ";" : "",
                                   r->row->field[g->column[m]].text);
    return indikator_parse_keep(r->job, text->str);
}

static void read_group(Reading *r, const ParsedUnit *unit, const Group *g)
{
    ParsedValue v = { .indicator = g->code,
                      .period = indikator_parse_keep(r->job, g->about.period),
                      .grade = g->about.grade,
                      .sex = g->about.sex,
                      .owner = g->about.owner,
                      .preliminary = g->about.preliminary,
                      .source = "Udir",
                      .line = r->row->line };
    Cell cells[EU_OTHER + 1] = { { .kind = CELL_EMPTY } };
    unsigned figure = g->about.subject ? EU_FIGURE : EU_PARTICIPATION;
    bool good = true;

    for (unsigned m = EU_FIGURE; m <= EU_OTHER; m++)
        good = (g->column[m] == NO_COLUMN ||
                indikator_parse_eu_cell(r->job, r->row, g->column[m], &cells[m])) &&
               good;
    if (!good || unit == NULL)
        return;
    if (g->code == NULL || g->column[figure] == NO_COLUMN) {
        pass_over(r, 0);
        return;
    }
    set_figure(&v, &cells[figure]);
    set_counts(r, g, cells, &v);
    v.original = keep_original(r, g);
    store(r, unit, &v);
}

bool indikator_parse_is_udir_eu(const CsvRow *head)
{
    bool scores = false;

    for (unsigned i = 0; i < head->n; i++)
        scores = scores || strstr(head->field[i].text, "Skalapoeng") != NULL;
    if (scores || !indikator_parse_is_udir(head))
        return false;
    for (unsigned i = 0; i < head->n; i++) {
        const char *text = head->field[i].text;

        if (strstr(text, "Prosentandel") || strstr(text, "esvart") || strstr(text, "eltatt") ||
            strstr(text, "Mobb") || strstr(text, "mobb") || strstr(text, "nvitert") ||
            strstr(text, "Score") || strstr(text, "Snitt") || strstr(text, "Skår") ||
            strstr(text, "jennomsnitt") || strstr(text, "Deltakelse") || strstr(text, "varprosent"))
            return strstr(text, "Antall elever deltatt") == NULL;
    }
    return false;
}

static Reading reading_of(ParseJob *job, CsvRow *row)
{
    return (Reading){ .job = job,
                      .row = row,
                      .groups = g_array_new(FALSE, TRUE, sizeof(Group)),
                      .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
}

static void reading_clear(Reading *r)
{
    g_array_unref(r->groups);
    g_hash_table_unref(r->seen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

void indikator_parse_udir_eu(ParseJob *job, CsvReader *reader, CsvRow *row)
{
    g_auto(Reading) r = reading_of(job, row);
    ParsedUnit unit;
    Codes codes;

    job->file->title = _("The pupil survey, from Udir");
    if (!read_header(&r))
        return;
    while (indikator_parse_next(job, reader, row)) {
        bool good = read_unit(&r, &unit, &codes);

        job->file->counts.rows++;
        for (guint g = 0; g < r.groups->len; g++)
            read_group(&r, good ? &unit : NULL, &g_array_index(r.groups, Group, g));
    }
}

/* --- indicators in the rows --- */

enum { ROW_LEVEL, ROW_ABOVE_CODE, ROW_CODE, ROW_ABOVE, ROW_NAME, N_ROW_IDS };
static const char *const row_ids[N_ROW_IDS] = { "IndikatorNivaa", "Indikatorkode_Over",
                                                "Indikatorkode", "Indikatornavn_Over",
                                                "Indikatornavn" };

static unsigned find_row_id(const char *text)
{
    unsigned id = 0;

    while (id < N_ROW_IDS && strcmp(text, row_ids[id]) != 0)
        id++;
    return id;
}

bool indikator_parse_is_udir_across(const CsvRow *head)
{
    bool level = false, name = false;

    for (unsigned i = 0; i < head->n; i++) {
        level = level || find_row_id(head->field[i].text) == ROW_LEVEL;
        name = name || find_row_id(head->field[i].text) == ROW_NAME;
    }
    return level && name;
}

/* The country, a county by its name in that year, or a place that somebody has to say the number of. */
static void unit_across(const EuColumn *c, unsigned line, ParsedUnit *ret)
{
    *ret = (ParsedUnit){ .level = PARSED_NATION, .code = "0", .name = "Hele landet", .line = line };
    if (*c->place) {
        ret->level = PARSED_SCHOOL;
        ret->code = ret->name = c->place;
        ret->by_name = true;
    } else if (*c->county) {
        ret->level = PARSED_COUNTY;
        ret->code = indikator_parse_county(c->county, c->period);
        ret->name = c->county;
    }
}

static void read_cell_across(Reading *r, const Group *g, const char *subject)
{
    ParsedValue v = { .period = indikator_parse_keep(r->job, g->about.period),
                      .grade = g->about.grade,
                      .sex = g->about.sex,
                      .owner = g->about.owner,
                      .preliminary = g->about.preliminary,
                      .source = "Udir",
                      .line = r->row->line };
    unsigned i = g->column[EU_FIGURE];
    ParsedUnit unit;
    Cell cell;

    if (!indikator_parse_eu_cell(r->job, r->row, i, &cell) || subject == NULL)
        return;
    v.indicator = indikator_parse_eu_code(r->job, subject, &g->about);
    if (v.indicator == NULL)
        return;
    set_figure(&v, &cell);
    v.original = indikator_parse_keep(r->job, r->row->field[i].text);
    unit_across(&g->about, r->row->line, &unit);
    store(r, &unit, &v);
}

static void read_row_across(Reading *r, const unsigned id[])
{
    char *name = r->row->field[id[ROW_NAME]].text;
    const char *subject;
    char buf[SHOWN_TEXT];
    size_t before = r->job->values->len;

    indikator_parse_trim(name);
    subject = indikator_parse_eu_subject(name);
    r->job->file->counts.rows++;
    for (guint g = 0; g < r->groups->len; g++)
        read_cell_across(r, &g_array_index(r->groups, Group, g), subject);
    if (r->job->values->len == before)
        indikator_parse_skip(r->job, indikator_parse_shown(name, buf), r->row->line);
}

static void header_across(Reading *r, unsigned id[])
{
    for (unsigned i = 0; i < r->row->n; i++) {
        unsigned known = find_row_id(r->row->field[i].text);
        Group g = { .code = NULL };

        if (known < N_ROW_IDS) {
            id[known] = i;
            continue;
        }
        indikator_parse_eu_column(r->job, r->row->field[i].text, true, &g.about);
        g.column[EU_FIGURE] = i;
        if (*g.about.period && g.about.measure == EU_FIGURE)
            g_array_append_val(r->groups, g);
        else if (*r->row->field[i].text)
            pass_over(r, i);
    }
}

void indikator_parse_udir_across(ParseJob *job, CsvReader *reader, CsvRow *row)
{
    g_auto(Reading) r = reading_of(job, row);
    unsigned id[N_ROW_IDS] = { 0 };

    job->file->title = _("The pupil survey, from Udir");
    header_across(&r, id);
    if (r.groups->len == 0)
        indikator_parse_fail(job, (ParsePlace){ row->line, 0, 0 },
                             _("None of the columns is a figure of the pupil survey that is kept "
                               "here. Download indexes, bullying or participation"));
    while (r.groups->len > 0 && indikator_parse_next(job, reader, row))
        read_row_across(&r, id);
}
