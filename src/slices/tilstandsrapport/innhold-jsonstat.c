/* innhold-jsonstat.c - the figures of a report as JSON-stat 2.0: a collection with a dataset a block.
 *
 * What is hidden is hidden here as everywhere: null with a status, and no number beside it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <jansson.h>
#include "blokker.h"
#include "mal.h"

typedef enum { SIZE_VALUE, SIZE_UNCERTAINTY, SIZE_N, N_SIZE } Size;

static json_t *text(const char *words)
{
    return json_string(words ? words : "");
}

static const char *moment(Arena *arena, const char *day)
{
    return arena_printf(arena, "%sT00:00:00Z", day);
}

/* --- dimensions --- */

/* A category's id: its code, or its place when it has none or shares it. */
static const char *unit_id(Arena *arena, const Block *b, size_t unit)
{
    const char *code = b->units[unit].code;
    size_t same = 0;

    for (size_t u = 0; u < b->n_units; u++)
        same += !strcmp(b->units[u].code, code);
    return *code && same == 1 ? code : arena_printf(arena, "enhet-%zu", unit + 1);
}

static json_t *units(Arena *arena, const Block *b)
{
    json_t *index = json_array(), *label = json_object();

    for (size_t u = 0; u < b->n_units; u++) {
        json_array_append_new(index, text(unit_id(arena, b, u)));
        json_object_set_new(label, unit_id(arena, b, u), text(b->units[u].name));
    }
    return json_pack("{s:s, s:{s:o, s:o}}", "label", _("Unit"), "category", "index", index, "label",
                     label);
}

static json_t *indicators(const Block *b)
{
    json_t *index = json_array(), *label = json_object(), *unit = json_object();

    for (size_t i = 0; i < b->n_indicators; i++) {
        const Indicator *about = &b->indicators[i];

        json_array_append_new(index, text(about->code));
        json_object_set_new(label, about->code, text(about->name));
        json_object_set_new(unit, about->code,
                            json_pack("{s:s, s:i}", "label", indikator_unit_name(about->unit),
                                      "decimals", about->decimals));
    }
    return json_pack("{s:s, s:{s:o, s:o, s:o}}", "label", _("Indicator"), "category", "index",
                     index, "label", label, "unit", unit);
}

static json_t *periods(Arena *arena, const Block *b)
{
    json_t *index = json_array(), *label = json_object(), *note = json_object();

    for (size_t p = 0; p < b->n_periods; p++) {
        const ContentPeriod *period = &b->periods[p];

        json_array_append_new(index, text(period->label));
        json_object_set_new(label, period->label,
                            text(tilstandsrapport_word_period(arena, period->label)));
        if (period->break_text)
            json_object_set_new(note, period->label, json_pack("[s]", period->break_text));
    }
    return json_pack("{s:s, s:{s:o, s:o, s:o}}", "label", _("Period"), "category", "index", index,
                     "label", label, "note", note);
}

static json_t *sizes(void)
{
    return json_pack("{s:s, s:{s:[s,s,s], s:{s:s, s:s, s:s}}}", "label", _("Size"), "category",
                     "index", "verdi", "usikkerhet", "antall", "label", "verdi", _("Value"),
                     "usikkerhet", _("Uncertainty"), "antall", _("Number"));
}

/* --- cells --- */

static json_t *number_of(const Cell *cell, Size size)
{
    double value = size == SIZE_VALUE ? cell->value : cell->uncertainty;

    if (cell->status != VALUE_OK)
        return json_null();
    if (size == SIZE_N)
        return cell->n == NO_INT ? json_null() : json_integer(cell->n);
    return isfinite(value) ? json_real(value) : json_null();
}

/* NULL: nothing to say. */
static const char *status_of(const Cell *cell, Size size)
{
    switch (cell->status) {
    case VALUE_MASKED:
        return ":";
    case VALUE_MISSING:
        return "..";
    case VALUE_NOT_TESTED:
        return ".";
    case VALUE_QUALITATIVE:
        return size == SIZE_VALUE ? cell->quality : NULL;
    case VALUE_OK:
        break;
    }
    return size != SIZE_VALUE ? NULL : cell->preliminary ? "p" : cell->computed ? "c" : NULL;
}

static void fill_cells(const Block *b, json_t *value, json_t *status)
{
    size_t n = b->n_units * b->n_indicators * b->n_periods; /* row-major, as the blocks are */

    for (size_t k = 0; k < n * N_SIZE; k++) {
        const Cell *cell = &b->cells[k / N_SIZE].cell;
        const char *said = status_of(cell, (Size)(k % N_SIZE));
        char key[24];

        json_array_append_new(value, number_of(cell, (Size)(k % N_SIZE)));
        g_snprintf(key, sizeof key, "%zu", k);
        if (said)
            json_object_set_new(status, key, text(said));
    }
}

/* --- datasets --- */

static json_t *status_words(void)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", ":", _("hidden"), "..", _("no data"), ".",
                     _("not tested"), "p", _("preliminary"), "c", _("computed"));
}

static json_t *dataset(Arena *arena, const Content *content, const ContentChapter *chapter,
                       const Block *b)
{
    json_t *value = json_array(), *status = json_object();

    fill_cells(b, value, status);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:[s], s:[s,s,s,s], s:[i,i,i,i],"
                     " s:{s:[s], s:[s], s:[s]}, s:{s:o, s:o, s:o, s:o}, s:o, s:o, s:{s:s, s:o}}",
                     "version", "2.0", "class", "dataset", "label", b->title, "source",
                     b->source ? b->source : "", "updated", moment(arena, content->made_on), "note",
                     skjerming_legend(), "id", "enhet", "indikator", "periode", "storrelse", "size",
                     (int)b->n_units, (int)b->n_indicators, (int)b->n_periods, (int)N_SIZE, "role",
                     "geo", "enhet", "metric", "indikator", "time", "periode", "dimension", "enhet",
                     units(arena, b), "indikator", indicators(b), "periode", periods(arena, b),
                     "storrelse", sizes(), "value", value, "status", status, "extension", "chapter",
                     chapter->title, "status", status_words());
}

char *tilstandsrapport_jsonstat(const Content *content, size_t *ret_len)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Arena) arena = arena_new();
    json_t *items = json_array(), *all;
    char *json, *copy;

    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++)
            json_array_append_new(items, dataset(arena, content, &content->chapters[i],
                                                 &content->chapters[i].blocks[k]));
    all = json_pack("{s:s, s:s, s:s, s:s, s:{s:o}, s:{s:s, s:s, s:s, s:s}}", "version", "2.0",
                    "class", "collection", "label", content->title, "updated",
                    moment(arena, content->made_on), "link", "item", items, "extension", "owner",
                    content->owner_name, "number", content->owner_number, "audience",
                    skjerming_audience_code(content->audience), "rules", content->rules);
    g_assert(all);
    json = json_dumps(all, JSON_COMPACT | JSON_REAL_PRECISION(10));
    json_decref(all);
    copy = g_strdup(json);
    free(json);
    if (ret_len)
        *ret_len = strlen(copy);
    return copy;
}
