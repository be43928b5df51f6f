/* innspill-post.c - what is stored from the page of the dialogue meeting: input, answers, the agenda.
 *
 * What somebody else was quicker with is told with the text that was typed; a form sent twice is
 * stored once.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innspill-sider.h"

static bool say(Req *req, const DialogueRoom *room, const char *message)
{
    return req_redirect_saying(req, tilstandsrapport_url(req, &room->report, "/dialogmote").text,
                               message);
}

/* What somebody else was quicker with is told, with the text that was typed. */
static bool conflicts(Req *req, const DialogueRoom *room, DialogueRetried *again, GError **why,
                      GError **error)
{
    if (!g_error_matches(*why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, why);
    again->status = 409;
    again->trouble = arena_dup(req->arena, (*why)->message);
    return tilstandsrapport_dialogue_show(req, room, again);
}

static int64_t posted_id(Req *req, const char *name)
{
    const char *posted = req_posted(req, name);

    return posted ? g_ascii_strtoll(posted, NULL, 10) : 0;
}

static bool time_valid(const char *text)
{
    return !*text || g_regex_match_simple("^([01][0-9]|2[0-3]):[0-5][0-9]$", text, 0, 0);
}

bool tilstandsrapport_post_meeting(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, tilstandsrapport_dialogue_meeting_fields(req), N_MEETING);
    g_autoptr(GError) why = NULL;
    DialogueMeeting m = { .version = posted_id(req, "versjon") };
    DialogueRetried again = { .status = 422, .meeting = &form };
    DialogueRoom room;

    if (!tilstandsrapport_dialogue_load(req, &room, error))
        return false;
    if (!form.problem[M_STARTS] && !time_valid(form.value[M_STARTS]))
        form.problem[M_STARTS] = _("Write the time as 18:00.");
    if (!form_ok(&form))
        return tilstandsrapport_dialogue_show(req, &room, &again);
    m.place = form.value[M_PLACE];
    m.starts = form.value[M_STARTS];
    m.questions = form.value[M_QUESTIONS];
    m.minutes = form.value[M_MINUTES];
    for (int i = 0; i < N_DIALOGUE_GROUP; i++)
        m.present[i] = (int)form_int(&form, M_PRESENT + i);
    req_note(req, "rapport.dialogmote", room.report.id, 0, NULL);
    if (tilstandsrapport_meeting_store(req->db, room.report.owner, room.report.id, &m,
                                       req->user->id, req->now, &why))
        return say(req, &room, _("Stored."));
    again.kept = m.minutes;
    return conflicts(req, &room, &again, &why, error);
}

bool tilstandsrapport_post_input(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, tilstandsrapport_input_fields, N_INPUT);
    g_autoptr(GError) why = NULL;
    DialogueRetried again = { .status = 422, .add = &form };
    DialogueRoom room;

    if (!tilstandsrapport_dialogue_load(req, &room, error))
        return false;
    tilstandsrapport_dialogue_give_input(req, &room, &form);
    if (!form_ok(&form))
        return tilstandsrapport_dialogue_show(req, &room, &again);
    const Input input = { .group = form.value[I_GROUP],
                          .organ = g_ascii_strtoll(form.value[I_BODY], NULL, 10),
                          .chapter = (int)g_ascii_strtoll(form.value[I_CHAPTER], NULL, 10),
                          .at_meeting = !strcmp(form.value[I_OCCASION], "mote"),
                          .given_on = req->today,
                          .text = form.value[I_TEXT],
                          .by = req->user->id };

    req_note(req, "rapport.innspill", room.report.id, 0, NULL);
    if (tilstandsrapport_input_add(req->db, room.report.owner, room.report.id, &input, req->now,
                                   &why))
        return say(req, &room, _("Thank you. The input is stored and will be answered."));
    again.kept = input.text;
    return conflicts(req, &room, &again, &why, error);
}

