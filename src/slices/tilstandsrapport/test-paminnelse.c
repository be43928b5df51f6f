/* test-paminnelse.c - reminders of follow-up items: before, on and after their date, each once.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "jobb.h"
#include "paminnelse.h"
#include "testing-sider.h"

static int64_t count(TestReport *t, const char *sql)
{
    return test_db_int(t->app->db, sql);
}

static int reminded(TestReport *t, const char *today)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    int n = -1;

    tilstandsrapport_remind(t->app->db, arena, 1, today, 5, &n, &why);
    g_assert_no_error(why);
    return n;
}

/* An item due 5 December whose answer waits, and a head who has the position it lies with. */
static void given_an_open_item(TestReport *t)
{
    test_report_move(t, STATE_ETTERARBEID_KOMITE);
    test_db_exec(t->app->db, "UPDATE rapport_oppfolging SET answer = '', answered_on = NULL", NULL);
    test_db_exec(t->app->db,
                 "INSERT INTO stilling_innehaver (owner, id, stilling, person, valid_from) "
                 "VALUES (1, 71, 70, 1, '2000-01-01')",
                 NULL);
}

static void set_up_mail(TestReport *t)
{
    test_report_become(t, "AD");
    g_autoptr(Reply) reply = test_post(t->app, "/innstillinger/e-post",
                                       "server=127.0.0.1&port=2525&kryptering=open&avsender=ikke-"
                                       "svar%40prove.example&adresse=https%3A%2F%2Foppvekst.prove."
                                       "example%2F");

    g_assert_cmpint(reply->status, ==, 303);
}

static void reminders_come_before_on_and_weekly_after(void)
{
    g_autoptr(TestReport) t = test_report();

    given_an_open_item(t);
    test_db_exec(t->app->db, "DELETE FROM innlogging", NULL);
    g_assert_cmpint(reminded(t, "2026-12-05"), ==, 0); /* mail is not set up: nothing is noted */
    set_up_mail(t);
    g_assert_cmpint(reminded(t, "2026-12-05"), ==, 0); /* nobody to write to */
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_paminnelse"), ==, 0);
    test_db_exec(t->app->db,
                 "INSERT INTO innlogging (owner, person, email, password_hash, disabled, "
                 "changed_at) VALUES (1, 1, 'rektor@prove.example', 'x', 0, 1)",
                 NULL);
    g_assert_cmpint(reminded(t, "2026-11-20"), ==, 0); /* 15 days before */
    g_assert_cmpint(reminded(t, "2026-11-21"), ==, 1);
    g_assert_cmpint(reminded(t, "2026-11-21"), ==, 0); /* never twice */
    g_assert_cmpint(reminded(t, "2026-12-04"), ==, 0);
    g_assert_cmpint(reminded(t, "2026-12-05"), ==, 1);
    g_assert_cmpint(reminded(t, "2026-12-11"), ==, 0);
    g_assert_cmpint(reminded(t, "2026-12-12"), ==, 1);
    g_assert_cmpint(reminded(t, "2026-12-19"), ==, 1);
    test_db_exec(t->app->db, "UPDATE innlogging SET disabled = 1", NULL);
    g_assert_cmpint(reminded(t, "2026-12-26"), ==, 0);
    test_db_exec(t->app->db, "UPDATE innlogging SET disabled = 0", NULL);
    test_db_exec(t->app->db, "UPDATE rapport_oppfolging SET answer = 'Gjort'", NULL);
    g_assert_cmpint(reminded(t, "2026-12-26"), ==, 0); /* answered */
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM varsel"), ==, 4);
}

/* The job as the jobs program runs it, on a day of the owner's clock. */
static int64_t job_run(TestReport *t, const char *demo_day)
{
    static int64_t now = 1000000;
    const JobNew job = { .owner = 1, .kind = "paminnelse", .title = "Minner om", .person = 1 };
    g_autofree char *sql =
        g_strdup_printf("UPDATE eier SET demo = 1, demo_date = '%s' WHERE id = 1", demo_day);
    g_autoptr(GError) why = NULL;
    int n = 0;

    now += G_USEC_PER_SEC;
    test_db_exec(t->app->db, g_intern_string(sql), NULL);
    jobb_add(t->app->db, &job, now, NULL, &why);
    g_assert_no_error(why);
    jobb_run_due(t->app->db, now, &n, &why);
    g_assert_no_error(why);
    g_assert_cmpint(n, >=, 1);
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM jobb WHERE kind = 'paminnelse' AND state "
                             "<> 'ferdig'"),
                    ==, 0);
    return count(t, "SELECT COUNT(*) AS n FROM rapport_paminnelse");
}

static void the_job_reminds_by_the_owners_clock(void)
{
    g_autoptr(TestReport) t = test_report();

    given_an_open_item(t);
    set_up_mail(t);
    test_db_exec(t->app->db, "DELETE FROM innlogging", NULL);
    test_db_exec(t->app->db,
                 "INSERT INTO innlogging (owner, person, email, password_hash, disabled, "
                 "changed_at) VALUES (1, 1, 'rektor@prove.example', 'x', 0, 1)",
                 NULL);
    g_assert_cmpint(job_run(t, "2026-11-20"), ==, 0); /* 15 days before */
    g_assert_cmpint(job_run(t, "2026-11-21"), ==, 1); /* 14 */
    g_assert_cmpint(job_run(t, "2026-11-21"), ==, 1); /* the job again: no second mail */
    g_assert_cmpint(job_run(t, "2026-12-04"), ==, 1); /* the day before: was told already */
    g_assert_cmpint(job_run(t, "2026-12-05"), ==, 2); /* the day itself */
    g_assert_cmpint(job_run(t, "2026-12-06"), ==, 2); /* after */
    g_assert_cmpint(job_run(t, "2026-12-12"), ==, 3); /* a week after */
    g_assert_cmpint(job_run(t, "2026-12-12"), ==, 3);
    g_assert_cmpint(count(t, "SELECT COUNT(DISTINCT day) AS n FROM rapport_paminnelse"), ==, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/reminders/job", the_job_reminds_by_the_owners_clock);
    g_test_add_func("/tilstandsrapport/reminders/days", reminders_come_before_on_and_weekly_after);
    return g_test_run();
}
