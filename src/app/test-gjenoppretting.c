/* test-gjenoppretting.c - what a restore is put in the place of, and what it leaves when it fails.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <unistd.h>
#include "testing-kopi.h"

static void what_is_there_stays_unless_forced(void)
{
    g_auto(Given) g = given();

    if (!only_sqlite(&g))
        return;
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_FAILED);
    g_assert_cmpint(back_up(&g, " --force"), ==, EXIT_DONE);
    g_assert_cmpint(bring_back(&g, ""), ==, EXIT_DONE);
    g_assert_cmpint(bring_back(&g, ""), ==, EXIT_FAILED);
    g_assert_cmpint(bring_back(&g, " --force"), ==, EXIT_DONE);
    /* not even then under a program that has it open */
    {
        g_autoptr(Store) in_use = store_open(g.to, NULL);
        g_autoptr(Db) db = db_open(in_use, NULL);

        g_assert_cmpint(test_db_int(db, "SELECT count(*) FROM eier"), ==, 1);
        g_assert_cmpint(bring_back(&g, " --force"), ==, EXIT_FAILED);
        db_close(g_steal_pointer(&db));
    }
    g_assert_cmpint(bring_back(&g, " --force"), ==, EXIT_DONE);
}

/* The file that is to be replaced is the one that cannot be read: it is put aside. */
static void what_is_damaged_is_kept_aside(void)
{
    static const char noise[] = "this is where the head of a database should stand";
    g_auto(Given) g = given();
    g_autofree char *aside = g_strconcat(g.to, ".damaged", NULL), *held = NULL;

    if (!only_sqlite(&g))
        return;
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    for (int i = 0; i < 2; i++) {
        g_assert_true(g_file_set_contents(g.to, noise, -1, NULL));
        g_assert_cmpint(bring_back(&g, ""), ==, EXIT_FAILED);
        g_assert_cmpint(bring_back(&g, " --force"), ==, EXIT_DONE);
        g_assert_cmpint(run(cli_verify, "verify --db %s", g.to), ==, EXIT_DONE);
        g_clear_pointer(&held, g_free);
        g_assert_true(g_file_get_contents(aside, &held, NULL, NULL));
        g_assert_cmpstr(held, ==, noise);
    }
    /* and not when the backup cannot be used */
    g_assert_true(g_file_set_contents(g.to, noise, -1, NULL));
    g_assert_cmpint(truncate(g.file, 5000), ==, 0);
    g_unlink(aside);
    g_assert_cmpint(bring_back(&g, " --force"), ==, EXIT_FAILED);
    g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(g.to, G_FILE_TEST_EXISTS));
}

/* --- PostgreSQL: into another database --- */

/* An empty database on the same cluster: "postgresql://tester@/NAME?host=..." */
static char *fresh_database(const Given *g, char **ret_drop)
{
    g_autofree char *name = g_strdup_printf("fersk%" G_GINT64_FORMAT, id_new());
    g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", name);
    const char *start = strstr(g->db->url, "@/") + 2;

    test_db_exec(g->db->db, g_intern_string(create), NULL);
    *ret_drop = g_strdup_printf("DROP DATABASE %s", name);
    return g_strdup_printf("%.*s%s%s", (int)(start - g->db->url), g->db->url, name,
                           strchr(start, '?'));
}

static void a_damaged_dump_is_refused(void)
{
    g_auto(Given) g = given();
    g_autofree char *whole = NULL;
    gsize size = 0;

    if (!store_is_postgresql(g.db->store)) {
        g_test_skip("a dump is PostgreSQL's");
        return;
    }
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_assert_true(g_file_get_contents(g.file, &whole, &size, NULL));
    for (int i = 0; i < 3; i++) {
        g_autoptr(GError) why = NULL;
        BackupInfo about;

        /* cut off in the middle; without its head; nothing at all */
        gsize from = i == 1 ? 100 : 0, len = i == 0 ? size / 2 : i == 1 ? size - 100 : 0;

        g_assert_true(g_file_set_contents(g.file, whole + from, (gssize)len, NULL));
        g_assert_false(backup_check_dump(g.file, &about, &why));
        g_assert_error(why, APP_ERROR, APP_ERROR_INVALID);
        g_assert_cmpint(run(cli_restore, "restore %s --db %s --force", g.file, g.db->url), ==,
                        EXIT_FAILED);
    }
    /* and what was there still is */
    g_assert_cmpint(test_db_int(g.db->db, "SELECT count(*) FROM eier"), ==, 1);
}

