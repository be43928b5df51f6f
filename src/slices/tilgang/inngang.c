/* inngang.c - from the right password to a session, through the second step where there is one.
 *
 * Between the steps there is no session: the cookie holds the token of a half sign-in, which opens these
 * pages and no other, lasts ten minutes, and is gone when the session begins. Who has a role that
 * demands the second step and has not set it up does so here, before anything else.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "eier.h"
#include "person.h"
#include "konto-sider.h"
#include "roller.h"
#include "inngang.sql.h"
#include "inngang.html.h"

#define HALF_LIFE (10 * G_TIME_SPAN_MINUTE)

bool tilgang_tell(Req *req, int64_t owner, int64_t person, const char *act, const char *detail,
                  GError **error)
{
    const AuditNote note = { .owner = owner,
                             .at = req->now,
                             .person = req->user ? req->user->id : person,
                             .role = req->user ? req->user->role : "",
                             .act = act,
                             .subject = person,
                             .detail = detail ? detail : "",
                             .client = req_client(req) };

    return revisjon_add(req->db, &note, error);
}

bool tilgang_halves_drop(Db *db, const Signer *who, GError **error)
{
    return tilgang_halves_end(db, who->owner, who->person, error);
}

/* --- letting in --- */

typedef struct {
    Req *req;
    const Signer *who;
    int64_t role;
    char token[AUTH_TOKEN_SIZE];
} Opening;

static bool open_work(Db *db, void *arg, GError **error)
{
    Opening *o = arg;
    const AuditNote note = { .owner = o->who->owner,
                             .at = o->req->now,
                             .person = o->who->person,
                             .role = "",
                             .act = "innlogging",
                             .subject = o->who->person,
                             .detail = "",
                             .client = req_client(o->req) };

    return tilgang_halves_end(db, o->who->owner, o->who->person, error) &&
           tilgang_session_start(db, o->who, o->role, o->req->now, o->token, error) &&
           tilgang_login_seen(db, o->who->owner, o->who->person, o->req->now, error) &&
           revisjon_add(db, &note, error);
}

static bool open_session(Req *req, const Signer *who, int64_t role, GError **error)
{
    Opening opening = { .req = req, .who = who, .role = role };
    int64_t before = db_owner(req->db);

    /* its line says it all: no other tells of the session */
    db_set_owner(req->db, who->owner);
    bool ok = db_transaction_aside(req->db, open_work, &opening, error);

    db_set_owner(req->db, before);
    if (!ok)
        return false;
    req_sign_in(req, opening.token);
    return true;
}

static bool begin_half(Req *req, const Signer *who, const char *to, GError **error)
{
    char token[AUTH_TOKEN_SIZE], stored[AUTH_STORED_SIZE];

    auth_token_new(token);
    auth_token_stored(token, stored);
    if (!tilgang_half_expire(req->db, req->now - HALF_LIFE, error) ||
        !tilgang_half_insert(req->db, who->owner, id_new(), stored, who->person, who->round,
                             to && strlen(to) <= 400 ? to : "", req->now, error))
        return false;
    req_sign_in(req, token);
    return true;
}

static bool roles_today(Req *req, const Signer *who, RoleTupleList *ret, GError **error)
{
    const char *today;

    return eier_today(req->db, req->arena, who->owner, req->now, &today, error) &&
           tilgang_role_list(req->db, req->arena, who, today, ret, error);
}

