/* invitasjon.c - the pages behind one-time links: an invitation, a new password, and asking for one.
 *
 * Asking for a new password always answers the same, whether somebody has that address or not.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "eier.h"
#include "enhet.h"
#include "person.h"
#include "sider.h"
#include "invitasjon-sider.h"
#include "invitasjon.html.h"

/* --- using a link --- */

enum { F_FIRST, F_SECOND, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_FIRST] = { "nyttpassord", FIELD_PASSWORD, N_("Choose a password"), .required = true,
                  .max = 200, .autocomplete = "new-password",
                  .help = N_(
                      "At least 10 characters. Three or four words in a row are easy to remember "
                      "and hard to guess. No demands on digits or signs.") },
    [F_SECOND] = { "gjenta", FIELD_PASSWORD, N_("The same password again"), .required = true,
                   .max = 200, .autocomplete = "new-password" },
};

/* What the person is invited to: today's roles, or those to come. */
static bool fill_roles(Req *req, const Link *link, LinkView *view, GError **error)
{
    const Signer who = { link->owner, link->person };
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    RoleTupleList roles;
    const char *today;
    Enhet unit;

    if (!eier_today(req->db, req->arena, link->owner, req->now, &today, error) ||
        !tilgang_role_list(req->db, req->arena, &who, today, &roles, error))
        return false;
    for (size_t i = 0; i < roles.n; i++) {
        const char *name = tilgang_role_name(roles.v[i].role);

        if (roles.v[i].unit) {
            if (!enhet_get(req->db, req->arena, link->owner, roles.v[i].unit, today, &unit, error))
                return false;
            name = arena_printf(req->arena, "%s, %s", name, unit.name);
        }
        g_ptr_array_add(names, (void *)name);
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *joined = g_strjoinv("; ", (char **)names->pdata);

    view->roles = arena_dup(req->arena, joined);
    return true;
}

static bool fill_view(Req *req, const Link *link, LinkView *view, GError **error)
{
    const Signer who = { link->owner, link->person };
    Login login;
    Eier eier;

    if (!eier_get(req->db, req->arena, link->owner, &eier, error) ||
        !person_name(req->db, req->arena, link->owner, link->person, &view->name, error) ||
        !tilgang_login(req->db, req->arena, &who, &login, error) ||
        !fill_roles(req, link, view, error))
        return false;
    if (link->made_by &&
        !person_name(req->db, req->arena, link->owner, link->made_by, &view->inviter, error))
        return false;
    view->owner = eier.name;
    view->email = login.email;
    view->invites = !strcmp(link->kind, LINK_INVITATION);
    return true;
}

static bool show_dead(Req *req)
{
    tilgang_lenke_dod(req_page(req, 404, _("This link does not work any more")));
    return true;
}

static bool show_with(Req *req, int status, const Link *link, const Form *form, GError **error)
{
    LinkView view = { .form = form, .self = { req->path } };

    if (!fill_view(req, link, &view, error))
        return false;
    tilgang_lenke(
        req_page(req, status, view.invites ? _("You are invited") : _("Choose a new password")),
        &view);
    return true;
}

static bool find(Req *req, Link *ret, GError **error)
{
    return tilgang_link_find(req->db, req->arena, req_param(req, "token"), req->now, ret, error);
}

bool tilgang_show_link(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    Link link;

    if (!find(req, &link, error))
        return false;
    return link.id ? show_with(req, 200, &link, &form, error) : show_dead(req);
}

/* In: or, without a role today, told so on the page of signing in. */
static bool enter(Req *req, const Link *link, const Signer *who, GError **error)
{
    const char *trouble;

    if (!tilgang_tell(req, link->owner, link->person,
                      !strcmp(link->kind, LINK_INVITATION) ? "innlogging.invitasjon.brukt"
                                                           : "innlogging.passord",
                      NULL, error) ||
        !tilgang_enter(req, who, NULL, &trouble, error))
        return false;
    return !trouble || req_redirect_saying(req, "/logg-inn", trouble);
}

bool tilgang_use_link(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    g_autoptr(GError) why = NULL;
    LinkView view = { 0 };
    Signer who;
    Link link;

    if (!find(req, &link, error))
        return false;
    if (!link.id)
        return show_dead(req);
    if (!fill_view(req, &link, &view, error))
        return false;
    tilgang_check_new_password(&form, F_FIRST, F_SECOND, view.email, view.name);
    if (!form_ok(&form))
        return show_with(req, 422, &link, &form, error);
    if (tilgang_link_use(req->db, &link, form.value[F_FIRST], req->now, &who, &why))
        return enter(req, &link, &who, error);
    return g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) ? show_dead(req)
                                                               : app_pass(error, &why);
}

