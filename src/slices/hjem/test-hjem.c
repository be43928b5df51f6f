/* test-hjem.c - the home page of a new owner: where to begin, and in which role.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator.h"
#include "testing-db.h"
#include "tilgang.h"

#define OWN "enhet;indikator;periode;verdi\n9999;ANSATTE;2025;34\n"

static bool holds(const Reply *reply, const char *text)
{
    return strstr(reply->body, text) != NULL;
}

static TestApp *new_owner(void)
{
    TestApp *app = test_app(NULL, PERM_USER, PERM_UNIT_READ);

    app->user.role = "AD";
    app->user.unit = 0;
    test_app_grant(app, PERM_UNIT_WRITE);
    test_db_exec(app->db, "DELETE FROM enhet_navn WHERE enhet = 1", NULL);
    test_db_exec(app->db, "DELETE FROM enhet WHERE id = 1", NULL);
    return app;
}

static void give_role(TestApp *app, const char *role)
{
    g_autoptr(GError) error = NULL;

    tilgang_grant(app->db, 1, 1, role, 0, "2020-01-01", &error);
    g_assert_no_error(error);
}

static void import_own(TestApp *app)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const ImportSpec spec = { .owner = 1,
                              .filename = "ansatte.csv",
                              .data = OWN,
                              .size = strlen(OWN),
                              .format = "auto",
                              .now = INT64_C(1795435200000000),
                              .today = "2026-11-23" };
    ImportResult r;

    indikator_import(app->db, arena, &spec, &r, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(r.n_errors, ==, 0);
}

static void a_new_owner_is_told_where_to_begin(void)
{
    g_autoptr(TestApp) app = new_owner();

    g_autoptr(Reply) alone = test_get(app, "/hjem");
    g_assert_cmpint(alone->status, ==, 200);
    g_assert_true(holds(alone, "Begin here"));
    g_assert_true(holds(alone, "Done by: Administrator of the installation"));
    g_assert_true(holds(alone, "<a href=\"/enheter/forslag\">Accept the schools</a>"));
    g_assert_false(holds(alone, "action=\"/rolle\""));
    g_assert_true(holds(alone, "No report is started yet."));
    g_assert_false(holds(alone, "No report is open to you"));

    give_role(app, "IA");
    give_role(app, "FS");
    g_autoptr(Reply) page = test_get(app, "/hjem");
    g_assert_true(holds(page, "Change to the role Administrator of the installation"));
    g_assert_true(holds(page, "name=\"til\" value=\"/import\""));
    g_assert_true(holds(page, "Change to the role Head of childhood and education"));
    g_assert_true(holds(page, "name=\"til\" value=\"/tilstandsrapport/ny\""));
}

static void steps_that_are_done_say_so(void)
{
    g_autoptr(TestApp) app = new_owner();

    import_own(app);
    g_autoptr(Reply) page = test_get(app, "/hjem");
    const char *first = strstr(page->body, "Import the figures");
    const char *second = strstr(page->body, "Accept the schools");
    g_assert_true(first && second);
    const char *done = strstr(first, "done</span>");
    g_assert_true(done && done < second);
    g_assert_null(strstr(second, "done</span>"));
    g_assert_false(holds(page, "ansatte.csv")); /* may not see imports */

    test_app_grant(app, PERM_DATASET_READ);
    g_autoptr(Reply) reader = test_get(app, "/hjem");
    g_assert_true(holds(reader, "New figures: ansatte.csv"));
}

static void who_takes_no_step_is_not_told(void)
{
    g_autoptr(TestApp) app = test_app(NULL, PERM_USER, PERM_REPORT_READ);

    app->user.role = "PO";
    app->user.unit = 0;
    g_autoptr(Reply) page = test_get(app, "/hjem");
    g_assert_false(holds(page, "Begin here"));
    g_assert_true(holds(page, "No report is started yet."));
}

