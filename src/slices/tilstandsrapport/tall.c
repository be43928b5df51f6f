/* tall.c - the figures of a draft: held, compared with the data, and taken in anew.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "blokker.h"
#include "tall.h"
#include "tall.sql.h"

/* --- holding --- */

typedef struct {
    const Report *report;
    const Chapter *chapter;
    const Taking *taking;
} Holding;

static char *side_of(Db *db, Arena *arena, const Holding *h, Audience audience, GError **error)
{
    Figures figures;

    if (!tilstandsrapport_figures(db, arena, h->report, h->chapter, audience, h->taking->today,
                                  &figures, error))
        return NULL;
    return tilstandsrapport_figures_to_json(&figures);
}

static char *hash_of(const char *text)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* stale: hash of the judgement that stands over other figures than these; "". */
static bool store(Db *db, Arena *arena, const Holding *h, const char *stale, GError **error)
{
    g_autofree char *open = side_of(db, arena, h, AUDIENCE_PUBLIC, error);
    g_autofree char *internal = open ? side_of(db, arena, h, AUDIENCE_INTERNAL, error) : NULL;
    const Taking *t = h->taking;

    return open && internal &&
           tall_store(db, h->report->owner, h->chapter->id, t->now, t->person ? t->person : NO_INT,
                      open, internal, stale, error);
}

static bool has_text(Chapter *c)
{
    for (int i = 0; i < N_TEXT; i++)
        if (**tilstandsrapport_chapter_text(c, i))
            return true;
    return false;
}

static bool has_figures(const Chapter *c)
{
    return !strcmp(c->kind, "tema") || *c->indicators;
}

bool tilstandsrapport_hold_figures(Db *db, const Report *report, int64_t chapter,
                                   const Taking *taking, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_auto(TallSelectRows) held = { 0 };
    int64_t id;
    Chapter c;
    const Holding h = { report, &c, taking };

    if (!tilstandsrapport_chapter(db, arena, report->owner, chapter, &id, &c, error) ||
        !tall_select(db, report->owner, chapter, &held, error))
        return false;
    return held.n || !has_figures(&c) || !has_text(&c) || store(db, arena, &h, "", error);
}

/* --- cells by what they are about --- */

static const char *key_of(Arena *arena, const Block *b, size_t u, size_t i, size_t p)
{
    return arena_printf(arena, "%s|%s|%s|%s", b->indicators[i].code, b->units[u].code,
                        b->units[u].name, b->periods[p].label);
}

typedef struct {
    const Block *block;
    size_t unit, indicator, period;
} At;

static const Cell *cell_of(const At *at)
{
    return &block_cell(at->block, at->unit, at->indicator, at->period)->cell;
}

/* Key -> At, in the arena; the same cell in two blocks is one. */
static GHashTable *index_of(Arena *arena, const Figures *f)
{
    GHashTable *all = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t k = 0; k < f->n_blocks; k++) {
        const Block *b = &f->blocks[k];

        for (size_t u = 0; u < b->n_units; u++)
            for (size_t i = 0; i < b->n_indicators; i++)
                for (size_t p = 0; p < b->n_periods; p++) {
                    const char *key = key_of(arena, b, u, i, p);
                    At *at = arena_alloc(arena, sizeof *at);

                    *at = (At){ b, u, i, p };
                    if (cell_of(at)->status != VALUE_MISSING && !g_hash_table_contains(all, key))
                        g_hash_table_insert(all, (void *)(uintptr_t)key, at);
                }
    }
    return all;
}

/* --- reading what is held --- */

/* What the gate hides today is hidden, whatever was held: a union of two patterns protects as well as
 * each of them does. */
static void hide_as_today(Arena *arena, GHashTable *live, Block *b)
{
    static const Cell hidden = {
        .status = VALUE_MASKED, .value = NAN, .uncertainty = NAN, .n = NO_INT
    };

    for (size_t u = 0; u < b->n_units; u++)
        for (size_t i = 0; i < b->n_indicators; i++)
            for (size_t p = 0; p < b->n_periods; p++) {
                const At *now = g_hash_table_lookup(live, key_of(arena, b, u, i, p));
                ContentCell *cell = &b->cells[(u * b->n_indicators + i) * b->n_periods + p];

                if (!now || cell_of(now)->status != VALUE_MASKED ||
                    cell->cell.status == VALUE_MASKED)
                    continue;
                *cell = (ContentCell){ hidden, NULL };
                cell->cell.hidden = cell_of(now)->hidden;
                cell->cell.rule = cell_of(now)->rule;
                b->rolling = NAN;
            }
}

