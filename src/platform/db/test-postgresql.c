/* test-postgresql.c - what only PostgreSQL can do to us: other owners' rows, serialization failures,
 * a connection that goes away. Skipped unless TEST_DB names one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-db.h"

static const Migration migrations[] = {
    { 1, "0001-walk",
      "CREATE TABLE walk (owner BIGINT NOT NULL, id BIGINT NOT NULL, n BIGINT NOT NULL,\n"
      "    PRIMARY KEY (owner, id));\n"
      "INSERT INTO walk (owner, id, n) VALUES (1, 1, 0), (1, 2, 0), (2, 3, 0);" },
};

#define COUNT "SELECT count(*) AS n FROM walk"
#define UPDATE "UPDATE walk SET n = n + 1"
static const DbColumn count_column[] = { { "n", DB_INT, false } };
static const size_t at_start[] = { 0 };
static const DbQuery count_query = { .name = "walk_count",
                                     .sqlite = COUNT,
                                     .postgresql = COUNT,
                                     .n_columns = 1,
                                     .columns = count_column,
                                     .shape = DB_ROW };
static const DbQuery count_all_query = { .name = "walk_count_all",
                                         .sqlite = COUNT,
                                         .postgresql = COUNT,
                                         .n_columns = 1,
                                         .columns = count_column,
                                         .all_owners = true,
                                         .shape = DB_ROW };

static int64_t count(Db *db, const DbQuery *query)
{
    g_autoptr(GError) why = NULL;
    DbRows rows = { 0 };

    db_run(db, query, NULL, sizeof(int64_t), at_start, &rows, &why);
    g_assert_no_error(why);
    int64_t n = *(int64_t *)rows.v;

    db_rows_clear(&rows);
    return n;
}

static bool skipped(void)
{
    const char *url = g_getenv("TEST_DB");

    if (url && *url)
        return false;
    g_test_skip("TEST_DB names no PostgreSQL");
    return true;
}

/* A superuser sees everything: such a one steps down to a role of the test's. */
static void step_down(TestDb *t)
{
    if (!test_db_int(t->db, "SELECT count(*) FROM pg_roles "
                            "WHERE rolname = current_user AND rolsuper"))
        return;
    test_db_exec(t->db,
                 "DO $x$ BEGIN CREATE ROLE oppvekst_test; "
                 "EXCEPTION WHEN duplicate_object THEN NULL; END $x$",
                 NULL);
    g_autofree char *usage =
        g_strdup_printf("GRANT USAGE ON SCHEMA %s TO oppvekst_test", t->schema);
    g_autofree char *all =
        g_strdup_printf("GRANT ALL ON ALL TABLES IN SCHEMA %s TO oppvekst_test", t->schema);

    test_db_exec(t->db, usage, NULL);
    test_db_exec(t->db, all, NULL);
    test_db_exec(t->db, "SET ROLE oppvekst_test", NULL);
}

static void other_owners_rows_are_hidden(void)
{
    if (skipped())
        return;
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    g_autoptr(GError) why = NULL;

    step_down(t);
    g_assert_cmpint(count(t->db, &count_query), ==, 3);
    db_set_owner(t->db, 1);
    g_assert_cmpint(count(t->db, &count_query), ==, 2);
    g_assert_cmpint(count(t->db, &count_all_query), ==, 3);
    test_db_exec(t->db, UPDATE, NULL);
    g_assert_false(test_db_exec(t->db, "INSERT INTO walk (owner, id, n) VALUES (2, 9, 0)", &why));
    g_assert_error(why, APP_ERROR, APP_ERROR_DB);
    db_set_owner(t->db, 2);
    g_assert_cmpint(count(t->db, &count_query), ==, 1);
    db_set_owner(t->db, 0);
    g_assert_cmpint(count(t->db, &count_query), ==, 3);
    g_assert_cmpint(test_db_int(t->db, "SELECT CAST(sum(n) AS BIGINT) FROM walk"), ==, 2);
    test_db_exec(t->db, "RESET ROLE", NULL);
}

static bool change_owner_and_fail(Db *db, void *arg, GError **error)
{
    (void)arg;
    db_set_owner(db, 2);
    g_assert_cmpint(count(db, &count_query), ==, 1);
    return app_fail(error, APP_ERROR_FORBIDDEN, "no");
}

/* A rollback takes PostgreSQL's setting back with it; ours must not believe otherwise. */
static void the_owner_survives_a_rollback(void)
{
    if (skipped())
        return;
    g_autoptr(TestDb) t = test_db_new(migrations, 1);

    step_down(t);
    db_set_owner(t->db, 1);
    g_assert_cmpint(count(t->db, &count_query), ==, 2);
    g_assert_false(db_transaction(t->db, change_owner_and_fail, NULL, NULL));
    g_assert_cmpint(count(t->db, &count_query), ==, 1);
    db_set_owner(t->db, 1);
    g_assert_cmpint(count(t->db, &count_query), ==, 2);
    test_db_exec(t->db, "RESET ROLE", NULL);
}

