/* chart-text.c - how wide a text is, and how it is made to fit: shortened or broken into lines.
 *
 * The layout of a chart must not depend on the fonts of the machine that draws it, so widths come from
 * a table: advance widths of Inter Regular (OFL, fonts-inter 4.0) in thousandths of the font size.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart-pen.h"

#define BOLD 1.045 /* mean width of Inter SemiBold over Regular */
#define OTHER 700  /* a character that is not in the table; CJK and emoji are wider, most are not */

static const uint16_t ascii[] = {
    281, 278, 403, 631, 638, 813, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605,
    636, 642, 608, 624, 571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598,
    587, 743, 740, 264, 543, 652, 563, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642,
    665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544,
    237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 813, 540, 557, 541, 362, 327, 362, 659,
}; /* U+0020-U+007E */
static const uint16_t latin[] = {
    281, 278, 558, 631, 723, 548, 266, 551, 591, 915, 449, 540, 540, 0,   670, 449, 455, 659, 420,
    430, 497, 622, 599, 276, 267, 313, 449, 540, 884, 926, 949, 507, 676, 676, 676, 676, 676, 676,
    990, 727, 598, 598, 598, 598, 264, 264, 264, 264, 719, 753, 761, 761, 761, 761, 761, 659, 761,
    741, 741, 741, 741, 665, 631, 609, 564, 564, 564, 564, 564, 564, 925, 558, 582, 582, 582, 582,
    237, 237, 237, 237, 580, 585, 597, 597, 597, 597, 597, 659, 597, 581, 581, 581, 581, 557, 609,
    557, 676, 564, 676, 564, 676, 564, 727, 558, 727, 558, 727, 558, 727, 558, 719, 677, 719, 621,
    598, 582, 598, 582, 598, 582, 598, 582, 598, 582, 743, 609, 743, 609, 743, 609, 743, 609, 740,
    591, 777, 591, 443, 278, 264, 237, 264, 237, 264, 237, 264, 237, 807, 474, 543, 237, 652, 544,
    631, 563, 237, 563, 237, 563, 305, 563, 315, 563, 237, 753, 585, 753, 585, 753, 585, 813, 753,
    585, 761, 597, 761, 597, 761, 597, 953, 990, 639, 372, 639, 372, 639, 372, 638, 523, 638, 523,
    638, 523, 638, 523, 642, 364, 642, 364, 642, 364, 741, 581, 741, 581, 741, 581, 741, 581, 741,
    581, 741, 581, 949, 813, 665, 557, 665, 625, 541, 625, 541, 625, 541, 267,
}; /* U+00A0-U+017F */

static unsigned advance(gunichar c)
{
    if (c >= 0x20 && c < 0x20 + G_N_ELEMENTS(ascii))
        return ascii[c - 0x20];
    if (c >= 0xa0 && c < 0xa0 + G_N_ELEMENTS(latin))
        return latin[c - 0xa0];
    switch (c) {
    case 0x2013: /* en dash */
        return 500;
    case 0x2026: /* ellipsis */
        return 821;
    case 0x202f: /* narrow no-break space */
        return 182;
    case 0x2212: /* minus */
        return 659;
    default:
        return g_unichar_iswide(c) ? 1000 : OTHER;
    }
}

/* The next character, and where the one after it starts; a broken byte counts as one character. */
static gunichar next_char(const char *text, const char **ret_after)
{
    gunichar c = g_utf8_get_char_validated(text, -1);

    if (c == (gunichar)-1 || c == (gunichar)-2) {
        *ret_after = text + 1;
        return 0xfffd;
    }
    *ret_after = g_utf8_next_char(text);
    return c;
}

static double ink_scale(ChartInk ink)
{
    const ChartStyle *style = chart_style(ink);
    double size = style->size > 0 ? style->size : CHART_TEXT_SIZE;

    return size / 1000 * (style->bold ? BOLD : 1);
}

double chart_text_width(const char *text, ChartInk ink)
{
    unsigned sum = 0;

    for (const char *at = text ? text : ""; *at != '\0';)
        sum += advance(next_char(at, &at));
    return sum * ink_scale(ink);
}

char *chart_text_fit(const char *text, ChartInk ink, double width)
{
    double room = width - chart_text_width("…", ink), used = 0;
    const char *at = text ? text : "", *end = at;

    if (chart_text_width(text, ink) <= width)
        return g_strdup(text ? text : "");
    while (*at != '\0') {
        used += advance(next_char(at, &at)) * ink_scale(ink);
        if (used > room)
            break;
        end = at;
    }
    while (end > text && end[-1] == ' ')
        end--;
    return g_strdup_printf("%.*s…", (int)(end - text), text);
}

/* How many bytes of `text` make its first line; at least one word. */
static size_t first_line(const char *text, ChartInk ink, double width)
{
    size_t taken = 0;

    for (size_t i = 0;; i++) {
        if (text[i] != ' ' && text[i] != '\0')
            continue;
        g_autofree char *line = g_strndup(text, i);
        if (taken > 0 && chart_text_width(line, ink) > width)
            return taken;
        taken = i;
        if (text[i] == '\0')
            return taken;
    }
}

char **chart_text_wrap(const char *text, ChartInk ink, double width, int max)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    const char *rest = text ? text : "";

    while (*rest != '\0' && (int)lines->len < max) {
        size_t len = (int)lines->len == max - 1 ? strlen(rest) : first_line(rest, ink, width);
        g_autofree char *line = g_strndup(rest, len);

        g_ptr_array_add(lines, chart_text_fit(line, ink, width));
        rest += len;
        while (*rest == ' ')
            rest++;
    }
    g_ptr_array_add(lines, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&lines), FALSE);
}
