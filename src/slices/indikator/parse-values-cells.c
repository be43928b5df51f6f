/* parse-values-cells.c - the cells of one row of our own table, each by itself and all together.
 *
 * Every cell is read by a rule of its own first; what the cells say together is judged after. What
 * looks like a formula is text. A number that may be a national identity number stops the file and
 * is never repeated in a message.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-values.h"
#include <math.h>

static const char *const names[N_COLS] = { "enhet",  "indikator",  "periode", "trinn",  "kjonn",
                                           "verdi",  "usikkerhet", "n",       "teller", "nevner",
                                           "status", "kvalitativ", "kilde" };
const char *indikator_parse_values_name(unsigned col)
{
    return names[col];
}

static const char *text_of(const ValuesRow *r, unsigned col)
{
    return r->column[col] == G_MAXUINT ? "" : r->row->field[r->column[col]].text;
}

static bool has_text(const ValuesRow *r, unsigned col)
{
    return text_of(r, col)[0] != '\0';
}

/* what is a clause of its own; the column's name and the cell go before it. */
static bool refuse(const ValuesRow *r, unsigned col, const char *what)
{
    char buf[SHOWN_TEXT];
    ParsePlace place = r->column[col] == G_MAXUINT ? (ParsePlace){ r->row->line, 0, 0 }
                                                   : indikator_parse_place(r->row, r->column[col]);

    indikator_parse_fail(r->job, place, _("%s “%s”: %s"), names[col],
                         indikator_parse_shown(text_of(r, col), buf), what);
    return false;
}

/* --- the single cells ----------------------------------------------------------------------- */

static bool read_unit(ValuesRow *r, ParsedUnit *ret_unit, char code[CODE_TEXT])
{
    const char *text = text_of(r, COL_UNIT);

    *ret_unit = (ParsedUnit){ .level = PARSED_SCHOOL, .code = code, .line = r->row->line };
    if (indikator_parse_is_udir_id(text)) {
        indikator_parse_warn(r->job, indikator_parse_place(r->row, r->column[COL_UNIT]),
                             _("The unit %s has Udir's own id and no organisation number"), text);
    } else if (indikator_parse_looks_like_orgnr(text)) {
        if (!indikator_parse_is_orgnr(text))
            return refuse(r, COL_UNIT,
                          _("not a valid organisation number: its last digit does not fit the "
                            "others. Look for a typing error"));
    } else if (strlen(text) >= 3 && indikator_parse_code(text, 4, code)) {
        ret_unit->level = PARSED_MUNICIPALITY;
        return true;
    } else {
        if (indikator_parse_is_scientific(text))
            return refuse(r, COL_UNIT,
                          _("Excel has shortened the number. Format the column as text or as a "
                            "number without decimals, and write the nine digits again"));
        return refuse(r, COL_UNIT,
                      _("neither an organisation number (nine digits) nor a municipality number "
                        "(four digits). Write one of them"));
    }
    g_strlcpy(code, text, CODE_TEXT);
    return true;
}

static bool read_indicator(ValuesRow *r)
{
    const char *text = text_of(r, COL_INDICATOR);
    size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._");

    if (len < 2 || len > 40 || text[len] != '\0' || !g_ascii_isupper(text[0]))
        return refuse(r, COL_INDICATOR,
                      _("not an indicator's code: capital letters, digits, full stop and "
                        "underscore, as in NP.LES.5 or SYK.TOT"));
    r->value.indicator = indikator_parse_keep(r->job, text);
    return true;
}

static bool read_period(ValuesRow *r)
{
    char period[PERIOD_TEXT];

    switch (indikator_parse_period(text_of(r, COL_PERIOD), text_of(r, COL_INDICATOR), period)) {
    case PERIOD_OK:
        r->value.period = indikator_parse_keep(r->job, period);
        return true;
    case PERIOD_AMBIGUOUS:
        return refuse(r, COL_PERIOD,
                      _("can be a month or a school year. Write a school year with a slash, as in "
                        "2009/10"));
    case PERIOD_BAD:
    default:
        if (indikator_parse_is_date(text_of(r, COL_PERIOD)))
            return refuse(r, COL_PERIOD,
                          _("Excel has made a date of it. Format the column as text and write the "
                            "period again, as in 2012/13 or 2012K1"));
        return refuse(r, COL_PERIOD,
                      _("not a period. Write a school year (2012/13), a year (2012), a quarter "
                        "(2012K1) or a month (2012-11)"));
    }
}

