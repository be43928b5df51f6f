/* sider-plan.c - the dates of the steps that lie ahead, and taking the last step back.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-behandling.h"
#include "behandling.h"
#include "frist.h"

/* --- planned dates --- */

/* What is counted back from the council's day, and why; NULL for the council itself. */
static const char *help_of(Req *req, const Deadline *counted, int i)
{
    if (i == DEADLINE_COUNCIL)
        return NULL;
    return arena_printf(req->arena,
                        counted[i].step ? _("Counted from the council’s day: %1$s, %2$s")
                                        : _("Empty: %1$s, %2$s"),
                        tilstandsrapport_weekday_day(req, counted[i].day), counted[i].why);
}

/* The dates that lie ahead: steps that are not done, and what is to be ready before them. */
static bool is_ahead(const Plan *p, int i)
{
    int step = p->dates[i].step;

    return (step ? step : i == DEADLINE_PAPERS ? 2 : 3) > p->done;
}

static Form plan_blank(Req *req, Plan *p)
{
    Field *fields = arena_alloc(req->arena, N_DEADLINE * sizeof(Field));
    Deadline counted[N_DEADLINE];
    int n = 0;

    tilstandsrapport_deadlines(p->steps[3].planned, counted);
    for (int i = 0; i < N_DEADLINE; i++) {
        const Deadline *d = &p->dates[i];

        if (!is_ahead(p, i))
            continue;
        fields[n] =
            (Field){ tilstandsrapport_date_code(i), FIELD_DATE,
                     d->step ? arena_printf(req->arena, "%d. %s", d->step, d->name) : d->name,
                     .required = d->step != 0,
                     .help = help_of(req, d->step ? counted : p->dates, i) };
        p->which[n++] = i;
    }
    return form_blank(req, fields, n);
}

bool tilstandsrapport_plan_load(Req *req, const Report *report, const Step steps[6], Plan *ret,
                                GError **error)
{
    bool may = req_may(req, PERM_REPORT_CREATE) && report->state != STATE_AVVIST;

    *ret = (Plan){ .report = report, .steps = steps, .done = 6 };
    if (may)
        ret->done = tilstandsrapport_steps_done(report->state);
    return tilstandsrapport_dates(req->db, report->owner, report->id, steps, ret->dates, error);
}

Form tilstandsrapport_plan_form(Req *req, Plan *p)
{
    Form form = plan_blank(req, p);

    for (int i = 0; i < form.n; i++)
        form_set(&form, i, p->dates[p->which[i]].day);
    form_mark(&form);
    return form;
}

/* Each on the day of the one before it, or later. */
static void check_order(Req *req, Form *form, const Plan *p)
{
    const char *last = p->done > 0 ? p->steps[p->done - 1].planned : "";
    const char *before = p->done > 0 ? p->steps[p->done - 1].name : "";
    char text[DATE_TEXT];

    for (int i = 0; i < form->n; i++) {
        const char *name = p->dates[p->which[i]].name;

        if (form->problem[i] || !*form->value[i])
            continue;
        if (strcmp(form->value[i], last) < 0) {
            form->problem[i] = arena_printf(
                req->arena, _("Choose %1$s or a later date: «%2$s» comes after «%3$s»."),
                date_short(last, text), name, before);
        } else {
            last = form->value[i];
            before = name;
        }
    }
}

static int council_in(const Plan *p, const Form *form)
{
    for (int i = 0; i < form->n; i++)
        if (p->which[i] == DEADLINE_COUNCIL)
            return i;
    return -1;
}

/* The dates the others get when the council meets on the day that was typed. Nothing is stored. */
static void count_back(const Plan *p, Form *form)
{
    Deadline dates[N_DEADLINE];
    int council = council_in(p, form);

    if (council < 0 || form->problem[council])
        return;
    tilstandsrapport_deadlines(form->value[council], dates);
    for (int i = 0; i < form->n; i++) {
        form_set(form, i, dates[p->which[i]].day);
        form->problem[i] = NULL;
    }
}

static bool is_as_before(const Plan *p, const Form *form, int i)
{
    return !strcmp(form->value[i], p->dates[p->which[i]].day);
}

/* Only the council's day is another: then the rest is offered, counted from it. */
static bool moves_council_alone(const Plan *p, const Form *form)
{
    int council = council_in(p, form);

    if (council < 0 || form->problem[council] || is_as_before(p, form, council))
        return false;
    for (int i = 0; i < form->n; i++)
        if (i != council && *form->value[i] && !is_as_before(p, form, i))
            return false;
    return true;
}

TextPoints tilstandsrapport_plan_warnings(Req *req, const Report *report, const Step steps[6])
{
    const char **all = arena_alloc(req->arena, 8 * sizeof(char *));
    TextPoints ret = { all, 0 };
    Deadline dates[N_DEADLINE];

    if (report->state == STATE_AVVIST)
        return ret;
    tilstandsrapport_deadlines(steps[3].planned, dates);
    for (int i = tilstandsrapport_steps_done(report->state); i < 6; i++) {
        const char *day = steps[i].planned, *holiday = tilstandsrapport_holiday(day);

        if (strcmp(day, req->today) < 0)
            all[ret.n++] = arena_printf(req->arena, _("«%1$s»: %2$s has passed."), steps[i].name,
                                        tilstandsrapport_day(req, day));
        else if (holiday)
            all[ret.n++] = arena_printf(req->arena, _("«%1$s»: %2$s is a public holiday (%3$s)."),
                                        steps[i].name, tilstandsrapport_day(req, day), holiday);
        else if (!tilstandsrapport_working_day(day))
            all[ret.n++] = arena_printf(req->arena, _("«%1$s»: %2$s is in a weekend or in July."),
                                        steps[i].name, tilstandsrapport_day(req, day));
    }
    return ret;
}

