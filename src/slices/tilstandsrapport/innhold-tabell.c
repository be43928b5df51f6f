/* innhold-tabell.c - the table of a block in the document, with its legend.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "blokker.h"
#include "chart.h"
#include "innhold-doc.h"

typedef struct {
    Arena *arena;
    const Block *b;
    size_t figure; /* it belongs to; 0: none */
    DocTable *table;
} Tabling;

/* What the numbers are: "skalapoeng ± usikkerhet (antall elever)". */
static const char *measure_text(const Tabling *t)
{
    const Indicator *about = &t->b->indicators[0];

    if (t->b->view == VIEW_WORDS)
        return _("the newest figure of each indicator");
    if (t->b->view == VIEW_LEVELS)
        return _("number of pupils");
    if (!strcmp(about->unit, "skalapoeng"))
        return _("scale points ± uncertainty (number of pupils)");
    if (!strcmp(about->unit, "prosent"))
        return _("per cent");
    return indikator_unit_name(about->unit);
}

static const char *caption_text(const Tabling *t)
{
    if (t->figure)
        return arena_printf(t->arena, _("The figures behind figure %zu: %s"), t->figure,
                            measure_text(t));
    return tilstandsrapport_word_capital(t->arena, measure_text(t));
}

static DocTable *begin(Tabling *t, Doc *doc, const DocColumn *columns, size_t n, bool folded)
{
    t->table = doc_table(doc, caption_text(t), columns, n, folded ? _("Show the figures") : NULL);
    return t->table;
}

static void put_cell(Tabling *t, size_t unit, size_t indicator, size_t period, bool with_n)
{
    const Cell *cell = &block_cell(t->b, unit, indicator, period)->cell;
    const char *text = indikator_cell_text(t->arena, &t->b->indicators[indicator], cell, with_n);

    doc_cell(t->table, text, cell->computed ? "†" : cell->preliminary ? "‡" : NULL);
}

static bool has(const Block *b, ValueStatus status)
{
    for (size_t i = 0; i < b->n_units * b->n_indicators * b->n_periods; i++)
        if (b->cells[i].cell.status == status)
            return true;
    return false;
}

static bool has_flag(const Block *b, bool preliminary)
{
    for (size_t i = 0; i < b->n_units * b->n_indicators * b->n_periods; i++)
        if (preliminary ? b->cells[i].cell.preliminary : b->cells[i].cell.computed)
            return true;
    return false;
}

static bool has_uncertainty(const Block *b)
{
    for (size_t i = 0; i < b->n_units * b->n_indicators * b->n_periods; i++)
        if (b->cells[i].cell.status == VALUE_OK && !isnan(b->cells[i].cell.uncertainty))
            return true;
    return false;
}

/* The word of the trade that the table is measured in, where it is met first. */
static void explain_word(const Tabling *t, unsigned *told)
{
    const char *word, *means = indikator_unit_legend(&t->b->indicators[0], &word);
    unsigned which =
        strcmp(t->b->indicators[0].unit, "skalapoeng") ? TOLD_LEVELS : TOLD_SCALE_POINTS;

    if (!*means || *told & which)
        return;
    doc_table_note(t->table, word, means);
    *told |= which;
}

/* Only marks that the table has are explained. */
static void legend(Tabling *t)
{
    if (has(t->b, VALUE_MASKED))
        doc_table_note(t->table, "*", skjerming_legend());
    if (has(t->b, VALUE_MISSING) && t->b->view != VIEW_WORDS)
        doc_table_note(t->table, "–", _("No data."));
    if (has_flag(t->b, true))
        doc_table_note(t->table, "‡", _("Preliminary figure."));
    if (has_flag(t->b, false))
        doc_table_note(t->table, "†", _("Computed by us from the parts it is made of."));
    for (size_t p = 0; p < t->b->n_periods; p++)
        if (t->b->periods[p].break_text)
            doc_table_note(t->table, t->b->periods[p].label, t->b->periods[p].break_text);
}

