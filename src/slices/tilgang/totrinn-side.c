/* totrinn-side.c - setting up and turning off the second step from "my account", and which roles must
 * have it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto-sider.h"
#include "eier.h"
#include "totrinn-side.sql.h"
#include "totrinn-side.html.h"

void tilgang_draw_key(Html *html, const TotpView *view)
{
    tilgang_nokkel(html, view);
}

void tilgang_draw_codes(Html *html, const TotpView *view)
{
    tilgang_kodene(html, view);
}

static Signer me(const Req *req)
{
    return (Signer){ req->user->owner, req->user->id };
}

enum { F_OWN_PASSWORD, F_CODE, N_CONFIRM };
static const Field confirm_fields[N_CONFIRM] = {
    [F_OWN_PASSWORD] = { "passord", FIELD_PASSWORD, N_("Your password"), .required = true,
                         .max = 200, .autocomplete = "current-password",
                         .help = N_("So that nobody else does this at your screen") },
    [F_CODE] = { "kode", FIELD_LINE, N_("Code from the app"), .required = true, .max = 30,
                 .autocomplete = "one-time-code",
                 .help = N_("The six digits that the app shows now") },
};
enum { F_PASSWORD, F_OFF_CODE, N_OFF };
static const Field off_fields[N_OFF] = {
    [F_PASSWORD] = { "passord", FIELD_PASSWORD, N_("Your password"), .required = true, .max = 200,
                     .autocomplete = "current-password" },
    [F_OFF_CODE] = { "avkode", FIELD_LINE, N_("Code"), .required = true, .max = 30,
                     .autocomplete = "one-time-code",
                     .help = N_("Six digits from the app on your phone, or one of your recovery "
                                "codes") },
};

static bool is_required(Req *req, bool *ret, GError **error)
{
    const Signer who = me(req);
    RoleTupleList roles;

    return tilgang_role_list(req->db, req->arena, &who, req->today, &roles, error) &&
           tilgang_totp_required(req->db, req->arena, who.owner, &roles, ret, error);
}

static bool show_with(Req *req, int status, const Form *confirm, const Form *off, GError **error)
{
    TotpView view = { .form = confirm, .off = off, .csrf = req->csrf };
    const Signer who = me(req);

    if (!tilgang_fill_totp(req, &who, &view, error) || !is_required(req, &view.required, error))
        return false;
    tilgang_totrinn(req_page(req, status, _("Two-step sign-in")), &view);
    return true;
}

bool tilgang_show_totp(Req *req, GError **error)
{
    g_auto(Form) confirm = form_blank(req, confirm_fields, N_CONFIRM);
    g_auto(Form) off = form_blank(req, off_fields, N_OFF);

    return show_with(req, 200, &confirm, &off, error);
}

bool tilgang_begin_totp(Req *req, GError **error)
{
    const Signer who = me(req);

    return tilgang_totp_begin(req->db, req->arena, &who, error) &&
           req_redirect(req, "/min-konto/totrinn");
}

static bool finish(Req *req, GError **error)
{
    char codes[TOTP_RESERVES][AUTH_RECOVERY_SIZE];
    TotpView view = { .go_on = { "/min-konto" } };
    const Signer who = me(req);
    g_autoptr(GError) why = NULL;

    req_note(req, "innlogging.totrinn.paa", 0, who.person, NULL);
    if (!tilgang_totp_confirm(req->db, &who, req->now, codes, &why))
        return g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT)
                   ? req_redirect(req, "/min-konto/totrinn")
                   : app_pass(error, &why);
    tilgang_fill_codes(req, codes, &view);
    tilgang_kodene(req_page(req, 200, _("Your recovery codes")), &view);
    return true;
}

bool tilgang_confirm_totp(Req *req, GError **error)
{
    g_auto(Form) confirm = form_read(req, confirm_fields, N_CONFIRM);
    g_auto(Form) off = form_blank(req, off_fields, N_OFF);
    const Signer who = me(req);
    Totp totp;

    if (!tilgang_totp(req->db, req->arena, &who, &totp, error))
        return false;
    if (!totp.pending)
        return req_redirect(req, "/min-konto/totrinn");
    if (form_ok(&confirm) && !tilgang_check_own_password(req, &confirm, F_OWN_PASSWORD, error))
        return false;
    if (form_ok(&confirm) && !tilgang_try_code(req, &who, &confirm, F_CODE, false, error))
        return false;
    if (!form_ok(&confirm))
        return show_with(req, confirm.trouble ? 429 : 422, &confirm, &off, error);
    return finish(req, error);
}

bool tilgang_end_totp(Req *req, GError **error)
{
    g_auto(Form) confirm = form_blank(req, confirm_fields, N_CONFIRM);
    g_auto(Form) off = form_read(req, off_fields, N_OFF);
    const Signer who = me(req);
    bool required;

    if (!is_required(req, &required, error))
        return false;
    if (required)
        off.trouble = _("One of your roles demands two-step sign-in, so it cannot be turned off.");
    if (form_ok(&off) && !tilgang_check_own_password(req, &off, F_PASSWORD, error))
        return false;
    if (form_ok(&off) && !tilgang_try_code(req, &who, &off, F_OFF_CODE, true, error))
        return false;
    if (!form_ok(&off))
        return show_with(req, 422, &confirm, &off, error);
    req_note(req, "innlogging.totrinn.av", 0, who.person, NULL);
    if (!tilgang_totp_off(req->db, &who, error))
        return false;
    return req_redirect_saying(req, "/min-konto", _("Two-step sign-in is off."));
}

/* --- which roles must have it --- */

