/* check.c - whether the database is whole, as its engine sees it.
 *
 * A foreign key can be broken although the engine guards it: by whoever switches the guard off. So each
 * key is followed anew.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pglink.h"

/* --- SQLite --- */

typedef bool (*EachRow)(sqlite3_stmt *row, GPtrArray *wrong);

static bool each_row(Db *db, const char *sql, EachRow told, GPtrArray *wrong, int64_t *ret_n,
                     GError **error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db->lite, sql, -1, &stmt, NULL);

    *ret_n = 0;
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW && told(stmt, wrong))
            ++*ret_n;
    }
    bool ok = rc == SQLITE_DONE || lite_fail(db, "check", error);

    sqlite3_finalize(stmt);
    return ok;
}

static const char *cell(sqlite3_stmt *row, int i)
{
    const char *text = (const char *)sqlite3_column_text(row, i);

    return text ? text : "";
}

static bool tell_integrity(sqlite3_stmt *row, GPtrArray *wrong)
{
    if (strcmp(cell(row, 0), "ok"))
        g_ptr_array_add(wrong, g_strdup(cell(row, 0)));
    return true;
}

static bool tell_key(sqlite3_stmt *row, GPtrArray *wrong)
{
    g_ptr_array_add(wrong, g_strdup_printf("%s row %s: what it points to in %s is not there",
                                           cell(row, 0), cell(row, 1), cell(row, 2)));
    return true;
}

static bool count_row(sqlite3_stmt *row, GPtrArray *wrong)
{
    (void)row;
    (void)wrong;
    return true;
}

static bool lite_check(Db *db, GPtrArray *wrong, int64_t *ret_n, GError **error)
{
    int64_t n;

    return each_row(db, "PRAGMA integrity_check(100)", tell_integrity, wrong, &n, error) &&
           each_row(db, "PRAGMA foreign_key_check", tell_key, wrong, &n, error) &&
           each_row(db, "SELECT name FROM sqlite_master WHERE type = 'table'", count_row, wrong,
                    ret_n, error);
}

/* --- PostgreSQL --- */

static PGresult *ask(Db *db, const char *sql, GError **error)
{
    PGresult *r = libpq.exec(db->link->pg, sql);

    if (libpq.resultStatus(r) == PGRES_TUPLES_OK)
        return r;
    link_fail(db->link, r, "check", error);
    libpq.clear(r);
    return NULL;
}

/* What the catalogue itself holds for doubtful. */
#define DOUBTFUL                                                                                   \
    "SELECT 'constraint ' || conname || ' has not been checked' FROM pg_constraint "               \
    "WHERE NOT convalidated AND connamespace = current_schema()::regnamespace "                    \
    "UNION ALL SELECT 'index ' || i.indexrelid::regclass::text || ' is not valid' "                \
    "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "                                     \
    "WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace "                  \
    "UNION ALL SELECT 'table ' || c.relname || ': its trigger ' || t.tgname || ' is switched "     \
    "off' "                                                                                        \
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "                                      \
    "WHERE t.tgenabled = 'D' AND c.relnamespace = current_schema()::regnamespace"
/* For each foreign key: its name, and a query that counts the rows without their target. */
#define KEYS                                                                                       \
    "SELECT k.conrelid::regclass::text || '.' || k.conname, "                                      \
    "format('SELECT count(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)', "   \
    "k.conrelid::regclass, string_agg(format('c.%I IS NOT NULL', a.attname), ' AND '), "           \
    "k.confrelid::regclass, string_agg(format('p.%I = c.%I', f.attname, a.attname), ' AND ')) "    \
    "FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u(child, parent) "     \
    "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.child "                       \
    "JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = u.parent "                     \
    "WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace "                   \
    "GROUP BY k.oid, k.conrelid, k.conname, k.confrelid ORDER BY 1"

static bool follow_key(Db *db, const char *name, const char *sql, GPtrArray *wrong, GError **error)
{
    PGresult *r = ask(db, sql, error);

    if (!r)
        return false;
    if (strcmp(libpq.getvalue(r, 0, 0), "0"))
        g_ptr_array_add(wrong, g_strdup_printf("%s: %s rows point to what is not there", name,
                                               libpq.getvalue(r, 0, 0)));
    libpq.clear(r);
    return true;
}

static bool pg_check(Db *db, GPtrArray *wrong, int64_t *ret_n, GError **error)
{
    /* every owner's rows, whatever was asked for last */
    PGresult *all = ask(db, "SELECT set_config('oppvekst.owner', '', false)", error);
    PGresult *doubtful = all ? ask(db, DOUBTFUL, error) : NULL;
    PGresult *keys = doubtful ? ask(db, KEYS, error) : NULL;
    bool ok = keys != NULL;

    db->link->owner = 0;
    for (int i = 0; ok && i < libpq.ntuples(doubtful); i++)
        g_ptr_array_add(wrong, g_strdup(libpq.getvalue(doubtful, i, 0)));
    for (int i = 0; ok && i < libpq.ntuples(keys); i++)
        ok = follow_key(db, libpq.getvalue(keys, i, 0), libpq.getvalue(keys, i, 1), wrong, error);
    if (ok)
        *ret_n = libpq.ntuples(keys);
    libpq.clear(all);
    libpq.clear(doubtful);
    libpq.clear(keys);
    return ok;
}

bool db_check(Db *db, GPtrArray *wrong, int64_t *ret_n, GError **error)
{
    return db->store->postgresql ? pg_check(db, wrong, ret_n, error)
                                 : lite_check(db, wrong, ret_n, error);
}

bool store_is_empty(Store *store, bool *ret, GError **error)
{
    g_autoptr(Db) db = db_open(store, error);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    int64_t n = 0;

    if (!db)
        return false;
    if (store->postgresql) {
        PGresult *r = ask(db,
                          "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND "
                          "relnamespace = current_schema()::regnamespace",
                          error);

        if (!r)
            return false;
        n = strcmp(libpq.getvalue(r, 0, 0), "0") != 0;
        libpq.clear(r);
    } else if (!each_row(db, "SELECT name FROM sqlite_master WHERE type = 'table'", count_row, none,
                         &n, error)) {
        return false;
    }
    *ret = n == 0;
    return true;
}
