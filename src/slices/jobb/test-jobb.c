/* test-jobb.c - the queue: run once, tried again, cancelled, taken over, shared; and its pages.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "jobb.h"
#include "runner.h"
#include "testing-db.h"

#define NOW INT64_C(1795435200000000) /* 2026-11-23T12:00Z */
#define SECOND INT64_C(1000000)

/* --- kinds of jobs for the tests; what they do is told by their arguments --- */

/* A row for each run, and one that can be had once only. */
static bool leave_trace(Db *db, const Job *job, GError **error)
{
    g_autofree char *key = g_strdup_printf("t%" G_GINT64_FORMAT "-%d", job->id, job->attempt);

    return eier_setting_add(db, key, "x", error);
}

static bool do_work(Job *job, GError **error)
{
    g_assert_cmpstr(job->today, ==, "2026-11-23");
    g_assert_cmpint(job->lang, ==, i18n_current());
    if (!job_progress(job, 1, 4, "Leser", error) || !leave_trace(job->db, job, error))
        return false;
    job_result(job, "4 verdier lest", "/enheter");
    return true;
}

static bool do_fail(Job *job, GError **error)
{
    if (!strcmp(job->args, "invalid"))
        return app_fail(error, APP_ERROR_INVALID, "linje 3 har ingen kolonne");
    return app_fail(error, APP_ERROR_BUSY, "opptatt %d", job->attempt);
}

/* While it works, somebody cancels it, or another node takes it over. */
static bool do_disturbed(Job *job, GError **error)
{
    if (!strcmp(job->args, "cancelled"))
        test_db_exec(job->db, "UPDATE jobb SET stop = 1 WHERE state = 'arbeider'", NULL);
    else
        test_db_exec(job->db, "UPDATE jobb SET fence = fence + 1 WHERE state = 'arbeider'", NULL);
    g_usleep(300000); /* words are written down four times a second */
    return job_progress(job, 1, 2, NULL, error);
}

static bool write_effect(Db *db, void *arg, GError **error)
{
    return leave_trace(db, arg, error);
}

/* "lost": the claim is gone when the last transaction comes. */
static bool do_finish(Job *job, GError **error)
{
    if (!strcmp(job->args, "lost"))
        test_db_exec(job->db, "UPDATE jobb SET fence = fence + 1 WHERE args = 'lost'", NULL);
    job_result(job, "ferdig", NULL);
    return job_finish(job, write_effect, job, error);
}

static bool do_clock(Job *job, GError **error)
{
    (void)error;
    g_assert_cmpint(job->person, ==, 0);
    return true;
}

static const JobKind kinds[] = {
    { "t-work", N_("Work"), do_work, 3, 0, 0 },
    { "t-fail", N_("Failing"), do_fail, 3, 0, 0 },
    { "t-disturbed", N_("Disturbed"), do_disturbed, 3, 30, 0 },
    { "t-finish", N_("Finishing"), do_finish, 3, 0, 0 },
    { "t-clock", N_("By the clock"), do_clock, 3, 0, 5 },
    { 0 },
};

/* --- helpers --- */

static TestApp *app_new(void)
{
    job_kinds_also(kinds);
    return test_app(&jobb_slice, PERM_PUBLIC, PERM_PUBLIC);
}

static int64_t add(TestApp *app, const char *kind, const char *args, const char *key)
{
    const JobNew job = {
        .owner = 1, .kind = kind, .title = "Leser np.csv", .args = args, .person = 1, .key = key
    };
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    jobb_add(app->db, &job, NOW, &id, &error);
    g_assert_no_error(error);
    return id;
}

static int run_at(TestApp *app, int64_t now)
{
    g_autoptr(GError) error = NULL;
    int n = 0;

    jobb_run_due(app->db, now, &n, &error);
    g_assert_no_error(error);
    return n;
}

static JobInfo get(TestApp *app, Arena *arena, int64_t id)
{
    g_autoptr(GError) error = NULL;
    JobInfo info = { 0 };

    jobb_get(app->db, arena, 1, id, &info, &error);
    g_assert_no_error(error);
    return info;
}