typedef struct {
    Req *req;
    const Plan *plan;
    Form *form;
    bool stale;
} Planning;

/* Whether somebody else has planned, or recorded a step, since the form was made. */
static bool is_stale(Db *db, Planning *w, GError **error)
{
    const Report *r = w->plan->report;
    Req inside = *w->req; /* reads where it writes */
    Report now_report;
    Step steps[6];
    Plan now;

    inside.db = db;
    if (!tilstandsrapport_get(db, inside.arena, r->owner, r->id, &now_report, error) ||
        !tilstandsrapport_steps(db, inside.arena, r->owner, r->id, steps, error) ||
        !tilstandsrapport_plan_load(&inside, &now_report, steps, &now, error))
        return false;
    const Form standing = tilstandsrapport_plan_form(&inside, &now);

    w->stale = standing.n != w->form->n || form_stale(w->form, &standing);
    return true;
}

static bool plan_work(Db *db, void *arg, GError **error)
{
    Planning *w = arg;
    const Plan *p = w->plan;
    const Report *r = p->report;

    if (!is_stale(db, w, error))
        return false;
    if (w->stale)
        return true;
    for (int i = 0; i < w->form->n; i++) {
        const Deadline *d = &p->dates[p->which[i]];
        const char *day = w->form->value[i];

        if (is_as_before(p, w->form, i))
            continue;
        if (d->step ? !tilstandsrapport_plan(db, r->owner, r->id, d->step, day, error)
                    : !tilstandsrapport_date_set(db, r->owner, r->id, p->which[i],
                                                 *day ? day : NULL, error))
            return false;
    }
    return true;
}

bool tilstandsrapport_post_plan(Req *req, GError **error)
{
    Report report;
    Step steps[6];
    Plan plan;

    if (!tilstandsrapport_open_own(req, &report, error) ||
        !tilstandsrapport_steps(req->db, req->arena, report.owner, report.id, steps, error) ||
        !tilstandsrapport_plan_load(req, &report, steps, &plan, error))
        return false;
    Form blank = plan_blank(req, &plan);
    g_auto(Form) form = form_read(req, blank.fields, blank.n);
    bool offers =
        moves_council_alone(&plan, &form) && !req_posted(req, "bare") && !req_posted(req, "regnet");

    if (req_posted(req, "regn") || offers) {
        count_back(&plan, &form);
        return tilstandsrapport_show_treatment_with(
            req, &report, &(Retried){ .status = 200, .plan = &form, .counted = true }, error);
    }
    check_order(req, &form, &plan);
    if (!form_ok(&form))
        return tilstandsrapport_show_treatment_with(
            req, &report, &(Retried){ .status = 422, .plan = &form }, error);
    Planning planning = { req, &plan, &form, false };

    req_note(req, "rapport.plan", report.id, 0, NULL);
    if (!db_transaction(req->db, plan_work, &planning, error))
        return false;
    if (planning.stale)
        return tilstandsrapport_show_treatment_with(
            req, &report, &(Retried){ .status = 409, .plan = &form }, error);
    return req_redirect_saying(req, tilstandsrapport_url(req, &report, "/behandling").text,
                               _("The dates are stored."));
}

/* --- taking back --- */

enum { F_CONFIRM, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_CONFIRM] = { "trekk-bekreft", FIELD_CHECK, N_("I want to take this step back"),
                    .required = true },
};

Form tilstandsrapport_withdraw_form(Req *req)
{
    return form_blank(req, fields, N_FIELDS);
}

bool tilstandsrapport_may_withdraw(const Req *req, const StepEvent *event)
{
    const Action *action = tilstandsrapport_action_of(event->action);

    return action && tilstandsrapport_may_all(req, action->perm);
}

bool tilstandsrapport_post_withdraw(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    const char *posted = req_posted(req, "hendelse");
    g_autoptr(GError) why = NULL;
    Retried retried = { .status = 409 };
    StepEvent event;
    Report report;

    if (!tilstandsrapport_open_treatment(req, &report, error) ||
        !tilstandsrapport_withdrawable(req->db, req->arena, report.owner, report.id, &event, error))
        return false;
    if (!event.id || !tilstandsrapport_may_withdraw(req, &event))
        return app_fail(error, APP_ERROR_FORBIDDEN, "the role may not take this back");
    if (!form_ok(&form))
        return tilstandsrapport_show_treatment_with(
            req, &report, &(Retried){ .status = 422, .withdraw = &form }, error);
    int64_t id = posted ? g_ascii_strtoll(posted, NULL, 10) : 0;
    if (tilstandsrapport_withdraw(req->db, report.owner, report.id, id, req->user->id, req->now,
                                  &why))
        return req_redirect_saying(req, tilstandsrapport_url(req, &report, "/behandling").text,
                                   _("The step is taken back."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    retried.trouble = arena_dup(req->arena, why->message);
    return tilstandsrapport_show_treatment_with(req, &report, &retried, error);
}
