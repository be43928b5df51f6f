/* chart-pen.c - the table of inks, and the verbs that are made of other verbs.
 *
 * Colours of the fixed palette are those of the page's light theme (Designsystemet): text at least
 * 4.5:1 and marks at least 3:1 on white, except the grid and tints, which carry nothing.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-pen.h"

#define NONE CHART_NO_COLOUR
#define HATCH_STEP 5.0

enum {
    WHITE = 0xffffff,
    TEXT = 0x292c30,
    MUTED = 0x5b5d60,
    LINE = 0x77797b,
    GRID = 0xd9dadb,
    BLUE = 0x005db1,
    GREEN = 0x0b6a53,
    BROWN = 0x80540f,
    TARGET = 0x674da7,
    RIM = 0x2a5c8f
};

#define MARKS(full, colour)                                                                        \
    {                                                                                              \
        .name = full, .fill = colour, .stroke = WHITE, .width = 1                                  \
    }
#define HOLLOW(full, colour)                                                                       \
    {                                                                                              \
        .name = full, .fill = WHITE, .stroke = colour, .width = 1.8, .optional = true              \
    }
#define NAMES(full, colour)                                                                        \
    {                                                                                              \
        .name = full, .fill = colour, .stroke = WHITE, .halo = true                                \
    }
#define LEVEL(full, colour)                                                                        \
    {                                                                                              \
        .name = full, .fill = colour, .stroke = RIM, .width = 0.8, .optional = true                \
    }

/* clang-format off */
static const ChartStyle styles[N_INK] = {
    [INK_PAPER] = { "chart-paper", WHITE, NONE, .optional = true },
    [INK_ROW] = { "chart-row", 0xeef4fa, NONE, .optional = true },
    [INK_GRID] = { "chart-grid", NONE, GRID, 1 },
    [INK_AXIS] = { "chart-axis", NONE, LINE, 1 },
    [INK_BREAK] = { "chart-break", NONE, MUTED, 1.2, 5, 4 },
    [INK_TARGET] = { "chart-target", NONE, TARGET, 1.6, 9, 3 },
    [INK_REFERENCE] = { "chart-reference", NONE, TEXT, 1.4, 2, 3 },
    [INK_HATCH] = { "chart-hatch", NONE, LINE, 0.9 },
    [INK_HATCH_BOX] = { "chart-hatch-box", WHITE, LINE, 1, .optional = true },
    [INK_WHISKER] = { "chart-whisker", NONE, BLUE, 1.3 },
    [INK_WHISKER_WEAK] = { "chart-whisker-weak", NONE, MUTED, 1.3 },
    [INK_SIGN] = { "chart-sign", NONE, MUTED, 1.4 },
    [INK_LINE] = { "chart-line1", NONE, BLUE, 2.6 },
    [INK_LINE + 1] = { "chart-line2", NONE, GREEN, 1.7 },
    [INK_LINE + 2] = { "chart-line3", NONE, BROWN, 1.7, 7, 3 },
    [INK_LINE + 3] = { "chart-line4", NONE, MUTED, 1.7, 2, 3 },
    [INK_MARK] = MARKS("chart-mark1", BLUE),
    [INK_MARK + 1] = MARKS("chart-mark2", GREEN),
    [INK_MARK + 2] = MARKS("chart-mark3", BROWN),
    [INK_MARK + 3] = MARKS("chart-mark4", MUTED),
    [INK_HOLLOW] = HOLLOW("chart-hollow1", BLUE),
    [INK_HOLLOW + 1] = HOLLOW("chart-hollow2", GREEN),
    [INK_HOLLOW + 2] = HOLLOW("chart-hollow3", BROWN),
    [INK_HOLLOW + 3] = HOLLOW("chart-hollow4", MUTED),
    [INK_NAME] = { "chart-name1", BLUE, WHITE, .bold = true, .halo = true },
    [INK_NAME + 1] = NAMES("chart-name2", GREEN),
    [INK_NAME + 2] = NAMES("chart-name3", BROWN),
    [INK_NAME + 3] = NAMES("chart-name4", MUTED),
    [INK_BAR] = { "chart-bar", BLUE, BLUE, 1 },
    [INK_BAR_WEAK] = { "chart-bar-weak", 0xc7ddf0, 0x2a7cc5, 1, .optional = true },
    [INK_LEVEL] = LEVEL("chart-level1", 0xe3eef8),
    [INK_LEVEL + 1] = LEVEL("chart-level2", 0xb0d0ec),
    [INK_LEVEL + 2] = LEVEL("chart-level3", 0x6ea6d8),
    [INK_LEVEL + 3] = LEVEL("chart-level4", 0x1f68ad),
    [INK_LEVEL + 4] = LEVEL("chart-level5", 0x0a3a6b),
    [INK_ON_LEVEL] = { "chart-on-light", 0x10263d, NONE },
    [INK_ON_LEVEL + 1] = { "chart-on-light", 0x10263d, NONE },
    [INK_ON_LEVEL + 2] = { "chart-on-light", 0x10263d, NONE },
    [INK_ON_LEVEL + 3] = { "chart-on-dark", WHITE, NONE },
    [INK_ON_LEVEL + 4] = { "chart-on-dark", WHITE, NONE },
    [INK_TEXT] = { "chart-text", TEXT, NONE },
    [INK_MUTED] = { "chart-muted", MUTED, NONE },
    [INK_STRONG] = { "chart-strong", TEXT, NONE, .bold = true },
    [INK_VALUE] = { "chart-value", TEXT, WHITE, .bold = true, .halo = true },
    [INK_WORD] = { "chart-word", TEXT, WHITE, .halo = true },
    [INK_TARGET_NAME] = { "chart-target-name", TARGET, WHITE, .halo = true },
    [INK_TITLE] = { "chart-title", TEXT, NONE, .bold = true, .size = CHART_TITLE_SIZE },
    [INK_CENTRE] = { "chart-centre", NONE, TEXT, 1.4 },
    [INK_FORMER] = { "chart-former", NONE, MUTED, 1.2, 3, 3 },
    [INK_LIMIT] = { "chart-limit", NONE, MUTED, 1.3, 7, 3 },
    [INK_TRIAL] = { "chart-trial", NONE, MUTED, 1.3, 1.5, 3.5 },
    [INK_BAND] = { "chart-band", 0xe3e6ea, NONE, .optional = true },
    [INK_COMMON] = MARKS("chart-common", MUTED),
    [INK_BETTER] = { "chart-better", BLUE, TEXT, 1.4 },
    [INK_WORSE] = { "chart-worse", 0xb5560f, TEXT, 1.4 },
    [INK_OTHER] = { "chart-other", TARGET, TEXT, 1.4 },
    [INK_EXCLUDED] = { "chart-excluded", NONE, MUTED, 1.8 },
};
/* clang-format on */

