/* sider-tall.h - which of a draft's figures have changed in the data, as their page shows it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "skriving-sider.h"
#include "tall.h"

typedef struct {
    FigureChange *v;
    size_t n;
} FigureChanges;
typedef struct {
    const char *id, *title, *held; /* held: by whom and when its figures were taken in */
    Url url;
    bool follows, stale;
    FigureChanges changes;
} FiguresView;
typedef struct {
    FiguresView *v;
    size_t n;
} FiguresViews;
typedef struct {
    const char *report, *lang, *csrf, *summary;
    Url up, self;
    FiguresViews chapters;
    bool any, closed;
} FiguresPage;