/* Due again after about so many seconds; the clock goes on a little while a job runs. */
static void assert_about(int64_t due, int64_t seconds)
{
    g_assert_cmpint(due, >=, seconds * SECOND);
    g_assert_cmpint(due, <, (seconds + 2) * SECOND);
}

/* --- the queue --- */

static void a_job_is_run_once_and_tells_its_result(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add(app, "t-work", NULL, NULL);

    g_assert_cmpint(get(app, arena, id).state, ==, JOB_WAITING);
    g_assert_cmpint(run_at(app, NOW - 1), ==, 0);
    g_assert_cmpint(run_at(app, NOW), ==, 1);
    g_assert_cmpint(run_at(app, NOW + 3600 * SECOND), ==, 0);
    JobInfo job = get(app, arena, id);

    g_assert_cmpint(job.state, ==, JOB_DONE);
    g_assert_cmpint(job.attempt, ==, 1);
    g_assert_cmpstr(job.text, ==, "4 verdier lest");
    g_assert_cmpstr(job.path, ==, "/enheter");
    g_assert_cmpint(
        test_db_int(app->db, "SELECT count(*) AS n FROM installasjon WHERE key LIKE 't%'"), ==, 1);
}

static void what_fails_is_tried_later_and_then_dead(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add(app, "t-fail", NULL, NULL);

    g_assert_cmpint(run_at(app, NOW), ==, 1);
    JobInfo job = get(app, arena, id);

    g_assert_cmpint(job.state, ==, JOB_WAITING);
    g_assert_cmpstr(job.text, ==, "opptatt 1");
    assert_about(job.due - NOW, 10);
    g_assert_cmpint(run_at(app, NOW + 9 * SECOND), ==, 0);
    g_assert_cmpint(run_at(app, NOW + 12 * SECOND), ==, 1);
    assert_about(get(app, arena, id).due - (NOW + 12 * SECOND), 20);
    g_assert_cmpint(run_at(app, NOW + 60 * SECOND), ==, 1);
    job = get(app, arena, id);
    g_assert_cmpint(job.state, ==, JOB_DEAD);
    g_assert_cmpstr(job.text, ==, "opptatt 3");
    g_assert_true(jobb_try_again(app->db, 1, id, NOW, NULL));
    g_assert_cmpint(run_at(app, NOW), ==, 1);
    g_assert_cmpint(get(app, arena, id).attempt, ==, 1);
}

static void the_pause_doubles(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add(app, "t-fail", NULL, NULL);

    test_db_exec(app->db, "UPDATE jobb SET attempt = 8, attempts = 10", NULL);
    g_assert_cmpint(run_at(app, NOW), ==, 1);
    assert_about(get(app, arena, id).due - NOW, 2560);
}

static void what_would_fail_again_is_not_tried_again(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add(app, "t-fail", "invalid", NULL);

    run_at(app, NOW);
    g_assert_cmpint(get(app, arena, id).state, ==, JOB_DEAD);
    g_assert_cmpstr(get(app, arena, id).text, ==, "linje 3 har ingen kolonne");
}

static void a_key_is_had_once_by_each_owner(void)
{
    g_autoptr(TestApp) app = app_new();
    const JobNew shared = { .owner = 0, .kind = "t-work", .title = "x", .key = "k" };
    int64_t first = add(app, "t-work", NULL, "k"), second = add(app, "t-work", NULL, "k"),
            third = 0;

    g_assert_cmpint(first, ==, second);
    g_assert_cmpint(add(app, "t-work", NULL, "k2"), !=, first);
    db_set_owner(app->db, 1); /* the installation's own is added from an owner's request, too */
    g_assert_true(jobb_add(app->db, &shared, NOW, &third, NULL));
    db_set_owner(app->db, 0);
    g_assert_cmpint(third, !=, first);
    g_assert_cmpint(run_at(app, NOW), ==, 3);
}

