/* test-sider-oppfolging.c - follow-up by unit and date, the list, a new report, and what waits for whom.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"

/* A report whose committee has given one item; positions 71 (school) and 72 (municipality). */
static TestReport *treated(void)
{
    TestReport *t = test_report();

    test_report_move(t, STATE_ETTERARBEID_KOMITE);
    test_db_exec(t->app->db,
                 "INSERT INTO stilling (owner, id, unit, title, valid_from) VALUES "
                 "(1, 71, 1, 'Rektor Bakken', '2000-01-01'), (1, 72, 2, 'Fagsjef', '2000-01-01')",
                 NULL);
    test_db_exec(t->app->db,
                 "UPDATE rapport_oppfolging SET answer = '', answered_on = NULL, due = NULL, "
                 "responsible = NULL",
                 NULL);
    t->app->today = "2026-12-15";
    return t;
}

static char *item_body(TestReport *t, const char *position, const char *due, const char *answer)
{
    g_autofree char *id = g_strdup_printf(
        "%" G_GINT64_FORMAT, test_db_int(t->app->db, "SELECT MIN(id) FROM rapport_oppfolging"));

    return test_report_body("punkt", id, "ansvarlig-1", position, "frist-1", due, "svar-1", answer,
                            NULL);
}

static void overdue_is_said_in_words(void)
{
    g_autoptr(TestReport) t = treated();
    g_autofree char *late = item_body(t, "72", "2026-12-10", "");
    g_autofree char *today = item_body(t, "72", "2026-12-15", "");
    g_autofree char *tomorrow = item_body(t, "72", "2026-12-16", "");
    g_autofree char *answered = item_body(t, "72", "2026-12-10", "Lesekurs holdt");
    const struct {
        const char *body, *says;
    } rows[] = { { late, "5 days overdue" },
                 { today, "Due today" },
                 { tomorrow, "Due in 1 day" },
                 { answered, "Answered 15 December 2026" } };

    g_autoptr(Reply) blank = test_report_get(t, "/oppfolging", 200);
    assert_shows(blank, "Waits for an owner and a date");
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        test_report_posted(t, "/oppfolging", rows[i].body, 303);
        g_autoptr(Reply) page = test_report_get(t, "/oppfolging", 200);

        assert_shows(page, rows[i].says);
    }
}

static void a_head_sees_and_answers_the_own_unit_only(void)
{
    g_autoptr(TestReport) t = treated();
    g_autofree char *theirs = item_body(t, "72", "2026-12-20", "");
    g_autofree char *own = item_body(t, "71", "2026-12-20", "");
    g_autofree char *answer = item_body(t, "71", "2026-12-20", "Gjort på Bakken");

    test_report_posted(t, "/oppfolging", theirs, 303);
    test_report_become(t, "RK");
    g_autoptr(Reply) empty = test_report_get(t, "/oppfolging", 200);
    assert_hides(empty, "Følge opp lesing");
    assert_shows(empty, "No items are given to you or your school.");
    assert_hides(empty, "name=\"oppgave\"");
    test_report_posted(t, "/oppfolging", answer, 404);
    test_report_posted(t, "/oppfolging", "oppgave=Ny", 403);
    test_report_become(t, "FS");
    test_report_posted(t, "/oppfolging", own, 303);
    test_report_become(t, "RK");
    g_autoptr(Reply) mine = test_report_get(t, "/oppfolging", 200);
    assert_shows(mine, "Følge opp lesing");
    test_report_posted(t, "/oppfolging", answer, 303);
    test_report_become(t, "PO"); /* reads, does not write */
    g_autoptr(Reply) reader = test_report_get(t, "/oppfolging", 200);
    assert_shows(reader, "Gjort på Bakken");
    assert_hides(reader, "<textarea");
    test_report_posted(t, "/oppfolging", answer, 403);
}

static void wrong_input_is_kept(void)
{
    g_autoptr(TestReport) t = treated();
    g_autofree char *date = item_body(t, "72", "30.02.2026", "Beholdt svar");
    g_autofree char *position = item_body(t, "999", "2026-12-20", "Beholdt svar");

    g_autoptr(Reply) bad_date = test_report_post(t, "/oppfolging", date, 422);
    assert_shows(bad_date, "Beholdt svar</textarea>");
    assert_shows(bad_date, "value=\"30.02.2026\"");
    g_autoptr(Reply) nobody = test_report_post(t, "/oppfolging", position, 422);
    assert_shows(nobody, "f-ansvarlig-1-problem");
    test_report_posted(t, "/oppfolging", "oppgave=", 422);
    test_report_posted(t, "/oppfolging", "punkt=1", 404);
}

static void items_come_after_the_decision(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_INNSTILT);
    g_autoptr(Reply) before = test_report_get(t, "/oppfolging", 200);
    assert_hides(before, "name=\"oppgave\"");
    test_report_posted(t, "/oppfolging", "oppgave=Ny", 409);
    test_report_move(t, STATE_GODKJENT);
    g_autoptr(Reply) after = test_report_get(t, "/oppfolging", 200);
    assert_shows(after, "name=\"oppgave\"");
    test_report_posted(t, "/oppfolging", "oppgave=Ny", 303);
}