static void the_pool_forgets_the_owner(void)
{
    if (skipped())
        return;
    g_autoptr(TestDb) t = test_db_new(migrations, 1);

    step_down(t);
    db_set_owner(t->db, 1);
    g_assert_cmpint(count(t->db, &count_query), ==, 2);
    db_close(g_steal_pointer(&t->db));
    t->db = db_open(t->store, NULL); /* the same connection again */
    g_assert_cmpint(count(t->db, &count_query), ==, 3);
    test_db_exec(t->db, "RESET ROLE", NULL);
}

/* --- serialization failures --- */

typedef struct {
    TestDb *t;
    int tries;
    int bad; /* tries that lose */
} Clash;

/* Reads, lets another connection write what was read, then writes: PostgreSQL must refuse. */
static bool clash(Db *db, void *arg, GError **error)
{
    Clash *c = arg;

    count(db, &count_query);
    if (c->tries++ < c->bad) {
        g_autoptr(Db) other = db_open(c->t->store, NULL);

        test_db_exec(other, UPDATE, NULL);
    }
    return test_db_exec(db, UPDATE, error);
}

static void a_serialization_failure_is_run_again(void)
{
    if (skipped())
        return;
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    g_autoptr(GError) why = NULL;
    Clash c = { t, 0, 2 };

    g_assert_true(db_transaction(t->db, clash, &c, &why));
    g_assert_no_error(why);
    g_assert_cmpint(c.tries, ==, 3);
    g_assert_cmpint(test_db_int(t->db, "SELECT n FROM walk WHERE id = 1"), ==, 3);
}

static void it_gives_up_as_busy(void)
{
    if (skipped())
        return;
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    g_autoptr(GError) why = NULL;
    Clash c = { t, 0, 100 };

    g_assert_false(db_transaction(t->db, clash, &c, &why));
    g_assert_error(why, APP_ERROR, APP_ERROR_BUSY);
    g_assert_cmpint(c.tries, ==, 8);
}

/* --- a connection that goes away --- */

#define KILL_OTHERS                                                                                \
    "SELECT count(*) AS n FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity "           \
    "WHERE pid <> pg_backend_pid() AND datname = current_database() AND usename = current_user "   \
    "AND backend_type = 'client backend') x"

static void a_lost_connection_is_mended(void)
{
    if (skipped())
        return;
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    g_autoptr(Db) other = db_open(t->store, NULL);
    Clash c = { t, 0, 0 };

    g_assert_cmpint(count(t->db, &count_query), ==, 3);
    g_assert_cmpint(test_db_int(other, KILL_OTHERS), >=, 1);
    g_usleep(50000);
    g_assert_true(db_transaction(t->db, clash, &c, NULL));
    g_assert_cmpint(test_db_int(other, KILL_OTHERS), >=, 1);
    g_usleep(50000);
    g_assert_cmpint(count(t->db, &count_query), ==, 3);
    g_assert_cmpint(test_db_int(t->db, "SELECT n FROM walk WHERE id = 1"), ==, 1);
}

static bool cut_off(Db *db, void *arg, GError **error)
{
    test_db_int(arg, KILL_OTHERS);
    g_usleep(50000);
    return test_db_exec(db, UPDATE, error);
}

/* To whoever asks it is a matter of waiting, not a fault: the page says "try again". */
static void a_server_that_is_away_is_busy(void)
{
    if (skipped())
        return;
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    g_autoptr(Db) other = db_open(t->store, NULL);
    g_autoptr(GError) cut = NULL, none = NULL;

    g_assert_cmpint(count(t->db, &count_query), ==, 3);
    g_assert_false(db_transaction(t->db, cut_off, other, &cut));
    g_assert_error(cut, APP_ERROR, APP_ERROR_BUSY);
    g_autoptr(Store) nowhere = store_open("postgresql://x@/x?host=/nonexistent", &none);
    g_autoptr(Db) db = nowhere ? db_open(nowhere, &none) : NULL;

    g_assert_null(db);
    g_assert_error(none, APP_ERROR, APP_ERROR_BUSY);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/postgresql/owner/hidden", other_owners_rows_are_hidden);
    g_test_add_func("/postgresql/owner/rollback", the_owner_survives_a_rollback);
    g_test_add_func("/postgresql/owner/pool", the_pool_forgets_the_owner);
    g_test_add_func("/postgresql/serialization/again", a_serialization_failure_is_run_again);
    g_test_add_func("/postgresql/serialization/busy", it_gives_up_as_busy);
    g_test_add_func("/postgresql/connection/lost", a_lost_connection_is_mended);
    g_test_add_func("/postgresql/connection/away", a_server_that_is_away_is_busy);
    return g_test_run();
}
