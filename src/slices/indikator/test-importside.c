/* test-importside.c - files in by the browser, and the schools they propose, through the routes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-importside.h"
#include "tilgang.h"

static void a_good_file_is_shown_then_stored_as_it_was(void)
{
    static const char *const files[] = { "ansatte.csv", GOOD, NULL };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) tried = send_files(&f, "egne", files);
    g_autofree char *key = key_of(tried), *form = g_strconcat("gjor=lagre&fil=", key, NULL);

    g_assert_cmpint(tried->status, ==, 200);
    g_assert_true(holds(tried, "This file can be stored"));
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi"), ==, 0);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM import_fil WHERE state = 'lest'"),
                    ==, 1);
    g_autoptr(Reply) stored = test_post(f.app, f.path, form);
    g_assert_cmpint(stored->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi WHERE value = 34"), ==, 1);
    g_assert_cmpint(
        test_db_int(f.app->db, "SELECT COUNT(*) FROM import_fil WHERE length(data) > 0"), ==, 0);
    g_autoptr(Reply) history = test_get(f.app, "/import");
    g_assert_true(holds(history, "ansatte.csv") && holds(history, "Prøve Person"));
    g_autoptr(Reply) again = send_files(&f, "egne", files);
    g_assert_true(holds(again, "imported before") && !holds(again, "name=\"fil\""));
}

static void a_bad_file_is_told_where_and_the_good_one_beside_it_waits(void)
{
    static const char *const files[] = {
        "feil.csv",
        "enhet;indikator;periode;verdi\n975283518;ANSATTE;2025;34\n"
        "975283518;ANSATTE;2026;mange\n",
        "ansatte.csv", GOOD, NULL
    };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) tried = send_files(&f, "egne", files);
    g_assert_cmpint(tried->status, ==, 200);
    g_assert_true(holds(tried, "3:4"));
    g_assert_true(holds(tried, "Import 1 file"));
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi"), ==, 0);
}

static void another_persons_upload_and_an_old_one_are_not_stored(void)
{
    static const char *const files[] = { "ansatte.csv", GOOD, NULL };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) tried = send_files(&f, "egne", files);
    g_autofree char *key = key_of(tried), *form = g_strconcat("gjor=lagre&fil=", key, NULL);

    f.app->user.id = 8;
    g_autoptr(Reply) other = test_post(f.app, f.path, form);
    g_assert_cmpint(other->status, ==, 404);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi"), ==, 0);
    f.app->user.id = 7;
    test_db_exec(f.app->db, "DELETE FROM import_bunke", NULL);
    g_autoptr(Reply) late = test_post(f.app, f.path, form);
    g_assert_cmpint(late->status, ==, 404);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi "), ==, 0);
}

static void the_shared_store_is_for_those_who_may(void)
{
    g_autofree char *text =
        indikator_test_udir("2024-25", "1\tI\t00\t0000\tI\tHele landet\tAlle fylker\tAlle "
                                       "kommuner\tAlle skoler\t50\t0,1\t100\t49\t0,1\t100"
                                       "\t49\t0,1\t100");
    const char *const files[] = { "udir.csv", text, NULL };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) refused = send_files(&f, "felles", files);
    g_assert_cmpint(refused->status, ==, 422);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM import_fil"), ==, 0);
    test_app_grant(f.app, PERM_SHARED_IMPORT);
    g_autoptr(Reply) tried = send_files(&f, "felles", files);
    g_assert_cmpint(tried->status, ==, 200);
    g_autofree char *key = key_of(tried), *form = g_strconcat("gjor=lagre&fil=", key, NULL);
    f.app->user.perms[PERM_SHARED_IMPORT / 64] &= ~(UINT64_C(1) << (PERM_SHARED_IMPORT % 64));
    g_autoptr(Reply) withdrawn = test_post(f.app, f.path, form);
    g_assert_cmpint(withdrawn->status, ==, 403);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM stat_datasett"), ==, 1);
}

static void a_reader_sees_the_history_alone(void)
{
    g_auto(Fixture) f = fixture_new();

    test_app_grant(f.app, PERM_DATASET_READ);
    g_autoptr(Reply) page = test_get(f.app, "/import");
    g_autoptr(Reply) post = test_post(f.app, "/import", "hvor=egne");

    g_assert_cmpint(page->status, ==, 200);
    g_assert_false(holds(page, "type=\"file\""));
    g_assert_cmpint(post->status, ==, 403);
}

static void proposed_schools_are_added_one_and_all(void)
{
    g_auto(Fixture) f = fixture_new();

    test_db_exec(f.app->db, "UPDATE eier SET number = '1580' WHERE number = '1579'", NULL);
    test_db_exec(f.app->db, "UPDATE stat_enhet_navn SET kommune = '1580' WHERE kommune = '1577'",
                 NULL);
    g_autoptr(Reply) hidden = test_get(f.app, "/enheter/forslag");
    g_assert_cmpint(hidden->status, ==, 403);
    test_app_grant(f.app, PERM_UNIT_WRITE);
    g_autoptr(Reply) page = test_get(f.app, "/enheter/forslag");
    const char *at = strstr(page->body, "name=\"skole\" value=\"9");
    g_assert_nonnull(at);
    g_autofree char *code = g_strndup(at + 20, 9), *form = g_strconcat("skole=", code, NULL);
    int64_t before = test_db_int(f.app->db, "SELECT COUNT(*) FROM enhet");
    g_autoptr(Reply) one = test_post(f.app, "/enheter/forslag", form);
    g_assert_cmpint(one->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM enhet"), ==, before + 1);
    g_autoptr(Reply) all = test_post(f.app, "/enheter/forslag", "skole=");
    g_assert_cmpint(all->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM enhet"), >, before + 1);
    g_autoptr(Reply) empty = test_get(f.app, "/enheter/forslag");
    g_assert_true(holds(empty, "There are none"));
}

static void a_school_with_a_new_number_is_proposed_and_never_joined_by_itself(void)
{
    g_autofree char *text =
        indikator_test_udir("2026-27", "4\tI\t15\t1579\t974760673\tHele landet\tMøre og Romsdal\t"
                                       "Hustadvika\tEide barneskule\t50\t0,1\t100\t49\t0,1\t100"
                                       "\t49\t0,1\t100");
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    indikator_test_text(f.app->db, f.arena, 0, "nytt.csv", text, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    test_app_grant(f.app, PERM_UNIT_WRITE);
    g_autoptr(Reply) page = test_get(f.app, "/enheter/forslag");
    g_assert_true(holds(page, "name=\"etterfolger\" value=\"974760673\""));
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM enhet_etterfolger"), ==, 0);
    g_autoptr(Reply) no = test_post(f.app, "/enheter/forslag", "ikke=974760673");
    g_assert_cmpint(no->status, ==, 303);
    g_autoptr(Reply) after = test_get(f.app, "/enheter/forslag");
    g_assert_false(holds(after, "name=\"etterfolger\""));
    test_db_exec(f.app->db, "DELETE FROM etterfolger_avvist", NULL);
    g_autoptr(Reply) yes = test_post(f.app, "/enheter/forslag", "etterfolger=974760673");
    g_assert_cmpint(yes->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db,
                                "SELECT COUNT(*) FROM enhet_etterfolger WHERE relation = "
                                "'erstattet_av' AND other = '974760673'"),
                    ==, 1);
    g_assert_cmpint(
        test_db_int(f.app->db, "SELECT COUNT(*) FROM enhet_identitet WHERE value = '974760673'"),
        ==, 1);
    g_autoptr(Reply) again = test_post(f.app, "/enheter/forslag", "etterfolger=974760673");
    g_assert_cmpint(again->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM enhet_etterfolger "), ==, 1);
}

/* --- what a newcomer runs into --- */

