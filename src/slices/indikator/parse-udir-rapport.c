/* parse-udir-rapport.c - the workbooks of answers that Udir's survey portal makes: how pupils answered.
 *
 * First the groups ("Utvalg", "Prikket"), each with a place, a season and a grade in its name; then blocks
 * of a question with the number who gave each answer, alone or with percent beside. A hyphen is hidden.
 * What is kept is how many are well at school: the two best answers of all, when every answer is shown.
 * Source: EXPECT.md O2, Elevundersokelsen_*.xlsx.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arena.h"
#include "parse-udir-eu.h"

#define QUESTION "Trives du på skolen?"
#define ANSWERS 5
#define GROUP_COLUMN "Utvalg"

typedef struct {
    const char *name;
    ParsedUnit unit;
    const char *period, *grade, *code;
    bool known;
} Group;

typedef struct {
    ParseJob *job;
    GHashTable *groups;   /* name -> Group */
    Group *only;          /* when there is one alone, rows do not name it */
    GPtrArray *answers;   /* texts of the block's columns; "" for none */
    const char *question; /* of the block */
    bool names_groups;    /* the block has a column of them */
    GHashTable *stored;   /* code;unit;period */
} Reading;

bool indikator_parse_is_report(const CsvRow *head)
{
    return head->n >= 3 && !strcmp(head->field[0].text, GROUP_COLUMN) &&
           !strcmp(head->field[1].text, "År") && !strcmp(head->field[2].text, "Prikket");
}

/* "Høst 2019" and "Vår 2019" -> "2019/20", "2018/19". */
static bool read_season(const char *text, char ret[PERIOD_TEXT])
{
    bool autumn = g_str_has_prefix(text, "Høst ");
    const char *digits = strchr(text, ' ');
    int year = digits ? (int)g_ascii_strtoll(digits + 1, NULL, 10) : 0;

    if (year < 2000 || year > 2099 || (!autumn && !g_str_has_prefix(text, "Vår ")))
        return false;
    year -= !autumn;
    g_snprintf(ret, PERIOD_TEXT, "%d/%02d", year, (year + 1) % 100);
    return true;
}

/* "vg1", "7. trinn" after the hyphen; "" for all grades of upper secondary. */
static const char *read_grade(const char *name)
{
    static const char *const words[][2] = { { "vg1", "vg1" },    { "vg2", "vg2" },
                                            { "vg3", "vg3" },    { "7.", "7" },
                                            { "10.", "10" },     { "trinn 7", "7" },
                                            { "trinn 10", "10" } };
    const char *hyphen = g_strrstr(name, ") - ");
    g_autofree char *lower = g_utf8_strdown(hyphen ? hyphen + 4 : "", -1);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(lower, words[i][0]))
            return words[i][1];
    return *lower ? NULL : "";
}

/* "Telemark fylkeskommune (Høst 2019) - vg1": the place is what stands before the season. */
static bool read_place(ParseJob *job, const char *name, const char *period, ParsedUnit *ret)
{
    static const char suffix[] = " fylkeskommune";
    g_autofree char *place = g_strndup(name, strcspn(name, "("));
    const char *county;

    indikator_parse_trim(place);
    if (!strcmp(place, "Nasjonalt") || !strcmp(place, "Hele landet")) {
        *ret = (ParsedUnit){ .level = PARSED_NATION, .code = "0", .name = "Hele landet" };
        return true;
    }
    if (g_str_has_suffix(place, suffix))
        place[strlen(place) - (sizeof suffix - 1)] = '\0';
    county = indikator_parse_county(place, period);
    *ret = (ParsedUnit){ .level = county ? PARSED_COUNTY : PARSED_SCHOOL,
                         .name = indikator_parse_keep(job, place),
                         .by_name = county == NULL };
    ret->code = county ? county : ret->name;
    return *place != '\0';
}

