/* test-sider-dialog.c - the dialogue, the minutes, the numbers and corrections through their pages.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"
#include "rettelse.h"

#define INPUT "gruppe=fau_su&organ=&kapittel=0&anledning=for&tekst=Mer+lesing"

static int64_t count(TestReport *t, const char *sql)
{
    return test_db_int(t->app->db, sql);
}

static char *answer_body(TestReport *t, const char *more)
{
    return g_strdup_printf("innspill=%" G_GINT64_FORMAT "&versjon=1&%s",
                           count(t, "SELECT id FROM rapport_innspill"), more);
}

/* Parents give input without seeing the draft, the fagsjef answers, and both are frozen and public. */
static void input_is_answered_before_it_is_sent(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_become(t, "FA");
    test_report_gets(t, "", 404);
    test_report_gets(t, "/dialogmote", 200);
    test_report_posted(t, "/innspill", INPUT, 303);
    test_report_posted(t, "/innspill", INPUT, 303); /* sent twice */
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_innspill"), ==, 1);
    test_report_posted(t, "/innspill/svar", "innspill=1", 403);
    test_report_move(t, STATE_DIALOG_GJENNOMFORT);
    test_report_become(t, "KD");
    t->app->today = "2026-08-20";
    g_autoptr(Reply) early = test_report_post(
        t, "/behandling", "handling=send&send-dato=2026-08-20&send-bekreft=1", 409);
    assert_shows(early, "1 input from the dialogue has no answer yet");
    test_report_become(t, "FS");
    g_autofree char *none = answer_body(t, "utfall-1=delvis&svar-1=");
    g_autofree char *body = answer_body(t, "utfall-1=delvis&svar-1=Tatt+inn+i+kapittel+3");
    test_report_posted(t, "/innspill/svar", none, 422);
    test_report_posted(t, "/innspill/svar", body, 303);
    g_autoptr(Reply) stale = test_report_post(t, "/innspill/svar", body, 409);
    assert_shows(stale, "Somebody else has just stored this");
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_posted(t, "/innspill", INPUT "2", 409); /* too late */
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "Mer lesing");
    assert_shows(page, "Tatt inn i kapittel 3");
    assert_shows(page, "Dere sa – vi gjorde");
}

static void the_agenda_is_open_to_those_who_are_asked(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_become(t, "TV");
    test_report_posted(t, "/dialogpunkt", "punkt-gruppe=fau_su&punkt-tekst=Lekser", 422);
    test_report_posted(t, "/dialogpunkt", "punkt-gruppe=tillitsvalgte&punkt-tekst=Tid+til+lesing",
                       303);
    test_report_become(t, "FS");
    g_autofree char *no = g_strdup_printf("punkt=%" G_GINT64_FORMAT "&vedta-1=avvist&grunn-1=",
                                          count(t, "SELECT id FROM rapport_dialogpunkt"));
    g_autofree char *yes = g_strconcat(no, "Eget+m%C3%B8te", NULL);
    test_report_posted(t, "/dialogpunkt/svar", no, 422);
    test_report_posted(t, "/dialogpunkt/svar", yes, 303);
    test_report_become(t, "TV");
    g_autoptr(Reply) page = test_report_get(t, "/dialogmote", 200);
    assert_shows(page, "Eget møte");
    assert_hides(page, "Teksten om dette.");
    test_report_become(t, "AD");
    test_report_gets(t, "/dialogmote", 403);
    test_report_become_other(t, "FS");
    test_report_gets(t, "/dialogmote", 404);
}

static void only_one_of_two_stores_the_meeting(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_posted(t, "/dialogmote", "versjon=0&sted=Kulturhuset&klokka=25%3A00", 422);
    test_report_posted(
        t, "/dialogmote",
        "versjon=0&sted=Kulturhuset&klokka=18%3A00&referat=Vi+snakket.&antall-fau_su=9", 303);
    g_autoptr(Reply) stale =
        test_report_post(t, "/dialogmote", "versjon=0&sted=Annet&klokka=&referat=Min+tekst", 409);
    assert_shows(stale, "Min tekst");
    g_autoptr(Reply) page = test_report_get(t, "/dialogmote", 200);
    assert_shows(page, "Kulturhuset at 18:00");
    assert_shows(page, "<td>9");
}

