/* innlogging.c - the pages of signing in, signing out and choosing the active role.
 *
 * A failed try says the same whether the address is unknown or the password wrong, and each further
 * failure for the address or the client has to wait longer.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "eier.h"
#include "sider.h"
#include "rolle-sider.h"
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
    if (!tilgang_enter(req, who, form->value[F_TO], &form->trouble, error))
        return false;
    return !form->trouble || show_with(req, 403, form);
}

/* A failure is told of the login it was tried on; an address nobody has is not written down. */
static bool tell_failure(Req *req, const char *email, GError **error)
{
    LoginOwners known;

    if (!tilgang_login_owners(req->db, req->arena, email, &known, error))
        return false;
    for (size_t i = 0; i < known.n; i++)
        if (!tilgang_tell(req, known.v[i].owner, known.v[i].person, "innlogging.feil", NULL, error))
            return false;
    return known.n > 0 || tilgang_tell(req, 0, 0, "innlogging.feil", NULL, error);
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
    if (!tilgang_check(req->db, email, form.value[F_PASSWORD], &who, error))
        return false;
    if (!who.person)
        return tell_failure(req, email, error) && refuse(req, &form, 0);
    auth_brake_succeeded(auth_address_brake(), req_client(req));
    auth_brake_succeeded(auth_account_brake(), email);
    return enter(req, &form, &who, error);
}

