/* test-roller.c - the active role of a session, what it may do and on which unit.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "enhet.h"
#include "person.h"
#include "sesjon.h"
#include "testing-db.h"

#define TODAY "2026-11-23"
#define TOKEN "testsession0123456789" /* the one the test client sends */
#define HOSTILE "<b onmouseover=alert(1)>O'Hara</b>"

static int64_t noon(void)
{
    return INT64_C(1795435200000000);
}

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_UNIT_READ, PERM_PUBLIC);
    g_autoptr(GError) error = NULL;

    tilgang_add_login(app->db, 1, 1, "kari@prove.example", "hest-og-vogn-4711", 1, &error);
    g_assert_no_error(error);
    return g_steal_pointer(&app);
}

static int64_t grant(TestApp *app, int64_t person, const char *role, int64_t unit, const char *from)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Arena) arena = arena_new();
    const Signer who = { 1, person };
    int64_t newest = 0;
    RoleTupleList all;

    tilgang_grant(app->db, 1, person, role, unit, from, &error);
    g_assert_no_error(error);
    tilgang_role_list(app->db, arena, &who, "2199-12-31", &all, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < all.n; i++)
        newest = MAX(newest, all.v[i].id);
    return newest;
}

/* A session in `role` behind the token that the test client sends. */
static void start(TestApp *app, int64_t role)
{
    const Signer who = { 1, 1 };
    char token[AUTH_TOKEN_SIZE], stored[AUTH_STORED_SIZE];
    g_autoptr(GError) error = NULL;
    g_autofree char *sql = NULL;

    tilgang_session_start(app->db, &who, role, noon(), token, &error);
    g_assert_no_error(error);
    auth_token_stored(TOKEN, stored);
    sql = g_strdup_printf("UPDATE sesjon SET token_hash = '%s'", stored);
    test_db_exec(app->db, sql, NULL);
}

static bool user_now(TestApp *app, Arena *arena, User *ret)
{
    g_autoptr(GError) error = NULL;
    SessionInfo info;

    return tilgang_session_user(NULL, app->db, arena, TOKEN, noon(), ret, &info, &error);
}

static Reply *choose(TestApp *app, int64_t role)
{
    char text[ID_TEXT];
    g_autofree char *body = g_strconcat("rolle=", id_text(role, text), NULL);

    return test_post(app, "/rolle", body);
}

/* --- switching --- */

static void another_role_gives_other_permissions(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t fs = grant(app, 1, "FS", 0, "2020-01-01"), po = grant(app, 1, "PO", 0, "2020-01-01");
    User user;

    start(app, fs);
    g_assert_true(user_now(app, arena, &user));
    Req req = { .user = &user };
    g_assert_cmpstr(user.role, ==, "FS");
    g_assert_true(req_may(&req, PERM_REPORT_WRITE));
    g_autoptr(Reply) switched = choose(app, po);
    g_assert_cmpint(switched->status, ==, 303);
    g_assert_cmpstr(switched->location, ==, "/hjem");
    g_assert_true(user_now(app, arena, &user)); /* the same session goes on */
    g_assert_cmpstr(user.role, ==, "PO");
    g_assert_cmpint(user.position, ==, po);
    g_assert_cmpint(user.id, ==, 1);
    g_assert_false(req_may(&req, PERM_REPORT_WRITE));
    g_assert_false(req_may(&req, PERM_INDICATOR_INTERN));
    g_assert_true(req_may(&req, PERM_REPORT_READ));
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM sesjon"), ==, 1);
}

static void only_ones_own_roles_can_be_chosen(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t mine = grant(app, 1, "LR", 1, "2020-01-01"), ended, future, somebody, theirs;
    User user;

    person_add(app->db, 1, "En annen", "syntetisk", 1, &somebody, &error);
    g_assert_no_error(error);
    theirs = grant(app, somebody, "FS", 0, "2020-01-01");
    ended = grant(app, 1, "KD", 0, "2020-01-01");
    test_db_exec(app->db, "UPDATE rolle SET valid_to = '2026-11-22' WHERE role = 'KD'", NULL);
    future = grant(app, 1, "AD", 0, "2026-11-24");
    start(app, mine);
    const int64_t wrong[] = { theirs, ended, future, 4711, 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(Reply) r = choose(app, wrong[i]);

        g_assert_cmpint(r->status, ==, 400);
        g_assert_true(user_now(app, arena, &user));
        g_assert_cmpstr(user.role, ==, "LR");
    }
    g_autoptr(Reply) nothing = test_post(app, "/rolle", "");
    g_autoptr(Reply) nonsense = test_post(app, "/rolle", "rolle=%3Cb%3E");
    g_assert_cmpint(nothing->status, ==, 400);
    g_assert_cmpint(nonsense->status, ==, 400);
}