static bool read_held(Arena *arena, const TallSelectRow *row, Audience audience, Figures *ret,
                      GError **error)
{
    return tilstandsrapport_figures_from_json(
        arena, audience == AUDIENCE_PUBLIC ? row->open : row->internal, ret, error);
}

bool tilstandsrapport_held_figures(Db *db, Arena *arena, int64_t owner, int64_t chapter,
                                   Audience audience, Figures *figures, GError **error)
{
    g_auto(TallSelectRows) rows = { 0 };
    Figures held;

    if (!tall_select(db, owner, chapter, &rows, error))
        return false;
    if (rows.n == 0)
        return true;
    if (!read_held(arena, &rows.v[0], audience, &held, error))
        return false;
    g_autoptr(GHashTable) live = index_of(arena, figures);

    for (size_t i = 0; i < held.n_blocks; i++)
        hide_as_today(arena, live, &held.blocks[i]);
    *figures = held;
    return true;
}

/* --- what has changed --- */

static const char *words_of(Arena *arena, const At *at)
{
    if (!at)
        return "";
    return indikator_cell_text(arena, &at->block->indicators[at->indicator], cell_of(at), true);
}

/* The number as people write it, when it stands in the chapter's texts by itself. */
static const char *quoted_in(Arena *arena, Chapter *c, const At *before)
{
    char number[NUM_TEXT];

    if (!before || !cell_has_number(cell_of(before)))
        return NULL;
    num_text(cell_of(before)->value, before->block->indicators[before->indicator].decimals, number);
    if (!strpbrk(number, ",.")) /* "12" may be anything */
        return NULL;
    g_autofree char *safe = g_regex_escape_string(number, -1);
    g_autofree char *pattern = g_strdup_printf("(?<![\\d,.])%s(?![\\d])", safe);

    for (int i = 0; i < N_TEXT; i++)
        if (g_regex_match_simple(pattern, *tilstandsrapport_chapter_text(c, i), 0, 0))
            return arena_dup(arena, number);
    return NULL;
}

static const char *file_of(Arena *arena, const At *at)
{
    const char *source =
        at ? block_cell(at->block, at->unit, at->indicator, at->period)->source : NULL;
    const char *colon = source ? strrchr(source, ':') : NULL;

    return colon ? arena_ndup(arena, source, (size_t)(colon - source)) : source;
}

static void add_change(Arena *arena, ChapterChanges *to, Chapter *c, const At *before,
                       const At *after)
{
    const At *at = after ? after : before;
    const char *was = words_of(arena, before), *is = words_of(arena, after);

    if (!strcmp(was, is))
        return;
    to->v[to->n++] = (FigureChange){
        .title = tilstandsrapport_word_title(arena, &at->block->indicators[at->indicator]),
        .unit = at->block->units[at->unit].name,
        .period = tilstandsrapport_word_period(arena, at->block->periods[at->period].label),
        .before = was,
        .after = is,
        .source = file_of(arena, after),
        .quoted = quoted_in(arena, c, before)
    };
}

static int by_what(const void *a, const void *b)
{
    const FigureChange *x = a, *y = b;
    int order = strcmp(x->title, y->title);

    order = order ? order : strcmp(x->period, y->period);
    return order ? order : nb_compare(x->unit, strlen(x->unit), y->unit, strlen(y->unit));
}

static void compare(Arena *arena, Chapter *c, const Figures *held, const Figures *live,
                    ChapterChanges *to)
{
    g_autoptr(GHashTable) before = index_of(arena, held), after = index_of(arena, live);
    GHashTableIter iter;
    gpointer key, at;

    to->v = arena_alloc(arena, (g_hash_table_size(before) + g_hash_table_size(after) + 1) *
                                   sizeof(FigureChange));
    g_hash_table_iter_init(&iter, before);
    while (g_hash_table_iter_next(&iter, &key, &at))
        add_change(arena, to, c, at, g_hash_table_lookup(after, key));
    g_hash_table_iter_init(&iter, after);
    while (g_hash_table_iter_next(&iter, &key, &at))
        if (!g_hash_table_contains(before, key))
            add_change(arena, to, c, NULL, at);
    qsort(to->v, to->n, sizeof(FigureChange), by_what);
}

