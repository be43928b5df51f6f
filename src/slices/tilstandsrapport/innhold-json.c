/* innhold-json.c - content as JSON and back, exactly: the frozen form.
 *
 * Keys are sorted and absent where there is nothing to say: NAN, NO_INT, NULL and "" strings of a
 * chapter are told apart again by their place. A hidden cell is its status and nothing else.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <jansson.h>
#include "innhold-json.h"
#include "innhold-kontroll.h"

const char *const tilstandsrapport_json_statuses[N_JSON_STATUS] = { [VALUE_OK] = "ok",
                                                                    [VALUE_MASKED] = "masked",
                                                                    [VALUE_MISSING] = "missing",
                                                                    [VALUE_NOT_TESTED] =
                                                                        "not_tested",
                                                                    [VALUE_QUALITATIVE] =
                                                                        "qualitative" };
const char *const tilstandsrapport_json_views[N_VIEW] = {
    [VIEW_SERIES] = "series",     [VIEW_COMPARE] = "compare", [VIEW_SCHOOLS] = "schools",
    [VIEW_QUARTERS] = "quarters", [VIEW_LEVELS] = "levels",   [VIEW_WORDS] = "words"
};
const char *const tilstandsrapport_json_hidings[N_JSON_HIDING] = { [HIDDEN_NOT] = "not",
                                                                   [HIDDEN_SOURCE] = "source",
                                                                   [HIDDEN_PRIMARY] = "primary",
                                                                   [HIDDEN_SECONDARY] =
                                                                       "secondary" };

/* --- writing --- */

static void set_text(json_t *to, const char *key, const char *text)
{
    g_autofree char *valid = text ? g_utf8_make_valid(text, -1) : NULL;

    if (valid)
        json_object_set_new(to, key, json_string(valid));
}

static void set_real(json_t *to, const char *key, double value)
{
    if (isfinite(value))
        json_object_set_new(to, key, json_real(value));
}

static void set_flag(json_t *to, const char *key, bool value)
{
    if (value)
        json_object_set_new(to, key, json_true());
}

static json_t *cell_json(const ContentCell *from)
{
    const Cell *c = &from->cell;
    json_t *to = json_object();

    set_text(to, "status", tilstandsrapport_json_statuses[c->status]);
    if (c->status == VALUE_MASKED) {
        if (c->hidden != HIDDEN_NOT)
            set_text(to, "hidden", tilstandsrapport_json_hidings[c->hidden]);
        set_text(to, "rule", c->rule);
        set_flag(to, "preliminary", c->preliminary);
        return to;
    }
    set_real(to, "value", c->value);
    set_real(to, "uncertainty", c->uncertainty);
    if (c->n != NO_INT)
        json_object_set_new(to, "n", json_integer(c->n));
    set_flag(to, "preliminary", c->preliminary);
    set_flag(to, "computed", c->computed);
    set_text(to, "quality", c->quality);
    set_text(to, "source", from->source);
    return to;
}

static json_t *indicator_json(const Indicator *i)
{
    json_t *to = json_object();

    set_text(to, "code", i->code);
    set_text(to, "name", i->name);
    set_text(to, "theme", i->theme);
    set_text(to, "source", i->source);
    set_text(to, "unit", i->unit);
    set_text(to, "direction", i->direction);
    json_object_set_new(to, "decimals", json_integer(i->decimals));
    set_real(to, "low", i->low);
    set_real(to, "high", i->high);
    set_text(to, "period", i->period);
    set_text(to, "grade", i->grade);
    set_text(to, "rule", i->rule);
    set_text(to, "explain", i->explain);
    return to;
}

static json_t *block_json(const Block *b)
{
    json_t *to = json_object(), *indicators = json_array(), *units = json_array(),
           *periods = json_array(), *cells = json_array();

    set_text(to, "view", tilstandsrapport_json_views[b->view]);
    set_text(to, "title", b->title);
    set_text(to, "source", b->source);
    set_real(to, "rolling", b->rolling);
    if (b->control)
        json_object_set_new(to, "control", tilstandsrapport_control_json(b->control, b->n_periods));
    for (size_t i = 0; i < b->n_indicators; i++)
        json_array_append_new(indicators, indicator_json(&b->indicators[i]));
    for (size_t i = 0; i < b->n_units; i++) {
        json_t *unit = json_object();

        set_text(unit, "code", b->units[i].code);
        set_text(unit, "name", b->units[i].name);
        set_flag(unit, "own", b->units[i].own);
        json_array_append_new(units, unit);
    }
    for (size_t i = 0; i < b->n_periods; i++) {
        json_t *period = json_object();

        set_text(period, "label", b->periods[i].label);
        set_text(period, "break", b->periods[i].break_text);
        json_array_append_new(periods, period);
    }
    for (size_t i = 0; i < b->n_units * b->n_indicators * b->n_periods; i++)
        json_array_append_new(cells, cell_json(&b->cells[i]));
    json_object_set_new(to, "indicators", indicators);
    json_object_set_new(to, "units", units);
    json_object_set_new(to, "periods", periods);
    json_object_set_new(to, "cells", cells);
    return to;
}

static json_t *blocks_json(const Block *v, size_t n)
{
    json_t *to = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(to, block_json(&v[i]));
    return to;
}

/* A list that is empty leaves no trace, so that a report without goals is the same bytes as before. */
static void set_list(json_t *to, const char *key, json_t *list)
{
    if (json_array_size(list))
        json_object_set(to, key, list);
    json_decref(list);
}

static void set_some(json_t *to, const char *key, const char *text)
{
    set_text(to, key, text && *text ? text : NULL);
}

