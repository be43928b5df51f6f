/* test-kjede-mange.c - many who write into one chain at once, in each of the ways there are; and what an
 * audited write costs (-m perf).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "kjede.h"
#include "eier.h"
#include "testing-db.h"

#define LINES 20
#define OWNER 1

typedef struct {
    Store *store;
    int hand, writes;
} Hand;

static AuditNote note_of(const Hand *h)
{
    return (AuditNote){
        .owner = OWNER, .at = G_USEC_PER_SEC, .person = h->hand, .role = "FS", .act = "prove.endre"
    };
}

static TestApp *fresh(void)
{
    TestApp *app = test_app(&revisjon_slice, PERM_AUDIT_READ, PERM_AUDIT_LINES);

    test_db_exec(app->db,
                 "INSERT INTO eier (id, number, name, language, demo, created_at) "
                 "SELECT 1, '4601', 'Prøve kommune', 'nb', 0, 1 "
                 "WHERE NOT EXISTS (SELECT 1 FROM eier WHERE id = 1)",
                 NULL);
    return app;
}

static void assert_sound(TestApp *app, int64_t n)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GPtrArray) wrong = g_ptr_array_new();
    int64_t looked = -1;

    g_assert_true(revisjon_kjede_check(app->db, arena, OWNER, wrong, &looked, NULL));
    g_assert_cmpuint(wrong->len, ==, 0);
    g_assert_cmpint(looked, ==, n);
}

static bool store_something(Db *db, const Hand *h, GError **error)
{
    g_autofree char *key = g_strdup_printf("prove.%d", h->hand);

    return eier_option_set(db, OWNER, key, "x", error);
}

/* --- as a request does: the change, and the witness of it --- */

static bool tell(Db *db, void *arg, GError **error)
{
    const AuditNote note = note_of(arg);

    return revisjon_add(db, &note, error);
}

static gpointer write_witnessed(gpointer data)
{
    Hand *h = data;
    g_autoptr(Db) db = db_open(h->store, NULL);

    db_set_owner(db, OWNER);
    db_set_witness(db, tell, h);
    for (int i = 0; i < h->writes; i++) {
        g_autoptr(GError) why = NULL;

        g_assert_true(store_something(db, h, &why));
        g_assert_no_error(why);
    }
    db_set_witness(db, NULL, NULL);
    return NULL;
}

/* --- as a job does: its own transaction, with the line in the middle of it --- */

static bool job_work(Db *db, void *arg, GError **error)
{
    const Hand *h = arg;
    const AuditNote note = note_of(h);

    if (!store_something(db, h, error) || !revisjon_add(db, &note, error))
        return false;
    g_usleep(2000); /* it has more to do: the others come in between */
    return true;
}

static gpointer write_in_transactions(gpointer data)
{
    Hand *h = data;
    g_autoptr(Db) db = db_open(h->store, NULL);

    for (int i = 0; i < h->writes; i++) {
        g_autoptr(GError) why = NULL;

        g_assert_true(db_transaction(db, job_work, h, &why));
        g_assert_no_error(why);
    }
    return NULL;
}

static void run_hands(TestApp *app, int hands, int writes, GThreadFunc even, GThreadFunc odd)
{
    g_autofree Hand *all = g_new0(Hand, hands);
    g_autofree GThread **threads = g_new0(GThread *, hands);

    for (int i = 0; i < hands; i++) {
        all[i] = (Hand){ app->store, i + 1, writes };
        threads[i] = g_thread_new("hand", i % 2 ? odd : even, &all[i]);
    }
    for (int i = 0; i < hands; i++)
        g_thread_join(threads[i]);
}

static void jobs_and_requests_both_come_through(void)
{
    g_autoptr(TestApp) app = fresh();

    run_hands(app, 8, LINES, write_in_transactions, write_witnessed);
    assert_sound(app, (int64_t)8 * LINES);
}

static bool add_then_think_better_of_it(Db *db, void *arg, GError **error)
{
    const AuditNote note = note_of(arg);

    return revisjon_add(db, &note, error) &&
           app_fail(error, APP_ERROR_FORBIDDEN, "thought better of it");
}

static void a_line_goes_with_its_transaction(void)
{
    g_autoptr(TestApp) app = fresh();
    Hand hand = { app->store, 1, 1 };

    g_assert_false(db_transaction(app->db, add_then_think_better_of_it, &hand, NULL));
    assert_sound(app, 0);
    g_assert_true(db_transaction(app->db, job_work, &hand, NULL));
    assert_sound(app, 1);
}

/* --- what it costs --- */

static double each_ms(TestApp *app, int hands)
{
    const int writes = 200;
    int64_t start = g_get_monotonic_time();

    run_hands(app, hands, writes, write_witnessed, write_witnessed);
    return (double)(g_get_monotonic_time() - start) / 1000.0 / hands / writes;
}

static void an_audited_write_costs(void)
{
    g_autoptr(TestApp) app = fresh();
    double one = each_ms(app, 1), eight = each_ms(app, 8);

    g_test_minimized_result(one, "an audited write, 1 writer: %.3f ms", one);
    g_test_minimized_result(eight, "an audited write, 8 writers: %.3f ms", eight);
    assert_sound(app, 9 * 200);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/revisjon/chain/jobs-and-requests", jobs_and_requests_both_come_through);
    g_test_add_func("/revisjon/chain/rolled-back", a_line_goes_with_its_transaction);
    if (g_test_perf())
        g_test_add_func("/revisjon/chain/cost", an_audited_write_costs);
    return g_test_run();
}
