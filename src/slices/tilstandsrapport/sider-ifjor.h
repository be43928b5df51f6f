/* sider-ifjor.h - last year's measures and follow-up items as their page shows them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "maal.h"
#include "skriving-sider.h"

typedef struct {
    const char *code, *name;
    bool chosen;
} StatusChoice;
typedef struct {
    StatusChoice *v;
    size_t n;
} StatusChoices;

typedef struct {
    const char *item, *version, *task, *facts, *then, *status, *note, *field;
    bool missing; /* nothing is said of it yet */
    StatusChoices choices;
} LastYearView;
typedef struct {
    LastYearView *v;
    size_t n;
} LastYearViews;

typedef struct {
    const char *report, *lang, *csrf, *year, *trouble,
        *typed; /* typed: a note that was not stored */
    Url up, self;
    LastYearViews items;
    const char *progress;
} LastYearPage;
