/* bruk.c - which reports have figures from a file, so that whoever undoes an import knows what rests on it.
 *
 * A frozen version keeps its figures and the names of the files they came from; it is asked by the file's
 * name, for that is what it tells its readers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold.h"
#include "bruk.sql.h"

static bool names(const Content *content, const char *file)
{
    for (size_t i = 0; i < content->n_sources; i++)
        if (!strcmp(content->sources[i].file, file))
            return true;
    return false;
}

bool tilstandsrapport_uses(Db *db, Arena *arena, int64_t owner, const char *file, ReportUses *ret,
                           GError **error)
{
    g_auto(BrukVersionsRows) rows = { 0 };

    if (!bruk_versions(db, owner, &rows, error))
        return false;
    *ret = (ReportUses){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(ReportUse)), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const BrukVersionsRow *r = &rows.v[i];
        g_autoptr(Arena) scratch = arena_new();
        Content content;

        if (!tilstandsrapport_load(db, scratch, owner, r->id, AUDIENCE_INTERNAL, &content, NULL,
                                   error))
            return false;
        if (names(&content, file))
            ret->v[ret->n++] = (ReportUse){ r->rapport, r->id, (int)r->nr,
                                            arena_dup(arena, r->title), r->published != 0 };
    }
    return true;
}
