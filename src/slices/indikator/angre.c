/* angre.c - undoing a dataset version, and bringing it back.
 *
 * For each place where the dataset has a value, the newest dataset that counts says what stands; so
 * the order of undoing does not matter, and nothing is lost.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lagring.h"
#include "angre.sql.h"

typedef struct {
    int64_t owner, dataset, person, now, n;
    bool undo;
} Undoing;

static bool count_current(Db *db, int64_t owner, int64_t dataset, int64_t *ret, GError **error)
{
    g_auto(AngreOwnCountRows) own = { 0 };
    g_auto(AngrePublicCountRows) shared = { 0 };

    if (owner ? !angre_own_count(db, owner, dataset, &own, error)
              : !angre_public_count(db, dataset, &shared, error))
        return false;
    *ret = owner ? own.v[0].n : shared.v[0].n;
    return true;
}

static bool mark(Db *db, const Undoing *u, GError **error)
{
    int64_t at = u->undo ? u->now : NO_INT;

    return u->owner ? angre_own_mark(db, u->owner, u->dataset, at,
                                     u->undo && u->person ? u->person : NO_INT, error)
                    : angre_public_mark(db, u->dataset, at, error);
}

static bool settle(Db *db, const Undoing *u, GError **error)
{
    return u->owner ? angre_own_settle(db, u->owner, u->dataset, error)
                    : angre_public_settle(db, u->dataset, error);
}

static bool may_change(Db *db, const Undoing *u, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_auto(AngreOwnFactsRows) facts = { 0 };
    Dataset d;

    if (!indikator_dataset(db, arena, u->owner, u->dataset, &d, error))
        return false;
    if (d.shared != (u->owner == 0))
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such dataset");
    if ((d.undone_at != NO_INT) == u->undo)
        return app_fail(error, APP_ERROR_CONFLICT,
                        u->undo ? "the dataset is undone already" : "the dataset is not undone");
    if (u->owner && !angre_own_facts(db, u->owner, u->dataset, &facts, error))
        return false;
    if (facts.n && facts.v[0].n > 0)
        return app_fail(error, APP_ERROR_INVALID,
                        "facts about units are put right on the page of the unit");
    return true;
}

static bool change_work(Db *db, void *arg, GError **error)
{
    Undoing *u = arg;
    int64_t before = 0, after = 0;

    if (!may_change(db, u, error) || !count_current(db, u->owner, u->dataset, &before, error) ||
        !mark(db, u, error) || !settle(db, u, error) ||
        !count_current(db, u->owner, u->dataset, &after, error))
        return false;
    u->n = u->undo ? before - after : after - before;
    return true;
}

bool indikator_undo(Db *db, int64_t owner, int64_t dataset, int64_t person, int64_t now,
                    int64_t *ret_n, GError **error)
{
    Undoing u = { owner, dataset, person, now, 0, true };

    if (!db_transaction(db, change_work, &u, error))
        return false;
    *ret_n = u.n;
    return true;
}

bool indikator_redo(Db *db, int64_t owner, int64_t dataset, int64_t *ret_n, GError **error)
{
    Undoing u = { owner, dataset, 0, 0, 0, false };

    if (!db_transaction(db, change_work, &u, error))
        return false;
    *ret_n = u.n;
    return true;
}

bool indikator_redo_here(Db *db, int64_t owner, int64_t dataset, GError **error)
{
    const Undoing u = { owner, dataset, 0, 0, 0, false };

    return mark(db, &u, error) && settle(db, &u, error);
}
