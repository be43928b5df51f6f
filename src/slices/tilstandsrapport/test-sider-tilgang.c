/* test-sider-tilgang.c - who sees what of a report, for every role in every state.
 *
 * The expectation is written out here and not taken from the code: before it is sent, five roles of the
 * owner know that the report exists; after, everybody reads it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"
#include "tilgang.h"

static const char *const drafters[] = { "KD", "FS", "RK", "ST", "AL", NULL };
static const ReportState states[] = { STATE_PLANLAGT,           STATE_SKISSE,
                                      STATE_DIALOG_GJENNOMFORT, STATE_SENDT_FORMANNSKAP,
                                      STATE_INNSTILT,           STATE_GODKJENT,
                                      STATE_ETTERARBEID_KOMITE, STATE_ETTERARBEID_LEDERGRUPPE,
                                      STATE_AVSLUTTET };

static void expect(TestReport *t, const char *method, const char *rest, bool seen, const char *who)
{
    g_autoptr(Reply) r = test_send(t->app, method, test_report_path(t, rest), NULL, NULL, 0);

    if (r->status != (seen ? 200 : 404))
        g_error("%s %s as %s in %s: %d", method, rest, who,
                tilstandsrapport_state_code(test_report_state(t)), r->status);
    if (!seen) {
        assert_hides(r, "2025/26");
        assert_hides(r, "Teksten om dette");
    }
}

static void expect_all(TestReport *t, bool seen, const char *who)
{
    expect(t, "GET", "", seen, who);
    expect(t, "HEAD", "", seen, who);
    expect(t, "GET", "/figur/1/svg", seen, who);
    expect(t, "GET", "/figur/1/csv", seen, who);
    expect(t, "HEAD", "/figur/1/png", seen, who);
}

static void every_role_in_every_state(void)
{
    g_autoptr(TestReport) t = test_report();

    for (size_t s = 0; s < G_N_ELEMENTS(states); s++) {
        bool sent = states[s] >= STATE_SENDT_FORMANNSKAP;

        test_report_move(t, states[s]);
        t->app->today = TEST_AFTER_ALL;
        for (const char *const *role = tilgang_roles_all(); *role; role++) {
            test_report_become(t, *role);
            expect_all(t, sent || g_strv_contains(drafters, *role), *role);
            test_report_become_other(t, *role);
            expect_all(t, sent, "another owner's");
        }
        test_report_become(t, NULL);
        expect_all(t, sent, "nobody");
    }
}

static void the_pdf_follows_the_page(void)
{
    static const char *const roles[] = { "FS", "PO", "AR", NULL };
    g_autoptr(TestReport) t = test_report();

    for (size_t s = 0; s < G_N_ELEMENTS(states); s += 3) { /* planned, sent, follow-up */
        test_report_move(t, states[s]);
        for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
            test_report_become(t, roles[i]);
            expect(t, "GET", "/pdf",
                   states[s] >= STATE_SENDT_FORMANNSKAP || !g_strcmp0(roles[i], "FS"),
                   roles[i] ? roles[i] : "nobody");
        }
    }
}

/* A report that may not be known answers word for word like one that is not. */
static void what_is_private_looks_unknown(void)
{
    g_autoptr(TestReport) t = test_report();
    char id[ID_TEXT], other[ID_TEXT];

    id_text(t->id, id);
    id_text(t->id + 1, other);
    test_report_become(t, "PO");
    g_autoptr(Reply) private = test_report_get(t, "", 404);
    g_autofree char *unknown_path = g_strdup_printf("/tilstandsrapport/%s", other);
    g_autoptr(Reply) unknown = test_get(t->app, unknown_path);
    g_auto(GStrv) a = g_strsplit(private->body, id, -1), b = g_strsplit(unknown->body, other, -1);
    g_autofree char *a_text = g_strjoinv("", a), *b_text = g_strjoinv("", b);

    g_assert_cmpint(unknown->status, ==, 404);
    g_assert_cmpstr(a_text, ==, b_text);
}

static void withdrawn_from_the_public(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    StepEvent event;

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, NULL);
    expect_all(t, true, "nobody");
    tilstandsrapport_withdrawable(t->app->db, arena, 1, t->id, &event, &why);
    tilstandsrapport_withdraw(t->app->db, 1, t->id, event.id, 1, 5, &why);
    g_assert_no_error(why);
    expect_all(t, false, "nobody");
    test_report_become(t, "PO");
    expect_all(t, false, "PO");
}

