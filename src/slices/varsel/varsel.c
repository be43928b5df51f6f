/* varsel.c - the outbox: a mail is put there in the transaction of what it tells of, and sent by a job.
 *
 * Until it is sent its text is sealed, for a link in it may open a door; then it is emptied. What was
 * sent to whom, and when, is kept for a while.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "oppsett.h"
#include "eier.h"
#include "jobb.h"
#include "varsel.sql.h"

#define SUBJECT_MAX 200
#define RECEIVER_MAX 120
#define TRIES 10
#define KEPT_DAYS 90
#define LEAST_DAYS 7

/* --- how it is sent --- */

static const char *kept(Arena *arena, const char *text)
{
    return text && *text ? arena_dup(arena, text) : NULL;
}

static MailSecurity security_of(const char *word)
{
    return !strcmp(word, "open") ? MAIL_OPEN : !strcmp(word, "tls") ? MAIL_TLS : MAIL_STARTTLS;
}

static bool take_row(Db *db, Arena *arena, const VarselOppsettSelectRow *r, MailSetup *ret,
                     GError **error)
{
    if (r->sender)
        ret->sender = arena_dup(arena, r->sender);
    if (r->sender_name)
        ret->sender_name = arena_dup(arena, r->sender_name);
    if (r->base_url)
        ret->base_url = arena_dup(arena, r->base_url);
    if (!r->server)
        return true;
    ret->from_page = true;
    ret->server = (MailServer){ .server = arena_dup(arena, r->server),
                                .port = (int)r->port,
                                .security = security_of(r->security),
                                .user = kept(arena, r->username) };
    if (!r->password)
        return true;
    if (!eier_unseal(db, arena, VARSEL_PASSWORD, r->password, &ret->server.password, error))
        return false;
    ret->locked = !ret->server.password;
    return true;
}

bool varsel_setup(Db *db, Arena *arena, int64_t owner, MailSetup *ret, GError **error)
{
    const MailDefaults *defaults = mail_defaults();
    g_auto(VarselOppsettSelectRows) rows = { 0 };
    Eier eier;

    if (!eier_get(db, arena, owner, &eier, error) ||
        !varsel_oppsett_select(db, owner, &rows, error))
        return false;
    *ret = (MailSetup){ .server = defaults->server,
                        .sender = defaults->sender,
                        .sender_name = eier.name,
                        .base_url = defaults->base_url };
    return rows.n == 0 || take_row(db, arena, &rows.v[0], ret, error);
}

bool varsel_ready(const MailSetup *setup)
{
    return setup->server.server && setup->sender && !setup->locked;
}

bool varsel_on(Db *db, int64_t owner, bool *ret, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    MailSetup setup;

    if (!varsel_setup(db, arena, owner, &setup, error))
        return false;
    *ret = varsel_ready(&setup);
    return true;
}

/* The owner's; where none is said, the only one there is. */
static const char *stored_base(Db *db, Arena *arena, int64_t owner)
{
    g_auto(VarselAddressesRows) rows = { 0 };

    if (!varsel_addresses(db, &rows, NULL))
        return NULL;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].owner == owner)
            return arena_dup(arena, rows.v[i].base_url);
    return rows.n == 1 && !owner ? arena_dup(arena, rows.v[0].base_url) : NULL;
}

static size_t without_slash(const char *base)
{
    size_t n = strlen(base);

    while (n && base[n - 1] == '/')
        n--;
    return n;
}

const char *varsel_link_of(Db *db, Arena *arena, int64_t owner, const char *path)
{
    const char *base = stored_base(db, arena, owner);

    if (!base)
        base = mail_defaults()->base_url;
    return base ? arena_printf(arena, "%.*s%s", (int)without_slash(base), base, path)
                : arena_dup(arena, path);
}

const char *varsel_link(Db *db, Arena *arena, const char *path)
{
    return varsel_link_of(db, arena, db_owner(db), path);
}

/* --- the outbox --- */

static bool is_line(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            return false;
    return g_utf8_validate(text, -1, NULL);
}

bool varsel_queue(Db *db, int64_t owner, int64_t id, int64_t now, GError **error)
{
    char text[ID_TEXT];
    const JobNew job = {
        .owner = owner, .kind = "varsel", .title = _("Sending e-mail"), .args = id_text(id, text)
    };

    return jobb_add(db, &job, now, NULL, error);
}

static bool check(const VarselNew *mail, GError **error)
{
    if (!mail_address_valid(mail->to))
        return app_fail(error, APP_ERROR_INVALID, _("\"%s\" is not an e-mail address"), mail->to);
    if (!*mail->subject || g_utf8_strlen(mail->subject, -1) > SUBJECT_MAX ||
        !is_line(mail->subject) || (mail->to_name && !is_line(mail->to_name)))
        return app_fail(error, APP_ERROR_INVALID,
                        "a mail's subject is one line of 1-200 characters");
    if (!g_utf8_validate(mail->text, -1, NULL))
        return app_fail(error, APP_ERROR_INVALID, "a mail's text is UTF-8");
    return true;
}

