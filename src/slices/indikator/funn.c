/* funn.c - the public catalogue of indicators as search finds it: names and explanations in each
 * language, and never a figure.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"

static bool put_language(Db *db, Arena *arena, Lang lang, SearchPut put, void *sink, GError **error)
{
    IndicatorList all;

    if (!indikator_catalogue(db, arena, lang, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Indicator *d = &all.v[i];
        const SearchDoc doc = {
            .kind = "indikator",
            .part = arena_printf(arena, "%s %s", d->code, i18n_tag(lang)),
            .language = i18n_tag(lang),
            .gate = PERM_PUBLIC,
            .title = d->name,
            .body = arena_printf(arena, "%s\n%s. %s", d->explain, d->code,
                                 indikator_theme_name(d->theme)),
            .path = url_for(arena, "/indikatorer/%s", d->code).text,
        };

        if (!put(sink, &doc, error))
            return false;
    }
    return true;
}

bool indikator_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink,
                      GError **error)
{
    Lang before = i18n_current();
    bool fine = true;

    if (owner)
        return true;
    for (Lang lang = 0; fine && lang < N_LANG; lang++) {
        i18n_use(lang);
        fine = put_language(db, arena, lang, put, sink, error);
    }
    i18n_use(before);
    return fine;
}
