/* datasett.c - what has been imported: the owner's own files and the public ones as one list.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator.h"
#include "person.h"
#include "datasett.sql.h"

static int newest_first(const void *a, const void *b)
{
    const Dataset *x = a, *y = b;

    return x->imported_at < y->imported_at ? 1 : x->imported_at > y->imported_at ? -1 : 0;
}

bool indikator_datasets(Db *db, Arena *arena, int64_t owner, int limit, DatasetList *ret,
                        GError **error)
{
    g_auto(DatasettOwnRows) own = { 0 };
    g_auto(DatasettPublicRows) shared = { 0 };
    DatasetList all = { 0 };

    if ((owner && !datasett_own(db, owner, limit, &own, error)) ||
        !datasett_public(db, limit, &shared, error))
        return false;
    all.v = arena_alloc(arena, MAX(own.n + shared.n, 1) * sizeof(Dataset));
    for (size_t i = 0; i < own.n; i++) {
        const DatasettOwnRow *r = &own.v[i];
        Dataset *d = &all.v[all.n++];

        *d = (Dataset){ .filename = arena_dup(arena, r->filename),
                        .imported_at = r->imported_at,
                        .rows = r->n_rows,
                        .values = r->n_values };
        if (r->imported_by != NO_INT &&
            !person_name(db, arena, owner, r->imported_by, &d->by, error))
            return false;
    }
    for (size_t i = 0; i < shared.n; i++)
        all.v[all.n++] = (Dataset){ .filename = arena_dup(arena, shared.v[i].filename),
                                    .imported_at = shared.v[i].imported_at,
                                    .rows = shared.v[i].n_rows,
                                    .values = shared.v[i].n_values,
                                    .shared = true };
    qsort(all.v, all.n, sizeof(Dataset), newest_first);
    all.n = MIN(all.n, (size_t)limit);
    *ret = all;
    return true;
}
