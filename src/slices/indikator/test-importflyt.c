/* test-importflyt.c - what comes after the preview: undoing, answers, jobs, and templates that come back.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "jobb.h"
#include "parse-job.h"
#include "testing-importside.h"

static void undo_brings_back_what_was_replaced_and_redo_the_other(void)
{
    static const char *const first[] = { "en.csv", GOOD, NULL };
    static const char *const second[] = {
        "to.csv", "enhet;indikator;periode;verdi\n975283518;ANSATTE;2025;36\n", NULL
    };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) a = send_files(&f, "egne", first);
    g_autofree char *a_key = key_of(a), *a_form = g_strconcat("gjor=lagre&fil=", a_key, NULL);
    g_autoptr(Reply) a_stored = test_post(f.app, f.path, a_form);
    g_assert_cmpint(a_stored->status, ==, 303);
    g_autoptr(Reply) b = send_files(&f, "egne", second);
    g_assert_true(holds(b, "<td>34</td><td>36</td>")); /* the change is shown */
    g_assert_true(holds(b, "en.csv"));                 /* and the file it looks like */
    g_autofree char *b_key = key_of(b), *b_form = g_strconcat("gjor=lagre&fil=", b_key, NULL);
    g_autoptr(Reply) b_stored = test_post(f.app, f.path, b_form);
    g_assert_cmpint(b_stored->status, ==, 303);
    g_autoptr(Reply) done = test_get(f.app, f.path);
    const char *at = strstr(done->body, "/import/historikk/");

    g_assert_nonnull(at);
    g_autofree char *path = g_strndup(at, strcspn(at, "\""));
    g_assert_cmpint(
        test_db_int(f.app->db, "SELECT CAST(value AS BIGINT) FROM verdi WHERE current = 1"), ==,
        36);
    g_autoptr(Reply) page = test_get(f.app, path);
    g_assert_true(holds(page, "to.csv") && holds(page, "Undo the import"));
    g_autoptr(Reply) unticked = test_post(f.app, path, "gjor=angre");
    g_assert_cmpint(unticked->status, ==, 422);
    g_autoptr(Reply) undone = test_post(f.app, path, "gjor=angre&ja=1");
    g_assert_cmpint(undone->status, ==, 303);
    g_assert_cmpint(
        test_db_int(f.app->db, "SELECT CAST(value AS BIGINT) FROM verdi WHERE current = 1 "), ==,
        34);
    g_autoptr(Reply) twice = test_post(f.app, path, "gjor=angre&ja=1");
    g_assert_cmpint(twice->status, ==, 303);
    g_autoptr(Reply) seen = test_get(f.app, path);
    g_assert_true(holds(seen, "This import is undone"));
    g_autoptr(Reply) again = send_files(&f, "egne", second);
    g_assert_true(holds(again, "brings its values back"));
    g_autoptr(Reply) redone = test_post(f.app, path, "gjor=gjenta&ja=1");
    g_assert_cmpint(redone->status, ==, 303);
    g_assert_cmpint(
        test_db_int(f.app->db, "SELECT CAST(value AS BIGINT) FROM verdi WHERE current = 1  "), ==,
        36);
}

#define LONG_HEADER                                                                                \
    "Enhetsnavn;Skoletype;Vurderingsområde;Statistikk;Indikator/delskår;Periode;Eierform;Trinn;" \
    "Kjønn;Verdi;Måleenhet\n"