const ChartStyle *chart_style(ChartInk ink)
{
    g_assert(ink < N_INK);
    return &styles[ink];
}

void chart_line(ChartPen *pen, ChartInk ink, ChartXY from, ChartXY to)
{
    ChartSegment one = { from, to };

    pen->sink->segments(pen, ink, &one, 1);
}

void chart_polyline(ChartPen *pen, ChartInk ink, const ChartXY *points, size_t n)
{
    if (n >= 2)
        pen->sink->polyline(pen, ink, points, n);
}

void chart_rect(ChartPen *pen, ChartInk ink, const ChartBox *box, const char *title)
{
    pen->sink->rect(pen, ink, box, title);
}

void chart_mark(ChartPen *pen, ChartInk ink, ChartShape shape, ChartXY at, double radius,
                const char *title)
{
    ChartBox around = { at.x - radius, at.y - radius, 2 * radius, 2 * radius };

    pen->sink->mark(pen, ink, shape, &around, title);
}

void chart_text(ChartPen *pen, ChartInk ink, ChartXY at, ChartAnchor anchor, const char *text)
{
    g_autofree char *mended = NULL;

    if (!text || *text == '\0')
        return;
    if (!g_utf8_validate(text, -1, NULL))
        text = mended = g_utf8_make_valid(text, -1);
    pen->sink->text(pen, ink, at, anchor, text);
}

size_t chart_whisker_segments(ChartXY low, ChartXY high, double cap, ChartSegment list[3])
{
    bool upright = low.x == high.x;
    double dx = upright ? cap : 0, dy = upright ? 0 : cap;

    list[0] = (ChartSegment){ low, high };
    list[1] = (ChartSegment){ { low.x - dx, low.y - dy }, { low.x + dx, low.y + dy } };
    list[2] = (ChartSegment){ { high.x - dx, high.y - dy }, { high.x + dx, high.y + dy } };
    return cap > 0 ? 3 : 1;
}

void chart_whisker(ChartPen *pen, ChartInk ink, ChartXY low, ChartXY high, double cap)
{
    ChartSegment list[3];
    size_t n = chart_whisker_segments(low, high, cap, list);

    pen->sink->segments(pen, ink, list, n);
}

void chart_segments(ChartPen *pen, ChartInk ink, const ChartSegment *list, size_t n)
{
    if (n > 0)
        pen->sink->segments(pen, ink, list, n);
}

/* The diagonal x + y = sum, cut to the box. */
static ChartSegment diagonal(const ChartBox *box, double sum)
{
    double left = box->x, right = box->x + box->w, top = box->y, bottom = box->y + box->h;
    double x1 = fmax(left, sum - bottom), x2 = fmin(right, sum - top);

    return (ChartSegment){ { x1, sum - x1 }, { x2, sum - x2 } };
}

void chart_hatch(ChartPen *pen, const ChartBox *box, const char *title)
{
    double first = box->x + box->y + HATCH_STEP / 2, last = first + box->w + box->h;
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(ChartSegment));

    chart_rect(pen, INK_HATCH_BOX, box, title);
    for (double sum = first; sum < last - HATCH_STEP / 2; sum += HATCH_STEP) {
        ChartSegment one = diagonal(box, sum);

        g_array_append_val(lines, one);
    }
    if (lines->len > 0)
        pen->sink->segments(pen, INK_HATCH, (const ChartSegment *)(void *)lines->data, lines->len);
}

size_t chart_mark_corners(ChartShape shape, const ChartBox *around, ChartXY corners[4])
{
    double l = around->x, t = around->y, r = l + around->w, b = t + around->h;
    double cx = l + around->w / 2, cy = t + around->h / 2;

    switch (shape) {
    case CHART_DIAMOND:
        corners[0] = (ChartXY){ cx, t }, corners[1] = (ChartXY){ r, cy };
        corners[2] = (ChartXY){ cx, b }, corners[3] = (ChartXY){ l, cy };
        return 4;
    case CHART_SQUARE:
        corners[0] = (ChartXY){ l, t }, corners[1] = (ChartXY){ r, t };
        corners[2] = (ChartXY){ r, b }, corners[3] = (ChartXY){ l, b };
        return 4;
    case CHART_TRIANGLE:
        corners[0] = (ChartXY){ cx, t }, corners[1] = (ChartXY){ r, b };
        corners[2] = (ChartXY){ l, b };
        return 3;
    case CHART_CROSS:
        corners[0] = (ChartXY){ l, t }, corners[1] = (ChartXY){ r, b };
        corners[2] = (ChartXY){ l, b }, corners[3] = (ChartXY){ r, t };
        return 4;
    case CHART_DOT:
    default:
        return 0;
    }
}
