/* sider-behandling.c - the treatment: six steps with what happened in each, and what may be done now.
 *
 * The page explains before it asks: what an action will lead to stands above its form.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-behandling.h"
#include "behandling.h"
#include "tilgang.h"
#include "behandling.html.h"

bool tilstandsrapport_open_treatment(Req *req, Report *ret, GError **error)
{
    if (!tilstandsrapport_open_own(req, ret, error))
        return false;
    if (tilstandsrapport_sees_draft(req, ret) || req_may(req, PERM_REPORT_READ))
        return true;
    return app_fail(error, APP_ERROR_FORBIDDEN, "the role does not see the treatment");
}

/* --- what happened --- */

static const char *archive_of(Req *req, const StepEvent *e)
{
    return *e->archive_case && *e->journal_entry
               ? arena_printf(req->arena, "%s, %s", e->archive_case, e->journal_entry)
           : *e->archive_case ? e->archive_case
                              : e->journal_entry;
}

/* Three weeks from the decision. Source: kommuneloven § 27-1. */
static const char *review_of(Req *req, const StepEvent *e)
{
    char day[DATE_TEXT];

    return strcmp(e->action, "vedtak") ? "" : tilstandsrapport_day(req, date_add(e->on, 21, day));
}

static EventView event_view(Req *req, const Report *report, const MinuteLines *lines,
                            const StepEvent *e)
{
    const char *who = tilstandsrapport_who(req, report->owner, e->recorded_by);
    char when[DATE_TEXT];

    time_text(e->recorded_at, when);
    return (EventView){
        .what = tilstandsrapport_event_words(e),
        .on = tilstandsrapport_weekday_day(req, e->on),
        .case_number = e->case_number,
        .decision = e->decision,
        .votes = tilstandsrapport_votes(req->arena, e),
        .note = e->note,
        .archive = archive_of(req, e),
        .review = review_of(req, e),
        .lines = tilstandsrapport_line_views(req, lines, e->id, 0),
        .recorded = *who ? arena_printf(req->arena, _("Recorded by %s, %s"), who, when)
                         : arena_printf(req->arena, _("Recorded %s"), when),
        .withdrawn = e->withdrawn,
    };
}

/* Events of drafts are the owner's own business: others see what happened since the sending. */
static bool event_shown(Req *req, const Report *report, const StepEvent *e)
{
    return tilstandsrapport_sees_draft(req, report) || (!e->withdrawn && e->step >= 3);
}

static TreatedSteps treated(Req *req, const Report *report, const Step steps[6],
                            const StepEventList *events, const MinuteLines *lines)
{
    StepLine line = tilstandsrapport_line(req, report, steps);
    TreatedSteps all = { arena_alloc(req->arena, 6 * sizeof(TreatedStep)), 6 };

    for (size_t i = 0; i < 6; i++) {
        all.v[i].mark = line.v[i];
        all.v[i].events.v = arena_alloc(req->arena, MAX(events->n, 1) * sizeof(EventView));
        for (size_t k = 0; k < events->n; k++)
            if (events->v[k].step == line.v[i].nr && event_shown(req, report, &events->v[k]))
                all.v[i].events.v[all.v[i].events.n++] =
                    event_view(req, report, lines, &events->v[k]);
    }
    return all;
}

/* --- what may be done --- */

static bool first_stop(Req *req, const Report *report, const char **ret, GError **error)
{
    FindingList findings;

    *ret = NULL;
    if (!tilstandsrapport_validate(req->db, req->arena, report, req->today, &findings, error))
        return false;
    for (size_t i = 0; i < findings.n && !*ret; i++)
        if (findings.v[i].stops)
            *ret = findings.v[i].message;
    return true;
}

