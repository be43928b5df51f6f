/* forskjell-innhold.c - two frozen versions of a report: chapters, their texts, and figures.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "blokker.h"
#include "forskjell.h"

#define MAX_FIGURES 500

/* --- which chapter is which --- */

/* The same title and kind; else, of a theme, the same theme. */
static const ContentChapter *counterpart(const Content *in, const ContentChapter *of)
{
    for (size_t i = 0; i < in->n_chapters; i++)
        if (!strcmp(in->chapters[i].kind, of->kind) && !strcmp(in->chapters[i].title, of->title))
            return &in->chapters[i];
    if (!strcmp(of->kind, "fritekst"))
        return NULL;
    for (size_t i = 0; i < in->n_chapters; i++)
        if (!strcmp(in->chapters[i].kind, of->kind) && !strcmp(in->chapters[i].theme, of->theme))
            return &in->chapters[i];
    return NULL;
}

/* --- texts --- */

static void compare_text(Arena *arena, ChapterDiff *d, const char *heading, const char *before,
                         const char *after)
{
    if (strcmp(before, after))
        d->parts[d->n_parts++] =
            (PartDiff){ heading, tilstandsrapport_text_diff(arena, before, after) };
}

static void compare_texts(Arena *arena, ChapterDiff *d, const ContentChapter *a,
                          const ContentChapter *b)
{
    compare_text(arena, d, "", a ? a->body : "", b ? b->body : "");
    compare_text(arena, d, _("Local goals"), a ? a->goals : "", b ? b->goals : "");
    compare_text(arena, d, _("Assessment"), a ? a->judgement : "", b ? b->judgement : "");
    compare_text(arena, d, _("Measures"), a ? a->measures : "", b ? b->measures : "");
    compare_text(arena, d, _("No measures"), a ? a->no_measures : "", b ? b->no_measures : "");
}

/* --- figures --- */

typedef struct {
    const char *text;
    const Indicator *indicator;
    const char *unit, *period;
} Shown;

static char *key_of(const Block *b, size_t u, size_t i, size_t p)
{
    return g_strdup_printf("%s|%s|%s", b->indicators[i].code, b->units[u].code,
                           b->periods[p].label);
}

/* Every figure of a chapter by indicator, unit and period, as it is shown. */
static GHashTable *figures_of(Arena *arena, const ContentChapter *c)
{
    GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t k = 0; c && k < c->n_blocks; k++) {
        const Block *b = &c->blocks[k];

        for (size_t u = 0; u < b->n_units; u++)
            for (size_t i = 0; i < b->n_indicators; i++)
                for (size_t p = 0; p < b->n_periods; p++) {
                    Shown *s = arena_alloc(arena, sizeof *s);

                    *s = (Shown){ indikator_cell_text(arena, &b->indicators[i],
                                                      &block_cell(b, u, i, p)->cell, false),
                                  &b->indicators[i], b->units[u].name, b->periods[p].label };
                    if (block_cell(b, u, i, p)->cell.status != VALUE_MISSING)
                        g_hash_table_replace(all, key_of(b, u, i, p), s);
                }
    }
    return all;
}

static int by_figure(gconstpointer a, gconstpointer b)
{
    const FigureChange *x = a, *y = b;
    int order = strcmp(x->indicator, y->indicator);

    order = order ? order : strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->period, y->period);
}

static void compare_figures(Arena *arena, ChapterDiff *d, const ContentChapter *a,
                            const ContentChapter *b)
{
    g_autoptr(GHashTable) before = figures_of(arena, a), after = figures_of(arena, b);
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(FigureChange));
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, after);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const Shown *now = value, *then = g_hash_table_lookup(before, key);

        if (!then)
            d->new_figures++;
        else if (strcmp(then->text, now->text)) {
            const FigureChange change = { tilstandsrapport_word_title(arena, now->indicator),
                                          now->unit, now->period, then->text, now->text };

            g_array_append_val(changes, change);
        }
    }
    g_hash_table_iter_init(&iter, before);
    while (g_hash_table_iter_next(&iter, &key, &value))
        d->gone_figures += !g_hash_table_contains(after, key);
    g_array_sort(changes, by_figure);
    d->n_figures = MIN(changes->len, MAX_FIGURES);
    d->more_figures = changes->len - d->n_figures;
    d->figures = arena_alloc(arena, MAX(d->n_figures, 1) * sizeof(FigureChange));
    for (size_t i = 0; i < d->n_figures; i++)
        d->figures[i] = g_array_index(changes, FigureChange, i);
}

/* --- the whole --- */

static ChapterDiff compare_chapter(Arena *arena, const ContentChapter *a, const ContentChapter *b)
{
    const ContentChapter *shown = b ? b : a;
    ChapterDiff d = { .nr = shown->nr, .title = shown->title };

    compare_texts(arena, &d, a, b);
    compare_figures(arena, &d, a, b);
    if (a && b && strcmp(a->title, b->title))
        d.old_title = a->title;
    d.change = !a   ? CHAPTER_ADDED
               : !b ? CHAPTER_REMOVED
               : d.n_parts || d.n_figures || d.new_figures || d.gone_figures || d.old_title
                   ? CHAPTER_CHANGED
                   : CHAPTER_SAME;
    return d;
}

static size_t new_inputs(const Content *before, const Content *after)
{
    size_t n = 0;

    for (size_t i = 0; i < after->n_inputs; i++) {
        bool known = false;

        for (size_t k = 0; k < before->n_inputs && !known; k++)
            known = !strcmp(before->inputs[k].text, after->inputs[i].text) &&
                    !strcmp(before->inputs[k].group, after->inputs[i].group);
        n += !known;
    }
    return n;
}

ReportDiff tilstandsrapport_diff(Arena *arena, const Content *before, const Content *after)
{
    ReportDiff d = { .v = arena_alloc(arena, (before->n_chapters + after->n_chapters + 1) *
                                                 sizeof(ChapterDiff)) };
    g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);

    for (size_t i = 0; i < after->n_chapters; i++) {
        const ContentChapter *b = &after->chapters[i], *a = counterpart(before, b);

        if (a && !g_hash_table_add(used, (gpointer)a))
            a = NULL; /* another chapter came from it already */
        d.v[d.n++] = compare_chapter(arena, a, b);
    }
    for (size_t i = 0; i < before->n_chapters; i++)
        if (!g_hash_table_contains(used, &before->chapters[i]))
            d.v[d.n++] = compare_chapter(arena, &before->chapters[i], NULL);
    for (size_t i = 0; i < d.n; i++)
        d.changed += d.v[i].change != CHAPTER_SAME;
    d.new_inputs = new_inputs(before, after);
    return d;
}