static bool fill_security(Req *req, SecurityView *view, GError **error)
{
    const char *const *codes = tilgang_roles_all();
    size_t n = 0;

    view->roles.v = arena_alloc(req->arena, 32 * sizeof(SecurityRole));
    for (; codes[n]; n++) {
        SecurityRole *role = &view->roles.v[n];

        *role = (SecurityRole){ .code = codes[n], .name = tilgang_role_name(codes[n]) };
        if (!tilgang_totp_required_role(req->db, req->arena, req->user->owner, codes[n],
                                        &role->required, error))
            return false;
    }
    view->roles.n = n;
    view->csrf = req->csrf;
    if (!eier_option(req->db, req->arena, req->user->owner, TOTP_ROLES, &view->stored, error))
        return false;
    view->stored = view->stored ? view->stored : "";
    return true;
}

static bool show_security(Req *req, int status, const char *trouble, GError **error)
{
    SecurityView view = { .trouble = trouble };

    if (!fill_security(req, &view, error))
        return false;
    tilgang_sikkerhet(req_page(req, status, _("Sign-in and security")), &view);
    return true;
}

bool tilgang_show_security(Req *req, GError **error)
{
    return show_security(req, 200, NULL, error);
}

/* The codes that were ticked, in the order of the roles. */
static char *ticked(Req *req)
{
    const char *const *posted = req_posted_all(req, "rolle");
    g_autoptr(GString) text = g_string_new(NULL);

    for (const char *const *code = tilgang_roles_all(); *code; code++)
        if (posted && g_strv_contains(posted, *code))
            g_string_append_printf(text, "%s%s", text->len ? " " : "", *code);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

typedef struct {
    Req *req;
    const char *codes, *seen; /* to store; what stood when the page was made, NULL: not said */
    bool stale;
} Demanding;

/* Sessions in a role that now demands it end, where the person has not set it up: the next sign-in
 * leads there. */
static bool demand_work(Db *db, void *arg, GError **error)
{
    Demanding *d = arg;
    int64_t owner = d->req->user->owner;
    g_auto(GStrv) codes = g_strsplit(d->codes, " ", -1);
    const char *now;

    if (!eier_option(db, d->req->arena, owner, TOTP_ROLES, &now, error))
        return false;
    now = now ? now : "";
    d->stale = d->seen && strcmp(now, d->seen) != 0 && strcmp(now, d->codes) != 0;
    if (d->stale)
        return true;
    if (!eier_option_set(db, owner, TOTP_ROLES, d->codes, error))
        return false;
    for (char **code = codes; *code && **code; code++)
        if (!tilgang_sessions_without(db, owner, *code, error))
            return false;
    return true;
}

bool tilgang_store_security(Req *req, GError **error)
{
    g_autofree char *codes = ticked(req);
    g_auto(GStrv) list = g_strsplit(codes, " ", -1);
    Demanding demanding = { req, codes, req_posted(req, "sett"), false };
    const Signer who = me(req);
    Totp totp;

    if (!tilgang_totp(req->db, req->arena, &who, &totp, error))
        return false;
    if (!totp.on && g_strv_contains((const char *const *)list, req->user->role))
        return show_security(req, 422,
                             _("You have that role yourself. Set up two-step sign-in for yourself "
                               "first, under My account."),
                             error);
    req_note(req, "innstilling.totrinn", 0, 0, codes);
    if (!db_transaction(req->db, demand_work, &demanding, error))
        return false;
    if (demanding.stale)
        return show_security(req, 409,
                             _("Somebody else has stored this meanwhile. The ticks below are as "
                               "they stand now: look them over and store again."),
                             error);
    return req_redirect_saying(req, "/innstillinger/sikkerhet",
                               _("Stored. Whoever lacks it sets it up at the next sign-in."));
}
