/* konto.c - "my account": who I am here, my password, language and sessions, and two-step sign-in.
 *
 * What could hand the account to somebody at an open screen asks for the password again.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "konto-sider.h"
#include "enhet.h"
#include "sider.h"
#include "konto.sql.h"
#include "konto.html.h"

static Signer me(const Req *req)
{
    return (Signer){ req->user->owner, req->user->id };
}

/* --- the page --- */

enum { F_OLD, F_FIRST, F_SECOND, N_PASSWORD };
static const Field password_fields[N_PASSWORD] = {
    [F_OLD] = { "gammelt", FIELD_PASSWORD, N_("Your password now"), .required = true, .max = 200,
                .autocomplete = "current-password" },
    [F_FIRST] = { "nyttpassord", FIELD_PASSWORD, N_("New password"), .required = true, .max = 200,
                  .autocomplete = "new-password",
                  .help = N_(
                      "At least 10 characters. Three or four words in a row are easy to remember "
                      "and hard to guess. No demands on digits or signs.") },
    [F_SECOND] = { "gjenta", FIELD_PASSWORD, N_("The same password again"), .required = true,
                   .max = 200, .autocomplete = "new-password" },
};
static const Field language_fields[] = {
    { "spraak", FIELD_RADIO, N_("Language of the pages"), .required = true },
};
/* Names of languages in the language itself. */
static const Option languages[] = {
    { "nb", "Bokmål" }, { "nn", "Nynorsk" }, { "en", "English" }, { 0 }
};

static const char *held_how(Req *req, const LoginLine *line)
{
    char date[DATE_TEXT];

    switch (line->kind) {
    case ROLE_POSITION:
        return arena_printf(req->arena, _("follows the position %s"), line->position);
    case ROLE_DEPUTY:
        return arena_printf(req->arena, _("as deputy for %s"), line->position);
    case ROLE_DIRECT:
        break;
    }
    return *line->since && strcmp(line->since, "0001-01-01")
               ? arena_printf(req->arena, _("since %s"), date_text(line->since, date))
               : "";
}

