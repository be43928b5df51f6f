/* test-enhet.c - units over time: names, numbers, successors, facts, order, and whose they are.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet.h"
#include "eier.h"
#include "testing-db.h"

#define HUSTADVIKA_ORGNR "921133642"
#define EIDE_SKOLE_ORGNR "975283518"
#define HOSTILE "<script>alert('å')</script>&\"skole\""

static TestApp *app_new(void)
{
    return test_app(&enhet_slice, PERM_UNIT_READ, PERM_PUBLIC);
}

static int64_t add(TestApp *app, int64_t owner, const EnhetNew *unit)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    enhet_add(app->db, owner, unit, &id, &error);
    g_assert_no_error(error);
    return id;
}

static int64_t add_school(TestApp *app, const char *name, const char *code, const char *from)
{
    const EnhetNew unit = { .kind = "skole",
                            .parent = 2,
                            .name = name,
                            .code = code,
                            .from = from,
                            .origin = "syntetisk" };

    return add(app, 1, &unit);
}

/* Another owner with its municipality and one school, whose id is returned. */
static int64_t add_other_owner(TestApp *app, int64_t *ret_owner)
{
    const Eier eier = { .number = "1579", .name = "Hustadvika kommune" };
    const EnhetNew root = {
        .kind = "kommune", .name = "Hustadvika", .code = "1579", .origin = "register"
    };
    EnhetNew school = {
        .kind = "skole", .name = "Hemmelig skole", .code = EIDE_SKOLE_ORGNR, .origin = "register"
    };
    g_autoptr(GError) error = NULL;

    eier_add(app->db, &eier, 1, ret_owner, &error);
    g_assert_no_error(error);
    school.parent = add(app, *ret_owner, &root);
    return add(app, *ret_owner, &school);
}

static void end_number(TestApp *app, int64_t unit, const char *last_day)
{
    g_autofree char *sql = g_strdup_printf(
        "UPDATE enhet_identitet SET valid_to = '%s' WHERE owner = 1 AND enhet = %" G_GINT64_FORMAT,
        last_day, unit);

    test_db_exec(app->db, sql, NULL);
}

static Enhet get(TestApp *app, Arena *arena, int64_t id, const char *today)
{
    g_autoptr(GError) error = NULL;
    Enhet unit = { 0 };

    enhet_get(app->db, arena, 1, id, today, &unit, &error);
    g_assert_no_error(error);
    return unit;
}

static Reply *show(TestApp *app, int64_t id)
{
    char text[ID_TEXT];
    g_autofree char *path = g_strconcat("/enheter/", id_text(id, text), NULL);

    return test_get(app, path);
}

/* --- over time --- */

