/* handlinger.c - the table of actions: what may be done in which state, by whom, and what it takes.
 *
 * The whole political treatment is this table; behandling.c only carries it out.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "forslag.h"
#include "innspill.h"
#include "saksnummer.h"

#define IN(state) (1u << (state))

static const Action actions[] = {
    { "skisse", N_("Finish the draft"), 1, IN(STATE_PLANLAGT), STATE_SKISSE, PERM_REPORT_CREATE,
      .validates = true, .freezes = true },
    { "dialog", N_("Record that the dialogue meeting was held"), 2, IN(STATE_SKISSE),
      STATE_DIALOG_GJENNOMFORT, PERM_REPORT_DIALOGUE, .on_its_date = true },
    { "send", N_("Send to the executive committee"), 3, IN(STATE_DIALOG_GJENNOMFORT),
      STATE_SENDT_FORMANNSKAP, PERM_REPORT_SEND, .validates = true, .freezes = true,
      .publishes = true },
    { "innstilling", N_("Record the recommendation"), 3, IN(STATE_SENDT_FORMANNSKAP),
      STATE_INNSTILT, PERM_DECISION_RECORD, .wants_case = true, .wants_decision = true,
      .wants_vote = true, .on_its_date = true },
    { "oversend", N_("Record that it is sent on without a recommendation"), 3,
      IN(STATE_SENDT_FORMANNSKAP), STATE_INNSTILT, PERM_DECISION_RECORD, .wants_case = true,
      .on_its_date = true },
    { "vedtak", N_("Record the decision of the municipal council"), 4, IN(STATE_INNSTILT), N_STATE,
      PERM_DECISION_RECORD, .wants_case = true, .wants_decision = true, .wants_vote = true,
      .wants_outcome = true, .locks = true, .on_its_date = true },
    { "utsett", N_("Record a postponement"), 0, IN(STATE_SENDT_FORMANNSKAP) | IN(STATE_INNSTILT),
      N_STATE, PERM_DECISION_RECORD, .wants_case = true, .wants_decision = true,
      .on_its_date = true },
    { "send_tilbake", N_("Record that it is sent back"), 0,
      IN(STATE_SENDT_FORMANNSKAP) | IN(STATE_INNSTILT), STATE_SKISSE, PERM_DECISION_RECORD,
      .wants_case = true, .wants_decision = true, .on_its_date = true },
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

/* --- what happened --- */

static const struct {
    const char *action, *what;
} happened[] = {
    { "skisse", N_("The draft was finished") },
    { "dialog", N_("The dialogue meeting was held") },
    { "send", N_("The report was sent and became public") },
    { "innstilling", N_("The executive committee made its recommendation") },
    { "oversend", N_("The executive committee sent it on without a recommendation") },
    { "utsett", N_("The case was postponed") },
    { "send_tilbake", N_("The report was sent back") },
    { "komite", N_("The committee treated the decision") },
    { "ledergruppe", N_("The leader group treated the decision") },
    { "avslutt", N_("The report was closed") },
    { "rettelse", N_("The report was corrected") },
};

const char *tilstandsrapport_happened(const char *action)
{
    for (size_t i = 0; i < G_N_ELEMENTS(happened); i++)
        if (!strcmp(happened[i].action, action))
            return _(happened[i].what);
    return "";
}

const char *tilstandsrapport_event_words(const StepEvent *event)
{
    const char *words = tilstandsrapport_happened(event->action);

    return *words ? words : tilstandsrapport_state_name(event->to);
}

size_t tilstandsrapport_actions(ReportState state, StepAction ret[MAX_ACTIONS])
{
    size_t n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(actions) && n < MAX_ACTIONS; i++) {
        const Action *a = &actions[i];

        if (a->from & IN(state))
            ret[n++] =
                (StepAction){ a->code,       _(a->name),       tilstandsrapport_step_in(a, state),
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

/* One problem a part: the first is the one to mend. */
static void add(RecordProblems *all, RecordPart part, const char *message)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].part == part)
            return;
    all->v[all->n++] =
        (RecordProblem){ part, part == PART_ALL ? APP_ERROR_CONFLICT : APP_ERROR_INVALID, message };
}

