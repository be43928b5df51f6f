/* behandling.c - the six steps carried out: recorded with all that follows, and taken back.
 *
 * Recording is one transaction: the event, the new state, the frozen version, publication, the lock,
 * the follow-up items. Nothing that happened is deleted; a withdrawn event says that it is.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "behandling.h"
#include "forslag.h"
#include "innhold.h"
#include "saksnummer.h"
#include "behandling.sql.h"

static const char *const step_names[6] = {
    N_("Draft by the leader group"),  N_("Dialogue meeting"),
    N_("Executive committee"),        N_("Municipal council"),
    N_("Follow-up in the committee"), N_("Follow-up in the leader group"),
};

static const char *body_name(const OrganList *bodies, int64_t id)
{
    for (size_t i = 0; i < bodies->n; i++)
        if (bodies->v[i].id == id)
            return bodies->v[i].name;
    return "";
}

bool tilstandsrapport_steps(Db *db, Arena *arena, int64_t owner, int64_t report, Step ret[6],
                            GError **error)
{
    g_auto(BehandlingStepsRows) rows = { 0 };
    OrganList bodies;

    if (!behandling_steps(db, owner, report, &rows, error) ||
        !organ_list(db, arena, owner, &bodies, error))
        return false;
    if (rows.n != 6)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such report");
    for (size_t i = 0; i < 6; i++) {
        int64_t organ = rows.v[i].organ == NO_INT ? 0 : rows.v[i].organ;

        ret[i] = (Step){ (int)rows.v[i].nr, _(step_names[i]), organ, body_name(&bodies, organ),
                         arena_dup(arena, rows.v[i].planned) };
    }
    return true;
}

bool tilstandsrapport_plan(Db *db, int64_t owner, int64_t report, int step, const char *date,
                           GError **error)
{
    g_auto(BehandlingPlanRows) changed = { 0 };

    if (!date_valid(date))
        return app_fail(error, APP_ERROR_INVALID, _("\"%s\" is not a date"), date);
    if (!behandling_plan(db, owner, report, step, date, &changed, error))
        return false;
    return changed.n == 1 || app_fail(error, APP_ERROR_NOT_FOUND, "no such step");
}

bool tilstandsrapport_events(Db *db, Arena *arena, int64_t owner, int64_t report,
                             StepEventList *ret, GError **error)
{
    g_auto(BehandlingEventsRows) rows = { 0 };

    if (!behandling_events(db, owner, report, &rows, error))
        return false;
    *ret = (StepEventList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(StepEvent)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const BehandlingEventsRow *r = &rows.v[i];
        ret->v[i] = (StepEvent){
            .id = r->id,
            .action = arena_dup(arena, r->action),
            .step = (int)r->step,
            .from = tilstandsrapport_state_of(r->from_state),
            .to = tilstandsrapport_state_of(r->to_state),
            .on = arena_dup(arena, r->happened_on),
            .recorded_at = r->recorded_at,
            .recorded_by = r->recorded_by == NO_INT ? 0 : r->recorded_by,
            .case_number = arena_dup(arena, r->case_number),
            .decision = arena_dup(arena, r->decision),
            .note = arena_dup(arena, r->note),
            .votes_for = r->votes_for,
            .votes_against = r->votes_against,
            .version = r->version == NO_INT ? 0 : r->version,
            .casting_vote = r->casting_vote != 0,
            .unanimous = r->unanimous != 0,
            .archive_case = arena_dup(arena, r->archive_case),
            .journal_entry = arena_dup(arena, r->journal_entry),
            .seal = arena_dup(arena, r->seal),
            .withdrawn = r->withdrawn_at != NO_INT,
        };
        ret->v[i].action_name = tilstandsrapport_event_words(&ret->v[i]);
    }
    return true;
}

/* --- recording --- */

typedef struct {
    int64_t owner, id, event;
    const StepRecord *record;
    Arena *arena;
} Recording;

static ReportState target(const Action *action, const Report *report, const StepRecord *r)
{
    if (action->wants_outcome)
        return tilstandsrapport_state_of(r->outcome);
    return action->to == N_STATE ? report->state : action->to;
}

int tilstandsrapport_step_in(const Action *action, ReportState state)
{
    if (action->step)
        return action->step;
    return state == STATE_INNSTILT ? 4 : 3;
}

