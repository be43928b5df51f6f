/* celler.c - what a released cell says in words, and the small sums made of released cells.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "indikator.h"

static const char *quality_text(const char *quality)
{
    if (!g_strcmp0(quality, "god"))
        return _("good results");
    if (!g_strcmp0(quality, "svak"))
        return _("weak results");
    return g_strcmp0(quality, "middels") ? "" : _("middling results");
}

static const char *number_text(Arena *arena, const Indicator *indicator, const Cell *cell)
{
    char value[NUM_TEXT], margin[NUM_TEXT];

    if (!strcmp(indicator->unit, "prosent"))
        return arena_dup(arena, num_percent(cell->value, indicator->decimals, value));
    if (isnan(cell->uncertainty))
        return arena_dup(arena, num_text(cell->value, indicator->decimals, value));
    return arena_printf(arena, "%s ±%s", num_text(cell->value, indicator->decimals, value),
                        num_text(cell->uncertainty, 1, margin));
}

const char *indikator_cell_text(Arena *arena, const Indicator *indicator, const Cell *cell,
                                bool with_n)
{
    char n[NUM_TEXT];
    const char *text;

    switch (cell->status) {
    case VALUE_MASKED:
        return "*";
    case VALUE_MISSING:
        return "–";
    case VALUE_NOT_TESTED:
        return _("not tested");
    case VALUE_QUALITATIVE:
        return quality_text(cell->quality);
    case VALUE_OK:
        break;
    }
    text = number_text(arena, indicator, cell);
    if (!with_n || cell->n == NO_INT)
        return text;
    return arena_printf(arena, "%s (%s)", text, num_text((double)cell->n, 0, n));
}

bool indikator_rolling(const Matrix *matrix, size_t unit, size_t indicator, size_t last,
                       double *ret_percent)
{
    double lost = 0, agreed = 0;

    if (last < 3 || last >= matrix->n_periods)
        return false;
    for (size_t p = last - 3; p <= last; p++) {
        const MatrixCell *c = matrix_at(matrix, unit, indicator, p);

        if (c->cell.status != VALUE_OK || isnan(c->numerator) || isnan(c->denominator))
            return false;
        lost += c->numerator;
        agreed += c->denominator;
    }
    if (agreed <= 0)
        return false;
    *ret_percent = lost / agreed * 100;
    return true;
}

Stands indikator_stands(const Cell *a, const Cell *b)
{
    double margin;

    if (a->status != VALUE_OK || b->status != VALUE_OK || isnan(a->uncertainty) ||
        isnan(b->uncertainty))
        return STANDS_UNKNOWN;
    margin = a->uncertainty + b->uncertainty;
    if (a->value - b->value > margin)
        return STANDS_ABOVE;
    return b->value - a->value > margin ? STANDS_BELOW : STANDS_LEVEL;
}

const char *indikator_stands_text(Arena *arena, Stands stands, const char *than)
{
    switch (stands) {
    case STANDS_BELOW:
        return than ? arena_printf(arena, _("clearly below %s"), than) : _("clearly below");
    case STANDS_LEVEL:
        return than ? arena_printf(arena, _("level with %s"), than) : _("level");
    case STANDS_ABOVE:
        return than ? arena_printf(arena, _("clearly above %s"), than) : _("clearly above");
    case STANDS_UNKNOWN:
        break;
    }
    return "";
}

/* "2013K1" is the same quarter as "2012K1", a year later. */
static bool year_apart(const char *older, const char *newer)
{
    return g_ascii_strtoll(newer, NULL, 10) - g_ascii_strtoll(older, NULL, 10) == 1 &&
           strlen(older) > 4 && !strcmp(older + 4, newer + 4);
}

bool indikator_year_change(const Matrix *matrix, size_t unit, size_t indicator, size_t period,
                           double *ret_points)
{
    const Cell *now = &matrix_at(matrix, unit, indicator, period)->cell;

    for (size_t p = 0; p < period; p++) {
        const Cell *then = &matrix_at(matrix, unit, indicator, p)->cell;

        if (!year_apart(matrix->periods[p], matrix->periods[period]))
            continue;
        if (now->status != VALUE_OK || then->status != VALUE_OK)
            return false;
        *ret_points = now->value - then->value;
        return true;
    }
    return false;
}
