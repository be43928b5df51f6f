/* innspill.c - the dialogue meeting and what came up: stored, answered, and told again in the report.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innspill.h"
#include "lov.h"
#include "innspill.sql.h"

/* --- words --- */

static const DialogueGroup groups[N_DIALOGUE_GROUP] = {
    { "politikere", N_("Politicians") },
    { "kommunedirektor", N_("Chief municipal executive") },
    { "fagsjef", N_("Head of education") },
    { "rektorer", N_("Head teachers") },
    { "styrere", N_("Heads of kindergartens") },
    { "tillitsvalgte", N_("Union representatives") },
    { "fau_su", N_("Parents (FAU and SU)") },
    { "elevrad", N_("Pupils’ councils") },
    { "ppt", N_("Educational psychological service (PPT)") },
    { "veiledere", N_("Advisers from outside") },
    { "andre", N_("Others") },
};

static const struct {
    const char *code, *name;
} verdicts[] = {
    { "mottatt", N_("Not answered yet") },
    { "tatt_inn", N_("Taken in") },
    { "delvis", N_("Partly taken in") },
    { "ikke_tatt_inn", N_("Not taken in") },
};

const DialogueGroup *tilstandsrapport_group_at(size_t i)
{
    return i < N_DIALOGUE_GROUP ? &groups[i] : NULL;
}

static int index_of(const char *code)
{
    for (int i = 0; i < N_DIALOGUE_GROUP; i++)
        if (!g_strcmp0(groups[i].code, code))
            return i;
    return -1;
}

bool tilstandsrapport_group_known(const char *code)
{
    return index_of(code) >= 0;
}

const char *tilstandsrapport_group_name(const char *code)
{
    int i = index_of(code);

    return i < 0 ? "" : _(groups[i].name);
}

const char *tilstandsrapport_group_of_role(const char *role)
{
    static const struct {
        const char *role, *group;
    } all[] = { { "FA", "fau_su" },  { "TV", "tillitsvalgte" }, { "RK", "rektorer" },
                { "ST", "styrere" }, { "PO", "politikere" },    { "KD", "kommunedirektor" } };

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (!g_strcmp0(all[i].role, role))
            return all[i].group;
    return NULL;
}

const char *tilstandsrapport_verdict_name(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
        if (!g_strcmp0(verdicts[i].code, code))
            return _(verdicts[i].name);
    return "";
}

/* --- before it is sent --- */

/* Within the transaction of a change: until the report is sent. */
static bool is_open(Db *db, int64_t owner, int64_t report, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    Report r;

    if (!tilstandsrapport_get(db, arena, owner, report, &r, error))
        return false;
    return tilstandsrapport_writable(r.state) ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("The report has been sent: the dialogue can no longer be changed."));
}

/* --- the meeting --- */

bool tilstandsrapport_meeting(Db *db, Arena *arena, int64_t owner, int64_t report,
                              DialogueMeeting *ret, GError **error)
{
    g_auto(InnspillMeetingRows) rows = { 0 };
    g_auto(InnspillPresentRows) present = { 0 };

    *ret = (DialogueMeeting){ .place = "", .starts = "", .questions = "", .minutes = "" };
    if (!innspill_meeting(db, owner, report, &rows, error) ||
        !innspill_present(db, owner, report, &present, error))
        return false;
    if (rows.n)
        *ret = (DialogueMeeting){ .place = arena_dup(arena, rows.v[0].place),
                                  .starts = arena_dup(arena, rows.v[0].starts),
                                  .questions = arena_dup(arena, rows.v[0].questions),
                                  .minutes = arena_dup(arena, rows.v[0].minutes),
                                  .version = rows.v[0].version };
    for (size_t i = 0; i < present.n; i++)
        if (index_of(present.v[i].gruppe) >= 0)
            ret->present[index_of(present.v[i].gruppe)] = (int)present.v[i].number;
    return true;
}

