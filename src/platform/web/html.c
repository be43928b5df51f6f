/* html.c - a growing buffer of markup and the one place where text is escaped.
 *
 * Escaping looks for the next byte that is not plain and copies the run before it in one go. The
 * same five characters are escaped everywhere, which is right in text, in title and textarea, and
 * in double-quoted attributes, and those are the only places pagegen lets a value stand.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "html.h"
#include <math.h>

enum { FIRST_SIZE = 16 * 1024 };
#define REPLACEMENT "\xEF\xBF\xBD"

struct Html {
    char *data;
    size_t len, size; /* size counts a place for the last NUL */
};

Html *html_new(void)
{
    Html *html = g_new(Html, 1);

    *html = (Html){ g_malloc(FIRST_SIZE), 0, FIRST_SIZE };
    return html;
}

void html_free(Html *html)
{
    if (!html)
        return;
    g_free(html->data);
    g_free(html);
}

const char *html_data(const Html *html, size_t *ret_len)
{
    if (ret_len)
        *ret_len = html->len;
    if (!html->data)
        return "";
    html->data[html->len] = '\0';
    return html->data;
}

char *html_steal(Html *html, size_t *ret_len)
{
    char *data = html->data ? g_steal_pointer(&html->data) : g_malloc(1);

    data[html->len] = '\0';
    if (ret_len)
        *ret_len = html->len;
    html->len = html->size = 0;
    return data;
}

static void grow(Html *html, size_t more) G_GNUC_NO_INLINE;
static void grow(Html *html, size_t more)
{
    g_assert(more < SIZE_MAX / 4 && html->len < SIZE_MAX / 4);
    size_t size = MAX(html->size * 2, FIRST_SIZE);

    while (size <= html->len + more)
        size *= 2;
    html->data = g_realloc(html->data, size);
    html->size = size;
}

static inline void add(Html *html, const char *bytes, size_t len)
{
    if (G_UNLIKELY(html->size - html->len <= len))
        grow(html, len);
    memcpy(html->data + html->len, bytes, len);
    html->len += len;
}

void html_raw(Html *html, const char *markup, size_t len)
{
    add(html, markup, len);
}

/* What a byte means to the escaper; plain bytes are 0. In a format the text also ends at a '%'. */
enum { PLAIN, SPECIAL, WIDE, END };
/* clang-format off */
#define KINDS                                                                                      \
    [0] = END, [1 ... 8] = SPECIAL, [11] = SPECIAL, [14 ... 31] = SPECIAL, [127] = SPECIAL,        \
    ['"'] = SPECIAL, ['&'] = SPECIAL, ['\''] = SPECIAL, ['<'] = SPECIAL, ['>'] = SPECIAL,          \
    [128 ... 255] = WIDE
static const unsigned char text_kinds[256] = { KINDS };
static const unsigned char format_kinds[256] = { KINDS, ['%'] = END };
/* clang-format on */

static void add_special(Html *html, char c)
{
    switch (c) {
    case '&':
        return add(html, "&amp;", 5);
    case '<':
        return add(html, "&lt;", 4);
    case '>':
        return add(html, "&gt;", 4);
    case '"':
        return add(html, "&quot;", 6);
    case '\'':
        return add(html, "&#39;", 5);
    default: /* a control character */
        return add(html, REPLACEMENT, 3);
    }
}

/* Length of the well-formed sequence at `s` (RFC 3629, table 3-7 of Unicode), else 0. */
static size_t sequence_len(const unsigned char *s)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t len = s[0] >= 0xC2 && s[0] <= 0xDF   ? 2
                 : s[0] >= 0xE0 && s[0] <= 0xEF ? 3
                 : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4
                                                : 0;

    if (len == 0)
        return 0;
    if (s[0] == 0xE0)
        low = 0xA0; /* no overlong forms */
    if (s[0] == 0xED)
        high = 0x9F; /* no surrogates */
    if (s[0] == 0xF0)
        low = 0x90;
    if (s[0] == 0xF4)
        high = 0x8F; /* not past U+10FFFF */
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (s[i] < 0x80 || s[i] > 0xBF)
            return 0;
    return len;
}

/* Escapes up to the first END byte and returns where that is. */
static const char *add_escaped(Html *html, const char *text, const unsigned char kinds[256])
{
    const unsigned char *run = (const unsigned char *)text, *s = run;

    for (;;) {
        while (kinds[*s] == PLAIN)
            s++;
        if (kinds[*s] == END)
            break;
        size_t len = kinds[*s] == WIDE ? sequence_len(s) : 0;

        if (len > 0) {
            s += len;
            continue;
        }
        add(html, (const char *)run, (size_t)(s - run));
        if (kinds[*s] == WIDE)
            add(html, REPLACEMENT, 3);
        else
            add_special(html, (char)*s);
        run = ++s;
    }
    add(html, (const char *)run, (size_t)(s - run));
    return (const char *)s;
}

void html_text(Html *html, const char *text)
{
    if (text)
        add_escaped(html, text, text_kinds);
}

void html_url(Html *html, Url url)
{
    html_text(html, url.text);
}

void html_size(Html *html, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + value % 10);
    while (value /= 10);
    add(html, digits + at, sizeof digits - at);
}

void html_int(Html *html, int64_t value)
{
    if (value < 0)
        add(html, "-", 1);
    html_size(html, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void html_real(Html *html, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    for (int digits = 15; digits <= 17; digits++) {
        char format[8];

        g_snprintf(format, sizeof format, "%%.%dg", digits);
        g_ascii_formatd(text, sizeof text, format, value);
        if (!isfinite(value) ||
            !(g_ascii_strtod(text, NULL) < value || g_ascii_strtod(text, NULL) > value))
            break;
    }
    add(html, text, strlen(text));
}

static void add_arg(Html *html, const HtmlArg *arg)
{
    switch (arg->kind) {
    case HTML_ARG_TEXT:
        return html_text(html, arg->text);
    case HTML_ARG_INT:
        return html_int(html, arg->number);
    case HTML_ARG_SIZE:
        return html_size(html, arg->size);
    }
}

void html_format(Html *html, const char *format, size_t n_args, const HtmlArg *args)
{
    size_t next = 0;

    for (const char *s = format; *(s = add_escaped(html, s, format_kinds));) {
        size_t which = next;
        char *end;

        s++;
        if (*s == '%') {
            add(html, s++, 1);
            continue;
        }
        if (g_ascii_isdigit(*s)) {
            uint64_t place = g_ascii_strtoull(s, &end, 10);

            s = *end == '$' ? end + 1 : end;
            which = place >= 1 && place <= n_args ? place - 1 : n_args;
        } else {
            next++;
        }
        if (which < n_args)
            add_arg(html, &args[which]);
        if (*s)
            s++; /* the s or d */
    }
}