static DocColumn first_column(const char *title)
{
    return (DocColumn){ .title = title, .align = DOC_LEFT, .row_header = true };
}

/* Units down, periods across. */
static void series_table(Tabling *t, Doc *doc)
{
    const Block *b = t->b;
    DocColumn columns[DOC_MAX_COLUMNS] = { first_column(_("Unit")) };
    size_t n = MIN(b->n_periods, DOC_MAX_COLUMNS - 1), skip = b->n_periods - n;

    for (size_t p = 0; p < n; p++)
        columns[p + 1] = (DocColumn){ .title = b->periods[skip + p].label, .align = DOC_RIGHT };
    begin(t, doc, columns, n + 1, true);
    for (size_t u = 0; u < b->n_units; u++) {
        doc_cell(t->table, b->units[u].name, NULL);
        for (size_t p = 0; p < n; p++)
            put_cell(t, u, 0, skip + p, true);
    }
}

/* Units down, indicators across. */
static void units_table(Tabling *t, Doc *doc, bool folded)
{
    const Block *b = t->b;
    DocColumn columns[DOC_MAX_COLUMNS] = { first_column(_("Unit")) };
    size_t n = MIN(b->n_indicators, DOC_MAX_COLUMNS - 1);

    for (size_t i = 0; i < n; i++) {
        const char *subject = tilstandsrapport_word_subject(b->indicators[i].code);

        columns[i + 1] =
            (DocColumn){ .title = subject ? tilstandsrapport_word_capital(t->arena, subject)
                                          : b->indicators[i].name,
                         .align = DOC_RIGHT };
    }
    begin(t, doc, columns, n + 1, folded);
    for (size_t u = 0; u < b->n_units; u++) {
        doc_cell(t->table, b->units[u].name, NULL);
        for (size_t i = 0; i < n; i++)
            put_cell(t, u, i, 0, true);
        if (b->units[u].own)
            doc_row_total(t->table);
    }
}

/* Change from the same quarter a year before, in percentage points. */
static const char *change_text(Tabling *t, size_t period)
{
    const Cell *now = &block_cell(t->b, 0, 0, period)->cell, *then;
    char number[NUM_TEXT];

    if (period < 4)
        return "–";
    then = &block_cell(t->b, 0, 0, period - 4)->cell;
    if (!cell_has_number(now) || !cell_has_number(then))
        return "–";
    return arena_printf(t->arena, "%s%s", now->value > then->value ? "+" : "",
                        num_text(now->value - then->value, t->b->indicators[0].decimals, number));
}

/* Centre, limits and signal of a period, after the other cells of its row. */
static void put_control(Tabling *t, size_t period)
{
    const ControlChart *c = t->b->control;
    const ChartControl *at = c && c->limits ? &c->points[period] : NULL;
    const double numbers[] = { at ? at->centre : (double)NAN, at ? at->lower : (double)NAN,
                               at ? at->upper : (double)NAN };
    char text[NUM_TEXT];

    for (size_t i = 0; at && i < G_N_ELEMENTS(numbers); i++)
        doc_cell(t->table,
                 isnan(numbers[i]) ? "–"
                                   : num_text(numbers[i], t->b->indicators[0].decimals + 1, text),
                 NULL);
    if (at)
        doc_cell(t->table, chart_signal_text(at), NULL);
}