/* The grade of a national test stands in its code: NP.LES.5 is grade 5. */
static const char *grade_of_test(const char *indicator)
{
    static const char *const grades[] = { "5", "8", "9" };

    if (strlen(indicator) < 8 || !g_str_has_prefix(indicator, "NP.") || indicator[6] != '.' ||
        (indicator[8] != '\0' && indicator[8] != '.'))
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(grades); i++)
        if (indicator[7] == grades[i][0])
            return grades[i];
    return NULL;
}

static bool read_grade(ValuesRow *r)
{
    static const char *const known[] = { "1",    "2",   "3",    "4",   "5",   "6",
                                         "7",    "8",   "9",    "10",  "1-4", "5-7",
                                         "8-10", "1-7", "1-10", "vg1", "vg2", "vg3" };
    static const char *const endings[] = { ". årstrinn", ". trinn", "." };
    const char *fixed = grade_of_test(r->value.indicator);
    g_autofree char *text = g_utf8_strdown(text_of(r, COL_GRADE), -1);

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(text, endings[i]))
            text[strlen(text) - strlen(endings[i])] = '\0';
    if (fixed != NULL && text[0] != '\0' && strcmp(text, fixed) != 0)
        return refuse(r, COL_GRADE,
                      _("not the grade in the indicator's code. Correct one of the two"));
    r->value.grade = fixed != NULL ? fixed : "";
    if (text[0] == '\0' || fixed != NULL)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(text, known[i]) == 0) {
            r->value.grade = known[i];
            return true;
        }
    return refuse(r, COL_GRADE,
                  _("not a grade. Write 1 to 10, 1-4, 5-7, 8-10, 1-7, 1-10, vg1, vg2 "
                    "or vg3, or nothing"));
}

typedef struct {
    const char *text;
    int code;
} Word;

/* Reads a word of a closed set, without regard to case. */
static bool read_word(const ValuesRow *r, unsigned col, const Word *words, size_t n, int *ret_code)
{
    g_autofree char *text = g_utf8_strdown(text_of(r, col), -1);

    for (size_t i = 0; i < n; i++)
        if (strcmp(text, words[i].text) == 0) {
            *ret_code = words[i].code;
            return true;
        }
    return false;
}

static bool read_sex(ValuesRow *r)
{
    static const char *const codes[] = { "alle", "gutt", "jente" };
    static const Word words[] = { { "", 0 },           { "alle", 0 },
                                  { "alle kjønn", 0 }, { "begge kjønn", 0 },
                                  { "gutt", 1 },       { "gutter", 1 },
                                  { "jente", 2 },      { "jenter", 2 } };
    int code;

    if (!read_word(r, COL_SEX, words, G_N_ELEMENTS(words), &code))
        return refuse(r, COL_SEX, _("write alle, gutt or jente, or nothing"));
    r->value.sex = codes[code];
    return true;
}

static bool read_status(ValuesRow *r)
{
    static const Word words[] = {
        { "ok", VALUE_OK },
        { "masked", VALUE_MASKED },
        { "skjermet", VALUE_MASKED },
        { "missing", VALUE_MISSING },
        { "mangler", VALUE_MISSING },
        { "not_tested", VALUE_NOT_TESTED },
        { "ikke_testet", VALUE_NOT_TESTED },
        { "qualitative", VALUE_QUALITATIVE },
        { "kvalitativ", VALUE_QUALITATIVE },
    };
    int code;

    r->status_given = has_text(r, COL_STATUS);
    if (!r->status_given)
        return true;
    if (!read_word(r, COL_STATUS, words, G_N_ELEMENTS(words), &code))
        return refuse(r, COL_STATUS,
                      _("write ok, skjermet, mangler, ikke_testet or kvalitativ, or nothing"));
    r->value.status = (ValueStatus)code;
    return true;
}