static void an_unknown_name_is_asked_about_and_the_answer_used(void)
{
    static const char *const files[] = {
        "skoleporten.csv",
        LONG_HEADER "Bud gamle skule;Grunnskole;Læringsresultater;Nasjonale prøver 5. "
                    "trinn;Lesing;2014-2015;Offentlig;Trinn 5;Begge kjønn;48;Skalapoeng\n"
                    "Eide barneskule;Grunnskole;Læringsresultater;Nasjonale prøver 5. "
                    "trinn;Lesing;2014-2015;Offentlig;Trinn 5;Begge kjønn;.;Skalapoeng\n",
        NULL
    };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) asked = send_files(&f, "egne", files);
    g_assert_true(holds(asked, "What do these mean"));
    g_assert_true(holds(asked, "Bud gamle skule"));
    g_assert_false(holds(asked, "Eide barneskule</strong>")); /* known: skule is skole */
    g_autofree char *key = key_of(asked), *path = g_strconcat(f.path, "/svar", NULL);
    g_autofree char *form =
        g_strconcat("fil=", key, "&slag=enhet&tekst=Bud+gamle+skule&svar=975283488", NULL);
    g_autoptr(Reply) answered = test_post(f.app, path, form);
    g_assert_cmpint(answered->status, ==, 303);
    g_autoptr(Reply) ready = test_get(f.app, f.path);
    g_assert_true(holds(ready, "This file can be stored"));
    g_autofree char *store = g_strconcat("gjor=lagre&fil=", key, NULL);
    g_autoptr(Reply) stored = test_post(f.app, f.path, store);
    g_assert_cmpint(stored->status, ==, 303);
    g_assert_cmpint(
        test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi WHERE status = 'ok' AND value = 48"), ==,
        1);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi WHERE status = 'missing'"),
                    ==, 1);
    g_autoptr(Reply) answers = test_get(f.app, "/import/tilordning");
    g_assert_true(holds(answers, "Bud gamle skule"));
    const char *id = strstr(answers->body, "name=\"id\" value=\"");
    g_assert_nonnull(id);
    g_autofree char *forget = g_strdup_printf("gjor=glem&id=%.13s", id + 17);
    g_autoptr(Reply) forgotten = test_post(f.app, "/import/tilordning", forget);
    g_assert_cmpint(forgotten->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM import_tilordning"), ==, 0);
}

/* An answer holds for the whole municipality: a role of one unit says nothing about the others. */
static void a_unit_answers_for_itself_alone(void)
{
    static const char *const files[] = {
        "skoleporten.csv",
        LONG_HEADER "Bud gamle skule;Grunnskole;Læringsresultater;Nasjonale prøver 5. "
                    "trinn;Lesing;2014-2015;Offentlig;Trinn 5;Begge kjønn;48;Skalapoeng\n",
        NULL
    };
    static const char *const refused[] = { "tekst=Bud+gamle+skule&svar=975283488",
                                           "tekst=Hustad+skule&svar=-",
                                           "tekst=Hustad+skule&svar=975283518" };
    const char *saved = "SELECT COUNT(*) FROM import_tilordning";
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    f.app->user.unit_only[PERM_DATASET_IMPORT / 64] |= UINT64_C(1) << PERM_DATASET_IMPORT % 64;
    g_assert_true(enhet_find(f.app->db, f.owner, "975283518", &f.app->user.unit, NULL));
    g_autoptr(Reply) asked = send_files(&f, "egne", files);
    g_autofree char *key = key_of(asked), *path = g_strconcat(f.path, "/svar", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autofree char *form = g_strconcat("fil=", key, "&slag=enhet&", refused[i], NULL);
        g_autoptr(Reply) r = test_post(f.app, path, form);

        g_assert_cmpint(r->status, ==, 303);
        g_assert_cmpint(test_db_int(f.app->db, saved), ==, 0);
    }
    g_autofree char *own =
        g_strconcat("fil=", key, "&slag=enhet&tekst=Bud+gamle+skule&svar=975283518", NULL);
    G_GNUC_UNUSED g_autoptr(Reply) answered = test_post(f.app, path, own);

    g_assert_cmpint(test_db_int(f.app->db, saved), ==, 1);
    g_autoptr(Reply) kept = test_post(f.app, "/import/tilordning", "gjor=glem&id=0000000000001");

    g_assert_cmpint(kept->status, ==, 403);
    g_autoptr(Reply) dropped = test_post(f.app, f.path, "gjor=dropp");

    g_assert_cmpint(dropped->status, ==, 303);
}

