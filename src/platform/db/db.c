/* db.c - the door: picks the engine, and turns a lone write into a transaction of its own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"

/* --- opening --- */

static bool is_postgresql(const char *url)
{
    return g_str_has_prefix(url, "postgresql://") || g_str_has_prefix(url, "postgres://");
}

static Store *pg_open(const char *url, GError **error)
{
    Pool *pool = pool_new(url, error);

    if (!pool)
        return NULL;
    Store *store = g_new0(Store, 1);

    store->postgresql = true;
    store->pool = pool;
    return store;
}

Store *store_open(const char *url, GError **error)
{
    if (is_postgresql(url))
        return pg_open(url, error);
    return lite_open(g_str_has_prefix(url, "sqlite:") ? url + strlen("sqlite:") : url, error);
}

void store_close(Store *store)
{
    if (!store)
        return;
    g_assert(g_atomic_int_get(&store->n_open) == 0);
    if (!store->postgresql) {
        lite_close(store);
        return;
    }
    pool_free(store->pool);
    g_free(store);
}

bool store_is_postgresql(const Store *store)
{
    return store->postgresql;
}

Db *db_open(Store *store, GError **error)
{
    Db *db = g_new0(Db, 1);

    db->store = store;
    db->turn = db->needed_turn = NO_TURN;
    g_atomic_int_inc(&store->n_open);
    if (store->postgresql ? pool_take(store->pool, db, error) : lite_attach(db, false, error))
        return db;
    db_close(db);
    return NULL;
}

void db_close(Db *db)
{
    if (!db)
        return;
    g_assert(db->depth == 0 && !db->reading);
    if (db->store->postgresql)
        pool_give(db->store->pool, db);
    else
        lite_detach(db);
    g_atomic_int_add(&db->store->n_open, -1);
    g_free(db);
}

Store *db_store(Db *db)
{
    return db->store;
}

void store_counts(Store *store, int64_t *ret_commits, int64_t *ret_retries)
{
    *ret_commits = (int64_t)(gsize)g_atomic_pointer_get(&store->commits);
    *ret_retries = (int64_t)(gsize)g_atomic_pointer_get(&store->retries);
}

void db_set_owner(Db *db, int64_t owner)
{
    db->owner = owner;
}

int64_t db_owner(const Db *db)
{
    return db->owner;
}

/* --- transactions --- */

void db_pause(int n)
{
    /* 1, 2, 4 ... 64 ms, each with as much again by chance, so that two losers part */
    gulong step = 1000UL << MIN(n, 6);

    g_usleep(step + (gulong)g_random_int_range(0, (gint32)step));
}

bool db_exec(Db *db, const char *sql, GError **error)
{
    return db->store->postgresql ? pg_exec(db, sql, error) : lite_exec(db, sql, error);
}

static bool command(Db *db, const char *literal, GError **error)
{
    return db->store->postgresql ? pg_exec(db, literal, error) : lite_command(db, literal, error);
}

/* Savepoints may share a name: the innermost is meant, on both engines. */
bool db_savepoint(Db *db, DbWork work, void *arg, GError **error)
{
    g_autoptr(GError) why = NULL;
    bool changed = db->changed;

    if (!command(db, "SAVEPOINT unit", error))
        return false;
    db->depth++;
    bool ok = work(db, arg, &why);

    db->depth--;
    if (ok && command(db, "RELEASE unit", &why))
        return true;
    db->changed = changed;
    if (command(db, "ROLLBACK TO unit", NULL))
        command(db, "RELEASE unit", NULL);
    return why ? app_pass(error, &why)
               : app_fail(error, APP_ERROR_DB, "a unit of work failed without saying why");
}

bool db_transaction(Db *db, DbWork work, void *arg, GError **error)
{
    return db->depth ? db_savepoint(db, work, arg, error)
                     : witness_transaction(db, work, arg, error);
}

/* --- queries --- */

typedef struct {
    const DbQuery *query;
    const DbValue *values;
    size_t size;
    const size_t *offset;
    RowSink sink;
} LoneWrite;

static bool run_here(Db *db, LoneWrite *w, GError **error)
{
    rows_drop(&w->sink); /* of a first try */
    rows_begin(&w->sink, w->query, w->size, w->offset);
    return (db->store->postgresql ? pg_run(db, w->query, w->values, &w->sink, error)
                                  : lite_run(db, w->query, w->values, &w->sink, error)) &&
           rows_check(&w->sink, error);
}

static bool write_alone(Db *db, void *arg, GError **error)
{
    return run_here(db, arg, error);
}

static bool run(Db *db, LoneWrite *w, GError **error)
{
    bool lite = !db->store->postgresql;

    g_assert(!lite || db->is_writer == writer_is_me(db->store->writer));
    if (w->query->writes && !db->depth && (lite || db->witness))
        return witness_transaction(db, write_alone, w, error);
    return run_here(db, w, error);
}

bool db_run(Db *db, const DbQuery *query, const DbValue *values, size_t size, const size_t *offset,
            DbRows *ret_rows, GError **error)
{
    LoneWrite w = { query, values, size, offset, { 0 } };

    if (!values_check(query, values, error))
        return false;
    bool keep = !query->writes && ret_rows && reading_open(db);

    if (keep && kept_find(db->kept, query, values, ret_rows))
        return true;
    bool ok = run(db, &w, error);
    size_t bytes = w.sink.bytes + w.sink.n * size;

    if (ok)
        rows_end(&w.sink, ret_rows);
    if (ok && keep)
        kept_add(db->kept, query, values, bytes, ret_rows);
    rows_drop(&w.sink);
    return ok;
}