/* Other slices keep what goes with a case; they are asked, and this one does not know which. */
static bool ask_lacks(Req *req, const Report *report, int step, const char **ret, GError **error)
{
    g_autoptr(GPtrArray) lacks = g_ptr_array_new();

    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->case_lacks && !(*s)->case_lacks(req, report->id, step, lacks, error))
            return false;
    *ret = NULL;
    for (guint i = 0; i < lacks->len; i++)
        *ret = *ret ? arena_printf(req->arena, "%s %s", *ret, (char *)lacks->pdata[i])
                    : lacks->pdata[i];
    return true;
}

static bool action_view(Req *req, const Report *report, const Step steps[6], const ActionForm *a,
                        ActionView *ret, GError **error)
{
    const Action *rule = tilstandsrapport_action_of(a->action.code);
    const char *planned = steps[a->action.step - 1].planned;

    *ret = (ActionView){ .code = a->action.code,
                         .name = a->action.name,
                         .form = &a->form,
                         .what = tilstandsrapport_action_what(a->action.code) };
    if (rule->on_its_date && strcmp(planned, req->today) > 0)
        ret->not_before = arena_printf(req->arena, _("Can be recorded from %s."),
                                       tilstandsrapport_weekday_day(req, planned));
    if (!strcmp(rule->code, "send") && !ask_lacks(req, report, a->action.step, &ret->lacks, error))
        return false;
    return !rule->validates || first_stop(req, report, &ret->cannot, error);
}

/* The forms the asker may use now, with the one that failed in the place of its blank one. */
static bool fill_actions(Req *req, TreatmentView *view, const Step steps[6], const Retried *retried,
                         GError **error)
{
    size_t n;
    const ActionForm *forms = tilstandsrapport_action_forms(req, &view->report, &n);

    view->actions = (ActionViews){ arena_alloc(req->arena, MAX(n, 1) * sizeof(ActionView)), n };
    for (size_t i = 0; i < n; i++) {
        bool again = retried->action && !strcmp(retried->action->action.code, forms[i].action.code);

        if (!action_view(req, &view->report, steps, again ? retried->action : &forms[i],
                         &view->actions.v[i], error))
            return false;
        view->actions.v[i].first = i == 0 || again;
        if (again) /* what failed stays open to be mended */
            view->actions.v[i].not_before = NULL;
    }
    return true;
}

/* Whose the next step is: the role that domain.md 1.4 names as its actor. */
static const char *actor(Perm perm)
{
    return tilgang_role_name(perm == PERM_REPORT_SEND       ? "KD"
                             : perm == PERM_DECISION_RECORD ? "AR"
                                                            : "FS");
}

/* For those who can do nothing now: what the report waits for, and whom. */
static void fill_waiting(Req *req, TreatmentView *view, const Step steps[6])
{
    NextStep next = tilstandsrapport_next(req, &view->report, steps);
    StepAction actions[MAX_ACTIONS];

    if (tilstandsrapport_actions(view->report.state, actions))
        view->waits_for =
            arena_printf(req->arena, _("The next step belongs to the role %s: %s, planned %s."),
                         actor(actions[0].perm), next.text, next.date);
}

static bool fill_withdrawal(Req *req, TreatmentView *view, Form *form, GError **error)
{
    const Report *r = &view->report;
    StepEvent event;

    if (!tilstandsrapport_withdrawable(req->db, req->arena, r->owner, r->id, &event, error))
        return false;
    if (!event.id || !tilstandsrapport_may_withdraw(req, &event))
        return true;
    view->withdraw = form;
    view->withdraw_event = event.id;
    view->withdraw_what = arena_printf(
        req->arena,
        strcmp(event.action, "send") ? _("«%s» can be taken back until something more has "
                                         "happened. It stays in the log as taken back.")
                                     : _("«%s» can be taken back until the executive committee has "
                                         "acted. The report is then public no more."),
        tilstandsrapport_event_words(&event));
    return true;
}

static const char *newest_of(Req *req, const StepEventList *events)
{
    char id[ID_TEXT];

    for (size_t i = events->n; i > 0; i--)
        if (!events->v[i - 1].withdrawn && strcmp(events->v[i - 1].action, "rettelse"))
            return arena_dup(req->arena, id_text(events->v[i - 1].id, id));
    return "";
}

