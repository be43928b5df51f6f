/* sider-handling.c - the forms that move a report on: drawn from the action's wants, read, recorded.
 *
 * Sending and voting cannot be undone by a second thought, so their forms ask for a tick (WCAG 3.3.4).
 * Several actions can stand on one page; each form's fields therefore begin with the action's code.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-behandling.h"
#include "behandling.h"
#include "saksnummer.h"

enum {
    A_ON,
    A_CASE,
    A_ARCHIVE,
    A_JOURNAL,
    A_OUTCOME,
    A_DECISION,
    A_UNANIMOUS,
    A_FOR,
    A_AGAINST,
    A_CASTING,
    A_TASKS,
    A_NOTE,
    A_CONFIRM
};
G_STATIC_ASSERT(A_CONFIRM + 1 == ACTION_FIELDS);

static const Field base[ACTION_FIELDS] = {
    [A_ON] = { "dato", FIELD_DATE, N_("Date"), .required = true, .not_after = "today" },
    [A_CASE] = { "sak", FIELD_LINE, N_("Case number"), .required = true, .max = 40,
                 .help = N_("The next number of the body this year, such as PS 45/13. Write over "
                            "it if the minutes say another") },
    [A_ARCHIVE] = { "arkivsak", FIELD_LINE, N_("Archive case"), .max = 24,
                    .help = N_("Such as 2013/456. It is another number than the case number") },
    [A_JOURNAL] = { "journalpost", FIELD_LINE, N_("Journal entry"), .max = 24,
                    .help = N_("Such as 2013/456-7") },
    [A_OUTCOME] = { "utfall", FIELD_RADIO, N_("What the council decided"), .required = true },
    [A_DECISION] = { "ordlyd", FIELD_TEXT, N_("Exact text"), .required = true, .max = 8000,
                     .help = N_("Word for word as in the minutes") },
    [A_FOR] = { "for", FIELD_INT, N_("Votes for"), .low = 0, .high = 999 },
    [A_AGAINST] = { "mot", FIELD_INT, N_("Votes against"), .low = 0, .high = 999 },
    [A_UNANIMOUS] = { "enstemmig", FIELD_CHECK, N_("Adopted unanimously"),
                      .help = N_("The votes may then be left out") },
    [A_CASTING] = { "dobbeltstemme", FIELD_CHECK, N_("Decided by the mayor’s casting vote") },
    [A_TASKS] = { "punkter", FIELD_TEXT, N_("What is to be followed up"), .required = true,
                  .max = 8000, .help = N_("One item a line. Owner and date are given afterwards") },
    [A_NOTE] = { "merknad", FIELD_TEXT, N_("Note"), .max = 8000 },
    [A_CONFIRM] = { "bekreft", FIELD_CHECK, N_("I have checked this"), .required = true },
};

static const struct {
    const char *code, *what, *confirm, *done; /* done: said when it is recorded */
} words[] = {
    { "skisse",
      N_("The draft is kept as a version, and the dialogue meeting is next. It may be finished "
         "before its planned date, and it can still be written in."),
      NULL, N_("The draft is finished.") },
    { "dialog",
      N_("Write a few words about what came up. The report can still be changed before it is "
         "sent."),
      NULL, N_("The dialogue meeting is recorded.") },
    { "send",
      N_("When you send, the report becomes public at once, at its own address, and can no longer "
         "be written in."),
      N_("I have read the report as the public will see it, and it is to be sent and published "
         "now"),
      N_("The report is sent and public.") },
    { "innstilling", N_("The text is shown on the public page exactly as you write it here."), NULL,
      N_("The recommendation is recorded.") },
    { "oversend",
      N_("The committee sends the case to the council without recommending anything. The public "
         "page says so."),
      NULL, N_("It is recorded that the case is sent on.") },
    { "vedtak",
      N_("The decision is shown on the public page, and the report is locked: figures and "
         "texts then change by a dated correction only, and this version stays."),
      N_("Text, votes and case number are as in the minutes"), N_("The decision is recorded.") },
    { "utsett",
      N_("The report stays where it is. Give the meeting its new date under Planned dates; the "
         "case "
         "gets a new number then."),
      NULL, N_("The postponement is recorded.") },
    { "send_tilbake",
      N_("The report can be written in again and goes through the dialogue meeting once more. The "
         "version that was sent stays public."),
      N_("The body has sent the report back"), N_("The report is sent back.") },
    { "komite", N_("Each line becomes a follow-up item that someone answers for by a date."), NULL,
      N_("The follow-up in the committee is recorded.") },
    { "ledergruppe", N_("Every item must have an owner and a date first."), NULL,
      N_("The follow-up in the leader group is recorded.") },
    { "avslutt", N_("Every item must have an answer first. The report is then finished."), NULL,
      N_("The report is closed.") },
};

