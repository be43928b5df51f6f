/* test-kilde-sider.c - sources by the clock, their pages and figures of operation, and structures.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-kilde.h"

/* --- by itself, and only when it may --- */

static void nothing_is_asked_unless_the_settings_say_so(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(JobbClock) clock = jobb_clock_new();

    let(&f, false, 0);
    reply_free(set_up(&f, "Klass", "json", "&paa=1"));
    g_autoptr(Reply) asked = act(&f, "/hent", "");
    g_assert_cmpstr(asked->location, ==, "/kilder");
    g_assert_true(jobb_clock_run(clock, f.app->db, NOW, NULL));
    g_assert_cmpint(count(&f, "jobb WHERE kind IN ('hent', 'kilder')"), ==, 0);
    g_autoptr(Reply) page = test_get(f.app, "/kilder");
    g_assert_nonnull(strstr(page->body, "Fetching is turned off in the settings file"));
    g_assert_null(strstr(page->body, "Fetch now"));
    g_assert_cmpint(test_replay_asked(f.replay), ==, 0);
}

static void the_clock_asks_once_for_all_owners(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(JobbClock) one = jobb_clock_new(), two = jobb_clock_new();
    int64_t now = NOW;

    say(&f, KLASS, NULL);
    reply_free(set_up(&f, "Klass", "json", "&paa=1"));
    test_db_exec(f.app->db,
                 "INSERT INTO eier (id, number, name, language, demo, created_at) "
                 "SELECT 2, '9998', 'To', language, demo, 1 FROM eier WHERE id = 1",
                 NULL);
    g_assert_true(jobb_clock_run(one, f.app->db, now, NULL));
    g_assert_true(jobb_clock_run(two, f.app->db, now, NULL)); /* another node */
    g_assert_cmpint(count(&f, "jobb WHERE kind = 'kilder' AND owner = 0"), ==, 1);
    jobb_run_due(f.app->db, now, NULL, NULL);
    g_assert_cmpint(test_replay_asked(f.replay), ==, 1);
    g_assert_true(jobb_clock_run(one, f.app->db, now + INT64_C(3600) * G_USEC_PER_SEC, NULL));
    jobb_run_due(f.app->db, now + INT64_C(3600) * G_USEC_PER_SEC, NULL,
                 NULL); /* not due before tomorrow */
    g_assert_cmpint(test_replay_asked(f.replay), ==, 1);
    g_assert_true(jobb_clock_run(one, f.app->db, now + INT64_C(90000) * G_USEC_PER_SEC, NULL));
    jobb_run_due(f.app->db, now + INT64_C(90000) * G_USEC_PER_SEC, NULL, NULL);
    g_assert_cmpint(test_replay_asked(f.replay), ==, 2);
}

static void a_host_is_asked_with_pauses(void)
{
    g_auto(Fixture) f = fixture_new();

    say(&f, KLASS, NULL);
    let(&f, true, 700);
    reply_free(set_up(&f, "Klass", "json", ""));
    fetch_at(&f, NOW);
    gint64 begun = g_get_monotonic_time();
    fetch_at(&f, NOW + G_USEC_PER_SEC);
    g_assert_cmpint(g_get_monotonic_time() - begun, >, 300000);
    g_assert_cmpint(test_replay_asked(f.replay), ==, 2);
}

static void old_bytes_are_let_go(void)
{
    g_auto(Fixture) f = fixture_new();

    reply_free(set_up(&f, "Klass", "json", "&rett=1"));
    for (int i = 0; i < 15; i++) {
        g_autofree char *text =
            g_strdup_printf("{\"codeChanges\":[" CHANGE("15%02d", "1579") "]}", i + 10);

        say(&f, text, NULL);
        fetch_at(&f, NOW + i * G_USEC_PER_SEC);
        say(&f, "", NULL); /* text goes */
    }
    g_assert_cmpint(count(&f, "kilde_svar"), ==, 15);
    g_assert_cmpint(count(&f, "kilde_svar WHERE data IS NOT NULL"), ==, 12);
    g_assert_cmpint(count(&f, "stat_datasett"), ==, 15);
}

/* --- the pages --- */

static void a_source_is_set_up_once_and_changed_by_one(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(Reply) first = set_up(&f, "Klass", "json", "&paa=1");
    g_autoptr(Reply) second = set_up(&f, "Klass", "json", "&paa=1");
    g_autoptr(Reply) other =
        test_post(f.app, "/kilder/ny",
                  "navn=Klass&adresse=https%3A%2F%2Fdata.ssb.no%2F&slag=json&timer=24&sporring=");
    g_autoptr(Reply) wrong = test_post(
        f.app, "/kilder/ny", "navn=Fil&adresse=file%3A%2F%2F%2Fetc%2Fpasswd&slag=json&timer=24");

    g_assert_cmpint(first->status, ==, 303);
    g_assert_cmpstr(first->location, ==, second->location);
    g_assert_cmpint(other->status, ==, 422);
    g_assert_cmpint(wrong->status, ==, 422);
    g_assert_nonnull(strstr(wrong->body, "begins with https://"));
    g_assert_cmpint(count(&f, "kilde"), ==, 1);
    g_autoptr(Reply) one = act(&f, "/hent", ""), two = act(&f, "/hent", "");
    g_assert_cmpstr(one->location, ==, two->location);
    g_assert_cmpint(count(&f, "jobb WHERE kind = 'hent'"), ==, 1);
    g_autoptr(Reply) unsure = act(&f, "/slett", "");
    g_assert_cmpint(unsure->status, ==, 422);
    g_autoptr(Reply) gone = act(&f, "/slett", "sikker=1");
    g_assert_cmpint(gone->status, ==, 303);
    g_assert_cmpint(count(&f, "kilde"), ==, 0);
}

