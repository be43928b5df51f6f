/* handlinger.c - the table of actions: what may be done in which state, by whom, and what it takes.
 *
 * The whole political treatment is this table; behandling.c only carries it out.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "behandling.h"

#define IN(state) (1u << (state))

static const Action actions[] = {
    { "skisse", N_("Finish the draft"), 1, IN(STATE_PLANLAGT), STATE_SKISSE, PERM_REPORT_CREATE,
      .validates = true, .freezes = true },
    { "dialog", N_("Record the dialogue meeting"), 2, IN(STATE_SKISSE), STATE_DIALOG_GJENNOMFORT,
      PERM_REPORT_DIALOGUE, .on_its_date = true },
    { "send", N_("Send to the executive committee"), 3, IN(STATE_DIALOG_GJENNOMFORT),
      STATE_SENDT_FORMANNSKAP, PERM_REPORT_SEND, .validates = true, .freezes = true,
      .publishes = true },
    { "innstilling", N_("Record the recommendation"), 3, IN(STATE_SENDT_FORMANNSKAP),
      STATE_INNSTILT, PERM_DECISION_RECORD, .wants_case = true, .wants_decision = true,
      .wants_vote = true, .on_its_date = true },
    { "vedtak", N_("Record the decision of the municipal council"), 4, IN(STATE_INNSTILT), N_STATE,
      PERM_DECISION_RECORD, .wants_case = true, .wants_decision = true, .wants_vote = true,
      .wants_outcome = true, .locks = true, .on_its_date = true },
    { "utsett", N_("Record a postponement"), 0, IN(STATE_SENDT_FORMANNSKAP) | IN(STATE_INNSTILT),
      N_STATE, PERM_DECISION_RECORD, .wants_case = true, .wants_decision = true },
    { "send_tilbake", N_("Record that it is sent back"), 0,
      IN(STATE_SENDT_FORMANNSKAP) | IN(STATE_INNSTILT), STATE_SKISSE, PERM_DECISION_RECORD,
      .wants_case = true, .wants_decision = true },
    { "komite", N_("Record the follow-up in the committee"), 5,
      IN(STATE_GODKJENT) | IN(STATE_TATT_TIL_ORIENTERING), STATE_ETTERARBEID_KOMITE,
      PERM_DECISION_RECORD, .wants_tasks = true, .on_its_date = true },
    { "ledergruppe", N_("Record the follow-up in the leader group"), 6,
      IN(STATE_ETTERARBEID_KOMITE), STATE_ETTERARBEID_LEDERGRUPPE, PERM_FOLLOWUP_WRITE,
      .on_its_date = true },
    { "avslutt", N_("Close the report"), 6, IN(STATE_ETTERARBEID_LEDERGRUPPE), STATE_AVSLUTTET,
      PERM_REPORT_CREATE },
};

const Action *tilstandsrapport_action_at(size_t i)
{
    return i < G_N_ELEMENTS(actions) ? &actions[i] : NULL;
}

const Action *tilstandsrapport_action_of(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
        if (!g_strcmp0(actions[i].code, code))
            return &actions[i];
    return NULL;
}

/* utsett and send_tilbake belong to the body that has the report just then. */
static int step_in(const Action *action, ReportState state)
{
    if (action->step)
        return action->step;
    return state == STATE_INNSTILT ? 4 : 3;
}

size_t tilstandsrapport_actions(ReportState state, StepAction ret[MAX_ACTIONS])
{
    size_t n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(actions) && n < MAX_ACTIONS; i++) {
        const Action *a = &actions[i];

        if (a->from & IN(state))
            ret[n++] = (StepAction){ a->code,       _(a->name),       step_in(a, state),
                                     a->perm,       a->wants_case,    a->wants_decision,
                                     a->wants_vote, a->wants_outcome, a->wants_tasks };
    }
    return n;
}

/* --- what a record must be --- */

static bool is_empty(const char *text)
{
    return !text || !*text;
}

/* "PS 45/13", "45/13", "PS 45/2013": prefix, running number, year. */
static bool case_number_valid(const char *text)
{
    static const char pattern[] = "^([A-ZÆØÅ]{1,4}[ -])?[0-9]{1,4}/([0-9]{2}|[0-9]{4})$";

    return g_regex_match_simple(pattern, text, 0, 0);
}