const char *tilstandsrapport_action_what(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i].code, code))
            return _(words[i].what);
    return "";
}

static const char *confirm_of(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i].code, code))
            return words[i].confirm;
    return NULL;
}

static bool wanted(const StepAction *a, int kind)
{
    switch (kind) {
    case A_CASE:
    case A_ARCHIVE:
    case A_JOURNAL:
        return a->wants_case;
    case A_OUTCOME:
        return a->wants_outcome;
    case A_DECISION:
        return a->wants_decision;
    case A_FOR:
    case A_AGAINST:
    case A_CASTING:
    case A_UNANIMOUS:
        return a->wants_vote;
    case A_TASKS:
        return a->wants_tasks;
    case A_CONFIRM:
        return confirm_of(a->code) != NULL;
    default:
        return true;
    }
}

static int make_fields(Req *req, ActionForm *f)
{
    int n = 0;

    for (int kind = 0; kind < ACTION_FIELDS; kind++) {
        if (!wanted(&f->action, kind))
            continue;
        f->fields[n] = base[kind];
        f->fields[n].name = arena_printf(req->arena, "%s-%s", f->action.code, base[kind].name);
        if (kind == A_CONFIRM)
            f->fields[n].label = confirm_of(f->action.code);
        f->kind[n++] = kind;
    }
    return n;
}

static const Option *outcomes(Req *req)
{
    Option *options = arena_alloc(req->arena, 4 * sizeof(Option));

    options[0] = (Option){ "godkjent", _("Approved") };
    options[1] = (Option){ "tatt_til_orientering", _("Taken note of") };
    options[2] = (Option){ "avvist", _("Rejected") };
    return options;
}

static int index_of(const ActionForm *f, int kind)
{
    for (int i = 0; i < f->form.n; i++)
        if (f->kind[i] == kind)
            return i;
    return -1;
}

static void give_options(Req *req, ActionForm *f)
{
    if (index_of(f, A_OUTCOME) >= 0)
        form_options(&f->form, index_of(f, A_OUTCOME), outcomes(req));
}

/* The next case number of the body; without one when it cannot be told. */
static void suggest_number(Req *req, const Report *report, ActionForm *f)
{
    g_autoptr(GError) why = NULL;
    const char *number;
    Step steps[6];

    if (index_of(f, A_CASE) >= 0 &&
        tilstandsrapport_steps(req->db, req->arena, report->owner, report->id, steps, &why) &&
        tilstandsrapport_case_suggest(req->db, req->arena, report->owner,
                                      &steps[f->action.step - 1], req->today, &number, &why))
        form_set(&f->form, index_of(f, A_CASE), number);
}

ActionForm *tilstandsrapport_action_forms(Req *req, const Report *report, size_t *ret_n)
{
    ActionForm *all = arena_alloc(req->arena, MAX_ACTIONS * sizeof(ActionForm));
    StepAction actions[MAX_ACTIONS];
    size_t n = tilstandsrapport_actions(report->state, actions), may = 0;

    for (size_t i = 0; i < n; i++) {
        ActionForm *f = &all[may];

        if (!tilstandsrapport_may_all(req, actions[i].perm))
            continue;
        f->action = actions[i];
        f->form = form_blank(req, f->fields, make_fields(req, f));
        give_options(req, f);
        form_set(&f->form, 0, req->today);
        suggest_number(req, report, f);
        may++;
    }
    *ret_n = may;
    return all;
}

/* --- recording --- */

static const char *value_of(const ActionForm *f, int kind)
{
    int i = index_of(f, kind);

    return i < 0 ? NULL : f->form.value[i];
}

static int64_t votes_of(const ActionForm *f, int kind)
{
    int i = index_of(f, kind);

    return i < 0 || f->form.problem[i] || !*f->form.value[i] ? NO_INT : form_int(&f->form, i);
}

/* The newest step when the form was drawn. */
static int64_t seen_of(Req *req)
{
    const char *posted = req_posted(req, "siste");

    return posted ? id_parse(posted) : 0;
}

static StepRecord record_of(Req *req, const ActionForm *f)
{
    const char *casting = value_of(f, A_CASTING), *unanimous = value_of(f, A_UNANIMOUS);

    return (StepRecord){ .action = f->action.code,
                         .outcome = value_of(f, A_OUTCOME),
                         .on = value_of(f, A_ON),
                         .case_number = value_of(f, A_CASE),
                         .decision = value_of(f, A_DECISION),
                         .note = value_of(f, A_NOTE),
                         .votes_for = votes_of(f, A_FOR),
                         .votes_against = votes_of(f, A_AGAINST),
                         .casting_vote = casting && *casting,
                         .unanimous = unanimous && *unanimous,
                         .archive_case = value_of(f, A_ARCHIVE),
                         .journal_entry = value_of(f, A_JOURNAL),
                         .tasks = value_of(f, A_TASKS),
                         .seen = seen_of(req),
                         .person = req->user->id,
                         .today = req->today,
                         .now = req->now };
}

