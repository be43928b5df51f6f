/* organ-sider.c - the pages of bodies: the list, and one with its members on a day.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "organ-sider.h"
#include "person.h"
#include "organ.html.h"

bool organ_exists_on(const Organ *organ, const char *day)
{
    char first[DATE_TEXT];

    if (strcmp(fuzzy_first(organ->from, first), day) > 0)
        return false;
    /* a last year or month counts whole */
    return !organ->to || strncmp(organ->to, day, MIN(strlen(organ->to), 4)) > 0 ||
           (strlen(organ->to) == 10                         ? strcmp(organ->to, day) >= 0
            : strlen(organ->to) == 7 && organ->to[5] != 'H' ? strncmp(organ->to, day, 7) >= 0
                                                            : strncmp(organ->to, day, 4) >= 0);
}

static OrganLine line_of(Req *req, const Organ *o)
{
    return (OrganLine){ o->name, o->kind_name, o->decides, !organ_exists_on(o, req->today),
                        url_for(req->arena, "/organer/%I", o->id) };
}

bool organ_show_list(Req *req, GError **error)
{
    OrganListView view = { .may_write = req_may(req, PERM_BODY_WRITE),
                           .add = url_for(req->arena, "/organer/ny") };
    OrganList all;

    if (!organ_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view.now = (OrganLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(OrganLine)), 0 };
    view.ended = (OrganLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(OrganLine)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        OrganLines *to = organ_exists_on(&all.v[i], req->today) ? &view.now : &view.ended;

        to->v[to->n++] = line_of(req, &all.v[i]);
    }
    organ_liste(req_page(req, 200, _("Bodies")), &view);
    return true;
}

/* --- one --- */

static const char *fuzzy(Req *req, const char *date)
{
    char text[DATE_TEXT];

    return date ? arena_dup(req->arena, fuzzy_text(date, text)) : NULL;
}

static const char *legal_text(Req *req, const Organ *o)
{
    if (!*o->legal)
        return NULL;
    if (o->legal_from && o->legal_to)
        return arena_printf(req->arena, _("%s, in force from %s to %s"), o->legal,
                            fuzzy(req, o->legal_from), fuzzy(req, o->legal_to));
    if (o->legal_from)
        return arena_printf(req->arena, _("%s, in force from %s"), o->legal,
                            fuzzy(req, o->legal_from));
    return o->legal;
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

static bool fill_members(Req *req, int64_t organ, OrganView *view, GError **error)
{
    OrganMemberList all;
    char id[ID_TEXT];

    if (!organ_member_list(req->db, req->arena, req->user->owner, organ, view->iso, &all, error))
        return false;
    view->members = (SeatRows){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(SeatRow)), all.n };
    for (size_t i = 0; i < all.n; i++) {
        const OrganMember *m = &all.v[i];
        Url end = url_for(req->arena, "/organer/%I/plass", organ);
        bool open = req_may_unit(req, PERM_UNIT_READ, m->unit);

        view->members.v[i] =
            (SeatRow){ .title = m->title,
                       .holder = m->holder,
                       .duty = m->duty,
                       .represents = m->represents,
                       .period = person_period(req, m->from, m->to),
                       .position = url_for(req->arena, "/stillinger/%I", m->position),
                       .person = url_for(req->arena, "/personer/%I", m->person),
                       .end = url_with(req->arena, end, "sete",
                                       arena_dup(req->arena, id_text(m->id, id))),
                       .open = open,
                       .known = open && m->person,
                       .may_end = view->may_write && (!m->to || strcmp(m->to, req->today) >= 0) };
    }
    return true;
}

static void fill_family(Req *req, const OrganList *all, const Organ *o, OrganView *view)
{
    view->below = (OrganLines){ arena_alloc(req->arena, MAX(all->n, 1) * sizeof(OrganLine)), 0 };
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].parent == o->id)
            view->below.v[view->below.n++] = line_of(req, &all->v[i]);
        if (all->v[i].id == o->parent)
            view->parent = all->v[i].name;
    }
    view->parent_url = url_for(req->arena, "/organer/%I", o->parent);
}

