/* stilling-endring.c - the forms that change positions: a new one, a new holder, none, and the end.
 *
 * Access follows the position, so to be made its holder is to be given what it carries: nobody may do
 * that for themselves (docs/decisions/0008).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "stilling-sider.h"
#include "enhet.h"
#include "formpage.h"

/* --- a new position --- */

enum { A_TITLE, A_UNIT, A_REPLACES, A_FROM, N_ADD };
static const Field add_fields[N_ADD] = {
    [A_TITLE] = { "tittel", FIELD_LINE, N_("Title"), .required = true, .max = 120,
                  .help = N_("What the position is called, not who holds it") },
    [A_UNIT] = { "enhet", FIELD_CHOICE, N_("Unit"), .required = true },
    [A_REPLACES] = { "erstatter", FIELD_LINE, N_("Came in place of"), .max = 120,
                     .help = N_("The title of an earlier position that this one took over from") },
    [A_FROM] = { "fra", FIELD_DATE, N_("From"), .required = true },
};

static bool unit_options(Req *req, const Option **ret, GError **error)
{
    EnhetList all;
    size_t n = 0;

    if (!enhet_open_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    Option *options = arena_alloc(req->arena, (all.n + 1) * sizeof(Option));

    for (size_t i = 0; i < all.n; i++) {
        char text[ID_TEXT];

        if (req_may_unit(req, PERM_UNIT_WRITE, all.v[i].id))
            options[n++] =
                (Option){ arena_dup(req->arena, id_text(all.v[i].id, text)), all.v[i].name };
    }
    options[n] = (Option){ 0 };
    *ret = options;
    return true;
}

static bool add_page(Req *req, int status, const Form *form)
{
    const FormPage page = { .title = _("Add a position"),
                            .lead = _("Afterwards you say who holds it. Which roles it carries is "
                                      "proposed by one and approved by another."),
                            .up_title = _("Positions"),
                            .up = url_for(req->arena, "/stillinger"),
                            .action = url_for(req->arena, "/stillinger/ny"),
                            .button = _("Add the position"),
                            .form = form };

    return req_form_page(req, status, &page);
}

bool person_show_add(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, add_fields, N_ADD);
    const Option *units;

    if (!unit_options(req, &units, error))
        return false;
    form_options(&form, A_UNIT, units);
    form_set(&form, A_FROM, req->today);
    return add_page(req, 200, &form);
}

bool person_do_add(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, add_fields, N_ADD);
    const Option *units;
    PositionNew position;
    int64_t id;

    if (!unit_options(req, &units, error))
        return false;
    form_options(&form, A_UNIT, units);
    if (!form_ok(&form))
        return add_page(req, 422, &form);
    position = (PositionNew){ .unit = id_parse(form.value[A_UNIT]),
                              .title = form.value[A_TITLE],
                              .replaces = *form.value[A_REPLACES] ? form.value[A_REPLACES] : NULL,
                              .from = form.value[A_FROM] };
    req_note(req, "stilling.ny", 0, 0, position.title);
    if (!person_position_add(req->db, req->user->owner, &position, &id, error))
        return false;
    return req_redirect_saying(req, url_for(req->arena, "/stillinger/%I", id).text,
                               _("The position is added."));
}

/* --- what the forms of one position have in common --- */

static bool open_writable(Req *req, Position *ret, GError **error)
{
    if (!person_open_position(req, ret, error))
        return false;
    if (!req_may_unit(req, PERM_UNIT_WRITE, ret->unit))
        return req_not_found(req, error);
    if (ret->to && strcmp(ret->to, req->today) < 0)
        return app_fail(error, APP_ERROR_CONFLICT, "the position has ended");
    return true;
}

typedef struct {
    const Position *position;
    const char *part; /* last part of the address: "innehaver" */
    const char *title, *lead, *warning, *button;
} Change;

static bool change_page(Req *req, int status, const Change *c, const Form *form)
{
    const FormPage page = { .title = c->title,
                            .lead = c->lead,
                            .warning = c->warning,
                            .up_title = c->position->title,
                            .up = url_for(req->arena, "/stillinger/%I", c->position->id),
                            .action =
                                url_for(req->arena, "/stillinger/%I/%s", c->position->id, c->part),
                            .button = c->button,
                            .form = form };

    return req_form_page(req, status, &page);
}

static bool changed(Req *req, const Position *p, const char *message)
{
    return req_redirect_saying(req, url_for(req->arena, "/stillinger/%I", p->id).text, message);
}

/* --- its title --- */

static const Field title_fields[] = {
    { "tittel", FIELD_LINE, N_("Title"), .required = true, .max = 120 },
};

static bool title_page(Req *req, int status, const Position *p, const Form *form)
{
    const Change change = { p,
                            "tittel",
                            _("Correct the title"),
                            _("For a title that was written wrong: the new one is shown for all "
                              "years. A position that becomes another one is ended, and the new "
                              "one is added in its place."),
                            NULL,
                            _("Save the title") };

    return change_page(req, status, &change, form);
}

bool person_show_title(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, title_fields, G_N_ELEMENTS(title_fields));
    Position p;

    if (!open_writable(req, &p, error))
        return false;
    form_set(&form, 0, p.title);
    return title_page(req, 200, &p, &form);
}

