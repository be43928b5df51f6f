/* test-migrate.c - migrations run once, stop at surprises, and mean the same on both engines.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-db.h"
#include "migrate.h"

static const char first[] =
    "-- two tables that point at each other's kin\n"
    "CREATE TABLE eier (id BIGINT NOT NULL PRIMARY KEY);\n"
    "CREATE TABLE walk (\n"
    "    owner BIGINT NOT NULL REFERENCES eier (id), -- ; not an end\n"
    "    id    BIGINT NOT NULL,\n"
    "    note  TEXT CHECK (note <> ';, REFERENCES'),\n"
    "    size  DOUBLE PRECISION,\n"
    "    later BIGINT,\n"
    "    PRIMARY KEY (owner, id),\n"
    "    FOREIGN KEY (owner, later) REFERENCES later (owner, id) ON DELETE CASCADE\n"
    ");\n"
    "CREATE TABLE later (owner BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (owner, id));\n";
static const char second[] = "ALTER TABLE walk ADD COLUMN more TEXT;";

static const Migration two[] = { { 1, "0001-first", first }, { 2, "0002-second", second } };

static void each_runs_once(void)
{
    g_autoptr(TestDb) t = test_db_new(NULL, 0);
    g_autoptr(GError) why = NULL;
    int applied = -1;

    g_assert_false(db_is_current(t->store, two, 2, &why));
    g_assert_error(why, APP_ERROR, APP_ERROR_CONFLICT);
    g_assert_nonnull(strstr(why->message, "0001-first"));
    g_assert_true(db_migrate(t->store, two, 1, &applied, NULL));
    g_assert_cmpint(applied, ==, 1);
    g_clear_error(&why);
    g_assert_false(db_is_current(t->store, two, 2, &why));
    g_assert_nonnull(strstr(why->message, "0002-second"));
    g_assert_true(db_migrate(t->store, two, 2, &applied, NULL));
    g_assert_cmpint(applied, ==, 1);
    g_assert_true(db_migrate(t->store, two, 2, &applied, NULL));
    g_assert_cmpint(applied, ==, 0);
    g_assert_true(db_is_current(t->store, two, 2, NULL));
}

static void a_changed_text_stops(void)
{
    static const Migration changed[] = { { 1, "0001-first", "CREATE TABLE eier (id BIGINT);" },
                                         { 2, "0002-second", second } };
    g_autoptr(TestDb) t = test_db_new(two, 2);
    g_autoptr(GError) why = NULL;

    g_assert_false(db_migrate(t->store, changed, 2, NULL, &why));
    g_assert_error(why, APP_ERROR, APP_ERROR_CONFLICT);
    g_assert_nonnull(strstr(why->message, "0001-first has changed"));
}

static void a_missing_one_stops(void)
{
    static const Migration third[] = { { 1, "0001-first", first }, { 3, "0003-third", second } };
    g_autoptr(TestDb) t = test_db_new(two, 2);
    g_autoptr(GError) forgotten = NULL, overtaken = NULL;

    g_assert_false(db_migrate(t->store, two, 1, NULL, &forgotten));
    g_assert_error(forgotten, APP_ERROR, APP_ERROR_CONFLICT);
    g_assert_nonnull(strstr(forgotten->message, "0002-second"));
    g_assert_nonnull(strstr(forgotten->message, "install that version"));
    g_clear_error(&forgotten);
    g_assert_false(db_is_current(t->store, two, 1, &forgotten));
    g_assert_null(strstr(forgotten->message, "oppvekst migrate")); /* it would not help */
    g_assert_false(db_migrate(t->store, third, 2, NULL, &overtaken));
    g_assert_nonnull(strstr(overtaken->message, "0002-second"));
}

static void a_failed_one_leaves_nothing(void)
{
    static const Migration broken[] = {
        { 1, "0001-first", first },
        { 2, "0002-broken",
          "CREATE TABLE fine (id BIGINT NOT NULL PRIMARY KEY);\n"
          "INSERT INTO nowhere (id) VALUES (1);" },
    };
    g_autoptr(TestDb) t = test_db_new(NULL, 0);
    g_autoptr(GError) why = NULL;

    g_assert_false(db_migrate(t->store, broken, 2, NULL, &why));
    g_assert_nonnull(strstr(why->message, "0002-broken line 2"));
    g_assert_true(db_is_current(t->store, broken, 1, NULL));
    g_clear_error(&why);
    g_assert_false(test_db_exec(t->db, "INSERT INTO fine (id) VALUES (1)", &why));
}

