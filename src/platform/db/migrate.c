/* migrate.c - brings a database to the newest migration, and stops at any surprise.
 *
 * What has run stands in the table `migration` with a digest of its text. One program migrates at
 * a time: on PostgreSQL by an advisory lock, on SQLite by the writer's exclusive transaction.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "migrate.h"
#include "inside.h"

#define LOCK_KEY "7526768903" /* any number, the same for ever */
#define TABLE                                                                                      \
    "CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY, "                   \
    "name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)"

typedef struct {
    int64_t number;
    const char *name, *sha256;
} Applied;

static const DbColumn applied_columns[] = {
    { "number", DB_INT, false },
    { "name", DB_TEXT, false },
    { "sha256", DB_TEXT, false },
};
static const size_t applied_offset[] = {
    offsetof(Applied, number),
    offsetof(Applied, name),
    offsetof(Applied, sha256),
};
static const DbQuery applied_query = {
    .name = "migration_select",
    .sqlite = "SELECT number, name, sha256 FROM migration ORDER BY number",
    .postgresql = "SELECT number, name, sha256 FROM migration ORDER BY number",
    .n_columns = G_N_ELEMENTS(applied_columns),
    .columns = applied_columns,
    .shape = DB_ROWS,
};

static const DbColumn record_params[] = {
    { "number", DB_INT, false },
    { "name", DB_TEXT, false },
    { "sha256", DB_TEXT, false },
    { "applied_at", DB_INT, false },
};
static const DbQuery record_query = {
    .name = "migration_insert",
    .sqlite = "INSERT INTO migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
    .postgresql =
        "INSERT INTO migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
    .n_params = G_N_ELEMENTS(record_params),
    .params = record_params,
    .writes = true,
    .shape = DB_NOTHING,
};

static const DbColumn exists_columns[] = { { "n", DB_INT, false } };
static const size_t exists_offset[] = { 0 };
static const DbQuery exists_query = {
    .name = "migration_exists",
    .sqlite = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'migration'",
    .postgresql = "SELECT count(*) AS n FROM pg_class WHERE oid = to_regclass('migration')",
    .n_columns = G_N_ELEMENTS(exists_columns),
    .columns = exists_columns,
    .shape = DB_ROW,
};

static bool has_table(Db *db, bool *ret_has, GError **error)
{
    DbRows rows = { 0 };

    if (!db_run(db, &exists_query, NULL, sizeof(int64_t), exists_offset, &rows, error))
        return false;
    *ret_has = *(int64_t *)rows.v > 0;
    db_rows_clear(&rows);
    return true;
}

/* What has run and is not next in the list: forgotten by the program, or overtaken. */
static bool out_of_order(const Migration *list, size_t n, const Applied *applied, size_t i,
                         GError **error)
{
    for (size_t k = i; k < n; k++)
        if (list[k].number == applied->number)
            return app_fail(error, APP_ERROR_CONFLICT,
                            "migration %s has not run, and %s, which comes after it, has",
                            list[i].name, applied->name);
    return app_fail(error, APP_ERROR_CONFLICT,
                    "migration %s has run here and this program does not know it: it is of a newer "
                    "oppvekst, so install that version",
                    applied->name);
}

/* Compares what has run with the list; *ret_next is the first that has not. */
static char *sum_of(const Migration *m)
{
    return m->sha256 ? g_strdup(m->sha256)
                     : g_compute_checksum_for_string(G_CHECKSUM_SHA256, m->sql, -1);
}

static bool compare(Db *db, const Migration *list, size_t n, size_t *ret_next, GError **error)
{
    DbRows rows = { 0 };

    if (!db_run(db, &applied_query, NULL, sizeof(Applied), applied_offset, &rows, error))
        return false;
    const Applied *applied = rows.v;
    bool ok = true;

    for (size_t i = 0; ok && i < rows.n; i++) {
        if (i >= n || list[i].number != applied[i].number) {
            ok = out_of_order(list, n, &applied[i], i, error);
        } else {
            g_autofree char *sha256 = sum_of(&list[i]);

            ok = !strcmp(sha256, applied[i].sha256) ||
                 app_fail(error, APP_ERROR_CONFLICT, "migration %s has changed since it ran",
                          list[i].name);
        }
    }
    *ret_next = rows.n;
    db_rows_clear(&rows);
    return ok;
}

