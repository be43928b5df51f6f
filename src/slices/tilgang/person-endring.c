/* person-endring.c - the forms that add a person and change a name.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rolle-sider.h"
#include "formpage.h"

enum { F_NAME, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_NAME] = { "navn", FIELD_LINE, N_("Name"), .required = true, .max = 120,
                 .help = N_("First name and surname, nothing more. National identity numbers are "
                            "never stored here") },
};

static bool add_page(Req *req, int status, const Form *form)
{
    const FormPage page = { .title = _("Add a person"),
                            .lead = _("Afterwards you give the person a position. To sign in, the "
                                      "person is invited on the page of users."),
                            .up_title = _("People"),
                            .up = url_for(req->arena, "/personer"),
                            .action = url_for(req->arena, "/personer/ny"),
                            .button = _("Add the person"),
                            .form = form };

    return req_form_page(req, status, &page);
}

bool tilgang_show_person_add(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);

    (void)error;
    return add_page(req, 200, &form);
}

bool tilgang_do_person_add(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    int64_t id;

    if (!form_ok(&form))
        return add_page(req, 422, &form);
    req_note(req, "person.ny", 0, 0, NULL);
    if (!person_just_added(req->db, req->user->owner, form.value[F_NAME],
                           req->now - G_TIME_SPAN_MINUTE, &id, error))
        return false;
    if (!id && !person_add(req->db, req->user->owner, form.value[F_NAME], "register", req->now, &id,
                           error))
        return false;
    return req_redirect_saying(req, url_for(req->arena, "/personer/%I", id).text,
                               _("The person is added."));
}

static bool name_page(Req *req, int status, int64_t id, const char *name, const Form *form)
{
    const FormPage page = { .title = _("Change the name"),
                            .lead = _("The new name is shown everywhere, also beside what the "
                                      "person did under the old one."),
                            .up_title = name,
                            .up = url_for(req->arena, "/personer/%I", id),
                            .action = url_for(req->arena, "/personer/%I/navn", id),
                            .button = _("Save the name"),
                            .form = form };

    return req_form_page(req, status, &page);
}

static bool load(Req *req, int64_t *ret_id, const char **ret_name, GError **error)
{
    *ret_id = req_id(req, "id");
    return person_name(req->db, req->arena, req->user->owner, *ret_id, ret_name, error);
}

bool tilgang_show_person_name(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    const char *name;
    int64_t id;

    if (!load(req, &id, &name, error))
        return false;
    form_set(&form, F_NAME, name);
    return name_page(req, 200, id, name, &form);
}

bool tilgang_do_person_name(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    const char *name;
    int64_t id;

    if (!load(req, &id, &name, error))
        return false;
    if (!form_ok(&form))
        return name_page(req, 422, id, name, &form);
    req_note(req, "person.navn", id, id, NULL);
    if (!person_rename(req->db, req->user->owner, id, form.value[F_NAME], error))
        return false;
    return req_redirect_saying(req, url_for(req->arena, "/personer/%I", id).text,
                               _("The name is saved."));
}