static void quarters_table(Tabling *t, Doc *doc)
{
    const Block *b = t->b;
    bool limits = b->control && b->control->limits;
    const DocColumn columns[] = {
        first_column(_("Quarter")),
        { .title = b->indicators[0].name, .align = DOC_RIGHT },
        { .title = _("Change from a year before, percentage points"), .align = DOC_RIGHT },
        { .title = limits ? b->control->centre_name : "", .align = DOC_RIGHT },
        { .title = _("lower limit"), .align = DOC_RIGHT },
        { .title = _("upper limit"), .align = DOC_RIGHT },
        { .title = _("signal") }
    };

    begin(t, doc, columns, limits ? G_N_ELEMENTS(columns) : 3, true);
    for (size_t p = 0; p < b->n_periods; p++) {
        doc_cell(t->table,
                 tilstandsrapport_word_capital(
                     t->arena, tilstandsrapport_word_period(t->arena, b->periods[p].label)),
                 NULL);
        put_cell(t, 0, 0, p, false);
        doc_cell(t->table, change_text(t, p), NULL);
        put_control(t, p);
    }
    if (!isnan(b->rolling)) {
        char number[NUM_TEXT];

        doc_cell(t->table, _("The last four quarters together"), NULL);
        doc_cell(t->table, num_percent(b->rolling, b->indicators[0].decimals, number), NULL);
        for (size_t i = 2; i < (limits ? G_N_ELEMENTS(columns) : 3); i++)
            doc_cell(t->table, "", NULL);
        doc_row_total(t->table);
    }
}

static const char *level_title(Tabling *t, const Indicator *indicator)
{
    if (!strcmp(indicator->unit, "niva"))
        return _("Mean level");
    return arena_printf(t->arena, _("Level %s"), strrchr(indicator->code, 'N') + 1);
}

/* Periods down, levels and their mean across. */
static void levels_table(Tabling *t, Doc *doc)
{
    const Block *b = t->b;
    DocColumn columns[DOC_MAX_COLUMNS] = { first_column(_("Period")) };
    size_t n = MIN(b->n_indicators, DOC_MAX_COLUMNS - 1);

    for (size_t i = 0; i < n; i++)
        columns[i + 1] =
            (DocColumn){ .title = level_title(t, &b->indicators[i]), .align = DOC_RIGHT };
    begin(t, doc, columns, n + 1, true);
    for (size_t p = 0; p < b->n_periods; p++) {
        doc_cell(t->table, b->periods[p].label, NULL);
        for (size_t i = 0; i < n; i++)
            put_cell(t, 0, i, p, false);
    }
}

/* One row for each newest value, whatever its kind. */
static void words_table(Tabling *t, Doc *doc)
{
    const Block *b = t->b;
    const DocColumn columns[] = { first_column(_("Indicator")),
                                  { .title = _("Unit") },
                                  { .title = _("Period") },
                                  { .title = _("Value"), .align = DOC_RIGHT } };

    begin(t, doc, columns, G_N_ELEMENTS(columns), false);
    for (size_t u = 0; u < b->n_units; u++)
        for (size_t i = 0; i < b->n_indicators; i++) {
            size_t newest = block_newest(b, u, i);

            if (newest == SIZE_MAX)
                continue;
            doc_cell(t->table, b->indicators[i].name, NULL);
            doc_cell(t->table, b->units[u].name, NULL);
            doc_cell(t->table, tilstandsrapport_word_period(t->arena, b->periods[newest].label),
                     NULL);
            put_cell(t, u, i, newest, false);
        }
}

void tilstandsrapport_table(Doc *doc, Arena *arena, const Block *block, size_t figure,
                            unsigned *told)
{
    Tabling t = { arena, block, figure, NULL };

    switch (block->view) {
    case VIEW_SERIES:
        series_table(&t, doc);
        break;
    case VIEW_COMPARE:
        units_table(&t, doc, true);
        break;
    case VIEW_SCHOOLS:
        units_table(&t, doc, false);
        break;
    case VIEW_QUARTERS:
        quarters_table(&t, doc);
        break;
    case VIEW_LEVELS:
        levels_table(&t, doc);
        break;
    case VIEW_WORDS:
        words_table(&t, doc);
        break;
    default:
        g_assert_not_reached();
    }
    if (!(*told & TOLD_UNCERTAINTY) && has_uncertainty(block)) {
        doc_table_note(t.table, "±", indikator_uncertainty_legend());
        *told |= TOLD_UNCERTAINTY;
    }
    explain_word(&t, told);
    legend(&t);
}
