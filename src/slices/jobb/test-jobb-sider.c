/* test-jobb-sider.c - the pages of the queue: followed, stopped, tried again; what goes when.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "jobb.h"
#include "runner.h"
#include "testing-db.h"

#define NOW INT64_C(1795435200000000) /* 2026-11-23T12:00Z */
#define SECOND INT64_C(1000000)

static bool do_work(Job *job, GError **error)
{
    (void)error;
    job_result(job, "4 verdier lest", "/enheter");
    return true;
}

static const JobKind kinds[] = { { "t-work", N_("Work"), do_work, 3, 0, 0 }, { 0 } };

static TestApp *app_new(void)
{
    job_kinds_also(kinds);
    return test_app(&jobb_slice, PERM_PUBLIC, PERM_PUBLIC);
}

static int64_t add(TestApp *app)
{
    const JobNew job = { .owner = 1, .kind = "t-work", .title = "Leser np.csv", .person = 1 };
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

/* --- the pages --- */

static char *path_of(int64_t id, const char *end)
{
    char text[ID_TEXT];

    return g_strdup_printf("/jobber/%s%s", id_text(id, text), end);
}

static void the_page_follows_and_leads_on(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t id = add(app);
    g_autofree char *path = path_of(id, "");
    g_autoptr(Reply) before = test_get(app, path);

    g_assert_cmpint(before->status, ==, 200);
    g_assert_nonnull(strstr(before->body, "waiting"));
    g_assert_nonnull(strstr(before->body, "data-follow"));
    g_assert_nonnull(strstr(before->headers, "Refresh: 4\n"));
    run_at(app, NOW);
    g_autoptr(Reply) after = test_get(app, path);

    g_assert_nonnull(strstr(after->body, "4 verdier lest"));
    g_assert_nonnull(strstr(after->body, "href=\"/enheter\""));
    g_assert_null(strstr(after->body, "data-follow"));
    g_assert_nonnull(strstr(after->headers, "Refresh: 2; url=/enheter\n"));
}

static void a_running_one_shows_how_far(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t id = add(app);
    g_autofree char *path = path_of(id, "");

    test_db_exec(
        app->db,
        "UPDATE jobb SET state = 'arbeider', attempt = 2, done = 3, total = 4, text = 'Rad 300'",
        NULL);
    g_autoptr(Reply) r = test_get(app, path);

    g_assert_nonnull(strstr(r->body, "<progress max=\"4\" value=\"3\""));
    g_assert_nonnull(strstr(r->body, "75%"));
    g_assert_nonnull(strstr(r->body, "Rad 300"));
    g_assert_nonnull(strstr(r->body, "Try 2 of 3"));
    g_assert_nonnull(strstr(r->headers, "Refresh: 4\n")); /* without script, too */
}

static void others_jobs_take_the_permission(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t id = add(app);
    g_autofree char *path = path_of(id, ""), *cancel = path_of(id, "/avbryt");

    test_db_exec(app->db, "UPDATE jobb SET person = 99", NULL);
    g_autoptr(Reply) hidden = test_get(app, path);
    g_autoptr(Reply) kept = test_post(app, cancel, "");
    g_autoptr(Reply) list = test_get(app, "/jobber");

    g_assert_cmpint(hidden->status, ==, 404);
    g_assert_cmpint(kept->status, ==, 404);
    g_assert_null(strstr(list->body, "Leser np.csv"));
    test_app_grant(app, PERM_JOBS_ALL);
    g_autoptr(Reply) shown = test_get(app, "/jobber");

    g_assert_nonnull(strstr(shown->body, "Leser np.csv"));
}

static void it_is_stopped_and_started_from_its_page(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add(app);
    g_autofree char *path = path_of(id, "/avbryt"), *again = path_of(id, "/igjen");
    g_autoptr(Reply) stopped = test_post(app, path, "");

    g_assert_cmpint(stopped->status, ==, 303);
    g_assert_cmpint(get(app, arena, id).state, ==, JOB_CANCELLED);
    g_autoptr(Reply) started = test_post(app, again, "");
    g_autoptr(Reply) twice = test_post(app, again, "");

    g_assert_cmpint(started->status, ==, 303);
    g_assert_cmpint(twice->status, ==, 303);
    g_assert_cmpint(get(app, arena, id).state, ==, JOB_WAITING);
}

static void a_trial_goes_the_whole_way(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) refused = test_post(app, "/jobber/prove", "");

    g_assert_cmpint(refused->status, ==, 403);
    test_app_grant(app, PERM_JOBS_ALL);
    g_autoptr(Reply) asked = test_post(app, "/jobber/prove", "");

    g_assert_cmpint(asked->status, ==, 303);
    g_assert_cmpint(run_at(app, INT64_MAX / 2), ==, 1);
    g_autoptr(Reply) done = test_get(app, asked->location);

    g_assert_nonnull(strstr(done->body, "data-color=\"success\""));
    g_assert_cmpint(test_db_int(app->db, "SELECT count(*) AS n FROM jobb WHERE args = 'x'"), ==, 1);
}

static void old_ones_go_and_open_ones_stay(void)
{
    g_autoptr(TestApp) app = app_new();
    const Retention *r = jobb_slice.retention;
    int64_t n = 0;

    add(app);
    run_at(app, NOW);
    add(app);
    g_assert_true(r->run(app->db, 1, NOW - 1, true, &n, NULL));
    g_assert_cmpint(n, ==, 0);
    g_assert_true(r->run(app->db, 1, NOW + 60 * SECOND, true, &n, NULL));
    g_assert_cmpint(n, ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT count(*) AS n FROM jobb"), ==, 2);
    g_assert_true(r->run(app->db, 1, NOW + 60 * SECOND, false, &n, NULL));
    g_assert_cmpint(test_db_int(app->db, "SELECT count(*) AS n FROM jobb"), ==, 1);
}

static void what_one_asked_for_is_in_ones_own_data(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const JobNew job = {
        .owner = 1, .kind = "prove", .title = "Min egen", .args = "", .person = 77
    };
    json_t *mine = json_object();

    add(app);
    g_assert_true(jobb_add(app->db, &job, NOW, NULL, &error));
    g_assert_true(jobb_slice.person_data(app->db, arena, 1, 77, mine, &error));
    json_t *list = json_object_get(mine, "arbeid"), *one = json_array_get(list, 0);

    g_assert_cmpuint(json_array_size(list), ==, 1);
    g_assert_cmpstr(json_string_value(json_object_get(one, "hva")), ==, "Min egen");
    g_assert_cmpstr(json_string_value(json_object_get(one, "stand")), ==, "venter");
    g_assert_true(json_is_null(json_object_get(one, "slutt")));
    json_decref(mine);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/jobb/page/follow", the_page_follows_and_leads_on);
    g_test_add_func("/jobb/page/progress", a_running_one_shows_how_far);
    g_test_add_func("/jobb/page/permission", others_jobs_take_the_permission);
    g_test_add_func("/jobb/page/stop-and-start", it_is_stopped_and_started_from_its_page);
    g_test_add_func("/jobb/page/trial", a_trial_goes_the_whole_way);
    g_test_add_func("/jobb/retention/old", old_ones_go_and_open_ones_stay);
    g_test_add_func("/jobb/mine/own", what_one_asked_for_is_in_ones_own_data);
    return g_test_run();
}