#define RECOMMEND                                                                                  \
    "handling=innstilling&innstilling-dato=2026-09-01&innstilling-ordlyd=1.+Vi+godkjenner%0A2.+"   \
    "Mer"                                                                                          \
    "&innstilling-for=4&innstilling-mot=3&innstilling-sak="

static void minutes_go_with_the_step(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    t->app->today = "2026-09-02";
    test_report_become(t, "PO");
    test_report_posted(t, "/protokoll", "slag=parti&parti-parti=A", 403);
    test_report_become(t, "AR");
    test_report_posted(t, "/protokoll",
                       "slag=forslag&forslag-hvem=NN&forslag-ordlyd=Utsett&forslag-for=3&"
                       "forslag-mot=4&forslag-vedtatt=1",
                       422);    /* a majority against is not adopted */
    for (int i = 0; i < 2; i++) /* twice */
        test_report_posted(t, "/protokoll",
                           "slag=forslag&forslag-hvem=NN&forslag-ordlyd=Utsett&forslag-for=3&"
                           "forslag-mot=4&forslag-holdning=mot",
                           303);
    test_report_posted(t, "/protokoll", "slag=parti&parti-parti=A&parti-for=4&parti-mot=2", 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_protokoll"), ==, 2);
    g_autoptr(Reply) sum = test_report_post(t, "/behandling", RECOMMEND "PS+31%2F26", 422);
    assert_shows(sum, "add up to 4 for and 2 against");
    test_report_posted(t, "/protokoll", "slag=parti&parti-parti=B&parti-for=0&parti-mot=1", 303);
    test_report_posted(t, "/behandling", RECOMMEND "PS+31%2F25", 422); /* another year */
    test_report_posted(t, "/behandling", RECOMMEND "PS+31%2F26", 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_protokoll WHERE event IS NULL"), ==, 0);
    test_report_posted(t, "/protokoll/fjern", "linje=1", 409);
    test_report_become(t, NULL);
    g_autoptr(Reply) register_page = test_get(t->app, "/vedtak?q=godkjenner");
    g_assert_cmpint(register_page->status, ==, 200);
    assert_shows(register_page, "PS 31/26");
    assert_shows(register_page, "<li>Vi godkjenner");
    assert_shows(register_page, "against the recommendation");
    g_autoptr(Reply) nothing = test_get(t->app, "/vedtak?q=finnes-ikke");
    assert_hides(nothing, "PS 31/26");
}

static void a_number_is_given_to_one_case(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    t->app->today = "2026-09-02";
    test_report_become(t, "AR");
    g_autoptr(Reply) first = test_report_get(t, "/behandling", 200);
    assert_shows(first, "value=\"PS 1/26\"");
    test_report_posted(
        t, "/behandling",
        "handling=utsett&utsett-dato=2026-09-01&utsett-sak=PS+30%2F26&utsett-ordlyd=U", 303);
    g_autoptr(Reply) next = test_report_get(t, "/behandling", 200);
    assert_shows(next, "value=\"PS 31/26\"");
    g_autoptr(Reply) used = test_report_post(t, "/behandling", RECOMMEND "PS+30%2F26", 422);
    assert_shows(used, "The next free one is PS 31/26");
    g_assert_cmpint(test_report_state(t), ==, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "Postponed by the executive committee");
}

static void sent_on_without_a_recommendation(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    t->app->today = "2026-09-02";
    test_report_become(t, "AR");
    test_report_posted(t, "/behandling",
                       "handling=oversend&oversend-dato=2026-09-01&oversend-sak=PS+31%2F26", 303);
    g_assert_cmpint(test_report_state(t), ==, STATE_INNSTILT);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "without a recommendation");
}

/* --- corrections --- */

static int first_chapter(TestReport *t)
{
    return (int)count(t, "SELECT MIN(nr) FROM rapport_kapittel WHERE body <> ''");
}

static char *correction(TestReport *t, const char *was, const char *now, const char *seen)
{
    g_autofree char *nr = g_strdup_printf("%d", first_chapter(t));

    return test_report_body("slag", "tekst", "kapittel", nr, "feil", was, "rett", now, "bekreft",
                            "1", "sett", seen, NULL);
}

static void a_correction_leaves_the_old_version(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    Report before, after;
    char id[ID_TEXT];

    test_report_move(t, STATE_GODKJENT);
    t->app->today = "2026-11-01";
    tilstandsrapport_get(t->app->db, arena, 1, t->id, &before, &why);
    g_assert_no_error(why);
    g_autofree char *good =
        correction(t, "Teksten om", "Den rette teksten om", id_text(before.published, id));
    g_autofree char *missing = correction(t, "Står ikke her", "Noe", id);
    test_report_become(t, "PO");
    test_report_posted(t, "/rettelse", good, 403);
    test_report_become(t, "AR");
    test_report_posted(t, "/rettelse", missing, 422);
    test_report_posted(t, "/rettelse", good, 303);
    test_report_posted(t, "/rettelse", good, 303); /* sent twice: the first one's */
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_rettelse"), ==, 1);
    g_autofree char *other =
        correction(t, "Teksten om", "En annen tekst om", id_text(before.published, id));
    g_autoptr(Reply) stale = test_report_post(t, "/rettelse", other, 409);
    assert_shows(stale, "Somebody else has just corrected");
    tilstandsrapport_get(t->app->db, arena, 1, t->id, &after, &why);
    g_assert_no_error(why);
    g_assert_cmpint(after.published, !=, before.published);
    g_assert_cmpstr(after.locked, ==, before.locked);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "Den rette teksten om");
    assert_shows(page, "Rettet 1. november 2026");
    g_autofree char *old = g_strdup_printf("?versjon=%s", id_text(before.published, id));
    g_autoptr(Reply) old_page = test_report_get(t, old, 200);
    assert_hides(old_page, "Den rette teksten om");
    g_autoptr(Reply) versions = test_report_get(t, "/versjoner", 200);
    assert_shows(versions, "voted on by the council");
    assert_shows(versions, before.locked);
    g_autoptr(Reply) changes = test_report_get(t, "/endringer", 200);
    assert_shows(changes, "<ins>");
    assert_shows(changes, "<del>");
}