static const char *field(const CsvRow *row, unsigned i)
{
    if (i >= row->n)
        return "";
    indikator_parse_trim(row->field[i].text);
    return row->field[i].text;
}

static void add_group(Reading *r, Arena *arena, const CsvRow *row)
{
    Group *g = arena_alloc(arena, sizeof *g);
    char period[PERIOD_TEXT];
    g_autofree char *code = NULL, *upper = NULL;

    *g = (Group){ .name = indikator_parse_keep(r->job, field(row, 0)) };
    if (read_season(field(row, 1), period) && read_place(r->job, g->name, period, &g->unit)) {
        g->unit.line = row->line;
        g->period = indikator_parse_keep(r->job, period);
        g->grade = read_grade(g->name);
        upper = g_ascii_strup(g->grade && *g->grade ? g->grade : "VG", -1);
        code = g_strdup_printf("EU.TRIVES.%s", upper);
        g->code = indikator_parse_keep(r->job, code);
        g->known = g->grade != NULL;
    }
    if (!g->known)
        indikator_parse_skip(r->job, g->name, row->line);
    r->only = g_hash_table_size(r->groups) == 0 ? g : NULL;
    g_hash_table_insert(r->groups, (void *)(uintptr_t)g->name, g);
}

static Cell count_cell(const Reading *r, const char *text)
{
    ParsedCounts *counts = &r->job->file->counts;
    size_t len = strlen(text);
    g_autofree char *bare = g_strndup(text, len && text[len - 1] == '%' ? len - 1 : len);
    Cell cell;

    indikator_parse_trim(bare);
    cell = indikator_parse_cell(bare);
    if (indikator_parse_is_dash(bare) || indikator_parse_is_masked_word(bare))
        cell.kind = CELL_MASKED;
    counts->masked += cell.kind == CELL_MASKED;
    counts->zeros += cell.kind == CELL_ZERO;
    return cell;
}

static bool is_figure(const char *text)
{
    size_t len = strlen(text);
    g_autofree char *bare = g_strndup(text, len && text[len - 1] == '%' ? len - 1 : len);

    return *bare &&
           (indikator_parse_is_dash(bare) || indikator_parse_cell(bare).kind != CELL_OTHER);
}

/* The heads of the columns: from them each answer's count is known, and its percent passed over. */
static void begin_block(Reading *r, const CsvRow *row)
{
    g_ptr_array_set_size(r->answers, 0);
    r->names_groups = !strcmp(field(row, 1), GROUP_COLUMN);
    for (unsigned i = 0; i < row->n; i++)
        g_ptr_array_add(r->answers, (void *)(uintptr_t)indikator_parse_keep(r->job, field(row, i)));
}

static const char *answer_of(const Reading *r, unsigned i)
{
    return i < r->answers->len ? r->answers->pdata[i] : "";
}

/* The first column of each answer: counts[0..] in the block's order. False when there are not five. */
static bool read_counts(const Reading *r, const CsvRow *row, Cell counts[ANSWERS])
{
    size_t n = 0;

    for (unsigned i = r->names_groups ? 2 : 1; i < row->n; i++) {
        const char *text = field(row, i), *answer = answer_of(r, i);
        Cell cell;

        if (!*text)
            continue;
        cell = count_cell(r, text);
        if (!*answer || (i > 0 && !strcmp(answer, answer_of(r, i - 1))))
            continue; /* the percent of the answer before, or a note beside the table */
        if (n < ANSWERS)
            counts[n] = cell;
        n++;
    }
    return n == ANSWERS;
}

