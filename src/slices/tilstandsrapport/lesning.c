/* lesning.c - what a block shows, in a sentence or two: exact, with uncertainty, and modest.
 *
 * Two results differ only when their intervals do not overlap (domain.md 2.2); a change is told only
 * within one series; a hidden figure is said to be hidden, and nothing follows from it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "blokker.h"
#include "innhold-doc.h"
#include "mal.h"

/* Printed ± from which a result says little by itself: about 36 pupils or fewer. */
#define LARGE_UNCERTAINTY 2.5

typedef struct {
    Arena *arena;
    const Block *block;
    GString *text;
} Telling;

static void G_GNUC_PRINTF(2, 3) tell(Telling *t, const char *format, ...)
{
    va_list args;

    if (t->text->len)
        g_string_append_c(t->text, ' ');
    va_start(args, format);
    g_string_append_vprintf(t->text, format, args);
    va_end(args);
}

static const char *value_text(Telling *t, size_t indicator, const Cell *cell)
{
    return indikator_cell_text(t->arena, &t->block->indicators[indicator], cell, false);
}

/* "47 ±1,3 scale points": in a sentence a number needs its unit; a share has its sign already. */
static const char *measured_text(Telling *t, size_t indicator, const Cell *cell)
{
    const char *unit = t->block->indicators[indicator].unit;
    const char *value = value_text(t, indicator, cell);

    return strcmp(unit, "skalapoeng")
               ? value
               : arena_printf(t->arena, "%s %s", value, indikator_unit_name(unit));
}

static const Cell *cell_at(const Telling *t, size_t unit, size_t indicator, size_t period)
{
    return &block_cell(t->block, unit, indicator, period)->cell;
}

static const char *period_text(const Telling *t, size_t period)
{
    return tilstandsrapport_word_period(t->arena, t->block->periods[period].label);
}

static void tell_hidden(Telling *t, size_t unit, size_t period)
{
    tell(t, _("The figure is suppressed (%s, %s)."), t->block->units[unit].name,
         period_text(t, period));
}

/* --- development and comparison of one indicator --- */

/* " (136 pupils)", or "" when the number is not known. */
static const char *pupils_text(Arena *arena, const Cell *cell)
{
    char number[NUM_TEXT];

    if (cell->n == NO_INT)
        return "";
    return arena_printf(arena, ngettext(" (%s pupil)", " (%s pupils)", cell->n),
                        num_text((double)cell->n, 0, number));
}

static void tell_value(Telling *t, size_t unit, size_t period)
{
    const Indicator *about = &t->block->indicators[0];
    const Cell *cell = cell_at(t, unit, 0, period);
    const char *name = tilstandsrapport_word_short_name(t->arena, t->block->units[unit].name);
    const char *subject = tilstandsrapport_word_subject(about->code);

    if (subject)
        tell(t, _("In %1$s, %2$s scored %3$s in %4$s in %5$s%6$s."),
             tilstandsrapport_word_grade(t->arena, about->grade), name, measured_text(t, 0, cell),
             subject, period_text(t, period), pupils_text(t->arena, cell));
    else
        tell(t, _("%1$s: %2$s had %3$s in %4$s."), about->name, name, value_text(t, 0, cell),
             period_text(t, period));
}

static void tell_nation(Telling *t, const Cell *cell, size_t period)
{
    size_t nation = block_nation(t->block);
    const Cell *other = nation == SIZE_MAX ? NULL : cell_at(t, nation, 0, period);

    if (!other || !cell_has_number(other))
        return;
    switch (indikator_stands(cell, other)) {
    case STANDS_BELOW:
        tell(t, _("That is clearly below the nation (%s)."), value_text(t, 0, other));
        break;
    case STANDS_LEVEL:
        tell(t, _("That is level with the nation (%s)."), value_text(t, 0, other));
        break;
    case STANDS_ABOVE:
        tell(t, _("That is clearly above the nation (%s)."), value_text(t, 0, other));
        break;
    case STANDS_UNKNOWN:
        tell(t, _("The nation had %s."), value_text(t, 0, other));
        break;
    }
}

