/* vedtak.c - what the bodies have said about a report, in words: the status line, votes, decisions.
 *
 * Page, PDF, file and command line all take them from here, so none tells more or less than another.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "forslag.h"
#include "innhold.h"
#include "mal.h"

const StepEvent *tilstandsrapport_last(const StepEventList *events, const char *action)
{
    for (size_t i = events->n; i > 0; i--)
        if (!events->v[i - 1].withdrawn && !strcmp(events->v[i - 1].action, action))
            return &events->v[i - 1];
    return NULL;
}

const char *tilstandsrapport_votes(Arena *arena, const StepEvent *event)
{
    int with = (int)event->votes_for, against = (int)event->votes_against;

    if (event->votes_for == NO_INT || event->votes_against == NO_INT)
        return event->unanimous ? _("Adopted unanimously") : "";
    if (against == 0)
        return arena_printf(arena, _("Adopted unanimously, %d votes"), with);
    if (event->casting_vote)
        return arena_printf(arena,
                            _("%d votes for, %d against, decided by the mayor’s casting vote"),
                            with, against);
    return arena_printf(arena, _("%d votes for, %d against"), with, against);
}

const char *tilstandsrapport_outcome_name(ReportState state)
{
    switch (state) {
    case STATE_GODKJENT:
        return _("Approved");
    case STATE_TATT_TIL_ORIENTERING:
        return _("Taken note of");
    case STATE_AVVIST:
        return _("Rejected");
    default:
        return "";
    }
}

/* --- the status line --- */

static const char *status_of(Arena *arena, const StepEvent *event)
{
    const char *number =
        *event->case_number ? arena_printf(arena, _(", case %s"), event->case_number) : "";
    char day[DATE_TEXT];

    date_text(event->on, day);
    if (!strcmp(event->action, "utsett"))
        return arena_printf(arena,
                            event->step == 3 ? _("Postponed by the executive committee %s%s")
                                             : _("Postponed by the municipal council %s%s"),
                            day, number);
    switch (event->to) { /* i18n: the day, then the case: "... 20. juni 2013, sak PS 45/13" */
    case STATE_GODKJENT:
        return arena_printf(arena, _("Approved by the municipal council %s%s"), day, number);
    case STATE_TATT_TIL_ORIENTERING:
        return arena_printf(arena, _("Taken note of by the municipal council %s%s"), day, number);
    case STATE_AVVIST:
        return arena_printf(arena, _("Rejected by the municipal council %s%s"), day, number);
    case STATE_INNSTILT:
        if (!strcmp(event->action, "oversend"))
            return arena_printf(
                arena, _("Sent on by the executive committee without a recommendation %s%s"), day,
                number);
        return arena_printf(arena, _("Recommended by the executive committee %s%s"), day, number);
    default:
        return arena_printf(arena, _("Sent to the executive committee %s%s"), day, number);
    }
}

/* The follow-up after the vote leaves the status as the vote made it. */
static bool tells_status(const StepEvent *event)
{
    static const char *const all[] = {
        "send", "innstilling", "oversend", "vedtak", "utsett", NULL
    };

    return g_strv_contains(all, event->action);
}

const char *tilstandsrapport_status(Arena *arena, const Report *report, const StepEventList *events)
{
    const StepEvent *sent_back = tilstandsrapport_last(events, "send_tilbake");
    char day[DATE_TEXT];

    if (report->published && report->state < STATE_SENDT_FORMANNSKAP && sent_back)
        return arena_printf(arena, _("Sent back for new treatment %s"),
                            date_text(sent_back->on, day));
    if (report->state < STATE_SENDT_FORMANNSKAP)
        return _("Draft, not treated yet");
    for (size_t i = events->n; i > 0; i--)
        if (!events->v[i - 1].withdrawn && tells_status(&events->v[i - 1]))
            return status_of(arena, &events->v[i - 1]);
    return tilstandsrapport_state_name(report->state);
}

/* --- recommendation and decision --- */

/* Whether it still holds after the last time the report was sent back. */
static bool holds(const StepEventList *events, const StepEvent *event)
{
    const StepEvent *sent_back = tilstandsrapport_last(events, "send_tilbake");

    return !sent_back || event->recorded_at > sent_back->recorded_at;
}

static const char *body_of(const Step steps[6], const StepEvent *event)
{
    return steps[event->step - 1].body;
}

bool tilstandsrapport_said(Db *db, Arena *arena, const Report *report, Said *ret, GError **error)
{
    static const char *const actions[] = { "vedtak", "innstilling" };
    StepEventList events;
    Step steps[6];

    *ret = (Said){ 0 };
    if (!tilstandsrapport_events(db, arena, report->owner, report->id, &events, error) ||
        !tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        const StepEvent *event = tilstandsrapport_last(&events, actions[i]);

        if (event && *event->decision && holds(&events, event))
            ret->v[ret->n++] = (Statement){ i == 0, body_of(steps, event), event };
    }
    ret->status = tilstandsrapport_status(arena, report, &events);
    return true;
}

bool tilstandsrapport_face(Db *db, Arena *arena, const Report *report, Face *face, GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(report->language);

    if (!tilstandsrapport_said(db, arena, report, &face->said, error))
        return false;
    face->status = face->said.status;
    return true;
}

const char *tilstandsrapport_statement_heading(const Statement *s)
{
    return s->final ? _("Decision of the municipal council")
                    : _("Recommendation of the executive committee");
}

/* "Eide kommunestyre · 20. juni 2013, sak PS 45/13 · Enstemmig vedtatt, 17 stemmer" */
const char *tilstandsrapport_statement_meta(Arena *arena, const Statement *s)
{
    const StepEvent *e = s->event;
    const char *votes = tilstandsrapport_votes(arena, e);
    const char *number = *e->case_number ? arena_printf(arena, _(", case %s"), e->case_number) : "";
    char day[DATE_TEXT];

    return arena_printf(arena, "%s%s%s%s%s%s", s->body, *s->body ? " · " : "",
                        date_text(e->on, day), number, *votes ? " · " : "", votes);
}