static void an_unknown_kind_is_refused(void)
{
    g_autoptr(TestApp) app = app_new();
    const JobNew job = { .owner = 1, .kind = "ukjent", .title = "x" };
    g_autoptr(GError) error = NULL;

    g_assert_false(jobb_add(app->db, &job, NOW, NULL, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static bool add_and_fail(Db *db, void *arg, GError **error)
{
    const JobNew job = { .owner = 1, .kind = "t-work", .title = "x" };

    (void)arg;
    return jobb_add(db, &job, NOW, NULL, error) && app_fail(error, APP_ERROR_INVALID, "no");
}

static void a_job_goes_with_the_change_that_wanted_it(void)
{
    g_autoptr(TestApp) app = app_new();

    g_assert_false(db_transaction(app->db, add_and_fail, NULL, NULL));
    g_assert_cmpint(run_at(app, NOW), ==, 0);
}

static void cancelling_stops_it_before_and_during(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t waiting = add(app, "t-work", NULL, NULL);
    int64_t running = add(app, "t-disturbed", "cancelled", NULL);

    g_assert_true(jobb_cancel(app->db, 1, waiting, NULL));
    g_assert_cmpint(run_at(app, NOW), ==, 1);
    g_assert_cmpint(get(app, arena, waiting).state, ==, JOB_CANCELLED);
    g_assert_cmpint(get(app, arena, running).state, ==, JOB_CANCELLED);
    g_assert_false(jobb_cancel(app->db, 2, waiting, &error)); /* another owner's */
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

static void who_was_taken_over_changes_nothing(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t told = add(app, "t-disturbed", "taken", NULL);
    int64_t last = add(app, "t-finish", "lost", NULL);

    g_assert_cmpint(run_at(app, NOW), ==, 2);
    /* both still are the new holder's */
    g_assert_cmpint(get(app, arena, told).state, ==, JOB_RUNNING);
    g_assert_cmpint(get(app, arena, last).state, ==, JOB_RUNNING);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT count(*) AS n FROM installasjon WHERE key LIKE 't%'"), ==, 0);
}

static void a_crashed_ones_job_is_taken_after_its_lease(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add(app, "t-finish", NULL, NULL);

    test_db_exec(app->db,
                 "UPDATE jobb SET state = 'arbeider', attempt = 1, fence = 1, "
                 "lease = 1795435260000000", /* a minute after NOW */
                 NULL);
    g_assert_cmpint(run_at(app, NOW + 59 * SECOND), ==, 0);
    g_assert_cmpint(run_at(app, NOW + 60 * SECOND), ==, 1);
    g_assert_cmpint(get(app, arena, id).state, ==, JOB_DONE);
    g_assert_cmpint(get(app, arena, id).attempt, ==, 2);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT count(*) AS n FROM installasjon WHERE key LIKE 't%'"), ==, 1);
}

static void what_crashes_each_time_ends_dead(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add(app, "t-work", NULL, NULL);

    test_db_exec(app->db, "UPDATE jobb SET state = 'arbeider', attempt = 3, lease = 1", NULL);
    g_assert_cmpint(run_at(app, NOW), ==, 1);
    g_assert_cmpint(get(app, arena, id).state, ==, JOB_DEAD);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT count(*) AS n FROM installasjon WHERE key LIKE 't%'"), ==, 0);
}

static void *run_all(void *data)
{
    g_autoptr(Db) db = db_open(data, NULL);
    g_autoptr(GError) error = NULL;
    int n = 0;

    jobb_run_due(db, NOW, &n, &error);
    g_assert_no_error(error);
    return GINT_TO_POINTER(n);
}

static void nodes_share_without_doing_twice(void)
{
    g_autoptr(TestApp) app = app_new();
    GThread *threads[4];
    int sum = 0;

    for (int i = 0; i < 100; i++)
        add(app, i % 2 ? "t-work" : "t-finish", NULL, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("node", run_all, app->store);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        sum += GPOINTER_TO_INT(g_thread_join(threads[i]));
    g_assert_cmpint(sum, ==, 100);
    g_assert_cmpint(
        test_db_int(app->db,
                    "SELECT count(*) AS n FROM jobb WHERE state = 'ferdig' AND attempt = 1"),
        ==, 100);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT count(*) AS n FROM installasjon WHERE key LIKE 't%'"), ==,
        100);
}

/* --- the program that ends, the clock --- */

static int64_t fixed_clock(void *data)
{
    (void)data;
    return NOW;
}

static bool always(void *data)
{
    (void)data;
    return true;
}

static void an_ending_program_gives_its_job_back(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Db) pulse = db_open(app->store, NULL);
    const JobbWorld world = { .clock = fixed_clock, .stopping = always };
    int64_t id = add(app, "t-work", NULL, NULL);
    bool any = false;

    g_assert_true(jobb_run_next(app->db, pulse, &world, NOW, &any, NULL));
    g_assert_true(any);
    g_assert_cmpint(get(app, arena, id).state, ==, JOB_WAITING);
    g_assert_cmpint(get(app, arena, id).attempt, ==, 0);
    g_assert_cmpint(run_at(app, NOW), ==, 1);
    g_assert_cmpint(get(app, arena, id).state, ==, JOB_DONE);
}

#define CLOCKED "SELECT count(*) AS n FROM jobb WHERE kind = 't-clock'"

static void tick(TestApp *app, JobbClock *clock, int64_t now)
{
    g_autoptr(GError) error = NULL;

    jobb_clock_run(clock, app->db, now, &error);
    g_assert_no_error(error);
}

static void the_clock_adds_once_whatever_the_nodes(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(JobbClock) one = jobb_clock_new();
    g_autoptr(JobbClock) other = jobb_clock_new();

    tick(app, one, NOW);
    tick(app, other, NOW + SECOND);
    g_assert_cmpint(test_db_int(app->db, CLOCKED), ==, 1);
    tick(app, other, NOW + 300 * SECOND); /* the last is not done */
    g_assert_cmpint(test_db_int(app->db, CLOCKED), ==, 1);
    run_at(app, NOW + 300 * SECOND);
    tick(app, one, NOW + 600 * SECOND);
    tick(app, other, NOW + 600 * SECOND);
    g_assert_cmpint(test_db_int(app->db, CLOCKED), ==, 2);
    run_at(app, NOW + 600 * SECOND);
    tick(app, one, NOW + 900 * SECOND); /* of those that went well, one is kept */
    g_assert_cmpint(test_db_int(app->db, CLOCKED), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/jobb/run/once", a_job_is_run_once_and_tells_its_result);
    g_test_add_func("/jobb/run/retry", what_fails_is_tried_later_and_then_dead);
    g_test_add_func("/jobb/run/pause", the_pause_doubles);
    g_test_add_func("/jobb/run/final", what_would_fail_again_is_not_tried_again);
    g_test_add_func("/jobb/add/key", a_key_is_had_once_by_each_owner);
    g_test_add_func("/jobb/add/unknown", an_unknown_kind_is_refused);
    g_test_add_func("/jobb/add/rolled-back", a_job_goes_with_the_change_that_wanted_it);
    g_test_add_func("/jobb/cancel/before-and-during", cancelling_stops_it_before_and_during);
    g_test_add_func("/jobb/fence/taken-over", who_was_taken_over_changes_nothing);
    g_test_add_func("/jobb/lease/crashed", a_crashed_ones_job_is_taken_after_its_lease);
    g_test_add_func("/jobb/lease/each-time", what_crashes_each_time_ends_dead);
    g_test_add_func("/jobb/nodes/shared", nodes_share_without_doing_twice);
    g_test_add_func("/jobb/program/ending", an_ending_program_gives_its_job_back);
    g_test_add_func("/jobb/clock/once", the_clock_adds_once_whatever_the_nodes);
    return g_test_run();
}
