/* test-writers.c - many writers at once: a failing one sinks nobody else, and what was acknowledged
 * survives kill -9, on the engine TEST_DB chooses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-db.h"
#include "i18n.h"
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_WRITERS 16
#define N_EACH 50
#define N_KILLS 6

static const Migration migrations[] = {
    { 1, "0001-load",
      "CREATE TABLE load (id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0));\n"
      "CREATE TABLE counter (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL);\n"
      "INSERT INTO counter (id, n) VALUES (1, 0);" },
};

#define INSERT "INSERT INTO load (id) VALUES ($1)"
static const DbColumn int_column[] = { { "id", DB_INT, false } };
static const DbQuery insert_query = { .name = "load_insert",
                                      .sqlite = INSERT,
                                      .postgresql = INSERT,
                                      .n_params = 1,
                                      .params = int_column,
                                      .writes = true };
#define SELECT "SELECT count(*) AS n FROM load WHERE id = $1"
static const DbQuery select_query = { .name = "load_select",
                                      .sqlite = SELECT,
                                      .postgresql = SELECT,
                                      .n_params = 1,
                                      .params = int_column,
                                      .n_columns = 1,
                                      .columns = int_column,
                                      .shape = DB_ROW };
static const size_t at_start[] = { 0 };

static bool insert(Db *db, int64_t id, GError **error)
{
    const DbValue values[] = { db_int(id) };

    return db_run(db, &insert_query, values, 0, NULL, NULL, error);
}

static bool is_stored(Db *db, int64_t id)
{
    const DbValue values[] = { db_int(id) };
    DbRows rows = { 0 };

    g_assert_true(db_run(db, &select_query, values, sizeof(int64_t), at_start, &rows, NULL));
    bool there = *(int64_t *)rows.v == 1;

    db_rows_clear(&rows);
    return there;
}

typedef struct {
    Store *store;
    int number;
    int n_failed;
} Thread;

/* Every fifth row breaks the check; the others must not notice. */
static void *write_some(void *data)
{
    Thread *t = data;
    g_autoptr(Db) db = db_open(t->store, NULL);

    for (int i = 0; i < N_EACH; i++) {
        g_autoptr(GError) why = NULL;
        int64_t id = 1 + t->number * N_EACH + i;

        if (insert(db, i % 5 ? id : -id, &why))
            continue;
        g_assert_error(why, APP_ERROR, APP_ERROR_INVALID);
        t->n_failed++;
    }
    return NULL;
}

static void run_threads(Store *store, GThreadFunc func, Thread threads[N_WRITERS])
{
    GThread *handles[N_WRITERS];

    for (int i = 0; i < N_WRITERS; i++) {
        threads[i] = (Thread){ store, i, 0 };
        handles[i] = g_thread_new("writer", func, &threads[i]);
    }
    for (int i = 0; i < N_WRITERS; i++)
        g_thread_join(handles[i]);
}

static void a_failure_sinks_nobody_else(void)
{
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    Thread threads[N_WRITERS];

    run_threads(t->store, write_some, threads);
    for (int i = 0; i < N_WRITERS; i++)
        g_assert_cmpint(threads[i].n_failed, ==, N_EACH / 5);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM load"), ==,
                    N_WRITERS * (N_EACH - N_EACH / 5));
}

/* --- read, think, write: right only if nobody comes between --- */

static bool count_up(Db *db, void *arg, GError **error)
{
#define SET "UPDATE counter SET n = $1 WHERE id = 1"
    static const DbQuery set = { .name = "counter_set",
                                 .sqlite = SET,
                                 .postgresql = SET,
                                 .n_params = 1,
                                 .params = int_column,
                                 .writes = true };
#define GET "SELECT n FROM counter WHERE id = 1"
    static const DbQuery get = { .name = "counter_get",
                                 .sqlite = GET,
                                 .postgresql = GET,
                                 .n_columns = 1,
                                 .columns = int_column,
                                 .shape = DB_ROW };
    DbRows rows = { 0 };

    (void)arg;
    if (!db_run(db, &get, NULL, sizeof(int64_t), at_start, &rows, error))
        return false;
    const DbValue values[] = { db_int(*(int64_t *)rows.v + 1) };

    db_rows_clear(&rows);
    return db_run(db, &set, values, 0, NULL, NULL, error);
}

static void *count_some(void *data)
{
    Thread *t = data;
    g_autoptr(Db) db = db_open(t->store, NULL);

    for (int i = 0; i < 10; i++) {
        g_autoptr(GError) why = NULL;

        while (!db_transaction(db, count_up, NULL, &why)) {
            g_assert_error(why, APP_ERROR, APP_ERROR_BUSY);
            t->n_failed++;
            g_clear_error(&why);
        }
    }
    return NULL;
}

