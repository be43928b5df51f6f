/* oppsett.c - the page where mail is set up, tried, and where one sees what has not gone out.
 *
 * A stored password is never shown again, and never sent to another server than the one it was typed
 * for: whoever changes server or user types it anew.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "oppsett.h"
#include "oppsett-sider.h"
#include "eier.h"
#include "oppsett.sql.h"
#include "oppsett.html.h"

enum {
    F_SERVER,
    F_PORT,
    F_SECURITY,
    F_USER,
    F_PASSWORD,
    F_SENDER,
    F_SENDER_NAME,
    F_BASE,
    N_FIELDS
};
static const Field fields[N_FIELDS] = {
    [F_SERVER] = { "server", FIELD_LINE, N_("Mail server"), .max = 200,
                   .help =
                       N_("For example smtp.example.no. Leave it empty to send no mail, or to use "
                          "what the settings file says.") },
    [F_PORT] = { "port", FIELD_INT, N_("Port"), .low = 1, .high = 65535,
                 .help =
                     N_("587 for STARTTLS, 465 for TLS, 25 on the municipality's own network") },
    [F_SECURITY] = { "kryptering", FIELD_RADIO, N_("Encryption"), .required = true },
    [F_USER] = { "bruker", FIELD_LINE, N_("User name"), .max = 200, .autocomplete = "off",
                 .help = N_("Empty when the server asks for none") },
    [F_PASSWORD] = { "epostpassord", FIELD_PASSWORD, N_("Password"), .max = 200,
                     .autocomplete = "new-password",
                     .help =
                         N_("Stored encrypted and never shown again. Leave it empty to keep the "
                            "one that is stored.") },
    [F_SENDER] = { "avsender", FIELD_EMAIL, N_("Sender’s address"), .max = 254,
                   .help = N_("For example ikke-svar@example.no; the server must let it send") },
    [F_SENDER_NAME] = { "avsendernavn", FIELD_LINE, N_("Sender’s name"), .max = 120,
                        .help = N_("Empty: the name of the municipality") },
    [F_BASE] = { "adresse", FIELD_LINE, N_("Address of this system"), .max = 200,
                 .help =
                     N_("As people write it in the browser, such as https://oppvekst.example.no. "
                        "Links in e-mail begin with it.") },
};

static void set_options(Form *form)
{
    static const char *const values[] = { "starttls", "tls", "open" };
    Option *options = arena_alloc(form->req->arena, 4 * sizeof *options);

    options[0] = (Option){ values[0], _("STARTTLS, the usual choice") };
    options[1] = (Option){ values[1], _("TLS from the first moment") };
    options[2] = (Option){ values[2], _("None: only within the municipality’s own network") };
    form_options(form, F_SECURITY, options);
}

/* --- drawing --- */

static const char *status_text(Req *req, const MailSetup *setup)
{
    if (setup->locked)
        return _(
            "The stored password cannot be read, because the installation’s secret has changed. "
            "Type the password again.");
    if (!setup->server.server)
        return _("E-mail is not set up. Invitations and new passwords are shown as links to copy.");
    if (!setup->sender)
        return _("The sender’s address is missing, so nothing is sent.");
    return arena_printf(req->arena,
                        setup->from_page
                            ? _("E-mail is sent through %s.")
                            : _("E-mail is sent through %s, as the settings file says."),
                        setup->server.server);
}

static OutboxLine outbox_line(Req *req, const VarselOpenRow *r)
{
    char time[DATE_TEXT];
    bool failed = !strcmp(r->state, "feilet");
    MailTrouble trouble = mail_trouble_of(r->trouble);

    return (OutboxLine){ .to = arena_dup(req->arena, r->address),
                         .subject = arena_dup(req->arena, r->subject),
                         .when = arena_dup(req->arena, time_text(r->added_at, time)),
                         .tries = r->tries,
                         .trouble = *r->trouble ? mail_trouble_text(trouble) : "",
                         .answer = arena_dup(req->arena, r->answer),
                         .failed = failed,
                         .again = url_for(req->arena, "/innstillinger/e-post/%I/igjen", r->id),
                         .drop = url_for(req->arena, "/innstillinger/e-post/%I/dropp", r->id) };
}