bool tilstandsrapport_post_input_answer(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    int64_t id = posted_id(req, "innspill");
    const Input *input = NULL;
    DialogueRoom room;

    if (!tilstandsrapport_dialogue_load(req, &room, error))
        return false;
    for (size_t i = 0; i < room.inputs.n; i++)
        if (room.inputs.v[i].id == id)
            input = &room.inputs.v[i];
    if (!input)
        return req_not_found(req, error);
    g_auto(Form) form = form_read(
        req, tilstandsrapport_dialogue_numbered(req, tilstandsrapport_answer_fields, input->nr),
        N_ANSWER);
    DialogueRetried again = { .status = 422, .id = id, .answer = &form };
    Input answered = *input;

    form_options(&form, S_STATUS, tilstandsrapport_dialogue_verdicts(req));
    if (!form_ok(&form))
        return tilstandsrapport_dialogue_show(req, &room, &again);
    answered.status = form.value[S_STATUS];
    answered.answer = form.value[S_ANSWER];
    answered.version = posted_id(req, "versjon");
    req_note(req, "rapport.innspill_svar", room.report.id, 0, NULL);
    if (tilstandsrapport_input_answer(req->db, room.report.owner, room.report.id, &answered,
                                      req->user->id, req->today, &why))
        return say(req, &room, _("The answer is stored."));
    again.kept = answered.answer;
    return conflicts(req, &room, &again, &why, error);
}

bool tilstandsrapport_post_agenda(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, tilstandsrapport_propose_fields, N_PROPOSE);
    g_autoptr(GError) why = NULL;
    DialogueRetried again = { .status = 422, .propose = &form };
    DialogueRoom room;

    if (!tilstandsrapport_dialogue_load(req, &room, error))
        return false;
    form_options(&form, P_GROUP, tilstandsrapport_dialogue_groups(req));
    if (!form_ok(&form))
        return tilstandsrapport_dialogue_show(req, &room, &again);
    const AgendaItem item = { .group = form.value[P_GROUP],
                              .text = form.value[P_TEXT],
                              .status =
                                  req_may(req, PERM_REPORT_DIALOGUE) ? "satt_pa" : "foreslatt",
                              .by = req->user->id };

    req_note(req, "rapport.dialogpunkt", room.report.id, 0, NULL);
    if (tilstandsrapport_agenda_add(req->db, room.report.owner, room.report.id, &item, req->now,
                                    &why))
        return say(req, &room,
                   !strcmp(item.status, "satt_pa") ? _("The item is on the agenda.")
                                                   : _("Thank you. The item is proposed."));
    again.kept = item.text;
    return conflicts(req, &room, &again, &why, error);
}

typedef struct {
    Req *req;
    const DialogueRoom *room;
    Form *form;
    const AgendaItem *decided;
    bool stale;
} Deciding;

static bool decide_work(Db *db, void *arg, GError **error)
{
    Deciding *w = arg;
    const Report *r = &w->room->report;
    const AgendaItem *now = NULL;
    AgendaList all;

    if (!tilstandsrapport_agenda(db, w->req->arena, r->owner, r->id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id == w->decided->id)
            now = &all.v[i];
    w->stale = now && form_stale(w->form, tilstandsrapport_decide_form(w->req, now));
    return w->stale || tilstandsrapport_agenda_decide(db, r->owner, r->id, w->decided, error);
}

bool tilstandsrapport_post_agenda_answer(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    int64_t id = posted_id(req, "punkt");
    const AgendaItem *item = NULL;
    DialogueRoom room;

    if (!tilstandsrapport_dialogue_load(req, &room, error))
        return false;
    for (size_t i = 0; i < room.agenda.n; i++)
        if (room.agenda.v[i].id == id)
            item = &room.agenda.v[i];
    if (!item)
        return req_not_found(req, error);
    g_auto(Form) form = form_read(
        req, tilstandsrapport_dialogue_numbered(req, tilstandsrapport_decide_fields, item->nr),
        N_ANSWER);
    DialogueRetried again = { .status = 422, .id = id, .decide = &form };
    AgendaItem decided = *item;

    form_options(&form, S_STATUS, tilstandsrapport_dialogue_decisions(req));
    if (!strcmp(form.value[S_STATUS], "avvist") && !*form.value[S_ANSWER])
        form.problem[S_ANSWER] =
            _("Say why it is not put on the agenda: whoever proposed it will read it.");
    if (!form_ok(&form))
        return tilstandsrapport_dialogue_show(req, &room, &again);
    decided.status = form.value[S_STATUS];
    decided.reason = form.value[S_ANSWER];
    Deciding work = { req, &room, &form, &decided, false };

    req_note(req, "rapport.dialogpunkt_svar", room.report.id, 0, NULL);
    if (db_transaction(req->db, decide_work, &work, &why)) {
        if (!work.stale)
            return say(req, &room, _("Stored."));
        again.status = 409;
        return tilstandsrapport_dialogue_show(req, &room, &again);
    }
    return conflicts(req, &room, &again, &why, error);
}
