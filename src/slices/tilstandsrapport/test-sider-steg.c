/* test-sider-steg.c - the six steps walked through the page's own forms, rightly and wrongly.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"
#include "tilgang.h"

typedef struct {
    const char *role, *today, *body;
    ReportState after;
} Walk;

/* As a fagsjef, a kommunedirektør and the secretariat do it in Eide. */
static const Walk walk[] = {
    { "FS", "2026-07-21", "handling=skisse&skisse-dato=2026-07-21&skisse-merknad=", STATE_SKISSE },
    { "FS", "2026-08-05", "handling=dialog&dialog-dato=2026-08-04&dialog-merknad=God+dialog",
      STATE_DIALOG_GJENNOMFORT },
    { "KD", "2026-08-20", "handling=send&send-dato=2026-08-20&send-merknad=&send-bekreft=1",
      STATE_SENDT_FORMANNSKAP },
    { "AR", "2026-09-02",
      "handling=innstilling&innstilling-dato=2026-09-01&innstilling-sak=PS+31%2F26&"
      "innstilling-ordlyd=R%C3%A5det+godkjenner&innstilling-for=7&innstilling-mot=0&innstilling-"
      "merknad=",
      STATE_INNSTILT },
    { "AR", "2026-09-11",
      "handling=vedtak&vedtak-dato=2026-09-10&vedtak-sak=PS+45%2F26&vedtak-utfall=godkjent&"
      "vedtak-ordlyd=Kommunestyret+godkjenner%0D%0ATo+satsinger&vedtak-for=11&vedtak-mot=6&"
      "vedtak-merknad=&vedtak-bekreft=1",
      STATE_GODKJENT },
    { "AR", "2026-11-24",
      "handling=komite&komite-dato=2026-11-24&komite-punkter=Lesing+i+alle+fag%0AGode+overganger&"
      "komite-merknad=",
      STATE_ETTERARBEID_KOMITE },
};

static void step(TestReport *t, const Walk *w)
{
    test_report_become(t, w->role);
    t->app->today = w->today;
    test_report_gets(t, "/behandling", 200);
    test_report_posted(t, "/behandling", w->body, 303);

    g_assert_cmpint(test_report_state(t), ==, w->after);
}

static void walk_to(TestReport *t, ReportState state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(walk) && test_report_state(t) < state; i++)
        if (walk[i].after > test_report_state(t))
            step(t, &walk[i]);
    g_assert_cmpint(test_report_state(t), ==, state);
}

static void answer(TestReport *t, int64_t id, int nr)
{
    g_autofree char *body =
        g_strdup_printf("punkt=%" G_GINT64_FORMAT "&ansvarlig-%d=70&frist-%d=2026-12-05&"
                        "svar-%d=Gjort",
                        id, nr, nr, nr);
    test_report_posted(t, "/oppfolging", body, 303);
}

static void all_six_steps(void)
{
    g_autoptr(TestReport) t = test_report();

    walk_to(t, STATE_ETTERARBEID_KOMITE);
    test_report_become(t, "FS");
    t->app->today = "2026-12-02";
    g_autoptr(Reply) early =
        test_report_post(t, "/behandling", "handling=ledergruppe&ledergruppe-dato=2026-12-01", 409);
    assert_shows(early, "Follow-up item 1 has no owner");
    test_db_exec(t->app->db,
                 "INSERT INTO stilling (owner, id, unit, title, valid_from) VALUES (1, 70, 2, "
                 "'Fagsjef', '2000-01-01')",
                 NULL);
    for (int nr = 1; nr <= 2; nr++) {
        g_autofree char *sql =
            g_strdup_printf("SELECT id FROM rapport_oppfolging WHERE nr = %d", nr);

        answer(t, test_db_int(t->app->db, sql), nr);
    }
    test_report_posted(t, "/behandling", "handling=ledergruppe&ledergruppe-dato=2026-12-01", 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_ETTERARBEID_LEDERGRUPPE);
    test_report_posted(t, "/behandling", "handling=avslutt&avslutt-dato=2026-12-02", 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_AVSLUTTET);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "Approved by the municipal council 10 September 2026, case PS 45/26");
    assert_shows(page, "Kommunestyret godkjenner\nTo satsinger");
    assert_shows(page, "What was decided");
    assert_shows(page, "11 votes for, 6 against");
    assert_shows(page, "Adopted unanimously, 7 votes");
    assert_shows(page, "Teksten om dette.");
}

