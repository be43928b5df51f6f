/* test-db.c - values there and back, errors by their names, and transactions in transactions, on
 * the engine TEST_DB chooses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-db.h"
#include <math.h>

static const Migration migrations[] = {
    { 1, "0001-test",
      "CREATE TABLE parent (id BIGINT NOT NULL PRIMARY KEY);\n"
      "CREATE TABLE thing (\n"
      "    id     BIGINT NOT NULL PRIMARY KEY,\n"
      "    name   TEXT UNIQUE,\n"
      "    share  DOUBLE PRECISION CHECK (share < 1000),\n"
      "    body   BYTEA,\n"
      "    parent BIGINT REFERENCES parent (id) ON DELETE CASCADE\n"
      ");\n"
      "CREATE TABLE place (name TEXT COLLATE nb NOT NULL PRIMARY KEY);\n" },
};

typedef struct {
    int64_t id;
    const char *name;
    double share;
    DbBlob body;
    int64_t parent;
} Thing;

static const DbColumn columns[] = {
    { "id", DB_INT, false },   { "name", DB_TEXT, true },  { "share", DB_REAL, true },
    { "body", DB_BLOB, true }, { "parent", DB_INT, true },
};
static const size_t offset[] = { offsetof(Thing, id), offsetof(Thing, name), offsetof(Thing, share),
                                 offsetof(Thing, body), offsetof(Thing, parent) };

static TestDb *fresh(void)
{
    return test_db_new(migrations, G_N_ELEMENTS(migrations));
}

static bool insert(Db *db, const Thing *t, GError **error)
{
#define INSERT "INSERT INTO thing (id, name, share, body, parent) VALUES ($1, $2, $3, $4, $5)"
    static const DbQuery query = { .name = "thing_insert",
                                   .sqlite = INSERT,
                                   .postgresql = INSERT,
                                   .n_params = G_N_ELEMENTS(columns),
                                   .params = columns,
                                   .writes = true };
    const DbValue values[] = { db_int(t->id), db_text(t->name), db_real(t->share), db_blob(t->body),
                               db_int(t->parent) };

    return db_run(db, &query, values, 0, NULL, NULL, error);
}

static bool select_thing(Db *db, int64_t id, DbRows *ret, GError **error)
{
#define SELECT "SELECT id, name, share, body, parent FROM thing WHERE id = $1"
    static const DbQuery query = { .name = "thing_select",
                                   .sqlite = SELECT,
                                   .postgresql = SELECT,
                                   .n_params = 1,
                                   .params = columns,
                                   .n_columns = G_N_ELEMENTS(columns),
                                   .columns = columns,
                                   .shape = DB_ROW };
    const DbValue values[] = { db_int(id) };

    return db_run(db, &query, values, sizeof(Thing), offset, ret, error);
}

static const Thing blank = { .share = NAN, .parent = NO_INT };

static Thing thing(int64_t id, const char *name)
{
    Thing t = blank;

    t.id = id;
    t.name = name;
    return t;
}

static void values_come_back(void)
{
    static const char bytes[] = { 0, 1, '\\', '\'', (char)0xff, 0 };
    static const Thing things[] = {
        { INT64_MAX, "Ærlig \"talt\" 'nå' \\ 🎓", 0.1, { bytes, sizeof bytes }, NO_INT },
        { 2, "", -1e-300, { "", 0 }, NO_INT },
        { -INT64_MAX, NULL, NAN, { NULL, 0 }, NO_INT },
        { 4, "sum", 0.1 + 0.2, { NULL, 0 }, NO_INT },
    };
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) why = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(things); i++) {
        const Thing *in = &things[i], *out;
        DbRows rows = { 0 };

        insert(t->db, in, &why);
        g_assert_no_error(why);
        select_thing(t->db, in->id, &rows, &why);
        g_assert_no_error(why);
        out = rows.v;
        g_assert_cmpint(out->id, ==, in->id);
        g_assert_cmpstr(out->name, ==, in->name);
        g_assert_true(isnan(in->share) ? isnan(out->share) : out->share == in->share);
        g_assert_cmpint(out->parent, ==, NO_INT);
        g_assert_true(!out->body.data == !in->body.data);
        g_assert_cmpuint(out->body.size, ==, in->body.size);
        g_assert_true(!in->body.size || !memcmp(out->body.data, in->body.data, in->body.size));
        db_rows_clear(&rows);
    }
}

static void a_row_must_be_there(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) why = NULL;
    DbRows rows = { 0 };

    g_assert_false(select_thing(t->db, 7, &rows, &why));
    g_assert_error(why, APP_ERROR, APP_ERROR_NOT_FOUND);
    g_assert_null(rows.v);
}

static void broken_rules_have_names(void)
{
    g_autoptr(TestDb) t = fresh();
    Thing first = thing(1, "a"), same_key = thing(1, "b"), same_name = thing(2, "a");
    Thing orphan = thing(3, "c"), too_big = thing(4, "d");
    const struct {
        const Thing *thing;
        AppError code;
    } cases[] = { { &same_key, APP_ERROR_CONFLICT },
                  { &same_name, APP_ERROR_CONFLICT },
                  { &orphan, APP_ERROR_INVALID },
                  { &too_big, APP_ERROR_INVALID } };

    orphan.parent = 99;
    too_big.share = 1e6;
    g_assert_true(insert(t->db, &first, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) why = NULL;

        g_assert_false(insert(t->db, cases[i].thing, &why));
        g_assert_error(why, APP_ERROR, (int)cases[i].code);
        g_assert_nonnull(strstr(why->message, "thing_insert"));
    }
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing"), ==, 1);
}

static void wrong_arguments_are_refused(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) null = NULL, bytes = NULL;
    Thing no_id = thing(NO_INT, "a"), not_text = thing(1, "\xff\xfe");

    g_assert_false(insert(t->db, &no_id, &null));
    g_assert_error(null, APP_ERROR, APP_ERROR_INVALID);
    g_assert_nonnull(strstr(null->message, "argument id"));
    g_assert_false(insert(t->db, &not_text, &bytes));
    g_assert_error(bytes, APP_ERROR, APP_ERROR_INVALID);
}

static void an_undeclared_null_names_its_column(void)
{
    static const DbColumn strict[] = { { "name", DB_TEXT, false } };
    static const size_t at[] = { 0 };
#define NAMES "SELECT name FROM thing"
    static const DbQuery query = { .name = "names",
                                   .sqlite = NAMES,
                                   .postgresql = NAMES,
                                   .n_columns = 1,
                                   .columns = strict,
                                   .shape = DB_ROWS };
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) why = NULL;
    Thing nameless = thing(1, NULL);
    DbRows rows = { 0 };

    g_assert_true(insert(t->db, &nameless, NULL));
    g_assert_false(db_run(t->db, &query, NULL, sizeof(char *), at, &rows, &why));
    g_assert_error(why, APP_ERROR, APP_ERROR_DB);
    g_assert_nonnull(strstr(why->message, "column name"));
    /* the handle is as good as before */
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing"), ==, 1);
}

