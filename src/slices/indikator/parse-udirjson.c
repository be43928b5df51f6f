/* parse-udirjson.c - answers of Udir's open API for the pupil survey (tables 145 to 155).
 *
 * A record for each unit, year, grade, question and owner form; figures are texts with a decimal comma,
 * `*` hidden, null none. In the table of bullying, AntallBesvart is the number who were bullied: never n.
 * What is kept: the indexes, bullying and participation of grades 7 and 10; the rest is passed over, told.
 * Source: domain.md 2.3 and 3.1.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "parse-cell.h"
#include "parse-json.h"
#include "parse-udir-eu.h"

#define MAX_RECORDS 500000u
#define RECORD_DEPTH 1 /* objects inside the one array */

typedef enum { MEMBER_TEXT, MEMBER_MEASURE } MemberKind;

static const struct {
    const char *name;
    MemberKind kind;
} members[] = {
    { "EnhetNivaa", MEMBER_TEXT },
    { "Nasjonaltkode", MEMBER_TEXT },
    { "Fylkekode", MEMBER_TEXT },
    { "Fylke", MEMBER_TEXT },
    { "Kommunekode", MEMBER_TEXT },
    { "Kommune", MEMBER_TEXT },
    { "Organisasjonsnummer", MEMBER_TEXT },
    { "EnhetNavn", MEMBER_TEXT },
    { "EnhetID", MEMBER_TEXT },
    { "Skoleaarnavn", MEMBER_TEXT },
    { "TidID", MEMBER_TEXT },
    { "TrinnKode", MEMBER_TEXT },
    { "TrinnID", MEMBER_TEXT },
    { "Trinnnavn", MEMBER_TEXT },
    { "KjoennKode", MEMBER_TEXT },
    { "KjoennID", MEMBER_TEXT },
    { "Kjoenn", MEMBER_TEXT },
    { "EierformID", MEMBER_TEXT },
    { "EierformNavn", MEMBER_TEXT },
    { "Spoersmaalgruppe", MEMBER_TEXT },
    { "Spoersmaalkode", MEMBER_TEXT },
    { "Spoersmaalnavn", MEMBER_TEXT },
    { "SpoersmaalNivaa", MEMBER_TEXT },
    { "TemaID", MEMBER_TEXT },
    { "Tema", MEMBER_TEXT },
    { "Indikator", MEMBER_TEXT },
    { "Score", MEMBER_MEASURE },
    { "Standardavvik", MEMBER_MEASURE },
    { "AntallBesvart", MEMBER_MEASURE },
    { "AntallInvitert", MEMBER_MEASURE },
    { "AndelMobbet", MEMBER_MEASURE },
    { "AndelDeltatt", MEMBER_MEASURE },
    { "AndelSvaralternativ1", MEMBER_MEASURE },
    { "AndelSvaralternativ2", MEMBER_MEASURE },
    { "AndelSvaralternativ3", MEMBER_MEASURE },
    { "AndelSvaralternativ4", MEMBER_MEASURE },
    { "AndelSvaralternativ5", MEMBER_MEASURE },
};

/* Names of the indexes, as spelled over the years, and the catalogue's code without its grade. */
static const struct {
    const char *name, *code;
} indexes[] = {
    { "Trivsel", "EU.TRIVSEL" },
    { "Støtte fra lærer", "EU.STOTTE_LARER" },
    { "Støtte fra lærerne", "EU.STOTTE_LARER" },
    { "Støtte hjemmefra", "EU.STOTTE_HJEM" },
    { "Faglig utfordring", "EU.FAGUTF" },
    { "Vurdering for læring", "EU.VFL" },
    { "Læringskultur", "EU.LARKULT" },
    { "Mestring", "EU.MESTRING" },
    { "Motivasjon", "EU.MOTIVASJON" },
    { "Elevdemokrati og medvirkning", "EU.DEMOKRATI" },
    { "Felles regler", "EU.REGLER" },
    { "Trygt miljø", "EU.TRYGT" },
};

