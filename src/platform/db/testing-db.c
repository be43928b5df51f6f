/* testing-db.c - a fresh database for one test.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sqlite3.h>
#include "testing-db.h"
#include <glib/gstdio.h>
#include <unistd.h>

static char *own_schema(const char *url, char **ret_schema)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(Store) store = store_open(url, &why);

    g_assert_no_error(why);
    g_autoptr(Db) db = db_open(store, &why);

    g_assert_no_error(why);
    *ret_schema = g_strdup_printf("t%d_%" G_GINT64_FORMAT, (int)getpid(), id_new());
    g_autofree char *sql = g_strconcat("CREATE SCHEMA ", *ret_schema, NULL);

    test_db_exec(db, sql, NULL);
    return g_strdup_printf("%s%coptions=-csearch_path%%3D%s", url, strchr(url, '?') ? '&' : '?',
                           *ret_schema);
}

TestDb *test_db_new(const Migration *list, size_t n)
{
    const char *url = g_getenv("TEST_DB");
    g_autoptr(GError) why = NULL;
    TestDb *test = g_new0(TestDb, 1);

    test->dir = g_dir_make_tmp("oppvekst-test-XXXXXX", &why);
    g_assert_no_error(why);
    test->url =
        url && *url ? own_schema(url, &test->schema) : g_strdup_printf("sqlite:%s/db", test->dir);
    test->store = store_open(test->url, &why);
    g_assert_no_error(why);
    if (list)
        db_migrate(test->store, list, n, NULL, &why);
    g_assert_no_error(why);
    test->db = db_open(test->store, &why);
    g_assert_no_error(why);
    return test;
}

void test_db_free(TestDb *test)
{
    static const char *const files[] = { "db", "db-wal", "db-shm", "db-turn" };

    if (test->schema) {
        g_autofree char *sql = g_strdup_printf("DROP SCHEMA %s CASCADE", test->schema);

        test_db_exec(test->db, sql, NULL);
    }
    db_close(test->db);
    store_close(test->store);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(test->dir, files[i], NULL);

        g_unlink(path);
    }
    g_rmdir(test->dir);
    g_free(test->dir);
    g_free(test->schema);
    g_free(test->url);
    g_free(test);
}

bool test_db_exec(Db *db, const char *sql, GError **error)
{
    const DbQuery query = { .name = "test", .sqlite = sql, .postgresql = sql, .writes = true };
    g_autoptr(GError) why = NULL;

    if (db_run(db, &query, NULL, 0, NULL, NULL, &why))
        return true;
    if (!error)
        g_error("%s: %s", sql, why->message);
    return app_pass(error, &why);
}

int64_t test_db_int(Db *db, const char *sql)
{
    static const DbColumn columns[] = { { "n", DB_INT, false } };
    static const size_t offset[] = { 0 };
    const DbQuery query = { .name = "test",
                            .sqlite = sql,
                            .postgresql = sql,
                            .n_columns = 1,
                            .columns = columns,
                            .shape = DB_ROW };
    g_autoptr(GError) why = NULL;
    DbRows rows = { 0 };

    db_run(db, &query, NULL, sizeof(int64_t), offset, &rows, &why);
    g_assert_no_error(why);
    int64_t n = *(int64_t *)rows.v;

    db_rows_clear(&rows);
    return n;
}

void test_db_behind(const TestDb *test, const char *setting, const char *sql)
{
    const char *url = test->url;
    sqlite3 *own = NULL;

    url += g_str_has_prefix(url, "sqlite:") ? strlen("sqlite:") : 0;
    g_assert_cmpint(sqlite3_open_v2(url, &own, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
    sqlite3_busy_timeout(own, 5000);
    g_assert_cmpint(sqlite3_exec(own, setting, NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(own, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_changes(own), ==, 1);
    sqlite3_close(own);
}