static char *udir_bytes(void)
{
    g_autofree char *path = g_strconcat("demo/data/udir/", indikator_test_files[3], NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    return g_convert(bytes, (gssize)size, "UTF-8", "UTF-16", NULL, NULL, NULL);
}

static void give_role(Fixture *f, const char *role)
{
    g_autoptr(GError) error = NULL;

    tilgang_grant(f->app->db, f->owner, 7, role, 0, "2020-01-01", &error);
    g_assert_no_error(error);
}

static void a_national_file_is_stopped_on_its_way_to_own_figures(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *text = udir_bytes();
    const char *const files[] = { "hele-landet.csv", text, NULL };

    grant_import(&f);
    g_assert_nonnull(text);
    g_autoptr(Reply) alone = send_files(&f, "egne", files);
    g_assert_cmpint(alone->status, ==, 200);
    g_assert_true(holds(alone, "public statistics for the whole country"));
    g_assert_true(holds(alone, "type=\"checkbox\" name=\"fil\""));
    g_assert_false(holds(alone, "This file can be stored"));
    g_assert_false(holds(alone, "action=\"/rolle\""));

    give_role(&f, "IA");
    g_autoptr(Reply) both = send_files(&f, "egne", files);
    g_assert_true(holds(both, "Change to the role Administrator of the installation"));
    g_assert_true(holds(both, "name=\"til\" value=\"/import\""));
    g_assert_false(holds(both, "name=\"fil\""));
    test_app_grant(f.app, PERM_SHARED_IMPORT);
    g_autoptr(Reply) shared = send_files(&f, "felles", files);
    g_assert_cmpint(shared->status, ==, 200);
    g_assert_true(holds(shared, "This file can be stored"));
}

static void one_look_tells_every_problem(void)
{
    static const char *const files[] = { "feil.csv",
                                         "enhet;indikator;periode;verdi\n"
                                         "975283518;ANSATTE;2025;mange\n"
                                         "974760673;ANSATTE;2025;3\n"
                                         "975283518;FINNES.IKKE;2025;3\n"
                                         "999999999;ANSATTE;2025;x\n",
                                         "tom.csv", "enhet;indikator;periode;verdi\n", NULL };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) tried = send_files(&f, "egne", files);
    g_assert_cmpint(tried->status, ==, 200);
    const char *cell = strstr(tried->body, ">2:4<"), *unit = strstr(tried->body, ">3:1<");
    const char *code = strstr(tried->body, ">4:2<");
    g_assert_true(cell && unit && code && cell < unit && unit < code);
    g_assert_true(holds(tried, "No unit of this owner has the number 974760673"));
    g_assert_true(holds(tried, "no indicator &quot;FINNES.IKKE&quot;"));
    g_assert_true(holds(tried, ">5:4<"));
    g_assert_true(holds(tried, "the whole file") && holds(tried, "Own table of values"));
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi"), ==, 0);
}

