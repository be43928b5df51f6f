/* innhold-figur.c - a block as a chart and as CSV.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "csv.h"
#include "blokker.h"
#include "chart.h"
#include "mal.h"

/* The chart and what it points to. */
typedef struct {
    Chart chart; /* first: tilstandsrapport_chart_free finds the rest by it */
    Arena *arena;
} Drawing;

static bool any_number(const Block *b, size_t indicator)
{
    for (size_t u = 0; u < b->n_units; u++)
        for (size_t p = 0; p < b->n_periods; p++)
            if (cell_has_number(&block_cell(b, u, indicator, p)->cell))
                return true;
    return false;
}

static bool is_level(const Indicator *indicator)
{
    return !strcmp(indicator->unit, "antall");
}

bool tilstandsrapport_block_draws(const Block *block)
{
    size_t levels = 0, shown = 0;

    switch (block->view) {
    case VIEW_SERIES:
        return block->n_periods > 1 && any_number(block, 0);
    case VIEW_COMPARE:
    case VIEW_QUARTERS:
        return any_number(block, 0);
    case VIEW_LEVELS:
        for (size_t i = 0; i < block->n_indicators; i++) {
            levels += is_level(&block->indicators[i]);
            shown += is_level(&block->indicators[i]) && any_number(block, i);
        }
        return levels > 1 && shown == levels;
    default:
        return false;
    }
}

/* --- charts --- */

static ChartPoint point_of(Arena *arena, const Indicator *indicator, const Cell *cell)
{
    static const ChartStatus statuses[] = { [VALUE_OK] = CHART_OK,
                                            [VALUE_MASKED] = CHART_MASKED,
                                            [VALUE_MISSING] = CHART_MISSING,
                                            [VALUE_NOT_TESTED] = CHART_NOT_TESTED,
                                            [VALUE_QUALITATIVE] = CHART_QUALITATIVE };

    return (ChartPoint){ .value = cell->value,
                         .uncertainty = cell->uncertainty,
                         .status = statuses[cell->status],
                         .preliminary = cell->preliminary,
                         .computed = cell->computed,
                         .note = cell->status == VALUE_QUALITATIVE
                                     ? indikator_cell_text(arena, indicator, cell, false)
                                     : NULL };
}

static ChartColumn *period_columns(Arena *arena, const Block *b)
{
    ChartColumn *columns = arena_alloc(arena, MAX(b->n_periods, 1) * sizeof *columns);

    for (size_t p = 0; p < b->n_periods; p++)
        columns[p] = (ChartColumn){ b->periods[p].label, b->periods[p].break_text };
    return columns;
}

static void draw_periods(Drawing *d, const Block *b)
{
    size_t n_rows = b->view == VIEW_QUARTERS ? 1 : MIN(b->n_units, 4);
    ChartRow *rows = arena_alloc(d->arena, MAX(n_rows, 1) * sizeof *rows);
    size_t newest = block_newest(b, 0, 0);
    bool limits = b->control && b->control->limits;

    for (size_t u = 0; u < n_rows; u++) {
        ChartPoint *points = arena_alloc(d->arena, MAX(b->n_periods, 1) * sizeof *points);

        for (size_t p = 0; p < b->n_periods; p++) {
            points[p] = point_of(d->arena, &b->indicators[0], &block_cell(b, u, 0, p)->cell);
            points[p].emphasis =
                b->view == VIEW_QUARTERS && newest != SIZE_MAX && p % 4 == newest % 4;
        }
        rows[u] = (ChartRow){ .name = b->units[u].name, .points = points, .own = b->units[u].own };
    }
    d->chart.kind = b->view == VIEW_QUARTERS && !limits ? CHART_BARS : CHART_SERIES;
    if (limits) {
        d->chart.control = b->control->points;
        d->chart.centre_name = b->control->centre_name;
    }
    d->chart.columns = period_columns(d->arena, b);
    d->chart.n_columns = b->n_periods;
    d->chart.rows = rows;
    d->chart.n_rows = n_rows;
    d->chart.value_labels = true;
}