typedef struct {
    ParseJob *job;
    const json_t *record;
    unsigned line;
    size_t number;     /* of the record, from 1 */
    GHashTable *whole; /* every member but the owner form: seen */
    GHashTable *seen;  /* key of a value -> index + 1 */
    GHashTable *forms; /* key of a value -> the owner form that is stored */
} Reading;

static void refuse(const Reading *r, const char *member, const char *text, const char *what)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(r->job, (ParsePlace){ .line = r->line }, _("Record %zu, %s “%s”: %s"),
                         r->number, member, indikator_parse_shown(text, buf), what);
}

/* A member as a trimmed text; "" when there is none. */
static const char *text_of(const Reading *r, const char *name)
{
    const json_t *member = json_object_get(r->record, name);
    g_autofree char *text = NULL;

    if (json_is_integer(member))
        text = g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(member));
    else
        text = g_strdup(json_is_string(member) ? json_string_value(member) : "");
    indikator_parse_trim(text);
    return indikator_parse_keep(r->job, text);
}

static Cell cell_of(const Reading *r, const char *name)
{
    return indikator_parse_cell(text_of(r, name));
}

static int member_kind(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
        if (strcmp(members[i].name, name) == 0)
            return (int)members[i].kind;
    return -1;
}

/* Every member is known, flat and free of what must not be here; measures are counted. */
static bool check_member(Reading *r, const char *name, const json_t *member)
{
    int kind = member_kind(name);
    const char *text = kind < 0 ? "" : text_of(r, name);
    ParsedCounts *counts = &r->job->file->counts;
    Cell cell;

    if (kind < 0)
        refuse(r, _("data field"), name,
               _("not known. Udir may have changed its service: tell us"));
    else if (json_is_object(member) || json_is_array(member) || json_is_real(member) ||
             json_is_boolean(member))
        refuse(r, name, "", _("neither a text nor null"));
    else if (indikator_parse_has_person_number(text))
        refuse(r, name, "",
               _("eleven digits, which may be a national identity number. Such numbers must never "
                 "be here"));
    else if (kind == MEMBER_TEXT)
        return true;
    else {
        cell = indikator_parse_cell(text);
        counts->masked += cell.kind == CELL_MASKED;
        counts->missing += cell.kind == CELL_EMPTY;
        counts->zeros += cell.kind == CELL_ZERO || (cell.kind == CELL_NUMBER && cell.value == 0);
        if (cell.kind != CELL_OTHER)
            return true;
        refuse(r, name, text, _("not a figure: a number with decimal comma, or * for hidden"));
    }
    return false;
}

static bool check_members(Reading *r)
{
    size_t before = r->job->file->n_errors_all;
    const char *name;
    json_t *member;

    json_object_foreach((json_t *)(uintptr_t)r->record, name, member) check_member(r, name, member);
    return r->job->file->n_errors_all == before;
}

/* The same record once more, perhaps under the other owner form. */
static bool is_repeated(Reading *r)
{
    g_autoptr(GString) key = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
        if (!g_str_has_prefix(members[i].name, "Eierform"))
            g_string_append_printf(key, "%s\n", text_of(r, members[i].name));
    return !g_hash_table_add(r->whole, g_string_free(g_steal_pointer(&key), FALSE));
}

/* "7", "10", "vg1": of "7. trinn", "7. årstrinn", "Trinn 10", "Videregående trinn 1"; NULL for grades
 * we keep nothing of. */
static const char *grade_of(const char *name)
{
    static const char *const upper[] = { "vg1", "vg2", "vg3" };
    static const char prefix[] = "Videregående trinn ";
    const char *digits = g_str_has_prefix(name, "Trinn ") ? name + 6 : name;
    size_t n = strspn(digits, "0123456789");

    for (size_t i = 0; i < G_N_ELEMENTS(upper); i++)
        if (g_ascii_strcasecmp(name, upper[i]) == 0 ||
            (g_str_has_prefix(name, prefix) && name[sizeof prefix - 1] == upper[i][2]))
            return upper[i];
    if (n == 1 && *digits == '7' && g_ascii_isalpha(digits[1]) == 0)
        return "7";
    return n == 2 && strncmp(digits, "10", 2) == 0 && g_ascii_isalpha(digits[2]) == 0 ? "10" : NULL;
}