static void a_write_answers(void)
{
#define RETURNING "UPDATE thing SET name = $1 WHERE id < 3 RETURNING id"
    static const DbColumn params[] = { { "name", DB_TEXT, true } };
    static const DbQuery query = { .name = "rename",
                                   .sqlite = RETURNING,
                                   .postgresql = RETURNING,
                                   .n_params = 1,
                                   .params = params,
                                   .n_columns = 1,
                                   .columns = columns,
                                   .writes = true,
                                   .shape = DB_ROWS };
    g_autoptr(TestDb) t = fresh();
    Thing a = thing(1, "a"), b = thing(2, "b"), c = thing(3, "c");
    const DbValue values[] = { db_text(NULL) };
    DbRows rows = { 0 };

    g_assert_true(insert(t->db, &a, NULL) && insert(t->db, &b, NULL) && insert(t->db, &c, NULL));
    g_assert_true(db_run(t->db, &query, values, sizeof(Thing), offset, &rows, NULL));
    g_assert_cmpuint(rows.n, ==, 2);
    g_assert_cmpint(((Thing *)rows.v)[0].id + ((Thing *)rows.v)[1].id, ==, 3);
    db_rows_clear(&rows);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing WHERE name IS NULL"), ==, 2);
}

/* --- transactions --- */

static bool fail_inside(Db *db, void *arg, GError **error)
{
    Thing t = thing(*(int64_t *)arg, NULL);

    return insert(db, &t, error) && app_fail(error, APP_ERROR_FORBIDDEN, "changed my mind");
}

static bool succeed_inside(Db *db, void *arg, GError **error)
{
    Thing t = thing(*(int64_t *)arg, NULL);

    return insert(db, &t, error);
}

static bool nest(Db *db, void *arg, GError **error)
{
    int64_t one = 1, two = 2, three = 3;
    g_autoptr(GError) inner = NULL, conflict = NULL;

    (void)arg;
    if (!db_transaction(db, succeed_inside, &one, error))
        return false;
    g_assert_false(db_transaction(db, fail_inside, &two, &inner));
    g_assert_error(inner, APP_ERROR, APP_ERROR_FORBIDDEN);
    /* an error of the database inside the savepoint leaves the outer transaction whole */
    g_assert_false(db_transaction(db, succeed_inside, &one, &conflict));
    g_assert_error(conflict, APP_ERROR, APP_ERROR_CONFLICT);
    g_assert_cmpint(test_db_int(db, "SELECT count(*) FROM thing"), ==, 1);
    return db_transaction(db, succeed_inside, &three, error);
}

