/* organ-sider.h - rows as the pages of this slice show them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "organ.h"

typedef struct {
    const char *name, *kind;
    bool decides, ended;
    Url url;
} OrganLine;

typedef struct {
    OrganLine *v;
    size_t n;
} OrganLines;

typedef struct {
    OrganLines now, ended;
    bool may_write;
    Url add;
} OrganListView;

typedef struct {
    const char *title, *holder, *duty, *represents, *period;
    Url position, person, end;
    bool open, known; /* the reader may see the position; and somebody holds it */
    bool may_end;
} SeatRow;

typedef struct {
    SeatRow *v;
    size_t n;
} SeatRows;

typedef struct {
    Organ organ;
    const char *since, *until, *legal, *parent, *iso, *date;
    SeatRows members;
    OrganLines below;
    bool may_write, past, ended;
    Url up, self, parent_url, edit, add, end;
} OrganView;

/* One body with its seats, or one seat of a position, on a day. */
typedef struct {
    const char *name, *members, *duty;
    Url url;
} OrganDayRow;

typedef struct {
    OrganDayRow *v;
    size_t n;
} OrganDayRows;

bool organ_show_list(Req *req, GError **error);
bool organ_show(Req *req, GError **error);
bool organ_show_add(Req *req, GError **error);
bool organ_do_add(Req *req, GError **error);
bool organ_show_edit(Req *req, GError **error);
bool organ_do_edit(Req *req, GError **error);
bool organ_show_seat(Req *req, GError **error);
bool organ_do_seat(Req *req, GError **error);
bool organ_show_seat_end(Req *req, GError **error);
bool organ_do_seat_end(Req *req, GError **error);
bool organ_show_end(Req *req, GError **error);
bool organ_do_end(Req *req, GError **error);
bool organ_day_panel(Req *req, int64_t id, const char *day, Html *html, GError **error);
bool organ_position_panel(Req *req, int64_t id, const char *day, Html *html, GError **error);
bool organ_person_panel(Req *req, int64_t id, const char *day, Html *html, GError **error);

/* Whether the body exists on a day, by the first and last day its fuzzy dates can mean. */
bool organ_exists_on(const Organ *organ, const char *day);
bool organ_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error);
