/* parse-tabell-rader.c - the rows of a table, read as somebody has said its columns are to be read.
 *
 * A row says whom it is about and when; each column of values gives one value, and lost of agreed days
 * give one that is computed. Statements of KS' staff survey are refused: only its factors may be kept.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-tabell-inni.h"

#define STAFF_SURVEY "MU."

typedef struct {
    Table *t;
    const CsvRow *row;
    const TableColumn *column[TABLE_MAX_COLUMNS]; /* NULL: nobody has said anything */
    GHashTable *seen;                             /* key of a value -> index + 1 */
    GHashTable *words;                            /* of indicators, asked already */
    bool staff_survey;
    /* of the row: */
    ParsedUnit unit;
    const char *period, *indicator, *sex; /* "" when columns say it */
    Cell n;
    bool hidden;
} Reading;

static const char *text_at(const Reading *r, unsigned i)
{
    return i < r->row->n ? r->row->field[i].text : "";
}

static bool refuse(const Reading *r, unsigned i, const char *what)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(r->t->job, indikator_parse_place(r->row, i), "“%s”: %s",
                         indikator_parse_shown(text_at(r, i), buf), what);
    return false;
}

/* The first column with a role and something in it; its text, "" for none. */
static const char *text_of(const Reading *r, TableRole role, unsigned *ret_i)
{
    for (unsigned i = 0; i < r->row->n && i < r->t->headers->len; i++)
        if (r->column[i] && r->column[i]->role == role && *text_at(r, i)) {
            *ret_i = i;
            return text_at(r, i);
        }
    *ret_i = 0;
    return "";
}

/* --- statements --- */

bool indikator_is_statement(const char *text)
{
    static const char *const starts[] = { "jeg ",    "eg ",       "min ",        "mine ",
                                          "vi ",     "på jobben", "lederen min", "leiaren min",
                                          "pastand", "spørsmål" };
    g_autofree char *lower = g_utf8_strdown(text, -1);
    size_t digits = strspn(lower, "0123456789. )");
    const char *said = lower + digits;
    unsigned n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
        if (g_str_has_prefix(said, starts[i]))
            return true;
    for (const char *p = said; (p = strchr(p, ' ')) != NULL; p++)
        n++;
    return n >= 6;
}

static void refuse_statement(const Reading *r, const char *text, unsigned line, unsigned column)
{
    char buf[SHOWN_TEXT];

    indikator_parse_skip(r->t->job, indikator_parse_shown(text, buf), line);
    indikator_parse_warn(r->t->job, (ParsePlace){ line, column, 0 },
                         _("“%s” is a statement of a staff survey. KS owns the statements, and "
                           "answers to one alone can point at somebody: only the factors’ scores "
                           "are taken in"),
                         indikator_parse_shown(text, buf));
}

/* --- whom, when, what --- */

static bool read_unit(Reading *r)
{
    unsigned i;
    const char *text = text_of(r, ROLE_UNIT, &i);
    size_t digits = strspn(text, "0123456789");

    r->unit = (ParsedUnit){ .level = PARSED_SCHOOL, .code = text, .line = r->row->line };
    if (*text == '\0')
        return false;
    if (text[digits] != '\0' || digits == 0) {
        r->unit.name = text;
        r->unit.by_name = true;
    } else if (digits == 4) {
        r->unit.level = PARSED_MUNICIPALITY;
    } else if (!indikator_parse_is_orgnr(text)) {
        return refuse(r, i,
                      _("not a valid organisation number: its last digit does not fit the others. "
                        "Look for a typing error"));
    }
    return true;
}

/* The row's own indicator: by its code, or by what somebody has said of the word. */
static bool read_indicator(Reading *r)
{
    unsigned i;
    const char *text = text_of(r, ROLE_INDICATOR, &i);
    g_autofree char *folded = NULL;

    r->indicator = "";
    if (*text == '\0')
        return true;
    folded = indikator_fold(text);
    for (unsigned w = 0; w < r->t->mapping.n_words; w++)
        if (strcmp(r->t->mapping.word[w].folded, folded) == 0) {
            r->indicator = indikator_parse_keep(r->t->job, r->t->mapping.word[w].indicator);
            if (strcmp(r->indicator, "-") != 0)
                return true;
            indikator_parse_skip(r->t->job, indikator_parse_keep(r->t->job, text), r->row->line);
            return false;
        }
    if (r->staff_survey && indikator_is_statement(text)) {
        refuse_statement(r, text, r->row->line, i + 1);
        return false;
    }
    if (g_hash_table_add(r->words, g_strdup(folded)) && r->t->words->len < TABLE_MAX_WORDS)
        g_ptr_array_add(r->t->words, (void *)(uintptr_t)indikator_parse_keep(r->t->job, text));
    return refuse(r, i, _("nobody has said which indicator this is"));
}

