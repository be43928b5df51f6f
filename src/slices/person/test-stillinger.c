/* test-stillinger.c - positions through their pages: who held what on a day, and what it was for.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "beskrivelse.h"
#include "testing-db.h"

#define HOSTILE "%3Cscript%3Ealert(1)%3C%2Fscript%3E"

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&person_slice, PERM_UNIT_READ, PERM_UNIT_WRITE);

    test_app_grant(app, PERM_DUTIES_WRITE);
    test_app_grant(app, PERM_DUTIES_APPROVE);
    app->user.unit = 0;
    return g_steal_pointer(&app);
}

static int64_t add_person(TestApp *app, const char *name)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    person_add(app->db, 1, name, "syntetisk", 1, &id, &error);
    g_assert_no_error(error);
    return id;
}

static int64_t add_position(TestApp *app, const char *title, const char *from)
{
    const PositionNew position = { .unit = 2, .title = title, .from = from };
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

static char *path_of(int64_t id, const char *rest)
{
    char text[ID_TEXT];

    return g_strconcat("/stillinger/", id_text(id, text), rest, NULL);
}

static Reply *get(TestApp *app, int64_t id, const char *rest)
{
    g_autofree char *path = path_of(id, rest);

    return test_get(app, path);
}

static Reply *post(TestApp *app, int64_t id, const char *rest, const char *body)
{
    g_autofree char *path = path_of(id, rest);

    return test_post(app, path, body);
}

static void who_was_fagsjef_on_a_day(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    int64_t before = add_person(app, "Ragna Rådgiver"), first = add_person(app, "Frida Fagsjef"),
            second = add_person(app, "Siv Seinere");
    int64_t adviser = add_position(app, "Pedagogisk rådgiver", "2005-01-01"),
            chief = add_position(app, "Fagsjef oppvekst", "2011-01-01");

    hold(app, adviser, before, "2005-01-01");
    g_assert_true(person_position_end(app->db, 1, adviser, "2010-12-31", &error));
    hold(app, chief, first, "2011-01-01");
    g_assert_true(person_vacate(app->db, 1, chief, "2013-07-31", &error));
    hold(app, chief, second, "2014-01-01");
    g_autoptr(Reply) then = test_get(app, "/stillinger?dato=2012-05-01");
    g_assert_nonnull(strstr(then->body, "Frida Fagsjef"));
    g_assert_null(strstr(then->body, "Siv Seinere"));
    g_assert_null(strstr(then->body, "Pedagogisk"));
    g_autoptr(Reply) gap = test_get(app, "/stillinger?dato=01.11.2013");
    g_assert_null(strstr(gap->body, "Frida Fagsjef"));
    g_assert_nonnull(strstr(gap->body, "vacant"));
    g_autoptr(Reply) old = test_get(app, "/stillinger?dato=2010-12-31");
    g_assert_nonnull(strstr(old->body, "Ragna Rådgiver"));
    g_assert_null(strstr(old->body, "Fagsjef oppvekst"));
    g_autoptr(Reply) now = test_get(app, "/stillinger?dato=" HOSTILE);
    g_assert_cmpint(now->status, ==, 200); /* no date: today */
    g_assert_nonnull(strstr(now->body, "Siv Seinere"));
    g_autoptr(Reply) page = get(app, chief, "");
    g_assert_nonnull(strstr(page->body, "01.08.2013–31.12.2013")); /* the gap is shown */
}

static void a_holder_is_changed_by_form(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t ola = add_person(app, "Ola"), chief = add_position(app, "Fagsjef", "2011-01-01");
    char id[ID_TEXT];
    g_autofree char *good = g_strdup_printf("person=%s&fra=2012-01-01", id_text(ola, id));
    g_autofree char *early = g_strdup_printf("person=%s&fra=2009-01-01", id_text(ola, id));
    g_autofree char *self = g_strdup_printf("person=%s&fra=2012-01-01", id_text(1, id));

    g_autoptr(Reply) own = post(app, chief, "/innehaver", self);
    g_assert_cmpint(own->status, ==, 422);
    g_assert_nonnull(strstr(own->body, "You cannot give yourself a position"));
    g_autoptr(Reply) before = post(app, chief, "/innehaver", early);
    g_assert_cmpint(before->status, ==, 422);
    g_autoptr(Reply) saved = post(app, chief, "/innehaver", good);
    g_assert_cmpint(saved->status, ==, 303);
    g_autoptr(Reply) twice = post(app, chief, "/innehaver", good);
    g_assert_cmpint(twice->status, ==, 409);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM stilling_innehaver"), ==, 1);
    g_autoptr(Reply) unsure = post(app, chief, "/slutt", "siste=2026-11-22");
    g_assert_cmpint(unsure->status, ==, 422);
    g_autoptr(Reply) ended = post(app, chief, "/slutt", "siste=2026-11-22&sikker=1");
    g_assert_cmpint(ended->status, ==, 303);
    g_autoptr(Reply) list = test_get(app, "/stillinger");
    g_assert_null(strstr(list->body, "Fagsjef"));
    g_autoptr(Reply) late = post(app, chief, "/innehaver", good);
    g_assert_cmpint(late->status, ==, 409);
}

