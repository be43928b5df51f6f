/* test-kjede.c - the chain: what is in it proves itself, and whatever is done behind its back is found.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "kjede.h"
#include "testing-db.h"

#define HANDS 4
#define LINES 20

static TestApp *fresh(void)
{
    return test_app(&revisjon_slice, PERM_AUDIT_READ, PERM_AUDIT_LINES);
}

static void add(Db *db, int64_t owner, const char *act, const char *detail)
{
    g_autoptr(GError) why = NULL;
    const AuditNote note = { .owner = owner,
                             .at = G_USEC_PER_SEC,
                             .person = 1,
                             .role = "FS",
                             .act = act,
                             .detail = detail };

    g_assert_true(revisjon_add(db, &note, &why));
    g_assert_no_error(why);
}

/* What is wrong, joined; "" when nothing is. */
static char *check(TestApp *app, int64_t owner, int64_t n)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GPtrArray) wrong = g_ptr_array_new();
    g_autoptr(GError) why = NULL;
    int64_t looked = -1;

    g_assert_true(revisjon_kjede_check(app->db, arena, owner, wrong, &looked, &why));
    g_assert_no_error(why);
    g_assert_cmpint(looked, ==, n);
    g_ptr_array_add(wrong, NULL);
    return g_strjoinv("\n", (char **)wrong->pdata);
}

static void assert_sound(TestApp *app, int64_t owner, int64_t n)
{
    g_autofree char *wrong = check(app, owner, n);

    g_assert_cmpstr(wrong, ==, "");
}

/* As somebody with the whole database in hand would: the triggers are taken off first. */
static void tamper(TestApp *app, const char *sql)
{
    static const char *const off[][2] = {
        { "DROP TRIGGER revisjon_refuse_update",
          "DROP TRIGGER revisjon_refuse_update ON revisjon" },
        { "DROP TRIGGER revisjon_refuse_delete",
          "DROP TRIGGER revisjon_refuse_delete ON revisjon" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(off); i++)
        test_db_exec(app->db, off[i][store_is_postgresql(app->store)], NULL);
    test_db_exec(app->db, sql, NULL);
}

/* Held against SHA-256 of the same bytes, by Python's hashlib. */
static void a_line_has_the_hash_that_is_promised(void)
{
    const AuditNote note = { .owner = 1,
                             .at = 1700000000000000,
                             .person = 2,
                             .role = "FS",
                             .act = "rapport.vedtak",
                             .object = 3,
                             .subject = 4,
                             .detail = "Godkjent, æøå",
                             .client = "::1" };
    char hash[REVISJON_HASH];

    revisjon_kjede_hash(&note, 5, revisjon_kjede_start, hash);
    g_assert_cmpstr(hash, ==, "6cb6b0477fa0df4b4e928e8b4744784a555f6f133c64720ed13c9b2e9bd7f966");
}

static void each_owner_has_a_chain(void)
{
    g_autoptr(TestApp) app = fresh();
    char hash[REVISJON_HASH];
    int64_t seq = -1;

    g_assert_true(revisjon_end(app->db, 1, &seq, hash, NULL));
    g_assert_cmpint(seq, ==, 0);
    g_assert_cmpstr(hash, ==, revisjon_kjede_start);
    for (int i = 0; i < 3; i++)
        add(app->db, 1, "prove.endre", "en linje");
    add(app->db, 0, "prove.endre", "av installasjonen");
    assert_sound(app, 1, 3);
    assert_sound(app, 0, 1);
    g_assert_true(revisjon_end(app->db, 1, &seq, hash, NULL));
    g_assert_cmpint(seq, ==, 3);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT count(*) FROM revisjon WHERE owner = 1 AND seq <= 3"), ==, 3);
}

static void a_long_detail_is_cut_by_letters(void)
{
    g_autoptr(TestApp) app = fresh();
    g_autoptr(GString) long_one = g_string_new(NULL);

    for (int i = 0; i < 500; i++)
        g_string_append(long_one, "å");
    add(app->db, 1, "prove.endre", long_one->str);
    g_assert_cmpint(test_db_int(app->db, "SELECT length(detail) FROM revisjon WHERE owner = 1"), ==,
                    400);
    assert_sound(app, 1, 1);
}

static void the_database_refuses_to_change_a_line(void)
{
    static const char *const refused[] = {
        "UPDATE revisjon SET detail = 'x' WHERE owner = 1 AND seq = 1",
        "DELETE FROM revisjon WHERE owner = 1 AND seq = 1",
        "UPDATE revisjon_ende SET seq = 1 WHERE owner = 1",
        "DELETE FROM revisjon_ende WHERE owner = 1",
        ("INSERT INTO revisjon_segl (owner, seq, hash, made_at, n) VALUES (1, 2, "
         "'0000000000000000000000000000000000000000000000000000000000000000', 1, 2)"),
    };
    g_autoptr(TestApp) app = fresh();

    for (int i = 0; i < 3; i++)
        add(app->db, 1, "prove.endre", "");
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) why = NULL;

        g_assert_false(test_db_exec(app->db, refused[i], &why));
        g_assert_error(why, APP_ERROR, APP_ERROR_INVALID);
        g_assert_nonnull(strstr(why->message, "is refused"));
    }
    if (store_is_postgresql(app->store)) {
        g_autoptr(GError) emptied = NULL;

        g_assert_false(test_db_exec(app->db, "TRUNCATE revisjon", &emptied));
    }
    assert_sound(app, 1, 3);
}