static void figures_are_corrected_in_the_data_only(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *body =
        test_report_body("slag", "tall", "kapittel", "", "feil", "Tallene var feil", "rett",
                         "Nå er de rette", "bekreft", "1", NULL);

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, "AR");
    g_autoptr(Reply) same = test_report_post(t, "/rettelse", body, 422);
    assert_shows(same, "The figures are the same");
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_rettelse"), ==, 0);
}

/* A version that was never public is no one else's. */
static void drafts_are_not_compared_by_the_public(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    g_autofree char *sql = g_strdup_printf(
        "SELECT MIN(id) FROM rapport_versjon WHERE rapport = %" G_GINT64_FORMAT, t->id);
    char id[ID_TEXT];
    g_autofree char *path = g_strdup_printf("/endringer?fra=%s", id_text(count(t, sql), id));

    test_report_gets(t, path, 200);
    test_report_become(t, NULL);
    test_report_gets(t, "/endringer", 200);
    test_report_gets(t, path, 404);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/input/answered", input_is_answered_before_it_is_sent);
    g_test_add_func("/tilstandsrapport/agenda/open", the_agenda_is_open_to_those_who_are_asked);
    g_test_add_func("/tilstandsrapport/meeting/stale", only_one_of_two_stores_the_meeting);
    g_test_add_func("/tilstandsrapport/minutes/step", minutes_go_with_the_step);
    g_test_add_func("/tilstandsrapport/number/one-case", a_number_is_given_to_one_case);
    g_test_add_func("/tilstandsrapport/oversend/public", sent_on_without_a_recommendation);
    g_test_add_func("/tilstandsrapport/correction/text", a_correction_leaves_the_old_version);
    g_test_add_func("/tilstandsrapport/correction/figures", figures_are_corrected_in_the_data_only);
    g_test_add_func("/tilstandsrapport/changes/drafts", drafts_are_not_compared_by_the_public);
    return g_test_run();
}
