/* hjelp.c - the handbook by topic and whole, the words it explains, and what this program is.
 *
 * Topics whose key begins with a full stop have an address of their own and are not listed. Addresses
 * that topics have had lead to where the matter stands now.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjelp.h"
#include "hjelp-sider.h"
#include "hjelp.html.h"

static const struct {
    const char *old, *now;
} moved[] = {
    { "utskrift", "/hjelp/publisere#filer" },
    { "passord", "/hjelp/tilgang#passord" },
};

static bool show_list(Req *req, GError **error)
{
    TopicList topics;

    (void)error;
    hjelp_read_listed(req->arena, req->lang, &topics);
    req_cacheable(req);
    hjelp_liste(req_page(req, 200, _("User handbook")), &topics);
    return true;
}

static Doc *doc_of(Req *req, const Topic *topic, bool *ret_sections)
{
    const DocMeta meta = {
        .title = topic->title, .lang = i18n_tag(req->lang), .no_cover = true, .no_contents = true
    };
    Doc *doc = doc_new(&meta);

    *ret_sections = hjelp_put(doc, req, topic, 1, "");
    return doc;
}

static bool show_topic(Req *req, GError **error)
{
    const char *key = req_param(req, "emne");
    TopicView view = { 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(moved); i++)
        if (!strcmp(key, moved[i].old))
            return req_redirect(req, moved[i].now);
    hjelp_read_listed(req->arena, req->lang, &view.topics);
    for (size_t i = 0; i < view.topics.n; i++) {
        Topic *t = &view.topics.v[i];

        t->here = !strcmp(t->key, key);
        if (!t->here)
            continue;
        view.topic = *t;
        if (i > 0)
            view.before = view.topics.v[i - 1];
        if (i + 1 < view.topics.n)
            view.next = view.topics.v[i + 1];
    }
    if (!view.topic.title)
        return req_not_found(req, error);
    g_autoptr(Doc) doc = doc_of(req, &view.topic, &view.sections);
    req_cacheable(req);
    hjelp_emne(req_page(req, 200, view.topic.title), &view, doc);
    return true;
}

static bool show_whole(Req *req, GError **error)
{
    g_autoptr(Doc) doc = hjelp_book(req);

    (void)error;
    req_cacheable(req);
    hjelp_alt(req_page(req, 200, _("The whole handbook")), doc);
    return true;
}

static bool send_pdf(Req *req, GError **error)
{
    g_autoptr(Doc) doc = hjelp_book(req);
    g_autoptr(GBytes) pdf = NULL;
    size_t size;

    if (!doc_pdf(doc, &pdf, error))
        return false;
    const char *data = g_bytes_get_data(pdf, &size);

    req_cacheable(req);
    return req_send(req, 200, "application/pdf", data, size);
}

static int by_word(const void *a, const void *b)
{
    const char *x = ((const Topic *)a)->title, *y = ((const Topic *)b)->title;

    return nb_compare(x, strlen(x), y, strlen(y));
}

static bool show_words(Req *req, GError **error)
{
    TopicList words;

    (void)error;
    hjelp_read(req->arena, "ord", req->lang, &words);
    qsort(words.v, words.n, sizeof *words.v, by_word);
    req_cacheable(req);
    hjelp_ord(req_page(req, 200, _("What the words mean")), &words);
    return true;
}

static bool show_about(Req *req, GError **error)
{
    TopicList topics;
    bool sections;

    (void)error;
    hjelp_read(req->arena, "hjelp", req->lang, &topics);
    const Topic *topic = hjelp_find(&topics, ".om");
    g_autoptr(Doc) doc = doc_of(req, topic, &sections);

    req_cacheable(req);
    hjelp_alene(req_page(req, 200, topic->title), topic, doc);
    return true;
}

static const Route routes[] = {
    { "GET", "/hjelp", PERM_PUBLIC, show_list },
    { "GET", "/hjelp/alt", PERM_PUBLIC, show_whole },
    { "GET", "/hjelp/pdf", PERM_PUBLIC, send_pdf },
    { "GET", "/hjelp/{emne}", PERM_PUBLIC, show_topic },
    { "GET", "/ord", PERM_PUBLIC, show_words },
    { "GET", "/om", PERM_PUBLIC, show_about },
    { "GET", "/tilgjengelighet", PERM_PUBLIC, hjelp_show_statement },
    { "GET", "/innstillinger/tilgjengelighet", PERM_OWNER_SETUP, hjelp_show_statement_setup },
    { "POST", "/innstillinger/tilgjengelighet", PERM_OWNER_SETUP, hjelp_post_statement_setup },
    { 0 }
};

static const MenuItem settings[] = {
    { N_("Accessibility statement"), "/innstillinger/tilgjengelighet", PERM_OWNER_SETUP, 15 }, { 0 }
};

const Slice hjelp_slice = {
    .name = "hjelp", .routes = routes, .settings = settings, .search = hjelp_search
};
