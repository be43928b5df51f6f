/* test-demo.c - the demo made twice, and its pages as each of its users and the public see them.
 *
 * Made once for the whole program, since it reads Udir's files of the whole country; the cases only
 * look, and the one that makes it again is there to see that nothing changes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include "auth.h"
#include "demo.h"
#include "eier.h"
#include "offentlig.h"
#include "testing-db.h"
#include "tilgang.h"

#define NOW INT64_C(1795435200000000) /* 2026-11-23 */

typedef struct {
    TestApp *app;
    Arena *arena;
    int64_t eide, hustadvika;
} Fixture;

static Demo demo_of(const Fixture *f)
{
    return (Demo){ .db = f->app->db,
                   .arena = f->arena,
                   .now = NOW,
                   .data_dir = "demo/data/udir",
                   .dir = f->app->dir };
}

/* The app as one of the demo's users, with the owner's own day and the role's permissions. */
static void become(const Fixture *f, int64_t owner, const char *role, const char *today)
{
    f->app->signed_out = role == NULL;
    f->app->today = today;
    f->app->lang = LANG_NB;
    if (!role)
        return;
    g_autoptr(GError) error = NULL;
    LoginList logins;

    g_assert_true(tilgang_list(f->app->db, f->arena, owner, today, &logins, &error));
    for (size_t i = 0; i < logins.n; i++)
        if (!strcmp(logins.v[i].role, role))
            f->app->user = (User){ .owner = owner,
                                   .id = logins.v[i].person,
                                   .unit = logins.v[i].unit,
                                   .name = logins.v[i].name,
                                   .role = role };
    tilgang_fill(&f->app->user);
}

/* One number that changes when any count does. */
static uint64_t count_rows(const Fixture *f)
{
    static const char *const tables[] = { "eier",
                                          "enhet",
                                          "enhet_navn",
                                          "enhet_faktum",
                                          "enhet_etterfolger",
                                          "person",
                                          "stilling",
                                          "stilling_innehaver",
                                          "rolle",
                                          "innlogging",
                                          "organ",
                                          "organ_medlem",
                                          "verdi",
                                          "datasett",
                                          "stat_verdi",
                                          "stat_datasett",
                                          "stat_enhet",
                                          "historikk",
                                          "hovedmal",
                                          "rapport",
                                          "rapport_kapittel",
                                          "rapport_hendelse",
                                          "rapport_versjon" };
    uint64_t sum = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", tables[i]);

        sum = sum * 31 + (uint64_t)test_db_int(f->app->db, sql);
    }
    return sum;
}

static char *read_report(const Fixture *f, const char *name, gsize *ret_size)
{
    g_autofree char *path = g_build_filename(f->app->dir, name, NULL);
    g_autoptr(GError) error = NULL;
    char *text;

    g_file_get_contents(path, &text, ret_size, &error);
    g_assert_no_error(error);
    return text;
}

static void a_second_run_changes_nothing(gconstpointer data)
{
    const Fixture *f = data;
    static const char *const names[] = { "tilstandsrapport-eide-2012-13.html",
                                         "tilstandsrapport-eide-2012-13.pdf",
                                         "tilstandsrapport-hustadvika-2025-26.html",
                                         "tilstandsrapport-hustadvika-2025-26.pdf" };
    g_autoptr(GError) error = NULL;
    g_autofree char *before[4] = { NULL };
    gsize size[4], again;
    Demo demo = demo_of(f);
    uint64_t rows = count_rows(f);

    demo.now += G_TIME_SPAN_DAY;
    for (size_t i = 0; i < 4; i++)
        before[i] = read_report(f, names[i], &size[i]);
    g_assert_true(demo_make(&demo, &error));
    g_assert_no_error(error);
    g_assert_cmpint(demo.made, ==, 0);
    g_assert_cmpuint(count_rows(f), ==, rows);
    for (size_t i = 0; i < 4; i++) {
        g_autofree char *after = read_report(f, names[i], &again);

        g_assert_cmpuint(size[i], ==, again);
        g_assert_true(memcmp(before[i], after, again) == 0);
        g_free(g_steal_pointer(&before[i]));
    }
}

static void without_files_it_says_where_they_should_be(gconstpointer data)
{
    const Fixture *f = data;
    g_autoptr(GError) error = NULL;
    Demo demo = demo_of(f);

    demo.data_dir = f->app->dir;
    g_assert_false(demo_make(&demo, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "--data"));
}

