/* test-kilde.c - sources from being set up to figures that count, against a server that replays answers:
 * good ones and the same again, torn, changed, refused. What a person sees is told by the pages.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-kilde.h"

#define UDIR "demo/data/udir/2025-26_20260218-1045_Nasjonale_proever_5._trinn.csv"
#define SHARED "../shared/data/"

/* --- good answers --- */

static void an_answer_waits_for_a_yes_with_the_same_preview(void)
{
    g_auto(Fixture) f = fixture_new();

    say(&f, KLASS, "\"1\"");
    reply_free(set_up(&f, "Klass", "json", "&paa=1"));
    fetch_at(&f, NOW);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 0);
    assert_page(&f, "waits for a yes");
    g_autofree char *answer = answer_path(&f), *file = g_strconcat(f.path, answer, NULL);
    g_autoptr(Reply) copy = test_get(f.app, file);
    g_assert_cmpuint(copy->size, ==, strlen(KLASS));
    g_assert_true(!memcmp(copy->body, KLASS, copy->size));
    g_autoptr(Reply) shown = act(&f, answer, "gjor=vis");
    g_assert_true(g_str_has_prefix(shown->location, "/import/filer/"));
    g_autoptr(Reply) preview = test_get(f.app, shown->location);
    const char *key = strstr(preview->body, "name=\"fil\" value=\"");
    g_assert_nonnull(key);
    g_autofree char *yes = g_strdup_printf("gjor=lagre&fil=%.13s", key + 18);
    g_autoptr(Reply) stored = test_post(f.app, shown->location, yes);
    g_assert_cmpint(stored->status, ==, 303);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 1);
    assert_page(&f, ">imported<");
    g_autoptr(Reply) all = test_get(f.app, "/kilder");
    g_assert_nonnull(strstr(all->body, "/import/historikk/"));
    g_assert_nonnull(strstr(all->body, "1 answer stored"));
}

static void the_same_answer_is_nothing_new(void)
{
    g_auto(Fixture) f = fixture_new();

    say(&f, KLASS, "\"1\"");
    reply_free(set_up(&f, "Klass", "json", "&paa=1&rett=1"));
    fetch_at(&f, NOW);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 1);
    fetch_at(&f, NOW + G_USEC_PER_SEC); /* 304 by its mark */
    g_autofree char *question = test_replay_question(f.replay);
    g_assert_nonnull(strstr(question, "If-None-Match: \"1\""));
    say(&f, KLASS, NULL); /* the same bytes, sent again in full */
    fetch_at(&f, NOW + 2 * G_USEC_PER_SEC);
    g_assert_cmpint(test_replay_asked(f.replay), ==, 3);
    g_assert_cmpint(count(&f, "kilde_svar"), ==, 1);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 1);
    g_assert_cmpint(count(&f, "revisjon WHERE act = 'import.lagret'"), ==, 1);
}

static void days_and_years_are_filled_in(void)
{
    g_autoptr(Arena) arena = arena_new();
    g_auto(Fixture) f = fixture_new();
    char day[DATE_TEXT];

    say(&f, KLASS, NULL);
    reply_free(set_up(&f, "Klass", "json", "&paa=1"));
    fetch_at(&f, NOW);
    g_autofree char *question = test_replay_question(f.replay);
    g_autofree char *line = g_strdup_printf("GET /data?til=%s HTTP", time_date(NOW, day));
    g_assert_true(g_str_has_prefix(question, line));
    g_assert_cmpstr(kilde_filled(arena, "{aar} {fjoraar}12 {dato}", "2026-01-31"), ==,
                    "2026 202512 2026-01-31");
}

static void a_file_of_udir_comes_whole(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autofree char *data = NULL;
    gsize size;

    g_assert_true(g_file_get_contents(UDIR, &data, &size, NULL));
    test_replay_say(f.replay, &(ReplayAnswer){ .type = "text/csv", .body = data, .size = size });
    reply_free(set_up(&f, "Udir", "csv", "&paa=1&rett=1"));
    fetch_at(&f, NOW);
    g_assert_cmpint(count(&f, "stat_datasett WHERE format = 'udir-csv' AND n_rows = 2445"), ==, 1);
    g_assert_cmpint(count(&f, "stat_verdi WHERE status = 'ok'"), >, 1000);
    assert_page(&f, ">imported<");
}