static void the_page_lists_todays_roles(void)
{
    g_autoptr(TestApp) app = app_new();

    grant(app, 1, "FS", 0, "2020-01-01");
    grant(app, 1, "RK", 1, "2020-01-01");
    grant(app, 1, "AD", 0, "2026-11-24");
    g_autoptr(Reply) page = test_get(app, "/rolle");
    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "Head teacher, Bakken skole"));
    g_assert_null(strstr(page->body, "Administrator"));
    app->signed_out = true;
    g_autoptr(Reply) nobody = test_get(app, "/rolle");
    g_assert_cmpint(nobody->status, ==, 303);
    g_assert_cmpstr(nobody->location, ==, "/logg-inn?til=%2Frolle");
}

static void a_session_dies_with_its_role(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    User user;

    start(app, grant(app, 1, "FS", 0, "2020-01-01"));
    g_assert_true(user_now(app, arena, &user));
    test_db_exec(app->db, "UPDATE rolle SET valid_to = '2026-11-22'", NULL);
    g_assert_false(user_now(app, arena, &user));
}

/* --- scope --- */

static void a_head_teacher_has_the_own_school(void)
{
    User user = { .owner = 1, .id = 1, .unit = 1, .role = "RK" };
    Req req = { .user = &user };

    tilgang_fill(&user);
    g_assert_true(req_may(&req, PERM_INDICATOR_INTERN));
    g_assert_true(req_may_unit(&req, PERM_INDICATOR_INTERN, 1));
    g_assert_false(req_may_unit(&req, PERM_INDICATOR_INTERN, 2));
    g_assert_false(req_may_unit(&req, PERM_INDICATOR_INTERN, 0));
    g_assert_true(req_may_unit(&req, PERM_REPORT_READ, 2)); /* held on the whole owner */
    user.unit = 0; /* a role without its unit reaches none */
    g_assert_false(req_may_unit(&req, PERM_INDICATOR_INTERN, 0));
    g_assert_false(req_may_unit(&req, PERM_INDICATOR_INTERN, 1));
}

static void the_superintendent_has_every_school(void)
{
    User user = { .owner = 1, .id = 1, .role = "FS" };
    Req req = { .user = &user };

    tilgang_fill(&user);
    g_assert_true(req_may_unit(&req, PERM_INDICATOR_INTERN, 1));
    g_assert_true(req_may_unit(&req, PERM_INDICATOR_INTERN, 2));
    req.user = NULL;
    g_assert_false(req_may_unit(&req, PERM_INDICATOR_INTERN, 1));
    g_assert_true(req_may_unit(&req, PERM_PUBLIC, 1));
}

/* Accounts and settings, but no content (domain.md 7.1); public statistics are the installation's. */
static void administrators_see_no_content(void)
{
    static const char *const roles[] = { "AD", "IA" };
    static const Perm content[] = {
        PERM_INDICATOR_INTERN, PERM_REPORT_DRAFT,    PERM_REPORT_WRITE,
        PERM_REPORT_SEND,      PERM_DECISION_RECORD, PERM_FOLLOWUP_WRITE
    };

    for (size_t r = 0; r < G_N_ELEMENTS(roles); r++) {
        User user = { .owner = 1, .id = 1, .role = roles[r] };
        Req req = { .user = &user };

        tilgang_fill(&user);
        for (size_t i = 0; i < G_N_ELEMENTS(content); i++)
            g_assert_false(req_may(&req, content[i]));
        g_assert_true(req_may(&req, PERM_DATE_MOVE));
        g_assert_true(req_may(&req, PERM_SHARED_IMPORT) == !strcmp(roles[r], "IA"));
    }
}

static void only_the_installations_administrator_imports_for_all(void)
{
    for (const char *const *role = tilgang_roles_all(); *role; role++) {
        User user = { .owner = 1, .id = 1, .role = *role };
        Req req = { .user = &user };

        tilgang_fill(&user);
        g_assert_true(req_may(&req, PERM_SHARED_IMPORT) == !strcmp(*role, "IA"));
    }
}

static void an_unknown_role_has_nothing(void)
{
    static const char *const roles[] = { "", "F", "FSX", "fs", "XX", "R+", "IA:C" };

    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
        User user = { .owner = 1, .id = 1, .role = roles[i] };
        Req req = { .user = &user };

        g_assert_false(tilgang_role_known(roles[i]));
        tilgang_fill(&user);
        for (unsigned p = PERM_USER + 1; p < N_PERM; p++)
            g_assert_false(req_may(&req, (Perm)p));
    }
}

