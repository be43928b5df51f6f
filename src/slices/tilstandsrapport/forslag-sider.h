/* forslag-sider.h - the minutes of a case as pages show them, and the register of decisions.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "forslag.h"
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *name;   /* "Alternative proposal" */
    const char *who;    /* "Kari Demo, Partiet"; "" */
    const char *text;   /* "" */
    const char *votes;  /* "3 for, 4 against"; "" */
    const char *result; /* "Adopted", "Not adopted", "Left the chair"; "" */
    int64_t id;
    const char *code, *mark; /* of a line that can be changed */
    const Form *edit;        /* NULL: cannot */
    bool open;
} LineView;
typedef struct {
    LineView *v;
    size_t n;
} LineViews;

/* Those of one recorded step; or, with event 0, those that wait in a step. */
LineViews tilstandsrapport_line_views(Req *req, const MinuteLines *lines, int64_t event, int step);
/* A list of them; nothing when there are none. In a page: {{render tilstandsrapport_draw_lines(x)}}. */
void tilstandsrapport_draw_lines(Html *html, LineViews lines);

/* One kind of line that can be added. */
typedef struct {
    const char *code, *name, *what; /* what: when it is used */
    const Form *form;
    bool open;
} LineFormView;
typedef struct {
    LineFormView *v;
    size_t n;
} LineFormViews;

typedef struct {
    const char *title, *lang, *body, *trouble, *kept, *closed, *csrf;
    Url up, self, remove;
    LineViews lines;
    LineFormViews forms; /* none: may not write */
    bool may_write;
} MinutesView;

/* --- the register --- */

typedef struct {
    const char *const *v;
    size_t n;
} TextPoints;

typedef struct {
    const char *case_number, *body, *day, *outcome, *votes, *report, *lang, *seal, *review;
    const char *archive; /* archive case and journal entry; "" */
    TextPoints points;
    LineViews lines;
    Url url, version;
    bool has_version;
    const char *anchor;
} DecisionRow;
typedef struct {
    DecisionRow *v;
    size_t n;
} DecisionRows;

typedef struct {
    const char *wish; /* what was searched for; "" */
    DecisionRows rows;
    size_t total;
} RegisterView;

/* --- handlers --- */
bool tilstandsrapport_show_minutes(Req *req, GError **error);
bool tilstandsrapport_post_minutes(Req *req, GError **error);
bool tilstandsrapport_post_minutes_remove(Req *req, GError **error);
bool tilstandsrapport_show_register(Req *req, GError **error);
