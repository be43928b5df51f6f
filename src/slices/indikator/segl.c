/* segl.c - whether what was imported is still all there.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-segl.h"
#include "segl.sql.h"

static void check_count(Arena *arena, GPtrArray *wrong, const char *filename, int64_t stored,
                        int64_t there)
{
    if (stored != there)
        g_ptr_array_add(wrong, arena_printf(arena,
                                            _("Imported file %s: it stored %d values, and %d are "
                                              "there"),
                                            filename, (int)stored, (int)there));
}

static bool check_shared(Db *db, Arena *arena, GPtrArray *wrong, int64_t *ret_n, GError **error)
{
    g_auto(SeglSharedRows) rows = { 0 };

    if (!segl_shared(db, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        check_count(arena, wrong, rows.v[i].filename, rows.v[i].n_values, rows.v[i].n);
    *ret_n = (int64_t)rows.n;
    return true;
}

bool indikator_seal_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *ret_n,
                          GError **error)
{
    g_auto(SeglOwnRows) rows = { 0 };

    if (!owner)
        return check_shared(db, arena, wrong, ret_n, error);
    if (!segl_own(db, owner, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        check_count(arena, wrong, rows.v[i].filename, rows.v[i].n_values, rows.v[i].n);
    *ret_n = (int64_t)rows.n;
    return true;
}
