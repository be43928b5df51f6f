/* innhold-doc-maal.c - goals, measures and last year's as tables of a document.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "belegg.h"
#include "innhold-doc.h"
#include "maal.h"

static const char *day_of(Arena *arena, const char *iso)
{
    char text[DATE_TEXT];

    return iso ? arena_dup(arena, date_text(iso, text)) : "";
}

/* --- goals --- */

static bool is_whole(const ContentGoal *g)
{
    return *g->direction && *g->baseline && *g->target && g->due;
}

static const char *or_dash(const char *text)
{
    return *text ? text : "–";
}

static const char *target_of(Arena *arena, const ContentGoal *g)
{
    if (!*g->target)
        return "–";
    if (!strcmp(g->direction, "opp"))
        return arena_printf(arena, _("up to %s"), g->target);
    if (!strcmp(g->direction, "ned"))
        return arena_printf(arena, _("down to %s"), g->target);
    return !strcmp(g->direction, "hold") ? arena_printf(arena, _("stay at %s"), g->target)
                                         : g->target;
}

static void goal_row(DocTable *table, Arena *arena, const ContentGoal *g)
{
    const char *goal = is_whole(g)
                           ? g->goal
                           : arena_printf(arena,
                                          _("%s (draft: direction, baseline, target or date is "
                                            "missing)"),
                                          g->goal);
    const char *const cells[] = { goal, or_dash(g->name), or_dash(g->baseline), target_of(arena, g),
                                  or_dash(day_of(arena, g->due)) };

    doc_row(table, cells);
}

static void goal_judgements(Doc *doc, Arena *arena, const Content *content, const Content *look,
                            const ContentChapter *c)
{
    for (size_t i = 0; i < c->n_goals; i++) {
        const ContentGoal *g = &c->goal_items[i];

        if (!*g->judgement)
            continue;
        doc_note_begin(doc, DOC_JUDGEMENT,
                       *g->name ? arena_printf(arena, _("Assessment: %s"), g->name)
                                : _("Assessment"));
        doc_markdown(doc, tilstandsrapport_with_evidence(arena, look, content, g->judgement), 3);
        doc_end(doc);
    }
}

void tilstandsrapport_doc_goals(Doc *doc, Arena *arena, const Content *content, const Content *look,
                                const ContentChapter *c)
{
    const DocColumn columns[] = { { _("Goal"), DOC_LEFT, true },
                                  { _("Indicator"), DOC_LEFT, false },
                                  { _("Stands at"), DOC_LEFT, false },
                                  { _("Target"), DOC_LEFT, false },
                                  { _("By when"), DOC_LEFT, false } };
    DocTable *table;

    if (!c->n_goals)
        return;
    if (!*c->goals)
        doc_heading(doc, 2, NULL, _("Local goals"));
    table = doc_table(doc, arena_printf(arena, _("Goals: %s"), c->title), columns,
                      G_N_ELEMENTS(columns), NULL);
    for (size_t i = 0; i < c->n_goals; i++)
        goal_row(table, arena, &c->goal_items[i]);
    goal_judgements(doc, arena, content, look, c);
}

/* --- measures --- */

static const char *span_of(Arena *arena, const ContentMeasure *m)
{
    const char *from = day_of(arena, m->starts), *to = day_of(arena, m->due);

    if (*from && *to)
        return arena_printf(arena, _("%s to %s"), from, to);
    return *to ? to : *from ? arena_printf(arena, _("from %s"), from) : "–";
}

static const char *with_note(Arena *arena, const char *status, const char *note)
{
    if (!*note)
        return or_dash(status);
    return *status ? arena_printf(arena, "%s. %s", status, note) : note;
}

void tilstandsrapport_doc_measures(Doc *doc, Arena *arena, const ContentChapter *c)
{
    const DocColumn columns[] = { { _("Measure"), DOC_LEFT, true },
                                  { _("Responsible"), DOC_LEFT, false },
                                  { _("When"), DOC_LEFT, false },
                                  { _("Should move"), DOC_LEFT, false },
                                  { _("Status"), DOC_LEFT, false } };
    DocTable *table;

    if (!c->n_measures)
        return;
    if (!*c->measures)
        doc_heading(doc, 2, NULL, _("Measures"));
    table = doc_table(doc, arena_printf(arena, _("Measures: %s"), c->title), columns,
                      G_N_ELEMENTS(columns), NULL);
    for (size_t i = 0; i < c->n_measures; i++) {
        const ContentMeasure *m = &c->measure_items[i];
        const char *const cells[] = {
            m->measure, or_dash(m->responsible), span_of(arena, m), or_dash(m->name),
            with_note(arena, tilstandsrapport_measure_status(m->status), m->note)
        };

        doc_row(table, cells);
    }
}

/* --- last year's --- */

void tilstandsrapport_doc_last_year(Doc *doc, Arena *arena, const ContentChapter *c)
{
    const DocColumn columns[] = { { _("What was to be done"), DOC_LEFT, true },
                                  { _("Responsible"), DOC_LEFT, false },
                                  { _("Due"), DOC_LEFT, false },
                                  { _("What became of it"), DOC_LEFT, false } };
    DocTable *table;

    if (!c->n_last_year)
        return;
    table = doc_table(doc,
                      c->last_year_of
                          ? arena_printf(arena, _("Measures and follow-up from the report of %s"),
                                         c->last_year_of)
                          : _("Measures and follow-up from last year"),
                      columns, G_N_ELEMENTS(columns), NULL);
    for (size_t i = 0; i < c->n_last_year; i++) {
        const ContentLastYear *l = &c->last_year[i];
        const char *status = tilstandsrapport_measure_status(l->status);
        const char *const cells[] = {
            l->task, or_dash(l->responsible), or_dash(day_of(arena, l->due)),
            with_note(arena, *status ? status : _("Not said yet"), *l->note ? l->note : l->then)
        };

        doc_row(table, cells);
    }
}
