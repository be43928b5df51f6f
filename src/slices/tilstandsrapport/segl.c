/* segl.c - whether what was frozen and voted on still is what it was.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilstandsrapport-segl.h"
#include "segl.sql.h"

static bool is_hash_of(const char *hash, const char *text)
{
    g_autofree char *own = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

    return !strcmp(own, hash);
}

/* One at a time: a version is large. */
static bool check_version(Db *db, Arena *arena, int64_t owner, const SeglVersionsRow *v,
                          GPtrArray *wrong, GError **error)
{
    g_auto(SeglContentRows) rows = { 0 };

    if (!segl_content(db, owner, v->id, &rows, error))
        return false;
    if (rows.n && !is_hash_of(rows.v[0].sha256, rows.v[0].open))
        g_ptr_array_add(wrong,
                        arena_printf(arena,
                                     _("Report “%s” %s: what the public reads in frozen version %d "
                                       "is not what was frozen"),
                                     v->title, v->year, (int)v->nr));
    if (rows.n && !is_hash_of(rows.v[0].internal_sha256, rows.v[0].internal))
        g_ptr_array_add(wrong,
                        arena_printf(arena,
                                     _("Report “%s” %s: the internal side of frozen version %d is "
                                       "not what was frozen"),
                                     v->title, v->year, (int)v->nr));
    return true;
}

static bool check_locked(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *n,
                         GError **error)
{
    g_auto(SeglLockedRows) rows = { 0 };

    if (!segl_locked(db, owner, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].n == 0)
            g_ptr_array_add(wrong, arena_printf(arena,
                                                _("Report “%s” %s: no frozen version is the one "
                                                  "that was voted on"),
                                                rows.v[i].title, rows.v[i].year));
    *n += (int64_t)rows.n;
    return true;
}

bool tilstandsrapport_seal_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong,
                                 int64_t *ret_n, GError **error)
{
    g_auto(SeglVersionsRows) rows = { 0 };
    int64_t n;

    if (!segl_versions(db, owner, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!check_version(db, arena, owner, &rows.v[i], wrong, error))
            return false;
    n = (int64_t)rows.n;
    if (!check_locked(db, arena, owner, wrong, &n, error))
        return false;
    *ret_n = n;
    return true;
}