typedef struct {
    int64_t owner, report, person, now;
    const DialogueMeeting *meeting;
    const AgendaItem *item;
    const Input *input;
    const char *today;
} Change;

static int64_t or_none(int64_t id)
{
    return id ? id : NO_INT;
}

static bool store_texts(Db *db, const Change *c, GError **error)
{
    const DialogueMeeting *m = c->meeting;
    g_auto(InnspillMeetingInsertRows) made = { 0 };
    g_auto(InnspillMeetingUpdateRows) changed = { 0 };
    const InnspillMeetingInsertArgs fresh = { .owner = c->owner,
                                              .rapport = c->report,
                                              .place = m->place,
                                              .starts = m->starts,
                                              .questions = m->questions,
                                              .minutes = m->minutes,
                                              .changed_at = c->now,
                                              .changed_by = or_none(c->person) };
    const InnspillMeetingUpdateArgs again = { .owner = c->owner,
                                              .rapport = c->report,
                                              .version = m->version,
                                              .place = m->place,
                                              .starts = m->starts,
                                              .questions = m->questions,
                                              .minutes = m->minutes,
                                              .changed_at = c->now,
                                              .changed_by = or_none(c->person) };

    if (m->version ? !innspill_meeting_update(db, &again, &changed, error)
                   : !innspill_meeting_insert(db, &fresh, &made, error))
        return false;
    return made.n + changed.n == 1 ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("Somebody else has just stored this. Copy what you wrote and load the page "
                      "again."));
}

static bool meeting_work(Db *db, void *arg, GError **error)
{
    const Change *c = arg;

    if (!is_open(db, c->owner, c->report, error) || !store_texts(db, c, error) ||
        !innspill_present_delete(db, c->owner, c->report, error))
        return false;
    for (size_t i = 0; i < N_DIALOGUE_GROUP; i++)
        if (c->meeting->present[i] > 0 &&
            !innspill_present_insert(db, c->owner, c->report, groups[i].code,
                                     c->meeting->present[i], error))
            return false;
    return true;
}

bool tilstandsrapport_meeting_store(Db *db, int64_t owner, int64_t report,
                                    const DialogueMeeting *meeting, int64_t person, int64_t now,
                                    GError **error)
{
    Change c = { owner, report, person, now, .meeting = meeting };

    return db_transaction(db, meeting_work, &c, error);
}

/* --- agenda --- */

bool tilstandsrapport_agenda(Db *db, Arena *arena, int64_t owner, int64_t report, AgendaList *ret,
                             GError **error)
{
    g_auto(InnspillAgendaRows) rows = { 0 };

    if (!innspill_agenda(db, owner, report, &rows, error))
        return false;
    *ret = (AgendaList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(AgendaItem)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const InnspillAgendaRow *r = &rows.v[i];

        ret->v[i] = (AgendaItem){ .id = r->id,
                                  .nr = (int)r->nr,
                                  .group = arena_dup(arena, r->gruppe),
                                  .text = arena_dup(arena, r->text),
                                  .status = arena_dup(arena, r->status),
                                  .reason = arena_dup(arena, r->reason),
                                  .by = r->proposed_by == NO_INT ? 0 : r->proposed_by };
    }
    return true;
}

static bool agenda_add_work(Db *db, void *arg, GError **error)
{
    const Change *c = arg;
    const InnspillAgendaInsertArgs args = { .owner = c->owner,
                                            .id = id_new(),
                                            .rapport = c->report,
                                            .gruppe = c->item->group,
                                            .text = c->item->text,
                                            .status = c->item->status,
                                            .proposed_at = c->now,
                                            .proposed_by = or_none(c->item->by) };

    return is_open(db, c->owner, c->report, error) && innspill_agenda_insert(db, &args, error);
}

bool tilstandsrapport_agenda_add(Db *db, int64_t owner, int64_t report, const AgendaItem *item,
                                 int64_t now, GError **error)
{
    Change c = { owner, report, item->by, now, .item = item };

    return db_transaction(db, agenda_add_work, &c, error);
}

