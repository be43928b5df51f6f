/* test-behandling.c - the steps as data: what is taken back with a step, and who may record twice.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold.h"
#include "testing-sider.h"

static StepRecord committee(const TestReport *r, const char *tasks)
{
    return (StepRecord){ .action = "komite",
                         .on = TEST_AFTER_ALL,
                         .votes_for = NO_INT,
                         .votes_against = NO_INT,
                         .tasks = tasks,
                         .today = TEST_AFTER_ALL,
                         .now = r->id >> 22 }; /* any instant */
}

static void record(TestReport *r, const StepRecord *step)
{
    g_autoptr(GError) error = NULL;
    bool ok = tilstandsrapport_record(r->app->db, 1, r->id, step, &error);

    g_assert_no_error(error);
    g_assert_true(ok);
}

static size_t items(TestReport *r)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    FollowUpList all = { 0 };

    tilstandsrapport_follow_ups(r->app->db, arena, 1, r->id, TEST_AFTER_ALL, &all, &error);
    g_assert_no_error(error);
    return all.n;
}

static StepEvent newest(TestReport *r)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    StepEvent event = { 0 };

    tilstandsrapport_withdrawable(r->app->db, arena, 1, r->id, &event, &error);
    g_assert_no_error(error);
    return (StepEvent){ .id = event.id };
}

static void items_go_with_the_step_they_came_with(void)
{
    g_autoptr(TestReport) r = test_report();
    g_autoptr(GError) error = NULL;
    const StepRecord first = committee(r, "Lesing i alle fag\nKollegalæring\n\nGode overganger");
    const StepRecord second = committee(r, "Bare ett punkt");

    test_report_move(r, STATE_GODKJENT);
    tilstandsrapport_follow_up_add(r->app->db, 1, r->id, "Skrevet for hånd", &error);
    g_assert_no_error(error);
    record(r, &first);
    g_assert_cmpuint(items(r), ==, 4);
    tilstandsrapport_withdraw(r->app->db, 1, r->id, newest(r).id, 0, 1, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(items(r), ==, 1);
    record(r, &second);
    g_assert_cmpuint(items(r), ==, 2);
}

static void the_same_form_counts_once(void)
{
    g_autoptr(TestReport) r = test_report();
    g_autoptr(GError) error = NULL;
    StepRecord step = committee(r, NULL);

    test_report_move(r, STATE_SENDT_FORMANNSKAP);
    step.action = "utsett";
    step.case_number = "PS 3/26";
    step.decision = "Saken utsettes.";
    step.seen = newest(r).id;
    record(r, &step);
    g_assert_false(tilstandsrapport_record(r->app->db, 1, r->id, &step, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
    step.seen = newest(r).id;
    step.case_number = "PS 4/26"; /* a new number at the next meeting */
    record(r, &step);
}

/* What everybody can make of a public version: its content, written as it was frozen. */
static char *open_json(TestReport *r, Arena *arena, int64_t version)
{
    g_autoptr(GError) error = NULL;
    Content content;

    tilstandsrapport_load(r->app->db, arena, 1, version, AUDIENCE_PUBLIC, &content, NULL, &error);
    g_assert_no_error(error);
    return tilstandsrapport_to_json(&content);
}

static void the_public_hash_tells_nothing_of_what_is_hidden(void)
{
    g_autoptr(TestReport) r = test_report();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Report report;

    test_report_move(r, STATE_GODKJENT);
    tilstandsrapport_get(r->app->db, arena, 1, r->id, &report, &error);
    g_assert_no_error(error);
    g_autofree char *json = open_json(r, arena, report.published);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, json, -1);

    g_assert_cmpstr(report.locked, ==, hash);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/withdraw/items", items_go_with_the_step_they_came_with);
    g_test_add_func("/tilstandsrapport/record/once", the_same_form_counts_once);
    g_test_add_func("/tilstandsrapport/lock/public-hash",
                    the_public_hash_tells_nothing_of_what_is_hidden);
    return g_test_run();
}