static void check_case(Arena *arena, const Action *a, const StepRecord *r, RecordProblems *all)
{
    CaseNumber number;

    if (a->wants_case && is_empty(r->case_number))
        add(all, PART_CASE, _("Write the case number, such as PS 45/13."));
    else if (is_empty(r->case_number))
        return;
    else if (!tilstandsrapport_case_parse(r->case_number, r->on, &number))
        add(all, PART_CASE,
            arena_printf(arena, _("\"%s\" is not a case number. Write it as PS 45/13."),
                         r->case_number));
    else if (date_valid(r->on) && number.year != (int)g_ascii_strtoll(r->on, NULL, 10))
        add(all, PART_CASE,
            arena_printf(arena,
                         _("The number is of another year than the meeting: it ends in "
                           "/%02d."),
                         (int)(g_ascii_strtoll(r->on, NULL, 10) % 100)));
}

static void check_given(Arena *arena, const Action *a, const StepRecord *r, RecordProblems *all)
{
    check_case(arena, a, r, all);
    if (a->wants_decision && is_empty(r->decision))
        add(all, PART_DECISION, _("Write the exact text that was adopted."));
    if (a->wants_tasks && is_empty(r->tasks))
        add(all, PART_TASKS, _("Write what is to be followed up, one item a line."));
}

/* Nothing that was to be chosen is missing. */
static bool has_outcome(const Action *a, const StepRecord *r)
{
    static const char *const outcomes[] = { "godkjent", "tatt_til_orientering", "avvist", NULL };

    return !a->wants_outcome || (r->outcome && g_strv_contains(outcomes, r->outcome));
}

static void check_outcome(const Action *a, const StepRecord *r, RecordProblems *all)
{
    if (!has_outcome(a, r))
        add(all, PART_OUTCOME, _("Choose what the council decided."));
}

/* --- votes --- */

static bool is_rejection(const StepRecord *r)
{
    return !g_strcmp0(r->outcome, "avvist");
}

static const char *mismatch_text(const Action *a, const StepRecord *r)
{
    if (!a->wants_outcome)
        return _("The votes do not fit: a recommendation takes more votes for than against. Have "
                 "for and against changed places?");
    if (is_rejection(r))
        return _("The votes do not fit the decision: Rejected takes more votes against than for. "
                 "Have for and against changed places?");
    if (!g_strcmp0(r->outcome, "tatt_til_orientering"))
        return _("The votes do not fit the decision: Taken note of takes more votes for than "
                 "against. Have for and against changed places?");
    return _("The votes do not fit the decision: Approved takes more votes for than against. Have "
             "for and against changed places?");
}

/* What was adopted has most votes, or, in a tie, the chair's. Source: kommuneloven § 11-9. */
static void check_majority(const Action *a, const StepRecord *r, RecordProblems *all)
{
    int64_t more = r->votes_for - r->votes_against;

    if (more == 0 && !r->casting_vote)
        add(all, PART_FOR,
            _("For and against are equal. Tick that the casting vote decided, or mend the "
              "numbers."));
    else if (more != 0 && r->casting_vote)
        add(all, PART_CASTING, _("The casting vote decides only when for and against are equal."));
    else if (is_rejection(r) ? more > 0 : more < 0)
        add(all, PART_FOR, mismatch_text(a, r));
}

