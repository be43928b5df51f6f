/* witness.c - somebody who is told of every change, in the transaction of the change.
 *
 * The audit log's line and the change it tells of are committed together or not at all; and because it
 * hangs on the handle, no slice can forget it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"

typedef struct {
    DbWork work;
    void *arg;
    DbWork witness;
    void *witness_arg;
} Witnessed;

static bool work_and_tell(Db *db, void *arg, GError **error)
{
    const Witnessed *w = arg;

    db->changed = false;
    return w->work(db, w->arg, error) && (!db->changed || w->witness(db, w->witness_arg, error));
}

static bool lite_transaction(Db *db, DbWork work, void *arg, GError **error)
{
    Writer *writer = db->store->writer;

    /* the work must use the Db it is given, not the one it was called with */
    g_assert(!writer_is_me(writer));
    reading_pause(db);
    return writer_do(writer, work, arg, error);
}

bool witness_transaction(Db *db, DbWork work, void *arg, GError **error)
{
    Witnessed w = { work, arg, db->witness, db->witness_arg };
    bool lite = !db->store->postgresql;

    if (!w.witness)
        return lite ? lite_transaction(db, work, arg, error) : pg_transaction(db, work, arg, error);
    return lite ? lite_transaction(db, work_and_tell, &w, error)
                : pg_transaction_in_turn(db, work_and_tell, &w, error);
}

void db_set_witness(Db *db, DbWork witness, void *arg)
{
    g_assert(db->depth == 0);
    db->witness = witness;
    db->witness_arg = arg;
}

bool db_transaction_aside(Db *db, DbWork work, void *arg, GError **error)
{
    bool changed = db->changed;

    if (!db->depth)
        return db->store->postgresql ? pg_transaction_in_turn(db, work, arg, error)
                                     : lite_transaction(db, work, arg, error);
    db->needed_turn = db->owner;
    bool ok = work(db, arg, error);

    db->changed = changed;
    return ok;
}
