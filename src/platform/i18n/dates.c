/* dates.c - dates as they are stored (ISO 8601 text) and as they are written (domain.md 8.4).
 *
 * Month names are a table here rather than msgids: a language has twelve of them, and they are
 * grammar, not wording.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"

static const char *const months_norwegian[] = { "januar",    "februar", "mars",     "april",
                                                "mai",       "juni",    "juli",     "august",
                                                "september", "oktober", "november", "desember" };
static const char *const months_english[] = { "January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December" };
static const char *const *const months[N_LANG] = { months_norwegian, months_norwegian,
                                                   months_english };
static const char *const days_bokmal[] = { "mandag", "tirsdag", "onsdag", "torsdag",
                                           "fredag", "lørdag",  "søndag" };
static const char *const days_nynorsk[] = { "måndag", "tysdag",  "onsdag", "torsdag",
                                            "fredag", "laurdag", "sundag" };
static const char *const days_english[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday" };
static const char *const *const weekdays[N_LANG] = { days_bokmal, days_nynorsk, days_english };
static const char *const spring[N_LANG] = { "våren", "våren", "spring" };
static const char *const autumn[N_LANG] = { "høsten", "hausten", "autumn" };
static const char *const regularly[N_LANG] = { "jevnlig", "jamleg", "regularly" };

/* A piece of "9999-99": digits where the pattern has 9, else the same character. */
static bool looks_like(const char *text, const char *pattern)
{
    if (!text || strlen(text) != strlen(pattern))
        return false;
    for (; *pattern; text++, pattern++)
        if (*pattern == '9' ? !g_ascii_isdigit(*text) : *text != *pattern)
            return false;
    return true;
}

static int number_at(const char *text, int digits)
{
    int n = 0;

    for (int i = 0; i < digits; i++)
        n = n * 10 + (text[i] - '0');
    return n;
}

static bool year_valid(const char *text)
{
    int year = number_at(text, 4);

    return year >= 1900 && year <= 2199;
}

static bool parse(const char *iso, GDate *ret_date)
{
    int month, day;

    if (!looks_like(iso, "9999-99-99") || !year_valid(iso))
        return false;
    month = number_at(iso + 5, 2);
    day = number_at(iso + 8, 2);
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)number_at(iso, 4)))
        return false;
    g_date_clear(ret_date, 1);
    g_date_set_dmy(ret_date, (GDateDay)day, (GDateMonth)month, (GDateYear)number_at(iso, 4));
    return true;
}

/* What is no date is shown as it stands, so that nothing vanishes from a page. */
static const char *as_it_stands(const char *text, char buf[DATE_TEXT])
{
    const char *end;

    g_strlcpy(buf, text ? text : "", DATE_TEXT);
    if (!g_utf8_validate(buf, -1, &end))
        buf[end - buf] = 0;
    return buf;
}

/* Not printf: pages are full of dates. */
static char *put_number(char *at, int number)
{
    if (number >= 10)
        at = put_number(at, number / 10);
    *at++ = (char)('0' + number % 10);
    *at = 0;
    return at;
}

bool date_valid(const char *iso)
{
    GDate date;

    return parse(iso, &date);
}

const char *date_text(const char *iso, char buf[DATE_TEXT])
{
    Lang lang = i18n_current();
    GDate date;

    if (!parse(iso, &date))
        return as_it_stands(iso, buf);
    char *at = put_number(buf, g_date_get_day(&date));

    at = g_stpcpy(at, lang == LANG_EN ? " " : ". ");
    at = g_stpcpy(at, months[lang][g_date_get_month(&date) - 1]);
    put_number(g_stpcpy(at, " "), g_date_get_year(&date));
    return buf;
}

const char *date_short(const char *iso, char buf[DATE_TEXT])
{
    GDate date;

    if (!parse(iso, &date))
        return as_it_stands(iso, buf);
    g_snprintf(buf, DATE_TEXT, "%02d.%02d.%04d", g_date_get_day(&date), g_date_get_month(&date),
               g_date_get_year(&date));
    return buf;
}

