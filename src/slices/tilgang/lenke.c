/* lenke.c - the login of one person, and the one-time links that let somebody in without a password.
 *
 * Of a link only the hash of its token is stored. A new link withdraws the old; a link is used in the
 * same transaction that sets the password, so that of two at the same moment one comes too late.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "mail.h"
#include "lenke.sql.h"

bool tilgang_login(Db *db, Arena *arena, const Signer *who, Login *ret, GError **error)
{
    g_auto(TilgangLoginSelectRows) rows = { 0 };

    if (!tilgang_login_select(db, who->owner, who->person, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "this person has no login");
    *ret = (Login){ .email = arena_dup(arena, rows.v[0].email),
                    .hash = arena_dup(arena, rows.v[0].password_hash),
                    .language = arena_dup(arena, rows.v[0].language),
                    .disabled = rows.v[0].disabled != 0,
                    .last = rows.v[0].last_at == NO_INT ? 0 : rows.v[0].last_at };
    return true;
}

bool tilgang_login_owners(Db *db, Arena *arena, const char *email, LoginOwners *ret, GError **error)
{
    g_auto(TilgangAddressRows) rows = { 0 };

    if (!tilgang_address(db, email, &rows, error))
        return false;
    *ret = (LoginOwners){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(LoginOwner)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (LoginOwner){ rows.v[i].owner, rows.v[i].person, rows.v[i].disabled != 0 };
    return true;
}

void tilgang_check_new_password(Form *form, int first, int second, const char *email,
                                const char *name)
{
    if (!form->problem[first])
        form->problem[first] = tilgang_password_problem(form->value[first], email, name);
    if (!form->problem[first] && !form->problem[second] &&
        strcmp(form->value[first], form->value[second]))
        form->problem[second] = _("The two passwords differ");
}

bool tilgang_invite(Db *db, int64_t owner, int64_t person, const char *email, int64_t now,
                    GError **error)
{
    g_autofree char *folded = tilgang_fold_email(email);

    if (!mail_address_valid(folded))
        return app_fail(error, APP_ERROR_INVALID, _("\"%s\" is not an e-mail address"), email);
    return tilgang_invited_insert(db, owner, person, folded, now, error);
}

typedef struct {
    const Link *link;
    const char *stored;
    int64_t now;
} Making;

static bool make_work(Db *db, void *arg, GError **error)
{
    const Making *m = arg;
    const Link *l = m->link;
    bool invites = !strcmp(l->kind, LINK_INVITATION);
    const TilgangLinkInsertArgs args = {
        .owner = l->owner,
        .id = id_new(),
        .kind = l->kind,
        .token_hash = m->stored,
        .person = l->person,
        .made_by = l->made_by ? l->made_by : NO_INT,
        .now = m->now,
        .expires_at = m->now + (invites ? LINK_INVITATION_LIFE : LINK_PASSWORD_LIFE),
    };

    return tilgang_links_withdraw(db, l->owner, l->person, m->now, error) &&
           tilgang_link_insert(db, &args, error);
}

bool tilgang_link_new(Db *db, const Link *link, int64_t now, char ret_token[AUTH_TOKEN_SIZE],
                      GError **error)
{
    char token[AUTH_TOKEN_SIZE], stored[AUTH_STORED_SIZE];
    Making making = { link, stored, now };

    auth_token_new(token);
    auth_token_stored(token, stored);
    if (!db_transaction(db, make_work, &making, error))
        return false;
    memcpy(ret_token, token, sizeof token);
    return true;
}

bool tilgang_links_drop(Db *db, const Signer *who, int64_t now, GError **error)
{
    return tilgang_links_withdraw(db, who->owner, who->person, now, error);
}

bool tilgang_invite_person(Db *db, int64_t owner, int64_t person, const char *email, int64_t now,
                           char *ret_token, GError **error)
{
    const Link link = { .owner = owner, .person = person, .kind = LINK_INVITATION };

    return tilgang_invite(db, owner, person, email, now, error) &&
           tilgang_link_new(db, &link, now, ret_token, error);
}

bool tilgang_link_find(Db *db, Arena *arena, const char *token, int64_t now, Link *ret,
                       GError **error)
{
    g_auto(TilgangLinkSelectRows) rows = { 0 };
    char stored[AUTH_STORED_SIZE];

    *ret = (Link){ 0 };
    auth_token_stored(token, stored);
    if (!tilgang_link_select(db, stored, now, &rows, error))
        return false;
    if (rows.n)
        *ret = (Link){ .owner = rows.v[0].owner,
                       .id = rows.v[0].id,
                       .person = rows.v[0].person,
                       .made_by = rows.v[0].made_by == NO_INT ? 0 : rows.v[0].made_by,
                       .kind = arena_dup(arena, rows.v[0].kind) };
    return true;
}

typedef struct {
    const Link *link;
    const char *hash;
    int64_t now, round;
} Using;

static bool use_work(Db *db, void *arg, GError **error)
{
    Using *u = arg;
    const Link *l = u->link;
    g_auto(TilgangLinkTakeRows) taken = { 0 };
    g_auto(TilgangLinkPasswordRows) now = { 0 };

    if (!tilgang_link_take(db, l->owner, l->id, u->now, &taken, error))
        return false;
    if (taken.n == 0)
        return app_fail(error, APP_ERROR_CONFLICT, "the link has been used");
    if (!tilgang_link_password(db, l->owner, l->person, u->hash, u->now, &now, error))
        return false;
    if (now.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "this person has no login");
    u->round = now.v[0].password_round;
    return tilgang_links_withdraw(db, l->owner, l->person, u->now, error) &&
           tilgang_link_sessions(db, l->owner, l->person, error) &&
           tilgang_halves_drop(db, &(Signer){ l->owner, l->person, u->round }, error);
}

bool tilgang_link_use(Db *db, const Link *link, const char *password, int64_t now, Signer *ret,
                      GError **error)
{
    char hash[AUTH_HASH_SIZE];
    Using using = { link, hash, now, 0 };

    if (!auth_password_hash(password, hash, error) || !db_transaction(db, use_work, &using, error))
        return false;
    *ret = (Signer){ link->owner, link->person, using.round };
    return true;
}

/* --- how long it is kept --- */

static bool forget_sessions(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n,
                            GError **error)
{
    g_auto(TilgangSessionsOldRows) rows = { 0 };

    if (!tilgang_sessions_old(db, owner, before, &rows, error))
        return false;
    *ret_n = rows.v[0].n;
    return dry || (tilgang_sessions_forget(db, owner, before, error) &&
                   tilgang_halves_forget(db, owner, before, error));
}

static bool forget_links(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n,
                         GError **error)
{
    g_auto(TilgangLinksOldRows) rows = { 0 };

    if (!tilgang_links_old(db, owner, before, &rows, error))
        return false;
    *ret_n = rows.v[0].n;
    return dry || tilgang_links_forget(db, owner, before, error);
}

/* domain.md 8.6 says twelve months for sessions and the log; the sign-ins of those months are lines of
 * the audit log, and a session that has ended holds nothing beside them. */
const Retention tilgang_retention[] = {
    { "sesjon", N_("Sessions that have ended"),
      N_("A session ends after 30 minutes without use, and nothing in it is needed after that: we "
         "keep no more than we need. When and from where somebody signed in stands in the audit "
         "log."),
      1, 1, forget_sessions },
    { "invitasjon", N_("Invitations and links for new passwords"),
      N_("Who was invited by whom, and when; the link itself stops working after its days."), 90, 7,
      forget_links },
    { 0 }
};