static bool agenda_decide_work(Db *db, void *arg, GError **error)
{
    const Change *c = arg;
    g_auto(InnspillAgendaDecideRows) changed = { 0 };

    if (!is_open(db, c->owner, c->report, error) ||
        !innspill_agenda_decide(db, c->owner, c->item->id, c->report, c->item->status,
                                c->item->reason, &changed, error))
        return false;
    return changed.n == 1 || app_fail(error, APP_ERROR_NOT_FOUND, "no such item of the agenda");
}

bool tilstandsrapport_agenda_decide(Db *db, int64_t owner, int64_t report, const AgendaItem *item,
                                    GError **error)
{
    Change c = { owner, report, 0, 0, .item = item };

    if (!strcmp(item->status, "avvist") && !*item->reason)
        return app_fail(error, APP_ERROR_INVALID,
                        _("Say why it is not put on the agenda: whoever proposed it will read "
                          "it."));
    return db_transaction(db, agenda_decide_work, &c, error);
}

/* --- input --- */

static const char *body_name(const OrganList *bodies, int64_t id)
{
    for (size_t i = 0; i < bodies->n; i++)
        if (bodies->v[i].id == id)
            return bodies->v[i].name;
    return "";
}

bool tilstandsrapport_inputs(Db *db, Arena *arena, int64_t owner, int64_t report, InputList *ret,
                             GError **error)
{
    g_auto(InnspillSelectRows) rows = { 0 };
    OrganList bodies;

    if (!innspill_select(db, owner, report, &rows, error) ||
        !organ_list(db, arena, owner, &bodies, error))
        return false;
    *ret = (InputList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Input)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const InnspillSelectRow *r = &rows.v[i];
        int64_t organ = r->organ == NO_INT ? 0 : r->organ;

        ret->v[i] = (Input){ .id = r->id,
                             .nr = (int)r->nr,
                             .group = arena_dup(arena, r->gruppe),
                             .organ = organ,
                             .body = body_name(&bodies, organ),
                             .chapter = (int)r->kapittel,
                             .at_meeting = !strcmp(r->occasion, "mote"),
                             .given_on = arena_dup(arena, r->given_on),
                             .text = arena_dup(arena, r->text),
                             .status = arena_dup(arena, r->status),
                             .answer = arena_dup(arena, r->answer),
                             .answered_on = arena_dup(arena, r->answered_on),
                             .by = r->recorded_by == NO_INT ? 0 : r->recorded_by,
                             .version = r->version };
    }
    return true;
}

static bool input_add_work(Db *db, void *arg, GError **error)
{
    const Change *c = arg;
    const Input *i = c->input;
    const InnspillInsertArgs args = { .owner = c->owner,
                                      .id = id_new(),
                                      .rapport = c->report,
                                      .gruppe = i->group,
                                      .organ = or_none(i->organ),
                                      .kapittel = i->chapter,
                                      .occasion = i->at_meeting ? "mote" : "for",
                                      .given_on = i->given_on,
                                      .text = i->text,
                                      .recorded_at = c->now,
                                      .recorded_by = or_none(i->by) };

    return is_open(db, c->owner, c->report, error) && innspill_insert(db, &args, error);
}

bool tilstandsrapport_input_add(Db *db, int64_t owner, int64_t report, const Input *input,
                                int64_t now, GError **error)
{
    Change c = { owner, report, input->by, now, .input = input };

    return db_transaction(db, input_add_work, &c, error);
}

