/* kobling.c - saved answers about whole tables, kept and handed to the parsers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "kobling.h"
#include "person.h"
#include "kobling.sql.h"

bool indikator_mappings(Db *db, Arena *arena, int64_t owner, KoblingList *ret, GError **error)
{
    g_auto(KoblingListRows) rows = { 0 };

    if (!kobling_list(db, owner, &rows, error))
        return false;
    *ret = (KoblingList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Kobling)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const KoblingListRow *r = &rows.v[i];

        ret->v[i] = (Kobling){ r->id,
                               arena_dup(arena, r->signature),
                               arena_dup(arena, r->title),
                               arena_dup(arena, r->mapping),
                               NULL,
                               r->saved_at };
        if (r->person != NO_INT && !person_name(db, arena, owner, r->person, &ret->v[i].by, error))
            return false;
    }
    return true;
}

bool indikator_mapping_save(Db *db, int64_t owner, const Kobling *what, int64_t person,
                            GError **error)
{
    return kobling_save(db, owner, id_new(), what->signature, what->title, what->mapping,
                        person ? person : NO_INT, what->saved_at, error);
}

bool indikator_mapping_forget(Db *db, int64_t owner, int64_t id, GError **error)
{
    g_auto(KoblingForgetRows) rows = { 0 };

    return kobling_forget(db, owner, id, &rows, error) &&
           (rows.n > 0 || app_fail(error, APP_ERROR_NOT_FOUND, "no such answer"));
}

bool indikator_mapping_meanings(Db *db, Arena *arena, int64_t owner, GArray *columns,
                                GError **error)
{
    KoblingList all;

    if (!indikator_mappings(db, arena, owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        g_autofree char *name = indikator_mapping_name(all.v[i].signature);
        const ColumnMeaning one = { arena_dup(arena, name), all.v[i].mapping };

        g_array_append_val(columns, one);
    }
    return true;
}
