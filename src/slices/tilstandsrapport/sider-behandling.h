/* sider-behandling.h - the treatment of a report as its page shows it, and the forms that move it on.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "forslag-sider.h"
#include "frist.h"

typedef struct {
    const char *what, *on, *case_number, *decision, *votes, *note, *recorded;
    const char *archive, *review; /* in the archive; the last day for lovlighetskontroll; "" */
    LineViews lines;              /* of the minutes */
    bool withdrawn;
} EventView;
typedef struct {
    EventView *v;
    size_t n;
} EventViews;

typedef struct {
    StepMark mark;
    EventViews events;
} TreatedStep;
typedef struct {
    TreatedStep *v;
    size_t n;
} TreatedSteps;

typedef struct {
    const char *code, *name, *what; /* what: what will happen, said before it is done */
    const char *not_before;         /* "Can be recorded from ..."; NULL when it can be done today */
    const char *cannot;             /* what stands in the way; NULL */
    const char *lacks;              /* what should be there too, and stops nothing; NULL */
    const Form *form;
    bool first; /* the usual one: open; the others are folded */
} ActionView;
typedef struct {
    ActionView *v;
    size_t n;
} ActionViews;

typedef struct {
    Report report;
    const char *title, *lang, *status, *state, *waits_for;
    bool published;
    const char *trouble, *kept; /* of an action that came too late, and the text it carried */
    TreatedSteps steps;
    ActionViews actions;
    const char *withdraw_what; /* the event that can be taken back; NULL */
    int64_t withdraw_event;
    const char *newest; /* id of the newest standing step; "" before the first */
    const Form *withdraw, *plan;
    bool counted;        /* the plan shows dates that are not stored */
    TextPoints warnings; /* of the plan */
    Url self, up, trekk, plan_url, preview, oppfolging, dialogue, minutes, changes, papers;
    bool sees_preview, sees_follow_up, sees_minutes, sees_changes, sees_papers;
    const char *pending; /* lines of the minutes that go with the next step; "" */
} TreatmentView;

/* --- forms of actions --- */

enum { ACTION_FIELDS = 13 };
typedef struct {
    StepAction action;
    Field fields[ACTION_FIELDS];
    int kind[ACTION_FIELDS]; /* which of the base fields each is */
    Form form;
} ActionForm;

/* What the asker may do now; the array is in the arena. Forms are blank, dates today's. */
ActionForm *tilstandsrapport_action_forms(Req *req, const Report *report, size_t *ret_n);
/* What will happen, in one or two sentences. */
const char *tilstandsrapport_action_what(const char *code);

/* A form that failed, to be shown again in the place of its blank one. */
typedef struct {
    int status;
    const ActionForm *action;
    const Form *withdraw, *plan;
    const char *trouble, *kept;
    bool counted; /* the plan holds dates counted from the council's, not stored yet */
} Retried;
bool tilstandsrapport_show_treatment_with(Req *req, const Report *report, const Retried *retried,
                                          GError **error);

/* May see the treatment: drafts, or what has been sent. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilstandsrapport_open_treatment(Req *req, Report *ret, GError **error);

/* --- plan and withdrawal --- */

/* The dates of a report, and which of them stand in the form, by its fields. */
typedef struct {
    const Report *report;
    const Step *steps;
    int done; /* steps; 6 when the asker may not change the dates */
    Deadline dates[N_DEADLINE];
    int which[N_DEADLINE];
} Plan;
bool tilstandsrapport_plan_load(Req *req, const Report *report, const Step steps[6], Plan *ret,
                                GError **error);
/* Dates that lie ahead; n is 0 when the asker may not change them. */
Form tilstandsrapport_plan_form(Req *req, Plan *plan);
/* Days that have passed, holidays, weekends, July: what to look at again. */
TextPoints tilstandsrapport_plan_warnings(Req *req, const Report *report, const Step steps[6]);
Form tilstandsrapport_withdraw_form(Req *req);
/* Whether the asker may take this event back: who may do it may also undo it. */
bool tilstandsrapport_may_withdraw(const Req *req, const StepEvent *event);
