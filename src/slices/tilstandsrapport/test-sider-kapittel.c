/* test-sider-kapittel.c - writing a chapter: nobody's words are lost, and none becomes markup.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"

#define EVIL "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

static char *chapter_path(TestReport *t, const char *kind)
{
    char id[ID_TEXT];

    return g_strdup_printf("/kapittel/%s", id_text(test_report_chapter(t, kind), id));
}

static char *theme_body(const char *version, const char *text, const char *do_what)
{
    return test_report_body("versjon", version, "tekst", text, "maal", "Målet", "vurdering",
                            "Vurdert", "tiltak", "", "ingen_tiltak", "Ingen trengs", "status",
                            "ferdig", "gjor", do_what, NULL);
}

static void stored_beside_its_figures(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema"),
                    *body = theme_body("2", "Ny **tekst**", "lagre");

    g_autoptr(Reply) before = test_report_get(t, path, 200);
    assert_shows(before, "Teksten om dette.</textarea>");
    assert_shows(before, "data-autosave");
    test_report_posted(t, path, body, 303);
    g_autoptr(Reply) after = test_report_get(t, path, 200);
    assert_shows(after, "Ny **tekst**</textarea>");
    assert_shows(after, "Ingen trengs</textarea>");
    assert_shows(after, "name=\"versjon\" value=\"3\"");
}

static void a_preview_stores_nothing(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema"),
                    *body = theme_body("2", "Bare **prøvd**", "forhandsvis");

    g_autoptr(Reply) preview = test_report_post(t, path, body, 200);
    assert_shows(preview, "Bare <strong>prøvd</strong>");
    assert_shows(preview, "Bare **prøvd**</textarea>");
    g_autoptr(Reply) after = test_report_get(t, path, 200);
    assert_hides(after, "prøvd");
}

static void two_writers_lose_nothing(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema");
    g_autofree char *theirs = theme_body("2", "Deres ord", "lagre"),
                    *mine = theme_body("2", "Mine ord", "lagre");

    test_report_posted(t, path, theirs, 303);
    g_autoptr(Reply) second = test_report_post(t, path, mine, 409);
    assert_shows(second, "Deres ord");
    assert_shows(second, "Mine ord</textarea>");
    assert_shows(second, "name=\"versjon\" value=\"3\"");
    g_autoptr(Reply) stored = test_report_get(t, path, 200);
    assert_shows(stored, "Deres ord</textarea>");
    g_autofree char *again = theme_body("3", "Deres og mine ord", "lagre"); /* now knowingly */
    test_report_posted(t, path, again, 303);
}

static void after_sending_nothing_changes(void)
{
    static const ReportState closed[] = { STATE_SENDT_FORMANNSKAP, STATE_GODKJENT,
                                          STATE_AVSLUTTET };
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema"), *body = theme_body("2", "For sent", "lagre");

    for (size_t i = 0; i < G_N_ELEMENTS(closed); i++) {
        test_report_move(t, closed[i]);
        g_autoptr(Reply) refused = test_report_post(t, path, body, 403);
        assert_shows(refused, "For sent</textarea>"); /* to be copied */
        g_assert_cmpint(
            test_db_int(t->app->db,
                        "SELECT COUNT(*) FROM rapport_kapittel WHERE body = 'For sent'"),
            ==, 0);
        test_report_gets(t, path, 303);
    }
    test_report_become(t, NULL);
    g_autoptr(Reply) public = test_report_get(t, "", 200);
    assert_hides(public, "For sent");
}

static void wrong_input_is_kept(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema");
    g_autofree char *no_status = test_report_body("versjon", "2", "tekst", "Beholdt", NULL);
    g_autofree char *id_number = theme_body("2", "Eleven 01010750160 strever", "lagre");

    g_autoptr(Reply) without = test_report_post(t, path, no_status, 422);
    assert_shows(without, "Beholdt</textarea>");
    g_autoptr(Reply) person = test_report_post(t, path, id_number, 422);
    assert_shows(person, "strever</textarea>");
}