/* The oldest shown value of the series that `newest` belongs to; SIZE_MAX when there is none before it. */
static size_t series_start(const Telling *t, size_t unit, size_t newest)
{
    size_t start = SIZE_MAX;

    for (size_t p = newest; p-- > 0 && !t->block->periods[p + 1].break_text;)
        if (cell_has_number(cell_at(t, unit, 0, p)))
            start = p;
    return start;
}

static void tell_change(Telling *t, size_t unit, size_t newest)
{
    size_t start = series_start(t, unit, newest);
    const Cell *now = cell_at(t, unit, 0, newest), *then;

    if (start == SIZE_MAX)
        return;
    then = cell_at(t, unit, 0, start);
    switch (indikator_stands(now, then)) {
    case STANDS_ABOVE:
        tell(t, _("It is higher than in %s (%s)."), period_text(t, start), value_text(t, 0, then));
        break;
    case STANDS_BELOW:
        tell(t, _("It is lower than in %s (%s)."), period_text(t, start), value_text(t, 0, then));
        break;
    case STANDS_LEVEL:
        tell(t, _("No certain change since %s (%s)."), period_text(t, start),
             value_text(t, 0, then));
        break;
    case STANDS_UNKNOWN:
        tell(t, _("In %s it was %s."), period_text(t, start), value_text(t, 0, then));
        break;
    }
}

static void tell_series(Telling *t)
{
    size_t own = block_own(t->block), newest = block_newest(t->block, own, 0);
    const Cell *cell;

    if (newest == SIZE_MAX)
        return;
    cell = cell_at(t, own, 0, newest);
    if (!cell_has_number(cell)) {
        tell_hidden(t, own, newest);
        return;
    }
    tell_value(t, own, newest);
    tell_nation(t, cell, newest);
    tell_change(t, own, newest);
    if (cell->uncertainty >= LARGE_UNCERTAINTY)
        tell(t, "%s", _("There are few pupils, so the uncertainty is large."));
}

/* --- the schools --- */

/* A school has an organisation number; the nation, counties and municipalities have shorter ones. */
static bool is_school(const ContentUnit *unit)
{
    return !unit->own && (strlen(unit->code) > 4 || !*unit->code);
}

static const char *count_text(Arena *arena, size_t n)
{
    return n ? arena_printf(arena, "%zu", n) : _("none");
}

static void tell_compare(Telling *t)
{
    size_t nation = block_nation(t->block), of[STANDS_ABOVE + 1] = { 0 }, hidden = 0, n = 0;
    const Indicator *about = &t->block->indicators[0];

    for (size_t u = 0; u < t->block->n_units; u++) {
        const Cell *cell = cell_at(t, u, 0, 0);

        if (!is_school(&t->block->units[u]))
            continue;
        n++;
        hidden += cell->status == VALUE_MASKED;
        if (nation != SIZE_MAX)
            of[indikator_stands(cell, cell_at(t, nation, 0, 0))]++;
    }
    if (of[STANDS_BELOW] + of[STANDS_LEVEL] + of[STANDS_ABOVE] > 0)
        tell(t,
             _("%1$s, %2$s: of %3$zu schools, %4$s are clearly above the nation, %5$s are level "
               "with it and "
               "%6$s are clearly below."),
             tilstandsrapport_word_title(t->arena, about), period_text(t, 0), n,
             count_text(t->arena, of[STANDS_ABOVE]), count_text(t->arena, of[STANDS_LEVEL]),
             count_text(t->arena, of[STANDS_BELOW]));
    else
        tell(t, ngettext("%s, %s: %zu school.", "%s, %s: %zu schools.", n),
             tilstandsrapport_word_title(t->arena, about), period_text(t, 0), n);
    if (hidden)
        tell(t, ngettext("%zu school is suppressed.", "%zu schools are suppressed.", hidden),
             hidden);
}

