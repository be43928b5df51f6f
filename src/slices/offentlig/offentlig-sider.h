/* offentlig-sider.h - what the public pages show: prepared, so the pages only loop.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "chart.h"
#include "offentlig.h"

bool offentlig_send_atom(Req *req, GError **error);
bool offentlig_send_json(Req *req, GError **error);

typedef struct {
    const char *when, *title, *text;
    bool invented;
} StoryLine;

typedef struct {
    StoryLine *v;
    size_t n;
} StoryLines;

/* A meeting that treats the report, as the calendar shows it. */
typedef struct {
    const char *iso, *day, *month, *weekday, *body, *what;
} NextDate;

typedef struct {
    NextDate *v;
    size_t n;
} NextDates;

typedef struct {
    const char *title, *owner, *state, *iso, *date;
    Url url;
} ReportLine;

typedef struct {
    ReportLine *v;
    size_t n;
} ReportLines;

typedef struct {
    const char *subject, *value, *county, *nation, *verdict;
    const Chart *chart; /* municipality and county, with the nation as a rule across */
} KeyFigure;

typedef struct {
    KeyFigure *v;
    size_t n;
} KeyFigures;

typedef struct {
    const char *name, *anchor, *today;
    bool demo;
    Goal goal;
    StoryLines story;
    NextDates next;
    ReportLines reports;
    KeyFigures figures;
    const char *figures_of, *county, *figures_source;
    const char *uncertainty; /* what ± means */
} OwnerView;

typedef struct {
    OwnerView *v;
    size_t n;
} OwnerViews;

typedef struct {
    OwnerViews owners;
    const char *name; /* of the one owner; NULL when there are several */
    bool several, signed_in, any_demo;
    Url sign_in, reports;
} FrontView;
