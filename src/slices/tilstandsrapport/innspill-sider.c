/* innspill-sider.c - the page of the dialogue meeting: what is talked about, what came up, the answers.
 *
 * Those who do not see the draft may still take part: they see the meeting, the titles of the chapters
 * and the input, and nothing of what is being written.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innspill-sider.h"
#include "innspill.html.h"

/* --- who --- */

/* For whom a role may speak; the first is suggested. NULL: for everyone. */
static const char *const *groups_of(const char *role)
{
    static const struct {
        const char *role;
        const char *groups[4];
    } all[] = {
        { "FA", { "fau_su", "elevrad" } },
        { "TV", { "tillitsvalgte" } },
        { "RK", { "rektorer", "elevrad", "fau_su" } },
        { "ST", { "styrere", "fau_su" } },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (!g_strcmp0(all[i].role, role))
            return all[i].groups;
    return NULL;
}

const Option *tilstandsrapport_dialogue_groups(Req *req)
{
    const char *const *mine = groups_of(req->user->role);
    Option *options = arena_alloc(req->arena, (N_DIALOGUE_GROUP + 1) * sizeof(Option));
    size_t n = 0;

    for (size_t i = 0; i < N_DIALOGUE_GROUP; i++) {
        const DialogueGroup *g = tilstandsrapport_group_at(i);

        if (!mine || g_strv_contains(mine, g->code))
            options[n++] = (Option){ g->code, _(g->name) };
    }
    return options;
}

/* The meeting exists for those of the owner who may see it, also before the report does. */
bool tilstandsrapport_dialogue_load(Req *req, DialogueRoom *room, GError **error)
{
    int64_t id = req_id(req, "id");

    if (!id)
        return req_not_found(req, error);
    if (!tilstandsrapport_find(req->db, req->arena, id, &room->report, error))
        return false;
    if (!req->user || req->user->owner != room->report.owner || !req_may(req, PERM_DIALOGUE_READ))
        return req_not_found(req, error);
    const int64_t owner = room->report.owner;

    return tilstandsrapport_steps(req->db, req->arena, owner, id, room->steps, error) &&
           tilstandsrapport_meeting(req->db, req->arena, owner, id, &room->meeting, error) &&
           tilstandsrapport_agenda(req->db, req->arena, owner, id, &room->agenda, error) &&
           tilstandsrapport_inputs(req->db, req->arena, owner, id, &room->inputs, error) &&
           tilstandsrapport_chapters(req->db, req->arena, owner, id, &room->chapters, error) &&
           organ_list(req->db, req->arena, owner, &room->bodies, error);
}

/* --- forms --- */

const Field tilstandsrapport_input_fields[N_INPUT] = {
    [I_GROUP] = { "gruppe", FIELD_CHOICE, N_("On behalf of"), .required = true },
    [I_BODY] = { "organ", FIELD_CHOICE, N_("From which body, if any") },
    [I_CHAPTER] = { "kapittel", FIELD_CHOICE, N_("What it is about"), .required = true },
    [I_OCCASION] = { "anledning", FIELD_RADIO, N_("When it was given"), .required = true },
    [I_TEXT] = { "tekst", FIELD_TEXT, N_("Input"), .required = true, .max = 4000,
                 .help = N_("Write so that others understand it. Name no pupil, parent or "
                            "employee.") },
};

const Field tilstandsrapport_propose_fields[N_PROPOSE] = {
    [P_GROUP] = { "punkt-gruppe", FIELD_CHOICE, N_("On behalf of"), .required = true },
    [P_TEXT] = { "punkt-tekst", FIELD_LINE, N_("What should be talked about"), .required = true,
                 .max = 400 },
};

const Field tilstandsrapport_answer_fields[N_ANSWER] = {
    [S_STATUS] = { "utfall", FIELD_RADIO, N_("What came of it"), .required = true },
    [S_ANSWER] = { "svar", FIELD_TEXT, N_("Reason"), .required = true, .max = 4000,
                   .help = N_("Say what was changed and where, or why not") },
};
const Field tilstandsrapport_decide_fields[N_ANSWER] = {
    [S_STATUS] = { "vedta", FIELD_RADIO, N_("On the agenda?"), .required = true },
    [S_ANSWER] = { "grunn", FIELD_TEXT, N_("Reason, when it is not put on"), .max = 1000 },
};

static const Field meeting_fields[M_PRESENT] = {
    [M_PLACE] = { "sted", FIELD_LINE, N_("Place"), .max = 200 },
    [M_STARTS] = { "klokka", FIELD_LINE, N_("Time"), .max = 5, .help = N_("Such as 18:00") },
    [M_QUESTIONS] = { "sporsmal", FIELD_TEXT, N_("Questions for work in groups"), .max = 4000,
                      .help = N_("One a line") },
    [M_MINUTES] = { "referat", FIELD_MARKDOWN, N_("Minutes in plain language"), .max = 20000,
                    .help = N_("What was talked about, and what it means for the schools and "
                               "kindergartens. Name nobody.") },
};

static const Option *occasions(Req *req)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));

    options[0] = (Option){ "for", _("Before the meeting") };
    options[1] = (Option){ "mote", _("At the meeting") };
    return options;
}

