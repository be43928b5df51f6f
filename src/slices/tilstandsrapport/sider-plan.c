/* sider-plan.c - the dates of the steps that lie ahead, and taking the last step back.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-behandling.h"
#include "behandling.h"
#include "frist.h"

/* --- planned dates --- */

/* What is counted back from the council's day, and why; "" for the council itself. */
static const char *help_of(Req *req, const Deadline dates[N_DEADLINE], int step)
{
    for (int i = 0; i < N_DEADLINE; i++)
        if (dates[i].step == step && i != DEADLINE_COUNCIL)
            return arena_printf(req->arena, _("Counted from the council’s day: %1$s, %2$s"),
                                tilstandsrapport_weekday_day(req, dates[i].day), dates[i].why);
    return NULL;
}

static Form plan_blank(Req *req, const Report *report, const Step steps[6], int *ret_first)
{
    Field *fields = arena_alloc(req->arena, 6 * sizeof(Field));
    int first = tilstandsrapport_steps_done(report->state), n = 0;
    Deadline dates[N_DEADLINE];

    if (!req_may(req, PERM_REPORT_CREATE) || report->state == STATE_AVVIST)
        first = 6;
    tilstandsrapport_deadlines(steps[3].planned, dates);
    for (int i = first; i < 6; i++)
        fields[n++] = (Field){ arena_printf(req->arena, "steg-%d", i + 1), FIELD_DATE,
                               arena_printf(req->arena, "%d. %s", i + 1, steps[i].name),
                               .required = true, .help = help_of(req, dates, i + 1) };
    *ret_first = first;
    return form_blank(req, fields, n);
}

Form tilstandsrapport_plan_form(Req *req, const Report *report, const Step steps[6])
{
    int first;
    Form form = plan_blank(req, report, steps, &first);

    for (int i = 0; i < form.n; i++)
        form_set(&form, i, steps[first + i].planned);
    return form;
}

/* Each step on the day of the one before it, or later. */
static void check_order(Req *req, Form *form, const Step steps[6], int first)
{
    const char *last = first > 0 ? steps[first - 1].planned : "";
    char text[DATE_TEXT];

    for (int i = 0; i < form->n; i++) {
        if (form->problem[i])
            continue;
        if (strcmp(form->value[i], last) < 0)
            form->problem[i] = arena_printf(
                req->arena, _("Choose %1$s or a later date: «%2$s» comes after «%3$s»."),
                date_short(last, text), steps[first + i].name, steps[first + i - 1].name);
        else
            last = form->value[i];
    }
}

/* The dates the others get when the council meets on the day that was typed. Nothing is stored. */
static void count_back(Form *form, int first)
{
    Deadline dates[N_DEADLINE];
    int council = 3 - first;

    if (council < 0 || form->problem[council])
        return;
    tilstandsrapport_deadlines(form->value[council], dates);
    for (int k = 0; k < N_DEADLINE; k++)
        if (dates[k].step > first && dates[k].step - 1 - first < form->n) {
            form_set(form, dates[k].step - 1 - first, dates[k].day);
            form->problem[dates[k].step - 1 - first] = NULL;
        }
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
    const Report *report;
    const Step *steps;
    const Form *form;
    int first;
} Planning;

static bool plan_work(Db *db, void *arg, GError **error)
{
    const Planning *p = arg;

    for (int i = 0; i < p->form->n; i++) {
        int step = p->first + i;

        if (strcmp(p->form->value[i], p->steps[step].planned) &&
            !tilstandsrapport_plan(db, p->report->owner, p->report->id, step + 1, p->form->value[i],
                                   error))
            return false;
    }
    return true;
}

bool tilstandsrapport_post_plan(Req *req, GError **error)
{
    Report report;
    Step steps[6];
    int first;

    if (!tilstandsrapport_open_own(req, &report, error) ||
        !tilstandsrapport_steps(req->db, req->arena, report.owner, report.id, steps, error))
        return false;
    Form blank = plan_blank(req, &report, steps, &first);
    g_auto(Form) form = form_read(req, blank.fields, blank.n);

    if (req_posted(req, "regn")) {
        count_back(&form, first);
        return tilstandsrapport_show_treatment_with(
            req, &report, &(Retried){ .status = 200, .plan = &form, .counted = true }, error);
    }
    check_order(req, &form, steps, first);
    if (!form_ok(&form))
        return tilstandsrapport_show_treatment_with(
            req, &report, &(Retried){ .status = 422, .plan = &form }, error);
    Planning planning = { &report, steps, &form, first };

    return db_transaction(req->db, plan_work, &planning, error) &&
           req_redirect_saying(req, tilstandsrapport_url(req, &report, "/behandling").text,
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
