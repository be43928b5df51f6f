/* test-organ.c - bodies and their members, who sit by position: the seat stays when people change.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "organ.h"
#include "eier.h"
#include "person.h"
#include "testing-db.h"

#define HOSTILE "<img src=x onerror=alert(1)>"

static TestApp *app_new(void)
{
    return test_app(&organ_slice, PERM_BODY_READ, PERM_PUBLIC);
}

static int64_t add(TestApp *app, int64_t owner, const char *kind, const char *name)
{
    const Organ organ = { .kind = kind,
                          .name = name,
                          .mandate = "Gir råd.",
                          .from = "2011-H2",
                          .open = true,
                          .origin = "syntetisk" };
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    organ_add(app->db, owner, &organ, &id, &error);
    g_assert_no_error(error);
    return id;
}

static int64_t add_position(TestApp *app, const char *title)
{
    const PositionNew position = { .unit = 2, .title = title, .from = "2009-01-01" };
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    person_position_add(app->db, 1, &position, &id, &error);
    g_assert_no_error(error);
    return id;
}

static void seat(TestApp *app, int64_t organ, int64_t position, const char *duty)
{
    g_autoptr(GError) error = NULL;

    organ_add_member(app->db, 1, organ, position, duty, "2011-08-01", &error);
    g_assert_no_error(error);
}

static int64_t hold(TestApp *app, int64_t position, const char *name, const char *from)
{
    g_autoptr(GError) error = NULL;
    int64_t person = 0;

    person_add(app->db, 1, name, "syntetisk", 1, &person, &error);
    g_assert_no_error(error);
    person_hold(app->db, 1, position, person, from, &error);
    g_assert_no_error(error);
    return person;
}

static OrganMemberList members(TestApp *app, Arena *arena, int64_t organ, const char *today)
{
    g_autoptr(GError) error = NULL;
    OrganMemberList list = { 0 };

    i18n_use(LANG_EN);
    organ_member_list(app->db, arena, 1, organ, today, &list, &error);
    g_assert_no_error(error);
    return list;
}

static Reply *show(TestApp *app, int64_t id)
{
    char text[ID_TEXT];
    g_autofree char *path = g_strconcat("/organer/", id_text(id, text), NULL);

    return test_get(app, path);
}

static void the_seat_stays_when_people_change(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t group = add(app, 1, "ledergruppe", "Ledergruppe oppvekst");
    int64_t rektor = add_position(app, "Rektor"), fagsjef = add_position(app, "Fagsjef oppvekst");

    seat(app, group, rektor, "medlem");
    seat(app, group, fagsjef, "leder");
    hold(app, rektor, "Kari Første", "2009-01-01");
    hold(app, rektor, "Ola Andre", "2013-01-01");
    g_assert_cmpuint(members(app, arena, group, "2011-07-31").n, ==, 0);
    OrganMemberList early = members(app, arena, group, "2012-12-31");
    OrganMemberList late = members(app, arena, group, "2013-01-01");

    g_assert_cmpuint(early.n, ==, 2);
    g_assert_cmpstr(early.v[0].duty, ==, "leader"); /* leaders first */
    g_assert_cmpstr(early.v[0].title, ==, "Fagsjef oppvekst");
    g_assert_cmpstr(early.v[0].holder, ==, ""); /* vacant, but there */
    g_assert_cmpstr(early.v[1].holder, ==, "Kari Første");
    g_assert_cmpuint(late.n, ==, 2);
    g_assert_cmpstr(late.v[1].holder, ==, "Ola Andre");
}

static char *data_of(TestApp *app, int64_t person)
{
    g_autoptr(Arena) arena = arena_new();
    json_t *into = json_object();

    g_assert_true(organ_slice.person_data(app->db, arena, 1, person, into, NULL));
    char *text = json_dumps(into, 0);

    json_decref(into);
    return text;
}