static void no_update_is_lost(void)
{
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    Thread threads[N_WRITERS];
    int busy = 0;

    run_threads(t->store, count_some, threads);
    for (int i = 0; i < N_WRITERS; i++)
        busy += threads[i].n_failed;
    g_test_message("%d transactions gave up as busy", busy);
    g_assert_cmpint(test_db_int(t->db, "SELECT n FROM counter"), ==, N_WRITERS * 10);
}

/* --- SQLite: what the writer does when things go wrong around it --- */

static bool on_postgresql(const TestDb *t)
{
    if (!store_is_postgresql(t->store))
        return false;
    g_test_skip("has no writer thread");
    return true;
}

static void *hold_the_lock(void *data)
{
    sqlite3 *other = data;

    g_usleep(1500000);
    sqlite3_exec(other, "COMMIT", NULL, NULL, NULL);
    return NULL;
}

/* Another program may hold the file's lock for longer than SQLite itself waits. */
static void a_held_lock_is_waited_for(void)
{
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    g_autoptr(GError) why = NULL;
    sqlite3 *other = NULL;

    if (on_postgresql(t))
        return;
    g_assert_cmpint(sqlite3_open(t->url + strlen("sqlite:"), &other), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
    GThread *holder = g_thread_new("holder", hold_the_lock, other);

    g_assert_true(insert(t->db, 1, &why));
    g_assert_no_error(why);
    g_thread_join(holder);
    sqlite3_close(other);
}

typedef struct {
    Store *store;
    int64_t id;
    DbWork work;
    bool ok;
} Queued;

static bool insert_one(Db *db, void *arg, GError **error)
{
    return insert(db, ((Queued *)arg)->id, error);
}

/* Fills the file to its limit, so that SQLite gives up. */
static bool insert_too_much(Db *db, void *arg, GError **error)
{
    return insert(db, ((Queued *)arg)->id, error) &&
           test_db_exec(db, "PRAGMA max_page_count = 1", error) &&
           test_db_exec(db,
                        "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n "
                        "WHERE i < 200000) INSERT INTO load (id) SELECT i FROM n",
                        error);
}

/* What SQLite itself does when the disk fails at a bad moment: the transaction is gone. */
static bool lose_everything(Db *db, void *arg, GError **error)
{
    return insert(db, ((Queued *)arg)->id, error) && test_db_exec(db, "ROLLBACK", error);
}

/* Lets the others queue up behind it, so that they share its commit. */
static bool insert_slowly(Db *db, void *arg, GError **error)
{
    g_usleep(300000);
    return insert(db, ((Queued *)arg)->id, error);
}

static void *queue_up(void *data)
{
    Queued *q = data;
    g_autoptr(Db) db = db_open(q->store, NULL);

    g_autoptr(GError) why = NULL;

    q->ok = db_transaction(db, q->work, q, &why);
    if (why)
        g_test_message("job %d: %s", (int)q->id, why->message);
    return NULL;
}

/* Four jobs that queue for one commit, the third of which is `bad`: who was told that it is stored,
 * and nobody else, finds it stored. */
static void run_four(TestDb *t, DbWork bad, Queued jobs[4])
{
    const DbWork work[] = { insert_slowly, insert_one, bad, insert_one };
    GThread *threads[4];

    for (int i = 0; i < 4; i++) {
        jobs[i] = (Queued){ t->store, i + 1, work[i], false };
        threads[i] = g_thread_new("queued", queue_up, &jobs[i]);
        g_usleep(50000);
    }
    for (int i = 0; i < 4; i++)
        g_thread_join(threads[i]);
    for (int i = 0; i < 4; i++)
        g_assert_true(is_stored(t->db, jobs[i].id) == jobs[i].ok);
}

static void a_full_disk_tells_the_truth(void)
{
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    Queued jobs[4];

    if (on_postgresql(t))
        return;
    run_four(t, insert_too_much, jobs);
    g_assert_false(jobs[2].ok);
}

static void a_lost_transaction_tells_the_truth(void)
{
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    Queued jobs[4];

    if (on_postgresql(t))
        return;
    run_four(t, lose_everything, jobs);
    g_assert_false(jobs[2].ok);
    g_assert_true(insert(t->db, 5, NULL) && is_stored(t->db, 5));
}

/* --- the caller's language follows the work --- */

static bool note_language(Db *db, void *arg, GError **error)
{
    (void)db;
    (void)error;
    *(Lang *)arg = i18n_current();
    return true;
}

static void the_language_follows(void)
{
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    Lang lang = LANG_NB;

    i18n_use(LANG_NN);
    g_assert_true(db_transaction(t->db, note_language, &lang, NULL));
    g_assert_cmpint(lang, ==, LANG_NN);
    i18n_use(LANG_EN);
    g_assert_true(db_transaction(t->db, note_language, &lang, NULL));
    g_assert_cmpint(lang, ==, LANG_EN);
}

/* --- kill -9 --- */

typedef struct {
    Store *store;
    int fd;
} Acker;

/* Stores rows for ever and tells the parent of each, after it was acknowledged. */
static void *store_and_tell(void *data)
{
    Acker *a = data;
    g_autoptr(Db) db = db_open(a->store, NULL);

    for (;;) {
        int64_t id = id_new();

        if (!insert(db, id, NULL) || write(a->fd, &id, sizeof id) != sizeof id)
            _exit(1);
    }
}

static void child(const char *url, int fd)
{
    Acker acker = { store_open(url, NULL), fd };

    for (int i = 0; i < N_WRITERS; i++)
        g_thread_new("acker", store_and_tell, &acker);
    for (;;)
        pause();
}

/* Runs ourselves as `child` for a moment, kills it, and returns the acknowledged ids. */
static GArray *kill_a_child(const char *url, int round)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int ends[2];
    int64_t id;

    g_assert_cmpint(pipe(ends), ==, 0);
    g_autofree char *fd = g_strdup_printf("%d", ends[1]);
    pid_t pid = fork();

    if (pid == 0) {
        close(ends[0]);
        execl("/proc/self/exe", "test-writers", "--child", url, fd, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    while (ids->len < (guint)(200 + 150 * round) && read(ends[0], &id, sizeof id) == sizeof id)
        g_array_append_val(ids, id);
    g_assert_cmpint(kill(pid, SIGKILL), ==, 0);
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    while (read(ends[0], &id, sizeof id) == sizeof id)
        g_array_append_val(ids, id);
    close(ends[0]);
    return ids;
}

static void what_was_acknowledged_stays(void)
{
    g_autoptr(TestDb) t = test_db_new(migrations, 1);
    guint sum = 0;

    for (int round = 0; round < N_KILLS; round++) {
        g_autoptr(GArray) ids = kill_a_child(t->url, round);

        g_assert_cmpuint(ids->len, >=, 200);
        for (guint i = 0; i < ids->len; i++)
            g_assert_true(is_stored(t->db, g_array_index(ids, int64_t, i)));
        sum += ids->len;
    }
    g_test_message("%u rows acknowledged, none lost", sum);
}

/* --- two processes on one file: here two stores, whose locks are each other's strangers --- */

typedef struct {
    Store *store;
    gint stop;
    int n;
} Hog;

static bool write_long(Db *db, void *arg, GError **error)
{
    const int64_t *id = arg;

    g_usleep(20000);
    return insert(db, *id, error);
}

static void *write_without_pause(void *data)
{
    Hog *hog = data;
    g_autoptr(Db) db = db_open(hog->store, NULL);

    while (!g_atomic_int_get(&hog->stop)) {
        int64_t id = 1000000 + hog->n++;

        g_assert_true(db_transaction(db, write_long, &id, NULL));
    }
    return NULL;
}

static void a_busy_neighbour_starves_nobody(void)
{
    TestDb *test = test_db_new(migrations, G_N_ELEMENTS(migrations));

    if (store_is_postgresql(test->store)) {
        g_test_skip("there writers of different rows do not wait for each other");
        test_db_free(test);
        return;
    }
    g_autoptr(Store) other = store_open(test->url, NULL);
    Hog hog = { .store = other };
    GThread *thread = g_thread_new("hog", write_without_pause, &hog);
    int64_t longest = 0;

    g_usleep(50000);
    for (int i = 1; i <= 40; i++) {
        int64_t began = g_get_monotonic_time();

        g_assert_true(insert(test->db, i, NULL));
        longest = MAX(longest, g_get_monotonic_time() - began);
    }
    g_atomic_int_set(&hog.stop, 1);
    g_thread_join(thread);
    g_test_message("longest wait %d ms beside %d transactions of 20 ms", (int)(longest / 1000),
                   hog.n);
    g_assert_cmpint(hog.n, >=, 20); /* the neighbour is not starved either */
    g_assert_cmpint(longest, <, 400000);
    g_clear_pointer(&other, store_close);
    test_db_free(test);
}

int main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "--child"))
        child(argv[2], (int)g_ascii_strtoll(argv[3], NULL, 10));
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/writers/group/failure", a_failure_sinks_nobody_else);
    g_test_add_func("/writers/transaction/serial", no_update_is_lost);
    g_test_add_func("/writers/transaction/language", the_language_follows);
    g_test_add_func("/writers/lock/held", a_held_lock_is_waited_for);
    g_test_add_func("/writers/group/full-disk", a_full_disk_tells_the_truth);
    g_test_add_func("/writers/group/lost", a_lost_transaction_tells_the_truth);
    g_test_add_func("/writers/neighbour/fair", a_busy_neighbour_starves_nobody);
    g_test_add_func("/writers/killed/acknowledged", what_was_acknowledged_stays);
    return g_test_run();
}
