/* test-eier.c - owners, their order and their clocks; the page that moves a demo's date.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "testing-db.h"

#define NOON_2026 INT64_C(1795435200000000) /* 2026-11-23T12:00Z */

static TestApp *app_new(void)
{
    return test_app(&eier_slice, PERM_DATE_MOVE, PERM_PUBLIC);
}

static int64_t add(TestApp *app, const char *number, const char *name, const char *demo_date)
{
    const Eier eier = { .number = number,
                        .name = name,
                        .language = LANG_NN,
                        .demo = demo_date != NULL,
                        .date = demo_date };
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    eier_add(app->db, &eier, 1, &id, &error);
    g_assert_no_error(error);
    g_assert_cmpint(id, >, 0);
    return id;
}

static void make_demo(TestApp *app, const char *date)
{
    g_autofree char *sql =
        g_strdup_printf("UPDATE eier SET demo = 1, demo_date = '%s' WHERE id = 1", date);

    test_db_exec(app->db, sql, NULL);
}

static const char *today_of(TestApp *app, Arena *arena, int64_t owner)
{
    g_autoptr(GError) error = NULL;
    const char *today = NULL;

    eier_today(app->db, arena, owner, NOON_2026, &today, &error);
    g_assert_no_error(error);
    return today;
}

static void an_owner_is_found_by_its_number(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t id = add(app, "1551", "Eide kommune", "2013-06-06");
    Eier eier;

    g_assert_true(eier_get_number(app->db, arena, "1551", &eier, &error));
    g_assert_cmpint(eier.id, ==, id);
    g_assert_cmpstr(eier.name, ==, "Eide kommune");
    g_assert_cmpint(eier.language, ==, LANG_NN);
    g_assert_true(eier.demo);
    g_assert_cmpstr(eier.date, ==, "2013-06-06");
    g_assert_false(eier_get_number(app->db, arena, "1552", &eier, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

static void bad_numbers_and_dates_are_refused(void)
{
    static const Eier bad[] = {
        { .number = "155", .name = "A" },
        { .number = "15510", .name = "A" },
        { .number = "15a1", .name = "A" },
        { .number = NULL, .name = "A" },
        { .number = "1551", .name = "A", .demo = true, .date = "2013-02-30" },
        { .number = "1551", .name = "" },
    };
    g_autoptr(TestApp) app = app_new();

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        int64_t id = -1;

        g_assert_false(eier_add(app->db, &bad[i], 1, &id, &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
        g_assert_cmpint(id, ==, -1);
    }
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM eier"), ==, 1);
}

static void a_number_is_taken_once(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const Eier again = { .number = "9999", .name = "En annen" };
    int64_t id;

    g_assert_false(eier_add(app->db, &again, 1, &id, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

/* domain.md 12, vector 15: aa sorts as å, and å comes last. */
static void owners_stand_in_norwegian_order(void)
{
    static const char *const want[] = { "Averøy", "Eide",     "Fræna",  "Prøve kommune",
                                        "Ørsta",  "Aalesund", "Ålesund" };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    EierList all;

    add(app, "1507", "Ålesund", NULL);
    add(app, "1520", "Ørsta", NULL);
    add(app, "1548", "Fræna", NULL);
    add(app, "1501", "Aalesund", NULL);
    add(app, "1551", "Eide", NULL);
    add(app, "1554", "Averøy", NULL);
    g_assert_true(eier_list(app->db, arena, &all, &error));
    g_assert_cmpuint(all.n, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < all.n; i++) {
        bool is_aa = i >= 5; /* the two spellings of one name sort side by side */

        g_assert_true(is_aa ? !strcmp(all.v[i].name, want[5]) || !strcmp(all.v[i].name, want[6])
                            : !strcmp(all.v[i].name, want[i]));
    }
}

static void only_a_demo_has_a_clock_of_its_own(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t eide = add(app, "1551", "Eide kommune", "2013-06-06");
    int64_t other = add(app, "1554", "Averøy kommune", "2014-01-01");

    g_assert_cmpstr(today_of(app, arena, 1), ==, "2026-11-23");
    g_assert_cmpstr(today_of(app, arena, 0), ==, "2026-11-23");
    g_assert_cmpstr(today_of(app, arena, eide), ==, "2013-06-06");
    g_assert_true(eier_set_date(app->db, eide, "2013-06-20", &error));
    g_assert_cmpstr(today_of(app, arena, eide), ==, "2013-06-20");
    g_assert_cmpstr(today_of(app, arena, other), ==, "2014-01-01");
    g_assert_true(eier_set_date(app->db, eide, NULL, &error));
    g_assert_cmpstr(today_of(app, arena, eide), ==, "2026-11-23");
    g_assert_false(eier_set_date(app->db, 1, "2013-06-20", &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_FORBIDDEN);
    g_assert_cmpstr(today_of(app, arena, 1), ==, "2026-11-23");
}

/* The clock without a demo date is Oslo's: late in the evening UTC it is the next day there. */
static void the_real_date_is_oslos(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const char *today;

    g_assert_true(eier_today(app->db, arena, 1, NOON_2026 + 11 * G_TIME_SPAN_HOUR, &today, &error));
    g_assert_cmpstr(today, ==, "2026-11-24");
}

static void the_date_page_is_for_demo_owners(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) real = test_get(app, "/dato");
    g_autoptr(Reply) moved = test_post(app, "/dato", "dato=2013-06-20");
    g_autoptr(Reply) wrong = test_post(app, "/dato", "dato=i+morgen");

    g_assert_cmpint(real->status, ==, 404);
    g_assert_cmpint(moved->status, ==, 404);
    g_assert_cmpint(wrong->status, ==, 404);
    make_demo(app, "2013-06-06");
    g_autoptr(Reply) demo = test_get(app, "/dato");
    g_assert_cmpint(demo->status, ==, 200);
    g_assert_nonnull(strstr(demo->body, "name=\"dato\""));
}

static void the_date_is_moved_for_that_owner_only(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t other = add(app, "1551", "Eide kommune", "2013-06-06");

    make_demo(app, "2013-06-06");
    g_autoptr(Reply) moved = test_post(app, "/dato", "dato=2013-08-15");
    g_assert_cmpint(moved->status, ==, 303);
    g_assert_cmpstr(today_of(app, arena, 1), ==, "2013-08-15");
    g_assert_cmpstr(today_of(app, arena, other), ==, "2013-06-06");
    g_autoptr(Reply) real = test_post(app, "/dato", "dato=");
    g_assert_cmpint(real->status, ==, 303);
    g_assert_cmpstr(today_of(app, arena, 1), ==, "2026-11-23");
}

static void what_is_no_date_is_kept_and_explained(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();

    make_demo(app, "2013-06-06");
    g_autoptr(Reply) r = test_post(app, "/dato", "dato=%3Cb%3E2013-06-31");
    g_assert_cmpint(r->status, ==, 422);
    g_assert_nonnull(strstr(r->body, "value=\"&lt;b&gt;2013-06-31\""));
    g_assert_nonnull(strstr(r->body, "aria-invalid=\"true\""));
    g_assert_cmpstr(today_of(app, arena, 1), ==, "2013-06-06");
}

static void moving_the_date_takes_the_permission(void)
{
    g_autoptr(TestApp) app = test_app(&eier_slice, PERM_UNIT_READ, PERM_PUBLIC);
    g_autoptr(Arena) arena = arena_new();

    make_demo(app, "2013-06-06");
    g_autoptr(Reply) r = test_post(app, "/dato", "dato=2013-08-15");
    g_assert_cmpint(r->status, ==, 403);
    g_assert_cmpstr(today_of(app, arena, 1), ==, "2013-06-06");
}

static void a_setting_is_kept_once_and_not_overwritten(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const char *value = "";

    g_assert_true(eier_setting(app->db, arena, "secret", &value, &error));
    g_assert_null(value);
    g_assert_true(eier_setting_add(app->db, "secret", "første", &error));
    g_assert_true(eier_setting_add(app->db, "secret", "andre", &error));
    g_assert_true(eier_setting(app->db, arena, "secret", &value, &error));
    g_assert_cmpstr(value, ==, "første");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/eier/get/number", an_owner_is_found_by_its_number);
    g_test_add_func("/eier/add/refused", bad_numbers_and_dates_are_refused);
    g_test_add_func("/eier/add/taken", a_number_is_taken_once);
    g_test_add_func("/eier/list/norwegian-order", owners_stand_in_norwegian_order);
    g_test_add_func("/eier/clock/demo-only", only_a_demo_has_a_clock_of_its_own);
    g_test_add_func("/eier/clock/oslo", the_real_date_is_oslos);
    g_test_add_func("/eier/date-page/demo-only", the_date_page_is_for_demo_owners);
    g_test_add_func("/eier/date-page/own-clock", the_date_is_moved_for_that_owner_only);
    g_test_add_func("/eier/date-page/no-date", what_is_no_date_is_kept_and_explained);
    g_test_add_func("/eier/date-page/permission", moving_the_date_takes_the_permission);
    g_test_add_func("/eier/setting/once", a_setting_is_kept_once_and_not_overwritten);
    return g_test_run();
}