/* Also a seat that ended while the position was held, and no longer than it was. */
static void ones_data_has_every_seat_and_nobody_elses(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t group = add(app, 1, "ledergruppe", "Ledergruppe oppvekst");
    int64_t council = add(app, 1, "komite", "Komite for oppvekst");
    int64_t rektor = add_position(app, "Rektor"), other = add_position(app, "Styrer");
    const OrganSeat ended = { .organ = group,
                              .position = rektor,
                              .duty = "medlem",
                              .represents = "",
                              .from = "2010-01-01",
                              .to = "2010-12-31" };

    g_assert_true(organ_add_seat(app->db, 1, &ended, NULL));
    seat(app, council, other, "leder");
    int64_t first = hold(app, rektor, "Kari Første", "2009-01-01");
    int64_t second = hold(app, rektor, "Ola Andre", "2010-07-01");
    int64_t third = hold(app, other, "Per Tredje", "2012-01-01");
    g_autofree char *of_first = data_of(app, first), *of_second = data_of(app, second);
    g_autofree char *of_third = data_of(app, third);

    g_assert_nonnull(strstr(of_first, "\"from\": \"2010-01-01\", \"to\": \"2010-06-30\""));
    g_assert_null(strstr(of_first, "Komite"));
    g_assert_nonnull(strstr(of_second, "\"from\": \"2010-07-01\", \"to\": \"2010-12-31\""));
    g_assert_nonnull(strstr(of_third, "Komite for oppvekst"));
    g_assert_nonnull(strstr(of_third, "\"from\": \"2012-01-01\", \"to\": null"));
    g_assert_null(strstr(of_third, "Ledergruppe"));
}

/* The page says it in words; the file keeps its names. What is empty is left out. */
static void ones_page_speaks_of_seats_in_words(void)
{
    g_autoptr(TestApp) app = test_app(NULL, PERM_USER, PERM_PUBLIC);
    int64_t group = add(app, 1, "ledergruppe", "Ledergruppe oppvekst");
    int64_t rektor = add_position(app, "Rektor");

    seat(app, group, rektor, "medlem");
    app->user.id = hold(app, rektor, "Kari Første", "2009-01-01");
    g_autoptr(Reply) page = test_get(app, "/mine-data");

    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "Seat in a body"));
    g_assert_nonnull(strstr(page->body, "Ledergruppe oppvekst, duty: "));
    g_assert_null(strstr(page->body, "on behalf of: ,"));
    g_assert_null(strstr(page->body, "seats"));
}

static void a_seat_that_has_ended_is_gone(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    int64_t group = add(app, 1, "ledergruppe", "Ledergruppe oppvekst");

    seat(app, group, add_position(app, "Rektor"), "medlem");
    test_db_exec(app->db, "UPDATE organ_medlem SET valid_to = '2012-06-30' WHERE owner = 1", NULL);
    g_assert_cmpuint(members(app, arena, group, "2012-06-30").n, ==, 1);
    g_assert_cmpuint(members(app, arena, group, "2012-07-01").n, ==, 0);
}

static void the_page_shows_members_and_vacancies(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t group = add(app, 1, "ledergruppe", "Ledergruppe oppvekst");
    int64_t rektor = add_position(app, "Rektor");

    seat(app, group, rektor, "leder");
    seat(app, group, add_position(app, "Fagsjef"), "sekretaer");
    hold(app, rektor, HOSTILE, "2009-01-01");
    /* Who may not open the position reads it without a link. */
    g_autoptr(Reply) plain = show(app, group);
    g_assert_nonnull(strstr(plain->body, "<th scope=\"row\">Rektor</th>"));
    g_assert_null(strstr(plain->body, "/stillinger/"));
    g_assert_null(strstr(plain->body, "/personer/"));
    test_app_grant(app, PERM_UNIT_READ);
    g_autoptr(Reply) page = show(app, group);
    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "<h1>Ledergruppe oppvekst</h1>"));
    g_assert_nonnull(strstr(page->body, ">Rektor</a></th><td>"));
    g_assert_nonnull(strstr(page->body, "&lt;img src=x onerror=alert(1)&gt;</a></td>"
                                        "<td>leader</td>"));
    g_assert_null(strstr(page->body, "<img src=x"));
    g_assert_nonnull(strstr(page->body, ">Fagsjef</a></th><td></td><td>secretary"));
    g_assert_nonnull(strstr(page->body, "since autumn 2011"));
    g_assert_null(strstr(page->body, "<img"));
}