static void a_name_holds_from_its_day(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t id = add_school(app, "Bud skule", "975283488", "2005-08-01");
    Enhet unit;

    g_assert_true(enhet_rename(app->db, 1, id, "2020-01-01", "Bud skole", &error));
    g_assert_cmpstr(get(app, arena, id, "2019-12-31").name, ==, "Bud skule");
    g_assert_cmpstr(get(app, arena, id, "2020-01-01").name, ==, "Bud skole");
    g_assert_cmpstr(get(app, arena, id, "2005-08-01").name, ==, "Bud skule");
    g_assert_false(enhet_get(app->db, arena, 1, id, "2005-07-31", &unit, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
    g_autoptr(Reply) page = show(app, id);
    g_assert_cmpint(page->status, ==, 200);
    g_assert_nonnull(strstr(page->body, "Bud skule"));
    g_assert_nonnull(strstr(page->body, "from 1 January 2020"));
}

static void a_number_holds_to_its_last_day(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t id = add_school(app, "Eide barneskole", EIDE_SKOLE_ORGNR, NULL), found = 0;

    end_number(app, id, "2019-12-31");
    g_assert_cmpstr(get(app, arena, id, "2019-12-31").code, ==, EIDE_SKOLE_ORGNR);
    g_assert_cmpstr(get(app, arena, id, "2020-01-01").code, ==, "");
    g_assert_true(enhet_find(app->db, 1, EIDE_SKOLE_ORGNR, &found, &error)); /* "has or had" */
    g_assert_cmpint(found, ==, id);
    g_autoptr(Reply) page = show(app, id);
    g_assert_nonnull(strstr(page->body, "until 31 December 2019"));
}

static void what_followed_is_told_by_identity(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const EnhetSuccessor merged = { "slatt_sammen_til", "1579", "Hustadvika kommune", "2020-01-01",
                                    "SSB, klass 131" };
    int64_t owner, found = 0;

    add_other_owner(app, &owner);
    g_assert_true(enhet_add_successor(app->db, 1, 2, &merged, &error));
    g_assert_true(enhet_find(app->db, owner, merged.other, &found, &error));
    g_assert_cmpint(found, >, 0);
    g_assert_true(enhet_find(app->db, 1, merged.other, &found, &error)); /* not one of ours */
    g_assert_cmpint(found, ==, 0);
    g_autoptr(Reply) page = show(app, 2);
    g_assert_nonnull(strstr(page->body, "Merged into"));
    g_assert_nonnull(strstr(page->body, "Hustadvika kommune (1579)"));
    g_assert_nonnull(strstr(page->body, "1 January 2020 · SSB, klass 131"));
}

static void a_fact_may_have_a_fuzzy_date(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const EnhetFact autumn = { "Elever", "113", "2010-H2", "Forstudierapport 2010", "seed" };
    const EnhetFact wrong = { "Elever", "114", "høsten 2010", "Forstudierapport 2010", "seed" };

    g_assert_true(enhet_add_fact(app->db, 1, 1, &autumn, &error));
    g_assert_false(enhet_add_fact(app->db, 1, 1, &wrong, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    app->lang = LANG_NB;
    g_autoptr(Reply) page = show(app, 1);
    g_assert_nonnull(strstr(page->body,
                            "<dt>Elever</dt><dd>113 <span class=\"muted\">høsten 2010 · "
                            "Forstudierapport 2010</span></dd>"));
    g_assert_null(strstr(page->body, "<dd>114"));
}

/* --- numbers --- */

static void organisation_numbers_have_a_check_digit(void)
{
    static const char *const good[] = { "975278980", HUSTADVIKA_ORGNR, EIDE_SKOLE_ORGNR,
                                        "875283472" }; /* domain.md 12, vector 13; EXPECT O1 */
    static const char *const bad[] = { "975278981", "97527898", "9752789800", "97527898O", "",
                                       " 75278980", "975278980 ", "٩٧٥٢٧٨٩٨٠",
                                       /* its sum leaves 1, so no digit can be right: */
                                       "000000060", "000000061" };

    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(enhet_orgnr_valid(good[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(enhet_orgnr_valid(bad[i]));
    g_assert_false(enhet_orgnr_valid(NULL));
}

static void wrong_kinds_and_numbers_are_refused(void)
{
    static const EnhetNew bad[] = {
        { .kind = "skole", .parent = 2, .name = "A", .code = "975278981", .origin = "seed" },
        { .kind = "skole", .parent = 2, .name = "A", .code = "9999", .origin = "seed" },
        { .kind = "kommune", .name = "A", .code = HUSTADVIKA_ORGNR, .origin = "seed" },
        { .kind = "slott", .parent = 2, .name = "A", .origin = "seed" },
        { .kind = "skole", .parent = 4711, .name = "A", .origin = "seed" },
        { .kind = "skole", .parent = 2, .name = "", .origin = "seed" },
    };
    g_autoptr(TestApp) app = app_new();

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        int64_t id = -1;

        g_assert_false(enhet_add(app->db, 1, &bad[i], &id, &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
        g_assert_cmpint(id, ==, -1);
    }
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM enhet"), ==, 2);
}

/* --- the list --- */

static void assert_in_order(const char *text, const char *const *words)
{
    const char *at = text;

    for (; *words; words++) {
        const char *found = strstr(at, *words);

        if (!found)
            g_test_message("\"%s\" does not come where it should", *words);
        g_assert_nonnull(found);
        at = found;
    }
}

/* domain.md 12, vector 15, on both engines. */
static void schools_stand_in_norwegian_order(void)
{
    static const char *const want[] = { "Prøve kommune", "Averøy s", "Bakken skole", "Eide s",
                                        "Fræna s",       "Ørsta s",  "Aalesund b",   "Ålesund s",
                                        "Abel bhg",      NULL };
    const EnhetNew kindergarten = {
        .kind = "barnehage", .parent = 2, .name = "Abel bhg", .origin = "syntetisk"
    };
    g_autoptr(TestApp) app = app_new();

    add(app, 1, &kindergarten);
    add_school(app, "Ålesund s", NULL, NULL);
    add_school(app, "Eide s", NULL, NULL);
    add_school(app, "Aalesund b", NULL, NULL);
    add_school(app, "Ørsta s", NULL, NULL);
    add_school(app, "Fræna s", NULL, NULL);
    add_school(app, "Averøy s", NULL, NULL);
    g_autoptr(Reply) list = test_get(app, "/enheter");
    g_assert_cmpint(list->status, ==, 200);
    assert_in_order(strstr(list->body, "<tbody>"), want);
}

static void a_unit_shows_what_is_above_and_below_it(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) root = show(app, 2);
    g_autoptr(Reply) school = show(app, 1);
    char text[ID_TEXT];
    g_autofree char *down = g_strdup_printf("href=\"/enheter/%s\">Bakken skole", id_text(1, text));
    g_autofree char *up = g_strdup_printf("href=\"/enheter/%s\">Prøve kommune", id_text(2, text));

    g_assert_nonnull(strstr(root->body, down));
    g_assert_nonnull(strstr(school->body, up));
}

static void hostile_names_are_shown_as_text(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const EnhetFact fact = { HOSTILE, HOSTILE, "2013", HOSTILE, "seed" };
    const EnhetSuccessor next = { "delt_i", "1579", HOSTILE, "2020-01-01", HOSTILE };
    int64_t id = add_school(app, HOSTILE, NULL, NULL);

    g_assert_true(enhet_add_fact(app->db, 1, id, &fact, &error));
    g_assert_true(enhet_add_successor(app->db, 1, id, &next, &error));
    g_autoptr(Reply) list = test_get(app, "/enheter");
    g_autoptr(Reply) page = show(app, id);
    g_assert_null(strstr(list->body, "<script>alert"));
    g_assert_null(strstr(page->body, "<script>alert"));
    g_assert_nonnull(strstr(list->body, "&lt;script&gt;alert("));
    g_assert_nonnull(strstr(page->body, "<h1>&lt;script&gt;alert("));
}

/* --- whose they are --- */

static void another_owners_unit_is_not_there(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    int64_t other, id = add_other_owner(app, &other), owner = 0;
    Enhet unit;

    g_autoptr(Reply) page = show(app, id);
    g_autoptr(Reply) list = test_get(app, "/enheter");
    g_assert_cmpint(page->status, ==, 404);
    g_assert_null(strstr(page->body, "Hemmelig skole"));
    g_assert_null(strstr(list->body, "Hemmelig skole"));
    g_assert_false(enhet_get(app->db, arena, 1, id, "2026-11-23", &unit, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_true(enhet_owner_of(app->db, id, &owner, &error));
    g_assert_cmpint(owner, ==, other);
    g_assert_true(enhet_owner_of(app->db, 4711, &owner, &error));
    g_assert_cmpint(owner, ==, 0);
}

static void what_is_no_id_is_not_there(void)
{
    static const char *const paths[] = { "/enheter/0", "/enheter/x", "/enheter/1%27%20OR%201",
                                         "/enheter/0000000000009", "/enheter/zzzzzzzzzzzzzzzzzz" };
    g_autoptr(TestApp) app = app_new();

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(Reply) r = test_get(app, paths[i]);

        g_assert_cmpint(r->status, ==, 404);
    }
}

/* A role that reads its own unit only (domain.md 7.2, "Ro") sees that one and no other. */
static void a_role_of_one_unit_sees_that_unit(void)
{
    g_autoptr(TestApp) app = app_new();
    int64_t other = add_school(app, "Haugen skole", NULL, NULL);

    app->user.unit_only[PERM_UNIT_READ / 64] |= UINT64_C(1) << PERM_UNIT_READ % 64;
    g_autoptr(Reply) own = show(app, 1);
    g_autoptr(Reply) foreign = show(app, other);
    g_autoptr(Reply) list = test_get(app, "/enheter");
    g_assert_cmpint(own->status, ==, 200);
    g_assert_null(strstr(own->body, "href=\"/enheter/0000000000002\"")); /* leads nowhere for it */
    g_assert_cmpint(foreign->status, ==, 404);
    g_assert_nonnull(strstr(list->body, "Bakken skole"));
    g_assert_null(strstr(list->body, "Haugen skole"));
}

static void the_pages_take_the_permission(void)
{
    g_autoptr(TestApp) app = test_app(&enhet_slice, PERM_BODY_READ, PERM_PUBLIC);
    g_autoptr(Reply) list = test_get(app, "/enheter");
    g_autoptr(Reply) page = show(app, 1);

    g_assert_cmpint(list->status, ==, 403);
    g_assert_cmpint(page->status, ==, 403);
}

static Reply *post_to(TestApp *app, int64_t id, const char *part, const char *body)
{
    char text[ID_TEXT];
    g_autofree char *path = g_strconcat("/enheter/", id_text(id, text), part, NULL);

    return test_post(app, path, body);
}

/* Added by hand, renumbered, a fact corrected in the open, closed: and all of it stays to be read. */
static void a_unit_is_run_by_its_forms(void)
{
    g_autoptr(TestApp) app = test_app(&enhet_slice, PERM_UNIT_READ, PERM_UNIT_WRITE);
    char text[ID_TEXT];

    app->user.unit = 0;
    test_app_grant(app, PERM_UNIT_FACT);
    g_autoptr(Reply) wrong = test_post(
        app, "/enheter/ny", "navn=X&slag=barnehage&under=0000000000002&orgnr=975283519&fra=");
    g_assert_cmpint(wrong->status, ==, 422); /* the check digit */
    g_autofree char *body = g_strdup_printf(
        "navn=%%3Cb%%3EDemo&slag=barnehage&under=%s&orgnr=975+283+518&fra=2010-01-01",
        id_text(2, text));
    g_autoptr(Reply) added = test_post(app, "/enheter/ny", body);
    g_assert_cmpint(added->status, ==, 303);
    g_autoptr(Reply) taken = test_post(app, "/enheter/ny", body);
    g_assert_cmpint(taken->status, ==, 422); /* sent twice: the number is another unit's */
    int64_t id = id_parse(strrchr(added->location, '/') + 1);
    g_autoptr(Reply) fact =
        post_to(app, id, "/faktum", "hva=Ansatte&verdi=30&naar=2013&kilde=Presentasjon");
    g_assert_cmpint(fact->status, ==, 303);
    g_autofree char *correction =
        g_strdup_printf("hva=Ansatte&verdi=31&naar=2013&kilde=GSI&retter=%s&hvorfor=Talt+feil",
                        id_text(test_db_int(app->db, "SELECT id AS n FROM enhet_faktum"), text));
    g_autoptr(Reply) corrected = post_to(app, id, "/faktum", correction);
    g_autoptr(Reply) again = post_to(app, id, "/faktum", correction);
    g_assert_cmpint(corrected->status, ==, 303);
    g_assert_cmpint(again->status, ==, 409);
    g_autoptr(Reply) page = show(app, id);
    g_assert_nonnull(strstr(page->body, "<dd>31 "));
    g_assert_nonnull(strstr(page->body, "<del>30</del>"));
    g_assert_nonnull(strstr(page->body, "Corrected because: Talt feil"));
    g_assert_nonnull(strstr(page->body, "<h1>&lt;b&gt;Demo</h1>"));
    g_autoptr(Reply) name = post_to(app, id, "/navn", "navn=Nytt+navn&fra=2026-01-01");
    g_assert_cmpint(name->status, ==, 303);
    g_autoptr(Reply) closed = post_to(app, id, "/steng", "siste=2026-06-30&sikker=1");
    g_assert_cmpint(closed->status, ==, 303);
    g_autoptr(Reply) list = test_get(app, "/enheter");
    g_assert_nonnull(strstr(list->body, "closed after 30 June 2026"));
    g_autoptr(Reply) root = post_to(app, 2, "/steng", "siste=2026-06-30&sikker=1");
    g_assert_cmpint(root->status, ==, 422);
    app->user.owner = 7;
    g_autoptr(Reply) foreign = post_to(app, id, "/navn", "navn=Kapret&fra=2026-01-01");
    g_assert_cmpint(foreign->status, ==, 404);
}

/* Told of the wrong unit: it goes, the log keeps what it said, and nobody else can do it. */
static void what_became_of_it_can_be_taken_back(void)
{
    g_autoptr(TestApp) app = test_app(&enhet_slice, PERM_UNIT_READ, PERM_UNIT_WRITE);
    char text[ID_TEXT];

    app->user.unit = 0;
    g_autoptr(Reply) told =
        post_to(app, 1, "/etterfolger",
                "slag=erstattet_av&nummer=975283518&navn=Feil+skole&dato=2020-08-01&kilde=Vedtak");
    g_assert_cmpint(told->status, ==, 303);
    g_autofree char *undo = g_strdup_printf(
        "/etterfolger/%s/trekk",
        id_text(test_db_int(app->db, "SELECT id AS n FROM enhet_etterfolger"), text));
    g_autoptr(Reply) page = show(app, 1);
    g_assert_nonnull(strstr(page->body, undo));
    g_autoptr(Reply) unsure = post_to(app, 1, undo, "");
    g_assert_cmpint(unsure->status, ==, 422);
    g_autoptr(Reply) wrong_unit = post_to(app, 2, undo, "sikker=1");
    g_assert_cmpint(wrong_unit->status, ==, 404);
    app->user.owner = 7;
    g_autoptr(Reply) foreign = post_to(app, 1, undo, "sikker=1");
    g_assert_cmpint(foreign->status, ==, 404);
    app->user.owner = 1;
    g_autoptr(Reply) sure = post_to(app, 1, undo, "sikker=1");
    g_assert_cmpint(sure->status, ==, 303);
    g_autoptr(Reply) again = post_to(app, 1, undo, "sikker=1");
    g_assert_cmpint(again->status, ==, 404);
    g_autoptr(Reply) after = show(app, 1);
    g_assert_null(strstr(after->body, "Feil skole"));
}

static void what_is_closed_is_not_offered(void)
{
    g_autoptr(TestApp) app = test_app(&enhet_slice, PERM_UNIT_READ, PERM_UNIT_WRITE);
    g_autoptr(Arena) arena = arena_new();
    EnhetList all, open;

    app->user.unit = 0;
    g_autoptr(Reply) closed = post_to(app, 1, "/steng", "siste=2026-06-30&sikker=1");
    g_assert_cmpint(closed->status, ==, 303);
    g_assert_true(enhet_list(app->db, arena, 1, "2026-07-01", &all, NULL));
    g_assert_true(enhet_open_list(app->db, arena, 1, "2026-07-01", &open, NULL));
    g_assert_cmpuint(open.n, ==, all.n - 1);
    g_assert_true(enhet_open_list(app->db, arena, 1, "2026-06-30", &open, NULL));
    g_assert_cmpuint(open.n, ==, all.n); /* its last day is one of its days */
    g_autoptr(Reply) form = test_get(app, "/enheter/ny");
    g_assert_nonnull(strstr(form->body, "value=\"0000000000002\""));
    g_assert_null(strstr(form->body, "value=\"0000000000001\""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/enhet/time/names", a_name_holds_from_its_day);
    g_test_add_func("/enhet/time/numbers", a_number_holds_to_its_last_day);
    g_test_add_func("/enhet/time/successors", what_followed_is_told_by_identity);
    g_test_add_func("/enhet/time/facts", a_fact_may_have_a_fuzzy_date);
    g_test_add_func("/enhet/number/check-digit", organisation_numbers_have_a_check_digit);
    g_test_add_func("/enhet/add/refused", wrong_kinds_and_numbers_are_refused);
    g_test_add_func("/enhet/list/norwegian-order", schools_stand_in_norwegian_order);
    g_test_add_func("/enhet/show/tree", a_unit_shows_what_is_above_and_below_it);
    g_test_add_func("/enhet/show/hostile-text", hostile_names_are_shown_as_text);
    g_test_add_func("/enhet/owner/another", another_owners_unit_is_not_there);
    g_test_add_func("/enhet/owner/no-id", what_is_no_id_is_not_there);
    g_test_add_func("/enhet/permission/own-unit", a_role_of_one_unit_sees_that_unit);
    g_test_add_func("/enhet/permission/none", the_pages_take_the_permission);
    g_test_add_func("/enhet/forms/life", a_unit_is_run_by_its_forms);
    g_test_add_func("/enhet/forms/undo", what_became_of_it_can_be_taken_back);
    g_test_add_func("/enhet/forms/closed", what_is_closed_is_not_offered);
    return g_test_run();
}
