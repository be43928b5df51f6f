/* parse-cell.c - the small grammars of cells, strict so that a wrong cell cannot pass as another.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "i18n.h"

#define MAX_DIGITS 15 /* a double holds every whole number of 15 digits */

/* Bytes of the space at text that may stand between thousands or around a cell; 0 if none. */
static size_t space_length(const char *text)
{
    if (*text == ' ')
        return 1;
    if (strncmp(text, "\xC2\xA0", 2) == 0)
        return 2; /* U+00A0 */
    if (strncmp(text, "\xE2\x80\xAF", 3) == 0)
        return 3; /* U+202F */
    return 0;
}

static size_t digits_length(const char *text)
{
    return strspn(text, "0123456789");
}

static bool is_line_space(char c)
{
    return c == '\t' || c == '\r' || c == '\n';
}

void indikator_parse_trim(char *text)
{
    const char *start = text;
    size_t len;

    while (space_length(start) || is_line_space(*start))
        start += MAX(space_length(start), (size_t)1);
    len = strlen(start);
    memmove(text, start, len + 1);
    for (;;) {
        if (len >= 1 && (text[len - 1] == ' ' || is_line_space(text[len - 1])))
            len -= 1;
        else if (len >= 2 && space_length(text + len - 2) == 2)
            len -= 2;
        else if (len >= 3 && space_length(text + len - 3) == 3)
            len -= 3;
        else
            break;
    }
    text[len] = '\0';
}

/* Digits, in groups of three if parted, into *mantissa; returns where they end, NULL if none. */
static const char *read_whole(const char *p, int64_t *mantissa, unsigned *digits)
{
    size_t n = digits_length(p);
    bool may_group = n <= 3;

    if (n == 0)
        return NULL;
    for (;;) {
        size_t space;

        if (*digits + n > MAX_DIGITS)
            return NULL;
        for (size_t i = 0; i < n; i++)
            *mantissa = *mantissa * 10 + (*p++ - '0');
        *digits += (unsigned)n;
        space = space_length(p);
        if (space == 0 || !may_group || digits_length(p + space) != 3)
            return p;
        p += space;
        n = 3;
    }
}

static const char *read_decimals(const char *p, int64_t *mantissa, unsigned *digits, Cell *cell)
{
    size_t n;

    if (*p != ',')
        return p;
    n = digits_length(++p);
    if (n == 0 || *digits + n > MAX_DIGITS)
        return NULL;
    for (size_t i = 0; i < n; i++)
        *mantissa = *mantissa * 10 + (*p++ - '0');
    cell->decimals = (unsigned)n;
    return p;
}

static const char *skip_spaces(const char *p)
{
    while (space_length(p))
        p += space_length(p);
    return p;
}

Cell indikator_parse_cell(const char *text)
{
    static const double power[MAX_DIGITS + 1] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    Cell cell = { .kind = CELL_OTHER };
    const char *p = skip_spaces(text);
    int64_t mantissa = 0;
    unsigned digits = 0;
    bool negative = false;

    if (*p == '\0')
        return (Cell){ .kind = CELL_EMPTY };
    if (*p == '*')
        return (Cell){ .kind = *skip_spaces(p + 1) == '\0' ? CELL_MASKED : CELL_OTHER };
    if (*p == '-' || g_str_has_prefix(p, "\xE2\x88\x92")) {
        negative = true;
        p += *p == '-' ? 1 : 3;
    }
    p = read_whole(p, &mantissa, &digits);
    if (p != NULL)
        p = read_decimals(p, &mantissa, &digits, &cell);
    if (p == NULL || *skip_spaces(p) != '\0')
        return (Cell){ .kind = CELL_OTHER };
    if (mantissa == 0 && digits == 1 && cell.decimals == 0 && !negative)
        return (Cell){ .kind = CELL_ZERO };
    cell.kind = CELL_NUMBER;
    cell.value = (double)(negative ? -mantissa : mantissa) / power[cell.decimals];
    return cell;
}

bool indikator_parse_looks_like_orgnr(const char *text)
{
    return strlen(text) == 9 && digits_length(text) == 9;
}

bool indikator_parse_is_orgnr(const char *text)
{
    static const int weight[8] = { 3, 2, 7, 6, 5, 4, 3, 2 };
    int sum = 0;

    if (!indikator_parse_looks_like_orgnr(text))
        return false;
    for (int i = 0; i < 8; i++)
        sum += weight[i] * (text[i] - '0');
    return (11 - sum % 11) % 11 == text[8] - '0';
}

