/* funn.c - units as search finds them: name, number and what kind of unit it is.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet-sider.h"
#include "eier.h"

bool enhet_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    const char *today;
    EnhetList all;

    if (!owner)
        return true;
    if (!eier_today(db, arena, owner, g_get_real_time(), &today, error) ||
        !enhet_list(db, arena, owner, today, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Enhet *e = &all.v[i];
        const SearchDoc doc = { .kind = "enhet",
                                .object = e->id,
                                .gate = PERM_UNIT_READ,
                                .unit = e->id,
                                .title = e->name,
                                .body = arena_printf(arena, "%s %s", e->kind, e->code),
                                .path = url_for(arena, "/enheter/%I", e->id).text };

        if (!put(sink, &doc, error))
            return false;
    }
    return true;
}
