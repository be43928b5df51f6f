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
