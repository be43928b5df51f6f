/* test-saksframlegg.c - case papers and excerpts of the minutes, through the routes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "testing-sider.h"

#define PAPER                                                                                      \
    "tittel=Tilstandsrapport+2025%2F26&saksbehandler=Fagsjef&arkivsak=2026%2F456&arkivkode=A20"    \
    "&innstilling=1.+Rapporten+godkjennes.&vedlegg=&saksopplysninger=Fakta+om+lesing."             \
    "&vurdering=Vi+vurderer.&okonomi=Ingen.&barnas_beste=Barna+er+h%C3%B8rt."

/* Over which body's paper, with the number of the version it was made from. */
static void store(TestReport *t, int step, int seen, int status)
{
    g_autofree char *path = g_strdup_printf("/saksframlegg/%d/rediger", step);
    g_autofree char *body = g_strdup_printf("%s&sett=%d", PAPER, seen);

    test_report_posted(t, path, body, status);
}

static void approve(TestReport *t, int step, int version, int status)
{
    g_autofree char *path = g_strdup_printf("/saksframlegg/%d/godkjenn", step);
    g_autofree char *body = g_strdup_printf("bekreft=1&lest=%d", version);

    test_report_posted(t, path, body, status);
}

/* --- case papers --- */

static void a_new_paper_begins_with_the_report(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3/rediger", 200);

    assert_shows(page, "Teksten om dette.");   /* the summary */
    assert_shows(page, "Tiltaket mot dette."); /* the measures */
    assert_shows(page, "## ");
    assert_shows(page, "1. ");
    test_report_gets(t, "/saksframlegg/3", 404); /* nothing is stored by looking */
    test_report_gets(t, "/saksframlegg/5", 404);
}

static void a_paper_is_kept_in_versions(void)
{
    g_autoptr(TestReport) t = test_report();

    store(t, 3, 0, 303);
    store(t, 3, 0, 303); /* the same words again: a double press */
    test_report_posted(t, "/saksframlegg/3/rediger", PAPER "&konklusjon=Ja&sett=0", 409);
    test_report_posted(t, "/saksframlegg/3/rediger", PAPER "&konklusjon=Ja&sett=1", 303);
    test_report_posted(t, "/saksframlegg/3/rediger", "tittel=&sett=2", 422);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_shows(page, "Version 2");
    assert_shows(page, "Version 1");
    assert_hides(page, "Version 3");
    assert_shows(page, "Rapporten godkjennes.");
    assert_shows(page, "2026/456");
}

static void only_a_whole_paper_is_approved(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_posted(t, "/saksframlegg/3/rediger", "tittel=T&innstilling=Ja&sett=0", 303);
    approve(t, 3, 1, 403); /* the fagsjef does not */
    test_report_become(t, "KD");
    approve(t, 3, 1, 422);
    store(t, 3, 1, 303);
    approve(t, 3, 1, 409); /* read before the newest */
    test_report_posted(t, "/saksframlegg/3/godkjenn", "lest=2", 422);
    approve(t, 3, 2, 303);
    approve(t, 3, 2, 303);
    test_report_posted(t, "/saksframlegg/3/angre", "", 303);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_shows(page, "Draft. Not approved.");
}

/* The demo's day, not the server's, stands on the paper and on the page. */
static void its_dates_are_the_owners(void)
{
    g_autoptr(TestReport) t = test_report();

    t->app->today = "2013-05-06";
    store(t, 3, 0, 303);
    g_autoptr(Reply) draft = test_report_get(t, "/saksframlegg/3", 200);
    assert_shows(draft, "6 May 2013");
    t->app->today = "2013-05-07";
    test_report_become(t, "KD");
    approve(t, 3, 1, 303);
    test_db_exec(t->app->db, /* the server's clock is years ahead of a demo's */
                 "UPDATE saksframlegg_versjon SET made_at = 1795435200000000, "
                 "approved_at = 1795435200000000",
                 NULL);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);
    assert_shows(page, "7. mai 2013"); /* in the paper */
    assert_shows(page, "Approved 7 May 2013.");
    assert_hides(page, "november 2026");
    assert_hides(page, "November 2026");
}

static void the_public_reads_it_when_it_is_sent(void)
{
    g_autoptr(TestReport) t = test_report();

    store(t, 3, 0, 303);
    test_report_become(t, "KD");
    approve(t, 3, 1, 303);
    test_report_become(t, "PO");
    test_report_gets(t, "/saksframlegg/3", 404); /* a draft is internal: offentleglova § 14 */
    test_report_become(t, NULL);
    test_report_gets(t, "/saksframlegg", 404);
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_shows(page, "Rapporten godkjennes.");
    assert_hides(page, "Version 1");
    test_report_gets(t, "/saksframlegg/4", 404);
    test_report_gets(t, "/saksframlegg/3/pdf", 200);
    test_report_gets(t, "/saksframlegg/3/docx", 200);
    test_report_become_other(t, "FS");
    test_report_gets(t, "/saksframlegg/3/rediger", 404);
    test_report_become(t, "FS");
    test_report_posted(t, "/saksframlegg/3/rediger", PAPER "&konklusjon=Ny&sett=1", 409);
}