static const char *sex_of(const char *name)
{
    static const char *const words[][2] = {
        { "", "alle" },       { "Alle kjønn", "alle" }, { "Begge kjønn", "alle" },
        { "Gutt", "gutt" },   { "Gutter", "gutt" },     { "Jente", "jente" },
        { "Jenter", "jente" }
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i][0], name) == 0)
            return words[i][1];
    return NULL;
}

/* Bullying by all, or by whom the question asks about. */
static const char *bullying_of(const char *group, const char *question)
{
    static const char *const parts[][2] = { { "MOBB.ELEVER", "EU.MOBB.ELEVER" },
                                            { "MOBB.VOKSNE", "EU.MOBB.VOKSNE" },
                                            { "MOBB.DIGITALT", "EU.MOBB.DIGITALT" } };
    const char *subject = indikator_parse_eu_subject(question);

    if (strcmp(group, "Mobbing på skolen") != 0)
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (g_strcmp0(parts[i][0], subject) == 0)
            return parts[i][1];
    return strcmp(question, "Alle spørsmål") == 0 ? "EU.MOBB" : NULL;
}

/* The catalogue's code without its grade, and the member with the figure; NULL: not kept. */
static const char *indicator_of(const Reading *r, const char **ret_figure)
{
    const char *group = text_of(r, "Spoersmaalgruppe");

    *ret_figure = "AndelDeltatt";
    if (json_object_get(r->record, *ret_figure))
        return "EU.DELT";
    *ret_figure = "AndelMobbet";
    if (json_object_get(r->record, *ret_figure))
        return bullying_of(group, text_of(r, "Spoersmaalnavn"));
    if (strcmp(text_of(r, "Spoersmaalnavn"), "Alle spørsmål") != 0)
        return NULL;
    *ret_figure = "Score";
    for (size_t i = 0; i < G_N_ELEMENTS(indexes); i++)
        if (strcmp(indexes[i].name, group) == 0)
            return indexes[i].code;
    return NULL;
}

static void pass_over(Reading *r)
{
    char buf[3][SHOWN_TEXT];
    g_autofree char *what =
        g_strdup_printf("%s / %s / %s", indikator_parse_shown(text_of(r, "Trinnnavn"), buf[0]),
                        indikator_parse_shown(text_of(r, "Spoersmaalgruppe"), buf[1]),
                        indikator_parse_shown(text_of(r, "Spoersmaalnavn"), buf[2]));

    indikator_parse_skip(r->job, what, r->line);
}

/* By number where the record has one, else by name. */
static bool unit_of(Reading *r, ParsedUnit *u)
{
    const char *level = text_of(r, "EnhetNivaa"), *number = text_of(r, "Organisasjonsnummer");

    *u = (ParsedUnit){ .level = PARSED_SCHOOL, .name = text_of(r, "EnhetNavn"), .line = r->line };
    u->code = number;
    if (*u->name == '\0')
        refuse(r, "EnhetNavn", "", _("the unit's name is lacking"));
    else if (strcmp(level, "1") == 0) {
        u->level = PARSED_NATION;
        u->code = "0";
    } else if (strcmp(level, "2") == 0 && *text_of(r, "Fylkekode")) {
        u->level = PARSED_COUNTY;
        u->code = text_of(r, "Fylkekode");
    } else if (strcmp(level, "3") == 0 && *text_of(r, "Kommunekode")) {
        u->level = PARSED_MUNICIPALITY;
        u->code = text_of(r, "Kommunekode");
        u->county = *text_of(r, "Fylkekode") ? text_of(r, "Fylkekode") : NULL;
    } else if (indikator_parse_is_orgnr(number) || indikator_parse_is_udir_id(number)) {
        u->municipality = *text_of(r, "Kommunekode") ? text_of(r, "Kommunekode") : NULL;
        u->county = *text_of(r, "Fylkekode") ? text_of(r, "Fylkekode") : NULL;
    } else if (*number) {
        refuse(r, "Organisasjonsnummer", number, _("not an organisation number"));
        return false;
    } else {
        u->code = u->name;
        u->by_name = true;
    }
    return *u->name != '\0';
}