static void bodies_stand_by_kind_then_name(void)
{
    static const char *const want[] = { "Kommunestyret", "Formannskapet", "Komité A",
                                        "Komité Å",      "Ledergruppa",   NULL };
    g_autoptr(TestApp) app = app_new();
    const char *at;

    add(app, 1, "ledergruppe", "Ledergruppa");
    add(app, 1, "komite", "Komité Å");
    add(app, 1, "formannskap", "Formannskapet");
    add(app, 1, "komite", "Komité A");
    add(app, 1, "kommunestyre", "Kommunestyret");
    g_autoptr(Reply) list = test_get(app, "/organer");
    g_assert_cmpint(list->status, ==, 200);
    at = strstr(list->body, "<tbody>");
    for (size_t i = 0; want[i]; i++) {
        at = strstr(at, want[i]);
        g_assert_nonnull(at);
    }
}

static void the_first_of_a_kind_is_found(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t id = add(app, 1, "formannskap", "Formannskapet");
    Organ organ;

    g_assert_true(organ_of_kind(app->db, arena, 1, "formannskap", &organ, &error));
    g_assert_cmpint(organ.id, ==, id);
    g_assert_true(organ_of_kind(app->db, arena, 1, "kommunestyre", &organ, &error));
    g_assert_cmpint(organ.id, ==, 0);
}

static void what_makes_no_sense_is_refused(void)
{
    static const Organ bad[] = {
        { .kind = "klubb", .name = "A", .from = "2011", .origin = "seed" },
        { .kind = "annet", .name = "A", .from = "i fjor", .origin = "seed" },
        { .kind = "annet", .name = "", .from = "2011", .origin = "seed" },
    };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) duty = NULL;
    int64_t id = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(organ_add(app->db, 1, &bad[i], &id, &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    }
    g_assert_false(organ_add_member(app->db, 1, add(app, 1, "annet", "A"),
                                    add_position(app, "Rektor"), "keiser", "2011-01-01", &duty));
    g_assert_error(duty, APP_ERROR, APP_ERROR_INVALID);
}