static const Option *chapter_options(Req *req, const DialogueRoom *room)
{
    Option *options = arena_alloc(req->arena, (room->chapters.n + 2) * sizeof(Option));

    options[0] = (Option){ "0", _("The whole report") };
    for (size_t i = 0; i < room->chapters.n; i++)
        options[i + 1] = (Option){ arena_printf(req->arena, "%d", room->chapters.v[i].nr),
                                   arena_printf(req->arena, "%d %s", room->chapters.v[i].nr,
                                                room->chapters.v[i].title) };
    return options;
}

static const Option *body_options(Req *req, const DialogueRoom *room)
{
    Option *options = arena_alloc(req->arena, (room->bodies.n + 1) * sizeof(Option));

    for (size_t i = 0; i < room->bodies.n; i++)
        options[i] = (Option){ arena_printf(req->arena, "%" G_GINT64_FORMAT, room->bodies.v[i].id),
                               room->bodies.v[i].name };
    return options;
}

const Option *tilstandsrapport_dialogue_verdicts(Req *req)
{
    static const char *const codes[] = { "tatt_inn", "delvis", "ikke_tatt_inn" };
    Option *options = arena_alloc(req->arena, 4 * sizeof(Option));

    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        options[i] = (Option){ codes[i], tilstandsrapport_verdict_name(codes[i]) };
    return options;
}

static const char *agenda_word(const char *status)
{
    return !strcmp(status, "satt_pa")  ? _("on the agenda")
           : !strcmp(status, "avvist") ? _("not on the agenda")
                                       : _("proposed");
}

const Option *tilstandsrapport_dialogue_decisions(Req *req)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));

    options[0] = (Option){ "satt_pa", _("Put on the agenda") };
    options[1] = (Option){ "avvist", _("Not put on the agenda") };
    return options;
}

void tilstandsrapport_dialogue_give_input(Req *req, const DialogueRoom *room, Form *form)
{
    form_options(form, I_GROUP, tilstandsrapport_dialogue_groups(req));
    form_options(form, I_BODY, body_options(req, room));
    form_options(form, I_CHAPTER, chapter_options(req, room));
    form_options(form, I_OCCASION, occasions(req));
}

/* The meeting's own fields, and one number for each group. */
const Field *tilstandsrapport_dialogue_meeting_fields(Req *req)
{
    Field *fields = arena_alloc(req->arena, N_MEETING * sizeof(Field));

    memcpy(fields, meeting_fields, sizeof meeting_fields);
    for (size_t i = 0; i < N_DIALOGUE_GROUP; i++) {
        const DialogueGroup *g = tilstandsrapport_group_at(i);

        fields[M_PRESENT + i] =
            (Field){ arena_printf(req->arena, "antall-%s", g->code), FIELD_INT,
                     arena_printf(req->arena, _("Number present: %s"), _(g->name)), .low = 0,
                     .high = 999 };
    }
    return fields;
}

/* Several forms of one kind stand on the page: each field carries the line's number. */
const Field *tilstandsrapport_dialogue_numbered(Req *req, const Field *base, int nr)
{
    Field *fields = arena_alloc(req->arena, N_ANSWER * sizeof(Field));

    for (int i = 0; i < N_ANSWER; i++) {
        fields[i] = base[i];
        fields[i].name = arena_printf(req->arena, "%s-%d", base[i].name, nr);
    }
    return fields;
}

/* --- the page --- */

static bool may_write(const Req *req, const DialogueRoom *room, Perm perm)
{
    return req_may(req, perm) && tilstandsrapport_writable(room->report.state);
}

static const char *chapter_title(const DialogueRoom *room, int nr)
{
    for (size_t i = 0; i < room->chapters.n; i++)
        if (room->chapters.v[i].nr == nr)
            return room->chapters.v[i].title;
    return _("The whole report");
}