/* What the record is refused for, said at its fields beside what the form itself has found. */
static bool tell_problems(Req *req, const Report *report, ActionForm *f, GError **error)
{
    static const int kinds[N_PART] = {
        [PART_ALL] = -1,
        [PART_DATE] = A_ON,
        [PART_CASE] = A_CASE,
        [PART_OUTCOME] = A_OUTCOME,
        [PART_DECISION] = A_DECISION,
        [PART_FOR] = A_FOR,
        [PART_AGAINST] = A_AGAINST,
        [PART_CASTING] = A_CASTING,
        [PART_TASKS] = A_TASKS,
    };
    const StepRecord record = record_of(req, f);
    RecordProblems wrong;

    if (!tilstandsrapport_check_record(req->db, req->arena, report,
                                       tilstandsrapport_action_of(f->action.code), &record, &wrong,
                                       error))
        return false;
    for (size_t i = 0; i < wrong.n; i++) {
        int at = index_of(f, kinds[wrong.v[i].part]);

        if (at < 0)
            f->form.trouble = wrong.v[i].message;
        else if (!f->form.problem[at])
            f->form.problem[at] = wrong.v[i].message;
    }
    return true;
}

/* The action may be known and yet not suit the state: somebody was quicker, or the page is old. */
static bool show_too_late(Req *req, const Report *report, const char *code, GError **error)
{
    const char *name = arena_printf(req->arena, "%s-%s", code, base[A_DECISION].name);
    Retried retried = { .status = 409, .kept = req_posted(req, name) };

    retried.trouble = arena_printf(req->arena,
                                   _("This cannot be done now: the report stands at «%s». Somebody "
                                     "may have recorded a step meanwhile."),
                                   tilstandsrapport_state_name(report->state));
    return tilstandsrapport_show_treatment_with(req, report, &retried, error);
}

/* The newest standing step is the one the form was made from: a form sent twice counts once. */
static bool is_stale(Req *req, const Report *report, bool *ret, GError **error)
{
    int64_t seen = seen_of(req);
    StepEvent newest;

    if (!tilstandsrapport_withdrawable(req->db, req->arena, report->owner, report->id, &newest,
                                       error))
        return false;
    *ret = seen && seen != newest.id;
    return true;
}

/* Whether an action of this name exists that the asker may do in some state. */
static bool may_ever(const Req *req, const char *code)
{
    StepAction actions[MAX_ACTIONS];

    for (unsigned state = 0; state < N_STATE; state++) {
        size_t n = tilstandsrapport_actions((ReportState)state, actions);

        for (size_t i = 0; i < n; i++)
            if (!strcmp(actions[i].code, code) && tilstandsrapport_may_all(req, actions[i].perm))
                return true;
    }
    return false;
}

static const char *done_text(const ActionForm *f)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i].code, f->action.code))
            return _(words[i].done);
    return f->action.name;
}

static bool run_action(Req *req, const Report *report, ActionForm *f, GError **error)
{
    g_autoptr(GError) why = NULL;
    Retried retried = { .status = 422, .action = f };

    f->form = form_read(req, f->fields, f->form.n);
    give_options(req, f);
    form_ok(&f->form); /* finds what is wrong with the choices, beside what the check finds */
    if (!tell_problems(req, report, f, error))
        return false;
    if (f->form.trouble)
        retried.status = 409;
    if (!form_ok(&f->form))
        return tilstandsrapport_show_treatment_with(req, report, &retried, error);
    const StepRecord record = record_of(req, f);

    if (tilstandsrapport_record(req->db, report->owner, report->id, &record, &why))
        return req_redirect_saying(req, tilstandsrapport_url(req, report, "/behandling").text,
                                   done_text(f));
    if (g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        retried.status = 409;
    else if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        return app_pass(error, &why);
    f->form.trouble = arena_dup(req->arena, why->message);
    return tilstandsrapport_show_treatment_with(req, report, &retried, error);
}

bool tilstandsrapport_post_action(Req *req, GError **error)
{
    const char *code = req_posted(req, "handling");
    ActionForm *forms;
    Report report;
    bool stale;
    size_t n;

    if (!tilstandsrapport_open_treatment(req, &report, error))
        return false;
    if (!is_stale(req, &report, &stale, error))
        return false;
    forms = tilstandsrapport_action_forms(req, &report, &n);
    for (size_t i = 0; code && !stale && i < n; i++)
        if (!strcmp(forms[i].action.code, code))
            return run_action(req, &report, &forms[i], error);
    if (code && may_ever(req, code))
        return show_too_late(req, &report, code, error);
    return app_fail(error, APP_ERROR_FORBIDDEN, "the role may not do this");
}