static bool read_quality(ValuesRow *r)
{
    static const char *const codes[] = { NULL, "svak", "middels", "god" };
    static const Word words[] = { { "", 0 }, { "svak", 1 }, { "middels", 2 }, { "god", 3 } };
    int code;

    if (!read_word(r, COL_QUALITY, words, G_N_ELEMENTS(words), &code))
        return refuse(r, COL_QUALITY, _("write svak, middels or god, or nothing"));
    r->value.quality = codes[code];
    return true;
}

static bool read_number(ValuesRow *r, unsigned col)
{
    bool may_mask = col == COL_VALUE || col == COL_N;
    Cell *cell = &r->cell[col];

    *cell = indikator_parse_cell(text_of(r, col));
    if (cell->kind == CELL_OTHER && may_mask && indikator_parse_is_masked_word(text_of(r, col)))
        cell->kind = CELL_MASKED;
    if (cell->kind == CELL_OTHER && indikator_parse_is_dash(text_of(r, col)))
        return refuse(r, col,
                      _("can mean hidden or nothing. Write * for a hidden figure, and leave the "
                        "cell empty when there is none"));
    if (cell->kind == CELL_OTHER && strchr(text_of(r, col), '.'))
        return refuse(r, col,
                      _("not a number here. Write a decimal comma, 14,5 and not 14.5. If it is a "
                        "date, Excel has changed the cell: write the number again"));
    if (cell->kind == CELL_OTHER || (cell->kind == CELL_MASKED && !may_mask))
        return refuse(r, col, _("not a number. Write digits with a decimal comma, as in 1 537,5"));
    if (cell->value < 0 && col != COL_VALUE)
        return refuse(r, col, _("must not be negative"));
    if (col == COL_N && cell->decimals > 0)
        return refuse(r, col, _("must be a whole number"));
    return true;
}

static bool is_number(const ValuesRow *r, unsigned col)
{
    return r->cell[col].kind == CELL_NUMBER || r->cell[col].kind == CELL_ZERO;
}

static bool read_numbers(ValuesRow *r)
{
    ParsedValue *v = &r->value;
    bool good = true;

    for (unsigned col = COL_VALUE; col <= COL_DENOMINATOR; col++)
        good = read_number(r, col) && good;
    v->has_value = is_number(r, COL_VALUE);
    v->has_uncertainty = is_number(r, COL_UNCERTAINTY);
    v->has_n = is_number(r, COL_N);
    v->has_numerator = is_number(r, COL_NUMERATOR);
    v->has_denominator = is_number(r, COL_DENOMINATOR);
    v->value = r->cell[COL_VALUE].value;
    v->uncertainty = r->cell[COL_UNCERTAINTY].value;
    v->n = (int64_t)r->cell[COL_N].value;
    v->numerator = r->cell[COL_NUMERATOR].value;
    v->denominator = r->cell[COL_DENOMINATOR].value;
    v->n_masked = r->cell[COL_N].kind == CELL_MASKED;
    return good;
}

/* --- what the cells say together ------------------------------------------------------------ */

/* Indicators given in percent. Source: domain.md 2.1, the catalogue. */
static bool is_percent(const char *indicator)
{
    static const char *const whole[] = { "EU.MOBB",   "EU.DELT",      "GSI.ITO_ANDEL",
                                         "GSI.GODKJ", "GSI.KOMPKRAV", "GSI.ITO_TIMEANDEL",
                                         "OVG",       "GJF" };

    if (g_str_has_prefix(indicator, "SYK."))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(whole); i++)
        if (strcmp(indicator, whole[i]) == 0)
            return true;
    return false;
}

/* A value from numerator and denominator, or the check that the one given agrees. */
static bool compute(ValuesRow *r)
{
    ParsedValue *v = &r->value;
    double computed, half = 0.5;

    if (v->has_numerator != v->has_denominator && !v->has_value)
        return refuse(r, v->has_numerator ? COL_DENOMINATOR : COL_NUMERATOR,
                      _("teller and nevner are needed together when verdi is empty"));
    if (!v->has_numerator || !v->has_denominator)
        return true;
    if (v->denominator <= 0)
        return refuse(r, COL_DENOMINATOR, _("must be more than 0"));
    if (is_percent(v->indicator) && v->numerator > v->denominator)
        return refuse(r, COL_NUMERATOR, _("must not be more than nevner. Are the two mixed up?"));
    computed = v->numerator / v->denominator * (is_percent(v->indicator) ? 100 : 1);
    for (unsigned i = 0; i < r->cell[COL_VALUE].decimals; i++)
        half /= 10;
    if (v->has_value && fabs(computed - v->value) > half + 1e-9 * (1 + fabs(computed)))
        return refuse(r, COL_VALUE,
                      _("not what teller and nevner give, even rounded. Correct one of the three"));
    if (!v->has_value) {
        v->value = computed;
        v->has_value = v->computed = true;
    }
    return true;
}

