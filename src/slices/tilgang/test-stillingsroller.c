/* test-stillingsroller.c - access that follows a position and a deputyship, to the day; and who decides.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "rolle-sider.h"
#include "testing-db.h"

#define TODAY "2026-11-23"
#define TOKEN "testsession0123456789" /* the one the test client sends */
#define PASSWORD "hest-og-vogn-4711"

typedef struct {
    TestApp *app;
    int64_t position, kari, ola; /* a position, and two people who may sign in */
} Fixture;

static int64_t person(TestApp *app, const char *name, const char *email)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    person_add(app->db, 1, name, "syntetisk", 1, &id, &error);
    g_assert_no_error(error);
    tilgang_add_login(app->db, 1, id, email, PASSWORD, 1, &error);
    g_assert_no_error(error);
    return id;
}

static Fixture setup(void)
{
    Fixture f = { .app = test_app(&tilgang_slice, PERM_UNIT_READ, PERM_USER) };
    const PositionNew position = { .unit = 2, .title = "Fagsjef", .from = "2010-01-01" };
    g_autoptr(GError) error = NULL;

    f.kari = person(f.app, "Kari", "kari@prove.example");
    f.ola = person(f.app, "Ola", "ola@prove.example");
    person_position_add(f.app->db, 1, &position, &f.position, &error);
    g_assert_no_error(error);
    return f;
}

static void teardown(Fixture *f)
{
    test_app_free(f->app);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, teardown)

static void hold(const Fixture *f, int64_t who, const char *from)
{
    g_autoptr(GError) error = NULL;

    person_hold(f->app->db, 1, f->position, who, from, &error);
    g_assert_no_error(error);
}

static void carry(const Fixture *f, const char *role, int64_t unit)
{
    const PositionRole carried = { f->position, role, unit, "2010-01-01", NULL };
    g_autoptr(GError) error = NULL;

    tilgang_grant_position(f->app->db, 1, &carried, &error);
    g_assert_no_error(error);
}

static void deputise(const Fixture *f, int64_t who, const char *from, const char *to)
{
    const DeputyNew deputy = { f->position, who, from, to, f->kari, 1 };
    g_autoptr(GError) error = NULL;

    tilgang_name_deputy(f->app->db, 1, &deputy, &error);
    g_assert_no_error(error);
}

static RoleTupleList roles_on(const Fixture *f, Arena *arena, int64_t who, const char *day)
{
    const Signer signer = { 1, who };
    g_autoptr(GError) error = NULL;
    RoleTupleList all;

    tilgang_role_list(f->app->db, arena, &signer, day, &all, &error);
    g_assert_no_error(error);
    return all;
}

