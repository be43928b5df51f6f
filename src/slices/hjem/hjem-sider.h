/* hjem-sider.h - what the home page shows: prepared, so the page only loops.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

typedef struct {
    const char *text, *iso, *due, *left; /* left: "in 5 days", "14 days late" */
    bool late;
    Url url;
} TaskLine;

typedef struct {
    TaskLine *v;
    size_t n;
} TaskLines;

typedef struct {
    int nr;
    const char *name, *body, *iso, *date;
    bool done, now;
} HomeStep;

typedef struct {
    HomeStep *v;
    size_t n;
} HomeSteps;

typedef struct {
    const char *title, *state;
    Url url;
    HomeSteps steps;
} HomeReport;

typedef struct {
    HomeReport *v;
    size_t n;
} HomeReports;

typedef struct {
    const char *iso, *date, *weekday, *what, *report;
} HomeDate;

typedef struct {
    HomeDate *v;
    size_t n;
} HomeDates;

typedef struct {
    const char *name, *role, *today, *weekday;
    TaskLines tasks;
    HomeReports reports;
    HomeDates dates;
    bool may_import, may_move_date, may_create;
} HomeView;
