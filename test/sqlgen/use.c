/* use.c - calls what sqlgen makes of accepted-writes.sql, accepted-types.sql and use.sql, each way
 * it may be called. Compiled, never run.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "use.sql.h"

bool use_list(Db *db, GError **error);
bool use_insert(Db *db, GError **error);

bool use_list(Db *db, GError **error)
{
    g_auto(WalkListRows) walks = { 0 };
    g_auto(WalkOneRows) one = { 0 };

    if (!walk_list(db, 1, 2, &walks, error) || !walk_one(db, 1, 7, &one, error))
        return false;
    for (size_t i = 0; i < walks.n; i++)
        g_print("%s %" G_GINT64_FORMAT "\n", walks.v[i].class, walks.v[i].id);
    return g_print("%s", one.v[0].class), true;
}

bool use_insert(Db *db, GError **error)
{
    const DbBlob picture = { "x", 1 };
    const WalkInsertArgs args = {
        .owner = 1,
        .id = 2,
        .school = 3,
        .walked_on = "2026-11-23",
        .class = "8B",
        .focus = NULL,
        .share = 0.5,
        .picture = picture,
    };

    return walk_insert(db, 1, 2, 3, "2026-11-23", "8B", NULL, 0.5, picture, error) &&
           walk_insert(db, &args, error);
}