/* --- wrong input --- */

static void refused(TestReport *t, const char *body, int status, const char *says)
{
    ReportState before = test_report_state(t);
    g_autoptr(Reply) r = test_report_post(t, "/behandling", body, status);

    if (!strstr(r->body, says))
        g_error("\"%s\" is not said to %s: %s", says, body, r->body);
    g_assert_cmpint(test_report_state(t), ==, before);
}

static void wrong_input_is_kept(void)
{
    g_autoptr(TestReport) t = test_report();

    t->app->today = "2026-08-01";
    walk_to(t, STATE_SKISSE);
    t->app->today = "2026-08-03";
    refused(t, "handling=dialog&dialog-dato=2026-08-03&dialog-merknad=Tidlig", 422,
            "Tidlig</textarea>");
    refused(t, "handling=dialog&dialog-dato=2026-08-03", 422,
            "Choose 04.08.2026 or a later date: the step is planned for then.");
    refused(t, "handling=dialog&dialog-dato=2026-07-20", 422,
            "Choose 21.07.2026 or a later date. That was when the draft was finished.");
    refused(t, "handling=dialog&dialog-dato=2026-08-04", 422, "dialog-dato"); /* tomorrow */
    refused(t, "handling=dialog&dialog-dato=31.02.2026", 422, "value=\"31.02.2026\"");
    walk_to(t, STATE_DIALOG_GJENNOMFORT);
    test_report_become(t, "KD");
    refused(t, "handling=send&send-dato=2026-08-05", 422, "send-bekreft-problem"); /* no tick */
    walk_to(t, STATE_INNSTILT);
    t->app->today = "2026-09-11";
    refused(t,
            "handling=vedtak&vedtak-dato=2026-09-10&vedtak-ordlyd=Ord+for+ord&vedtak-utfall="
            "godkjent&vedtak-bekreft=1",
            422, "Ord for ord</textarea>");
    refused(t,
            "handling=vedtak&vedtak-dato=2026-09-10&vedtak-sak=hei&vedtak-ordlyd=X&vedtak-utfall="
            "godkjent&vedtak-for=1&"
            "vedtak-mot=0&vedtak-bekreft=1",
            422, "is not a case number");
    refused(t,
            "handling=vedtak&vedtak-dato=2026-09-10&vedtak-sak=PS+1%2F26&vedtak-ordlyd=X&vedtak-"
            "utfall=kanskje&"
            "vedtak-for=1&vedtak-mot=0&vedtak-bekreft=1",
            422, "vedtak-utfall-problem");
    refused(t,
            "handling=vedtak&vedtak-dato=2026-09-10&vedtak-sak=PS+1%2F26&vedtak-ordlyd=X&vedtak-"
            "utfall=godkjent&"
            "vedtak-for=-1&vedtak-mot=0&vedtak-bekreft=1",
            422, "vedtak-for-problem");
}

/* --- votes --- */

static char *vote(const char *outcome, const char *votes_for, const char *against, const char *box)
{
    return test_report_body("handling", "vedtak", "vedtak-dato", "2026-09-10", "vedtak-sak",
                            "PS 45/26", "vedtak-utfall", outcome, "vedtak-ordlyd", "Ordlyden",
                            "vedtak-for", votes_for, "vedtak-mot", against, "vedtak-dobbeltstemme",
                            box, "vedtak-bekreft", "1", NULL);
}

