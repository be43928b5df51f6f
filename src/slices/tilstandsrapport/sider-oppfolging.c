/* sider-oppfolging.c - the follow-up of a decision: who answers for what by when, and what came of it.
 *
 * A head of a unit sees and answers the unit's own items; those who follow up for the whole owner see
 * all of them and add new ones.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-oppfolging.h"
#include "person.h"
#include "oppfolging.html.h"

enum { F_RESPONSIBLE, F_DUE, F_STATUS, F_ANSWER, N_FIELDS };
static const Field base[N_FIELDS] = {
    [F_RESPONSIBLE] = { "ansvarlig", FIELD_CHOICE, N_("Who answers for it") },
    [F_DUE] = { "frist", FIELD_DATE, N_("By when") },
    [F_STATUS] = { "status", FIELD_CHOICE, N_("How far it has come") },
    [F_ANSWER] = { "svar", FIELD_TEXT, N_("Answer: what has been done, and what came of it"),
                   .max = 4000 },
};
static const Field add_fields[1] = {
    { "oppgave", FIELD_TEXT, N_("What is to be followed up"), .required = true, .max = 1000 },
};

typedef struct {
    Report report;
    FollowUpList items;
    PositionList positions;
    const Option *options;
} Room;

static bool load(Req *req, Room *room, GError **error)
{
    Option *options;

    if (!tilstandsrapport_open_own(req, &room->report, error) ||
        !tilstandsrapport_follow_ups(req->db, req->arena, room->report.owner, room->report.id,
                                     req->today, &room->items, error) ||
        !person_position_list(req->db, req->arena, room->report.owner, req->today, &room->positions,
                              error))
        return false;
    options = arena_alloc(req->arena, (room->positions.n + 1) * sizeof(Option));
    for (size_t i = 0; i < room->positions.n; i++) {
        const Position *p = &room->positions.v[i];

        options[i] = (Option){ arena_printf(req->arena, "%" G_GINT64_FORMAT, p->id),
                               p->holder ? arena_printf(req->arena, "%s (%s)", p->title, p->holder)
                                         : p->title };
    }
    room->options = options;
    return true;
}

static int64_t unit_of(const Room *room, const FollowUp *item)
{
    for (size_t i = 0; i < room->positions.n; i++)
        if (room->positions.v[i].id == item->responsible)
            return room->positions.v[i].unit;
    return 0;
}

static bool may(const Req *req, const Room *room, Perm perm, const FollowUp *item)
{
    return req_may_unit(req, perm, unit_of(room, item));
}

/* --- words --- */

