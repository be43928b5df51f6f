/* chart-keys.c - keys: what a line, a shade or a sign means, in words, flowing over lines.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart-plan.h"

#define LINE_HEIGHT 20.0
#define BASELINE 14.0 /* below the top of a line */
#define GAP 18.0

static double sign_width(const ChartKey *key)
{
    switch (key->kind) {
    case KEY_SERIES:
    case KEY_TARGET:
        return 32;
    case KEY_SIGN:
        return chart_text_width(key->sign, INK_TEXT) + 6;
    default:
        return 20;
    }
}

void chart_key_add(ChartKeys *keys, ChartKeyKind kind, int index, const char *text)
{
    if (keys->n < CHART_KEYS_MAX)
        keys->list[keys->n++] = (ChartKey){ .kind = kind, .index = index, .text = g_strdup(text) };
}

void chart_key_add_mark(ChartKeys *keys, ChartShape shape, int ink, const char *text)
{
    if (keys->n < CHART_KEYS_MAX)
        keys->list[keys->n++] =
            (ChartKey){ .kind = KEY_CAUSE, .index = ink, .shape = shape, .text = g_strdup(text) };
}

void chart_key_add_sign(ChartKeys *keys, const char *sign, const char *text)
{
    if (keys->n < CHART_KEYS_MAX)
        keys->list[keys->n++] =
            (ChartKey){ .kind = KEY_SIGN, .sign = sign, .text = g_strdup(text) };
}

double chart_keys_place(ChartKeys *keys, double x, double y, double width)
{
    double at = 0, line = 0;

    keys->box = (ChartBox){ x, y, width, 0 };
    if (keys->n == 0)
        return 0;
    for (size_t i = 0; i < keys->n; i++) {
        ChartKey *key = &keys->list[i];
        char *fitted = chart_text_fit(key->text, INK_TEXT, width - sign_width(key));
        double needed = sign_width(key) + chart_text_width(fitted, INK_TEXT);

        g_free(key->text);
        key->text = fitted;
        if (at > 0 && at + needed > width)
            at = 0, line += LINE_HEIGHT;
        key->at = (ChartXY){ x + at, y + line + BASELINE };
        at += needed + GAP;
    }
    keys->box.h = line + LINE_HEIGHT;
    return keys->box.h;
}

ChartShape chart_series_shape(size_t row)
{
    static const ChartShape shapes[CHART_SERIES_MAX] = { CHART_DOT, CHART_DIAMOND, CHART_SQUARE,
                                                         CHART_TRIANGLE };
    return shapes[row % CHART_SERIES_MAX];
}

static void draw_sign(const ChartKey *key, ChartPen *pen)
{
    ChartXY left = { key->at.x, key->at.y - 4.5 }, right = { left.x + 26, left.y };
    ChartXY middle = { left.x + 13, left.y };
    ChartBox box = { left.x, left.y - 6, 13, 12 };
    ChartInk index = (ChartInk)key->index;

    switch (key->kind) {
    case KEY_SERIES:
        chart_line(pen, INK_LINE + index, left, right);
        chart_mark(pen, INK_MARK + index, chart_series_shape(index), middle, 4, NULL);
        break;
    case KEY_TARGET:
        chart_line(pen, index, left, right);
        break;
    case KEY_LEVEL:
        chart_rect(pen, index, &box, NULL);
        break;
    case KEY_MASKED:
        chart_hatch(pen, &box, NULL);
        break;
    case KEY_HOLLOW:
        chart_mark(pen, index, CHART_DOT, (ChartXY){ left.x + 6, left.y }, 4, NULL);
        break;
    case KEY_WHISKER:
        chart_whisker(pen, index, (ChartXY){ left.x + 6, left.y + 6 },
                      (ChartXY){ left.x + 6, left.y - 6 }, 4);
        break;
    case KEY_CAUSE:
        chart_mark(pen, index, key->shape, (ChartXY){ left.x + 7, left.y }, 6, NULL);
        break;
    case KEY_SIGN:
        chart_text(pen, INK_TEXT, key->at, CHART_START, key->sign);
        break;
    }
}

void chart_keys_draw(const ChartKeys *keys, ChartPen *pen)
{
    for (size_t i = 0; i < keys->n; i++) {
        const ChartKey *key = &keys->list[i];

        draw_sign(key, pen);
        chart_text(pen, INK_TEXT, (ChartXY){ key->at.x + sign_width(key), key->at.y }, CHART_START,
                   key->text);
    }
}