static bool read_sex(Reading *r)
{
    static const char *const words[][2] = { { "", "alle" },           { "alle", "alle" },
                                            { "alle kjonn", "alle" }, { "begge kjonn", "alle" },
                                            { "gutt", "gutt" },       { "gutter", "gutt" },
                                            { "jente", "jente" },     { "jenter", "jente" },
                                            { "menn", "gutt" },       { "kvinner", "jente" } };
    unsigned i;
    g_autofree char *folded = indikator_fold(text_of(r, ROLE_SEX, &i));

    for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
        if (strcmp(words[w][0], folded) == 0) {
            r->sex = words[w][1];
            return true;
        }
    return refuse(r, i, _("write alle, gutt or jente"));
}

/* Of year and quarter in two columns: "2012", "K1". */
static char *join_parts(const Reading *r, unsigned *ret_i)
{
    unsigned part_at;
    const char *year = text_of(r, ROLE_YEAR, ret_i), *part = text_of(r, ROLE_PART, &part_at);
    size_t digits = strspn(part, "0123456789");

    if (*year == '\0' || *part == '\0')
        return g_strdup(year);
    if (part[digits] == '\0' && digits == 1)
        return g_strdup_printf("%sK%s", year, part);
    return g_strdup_printf("%s %s", part, year);
}

/* For one indicator; the text is the column's own, the row's or the table's. False, told. */
static bool period_of(const Reading *r, unsigned i, const char *indicator, const char **ret)
{
    const TableColumn *column = r->column[i];
    bool in_header = strcmp(r->t->keys->pdata[i], TABLE_PERIOD_KEY) == 0;
    unsigned at = i;
    g_autofree char *parts = join_parts(r, &at);
    const char *text = in_header         ? r->t->headers->pdata[i]
                       : *column->period ? column->period
                                         : text_of(r, ROLE_PERIOD, &at);
    char period[PERIOD_TEXT];

    if (*text == '\0')
        text = *parts ? parts : r->t->mapping.period;
    if (indikator_parse_loose_period(text, indicator, period, sizeof period)) {
        *ret = indikator_parse_keep(r->t->job, period);
        return true;
    }
    if (*text)
        return refuse(r, at, _("no period: write 2012/13, 2012, 2012K1 or 2012-11"));
    indikator_parse_fail(r->t->job, indikator_parse_place(r->row, i),
                         _("Nothing says which period this is about: choose a column, or write it "
                           "for the whole table"));
    return false;
}

/* --- cells --- */

/* "12.5" as programs write it is read as "12,5"; a percent sign is taken off. */
static Cell plain_cell(const char *text)
{
    g_autofree char *bare = g_strdup(text);
    size_t len = strlen(bare);
    char *dot;
    Cell cell;

    if (len && bare[len - 1] == '%')
        bare[len - 1] = '\0';
    indikator_parse_trim(bare);
    cell = indikator_parse_cell(bare);
    dot = strchr(bare, '.');
    if (cell.kind == CELL_OTHER && dot && strspn(bare, "-0123456789.") == strlen(bare) &&
        dot == strrchr(bare, '.') && dot[1]) {
        *dot = ',';
        cell = indikator_parse_cell(bare);
    }
    return cell;
}

static bool read_cell(const Reading *r, unsigned i, Cell *ret)
{
    const char *text = text_at(r, i);
    char dash = r->t->mapping.dash;

    *ret = plain_cell(text);
    if (indikator_parse_is_masked_word(text))
        ret->kind = CELL_MASKED;
    else if (indikator_parse_is_dash(text))
        ret->kind = dash == '0' ? CELL_ZERO : dash == 't' ? CELL_EMPTY : CELL_MASKED;
    else if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
        ret->kind = CELL_EMPTY;
    else if (strcmp(text, ":") == 0)
        ret->kind = CELL_MASKED;
    return ret->kind != CELL_OTHER ||
           refuse(r, i, _("not a figure: a number with decimal comma, * for hidden, or nothing"));
}

static void count(ParsedCounts *counts, const Cell *cell)
{
    counts->masked += cell->kind == CELL_MASKED;
    counts->missing += cell->kind == CELL_EMPTY;
    counts->zeros += cell->kind == CELL_ZERO;
}

static bool is_number(const Cell *cell)
{
    return cell->kind == CELL_NUMBER || cell->kind == CELL_ZERO;
}