static void savepoints_nest(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) why = NULL;

    g_assert_true(db_transaction(t->db, nest, NULL, &why));
    g_assert_no_error(why);
    g_assert_cmpint(test_db_int(t->db, "SELECT CAST(sum(id) AS BIGINT) FROM thing"), ==, 4);
}

static void a_failed_transaction_leaves_nothing(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(GError) why = NULL;
    int64_t id = 5;

    g_assert_false(db_transaction(t->db, fail_inside, &id, &why));
    g_assert_error(why, APP_ERROR, APP_ERROR_FORBIDDEN);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing"), ==, 0);
}

/* --- order --- */

static void names_sort_as_norwegians_do(void)
{
#define PLACES "SELECT name FROM place ORDER BY name"
    static const char *const sorted[] = { "Averøy", "Eide",     "Fræna",  "Molde",
                                          "Ørsta",  "Aalesund", "Ålesund" };
    static const DbColumn column[] = { { "name", DB_TEXT, false } };
    static const DbQuery query = { .name = "places",
                                   .sqlite = PLACES,
                                   .postgresql = PLACES,
                                   .n_columns = 1,
                                   .columns = column,
                                   .shape = DB_ROWS };
    static const size_t at[] = { 0 };
    g_autoptr(TestDb) t = fresh();
    DbRows rows = { 0 };

    test_db_exec(t->db,
                 "INSERT INTO place (name) VALUES ('Ålesund'), ('Molde'), ('Ørsta'), "
                 "('Eide'), ('Aalesund'), ('Averøy'), ('Fræna')",
                 NULL);
    g_assert_true(db_run(t->db, &query, NULL, sizeof(char *), at, &rows, NULL));
    g_assert_cmpuint(rows.n, ==, G_N_ELEMENTS(sorted));
    for (size_t i = 0; i < 5; i++)
        g_assert_cmpstr(((const char **)rows.v)[i], ==, sorted[i]);
    /* aa is å: they stand together, after ø */
    g_assert_true(g_str_has_suffix(((const char **)rows.v)[5], "lesund"));
    g_assert_true(g_str_has_suffix(((const char **)rows.v)[6], "lesund"));
    db_rows_clear(&rows);
}

static void plain_text_sorts_by_its_bytes(void)
{
    g_autoptr(TestDb) t = fresh();

    test_db_exec(
        t->db, "INSERT INTO thing (id, name) VALUES (1, 'b'), (2, 'B'), (3, 'å'), (4, 'a')", NULL);
    g_assert_cmpint(test_db_int(t->db, "SELECT id FROM thing ORDER BY name LIMIT 1"), ==, 2);
    g_assert_cmpint(test_db_int(t->db, "SELECT id FROM thing ORDER BY name DESC LIMIT 1"), ==, 3);
    g_assert_cmpint(test_db_int(t->db, "SELECT count(*) FROM thing WHERE name LIKE 'B%'"), ==, 1);
}

static void a_scratch_store_is_shared_and_goes(void)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(Store) store = store_open("sqlite::memory:", &why);

    g_assert_no_error(why);
    g_assert_true(db_migrate(store, migrations, 1, NULL, &why));
    g_autoptr(Db) a = db_open(store, NULL), b = db_open(store, NULL);
    Thing one = thing(1, "a");

    g_assert_true(insert(a, &one, NULL));
    g_assert_cmpint(test_db_int(b, "SELECT count(*) FROM thing"), ==, 1);
    db_close(g_steal_pointer(&a));
    db_close(g_steal_pointer(&b));
}

/* Without the blob, which is never kept. */
static DbRows names_of(Db *db, int64_t id)
{
#define NAME_OF "SELECT name FROM thing WHERE id = $1"
    static const DbQuery query = { .name = "thing_names",
                                   .sqlite = NAME_OF,
                                   .postgresql = NAME_OF,
                                   .n_params = 1,
                                   .params = columns,
                                   .n_columns = 1,
                                   .columns = &columns[1],
                                   .shape = DB_ROWS };
    static const size_t at = 0;
    const DbValue values[] = { db_int(id) };
    g_autoptr(GError) why = NULL;
    DbRows rows = { 0 };

    db_run(db, &query, values, sizeof(char *), &at, &rows, &why);
    g_assert_no_error(why);
    return rows;
}

static size_t things(Db *db, int64_t id)
{
    DbRows rows = names_of(db, id);
    size_t n = rows.n;

    db_rows_clear(&rows);
    return n;
}

static void set_name(Db *db, const char *sql)
{
    test_db_exec(db, sql, NULL);
}

static void assert_name(Db *db, const char *name)
{
    DbRows rows = names_of(db, 1);

    g_assert_cmpuint(rows.n, ==, 1);
    g_assert_cmpstr(*(const char **)rows.v, ==, name);
    db_rows_clear(&rows);
}

