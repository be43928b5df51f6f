/* national-id.c - finds Norwegian national identity numbers in text that people have typed.
 *
 * The program stores none, and a free text is where they slip in.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "form.h"

enum { DIGITS = 11, BIRTH_DIGITS = 6 };

static bool control_is_right(const int d[DIGITS], const int *weights, int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++)
        sum += weights[i] * d[i];
    int control = (11 - sum % 11) % 11; /* 10 is never given out, and never a digit */

    return control == d[n];
}

static bool is_national_id(const int d[DIGITS])
{
    static const int first[] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
    static const int second[] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
    int day = d[0] * 10 + d[1], month = d[2] * 10 + d[3];

    day -= day > 40 ? 40 : 0;
    month -= month > 80 ? 80 : month > 40 ? 40 : 0;
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && control_is_right(d, first, 9) &&
           control_is_right(d, second, 10);
}

/* Length of a space at `s`: ASCII, U+00A0 or U+202F. */
static size_t space_len(const char *s)
{
    return *s == ' '                             ? 1
           : g_str_has_prefix(s, "\xC2\xA0")     ? 2
           : g_str_has_prefix(s, "\xE2\x80\xAF") ? 3
                                                 : 0;
}

/* The digits of a whole number that begins at `s`; false when it is shorter or longer than 11. */
static bool take_digits(const char *s, int d[DIGITS])
{
    for (int n = 0; n < DIGITS; n++) {
        if (n == BIRTH_DIGITS)
            s += space_len(s);
        if (!g_ascii_isdigit(*s))
            return false;
        d[n] = *s++ - '0';
    }
    return !g_ascii_isdigit(*s);
}

bool form_holds_national_id(const char *text)
{
    int d[DIGITS];

    for (const char *s = text; *s; s++)
        if (g_ascii_isdigit(*s) && (s == text || !g_ascii_isdigit(s[-1])) && take_digits(s, d) &&
            is_national_id(d))
            return true;
    return false;
}
