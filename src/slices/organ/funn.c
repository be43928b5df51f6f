/* funn.c - bodies as search finds them: name, mandate and the law they stand on.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "organ-sider.h"

bool organ_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    OrganList all;

    if (!owner)
        return true;
    if (!organ_list(db, arena, owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Organ *o = &all.v[i];
        const SearchDoc doc = { .kind = "organ",
                                .object = o->id,
                                .gate = PERM_BODY_READ,
                                .title = o->name,
                                .body = arena_printf(arena, "%s\n%s", o->mandate, o->legal),
                                .path = url_for(arena, "/organer/%I", o->id).text };

        if (!put(sink, &doc, error))
            return false;
    }
    return true;
}
