/* test-person.c - positions and who holds them on a date.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "person.h"
#include "eier.h"
#include "enhet.h"
#include "testing-db.h"

static TestApp *app_new(void)
{
    return test_app(&enhet_slice, PERM_PUBLIC, PERM_PUBLIC);
}

static int64_t add_person(TestApp *app, const char *name)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    person_add(app->db, 1, name, "syntetisk", 1, &id, &error);
    g_assert_no_error(error);
    return id;
}

static int64_t add_position(TestApp *app, const char *title, const char *replaces, const char *from)
{
    const PositionNew position = { .unit = 2, .title = title, .replaces = replaces, .from = from };
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    person_position_add(app->db, 1, &position, &id, &error);
    g_assert_no_error(error);
    return id;
}

static void hold(TestApp *app, int64_t position, int64_t person, const char *from)
{
    g_autoptr(GError) error = NULL;

    person_hold(app->db, 1, position, person, from, &error);
    g_assert_no_error(error);
}

static PositionList on(TestApp *app, Arena *arena, const char *today)
{
    g_autoptr(GError) error = NULL;
    PositionList list = { 0 };

    person_position_list(app->db, arena, 1, today, &list, &error);
    g_assert_no_error(error);
    return list;
}

static void a_position_is_there_from_its_day(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t id = add_position(app, "Fagsjef oppvekst", "Oppvekstsjef", "2011-08-01");

    g_assert_cmpuint(on(app, arena, "2011-07-31").n, ==, 0);
    PositionList list = on(app, arena, "2011-08-01");
    g_assert_cmpuint(list.n, ==, 1);
    g_assert_cmpint(list.v[0].id, ==, id);
    g_assert_cmpint(list.v[0].unit, ==, 2);
    g_assert_cmpstr(list.v[0].title, ==, "Fagsjef oppvekst");
    g_assert_cmpstr(list.v[0].replaces, ==, "Oppvekstsjef");
    g_assert_cmpint(list.v[0].person, ==, 0); /* vacant */
    g_assert_null(list.v[0].holder);
    g_assert_null(list.v[0].since);
}

static void a_position_that_has_ended_is_gone(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();

    hold(app, add_position(app, "Oppvekstsjef", NULL, "2009-01-01"), 1, "2009-01-01");
    test_db_exec(app->db, "UPDATE stilling SET valid_to = '2011-07-31' WHERE owner = 1", NULL);
    g_assert_cmpuint(on(app, arena, "2011-07-31").n, ==, 1);
    g_assert_cmpuint(on(app, arena, "2011-08-01").n, ==, 0);
}

/* The seat has one holder a day: who takes over ends the one before, the day before. */
static void a_position_changes_hands(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t position = add_position(app, "Rektor", NULL, "2008-01-01");
    int64_t first = add_person(app, "Kari Første"), second = add_person(app, "Ola Andre");

    hold(app, position, first, "2009-08-01");
    hold(app, position, second, "2012-01-01");
    PositionList before = on(app, arena, "2009-07-31"), early = on(app, arena, "2011-12-31");
    PositionList late = on(app, arena, "2012-01-01");

    g_assert_cmpuint(before.n, ==, 1);
    g_assert_null(before.v[0].holder);
    g_assert_cmpuint(early.n, ==, 1);
    g_assert_cmpstr(early.v[0].holder, ==, "Kari Første");
    g_assert_cmpstr(early.v[0].since, ==, "2009-08-01");
    g_assert_cmpuint(late.n, ==, 1);
    g_assert_cmpint(late.v[0].person, ==, second);
    g_assert_cmpstr(late.v[0].holder, ==, "Ola Andre");
    g_assert_cmpstr(late.v[0].since, ==, "2012-01-01");
}

static void one_person_may_hold_several(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t person = add_person(app, "Kari Første");

    hold(app, add_position(app, "Rektor", NULL, "2008-01-01"), person, "2009-08-01");
    hold(app, add_position(app, "Fagsjef", NULL, "2008-01-01"), person, "2010-08-01");
    PositionList list = on(app, arena, "2012-01-01");
    g_assert_cmpuint(list.n, ==, 2);
    g_assert_cmpint(list.v[0].person, ==, person);
    g_assert_cmpint(list.v[1].person, ==, person);
}

static void titles_stand_in_norwegian_order(void)
{
    static const char *const want[] = { "Avdelingsleder", "Rektor", "Ærlighetsombud",
                                        "Ørneforvalter", "Årshjulansvarlig" };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();

    for (size_t i = G_N_ELEMENTS(want); i-- > 0;)
        add_position(app, want[i], NULL, "2008-01-01");
    PositionList list = on(app, arena, "2012-01-01");
    g_assert_cmpuint(list.n, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < list.n; i++)
        g_assert_cmpstr(list.v[i].title, ==, want[i]);
}

static void people_of_another_owner_are_not_there(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const Eier eier = { .number = "1579", .name = "Hustadvika kommune" };
    const PositionNew abroad = { .unit = 2, .title = "Rektor", .from = "2008-01-01" };
    int64_t other, id, mine = add_position(app, "Rektor", NULL, "2008-01-01");
    const char *name;

    g_assert_true(eier_add(app->db, &eier, 1, &other, &error));
    g_assert_false(person_name(app->db, arena, other, 1, &name, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_false(person_position_add(app->db, other, &abroad, &id, &error)); /* unit 2 is ours */
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(person_hold(app->db, other, mine, 1, "2010-01-01", &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_assert_null(on(app, arena, "2012-01-01").v[0].holder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/person/position/from", a_position_is_there_from_its_day);
    g_test_add_func("/person/position/ended", a_position_that_has_ended_is_gone);
    g_test_add_func("/person/holder/changes", a_position_changes_hands);
    g_test_add_func("/person/holder/several", one_person_may_hold_several);
    g_test_add_func("/person/list/norwegian-order", titles_stand_in_norwegian_order);
    g_test_add_func("/person/owner/another", people_of_another_owner_are_not_there);
    return g_test_run();
}
