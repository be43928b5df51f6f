/* innlogging.c - the pages of signing in, signing out and choosing the active role.
 *
 * A failed try says the same whether the address is unknown or the password wrong, and each further
 * failure for the address or the client has to wait longer.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sesjon.h"
#include "eier.h"
#include "sider.h"
#include "innlogging.html.h"

enum { F_EMAIL, F_PASSWORD, F_TO, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_EMAIL] = { "epost", FIELD_EMAIL, N_("E-mail"), .required = true, .max = 200,
                  .autocomplete = "username" },
    [F_PASSWORD] = { "passord", FIELD_PASSWORD, N_("Password"), .required = true, .max = 200,
                     .autocomplete = "current-password" },
    [F_TO] = { "til", FIELD_HIDDEN, N_("Page to go to"), .max = 400 },
};

static bool show_with(Req *req, int status, const Form *form)
{
    tilgang_logg_inn(req_page(req, status, _("Sign in")), form, url_for(req->arena, "/logg-inn"));
    return true;
}

static bool show(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    const char *to = req_query(req, "til");

    (void)error;
    if (req->user)
        return req_redirect(req, req_back(req, to, "/hjem"));
    form_set(&form, F_TO, to ? to : "");
    return show_with(req, 200, &form);
}

static bool refuse(Req *req, Form *form, int64_t wait)
{
    int64_t seconds = (wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

    if (wait > 0) {
        req_header(req, "Retry-After", arena_printf(req->arena, "%" G_GINT64_FORMAT, seconds));
        form->trouble =
            arena_printf(req->arena,
                         ngettext("Too many tries. Wait %ld second and try again.",
                                  "Too many tries. Wait %ld seconds and try again.", seconds),
                         (long)seconds);
        return show_with(req, 429, form);
    }
    form->trouble = _("The e-mail address or the password is wrong.");
    return show_with(req, 422, form);
}

static bool enter(Req *req, Form *form, const Signer *who, GError **error)
{
    char token[AUTH_TOKEN_SIZE];
    RoleTupleList roles;
    const char *today;

    if (!eier_today(req->db, req->arena, who->owner, req->now, &today, error) ||
        !tilgang_role_list(req->db, req->arena, who, today, &roles, error))
        return false;
    if (roles.n == 0) {
        form->trouble =
            _("You have no role here today. Ask the administrator of the municipality.");
        return show_with(req, 403, form);
    }
    if (!tilgang_session_start(req->db, who, roles.v[0].id, req->now, token, error))
        return false;
    req_sign_in(req, token);
    return req_redirect(req, req_back(req, form->value[F_TO], "/hjem"));
}

static bool sign_in(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    g_autofree char *email = tilgang_fold_email(form.value[F_EMAIL]);
    int64_t wait;
    Signer who;

    if (!form_ok(&form))
        return show_with(req, 422, &form);
    wait = auth_brake_try(auth_address_brake(), req_client(req), req->now);
    if (wait == 0)
        wait = auth_brake_try(auth_account_brake(), email, req->now);
    if (wait > 0)
        return refuse(req, &form, wait);
    if (!tilgang_check(req->db, email, form.value[F_PASSWORD], req->now, &who, error))
        return false;
    if (!who.person)
        return refuse(req, &form, 0);
    auth_brake_succeeded(auth_address_brake(), req_client(req));
    auth_brake_succeeded(auth_account_brake(), email);
    return enter(req, &form, &who, error);
}

static bool sign_out(Req *req, GError **error)
{
    const char *token = req_session(req);

    if (token && !tilgang_session_end(req->db, req->user->owner, token, error))
        return false;
    req_sign_out(req);
    return req_redirect_saying(req, "/", _("You are signed out."));
}

/* --- the active role --- */

static bool show_roles(Req *req, GError **error)
{
    const Signer who = { req->user->owner, req->user->id };
    RoleChoices choices;
    RoleTupleList roles;

    if (!tilgang_role_list(req->db, req->arena, &who, req->today, &roles, error))
        return false;
    choices =
        (RoleChoices){ arena_alloc(req->arena, MAX(roles.n, 1) * sizeof(RoleChoice)), roles.n };
    for (size_t i = 0; i < roles.n; i++) {
        const char *label;

        if (!tilgang_role_label(req, &roles.v[i], &label, error))
            return false;
        choices.v[i] =
            (RoleChoice){ label, roles.v[i].id == req->user->position,
                          arena_dup(req->arena, id_text(roles.v[i].id, (char[ID_TEXT]){ 0 })) };
    }
    tilgang_roller(req_page(req, 200, _("Your roles")), &choices, req->csrf,
                   url_for(req->arena, "/rolle"));
    return true;
}

static bool choose_role(Req *req, GError **error)
{
    const Signer who = { req->user->owner, req->user->id };
    const char *posted = req_posted(req, "rolle"), *token = req_session(req);
    int64_t wanted = posted ? id_parse(posted) : 0;
    RoleTupleList roles;

    if (!tilgang_role_list(req->db, req->arena, &who, req->today, &roles, error))
        return false;
    for (size_t i = 0; i < roles.n && token; i++) {
        if (roles.v[i].id != wanted)
            continue;
        if (!tilgang_session_switch(req->db, &who, token, wanted, error))
            return false;
        return req_redirect_saying(req, req_back(req, req_posted(req, "til"), "/hjem"),
                                   _("Your role is changed."));
    }
    return app_fail(error, APP_ERROR_INVALID, "not a role of this user");
}

static const Route routes[] = { { "GET", "/logg-inn", PERM_PUBLIC, show },
                                { "POST", "/logg-inn", PERM_PUBLIC, sign_in },
                                { "POST", "/logg-ut", PERM_USER, sign_out },
                                { "GET", "/rolle", PERM_USER, show_roles },
                                { "POST", "/rolle", PERM_USER, choose_role },
                                { "GET", "/personer", PERM_UNIT_READ, tilgang_show_people },
                                { 0 } };

static const MenuItem menu[] = { { N_("People"), "/personer", PERM_UNIT_READ, 500 }, { 0 } };

const Slice tilgang_slice = { "tilgang", routes, menu };