static bool read_n(Reading *r)
{
    unsigned i;
    const char *text = text_of(r, ROLE_N, &i);

    r->n = (Cell){ .kind = CELL_EMPTY };
    if (*text == '\0')
        return true;
    if (!read_cell(r, i, &r->n))
        return false;
    return (r->n.decimals == 0 && r->n.value >= 0) || refuse(r, i, _("not a number of people"));
}

static void read_status(Reading *r)
{
    unsigned i;
    const char *text = text_of(r, ROLE_STATUS, &i);

    r->hidden = !strcmp(text, "*") || !strcmp(text, ":") || indikator_parse_is_masked_word(text) ||
                (indikator_parse_is_dash(text) && r->t->mapping.dash == 'm');
}

/* --- values --- */

/* "NP.LES.5.NIVA" -> "5", "EU.MOBB.VG1" -> "vg1", else "". */
static const char *grade_of(const Reading *r, const char *indicator)
{
    g_auto(GStrv) parts = g_strsplit(indicator, ".", -1);

    for (size_t i = 1; parts[i]; i++) {
        size_t digits = strspn(parts[i], "0123456789");

        if (digits > 0 && parts[i][digits] == '\0')
            return indikator_parse_keep(r->t->job, parts[i]);
        if (!strcmp(parts[i], "VG1") || !strcmp(parts[i], "VG2") || !strcmp(parts[i], "VG3")) {
            g_autofree char *lower = g_ascii_strdown(parts[i], -1);

            return indikator_parse_keep(r->t->job, lower);
        }
    }
    return "";
}

static void store(Reading *r, unsigned i, ParsedValue *v)
{
    ParseJob *job = r->t->job;
    g_autofree char *key = g_strjoin(";", r->unit.code, v->indicator, v->period, v->sex, NULL);
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(r->seen, key));
    bool is_new;

    if (known > 0) {
        const ParsedValue *first = &g_array_index(job->values, ParsedValue, known - 1);

        if (first->original == v->original && first->n == v->n)
            job->file->counts.duplicates++;
        else
            indikator_parse_fail(job, indikator_parse_place(r->row, i),
                                 _("Line %u has another value for the same unit, indicator and "
                                   "period (%s). Delete the row that is wrong"),
                                 first->line, key);
        return;
    }
    v->unit = indikator_parse_unit(job, &r->unit, &is_new);
    g_array_append_val(job->values, *v);
    g_hash_table_insert(r->seen, g_steal_pointer(&key), GSIZE_TO_POINTER(job->values->len));
}

/* What the row and the column say of a value before its figure. False when it is none, told. */
static bool begin_value(const Reading *r, unsigned i, ParsedValue *v)
{
    const TableColumn *column = r->column[i];
    const char *indicator = *column->indicator ? column->indicator
                            : *r->indicator    ? r->indicator
                                               : r->t->mapping.indicator;

    if (*indicator == '\0')
        return refuse(r, i, _("nobody has said which indicator this is"));
    *v = (ParsedValue){ .indicator = indikator_parse_keep(r->t->job, indicator),
                        .sex = r->sex,
                        .owner = "alle",
                        .line = r->row->line };
    v->grade = grade_of(r, indicator);
    v->has_n = is_number(&r->n);
    v->n = v->has_n ? (int64_t)r->n.value : 0;
    v->n_masked = r->n.kind == CELL_MASKED;
    return period_of(r, i, indicator, &v->period);
}

static void read_value(Reading *r, unsigned i)
{
    ParsedValue v;
    Cell cell;

    if (!read_cell(r, i, &cell))
        return;
    count(&r->t->job->file->counts, &cell);
    if (*text_at(r, i) == '\0' || !begin_value(r, i, &v)) /* an empty cell says nothing */
        return;
    if (r->hidden)
        cell.kind = CELL_MASKED;
    v.has_value = is_number(&cell);
    v.value = v.has_value ? cell.value * (r->t->mapping.share ? 100 : 1) : 0;
    v.status = v.has_value ? VALUE_OK : cell.kind == CELL_MASKED ? VALUE_MASKED : VALUE_MISSING;
    v.original = indikator_parse_keep(r->t->job, text_at(r, i));
    store(r, i, &v);
}

