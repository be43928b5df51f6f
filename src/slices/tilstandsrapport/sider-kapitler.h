/* sider-kapitler.h - who has which chapter of a report, how far it is, and chapters beyond the template.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "skriving-sider.h"

typedef struct {
    const char *value, *label;
    bool chosen;
} PickView;
typedef struct {
    PickView *v;
    size_t n;
} PickViews;

typedef struct {
    const char *id, *title, *status, *comments, *changed, *due, *unit, *has, *field, *mark;
    int nr;
    bool may_remove;
    Url url;
    PickViews people;
} WorkLine;
typedef struct {
    WorkLine *v;
    size_t n;
} WorkLines;
typedef struct {
    const char *report, *lang, *csrf, *trouble;
    bool may_lead; /* may say who writes what */
    Url up, self;
    WorkLines chapters;
    PickViews units;
} WorkPage;
