/* innhold-maal.c - goals, measures and last year's into a report's content.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "maal.h"
#include "tall.h"

static const char *name_of(const IndicatorList *catalogue, const char *code)
{
    for (size_t i = 0; *code && i < catalogue->n; i++)
        if (!strcmp(catalogue->v[i].code, code))
            return catalogue->v[i].name;
    return code;
}

static void add_goals(Arena *arena, const GoalList *all, const IndicatorList *catalogue,
                      ContentChapter *to)
{
    to->goal_items = arena_alloc(arena, MAX(all->n, 1) * sizeof(ContentGoal));
    for (size_t i = 0; i < all->n; i++) {
        const Goal *g = &all->v[i];

        if (g->chapter == to->id)
            to->goal_items[to->n_goals++] = (ContentGoal){ .goal = g->goal,
                                                           .code = g->indicator,
                                                           .name = name_of(catalogue, g->indicator),
                                                           .direction = g->direction,
                                                           .baseline = g->baseline,
                                                           .target = g->target,
                                                           .judgement = g->judgement,
                                                           .due = g->due };
    }
}

static void add_measures(Arena *arena, const MeasureList *all, const IndicatorList *catalogue,
                         ContentChapter *to)
{
    to->measure_items = arena_alloc(arena, MAX(all->n, 1) * sizeof(ContentMeasure));
    for (size_t i = 0; i < all->n; i++) {
        const Measures *m = &all->v[i];

        if (m->chapter == to->id)
            to->measure_items[to->n_measures++] =
                (ContentMeasure){ .measure = m->measure,
                                  .responsible = m->title,
                                  .code = m->indicator,
                                  .name = name_of(catalogue, m->indicator),
                                  .status = m->status,
                                  .note = m->note,
                                  .starts = m->starts,
                                  .due = m->due };
    }
}

static void add_last_year(Arena *arena, const LastYearList *all, ContentChapter *to)
{
    to->last_year_of = all->year;
    to->last_year = arena_alloc(arena, MAX(all->n, 1) * sizeof(ContentLastYear));
    for (size_t i = 0; i < all->n; i++) {
        const LastYear *l = &all->v[i];

        to->last_year[to->n_last_year++] = (ContentLastYear){ .task = l->task,
                                                              .responsible = l->responsible,
                                                              .then = l->then,
                                                              .status = l->status,
                                                              .note = l->note,
                                                              .due = l->due };
    }
}

bool tilstandsrapport_add_items(Db *db, Arena *arena, const Report *report, const char *today,
                                Content *content, GError **error)
{
    GoalList goals;
    MeasureList measures;
    LastYearList last;
    IndicatorList catalogue;

    if (!indikator_catalogue(db, arena, report->language, &catalogue, error) ||
        !tilstandsrapport_goals(db, arena, report->owner, report->id, &goals, error) ||
        !tilstandsrapport_measures(db, arena, report->owner, report->id, today, &measures, error) ||
        !tilstandsrapport_last_year(db, arena, report, today, &last, error))
        return false;
    for (size_t i = 0; i < content->n_chapters; i++) {
        ContentChapter *c = &content->chapters[i];

        add_goals(arena, &goals, &catalogue, c);
        add_measures(arena, &measures, &catalogue, c);
        if (!strcmp(c->kind, "oppfolging"))
            add_last_year(arena, &last, c);
    }
    return true;
}
