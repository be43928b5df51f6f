/* test-witness.c - whoever is told of a handle's changes is told of each once, inside its transaction, on
 * the engine TEST_DB chooses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-db.h"

#define INSERT_THING "INSERT INTO thing (id) VALUES ($1)"
#define INSERT_LINE "INSERT INTO line (id) VALUES ($1)"

static const Migration migrations[] = {
    { 1, "0001-test",
      "CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, name TEXT);\n"
      "CREATE TABLE line (id BIGINT NOT NULL PRIMARY KEY);\n" },
};

static TestDb *fresh(void)
{
    return test_db_new(migrations, G_N_ELEMENTS(migrations));
}

/* One number into a table; a text per table, for its address is the statement's key. */
static bool insert_number(Db *db, const char *sql, int64_t number, GError **error)
{
    static const DbColumn param = { "id", DB_INT, false };
    static const DbQuery queries[] = {
        { .name = "thing",
          .sqlite = INSERT_THING,
          .postgresql = INSERT_THING,
          .n_params = 1,
          .params = &param,
          .writes = true },
        { .name = "line",
          .sqlite = INSERT_LINE,
          .postgresql = INSERT_LINE,
          .n_params = 1,
          .params = &param,
          .writes = true },
    };
    const DbValue value = db_int(number);

    return db_run(db, &queries[!strcmp(sql, INSERT_LINE)], &value, 0, NULL, NULL, error);
}

static bool insert(Db *db, int64_t id, GError **error)
{
    return insert_number(db, INSERT_THING, id, error);
}

static bool succeed_inside(Db *db, void *arg, GError **error)
{
    return insert(db, *(int64_t *)arg, error);
}

static bool fail_inside(Db *db, void *arg, GError **error)
{
    return insert(db, *(int64_t *)arg, error) &&
           app_fail(error, APP_ERROR_FORBIDDEN, "changed my mind");
}

static bool nest(Db *db, void *arg, GError **error)
{
    int64_t one = 1, two = 2, three = 3;

    (void)arg;
    if (!db_transaction(db, succeed_inside, &one, error))
        return false;
    g_assert_false(db_transaction(db, fail_inside, &two, NULL));
    return db_transaction(db, succeed_inside, &three, error);
}

/* Writes down that it was called: a row of `line` each time. */
static bool write_line(Db *db, void *arg, GError **error)
{
    return insert_number(db, INSERT_LINE, ++*(int *)arg, error);
}

static bool refuse_line(Db *db, void *arg, GError **error)
{
    (void)db;
    (void)arg;
    return app_fail(error, APP_ERROR_DB, "the log is full");
}

static int64_t lines(TestDb *t)
{
    return test_db_int(t->db, "SELECT count(*) FROM line");
}

static void a_lone_write_has_its_witness(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) twice = NULL;
    int n = 0;

    db_set_witness(t->db, write_line, &n);
    g_assert_true(insert(t->db, 1, NULL));
    g_assert_cmpint(lines(t), ==, 1);
    /* what failed, and what met no row, is no change */
    g_assert_false(insert(t->db, 1, &twice));
    g_assert_true(test_db_exec(t->db, "UPDATE thing SET name = 'c' WHERE id = 99", NULL));
    g_assert_cmpint(lines(t), ==, 1);
    db_set_witness(t->db, NULL, NULL);
    g_assert_true(test_db_exec(t->db, "UPDATE thing SET name = 'c' WHERE id = 1", NULL));
    g_assert_cmpint(lines(t), ==, 1);
}

static void a_transaction_has_one_witness(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) why = NULL;
    int64_t id = 5;
    int n = 0;

    db_set_witness(t->db, write_line, &n);
    g_assert_true(db_transaction(t->db, nest, NULL, &why));
    g_assert_no_error(why);
    g_assert_cmpint(lines(t), ==, 1);
    /* the line goes with the change: rolled back, neither is there */
    g_assert_false(db_transaction(t->db, fail_inside, &id, NULL));
    g_assert_cmpint(lines(t), ==, 1);
    db_set_witness(t->db, NULL, NULL);
}