const char *date_weekday(const char *iso)
{
    GDate date;

    return parse(iso, &date) ? weekdays[i18n_current()][g_date_get_weekday(&date) - 1] : "";
}

int date_week(const char *iso)
{
    GDate date;

    return parse(iso, &date) ? (int)g_date_get_iso8601_week_of_year(&date) : 0;
}

const char *date_add(const char *iso, int days, char buf[DATE_TEXT])
{
    GDate date, first, last;
    int64_t julian;

    if (!parse(iso, &date))
        return as_it_stands("", buf);
    parse("1900-01-01", &first);
    parse("2199-12-31", &last);
    julian = (int64_t)g_date_get_julian(&date) + days;
    if (julian < g_date_get_julian(&first) || julian > g_date_get_julian(&last))
        return as_it_stands("", buf);
    g_date_set_julian(&date, (guint32)julian);
    g_snprintf(buf, DATE_TEXT, "%04d-%02d-%02d", g_date_get_year(&date), g_date_get_month(&date),
               g_date_get_day(&date));
    return buf;
}

const char *date_school_year(const char *iso, char buf[DATE_TEXT])
{
    GDate date;
    int year;

    if (!parse(iso, &date))
        return as_it_stands("", buf);
    year = g_date_get_year(&date) - (g_date_get_month(&date) < G_DATE_AUGUST ? 1 : 0);
    g_snprintf(buf, DATE_TEXT, "%d/%02d", year, (year + 1) % 100);
    return buf;
}

static bool is_half_year(const char *fuzzy)
{
    return (looks_like(fuzzy, "9999-H1") || looks_like(fuzzy, "9999-H2")) && year_valid(fuzzy);
}

static bool is_month(const char *fuzzy)
{
    int month = looks_like(fuzzy, "9999-99") ? number_at(fuzzy + 5, 2) : 0;

    return month >= 1 && month <= 12 && year_valid(fuzzy);
}

static bool is_year(const char *fuzzy)
{
    return looks_like(fuzzy, "9999") && year_valid(fuzzy);
}

static bool is_recurring(const char *fuzzy)
{
    return fuzzy && strcmp(fuzzy, "R") == 0;
}

bool fuzzy_valid(const char *fuzzy)
{
    return date_valid(fuzzy) || is_month(fuzzy) || is_half_year(fuzzy) || is_year(fuzzy) ||
           is_recurring(fuzzy);
}

const char *fuzzy_text(const char *fuzzy, char buf[DATE_TEXT])
{
    Lang lang = i18n_current();

    if (is_recurring(fuzzy))
        return as_it_stands(regularly[lang], buf);
    if (is_half_year(fuzzy))
        g_snprintf(buf, DATE_TEXT, "%s %.4s", (fuzzy[6] == '1' ? spring : autumn)[lang], fuzzy);
    else if (is_month(fuzzy))
        g_snprintf(buf, DATE_TEXT, "%s %.4s", months[lang][number_at(fuzzy + 5, 2) - 1], fuzzy);
    else
        date_text(fuzzy, buf);
    return buf;
}

const char *fuzzy_first(const char *fuzzy, char buf[DATE_TEXT])
{
    if (date_valid(fuzzy))
        return as_it_stands(fuzzy, buf);
    if (is_recurring(fuzzy))
        return as_it_stands("9999-12-31", buf);
    if (is_half_year(fuzzy))
        g_snprintf(buf, DATE_TEXT, "%.4s-%s-01", fuzzy, fuzzy[6] == '1' ? "01" : "08");
    else if (is_month(fuzzy))
        g_snprintf(buf, DATE_TEXT, "%.7s-01", fuzzy);
    else if (is_year(fuzzy))
        g_snprintf(buf, DATE_TEXT, "%.4s-01-01", fuzzy);
    else
        as_it_stands("", buf);
    return buf;
}
