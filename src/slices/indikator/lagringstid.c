/* lagringstid.c - how long it is kept who sent a file in.
 *
 * The bytes of a file are let go when it is stored or dropped, and after two days in any case. What
 * stays is its name, its fingerprint and what came of it, for as long as the figures stand; who sent it
 * is forgotten after a time that the owner chooses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "bunke.h"
#include "indikator-sider.h"
#include "lagringstid.sql.h"

typedef struct {
    int64_t owner, before;
} Forgetting;

static bool forget_work(Db *db, void *arg, GError **error)
{
    const Forgetting *f = arg;

    return lagringstid_forget(db, f->owner, f->before, error) &&
           lagringstid_forget_answers(db, f->owner, f->before, error) &&
           lagringstid_bundles(db, f->owner, f->before, error);
}

static bool forget(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n, GError **error)
{
    Forgetting f = { owner, before };
    g_auto(LagringstidCountRows) rows = { 0 };

    if (!lagringstid_count(db, owner, before, &rows, error))
        return false;
    *ret_n = rows.v[0].n;
    return dry || db_transaction(db, forget_work, &f, error);
}

const Retention indikator_retention[] = {
    { "importfil", N_("Who sent in a file with figures"),
      N_("Long enough to ask the sender; the file’s name and fingerprint stay with the figures"),
      365, 30, forget },
    { 0 },
};