/* Participation is answered of invited, to one decimal: domain.md 12, number 3. */
static void check_participation(Reading *r, const ParsedValue *v)
{
    if (!v->has_value || !v->has_numerator || !v->has_denominator || v->denominator <= 0)
        return;
    if (fabs(100 * v->numerator / v->denominator - v->value) > 0.0501)
        indikator_parse_warn(r->job, (ParsePlace){ .line = r->line },
                             _("Record %zu: the participation is not answered of invited"),
                             r->number);
}

static void fill_counts(Reading *r, ParsedValue *v, const char *figure)
{
    Cell answered = cell_of(r, "AntallBesvart"), invited = cell_of(r, "AntallInvitert");
    bool known = answered.kind == CELL_NUMBER || answered.kind == CELL_ZERO;

    if (strcmp(figure, "Score") == 0) {
        v->has_n = known;
        v->n = known ? (int64_t)answered.value : 0;
        v->n_masked = answered.kind == CELL_MASKED;
        return;
    }
    v->has_numerator = known; /* of bullying: the number who were bullied */
    v->numerator = known ? answered.value : 0;
    v->has_denominator = invited.kind == CELL_NUMBER;
    v->denominator = v->has_denominator ? invited.value : 0;
    v->has_n = v->has_denominator;
    v->n = v->has_n ? (int64_t)invited.value : 0;
    check_participation(r, v);
}

static void fill_figure(Reading *r, ParsedValue *v, const char *figure)
{
    Cell cell = cell_of(r, figure);
    g_autofree char *original =
        g_strjoin(";", text_of(r, figure), text_of(r, "AntallBesvart"), NULL);

    v->has_value = cell.kind == CELL_NUMBER || cell.kind == CELL_ZERO;
    v->value = v->has_value ? cell.value : 0;
    v->status = v->has_value ? VALUE_OK : cell.kind == CELL_MASKED ? VALUE_MASKED : VALUE_MISSING;
    v->original = indikator_parse_keep(r->job, original);
    v->source = "Udir";
    fill_counts(r, v, figure);
}

/* Of several owner forms, all together are the unit's. */
static void store(Reading *r, ParsedValue *v, const ParsedUnit *unit)
{
    g_autofree char *key = g_strjoin(";", unit->code, v->indicator, v->period, v->sex, NULL);
    const char *form = text_of(r, "EierformNavn"), *first = g_hash_table_lookup(r->forms, key);
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(r->seen, key));
    bool is_new;

    if (known > 0 && first == form) { /* kept texts are one text */
        indikator_parse_fail(
            r->job, (ParsePlace){ .line = r->line },
            _("Record %zu has another value than an earlier one for the same unit, "
              "indicator, period and sex (%s). Download the file again"),
            r->number, key);
        return;
    }
    if (known > 0)
        indikator_parse_skip(r->job, _("the same figure for one kind of owner alone"), r->line);
    if (known > 0 && !g_str_has_prefix(form, "Alle"))
        return;
    v->unit = indikator_parse_unit(r->job, unit, &is_new);
    if (known > 0) {
        g_array_index(r->job->values, ParsedValue, known - 1) = *v;
    } else {
        g_array_append_val(r->job->values, *v);
        g_hash_table_insert(r->seen, g_strdup(key), GSIZE_TO_POINTER(r->job->values->len));
    }
    g_hash_table_insert(r->forms, g_steal_pointer(&key), (void *)(uintptr_t)form);
}