bool organ_show(Req *req, GError **error)
{
    OrganView view = { .iso = day_of(req),
                       .may_write = req_may(req, PERM_BODY_WRITE),
                       .up = url_for(req->arena, "/organer") };
    char text[DATE_TEXT];
    OrganList all;

    if (!organ_list(req->db, req->arena, req->user->owner, &all, error) ||
        !organ_get(req->db, req->arena, req->user->owner, req_id(req, "id"), &view.organ, error))
        return false;
    const Organ *o = &view.organ;

    view.since = fuzzy(req, o->from);
    view.until = fuzzy(req, o->to);
    view.ended = !organ_exists_on(o, req->today) && o->to;
    view.legal = legal_text(req, o);
    view.date = arena_dup(req->arena, date_text(view.iso, text));
    view.past = strcmp(view.iso, req->today) != 0;
    view.self = url_for(req->arena, "/organer/%I", o->id);
    view.edit = url_for(req->arena, "/organer/%I/endre", o->id);
    view.add = url_for(req->arena, "/organer/%I/medlem", o->id);
    view.end = url_for(req->arena, "/organer/%I/slutt", o->id);
    fill_family(req, &all, o, &view);
    if (!fill_members(req, o->id, &view, error))
        return false;
    organ_vis(req_page(req, 200, o->name), &view);
    return true;
}

/* --- on other slices' pages --- */

static const char *people_of(Req *req, const OrganMemberList *members)
{
    const char *all = "";

    for (size_t i = 0; i < members->n; i++) {
        const OrganMember *m = &members->v[i];
        const char *who = *m->holder
                              ? arena_printf(req->arena, "%s (%s)", m->holder, m->duty)
                              : arena_printf(req->arena, _("%s, vacant (%s)"), m->title, m->duty);

        all = *all ? arena_printf(req->arena, "%s, %s", all, who) : who;
    }
    return all;
}

bool organ_day_panel(Req *req, int64_t id, const char *day, Html *html, GError **error)
{
    OrganDayRows rows;
    OrganList all;

    (void)id;
    if (!req_may(req, PERM_BODY_READ))
        return true;
    if (!organ_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    rows = (OrganDayRows){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(OrganDayRow)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        const Organ *o = &all.v[i];
        OrganMemberList members;

        if (!organ_exists_on(o, day))
            continue;
        if (!organ_member_list(req->db, req->arena, req->user->owner, o->id, day, &members, error))
            return false;
        rows.v[rows.n++] =
            (OrganDayRow){ o->name, people_of(req, &members), "",
                           url_with(req->arena, url_for(req->arena, "/organer/%I", o->id), "dato",
                                    day) };
    }
    organ_dag(html, &rows);
    return true;
}

/* Seats on the day of one position, or of whatever a person holds. */
static bool draw_seats(Req *req, int64_t position, int64_t person, const char *day, Html *html,
                       GError **error)
{
    OrganDayRows rows;
    OrganList all;

    if (!req_may(req, PERM_BODY_READ))
        return true;
    if (!organ_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    rows = (OrganDayRows){ arena_alloc(req->arena, MAX(all.n, 1) * 8 * sizeof(OrganDayRow)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        OrganMemberList members;

        if (!organ_exists_on(&all.v[i], day))
            continue;
        if (!organ_member_list(req->db, req->arena, req->user->owner, all.v[i].id, day, &members,
                               error))
            return false;
        for (size_t k = 0; k < members.n && rows.n < all.n * 8; k++)
            if ((position && members.v[k].position == position) ||
                (person && members.v[k].person == person))
                rows.v[rows.n++] =
                    (OrganDayRow){ all.v[i].name, members.v[k].title, members.v[k].duty,
                                   url_for(req->arena, "/organer/%I", all.v[i].id) };
    }
    organ_seter(html, &rows);
    return true;
}

bool organ_position_panel(Req *req, int64_t id, const char *day, Html *html, GError **error)
{
    return draw_seats(req, id, 0, day, html, error);
}

bool organ_person_panel(Req *req, int64_t id, const char *day, Html *html, GError **error)
{
    return draw_seats(req, 0, id, day, html, error);
}