/* Why somebody without a role today is not let in. */
static bool no_role(Req *req, const Signer *who, const char **ret, GError **error)
{
    ProposalList all;
    bool waits = false;

    if (!tilgang_proposals(req->db, req->arena, who->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        waits = waits || (all.v[i].person == who->person && all.v[i].state == PROPOSAL_WAITS);
    *ret = waits ? _("Your role waits for somebody to approve it. Your password is stored: sign in "
                     "when the role is approved.")
                 : _("You have no role here today. Ask the administrator of the municipality.");
    return true;
}

bool tilgang_enter(Req *req, const Signer *who, const char *to, const char **ret_trouble,
                   GError **error)
{
    RoleTupleList roles;
    bool required;
    Totp totp;

    *ret_trouble = NULL;
    if (!roles_today(req, who, &roles, error) ||
        !tilgang_totp(req->db, req->arena, who, &totp, error) ||
        !tilgang_totp_required(req->db, req->arena, who->owner, &roles, &required, error))
        return false;
    if (roles.n == 0)
        return no_role(req, who, ret_trouble, error);
    if (!totp.on && !required)
        return open_session(req, who, roles.v[0].id, error) &&
               req_redirect(req, req_back(req, to, "/hjem"));
    if (!totp.on && !tilgang_totp_begin(req->db, req->arena, who, error))
        return false;
    return begin_half(req, who, to, error) &&
           req_redirect(req, totp.on ? "/logg-inn/kode" : "/logg-inn/totrinn");
}

/* --- the half sign-in of this browser --- */

typedef struct {
    Signer who; /* person 0: none */
    const char *path, *email;
    char stored[AUTH_STORED_SIZE];
} Half;

static bool find_half(Req *req, Half *ret, GError **error)
{
    const char *token = req_session(req);
    g_auto(TilgangHalfSelectRows) rows = { 0 };

    *ret = (Half){ .path = "", .email = "" };
    if (!token || req->user)
        return true;
    auth_token_stored(token, ret->stored);
    if (!tilgang_half_select(req->db, ret->stored, req->now - HALF_LIFE, &rows, error))
        return false;
    if (rows.n) {
        ret->who = (Signer){ rows.v[0].owner, rows.v[0].person, rows.v[0].password_round };
        ret->path = arena_dup(req->arena, rows.v[0].path);
        ret->email = arena_dup(req->arena, rows.v[0].email);
    }
    return true;
}

static bool begin_again(Req *req)
{
    return req_redirect(req, req->user ? "/hjem" : "/logg-inn");
}

/* true: the half is gone, and it was this one who took it. */
static bool take_half(Req *req, const Half *half, bool *ret, GError **error)
{
    g_auto(TilgangHalfTakeRows) rows = { 0 };

    if (!tilgang_half_take(req->db, half->who.owner, half->stored, &rows, error))
        return false;
    *ret = rows.n > 0;
    return true;
}

/* --- the code --- */

enum { F_CODE, N_FIELDS };
static const Field code_fields[N_FIELDS] = {
    [F_CODE] = { "kode", FIELD_LINE, N_("Code"), .required = true, .max = 30,
                 .autocomplete = "one-time-code",
                 .help =
                     N_("Six digits from the app on your phone, or one of your recovery codes") },
};
static const Field first_code_fields[N_FIELDS] = {
    [F_CODE] = { "kode", FIELD_LINE, N_("Code from the app"), .required = true, .max = 30,
                 .autocomplete = "one-time-code",
                 .help = N_("The six digits that the app shows now") },
};

static bool show_code(Req *req, int status, const Form *form)
{
    tilgang_kode(req_page(req, status, _("Sign in: the second step")), form);
    return true;
}

bool tilgang_show_code(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, code_fields, N_FIELDS);
    Half half;
    Totp totp;

    if (!find_half(req, &half, error))
        return false;
    if (!half.who.person)
        return begin_again(req);
    if (!tilgang_totp(req->db, req->arena, &half.who, &totp, error))
        return false;
    return totp.on ? show_code(req, 200, &form) : req_redirect(req, "/logg-inn/totrinn");
}

static const char *brake_key(Req *req, const Signer *who)
{
    char id[ID_TEXT];

    return arena_dup(req->arena, id_text(who->person, id));
}

/* 0, or how long to wait; counts the try. */
static int64_t brake(Req *req, const Signer *who)
{
    return auth_brake_try(auth_code_brake(), brake_key(req, who), req->now);
}

const char *tilgang_wait_text(Req *req, int64_t wait)
{
    int64_t seconds = (wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

    req_header(req, "Retry-After", arena_printf(req->arena, "%" G_GINT64_FORMAT, seconds));
    return arena_printf(req->arena,
                        ngettext("Too many tries. Wait %ld second and try again.",
                                 "Too many tries. Wait %ld seconds and try again.", seconds),
                        (long)seconds);
}

bool tilgang_try_code(Req *req, const Signer *who, Form *form, int field, bool reserve,
                      GError **error)
{
    int64_t wait = brake(req, who);
    bool taken = false;

    if (wait > 0) {
        form->trouble = tilgang_wait_text(req, wait);
        return true;
    }
    if (!tilgang_totp_take(req->db, req->arena, who, form->value[field], reserve, req->now, &taken,
                           error))
        return false;
    if (taken)
        auth_brake_succeeded(auth_code_brake(), brake_key(req, who));
    else
        form->problem[field] =
            _("This code is not right, or it has been used. Wait for the next one.");
    return true;
}

bool tilgang_take_code(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, code_fields, N_FIELDS);
    RoleTupleList roles;
    bool mine = false;
    Half half;

    if (!find_half(req, &half, error))
        return false;
    if (!half.who.person)
        return begin_again(req);
    if (form_ok(&form) && !tilgang_try_code(req, &half.who, &form, F_CODE, true, error))
        return false;
    if (!form_ok(&form)) {
        return tilgang_tell(req, half.who.owner, half.who.person, "innlogging.feil", "kode",
                            error) &&
               show_code(req, form.trouble ? 429 : 422, &form);
    }
    if (!take_half(req, &half, &mine, error) || !roles_today(req, &half.who, &roles, error))
        return false;
    if (!mine || roles.n == 0)
        return begin_again(req);
    return open_session(req, &half.who, roles.v[0].id, error) &&
           req_redirect(req, req_back(req, half.path, "/hjem"));
}

/* --- setting it up before anything else --- */

bool tilgang_fill_totp(Req *req, const Signer *who, TotpView *view, GError **error)
{
    Login login;
    Eier eier;
    Totp totp;

    if (!tilgang_totp(req->db, req->arena, who, &totp, error) ||
        !tilgang_login(req->db, req->arena, who, &login, error) ||
        !eier_get(req->db, req->arena, who->owner, &eier, error))
        return false;
    view->on = totp.on;
    view->reserves = totp.reserves;
    if (!totp.pending || !totp.secret)
        return true;
    g_autofree char *issuer = g_strdup_printf("oppvekst %s", eier.name);
    g_autofree char *uri = auth_totp_uri(totp.secret, issuer, login.email);
    g_autofree char *path = auth_qr_path(uri, &view->qr_size);
    GString *spaced = g_string_new(NULL);

    for (int i = 0; totp.secret[i]; i++)
        g_string_append_printf(spaced, "%s%c", i && i % 4 == 0 ? " " : "", totp.secret[i]);
    view->secret = arena_dup(req->arena, spaced->str);
    view->qr = arena_dup(req->arena, path);
    view->qr_box = arena_printf(req->arena, "0 0 %d %d", view->qr_size, view->qr_size);
    g_string_free(spaced, TRUE);
    return true;
}

static bool show_forced(Req *req, int status, const Half *half, const Form *form, GError **error)
{
    TotpView view = { .form = form };

    if (!tilgang_fill_totp(req, &half->who, &view, error))
        return false;
    if (!view.secret)
        return begin_again(req);
    tilgang_tvunget(req_page(req, status, _("Set up two-step sign-in")), &view);
    return true;
}

bool tilgang_show_forced(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, first_code_fields, N_FIELDS);
    Half half;

    if (!find_half(req, &half, error))
        return false;
    return half.who.person ? show_forced(req, 200, &half, &form, error) : begin_again(req);
}

