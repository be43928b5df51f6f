/* test-henger-sammen.c - what one slice tells of another without knowing it: the reports that rest on an
 * import, and the case paper that lacks when a report is sent.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"
#include "testing-skjema.h"

static char *dataset_path(TestReport *t)
{
    char id[ID_TEXT];

    return g_strdup_printf("/import/historikk/%s",
                           id_text(test_db_int(t->app->db, "SELECT id FROM datasett"), id));
}

/* --- undoing an import --- */

static void an_import_tells_which_reports_rest_on_it(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = dataset_path(t);
    g_autoptr(Reply) draft = test_get(t->app, path);

    g_assert_cmpint(draft->status, ==, 200);
    assert_shows(draft, "2025/26, which is being written</a>");
    assert_shows(draft, "until somebody takes in the new ones");
    assert_shows(draft, test_report_path(t, "/tall\""));
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, "FS");
    g_autoptr(Reply) sent = test_get(t->app, path);
    assert_hides(sent, "which is being written");
    assert_shows(sent, ", which the public reads</a>");
    assert_shows(sent, "If they were wrong, correct the report.");
    assert_shows(sent, "It keeps its own copy of the figures and does not change.</li>");
}

static void what_is_told_comes_true(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = dataset_path(t);

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, "FS");
    g_autoptr(Reply) before = test_report_get(t, "", 200);
    assert_shows(before, "egne.csv");
    g_autoptr(Reply) undone = test_post(t->app, path, "gjor=angre&ja=1");
    g_assert_cmpint(undone->status, ==, 303);
    g_assert_cmpint(test_db_int(t->app->db, "SELECT COUNT(*) FROM verdi WHERE current = 1"), ==, 0);
    g_autoptr(Reply) after = test_report_get(t, "", 200);
    assert_shows(after, "egne.csv"); /* its own copy */
    g_autoptr(Reply) page = test_get(t->app, path);
    assert_shows(page, ", which the public reads</a>"); /* still told, before it is brought back */
}

static void another_owner_is_told_nothing(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = dataset_path(t);

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become_other(t, "FS");
    g_autoptr(Reply) reply = test_get(t->app, path);
    g_assert_cmpint(reply->status, ==, 404);
}

/* --- sending without a case paper --- */

static void sending_tells_of_a_missing_paper_and_goes_on(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *approve = NULL;

    test_report_move(t, STATE_DIALOG_GJENNOMFORT);
    t->app->today = "2026-08-20";
    test_report_become(t, "KD");
    g_autoptr(Reply) none = test_report_get(t, "/behandling", 200);
    assert_shows(none, "No case paper (saksframlegg) is written here");
    test_report_become(t, "FS");
    test_report_posted(t, "/saksframlegg/3/rediger",
                       "tittel=T&saksbehandler=F&arkivsak=2026%2F1&arkivkode=A20&innstilling=Ja&"
                       "vedlegg=&saksopplysninger=Fakta&vurdering=Vi+mener&okonomi=Ingen&"
                       "barnas_beste=Ja&sett=0",
                       303);
    test_report_become(t, "KD");
    g_autoptr(Reply) draft = test_report_get(t, "/behandling", 200);
    assert_hides(draft, "No case paper (saksframlegg) is written here");
    assert_shows(draft, "is not approved by the chief municipal executive");
    approve = g_strdup("bekreft=1&lest=1");
    test_report_posted(t, "/saksframlegg/3/godkjenn", approve, 303);
    g_autoptr(Reply) whole = test_report_get(t, "/behandling", 200);
    assert_hides(whole, "is not approved by the chief municipal executive");
}

static void a_missing_paper_stops_nothing(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_DIALOG_GJENNOMFORT);
    t->app->today = "2026-09-01";
    test_report_become(t, "KD");
    g_autoptr(Reply) page = test_report_get(t, "/behandling", 200);
    g_autoptr(PageForm) form = page_form(page, "/behandling", "send-dato");
    page_form_set(form, "send-bekreft", "1");
    g_autoptr(Reply) sent = page_form_send(t->app, form);
    g_assert_cmpint(sent->status, ==, 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_SENDT_FORMANNSKAP);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/henger-sammen/import/reports", an_import_tells_which_reports_rest_on_it);
    g_test_add_func("/henger-sammen/import/comes-true", what_is_told_comes_true);
    g_test_add_func("/henger-sammen/import/other-owner", another_owner_is_told_nothing);
    g_test_add_func("/henger-sammen/sending/told", sending_tells_of_a_missing_paper_and_goes_on);
    g_test_add_func("/henger-sammen/sending/not-stopped", a_missing_paper_stops_nothing);
    return g_test_run();
}