static bool check_given(const Action *a, const StepRecord *r, GError **error)
{
    if (a->wants_case && is_empty(r->case_number))
        return app_fail(error, APP_ERROR_INVALID, _("Write the case number, such as PS 45/13."));
    if (!is_empty(r->case_number) && !case_number_valid(r->case_number))
        return app_fail(error, APP_ERROR_INVALID,
                        _("\"%s\" is not a case number. Write it as PS 45/13."), r->case_number);
    if (a->wants_decision && is_empty(r->decision))
        return app_fail(error, APP_ERROR_INVALID, _("Write the exact text that was adopted."));
    if (a->wants_vote && (r->votes_for == NO_INT || r->votes_against == NO_INT))
        return app_fail(error, APP_ERROR_INVALID, _("Write how many voted for and against."));
    if ((r->votes_for != NO_INT && r->votes_for < 0) ||
        (r->votes_against != NO_INT && r->votes_against < 0))
        return app_fail(error, APP_ERROR_INVALID, _("A number of votes cannot be negative."));
    if (a->wants_vote && r->votes_for + r->votes_against == 0)
        return app_fail(error, APP_ERROR_INVALID, _("Somebody must have voted."));
    if (a->wants_tasks && is_empty(r->tasks))
        return app_fail(error, APP_ERROR_INVALID,
                        _("Write what is to be followed up, one item a line."));
    return true;
}

static bool last_day(Db *db, Arena *arena, const Report *report, const char **ret, GError **error)
{
    StepEventList events;

    *ret = "";
    if (!tilstandsrapport_events(db, arena, report->owner, report->id, &events, error))
        return false;
    for (size_t i = 0; i < events.n; i++)
        if (!events.v[i].withdrawn && strcmp(events.v[i].on, *ret) > 0)
            *ret = events.v[i].on;
    return true;
}

static bool check_day(Db *db, Arena *arena, const Report *report, const Action *a,
                      const StepRecord *r, GError **error)
{
    char text[DATE_TEXT];
    const char *last;
    Step steps[6];

    if (!date_valid(r->on))
        return app_fail(error, APP_ERROR_INVALID, _("\"%s\" is not a date"), r->on);
    if (strcmp(r->on, r->today) > 0)
        return app_fail(error, APP_ERROR_INVALID,
                        _("%s has not come yet: a step is recorded when it has happened."),
                        date_text(r->on, text));
    if (!last_day(db, arena, report, &last, error) ||
        !tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error))
        return false;
    if (strcmp(r->on, last) < 0)
        return app_fail(error, APP_ERROR_INVALID,
                        _("The step before this one was on %s; this one cannot be earlier."),
                        date_text(last, text));
    const char *planned = steps[step_in(a, report->state) - 1].planned;
    if (a->on_its_date && strcmp(r->on, planned) < 0)
        return app_fail(
            error, APP_ERROR_CONFLICT,
            _("This step is planned for %s and cannot be recorded before. Change the plan if the "
              "meeting was earlier."),
            date_text(planned, text));
    return true;
}

static bool check_outcome(const Action *a, const StepRecord *r, GError **error)
{
    static const char *const outcomes[] = { "godkjent", "tatt_til_orientering", "avvist", NULL };

    if (!a->wants_outcome || (r->outcome && g_strv_contains(outcomes, r->outcome)))
        return true;
    return app_fail(error, APP_ERROR_INVALID, _("Choose what the council decided."));
}

/* The report may be closed when every item has an owner, a date and an answer. */
static bool check_follow_ups(Db *db, Arena *arena, const Report *report, const Action *a,
                             const StepRecord *r, GError **error)
{
    FollowUpList items;
    bool closing = !strcmp(a->code, "avslutt");

    if (!closing && strcmp(a->code, "ledergruppe"))
        return true;
    if (!tilstandsrapport_follow_ups(db, arena, report->owner, report->id, r->today, &items, error))
        return false;
    for (size_t i = 0; i < items.n; i++) {
        const FollowUp *f = &items.v[i];

        if (!f->responsible || !f->due)
            return app_fail(error, APP_ERROR_CONFLICT,
                            _("Follow-up item %d has no owner or no date. Give it both first."),
                            f->nr);
        if (closing && !*f->answer)
            return app_fail(error, APP_ERROR_CONFLICT, _("Follow-up item %d has no answer yet."),
                            f->nr);
    }
    return true;
}

static bool check_findings(Db *db, Arena *arena, const Report *report, const StepRecord *r,
                           GError **error)
{
    FindingList findings;

    if (!tilstandsrapport_validate(db, arena, report, r->today, &findings, error))
        return false;
    for (size_t i = 0; i < findings.n; i++)
        if (findings.v[i].stops)
            return app_fail(error, APP_ERROR_CONFLICT, "%s", findings.v[i].message);
    return true;
}

bool tilstandsrapport_check_record(Db *db, Arena *arena, const Report *report, const Action *action,
                                   const StepRecord *record, GError **error)
{
    if (!(action->from & IN(report->state)))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("This cannot be done now: the report stands at «%s». Somebody may have "
                          "recorded a step "
                          "meanwhile; load the page again."),
                        tilstandsrapport_state_name(report->state));
    return check_day(db, arena, report, action, record, error) &&
           check_given(action, record, error) && check_outcome(action, record, error) &&
           check_follow_ups(db, arena, report, action, record, error) &&
           (!action->validates || check_findings(db, arena, report, record, error));
}