static bool input_answer_work(Db *db, void *arg, GError **error)
{
    const Change *c = arg;
    const Input *i = c->input;
    g_auto(InnspillAnswerRows) changed = { 0 };
    const InnspillAnswerArgs args = { .owner = c->owner,
                                      .id = i->id,
                                      .rapport = c->report,
                                      .version = i->version,
                                      .status = i->status,
                                      .answer = i->answer,
                                      .answered_on = c->today,
                                      .answered_by = or_none(c->person) };

    if (!is_open(db, c->owner, c->report, error) || !innspill_answer(db, &args, &changed, error))
        return false;
    return changed.n == 1 ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("Somebody else has just stored this. Copy what you wrote and load the page "
                      "again."));
}

bool tilstandsrapport_input_answer(Db *db, int64_t owner, int64_t report, const Input *input,
                                   int64_t person, const char *today, GError **error)
{
    Change c = { owner, report, person, 0, .input = input, .today = today };

    if (!*input->answer)
        return app_fail(error, APP_ERROR_INVALID,
                        _("Give a reason: whoever gave the input will read it."));
    return db_transaction(db, input_answer_work, &c, error);
}

bool tilstandsrapport_inputs_waiting(Db *db, int64_t owner, int64_t report, int *ret,
                                     GError **error)
{
    g_auto(InnspillWaitingRows) rows = { 0 };

    if (!innspill_waiting(db, owner, report, &rows, error))
        return false;
    *ret = (int)rows.v[0].number;
    return true;
}

bool tilstandsrapport_has_dialogue(Db *db, Arena *arena, int64_t owner, int64_t report, bool *ret,
                                   GError **error)
{
    DialogueMeeting meeting;
    AgendaList agenda;
    InputList inputs;

    if (!tilstandsrapport_meeting(db, arena, owner, report, &meeting, error) ||
        !tilstandsrapport_agenda(db, arena, owner, report, &agenda, error) ||
        !tilstandsrapport_inputs(db, arena, owner, report, &inputs, error))
        return false;
    *ret = meeting.version || agenda.n || inputs.n;
    return true;
}

/* --- «dere sa – vi gjorde» --- */

static const char *title_of(const ChapterList *chapters, int nr)
{
    for (size_t i = 0; i < chapters->n; i++)
        if (chapters->v[i].nr == nr)
            return chapters->v[i].title;
    return "";
}

/* What the role was called on the day it spoke, where it is called something else now: "Rådmann". */
static const char *speaker(Arena *arena, const TermList *terms, const Input *i)
{
    const char *then = tilstandsrapport_term_on(terms, i->group, i->given_on);
    const char *now = tilstandsrapport_term_on(terms, i->group, "9999-12-31");
    g_autofree char *first = NULL;

    if (*i->body || !strcmp(then, now))
        return i->body;
    g_autofree char *letter = g_utf8_substring(then, 0, 1);

    first = g_utf8_strup(letter, -1);
    return arena_printf(arena, "%s%s", first, then + strlen(letter));
}

bool tilstandsrapport_answered_inputs(Db *db, Arena *arena, int64_t owner, int64_t report,
                                      AnsweredInputList *ret, GError **error)
{
    ChapterList chapters;
    InputList inputs;
    TermList terms;
    Report r;

    if (!tilstandsrapport_get(db, arena, owner, report, &r, error) ||
        !tilstandsrapport_terms(db, arena, r.language, &terms, error) ||
        !tilstandsrapport_inputs(db, arena, owner, report, &inputs, error) ||
        !tilstandsrapport_chapters(db, arena, owner, report, &chapters, error))
        return false;
    *ret = (AnsweredInputList){ arena_alloc(arena, MAX(inputs.n, 1) * sizeof(AnsweredInput)), 0 };
    for (size_t i = 0; i < inputs.n; i++)
        if (strcmp(inputs.v[i].status, "mottatt"))
            ret->v[ret->n++] =
                (AnsweredInput){ inputs.v[i].group,   speaker(arena, &terms, &inputs.v[i]),
                                 inputs.v[i].chapter, title_of(&chapters, inputs.v[i].chapter),
                                 inputs.v[i].text,    inputs.v[i].status,
                                 inputs.v[i].answer };
    return true;
}
