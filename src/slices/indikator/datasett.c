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

static const char *text_or_none(Arena *arena, const char *text)
{
    return text ? arena_dup(arena, text) : "";
}

static bool name_of(Db *db, Arena *arena, int64_t owner, int64_t person, const char **ret,
                    GError **error)
{
    *ret = NULL;
    return person == NO_INT || person_name(db, arena, owner, person, ret, error);
}

static bool own_one(Db *db, Arena *arena, int64_t owner, const DatasettOwnRow *r, Dataset *ret,
                    GError **error)
{
    *ret = (Dataset){ .id = r->id,
                      .filename = arena_dup(arena, r->filename),
                      .format = arena_dup(arena, r->format),
                      .sha256 = arena_dup(arena, r->sha256),
                      .title = text_or_none(arena, r->title),
                      .periods = text_or_none(arena, r->periods),
                      .imported_at = r->imported_at,
                      .rows = r->n_rows,
                      .values = r->n_values,
                      .fresh = r->n_new,
                      .changed = r->n_changed,
                      .same = r->n_same,
                      .masked = r->n_masked,
                      .missing = r->n_missing,
                      .current = r->n_current,
                      .undone_at = r->undone_at,
                      .by_forgotten = r->by_forgotten == 1 };
    return name_of(db, arena, owner, r->imported_by, &ret->by, error) &&
           name_of(db, arena, owner, r->undone_by, &ret->undone_by, error);
}

static void public_one(Arena *arena, const DatasettPublicRow *r, Dataset *ret)
{
    *ret = (Dataset){ .id = r->id,
                      .filename = arena_dup(arena, r->filename),
                      .format = arena_dup(arena, r->format),
                      .sha256 = arena_dup(arena, r->sha256),
                      .title = text_or_none(arena, r->title),
                      .periods = text_or_none(arena, r->periods),
                      .imported_at = r->imported_at,
                      .rows = r->n_rows,
                      .values = r->n_values,
                      .fresh = r->n_new,
                      .changed = r->n_changed,
                      .same = r->n_same,
                      .masked = r->n_masked,
                      .missing = r->n_missing,
                      .current = NO_INT,
                      .undone_at = r->undone_at,
                      .shared = true };
}

static bool fetch(Db *db, Arena *arena, int64_t owner, int64_t id, int limit, DatasetList *ret,
                  GError **error)
{
    g_auto(DatasettOwnRows) own = { 0 };
    g_auto(DatasettPublicRows) shared = { 0 };
    DatasetList all = { 0 };

    if ((owner && !datasett_own(db, owner, id, limit, &own, error)) ||
        !datasett_public(db, id, limit, &shared, error))
        return false;
    all.v = arena_alloc(arena, MAX(own.n + shared.n, 1) * sizeof(Dataset));
    for (size_t i = 0; i < own.n; i++)
        if (!own_one(db, arena, owner, &own.v[i], &all.v[all.n++], error))
            return false;
    for (size_t i = 0; i < shared.n; i++)
        public_one(arena, &shared.v[i], &all.v[all.n++]);
    qsort(all.v, all.n, sizeof(Dataset), newest_first);
    all.n = MIN(all.n, (size_t)limit);
    *ret = all;
    return true;
}

bool indikator_datasets(Db *db, Arena *arena, int64_t owner, int limit, DatasetList *ret,
                        GError **error)
{
    return fetch(db, arena, owner, NO_INT, limit, ret, error);
}

bool indikator_dataset(Db *db, Arena *arena, int64_t owner, int64_t id, Dataset *ret,
                       GError **error)
{
    DatasetList found;
    g_auto(DatasettPublicCurrentRows) current = { 0 };

    if (!fetch(db, arena, owner, id, 1, &found, error))
        return false;
    if (found.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no dataset has this id");
    *ret = found.v[0];
    if (ret->shared && !datasett_public_current(db, id, &current, error))
        return false;
    if (ret->shared)
        ret->current = current.v[0].n;
    return true;
}