/* Every file of the corpus that an API could send: stored byte for byte, and no crash. */
static void the_corpus_is_replayed(void)
{
    static const struct {
        const char *file, *kind, *type;
    } all[] = { { "klass/klass131_changes_2026.json", "json", NULL },
                { "nsr/list-page-1-of-5.json", "json", NULL },
                { "ssb/kostra_12134_jsonstat2.json", "json", NULL },
                { "jsonstat/ssb_29843.json", "json", NULL },
                { "udir/eksport_152_indikatorer_sample.json", "json", NULL },
                { "udir/elevundersokelsen_tabell_154_mobbing.json", "json", NULL },
                { "udir/elevundersokelsen_tabell_155_deltakelse.json", "json", NULL },
                { "udir/Elevundersokelsen_VT_2021.xlsx", "xlsx", "application/octet-stream" },
                { "px/tab_101.px", "px", "text/plain" } };
    g_auto(Fixture) f = fixture_new();

    if (!g_file_test(SHARED, G_FILE_TEST_IS_DIR)) {
        g_test_skip("../shared/data is not here");
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *path = g_strconcat(SHARED, all[i].file, NULL), *data = NULL;
        g_autofree char *name = g_strdup_printf("K%zu", i), *wanted = NULL;
        gsize size;

        g_assert_true(g_file_get_contents(path, &data, &size, NULL));
        test_replay_say(f.replay,
                        &(ReplayAnswer){ .type = all[i].type, .body = data, .size = size });
        reply_free(set_up(&f, name, all[i].kind, ""));
        fetch_at(&f, NOW + (int64_t)i * G_USEC_PER_SEC);
        g_autofree char *sum =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)data, size);
        wanted = g_strdup_printf("kilde_svar WHERE sha256 = '%s' AND length(data) = %zu AND "
                                 "length(structure) > 1",
                                 sum, (size_t)size);
        g_test_message("%s", all[i].file);
        g_assert_cmpint(count(&f, wanted), ==, 1);
    }
}

/* --- bad ones --- */

static void a_changed_structure_is_held(void)
{
    g_auto(Fixture) f = fixture_new();

    say(&f, KLASS, NULL);
    reply_free(set_up(&f, "Klass", "json", "&paa=1&rett=1"));
    fetch_at(&f, NOW);
    say(&f, KLASS_MORE, NULL); /* other figures are no other structure */
    fetch_at(&f, NOW + G_USEC_PER_SEC);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 2);
    say(&f, KLASS_OTHER, NULL);
    fetch_at(&f, NOW + 2 * G_USEC_PER_SEC);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 2);
    g_assert_cmpint(count(&f, "kilde_svar WHERE state = 'ny_form'"), ==, 1);
    assert_page(&f, "New: codeChanges[].fromCode. Missing: codeChanges[].changeOccurred");
    g_autofree char *answer = answer_path(&f);
    g_autoptr(Reply) early = act(&f, answer, "gjor=vis"); /* not before it is accepted */
    g_assert_cmpstr(early->location, ==, f.path);
    g_autoptr(Reply) accepted = act(&f, answer, "gjor=form");
    g_assert_cmpint(accepted->status, ==, 303);
    g_autoptr(Reply) shown = act(&f, answer, "gjor=vis");
    g_assert_true(g_str_has_prefix(shown->location, "/import/filer/"));
    g_autoptr(Reply) twice = act(&f, answer, "gjor=dropp");
    g_assert_cmpint(twice->status, ==, 303);
    g_assert_cmpint(count(&f, "kilde_svar WHERE state = 'droppet'"), ==, 1);
}

static void a_torn_answer_is_gone_on_with_by_the_next_try(void)
{
    g_auto(Fixture) f = fixture_new();
    ReplayAnswer torn = {
        .body = KLASS, .size = strlen(KLASS), .etag = "\"1\"", .how = REPLAY_RESET, .after = 60
    };

    test_replay_say(f.replay, &torn);
    reply_free(set_up(&f, "Klass", "json", "&paa=1&rett=1"));
    fetch_at(&f, NOW);
    g_assert_cmpint(count(&f, "kilde_svar"), ==, 0);
    g_assert_cmpint(count(&f, "kilde_del WHERE length(data) = 60"), ==, 1);
    assert_page(&f, "The line broke before all had come");
    torn.how = REPLAY_WHOLE;
    test_replay_say(f.replay, &torn);
    jobb_run_due(f.app->db, NOW + 60 * G_USEC_PER_SEC, NULL, NULL); /* the queue tries again */
    g_autofree char *question = test_replay_question(f.replay);
    g_assert_nonnull(strstr(question, "Range: bytes=60-"));
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 1);
    g_assert_cmpint(count(&f, "kilde_del"), ==, 0);
    assert_page(&f, ">fine<");
}