/* The nation is the rule the others are held against. */
static void draw_compare(Drawing *d, const Block *b)
{
    ChartRow *rows = arena_alloc(d->arena, MAX(b->n_units, 1) * sizeof *rows);
    size_t nation = block_nation(b);

    for (size_t u = 0; u < b->n_units; u++) {
        ChartPoint *point = arena_alloc(d->arena, sizeof *point);

        *point = point_of(d->arena, &b->indicators[0], &block_cell(b, u, 0, 0)->cell);
        if (u == nation) {
            d->chart.reference_name = b->units[u].name;
            d->chart.reference = *point;
        } else {
            rows[d->chart.n_rows++] =
                (ChartRow){ .name = b->units[u].name, .points = point, .own = b->units[u].own };
        }
    }
    d->chart.kind = CHART_COMPARE;
    d->chart.rows = rows;
}

/* Counts become shares of the pupils tested. */
static ChartPoint *level_points(Drawing *d, const Block *b, size_t period, size_t n_levels)
{
    ChartPoint *points = arena_alloc(d->arena, n_levels * sizeof *points);
    double sum = 0;
    bool hidden = false;
    size_t to = 0;

    for (size_t i = 0; i < b->n_indicators; i++) {
        const Cell *cell = &block_cell(b, 0, i, period)->cell;

        if (is_level(&b->indicators[i]) && cell_has_number(cell))
            sum += cell->value;
        hidden = hidden || (is_level(&b->indicators[i]) && cell->status == VALUE_MASKED);
    }
    for (size_t i = 0; i < b->n_indicators; i++) {
        const Cell *cell = &block_cell(b, 0, i, period)->cell;

        if (!is_level(&b->indicators[i]))
            continue;
        points[to] = point_of(d->arena, &b->indicators[i], cell);
        if (hidden && cell_has_number(cell)) /* a share of the pupils we do not see is none */
            points[to] = (ChartPoint){ .value = NAN, .status = CHART_MASKED };
        points[to++].value = sum > 0 && !hidden ? cell->value / sum * 100 : (double)NAN;
    }
    return points;
}

static void draw_levels(Drawing *d, const Block *b)
{
    ChartRow *rows = arena_alloc(d->arena, MAX(b->n_periods, 1) * sizeof *rows);
    ChartColumn *columns = arena_alloc(d->arena, MAX(b->n_indicators, 1) * sizeof *columns);

    for (size_t i = 0; i < b->n_indicators; i++)
        if (is_level(&b->indicators[i]))
            columns[d->chart.n_columns++].label =
                arena_printf(d->arena, _("Level %s"), strrchr(b->indicators[i].code, 'N') + 1);
    for (size_t p = 0; p < b->n_periods; p++)
        rows[p] = (ChartRow){ .name = b->periods[p].label,
                              .points = level_points(d, b, p, d->chart.n_columns),
                              .break_before = b->periods[p].break_text };
    d->chart.kind = CHART_LEVELS;
    d->chart.unit = "%";
    d->chart.decimals = 1;
    d->chart.columns = columns;
    d->chart.rows = rows;
    d->chart.n_rows = b->n_periods;
}

/* One standard deviation each way, so that small differences do not look large. */
static void set_axis(Chart *chart, const Indicator *indicator)
{
    if (!strcmp(indicator->unit, "skalapoeng")) {
        chart->low = 40;
        chart->high = 60;
    } else if (!strcmp(indicator->unit, "poeng") && isfinite(indicator->low) &&
               isfinite(indicator->high)) {
        chart->low = indicator->low;
        chart->high = indicator->high;
    }
}

Chart *tilstandsrapport_chart(const Content *content, const Block *block, const char *id)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    Drawing *d;

    if (!tilstandsrapport_block_draws(block))
        return NULL;
    d = g_new0(Drawing, 1);
    d->arena = arena_new();
    d->chart.id = arena_dup(d->arena, id);
    d->chart.title = arena_dup(d->arena, block->title);
    d->chart.reading = tilstandsrapport_reading(d->arena, content, block);
    d->chart.unit = indikator_unit_name(block->indicators[0].unit);
    d->chart.decimals = block->indicators[0].decimals;
    set_axis(&d->chart, &block->indicators[0]);
    if (block->view == VIEW_COMPARE)
        draw_compare(d, block);
    else if (block->view == VIEW_LEVELS)
        draw_levels(d, block);
    else
        draw_periods(d, block);
    return &d->chart;
}

void tilstandsrapport_chart_free(Chart *chart)
{
    Drawing *d = (Drawing *)(void *)chart;

    if (!d)
        return;
    arena_free(d->arena);
    g_free(d);
}

