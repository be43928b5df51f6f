/* innhold-json.c - content as JSON and back, exactly: the frozen form.
 *
 * Keys are sorted and absent where there is nothing to say: NAN, NO_INT, NULL and "" strings of a
 * chapter are told apart again by their place. A hidden cell is its status and nothing else.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <jansson.h>
#include "innhold.h"

#define FORMAT 1 /* raised when an older program could misread what is written */

static const char *const statuses[] = { [VALUE_OK] = "ok",
                                        [VALUE_MASKED] = "masked",
                                        [VALUE_MISSING] = "missing",
                                        [VALUE_NOT_TESTED] = "not_tested",
                                        [VALUE_QUALITATIVE] = "qualitative" };
static const char *const views[N_VIEW] = {
    [VIEW_SERIES] = "series",     [VIEW_COMPARE] = "compare", [VIEW_SCHOOLS] = "schools",
    [VIEW_QUARTERS] = "quarters", [VIEW_LEVELS] = "levels",   [VIEW_WORDS] = "words"
};
static const char *const hidings[] = { [HIDDEN_NOT] = "not",
                                       [HIDDEN_SOURCE] = "source",
                                       [HIDDEN_PRIMARY] = "primary",
                                       [HIDDEN_SECONDARY] = "secondary" };

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

    set_text(to, "status", statuses[c->status]);
    if (c->status == VALUE_MASKED) {
        if (c->hidden != HIDDEN_NOT)
            set_text(to, "hidden", hidings[c->hidden]);
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

    set_text(to, "view", views[b->view]);
    set_text(to, "title", b->title);
    set_text(to, "source", b->source);
    set_real(to, "rolling", b->rolling);
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

static json_t *chapter_json(const ContentChapter *c)
{
    json_t *to = json_object(), *blocks = json_array();

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
    for (size_t i = 0; i < c->n_blocks; i++)
        json_array_append_new(blocks, block_json(&c->blocks[i]));
    json_object_set_new(to, "blocks", blocks);
    return to;
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

static json_t *content_json(const Content *c)
{
    json_t *to = json_object(), *chapters = json_array(), *sources = json_array();

    json_object_set_new(to, "format", json_integer(FORMAT));
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
    for (size_t i = 0; i < c->n_sources; i++) {
        json_t *source = json_object();

        set_text(source, "file", c->sources[i].file);
        set_text(source, "imported_on", c->sources[i].imported_on);
        json_array_append_new(sources, source);
    }
    json_object_set_new(to, "chapters", chapters);
    json_object_set_new(to, "sources", sources);
    if (c->n_inputs) /* older versions have none */
        json_object_set_new(to, "inputs", inputs_json(c));
    return to;
}

char *tilstandsrapport_to_json(const Content *content)
{
    json_t *root = content_json(content);
    char *raw = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT | JSON_REAL_PRECISION(17));
    char *text = g_strdup(raw);

    g_assert(raw); /* every string was made valid */
    free(raw);
    json_decref(root);
    return text;
}

/* --- reading: the first thing that is not as written is remembered, and ends in an error --- */

typedef struct {
    Arena *arena;
    const char *wrong; /* key of the first part that is damaged; NULL while all is well */
} Reader;

static void wrong(Reader *r, const char *key)
{
    if (!r->wrong)
        r->wrong = key;
}

static const char *get_text(Reader *r, const json_t *from, const char *key)
{
    const json_t *value = json_object_get(from, key);

    if (value && !json_is_string(value))
        wrong(r, key);
    return json_is_string(value) ? arena_dup(r->arena, json_string_value(value)) : NULL;
}

static const char *need_text(Reader *r, const json_t *from, const char *key)
{
    const char *text = get_text(r, from, key);

    if (!text)
        wrong(r, key);
    return text ? text : "";
}

static double get_real(Reader *r, const json_t *from, const char *key)
{
    const json_t *value = json_object_get(from, key);

    if (value && !json_is_number(value))
        wrong(r, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static int64_t get_int(Reader *r, const json_t *from, const char *key)
{
    const json_t *value = json_object_get(from, key);

    if (value && !json_is_integer(value))
        wrong(r, key);
    return json_is_integer(value) ? json_integer_value(value) : NO_INT;
}

static bool get_flag(const json_t *from, const char *key)
{
    return json_is_true(json_object_get(from, key));
}

static unsigned need_word(Reader *r, const json_t *from, const char *key, const char *const *words,
                          unsigned n)
{
    const char *text = need_text(r, from, key);

    for (unsigned i = 0; i < n; i++)
        if (!strcmp(words[i], text))
            return i;
    wrong(r, key);
    return 0;
}

static const json_t *need_array(Reader *r, const json_t *from, const char *key, size_t *ret_n)
{
    const json_t *array = json_object_get(from, key);

    if (!json_is_array(array))
        wrong(r, key);
    *ret_n = json_array_size(array); /* 0 for what is no array */
    return array;
}

static ContentCell read_cell(Reader *r, const json_t *from)
{
    const ValueStatus status =
        (ValueStatus)need_word(r, from, "status", statuses, G_N_ELEMENTS(statuses));
    const bool hidden = json_object_get(from, "hidden") != NULL;

    return (ContentCell){
        .cell = { .status = status,
                  .value = get_real(r, from, "value"),
                  .uncertainty = get_real(r, from, "uncertainty"),
                  .n = get_int(r, from, "n"),
                  .preliminary = get_flag(from, "preliminary"),
                  .computed = get_flag(from, "computed"),
                  .quality = get_text(r, from, "quality"),
                  .hidden = hidden ? (HiddenBy)need_word(r, from, "hidden", hidings,
                                                         G_N_ELEMENTS(hidings))
                                   : HIDDEN_NOT,
                  .rule = get_text(r, from, "rule") },
        .source = get_text(r, from, "source"),
    };
}

static Indicator read_indicator(Reader *r, const json_t *from)
{
    return (Indicator){ .code = need_text(r, from, "code"),
                        .name = need_text(r, from, "name"),
                        .theme = need_text(r, from, "theme"),
                        .source = need_text(r, from, "source"),
                        .unit = need_text(r, from, "unit"),
                        .direction = need_text(r, from, "direction"),
                        .decimals = (int)CLAMP(get_int(r, from, "decimals"), 0, 6),
                        .low = get_real(r, from, "low"),
                        .high = get_real(r, from, "high"),
                        .period = need_text(r, from, "period"),
                        .grade = need_text(r, from, "grade"),
                        .rule = need_text(r, from, "rule"),
                        .explain = need_text(r, from, "explain") };
}

static void read_rows(Reader *r, const json_t *from, Block *b)
{
    const json_t *units = need_array(r, from, "units", &b->n_units);
    const json_t *periods = need_array(r, from, "periods", &b->n_periods);

    b->units = arena_alloc(r->arena, MAX(b->n_units, 1) * sizeof(ContentUnit));
    b->periods = arena_alloc(r->arena, MAX(b->n_periods, 1) * sizeof(ContentPeriod));
    for (size_t i = 0; i < b->n_units; i++) {
        const json_t *unit = json_array_get(units, i);

        b->units[i] = (ContentUnit){ need_text(r, unit, "code"), need_text(r, unit, "name"),
                                     get_flag(unit, "own") };
    }
    for (size_t i = 0; i < b->n_periods; i++) {
        const json_t *period = json_array_get(periods, i);

        b->periods[i] =
            (ContentPeriod){ need_text(r, period, "label"), get_text(r, period, "break") };
    }
}

static Block read_block(Reader *r, const json_t *from)
{
    Block b = { .view = (BlockView)need_word(r, from, "view", views, N_VIEW),
                .title = need_text(r, from, "title"),
                .source = need_text(r, from, "source"),
                .rolling = get_real(r, from, "rolling") };
    const json_t *indicators = need_array(r, from, "indicators", &b.n_indicators), *cells;
    size_t n_cells;

    b.indicators = arena_alloc(r->arena, MAX(b.n_indicators, 1) * sizeof(Indicator));
    for (size_t i = 0; i < b.n_indicators; i++)
        b.indicators[i] = read_indicator(r, json_array_get(indicators, i));
    read_rows(r, from, &b);
    cells = need_array(r, from, "cells", &n_cells);
    if (n_cells == 0 || n_cells != b.n_units * b.n_indicators * b.n_periods)
        wrong(r, "cells");
    b.cells = arena_alloc(r->arena, MAX(n_cells, 1) * sizeof(ContentCell));
    for (size_t i = 0; i < n_cells; i++)
        b.cells[i] = read_cell(r, json_array_get(cells, i));
    return b;
}

static ContentChapter read_chapter(Reader *r, const json_t *from)
{
    ContentChapter c = { .nr = (int)CLAMP(get_int(r, from, "nr"), 0, 1000),
                         .kind = need_text(r, from, "kind"),
                         .theme = need_text(r, from, "theme"),
                         .title = need_text(r, from, "title"),
                         .statutory = get_flag(from, "statutory"),
                         .body = need_text(r, from, "body"),
                         .goals = need_text(r, from, "goals"),
                         .judgement = need_text(r, from, "judgement"),
                         .measures = need_text(r, from, "measures"),
                         .no_measures = need_text(r, from, "no_measures"),
                         .missing = get_text(r, from, "missing") };
    const json_t *blocks = need_array(r, from, "blocks", &c.n_blocks);

    c.blocks = arena_alloc(r->arena, MAX(c.n_blocks, 1) * sizeof(Block));
    for (size_t i = 0; i < c.n_blocks; i++)
        c.blocks[i] = read_block(r, json_array_get(blocks, i));
    return c;
}

static void read_lists(Reader *r, const json_t *from, Content *c)
{
    const json_t *chapters = need_array(r, from, "chapters", &c->n_chapters);
    const json_t *sources = need_array(r, from, "sources", &c->n_sources);

    c->chapters = arena_alloc(r->arena, MAX(c->n_chapters, 1) * sizeof(ContentChapter));
    for (size_t i = 0; i < c->n_chapters; i++)
        c->chapters[i] = read_chapter(r, json_array_get(chapters, i));
    c->sources = arena_alloc(r->arena, MAX(c->n_sources, 1) * sizeof(ContentSource));
    for (size_t i = 0; i < c->n_sources; i++) {
        const json_t *source = json_array_get(sources, i);

        c->sources[i] =
            (ContentSource){ need_text(r, source, "file"), get_text(r, source, "imported_on") };
    }
}

static void read_inputs(Reader *r, const json_t *from, Content *c)
{
    const json_t *all = json_object_get(from, "inputs");

    if (!all)
        return;
    all = need_array(r, from, "inputs", &c->n_inputs);
    c->inputs = arena_alloc(r->arena, MAX(c->n_inputs, 1) * sizeof(AnsweredInput));
    for (size_t i = 0; i < c->n_inputs; i++) {
        const json_t *one = json_array_get(all, i);

        c->inputs[i] = (AnsweredInput){ .group = need_text(r, one, "group"),
                                        .body = need_text(r, one, "body"),
                                        .chapter = (int)CLAMP(get_int(r, one, "chapter"), 0, 1000),
                                        .title = need_text(r, one, "title"),
                                        .text = need_text(r, one, "text"),
                                        .verdict = need_text(r, one, "verdict"),
                                        .answer = need_text(r, one, "answer") };
    }
}

bool tilstandsrapport_from_json(Arena *arena, const char *json, Content *ret, GError **error)
{
    static const char *const audiences[] = {
        [AUDIENCE_PUBLIC] = "offentlig", [AUDIENCE_INTERNAL] = "intern"
    };
    Reader r = { .arena = arena };
    json_error_t why;
    json_t *root = json_loads(json, 0, &why);
    Content c;

    if (!root)
        return app_fail(error, APP_ERROR_DB, "a frozen report is damaged at line %d, column %d: %s",
                        why.line, why.column, why.text);
    if (get_int(&r, root, "format") != FORMAT)
        wrong(&r, "format");
    c = (Content){ .owner_name = need_text(&r, root, "owner_name"),
                   .owner_number = need_text(&r, root, "owner_number"),
                   .title = need_text(&r, root, "title"),
                   .year = need_text(&r, root, "year"),
                   .language = i18n_lang(need_text(&r, root, "language")),
                   .audience = (Audience)need_word(&r, root, "audience", audiences,
                                                   G_N_ELEMENTS(audiences)),
                   .law = need_text(&r, root, "law"),
                   .duty = need_text(&r, root, "duty"),
                   .made_on = need_text(&r, root, "made_on"),
                   .rules = need_text(&r, root, "rules") };
    read_lists(&r, root, &c);
    read_inputs(&r, root, &c);
    json_decref(root);
    if (r.wrong)
        return app_fail(error, APP_ERROR_DB,
                        "a frozen report is damaged: its \"%s\" is not as written", r.wrong);
    *ret = c;
    return true;
}