static int days_between(const char *from, const char *to)
{
    GDate a, b;
    int y, m, d;

    if (sscanf(from, "%d-%d-%d", &y, &m, &d) != 3)
        return 0;
    g_date_clear(&a, 1);
    g_date_set_dmy(&a, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
    if (sscanf(to, "%d-%d-%d", &y, &m, &d) != 3)
        return 0;
    g_date_clear(&b, 1);
    g_date_set_dmy(&b, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
    return g_date_days_between(&a, &b);
}

const char *tilstandsrapport_item_state(Req *req, const FollowUp *item)
{
    int days;

    if (*item->answer)
        return _("Answered");
    if (!item->due)
        return _("Waits for an owner and a date");
    days = days_between(item->due, req->today);
    if (days > 0)
        return arena_printf(req->arena, ngettext("%d day overdue", "%d days overdue", days), days);
    if (days == 0)
        return _("Due today");
    return arena_printf(req->arena, ngettext("Due in %d day", "Due in %d days", -days), -days);
}

static const char *summary_of(Req *req, const FollowUpViews *items)
{
    int open = 0, overdue = 0;

    for (size_t i = 0; i < items->n; i++) {
        open += !items->v[i].answered_yet;
        overdue += items->v[i].overdue;
    }
    if (!items->n)
        return "";
    if (!open)
        return _("Every item has its answer.");
    if (!overdue)
        return arena_printf(req->arena, _("%d of %d items wait for an answer. None is overdue."),
                            open, (int)items->n);
    return arena_printf(req->arena, _("%d of %d items wait for an answer. Overdue: %d."), open,
                        (int)items->n, overdue);
}

/* --- forms --- */

static const Option *status_options(Req *req)
{
    static const char *const codes[] = { "ikke_pabegynt", "under_arbeid", "gjennomfort", "avvik",
                                         "opphevet" };
    Option *options = arena_alloc(req->arena, (G_N_ELEMENTS(codes) + 1) * sizeof(Option));

    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        options[i] = (Option){ codes[i], tilstandsrapport_follow_up_status(codes[i]) };
    return options;
}

/* Each item has its own form on the page, so each field carries the item's number. */
static const Field *item_fields(Req *req, const FollowUp *item)
{
    Field *fields = arena_alloc(req->arena, N_FIELDS * sizeof(Field));

    for (int i = 0; i < N_FIELDS; i++) {
        fields[i] = base[i];
        fields[i].name = arena_printf(req->arena, "%s-%d", base[i].name, item->nr);
    }
    return fields;
}

static const Form *blank_for(Req *req, const Room *room, const FollowUp *item)
{
    Form *form = arena_alloc(req->arena, sizeof *form);

    *form = form_blank(req, item_fields(req, item), N_FIELDS);
    form_options(form, F_RESPONSIBLE, room->options);
    if (item->responsible)
        form_set(form, F_RESPONSIBLE,
                 arena_printf(req->arena, "%" G_GINT64_FORMAT, item->responsible));
    form_options(form, F_STATUS, status_options(req));
    form_set(form, F_STATUS, item->status);
    form_set(form, F_DUE, item->due);
    form_set(form, F_ANSWER, item->answer);
    return form;
}

/* --- the page --- */

typedef struct {
    int status;
    int64_t item; /* whose form failed; 0: the new item's */
    const Form *form;
    const char *trouble, *kept; /* somebody else was quicker; what was typed */
} Failed;

/* Earlier answers; the newest stands by itself above them. */
static bool fill_before(Req *req, const Room *room, const FollowUp *item, AnswerViews *ret,
                        GError **error)
{
    FollowUpAnswers all;

    if (!tilstandsrapport_follow_up_answers(req->db, req->arena, room->report.owner, item->id, &all,
                                            error))
        return false;
    ret->v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(AnswerView));
    for (size_t i = 0; i + 1 < all.n; i++)
        ret->v[ret->n++] =
            (AnswerView){ tilstandsrapport_day(req, all.v[i].on),
                          tilstandsrapport_follow_up_status(all.v[i].status), all.v[i].answer,
                          tilstandsrapport_who(req, room->report.owner, all.v[i].by) };
    return true;
}

static FollowUpView view_of(Req *req, const Room *room, const FollowUp *item, const Failed *failed)
{
    FollowUpView view = { .nr = arena_printf(req->arena, "%d", item->nr),
                          .id = item->id,
                          .task = item->task };
    bool again = failed->form && failed->item == item->id;

    view.responsible = item->title;
    view.due = tilstandsrapport_weekday_day(req, item->due);
    view.state = tilstandsrapport_item_state(req, item);
    view.status = tilstandsrapport_follow_up_status(item->status);
    view.answer = item->answer;
    view.answered_yet = *item->answer != '\0';
    view.answered = item->answered_on ? arena_printf(req->arena, _("Answered %s"),
                                                     tilstandsrapport_day(req, item->answered_on))
                                      : "";
    view.overdue = !view.answered_yet && item->due && strcmp(item->due, req->today) < 0;
    view.may_write = may(req, room, PERM_FOLLOWUP_WRITE, item);
    view.form = again ? failed->form : blank_for(req, room, item);
    view.open = again;
    view.mark = tilstandsrapport_follow_up_mark(req->arena, item);
    return view;
}

/* Items follow from a decision: there are none before it, and none after the report is closed. */
static bool may_add(const Req *req, const Room *room)
{
    ReportState state = room->report.state;

    return tilstandsrapport_may_all(req, PERM_FOLLOWUP_WRITE) && state >= STATE_GODKJENT &&
           state < STATE_AVSLUTTET && state != STATE_AVVIST;
}

static bool show_with(Req *req, const Room *room, const Failed *failed, GError **error)
{
    g_auto(Form) blank = form_blank(req, add_fields, 1);
    FollowUpPage page = { .title = room->report.title,
                          .lang = i18n_tag(room->report.language),
                          .self = tilstandsrapport_url(req, &room->report, "/oppfolging"),
                          .up = tilstandsrapport_url(req, &room->report, "") };

    page.items.v = arena_alloc(req->arena, MAX(room->items.n, 1) * sizeof(FollowUpView));
    for (size_t i = 0; i < room->items.n; i++)
        if (may(req, room, PERM_FOLLOWUP_READ, &room->items.v[i]))
            page.items.v[page.items.n++] = view_of(req, room, &room->items.v[i], failed);
    for (size_t i = 0, k = 0; i < room->items.n; i++)
        if (may(req, room, PERM_FOLLOWUP_READ, &room->items.v[i]) &&
            !fill_before(req, room, &room->items.v[i], &page.items.v[k++].before, error))
            return false;
    page.trouble = failed->trouble;
    page.kept = failed->kept;
    page.others = room->items.n > page.items.n;
    page.summary = summary_of(req, &page.items);
    if (may_add(req, room))
        page.add = failed->form && !failed->item ? failed->form : &blank;
    oppfolging_vis(req_page(req, failed->status, _("Follow-up of the decision")), &page);
    return true;
}

bool tilstandsrapport_show_follow_ups(Req *req, GError **error)
{
    Room room;

    return load(req, &room, error) && show_with(req, &room, &(Failed){ .status = 200 }, error);
}

/* --- storing --- */

static bool say(Req *req, const Room *room, const char *message)
{
    return req_redirect_saying(req, tilstandsrapport_url(req, &room->report, "/oppfolging").text,
                               message);
}

static bool add_item(Req *req, const Room *room, GError **error)
{
    g_auto(Form) form = form_read(req, add_fields, 1);

    if (!tilstandsrapport_may_all(req, PERM_FOLLOWUP_WRITE))
        return app_fail(error, APP_ERROR_FORBIDDEN, "the role may not add items");
    if (!may_add(req, room))
        return app_fail(error, APP_ERROR_CONFLICT, "items follow from the council's decision");
    if (!form_ok(&form))
        return show_with(req, room, &(Failed){ .status = 422, .form = &form }, error);
    return tilstandsrapport_follow_up_add(req->db, room->report.owner, room->report.id,
                                          form.value[0], error) &&
           say(req, room, _("The item is added."));
}

static bool store_item(Req *req, const Room *room, const FollowUp *item, GError **error)
{
    g_auto(Form) form = form_read(req, item_fields(req, item), N_FIELDS);
    g_autoptr(GError) why = NULL;
    FollowUp changed = *item;

    form_options(&form, F_RESPONSIBLE, room->options);
    form_options(&form, F_STATUS, status_options(req));
    if (!form_ok(&form))
        return show_with(req, room, &(Failed){ .status = 422, .item = item->id, .form = &form },
                         error);
    changed.responsible = g_ascii_strtoll(form.value[F_RESPONSIBLE], NULL, 10);
    changed.due = *form.value[F_DUE] ? form.value[F_DUE] : NULL;
    changed.answer = form.value[F_ANSWER];
    if (*form.value[F_STATUS])
        changed.status = form.value[F_STATUS];
    changed.seen = req_posted(req, "sett");
    req_note(req, "rapport.oppfolging", room->report.id, 0, NULL);
    if (tilstandsrapport_follow_up_answer(req->db, room->report.owner, &changed, req->user->id,
                                          req->today, req->now, &why))
        return say(req, room, _("Stored."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return show_with(req, room,
                     &(Failed){ .status = 409,
                                .trouble = arena_dup(req->arena, why->message),
                                .kept = changed.answer },
                     error);
}

bool tilstandsrapport_post_follow_up(Req *req, GError **error)
{
    const char *posted = req_posted(req, "punkt");
    int64_t id = posted ? g_ascii_strtoll(posted, NULL, 10) : 0;
    Room room;

    if (!load(req, &room, error))
        return false;
    if (!posted)
        return add_item(req, &room, error);
    for (size_t i = 0; i < room.items.n; i++) {
        const FollowUp *item = &room.items.v[i];

        if (item->id != id || !may(req, &room, PERM_FOLLOWUP_READ, item))
            continue;
        if (!may(req, &room, PERM_FOLLOWUP_WRITE, item))
            return app_fail(error, APP_ERROR_FORBIDDEN, "the item belongs to another unit");
        return store_item(req, &room, item, error);
    }
    return req_not_found(req, error);
}
