/* stillinger.c - the pages of positions: all of them on a day, and one through the years.
 *
 * "Who was fagsjef on 2012-05-01" is the list with that day in its address; what other slices know of
 * the day (the bodies and who sat in them) they add themselves, through Slice.day_panel.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "stilling-sider.h"
#include "enhet.h"
#include "stilling.html.h"

static const char *unit_name(const EnhetList *units, int64_t id)
{
    for (size_t i = 0; i < units->n; i++)
        if (units->v[i].id == id)
            return units->v[i].name;
    return "";
}

static const char *short_day(Req *req, const char *iso)
{
    char text[DATE_TEXT];

    return iso && strcmp(iso, "0001-01-01") ? arena_dup(req->arena, date_short(iso, text)) : "";
}

/* --- a day --- */

static void fill_seats(Req *req, const EnhetList *units, const PositionList *all, SeatLines *ret)
{
    *ret = (SeatLines){ arena_alloc(req->arena, MAX(all->n, 1) * sizeof(SeatLine)), 0 };
    for (size_t i = 0; i < all->n; i++) {
        const Position *p = &all->v[i];

        if (!req_may_unit(req, PERM_UNIT_READ, p->unit))
            continue;
        ret->v[ret->n++] = (SeatLine){ .title = p->title,
                                       .replaces = p->replaces,
                                       .unit = unit_name(units, p->unit),
                                       .holder = p->holder ? p->holder : "",
                                       .since = short_day(req, p->since),
                                       .url = url_for(req->arena, "/stillinger/%I", p->id),
                                       .person = url_for(req->arena, "/personer/%I", p->person),
                                       .known = p->person != 0 };
    }
}

/* The day of the address; today when it says none, or none that there is. */
static const char *day_of(Req *req)
{
    static const Field field = { "dato", FIELD_DATE, N_("Date") };
    const char *asked = req_query(req, "dato"), *day;

    if (!asked || !*asked || form_check(req->arena, &field, asked, req->today, &day))
        return req->today;
    return day;
}

static bool draw_panels(Req *req, const char *day, Html *page, GError **error)
{
    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->day_panel && !(*s)->day_panel(req, 0, day, page, error))
            return false;
    return true;
}

bool person_show_day(Req *req, GError **error)
{
    int64_t owner = req->user->owner;
    DayView view = { .iso = day_of(req) };
    PositionList positions;
    char text[DATE_TEXT];
    EnhetList units;

    if (!enhet_list(req->db, req->arena, owner, view.iso, &units, error) ||
        !person_position_list(req->db, req->arena, owner, view.iso, &positions, error))
        return false;
    view.past = strcmp(view.iso, req->today) != 0;
    view.date = arena_dup(req->arena, date_text(view.iso, text));
    view.may_write = req_may_unit(req, PERM_UNIT_WRITE, 0);
    view.new_url = url_for(req->arena, "/stillinger/ny");
    fill_seats(req, &units, &positions, &view.seats);
    Html *page = req_page(req, 200, _("Positions"));
    person_dag(page, &view);
    return draw_panels(req, view.iso, page, error);
}

/* --- one position --- */

bool person_open_position(Req *req, Position *ret, GError **error)
{
    if (!person_position_get(req->db, req->arena, req->user->owner, req_id(req, "id"), ret, error))
        return false;
    return req_may_unit(req, PERM_UNIT_READ, ret->unit) ||
           req_may_unit(req, PERM_UNIT_WRITE, ret->unit) || req_not_found(req, error);
}

static HolderLine vacant_line(Req *req, const char *from, const char *to)
{
    return (HolderLine){ .name = _("vacant"),
                         .period = person_period(req, from, to),
                         .vacant = true,
                         .now = strcmp(from, req->today) <= 0 &&
                                (!to || strcmp(to, req->today) >= 0) };
}

static HolderLine holder_line(Req *req, const Position *p, const Holding *h)
{
    const char *to = h->to ? h->to : p->to;
    bool now = strcmp(h->from, req->today) <= 0 && (!to || strcmp(to, req->today) >= 0);

    return (HolderLine){ .name = h->name,
                         .period = person_period(req, h->from, to),
                         .url = url_for(req->arena, "/personer/%I", h->person),
                         .note = now                               ? _("now")
                                 : strcmp(h->from, req->today) > 0 ? _("to come")
                                                                   : "",
                         .now = now };
}

/* The holders with the gaps between them, the newest first. */
static void fill_holders(Req *req, const Position *p, const HoldingList *all, HolderLines *ret)
{
    HolderLine *lines = arena_alloc(req->arena, (all->n * 2 + 1) * sizeof(HolderLine));
    const char *next = p->from; /* the first day nobody has been seen to hold */
    char day[DATE_TEXT], before[DATE_TEXT];
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++) {
        const Holding *h = &all->v[i];

        if (h->to && strcmp(h->to, h->from) < 0)
            continue;
        if (next && strcmp(next, h->from) < 0)
            lines[n++] = vacant_line(req, next, date_add(h->from, -1, before));
        lines[n++] = holder_line(req, p, h);
        next = h->to ? arena_dup(req->arena, date_add(h->to, 1, day)) : NULL;
    }
    if (next && (!p->to || strcmp(next, p->to) <= 0))
        lines[n++] = vacant_line(req, next, p->to);
    for (size_t i = 0; i < n / 2; i++) {
        HolderLine swap = lines[i];

        lines[i] = lines[n - 1 - i];
        lines[n - 1 - i] = swap;
    }
    *ret = (HolderLines){ lines, n };
}

static bool load(Req *req, const Position *p, PositionView *view, GError **error)
{
    int64_t owner = req->user->owner;
    HoldingList holders;
    EnhetList units;

    if (!enhet_list(req->db, req->arena, owner, p->to ? p->to : req->today, &units, error) ||
        !person_holders(req->db, req->arena, owner, p->id, &holders, error))
        return false;
    *view = (PositionView){ .title = p->title,
                            .unit = unit_name(&units, p->unit),
                            .unit_url = url_for(req->arena, "/enheter/%I", p->unit),
                            .up = url_for(req->arena, "/stillinger"),
                            .period = person_period(req, p->from, p->to),
                            .replaces = p->replaces,
                            .ended = p->to && strcmp(p->to, req->today) < 0,
                            .hold = url_for(req->arena, "/stillinger/%I/innehaver", p->id),
                            .vacate = url_for(req->arena, "/stillinger/%I/ledig", p->id),
                            .retitle = url_for(req->arena, "/stillinger/%I/tittel", p->id),
                            .end = url_for(req->arena, "/stillinger/%I/slutt", p->id) };
    view->may_write = req_may_unit(req, PERM_UNIT_WRITE, p->unit) && !view->ended;
    fill_holders(req, p, &holders, &view->holders);
    return true;
}

bool person_show_position(Req *req, GError **error)
{
    PositionView view;
    Position p;

    if (!person_open_position(req, &p, error) || !load(req, &p, &view, error))
        return false;
    Html *page = req_page(req, 200, p.title);
    person_stilling(page, &view);
    if (!person_duties_section(req, &p, page, error))
        return false;
    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->position_panel && !(*s)->position_panel(req, p.id, req->today, page, error))
            return false;
    return true;
}
