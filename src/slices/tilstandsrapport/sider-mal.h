/* sider-mal.h - the owner's template of chapters, and the laws, as their pages show them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "blokker.h"
#include "lov.h"
#include "mal.h"
#include "skriving-sider.h"

typedef struct {
    const char *id, *title, *field, *title_nb, *title_nn,
        *what; /* what: "Theme: learning outcomes · 3 figures" */
    bool statutory, first, last, theme;
    int nr;
    Url edit;
} TemplateLine;
typedef struct {
    TemplateLine *v;
    size_t n;
} TemplateLines;
typedef struct {
    const char *value, *label;
    bool chosen;
} TickView;
typedef struct {
    TickView *v;
    size_t n;
} TickViews;
typedef struct {
    const char *csrf, *law;
    const char *mark;    /* of the chapter that is changed, as it stands */
    const char *trouble; /* somebody else was quicker */
    bool own;
    TemplateLines chapters;
    TickViews themes; /* that a new chapter may be about */
    TemplateLine edited;
    TickViews indicators, views;
    Url self;
} TemplatePage;

/* What may stand in a chapter about a theme, with what is chosen ticked. */
bool tilstandsrapport_ticks(Req *req, const BlockChoice *now, TickViews *ret_indicators,
                            TickViews *ret_views, GError **error);
/* What was ticked and exists; none: "". In the arena. */
bool tilstandsrapport_ticked(Req *req, const char *theme, BlockChoice *ret, GError **error);

/* The figures of one chapter of a report that is begun. */
typedef struct {
    const char *csrf, *title, *lang, *trouble;
    const char *mark; /* of the choice as it stands */
    TickViews indicators, views;
    Url self, up;
} ChoicePage;

typedef struct {
    const char *code, *law, *duty, *span, *themes, *kind, *checked, *note, *field;
    bool now, is_checked;
    Url url, check;
} LawView;
typedef struct {
    LawView *v;
    size_t n;
} LawViews;
typedef struct {
    const char *word, *span, *note;
} TermView;
typedef struct {
    TermView *v;
    size_t n;
} TermViews;
typedef struct {
    const char *csrf, *trouble;
    bool may_check;
    LawViews laws;
    TermViews terms;
} LawPage;