/* --- the pages of those who work with it --- */

static int status_of(TestReport *t, const char *rest)
{
    g_autoptr(Reply) r = test_get(t->app, test_report_path(t, rest));

    return r->status;
}

static void inner_pages_by_role(void)
{
    static const struct {
        const char *role;
        int room, treatment, follow_up;
    } rows[] = {
        { "FS", 200, 200, 200 }, { "KD", 200, 200, 200 }, { "RK", 200, 200, 200 },
        { "ST", 200, 200, 200 }, { "AL", 200, 200, 403 }, { "AR", 403, 404, 404 },
        { "PO", 403, 404, 404 }, { "LR", 403, 404, 403 }, { "TV", 403, 404, 404 },
        { "HR", 403, 404, 403 }, { "AD", 403, 404, 403 }, { "IA", 403, 404, 403 },
    };
    g_autoptr(TestReport) t = test_report();

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        test_report_become(t, rows[i].role);
        g_test_message("%s", rows[i].role);
        g_assert_cmpint(status_of(t, "/skriving"), ==, rows[i].room);
        g_assert_cmpint(status_of(t, "/forhandsvisning"), ==, rows[i].room);
        g_assert_cmpint(status_of(t, "/behandling"), ==, rows[i].treatment);
        g_assert_cmpint(status_of(t, "/oppfolging"), ==, rows[i].follow_up);
    }
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, "PO");
    g_assert_cmpint(status_of(t, "/behandling"), ==, 200);
    g_assert_cmpint(status_of(t, "/oppfolging"), ==, 200);
    test_report_become(t, "HR");
    g_assert_cmpint(status_of(t, "/behandling"), ==, 403);
    test_report_become_other(t, "FS");
    g_assert_cmpint(status_of(t, "/behandling"), ==, 404);
    g_assert_cmpint(status_of(t, "/skriving"), ==, 404);
    g_assert_cmpint(status_of(t, "/oppfolging"), ==, 404);
    g_assert_cmpint(status_of(t, "/forhandsvisning"), ==, 404);
}

static void internal_figures_for_the_whole_owner_only(void)
{
    g_autoptr(TestReport) t = test_report();

    g_autoptr(Reply) fs = test_report_get(t, "/forhandsvisning?for=intern", 200);
    assert_shows(fs, TEST_SECRET);
    g_autoptr(Reply) fs_open = test_report_get(t, "/forhandsvisning?for=offentlig", 200);
    assert_hides(fs_open, TEST_SECRET);
    test_report_become(t, "RK");
    g_assert_cmpint(status_of(t, "/forhandsvisning?for=intern"), ==, 404);
    g_assert_cmpint(status_of(t, "/pdf?for=intern"), ==, 404);
    g_assert_cmpint(status_of(t, "/figur/1/csv?for=intern"), ==, 404);
    g_assert_cmpint(status_of(t, "/forhandsvisning?for=alle"), ==, 404);
    test_report_move(t, STATE_GODKJENT);
    test_report_become(t, NULL);
    g_assert_cmpint(status_of(t, "/pdf?for=intern"), ==, 404);
    g_assert_cmpint(status_of(t, "?for=intern"), ==, 404);
    g_assert_cmpint(status_of(t, "?for=offentlig"), ==, 404);
    g_assert_cmpint(status_of(t, "?versjon=0000000000001"), ==, 404);
    g_autoptr(Reply) open = test_report_get(t, "", 200);
    assert_hides(open, TEST_SECRET);
    for (int nr = 1; nr < 10; nr++) {
        g_autofree char *rest = g_strdup_printf("/figur/%d/csv", nr);
        g_autoptr(Reply) csv = test_get(t->app, test_report_path(t, rest));

        assert_hides(csv, TEST_SECRET);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/access/every-role-in-every-state",
                    every_role_in_every_state);
    g_test_add_func("/tilstandsrapport/access/pdf-follows-page", the_pdf_follows_the_page);
    g_test_add_func("/tilstandsrapport/access/private-looks-unknown",
                    what_is_private_looks_unknown);
    g_test_add_func("/tilstandsrapport/access/withdrawn-is-private-again",
                    withdrawn_from_the_public);
    g_test_add_func("/tilstandsrapport/access/inner-pages", inner_pages_by_role);
    g_test_add_func("/tilstandsrapport/access/internal-figures",
                    internal_figures_for_the_whole_owner_only);
    return g_test_run();
}