static const Form *answer_form(Req *req, const Input *input)
{
    Form *form = arena_alloc(req->arena, sizeof *form);

    *form = form_blank(
        req, tilstandsrapport_dialogue_numbered(req, tilstandsrapport_answer_fields, input->nr),
        N_ANSWER);
    form_options(form, S_STATUS, tilstandsrapport_dialogue_verdicts(req));
    if (strcmp(input->status, "mottatt"))
        form_set(form, S_STATUS, input->status);
    form_set(form, S_ANSWER, input->answer);
    return form;
}

Form *tilstandsrapport_decide_form(Req *req, const AgendaItem *item)
{
    Form *form = arena_alloc(req->arena, sizeof *form);

    *form = form_blank(
        req, tilstandsrapport_dialogue_numbered(req, tilstandsrapport_decide_fields, item->nr),
        N_ANSWER);
    form_options(form, S_STATUS, tilstandsrapport_dialogue_decisions(req));
    if (strcmp(item->status, "foreslatt"))
        form_set(form, S_STATUS, item->status);
    form_set(form, S_ANSWER, item->reason);
    form_mark(form);
    return form;
}

static InputView input_view(Req *req, const DialogueRoom *room, const Input *i,
                            const DialogueRetried *again)
{
    bool failed = again->answer && again->id == i->id;
    const char *group = tilstandsrapport_group_name(i->group);
    InputView view = { .nr = arena_printf(req->arena, "%d", i->nr),
                       .text = i->text,
                       .id = i->id,
                       .version = i->version,
                       .waits = !strcmp(i->status, "mottatt"),
                       .verdict = tilstandsrapport_verdict_name(i->status),
                       .answer = i->answer,
                       .about = chapter_title(room, i->chapter),
                       .open = failed };

    view.from = *i->body ? arena_printf(req->arena, "%s, %s", group, i->body) : group;
    view.given = arena_printf(req->arena,
                              i->at_meeting ? _("at the meeting, %s") : _("before the meeting, %s"),
                              tilstandsrapport_day(req, i->given_on));
    if (i->answered_on)
        view.answered = tilstandsrapport_day(req, i->answered_on);
    if (may_write(req, room, PERM_REPORT_DIALOGUE))
        view.form = failed ? again->answer : answer_form(req, i);
    tilstandsrapport_dialogue_own(req, room, i, again, &view);
    return view;
}

static void fill_lists(Req *req, const DialogueRoom *room, const DialogueRetried *again,
                       DialogueView *view)
{
    int waiting = 0;

    view->inputs.v = arena_alloc(req->arena, MAX(room->inputs.n, 1) * sizeof(InputView));
    for (size_t i = 0; i < room->inputs.n; i++) {
        view->inputs.v[view->inputs.n++] = input_view(req, room, &room->inputs.v[i], again);
        waiting += view->inputs.v[i].waits;
    }
    if (waiting)
        view->summary = arena_printf(
            req->arena,
            ngettext(
                "%d input waits for an answer. The report cannot be sent before it has one.",
                "%d inputs wait for an answer. The report cannot be sent before they have one.",
                waiting),
            waiting);
    else if (room->inputs.n)
        view->summary = _("Every input has its answer.");
    view->agenda.v = arena_alloc(req->arena, MAX(room->agenda.n, 1) * sizeof(AgendaView));
    for (size_t i = 0; i < room->agenda.n; i++) {
        const AgendaItem *a = &room->agenda.v[i];
        bool failed = again->decide && again->id == a->id;

        view->agenda.v[view->agenda.n++] =
            (AgendaView){ .nr = arena_printf(req->arena, "%d", a->nr),
                          .text = a->text,
                          .from = tilstandsrapport_group_name(a->group),
                          .status = agenda_word(a->status),
                          .reason = a->reason,
                          .id = a->id,
                          .form = !may_write(req, room, PERM_REPORT_DIALOGUE) ? NULL
                                  : failed                                    ? again->decide
                                           : tilstandsrapport_decide_form(req, a),
                          .open = failed };
    }
}

static void fill_meeting(Req *req, const DialogueRoom *room, DialogueView *view)
{
    const DialogueMeeting *m = &room->meeting;
    g_auto(GStrv) lines = g_strsplit(m->questions, "\n", -1);
    const char **questions = arena_alloc(req->arena, (g_strv_length(lines) + 1) * sizeof(char *));

    for (char **l = lines; *l; l++)
        if (*g_strstrip(*l))
            questions[view->questions.n++] = arena_dup(req->arena, *l);
    view->questions.v = questions;
    view->present.v = arena_alloc(req->arena, N_DIALOGUE_GROUP * sizeof(PresentView));
    for (size_t i = 0; i < N_DIALOGUE_GROUP; i++)
        if (m->present[i])
            view->present.v[view->present.n++] =
                (PresentView){ _(tilstandsrapport_group_at(i)->name),
                               arena_printf(req->arena, "%d", m->present[i]) };
    view->place = *m->starts
                      ? *m->place ? arena_printf(req->arena, _("%1$s at %2$s"), m->place, m->starts)
                                  : arena_printf(req->arena, _("at %s"), m->starts)
                      : m->place;
}