/* Lost of agreed: the columns of the numerator are added, self-certified and doctor-certified. */
static void read_share(Reading *r)
{
    ParsedValue v;
    Cell all = { .kind = CELL_EMPTY }, part;
    unsigned at = G_MAXUINT, whole_at;
    double sum = 0;
    bool hidden = r->hidden;
    g_autoptr(GString) original = g_string_new(NULL);

    for (unsigned i = 0; i < r->row->n && i < r->t->headers->len; i++) {
        if (!r->column[i] || r->column[i]->role != ROLE_NUMERATOR || !*text_at(r, i))
            continue;
        if (!read_cell(r, i, &part))
            return;
        count(&r->t->job->file->counts, &part);
        at = at == G_MAXUINT ? i : at;
        sum += part.value;
        hidden = hidden || part.kind == CELL_MASKED;
        g_string_append_printf(original, "%s;", text_at(r, i));
    }
    if (at == G_MAXUINT || !*text_of(r, ROLE_DENOMINATOR, &whole_at) ||
        !read_cell(r, whole_at, &all) || !begin_value(r, at, &v))
        return;
    count(&r->t->job->file->counts, &all);
    hidden = hidden || all.kind == CELL_MASKED;
    if (!hidden && all.value <= 0) {
        refuse(r, whole_at, _("what is divided by must be above nought"));
        return;
    }
    v.status = hidden ? VALUE_MASKED : VALUE_OK;
    v.has_value = v.has_numerator = v.has_denominator = v.computed = !hidden;
    v.numerator = hidden ? 0 : sum;
    v.denominator = hidden ? 0 : all.value;
    v.value = hidden ? 0 : 100 * sum / all.value;
    g_string_append(original, text_at(r, whole_at));
    v.original = indikator_parse_keep(r->t->job, original->str);
    store(r, at, &v);
}

static void read_row(Reading *r)
{
    bool numbers = false, good;

    for (unsigned i = 0; i < r->row->n && i < r->t->headers->len; i++) {
        indikator_parse_trim(r->row->field[i].text);
        if (indikator_parse_person_number(r->t->job, r->row, i))
            return;
        numbers =
            numbers || (r->column[i] && *text_at(r, i) &&
                        (r->column[i]->role == ROLE_VALUE || r->column[i]->role == ROLE_NUMERATOR));
    }
    if (!numbers)
        return; /* a heading between the rows, or a row nobody has filled in */
    r->t->job->file->counts.rows++;
    read_status(r);
    good = read_unit(r) && read_indicator(r) && read_sex(r) && read_n(r);
    for (unsigned i = 0; good && i < r->row->n && i < r->t->headers->len; i++)
        if (r->column[i] && r->column[i]->role == ROLE_VALUE)
            read_value(r, i);
    if (good)
        read_share(r);
}

/* --- what was said, column by column --- */

static bool is_staff_survey(const TableMapping *m)
{
    bool found = g_str_has_prefix(m->indicator, STAFF_SURVEY);

    for (unsigned i = 0; i < m->n_columns; i++)
        found = found || g_str_has_prefix(m->column[i].indicator, STAFF_SURVEY);
    for (unsigned i = 0; i < m->n_words; i++)
        found = found || g_str_has_prefix(m->word[i].indicator, STAFF_SURVEY);
    return found;
}

static void find_columns(Reading *r)
{
    Table *t = r->t;
    unsigned n[N_ROLES] = { 0 };

    for (guint i = 0; i < t->headers->len; i++) {
        const TableColumn *c = indikator_mapping_column(&t->mapping, t->keys->pdata[i]);

        if (c && c->role == ROLE_VALUE && r->staff_survey &&
            indikator_is_statement(t->headers->pdata[i])) {
            refuse_statement(r, t->headers->pdata[i], t->header_line, i + 1);
            c = NULL;
        }
        r->column[i] = c;
        if (c)
            n[c->role]++;
    }
    if (n[ROLE_UNIT] == 0)
        indikator_parse_fail(t->job, (ParsePlace){ t->header_line, 0, 0 },
                             _("No column says which unit a row is about. Choose one"));
    if (n[ROLE_VALUE] == 0 && (n[ROLE_NUMERATOR] == 0 || n[ROLE_DENOMINATOR] == 0))
        indikator_parse_fail(t->job, (ParsePlace){ t->header_line, 0, 0 },
                             _("No column has a value. Choose one, or one that is divided and one "
                               "that it is divided by"));
}

void indikator_parse_table_rows(Table *t, CsvReader *reader)
{
    Reading r = { .t = t, .staff_survey = is_staff_survey(&t->mapping) };
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t before = t->job->file->n_errors_all;
    CsvRow row;

    r.seen = seen;
    r.words = words;
    r.row = &row;
    find_columns(&r);
    while (t->job->file->n_errors_all - before < PARSE_MAX_ERRORS &&
           indikator_parse_next(t->job, reader, &row))
        if (row.line > t->header_line)
            read_row(&r);
    if (t->job->values->len == 0 && t->job->file->n_errors_all == 0)
        indikator_parse_fail(t->job, (ParsePlace){ 0 },
                             _("None of the rows gave a value as the columns are read now"));
}
