/* angre.c - undoing a dataset version, and bringing it back.
 *
 * For each place where the dataset has a value, the newest dataset that counts says what stands; so
 * the order of undoing does not matter, and nothing is lost. A fact about a unit is a line of the
 * unit's own list: it is taken out and put back, unless somebody has put it right there meanwhile.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet.h"
#include "lagring.h"
#include "lenket.h"
#include "angre.sql.h"

typedef struct {
    int64_t owner, dataset, person, now, n, n_facts;
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

/* --- facts --- */

static bool take_out(Db *db, const Undoing *u, const AngreOwnFactsRow *f, bool *ret_done,
                     GError **error)
{
    return enhet_take_back_fact(db, u->owner, f->enhet, f->faktum, ret_done, error) &&
           (!*ret_done ||
            angre_own_fact_key(db, u->owner, u->dataset, f->enhet, f->label, f->at, NO_INT, error));
}

static bool put_back(Db *db, const Undoing *u, const AngreOwnFactsRow *f, GError **error)
{
    const EnhetFact fact = { .label = f->label,
                             .value = f->value,
                             .at = f->at,
                             .source = f->source,
                             .origin = "register",
                             .key = id_new() };

    return enhet_add_fact(db, u->owner, f->enhet, &fact, error) &&
           angre_own_fact_key(db, u->owner, u->dataset, f->enhet, f->label, f->at, fact.key, error);
}

/* Those of before 0027 have no key to be found by, and stay. */
static bool move_facts(Db *db, Undoing *u, GError **error)
{
    g_auto(AngreOwnFactsRows) rows = { 0 };

    if (u->owner == 0)
        return true;
    if (!angre_own_facts(db, u->owner, u->dataset, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const AngreOwnFactsRow *f = &rows.v[i];
        bool done = !u->undo;

        if (f->source == NULL || (f->faktum == NO_INT) == u->undo)
            continue;
        if (u->undo ? !take_out(db, u, f, &done, error) : !put_back(db, u, f, error))
            return false;
        u->n_facts += done;
    }
    return true;
}

static bool may_change(Db *db, const Undoing *u, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    Dataset d;

    if (!indikator_dataset(db, arena, u->owner, u->dataset, &d, error))
        return false;
    if (d.shared != (u->owner == 0))
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such dataset");
    if ((d.undone_at != NO_INT) == u->undo)
        return app_fail(error, APP_ERROR_CONFLICT,
                        u->undo ? "the dataset is undone already" : "the dataset is not undone");
    return true;
}

static bool change_work(Db *db, void *arg, GError **error)
{
    Undoing *u = arg;
    int64_t before = 0, after = 0;

    u->n_facts = 0; /* run again, it counts again */
    if (!may_change(db, u, error) || !count_current(db, u->owner, u->dataset, &before, error) ||
        !mark(db, u, error) || !settle(db, u, error) || !move_facts(db, u, error) ||
        !indikator_link_mark(db, u->owner, u->dataset, error) ||
        !count_current(db, u->owner, u->dataset, &after, error))
        return false;
    u->n = (u->undo ? before - after : after - before) + u->n_facts;
    return true;
}

bool indikator_undo(Db *db, int64_t owner, int64_t dataset, int64_t person, int64_t now,
                    int64_t *ret_n, GError **error)
{
    Undoing u = { owner, dataset, person, now, 0, 0, true };

    if (!db_transaction(db, change_work, &u, error))
        return false;
    *ret_n = u.n;
    return true;
}

bool indikator_redo(Db *db, int64_t owner, int64_t dataset, int64_t *ret_n, GError **error)
{
    Undoing u = { owner, dataset, 0, 0, 0, 0, false };

    if (!db_transaction(db, change_work, &u, error))
        return false;
    *ret_n = u.n;
    return true;
}

bool indikator_redo_here(Db *db, int64_t owner, int64_t dataset, GError **error)
{
    Undoing u = { owner, dataset, 0, 0, 0, 0, false };

    return mark(db, &u, error) && settle(db, &u, error) && move_facts(db, &u, error) &&
           indikator_link_mark(db, owner, dataset, error);
}
