/* parse-udir-header.c - the column names of Udir's wide export, word by known word.
 *
 * A name joins six levels by dots, and "5. årstrinn" holds a dot of its own, so a word is known by
 * the vocabulary and never by the dots. A column nobody knows stops the file: a guess here would
 * give thousands of wrong values.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-udir.h"
#include "parse-cell.h"

typedef enum { PART_PERIOD, PART_SUBJECT, PART_GRADE, PART_OWNER, PART_SEX, PART_MEASURE } Part;
#define ALL_PARTS 0x3Fu

typedef struct {
    const char *text;
    Part part;
    const char *code; /* NULL for a measure */
    unsigned measure;
} Word;

/* Where one word starts another, the longer stands first. */
static const Word words[] = {
    { "Lesing", PART_SUBJECT, "LES", 0 },
    { "Regning", PART_SUBJECT, "REG", 0 },
    { "Engelsk", PART_SUBJECT, "ENG", 0 },
    { "5. årstrinn", PART_GRADE, "5", 0 },
    { "8. årstrinn", PART_GRADE, "8", 0 },
    { "9. årstrinn", PART_GRADE, "9", 0 },
    { "5. trinn", PART_GRADE, "5", 0 },
    { "8. trinn", PART_GRADE, "8", 0 },
    { "9. trinn", PART_GRADE, "9", 0 },
    { "Alle eierformer", PART_OWNER, "alle", 0 },
    { "Offentlig", PART_OWNER, "offentlig", 0 },
    { "Privat", PART_OWNER, "privat", 0 },
    { "Alle kjønn", PART_SEX, "alle", 0 },
    { "Begge kjønn", PART_SEX, "alle", 0 },
    { "Gutter", PART_SEX, "gutt", 0 },
    { "Gutt", PART_SEX, "gutt", 0 },
    { "Jenter", PART_SEX, "jente", 0 },
    { "Jente", PART_SEX, "jente", 0 },
    { "Skalapoeng", PART_MEASURE, NULL, MEASURE_SCORE },
    { "Usikkerhet", PART_MEASURE, NULL, MEASURE_UNCERTAINTY },
    { "Antall elever deltatt", PART_MEASURE, NULL, MEASURE_N },
};

static const char *const id_names[N_IDS] = {
    [ID_LEVEL] = "EnhetNivaa",
    [ID_COUNTY_CODE] = "Fylkekode",
    [ID_MUNICIPALITY_CODE] = "Kommunekode",
    [ID_CODE] = "Organisasjonsnummer",
    [ID_COUNTY] = "Fylke",
    [ID_MUNICIPALITY] = "Kommune",
    [ID_NAME] = "EnhetNavn",
    [ID_NATION_CODE] = "Nasjonaltkode",
    [ID_NATION] = "Nasjonalt",
};

static const char *const measure_names[N_MEASURES] = {
    [MEASURE_SCORE] = "Skalapoeng",
    [MEASURE_UNCERTAINTY] = "Usikkerhet",
    [MEASURE_N] = "Antall elever deltatt",
};

const char *indikator_parse_udir_id_name(unsigned id)
{
    return id_names[id];
}

static bool ends_word(char c)
{
    return c == '.' || c == '\0';
}

/* "2025-26" or "Foreløpige tall 2025-26" at p; returns its length, 0 when it is not there. */
static size_t read_period(const char *p, UdirColumn *column)
{
    static const char preliminary[] = "Foreløpige tall ";
    bool is_preliminary = g_str_has_prefix(p, preliminary);
    size_t prefix = is_preliminary ? sizeof preliminary - 1 : 0;
    g_autofree char *year = g_strndup(p + prefix, 7);

    if (strlen(year) != 7 || !ends_word(p[prefix + 7]) || year[4] != '-' ||
        indikator_parse_period(year, NULL, column->period) != PERIOD_OK)
        return 0;
    column->preliminary = is_preliminary;
    return prefix + 7;
}

static void take_word(const Word *word, UdirColumn *column)
{
    if (word->part == PART_SUBJECT)
        column->subject = word->code;
    else if (word->part == PART_GRADE)
        g_strlcpy(column->grade, word->code, sizeof column->grade);
    else if (word->part == PART_OWNER)
        column->owner = word->code;
    else if (word->part == PART_SEX)
        column->sex = word->code;
    else
        column->measure = word->measure;
}

static size_t read_word(const char *p, UdirColumn *column, Part *ret_part)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t len = strlen(words[i].text);

        if (strncmp(p, words[i].text, len) == 0 && ends_word(p[len])) {
            *ret_part = words[i].part;
            take_word(&words[i], column);
            return len;
        }
    }
    *ret_part = PART_PERIOD;
    return read_period(p, column);
}

bool indikator_parse_udir_column(const char *text, UdirColumn *ret_column, const char **ret_rest)
{
    UdirColumn column = { 0 };
    unsigned seen = 0;
    const char *p = text;

    for (;;) {
        Part part;
        size_t len = read_word(p, &column, &part);

        *ret_rest = p;
        if (len == 0 || (seen & 1u << part))
            return false;
        seen |= 1u << part;
        p += len;
        if (*p == '\0')
            break;
        p++;
    }
    *ret_rest = p;
    if (seen != ALL_PARTS)
        return false;
    *ret_column = column;
    return true;
}

static bool find_id(const char *name, unsigned *ret_id)
{
    for (unsigned i = 0; i < N_IDS; i++)
        if (strcmp(name, id_names[i]) == 0) {
            *ret_id = i;
            return true;
        }
    return false;
}

