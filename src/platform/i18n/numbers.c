/* numbers.c - numbers as they are written and as they arrive (domain.md 8.4 and 3).
 *
 * 4.175 is stored as 4.17499999999999982; rounding that would print 4,17. So a number is first taken
 * as the 15 significant digits a double can hold, and those are rounded, half away from zero.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "i18n.h"

#define NBSP "\u00a0"
#define NNBSP "\u202f"
#define MINUS "\u2212"
#define NO_VALUE "\u2013"
#define SIGNIFICANT 15
#define MAX_DECIMALS 6

typedef struct {
    char digit[SIGNIFICANT + MAX_DECIMALS + 2]; /* '0'-'9', whole part and decimals run together */
    int whole;                                  /* how many of them stand before the mark; >= 1 */
    bool negative;
} Decimal;

/* "d.dddddddddddddde±xx" to the digits alone and the power of ten of the first. */
static int significant_digits(double value, char digits[SIGNIFICANT + 1])
{
    char text[SIGNIFICANT + 16];
    int n = 0;

    g_snprintf(text, sizeof text, "%.*e", SIGNIFICANT - 1, fabs(value));
    for (const char *p = text; *p != 'e'; p++)
        if (g_ascii_isdigit(*p) && n < SIGNIFICANT)
            digits[n++] = *p;
    digits[n] = 0;
    return (int)g_ascii_strtoll(strchr(text, 'e') + 1, NULL, 10);
}

/* Adds one in the last place; a carry out of the front makes the whole part longer. */
static void round_up(Decimal *number, int n)
{
    int i = n - 1;

    while (i >= 0 && number->digit[i] == '9')
        number->digit[i--] = '0';
    if (i >= 0) {
        number->digit[i]++;
        return;
    }
    memmove(number->digit + 1, number->digit, (size_t)n);
    number->digit[0] = '1';
    number->whole++;
}

/* The same for everyday numbers without formatting them: false when the value is large, or so near a
 * tie that only its decimal digits tell which way it goes. */
static bool decimal_quickly(double value, int decimals, Decimal *ret)
{
    static const double scale[] = { 1, 10, 100, 1000, 10000 };
    double scaled = decimals < (int)G_N_ELEMENTS(scale) ? fabs(value) * scale[decimals] : 1e9;
    char reversed[24];
    int n = 0;

    if (scaled >= 1e8 || fabs(scaled - floor(scaled) - 0.5) < 1e-6)
        return false;
    uint64_t left = (uint64_t)(scaled + 0.5);

    *ret = (Decimal){ .negative = value < 0 && left > 0 };
    for (; left || n <= decimals; left /= 10)
        reversed[n++] = (char)('0' + left % 10);
    ret->whole = n - decimals;
    for (int i = 0; i < n; i++)
        ret->digit[i] = reversed[n - 1 - i];
    return true;
}

static Decimal decimal_of(double value, int decimals)
{
    Decimal quick;

    if (decimal_quickly(value, decimals, &quick))
        return quick;
    char digits[SIGNIFICANT + 1];
    int power = significant_digits(value, digits);
    Decimal number = { .whole = MAX(power, 0) + 1 };
    int n = number.whole + decimals, skip = MAX(-power, 0), next;

    for (int i = 0; i < n; i++)
        number.digit[i] = i >= skip && i - skip < SIGNIFICANT ? digits[i - skip] : '0';
    next = n - skip;
    if (next >= 0 && next < SIGNIFICANT && digits[next] >= '5')
        round_up(&number, n);
    for (int i = 0; i < number.whole + decimals; i++)
        number.negative |= number.digit[i] != '0' && value < 0;
    return number;
}

static char *put(char *out, const char *text)
{
    return g_stpcpy(out, text);
}

const char *num_text(double value, int decimals, char buf[NUM_TEXT])
{
    bool english = i18n_current() == LANG_EN;
    Decimal number;
    char *out = buf;

    decimals = CLAMP(decimals, 0, MAX_DECIMALS);
    if (!isfinite(value) || fabs(value) >= 1e15) {
        g_strlcpy(buf, NO_VALUE, NUM_TEXT);
        return buf;
    }
    number = decimal_of(value, decimals);
    bool grouped = number.whole >= (english ? 4 : 5);

    if (number.negative)
        out = put(out, MINUS);
    for (int i = 0; i < number.whole + decimals; i++) {
        if (i == number.whole)
            *out++ = english ? '.' : ',';
        else if (grouped && i > 0 && i < number.whole && (number.whole - i) % 3 == 0)
            out = put(out, english ? "," : NBSP);
        *out++ = number.digit[i];
    }
    *out = 0;
    return buf;
}

const char *num_percent(double value, int decimals, char buf[NUM_TEXT])
{
    num_text(value, decimals, buf);
    if (isfinite(value))
        g_strlcat(buf, i18n_current() == LANG_EN ? "%" : NBSP "%", NUM_TEXT);
    return buf;
}

/* Bytes of the blank that `text` starts with; 0 when it starts with none. */
static size_t blank(const char *text)
{
    if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
        return 1;
    if (g_str_has_prefix(text, NBSP))
        return strlen(NBSP);
    return g_str_has_prefix(text, NNBSP) ? strlen(NNBSP) : 0;
}

static const char *skip_blanks(const char *text)
{
    for (size_t n; (n = blank(text)) > 0;)
        text += n;
    return text;
}

/* Appends a run of digits; returns what follows it. */
static const char *take_digits(const char *text, GString *number)
{
    for (; g_ascii_isdigit(*text); text++)
        g_string_append_c(number, *text);
    return text;
}

/* "1 537": one to three digits, then groups of exactly three; or digits without any group. */
static const char *take_whole(const char *text, GString *number)
{
    const char *end = take_digits(text, number);
    bool groups = end - text <= 3;

    for (size_t n; groups && (n = blank(end)) > 0 && g_ascii_isdigit(end[n]); end += n + 3) {
        const char *group = end + n;
        if (!g_ascii_isdigit(group[1]) || !g_ascii_isdigit(group[2]) || g_ascii_isdigit(group[3]))
            return NULL;
        g_string_append_len(number, group, 3);
    }
    return end == text ? NULL : end;
}

bool num_parse(const char *text, double *ret_value)
{
    g_autoptr(GString) number = g_string_new(NULL);
    const char *p = skip_blanks(text ? text : "");
    double value;

    if (*p == '-' || g_str_has_prefix(p, MINUS))
        g_string_append_c(number, '-');
    p += *p == '-' || *p == '+' ? 1 : number->len ? strlen(MINUS) : 0;
    p = take_whole(p, number);
    if (p && (*p == ',' || *p == '.') && g_ascii_isdigit(p[1])) {
        g_string_append_c(number, '.');
        p = take_digits(p + 1, number);
    }
    if (!p || *skip_blanks(p))
        return false;
    value = g_ascii_strtod(number->str, NULL);
    if (!isfinite(value))
        return false;
    *ret_value = value;
    return true;
}