static void store(Reading *r, const CsvRow *row, const Group *g, const Cell counts[ANSWERS])
{
    ParsedValue v = { .indicator = g->code,
                      .period = g->period,
                      .grade = g->grade,
                      .sex = "alle",
                      .owner = "alle",
                      .source = "Udir",
                      .line = row->line,
                      .status = VALUE_OK };
    g_autoptr(GString) original = g_string_new(NULL);
    g_autofree char *key = g_strjoin(";", g->code, g->unit.code, g->period, NULL);
    double good = 0, all = 0;
    bool is_new;

    for (size_t i = 0; i < ANSWERS; i++) {
        if (counts[i].kind != CELL_NUMBER && counts[i].kind != CELL_ZERO)
            v.status = VALUE_MASKED;
        all += counts[i].value;
        good += i < 2 ? counts[i].value : 0;
    }
    if (!g_hash_table_add(r->stored, g_steal_pointer(&key))) {
        r->job->file->counts.duplicates++;
        return;
    }
    for (unsigned i = r->names_groups ? 2 : 1; i < row->n; i++)
        g_string_append_printf(original, "%s%s", original->len ? ";" : "", field(row, i));
    v.unit = indikator_parse_unit(r->job, &g->unit, &is_new);
    v.original = indikator_parse_keep(r->job, original->str);
    v.has_value = v.status == VALUE_OK && all > 0;
    if (v.has_value) {
        v.computed = v.has_numerator = v.has_denominator = v.has_n = true;
        v.numerator = good;
        v.denominator = all;
        v.n = (int64_t)all;
        v.value = 100 * good / all;
    }
    g_array_append_val(r->job->values, v);
}

static const char *group_name(const Reading *r, const CsvRow *row)
{
    if (r->names_groups)
        return field(row, 1);
    return g_hash_table_contains(r->groups, field(row, 0)) ? field(row, 0) : NULL;
}

static void read_figures(Reading *r, const CsvRow *row)
{
    const char *name = group_name(r, row), *label = field(row, 0);
    const Group *g = name ? g_hash_table_lookup(r->groups, name) : r->only;
    Cell counts[ANSWERS] = { { .kind = CELL_EMPTY } };
    bool five = read_counts(r, row, counts);
    char buf[SHOWN_TEXT];

    r->job->file->counts.rows++;
    if (*label && label != name)
        r->question = indikator_parse_keep(r->job, label);
    if (five && g && g->known && r->question && !strcmp(r->question, QUESTION))
        store(r, row, g, counts);
    else
        indikator_parse_skip(r->job, indikator_parse_shown(r->question ? r->question : label, buf),
                             row->line);
}

/* What a row is: the heads of a block, figures, or a line of text alone. */
static void read_row(Reading *r, const CsvRow *row)
{
    unsigned filled = 0, figures = 0;

    for (unsigned i = 0; i < row->n; i++) {
        const char *text = field(row, i);

        if (indikator_parse_person_number(r->job, row, i))
            return;
        filled += *text != '\0' && (i == 0 || strcmp(text, field(row, i - 1)) != 0);
        figures += i > 0 && is_figure(text);
    }
    if (figures > 0)
        read_figures(r, row);
    else if (filled == 1 && *field(row, 0))
        r->question = indikator_parse_keep(r->job, field(row, 0));
    else if (filled >= 3)
        begin_block(r, row);
}

static bool is_about_group(const CsvRow *row)
{
    char period[PERIOD_TEXT];

    return *field(row, 0) && read_season(field(row, 1), period);
}

void indikator_parse_report(ParseJob *job)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(CsvReader) reader = NULL;
    g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) stored = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) answers = g_ptr_array_new();
    Reading r = { .job = job, .groups = groups, .answers = answers, .stored = stored };
    CsvRow row;

    reader = indikator_parse_loose_rows(job, &row);
    if (reader == NULL)
        return;
    job->file->title = _("The pupil survey, from Udir");
    while (indikator_parse_next(job, reader, &row)) {
        if (r.answers->len == 0 && is_about_group(&row))
            add_group(&r, arena, &row);
        else
            read_row(&r, &row);
    }
    if (job->values->len == 0 && job->file->n_errors_all == 0)
        indikator_parse_warn(job, (ParsePlace){ 0 },
                             _("None of the rows is about a figure that is kept here"));
}
