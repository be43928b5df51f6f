/* offentlig.c - the public pages: the front page and the list of published reports.
 *
 * Nothing here depends on who asks but the choice of owners, so the pages can be cached; what they say
 * of a report that is not published is only when which body meets, which is public anyway.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "offentlig-sider.h"
#include "noekkeltall.h"
#include "tilstandsrapport.h"
#include "forside.html.h"

#define NEXT_DAYS 120 /* how far ahead the calendar looks */

static bool fill_story(Req *req, int64_t owner, StoryLines *ret, GError **error)
{
    MilestoneList all;
    char when[DATE_TEXT];

    if (!offentlig_milestones(req->db, req->arena, owner, &all, error))
        return false;
    *ret = (StoryLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(StoryLine)), all.n };
    for (size_t i = 0; i < all.n; i++)
        ret->v[i] =
            (StoryLine){ arena_dup(req->arena, fuzzy_text(all.v[i].at, when)), all.v[i].title,
                         all.v[i].text, !strcmp(all.v[i].origin, "syntetisk") };
    return true;
}

/* "20 June 2013" -> "June": the month as a calendar leaf shows it. */
static const char *month_of(Arena *arena, const char *iso)
{
    char text[DATE_TEXT];
    g_auto(GStrv) words = g_strsplit(date_text(iso, text), " ", 3);

    return arena_dup(arena, g_strv_length(words) > 1 ? words[1] : "");
}

static void add_date(Req *req, const Step *step, const Report *report, NextDates *ret)
{
    NextDate *d = &ret->v[ret->n++];

    *d = (NextDate){ .iso = step->planned,
                     .day = arena_printf(req->arena, "%d",
                                         (int)g_ascii_strtoll(step->planned + 8, NULL, 10)),
                     .month = month_of(req->arena, step->planned),
                     .weekday = arena_dup(req->arena, date_weekday(step->planned)),
                     .body = step->body };
    if (step->nr == 4)
        d->what = arena_printf(req->arena, _("Considers the report on the state of the schools %s"),
                               report->year);
    else
        d->what = arena_printf(req->arena, _("Prepares the report on the state of the schools %s"),
                               report->year);
}

/* Steps 3 and 4 are political meetings; they are announced when the body meets in public. */
static bool is_announced(Req *req, int64_t owner, const Step *step, const char *today,
                         const char *last, bool *ret, GError **error)
{
    Organ body;

    *ret = false;
    if (!step->organ || strcmp(step->planned, today) < 0 || strcmp(step->planned, last) > 0)
        return true;
    if (!organ_get(req->db, req->arena, owner, step->organ, &body, error))
        return false;
    *ret = body.open;
    return true;
}

static bool fill_next(Req *req, int64_t owner, const char *today, NextDates *ret, GError **error)
{
    ReportList reports;
    Step steps[6];
    char last[DATE_TEXT];
    bool announced;

    date_add(today, NEXT_DAYS, last);
    if (!tilstandsrapport_list(req->db, req->arena, owner, &reports, error))
        return false;
    *ret = (NextDates){ arena_alloc(req->arena, (2 * reports.n + 1) * sizeof(NextDate)), 0 };
    for (size_t i = 0; i < reports.n; i++) {
        if (!tilstandsrapport_steps(req->db, req->arena, owner, reports.v[i].id, steps, error))
            return false;
        for (int k = 2; k < 4; k++) {
            if (!is_announced(req, owner, &steps[k], today, last, &announced, error))
                return false;
            if (announced)
                add_date(req, &steps[k], &reports.v[i], ret);
        }
    }
    return true;
}

static const char *owner_name(const EierList *owners, int64_t id)
{
    for (size_t i = 0; i < owners->n; i++)
        if (owners->v[i].id == id)
            return owners->v[i].name;
    return "";
}