static void a_description_is_drafted_approved_and_compared(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t chief = add_position(app, "Fagsjef", "2011-01-01");

    g_autoptr(Reply) first =
        post(app, chief, "/beskrivelse/utkast", "endring=0&tekst=Leder%0A%0AGammel+linje" HOSTILE);
    g_assert_cmpint(first->status, ==, 303);
    g_autoptr(Reply) second = post(app, chief, "/beskrivelse/utkast", "endring=0&tekst=Annen");
    g_assert_cmpint(second->status, ==, 409); /* one draft at most, and nothing typed is lost */
    g_assert_nonnull(strstr(second->body, "Annen</textarea>"));
    g_autoptr(Reply) none = get(app, chief, "/beskrivelse");
    g_assert_nonnull(strstr(none->body, "No description of this position holds today"));
    g_autoptr(Reply) unread = post(app, chief, "/beskrivelse/godkjenn", "endring=1&fra=2012-01-01");
    g_assert_cmpint(unread->status, ==, 422);
    g_autoptr(Reply) approved =
        post(app, chief, "/beskrivelse/godkjenn", "endring=1&fra=2012-01-01&lest=1");
    g_assert_cmpint(approved->status, ==, 303);
    g_autoptr(Reply) draft =
        post(app, chief, "/beskrivelse/utkast", "endring=0&tekst=Leder%0A%0ANy+linje");
    g_assert_cmpint(draft->status, ==, 303);
    g_autoptr(Reply) earlier =
        post(app, chief, "/beskrivelse/godkjenn", "endring=1&fra=2011-01-01&lest=1");
    g_assert_cmpint(earlier->status, ==, 422);
    g_autoptr(Reply) newer =
        post(app, chief, "/beskrivelse/godkjenn", "endring=1&fra=2020-01-01&lest=1");
    g_assert_cmpint(newer->status, ==, 303);
    g_autoptr(Reply) holds = get(app, chief, "/beskrivelse");
    g_assert_nonnull(strstr(holds->body, "Ny linje"));
    g_autoptr(Reply) old = get(app, chief, "/beskrivelse/1");
    g_assert_nonnull(strstr(old->body, "Gammel linje"));
    g_assert_null(strstr(old->body, "<script>alert"));
    g_autoptr(Reply) diff = get(app, chief, "/beskrivelse/2/forskjell?mot=1");
    g_assert_nonnull(strstr(diff->body, "<td>Added</td><td><ins>Ny linje</ins></td>"));
    g_assert_nonnull(strstr(diff->body, "<td>Removed</td><td><del>Gammel linje&lt;script&gt;"));
    g_autoptr(Reply) missing = get(app, chief, "/beskrivelse/9");
    g_assert_cmpint(missing->status, ==, 404);
}

static void nobody_approves_what_their_own_position_is_for(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t chief = add_position(app, "Fagsjef", "2011-01-01");

    hold(app, chief, 1, "2011-01-01"); /* who asks */
    g_autoptr(Reply) draft = post(app, chief, "/beskrivelse/utkast", "endring=0&tekst=Leder");
    g_assert_cmpint(draft->status, ==, 303);
    g_autoptr(Reply) own =
        post(app, chief, "/beskrivelse/godkjenn", "endring=1&fra=2012-01-01&lest=1");
    g_assert_cmpint(own->status, ==, 403);
    g_autoptr(Reply) stale = post(app, chief, "/beskrivelse/forkast", "endring=7");
    g_assert_cmpint(stale->status, ==, 303);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM stilling_beskrivelse"), ==, 1);
    g_autoptr(Reply) thrown = post(app, chief, "/beskrivelse/forkast", "endring=1");
    g_assert_cmpint(thrown->status, ==, 303);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM stilling_beskrivelse"), ==, 0);
}