static void tell_schools(Telling *t)
{
    const Block *b = t->block;
    size_t n = 0, with_hidden = 0;

    for (size_t u = 0; u < b->n_units; u++) {
        bool hidden = false;

        if (!is_school(&b->units[u]))
            continue;
        n++;
        for (size_t i = 0; i < b->n_indicators; i++)
            hidden = hidden || cell_at(t, u, i, 0)->status == VALUE_MASKED;
        with_hidden += hidden;
    }
    if (n == 0) {
        tell(t, "%s", _("The table shows the municipality and those it is compared with."));
        return;
    }
    tell(t,
         ngettext("The table shows %zu school and the municipality.",
                  "The table shows %zu schools and the municipality.", n),
         n);
    if (with_hidden)
        tell(t,
             ngettext("%zu school has figures that are suppressed.",
                      "%zu schools have figures that are suppressed.", with_hidden),
             with_hidden);
}

/* --- quarters --- */

static const char *absence_name(const Indicator *about)
{
    static const struct {
        const char *code, *name;
    } names[] = {
        { "SYK.TOT", N_("The sickness absence") },
        { "SYK.EGEN", N_("The self-certified sickness absence") },
        { "SYK.LEGE", N_("The doctor-certified sickness absence") },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (!strcmp(names[i].code, about->code))
            return _(names[i].name);
    return about->name;
}

/* "−8", "+1,5": whole numbers without decimals. */
static const char *points_text(Arena *arena, double points, int decimals)
{
    double shown = round(points * pow(10, decimals)) / pow(10, decimals);
    char number[NUM_TEXT];

    num_text(shown, fabs(shown - round(shown)) < 1e-9 ? 0 : decimals, number);
    return arena_printf(arena, "%s%s", shown > 0 ? "+" : "", number);
}

static void tell_quarter_change(Telling *t, size_t newest)
{
    const Indicator *about = &t->block->indicators[0];
    const Cell *now = cell_at(t, 0, 0, newest), *then = cell_at(t, 0, 0, newest - 4);
    const char *name = absence_name(about), *before = value_text(t, 0, then),
               *after = value_text(t, 0, now),
               *points = points_text(t->arena, now->value - then->value, about->decimals);

    if (!strcmp(points, "0"))
        tell(t, _("%1$s was %2$s both in %3$s and in %4$s."), name, after,
             period_text(t, newest - 4), period_text(t, newest));
    else if (now->value < then->value)
        tell(t, _("%1$s went down from %2$s (%3$s) to %4$s (%5$s), %6$s percentage points."), name,
             before, period_text(t, newest - 4), after, period_text(t, newest), points);
    else
        tell(t, _("%1$s went up from %2$s (%3$s) to %4$s (%5$s), %6$s percentage points."), name,
             before, period_text(t, newest - 4), after, period_text(t, newest), points);
}

static void tell_quarters(Telling *t)
{
    size_t newest = block_newest(t->block, 0, 0);
    char number[NUM_TEXT];

    if (newest == SIZE_MAX)
        return;
    if (!cell_has_number(cell_at(t, 0, 0, newest))) {
        tell_hidden(t, 0, newest);
        return;
    }
    if (newest >= 4 && cell_has_number(cell_at(t, 0, 0, newest - 4)))
        tell_quarter_change(t, newest);
    else
        tell(t, _("%1$s was %2$s in %3$s."), absence_name(&t->block->indicators[0]),
             value_text(t, 0, cell_at(t, 0, 0, newest)), period_text(t, newest));
    if (!isnan(t->block->rolling))
        tell(t, _("The last four quarters together: %s."),
             num_percent(t->block->rolling, t->block->indicators[0].decimals, number));
}

/* --- levels --- */

/* Index of the lowest and the highest level among the indicators; false when they are not shown. */
static bool levels_at(const Telling *t, size_t period, size_t *ret_low, size_t *ret_high,
                      double *ret_sum)
{
    const Block *b = t->block;
    bool any = false;

    *ret_sum = 0;
    for (size_t i = 0; i < b->n_indicators; i++) {
        if (strcmp(b->indicators[i].unit, "antall"))
            continue;
        if (!cell_has_number(cell_at(t, 0, i, period)))
            return false;
        if (!any)
            *ret_low = i;
        any = true;
        *ret_high = i;
        *ret_sum += cell_at(t, 0, i, period)->value;
    }
    return any && *ret_high > *ret_low;
}

static void tell_levels_at(Telling *t, size_t period, size_t low, size_t high, double sum)
{
    const Indicator *v = t->block->indicators;
    const char *dot = strrchr(v[high].code, 'N');
    char lowest[NUM_TEXT], highest[NUM_TEXT], all[NUM_TEXT];

    tell(t,
         _("In %1$s, %2$s of %3$s pupils were on level 1, the lowest, and %4$s on level %5$s, the "
           "highest."),
         period_text(t, period), num_text(cell_at(t, 0, low, period)->value, 0, lowest),
         num_text(sum, 0, all), num_text(cell_at(t, 0, high, period)->value, 0, highest),
         dot ? dot + 1 : "");
    for (size_t i = 0; i < t->block->n_indicators; i++)
        if (!strcmp(v[i].unit, "niva") && cell_has_number(cell_at(t, 0, i, period)))
            tell(t, _("The mean level was %s."), value_text(t, i, cell_at(t, 0, i, period)));
}

static void tell_levels(Telling *t)
{
    size_t low = 0, high = 0;
    double sum;

    for (size_t p = t->block->n_periods; p-- > 0;) {
        if (levels_at(t, p, &low, &high, &sum)) {
            tell_levels_at(t, p, low, high, sum);
            return;
        }
        if (p + 1 == t->block->n_periods)
            tell(t, _("The figures for %s are suppressed."), period_text(t, p));
    }
}

/* --- values in words --- */

static void tell_words(Telling *t)
{
    const Block *b = t->block;

    for (size_t u = 0; u < b->n_units; u++)
        for (size_t i = 0; i < b->n_indicators; i++) {
            size_t newest = block_newest(b, u, i);

            if (newest == SIZE_MAX)
                continue;
            if (cell_at(t, u, i, newest)->status == VALUE_MASKED)
                tell_hidden(t, u, newest);
            else
                tell(t, _("%1$s, %2$s: %3$s (%4$s)."), b->indicators[i].name, b->units[u].name,
                     value_text(t, i, cell_at(t, u, i, newest)), period_text(t, newest));
        }
}

const char *tilstandsrapport_reading(Arena *arena, const Content *content, const Block *block)
{
    static void (*const tellers[N_VIEW])(Telling *) = {
        [VIEW_SERIES] = tell_series,   [VIEW_COMPARE] = tell_compare,
        [VIEW_SCHOOLS] = tell_schools, [VIEW_QUARTERS] = tell_quarters,
        [VIEW_LEVELS] = tell_levels,   [VIEW_WORDS] = tell_words,
    };
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(GString) text = g_string_new(NULL);
    Telling t = { arena, block, text };

    tellers[block->view](&t);
    return arena_dup(arena, text->str);
}

/* --- a chapter as a whole --- */

const char *tilstandsrapport_chapter_reading(Arena *arena, const Content *content,
                                             const ContentChapter *chapter)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    size_t of[STANDS_ABOVE + 1] = { 0 }, n;

    for (size_t i = 0; i < chapter->n_blocks; i++) {
        const Block *b = &chapter->blocks[i];
        size_t own = block_own(b), nation = block_nation(b), newest;

        if (b->view != VIEW_SERIES || nation == SIZE_MAX)
            continue;
        newest = block_newest(b, own, 0);
        if (newest != SIZE_MAX)
            of[indikator_stands(&block_cell(b, own, 0, newest)->cell,
                                &block_cell(b, nation, 0, newest)->cell)]++;
    }
    n = of[STANDS_BELOW] + of[STANDS_LEVEL] + of[STANDS_ABOVE];
    if (n == 0)
        return NULL;
    return arena_printf(
        arena,
        _("Of the municipality’s %1$zu newest results, %2$s are clearly above the nation, %3$s are "
          "level with it and %4$s are clearly below."),
        n, count_text(arena, of[STANDS_ABOVE]), count_text(arena, of[STANDS_LEVEL]),
        count_text(arena, of[STANDS_BELOW]));
}