static bool fill_outbox(Req *req, SetupView *view, GError **error)
{
    g_auto(VarselOpenRows) rows = { 0 };
    g_auto(VarselCountsRows) counts = { 0 };

    if (!varsel_open(req->db, req->user->owner, &rows, error) ||
        !varsel_counts(req->db, req->user->owner, &counts, error))
        return false;
    view->n_sent = counts.v[0].sent;
    view->outbox =
        (OutboxLines){ arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(OutboxLine)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        view->outbox.v[i] = outbox_line(req, &rows.v[i]);
    return true;
}

static bool show_with(Req *req, int status, const Form *form, SetupView *view, GError **error)
{
    MailSetup setup;

    if (!varsel_setup(req->db, req->arena, req->user->owner, &setup, error) ||
        !fill_outbox(req, view, error))
        return false;
    view->form = form;
    view->csrf = req->csrf;
    view->ready = varsel_ready(&setup);
    view->status = status_text(req, &setup);
    view->no_base = !setup.base_url;
    varsel_oppsett(req_page(req, status, _("E-mail")), view);
    return true;
}

/* The form as stored; empty where nothing is. */
static bool fill_form(Req *req, Form *form, GError **error)
{
    g_auto(VarselStoredSelectRows) rows = { 0 };

    set_options(form);
    if (!varsel_stored_select(req->db, req->user->owner, &rows, error))
        return false;
    form_set(form, F_PORT, "587");
    form_set(form, F_SECURITY, "starttls");
    if (rows.n == 0)
        return true;
    const VarselStoredSelectRow *r = &rows.v[0];

    form_set(form, F_SERVER, r->server);
    form_set(form, F_PORT, arena_printf(req->arena, "%d", (int)r->port));
    form_set(form, F_SECURITY, r->security);
    form_set(form, F_USER, r->username);
    form_set(form, F_SENDER, r->sender);
    form_set(form, F_SENDER_NAME, r->sender_name);
    form_set(form, F_BASE, r->base_url);
    return true;
}

bool varsel_show_setup(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    SetupView view = { 0 };

    if (!fill_form(req, &form, error))
        return false;
    form_mark(&form);
    return show_with(req, 200, &form, &view, error);
}

/* --- storing --- */

/* "https://host", "http://host:port": no path, no user. */
static bool is_base(const char *text)
{
    const char *host = g_str_has_prefix(text, "https://")  ? text + 8
                       : g_str_has_prefix(text, "http://") ? text + 7
                                                           : "";
    size_t n = strcspn(host, "/");

    return n > 0 && strspn(host + n, "/") == strlen(host + n) &&
           strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == n;
}

static bool is_host(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") ==
           strlen(text);
}

static void check_form(Form *form)
{
    const char *server = form->value[F_SERVER], *base = form->value[F_BASE];

    if (!form->problem[F_SERVER] && !is_host(server))
        form->problem[F_SERVER] = _("Write the server’s name alone, such as smtp.example.no");
    if (*server && !form->problem[F_PORT] && !*form->value[F_PORT])
        form->problem[F_PORT] = _("Write the port");
    if (!form->problem[F_BASE] && *base && !is_base(base))
        form->problem[F_BASE] =
            _("Write the address with https:// first and nothing after the name");
    if (!form->problem[F_SENDER] && *form->value[F_SENDER] &&
        !mail_address_valid(form->value[F_SENDER]))
        form->problem[F_SENDER] = _("This is not an e-mail address that can be sent from");
    if (*server && !*form->value[F_SENDER] && !mail_defaults()->sender && !form->problem[F_SENDER])
        form->problem[F_SENDER] = _("Write the address that mail is sent from");
}

static bool same_place(const Form *form, const VarselStoredSelectRow *r)
{
    return !g_strcmp0(form->value[F_SERVER], r->server ? r->server : "") &&
           !g_strcmp0(form->value[F_USER], r->username ? r->username : "") &&
           form_int(form, F_PORT) == r->port && !g_strcmp0(form->value[F_SECURITY], r->security);
}

/* The sealed password to store, NULL for none; a problem when the stored one may not go along. */
static bool choose_password(Req *req, Form *form, const VarselStoredSelectRow *old,
                            const char **ret, GError **error)
{
    *ret = NULL;
    if (!*form->value[F_SERVER] || !*form->value[F_USER])
        return true;
    if (*form->value[F_PASSWORD])
        return eier_seal(req->db, req->arena, VARSEL_PASSWORD, form->value[F_PASSWORD], ret, error);
    if (!old || !old->password)
        return true;
    if (same_place(form, old))
        *ret = arena_dup(req->arena, old->password);
    else
        form->problem[F_PASSWORD] =
            _("Type the password again: the stored one belongs to another server or user");
    return true;
}

static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

static bool store(Req *req, Form *form, const char *password, GError **error)
{
    g_autofree char *base = g_strdup(form->value[F_BASE]);

    while (*base && g_str_has_suffix(base, "/"))
        base[strlen(base) - 1] = '\0';
    const VarselOppsettUpsertArgs args = { .owner = req->user->owner,
                                           .server = or_null(form->value[F_SERVER]),
                                           .port =
                                               *form->value[F_PORT] ? form_int(form, F_PORT) : 587,
                                           .security = form->value[F_SECURITY],
                                           .username = or_null(form->value[F_USER]),
                                           .password = password,
                                           .sender = or_null(form->value[F_SENDER]),
                                           .sender_name = or_null(form->value[F_SENDER_NAME]),
                                           .base_url = or_null(base),
                                           .changed_at = req->now };

    return varsel_oppsett_upsert(req->db, &args, error);
}

typedef struct {
    Req *req;
    Form *form;
    const char *password;
    bool stale; /* another has stored since the form was made */
} Storing;

static bool store_work(Db *db, void *data, GError **error)
{
    Storing *s = data;
    Req inside = *s->req; /* reads where it writes */
    g_auto(Form) now = form_blank(&inside, fields, N_FIELDS);

    inside.db = db;
    if (!fill_form(&inside, &now, error))
        return false;
    s->stale = form_stale(s->form, &now);
    return s->stale || store(&inside, s->form, s->password, error);
}

bool varsel_store_setup(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    g_auto(VarselStoredSelectRows) rows = { 0 };
    SetupView view = { 0 };
    Storing storing = { .req = req, .form = &form };

    set_options(&form);
    check_form(&form);
    if (!varsel_stored_select(req->db, req->user->owner, &rows, error))
        return false;
    if (form_ok(&form) &&
        !choose_password(req, &form, rows.n ? &rows.v[0] : NULL, &storing.password, error))
        return false;
    if (!form_ok(&form))
        return show_with(req, 422, &form, &view, error);
    req_note(req, "varsel.oppsett", 0, 0, form.value[F_SERVER]);
    if (!db_transaction(req->db, store_work, &storing, error))
        return false;
    if (storing.stale)
        return show_with(req, 409, &form, &view, error);
    return req_redirect_saying(
        req, "/innstillinger/e-post",
        _("The set-up is stored. Send yourself a mail to see that it works."));
}

/* --- trying it --- */

static bool send_test(Req *req, const MailSetup *setup, const char *to, MailResult *ret,
                      GError **error)
{
    char id[ID_TEXT];
    g_autoptr(GError) why = NULL;
    const Mail mail = { .from = setup->sender,
                        .from_name = setup->sender_name,
                        .to = to,
                        .to_name = req->user->name,
                        .subject = _("This is a test from oppvekst"),
                        .text =
                            _("E-mail works. You asked for this mail on the page where e-mail is "
                              "set up.\n"),
                        .id = id_text(id_new(), id),
                        .at = req->now };

    if (mail_send(&setup->server, &mail, ret, &why) ||
        g_error_matches(why, APP_ERROR, APP_ERROR_BUSY))
        return true;
    return app_pass(error, &why);
}

bool varsel_try(Req *req, const char *to, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    SetupView view = { .tried = true, .tried_to = to };
    MailResult result = { .trouble = MAIL_OTHER };
    MailSetup setup;

    if (!fill_form(req, &form, error) ||
        !varsel_setup(req->db, req->arena, req->user->owner, &setup, error))
        return false;
    if (!varsel_ready(&setup))
        return req_redirect(req, "/innstillinger/e-post");
    if (!send_test(req, &setup, to, &result, error))
        return false;
    view.trouble = mail_trouble_text(result.trouble);
    view.answer = arena_dup(req->arena, result.answer);
    return show_with(req, 200, &form, &view, error);
}

/* --- the outbox --- */

/* A mail of the owner's that has been there, in whatever state it is now. */
static bool find_mail(Db *db, int64_t owner, int64_t id, GError **error)
{
    g_auto(VarselStateRows) rows = { 0 };

    return varsel_state(db, owner, id, &rows, error) &&
           (rows.n > 0 || app_fail(error, APP_ERROR_NOT_FOUND, "no such mail"));
}

static bool again_work(Db *db, void *arg, GError **error)
{
    Req *req = arg;
    g_auto(VarselAgainRows) rows = { 0 };
    int64_t id = req_id(req, "id");

    return find_mail(db, req->user->owner, id, error) &&
           varsel_again(db, req->user->owner, id, &rows, error) &&
           (rows.n == 0 || varsel_queue(db, req->user->owner, id, req->now, error));
}

bool varsel_send_again(Req *req, GError **error)
{
    req_note(req, "varsel.igjen", req_id(req, "id"), 0, NULL);
    if (!db_transaction(req->db, again_work, req, error))
        return false;
    return req_redirect_saying(req, "/innstillinger/e-post",
                               _("The mail is on its way again. Load the page anew in a moment."));
}

bool varsel_give_up(Req *req, GError **error)
{
    g_auto(VarselDropRows) rows = { 0 };

    req_note(req, "varsel.dropp", req_id(req, "id"), 0, NULL);
    if (!find_mail(req->db, req->user->owner, req_id(req, "id"), error) ||
        !varsel_drop(req->db, req->user->owner, req_id(req, "id"), &rows, error))
        return false;
    return req_redirect_saying(req, "/innstillinger/e-post",
                               rows.n ? _("The mail is taken out and will not be sent.")
                                      : _("The mail had been sent already."));
}
