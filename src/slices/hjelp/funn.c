/* funn.c - the handbook as search finds it: one document for each topic and language.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjelp-sider.h"

/* The topics with an address of their own: their key begins with a full stop. */
static const char *path_of(const Topic *topic)
{
    return topic->key[0] == '.' ? topic->key + 1 : topic->url.text;
}

static bool put_language(Arena *arena, Lang lang, SearchPut put, void *sink, GError **error)
{
    TopicList all;

    hjelp_load(arena, lang, &all);
    for (size_t i = 0; i < all.n; i++) {
        const Topic *t = &all.v[i];
        const char *path = path_of(t);
        const SearchDoc doc = {
            .kind = "hjelp",
            .part = arena_printf(arena, "%s %s", t->key, i18n_tag(lang)),
            .language = i18n_tag(lang),
            .gate = PERM_PUBLIC,
            .title = t->title,
            .body = arena_printf(arena, "%s\n%s", t->summary, t->text),
            .path = *path == '/' ? path : arena_printf(arena, "/%s", path),
        };

        if (!put(sink, &doc, error))
            return false;
    }
    return true;
}

bool hjelp_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    (void)db;
    for (Lang lang = 0; !owner && lang < N_LANG; lang++)
        if (!put_language(arena, lang, put, sink, error))
            return false;
    return true;
}
