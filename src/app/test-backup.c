/* test-backup.c - backup while people work, restore, and what neither of them lets through.
 *
 * On PostgreSQL the dump goes back into the database it came from, for a test has only the one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "testing-kopi.h"

#define HANDS 3

/* --- while people work --- */

typedef struct {
    const Given *given;
    int hand;
    gint done, stop; /* pairs on disk */
} Hand;

/* Two settings in one transaction, as a handler would... */
static bool write_pair(Db *db, void *arg, GError **error)
{
    const Hand *h = arg;
    int64_t owner = h->given->owner;
    g_autofree char *left = g_strdup_printf("venstre.%d.%06d", h->hand, h->done);
    g_autofree char *right = g_strdup_printf("hoyre.%d.%06d", h->hand, h->done);

    return eier_option_set(db, owner, left, "1", error) &&
           eier_option_set(db, owner, right, "1", error);
}

/* ...and the line of the log that the request leaves: all three or none. */
static bool write_line(Db *db, void *arg, GError **error)
{
    const Hand *h = arg;
    const AuditNote note = { .owner = h->given->owner, .at = 1 + h->done, .act = "prove.par" };

    return revisjon_add(db, &note, error);
}

static gpointer work_on(gpointer data)
{
    Hand *h = data;
    g_autoptr(Db) db = db_open(h->given->db->store, NULL);
    g_autoptr(GError) why = NULL;

    db_set_owner(db, h->given->owner);
    db_set_witness(db, write_line, h);
    while (!g_atomic_int_get(&h->stop)) {
        db_transaction(db, write_pair, h, &why);
        g_assert_no_error(why);
        g_atomic_int_inc(&h->done);
    }
    db_set_witness(db, NULL, NULL);
    return NULL;
}

static int64_t count_keys(Db *db, const char *like)
{
    static const DbColumn like_param = { "like", DB_TEXT, false }, n = { "n", DB_INT, false };
    static const size_t offset = 0;
#define COUNT_KEYS "SELECT count(*) AS n FROM eier_innstilling WHERE key LIKE $1"
    static const DbQuery query = { .name = "keys",
                                   .sqlite = COUNT_KEYS,
                                   .postgresql = COUNT_KEYS,
                                   .n_params = 1,
                                   .params = &like_param,
                                   .n_columns = 1,
                                   .columns = &n,
                                   .shape = DB_ROW };
    const DbValue value = db_text(like);
    DbRows rows = { 0 };

    g_assert_true(db_run(db, &query, &value, sizeof(int64_t), &offset, &rows, NULL));
    int64_t count = *(int64_t *)rows.v;

    db_rows_clear(&rows);
    return count;
}

static void assert_whole(const char *url, const int known[HANDS])
{
    g_autoptr(Store) store = store_open(url, NULL);
    g_autoptr(Db) db = db_open(store, NULL);

    for (int i = 0; i < HANDS; i++) {
        g_autofree char *left = g_strdup_printf("venstre.%d.%%", i);
        g_autofree char *right = g_strdup_printf("hoyre.%d.%%", i);

        g_assert_cmpint(count_keys(db, left), ==, count_keys(db, right));
        g_assert_cmpint(count_keys(db, left), >=, known[i]);
    }
    g_assert_cmpint(count_keys(db, "venstre.%"), ==,
                    test_db_int(db, "SELECT count(*) FROM revisjon WHERE act = 'prove.par'"));
    db_close(g_steal_pointer(&db));
}