static bool is_stale(const Chapter *c, const TallSelectRow *row)
{
    g_autofree char *hash = hash_of(c->judgement);

    return *row->stale && *c->judgement && !strcmp(hash, row->stale);
}

typedef struct {
    const Report *report;
    Audience audience;
    const char *today;
} Looking;

static bool look_at(Db *db, Arena *arena, const Looking *l, Chapter *c, ChapterChanges *ret,
                    GError **error)
{
    g_auto(TallSelectRows) rows = { 0 };
    Figures held, live;

    *ret = (ChapterChanges){ .chapter = c->id, .chapter_title = c->title };
    if (!tall_select(db, l->report->owner, c->id, &rows, error))
        return false;
    if (rows.n == 0)
        return true;
    if (!read_held(arena, &rows.v[0], l->audience, &held, error) ||
        !tilstandsrapport_figures(db, arena, l->report, c, l->audience, l->today, &live, error))
        return false;
    ret->taken_at = rows.v[0].taken_at;
    ret->taken_by = rows.v[0].taken_by == NO_INT ? 0 : rows.v[0].taken_by;
    ret->stale = is_stale(c, &rows.v[0]);
    compare(arena, c, &held, &live, ret);
    return true;
}

bool tilstandsrapport_changes(Db *db, Arena *arena, const Report *report, Audience audience,
                              const char *today, ChangeList *ret, GError **error)
{
    const Looking looking = { report, audience, today };
    ChapterList all;

    if (!tilstandsrapport_chapters(db, arena, report->owner, report->id, &all, error))
        return false;
    *ret = (ChangeList){ arena_alloc(arena, MAX(all.n, 1) * sizeof(ChapterChanges)), 0, 0 };
    for (size_t i = 0; i < all.n; i++) {
        if (!has_figures(&all.v[i]))
            continue;
        if (!look_at(db, arena, &looking, &all.v[i], &ret->v[ret->n], error))
            return false;
        ret->changed += ret->v[ret->n++].n;
    }
    return true;
}

/* --- taking in --- */

typedef struct {
    const Report *report;
    int64_t chapter;
    const Taking *taking;
} TakingIn;

static bool take_chapter(Db *db, Arena *arena, const TakingIn *t, Chapter *c, GError **error)
{
    const Looking looking = { t->report, AUDIENCE_INTERNAL, t->taking->today };
    const Holding h = { t->report, c, t->taking };
    g_autofree char *hash = hash_of(c->judgement);
    ChapterChanges changes;

    if (!look_at(db, arena, &looking, c, &changes, error))
        return false;
    if (!changes.taken_at || (!changes.n && !changes.stale && !t->chapter))
        return true;
    return store(db, arena, &h, *c->judgement && (changes.n || changes.stale) ? hash : "", error);
}

static bool take_work(Db *db, void *arg, GError **error)
{
    const TakingIn *t = arg;
    g_autoptr(Arena) arena = arena_new();
    Report report;
    ChapterList all;

    if (!tilstandsrapport_get(db, arena, t->report->owner, t->report->id, &report, error) ||
        !tilstandsrapport_chapters(db, arena, report.owner, report.id, &all, error))
        return false;
    if (!tilstandsrapport_writable(report.state))
        return app_fail(error, APP_ERROR_FORBIDDEN,
                        _("The report has been sent and can no longer be written in."));
    for (size_t i = 0; i < all.n; i++)
        if ((!t->chapter || all.v[i].id == t->chapter) && has_figures(&all.v[i]) &&
            !take_chapter(db, arena, t, &all.v[i], error))
            return false;
    return true;
}

bool tilstandsrapport_take_in(Db *db, const Report *report, int64_t chapter, const Taking *taking,
                              GError **error)
{
    TakingIn t = { report, chapter, taking };

    return db_transaction(db, take_work, &t, error);
}

bool tilstandsrapport_still_holds(Db *db, int64_t owner, int64_t chapter, GError **error)
{
    return tall_fresh(db, owner, chapter, error);
}

bool tilstandsrapport_is_stale(Db *db, int64_t owner, const Chapter *chapter, bool *ret,
                               GError **error)
{
    g_auto(TallSelectRows) rows = { 0 };

    if (!tall_select(db, owner, chapter->id, &rows, error))
        return false;
    *ret = rows.n && is_stale(chapter, &rows.v[0]);
    return true;
}