bool person_do_title(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, title_fields, G_N_ELEMENTS(title_fields));
    Position p;

    if (!open_writable(req, &p, error))
        return false;
    if (!form_ok(&form))
        return title_page(req, 422, &p, &form);
    req_note(req, "stilling.tittel", p.id, 0,
             arena_printf(req->arena, "%s → %s", p.title, form.value[0]));
    if (!person_position_retitle(req->db, req->user->owner, p.id, form.value[0], error))
        return false;
    return changed(req, &p, _("The title is saved."));
}

/* --- a new holder --- */

enum { H_PERSON, H_FROM, N_HOLD };
static const Field hold_fields[N_HOLD] = {
    [H_PERSON] = { "person", FIELD_CHOICE, N_("Person"), .required = true,
                   .help = N_("Not in the list? Add the person on the page of people first") },
    [H_FROM] = { "fra", FIELD_DATE, N_("First day"), .required = true },
};

static bool hold_page(Req *req, int status, const Position *p, const Form *form)
{
    const Change change = {
        p,
        "innehaver",
        _("New holder"),
        _("Whoever holds it before that day does so to the day before. The roles that the "
          "position carries follow, and the one who leaves loses them the same night."),
        NULL,
        _("Save the holder")
    };

    return change_page(req, status, &change, form);
}

bool person_show_hold(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, hold_fields, N_HOLD);
    const Option *people;
    Position p;

    if (!open_writable(req, &p, error) || !person_options(req, req->user->id, &people, error))
        return false;
    form_options(&form, H_PERSON, people);
    form_set(&form, H_FROM, req->today);
    return hold_page(req, 200, &p, &form);
}

static bool hold_ok(Req *req, Form *form)
{
    if (id_parse(form->value[H_PERSON]) == req->user->id)
        form->problem[H_PERSON] = _("You cannot give yourself a position. Ask another "
                                    "administrator to do it");
    return !form->problem[H_PERSON] && form_ok(form);
}

bool person_do_hold(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, hold_fields, N_HOLD);
    g_autoptr(GError) why = NULL;
    const Option *people;
    Position p;

    if (!open_writable(req, &p, error) || !person_options(req, 0, &people, error))
        return false;
    form_options(&form, H_PERSON, people);
    if (!hold_ok(req, &form))
        return hold_page(req, 422, &p, &form);
    const int64_t person = id_parse(form.value[H_PERSON]);

    req_note(req, "stilling.innehaver", p.id, person, form.value[H_FROM]);
    if (person_hold(req->db, req->user->owner, p.id, person, form.value[H_FROM], &why))
        return changed(req, &p, _("The holder is saved."));
    if (g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        form.problem[H_FROM] = _("Somebody takes over on that day already");
    else if (g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        form.problem[H_FROM] = _("The position does not exist on that day");
    else
        return app_pass(error, &why);
    return hold_page(req, g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) ? 409 : 422, &p,
                     &form);
}

/* --- the holder leaves --- */

enum { L_LAST, L_SURE, N_LEAVE };
static const Field leave_fields[N_LEAVE] = {
    [L_LAST] = { "siste", FIELD_DATE, N_("Last day"), .required = true },
    [L_SURE] = { "sikker", FIELD_CHECK, N_("I have checked the day"), .required = true },
};

static Change leaving(const Position *p)
{
    return (Change){ p,
                     "ledig",
                     _("The holder leaves"),
                     _("The position is vacant from the day after, until somebody is named."),
                     _("Access that follows the position ends when that day is over."),
                     _("Save the last day") };
}

bool person_show_vacate(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, leave_fields, N_LEAVE);
    Position p;

    if (!open_writable(req, &p, error))
        return false;
    const Change change = leaving(&p);

    form_set(&form, L_LAST, req->today);
    return change_page(req, 200, &change, &form);
}

bool person_do_vacate(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, leave_fields, N_LEAVE);
    Position p;

    if (!open_writable(req, &p, error))
        return false;
    const Change change = leaving(&p);

    if (!form_ok(&form))
        return change_page(req, 422, &change, &form);
    req_note(req, "stilling.ledig", p.id, 0, form.value[L_LAST]);
    if (!person_vacate(req->db, req->user->owner, p.id, form.value[L_LAST], error))
        return false;
    return changed(req, &p, _("The last day is saved."));
}

/* --- the end of the position --- */

static Change ending(const Position *p)
{
    return (Change){ p,
                     "slutt",
                     _("End the position"),
                     _("Nothing is deleted: who has held it, and what it was for, stays."),
                     _("Nobody holds the position after that day, and its roles and seats in "
                       "bodies end with it."),
                     _("End the position") };
}

bool person_show_end(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, leave_fields, N_LEAVE);
    Position p;

    if (!open_writable(req, &p, error))
        return false;
    const Change change = ending(&p);

    form_set(&form, L_LAST, req->today);
    return change_page(req, 200, &change, &form);
}

bool person_do_end(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, leave_fields, N_LEAVE);
    Position p;

    if (!open_writable(req, &p, error))
        return false;
    const Change change = ending(&p);

    if (form_ok(&form) && strcmp(form.value[L_LAST], p.from) < 0)
        form.problem[L_LAST] = _("The position does not exist on that day");
    if (!form_ok(&form))
        return change_page(req, 422, &change, &form);
    req_note(req, "stilling.slutt", p.id, 0, form.value[L_LAST]);
    if (!person_position_end(req->db, req->user->owner, p.id, form.value[L_LAST], error))
        return false;
    return changed(req, &p, _("The end of the position is saved."));
}
