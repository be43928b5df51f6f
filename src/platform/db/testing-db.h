/* testing-db.h - a fresh database for one test, on the engine that TEST_DB chooses.
 *
 * SQLite gets a file of its own (fsync and all) in a scratch directory; on PostgreSQL, TEST_DB names
 * a database and each test gets a schema of its own in it. Both go when the test ends.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "db.h"

typedef struct {
    Store *store;
    Db *db;
    char *url; /* what store_open() was given */
    char *dir, *schema;
} TestDb;

/* Migrated with the list; list NULL: not migrated at all. Dies when anything fails. */
TestDb *test_db_new(const Migration *list, size_t n);
void test_db_free(TestDb *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestDb, test_db_free)

/* Runs text without parameters or answer, as a write. `error` may be NULL: then it must succeed. */
bool test_db_exec(Db *db, const char *sql, GError **error);
/* The one integer a text answers with; dies when there is none. */
int64_t test_db_int(Db *db, const char *sql);
/* SQLite: on a connection of its own, as somebody with the file in hand would: a setting of that
 * connection, then a change of one row. */
void test_db_behind(const TestDb *test, const char *setting, const char *sql);