static void many_problems_are_counted(void)
{
    g_autoptr(GString) text = g_string_new("enhet;indikator;periode;verdi\n");
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    for (int i = 0; i < 520; i++)
        g_string_append_printf(text, "975283518;FINNES.%d;2025;3\n975283518;ANSATTE;%d;x\n", i,
                               1980 + i % 40);
    indikator_test_text(f.app->db, f.arena, f.owner, "mange.csv", text->str, &r);
    g_assert_cmpuint(r.n_errors, ==, 1001);
    g_assert_cmpint(r.errors[0].line, ==, 2);
    g_assert_cmpint(r.errors[999].line, ==, 1001);
    g_assert_cmpint(r.errors[1000].line, ==, 0);
    g_assert_nonnull(strstr(r.errors[1000].message, "and 40 more"));
}

static void the_template_is_read_without_an_error(void)
{
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    grant_import(&f);
    g_autoptr(Reply) page = test_get(f.app, "/import");
    g_assert_true(holds(page, "href=\"/import/mal\""));
    g_autoptr(Reply) file = test_get(f.app, "/import/mal.csv");
    g_assert_cmpint(file->status, ==, 200);
    g_assert_true(holds(file, "enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n;teller;"
                              "nevner;status;kvalitativ;kilde"));
    g_autofree char *text = g_strndup(file->body, file->size);
    indikator_test_text(f.app->db, f.arena, f.owner, "mal.csv", text, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_cmpint(r.values, ==, 2);
    g_assert_cmpint(
        test_db_int(f.app->db,
                    "SELECT COUNT(*) FROM verdi WHERE n = 34 AND value BETWEEN 6.99 AND 7.01"),
        ==, 1);
}

static void proposals_point_to_the_role_that_may(void)
{
    static const char *const files[] = { "ansatte.csv", GOOD, NULL };
    g_auto(Fixture) f = fixture_new();

    test_db_exec(f.app->db, "UPDATE eier SET number = '1580' WHERE number = '1579'", NULL);
    test_db_exec(f.app->db, "UPDATE stat_enhet_navn SET kommune = '1580' WHERE kommune = '1577'",
                 NULL);
    g_autoptr(Reply) nobody = test_get(f.app, "/enheter/forslag");
    g_assert_cmpint(nobody->status, ==, 403);
    give_role(&f, "AD");
    g_autoptr(Reply) page = test_get(f.app, "/enheter/forslag");
    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "Your role Administrator can."));
    g_assert_true(holds(page, "name=\"til\" value=\"/enheter/forslag\""));
    g_assert_false(holds(page, "name=\"skole\""));
    g_autoptr(Reply) post = test_post(f.app, "/enheter/forslag", "skole=");
    g_assert_cmpint(post->status, ==, 403);

    grant_import(&f);
    g_autoptr(Reply) tried = send_files(&f, "egne", files);
    g_autofree char *key = key_of(tried), *form = g_strconcat("gjor=lagre&fil=", key, NULL);
    g_autoptr(Reply) stored = test_post(f.app, f.path, form);
    g_assert_cmpint(stored->status, ==, 303);
    g_assert_nonnull(strstr(stored->headers, "can%20be%20added"));
    g_autoptr(Reply) after = test_get(f.app, "/import");
    g_assert_true(holds(after, "can be added.") && holds(after, "href=\"/enheter/forslag\""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/import/stored", a_good_file_is_shown_then_stored_as_it_was);
    g_test_add_func("/indikator/import/wrong",
                    a_bad_file_is_told_where_and_the_good_one_beside_it_waits);
    g_test_add_func("/indikator/import/not-theirs",
                    another_persons_upload_and_an_old_one_are_not_stored);
    g_test_add_func("/indikator/import/shared", the_shared_store_is_for_those_who_may);
    g_test_add_func("/indikator/import/reader", a_reader_sees_the_history_alone);
    g_test_add_func("/indikator/proposals/page", proposed_schools_are_added_one_and_all);
    g_test_add_func("/indikator/import/national",
                    a_national_file_is_stopped_on_its_way_to_own_figures);
    g_test_add_func("/indikator/import/every-problem", one_look_tells_every_problem);
    g_test_add_func("/indikator/import/many-problems", many_problems_are_counted);
    g_test_add_func("/indikator/import/template", the_template_is_read_without_an_error);
    g_test_add_func("/indikator/proposals/other-role", proposals_point_to_the_role_that_may);
    g_test_add_func("/indikator/proposals/successor",
                    a_school_with_a_new_number_is_proposed_and_never_joined_by_itself);
    return g_test_run();
}