static void another_owners_body_is_not_there(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const Eier eier = { .number = "1579", .name = "Hustadvika kommune" };
    int64_t other, foreign;

    g_assert_true(eier_add(app->db, &eier, 1, &other, &error));
    foreign = add(app, other, "komite", "Hemmelig komité");
    g_autoptr(Reply) page = show(app, foreign);
    g_autoptr(Reply) list = test_get(app, "/organer");
    g_autoptr(Reply) none = test_get(app, "/organer/x");
    g_assert_cmpint(page->status, ==, 404);
    g_assert_null(strstr(page->body, "Hemmelig"));
    g_assert_null(strstr(list->body, "Hemmelig"));
    g_assert_cmpint(none->status, ==, 404);
    g_assert_false(organ_add_member(app->db, other, foreign, add_position(app, "Rektor"), "leder",
                                    "2011-01-01", &error)); /* nor may it seat our positions */
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static Reply *post_to(TestApp *app, int64_t id, const char *part, const char *body)
{
    char text[ID_TEXT];
    g_autofree char *path = g_strconcat("/organer/", id_text(id, text), part, NULL);

    return test_post(app, path, body);
}

/* A body is added, stands on a law, gets a substitute, and ends; history stays. */
static void a_body_is_run_by_its_forms(void)
{
    g_autoptr(TestApp) app = test_app(&organ_slice, PERM_BODY_READ, PERM_BODY_WRITE);
    const PositionNew position = { .unit = 2, .title = "Leder", .from = "2010-01-01" };
    g_autoptr(GError) error = NULL;
    char text[ID_TEXT];
    int64_t seat, id;

    g_assert_true(person_position_add(app->db, 1, &position, &seat, &error));
    g_autoptr(Reply) wrong = test_post(app, "/organer/ny", "navn=SU&slag=su&fra=i+fjor");
    g_assert_cmpint(wrong->status, ==, 422);
    g_autoptr(Reply) added = test_post(app, "/organer/ny",
                                       "navn=%3Cb%3ESU&slag=su&fra=2011&hjemmel=Lov+%C2%A7+1"
                                       "&hjemmel_fra=2009&hjemmel_til=2024-07-31");
    g_assert_cmpint(added->status, ==, 303);
    id = test_db_int(app->db, "SELECT id AS n FROM organ");
    g_autofree char *order = g_strdup_printf(
        "stilling=%s&verv=vara&nr=2&representerer=Lista&fra=2012-01-01", id_text(seat, text));
    g_autofree char *not_vara =
        g_strdup_printf("stilling=%s&verv=medlem&nr=2&fra=2012-01-01", id_text(seat, text));
    g_autoptr(Reply) refused = post_to(app, id, "/medlem", not_vara);
    g_assert_cmpint(refused->status, ==, 422);
    g_autoptr(Reply) member = post_to(app, id, "/medlem", order);
    g_assert_cmpint(member->status, ==, 303);
    g_autoptr(Reply) twice = post_to(app, id, "/medlem", order);
    g_assert_cmpint(twice->status, ==, 303); /* the same form again: the same seat */
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM organ_medlem"), ==, 1);
    g_autofree char *other = g_strdup_printf(
        "stilling=%s&verv=vara&nr=3&representerer=Lista&fra=2012-01-01", id_text(seat, text));
    g_autoptr(Reply) taken = post_to(app, id, "/medlem", other);
    g_assert_cmpint(taken->status, ==, 422); /* it sits there already */
    g_autoptr(Reply) page = show(app, id);
    g_assert_nonnull(strstr(page->body, "<h1>&lt;b&gt;SU</h1>"));
    g_assert_nonnull(strstr(page->body, "<td>substitute 2</td><td>Lista</td>"));
    g_assert_nonnull(strstr(page->body, "in force from 2009 to 31 July 2024"));
    g_autofree char *end =
        g_strdup_printf("sete=%s&siste=2013-01-01&sikker=1",
                        id_text(test_db_int(app->db, "SELECT id AS n FROM organ_medlem"), text));
    g_autoptr(Reply) ended = post_to(app, id, "/plass", end);
    g_assert_cmpint(ended->status, ==, 303);
    g_autoptr(Reply) after = show(app, id);
    g_assert_null(strstr(after->body, "substitute 2"));
    g_autofree char *then = g_strdup_printf("/organer/%s?dato=2012-06-01", id_text(id, text));
    g_autoptr(Reply) before = test_get(app, then);
    g_assert_nonnull(strstr(before->body, "substitute 2"));
    g_autoptr(Reply) closed = post_to(app, id, "/slutt", "siste=2014-01-01&sikker=1");
    g_assert_cmpint(closed->status, ==, 303);
    g_autoptr(Reply) list = test_get(app, "/organer");
    g_assert_nonnull(strstr(list->body, "Bodies that have ended or are to come"));
}

static void a_reader_changes_no_body(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) r = test_post(app, "/organer/ny", "navn=SU&slag=su&fra=2011");

    g_assert_cmpint(r->status, ==, 403);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM organ"), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/organ/members/by-position", the_seat_stays_when_people_change);
    g_test_add_func("/organ/data/own", ones_data_has_every_seat_and_nobody_elses);
    g_test_add_func("/organ/person/page-in-words", ones_page_speaks_of_seats_in_words);
    g_test_add_func("/organ/members/ended", a_seat_that_has_ended_is_gone);
    g_test_add_func("/organ/show/members", the_page_shows_members_and_vacancies);
    g_test_add_func("/organ/list/order", bodies_stand_by_kind_then_name);
    g_test_add_func("/organ/of-kind/first", the_first_of_a_kind_is_found);
    g_test_add_func("/organ/add/refused", what_makes_no_sense_is_refused);
    g_test_add_func("/organ/owner/another", another_owners_body_is_not_there);
    g_test_add_func("/organ/forms/life", a_body_is_run_by_its_forms);
    g_test_add_func("/organ/forms/permission", a_reader_changes_no_body);
    return g_test_run();
}