static void many_files_are_read_by_a_job(void)
{
    g_auto(Fixture) f = fixture_new();
    const char *files[21] = { NULL };
    g_autoptr(GError) error = NULL;
    int n = 0;

    for (size_t i = 0; i < 10; i++) {
        files[2 * i] = arena_printf(f.arena, "fil-%zu.csv", i);
        files[2 * i + 1] = arena_printf(
            f.arena, "enhet;indikator;periode;verdi\n975283518;ANSATTE;%zu;3\n", 2001 + i);
    }
    grant_import(&f);
    g_autoptr(Reply) waits = send_files(&f, "egne", files);
    g_assert_true(holds(waits, "10 files are being read"));
    jobb_run_due(f.app->db, g_get_real_time() + G_TIME_SPAN_HOUR, &n, &error);
    g_assert_no_error(error);
    g_assert_cmpint(n, >=, 1);
    g_autoptr(Reply) done = test_get(f.app, f.path);
    g_assert_true(holds(done, "Import 10 files"));
    g_autoptr(Reply) dropped = test_post(f.app, f.path, "gjor=dropp");
    g_assert_cmpint(dropped->status, ==, 303);
    g_assert_cmpint(
        test_db_int(f.app->db,
                    "SELECT COUNT(*) FROM import_fil WHERE state = 'droppet' AND length(data) = 0"),
        ==, 10);
}

static void the_templates_come_back_as_they_were_filled(void)
{
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) page = test_get(f.app, "/import/mal?ar=2012");
    g_assert_true(holds(page, "/import/mal/sykefravar-2012.xlsx"));
    g_autoptr(Reply) csv = test_get(f.app, "/import/mal/sykefravar-2012.csv");
    g_assert_cmpint(csv->status, ==, 200);
    const char *row = strstr(csv->body, "975283518;");
    g_assert_nonnull(row);
    row = strstr(row, "2012K1;");
    g_autofree char *head = g_strndup(csv->body, (size_t)(row - csv->body) + 7);
    g_autofree char *filled = g_strconcat(head, "400;56;30;lønn", strstr(row, "\r\n"), NULL);
    const char *const files[] = { "syk.csv", filled, NULL };
    g_autoptr(Reply) tried = send_files(&f, "egne", files);
    g_assert_true(holds(tried, "This file can be stored"));
    g_autofree char *key = key_of(tried), *form = g_strconcat("gjor=lagre&fil=", key, NULL);
    g_autoptr(Reply) stored = test_post(f.app, f.path, form);
    g_assert_cmpint(stored->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi"), ==, 1);
    g_assert_cmpint(test_db_int(f.app->db,
                                "SELECT COUNT(*) FROM verdi WHERE n = 30 AND denominator = 400 "
                                "AND value > 13.99 AND value < 14.01"),
                    ==, 1);
    g_autoptr(Reply) book = test_get(f.app, "/import/mal/sykefravar-2012.xlsx");
    g_assert_cmpint(book->status, ==, 200);
    g_assert_true(indikator_parse_is_workbook(book->body, book->size));
    g_autoptr(ParsedFile) empty = indikator_parse("m.xlsx", book->body, book->size, "xlsx");
    g_assert_cmpstr(empty->format, ==,
                    "values-csv"); /* nothing filled in yet, and that is what it says */
    g_assert_cmpuint(empty->n_errors, ==, 1);
    g_assert_cmpuint(empty->counts.missing, >=, 28);
    g_autoptr(Reply) facts = test_get(f.app, "/import/mal/fakta-2012.xlsx");
    g_autoptr(ParsedFile) f2 = indikator_parse("f.xlsx", facts->body, facts->size, NULL);
    g_assert_cmpstr(f2->format, ==, "fakta-csv");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/import/undo",
                    undo_brings_back_what_was_replaced_and_redo_the_other);
    g_test_add_func("/indikator/import/asks", an_unknown_name_is_asked_about_and_the_answer_used);
    g_test_add_func("/indikator/import/unit-answers", a_unit_answers_for_itself_alone);
    g_test_add_func("/indikator/import/job", many_files_are_read_by_a_job);
    g_test_add_func("/indikator/import/templates", the_templates_come_back_as_they_were_filled);
    return g_test_run();
}