static void known_sources_are_filled_in_for_the_municipality(void)
{
    g_auto(Fixture) f = fixture_new();

    for (const KjentKilde *k = kilde_known; k->code; k++) {
        g_autofree char *path = g_strconcat("/kilder/ny?fra=", k->code, NULL);
        g_autoptr(Reply) page = test_get(f.app, path);

        g_assert_cmpint(page->status, ==, 200);
        g_assert_null(strstr(page->body, "{kommune}"));
        g_assert_true(fetch_allowed("data.ssb.no, api.statistikkbanken.udir.no, data-nsr.udir.no",
                                    k->url)); /* the default of the settings */
    }
    g_autoptr(Reply) nsr = test_get(f.app, "/kilder/ny?fra=nsr");
    g_assert_nonnull(strstr(nsr->body, "/v4/enheter/kommune/9999"));
}

static void operation_sees_how_they_are(void)
{
    g_auto(Fixture) f = fixture_new();
    g_autoptr(GString) none = g_string_new(NULL), out = g_string_new(NULL);

    g_assert_true(kilde_metrics(f.app->db, NOW, none, NULL));
    g_assert_cmpstr(none->str, ==, "");
    say(&f, KLASS, NULL);
    reply_free(set_up(&f, "Klass", "json", ""));
    fetch_at(&f, NOW);
    test_replay_say(f.replay, &(ReplayAnswer){ .status = 404, .body = "" });
    fetch_at(&f, NOW + G_USEC_PER_SEC);
    g_assert_true(kilde_metrics(f.app->db, NOW + 10 * G_USEC_PER_SEC, out, NULL));
    g_assert_nonnull(strstr(out->str, "oppvekst_fetch_total{source=\"Klass\"} 2\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_fetch_failures_total{source=\"Klass\"} 1\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_fetch_age_seconds{source=\"Klass\"} 1"));
}

/* --- structures --- */

static void assert_structure(const char *bytes, const char *wanted)
{
    g_autofree char *got = kilde_structure(bytes, strlen(bytes), NULL);

    g_assert_cmpstr(got, ==, wanted);
}

static void structures_are_without_figures_years_and_places(void)
{
    assert_structure("[{\"b\":1,\"a\":2},{\"c\":3}]", "[].a\n[].b\n[].c");
    assert_structure("{\"id\":[\"Region\",\"ContentsCode\",\"Tid\"],\"role\":{\"time\":[\"Tid\"]},"
                     "\"dimension\":{\"Region\":{\"category\":{\"index\":{\"1579\":0}}},"
                     "\"ContentsCode\":{\"category\":{\"index\":[\"K1\",\"K2\"]}},"
                     "\"Tid\":{\"category\":{\"index\":{\"2024\":0}}}},\"value\":[1,2]}",
                     "ContentsCode\nContentsCode: K1\nContentsCode: K2\nRegion\nTid");
    assert_structure("sep=;\nEnhet;2025-26.Lesing\nA;1\n", "####-##.Lesing\nEnhet");
    assert_structure("CHARSET=\"ANSI\";\nSTUB=\"kommune\";\nHEADING=\"år\";\nDATA=\n1;\n",
                     "HEADING=\"år\"\nSTUB=\"kommune\"");
    assert_structure("", "");
    g_assert_null(kilde_structure_differs("a\nb", "a\nb"));
    g_assert_null(kilde_structure_differs("x", "x\nx[].a")); /* the list was empty */
    g_autofree char *gone = kilde_structure_differs("a\nb", "a");
    g_assert_cmpstr(gone, ==, "Missing: b.");
}

int main(int argc, char **argv)
{
    g_assert_true(sandbox_start(NULL));
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/kilde/selv/off", nothing_is_asked_unless_the_settings_say_so);
    g_test_add_func("/kilde/selv/clock", the_clock_asks_once_for_all_owners);
    g_test_add_func("/kilde/selv/paced", a_host_is_asked_with_pauses);
    g_test_add_func("/kilde/selv/let-go", old_bytes_are_let_go);
    g_test_add_func("/kilde/sider/once", a_source_is_set_up_once_and_changed_by_one);
    g_test_add_func("/kilde/sider/known", known_sources_are_filled_in_for_the_municipality);
    g_test_add_func("/kilde/sider/metrics", operation_sees_how_they_are);
    g_test_add_func("/kilde/struktur/lines", structures_are_without_figures_years_and_places);
    return g_test_run();
}