static bool write_event(Db *db, const Recording *rec, const Action *action, const Report *report,
                        ReportState to, GError **error)
{
    const StepRecord *r = rec->record;
    const BehandlingEventInsertArgs args = {
        .owner = rec->owner,
        .id = rec->event,
        .rapport = rec->id,
        .action = action->code,
        .step = tilstandsrapport_step_in(action, report->state),
        .from_state = tilstandsrapport_state_code(report->state),
        .to_state = tilstandsrapport_state_code(to),
        .happened_on = r->on,
        .recorded_at = r->now,
        .recorded_by = r->person ? r->person : NO_INT,
        .case_number = r->case_number ? r->case_number : "",
        .decision = r->decision ? r->decision : "",
        .votes_for = r->votes_for,
        .votes_against = r->votes_against,
        .note = r->note ? r->note : "",
        .version = report->frozen ? report->frozen : NO_INT,
        .casting_vote = r->casting_vote,
        .unanimous = r->unanimous,
        .archive_case = r->archive_case ? r->archive_case : "",
        .journal_entry = r->journal_entry ? r->journal_entry : "",
    };

    return behandling_event_insert(db, &args, error);
}

static bool freeze(Db *db, const Recording *rec, Report *report, GError **error)
{
    int64_t version;

    if (!tilstandsrapport_freeze(db, rec->owner, report, rec->record->today, rec->record->now,
                                 &version, error))
        return false;
    report->frozen = version;
    return behandling_freeze(db, rec->owner, rec->id, version, error);
}

static bool lock(Db *db, const Recording *rec, const Report *report, GError **error)
{
    const char *hash;
    Content content;

    return tilstandsrapport_load(db, rec->arena, rec->owner, report->published, AUDIENCE_PUBLIC,
                                 &content, &hash, error) &&
           behandling_lock(db, rec->owner, rec->id, hash, error);
}

static bool add_tasks(Db *db, const Recording *rec, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(rec->record->tasks, "\n", -1);

    for (char **l = lines; *l; l++)
        if (*g_strstrip(*l) &&
            !tilstandsrapport_follow_up_from(db, rec->owner, rec->id, rec->event, *l, error))
            return false;
    return true;
}

static bool follow_through(Db *db, const Recording *rec, const Action *action, Report *report,
                           GError **error)
{
    if (action->freezes && !freeze(db, rec, report, error))
        return false;
    if (action->publishes &&
        !behandling_publish(db, rec->owner, rec->id, report->frozen, rec->record->on, error))
        return false;
    if (action->locks && !lock(db, rec, report, error))
        return false;
    return !action->wants_tasks || add_tasks(db, rec, error);
}

/* The case number is the report's from now on, and nobody else's. */
static bool take_number(Db *db, const Recording *rec, const Action *action, const Report *report,
                        GError **error)
{
    const StepRecord *r = rec->record;
    CaseNumber number;
    Step steps[6];

    if (!r->case_number || !tilstandsrapport_case_parse(r->case_number, r->on, &number))
        return true;
    if (!tilstandsrapport_steps(db, rec->arena, rec->owner, rec->id, steps, error))
        return false;
    const Step *step = &steps[tilstandsrapport_step_in(action, report->state) - 1];

    return tilstandsrapport_case_take(db, rec->owner,
                                      tilstandsrapport_case_series(rec->arena, step, &number),
                                      &number, rec->id, rec->event, error);
}

/* The lines of the minutes go with the step; what is said is sealed. */
static bool seal_decision(Db *db, const Recording *rec, const Action *action, const Report *report,
                          GError **error)
{
    Decision decision;

    if (!tilstandsrapport_decides(action->code))
        return true;
    return tilstandsrapport_minutes_attach(db, rec->owner, rec->id,
                                           tilstandsrapport_step_in(action, report->state),
                                           rec->event, error) &&
           tilstandsrapport_decision(db, rec->arena, rec->owner, rec->id, rec->event, &decision,
                                     error) &&
           behandling_event_seal(db, rec->owner, rec->event,
                                 tilstandsrapport_seal(rec->arena, &decision), error);
}

/* Whoever records has seen the newest step: the same form sent twice counts once. */
static bool is_fresh(Db *db, Arena *arena, const Recording *rec, GError **error)
{
    StepEvent newest;

    if (!rec->record->seen)
        return true;
    if (!tilstandsrapport_withdrawable(db, arena, rec->owner, rec->id, &newest, error))
        return false;
    return newest.id == rec->record->seen ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("Somebody else has just recorded a step. Load the page again."));
}