static void roles_without_the_right_do_not_write(void)
{
    static const char *const roles[] = { "RK", "ST", "PO", "TV", "LR", "AD" };
    g_autoptr(TestReport) t = test_report();

    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
        test_report_become(t, roles[i]);
        test_report_gets(t, "/saksframlegg/3/rediger", 403);
        store(t, 3, 0, 403);
        approve(t, 3, 1, 403);
    }
    test_report_become(t, "AR");
    store(t, 3, 0, 303);
}

static void the_councils_paper_goes_on_from_the_committees(void)
{
    g_autoptr(TestReport) t = test_report();

    store(t, 3, 0, 303);
    test_report_move(t, STATE_INNSTILT);
    g_autoptr(Reply) form = test_report_get(t, "/saksframlegg/4/rediger", 200);

    assert_shows(form, "Fakta om lesing.");
    assert_shows(form, "Innstillingens ordlyd."); /* what the committee said, as the proposal */
    store(t, 4, 0, 303);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/4", 200);

    assert_shows(page, "PS 31/26"); /* saksgang */
}

static void hostile_words_stay_words(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *body =
        test_report_body("tittel", "<script>alert(1)</script>]]>", "saksopplysninger",
                         "<img src=x onerror=a>", "sett", "0", NULL);

    test_report_posted(t, "/saksframlegg/3/rediger", body, 303);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_hides(page, "<script>alert");
    assert_hides(page, "<img src=x");
}

/* --- excerpts --- */

static char *excerpt_path(TestReport *t, const char *action)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    StepEventList events;
    char id[ID_TEXT];

    tilstandsrapport_events(t->app->db, arena, 1, t->id, &events, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < events.n; i++)
        if (!strcmp(events.v[i].action, action))
            return g_strdup_printf("/saerutskrift/%s", id_text(events.v[i].id, id));
    g_assert_not_reached();
}

#define CERTIFIED                                                                                  \
    "mottakere=Bakken+skole%0AKomiteen&bekrefter=Sekretariatet&dato=2026-09-15&rett_utskrift=1"

static void an_excerpt_is_public_when_it_is_certified(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_GODKJENT);
    t->app->today = TEST_AFTER_ALL;
    g_autofree char *path = excerpt_path(t, "vedtak");

    test_report_become(t, NULL);
    test_report_gets(t, path, 404);
    test_report_become(t, "FS");
    test_report_gets(t, path, 200);
    test_report_posted(t, path, CERTIFIED "&sett=0", 403);
    test_report_become(t, "AR");
    test_report_posted(t, path, "mottakere=x&bekrefter=y&dato=2026-09-01&rett_utskrift=1&sett=0",
                       422);
    test_report_posted(t, path, CERTIFIED "&sett=0", 303);
    test_report_posted(t, path, CERTIFIED "&sett=0", 409);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, path, 200);

    assert_shows(page, "Vedtakets ordlyd."); /* word for word */
    assert_shows(page, "PS 45/26");
    assert_shows(page, "17");
    assert_shows(page, "Sekretariatet");
    assert_shows(page, "Komiteen");
}

/* What a body did is told as done, and never by the words on the secretary's button. */
static void an_excerpt_of_a_postponement_says_so(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    t->app->today = TEST_AFTER_ALL;
    test_report_become(t, "AR");
    test_report_posted(t, "/behandling",
                       "handling=utsett&utsett-dato=2026-09-01&utsett-sak=PS+40%2F26&"
                       "utsett-ordlyd=Saken+utsettes.",
                       303);
    g_autofree char *path = excerpt_path(t, "utsett");
    g_autoptr(Reply) page = test_report_get(t, path, 200);

    assert_shows(page, "Saken ble utsatt"); /* in the report's language */
    assert_shows(page, "Saken utsettes.");
    assert_hides(page, "Registrer at saken");
    assert_hides(page, "Innstilling<");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arkiv/paper/begins", a_new_paper_begins_with_the_report);
    g_test_add_func("/arkiv/paper/versions", a_paper_is_kept_in_versions);
    g_test_add_func("/arkiv/paper/approve", only_a_whole_paper_is_approved);
    g_test_add_func("/arkiv/paper/owners-day", its_dates_are_the_owners);
    g_test_add_func("/arkiv/paper/public", the_public_reads_it_when_it_is_sent);
    g_test_add_func("/arkiv/paper/roles", roles_without_the_right_do_not_write);
    g_test_add_func("/arkiv/paper/council", the_councils_paper_goes_on_from_the_committees);
    g_test_add_func("/arkiv/paper/hostile", hostile_words_stay_words);
    g_test_add_func("/arkiv/excerpt/certified", an_excerpt_is_public_when_it_is_certified);
    g_test_add_func("/arkiv/excerpt/postponed", an_excerpt_of_a_postponement_says_so);
    return g_test_run();
}
