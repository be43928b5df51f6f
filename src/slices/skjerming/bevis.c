/* bevis.c - whether every frozen release still has its proof: what the attacker did not find.
 *
 * A system that was closed showed nothing, and needs none. One that was shown must have left every
 * protected cell its interval and its three whole numbers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "moenster.h"
#include "bevis.sql.h"

#define LEAST_WHOLES 3

static bool holds(const BevisAllRow *b)
{
    if (!strcmp(b->state, "lukket"))
        return true;
    return !strcmp(b->state, "trygg") && b->n_unsafe == 0 &&
           (isnan(b->narrowest) || b->narrowest >= 1 - 1e-6) &&
           (b->wholes == NO_INT || b->wholes >= LEAST_WHOLES);
}

bool skjerming_seal_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *ret_n,
                          GError **error)
{
    g_auto(BevisAllRows) rows = { 0 };

    if (!bevis_all(db, owner, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const BevisAllRow *b = &rows.v[i];
        char id[ID_TEXT];

        if (!holds(b))
            g_ptr_array_add(wrong,
                            (void *)(uintptr_t)arena_printf(
                                arena,
                                _("release %s, %s %s: %d of %d protected figures are not proved "
                                  "safe (%s)"),
                                id_text(b->release, id), b->family, b->period, (int)b->n_unsafe,
                                (int)b->n_protected, b->engine));
    }
    *ret_n = (int64_t)rows.n;
    return true;
}
