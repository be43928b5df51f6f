/* funn.c - the handbook and its words as search finds them: one document for each part and language.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjelp-sider.h"

/* The topics with an address of their own: their key begins with a full stop. */
static const char *path_of(Arena *arena, const Topic *topic)
{
    return topic->key[0] == '.' ? arena_printf(arena, "/%s", topic->key + 1) : topic->url.text;
}

/* The text without the marks of its headings, which an excerpt would show. */
static const char *plain_text(Arena *arena, const Topic *topic)
{
    g_autoptr(GRegex) marks = g_regex_new("^#+ | \\{#[a-z-]+\\}$", G_REGEX_MULTILINE, 0, NULL);
    g_autofree char *text = g_regex_replace_literal(marks, topic->text, -1, 0, "", 0, NULL);

    return arena_printf(arena, "%s\n%s", topic->summary, text);
}

static bool put_book(Arena *arena, const char *book, Lang lang, SearchPut put, void *sink,
                     GError **error)
{
    TopicList all;

    hjelp_read(arena, book, lang, &all);
    for (size_t i = 0; i < all.n; i++) {
        const Topic *t = &all.v[i];
        const SearchDoc doc = {
            .kind = "hjelp",
            .part = arena_printf(arena, "%s %s %s", book, t->key, i18n_tag(lang)),
            .language = i18n_tag(lang),
            .gate = PERM_PUBLIC,
            .title = t->title,
            .body = plain_text(arena, t),
            .path = path_of(arena, t),
        };

        if (!put(sink, &doc, error))
            return false;
    }
    return true;
}

bool hjelp_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    (void)db;
    for (int lang = 0; !owner && lang < N_LANG; lang++)
        if (!put_book(arena, "hjelp", (Lang)lang, put, sink, error) ||
            !put_book(arena, "ord", (Lang)lang, put, sink, error))
            return false;
    return true;
}