static void a_difference_keeps_what_is_the_same(void)
{
    g_autoptr(Arena) arena = arena_new();
    DiffList d;

    person_diff(arena, "a\nb\nc\nd", "a\nx\nc\nd\ne", &d);
    g_assert_cmpuint(d.n, ==, 6); /* a -b +x c d +e */
    g_assert_cmpuint(d.added, ==, 2);
    g_assert_cmpuint(d.removed, ==, 1);
    g_assert_cmpint(d.v[1].kind, ==, DIFF_REMOVED);
    g_assert_cmpstr(d.v[2].text, ==, "x");
    person_diff(arena, "", "", &d);
    g_assert_cmpuint(d.n, ==, 0);
    person_diff(arena, "", "a", &d);
    g_assert_cmpuint(d.added, ==, 1);
    g_autoptr(GString) many = g_string_new(NULL);
    for (int i = 0; i < 20000; i++)
        g_string_append(many, i % 2 ? "x\n" : "y\n");
    person_diff(arena, many->str, "z\nz\nz", &d); /* too many to compare: told whole, in time */
    g_assert_cmpuint(d.removed, ==, 20000);
    g_assert_cmpuint(d.added, ==, 3);
}

static void a_title_is_corrected_for_all_years(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t chief = add_position(app, "Fagsjeff", "2011-01-01");
    g_autoptr(Reply) form = get(app, chief, "/tittel");
    g_autoptr(Reply) empty = post(app, chief, "/tittel", "tittel=");
    g_autoptr(Reply) done = post(app, chief, "/tittel", "tittel=Fagsjef+%3Cb%3E");
    g_autoptr(Reply) page = get(app, chief, "");

    g_assert_nonnull(strstr(form->body, "value=\"Fagsjeff\""));
    g_assert_cmpint(empty->status, ==, 422);
    g_assert_cmpint(done->status, ==, 303);
    g_assert_nonnull(strstr(page->body, "<h1>Fagsjef &lt;b&gt;</h1>"));
    g_autoptr(Reply) then = test_get(app, "/stillinger?dato=2012-05-01");
    g_assert_null(strstr(then->body, "Fagsjeff"));
    /* who may only read does not */
    g_autoptr(TestApp) reader = test_app(&person_slice, PERM_UNIT_READ, PERM_PUBLIC);
    g_autoptr(Reply) refused = post(reader, chief, "/tittel", "tittel=Kapret");
    g_assert_cmpint(refused->status, ==, 403);
}

static void ones_data_has_ones_own_positions(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t one = add_person(app, "Kari Første"), other = add_person(app, "Ola Andre");
    json_t *into = json_object();

    hold(app, add_position(app, "Stillingen til den ene", "2011-01-01"), one, "2012-02-03");
    hold(app, add_position(app, "Stillingen til den andre", "2011-01-01"), other, "2012-02-04");
    g_assert_true(person_slice.person_data(app->db, arena, 1, one, into, NULL));
    g_autofree char *text = json_dumps(into, 0);

    json_decref(into);
    g_assert_nonnull(strstr(text, "Kari Første"));
    g_assert_nonnull(strstr(text, "Stillingen til den ene"));
    g_assert_nonnull(strstr(text, "2012-02-03"));
    g_assert_null(strstr(text, "den andre"));
    g_assert_null(strstr(text, "Ola Andre"));
}

static void another_owners_position_is_not_there(void)
{
    static const char *const paths[] = { "",
                                         "/innehaver",
                                         "/ledig",
                                         "/slutt",
                                         "/tittel",
                                         "/beskrivelse",
                                         "/beskrivelse/utkast",
                                         "/beskrivelse/godkjenn",
                                         "/beskrivelse/1",
                                         "/beskrivelse/1/forskjell?mot=1" };
    g_autoptr(TestApp) app = app_new();
    int64_t chief = add_position(app, "Hemmelig stilling", "2011-01-01");

    test_db_exec(app->db,
                 "INSERT INTO eier (id, number, name, language, demo, created_at) VALUES (7, "
                 "'7777', 'Andre', 'nb', 0, 1)",
                 NULL);
    app->user.owner = 7;
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(Reply) r = get(app, chief, paths[i]);

        g_assert_cmpint(r->status, ==, 404);
        g_assert_null(strstr(r->body, "Hemmelig"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/person/day/who", who_was_fagsjef_on_a_day);
    g_test_add_func("/person/holder/form", a_holder_is_changed_by_form);
    g_test_add_func("/person/duties/versions", a_description_is_drafted_approved_and_compared);
    g_test_add_func("/person/duties/own", nobody_approves_what_their_own_position_is_for);
    g_test_add_func("/person/title/corrected", a_title_is_corrected_for_all_years);
    g_test_add_func("/person/data/own", ones_data_has_ones_own_positions);
    g_test_add_func("/person/diff/lines", a_difference_keeps_what_is_the_same);
    g_test_add_func("/person/owner/another", another_owners_position_is_not_there);
    return g_test_run();
}