static void eide_rests_after_the_dialogue(gconstpointer data)
{
    const Fixture *f = data;
    g_autoptr(GError) error = NULL;
    StepEventList events;
    ReportList all;
    Step steps[6];

    g_assert_true(tilstandsrapport_list(f->app->db, f->arena, f->eide, &all, &error));
    g_assert_cmpuint(all.n, ==, 1);
    g_assert_cmpint(all.v[0].state, ==, STATE_DIALOG_GJENNOMFORT);
    g_assert_cmpstr(all.v[0].law, ==, "TR-13-10");
    g_assert_cmpint(all.v[0].published, ==, 0);
    g_assert_true(
        tilstandsrapport_steps(f->app->db, f->arena, f->eide, all.v[0].id, steps, &error));
    g_assert_cmpstr(steps[1].body, ==, "Dialog for læring");
    g_assert_cmpstr(steps[3].body, ==, "Eide kommunestyre");
    g_assert_cmpstr(steps[3].planned, ==, "2013-06-20");
    g_assert_true(
        tilstandsrapport_events(f->app->db, f->arena, f->eide, all.v[0].id, &events, &error));
    g_assert_cmpuint(events.n, ==, 2);
    g_assert_cmpstr(events.v[1].on, ==, "2013-05-14");
}

static void hustadvika_has_udirs_schools_and_a_draft(gconstpointer data)
{
    const Fixture *f = data;
    g_autoptr(GError) error = NULL;
    ReportList all;
    Step steps[6];
    int64_t school;

    g_assert_true(enhet_find(f->app->db, f->hustadvika, "975283518", &school, &error));
    g_assert_cmpint(school, !=, 0);
    g_assert_true(tilstandsrapport_list(f->app->db, f->arena, f->hustadvika, &all, &error));
    g_assert_cmpuint(all.n, ==, 1);
    g_assert_cmpint(all.v[0].state, ==, STATE_PLANLAGT);
    g_assert_cmpstr(all.v[0].law, ==, "INFO-17-12");
    g_assert_true(
        tilstandsrapport_steps(f->app->db, f->arena, f->hustadvika, all.v[0].id, steps, &error));
    g_assert_cmpstr(steps[0].planned, >, "2026-11-23");  /* nothing is late on the day it is made */
    g_assert_cmpstr(steps[3].planned, ==, "2027-02-18"); /* a Thursday */
}

static void everybody_can_sign_in(gconstpointer data)
{
    const Fixture *f = data;
    static const char *const names[] = { "fagsjef",   "rektor",      "kommunedirektor",
                                         "politiker", "sekretariat", "admin" };

    become(f, 0, NULL, "2026-11-23");
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(names); i++) {
        g_autofree char *body = g_strdup_printf("epost=%s%%40%s.demo&passord=" DEMO_PASSWORD,
                                                names[i / 2], i % 2 ? "eide" : "hustadvika");
        g_autoptr(Reply) reply = test_post(f->app, "/logg-inn", body);

        g_test_message("%s", body);
        g_assert_cmpint(reply->status, ==, 303);
        g_assert_nonnull(strstr(reply->headers, "Set-Cookie: __Host-"));
    }
}

static void the_files_show_the_figures(gconstpointer data)
{
    const Fixture *f = data;
    gsize size;
    g_autofree char *eide = read_report(f, "tilstandsrapport-eide-2012-13.html", &size);
    g_autofree char *hustadvika = read_report(f, "tilstandsrapport-hustadvika-2025-26.html", &size);
    g_autofree char *pdf = read_report(f, "tilstandsrapport-hustadvika-2025-26.pdf", &size);

    g_assert_true(g_str_has_prefix(pdf, "%PDF-"));
    g_assert_nonnull(strstr(eide, "Utkast – ikke behandlet"));
    g_assert_nonnull(strstr(eide, "8\u00a0prosentpoeng"));
    g_assert_nonnull(strstr(eide, "Opplæringslova (1998) § 13-10"));
    g_assert_nonnull(strstr(hustadvika, "47 ±1,3"));
    g_assert_nonnull(strstr(hustadvika, "51 ±1,3"));
    g_assert_nonnull(strstr(hustadvika, "49 ±1,6"));
    g_assert_nonnull(strstr(hustadvika, "47 ±2,7"));
    g_assert_nonnull(strstr(hustadvika, "Bud skule"));
}

