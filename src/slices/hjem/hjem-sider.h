/* hjem-sider.h - what the home page shows: prepared, so the page only loops.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilgang.h"

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

/* One step of a new owner's way to its first report. */
typedef struct {
    const char *name, *help;
    bool done;
    Url url;           /* where it is done; empty when the active role cannot */
    RoleSwitch other;  /* the role of the user's that can, when the active one cannot */
    const char *whose; /* who can, when the user cannot at all */
} FirstStep;

typedef struct {
    FirstStep *v;
    size_t n;
} FirstSteps;

typedef struct {
    const char *filename, *iso, *when, *what; /* what: "2 445 values, public statistics" */
} HomeImport;

typedef struct {
    HomeImport *v;
    size_t n;
} HomeImports;

typedef struct {
    const char *name, *role, *today, *weekday;
    FirstSteps first; /* empty when the owner is past the beginning, or others take the steps */
    HomeImports imports;
    size_t n_reports; /* the owner's, whether the user may see them or not */
    TaskLines tasks;
    HomeReports reports;
    HomeDates dates;
    bool may_import, may_move_date;
} HomeView;
