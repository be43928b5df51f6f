/* beskrivelse-endring.c - writing, approving and throwing away the draft of a position description.
 *
 * The form carries the edit of the draft that was read: a stale tab is told so, and what it holds stays
 * in the form.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "beskrivelse.h"
#include "stilling-sider.h"
#include "formpage.h"
#include "beskrivelse-utkast.html.h"

static bool load(Req *req, Position *p, DutiesList *all, GError **error)
{
    return person_open_position(req, p, error) &&
           person_duties_list(req->db, req->arena, req->user->owner, p->id, all, error);
}

static const Duties *draft_of(const DutiesList *all)
{
    return all->n && all->v[0].draft ? &all->v[0] : NULL;
}

static const char *edit_text(Req *req, const Duties *draft)
{
    return arena_printf(req->arena, "%" G_GINT64_FORMAT, draft ? draft->edit : 0);
}

static DutiesChange change_of(Req *req, const Position *p, const char *edit)
{
    return (DutiesChange){ .owner = req->user->owner,
                           .position = p->id,
                           .by = req->user->id,
                           .edit = edit ? g_ascii_strtoll(edit, NULL, 10) : 0,
                           .now = req->now };
}

static bool back(Req *req, const Position *p, const char *message)
{
    return req_redirect_saying(req, url_for(req->arena, "/stillinger/%I/beskrivelse", p->id).text,
                               message);
}

/* --- writing --- */

enum { W_EDIT, W_TEXT, N_WRITE };
static const Field write_fields[N_WRITE] = {
    [W_EDIT] = { "endring", FIELD_HIDDEN, N_("Version"), .required = true, .max = 20 },
    [W_TEXT] = { "tekst", FIELD_MARKDOWN, N_("Description"), .required = true, .max = DUTIES_MAX },
};

static bool write_page(Req *req, int status, const Position *p, const Duties *draft,
                       const Form *form)
{
    DutiesView view = { .title = p->title,
                        .heading = draft ? _("Draft of the position description")
                                         : _("A new version of the position description"),
                        .up = url_for(req->arena, "/stillinger/%I/beskrivelse", p->id),
                        .self = url_for(req->arena, "/stillinger/%I/beskrivelse/utkast", p->id),
                        .discard = url_for(req->arena, "/stillinger/%I/beskrivelse/forkast", p->id),
                        .csrf = req->csrf,
                        .has_draft = draft != NULL };

    person_utkast(req_page(req, status, view.heading), &view, form, edit_text(req, draft));
    return true;
}

bool person_show_duties_form(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, write_fields, N_WRITE);
    DutiesList all;
    Position p;

    if (!load(req, &p, &all, error))
        return false;
    const Duties *draft = draft_of(&all), *now = person_duties_on(&all, req->today);

    form_set(&form, W_EDIT, edit_text(req, draft));
    form_set(&form, W_TEXT, draft ? draft->text : now ? now->text : "");
    return write_page(req, 200, &p, draft, &form);
}

bool person_do_duties_form(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, write_fields, N_WRITE);
    g_autoptr(GError) why = NULL;
    DutiesList all;
    Position p;

    if (!load(req, &p, &all, error))
        return false;
    if (!form_ok(&form))
        return write_page(req, 422, &p, draft_of(&all), &form);
    const DutiesChange change = change_of(req, &p, form.value[W_EDIT]);

    req_note(req, "stillingsbeskrivelse.utkast", p.id, 0, NULL);
    if (person_duties_write(req->db, &change, form.value[W_TEXT], &why))
        return back(req, &p, _("The draft is stored."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    if (!person_duties_list(req->db, req->arena, req->user->owner, p.id, &all, error))
        return false;
    form.trouble = _("Somebody else has changed the draft since you opened it. Your text stands "
                     "below. Open the draft in another tab, take over what you want, and store "
                     "again");
    form_set(&form, W_EDIT, edit_text(req, draft_of(&all)));
    return write_page(req, 409, &p, draft_of(&all), &form);
}

/* --- approving --- */

enum { A_EDIT, A_FROM, A_SURE, N_APPROVE };
static const Field approve_fields[N_APPROVE] = {
    [A_EDIT] = { "endring", FIELD_HIDDEN, N_("Version"), .required = true, .max = 20 },
    [A_FROM] = { "fra", FIELD_DATE, N_("Holds from"), .required = true },
    [A_SURE] = { "lest", FIELD_CHECK, N_("I have read the draft"), .required = true },
};

static bool approve_page(Req *req, int status, const Position *p, const Form *form)
{
    const FormPage page = {
        .title = _("Approve the position description"),
        .lead = _("From that day this version holds, and the one before stays to be read."),
        .warning = _("What is approved cannot be changed. A change is a new version."),
        .up_title = p->title,
        .up = url_for(req->arena, "/stillinger/%I/beskrivelse", p->id),
        .action = url_for(req->arena, "/stillinger/%I/beskrivelse/godkjenn", p->id),
        .button = _("Approve"),
        .form = form
    };

    return req_form_page(req, status, &page);
}

bool person_show_duties_approve(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, approve_fields, N_APPROVE);
    DutiesList all;
    Position p;

    if (!load(req, &p, &all, error))
        return false;
    if (!draft_of(&all))
        return back(req, &p, _("There is no draft to approve."));
    form_set(&form, A_EDIT, edit_text(req, draft_of(&all)));
    form_set(&form, A_FROM, req->today);
    return approve_page(req, 200, &p, &form);
}

static int refuse(Form *form, const GError *why)
{
    if (g_error_matches(why, APP_ERROR, APP_ERROR_FORBIDDEN)) {
        form->trouble = _("You hold this position yourself. Somebody else has to approve what it "
                          "is for");
        return 403;
    }
    if (g_error_matches(why, APP_ERROR, APP_ERROR_INVALID)) {
        form->problem[A_FROM] = _("A version that is approved already holds from a later day");
        return 422;
    }
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return 0;
    form->trouble = _("The draft has been changed since you read it. Read it again before you "
                      "approve");
    return 409;
}

bool person_do_duties_approve(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, approve_fields, N_APPROVE);
    g_autoptr(GError) why = NULL;
    Position p;

    if (!person_open_position(req, &p, error))
        return false;
    if (!form_ok(&form))
        return approve_page(req, 422, &p, &form);
    const DutiesChange change = change_of(req, &p, form.value[A_EDIT]);

    req_note(req, "stillingsbeskrivelse.godkjent", p.id, 0, form.value[A_FROM]);
    if (person_duties_approve_draft(req->db, &change, form.value[A_FROM], req->today, &why))
        return back(req, &p, _("The position description is approved."));
    int status = refuse(&form, why);

    return status ? approve_page(req, status, &p, &form) : app_pass(error, &why);
}

bool person_do_duties_discard(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    Position p;

    if (!person_open_position(req, &p, error))
        return false;
    const DutiesChange change = change_of(req, &p, req_posted(req, "endring"));

    req_note(req, "stillingsbeskrivelse.forkastet", p.id, 0, NULL);
    if (person_duties_throw(req->db, &change, &why))
        return back(req, &p, _("The draft is thrown away."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return back(req, &p, _("Nothing was thrown away: the draft has been changed or approved."));
}
