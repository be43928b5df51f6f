/* innhold-json-les.c - content read back from its frozen form, of this version and of older ones.
 *
 * The first thing that is not as written is remembered, and ends in an error.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <jansson.h>
#include "innhold-json.h"
#include "innhold-kontroll.h"

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
        (ValueStatus)need_word(r, from, "status", tilstandsrapport_json_statuses, N_JSON_STATUS);
    const bool hidden = json_object_get(from, "hidden") != NULL;

    return (ContentCell){
        .cell = { .status = status,
                  .value = get_real(r, from, "value"),
                  .uncertainty = get_real(r, from, "uncertainty"),
                  .n = get_int(r, from, "n"),
                  .preliminary = get_flag(from, "preliminary"),
                  .computed = get_flag(from, "computed"),
                  .quality = get_text(r, from, "quality"),
                  .hidden = hidden
                                ? (HiddenBy)need_word(r, from, "hidden",
                                                      tilstandsrapport_json_hidings, N_JSON_HIDING)
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
    Block b = { .view = (BlockView)need_word(r, from, "view", tilstandsrapport_json_views, N_VIEW),
                .title = need_text(r, from, "title"),
                .source = need_text(r, from, "source"),
                .rolling = get_real(r, from, "rolling") };
    const json_t *indicators = need_array(r, from, "indicators", &b.n_indicators), *cells;
    const json_t *control = json_object_get(from, "control"); /* older versions have none */
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
    if (control && !tilstandsrapport_control_from_json(r->arena, control, b.n_periods, &b.control))
        wrong(r, "control");
    return b;
}

/* A list that older versions do not have. */
static const json_t *some_array(Reader *r, const json_t *from, const char *key, size_t *ret_n)
{
    *ret_n = 0;
    return json_object_get(from, key) ? need_array(r, from, key, ret_n) : NULL;
}

static const char *some_text(Reader *r, const json_t *from, const char *key)
{
    const char *text = get_text(r, from, key);

    return text ? text : "";
}

static void read_goals(Reader *r, const json_t *from, ContentChapter *c)
{
    const json_t *all = some_array(r, from, "goal_items", &c->n_goals);

    c->goal_items = arena_alloc(r->arena, MAX(c->n_goals, 1) * sizeof(ContentGoal));
    for (size_t i = 0; i < c->n_goals; i++) {
        const json_t *g = json_array_get(all, i);

        c->goal_items[i] = (ContentGoal){ .goal = need_text(r, g, "goal"),
                                          .code = some_text(r, g, "code"),
                                          .name = some_text(r, g, "name"),
                                          .direction = some_text(r, g, "direction"),
                                          .baseline = some_text(r, g, "baseline"),
                                          .target = some_text(r, g, "target"),
                                          .judgement = some_text(r, g, "judgement"),
                                          .due = get_text(r, g, "due") };
    }
}

static void read_measures(Reader *r, const json_t *from, ContentChapter *c)
{
    const json_t *all = some_array(r, from, "measure_items", &c->n_measures);

    c->measure_items = arena_alloc(r->arena, MAX(c->n_measures, 1) * sizeof(ContentMeasure));
    for (size_t i = 0; i < c->n_measures; i++) {
        const json_t *m = json_array_get(all, i);

        c->measure_items[i] = (ContentMeasure){ .measure = need_text(r, m, "measure"),
                                                .responsible = some_text(r, m, "responsible"),
                                                .code = some_text(r, m, "code"),
                                                .name = some_text(r, m, "name"),
                                                .status = need_text(r, m, "status"),
                                                .note = some_text(r, m, "note"),
                                                .starts = get_text(r, m, "starts"),
                                                .due = get_text(r, m, "due") };
    }
}

static void read_last_year(Reader *r, const json_t *from, ContentChapter *c)
{
    const json_t *all = some_array(r, from, "last_year", &c->n_last_year);

    c->last_year_of = get_text(r, from, "last_year_of");
    c->last_year = arena_alloc(r->arena, MAX(c->n_last_year, 1) * sizeof(ContentLastYear));
    for (size_t i = 0; i < c->n_last_year; i++) {
        const json_t *l = json_array_get(all, i);

        c->last_year[i] = (ContentLastYear){ .task = need_text(r, l, "task"),
                                             .responsible = some_text(r, l, "responsible"),
                                             .then = some_text(r, l, "then"),
                                             .status = some_text(r, l, "status"),
                                             .note = some_text(r, l, "note"),
                                             .due = get_text(r, l, "due") };
    }
}