static void votes_fit_the_decision(void)
{
    static const struct {
        const char *outcome, *votes_for, *against, *box, *says;
    } rows[] = {
        { "godkjent", "0", "17", "", "Approved takes more votes for than against" },
        { "tatt_til_orientering", "8", "9", "", "Taken note of takes more votes for" },
        { "avvist", "9", "8", "", "Rejected takes more votes against than for" },
        { "godkjent", "8", "8", "", "For and against are equal" },
        { "avvist", "8", "8", "", "For and against are equal" },
        { "godkjent", "9", "8", "1", "The casting vote decides only when" },
        { "godkjent", "0", "0", "1", "Somebody must have voted" },
    };
    g_autoptr(TestReport) t = test_report();

    walk_to(t, STATE_INNSTILT);
    t->app->today = "2026-09-10";
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *body =
            vote(rows[i].outcome, rows[i].votes_for, rows[i].against, rows[i].box);

        refused(t, body, 422, rows[i].says);
    }
    g_autofree char *tie = vote("godkjent", "8", "8", "1");
    test_report_posted(t, "/behandling", tie, 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_GODKJENT);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "8 votes for, 8 against, decided by the mayor’s casting vote");
}

/* The recorder himself holds the same, whatever the form let through. */
static void a_record_without_a_majority_is_refused(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(GError) why = NULL;
    StepRecord r = { .action = "vedtak",
                     .outcome = "godkjent",
                     .on = "2026-09-10",
                     .case_number = "PS 45/26",
                     .decision = "Ordlyden",
                     .votes_for = 0,
                     .votes_against = 17,
                     .person = 1,
                     .today = "2026-09-10",
                     .now = G_USEC_PER_SEC * 9 };

    test_report_move(t, STATE_INNSTILT);
    g_assert_false(tilstandsrapport_record(t->app->db, 1, t->id, &r, &why));
    g_assert_error(why, APP_ERROR, (int)APP_ERROR_INVALID);
    g_assert_cmpint(test_report_state(t), ==, STATE_INNSTILT);
    r.outcome = "avvist";
    g_clear_error(&why);
    g_assert_true(tilstandsrapport_record(t->app->db, 1, t->id, &r, &why));
    g_assert_cmpint(test_report_state(t), ==, STATE_AVVIST);
}

static void all_that_is_wrong_is_said_at_once(void)
{
    static const char *const fields[] = { "dato", "sak", "utfall", "ordlyd", "for", "mot" };
    g_autoptr(TestReport) t = test_report();

    walk_to(t, STATE_INNSTILT);
    t->app->today = "2026-09-11";
    g_autoptr(Reply) r = test_report_post(
        t, "/behandling",
        "handling=vedtak&vedtak-dato=2026-08-30&vedtak-sak=hei&vedtak-for=a&vedtak-bekreft=1", 422);
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autofree char *id = g_strdup_printf("id=\"f-vedtak-%s-problem\"", fields[i]);

        assert_shows(r, id);
    }
    assert_shows(r, "That was when the executive committee made its recommendation.");
    assert_shows(r, "is not a case number");
}

static void before_its_date_the_page_says_when(void)
{
    g_autoptr(TestReport) t = test_report();

    walk_to(t, STATE_SKISSE);
    g_autoptr(Reply) page = test_report_get(t, "/behandling", 200);
    assert_shows(page, "Can be recorded from Tuesday 4 August 2026.");
    assert_hides(page, "name=\"dialog-dato\"");
}

static void an_unfinished_draft_is_not_finished(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *sql =
        g_strdup_printf("UPDATE rapport_kapittel SET body = '' WHERE kind = 'sammendrag'");

    test_db_exec(t->app->db, sql, NULL);
    g_autoptr(Reply) page = test_report_get(t, "/behandling", 200);
    assert_shows(page, "is empty");
    refused(t, "handling=skisse&skisse-dato=2026-07-01", 409, "is empty");
}