static bool fill_reports(Req *req, const EierList *owners, int64_t owner, ReportLines *ret,
                         GError **error)
{
    ReportList all;
    char text[DATE_TEXT];

    if (!tilstandsrapport_published(req->db, req->arena, owner, &all, error))
        return false;
    *ret = (ReportLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ReportLine)), all.n };
    for (size_t i = 0; i < all.n; i++) {
        const Report *r = &all.v[i];

        ret->v[i] = (ReportLine){ .title = r->title,
                                  .owner = owner_name(owners, r->owner),
                                  .state = tilstandsrapport_state_name(r->state),
                                  .iso = r->published_on,
                                  .url = url_for(req->arena, "/tilstandsrapport/%I", r->id) };
        if (r->published_on)
            ret->v[i].date = arena_dup(req->arena, date_text(r->published_on, text));
    }
    return true;
}

static bool fill_owner(Req *req, const EierList *owners, const Eier *eier, OwnerView *ret,
                       GError **error)
{
    char date[DATE_TEXT];
    const char *today;

    if (!eier_today(req->db, req->arena, eier->id, req->now, &today, error))
        return false;
    *ret = (OwnerView){ .name = eier->name,
                        .demo = eier->demo,
                        .anchor = arena_printf(req->arena, "k%s", eier->number),
                        .today = arena_dup(req->arena, date_text(today, date)) };
    return offentlig_goal(req->db, req->arena, eier->id, &ret->goal, error) &&
           fill_story(req, eier->id, &ret->story, error) &&
           fill_next(req, eier->id, today, &ret->next, error) &&
           fill_reports(req, owners, eier->id, &ret->reports, error) &&
           offentlig_key_figures(req, eier, today, ret, error);
}

/* The owners this page is about: the host's or the user's own, else everybody. */
static bool load_owners(Req *req, EierList *ret, GError **error)
{
    Eier one;

    if (!req->owner)
        return eier_list(req->db, req->arena, ret, error);
    if (!eier_get(req->db, req->arena, req->owner, &one, error))
        return false;
    *ret = (EierList){ arena_alloc(req->arena, sizeof(Eier)), 1 };
    ret->v[0] = one;
    return true;
}

static bool show_front(Req *req, GError **error)
{
    EierList owners;
    FrontView view = { .sign_in = url_for(req->arena, "/logg-inn"),
                       .signed_in = req->user != NULL,
                       .reports = url_for(req->arena, "/rapporter") };

    if (!load_owners(req, &owners, error))
        return false;
    view.owners =
        (OwnerViews){ arena_alloc(req->arena, MAX(owners.n, 1) * sizeof(OwnerView)), owners.n };
    view.several = owners.n > 1;
    view.name = owners.n == 1 ? owners.v[0].name : NULL;
    for (size_t i = 0; i < owners.n; i++) {
        if (!fill_owner(req, &owners, &owners.v[i], &view.owners.v[i], error))
            return false;
        view.any_demo |= owners.v[i].demo;
    }
    req_cacheable(req);
    offentlig_forside(req_page(req, 200, _("Front page")), &view);
    return true;
}

static bool show_reports(Req *req, GError **error)
{
    OwnerView view = { 0 };
    EierList owners;

    if (!load_owners(req, &owners, error) ||
        !fill_reports(req, &owners, req->owner, &view.reports, error))
        return false;
    req_cacheable(req);
    offentlig_rapporter(req_page(req, 200, _("Published reports")), &view);
    return true;
}

static const Route routes[] = {
    { "GET", "/", PERM_PUBLIC, show_front },
    { "GET", "/rapporter", PERM_PUBLIC, show_reports },
    { "GET", "/rapporter.atom", PERM_PUBLIC, offentlig_send_atom },
    { "GET", "/rapporter.json", PERM_PUBLIC, offentlig_send_json },
    { "GET", "/rapporter/{kommune}.atom", PERM_PUBLIC, offentlig_send_atom },
    { "GET", "/rapporter/{kommune}.json", PERM_PUBLIC, offentlig_send_json },
    { 0 }
};

static const MenuItem menu[] = { { N_("Published reports"), "/rapporter", PERM_PUBLIC, 20 },
                                 { 0 } };

const Slice offentlig_slice = { "offentlig", routes, menu };