/* --- the list and a new report --- */

static void a_step_that_is_late_says_so(void)
{
    g_autoptr(TestReport) t = test_report();

    t->app->today = "2026-06-23";
    g_autoptr(Reply) due = test_get(t->app, "/tilstandsrapport");
    assert_hides(due, "delayed");
    t->app->today = "2026-06-24";
    g_autoptr(Reply) late = test_get(t->app, "/tilstandsrapport");
    assert_shows(late, "Tuesday 23 June 2026 (delayed)");
    g_autoptr(Reply) room = test_report_get(t, "/skriving", 200);
    assert_shows(room, "delayed · Tuesday 23 June 2026");
}

static void the_list_hides_drafts(void)
{
    g_autoptr(TestReport) t = test_report();

    g_autoptr(Reply) writer = test_get(t->app, "/tilstandsrapport");
    assert_shows(writer, t->path);
    assert_shows(writer, "Step 1 of 6");
    assert_shows(writer, "Tuesday 23 June 2026");
    test_report_become(t, "PO");
    g_autoptr(Reply) politician = test_get(t->app, "/tilstandsrapport");
    assert_hides(politician, t->path);
    assert_shows(politician, "No reports to show yet.");
    test_report_become_other(t, "FS");
    g_autoptr(Reply) foreign = test_get(t->app, "/tilstandsrapport");
    assert_hides(foreign, t->path);
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, "PO");
    g_autoptr(Reply) sent = test_get(t->app, "/tilstandsrapport");
    assert_shows(sent, t->path);
    assert_hides(sent, "/tilstandsrapport/ny");
}

static void a_new_report(void)
{
    g_autoptr(TestReport) t = test_report();

    g_autoptr(Reply) form = test_get(t->app, "/tilstandsrapport/ny");
    g_assert_cmpint(form->status, ==, 200);
    assert_shows(form, "<option value=\"2025/26\" selected>");
    t->app->today = "2026-11-24"; /* figures of the new school year are far away */
    g_autoptr(Reply) autumn = test_get(t->app, "/tilstandsrapport/ny");
    assert_shows(autumn, "<option value=\"2025/26\" selected>");
    t->app->today = "2027-02-15";
    g_autoptr(Reply) spring = test_get(t->app, "/tilstandsrapport/ny");
    assert_shows(spring, "<option value=\"2026/27\" selected>");
    t->app->today = "2026-07-01";
    g_autoptr(Reply) wrong =
        test_post(t->app, "/tilstandsrapport/ny", "skolear=1999%2F00&sprakform=sv&kommunestyre=x");
    g_assert_cmpint(wrong->status, ==, 422);
    assert_shows(wrong, "f-skolear-problem");
    assert_shows(wrong, "f-sprakform-problem");
    assert_shows(wrong, "value=\"x\"");
    g_autoptr(Reply) past = test_post(t->app, "/tilstandsrapport/ny",
                                      "skolear=2024%2F25&sprakform=nn&kommunestyre=2026-06-30");
    g_assert_cmpint(past->status, ==, 422);
    assert_shows(past, "f-kommunestyre-problem");
    g_autoptr(Reply) made = test_post(t->app, "/tilstandsrapport/ny",
                                      "skolear=2024%2F25&sprakform=nn&kommunestyre=2026-12-10");
    g_assert_cmpint(made->status, ==, 303);
    g_autoptr(Reply) page = test_get(t->app, made->location);
    g_assert_cmpint(page->status, ==, 200);
    assert_shows(page, "2024/25");
    assert_shows(page, "0 of 9 chapters finished");
    test_report_become(t, "RK");
    g_autoptr(Reply) refused = test_post(t->app, "/tilstandsrapport/ny",
                                         "skolear=2024%2F25&sprakform=nn&kommunestyre=2026-12-10");
    g_assert_cmpint(refused->status, ==, 403);
}

static void an_empty_report_can_be_deleted(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_posted(t, "/slett", "slett-bekreft=1", 409); /* it has texts */
    g_autoptr(Reply) full = test_report_get(t, "", 200);
    assert_hides(full, "slett-bekreft");
    test_db_exec(t->app->db, "UPDATE rapport_kapittel SET body = '', judgement = '', measures = ''",
                 NULL);
    g_autoptr(Reply) empty = test_report_get(t, "", 200);
    assert_shows(empty, "name=\"slett-bekreft\"");
    g_autoptr(Reply) unsure = test_report_post(t, "/slett", "", 422);
    assert_shows(unsure, "f-slett-bekreft-problem");
    test_report_become(t, "KD");
    test_report_posted(t, "/slett", "slett-bekreft=1", 403);
    test_report_become_other(t, "FS");
    test_report_posted(t, "/slett", "slett-bekreft=1", 404);
    test_report_become(t, "FS");
    test_report_posted(t, "/slett", "slett-bekreft=1", 303);
    test_report_gets(t, "", 404);
    g_assert_cmpint(test_db_int(t->app->db, "SELECT COUNT(*) FROM rapport_steg"), ==, 0);
}