static bool sign_out(Req *req, GError **error)
{
    const char *token = req_session(req);

    req_note(req, "innlogging.ut", 0, req->user->id, NULL);
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

/* Not into a role that demands the second step without having it. */
static bool may_switch(Req *req, const Signer *who, const char *role, bool *ret, GError **error)
{
    bool required;
    Totp totp;

    if (!tilgang_totp_required_role(req->db, req->arena, who->owner, role, &required, error) ||
        !tilgang_totp(req->db, req->arena, who, &totp, error))
        return false;
    *ret = totp.on || !required;
    return true;
}

static bool choose_role(Req *req, GError **error)
{
    const Signer who = { req->user->owner, req->user->id };
    const char *posted = req_posted(req, "rolle"), *token = req_session(req);
    int64_t wanted = posted ? id_parse(posted) : 0;
    RoleTupleList roles;
    bool may;

    if (!tilgang_role_list(req->db, req->arena, &who, req->today, &roles, error))
        return false;
    for (size_t i = 0; i < roles.n && token; i++) {
        if (roles.v[i].id != wanted)
            continue;
        if (!may_switch(req, &who, roles.v[i].role, &may, error))
            return false;
        if (!may)
            return req_redirect_saying(req, "/min-konto/totrinn",
                                       _("That role demands two-step sign-in. Set it up first."));
        req_note(req, "innlogging.rolle", wanted, 0, roles.v[i].role);
        if (!tilgang_session_switch(req->db, &who, token, wanted, error))
            return false;
        return req_redirect_saying(req, req_back(req, req_posted(req, "til"), "/hjem"),
                                   _("Your role is changed."));
    }
    return app_fail(error, APP_ERROR_INVALID, "not a role of this user");
}

static const Route routes[] = {
    { "GET", "/logg-inn", PERM_PUBLIC, show },
    { "POST", "/logg-inn", PERM_PUBLIC, sign_in },
    { "POST", "/logg-ut", PERM_USER, sign_out },
    { "GET", "/rolle", PERM_USER, show_roles },
    { "POST", "/rolle", PERM_USER, choose_role },
    { "GET", "/logg-inn/kode", PERM_PUBLIC, tilgang_show_code },
    { "POST", "/logg-inn/kode", PERM_PUBLIC, tilgang_take_code },
    { "GET", "/logg-inn/totrinn", PERM_PUBLIC, tilgang_show_forced },
    { "POST", "/logg-inn/totrinn", PERM_PUBLIC, tilgang_take_forced },
    { "GET", "/invitasjon/{token}", PERM_PUBLIC, tilgang_show_link },
    { "POST", "/invitasjon/{token}", PERM_PUBLIC, tilgang_use_link },
    { "GET", "/glemt-passord", PERM_PUBLIC, tilgang_show_forgotten },
    { "POST", "/glemt-passord", PERM_PUBLIC, tilgang_send_forgotten },
    { "GET", "/min-konto", PERM_USER, tilgang_show_account },
    { "POST", "/min-konto/passord", PERM_USER, tilgang_store_password },
    { "POST", "/min-konto/sprak", PERM_USER, tilgang_store_language },
    { "POST", "/min-konto/logg-ut-alle", PERM_USER, tilgang_end_everywhere },
    { "GET", "/min-konto/totrinn", PERM_USER, tilgang_show_totp },
    { "POST", "/min-konto/totrinn", PERM_USER, tilgang_begin_totp },
    { "POST", "/min-konto/totrinn/bekreft", PERM_USER, tilgang_confirm_totp },
    { "POST", "/min-konto/totrinn/av", PERM_USER, tilgang_end_totp },
    { "GET", "/brukere", PERM_LOGIN_MANAGE, tilgang_show_users },
    { "GET", "/brukere/inviter", PERM_LOGIN_MANAGE, tilgang_show_invite },
    { "POST", "/brukere/inviter", PERM_LOGIN_MANAGE, tilgang_send_invite },
    { "GET", "/brukere/{person}", PERM_LOGIN_MANAGE, tilgang_show_user },
    { "POST", "/brukere/{person}/{handling}", PERM_LOGIN_MANAGE, tilgang_change_user },
    { "GET", "/innstillinger/sikkerhet", PERM_MAIL_SETUP, tilgang_show_security },
    { "POST", "/innstillinger/sikkerhet", PERM_MAIL_SETUP, tilgang_store_security },
    { "POST", "/innstillinger/e-post/prove", PERM_MAIL_SETUP, tilgang_try_mail },
    { "GET", "/nodtilgang", PERM_EMERGENCY_SEE, tilgang_show_emergencies },
    { "POST", "/nodtilgang", PERM_EMERGENCY_USE, tilgang_start_emergency },
    { "POST", "/nodtilgang/slutt", PERM_USER, tilgang_end_emergency },
    { "GET", "/nodtilgang/{id}", PERM_EMERGENCY_SEE, tilgang_show_emergency },
    { "POST", "/nodtilgang/{id}", PERM_EMERGENCY_SEE, tilgang_see_emergency },
    { "GET", "/personer", PERM_UNIT_READ, tilgang_show_people },
    { "GET", "/personer/ny", PERM_UNIT_WRITE, tilgang_show_person_add },
    { "POST", "/personer/ny", PERM_UNIT_WRITE, tilgang_do_person_add },
    { "GET", "/personer/{id}", PERM_USER, tilgang_show_person },
    { "GET", "/personer/{id}/navn", PERM_UNIT_WRITE, tilgang_show_person_name },
    { "POST", "/personer/{id}/navn", PERM_UNIT_WRITE, tilgang_do_person_name },
    { "GET", "/roller", PERM_UNIT_READ, tilgang_show_roles },
    { "GET", "/roller/ny", PERM_ROLE_PROPOSE, tilgang_show_propose },
    { "POST", "/roller/ny", PERM_ROLE_PROPOSE, tilgang_do_propose },
    { "GET", "/roller/forslag/{id}", PERM_ROLE_PROPOSE, tilgang_show_proposal },
    { "POST", "/roller/forslag/{id}", PERM_ROLE_DECIDE, tilgang_do_decide },
    { "POST", "/roller/forslag/{id}/trekk", PERM_ROLE_PROPOSE, tilgang_do_withdraw },
    { "GET", "/roller/{id}/slutt", PERM_ROLE_PROPOSE, tilgang_show_end },
    { "POST", "/roller/{id}/slutt", PERM_ROLE_PROPOSE, tilgang_do_end },
    { "GET", "/stillinger/{id}/stedfortreder", PERM_USER, tilgang_show_deputy },
    { "POST", "/stillinger/{id}/stedfortreder", PERM_USER, tilgang_do_deputy },
    { "POST", "/stillinger/{id}/stedfortreder/slutt", PERM_USER, tilgang_do_end_deputy },
    { "GET", "/tilgang/matrise", PERM_USER, tilgang_show_matrix },
    { 0 }
};

static const MenuItem menu[] = { { N_("People"), "/personer", PERM_UNIT_READ, 500 }, { 0 } };

static const MenuItem settings[] = {
    { N_("Users"), "/brukere", PERM_LOGIN_MANAGE, 100 },
    { N_("Sign-in and security"), "/innstillinger/sikkerhet", PERM_MAIL_SETUP, 310 },
    { N_("Break-glass access"), "/nodtilgang", PERM_EMERGENCY_SEE, 320 },
    { N_("People"), "/personer", PERM_UNIT_WRITE, 110 },
    { N_("Roles"), "/roller", PERM_ROLE_PROPOSE, 130 },
    { N_("What each role may do"), "/tilgang/matrise", PERM_USER, 140 },
    { 0 }
};

static bool all_tasks(Req *req, GArray *tasks, GError **error)
{
    return tilgang_emergency_tasks(req, tasks, error) && tilgang_proposal_tasks(req, tasks, error);
}

const Slice tilgang_slice = { .name = "tilgang",
                              .routes = routes,
                              .menu = menu,
                              .settings = settings,
                              .tasks = all_tasks,
                              .retention = tilgang_retention,
                              .person_data = tilgang_person_data,
                              .position_panel = tilgang_position_panel };
