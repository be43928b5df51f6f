/* sider-liste.h - the list of an owner's reports as its page shows it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *title, *lang, *state, *progress;
    Url url;
    StepLine line;
    NextStep next;
} ReportCard;
typedef struct {
    ReportCard *v;
    size_t n;
} ReportCards;

typedef struct {
    ReportCards cards;
    bool may_create;
} ListView;