static void only_the_right_role(void)
{
    static const char *const others[] = { "KD", "RK", "AL", "PO", "AR", "AD" };
    g_autoptr(TestReport) t = test_report();

    t->app->today = "2026-07-21";
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        test_report_become(t, others[i]);
        g_autoptr(Reply) r = test_post(t->app, test_report_path(t, "/behandling"), walk[0].body);

        g_assert_true(r->status == 403 || r->status == 404);
        g_assert_cmpint(test_report_state(t), ==, STATE_PLANLAGT);
    }
    test_report_become_other(t, "FS");
    test_report_posted(t, "/behandling", walk[0].body, 404);
    test_report_become(t, "FS");
    test_report_posted(t, "/behandling", "handling=tulle", 403);
    test_report_posted(t, "/behandling", "", 403);
    g_assert_cmpint(test_report_state(t), ==, STATE_PLANLAGT);
}

/* --- other ways --- */

static void who_has_the_next_step_is_said(void)
{
    g_autoptr(TestReport) t = test_report();

    walk_to(t, STATE_DIALOG_GJENNOMFORT);
    test_report_become(t, "FS");
    g_autoptr(Reply) send = test_report_get(t, "/behandling", 200);

    assert_shows(send, "belongs to the role");
    assert_shows(send, tilgang_role_name("KD"));
    walk_to(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, "FS");
    g_autoptr(Reply) record = test_report_get(t, "/behandling", 200);

    assert_shows(record, "belongs to the role");
    assert_shows(record, tilgang_role_name("AR"));
}

static void too_late_keeps_the_text(void)
{
    g_autoptr(TestReport) t = test_report();

    walk_to(t, STATE_GODKJENT);
    refused(t, "handling=vedtak&vedtak-dato=2026-09-10&vedtak-ordlyd=Min+lange+tekst", 409,
            "Min lange tekst");
}

static void postponed_and_sent_back(void)
{
    g_autoptr(TestReport) t = test_report();
    static const char postpone[] =
        "handling=utsett&utsett-dato=2026-09-01&utsett-sak=PS+30%2F26&utsett-ordlyd=Saken+utsettes";
    static const char back[] =
        "handling=send_tilbake&send_tilbake-dato=2026-09-02&send_tilbake-sak=PS+31%2F26&"
        "send_tilbake-ordlyd=Sendes+tilbake&send_tilbake-bekreft=1";

    walk_to(t, STATE_SENDT_FORMANNSKAP);
    t->app->today = "2026-09-02";
    test_report_become(t, "AR");
    test_report_posted(t, "/behandling", postpone, 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_SENDT_FORMANNSKAP);
    test_report_posted(t, "/behandling", back, 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_SKISSE);
    test_report_become(t, NULL); /* what was sent stays public */
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "Sent back for new treatment 2 September 2026");
    test_report_become(t, "FS");
    g_autoptr(Reply) room = test_report_get(t, "/skriving", 200);
    assert_shows(room, "The report was sent back");
}

static char *withdrawal(TestReport *t, const char *confirm)
{
    return g_strdup_printf("hendelse=%" G_GINT64_FORMAT "%s",
                           test_db_int(t->app->db, "SELECT MAX(id) FROM rapport_hendelse"),
                           confirm);
}

static void taken_back(void)
{
    g_autoptr(TestReport) t = test_report();

    walk_to(t, STATE_SENDT_FORMANNSKAP);
    g_autofree char *plain = withdrawal(t, ""), *sure = withdrawal(t, "&trekk-bekreft=1");
    g_autoptr(Reply) unsure = test_report_post(t, "/trekk", plain, 422);
    assert_shows(unsure, "trekk-bekreft-problem");
    test_report_become(t, "FS"); /* who may not send may not take it back */
    test_report_posted(t, "/trekk", sure, 403);
    test_report_become(t, "KD");
    test_report_posted(t, "/trekk", sure, 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_DIALOG_GJENNOMFORT);
    g_autoptr(Reply) again = test_report_get(t, "/behandling", 200);
    assert_shows(again, "taken back");
    walk_to(t, STATE_INNSTILT);
    test_report_become(t, "KD"); /* the committee has acted */
    test_report_posted(t, "/trekk", sure, 403);
    g_assert_cmpint(test_report_state(t), ==, STATE_INNSTILT);
}