/* --- CSV --- */

/* Text is quoted; what a spreadsheet would take for a formula gets an apostrophe first. */
static void put_text(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    if (*text && strchr("=+-@\t\r", *text))
        g_string_append_c(out, '\'');
    csv_escape(out, text);
    g_string_append_c(out, '"');
}

static void put_number(GString *out, double value)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    if (isfinite(value)) {
        g_ascii_formatd(number, sizeof number, "%.10g", value);
        g_string_append(out, g_strdelimit(number, ".", ','));
    }
}

static const char *status_text(const Cell *cell)
{
    switch (cell->status) {
    case VALUE_OK:
        return cell->preliminary ? _("preliminary") : cell->computed ? _("computed") : "";
    case VALUE_MASKED:
        return _("hidden");
    case VALUE_NOT_TESTED:
        return _("not tested");
    case VALUE_QUALITATIVE:
    case VALUE_MISSING:
        break;
    }
    return cell->status == VALUE_MISSING ? _("no data") : "";
}

/* "fil.csv:12" -> "fil.csv": the row is the importer's matter. */
static void put_source(GString *out, const char *source)
{
    const char *colon = source ? strrchr(source, ':') : NULL;
    g_autofree char *file =
        source ? g_strndup(source, colon ? (gsize)(colon - source) : strlen(source)) : NULL;

    put_text(out, file ? file : "");
}

static void put_texts(GString *out, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put_text(out, texts[i]);
        g_string_append_c(out, ';');
    }
}

static void put_cell(GString *out, Arena *arena, const Block *b, size_t u, size_t i, size_t p)
{
    const ContentCell *at = block_cell(b, u, i, p);
    const Cell *cell = &at->cell;
    const Indicator *about = &b->indicators[i];
    const char *const names[] = { b->units[u].code,
                                  b->units[u].name,
                                  about->code,
                                  about->name,
                                  b->periods[p].label,
                                  about->grade ? about->grade : "",
                                  "alle" };
    bool words = cell->status == VALUE_QUALITATIVE;

    put_texts(out, names, G_N_ELEMENTS(names));
    put_number(out, cell->value);
    g_string_append_c(out, ';');
    put_number(out, cell->uncertainty);
    g_string_append_c(out, ';');
    if (cell->n != NO_INT)
        g_string_append_printf(out, "%" G_GINT64_FORMAT, cell->n);
    g_string_append_c(out, ';');
    put_text(out, words ? "" : status_text(cell));
    g_string_append_c(out, ';');
    put_text(out, words ? indikator_cell_text(arena, about, cell, false) : "");
    g_string_append_c(out, ';');
    put_source(out, at->source);
    g_string_append(out, "\r\n");
}

static void put_block(GString *out, Arena *arena, const Block *b)
{
    for (size_t u = 0; u < b->n_units; u++)
        for (size_t i = 0; i < b->n_indicators; i++)
            for (size_t p = 0; p < b->n_periods; p++) {
                if (b->view == VIEW_WORDS && block_cell(b, u, i, p)->cell.status == VALUE_MISSING)
                    continue; /* a list has no empty places */
                put_text(out, b->title);
                g_string_append_c(out, ';');
                put_cell(out, arena, b, u, i, p);
            }
}

/* The long format that values-csv reads too (domain.md 3.8), with names beside the codes. */
static GString *csv_begin(void)
{
    return g_string_new("\ufeff"
                        "blokk;enhet;enhetsnavn;indikator;indikatornavn;periode;trinn;kjonn;verdi;"
                        "usikkerhet;n;status;kvalitativ;kilde\r\n");
}

static char *csv_end(GString *out, size_t *ret_len)
{
    if (ret_len)
        *ret_len = out->len;
    return g_string_free(out, FALSE);
}

char *tilstandsrapport_csv(const Content *content, const Block *block, size_t *ret_len)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Arena) arena = arena_new();
    GString *out = csv_begin();

    put_block(out, arena, block);
    return csv_end(out, ret_len);
}

char *tilstandsrapport_csv_all(const Content *content, size_t *ret_len)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Arena) arena = arena_new();
    GString *out = csv_begin();

    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++)
            put_block(out, arena, &content->chapters[i].blocks[k]);
    return csv_end(out, ret_len);
}
