/* brukere.c - everybody who can sign in: list, invitation, and what an administrator may do to a login.
 *
 * An invitation is mailed where mail is set up, and else shown once to the administrator, to be handed
 * over by hand. Nobody ever sees a password of somebody else.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "brukere-sider.h"
#include "enhet.h"
#include "roller.h"
#include "sider.h"
#include "brukere.sql.h"
#include "brukere.html.h"

/* --- the list --- */

static const char *state_text(const UserLine *user)
{
    if (user->disabled)
        return _("stopped");
    return user->invited ? _("invited") : _("can sign in");
}

static bool role_text(Req *req, const LoginLine *login, const char **ret, GError **error)
{
    const RoleTuple role = { .role = login->role, .unit = login->unit };

    if (!tilgang_role_label(req, &role, ret, error))
        return false;
    if (login->kind == ROLE_DEPUTY)
        *ret = arena_printf(req->arena, _("%s (deputy)"), *ret);
    return true;
}

static bool fill_user_roles(Req *req, const LoginList *all, UserLine *user, GError **error)
{
    user->roles.v = arena_alloc(req->arena, MAX(all->n, 1) * sizeof(TextLine));
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].person != user->person || !*all->v[i].role)
            continue;
        if (!role_text(req, &all->v[i], &user->roles.v[user->roles.n].text, error))
            return false;
        user->roles.n++;
    }
    return true;
}

static bool fill_user(Req *req, const TilgangAllLoginsRow *r, const LoginList *all, UserLine *user,
                      GError **error)
{
    char text[DATE_TEXT];

    *user = (UserLine){ .person = r->person,
                        .email = arena_dup(req->arena, r->email),
                        .invited = r->invited != 0,
                        .disabled = r->disabled != 0,
                        .totp = r->totp != 0,
                        .self = r->person == req->user->id,
                        .link = "",
                        .last = r->last_at == NO_INT
                                    ? ""
                                    : arena_dup(req->arena, time_text(r->last_at, text)),
                        .url = url_for(req->arena, "/brukere/%I", r->person) };
    user->state = state_text(user);
    if (r->link_until != NO_INT && r->link_until > req->now && !user->disabled)
        user->link = arena_dup(req->arena, time_text(r->link_until, text));
    return person_name(req->db, req->arena, req->user->owner, r->person, &user->name, error) &&
           fill_user_roles(req, all, user, error);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    const UserLine *x = a, *y = b;

    return nb_compare(x->name, strlen(x->name), y->name, strlen(y->name));
}

/* All of them, or `only` one person. */
static bool fill_users(Req *req, int64_t only, UsersView *view, GError **error)
{
    g_auto(TilgangAllLoginsRows) rows = { 0 };
    LoginList all;

    if (!tilgang_all_logins(req->db, req->user->owner, &rows, error) ||
        !tilgang_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    view->users = (UserLines){ arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(UserLine)), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        UserLine *user = &view->users.v[view->users.n];

        if (only && rows.v[i].person != only)
            continue;
        if (!fill_user(req, &rows.v[i], &all, user, error))
            return false;
        view->users.n++;
        view->n_stopped += user->disabled ? 1 : 0;
        view->n_invited += user->invited && !user->disabled ? 1 : 0;
        view->n_active += !user->invited && !user->disabled ? 1 : 0;
    }
    qsort(view->users.v, view->users.n, sizeof(UserLine), by_name);
    return true;
}

bool tilgang_show_users(Req *req, GError **error)
{
    UsersView view = { 0 };

    if (!fill_users(req, 0, &view, error))
        return false;
    tilgang_brukere(req_page(req, 200, _("Users")), &view);
    return true;
}

/* --- inviting --- */

enum { F_PERSON, F_NAME, F_EMAIL, F_ROLE, F_UNIT, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_PERSON] = { "person", FIELD_CHOICE, N_("Who is it?"),
                   .help =
                       N_("Choose a person who is here already, or leave it and write a new name "
                          "below.") },
    [F_NAME] = { "navn", FIELD_LINE, N_("Name of a new person"), .max = 120 },
    [F_EMAIL] = { "epost", FIELD_EMAIL, N_("E-mail"), .required = true, .max = 200,
                  .autocomplete = "off", .help = N_("The person signs in with this address") },
    [F_ROLE] = { "rolle", FIELD_CHOICE, N_("Role"),
                 .help = N_("May be left out when the role follows a position the person holds") },
    [F_UNIT] = { "enhet", FIELD_CHOICE, N_("Unit of the role"),
                 .help =
                     N_("Heads and teachers have their role at one unit. Leave it for the whole "
                        "municipality.") },
};