static void the_plan_is_changed_in_order(void)
{
    g_autoptr(TestReport) t = test_report();
    static const char head[] =
        "steg-1=2026-07-21&steg-2=2026-08-04&steg-3=2026-09-01&steg-4=2026-09-24&";

    g_autofree char *good = g_strconcat(head, "steg-5=2026-11-24&steg-6=2026-12-01", NULL);
    g_autofree char *wrong = g_strconcat(head, "steg-5=2026-09-01&steg-6=2026-12-01", NULL);
    g_autoptr(Reply) refused_plan = test_report_post(t, "/plan", wrong, 422);
    assert_shows(refused_plan, "f-steg-5-problem");
    assert_shows(refused_plan, "Choose 24.09.2026 or a later date: «Follow-up in the committee» "
                               "comes after «Municipal council».");
    test_report_posted(t, "/plan", good, 303);
    g_autoptr(Reply) page = test_report_get(t, "/behandling", 200);
    assert_shows(page, "Thursday 24 September 2026");
    test_report_become(t, "KD");
    test_report_posted(t, "/plan", good, 403);
}

static void earlier_versions_stay_readable(void)
{
    g_autoptr(TestReport) t = test_report();
    char id[ID_TEXT];

    walk_to(t, STATE_INNSTILT);
    test_report_become(t, NULL);
    g_autoptr(Reply) recommended = test_report_get(t, "", 200);
    assert_shows(recommended, "How far it has come");
    assert_hides(recommended, "What was decided");
    id_text(test_db_int(t->app->db, "SELECT MIN(id) FROM rapport_versjon"), id);
    g_autofree char *draft = g_strdup_printf("?versjon=%s", id);
    test_report_become(t, NULL);
    test_report_gets(t, draft, 404);
    id_text(test_db_int(t->app->db, "SELECT MAX(id) FROM rapport_versjon"), id);
    g_autofree char *sent = g_strdup_printf("?versjon=%s", id);
    test_report_gets(t, sent, 200);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/steps/all-six", all_six_steps);
    g_test_add_func("/tilstandsrapport/steps/wrong-input-is-kept", wrong_input_is_kept);
    g_test_add_func("/tilstandsrapport/steps/votes-fit", votes_fit_the_decision);
    g_test_add_func("/tilstandsrapport/record/majority", a_record_without_a_majority_is_refused);
    g_test_add_func("/tilstandsrapport/steps/all-at-once", all_that_is_wrong_is_said_at_once);
    g_test_add_func("/tilstandsrapport/steps/says-when", before_its_date_the_page_says_when);
    g_test_add_func("/tilstandsrapport/steps/unfinished", an_unfinished_draft_is_not_finished);
    g_test_add_func("/tilstandsrapport/steps/only-the-right-role", only_the_right_role);
    g_test_add_func("/tilstandsrapport/steps/whose-next", who_has_the_next_step_is_said);
    g_test_add_func("/tilstandsrapport/steps/too-late-keeps-text", too_late_keeps_the_text);
    g_test_add_func("/tilstandsrapport/steps/postponed-and-sent-back", postponed_and_sent_back);
    g_test_add_func("/tilstandsrapport/steps/taken-back", taken_back);
    g_test_add_func("/tilstandsrapport/plan/in-order", the_plan_is_changed_in_order);
    g_test_add_func("/tilstandsrapport/show/versions", earlier_versions_stay_readable);
    return g_test_run();
}