static void only_writers_of_the_owner(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema"), *body = theme_body("2", "Fremmed", "lagre");

    test_report_become(t, "KD"); /* reads drafts, does not write */
    test_report_posted(t, path, body, 403);
    test_report_become_other(t, "FS");
    test_report_posted(t, path, body, 404);
    test_report_gets(t, path, 404);
    test_report_become(t, "RK");
    g_autoptr(Reply) head = test_report_get(t, path, 200);
    assert_hides(head, TEST_SECRET); /* a rektor sees others' schools as the public does */
    test_report_gets(t, "/kapittel/0000000000001", 404);
}

/* Signed out while writing: the platform gives the text back, and nothing is stored. */
static void an_expired_session_keeps_the_text(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema"),
                    *body = theme_body("2", "Skrevet i to timer", "lagre");

    test_report_become(t, NULL);
    g_autoptr(Reply) r = test_report_post(t, path, body, 401);
    assert_shows(r, "Skrevet i to timer");
    assert_shows(r, "name=\"ingen_tiltak\"");
    g_assert_cmpint(
        test_db_int(t->app->db, "SELECT COUNT(*) FROM rapport_kapittel WHERE body LIKE 'Skrevet%'"),
        ==, 0);
}

/* --- hostile text --- */

static void harmless(TestReport *t, const char *rest)
{
    g_autoptr(Reply) r = test_report_get(t, rest, 200);

    assert_hides(r, "<script>alert");
    assert_hides(r, "<img src=x");
    assert_hides(r, "onerror=alert(2)>\"");
}

static void no_text_becomes_markup(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema");
    g_autofree char *texts =
        test_report_body("versjon", "2", "tekst", EVIL, "maal", EVIL, "vurdering", EVIL, "tiltak",
                         EVIL, "ingen_tiltak", EVIL, "status", "ferdig", NULL);
    g_autofree char *note = test_report_body("handling", "skisse", "skisse-dato", "2026-07-21",
                                             "skisse-merknad", EVIL, NULL);
    g_autofree char *decision = test_report_body(
        "handling", "innstilling", "innstilling-dato", "2026-09-01", "innstilling-sak", "PS 1/26",
        "innstilling-ordlyd", EVIL, "innstilling-for", "1", "innstilling-mot", "0",
        "innstilling-merknad", EVIL, NULL);
    g_autofree char *item = test_report_body("oppgave", EVIL, NULL);

    test_report_posted(t, path, texts, 303);
    harmless(t, path);
    harmless(t, "");
    harmless(t, "/forhandsvisning?for=offentlig");
    t->app->today = "2026-07-21";
    test_report_posted(t, "/behandling", note, 303);
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    t->app->today = "2026-09-02";
    test_report_become(t, "AR");
    test_report_posted(t, "/behandling", decision, 303);
    harmless(t, "/behandling");
    test_report_move(t, STATE_GODKJENT);
    t->app->today = "2026-09-10";
    test_report_become(t, "FS");
    test_report_posted(t, "/oppfolging", item, 303);
    harmless(t, "/oppfolging");
    harmless(t, "");
    g_autoptr(Reply) public = test_report_get(t, "", 200);
    assert_shows(public, "&lt;script&gt;alert(1)"); /* the decision, word for word */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/chapter/stored", stored_beside_its_figures);
    g_test_add_func("/tilstandsrapport/chapter/preview", a_preview_stores_nothing);
    g_test_add_func("/tilstandsrapport/chapter/conflict", two_writers_lose_nothing);
    g_test_add_func("/tilstandsrapport/chapter/closed", after_sending_nothing_changes);
    g_test_add_func("/tilstandsrapport/chapter/wrong-input", wrong_input_is_kept);
    g_test_add_func("/tilstandsrapport/chapter/only-writers", only_writers_of_the_owner);
    g_test_add_func("/tilstandsrapport/chapter/expired-session", an_expired_session_keeps_the_text);
    g_test_add_func("/tilstandsrapport/pages/hostile-text", no_text_becomes_markup);
    return g_test_run();
}