static bool run_statement(Db *db, const Migration *m, const DdlStatement *s, GError **error)
{
    g_autofree char *sql =
        store_is_postgresql(db->store) ? migrate_postgresql(s) : migrate_sqlite(s);
    g_autoptr(GError) why = NULL;

    return db_exec(db, sql, &why) ||
           app_fail(error, (AppError)why->code, "migration %s line %d: %s", m->name, s->line,
                    why->message);
}

static bool run_last(Db *db, const Migration *m, const GPtrArray *statements, GError **error)
{
    g_autoptr(GPtrArray) last = migrate_postgresql_last(statements);
    g_autoptr(GError) why = NULL;

    for (guint i = 0; store_is_postgresql(db->store) && i < last->len; i++)
        if (!db_exec(db, g_ptr_array_index(last, i), &why))
            return app_fail(error, (AppError)why->code, "migration %s: %s", m->name, why->message);
    return true;
}

static bool record(Db *db, const Migration *m, GError **error)
{
    g_autofree char *sha256 = sum_of(m);
    const DbValue values[] = { db_int(m->number), db_text(m->name), db_text(sha256),
                               db_int(g_get_real_time()) };

    return db_run(db, &record_query, values, 0, NULL, NULL, error);
}

static bool run_one(Db *db, const Migration *m, GError **error)
{
    g_autoptr(GError) why = NULL;
    int line = 1;
    g_autoptr(GPtrArray) statements = ddl_parse(m->sql, &line, &why);

    if (!statements)
        return app_fail(error, APP_ERROR_INVALID, "migration %s line %d: %s", m->name, line,
                        why->message);
    for (guint i = 0; i < statements->len; i++)
        if (!run_statement(db, m, g_ptr_array_index(statements, i), error))
            return false;
    return run_last(db, m, statements, error) && record(db, m, error);
}

typedef struct {
    const Migration *list;
    size_t n;
    bool ran; /* one was left, and it ran */
} Step;

/* The next migration, if any: looked up inside the transaction, so no two programs run the same. */
static bool step(Db *db, void *arg, GError **error)
{
    Step *s = arg;
    size_t next;

    s->ran = false;
    if (!compare(db, s->list, s->n, &next, error))
        return false;
    if (next >= s->n)
        return true;
    if (!run_one(db, &s->list[next], error))
        return false;
    s->ran = true;
    return true;
}

static bool set_up(Db *db, void *arg, GError **error)
{
    (void)arg;
    if (store_is_postgresql(db->store) &&
        !db_exec(db, "CREATE COLLATION IF NOT EXISTS nb (provider = icu, locale = 'nb-NO')", error))
        return false;
    return db_exec(db, TABLE, error);
}

static bool run_steps(Db *db, const Migration *list, size_t n, int *ret_applied, GError **error)
{
    Step s = { list, n, false };
    int applied = 0;

    if (!db_transaction(db, set_up, NULL, error))
        return false;
    do {
        if (!db_transaction(db, step, &s, error))
            return false;
        applied += s.ran;
    } while (s.ran);
    if (ret_applied)
        *ret_applied = applied;
    return true;
}

bool db_migrate(Store *store, const Migration *list, size_t n, int *ret_applied, GError **error)
{
    g_autoptr(Db) db = db_open(store, error);

    if (!db)
        return false;
    if (!store->postgresql)
        return run_steps(db, list, n, ret_applied, error);
    if (!db_exec(db, "SELECT pg_advisory_lock(" LOCK_KEY ")", error))
        return false;
    bool ok = run_steps(db, list, n, ret_applied, error);

    db_exec(db, "SELECT pg_advisory_unlock(" LOCK_KEY ")", NULL);
    return ok;
}

bool db_is_current_here(Db *db, const Migration *list, size_t n, GError **error)
{
    bool has = false;
    size_t next = 0;

    if (!has_table(db, &has, error) || (has && !compare(db, list, n, &next, error)))
        return false;
    if (next >= n)
        return true;
    return app_fail(error, APP_ERROR_CONFLICT,
                    "migration %s has not run; run oppvekst migrate first", list[next].name);
}

bool db_is_current(Store *store, const Migration *list, size_t n, GError **error)
{
    g_autoptr(Db) db = db_open(store, error);

    return db && db_is_current_here(db, list, n, error);
}