static void fill_blank(const DialogueRoom *room, Form *meeting, Form *add, Req *req)
{
    char number[16];

    form_set(meeting, M_PLACE, room->meeting.place);
    form_set(meeting, M_STARTS, room->meeting.starts);
    form_set(meeting, M_QUESTIONS, room->meeting.questions);
    form_set(meeting, M_MINUTES, room->meeting.minutes);
    for (int i = 0; i < N_DIALOGUE_GROUP; i++)
        if (room->meeting.present[i]) {
            g_snprintf(number, sizeof number, "%d", room->meeting.present[i]);
            form_set(meeting, M_PRESENT + i, number);
        }
    form_set(add, I_OCCASION, strcmp(req->today, room->steps[1].planned) < 0 ? "for" : "mote");
    form_set(add, I_CHAPTER, "0");
    if (groups_of(req->user->role))
        form_set(add, I_GROUP, groups_of(req->user->role)[0]);
}

static Doc *minutes_of(const DialogueRoom *room)
{
    const DocMeta meta = { .title = room->report.title,
                           .lang = i18n_tag(room->report.language),
                           .no_cover = true,
                           .no_contents = true };
    Doc *doc = doc_new(&meta);

    doc_markdown(doc, room->meeting.minutes, 3);
    return doc;
}

bool tilstandsrapport_dialogue_show(Req *req, const DialogueRoom *room,
                                    const DialogueRetried *again)
{
    const Report *r = &room->report;
    g_auto(Form) meeting =
        form_blank(req, tilstandsrapport_dialogue_meeting_fields(req), N_MEETING);
    g_auto(Form) add = form_blank(req, tilstandsrapport_input_fields, N_INPUT);
    g_auto(Form) propose = form_blank(req, tilstandsrapport_propose_fields, N_PROPOSE);
    g_autoptr(Doc) minutes = *room->meeting.minutes ? minutes_of(room) : NULL;
    DialogueView view = { .title = r->title,
                          .lang = i18n_tag(r->language),
                          .language = r->language,
                          .day = tilstandsrapport_weekday_day(req, room->steps[1].planned),
                          .trouble = again->trouble,
                          .kept = again->kept,
                          .up = tilstandsrapport_url(req, r, ""),
                          .self = tilstandsrapport_url(req, r, "/dialogmote"),
                          .innspill = tilstandsrapport_url(req, r, "/innspill"),
                          .eget = tilstandsrapport_url(req, r, "/innspill/eget"),
                          .svar = tilstandsrapport_url(req, r, "/innspill/svar"),
                          .punkt = tilstandsrapport_url(req, r, "/dialogpunkt"),
                          .punkt_svar = tilstandsrapport_url(req, r, "/dialogpunkt/svar"),
                          .minutes = minutes,
                          .version = room->meeting.version,
                          .sees_inputs = req_may(req, PERM_INPUT_READ) };

    if (!r->published && !tilstandsrapport_sees_draft(req, r))
        view.up = url_for(req->arena, "/hjem");
    fill_lists(req, room, again, &view);
    fill_meeting(req, room, &view);
    fill_blank(room, &meeting, &add, req);
    tilstandsrapport_dialogue_give_input(req, room, &add);
    form_options(&propose, P_GROUP, tilstandsrapport_dialogue_groups(req));
    if (!tilstandsrapport_writable(r->state))
        view.closed = _("The report has been sent, so the dialogue is closed.");
    view.meeting_open = again->meeting != NULL;
    view.add_open = again->add != NULL || !room->inputs.n;
    view.propose_open = again->propose != NULL;
    if (may_write(req, room, PERM_REPORT_DIALOGUE))
        view.meeting = again->meeting ? again->meeting : &meeting;
    if (may_write(req, room, PERM_INPUT_WRITE)) {
        view.add = again->add ? again->add : &add;
        view.propose = again->propose ? again->propose : &propose;
    }
    innspill_vis(req_page(req, again->status, _("Dialogue meeting")), &view);
    return true;
}

bool tilstandsrapport_show_dialogue(Req *req, GError **error)
{
    DialogueRoom room;

    return tilstandsrapport_dialogue_load(req, &room, error) &&
           tilstandsrapport_dialogue_show(req, &room, &(DialogueRetried){ .status = 200 });
}