static void check_votes(const Action *a, const StepRecord *r, RecordProblems *all)
{
    const int64_t votes[] = { r->votes_for, r->votes_against };
    bool known = true;

    for (unsigned i = 0; i < G_N_ELEMENTS(votes); i++) {
        RecordPart part = i == 0 ? PART_FOR : PART_AGAINST;

        known = known && votes[i] != NO_INT && votes[i] >= 0;
        if (a->wants_vote && votes[i] == NO_INT && !(r->unanimous && votes[1 - i] == NO_INT))
            add(all, part, _("Write how many voted for and against."));
        else if (votes[i] != NO_INT && votes[i] < 0)
            add(all, part, _("A number of votes cannot be negative."));
    }
    if (r->unanimous && votes[1] != NO_INT && votes[1] > 0)
        add(all, PART_AGAINST, _("A unanimous vote has nobody against."));
    if (!a->wants_vote || !known)
        return;
    if (votes[0] + votes[1] == 0)
        add(all, PART_FOR, _("Somebody must have voted."));
    else if (has_outcome(a, r))
        check_majority(a, r, all);
}

/* --- dates --- */

/* What happened on the day that a step may not come before. */
static const char *then_text(const StepEvent *event)
{
    static const struct {
        const char *action, *text;
    } words[] = {
        { "skisse", N_("That was when the draft was finished.") },
        { "dialog", N_("That was when the dialogue meeting was held.") },
        { "send", N_("That was when the report was sent.") },
        { "innstilling", N_("That was when the executive committee made its recommendation.") },
        { "oversend", N_("That was when the executive committee sent the report on.") },
        { "vedtak", N_("That was when the municipal council decided.") },
        { "utsett", N_("That was when the case was postponed.") },
        { "send_tilbake", N_("That was when the report was sent back.") },
        { "komite", N_("That was when the committee treated the decision.") },
        { "ledergruppe", N_("That was when the leader group treated the decision.") },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i].action, event->action))
            return _(words[i].text);
    return "";
}

/* The event that stands with the latest day; NULL when there is none. */
static const StepEvent *latest(const StepEventList *events)
{
    const StepEvent *last = NULL;

    for (size_t i = 0; i < events->n; i++) /* a correction is not a step */
        if (!events->v[i].withdrawn && strcmp(events->v[i].action, "rettelse") &&
            (!last || strcmp(events->v[i].on, last->on) >= 0))
            last = &events->v[i];
    return last;
}

static const char *day_problem(Arena *arena, const StepRecord *r, const StepEvent *last,
                               const char *planned)
{
    char text[DATE_TEXT];

    if (!date_valid(r->on))
        return arena_printf(arena, _("\"%s\" is not a date"), r->on);
    if (strcmp(r->on, r->today) > 0)
        return arena_printf(arena,
                            _("%s has not come yet: a step is recorded when it has happened."),
                            date_text(r->on, text));
    if (last && strcmp(r->on, last->on) < 0)
        return arena_printf(arena, _("Choose %1$s or a later date. %2$s"),
                            date_short(last->on, text), then_text(last));
    if (planned && strcmp(r->on, planned) < 0)
        return arena_printf(arena,
                            _("Choose %s or a later date: the step is planned for then. Change the "
                              "plan if the meeting was earlier."),
                            date_short(planned, text));
    return NULL;
}

static bool check_day(Db *db, Arena *arena, const Report *report, const Action *a,
                      const StepRecord *r, RecordProblems *all, GError **error)
{
    StepEventList events;
    const char *problem;
    Step steps[6];

    if (!tilstandsrapport_events(db, arena, report->owner, report->id, &events, error) ||
        !tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error))
        return false;
    problem = day_problem(
        arena, r, latest(&events),
        a->on_its_date ? steps[tilstandsrapport_step_in(a, report->state) - 1].planned : NULL);
    if (problem)
        add(all, PART_DATE, problem);
    return true;
}

/* --- what the body and its minutes say --- */