static bool person_choices(Req *req, Form *form, GError **error)
{
    g_auto(TilgangAllLoginsRows) rows = { 0 };
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, NULL);
    PersonList people;
    Option *options;
    size_t n = 0;

    if (!person_list(req->db, req->arena, req->user->owner, &people, error) ||
        !tilgang_all_logins(req->db, req->user->owner, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        g_hash_table_add(taken, &rows.v[i].person);
    options = arena_alloc(req->arena, (people.n + 2) * sizeof(Option));
    options[n++] = (Option){ "", _("A new person") };
    for (size_t i = 0; i < people.n; i++)
        if (!g_hash_table_contains(taken, &people.v[i].id))
            options[n++] =
                (Option){ arena_dup(req->arena, id_text(people.v[i].id, (char[ID_TEXT]){ 0 })),
                          people.v[i].name };
    form_options(form, F_PERSON, options);
    return true;
}

static void role_choices(Req *req, Form *form)
{
    Option *options = arena_alloc(req->arena, 32 * sizeof(Option));
    size_t n = 0;

    options[n++] = (Option){ "", _("None now") };
    for (const char *const *code = tilgang_roles_all(); *code; code++)
        if (strcmp(*code, "IA")) /* of the installation: given at the command line */
            options[n++] = (Option){ *code, tilgang_role_name(*code) };
    form_options(form, F_ROLE, options);
}

static bool set_choices(Req *req, Form *form, GError **error)
{
    EnhetList units;
    Option *options;

    role_choices(req, form);
    if (!person_choices(req, form, error) ||
        !enhet_open_list(req->db, req->arena, req->user->owner, req->today, &units, error))
        return false;
    options = arena_alloc(req->arena, (units.n + 2) * sizeof(Option));
    options[0] = (Option){ "", _("the whole municipality") };
    for (size_t i = 0; i < units.n; i++)
        options[i + 1] =
            (Option){ arena_dup(req->arena, id_text(units.v[i].id, (char[ID_TEXT]){ 0 })),
                      units.v[i].name };
    form_options(form, F_UNIT, options);
    return true;
}

static bool show_invite(Req *req, int status, const Form *form, GError **error)
{
    bool on;

    if (!varsel_on(req->db, req->user->owner, &on, error))
        return false;
    tilgang_inviter(req_page(req, status, _("Invite somebody")), form, on);
    return true;
}

bool tilgang_show_invite(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    const char *person = req_query(req, "person");

    if (!set_choices(req, &form, error))
        return false;
    if (person)
        form_set(&form, F_PERSON, person);
    return show_invite(req, 200, &form, error);
}

static void check_invite(Form *form)
{
    if (!*form->value[F_PERSON] && !*form->value[F_NAME] && !form->problem[F_NAME])
        form->problem[F_NAME] = _("Choose a person, or write the name of a new one");
    if (*form->value[F_PERSON] && *form->value[F_NAME] && !form->problem[F_NAME])
        form->problem[F_NAME] = _("Choose a person or write a new name, not both");
    if (*form->value[F_ROLE] && !*form->value[F_UNIT] && !form->problem[F_UNIT] &&
        tilgang_role_of_unit(form->value[F_ROLE]))
        form->problem[F_UNIT] = _("This role belongs to one unit: choose it");
    if (!form->problem[F_ROLE] && tilgang_role_needs_end(form->value[F_ROLE]))
        form->problem[F_ROLE] = _("This role is given for a time only. Invite without a role, and "
                                  "propose it with its last day afterwards");
}

typedef struct {
    Req *req;
    const Form *form;
    int64_t person;
    bool waits; /* somebody else is to approve the role */
    char token[AUTH_TOKEN_SIZE];
} Inviting;

/* The role is proposed like any other: docs/decisions/0008. Who is alone approves it at once, and the
 * proposal keeps the mark. */
static bool propose_role(Db *db, Inviting *i, GError **error)
{
    const Req *req = i->req;
    const Proposal proposal = { .person = i->person,
                                .role = i->form->value[F_ROLE],
                                .unit = id_parse(i->form->value[F_UNIT]),
                                .from = req->today,
                                .reason = _("With the invitation"),
                                .proposed_by = req->user->id,
                                .proposed_at = req->now };
    const RoleDecision alone = { .by = req->user->id,
                                 .now = req->now,
                                 .today = req->today,
                                 .yes = true,
                                 .said_alone = true,
                                 .why = "" };
    Proposal made = proposal;
    Verdict verdict;

    if (!tilgang_propose(db, req->user->owner, &proposal, &made.id, error) ||
        !tilgang_may_decide(db, req->arena, req->user->owner, &made, req->user->id, req->today,
                            &verdict, error))
        return false;
    i->waits = verdict != DECIDE_ALONE;
    return i->waits || tilgang_decide(db, req->user->owner, made.id, &alone, error);
}

static bool mail_it(Req *req, Db *db, int64_t person, const char *email, const char *token,
                    GError **error)
{
    const char *path = arena_printf(req->arena, "/invitasjon/%s", token), *name;

    if (!person_name(db, req->arena, req->user->owner, person, &name, error))
        return false;
    const VarselNew mail = {
        .owner = req->user->owner,
        .person = person,
        .to = email,
        .to_name = name,
        .subject = _("You are invited to oppvekst"),
        .text =
            arena_printf(req->arena,
                         _("%s has given you access to oppvekst, the municipality's system for "
                           "quality in schools and kindergartens.\n\nChoose a password here. The "
                           "link works once, for seven days:\n\n%s\n"),
                         req->user->name, varsel_link_of(db, req->arena, req->user->owner, path)),
    };

    return varsel_add(db, &mail, req->now, error);
}

static bool invite_work(Db *db, void *arg, GError **error)
{
    Inviting *i = arg;
    Req *req = i->req;
    int64_t owner = req->user->owner;
    const char *email = i->form->value[F_EMAIL];
    Link link = { .owner = owner, .made_by = req->user->id, .kind = LINK_INVITATION };

    i->person = id_parse(i->form->value[F_PERSON]);
    if (!i->person &&
        !person_add(db, owner, i->form->value[F_NAME], "register", req->now, &i->person, error))
        return false;
    link.person = i->person;
    return tilgang_invite(db, owner, i->person, email, req->now, error) &&
           (!*i->form->value[F_ROLE] || propose_role(db, i, error)) &&
           tilgang_link_new(db, &link, req->now, i->token, error) &&
           mail_it(req, db, i->person, email, i->token, error);
}

/* Where no address is set up, the one that the administrator's own browser came by. */
static const char *whole_link(Req *req, const char *path)
{
    const char *link = varsel_link(req->db, req->arena, path);
    const char *origin = req_header_in(req, "Origin");

    return *link == '/' && origin && g_str_has_prefix(origin, "http")
               ? arena_printf(req->arena, "%s%s", origin, path)
               : link;
}

/* The link is shown on the reply itself, since it is nowhere to be read again. */
static bool show_made(Req *req, int64_t person, const char *email, const char *token, bool waits,
                      GError **error)
{
    MadeLink made = { .email = email,
                      .waits = waits,
                      .user = url_for(req->arena, "/brukere/%I", person) };
    bool on;

    if (!varsel_on(req->db, req->user->owner, &on, error) ||
        !person_name(req->db, req->arena, req->user->owner, person, &made.name, error))
        return false;
    if (!on)
        made.link = whole_link(req, arena_printf(req->arena, "/invitasjon/%s", token));
    made.without_base = made.link && *made.link == '/';
    tilgang_invitert(req_page(req, 200, _("The invitation is ready")), &made);
    return true;
}

bool tilgang_send_invite(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    Inviting inviting = { .req = req, .form = &form };
    g_autoptr(GError) why = NULL;

    if (!set_choices(req, &form, error))
        return false;
    check_invite(&form);
    if (!form_ok(&form))
        return show_invite(req, 422, &form, error);
    req_note(req, "innlogging.invitert", 0, id_parse(form.value[F_PERSON]), form.value[F_ROLE]);
    if (db_transaction(req->db, invite_work, &inviting, &why))
        return show_made(req, inviting.person, form.value[F_EMAIL], inviting.token, inviting.waits,
                         error);
    if (g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        form.problem[F_EMAIL] = _("Somebody signs in with this address already");
    else if (g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        form.problem[F_EMAIL] = _("This is not an e-mail address that can be used");
    else
        return app_pass(error, &why);
    return show_invite(req, 409, &form, error);
}

/* --- one user --- */

bool tilgang_show_user(Req *req, GError **error)
{
    int64_t person = req_id(req, "person");
    UsersView all = { 0 };
    UserView view = { .csrf = req->csrf };

    if (!fill_users(req, person ? person : -1, &all, error))
        return false;
    if (all.users.n == 0)
        return req_not_found(req, error);
    view.user = all.users.v[0];
    if (!varsel_on(req->db, req->user->owner, &view.mail_on, error))
        return false;
    view.invite = url_for(req->arena, "/brukere/%I/invitasjon", person);
    view.stop = url_for(req->arena, "/brukere/%I/stopp", person);
    view.allow = url_for(req->arena, "/brukere/%I/slipp", person);
    view.out = url_for(req->arena, "/brukere/%I/ut", person);
    view.totp = url_for(req->arena, "/brukere/%I/totrinn", person);
    tilgang_bruker(req_page(req, 200, view.user.name), &view);
    return true;
}

typedef struct {
    Req *req;
    Signer who;
    const char *verb, *email;
    char token[AUTH_TOKEN_SIZE];
} UserChange;

static bool invite_again(Db *db, UserChange *c, GError **error)
{
    const Link link = { .owner = c->who.owner,
                        .person = c->who.person,
                        .made_by = c->req->user->id,
                        .kind = LINK_INVITATION };

    return tilgang_link_new(db, &link, c->req->now, c->token, error) &&
           mail_it(c->req, db, c->who.person, c->email, c->token, error);
}

static bool user_work(Db *db, void *arg, GError **error)
{
    UserChange *c = arg;
    int64_t owner = c->who.owner, person = c->who.person;

    if (!strcmp(c->verb, "invitasjon"))
        return invite_again(db, c, error);
    if (!strcmp(c->verb, "slipp"))
        return tilgang_stop(db, owner, person, 0, error);
    if (!strcmp(c->verb, "stopp") && !(tilgang_stop(db, owner, person, 1, error) &&
                                       tilgang_links_stop(db, owner, person, c->req->now, error)))
        return false;
    if (!strcmp(c->verb, "totrinn") && !tilgang_totp_off(db, &c->who, error))
        return false;
    return tilgang_halves_drop(db, &c->who, error) && tilgang_out(db, owner, person, error);
}

static const struct {
    const char *verb, *act, *message;
} verbs[] = {
    { "invitasjon", "innlogging.invitert", NULL },
    { "stopp", "innlogging.stoppet",
      N_("Stopped. Every session has ended, and nobody signs in "
         "with this address until you allow it again.") },
    { "slipp", "innlogging.sluppet", N_("Allowed. The person can sign in again.") },
    { "ut", "innlogging.ut.alle", N_("Every session of this person has ended.") },
    { "totrinn", "innlogging.totrinn.nullstilt",
      N_("Two-step sign-in is reset. The person can set it up anew at the next sign-in.") },
};

bool tilgang_change_user(Req *req, GError **error)
{
    UserChange change = { .req = req,
                          .who = { req->user->owner, req_id(req, "person") },
                          .verb = req_param(req, "handling") };
    size_t v = 0;
    Login login;

    while (v < G_N_ELEMENTS(verbs) && strcmp(verbs[v].verb, change.verb))
        v++;
    if (v == G_N_ELEMENTS(verbs))
        return req_not_found(req, error);
    if (!tilgang_login(req->db, req->arena, &change.who, &login, error))
        return false;
    const char *back = url_for(req->arena, "/brukere/%I", change.who.person).text;

    if (change.who.person == req->user->id && strcmp(change.verb, "ut"))
        return req_redirect_saying(req, back, _("This cannot be done to your own login."));
    change.email = login.email;
    req_note(req, verbs[v].act, 0, change.who.person, NULL);
    if (!db_transaction(req->db, user_work, &change, error))
        return false;
    return verbs[v].message
               ? req_redirect_saying(req, back, _(verbs[v].message))
               : show_made(req, change.who.person, login.email, change.token, false, error);
}

/* --- trying the mail set-up, since the address of who asks is known here --- */

bool tilgang_try_mail(Req *req, GError **error)
{
    const Signer who = { req->user->owner, req->user->id };
    Login login;

    return tilgang_login(req->db, req->arena, &who, &login, error) &&
           varsel_try(req, login.email, error);
}