static void a_failing_witness_fails_the_change(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) lone = NULL, unit = NULL;
    int64_t id = 5;

    db_set_witness(t->db, refuse_line, NULL);
    g_assert_false(insert(t->db, 1, &lone));
    g_assert_error(lone, APP_ERROR, APP_ERROR_DB);
    g_assert_false(db_transaction(t->db, succeed_inside, &id, &unit));
    g_assert_nonnull(strstr(unit->message, "the log is full"));
    db_set_witness(t->db, NULL, NULL);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing"), ==, 0);
}

static bool only_inner_fails(Db *db, void *arg, GError **error)
{
    g_autoptr(GError) inner = NULL;

    (void)error;
    g_assert_false(db_transaction(db, fail_inside, arg, &inner));
    return true;
}

static bool change_aside(Db *db, void *arg, GError **error)
{
    return db_transaction_aside(db, succeed_inside, arg, error);
}

static void what_was_rolled_back_or_aside_is_no_change(void)
{
    g_autoptr(TestDb) t = fresh();
    int64_t two = 2, three = 3, four = 4;
    int n = 0;

    db_set_witness(t->db, write_line, &n);
    g_assert_true(db_transaction(t->db, only_inner_fails, &two, NULL));
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing"), ==, 0);
    g_assert_true(db_transaction(t->db, change_aside, &three, NULL));
    g_assert_true(db_transaction_aside(t->db, succeed_inside, &four, NULL));
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing"), ==, 2);
    g_assert_cmpint(lines(t), ==, 0);
    db_set_witness(t->db, NULL, NULL);
}

#define HANDS 4
#define WRITES 25

typedef struct {
    Store *store;
    int hand, lines;
} Hand;

/* A line with a number that is one more than the last: what a chain does. */
static bool join_chain(Db *db, void *arg, GError **error)
{
    Hand *h = arg;
    int64_t n = test_db_int(db, "SELECT coalesce(max(id), 0) FROM line") + 1;

    h->lines++;
    return insert_number(db, INSERT_LINE, n, error);
}

static gpointer write_much(gpointer data)
{
    Hand *h = data;
    g_autoptr(Db) db = db_open(h->store, NULL);

    db_set_owner(db, 7);
    db_set_witness(db, join_chain, h);
    for (int i = 0; i < WRITES; i++) {
        g_autoptr(GError) why = NULL;

        g_assert_true(insert(db, 1 + h->hand * WRITES + i, &why));
        g_assert_no_error(why);
    }
    db_set_witness(db, NULL, NULL);
    return NULL;
}

/* Many lone writes share a commit; each still has its own line, and nobody loses the fight for the next
 * number. */
static void every_lone_write_of_many_hands_has_its_line(void)
{
    g_autoptr(TestDb) t = fresh();
    Hand hands[HANDS];
    GThread *threads[HANDS];

    for (int i = 0; i < HANDS; i++) {
        hands[i] = (Hand){ t->store, i, 0 };
        threads[i] = g_thread_new("hand", write_much, &hands[i]);
    }
    for (int i = 0; i < HANDS; i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing"), ==, HANDS * WRITES);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM line"), ==, HANDS * WRITES);
    g_assert_cmpint(test_db_int(t->db, "SELECT max(id) FROM line"), ==, HANDS * WRITES);
    /* they took turns: nobody had to begin anew */
    for (int i = 0; i < HANDS; i++)
        g_assert_cmpint(hands[i].lines, ==, WRITES);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/db/witness/lone-write", a_lone_write_has_its_witness);
    g_test_add_func("/db/witness/transaction", a_transaction_has_one_witness);
    g_test_add_func("/db/witness/fails", a_failing_witness_fails_the_change);
    g_test_add_func("/db/witness/rolled-back", what_was_rolled_back_or_aside_is_no_change);
    g_test_add_func("/db/witness/many-hands", every_lone_write_of_many_hands_has_its_line);
    return g_test_run();
}