static bool fill_roles(Req *req, AccountView *view, GError **error)
{
    LoginList all;
    Enhet unit;

    if (!tilgang_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    view->roles = (AccountRoles){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(AccountRole)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        const LoginLine *l = &all.v[i];
        AccountRole role = { .role = l->role_name, .how = held_how(req, l), .unit = "" };

        if (l->person != req->user->id || !*l->role)
            continue;
        if (l->unit &&
            !enhet_get(req->db, req->arena, req->user->owner, l->unit, req->today, &unit, error))
            return false;
        if (l->unit)
            role.unit = unit.name;
        role.active = !strcmp(l->role, req->user->role) && l->unit == req->user->unit;
        view->roles.v[view->roles.n++] = role;
    }
    return true;
}

static bool fill_sessions(Req *req, AccountView *view, GError **error)
{
    g_auto(TilgangOwnSessionsRows) rows = { 0 };
    char here[AUTH_STORED_SIZE], text[DATE_TEXT];

    auth_token_stored(req_session(req) ? req_session(req) : "", here);
    if (!tilgang_own_sessions(req->db, req->user->owner, req->user->id, req->now - TILGANG_IDLE,
                              req->now - TILGANG_LONGEST, &rows, error))
        return false;
    view->sessions =
        (SessionLines){ arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(SessionLine)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        view->sessions.v[i] =
            (SessionLine){ .since = arena_dup(req->arena, time_text(rows.v[i].created_at, text)),
                           .seen = arena_dup(req->arena, time_text(rows.v[i].seen_at, text)),
                           .here = !strcmp(rows.v[i].token_hash, here) };
    return true;
}

static bool show_with(Req *req, int status, const Form *password, GError **error)
{
    g_auto(Form) language = form_blank(req, language_fields, 1);
    AccountView view = { .password = password, .language = &language, .csrf = req->csrf };
    const Signer who = me(req);
    Login login;
    Totp totp;

    if (!tilgang_login(req->db, req->arena, &who, &login, error) ||
        !tilgang_totp(req->db, req->arena, &who, &totp, error) || !fill_roles(req, &view, error) ||
        !fill_sessions(req, &view, error))
        return false;
    form_options(&language, 0, languages);
    form_set(&language, 0, i18n_tag(req->lang));
    view.name = req->user->name;
    view.email = login.email;
    view.totp_on = totp.on;
    view.reserves = totp.reserves;
    tilgang_konto(req_page(req, status, _("My account")), &view);
    return true;
}

bool tilgang_show_account(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, password_fields, N_PASSWORD);

    return show_with(req, 200, &form, error);
}

/* --- the password --- */

bool tilgang_check_own_password(Req *req, Form *form, int field, GError **error)
{
    const Signer who = me(req);
    g_autofree char *key = g_strdup_printf("passord %" G_GINT64_FORMAT, who.person);
    int64_t wait;
    Login login;

    if (form->problem[field])
        return true;
    if (!tilgang_login(req->db, req->arena, &who, &login, error))
        return false;
    wait = auth_brake_try(auth_account_brake(), key, req->now);
    if (wait > 0) {
        form->trouble = tilgang_wait_text(req, wait);
    } else if (!auth_password_check(form->value[field], *login.hash ? login.hash : NULL)) {
        form->problem[field] = _("This is not your password");
        return tilgang_tell(req, who.owner, who.person, "innlogging.feil", "passord", error);
    } else {
        auth_brake_succeeded(auth_account_brake(), key);
    }
    return true;
}

typedef struct {
    Signer who;
    const char *hash, *here;
    int64_t now;
} Changing;

static bool change_work(Db *db, void *arg, GError **error)
{
    const Changing *c = arg;

    return tilgang_own_password(db, c->who.owner, c->who.person, c->hash, c->now, error) &&
           tilgang_own_session_stays(db, c->who.owner, c->who.person, c->here, error) &&
           tilgang_own_others_end(db, c->who.owner, c->who.person, c->here, error) &&
           tilgang_links_drop(db, &c->who, c->now, error) &&
           tilgang_halves_drop(db, &c->who, error);
}

static bool change_password(Req *req, const char *password, GError **error)
{
    char hash[AUTH_HASH_SIZE], here[AUTH_STORED_SIZE];
    Changing changing = { me(req), hash, here, req->now };

    auth_token_stored(req_session(req) ? req_session(req) : "", here);
    req_note(req, "innlogging.passord", 0, req->user->id, NULL);
    return auth_password_hash(password, hash, error) &&
           db_transaction(req->db, change_work, &changing, error);
}

bool tilgang_store_password(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, password_fields, N_PASSWORD);
    const Signer who = me(req);
    Login login;

    if (!tilgang_login(req->db, req->arena, &who, &login, error))
        return false;
    tilgang_check_new_password(&form, F_FIRST, F_SECOND, login.email, req->user->name);
    if (!tilgang_check_own_password(req, &form, F_OLD, error))
        return false;
    if (!form_ok(&form))
        return show_with(req, form.trouble ? 429 : 422, &form, error);
    if (!change_password(req, form.value[F_FIRST], error))
        return false;
    return req_redirect_saying(req, "/min-konto",
                               _("The password is changed. You are signed out everywhere else."));
}

/* --- language and sessions --- */

bool tilgang_store_language(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, language_fields, 1);

    form_options(&form, 0, languages);
    if (!form_ok(&form))
        return req_redirect(req, "/min-konto");
    if (!tilgang_own_language(req->db, req->user->owner, req->user->id, form.value[0], error))
        return false;
    req_language(req, i18n_lang(form.value[0]));
    i18n_use(i18n_lang(form.value[0]));
    return req_redirect_saying(req, "/min-konto", _("The language is stored."));
}

static bool everywhere_work(Db *db, void *arg, GError **error)
{
    const Signer *who = arg;

    return tilgang_own_end(db, who->owner, who->person, error) &&
           tilgang_halves_drop(db, who, error);
}