static TreatmentView view_of(Req *req, const Report *report, const StepEventList *events)
{
    return (TreatmentView){
        .report = *report,
        .title = report->title,
        .lang = i18n_tag(report->language),
        .status = tilstandsrapport_status(req->arena, report, events),
        .self = tilstandsrapport_url(req, report, "/behandling"),
        .up = tilstandsrapport_url(req, report, ""),
        .trekk = tilstandsrapport_url(req, report, "/trekk"),
        .plan_url = tilstandsrapport_url(req, report, "/plan"),
        .preview = tilstandsrapport_url(req, report,
                                        report->published ? "" : "/forhandsvisning?for=offentlig"),
        .oppfolging = tilstandsrapport_url(req, report, "/oppfolging"),
        .dialogue = tilstandsrapport_url(req, report, "/dialogmote"),
        .papers = tilstandsrapport_url(req, report, "/saksframlegg"),
        .minutes = tilstandsrapport_url(req, report, "/protokoll"),
        .changes = tilstandsrapport_url(req, report, "/endringer"),
        .sees_changes = report->frozen != 0,
        .sees_minutes = tilstandsrapport_minutes_step(report->state) != 0,
        .sees_preview = report->published || tilstandsrapport_sees_draft(req, report),
        .sees_follow_up = req_may(req, PERM_FOLLOWUP_READ),
        .sees_papers = report->published || req_may_unit(req, PERM_CASE_WRITE, 0),
    };
}

/* What the next step will take with it. */
static void fill_pending(Req *req, const MinuteLines *lines, TreatmentView *view)
{
    int step = tilstandsrapport_minutes_step(view->report.state), n = 0;

    for (size_t i = 0; i < lines->n; i++)
        n += !lines->v[i].event && lines->v[i].step == step;
    view->pending = n ? arena_printf(req->arena,
                                     ngettext("%d line of the minutes goes with the next step.",
                                              "%d lines of the minutes go with the next step.", n),
                                     n)
                      : "";
}

bool tilstandsrapport_show_treatment_with(Req *req, const Report *report, const Retried *retried,
                                          GError **error)
{
    StepEventList events;
    MinuteLines lines;
    Step steps[6];
    Plan dates;

    if (!tilstandsrapport_events(req->db, req->arena, report->owner, report->id, &events, error) ||
        !tilstandsrapport_minutes(req->db, req->arena, report->owner, report->id, &lines, error) ||
        !tilstandsrapport_steps(req->db, req->arena, report->owner, report->id, steps, error) ||
        !tilstandsrapport_plan_load(req, report, steps, &dates, error))
        return false;
    g_auto(Form) withdraw = tilstandsrapport_withdraw_form(req);
    g_auto(Form) plan = tilstandsrapport_plan_form(req, &dates);
    TreatmentView view = view_of(req, report, &events);

    view.newest = newest_of(req, &events);
    view.trouble = retried->trouble;
    view.kept = retried->kept;
    view.steps = treated(req, report, steps, &events, &lines);
    fill_pending(req, &lines, &view);
    if (!fill_actions(req, &view, steps, retried, error) ||
        !fill_withdrawal(req, &view, &withdraw, error))
        return false;
    if (view.withdraw && retried->withdraw)
        view.withdraw = retried->withdraw;
    fill_waiting(req, &view, steps);
    if (plan.n)
        view.warnings = tilstandsrapport_plan_warnings(req, report, steps);
    view.counted = retried->counted;
    view.plan = retried->plan ? retried->plan : plan.n ? &plan : NULL;
    behandling_vis(req_page(req, retried->status, _("Treatment")), &view);
    return true;
}

bool tilstandsrapport_show_treatment(Req *req, GError **error)
{
    Report report;

    return tilstandsrapport_open_treatment(req, &report, error) &&
           tilstandsrapport_show_treatment_with(req, &report, &(Retried){ .status = 200 }, error);
}
