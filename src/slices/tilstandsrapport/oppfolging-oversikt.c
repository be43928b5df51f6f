/* oppfolging-oversikt.c - the follow-up items of all years on one page, to be filtered and printed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-oppfolging.h"
#include "person.h"
#include "oppfolging-oversikt.html.h"

enum { F_YEAR, F_STATUS, F_RESPONSIBLE, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_YEAR] = { "ar", FIELD_CHOICE, N_("Report") },
    [F_STATUS] = { "status", FIELD_CHOICE, N_("Status") },
    [F_RESPONSIBLE] = { "ansvarlig", FIELD_CHOICE, N_("Answers for it") },
};

typedef struct {
    ReportList reports;
    PositionList positions;
    Option *years, *titles;
} Room;

static const Option *status_options(Req *req)
{
    Option *options = arena_alloc(req->arena, 4 * sizeof(Option));

    options[0] = (Option){ "apne", _("Not answered") };
    options[1] = (Option){ "forfalt", _("Overdue") };
    options[2] = (Option){ "besvart", _("Answered") };
    return options;
}

static bool load(Req *req, Room *room, GError **error)
{
    const int64_t owner = req->user->owner;

    if (!tilstandsrapport_list(req->db, req->arena, owner, &room->reports, error) ||
        !person_position_list(req->db, req->arena, owner, req->today, &room->positions, error))
        return false;
    room->years = arena_alloc(req->arena, (room->reports.n + 1) * sizeof(Option));
    room->titles = arena_alloc(req->arena, (room->positions.n + 1) * sizeof(Option));
    for (size_t i = 0; i < room->reports.n; i++)
        room->years[i] = (Option){ room->reports.v[i].year, room->reports.v[i].year };
    for (size_t i = 0; i < room->positions.n; i++)
        room->titles[i] =
            (Option){ arena_printf(req->arena, "%" G_GINT64_FORMAT, room->positions.v[i].id),
                      room->positions.v[i].title };
    return true;
}

static int64_t unit_of(const Room *room, int64_t position)
{
    for (size_t i = 0; i < room->positions.n; i++)
        if (room->positions.v[i].id == position)
            return room->positions.v[i].unit;
    return 0;
}

static bool is_overdue(const Req *req, const FollowUp *f)
{
    return !*f->answer && f->due && strcmp(f->due, req->today) < 0;
}

static bool fits(const Req *req, const Form *filter, const Report *r, const FollowUp *f)
{
    const char *status = filter->value[F_STATUS], *who = filter->value[F_RESPONSIBLE];

    if (*filter->value[F_YEAR] && strcmp(filter->value[F_YEAR], r->year))
        return false;
    if (*who && g_ascii_strtoll(who, NULL, 10) != f->responsible)
        return false;
    return !*status || (!strcmp(status, "apne")      ? !*f->answer
                        : !strcmp(status, "forfalt") ? is_overdue(req, f)
                                                     : *f->answer != '\0');
}

static OverviewRow row_of(Req *req, const Report *r, const FollowUp *f)
{
    return (OverviewRow){ .year = r->year,
                          .title = r->title,
                          .lang = i18n_tag(r->language),
                          .task = f->task,
                          .responsible = *f->title ? f->title : _("nobody yet"),
                          .due = f->due ? tilstandsrapport_day(req, f->due) : _("no date yet"),
                          .status = tilstandsrapport_follow_up_status(f->status),
                          .state = tilstandsrapport_item_state(req, f),
                          .overdue = is_overdue(req, f),
                          .url = tilstandsrapport_url(req, r, "/oppfolging") };
}

static bool fill(Req *req, const Room *room, const Form *filter, OverviewPage *page, GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(OverviewRow));
    int open = 0, overdue = 0;

    for (size_t i = 0; i < room->reports.n; i++) {
        const Report *r = &room->reports.v[i];
        FollowUpList items;

        if (!r->published && !tilstandsrapport_sees_draft(req, r))
            continue;
        if (!tilstandsrapport_follow_ups(req->db, req->arena, r->owner, r->id, req->today, &items,
                                         error))
            return false;
        for (size_t k = 0; k < items.n; k++) {
            const FollowUp *f = &items.v[k];

            if (!req_may_unit(req, PERM_FOLLOWUP_READ, unit_of(room, f->responsible)))
                continue;
            page->any = true;
            if (!fits(req, filter, r, f))
                continue;
            const OverviewRow row = row_of(req, r, f);

            open += !*f->answer;
            overdue += row.overdue;
            g_array_append_val(rows, row);
        }
    }
    page->rows = (OverviewRows){ arena_alloc(req->arena, MAX(rows->len, 1) * sizeof(OverviewRow)),
                                 rows->len };
    if (rows->len)
        memcpy(page->rows.v, rows->data, rows->len * sizeof(OverviewRow));
    page->sum = arena_printf(req->arena, _("%1$d items, %2$d without an answer, %3$d overdue"),
                             (int)rows->len, open, overdue);
    return true;
}

bool tilstandsrapport_show_overview(Req *req, GError **error)
{
    g_auto(Form) filter = form_blank(req, fields, N_FIELDS);
    OverviewPage page = { .filter = &filter };
    Room room;

    if (!req->user->owner)
        return req_not_found(req, error);
    if (!load(req, &room, error))
        return false;
    form_options(&filter, F_YEAR, room.years);
    form_options(&filter, F_STATUS, status_options(req));
    form_options(&filter, F_RESPONSIBLE, room.titles);
    for (int i = 0; i < N_FIELDS; i++)
        form_set(&filter, i, req_query(req, fields[i].name));
    if (!fill(req, &room, &filter, &page, error))
        return false;
    page.printed = arena_printf(req->arena, _("Printed %s"), tilstandsrapport_day(req, req->today));
    oppfolging_oversikt(req_page(req, 200, _("Follow-up of decisions")), &page);
    return true;
}