static void a_dump_goes_into_a_fresh_database(void)
{
    g_auto(Given) g = given();
    const AuditNote note = { .owner = g.owner, .at = 1, .act = "prove.endre", .detail = "sant" };

    if (!store_is_postgresql(g.db->store)) {
        g_test_skip("a dump is PostgreSQL's");
        return;
    }
    g_assert_true(revisjon_add(g.db->db, &note, NULL));
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_autofree char *drop = NULL, *url = fresh_database(&g, &drop);

    g_assert_cmpint(run(cli_restore, "restore %s --db %s", g.file, url), ==, EXIT_DONE);
    g_assert_cmpint(run(cli_verify, "verify --db %s", url), ==, EXIT_DONE);
    {
        g_autoptr(Store) store = store_open(url, NULL);
        g_autoptr(Db) db = db_open(store, NULL);

        g_assert_cmpint(test_db_int(db, "SELECT count(*) FROM eier"), ==, 1);
        g_assert_cmpint(test_db_int(db, "SELECT count(*) FROM revisjon WHERE act = 'prove.endre'"),
                        ==, 1);
        db_close(g_steal_pointer(&db));
    }
    g_assert_cmpint(run(cli_restore, "restore %s --db %s", g.file, url), ==, EXIT_FAILED);
    test_db_exec(g.db->db, g_intern_string(drop), NULL);
}

/* An upgrade that went wrong: what is there has tables the dump knows nothing of. */
static void an_older_dump_goes_over_a_newer_database(void)
{
    g_auto(Given) g = given();

    if (!store_is_postgresql(g.db->store)) {
        g_test_skip("a dump is PostgreSQL's");
        return;
    }
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_autofree char *drop = NULL, *url = fresh_database(&g, &drop);

    g_assert_cmpint(run(cli_restore, "restore %s --db %s", g.file, url), ==, EXIT_DONE);
    {
        g_autoptr(Store) store = store_open(url, NULL);
        g_autoptr(Db) db = db_open(store, NULL);

        test_db_exec(db, "CREATE TABLE senere (owner BIGINT REFERENCES eier (id))", NULL);
        test_db_exec(db, "CREATE VIEW senere_syn AS SELECT * FROM eier", NULL);
    }
    g_assert_cmpint(run(cli_restore, "restore %s --db %s --force", g.file, url), ==, EXIT_DONE);
    g_assert_cmpint(run(cli_verify, "verify --db %s", url), ==, EXIT_DONE);
    {
        g_autoptr(Store) store = store_open(url, NULL);
        g_autoptr(Db) db = db_open(store, NULL);

        g_assert_cmpint(test_db_int(db, "SELECT count(*) FROM pg_class WHERE relname = 'senere'"),
                        ==, 0);
        g_assert_cmpint(test_db_int(db, "SELECT count(*) FROM pg_namespace "
                                        "WHERE nspname LIKE '%gjenoppretting'"),
                        ==, 0);
    }
    test_db_exec(g.db->db, g_intern_string(drop), NULL);
}

/* Read, loaded, and only then found not to be what it was. */
static void an_unsound_dump_leaves_what_was_there(void)
{
    g_auto(Given) g = given();
    const AuditNote note = { .owner = g.owner, .at = 1, .act = "prove.endre", .detail = "sant" };

    if (!store_is_postgresql(g.db->store)) {
        g_test_skip("a dump is PostgreSQL's");
        return;
    }
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_autofree char *drop = NULL, *url = fresh_database(&g, &drop);

    g_assert_cmpint(run(cli_restore, "restore %s --db %s", g.file, url), ==, EXIT_DONE);
    g_assert_true(revisjon_add(g.db->db, &note, NULL));
    test_db_exec(g.db->db, "ALTER TABLE revisjon DISABLE TRIGGER USER", NULL);
    test_db_exec(g.db->db, "UPDATE revisjon SET detail = 'usant'", NULL);
    g_assert_cmpint(back_up(&g, " --force"), ==, EXIT_DONE);
    g_assert_cmpint(run(cli_restore, "restore %s --db %s --force", g.file, url), ==, EXIT_FAILED);
    g_assert_cmpint(run(cli_verify, "verify --db %s", url), ==, EXIT_DONE);
    {
        g_autoptr(Store) store = store_open(url, NULL);
        g_autoptr(Db) db = db_open(store, NULL);

        g_assert_cmpint(test_db_int(db, "SELECT count(*) FROM revisjon WHERE detail = 'usant'"), ==,
                        0);
    }
    test_db_exec(g.db->db, g_intern_string(drop), NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/backup/restore/target", what_is_there_stays_unless_forced);
    g_test_add_func("/backup/restore/damaged-target", what_is_damaged_is_kept_aside);
    g_test_add_func("/backup/restore/damaged-dump", a_damaged_dump_is_refused);
    g_test_add_func("/backup/restore/fresh-database", a_dump_goes_into_a_fresh_database);
    g_test_add_func("/backup/restore/older-dump", an_older_dump_goes_over_a_newer_database);
    g_test_add_func("/backup/restore/unsound-dump", an_unsound_dump_leaves_what_was_there);
    return g_test_run();
}
