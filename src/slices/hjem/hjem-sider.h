/* hjem-sider.h - what the home page shows: prepared, so the page only loops.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilgang.h"
#include "tilstandsrapport.h"

/* --- what waits --- */

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
    const char *id, *name; /* "forfalt", "Overdue" */
    TaskLines tasks;
} TaskGroup;

typedef struct {
    TaskGroup *v; /* those that have a task, the most urgent first */
    size_t n;
} TaskGroups;

/* What waits in another of one's own roles. */
typedef struct {
    const char *summary; /* "Rektor, Bud skule: 2 tasks, 1 overdue" */
    TaskLines tasks;     /* the most urgent */
    RoleSwitch to;
} OtherRole;

typedef struct {
    OtherRole *v;
    size_t n;
} OtherRoles;

/* --- the report on its way, and dates --- */

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
    const char *name, *text, *word; /* word: "done", "now" or "to come" */
    bool done, now;
    Url url; /* text NULL: leads nowhere for this role */
} ThreadLink;

typedef struct {
    ThreadLink *v;
    size_t n;
} ThreadLinks;

typedef struct {
    const char *title, *state;
    Url url;
    HomeSteps steps;
    ThreadLinks thread; /* of the newest, for those who see drafts; else empty */
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
    const char *name; /* "This month" */
    HomeDates dates;
} DateGroup;

typedef struct {
    DateGroup *v;
    size_t n;
} DateGroups;

/* --- a new owner's way to its first report --- */

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

/* --- what is new, and the figures --- */

typedef struct {
    const char *text, *iso, *when;
    Url url;
} NewsLine;

typedef struct {
    NewsLine *v;
    size_t n;
} NewsLines;

typedef struct {
    const char *name, *value, *period, *stands; /* stands: "clearly below Norway"; "" */
    Url url;
} Signal;

typedef struct {
    Signal *v;
    size_t n;
} Signals;

/* --- the page --- */

typedef enum { PART_TASKS, PART_NEWS, PART_DATES, PART_REPORT, PART_SIGNALS, N_PART } HomePart;

typedef struct {
    bool tasks, news, dates, report, signals; /* one of them */
} PartShown;

typedef struct {
    PartShown *v;
    size_t n;
} PartList;

typedef struct {
    const char *name, *role, *today, *weekday;
    PartList parts;   /* in the role's order */
    FirstSteps first; /* empty when the owner is past the beginning, or others take the steps */
    size_t n_reports; /* the owner's, whether the user may see them or not */
    TaskGroups tasks;
    OtherRoles others;
    HomeReports reports;
    DateGroups dates;
    NewsLines news;
    const char *news_since; /* "20 November 2026 at 10.15"; NULL: nothing is kept for this user */
    Signals signals;
    const char *signals_of; /* name of the unit; NULL: the role has no signals */
    bool may_invite, may_import, may_move_date;
} HomeView;

/* Each fills its part of the view for req->user. Errors: APP_ERROR_DB. */
bool hjem_fill_tasks(Req *req, HomeView *view, GError **error);
bool hjem_fill_reports(Req *req, HomeView *view, GError **error);
bool hjem_fill_news(Req *req, HomeView *view, GError **error);
bool hjem_fill_signals(Req *req, HomeView *view, GError **error);
/* The way to the first report, as long as a step of it is left: view->first. Reads view->n_reports. */
bool hjem_fill_first(Req *req, HomeView *view, GError **error);
/* The order of the parts for a role. */
PartList hjem_parts(Arena *arena, const char *role);
bool hjem_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                      GError **error);