static int64_t noon_of(const char *day)
{
    g_autofree char *text = g_strconcat(day, "T12:00:00Z", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

    return g_date_time_to_unix(time) * G_USEC_PER_SEC;
}

/* A session of the first role of that day, asked about on the same day after `change` has been done. */
static bool session_on(const Fixture *f, Arena *arena, int64_t who, const char *day, User *ret,
                       SessionInfo *info)
{
    RoleTupleList all = roles_on(f, arena, who, day);
    const Signer signer = { 1, who };
    char token[AUTH_TOKEN_SIZE];
    g_autoptr(GError) error = NULL;

    if (!all.n)
        return false;
    tilgang_session_start(f->app->db, &signer, all.v[0].id, noon_of(day), token, &error);
    g_assert_no_error(error);
    return tilgang_session_user(NULL, f->app->db, arena, token, noon_of(day), ret, info, &error);
}

/* --- access follows the position --- */

static void access_ends_the_day_after_the_position(void)
{
    g_auto(Fixture) f = setup();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const Signer kari = { 1, f.kari };
    char token[AUTH_TOKEN_SIZE];
    SessionInfo info;
    User user;

    carry(&f, "FS", 0);
    hold(&f, f.kari, "2012-08-01");
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2012-07-31").n, ==, 0);
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2012-08-01").n, ==, 1);
    g_assert_true(session_on(&f, arena, f.kari, TODAY, &user, &info));
    g_assert_cmpstr(user.role, ==, "FS");
    g_assert_null(info.deputy_for);
    RoleTupleList all = roles_on(&f, arena, f.kari, TODAY);
    g_assert_true(
        tilgang_session_start(f.app->db, &kari, all.v[0].id, noon_of(TODAY), token, &error));
    g_assert_true(person_vacate(f.app->db, 1, f.position, TODAY, &error));
    g_assert_true(tilgang_session_user(NULL, f.app->db, arena, token, noon_of(TODAY), &user, &info,
                                       &error)); /* the last day counts */
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2026-11-24").n, ==, 0);
    g_assert_true(person_vacate(f.app->db, 1, f.position, "2026-11-22", &error));
    g_assert_false(tilgang_session_user(NULL, f.app->db, arena, token, noon_of(TODAY), &user, &info,
                                        &error)); /* and the session dies with it */
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

static void a_successor_takes_the_role_over(void)
{
    g_auto(Fixture) f = setup();
    g_autoptr(Arena) arena = arena_new();

    carry(&f, "RK", 1);
    hold(&f, f.kari, "2012-08-01");
    hold(&f, f.ola, "2020-01-01");
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2019-12-31").n, ==, 1);
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2020-01-01").n, ==, 0);
    g_assert_cmpuint(roles_on(&f, arena, f.ola, "2019-12-31").n, ==, 0);
    g_assert_cmpuint(roles_on(&f, arena, f.ola, "2020-01-01").n, ==, 1);
    g_assert_cmpint(roles_on(&f, arena, f.ola, TODAY).v[0].unit, ==, 1);
}

static void the_end_of_the_position_ends_it_for_all(void)
{
    g_auto(Fixture) f = setup();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;

    carry(&f, "FS", 0);
    hold(&f, f.kari, "2012-08-01");
    deputise(&f, f.ola, "2026-11-01", "2026-12-31");
    g_assert_true(person_position_end(f.app->db, 1, f.position, "2026-11-20", &error));
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2026-11-20").n, ==, 1);
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2026-11-21").n, ==, 0);
    g_assert_cmpuint(roles_on(&f, arena, f.ola, "2026-11-21").n, ==, 0);
}

static void a_deputy_has_it_from_day_to_day(void)
{
    g_auto(Fixture) f = setup();
    g_autoptr(Arena) arena = arena_new();
    SessionInfo info;
    User user;

    carry(&f, "FS", 0);
    hold(&f, f.kari, "2012-08-01");
    deputise(&f, f.ola, "2026-11-20", "2026-11-25");
    g_assert_cmpuint(roles_on(&f, arena, f.ola, "2026-11-19").n, ==, 0);
    g_assert_cmpuint(roles_on(&f, arena, f.ola, "2026-11-20").n, ==, 1);
    g_assert_cmpuint(roles_on(&f, arena, f.ola, "2026-11-25").n, ==, 1);
    g_assert_cmpuint(roles_on(&f, arena, f.ola, "2026-11-26").n, ==, 0);
    g_assert_cmpuint(roles_on(&f, arena, f.kari, "2026-11-23").n, ==, 1); /* keeps it */
    g_assert_true(session_on(&f, arena, f.ola, TODAY, &user, &info));
    g_assert_cmpstr(info.deputy_for, ==, "Fagsjef");
    g_assert_cmpstr(user.role, ==, "FS");
}

/* Held by position or as a deputy, every role gives exactly what it gives when granted. */
static void every_role_gives_the_same_however_held(void)
{
    g_auto(Fixture) f = setup();
    g_autoptr(Arena) arena = arena_new();

    hold(&f, f.kari, "2012-08-01");
    deputise(&f, f.ola, "2026-11-20", "2026-11-25");
    for (const char *const *role = tilgang_roles_all(); *role; role++) {
        User direct = { .role = *role, .unit = 1 }, holder, deputy;
        SessionInfo info;

        test_db_exec(f.app->db, "DELETE FROM sesjon", NULL);
        test_db_exec(f.app->db, "DELETE FROM rolle WHERE position_role IS NOT NULL", NULL);
        test_db_exec(f.app->db, "DELETE FROM stilling_rolle", NULL);
        carry(&f, *role, 1);
        tilgang_fill(&direct);
        g_assert_true(session_on(&f, arena, f.kari, TODAY, &holder, &info));
        g_assert_true(session_on(&f, arena, f.ola, TODAY, &deputy, &info));
        g_assert_true(!memcmp(holder.perms, direct.perms, sizeof direct.perms));
        g_assert_true(!memcmp(deputy.perms, direct.perms, sizeof direct.perms));
        g_assert_true(!memcmp(holder.unit_only, direct.unit_only, sizeof direct.perms));
        g_assert_true(!memcmp(deputy.unit_only, direct.unit_only, sizeof direct.perms));
        g_assert_cmpint(holder.unit, ==, 1);
    }
}

static void a_deputy_for_more_than_a_year_is_refused(void)
{
    g_auto(Fixture) f = setup();
    const DeputyNew too_long = { f.position, f.ola, "2026-01-01", "2027-01-02", f.kari, 1 };
    const DeputyNew backwards = { f.position, f.ola, "2026-01-02", "2026-01-01", f.kari, 1 };
    const DeputyNew good = { f.position, f.ola, "2026-01-01", "2027-01-01", f.kari, 1 };
    g_autoptr(GError) error = NULL;

    g_assert_false(tilgang_name_deputy(f.app->db, 1, &too_long, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(tilgang_name_deputy(f.app->db, 1, &backwards, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_true(tilgang_name_deputy(f.app->db, 1, &good, &error));
    g_assert_false(tilgang_name_deputy(f.app->db, 1, &good, &error)); /* sent twice */
    g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

/* --- through the pages --- */

static Reply *post_id(const Fixture *f, const char *format, int64_t id, const char *body)
{
    char text[ID_TEXT];
    g_auto(GStrv) parts = g_strsplit(format, "%", 2);
    g_autofree char *path = g_strconcat(parts[0], id_text(id, text), parts[1], NULL);

    return test_post(f->app, path, body);
}

static Reply *get_id(const Fixture *f, const char *format, int64_t id)
{
    char text[ID_TEXT];
    g_auto(GStrv) parts = g_strsplit(format, "%", 2);
    g_autofree char *path = g_strconcat(parts[0], id_text(id, text), parts[1], NULL);

    return test_get(f->app, path);
}

static char *body_with(const char *field, int64_t id, const char *rest)
{
    char text[ID_TEXT];

    return g_strdup_printf("%s=%s&%s", field, id_text(id, text), rest);
}

static void become(const Fixture *f, int64_t who)
{
    f->app->user.id = who;
    f->app->user.unit = 0;
    test_app_grant(f->app, PERM_ROLE_PROPOSE);
    test_app_grant(f->app, PERM_ROLE_DECIDE);
    test_app_grant(f->app, PERM_UNIT_WRITE);
}

static int64_t newest_proposal(const Fixture *f)
{
    return test_db_int(f->app->db, "SELECT MAX(id) AS n FROM rolle_forslag");
}

static int roles_of(const Fixture *f, int64_t who, const char *code)
{
    g_autoptr(Arena) arena = arena_new();
    RoleTupleList all = roles_on(f, arena, who, TODAY);
    int n = 0;

    for (size_t i = 0; i < all.n; i++)
        n += !strcmp(all.v[i].role, code);
    return n;
}

static void grant(const Fixture *f, int64_t who, const char *role)
{
    g_autoptr(GError) error = NULL;

    tilgang_grant(f->app->db, 1, who, role, 0, "2020-01-01", &error);
    g_assert_no_error(error);
}

static void somebody_else_approves(void)
{
    g_auto(Fixture) f = setup();
    int64_t third = person(f.app, "Per <b>", "per@prove.example");
    g_autofree char *propose =
        body_with("person", third, "rolle=TV&fra=" TODAY "&grunn=%3Cscript%3Evalgt");

    grant(&f, f.kari, "AD");
    grant(&f, f.ola, "KD");
    become(&f, f.kari);
    g_autoptr(Reply) proposed = test_post(f.app, "/roller/ny", propose);
    g_assert_cmpint(proposed->status, ==, 303);
    g_assert_cmpint(roles_of(&f, third, "TV"), ==, 0); /* not before it is approved */
    int64_t id = newest_proposal(&f);
    g_autoptr(Reply) own = post_id(&f, "/roller/forslag/%", id, "svar=ja&alene=1");
    g_assert_cmpint(own->status, ==, 403);
    g_assert_cmpint(roles_of(&f, third, "TV"), ==, 0);
    become(&f, f.ola);
    g_autoptr(Reply) page = get_id(&f, "/roller/forslag/%", id);
    g_assert_nonnull(strstr(page->body, "&lt;script&gt;valgt"));
    g_assert_null(strstr(page->body, "<script>valgt"));
    g_autoptr(Reply) silent = post_id(&f, "/roller/forslag/%", id, "svar=nei");
    g_assert_cmpint(silent->status, ==, 422); /* to decline takes a reason */
    g_autoptr(Reply) yes = post_id(&f, "/roller/forslag/%", id, "svar=ja");
    g_autoptr(Reply) twice = post_id(&f, "/roller/forslag/%", id, "svar=ja");
    g_assert_cmpint(yes->status, ==, 303);
    g_assert_cmpint(twice->status, ==, 303);
    g_assert_cmpint(roles_of(&f, third, "TV"), ==, 1); /* once */
}

static void nobody_approves_a_role_of_their_own(void)
{
    g_auto(Fixture) f = setup();
    g_autofree char *propose =
        body_with("stilling", f.position, "rolle=FS&fra=" TODAY "&grunn=ny+stilling");

    grant(&f, f.kari, "AD");
    grant(&f, f.ola, "KD");
    hold(&f, f.ola, "2012-08-01"); /* the position is Ola's */
    become(&f, f.kari);
    g_autoptr(Reply) proposed = test_post(f.app, "/roller/ny", propose);
    g_assert_cmpint(proposed->status, ==, 303);
    int64_t id = newest_proposal(&f);
    become(&f, f.ola);
    g_autoptr(Reply) own = post_id(&f, "/roller/forslag/%", id, "svar=ja");
    g_assert_cmpint(own->status, ==, 403);
    g_assert_nonnull(strstr(own->body, "Nobody approves a role for themselves"));
    g_assert_cmpint(roles_of(&f, f.ola, "FS"), ==, 0);
    become(&f, f.kari); /* nobody else is left, and she has to say so */
    g_autoptr(Reply) unsaid = post_id(&f, "/roller/forslag/%", id, "svar=ja");
    g_assert_cmpint(unsaid->status, ==, 422);
    g_autoptr(Reply) said = post_id(&f, "/roller/forslag/%", id, "svar=ja&alene=1");
    g_assert_cmpint(said->status, ==, 303);
    g_assert_cmpint(roles_of(&f, f.ola, "FS"), ==, 1);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT alone AS n FROM rolle_forslag"), ==, 1);
}

static void what_makes_no_sense_is_not_proposed(void)
{
    static const char *const wrong[] = {
        "rolle=IA&fra=" TODAY "&grunn=x",                     /* not among the choices */
        "rolle=RK&fra=" TODAY "&grunn=x",                     /* no unit */
        "rolle=VK&fra=" TODAY "&grunn=x",                     /* no last day */
        "rolle=TV&fra=" TODAY "&til=2026-11-22&grunn=x",      /* ends before it begins */
        "rolle=TV&fra=" TODAY "&grunn=",                      /* no reason */
        "rolle=TV&fra=2026-13-40&grunn=x",                    /* no date */
        "rolle=TV&fra=" TODAY "&grunn=x&stilling=xxxxxxxxxx", /* no such position */
    };
    g_auto(Fixture) f = setup();

    become(&f, f.kari);
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *body = body_with("person", f.ola, wrong[i]);
        g_autoptr(Reply) r = test_post(f.app, "/roller/ny", body);

        g_assert_cmpint(r->status, ==, 422);
    }
    g_autofree char *self = body_with("person", f.kari, "rolle=TV&fra=" TODAY "&grunn=x");
    g_autoptr(Reply) own = test_post(f.app, "/roller/ny", self);
    g_assert_cmpint(own->status, ==, 422);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) AS n FROM rolle_forslag"), ==, 0);
}

static void the_last_administrator_is_not_ended(void)
{
    g_auto(Fixture) f = setup();

    grant(&f, f.kari, "AD");
    become(&f, f.kari);
    int64_t role = test_db_int(f.app->db, "SELECT MAX(id) AS n FROM rolle");
    g_autoptr(Reply) last = post_id(&f, "/roller/%/slutt", role, "siste=" TODAY "&sikker=1");
    g_assert_cmpint(last->status, ==, 422);
    grant(&f, f.ola, "AD");
    g_autoptr(Reply) one = post_id(&f, "/roller/%/slutt", role, "siste=2026-11-22&sikker=1");
    g_assert_cmpint(one->status, ==, 303);
    g_assert_cmpint(roles_of(&f, f.kari, "AD"), ==, 0);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) AS n FROM rolle"), ==, 2); /* kept */
}

static void only_holder_or_administrator_names_a_deputy(void)
{
    g_auto(Fixture) f = setup();
    g_autofree char *ola = body_with("person", f.ola, "fra=" TODAY "&til=2026-12-24");
    g_autofree char *kari = body_with("person", f.kari, "fra=" TODAY "&til=2026-12-24");

    hold(&f, f.kari, "2012-08-01");
    f.app->user.id = f.ola;
    g_autoptr(Reply) stranger = post_id(&f, "/stillinger/%/stedfortreder", f.position, kari);
    g_assert_cmpint(stranger->status, ==, 404);
    f.app->user.id = f.kari;
    g_autoptr(Reply) self = post_id(&f, "/stillinger/%/stedfortreder", f.position, kari);
    g_assert_cmpint(self->status, ==, 422);
    g_autoptr(Reply) good = post_id(&f, "/stillinger/%/stedfortreder", f.position, ola);
    g_assert_cmpint(good->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) AS n FROM stedfortreder"), ==, 1);
    g_autofree char *end = body_with(
        "stedfortreder", test_db_int(f.app->db, "SELECT id AS n FROM stedfortreder"), "x=1");
    carry(&f, "FS", 0);
    g_assert_cmpint(roles_of(&f, f.ola, "FS"), ==, 1);
    g_autoptr(Reply) ended = post_id(&f, "/stillinger/%/stedfortreder/slutt", f.position, end);
    g_assert_cmpint(ended->status, ==, 303);
    g_assert_cmpint(roles_of(&f, f.ola, "FS"), ==, 0);
}

static void two_hats_are_flagged(void)
{
    g_auto(Fixture) f = setup();

    grant(&f, f.ola, "PO");
    carry(&f, "RK", 1);
    hold(&f, f.ola, "2012-08-01");
    g_autoptr(Reply) page = get_id(&f, "/personer/%", f.ola);
    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "Politician and head teacher at once"));
    g_assert_nonnull(strstr(page->body, "follows the position Fagsjef"));
    g_autoptr(Reply) other = get_id(&f, "/personer/%", f.kari);
    g_assert_null(strstr(other->body, "at once"));
}

static void another_owners_things_are_not_there(void)
{
    static const char *const paths[] = { "/personer/%", "/personer/%/navn", "/roller/forslag/%",
                                         "/roller/%/slutt", "/stillinger/%/stedfortreder" };
    g_auto(Fixture) f = setup();

    become(&f, f.kari);
    test_db_exec(f.app->db,
                 "INSERT INTO eier (id, number, name, language, demo, created_at) VALUES (7, "
                 "'7777', 'Andre', 'nb', 0, 1)",
                 NULL);
    f.app->user.owner = 7;
    const int64_t ids[] = { f.ola, f.ola, 1, 1, f.position };

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(Reply) r = get_id(&f, paths[i], ids[i]);

        g_assert_cmpint(r->status, ==, 404);
    }
    g_autoptr(Reply) list = test_get(f.app, "/personer");
    g_assert_null(strstr(list->body, "Kari"));
}

static void people_are_added_searched_and_renamed(void)
{
    g_auto(Fixture) f = setup();

    become(&f, f.kari);
    g_autoptr(Reply) added = test_post(f.app, "/personer/ny", "navn=%C3%85sne+%3Cb%3E");
    g_assert_cmpint(added->status, ==, 303);
    g_autoptr(Reply) id_number = test_post(f.app, "/personer/ny", "navn=Per+01010750160");
    g_assert_cmpint(id_number->status, ==, 422);
    g_autoptr(Reply) found = test_get(f.app, "/personer?navn=%C3%A5SNE");
    g_assert_nonnull(strstr(found->body, "Åsne &lt;b&gt;"));
    g_assert_null(strstr(found->body, "Kari<"));
    g_autoptr(Reply) renamed = post_id(&f, "/personer/%/navn", f.ola, "navn=Ola+Ny");
    g_assert_cmpint(renamed->status, ==, 303);
    g_autoptr(Reply) page = get_id(&f, "/personer/%", f.ola);
    g_assert_nonnull(strstr(page->body, "<h1>Ola Ny</h1>"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/tilgang/position/ends", access_ends_the_day_after_the_position);
    g_test_add_func("/tilgang/position/successor", a_successor_takes_the_role_over);
    g_test_add_func("/tilgang/position/gone", the_end_of_the_position_ends_it_for_all);
    g_test_add_func("/tilgang/deputy/days", a_deputy_has_it_from_day_to_day);
    g_test_add_func("/tilgang/deputy/refused", a_deputy_for_more_than_a_year_is_refused);
    g_test_add_func("/tilgang/deputy/who", only_holder_or_administrator_names_a_deputy);
    g_test_add_func("/tilgang/role/however-held", every_role_gives_the_same_however_held);
    g_test_add_func("/tilgang/proposal/another", somebody_else_approves);
    g_test_add_func("/tilgang/proposal/own", nobody_approves_a_role_of_their_own);
    g_test_add_func("/tilgang/proposal/refused", what_makes_no_sense_is_not_proposed);
    g_test_add_func("/tilgang/role/last-administrator", the_last_administrator_is_not_ended);
    g_test_add_func("/tilgang/person/flags", two_hats_are_flagged);
    g_test_add_func("/tilgang/person/forms", people_are_added_searched_and_renamed);
    g_test_add_func("/tilgang/owner/another", another_owners_things_are_not_there);
    return g_test_run();
}
