/* innspill-eget.c - whoever gave an input changes it or withdraws it, until it has its answer.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innspill-sider.h"
#include "innspill-eget.sql.h"

typedef struct {
    int64_t owner, report;
    const Input *input;
} Own;

static bool own_work(Db *db, void *arg, GError **error)
{
    const Own *o = arg;
    const Input *i = o->input;
    g_auto(EgetChangeRows) changed = { 0 };
    g_auto(EgetWithdrawRows) gone = { 0 };
    g_autoptr(Arena) arena = arena_new();
    Report r;

    if (!tilstandsrapport_get(db, arena, o->owner, o->report, &r, error))
        return false;
    if (!tilstandsrapport_writable(r.state))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("The report has been sent: the dialogue can no longer be changed."));
    if (i->text ? !eget_change(db, o->owner, i->id, o->report, i->version, i->by, i->text, &changed,
                               error)
                : !eget_withdraw(db, o->owner, i->id, o->report, i->by, &gone, error))
        return false;
    return changed.n + gone.n == 1 ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("The input has been answered or changed meanwhile, so it stands as it is."));
}

bool tilstandsrapport_input_own(Db *db, int64_t owner, int64_t report, const Input *input,
                                GError **error)
{
    Own o = { owner, report, input };

    return db_transaction(db, own_work, &o, error);
}

/* --- the forms --- */

static const Field base[N_OWN] = {
    [O_TEXT] = { "endret", FIELD_TEXT, N_("Input"), .required = true, .max = 4000 },
};
static const Field withdraw_base[N_OWN] = {
    [O_TEXT] = { "trekk", FIELD_CHECK, N_("I want to withdraw this input"), .required = true },
};

static const Field *fields_of(Req *req, const Field *from, int nr)
{
    Field *fields = arena_alloc(req->arena, N_OWN * sizeof(Field));

    fields[O_TEXT] = from[O_TEXT];
    fields[O_TEXT].name = arena_printf(req->arena, "%s-%d", from[O_TEXT].name, nr);
    return fields;
}

static const Form *blank(Req *req, const Field *fields, const char *text)
{
    Form *form = arena_alloc(req->arena, sizeof *form);

    *form = form_blank(req, fields, N_OWN);
    if (text)
        form_set(form, O_TEXT, text);
    return form;
}

void tilstandsrapport_dialogue_own(Req *req, const DialogueRoom *room, const Input *input,
                                   const DialogueRetried *again, InputView *view)
{
    bool failed = again->id == input->id;

    if (!req->user || input->by != req->user->id || strcmp(input->status, "mottatt") ||
        !req_may(req, PERM_INPUT_WRITE) || !tilstandsrapport_writable(room->report.state))
        return;
    view->own = failed && again->own ? again->own
                                     : blank(req, fields_of(req, base, input->nr), input->text);
    view->withdraw = failed && again->withdraw
                         ? again->withdraw
                         : blank(req, fields_of(req, withdraw_base, input->nr), NULL);
    view->own_open = failed && (again->own || again->withdraw);
}

/* --- posting --- */

static const Input *posted_input(Req *req, const DialogueRoom *room)
{
    const char *posted = req_posted(req, "innspill");
    int64_t id = posted ? g_ascii_strtoll(posted, NULL, 10) : 0;

    for (size_t i = 0; i < room->inputs.n; i++)
        if (room->inputs.v[i].id == id && room->inputs.v[i].by == req->user->id)
            return &room->inputs.v[i];
    return NULL;
}

bool tilstandsrapport_post_input_own(Req *req, GError **error)
{
    const char *version = req_posted(req, "versjon");
    bool withdraws = req_posted(req, "angre") != NULL;
    g_autoptr(GError) why = NULL;
    const Input *input;
    DialogueRoom room;

    if (!tilstandsrapport_dialogue_load(req, &room, error))
        return false;
    if (!(input = posted_input(req, &room)))
        return req_not_found(req, error);
    g_auto(Form) form =
        form_read(req, fields_of(req, withdraws ? withdraw_base : base, input->nr), N_OWN);
    DialogueRetried again = { .status = 422, .id = input->id };
    Input changed = *input;

    if (withdraws)
        again.withdraw = &form;
    else
        again.own = &form;
    if (!form_ok(&form))
        return tilstandsrapport_dialogue_show(req, &room, &again);
    changed.text = withdraws ? NULL : form.value[O_TEXT];
    changed.version = version ? g_ascii_strtoll(version, NULL, 10) : 0;
    req_note(req, withdraws ? "rapport.innspill_trukket" : "rapport.innspill_endret",
             room.report.id, 0, NULL);
    if (tilstandsrapport_input_own(req->db, room.report.owner, room.report.id, &changed, &why))
        return req_redirect_saying(req, tilstandsrapport_url(req, &room.report, "/dialogmote").text,
                                   withdraws ? _("The input is withdrawn.")
                                             : _("The input is changed."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    again = (DialogueRetried){ .status = 409,
                               .trouble = arena_dup(req->arena, why->message),
                               .kept = changed.text };
    return tilstandsrapport_dialogue_load(req, &room, error) &&
           tilstandsrapport_dialogue_show(req, &room, &again);
}
