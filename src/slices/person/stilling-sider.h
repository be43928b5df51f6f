/* stilling-sider.h - rows as the pages of positions show them: prepared, so the pages only loop.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "person.h"
#include "doc.h"

typedef struct {
    const char *title, *replaces, *unit, *holder, *since;
    Url url, person;
    bool known; /* somebody holds it, and may be looked at */
} SeatLine;

typedef struct {
    SeatLine *v;
    size_t n;
} SeatLines;

typedef struct {
    const char *iso, *date; /* the day shown, for the field and in words */
    bool past, may_write;
    SeatLines seats;
    Url new_url;
} DayView;

typedef struct {
    const char *name, *period, *note;
    Url url;
    bool vacant, now;
} HolderLine;

typedef struct {
    HolderLine *v;
    size_t n;
} HolderLines;

typedef struct {
    const char *label, *valid, *approved;
    Url url, diff;
    bool draft, now, has_diff;
} DutiesLine;

typedef struct {
    DutiesLine *v;
    size_t n;
} DutiesLines;

typedef struct {
    const char *title, *unit, *period, *replaces;
    Url unit_url, up;
    bool ended, may_write;
    HolderLines holders;
    Url hold, vacate, retitle, end;
} PositionView;

typedef struct {
    const char *title, *heading, *status; /* title: of the position */
    Url up, self, edit, approve, discard, new_url;
    const char *csrf;
    bool may_write, may_approve, draft, has_text, has_draft, draft_shown;
    const char *why_not; /* may not approve, because; NULL */
    Doc *text;
    DutiesLines versions;
} DutiesView;

typedef struct {
    const char *mark, *text, *kind; /* "Added", the line, "ny" "fjernet" "" */
} DiffRow;

typedef struct {
    DiffRow *v;
    size_t n;
} DiffRows;

typedef struct {
    const char *title, *summary;
    Url up;
    DiffRows rows;
} DiffView;

bool person_show_day(Req *req, GError **error);
bool person_show_position(Req *req, GError **error);
bool person_show_add(Req *req, GError **error);
bool person_do_add(Req *req, GError **error);
bool person_show_hold(Req *req, GError **error);
bool person_do_hold(Req *req, GError **error);
bool person_show_vacate(Req *req, GError **error);
bool person_do_vacate(Req *req, GError **error);
bool person_show_title(Req *req, GError **error);
bool person_do_title(Req *req, GError **error);
bool person_show_end(Req *req, GError **error);
bool person_do_end(Req *req, GError **error);

bool person_show_duties(Req *req, GError **error);
bool person_show_duties_version(Req *req, GError **error);
bool person_show_duties_diff(Req *req, GError **error);
bool person_show_duties_form(Req *req, GError **error);
bool person_do_duties_form(Req *req, GError **error);
bool person_show_duties_approve(Req *req, GError **error);
bool person_do_duties_approve(Req *req, GError **error);
bool person_do_duties_discard(Req *req, GError **error);

/* The position of the address, which the asker may see; else 404. */
bool person_open_position(Req *req, Position *ret, GError **error);
/* Who holds it on a day; 0: nobody. */
bool person_holds(Db *db, Arena *arena, int64_t owner, int64_t position, int64_t person,
                  const char *day, bool *ret, GError **error);
/* What the position's own page shows of its description. */
bool person_duties_section(Req *req, const Position *position, Html *html, GError **error);
bool person_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error);
