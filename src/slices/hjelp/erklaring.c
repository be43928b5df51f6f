/* erklaring.c - the accessibility statement of a municipality: what the program knows of itself, and what
 * the municipality answers for: whom to write to, when it was looked through, what else is lacking.
 *
 * Without a date it says that it is a draft. The statement that counts in law is the one a
 * municipality publishes through uustatus.no.
 * Source: forskrift om universell utforming av ikt-løsninger, FOR-2013-06-21-732, § 2 and § 3.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "hjelp-sider.h"
#include "erklaring.html.h"

#define HERE "/innstillinger/tilgjengelighet"
#define OFFICIAL "https://uustatus.no/"

enum { F_MAIL, F_PHONE, F_DATE, F_OFFICIAL, F_GAPS, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_MAIL] = { "epost", FIELD_EMAIL, N_("E-mail address for those who cannot use a page"),
                 .max = 200 },
    [F_PHONE] = { "telefon", FIELD_LINE, N_("Telephone"), .max = 40 },
    [F_DATE] = { "dato", FIELD_DATE, N_("The municipality looked through the statement on"),
                 .not_after = "today",
                 .help = N_("Until there is a date here, the page says that it is a draft.") },
    [F_OFFICIAL] = { "uustatus", FIELD_LINE, N_("Address of the statement at uustatus.no"),
                     .max = 200,
                     .help = N_("The municipality must publish its statement through uustatus.no "
                                "and look through it each year.") },
    [F_GAPS] = { "mangler", FIELD_TEXT, N_("What else does not hold, in plain words"),
                 .max = 1000 },
};
/* The owner's own settings that keep them. */
static const char *const keys[N_FIELDS] = { "uu-epost", "uu-telefon", "uu-dato", "uu-status",
                                            "uu-mangler" };

static bool read_values(Req *req, int64_t owner, const char **values, GError **error)
{
    for (int i = 0; i < N_FIELDS; i++)
        if (!eier_option(req->db, req->arena, owner, keys[i], &values[i], error))
            return false;
    return true;
}

/* --- the page --- */

/* Whose statement: of the one asked for, the host's or one's own, or the only one there is. */
static bool find_owner(Req *req, const EierList *all, int64_t *ret)
{
    const char *number = req_query(req, "eier");

    *ret = req->owner ? req->owner : all->n == 1 ? all->v[0].id : 0;
    if (!number)
        return true;
    *ret = 0;
    for (size_t i = 0; i < all->n; i++)
        if (!strcmp(all->v[i].number, number))
            *ret = all->v[i].id;
    return *ret != 0;
}

static TopicList choices_of(Req *req, const EierList *all)
{
    TopicList list = { arena_alloc(req->arena, MAX(all->n, 1) * sizeof(Topic)), all->n };

    for (size_t i = 0; i < all->n; i++)
        list.v[i] = (Topic){ .title = all->v[i].name,
                             .url = url_with(req->arena, url_for(req->arena, "/tilgjengelighet"),
                                             "eier", all->v[i].number) };
    return list;
}

static bool fill_statement(Req *req, int64_t owner, Statement *s, GError **error)
{
    const char *values[N_FIELDS];
    Eier eier;

    if (!eier_get(req->db, req->arena, owner, &eier, error) ||
        !read_values(req, owner, values, error) || !req_about(req, owner, error))
        return false;
    s->owner = eier.name;
    s->mail = values[F_MAIL];
    s->phone = values[F_PHONE];
    s->gaps = values[F_GAPS];
    if (values[F_DATE]) {
        char *words = arena_alloc(req->arena, DATE_TEXT);

        s->date = date_text(values[F_DATE], words);
    }
    if (s->mail)
        s->write_to = url_checked(req->arena, arena_printf(req->arena, "mailto:%s", s->mail));
    if (values[F_OFFICIAL])
        s->official = url_checked(req->arena, values[F_OFFICIAL]);
    if (req_may(req, PERM_OWNER_SETUP) && req->user->owner == owner)
        s->change = url_for(req->arena, HERE);
    return true;
}

bool hjelp_show_statement(Req *req, GError **error)
{
    Statement s = { 0 };
    TopicList topics;
    EierList all;
    int64_t owner;

    if (!eier_list(req->db, req->arena, &all, error))
        return false;
    if (!find_owner(req, &all, &owner))
        return req_not_found(req, error);
    if (owner ? !fill_statement(req, owner, &s, error) : false)
        return false;
    if (!owner)
        s.owners = choices_of(req, &all);
    hjelp_read(req->arena, "hjelp", req->lang, &topics);
    const Topic *topic = hjelp_find(&topics, ".tilgjengelighet");
    const DocMeta meta = {
        .title = topic->title, .lang = i18n_tag(req->lang), .no_cover = true, .no_contents = true
    };
    g_autoptr(Doc) doc = doc_new(&meta);

    hjelp_put(doc, req, topic, 1, "");
    req_cacheable(req);
    erklaring_side(req_page(req, 200, topic->title), topic, &s, doc);
    return true;
}

/* --- what the municipality answers for --- */

static bool show_with(Req *req, int status, const Form *form)
{
    const Url action = url_for(req->arena, HERE);

    erklaring_oppsett(req_page(req, status, _("Accessibility statement")), form, action);
    return true;
}

/* What stands. */
static bool fill(Req *req, Form *form, GError **error)
{
    const char *values[N_FIELDS];

    if (!read_values(req, req->user->owner, values, error))
        return false;
    for (int i = 0; i < N_FIELDS; i++)
        form_set(form, i, values[i]);
    return true;
}

bool hjelp_show_statement_setup(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);

    if (!fill(req, &form, error))
        return false;
    form_mark(&form);
    return show_with(req, 200, &form);
}

typedef struct {
    Req *req;
    int64_t owner;
    Form *form;
    bool stale;
} Storing;

static bool store(Db *db, void *data, GError **error)
{
    Storing *s = data;
    Req inside = *s->req; /* reads where it writes */
    g_auto(Form) now = form_blank(&inside, fields, N_FIELDS);

    inside.db = db;
    if (!fill(&inside, &now, error))
        return false;
    s->stale = form_stale(s->form, &now);
    for (int i = 0; !s->stale && i < N_FIELDS; i++)
        if (!eier_option_set(db, s->owner, keys[i], s->form->value[i], error))
            return false;
    return true;
}

bool hjelp_post_statement_setup(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    Storing storing = { req, req->user->owner, &form, false };

    if (*form.value[F_OFFICIAL] && !g_str_has_prefix(form.value[F_OFFICIAL], OFFICIAL))
        form.problem[F_OFFICIAL] = _("The address begins with https://uustatus.no/");
    if (*form.value[F_DATE] && !*form.value[F_MAIL] && !*form.value[F_PHONE])
        form.problem[F_MAIL] =
            _("Write an e-mail address or a telephone number: people must be able to tell you");
    if (!form_ok(&form))
        return show_with(req, 422, &form);
    req_note(req, "eier.oppsett", req->user->owner, 0, _("Accessibility statement"));
    if (!db_transaction(req->db, store, &storing, error))
        return false;
    return storing.stale ? show_with(req, 409, &form)
                         : req_redirect_saying(req, HERE, _("The statement is saved."));
}