static void keys_and_types_hold(void)
{
    static const struct {
        const char *sql;
        bool ok;
    } cases[] = {
        { "INSERT INTO eier (id) VALUES (1)", true },
        { "INSERT INTO later (owner, id) VALUES (1, 7)", true },
        { "INSERT INTO walk (owner, id, note, size, later) VALUES (1, 1, 'æ', 2.5, 7)", true },
        { "INSERT INTO walk (owner, id) VALUES (2, 1)", false },           /* no such owner */
        { "INSERT INTO walk (owner, id, later) VALUES (1, 2, 8)", false }, /* no such later */
        { "INSERT INTO walk (owner, id) VALUES (1, NULL)", false },
        { "INSERT INTO walk (owner, id, size) VALUES (1, 3, 'much')", false },
        { "INSERT INTO walk (owner, id) VALUES (1, 'x')", false },
        { "INSERT INTO walk (owner, id, note) VALUES (1, 4, ';, REFERENCES')", false },
    };
    g_autoptr(TestDb) t = test_db_new(two, 2);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) why = NULL;

        g_test_message("%s", cases[i].sql);
        g_assert_true(test_db_exec(t->db, cases[i].sql, &why) == cases[i].ok);
    }
    test_db_exec(t->db, "DELETE FROM later WHERE owner = 1", NULL);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM walk"), ==, 0);
}

/* --- the texts --- */

static void sqlite_gets_checks(void)
{
    g_autoptr(GPtrArray) list =
        ddl_parse("CREATE TABLE t (a BIGINT NOT NULL, b TEXT, PRIMARY KEY (a))", NULL, NULL);
    g_autofree char *sql = migrate_sqlite(g_ptr_array_index(list, 0));

    g_assert_cmpstr(sql, ==,
                    "CREATE TABLE t (a BIGINT NOT NULL CHECK (typeof(\"a\") IN ('integer')), "
                    "b TEXT CHECK (typeof(\"b\") IN ('text', 'null')), PRIMARY KEY (a))");
}

static void postgresql_gets_keys_last(void)
{
    g_autoptr(GPtrArray) list = ddl_parse(first, NULL, NULL);
    g_autofree char *sql = migrate_postgresql(g_ptr_array_index(list, 1));
    g_autoptr(GPtrArray) last = migrate_postgresql_last(list);

    g_assert_null(strstr(sql, "(owner, later)"));
    g_assert_null(strstr(sql, "eier"));
    g_assert_nonnull(strstr(sql, "note  TEXT COLLATE \"C\" CHECK (note <> ';, REFERENCES')"));
    g_assert_cmpstr(g_ptr_array_index(last, 0), ==,
                    "ALTER TABLE \"walk\" ADD CONSTRAINT \"walk_owner_eier_fkey\" "
                    "FOREIGN KEY (\"owner\") REFERENCES eier (id)");
    g_assert_cmpstr(
        g_ptr_array_index(last, 1), ==,
        "ALTER TABLE \"walk\" ADD CONSTRAINT \"walk_owner_later_later_fkey\" FOREIGN KEY "
        "(\"owner\", \"later\") REFERENCES later (owner, id) ON DELETE CASCADE");
    g_assert_cmpuint(last->len, ==,
                     2 + 2 * 3); /* security: three statements for each tenant table */
}

static void long_names_stay_apart(void)
{
    g_autofree char *a = g_strnfill(50, 'a');
    g_autofree char *sql = g_strdup_printf(
        "CREATE TABLE %s (x_%s BIGINT REFERENCES %s (id), y_%s BIGINT REFERENCES %s (id))", a, a, a,
        a, a);
    g_autoptr(GPtrArray) list = ddl_parse(sql, NULL, NULL);
    g_autoptr(GPtrArray) last = migrate_postgresql_last(list);

    g_assert_cmpuint(last->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
        const char *name = strstr(g_ptr_array_index(last, i), "CONSTRAINT \"") + 12;

        g_assert_cmpuint(strcspn(name, "\""), <=, 63);
    }
    g_assert_cmpstr(g_ptr_array_index(last, 0), !=, g_ptr_array_index(last, 1));
    g_assert_true(strncmp(strstr(g_ptr_array_index(last, 0), "CONSTRAINT"),
                          strstr(g_ptr_array_index(last, 1), "CONSTRAINT"), 70) != 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/migrate/run/once", each_runs_once);
    g_test_add_func("/migrate/run/changed", a_changed_text_stops);
    g_test_add_func("/migrate/run/missing", a_missing_one_stops);
    g_test_add_func("/migrate/run/failed", a_failed_one_leaves_nothing);
    g_test_add_func("/migrate/run/keys-and-types", keys_and_types_hold);
    g_test_add_func("/migrate/text/sqlite", sqlite_gets_checks);
    g_test_add_func("/migrate/text/postgresql", postgresql_gets_keys_last);
    g_test_add_func("/migrate/text/long-names", long_names_stay_apart);
    return g_test_run();
}