static void derive_status(ValuesRow *r)
{
    ParsedValue *v = &r->value;

    if (r->status_given)
        return;
    if (r->cell[COL_VALUE].kind == CELL_MASKED)
        v->status = VALUE_MASKED;
    else if (v->quality != NULL)
        v->status = VALUE_QUALITATIVE;
    else
        v->status = v->has_value ? VALUE_OK : VALUE_MISSING;
}

static bool check_status(ValuesRow *r)
{
    ParsedValue *v = &r->value;
    bool stars = r->cell[COL_VALUE].kind == CELL_MASKED;

    if (stars && v->status != VALUE_MASKED)
        return refuse(r, COL_VALUE, _("“*” means masked, but the status says something else"));
    if (v->status == VALUE_OK && !v->has_value)
        return refuse(r, COL_VALUE, _("a value is needed when the status is ok"));
    if (v->status == VALUE_QUALITATIVE && v->quality == NULL)
        return refuse(r, COL_QUALITY, _("svak, middels or god is needed with this status"));
    if (v->status != VALUE_QUALITATIVE && v->quality != NULL)
        return refuse(r, COL_QUALITY, _("does not go with the status given"));
    if (v->status == VALUE_OK || v->status == VALUE_QUALITATIVE)
        return true;
    if (v->has_value || v->has_uncertainty || v->has_numerator || v->has_denominator)
        return refuse(r, COL_STATUS,
                      _("there must be no verdi, usikkerhet, teller or nevner with this status"));
    if (v->status == VALUE_NOT_TESTED && v->n > 0)
        return refuse(r, COL_N, _("must be 0 or empty when nobody was tested"));
    return true;
}

static bool check_range(ValuesRow *r)
{
    const ParsedValue *v = &r->value;

    if (!v->has_value || !is_percent(v->indicator) || (v->value >= 0 && v->value <= 100))
        return true;
    return refuse(r, COL_VALUE, _("a percentage must be from 0 to 100"));
}

static bool refuse_person_numbers(ValuesRow *r)
{
    bool good = true;

    for (unsigned i = 0; i < r->row->n; i++)
        good = !indikator_parse_person_number(r->job, r->row, i) && good;
    return good;
}

static const char *keep_original(const ValuesRow *r)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (unsigned i = 0; i < r->row->n; i++)
        g_string_append_printf(text, "%s%s", i ? ";" : "", r->row->field[i].text);
    return indikator_parse_keep(r->job, text->str);
}

static bool read_cells(ValuesRow *r, ParsedUnit *ret_unit, char ret_code[CODE_TEXT])
{
    bool good = read_unit(r, ret_unit, ret_code);

    good = read_sex(r) && good;
    good = read_quality(r) && good;
    good = read_status(r) && good;
    good = read_numbers(r) && good;
    if (!read_indicator(r))
        return false;
    good = read_period(r) && good;
    return read_grade(r) && good;
}

bool indikator_parse_values_row(ValuesRow *r, ParsedUnit *ret_unit, char ret_code[CODE_TEXT])
{
    r->value = (ParsedValue){ .owner = "alle", .line = r->row->line };
    if (!refuse_person_numbers(r))
        return false;
    r->value.original = keep_original(r);
    for (unsigned i = 0; i < r->row->n; i++)
        indikator_parse_trim(r->row->field[i].text);
    if (!read_cells(r, ret_unit, ret_code) || !compute(r))
        return false;
    derive_status(r);
    if (has_text(r, COL_SOURCE))
        r->value.source = indikator_parse_keep(r->job, text_of(r, COL_SOURCE));
    return check_status(r) && check_range(r);
}
