/* sider-maal.h - goals, measures and last year's as their pages show them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "maal.h"
#include "skriving-sider.h"

typedef struct {
    const char *title, *indicator, *facts,
        *judgement;   /* facts: "up to 49, from 47, by 20 June 2014" */
    const char *hint; /* what is missing, or said too much; NULL */
    const char *id, *version;
    Url edit;
    bool edited; /* the form stands here */
} ItemView;
typedef struct {
    ItemView *v;
    size_t n;
} ItemViews;

typedef struct {
    const char *chapter, *lang, *csrf,
        *written;       /* written: measures as text, to be turned into items; NULL */
    bool measures;      /* else goals */
    const char *reason; /* why there are no measures; NULL */
    Url up, self;
    ItemViews items;
    const Form *form; /* the one that is edited, or a new one */
    bool editing, trouble;
} ItemsView;

/* "Up · from 47 · to 49 · by 20 June 2014": what is known of a goal. */
const char *tilstandsrapport_goal_facts(Req *req, const Goal *goal);
/* Adds a fact, with " · " before it when it is not the first; NULL and "" add nothing. */
void tilstandsrapport_join_fact(GString *to, const char *text);