static UdirGroup *find_group(ParseJob *job, GArray *groups, const UdirColumn *column)
{
    g_autofree char *code = g_strdup_printf("NP.%s.%s", column->subject, column->grade);
    UdirGroup fresh = { .indicator = indikator_parse_keep(job, code),
                        .period = indikator_parse_keep(job, column->period),
                        .grade = indikator_parse_keep(job, column->grade),
                        .sex = column->sex,
                        .owner = column->owner,
                        .preliminary = column->preliminary,
                        .column = { NO_COLUMN, NO_COLUMN, NO_COLUMN } };

    for (guint i = 0; i < groups->len; i++) {
        UdirGroup *group = &g_array_index(groups, UdirGroup, i);

        if (group->indicator == fresh.indicator && group->period == fresh.period &&
            strcmp(group->sex, fresh.sex) == 0 && strcmp(group->owner, fresh.owner) == 0 &&
            group->preliminary == fresh.preliminary)
            return group;
    }
    g_array_append_val(groups, fresh);
    return &g_array_index(groups, UdirGroup, groups->len - 1);
}

/* Scale points start with the tests of autumn 2014; before that the mean level is another
 * indicator. Source: domain.md 2.2, contracts.md. */
static bool before_scale(const UdirColumn *column)
{
    return strcmp(column->period, "2014/15") < 0;
}

static void refuse_twice(ParseJob *job, const CsvRow *head, unsigned i)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(job, indikator_parse_place(head, i),
                         _("Column %u, “%s”, is there twice. Delete one of the two"), i + 1,
                         indikator_parse_shown(head->field[i].text, buf));
}

static void read_measure(ParseJob *job, const CsvRow *head, unsigned i, GArray *groups)
{
    char name[SHOWN_TEXT], part[SHOWN_TEXT];
    const char *rest;
    g_autofree char *text = g_utf8_normalize(head->field[i].text, -1, G_NORMALIZE_NFC);
    UdirColumn column;
    UdirGroup *group;

    if (!indikator_parse_udir_column(text, &column, &rest)) {
        indikator_parse_fail(job, indikator_parse_place(head, i),
                             _("Column %u, “%s”, is not known; reading stopped at “%s”. Download "
                               "national tests with school year, subject, grade, owner form, sex "
                               "and measure, or delete the column"),
                             i + 1, indikator_parse_shown(text, name),
                             indikator_parse_shown(rest, part));
        return;
    }
    if (before_scale(&column)) {
        indikator_parse_fail(job, indikator_parse_place(head, i),
                             _("Column %u has scale points for %s, but the scale starts in "
                               "2014/15. Enter mean levels as their own indicator (NP.LES.5.NIVA)"),
                             i + 1, column.period);
        return;
    }
    group = find_group(job, groups, &column);
    if (group->column[column.measure] != NO_COLUMN)
        refuse_twice(job, head, i);
    group->column[column.measure] = i;
}

static void check_complete(ParseJob *job, const CsvRow *head, const UdirHeader *header)
{
    for (unsigned i = 0; i <= ID_NAME; i++)
        if (header->id[i] == NO_COLUMN)
            indikator_parse_fail(job, (ParsePlace){ head->line, 0, 0 },
                                 _("The column “%s” is lacking. Download the file again and leave "
                                   "the columns as they are"),
                                 id_names[i]);
    for (guint i = 0; i < header->groups->len; i++) {
        const UdirGroup *group = &g_array_index(header->groups, UdirGroup, i);

        for (unsigned m = 0; m < N_MEASURES; m++)
            if (group->column[m] == NO_COLUMN)
                indikator_parse_fail(job, (ParsePlace){ head->line, 0, 0 },
                                     _("The column “%s” of %s %s is lacking. Download the file "
                                       "again with score, uncertainty and participants"),
                                     measure_names[m], group->indicator, group->period);
    }
    if (header->groups->len == 0)
        indikator_parse_fail(job, (ParsePlace){ head->line, 0, 0 },
                             _("The file has no column of results. Download national tests with "
                               "subjects and measures in the columns"));
}

bool indikator_parse_udir_header(ParseJob *job, const CsvRow *head, UdirHeader *ret_header)
{
    UdirHeader header = { .groups = g_array_new(FALSE, FALSE, sizeof(UdirGroup)) };
    size_t before = job->file->n_errors_all;

    for (unsigned i = 0; i < N_IDS; i++)
        header.id[i] = NO_COLUMN;
    for (unsigned i = 0; i < head->n; i++) {
        unsigned id;

        if (!find_id(head->field[i].text, &id)) {
            read_measure(job, head, i, header.groups);
        } else {
            if (header.id[id] != NO_COLUMN)
                refuse_twice(job, head, i);
            header.id[id] = i;
        }
    }
    if (job->file->n_errors_all == before)
        check_complete(job, head, &header);
    if (job->file->n_errors_all != before) {
        g_array_unref(header.groups);
        return false;
    }
    *ret_header = header;
    return true;
}

bool indikator_parse_is_udir(const CsvRow *head)
{
    bool level = false, code = false;

    for (unsigned i = 0; i < head->n; i++) {
        level = level || strcmp(head->field[i].text, id_names[ID_LEVEL]) == 0;
        code = code || strcmp(head->field[i].text, id_names[ID_CODE]) == 0;
    }
    return level && code;
}