static void whatever_is_done_behind_its_back_is_found(void)
{
    static const struct {
        const char *sql, *says;
        int64_t left;
    } cases[] = {
        { "UPDATE revisjon SET detail = 'en linjf' WHERE owner = 1 AND seq = 2",
          "Audit log: line 2 has been changed after it was written", 4 },
        { "UPDATE revisjon SET person = 2 WHERE owner = 1 AND seq = 4",
          "Audit log: line 4 has been changed after it was written", 4 },
        { "DELETE FROM revisjon WHERE owner = 1 AND seq = 3",
          "Audit log: line 3 is missing (the next one there is 4)", 3 },
        { "DELETE FROM revisjon WHERE owner = 1 AND seq = 1",
          "Audit log: line 1 is missing (the next one there is 2)", 3 },
        { "DELETE FROM revisjon WHERE owner = 1 AND seq = 4",
          "Audit log: it ends at line 3, but line 4 was written last", 3 },
        { "UPDATE revisjon SET seq = 9 WHERE owner = 1 AND seq = 4",
          "Audit log: line 4 is missing (the next one there is 9)", 4 },
        { "UPDATE revisjon SET hash = (SELECT r.prev FROM revisjon r WHERE r.owner = 1 AND r.seq = "
          "1) "
          "WHERE owner = 1 AND seq = 2",
          "Audit log: line 3 does not join the line before it", 4 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TestApp) app = fresh();

        i18n_use(LANG_EN);
        for (int k = 0; k < 4; k++)
            add(app->db, 1, "prove.endre", "en linje");
        tamper(app, cases[i].sql);
        g_autofree char *wrong = check(app, 1, cases[i].left);

        if (!strstr(wrong, cases[i].says))
            g_error("%s: %s", cases[i].sql, wrong);
    }
}

/* --- the oldest part --- */

static void add_at(Db *db, int64_t at)
{
    const AuditNote note = { .owner = 1, .at = at, .act = "prove.endre" };

    g_assert_true(revisjon_add(db, &note, NULL));
}

static void old_lines_go_with_a_seal_and_the_rest_holds(void)
{
    g_autoptr(TestApp) app = fresh();
    int64_t n = -1;

    for (int64_t at = 10; at <= 60; at += 10)
        add_at(app->db, at);
    /* a line that came late keeps those behind it, however old they say they are */
    add_at(app->db, 15);
    g_assert_true(revisjon_kjede_trim(app->db, 1, 45, true, &n, NULL));
    g_assert_cmpint(n, ==, 4);
    assert_sound(app, 1, 7);
    g_assert_true(revisjon_kjede_trim(app->db, 1, 45, false, &n, NULL));
    g_assert_cmpint(n, ==, 4);
    g_assert_cmpint(test_db_int(app->db, "SELECT min(seq) FROM revisjon WHERE owner = 1"), ==, 5);
    g_assert_cmpint(test_db_int(app->db, "SELECT n FROM revisjon_segl WHERE owner = 1"), ==, 4);
    assert_sound(app, 1, 3);
    g_assert_true(revisjon_kjede_trim(app->db, 1, 45, false, &n, NULL));
    g_assert_cmpint(n, ==, 0);
    /* all of them: the next one joins all the same */
    g_assert_true(revisjon_kjede_trim(app->db, 1, 100, false, &n, NULL));
    g_assert_cmpint(n, ==, 3);
    assert_sound(app, 1, 0);
    add_at(app->db, 70);
    assert_sound(app, 1, 1);
}

static void a_line_taken_behind_the_seal_is_missed(void)
{
    g_autoptr(TestApp) app = fresh();
    int64_t n;

    i18n_use(LANG_EN);
    for (int64_t at = 10; at <= 50; at += 10)
        add_at(app->db, at);
    g_assert_true(revisjon_kjede_trim(app->db, 1, 25, false, &n, NULL));
    tamper(app, "DELETE FROM revisjon WHERE owner = 1 AND seq = 3");
    g_autofree char *wrong = check(app, 1, 2);

    g_assert_cmpstr(wrong, ==, "Audit log: line 3 is missing (the next one there is 4)");
}

/* --- many at once --- */

typedef struct {
    Store *store;
} Hand;

static gpointer write_lines(gpointer data)
{
    Hand *h = data;
    g_autoptr(Db) db = db_open(h->store, NULL);

    db_set_owner(db, 1);
    for (int i = 0; i < LINES; i++)
        add(db, 1, "prove.endre", "mange");
    return NULL;
}

static void many_hands_never_fork_it(void)
{
    g_autoptr(TestApp) app = fresh();
    GThread *threads[HANDS];
    Hand hand = { app->store };

    for (int i = 0; i < HANDS; i++)
        threads[i] = g_thread_new("hand", write_lines, &hand);
    for (int i = 0; i < HANDS; i++)
        g_thread_join(threads[i]);
    assert_sound(app, 1, HANDS * LINES);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/revisjon/chain/hash", a_line_has_the_hash_that_is_promised);
    g_test_add_func("/revisjon/chain/owners", each_owner_has_a_chain);
    g_test_add_func("/revisjon/chain/long-detail", a_long_detail_is_cut_by_letters);
    g_test_add_func("/revisjon/chain/append-only", the_database_refuses_to_change_a_line);
    g_test_add_func("/revisjon/chain/tampered", whatever_is_done_behind_its_back_is_found);
    g_test_add_func("/revisjon/chain/seal", old_lines_go_with_a_seal_and_the_rest_holds);
    g_test_add_func("/revisjon/chain/behind-seal", a_line_taken_behind_the_seal_is_missed);
    g_test_add_func("/revisjon/chain/many-hands", many_hands_never_fork_it);
    return g_test_run();
}