bool tilgang_end_everywhere(Req *req, GError **error)
{
    Signer who = me(req);

    req_note(req, "innlogging.ut.alle", 0, req->user->id, NULL);
    if (!db_transaction(req->db, everywhere_work, &who, error))
        return false;
    req_sign_out(req);
    return req_redirect_saying(req, "/logg-inn", _("You are signed out everywhere."));
}

/* --- what is kept of a person --- */

static json_t *instant(int64_t at)
{
    char text[DATE_TEXT];

    return at == NO_INT || !at ? json_null() : json_string(time_text(at, text));
}

static bool links_data(Db *db, int64_t owner, int64_t person, json_t *into, GError **error)
{
    g_auto(TilgangOwnLinksRows) links = { 0 };
    g_auto(TilgangOwnEmergenciesRows) emergencies = { 0 };
    json_t *list = json_array(), *used = json_array();

    json_object_set_new(into, "lenker", list);
    json_object_set_new(into, "nodtilgang", used);
    if (!tilgang_own_links(db, owner, person, &links, error) ||
        !tilgang_own_emergencies(db, owner, person, &emergencies, error))
        return false;
    for (size_t i = 0; i < links.n; i++)
        json_array_append_new(list, json_pack("{s:s, s:o, s:o}", "slag", links.v[i].kind, "laget",
                                              instant(links.v[i].made_at), "brukt",
                                              instant(links.v[i].used_at)));
    for (size_t i = 0; i < emergencies.n; i++)
        json_array_append_new(used, json_pack("{s:s, s:o, s:o}", "grunn", emergencies.v[i].reason,
                                              "fra", instant(emergencies.v[i].started_at), "til",
                                              instant(emergencies.v[i].ended_at == NO_INT
                                                          ? emergencies.v[i].expires_at
                                                          : emergencies.v[i].ended_at)));
    return true;
}

static bool roles_data(Db *db, int64_t owner, int64_t person, json_t *into, GError **error)
{
    g_auto(TilgangRolesEverRows) roles = { 0 };
    json_t *list = json_array();

    json_object_set_new(into, "roller", list);
    if (!tilgang_roles_ever(db, owner, person, &roles, error))
        return false;
    for (size_t i = 0; i < roles.n; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s?}", "rolle",
                                              tilgang_role_name(roles.v[i].role), "fra",
                                              roles.v[i].valid_from, "til", roles.v[i].valid_to));
    return true;
}

static bool sessions_data(Db *db, int64_t owner, int64_t person, json_t *into, GError **error)
{
    g_auto(TilgangOwnSessionsRows) rows = { 0 };
    json_t *list = json_array();

    json_object_set_new(into, "okter", list);
    if (!tilgang_own_sessions(db, owner, person, 0, 0, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        json_array_append_new(list, json_pack("{s:o, s:o}", "fra", instant(rows.v[i].created_at),
                                              "sist", instant(rows.v[i].seen_at)));
    return true;
}

bool tilgang_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                         GError **error)
{
    const Signer who = { owner, person };
    g_autoptr(GError) why = NULL;
    json_t *mine = json_object();
    Login login = { 0 };
    Totp totp;

    json_object_set_new(into, "tilgang", mine);
    if (!tilgang_login(db, arena, &who, &login, &why) &&
        !g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
        return app_pass(error, &why);
    if (!tilgang_totp(db, arena, &who, &totp, error))
        return false;
    json_object_set_new(mine, "epost", login.email ? json_string(login.email) : json_null());
    json_object_set_new(mine, "sprak", login.language ? json_string(login.language) : json_null());
    json_object_set_new(mine, "sist_innlogget", instant(login.last));
    json_object_set_new(mine, "totrinn", json_boolean(totp.on));
    return roles_data(db, owner, person, mine, error) &&
           sessions_data(db, owner, person, mine, error) &&
           links_data(db, owner, person, mine, error);
}