static void trouble_is_told_in_plain_words(void)
{
    static const struct {
        ReplayAnswer answer;
        const char *words;
    } all[] = {
        { { .status = 404, .body = "", .size = 0 }, "There is nothing at that address any more" },
        { { .type = "text/html", .body = "<p>", .size = 3 }, "not of the kind that was promised" },
        { { .status = 302, .headers = "Location: http://x.example/\r\n", .body = "" },
          "leads on to another host" },
        { { .status = 400, .body = "{\"melding\":\"Filter\"}", .size = 20 },
          "<code>{&quot;melding&quot;:&quot;Filter&quot;}</code>" },
        { { .status = 500, .body = "" }, "Something went wrong at the source" },
        { { .body = KLASS, .size = 100, .how = REPLAY_SHORT, .after = 50 },
          "The answer ended before all had come" },
        { { .body = KLASS, .size = 100, .how = REPLAY_DRIP }, "The answer came too slowly" },
    };
    g_auto(Fixture) f = fixture_new();

    reply_free(set_up(&f, "Klass", "json", "&paa=1&rett=1"));
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        test_replay_say(f.replay, &all[i].answer);
        fetch_at(&f, NOW + (int64_t)i * G_USEC_PER_SEC);
        assert_page(&f, all[i].words);
        assert_page(&f, ">in trouble<");
        test_db_exec(f.app->db, "DELETE FROM jobb", NULL); /* those that would be tried again */
    }
    g_assert_cmpint(count(&f, "kilde_svar"), ==, 0);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 0);
}

static void a_source_that_asks_us_to_wait_is_left_alone(void)
{
    g_auto(Fixture) f = fixture_new();
    int64_t now = NOW;

    test_replay_say(
        f.replay, &(ReplayAnswer){ .status = 429, .headers = "Retry-After: 3600\r\n", .body = "" });
    reply_free(set_up(&f, "Klass", "json", "&paa=1"));
    fetch_at(&f, now);
    jobb_run_due(f.app->db, now + 1800 * G_USEC_PER_SEC, NULL, NULL);
    g_assert_cmpint(test_replay_asked(f.replay), ==, 1);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT due_at AS n FROM kilde"), ==,
                    now + INT64_C(3600) * G_USEC_PER_SEC);
    assert_page(&f, "The source asks us to wait");
}

static void a_failing_source_is_tried_again_and_gets_well(void)
{
    g_auto(Fixture) f = fixture_new();
    int64_t now = NOW;

    test_replay_say(f.replay, &(ReplayAnswer){ .status = 500, .body = "" });
    reply_free(set_up(&f, "Klass", "json", "&paa=1&rett=1"));
    fetch_at(&f, now);
    say(&f, KLASS, NULL);
    jobb_run_due(f.app->db, now + 60 * G_USEC_PER_SEC, NULL, NULL);
    g_assert_cmpint(test_replay_asked(f.replay), ==, 2);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 1);
    assert_page(&f, ">fine<");
    assert_page(&f, "Something went wrong at the source"); /* the last trouble is still told */
}

static void what_cannot_be_imported_says_why(void)
{
    g_auto(Fixture) f = fixture_new();

    say(&f, "{\"hei\":[{\"du\":1}]}", NULL);
    reply_free(set_up(&f, "Klass", "json", "&paa=1&rett=1"));
    fetch_at(&f, NOW);
    g_assert_cmpint(count(&f, "kilde_svar WHERE state = 'avvist' AND note <> ''"), ==, 1);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 0);
    assert_page(&f, "could not be imported");
}

/* Half of a table must not look like all of it. */
static void a_full_page_is_not_taken_for_all(void)
{
    g_auto(Fixture) f = fixture_new();

    say(&f, "[{\"a\":1},{\"a\":2}]", NULL);
    reply_free(set_up(&f, "Udir", "json", "&paa=1&rett=1"));
    test_db_exec(f.app->db, "UPDATE kilde SET url = url || '&antallRader=2'", NULL);
    fetch_at(&f, NOW);
    g_assert_cmpint(count(&f, "kilde_svar WHERE state = 'avvist'"), ==, 1);
    assert_page(&f, "mer enn det som kom"); /* kept in the words of the installation */
}

int main(int argc, char **argv)
{
    g_assert_true(sandbox_start(NULL));
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/kilde/hent/waits", an_answer_waits_for_a_yes_with_the_same_preview);
    g_test_add_func("/kilde/hent/same", the_same_answer_is_nothing_new);
    g_test_add_func("/kilde/hent/filled", days_and_years_are_filled_in);
    g_test_add_func("/kilde/hent/udir", a_file_of_udir_comes_whole);
    g_test_add_func("/kilde/hent/corpus", the_corpus_is_replayed);
    g_test_add_func("/kilde/feil/structure", a_changed_structure_is_held);
    g_test_add_func("/kilde/feil/torn", a_torn_answer_is_gone_on_with_by_the_next_try);
    g_test_add_func("/kilde/feil/words", trouble_is_told_in_plain_words);
    g_test_add_func("/kilde/feil/wait", a_source_that_asks_us_to_wait_is_left_alone);
    g_test_add_func("/kilde/feil/again", a_failing_source_is_tried_again_and_gets_well);
    g_test_add_func("/kilde/feil/full", a_full_page_is_not_taken_for_all);
    g_test_add_func("/kilde/feil/import", what_cannot_be_imported_says_why);
    return g_test_run();
}