static void read_blocks(Reader *r, const json_t *from, Block **ret, size_t *ret_n)
{
    const json_t *blocks = need_array(r, from, "blocks", ret_n);

    *ret = arena_alloc(r->arena, MAX(*ret_n, 1) * sizeof(Block));
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = read_block(r, json_array_get(blocks, i));
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

    read_blocks(r, from, &c.blocks, &c.n_blocks);
    read_goals(r, from, &c);
    read_measures(r, from, &c);
    read_last_year(r, from, &c);
    return c;
}

static void read_sources(Reader *r, const json_t *from, ContentSource **ret, size_t *ret_n)
{
    const json_t *sources = need_array(r, from, "sources", ret_n);

    *ret = arena_alloc(r->arena, MAX(*ret_n, 1) * sizeof(ContentSource));
    for (size_t i = 0; i < *ret_n; i++) {
        const json_t *source = json_array_get(sources, i);

        (*ret)[i] =
            (ContentSource){ need_text(r, source, "file"), get_text(r, source, "imported_on") };
    }
}

static void read_lists(Reader *r, const json_t *from, Content *c)
{
    const json_t *chapters = need_array(r, from, "chapters", &c->n_chapters);

    c->chapters = arena_alloc(r->arena, MAX(c->n_chapters, 1) * sizeof(ContentChapter));
    for (size_t i = 0; i < c->n_chapters; i++)
        c->chapters[i] = read_chapter(r, json_array_get(chapters, i));
    read_sources(r, from, &c->sources, &c->n_sources);
}

static void read_corrections(Reader *r, const json_t *from, Content *c)
{
    const json_t *all = json_object_get(from, "corrections");

    if (!all)
        return;
    all = need_array(r, from, "corrections", &c->n_corrections);
    c->corrections = arena_alloc(r->arena, MAX(c->n_corrections, 1) * sizeof(CorrectionNote));
    for (size_t i = 0; i < c->n_corrections; i++) {
        const json_t *one = json_array_get(all, i);

        c->corrections[i] =
            (CorrectionNote){ .day = need_text(r, one, "day"),
                              .title = need_text(r, one, "title"),
                              .was = need_text(r, one, "was"),
                              .now = need_text(r, one, "now"),
                              .chapter = (int)CLAMP(get_int(r, one, "chapter"), 0, 1000),
                              .figures = get_flag(one, "figures") };
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

static json_t *load(const char *json, GError **error)
{
    json_error_t why;
    json_t *root = json_loads(json, 0, &why);

    if (!root)
        app_fail(error, APP_ERROR_DB, "a frozen report is damaged at line %d, column %d: %s",
                 why.line, why.column, why.text);
    return root;
}

static bool whole(const Reader *r, GError **error)
{
    return !r->wrong ||
           app_fail(error, APP_ERROR_DB, "a frozen report is damaged: its \"%s\" is not as written",
                    r->wrong);
}

bool tilstandsrapport_from_json(Arena *arena, const char *json, Content *ret, GError **error)
{
    static const char *const audiences[] = {
        [AUDIENCE_PUBLIC] = "offentlig", [AUDIENCE_INTERNAL] = "intern"
    };
    Reader r = { .arena = arena };
    json_t *root = load(json, error);
    Content c;

    if (!root)
        return false;
    if (get_int(&r, root, "format") != JSON_FORMAT)
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
    read_corrections(&r, root, &c);
    json_decref(root);
    if (!whole(&r, error))
        return false;
    *ret = c;
    return true;
}

bool tilstandsrapport_figures_from_json(Arena *arena, const char *json, Figures *ret,
                                        GError **error)
{
    Reader r = { .arena = arena };
    json_t *root = load(json, error);
    Figures f;

    if (!root)
        return false;
    if (get_int(&r, root, "format") != JSON_FORMAT)
        wrong(&r, "format");
    read_blocks(&r, root, &f.blocks, &f.n_blocks);
    read_sources(&r, root, &f.sources, &f.n_sources);
    json_decref(root);
    if (!whole(&r, error))
        return false;
    *ret = f;
    return true;
}