static void a_changed_role_goes_on_where_it_was_needed(void)
{
    g_autoptr(TestApp) app = new_owner();

    give_role(app, "IA");
    const char *const key = "name=\"rolle\" value=\"";
    g_autoptr(Reply) page = test_get(app, "/hjem");
    const char *at = strstr(page->body, key);
    g_assert_nonnull(at);
    g_autofree char *id = g_strndup(at + strlen(key), ID_TEXT - 1);
    g_autofree char *body = g_strdup_printf("rolle=%s&til=%%2Fimport", id);
    g_autofree char *foreign = g_strdup_printf("rolle=%s&til=%%2F%%2Fevil.example%%2F", id);

    g_autoptr(Reply) changed = test_post(app, "/rolle", body);
    g_assert_cmpint(changed->status, ==, 303);
    g_assert_cmpstr(changed->location, ==, "/import");
    g_autoptr(Reply) elsewhere = test_post(app, "/rolle", foreign);
    g_assert_cmpstr(elsewhere->location, ==, "/hjem");
}

/* A reload takes nothing away, and the visit is stored once. */
static void what_is_new_stays_through_a_visit(void)
{
    g_autoptr(TestApp) app = new_owner();

    test_app_grant(app, PERM_DATASET_READ);
    import_own(app);
    for (int i = 0; i < 2; i++) {
        g_autoptr(Reply) page = test_get(app, "/hjem");

        g_assert_true(holds(page, "New figures: ansatte.csv"));
        g_assert_cmpint(test_db_int(app->db, "SELECT count(*) AS n FROM hjem_sett"), ==, 1);
    }
    test_db_exec(app->db, "UPDATE hjem_sett SET since = seen + 1, seen = seen + 1", NULL);
    g_autoptr(Reply) later = test_get(app, "/hjem");
    g_assert_true(holds(later, "Nothing new since"));
}

static void each_role_begins_with_its_own(void)
{
    g_autoptr(TestApp) app = test_app(NULL, PERM_USER, PERM_REPORT_READ);

    app->user.unit = 0;
    app->user.role = "PO";
    g_autoptr(Reply) decides = test_get(app, "/hjem");
    g_assert_true(strstr(decides->body, "id=\"rapporter\"") <
                  strstr(decides->body, "id=\"venter\""));
    app->user.role = "FS";
    g_autoptr(Reply) writes = test_get(app, "/hjem");
    g_assert_true(strstr(writes->body, "id=\"venter\"") < strstr(writes->body, "id=\"rapporter\""));
}

static void who_lets_people_in_is_led_to_the_users(void)
{
    g_autoptr(TestApp) app = new_owner();
    g_autoptr(Reply) without = test_get(app, "/hjem");

    g_assert_false(holds(without, "href=\"/brukere\""));
    test_app_grant(app, PERM_LOGIN_MANAGE);
    g_autoptr(Reply) with = test_get(app, "/hjem");

    g_assert_true(holds(with, "<a href=\"/brukere\">Users</a>"));
}

static void the_shortcuts_are_listed_without_script(void)
{
    g_autoptr(TestApp) app = test_app(NULL, PERM_PUBLIC, PERM_PUBLIC);

    app->signed_out = true;
    g_autoptr(Reply) page = test_get(app, "/tastatur");
    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "id=\"tastatur\"") && holds(page, "data-keys-off"));
    g_assert_true(holds(page, "role=\"search\"")); /* the box in the head */
    g_autoptr(Reply) search = test_get(app, "/sok");
    g_assert_false(holds(search, "id=\"sok-hode\""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hjem/begin/new-owner", a_new_owner_is_told_where_to_begin);
    g_test_add_func("/hjem/begin/done", steps_that_are_done_say_so);
    g_test_add_func("/hjem/begin/others", who_takes_no_step_is_not_told);
    g_test_add_func("/hjem/role/goes-on", a_changed_role_goes_on_where_it_was_needed);
    g_test_add_func("/hjem/new/visit", what_is_new_stays_through_a_visit);
    g_test_add_func("/hjem/order/role", each_role_begins_with_its_own);
    g_test_add_func("/hjem/show/users", who_lets_people_in_is_led_to_the_users);
    g_test_add_func("/tastatur/show/list", the_shortcuts_are_listed_without_script);
    return g_test_run();
}