static void the_front_page_tells_the_story_and_nothing_of_the_draft(gconstpointer data)
{
    const Fixture *f = data;
    static const char *const there[] = {
        "Elevene skal få et likeverdig og godt opplæringstilbud uavhengig av hvilken barnehage "
        "eller skole de "
        "tilhører.",
        "høsten 2010",
        "våren 2011",
        "Veilederkorpset kommer inn",
        "datetime=\"2013-06-20\"",
        "Eide kommunestyre",
        "47 ±1,3 (136)",
    };
    static const char *const hidden[] = { "kollegalæring",      "14,0",
                                          "Sykefravær",         "975283488",
                                          "/tilstandsrapport/", "Bud skule" };

    become(f, 0, NULL, "2026-11-23");
    g_autoptr(Reply) page = test_get(f->app, "/");

    g_assert_cmpint(page->status, ==, 200);
    for (size_t i = 0; i < G_N_ELEMENTS(there); i++)
        if (!strstr(page->body, there[i]))
            g_error("the front page lacks %s", there[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(hidden); i++)
        if (strstr(page->body, hidden[i]))
            g_error("the front page shows %s", hidden[i]);
    g_autoptr(Reply) list = test_get(f->app, "/rapporter");
    g_assert_cmpint(list->status, ==, 200);
    g_assert_null(strstr(list->body, "2012/13"));
}

static void the_draft_is_not_there_for_the_public(gconstpointer data)
{
    const Fixture *f = data;
    g_autoptr(GError) error = NULL;
    ReportList all;

    g_assert_true(tilstandsrapport_list(f->app->db, f->arena, f->eide, &all, &error));
    g_autofree char *path =
        g_strdup_printf("/tilstandsrapport/%s", id_text(all.v[0].id, (char[ID_TEXT]){ 0 }));
    become(f, 0, NULL, "2026-11-23");
    g_autoptr(Reply) page = test_get(f->app, path);
    g_assert_cmpint(page->status, ==, 404);
}

static void home_shows_the_step_that_is_next(gconstpointer data)
{
    const Fixture *f = data;

    become(f, f->eide, "FS", "2013-06-06");
    g_autoptr(Reply) chief = test_get(f->app, "/hjem");
    g_assert_cmpint(chief->status, ==, 200);
    g_assert_nonnull(strstr(chief->body, "Fagsjef Demo"));
    const char *now = strstr(chief->body, "aria-current=\"step\"");
    g_assert_nonnull(now);
    g_assert_nonnull(strstr(now, "2013-06-11"));
    g_assert_null(strstr(chief->body, "href=\"/dato\""));

    become(f, f->eide, "PO", "2013-06-06");
    g_autoptr(Reply) politician = test_get(f->app, "/hjem");
    g_assert_cmpint(politician->status, ==, 200);
    g_assert_null(strstr(politician->body, "aria-current=\"step\""));
    g_assert_nonnull(strstr(politician->body, "2013-06-20"));

    become(f, f->eide, "AD", "2013-06-06");
    g_autoptr(Reply) admin = test_get(f->app, "/hjem");
    g_assert_nonnull(strstr(admin->body, "href=\"/dato\""));
}

static void the_handbook_is_there_in_three_languages(gconstpointer data)
{
    const Fixture *f = data;
    static const char *const paths[] = { "/hjelp",
                                         "/hjelp/kom-i-gang",
                                         "/hjelp/hente-tall",
                                         "/hjelp/lese-tall",
                                         "/hjelp/skrive",
                                         "/hjelp/seks-steg",
                                         "/hjelp/sma-grupper",
                                         "/hjelp/publisere",
                                         "/hjelp/tilgang",
                                         "/hjelp/alt",
                                         "/ord",
                                         "/tilgjengelighet",
                                         "/om" };

    become(f, 0, NULL, "2026-11-23");
    for (size_t i = 0; i < N_LANG * G_N_ELEMENTS(paths); i++) {
        f->app->lang = (Lang)(i % N_LANG);
        g_autoptr(Reply) page = test_get(f->app, paths[i / N_LANG]);

        g_test_message("%s %s", i18n_tag(f->app->lang), paths[i / N_LANG]);
        g_assert_cmpint(page->status, ==, 200);
        g_assert_nonnull(strstr(page->body, "<h1>"));
        g_assert_null(strstr(page->body, "%% "));
    }
    g_autoptr(Reply) none = test_get(f->app, "/hjelp/finnes-ikke");
    g_assert_cmpint(none->status, ==, 404);
    g_autoptr(Reply) unlisted = test_get(f->app, "/hjelp/.om");
    g_assert_cmpint(unlisted->status, ==, 404);
}

static void a_seed_part_ends_where_the_next_begins(void)
{
    g_autoptr(Arena) arena = arena_new();
    const char *text = "%% a body\nen\nto %% b\n%% b body\ntre\n";

    g_assert_cmpstr(demo_seed_part(arena, text, "a body"), ==, "en\nto %% b\n");
    g_assert_cmpstr(demo_seed_part(arena, text, "b body"), ==, "tre\n");
    g_assert_cmpstr(demo_seed_part(arena, text, "b"), ==, "");
}

static void milestones_come_in_the_order_of_time(void)
{
    g_autoptr(TestApp) app = test_app(&offentlig_slice, PERM_PUBLIC, PERM_PUBLIC);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const Milestone late = { "2011-H1", "Sist", "", "syntetisk" },
                    early = { "2009", "Først", "", "seed" },
                    wrong = { "i fjor", "Aldri", "", "seed" };
    MilestoneList all;

    g_assert_true(offentlig_add_milestone(app->db, 1, &late, &error));
    g_assert_true(offentlig_add_milestone(app->db, 1, &early, &error));
    g_assert_false(offentlig_add_milestone(app->db, 1, &wrong, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_true(offentlig_milestones(app->db, arena, 1, &all, &error));
    g_assert_cmpuint(all.n, ==, 2);
    g_assert_cmpstr(all.v[0].title, ==, "Først");
    g_assert_cmpstr(all.v[1].title, ==, "Sist");
    g_autoptr(Reply) front = test_get(app, "/");
    g_assert_cmpint(front->status, ==, 200);
    g_assert_nonnull(
        strstr(front->body, "<h1>How are the schools and kindergartens of Prøve kommune doing?"));
    const char *first = strstr(front->body, "Først");
    g_assert_nonnull(first);
    g_assert_nonnull(strstr(first, "Sist"));
    g_assert_null(
        strstr(front->body, "<table")); /* no figures of a municipality Udir does not know */
}

static void set_up(Fixture *f)
{
    g_autoptr(GError) error = NULL;
    Eier eier;

    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_assert_true(auth_start(&error));
    f->app = test_app(NULL, PERM_PUBLIC, PERM_PUBLIC);
    f->arena = arena_new();
    Demo demo = demo_of(f);
    if (!demo_make(&demo, &error))
        g_error("the demo cannot be made: %s", error->message);
    g_assert_cmpint(demo.made, >, 0);
    g_assert_true(eier_get_number(f->app->db, f->arena, "1551", &eier, &error));
    f->eide = eier.id;
    g_assert_true(eier_get_number(f->app->db, f->arena, "1579", &eier, &error));
    f->hustadvika = eier.id;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*test)(gconstpointer);
    } cases[] = {
        { "/demo/make/twice", a_second_run_changes_nothing },
        { "/demo/make/no-files", without_files_it_says_where_they_should_be },
        { "/demo/eide/state", eide_rests_after_the_dialogue },
        { "/demo/hustadvika/schools", hustadvika_has_udirs_schools_and_a_draft },
        { "/demo/logins/sign-in", everybody_can_sign_in },
        { "/demo/files/figures", the_files_show_the_figures },
        { "/offentlig/front/story", the_front_page_tells_the_story_and_nothing_of_the_draft },
        { "/offentlig/draft/hidden", the_draft_is_not_there_for_the_public },
        { "/hjem/show/next-step", home_shows_the_step_that_is_next },
        { "/hjelp/show/languages", the_handbook_is_there_in_three_languages },
    };
    Fixture f = { 0 };

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/demo/seed/part", a_seed_part_ends_where_the_next_begins);
    g_test_add_func("/offentlig/milestones/order", milestones_come_in_the_order_of_time);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_test_add_data_func(cases[i].name, &f, cases[i].test);
    set_up(&f);
    int code = g_test_run();
    test_app_free(f.app);
    arena_free(f.arena);
    return code;
}
