/* hjelp.c - the handbook: one embedded CommonMark file for each language, cut into topics.
 *
 * A topic begins with a line "%% KEY TITLE", and the next line is its summary. Keys are the same in all
 * languages, so an address can be passed on. Topics whose key begins with a full stop have an address
 * of their own and are not listed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjelp.h"
#include "embed.h"
#include "hjelp-sider.h"
#include "hjelp.html.h"

#define TOPIC_MARK "%% "

static char *file_text(Lang lang)
{
    g_autofree char *name = g_strdup_printf("hjelp-%s.md", i18n_tag(lang));

    for (size_t i = 0; i < app_n_seed; i++)
        if (!strcmp(app_seed[i].name, name))
            return g_strndup((const char *)app_seed[i].data, app_seed[i].size);
    g_error("the handbook %s is not in the program", name); /* a build without it is a bug */
}

/* `part` is "KEY TITLE\nSUMMARY\n\nTEXT". */
static Topic topic_of(Arena *arena, const char *part)
{
    g_auto(GStrv) lines = g_strsplit(part, "\n", 3);
    g_auto(GStrv) head = g_strsplit(lines[0], " ", 2);

    g_assert(g_strv_length(lines) == 3 && g_strv_length(head) == 2);
    return (Topic){ .key = arena_dup(arena, head[0]),
                    .title = arena_dup(arena, head[1]),
                    .summary = arena_dup(arena, lines[1]),
                    .text = arena_dup(arena, lines[2]),
                    .url = url_for(arena, "/hjelp/%s", head[0]) };
}

void hjelp_load(Arena *arena, Lang lang, TopicList *ret)
{
    g_autofree char *text = file_text(lang);
    g_auto(GStrv) parts = g_strsplit(text, "\n" TOPIC_MARK, -1);
    size_t n = g_strv_length(parts);

    *ret = (TopicList){ arena_alloc(arena, MAX(n, 1) * sizeof(Topic)), n };
    for (size_t i = 0; i < n; i++)
        ret->v[i] = topic_of(arena, parts[i] + (i == 0 ? strlen(TOPIC_MARK) : 0));
}

static void keep_listed(TopicList *topics)
{
    size_t kept = 0;

    for (size_t i = 0; i < topics->n; i++)
        if (topics->v[i].key[0] != '.')
            topics->v[kept++] = topics->v[i];
    topics->n = kept;
}

static bool show_list(Req *req, GError **error)
{
    TopicList topics;

    (void)error;
    hjelp_load(req->arena, req->lang, &topics);
    keep_listed(&topics);
    req_cacheable(req);
    hjelp_liste(req_page(req, 200, _("User handbook")), &topics);
    return true;
}

static Doc *doc_of(Req *req, const Topic *topic)
{
    const DocMeta meta = {
        .title = topic->title, .lang = i18n_tag(req->lang), .no_cover = true, .no_contents = true
    };
    Doc *doc = doc_new(&meta);

    doc_markdown(doc, topic->text, 1);
    return doc;
}

static bool show_topic(Req *req, GError **error)
{
    const char *key = req_param(req, "emne");
    TopicView view = { 0 };

    hjelp_load(req->arena, req->lang, &view.topics);
    keep_listed(&view.topics);
    for (size_t i = 0; i < view.topics.n; i++) {
        Topic *t = &view.topics.v[i];

        t->here = !strcmp(t->key, key);
        if (!t->here)
            continue;
        view.topic = *t;
        if (i + 1 < view.topics.n)
            view.next = view.topics.v[i + 1];
    }
    if (!view.topic.title)
        return req_not_found(req, error);
    g_autoptr(Doc) doc = doc_of(req, &view.topic);
    req_cacheable(req);
    hjelp_emne(req_page(req, 200, view.topic.title), &view, doc);
    return true;
}

static bool show_alone(Req *req, const char *key, GError **error)
{
    TopicList topics;

    hjelp_load(req->arena, req->lang, &topics);
    for (size_t i = 0; i < topics.n; i++) {
        if (strcmp(topics.v[i].key, key))
            continue;
        g_autoptr(Doc) doc = doc_of(req, &topics.v[i]);

        req_cacheable(req);
        hjelp_alene(req_page(req, 200, topics.v[i].title), &topics.v[i], doc);
        return true;
    }
    return req_not_found(req, error);
}

static bool show_accessibility(Req *req, GError **error)
{
    return show_alone(req, ".tilgjengelighet", error);
}

static bool show_about(Req *req, GError **error)
{
    return show_alone(req, ".om", error);
}

static const Route routes[] = { { "GET", "/hjelp", PERM_PUBLIC, show_list },
                                { "GET", "/hjelp/{emne}", PERM_PUBLIC, show_topic },
                                { "GET", "/tilgjengelighet", PERM_PUBLIC, show_accessibility },
                                { "GET", "/om", PERM_PUBLIC, show_about },
                                { 0 } };

const Slice hjelp_slice = { "hjelp", routes, .search = hjelp_search };