bool indikator_parse_is_udir_id(const char *text)
{
    return text[0] == 'U' && strlen(text) == 9 && digits_length(text + 1) == 8;
}

bool indikator_parse_code(const char *text, unsigned width, char ret_code[CODE_TEXT])
{
    size_t len = strlen(text);

    if (len == 0 || len > width || width >= CODE_TEXT || digits_length(text) != len)
        return false;
    memset(ret_code, '0', width);
    memcpy(ret_code + width - len, text, len);
    ret_code[width] = '\0';
    return true;
}

bool indikator_parse_has_person_number(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        size_t n = digits_length(p), space = n == 6 ? space_length(p + n) : 0;

        if (n == 11 || (space && digits_length(p + n + space) == 5))
            return true;
        if (n > 0)
            p += n - 1;
    }
    return false;
}

static int two_digits(const char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

/* Does "2009-10" mean a school year for this indicator, a month, or cannot we know? */
static PeriodResult settle(const char *indicator, bool *ret_month)
{
    static const char *const yearly[] = { "NP.",  "EU.",   "KAR.", "GSP", "OVG", "GJF",
                                          "GSI.", "FRAV.", "FU.",  "LU.", "MU.", "BHG." };

    *ret_month = indicator != NULL && g_str_has_prefix(indicator, "SYK.");
    if (*ret_month || indicator == NULL)
        return PERIOD_OK;
    for (size_t i = 0; i < G_N_ELEMENTS(yearly); i++)
        if (g_str_has_prefix(indicator, yearly[i]))
            return PERIOD_OK;
    return PERIOD_AMBIGUOUS;
}

/* "2012-11" and "2012-13", told apart by whether the second is the year after the first. */
static PeriodResult read_month_or_year(const char *text, int year, const char *indicator,
                                       char ret_period[PERIOD_TEXT])
{
    int second = two_digits(text + 5);
    bool is_year = second == (year + 1) % 100, is_month = second >= 1 && second <= 12;
    PeriodResult result = PERIOD_OK;

    if (indicator == NULL || text[4] == '/')
        is_month = false;
    if (is_year && is_month)
        result = settle(indicator, &is_month);
    if (!is_year && !is_month)
        return PERIOD_BAD;
    if (result == PERIOD_OK)
        g_snprintf(ret_period, PERIOD_TEXT, is_month ? "%04d-%02d" : "%04d/%02d", year, second);
    return result;
}

PeriodResult indikator_parse_period(const char *text, const char *indicator,
                                    char ret_period[PERIOD_TEXT])
{
    size_t len = strlen(text);
    int year;

    if (len < 4 || digits_length(text) != 4)
        return PERIOD_BAD;
    year = two_digits(text) * 100 + two_digits(text + 2);
    if (year < 1970 || year > 2099)
        return PERIOD_BAD;
    if (len == 4 && indicator != NULL) {
        memcpy(ret_period, text, 5);
        return PERIOD_OK;
    }
    if (len == 6 && indicator != NULL && g_ascii_toupper(text[4]) == 'K' && text[5] >= '1' &&
        text[5] <= '4') {
        g_snprintf(ret_period, PERIOD_TEXT, "%04dK%c", year, text[5]);
        return PERIOD_OK;
    }
    if (len < 7 || (text[4] != '-' && text[4] != '/') || digits_length(text + 5) != len - 5)
        return PERIOD_BAD;
    if (len == 7)
        return read_month_or_year(text, year, indicator, ret_period);
    if (len != 9 || two_digits(text + 5) * 100 + two_digits(text + 7) != year + 1)
        return PERIOD_BAD;
    g_snprintf(ret_period, PERIOD_TEXT, "%04d/%02d", year, (year + 1) % 100);
    return PERIOD_OK;
}

const char *indikator_parse_shown(const char *text, char buf[SHOWN_TEXT])
{
    if (indikator_parse_has_person_number(text))
        return _("(not shown: it may hold a national identity number)");
    if (g_utf8_strlen(text, -1) <= 60)
        return text;
    g_utf8_strncpy(buf, text, 59);
    g_strlcat(buf, "\xE2\x80\xA6", SHOWN_TEXT);
    return buf;
}