/* --- asking for a new password --- */

static const Field forgotten_fields[] = {
    { "epost", FIELD_EMAIL, N_("E-mail"), .required = true, .max = 200,
      .autocomplete = "username" },
};

static bool show_forgotten(Req *req, int status, const Form *form, bool sent)
{
    tilgang_glemt(req_page(req, status, _("Lost password")), form, sent);
    return true;
}

bool tilgang_show_forgotten(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, forgotten_fields, 1);

    (void)error;
    return show_forgotten(req, 200, &form, false);
}

static bool mail_link(Req *req, const Signer *who, const char *email, GError **error)
{
    const Link link = { .owner = who->owner, .person = who->person, .kind = LINK_PASSWORD };
    char token[AUTH_TOKEN_SIZE];
    const char *name;
    bool on;

    if (!varsel_on(req->db, who->owner, &on, error))
        return false;
    if (!on)
        return true;
    if (!person_name(req->db, req->arena, who->owner, who->person, &name, error) ||
        !tilgang_link_new(req->db, &link, req->now, token, error))
        return false;
    const char *path = arena_printf(req->arena, "/invitasjon/%s", token);
    const VarselNew mail = {
        .owner = who->owner,
        .person = who->person,
        .to = email,
        .to_name = name,
        .subject = _("A new password in oppvekst"),
        .text = arena_printf(req->arena,
                             _("Somebody, probably you, asked for a new password. This link works "
                               "once, for one hour:\n\n%s\n\nIf it was not you, do nothing. Your "
                               "password stays as it is.\n"),
                             varsel_link_of(req->db, req->arena, who->owner, path)),
    };

    return varsel_add(req->db, &mail, req->now, error);
}

typedef struct {
    Req *req;
    const char *email;
} Asking;

/* For each owner who knows the address; nobody is told how many they were. */
static bool mail_links(Db *db, void *arg, GError **error)
{
    const Asking *a = arg;
    Req here = *a->req;
    LoginOwners known;

    here.db = db;
    if (!tilgang_login_owners(db, here.arena, a->email, &known, error))
        return false;
    for (size_t i = 0; i < known.n; i++) {
        const Signer who = { known.v[i].owner, known.v[i].person };

        if (known.v[i].disabled)
            continue;
        if (!mail_link(&here, &who, a->email, error) ||
            !tilgang_tell(&here, who.owner, who.person, "innlogging.glemt", NULL, error))
            return false;
    }
    return known.n > 0 || tilgang_tell(&here, 0, 0, "innlogging.glemt", NULL, error);
}

bool tilgang_send_forgotten(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, forgotten_fields, 1);
    g_autofree char *email = tilgang_fold_email(form.value[0]);
    g_autofree char *key = g_strconcat("glemt ", email, NULL);
    Asking asking = { req, email };
    int64_t wait;

    if (!form_ok(&form))
        return show_forgotten(req, 422, &form, false);
    wait = auth_brake_try(auth_address_brake(), req_client(req), req->now);
    /* Mail to one address is braked too, silently: the answer is the same. It takes as long too, one
     * transaction with a line in the log, whether somebody has the address or not. */
    if (wait == 0 && auth_brake_try(auth_account_brake(), key, req->now) == 0 &&
        !db_transaction(req->db, mail_links, &asking, error))
        return false;
    return show_forgotten(req, 200, &form, true);
}