bool varsel_add(Db *db, const VarselNew *mail, int64_t now, GError **error)
{
    g_auto(VarselInsertRows) added = { 0 };
    g_autoptr(Arena) arena = arena_new();
    const char *name = mail->to_name ? mail->to_name : "", *content;
    bool on;

    if (!check(mail, error) || !varsel_on(db, mail->owner, &on, error))
        return false;
    if (!on)
        return true;
    if (g_utf8_strlen(name, -1) > RECEIVER_MAX)
        name = "";
    if (!eier_seal(db, arena, VARSEL_CONTENT, mail->text, &content, error))
        return false;
    const VarselInsertArgs args = { .owner = mail->owner,
                                    .id = id_new(),
                                    .person = mail->person ? mail->person : NO_INT,
                                    .address = mail->to,
                                    .name = name,
                                    .subject = mail->subject,
                                    .content = content,
                                    .key = mail->key,
                                    .now = now };

    return varsel_insert(db, &args, &added, error) &&
           (added.n == 0 || varsel_queue(db, mail->owner, added.v[0].id, now, error));
}

/* --- sending --- */

static bool note_failure(Job *job, int64_t id, const MailResult *result, GError **why,
                         GError **error)
{
    bool last = result->lasting || job->attempt >= TRIES;

    if (!varsel_tried(job->db, job->owner, id, last ? "feilet" : "venter",
                      mail_trouble_code(result->trouble), result->answer, job->now, error))
        return false;
    if (!result->lasting)
        return app_pass(error, why);
    job_result(job, mail_trouble_text(result->trouble), "/innstillinger/e-post");
    return true;
}

static bool send_it(Job *job, int64_t id, const VarselSelectRow *r, GError **error)
{
    MailResult result = { .trouble = MAIL_OTHER };
    g_autoptr(GError) why = NULL;
    const char *content;
    char name[ID_TEXT];
    MailSetup setup;

    if (!varsel_setup(job->db, job->arena, job->owner, &setup, error) ||
        !eier_unseal(job->db, job->arena, VARSEL_CONTENT, r->content, &content, error))
        return false;
    const Mail mail = { .from = setup.sender,
                        .from_name = setup.sender_name,
                        .to = r->address,
                        .to_name = r->name,
                        .subject = r->subject,
                        .text = content,
                        .id = id_text(id, name),
                        .at = job->now };

    result.lasting = !content; /* sealed under a key that is gone: no later try can read it */
    if (!content || !varsel_ready(&setup)) {
        app_fail(&why, APP_ERROR_BUSY, "mail is not set up");
        return note_failure(job, id, &result, &why, error);
    }
    if (mail_send(&setup.server, &mail, &result, &why))
        return varsel_done(job->db, job->owner, id, job->now, error);
    return note_failure(job, id, &result, &why, error);
}

static bool run(Job *job, GError **error)
{
    g_auto(VarselSelectRows) rows = { 0 };
    int64_t id = id_parse(job->args);

    if (!varsel_select(job->db, job->owner, id, &rows, error))
        return false;
    if (rows.n == 0 || strcmp(rows.v[0].state, "venter"))
        return true; /* sent before a crash, or taken out of the outbox */
    return send_it(job, id, &rows.v[0], error);
}

const JobKind varsel_jobs[] = { { .kind = "varsel",
                                  .label = N_("Sending e-mail"),
                                  .run = run,
                                  .attempts = TRIES,
                                  .lease = 120 },
                                { 0 } };

/* --- how long it is kept --- */

static bool forget(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n, GError **error)
{
    g_auto(VarselOldCountRows) rows = { 0 };

    if (!varsel_old_count(db, owner, before, &rows, error))
        return false;
    *ret_n = rows.v[0].n;
    return dry || varsel_old_delete(db, owner, before, error);
}

const Retention varsel_retention[] = { { "varsel",
                                         N_("E-mail that has been sent, or that could not be"),
                                         N_("To whom and when; the text goes when it is sent. "
                                            "Needed while somebody may ask where a mail went."),
                                         KEPT_DAYS, LEAST_DAYS, forget },
                                       { 0 } };

/* --- one's own --- */

/* Not the text: it goes when the mail is sent, and a link in it opens doors until then. */
static bool person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                        GError **error)
{
    g_auto(VarselOfPersonRows) rows = { 0 };
    json_t *mails = json_array();
    char asked[DATE_TEXT], sent[DATE_TEXT];

    (void)arena;
    json_object_set_new(into, "epost_sendt", mails);
    if (!varsel_of_person(db, owner, person, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const VarselOfPersonRow *r = &rows.v[i];

        json_array_append_new(
            mails, json_pack("{s:s, s:s, s:s, s:s?}", "emne", r->subject, "til", r->address, "bedt",
                             time_text(r->added_at, asked), "sendt",
                             strcmp(r->state, "sendt") ? NULL : time_text(r->tried_at, sent)));
    }
    return true;
}

static const Route routes[] = {
    { "GET", "/innstillinger/e-post", PERM_MAIL_SETUP, varsel_show_setup },
    { "POST", "/innstillinger/e-post", PERM_MAIL_SETUP, varsel_store_setup },
    { "POST", "/innstillinger/e-post/{id}/igjen", PERM_MAIL_SETUP, varsel_send_again },
    { "POST", "/innstillinger/e-post/{id}/dropp", PERM_MAIL_SETUP, varsel_give_up },
    { 0 }
};
static const MenuItem settings[] = {
    { N_("E-mail"), "/innstillinger/e-post", PERM_MAIL_SETUP, 300 }, { 0 }
};

const Slice varsel_slice = { "varsel",
                             .routes = routes,
                             .settings = settings,
                             .jobs = varsel_jobs,
                             .retention = varsel_retention,
                             .person_data = person_data };