static void reading_sees_one_state(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(Db) other = db_open(t->store, NULL);
    Thing one = thing(1, "a");

    if (store_is_postgresql(t->store)) {
        g_test_skip("each query sees what is committed");
        return;
    }
    g_assert_true(insert(other, &one, NULL));
    db_reading_begin(t->db);
    assert_name(t->db, "a");
    set_name(other, "UPDATE thing SET name = 'b' WHERE id = 1");
    assert_name(t->db, "a");
    g_assert_cmpuint(things(t->db, 2), ==, 0);
    db_reading_end(t->db);
    assert_name(t->db, "b");
    db_reading_begin(t->db);
    assert_name(t->db, "b");
    assert_name(t->db, "b");
    db_reading_end(t->db);
}

static void an_answer_is_kept_until_a_commit(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(Db) other = db_open(t->store, NULL);
    Thing one = thing(1, "a");
    int64_t before, same;

    g_assert_true(insert(other, &one, NULL));
    db_reading_begin(t->db);
    before = db_version(t->db);
    assert_name(t->db, "a");
    db_reading_end(t->db);
    db_reading_begin(t->db);
    same = db_version(t->db);
    assert_name(t->db, "a");
    db_reading_end(t->db);
    g_assert_cmpint(before, ==, same);
    set_name(other, "UPDATE thing SET name = 'b' WHERE id = 1");
    db_reading_begin(t->db);
    if (store_is_postgresql(t->store))
        g_assert_cmpint(db_version(t->db), ==, 0);
    else
        g_assert_cmpint(db_version(t->db), !=, before);
    assert_name(t->db, "b");
    db_reading_end(t->db);
    g_assert_cmpint(db_version(t->db), ==, 0);
}

static bool rename_one(Db *db, void *arg, GError **error)
{
    (void)error;
    test_db_exec(db, arg, NULL);
    return true;
}

static void what_a_reader_writes_it_sees(void)
{
    g_autoptr(TestDb) t = fresh();
    Thing one = thing(1, "a"), two = thing(2, "x");

    db_reading_begin(t->db);
    g_assert_cmpuint(things(t->db, 1), ==, 0);
    g_assert_true(insert(t->db, &one, NULL));
    assert_name(t->db, "a");
    g_assert_true(db_transaction(t->db, rename_one,
                                 (void *)"UPDATE thing SET name = 'c' WHERE id = 1", NULL));
    assert_name(t->db, "c");
    g_assert_true(insert(t->db, &two, NULL));
    g_assert_cmpuint(things(t->db, 2), ==, 1);
    db_reading_end(t->db);
}

static void kept_rows_outlive_what_is_forgotten(void)
{
    g_autoptr(TestDb) t = fresh();
    g_autoptr(Db) other = db_open(t->store, NULL);
    DbRows first, again;
    Thing one = thing(1, "a");

    g_assert_true(insert(other, &one, NULL));
    db_reading_begin(t->db);
    first = names_of(t->db, 1);
    again = names_of(t->db, 1);
    if (!store_is_postgresql(t->store))
        g_assert_true(first.v == again.v);
    db_reading_end(t->db);
    set_name(other, "UPDATE thing SET name = 'b' WHERE id = 1");
    db_reading_begin(t->db);
    assert_name(t->db, "b"); /* the old answer is forgotten here */
    db_reading_end(t->db);
    g_assert_cmpstr(*(const char **)first.v, ==, "a");
    db_rows_clear(&first);
    g_assert_cmpstr(*(const char **)again.v, ==, "a");
    db_rows_clear(&again);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/db/values/round-trip", values_come_back);
    g_test_add_func("/db/values/refused", wrong_arguments_are_refused);
    g_test_add_func("/db/row/missing", a_row_must_be_there);
    g_test_add_func("/db/row/undeclared-null", an_undeclared_null_names_its_column);
    g_test_add_func("/db/write/returning", a_write_answers);
    g_test_add_func("/db/errors/constraints", broken_rules_have_names);
    g_test_add_func("/db/transaction/nested", savepoints_nest);
    g_test_add_func("/db/transaction/failed", a_failed_transaction_leaves_nothing);
    g_test_add_func("/db/order/nb", names_sort_as_norwegians_do);
    g_test_add_func("/db/order/bytes", plain_text_sorts_by_its_bytes);
    g_test_add_func("/db/reading/one-state", reading_sees_one_state);
    g_test_add_func("/db/reading/kept", an_answer_is_kept_until_a_commit);
    g_test_add_func("/db/reading/own-write", what_a_reader_writes_it_sees);
    g_test_add_func("/db/reading/rows-outlive", kept_rows_outlive_what_is_forgotten);
    g_test_add_func("/db/store/memory", a_scratch_store_is_shared_and_goes);
    return g_test_run();
}