/* --- the page of people --- */

static void people_are_shown_with_position_and_role(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const PositionNew rektor = {
        .unit = 1, .title = "Rektor", .replaces = HOSTILE, .from = "2010-08-01"
    };
    const PositionNew vacant = { .unit = 2, .title = "Fagsjef", .from = "2010-08-01" };
    int64_t position, person;

    g_assert_true(person_add(app->db, 1, HOSTILE, "syntetisk", 1, &person, &error));
    g_assert_true(person_position_add(app->db, 1, &rektor, &position, &error));
    g_assert_true(person_hold(app->db, 1, position, person, "2011-08-01", &error));
    g_assert_true(person_position_add(app->db, 1, &vacant, &position, &error));
    grant(app, 1, "RK", 1, "2020-01-01");
    g_autoptr(Reply) page = test_get(app, "/personer");
    g_assert_cmpint(page->status, ==, 200);
    g_assert_null(strstr(page->body, "<b onmouseover"));
    g_assert_nonnull(strstr(page->body, "&lt;b onmouseover=alert(1)&gt;O"));
    g_assert_nonnull(strstr(page->body, "</a></th><td>Rektor</td><td></td>"));
    g_assert_nonnull(
        strstr(page->body, "Åse &lt;rektor&gt;</a></th><td></td><td>Head teacher</td>"));
}

static void somebody_who_may_not_sign_in_has_no_line(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;

    grant(app, 1, "FS", 0, "2020-01-01");
    g_assert_true(tilgang_disable(app->db, 1, "kari@prove.example", true, &error));
    g_autoptr(Reply) page = test_get(app, "/personer");
    g_assert_null(strstr(page->body, "Head of childhood and education"));
    g_assert_true(tilgang_disable(app->db, 1, "kari@prove.example", false, &error));
    g_autoptr(Reply) again = test_get(app, "/personer");
    g_assert_nonnull(strstr(again->body, "Head of childhood and education"));
}

/* domain.md 7.2, "Ro": an own unit and the people there. */
static void a_role_of_one_unit_sees_its_people(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const PositionNew here = { .unit = 1, .title = "Rektor", .from = "2010-08-01" };
    const PositionNew there = { .unit = 2, .title = "Fagsjef", .from = "2010-08-01" };
    int64_t position, near, far;

    g_assert_true(person_position_add(app->db, 1, &here, &position, &error));
    g_assert_true(person_add(app->db, 1, "Nær", "syntetisk", 1, &near, &error));
    g_assert_true(person_add(app->db, 1, "Fjern", "syntetisk", 1, &far, &error));
    g_assert_true(person_hold(app->db, 1, position, near, "2010-08-01", &error));
    g_assert_true(person_position_add(app->db, 1, &there, &position, &error));
    g_assert_true(person_hold(app->db, 1, position, far, "2010-08-01", &error));
    grant(app, 1, "FS", 0, "2020-01-01");
    app->user.unit_only[PERM_UNIT_READ / 64] |= UINT64_C(1) << PERM_UNIT_READ % 64;
    g_autoptr(Reply) page = test_get(app, "/personer");
    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "Nær"));
    g_assert_null(strstr(page->body, "Fjern"));
    g_assert_null(strstr(page->body, "Fagsjef"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/tilgang/role/switch", another_role_gives_other_permissions);
    g_test_add_func("/tilgang/role/own", only_ones_own_roles_can_be_chosen);
    g_test_add_func("/tilgang/role/page", the_page_lists_todays_roles);
    g_test_add_func("/tilgang/role/ended", a_session_dies_with_its_role);
    g_test_add_func("/tilgang/scope/own-unit", a_head_teacher_has_the_own_school);
    g_test_add_func("/tilgang/scope/whole-owner", the_superintendent_has_every_school);
    g_test_add_func("/tilgang/scope/administrators", administrators_see_no_content);
    g_test_add_func("/tilgang/scope/installation",
                    only_the_installations_administrator_imports_for_all);
    g_test_add_func("/tilgang/scope/unknown-role", an_unknown_role_has_nothing);
    g_test_add_func("/tilgang/people/shown", people_are_shown_with_position_and_role);
    g_test_add_func("/tilgang/people/disabled", somebody_who_may_not_sign_in_has_no_line);
    g_test_add_func("/tilgang/people/own-unit", a_role_of_one_unit_sees_its_people);
    return g_test_run();
}
