/* parse-periode.c - periods as people write them in tables of their own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "parse-tabell.h"

static const char *const months[] = { "jan", "feb", "mar", "apr", "mai", "jun",
                                      "jul", "aug", "sep", "okt", "nov", "des" };

/* The one run of four digits that is a year; 0 when there is none, or several. */
static int year_in(const char *text)
{
    int year = 0;

    for (const char *p = text; *p;) {
        size_t n = strspn(p, "0123456789");

        if (n == 4) {
            if (year)
                return 0;
            year = (int)g_ascii_strtoll(p, NULL, 10);
        } else if (n > 2) {
            return 0;
        }
        p += n ? n : 1;
    }
    return year >= 1970 && year <= 2099 ? year : 0;
}

/* "K1", "Q1", "1. kvartal", "1. kv", "kvartal 1" -> 1; 0 for none. */
static int quarter_in(const char *text)
{
    const char *word = strstr(text, "kv");

    for (const char *p = text; *p; p++) {
        bool starts = p == text || !g_ascii_isalnum(p[-1]) || g_ascii_isdigit(p[-1]);

        if (starts && (*p == 'k' || *p == 'q') && p[1] >= '1' && p[1] <= '4' &&
            !g_ascii_isdigit(p[2]))
            return p[1] - '0';
    }
    if (!word)
        return 0;
    for (const char *p = text; *p; p++)
        if (*p >= '1' && *p <= '4' && (p == text || !g_ascii_isdigit(p[-1])) &&
            !g_ascii_isdigit(p[1]))
            return *p - '0';
    return 0;
}

static int month_in(const char *text)
{
    for (int i = 0; i < 12; i++)
        if (g_str_has_prefix(text, months[i]))
            return i + 1;
    return 0;
}

/* Only these words and digits make a period: a sentence with a year in it does not. */
static bool is_short(const char *text)
{
    return g_utf8_strlen(text, -1) <= 20;
}

bool indikator_parse_loose_period(const char *text, const char *indicator, char *ret, size_t size)
{
    char period[PERIOD_TEXT];
    g_autofree char *lower = g_utf8_strdown(text, -1);
    int year, quarter, month;

    g_strstrip(lower);
    if (indikator_parse_period(lower, indicator, period) == PERIOD_OK) {
        g_strlcpy(ret, period, size);
        return true;
    }
    year = is_short(lower) ? year_in(lower) : 0;
    quarter = year ? quarter_in(lower) : 0;
    month = year ? month_in(lower) : 0;
    if (quarter)
        g_snprintf(ret, size, "%dK%d", year, quarter);
    else if (month)
        g_snprintf(ret, size, "%d-%02d", year, month);
    else if (year && g_str_has_prefix(lower, "høst"))
        g_snprintf(ret, size, "%d/%02d", year, (year + 1) % 100);
    else if (year && (g_str_has_prefix(lower, "vår") || g_str_has_prefix(lower, "var ")))
        g_snprintf(ret, size, "%d/%02d", year - 1, year % 100);
    else
        return false;
    return true;
}
