/* emner.c - the books that travel in the program: CommonMark files cut into parts, in three languages.
 *
 * A part begins with a line "%% KEY TITLE", and the next line is its summary. Keys are the same in all
 * languages, so an address can be passed on.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "embed.h"
#include "hjelp-sider.h"

#define PART_MARK "%% "
#define ANCHOR_MARK " {#"

static char *file_text(const char *book, Lang lang)
{
    g_autofree char *name = g_strdup_printf("%s-%s.md", book, i18n_tag(lang));

    for (size_t i = 0; i < app_n_seed; i++)
        if (!strcmp(app_seed[i].name, name))
            return g_strndup((const char *)app_seed[i].data, app_seed[i].size);
    g_error("the book %s is not in the program", name); /* a build without it is a bug */
}

/* `part` is "KEY TITLE\nSUMMARY\n\nTEXT". */
static Topic topic_of(Arena *arena, const char *book, const char *part)
{
    g_auto(GStrv) lines = g_strsplit(part, "\n", 3);
    g_auto(GStrv) head = g_strsplit(lines[0], " ", 2);

    g_assert(g_strv_length(lines) == 3 && g_strv_length(head) == 2);
    return (Topic){ .key = arena_dup(arena, head[0]),
                    .title = arena_dup(arena, head[1]),
                    .summary = arena_dup(arena, lines[1]),
                    .text = arena_dup(arena, lines[2]),
                    .url = strcmp(book, "ord")
                               ? url_for(arena, "/hjelp/%s", head[0])
                               : url_checked(arena, arena_printf(arena, "/ord#%s", head[0])) };
}

void hjelp_read(Arena *arena, const char *book, Lang lang, TopicList *ret)
{
    g_autofree char *text = file_text(book, lang);
    g_auto(GStrv) parts = g_strsplit(text, "\n" PART_MARK, -1);
    size_t n = g_strv_length(parts);

    *ret = (TopicList){ arena_alloc(arena, MAX(n, 1) * sizeof(Topic)), n };
    for (size_t i = 0; i < n; i++)
        ret->v[i] = topic_of(arena, book, parts[i] + (i == 0 ? strlen(PART_MARK) : 0));
}

void hjelp_read_listed(Arena *arena, Lang lang, TopicList *ret)
{
    size_t kept = 0;

    hjelp_read(arena, "hjelp", lang, ret);
    for (size_t i = 0; i < ret->n; i++)
        if (ret->v[i].key[0] != '.')
            ret->v[kept++] = ret->v[i];
    ret->n = kept;
}

const Topic *hjelp_find(const TopicList *topics, const char *key)
{
    for (size_t i = 0; i < topics->n; i++)
        if (!strcmp(topics->v[i].key, key))
            return &topics->v[i];
    return NULL;
}

static void put_gathered(Doc *doc, GString *gathered, int level)
{
    doc_markdown(doc, gathered->str, level);
    g_string_truncate(gathered, 0);
}

static void put_heading(Doc *doc, const char *line, int level, const char *prefix)
{
    const char *mark = strstr(line, ANCHOR_MARK);

    g_assert(mark && g_str_has_suffix(line, "}")); /* the files are ours, and tested */
    g_autofree char *title = g_strndup(line, (size_t)(mark - line));
    g_autofree char *anchor = g_strdup_printf("%s%s", prefix, mark + strlen(ANCHOR_MARK));

    anchor[strlen(anchor) - 1] = '\0';
    doc_heading(doc, level, anchor, title);
}

#define LINK_MIDDLE "](/"

/* The text without links to pages that would be refused the reader: the words stay. */
static char *followable(const Req *req, const char *text)
{
    GString *out = g_string_new(NULL);
    const char *middle;

    while ((middle = strstr(text, LINK_MIDDLE))) {
        const char *path = middle + strlen("]("), *end = strchr(path, ')');
        const char *start = g_strrstr_len(text, middle - text, "[");

        g_assert(start && end); /* the files are ours, and tested */
        g_autofree char *to = g_strndup(path, (size_t)(end - path));

        if (req_may_follow(req, to)) {
            g_string_append_len(out, text, end + 1 - text);
        } else {
            g_string_append_len(out, text, start - text);
            g_string_append_len(out, start + 1, middle - start - 1);
        }
        text = end + 1;
    }
    g_string_append(out, text);
    return g_string_free(out, FALSE);
}

bool hjelp_put(Doc *doc, const Req *req, const Topic *topic, int level, const char *prefix)
{
    g_autofree char *text = followable(req, topic->text);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) gathered = g_string_new(NULL);
    bool any = false;

    for (char **line = lines; *line; line++) {
        if (!g_str_has_prefix(*line, "## ")) {
            g_string_append(gathered, *line);
            g_string_append_c(gathered, '\n');
            continue;
        }
        put_gathered(doc, gathered, level + 1);
        put_heading(doc, *line + strlen("## "), level, prefix);
        any = true;
    }
    put_gathered(doc, gathered, level + 1);
    return any;
}

Doc *hjelp_book(Req *req)
{
    const DocMeta meta = { .title = _("User handbook"),
                           .author = "oppvekst",
                           .lang = i18n_tag(req->lang),
                           .base_url = *req_base(req) ? req_base(req) : NULL };
    Doc *doc = doc_new(&meta);
    TopicList topics;

    hjelp_read_listed(req->arena, req->lang, &topics);
    for (size_t i = 0; i < topics.n; i++) {
        const Topic *t = &topics.v[i];

        doc_heading(doc, 1, t->key, t->title);
        doc_lead(doc, t->summary);
        hjelp_put(doc, req, t, 2, arena_printf(req->arena, "%s-", t->key));
    }
    return doc;
}