static bool record_work(Db *db, void *arg, GError **error)
{
    Recording *rec = arg;
    g_auto(BehandlingMoveRows) moved = { 0 };
    g_autoptr(Arena) arena = arena_new();
    const Action *action = tilstandsrapport_action_of(rec->record->action);
    Report report;
    RecordProblems wrong;
    ReportState to;

    rec->arena = arena;
    if (!action)
        return app_fail(error, APP_ERROR_INVALID, "no such action");
    if (!is_fresh(db, arena, rec, error) ||
        !tilstandsrapport_get(db, arena, rec->owner, rec->id, &report, error) ||
        !tilstandsrapport_check_record(db, arena, &report, action, rec->record, &wrong, error))
        return false;
    if (wrong.n)
        return app_fail(error, wrong.v[0].code, "%s", wrong.v[0].message);
    to = target(action, &report, rec->record);
    if (!behandling_move(db, rec->owner, rec->id, tilstandsrapport_state_code(report.state),
                         tilstandsrapport_state_code(to), &moved, error))
        return false;
    if (moved.n != 1)
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Somebody else has just recorded a step. Load the page again."));
    return follow_through(db, rec, action, &report, error) &&
           write_event(db, rec, action, &report, to, error) &&
           take_number(db, rec, action, &report, error) &&
           seal_decision(db, rec, action, &report, error);
}

bool tilstandsrapport_record(Db *db, int64_t owner, int64_t report, const StepRecord *record,
                             GError **error)
{
    Recording rec = { .owner = owner, .id = report, .event = id_new(), .record = record };

    return db_transaction(db, record_work, &rec, error);
}

/* --- taking back --- */

bool tilstandsrapport_withdrawable(Db *db, Arena *arena, int64_t owner, int64_t report,
                                   StepEvent *ret, GError **error)
{
    StepEventList events;

    *ret = (StepEvent){ 0 };
    if (!tilstandsrapport_events(db, arena, owner, report, &events, error))
        return false;
    for (size_t i = events.n; i > 0 && !ret->id; i--)
        if (!events.v[i - 1].withdrawn && tilstandsrapport_action_of(events.v[i - 1].action))
            *ret = events.v[i - 1]; /* a correction is not a step */
    return true;
}

typedef struct {
    int64_t owner, report, event, person, now;
} Withdrawing;

/* The newest event that stands, of one action or of any; NULL when none does. */
static const StepEvent *standing(const StepEventList *events, const char *action, int64_t but)
{
    for (size_t i = events->n; i > 0; i--) {
        const StepEvent *e = &events->v[i - 1];

        if (!e->withdrawn && e->id != but && (!action || !strcmp(e->action, action)))
            return e;
    }
    return NULL;
}

/* Frozen, published and locked as they were before the step. */
static bool restore(Db *db, Arena *arena, const Withdrawing *w, const StepEvent *event,
                    GError **error)
{
    const Action *action = tilstandsrapport_action_of(event->action);
    const StepEvent *before, *sent;
    StepEventList events;

    if (!tilstandsrapport_events(db, arena, w->owner, w->report, &events, error))
        return false;
    before = standing(&events, NULL, event->id);
    sent = standing(&events, "send", event->id);
    if (action->freezes &&
        !behandling_freeze(db, w->owner, w->report,
                           before && before->version ? before->version : NO_INT, error))
        return false;
    if (action->publishes &&
        !behandling_publish(db, w->owner, w->report, sent ? sent->version : NO_INT,
                            sent ? sent->on : NULL, error))
        return false;
    if (!tilstandsrapport_minutes_release(db, w->owner, w->report, event->id, error))
        return false;
    if (action->wants_tasks &&
        !tilstandsrapport_follow_up_undo(db, w->owner, w->report, event->id, error))
        return false;
    return !action->locks || behandling_lock(db, w->owner, w->report, NULL, error);
}

static bool withdraw_work(Db *db, void *arg, GError **error)
{
    const Withdrawing *w = arg;
    g_auto(BehandlingEventWithdrawRows) marked = { 0 };
    g_auto(BehandlingMoveRows) moved = { 0 };
    g_autoptr(Arena) arena = arena_new();
    StepEvent event;

    if (!tilstandsrapport_withdrawable(db, arena, w->owner, w->report, &event, error))
        return false;
    if (event.id != w->event)
        return app_fail(
            error, APP_ERROR_CONFLICT,
            _("This step can no longer be taken back: something has happened after it."));
    if (!behandling_event_withdraw(db, w->owner, w->event, w->now, w->person ? w->person : NO_INT,
                                   &marked, error) ||
        !behandling_move(db, w->owner, w->report, tilstandsrapport_state_code(event.to),
                         tilstandsrapport_state_code(event.from), &moved, error))
        return false;
    if (marked.n != 1 || moved.n != 1)
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Somebody else has just changed this report. Load the page again."));
    return restore(db, arena, w, &event, error);
}

bool tilstandsrapport_withdraw(Db *db, int64_t owner, int64_t report, int64_t event, int64_t person,
                               int64_t now, GError **error)
{
    Withdrawing w = { owner, report, event, person, now };

    return db_transaction(db, withdraw_work, &w, error);
}