/* A number belongs to one case: nobody else's, and not to this case's last meeting either. */
static bool check_number(Db *db, Arena *arena, const Report *report, const Action *a,
                         const StepRecord *r, RecordProblems *all, GError **error)
{
    CaseNumber number;
    Step steps[6];
    bool free;

    if (is_empty(r->case_number) || !tilstandsrapport_case_parse(r->case_number, r->on, &number))
        return true;
    if (!tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error))
        return false;
    const Step *step = &steps[tilstandsrapport_step_in(a, report->state) - 1];
    const char *next, *series = tilstandsrapport_case_series(arena, step, &number);

    if (!tilstandsrapport_case_free(db, report->owner, series, &number, report->id, &free, error) ||
        !tilstandsrapport_case_suggest(db, arena, report->owner, step, r->on, &next, error))
        return false;
    if (!free)
        add(all, PART_CASE,
            arena_printf(arena,
                         _("The body has used %1$s already; a case gets a new number each "
                           "time it is treated. The next free one is %2$s."),
                         r->case_number, next));
    return true;
}

static bool check_parties(Db *db, Arena *arena, const Report *report, const Action *a,
                          const StepRecord *r, RecordProblems *all, GError **error)
{
    const char *problem;
    MinuteLines lines;

    if (!a->wants_vote)
        return true;
    if (!tilstandsrapport_minutes(db, arena, report->owner, report->id, &lines, error))
        return false;
    problem = tilstandsrapport_party_problem(arena, &lines,
                                             tilstandsrapport_step_in(a, report->state), r);
    if (problem)
        add(all, PART_FOR, problem);
    return true;
}

/* --- what must be in place first --- */

/* Whoever said something in the dialogue is answered before the report is sent. */
static bool check_inputs(Db *db, Arena *arena, const Report *report, const Action *a,
                         RecordProblems *all, GError **error)
{
    int waiting;

    if (!a->publishes)
        return true;
    if (!tilstandsrapport_inputs_waiting(db, report->owner, report->id, &waiting, error))
        return false;
    if (waiting)
        add(all, PART_ALL,
            arena_printf(arena,
                         ngettext("%d input from the dialogue has no answer yet. Answer it first.",
                                  "%d inputs from the dialogue have no answer yet. Answer them "
                                  "first.",
                                  waiting),
                         waiting));
    return true;
}

/* The report may be closed when every item has an owner, a date and an answer. */
static bool check_follow_ups(Db *db, Arena *arena, const Report *report, const Action *a,
                             const StepRecord *r, RecordProblems *all, GError **error)
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
            add(all, PART_ALL,
                arena_printf(arena,
                             _("Follow-up item %d has no owner or no date. Give it both first."),
                             f->nr));
        else if (closing && !*f->answer)
            add(all, PART_ALL,
                arena_printf(arena, _("Follow-up item %d has no answer yet."), f->nr));
    }
    return true;
}

static bool check_findings(Db *db, Arena *arena, const Report *report, const StepRecord *r,
                           RecordProblems *all, GError **error)
{
    FindingList findings;

    if (!tilstandsrapport_validate(db, arena, report, r->today, &findings, error))
        return false;
    for (size_t i = 0; i < findings.n; i++)
        if (findings.v[i].stops)
            add(all, PART_ALL, findings.v[i].message);
    return true;
}

bool tilstandsrapport_check_record(Db *db, Arena *arena, const Report *report, const Action *action,
                                   const StepRecord *record, RecordProblems *ret, GError **error)
{
    *ret = (RecordProblems){ 0 };
    if (!(action->from & IN(report->state))) {
        add(ret, PART_ALL,
            arena_printf(arena,
                         _("This cannot be done now: the report stands at «%s». Somebody may have "
                           "recorded a step "
                           "meanwhile; load the page again."),
                         tilstandsrapport_state_name(report->state)));
        return true;
    }
    check_given(arena, action, record, ret);
    check_outcome(action, record, ret);
    check_votes(action, record, ret);
    return check_day(db, arena, report, action, record, ret, error) &&
           check_number(db, arena, report, action, record, ret, error) &&
           check_parties(db, arena, report, action, record, ret, error) &&
           check_inputs(db, arena, report, action, ret, error) &&
           check_follow_ups(db, arena, report, action, record, ret, error) &&
           (!action->validates || check_findings(db, arena, report, record, ret, error));
}