/* A withdrawn event is history too. */
static void what_was_recorded_is_never_deleted(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SKISSE);
    test_db_exec(t->app->db, "UPDATE rapport_kapittel SET body = '', judgement = '', measures = ''",
                 NULL);
    test_db_exec(t->app->db, "UPDATE rapport_hendelse SET withdrawn_at = 1, withdrawn_by = 1",
                 NULL);
    test_db_exec(t->app->db, "UPDATE rapport SET state = 'planlagt', frozen = NULL", NULL);
    test_report_posted(t, "/slett", "slett-bekreft=1", 409);
}

static void a_weekend_is_a_warning(void)
{
    g_autoptr(TestReport) t = test_report();

    g_autoptr(Reply) none = test_report_get(t, "", 200);
    assert_hides(none, "is planned for");
    test_db_exec(t->app->db, "UPDATE rapport_steg SET planned = '2026-09-12' WHERE nr = 4", NULL);
    g_autoptr(Reply) room = test_report_get(t, "", 200);
    assert_shows(room, "«Municipal council» is planned for Saturday 12 September 2026.");
    test_report_move(t, STATE_SKISSE); /* it stops nothing */
}

/* --- what waits for me --- */

static void tasks_follow_role_and_state(void)
{
    static const struct {
        ReportState state;
        const char *role, *task;
    } rows[] = {
        { STATE_PLANLAGT, "FS", "Finish the draft" },
        { STATE_SKISSE, "FS", "Record that the dialogue meeting was held" },
        { STATE_DIALOG_GJENNOMFORT, "KD", "Send to the executive committee" },
        { STATE_SENDT_FORMANNSKAP, "AR", "Record the recommendation" },
        { STATE_INNSTILT, "AR", "Record the decision of the municipal council" },
        { STATE_GODKJENT, "AR", "Record the follow-up in the committee" },
        { STATE_ETTERARBEID_KOMITE, "FS", "Record the follow-up in the leader group" },
        { STATE_ETTERARBEID_LEDERGRUPPE, "FS", "Close the report" },
    };
    g_autoptr(TestReport) t = test_report();

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        test_report_move(t, rows[i].state);
        t->app->today = TEST_AFTER_ALL;
        test_report_become(t, rows[i].role);
        g_autoptr(Reply) home = test_get(t->app, "/hjem");
        assert_shows(home, rows[i].task);
        test_report_become(t, "LR");
        g_autoptr(Reply) teacher = test_get(t->app, "/hjem");
        assert_hides(teacher, rows[i].task);
    }
}

static void chapters_and_items_are_tasks(void)
{
    g_autoptr(TestReport) t = test_report();

    test_db_exec(t->app->db, "UPDATE rapport_kapittel SET status = 'utkast' WHERE nr <= 2", NULL);
    test_report_become(t, "RK");
    g_autoptr(Reply) head = test_get(t->app, "/hjem");
    assert_shows(head, "2 chapters to finish");
    test_db_exec(t->app->db, "UPDATE rapport_kapittel SET status = 'ferdig'", NULL);
    test_report_move(t, STATE_ETTERARBEID_KOMITE);
    test_db_exec(t->app->db, "UPDATE rapport_oppfolging SET answer = '', answered_on = NULL", NULL);
    test_report_become(t, "FS");
    t->app->today = TEST_AFTER_ALL;
    g_autoptr(Reply) boss = test_get(t->app, "/hjem");
    assert_shows(boss, "Answer: Følge opp lesing");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/follow-up/overdue-in-words", overdue_is_said_in_words);
    g_test_add_func("/tilstandsrapport/follow-up/own-unit",
                    a_head_sees_and_answers_the_own_unit_only);
    g_test_add_func("/tilstandsrapport/follow-up/wrong-input", wrong_input_is_kept);
    g_test_add_func("/tilstandsrapport/list/hides-drafts", the_list_hides_drafts);
    g_test_add_func("/tilstandsrapport/new/made", a_new_report);
    g_test_add_func("/tilstandsrapport/list/late", a_step_that_is_late_says_so);
    g_test_add_func("/tilstandsrapport/follow-up/after-the-decision",
                    items_come_after_the_decision);
    g_test_add_func("/tilstandsrapport/delete/empty", an_empty_report_can_be_deleted);
    g_test_add_func("/tilstandsrapport/delete/history", what_was_recorded_is_never_deleted);
    g_test_add_func("/tilstandsrapport/plan/weekend", a_weekend_is_a_warning);
    g_test_add_func("/tilstandsrapport/tasks/role-and-state", tasks_follow_role_and_state);
    g_test_add_func("/tilstandsrapport/tasks/chapters-and-items", chapters_and_items_are_tasks);
    return g_test_run();
}