static json_t *goals_json(const ContentChapter *c)
{
    json_t *all = json_array();

    for (size_t i = 0; i < c->n_goals; i++) {
        const ContentGoal *g = &c->goal_items[i];
        json_t *to = json_object();

        set_text(to, "goal", g->goal);
        set_some(to, "code", g->code);
        set_some(to, "name", g->name);
        set_some(to, "direction", g->direction);
        set_some(to, "baseline", g->baseline);
        set_some(to, "target", g->target);
        set_some(to, "judgement", g->judgement);
        set_text(to, "due", g->due);
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *measures_json(const ContentChapter *c)
{
    json_t *all = json_array();

    for (size_t i = 0; i < c->n_measures; i++) {
        const ContentMeasure *m = &c->measure_items[i];
        json_t *to = json_object();

        set_text(to, "measure", m->measure);
        set_some(to, "responsible", m->responsible);
        set_some(to, "code", m->code);
        set_some(to, "name", m->name);
        set_text(to, "status", m->status);
        set_some(to, "note", m->note);
        set_text(to, "starts", m->starts);
        set_text(to, "due", m->due);
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *last_year_json(const ContentChapter *c)
{
    json_t *all = json_array();

    for (size_t i = 0; i < c->n_last_year; i++) {
        const ContentLastYear *l = &c->last_year[i];
        json_t *to = json_object();

        set_text(to, "task", l->task);
        set_some(to, "responsible", l->responsible);
        set_some(to, "then", l->then);
        set_some(to, "status", l->status);
        set_some(to, "note", l->note);
        set_text(to, "due", l->due);
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *chapter_json(const ContentChapter *c)
{
    json_t *to = json_object();

    json_object_set_new(to, "nr", json_integer(c->nr));
    set_text(to, "kind", c->kind);
    set_text(to, "theme", c->theme);
    set_text(to, "title", c->title);
    set_flag(to, "statutory", c->statutory);
    set_text(to, "body", c->body);
    set_text(to, "goals", c->goals);
    set_text(to, "judgement", c->judgement);
    set_text(to, "measures", c->measures);
    set_text(to, "no_measures", c->no_measures);
    set_text(to, "missing", c->missing);
    json_object_set_new(to, "blocks", blocks_json(c->blocks, c->n_blocks));
    set_list(to, "goal_items", goals_json(c));
    set_list(to, "measure_items", measures_json(c));
    set_list(to, "last_year", last_year_json(c));
    set_text(to, "last_year_of", c->n_last_year ? c->last_year_of : NULL);
    return to;
}

static json_t *corrections_json(const Content *c)
{
    json_t *all = json_array();

    for (size_t i = 0; i < c->n_corrections; i++) {
        const CorrectionNote *from = &c->corrections[i];
        json_t *to = json_object();

        set_text(to, "day", from->day);
        set_text(to, "title", from->title);
        set_text(to, "was", from->was);
        set_text(to, "now", from->now);
        json_object_set_new(to, "chapter", json_integer(from->chapter));
        set_flag(to, "figures", from->figures);
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *inputs_json(const Content *c)
{
    json_t *all = json_array();

    for (size_t i = 0; i < c->n_inputs; i++) {
        const AnsweredInput *from = &c->inputs[i];
        json_t *to = json_object();

        set_text(to, "group", from->group);
        set_text(to, "body", from->body);
        json_object_set_new(to, "chapter", json_integer(from->chapter));
        set_text(to, "title", from->title);
        set_text(to, "text", from->text);
        set_text(to, "verdict", from->verdict);
        set_text(to, "answer", from->answer);
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *sources_json(const ContentSource *v, size_t n)
{
    json_t *all = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *source = json_object();

        set_text(source, "file", v[i].file);
        set_text(source, "imported_on", v[i].imported_on);
        json_array_append_new(all, source);
    }
    return all;
}

static json_t *content_json(const Content *c)
{
    json_t *to = json_object(), *chapters = json_array();

    json_object_set_new(to, "format", json_integer(JSON_FORMAT));
    set_text(to, "owner_name", c->owner_name);
    set_text(to, "owner_number", c->owner_number);
    set_text(to, "title", c->title);
    set_text(to, "year", c->year);
    set_text(to, "language", i18n_tag(c->language));
    set_text(to, "audience", skjerming_audience_code(c->audience));
    set_text(to, "law", c->law);
    set_text(to, "duty", c->duty);
    set_text(to, "made_on", c->made_on);
    set_text(to, "rules", c->rules);
    for (size_t i = 0; i < c->n_chapters; i++)
        json_array_append_new(chapters, chapter_json(&c->chapters[i]));
    json_object_set_new(to, "chapters", chapters);
    json_object_set_new(to, "sources", sources_json(c->sources, c->n_sources));
    if (c->n_corrections)
        json_object_set_new(to, "corrections", corrections_json(c));
    if (c->n_inputs) /* older versions have none */
        json_object_set_new(to, "inputs", inputs_json(c));
    return to;
}

/* The bytes of a tree, which is given up. */
static char *bytes_of(json_t *root)
{
    char *raw = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT | JSON_REAL_PRECISION(17));
    char *text = g_strdup(raw);

    g_assert(raw); /* every string was made valid */
    free(raw);
    json_decref(root);
    return text;
}

char *tilstandsrapport_to_json(const Content *content)
{
    return bytes_of(content_json(content));
}

char *tilstandsrapport_figures_to_json(const Figures *figures)
{
    json_t *root = json_object();

    json_object_set_new(root, "format", json_integer(JSON_FORMAT));
    json_object_set_new(root, "blocks", blocks_json(figures->blocks, figures->n_blocks));
    json_object_set_new(root, "sources", sources_json(figures->sources, figures->n_sources));
    return bytes_of(root);
}