static void read_kept(Reading *r, const char *code, const char *grade, const char *figure)
{
    ParsedValue v = { .owner = "alle", .grade = grade, .line = r->line };
    g_autofree char *level = g_ascii_strup(grade, -1);
    g_autofree char *indicator = g_strjoin(".", code, level, NULL);
    char period[PERIOD_TEXT];
    ParsedUnit unit;

    v.indicator = indikator_parse_keep(r->job, indicator);
    v.sex = sex_of(text_of(r, "Kjoenn"));
    if (indikator_parse_period(text_of(r, "Skoleaarnavn"), v.indicator, period) != PERIOD_OK) {
        refuse(r, "Skoleaarnavn", text_of(r, "Skoleaarnavn"), _("not a school year, as 2024-25"));
    } else if (v.sex == NULL) {
        refuse(r, "Kjoenn", text_of(r, "Kjoenn"), _("write Begge kjønn, Gutter or Jenter"));
    } else if (unit_of(r, &unit)) {
        v.period = indikator_parse_keep(r->job, period);
        fill_figure(r, &v, figure);
        store(r, &v, &unit);
    }
}

static void read_record(Reading *r)
{
    const char *grade, *figure, *code;

    if (!json_is_object(r->record)) {
        refuse(r, _("record"), "", _("not an object"));
        return;
    }
    r->job->file->counts.rows++;
    if (!check_members(r))
        return;
    if (is_repeated(r)) {
        r->job->file->counts.duplicates++;
        return;
    }
    grade = grade_of(text_of(r, "Trinnnavn"));
    code = indicator_of(r, &figure);
    if (grade == NULL || code == NULL)
        pass_over(r);
    else
        read_kept(r, code, grade, figure);
}

/* An answer that holds no figures: an error of the service, or its list of years. */
static void explain(ParseJob *job, const json_t *root)
{
    const char *said = indikator_json_text(root, "melding");
    char buf[SHOWN_TEXT];

    if (said != NULL)
        indikator_parse_fail(job, (ParsePlace){ .line = 1 },
                             _("This is no table, but an error from Udir's service: “%s”. Fetch "
                               "it again with a filter it accepts"),
                             indikator_parse_shown(said, buf));
    else
        indikator_parse_fail(job, (ParsePlace){ .line = 1 },
                             _("This is an answer from Udir's service without figures, as its list "
                               "of years. Fetch the table's data"));
}

static void read_records(ParseJob *job, const json_t *root)
{
    g_autoptr(GArray) lines = indikator_json_lines(job, RECORD_DEPTH);
    g_autoptr(GHashTable) whole = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Reading r = { .job = job, .whole = whole, .seen = seen, .forms = forms, .line = 1 };
    size_t objects = 0;

    for (size_t i = 0; i < json_array_size(root); i++) {
        r.record = json_array_get(root, i);
        r.number = i + 1;
        if (json_is_object(r.record) && objects < lines->len)
            r.line = g_array_index(lines, unsigned, objects++);
        read_record(&r);
    }
}

void indikator_parse_udir_json(ParseJob *job)
{
    g_autoptr(json_t) root = indikator_json_load(job);

    if (root == NULL)
        return;
    job->file->title = _("The pupil survey, from Udir");
    if (!json_is_array(root))
        explain(job, root);
    else if (json_array_size(root) > MAX_RECORDS)
        indikator_parse_fail(job, (ParsePlace){ 0 },
                             _("The file has %zu records; at most %u are read. Fetch one year at a "
                               "time"),
                             json_array_size(root), MAX_RECORDS);
    else
        read_records(job, root);
    if (job->file->counts.rows == 0 && job->file->n_errors_all == 0)
        indikator_parse_fail(job, (ParsePlace){ .line = 1 },
                             _("The answer holds no records. Fetch it again with units and years "
                               "that have figures"));
    else if (job->values->len == 0 && job->file->n_errors_all == 0)
        indikator_parse_warn(job, (ParsePlace){ 0 },
                             _("None of the rows is about a figure that is kept here"));
}