static void a_copy_under_load_is_one_state(void)
{
    g_auto(Given) g = given();
    Hand hands[HANDS];
    GThread *threads[HANDS];
    int known[HANDS];

    for (int i = 0; i < HANDS; i++) {
        hands[i] = (Hand){ .given = &g, .hand = i };
        threads[i] = g_thread_new("hand", work_on, &hands[i]);
    }
    for (int i = 0; i < HANDS; i++)
        while (g_atomic_int_get(&hands[i].done) < 20)
            g_usleep(1000);
    for (int i = 0; i < HANDS; i++)
        known[i] = g_atomic_int_get(&hands[i].done);
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    for (int i = 0; i < HANDS; i++)
        g_atomic_int_set(&hands[i].stop, 1);
    for (int i = 0; i < HANDS; i++)
        g_thread_join(threads[i]);
    if (store_is_postgresql(g.db->store)) {
        g_free(g.to);
        g.to = g_strdup(g.db->url);
        g_assert_cmpint(bring_back(&g, ""), ==, EXIT_FAILED); /* not empty */
        g_assert_cmpint(bring_back(&g, " --force"), ==, EXIT_DONE);
        g_assert_cmpint(run(cli_verify, "verify --db %s", g.to), ==, EXIT_DONE);
        assert_whole(g.to, known);
        g_free(g.to);
        g.to = g_build_filename(g.db->dir, "ingen", NULL);
        return;
    }
    g_assert_cmpint(bring_back(&g, ""), ==, EXIT_DONE);
    g_assert_cmpint(run(cli_verify, "verify --db %s", g.to), ==, EXIT_DONE);
    assert_whole(g.to, known);
}

/* --- what is not let through --- */

static char *unpack_error(const Given *g, BackupInfo *ret_info)
{
    g_autoptr(GError) why = NULL;

    if (backup_unpack(g->file, g->to, ret_info, &why)) {
        g_unlink(g->to);
        return g_strdup("");
    }
    g_assert_error(why, APP_ERROR, APP_ERROR_INVALID);
    return g_strdup(why->message);
}

/* One byte at each of many places: wherever it is, it is seen. */
static void one_changed_byte_is_seen_wherever_it_is(void)
{
    g_auto(Given) g = given();
    struct stat info;
    BackupInfo about;

    if (!only_sqlite(&g))
        return;
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_assert_cmpint(stat(g.file, &info), ==, 0);
    for (int i = 0; i < 12; i++) {
        off_t at = i == 11 ? info.st_size - 2 : (info.st_size - 84) * i / 10;
        int fd = open(g.file, O_RDWR | O_CLOEXEC);
        char byte;

        g_assert_cmpint(pread(fd, &byte, 1, at), ==, 1);
        byte ^= 1;
        g_assert_cmpint(pwrite(fd, &byte, 1, at), ==, 1);
        g_autofree char *said = unpack_error(&g, &about);

        has(said, "is damaged");
        g_assert_cmpint(bring_back(&g, ""), ==, EXIT_FAILED);
        g_assert_false(g_file_test(g.to, G_FILE_TEST_EXISTS));
        byte ^= 1;
        g_assert_cmpint(pwrite(fd, &byte, 1, at), ==, 1);
        close(fd);
    }
    g_autofree char *whole = unpack_error(&g, &about);

    g_assert_cmpstr(whole, ==, "");
    g_assert_cmpint(about.migration, ==, app_migrations[app_n_migrations - 1].number);
}

static void what_is_cut_off_or_another_programs_is_refused(void)
{
    g_auto(Given) g = given();
    BackupInfo about;
    struct stat info;

    if (!only_sqlite(&g))
        return;
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_assert_cmpint(stat(g.file, &info), ==, 0);
    g_assert_cmpint(truncate(g.file, info.st_size - 5), ==, 0);
    g_autofree char *cut = unpack_error(&g, &about);

    has(cut, "its end is missing");
    g_assert_true(g_file_set_contents(g.file, "", 0, NULL));
    g_autofree char *empty = unpack_error(&g, &about);

    has(empty, "no backup made by oppvekst backup");
    g_assert_true(g_file_set_contents(g.file, "SQLite format 3", -1, NULL));
    g_assert_cmpint(bring_back(&g, ""), ==, EXIT_FAILED);
    g_assert_false(g_file_test(g.to, G_FILE_TEST_EXISTS));
}