void tilgang_fill_codes(Req *req, char codes[TOTP_RESERVES][AUTH_RECOVERY_SIZE], TotpView *view)
{
    view->codes =
        (CodeLines){ arena_alloc(req->arena, TOTP_RESERVES * sizeof(CodeLine)), TOTP_RESERVES };
    for (int i = 0; i < TOTP_RESERVES; i++)
        view->codes.v[i].code = arena_dup(req->arena, codes[i]);
}

/* The codes are shown on the reply itself, since they are nowhere to be read again. */
static bool finish_forced(Req *req, const Half *half, GError **error)
{
    char codes[TOTP_RESERVES][AUTH_RECOVERY_SIZE];
    TotpView view = { .go_on = (Url){ req_back(req, half->path, "/hjem") } };
    g_autoptr(GError) why = NULL;
    RoleTupleList roles;

    if (!tilgang_totp_confirm(req->db, &half->who, req->now, codes, &why))
        return g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) ? begin_again(req)
                                                                   : app_pass(error, &why);
    if (!tilgang_tell(req, half->who.owner, half->who.person, "innlogging.totrinn.paa", NULL,
                      error) ||
        !roles_today(req, &half->who, &roles, error))
        return false;
    if (roles.n == 0)
        return begin_again(req);
    if (!open_session(req, &half->who, roles.v[0].id, error))
        return false;
    tilgang_fill_codes(req, codes, &view);
    tilgang_draw_codes(req_page(req, 200, _("Your recovery codes")), &view);
    return true;
}

bool tilgang_take_forced(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, first_code_fields, N_FIELDS);
    Half half;
    Totp totp;

    if (!find_half(req, &half, error))
        return false;
    if (!half.who.person)
        return begin_again(req);
    if (!tilgang_totp(req->db, req->arena, &half.who, &totp, error))
        return false;
    if (!totp.pending) /* set up in another window meanwhile */
        return req_redirect(req, "/logg-inn/kode");
    if (form_ok(&form) && !tilgang_try_code(req, &half.who, &form, F_CODE, false, error))
        return false;
    if (!form_ok(&form))
        return show_forced(req, form.trouble ? 429 : 422, &half, &form, error);
    return finish_forced(req, &half, error);
}
