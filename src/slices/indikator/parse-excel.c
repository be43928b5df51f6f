/* parse-excel.c - what spreadsheets do to cells, recognised so that it can be said in words.
 *
 * None of this is put right by guessing: October 2009 and the school year 2009/10 look the same once
 * Excel has made a date of them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

bool indikator_parse_is_scientific(const char *text)
{
    size_t n = digits(text);

    if (n != 1)
        return false;
    text += n;
    if (*text == ',' || *text == '.')
        text += 1 + digits(text + 1);
    if (*text != 'E' && *text != 'e')
        return false;
    text++;
    text += *text == '+';
    n = digits(text);
    return n >= 1 && n <= 3 && text[n] == '\0';
}

/* Length of a month's short name at the start of the text, Norwegian or English; 0 when none. */
static size_t month(const char *text)
{
    static const char *const names[] = { "jan", "feb",  "mars", "mar",  "apr", "mai",
                                         "may", "juni", "jun",  "juli", "jul", "aug",
                                         "sep", "okt",  "oct",  "nov",  "des", "dec" };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strncasecmp(text, names[i], strlen(names[i])) == 0)
            return strlen(names[i]);
    return 0;
}

/* Parts of one to four digits parted by the same mark: 01.10.2009, 2009-10-01, 1/10/09. */
static bool is_three_numbers(const char *text)
{
    size_t n[3];
    char mark = 0;

    for (int i = 0; i < 3; i++) {
        n[i] = digits(text);
        if (n[i] == 0 || n[i] > 4)
            return false;
        text += n[i];
        if (i == 2)
            return *text == '\0' || *text == ' ';
        if (!strchr(".-/", *text) || *text == '\0' || (mark && *text != mark))
            return false;
        mark = *text++;
    }
    return false;
}

bool indikator_parse_is_date(const char *text)
{
    const char *p = text;
    size_t n = digits(p);

    if (is_three_numbers(text))
        return true;
    if (n > 0) { /* "12. mar", "1-okt" */
        p += n;
        p += strspn(p, ". -");
        return n <= 2 && month(p) > 0;
    }
    n = month(p); /* "okt.09", "des-13", "okt 2009" */
    if (n == 0)
        return false;
    p += n;
    p += strspn(p, ". -'");
    n = digits(p);
    return (n == 2 || n == 4) && p[n] == '\0';
}

bool indikator_parse_is_masked_word(const char *text)
{
    static const char *const words[] = { "prikket", "prikka", "skjermet", "skjerma", "masked" };
    g_autofree char *lower = g_utf8_strdown(text, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(lower, words[i]) == 0)
            return true;
    return false;
}

bool indikator_parse_is_dash(const char *text)
{
    static const char *const dashes[] = {
        "-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92", "(-)"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
        if (strcmp(text, dashes[i]) == 0)
            return true;
    return false;
}