static void a_newer_versions_backup_is_refused(void)
{
    g_auto(Given) g = given();

    test_db_exec(g.db->db,
                 "INSERT INTO migration (number, name, sha256, applied_at) "
                 "VALUES (9999, '9999-senere', '', 1)",
                 NULL);
    g_assert_true(store_backup(g.db->store, g.file, "99", NULL));
    if (store_is_postgresql(g.db->store)) {
        BackupInfo about;

        g_assert_true(backup_check_dump(g.file, &about, NULL));
        g_assert_cmpint(about.migration, ==, 9999);
        return;
    }
    g_assert_cmpint(bring_back(&g, ""), ==, EXIT_FAILED);
    g_assert_false(g_file_test(g.to, G_FILE_TEST_EXISTS));
}

static void a_changed_line_in_it_is_not_brought_back(void)
{
    g_auto(Given) g = given();
    const AuditNote note = { .owner = g.owner, .at = 1, .act = "prove.endre", .detail = "sant" };

    if (!only_sqlite(&g))
        return;
    g_assert_true(revisjon_add(g.db->db, &note, NULL));
    test_db_exec(g.db->db, "DROP TRIGGER revisjon_refuse_update", NULL);
    test_db_exec(g.db->db, "UPDATE revisjon SET detail = 'usant'", NULL);
    g_assert_cmpint(back_up(&g, ""), ==, EXIT_DONE);
    g_assert_cmpint(bring_back(&g, ""), ==, EXIT_FAILED);
    g_assert_false(g_file_test(g.to, G_FILE_TEST_EXISTS));
}

static void a_full_disk_leaves_nothing_behind(void)
{
    g_auto(Given) g = given();
    g_autoptr(GError) why = NULL;
    g_autofree char *journal = g_strconcat(g.file, "-journal", NULL);
    const struct rlimit little = { 64 * 1024, RLIM_INFINITY };
    const struct rlimit enough = { RLIM_INFINITY, RLIM_INFINITY };

    if (!only_sqlite(&g))
        return;
    signal(SIGXFSZ, SIG_IGN); /* past the limit a write fails, as on a full disk */
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &little), ==, 0);
    bool done = store_backup(g.db->store, g.file, "99", &why);

    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &enough), ==, 0);
    g_assert_false(done);
    g_assert_false(g_file_test(g.file, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(journal, G_FILE_TEST_EXISTS));
}

static void the_newest_are_kept(void)
{
    g_auto(Given) g = given();
    g_autofree char *first = g_strconcat(g.file, ".1", NULL);
    g_autofree char *second = g_strconcat(g.file, ".2", NULL);

    for (int i = 0; i < 4; i++)
        g_assert_cmpint(back_up(&g, " --keep 2"), ==, EXIT_DONE);
    g_assert_true(g_file_test(g.file, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(first, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(second, G_FILE_TEST_EXISTS));
    /* taking one is a line of the installation's log */
    g_assert_cmpint(test_db_int(g.db->db, "SELECT count(*) FROM revisjon WHERE owner = 0 AND "
                                          "act = 'sikkerhetskopi'"),
                    ==, 4);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/backup/take/under-load", a_copy_under_load_is_one_state);
    g_test_add_func("/backup/take/keep", the_newest_are_kept);
    g_test_add_func("/backup/restore/changed-byte", one_changed_byte_is_seen_wherever_it_is);
    g_test_add_func("/backup/restore/foreign", what_is_cut_off_or_another_programs_is_refused);
    g_test_add_func("/backup/restore/newer", a_newer_versions_backup_is_refused);
    g_test_add_func("/backup/restore/unsound", a_changed_line_in_it_is_not_brought_back);
    g_test_add_func("/backup/take/full-disk", a_full_disk_leaves_nothing_behind);
    return g_test_run();
}
