/* test-sider-publisert.c - the public page of a report: versions, corrections, what was sent back; and that
 * nobody's words are lost between two tabs.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"

static int64_t count(TestReport *t, const char *sql)
{
    return test_db_int(t->app->db, sql);
}

static char *body_of(const char *format, int64_t id)
{
    g_auto(GStrv) parts = g_strsplit(format, "ID", -1);
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);

    return g_strjoinv(text, parts);
}

/* What stands between two marks of a page, as the form would send it. */
static char *between(const Reply *page, const char *from, const char *to)
{
    const char *start = strstr(page->body, from), *end;

    g_assert_nonnull(start);
    start += strlen(from);
    end = strstr(start, to);
    g_assert_nonnull(end);
    return g_strndup(start, (gsize)(end - start));
}

/* --- the public page --- */

static void the_page_leads_to_versions_and_decisions(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_GODKJENT);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "/versjoner\"");
    assert_shows(page, "href=\"/vedtak\"");
    assert_shows(page, "Fingerprint of the version that was voted on");
    assert_hides(page, "report-corrected");
    assert_hides(page, "Sent back");
    g_autoptr(Reply) menu = test_get(t->app, "/rapporter");
    assert_shows(menu, "href=\"/vedtak\"");
    assert_hides(menu, "href=\"/oppfolging\"");
}

/* The hash that was voted on stands beside the version that was voted on, never beside a corrected one. */
static void the_hash_stays_with_the_voted_version(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *body = NULL;
    char id[ID_TEXT];

    test_report_move(t, STATE_GODKJENT);
    t->app->today = "2026-11-01";
    int64_t voted = count(t, "SELECT published AS n FROM rapport");
    g_autofree char *nr = g_strdup_printf(
        "%d", (int)count(t, "SELECT MIN(nr) AS n FROM rapport_kapittel WHERE body <> ''"));

    body =
        test_report_body("slag", "tekst", "kapittel", nr, "feil", "Teksten om", "rett",
                         "Den rette teksten om", "bekreft", "1", "sett", id_text(voted, id), NULL);
    test_report_become(t, "AR");
    test_report_posted(t, "/rettelse", body, 303);
    test_report_become(t, NULL);
    g_autoptr(Reply) now = test_report_get(t, "", 200);
    assert_shows(now, "Corrected 1 November 2026");
    assert_hides(now, "Fingerprint of the version that was voted on");
    g_autofree char *old = g_strdup_printf("?versjon=%s", id_text(voted, id));
    assert_shows(now, old); /* the page leads to it */
    g_autoptr(Reply) then = test_report_get(t, old, 200);
    assert_shows(then, "Fingerprint of the version that was voted on");
    assert_hides(then, "report-corrected");
    g_autoptr(Reply) changes = test_report_get(t, "/endringer", 200);
    assert_shows(changes, "Den rette");
    assert_shows(changes, "had before it 10 September 2026");
}

static void a_report_sent_back_says_so(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    t->app->today = "2026-09-02";
    test_report_become(t, "AR");
    test_report_posted(t, "/behandling",
                       "handling=send_tilbake&send_tilbake-dato=2026-09-02&send_tilbake-sak=PS+31"
                       "%2F26&send_tilbake-ordlyd=Sendes+tilbake&send_tilbake-bekreft=1&"
                       "send_tilbake-merknad=Vi+vil+ha+mer+om+lesing",
                       303);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page,
                 "The executive committee sent this report back for new treatment 2 September "
                 "2026.");
    assert_shows(page, "Vi vil ha mer om lesing");
    assert_shows(page, "Teksten om dette.");
}

/* In 2013 the chief executive of a municipality was called rådmann, and the report says so. */
static void a_role_has_the_name_of_its_day(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_posted(t, "/innspill",
                       "gruppe=kommunedirektor&organ=&kapittel=0&anledning=for&tekst=Mer+lesing",
                       303);
    test_db_exec(t->app->db,
                 "UPDATE rapport_innspill SET status = 'delvis', answer = 'Tatt inn', answered_on "
                 "= '2026-08-05'",
                 NULL);
    g_autoptr(Reply) now = test_report_get(t, "/forhandsvisning", 200);
    assert_shows(now, "Kommunedirektør");
    assert_hides(now, "Rådmann");
    test_db_exec(t->app->db, "UPDATE rapport_innspill SET given_on = '2013-05-14'", NULL);
    g_autoptr(Reply) then = test_report_get(t, "/forhandsvisning", 200);
    assert_shows(then, "Rådmann");
    assert_hides(then, "Kommunedirektør");
}

static void follow_up_is_for_those_who_may_see_it(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_ETTERARBEID_KOMITE);
    test_report_become(t, "PO");
    g_autoptr(Reply) politician = test_report_get(t, "", 200);
    assert_shows(politician, "Følge opp lesing");
    assert_shows(politician, "Not begun");
    test_report_become(t, NULL);
    g_autoptr(Reply) public = test_report_get(t, "", 200);
    assert_hides(public, "Følge opp lesing");
    test_report_become_other(t, "FS");
    g_autoptr(Reply) neighbour = test_report_get(t, "", 200);
    assert_hides(neighbour, "Følge opp lesing");
}

/* --- two tabs --- */

static void a_stale_follow_up_form_stores_nothing(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_ETTERARBEID_KOMITE);
    test_report_become(t, "FS");
    g_autoptr(Reply) page = test_report_get(t, "/oppfolging", 200);
    g_autofree char *mark = between(page, "name=\"sett\" value=\"", "\"");
    g_autofree char *mine = g_strdup_printf("punkt=ID&sett=%s&ansvarlig-1=70&frist-1=2027-01-15&"
                                            "status-1=under_arbeid&svar-1=Begynt",
                                            mark);
    int64_t item = count(t, "SELECT id AS n FROM rapport_oppfolging");
    g_autofree char *first = body_of(mine, item);
    g_autofree char *theirs = g_strdup_printf("punkt=%" G_GINT64_FORMAT "&sett=%s&ansvarlig-1=70&"
                                              "frist-1=&status-1=avvik&svar-1=Ikke+gjort",
                                              item, mark);

    test_report_posted(t, "/oppfolging", first, 303);
    g_autoptr(Reply) late = test_report_post(t, "/oppfolging", theirs, 409);
    assert_shows(late, "Somebody else has just stored this");
    assert_shows(late, "Ikke gjort"); /* kept, to be copied */
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_oppfolging WHERE answer = "
                             "'Begynt' AND status = 'under_arbeid'"),
                    ==, 1);
}

static void own_input_is_changed_until_it_is_answered(void)
{
    g_autoptr(TestReport) t = test_report();
    static const char input[] = "gruppe=fau_su&organ=&kapittel=0&anledning=for&tekst=Mer+lesing";

    test_report_become(t, "FA");
    test_report_posted(t, "/innspill", input, 303);
    int64_t id = count(t, "SELECT id AS n FROM rapport_innspill");
    g_autofree char *change = body_of("innspill=ID&versjon=1&endret-1=Mer+skriving", id);
    g_autofree char *empty = body_of("innspill=ID&versjon=2&endret-1=", id);
    g_autofree char *unsure = body_of("innspill=ID&angre=1", id);
    g_autofree char *sure = body_of("innspill=ID&angre=1&trekk-1=1", id);
    g_autofree char *answer =
        body_of("innspill=ID&versjon=2&utfall-1=delvis&svar-1=I+kapittel+3", id);

    g_autoptr(Reply) page = test_report_get(t, "/dialogmote", 200);
    assert_shows(page, "Change or withdraw your input");
    test_report_posted(t, "/innspill/eget", change, 303);
    g_autoptr(Reply) stale = test_report_post(t, "/innspill/eget", change, 409);
    assert_shows(stale, "Mer skriving");
    test_report_posted(t, "/innspill/eget", empty, 422);
    test_report_posted(t, "/innspill/eget", unsure, 422);
    test_db_exec(t->app->db,
                 "INSERT INTO person (owner, id, name, origin, created_at) "
                 "VALUES (1, 99, 'En annen', 'syntetisk', 1)",
                 NULL);
    t->app->user.id = 99; /* somebody else's is not found */
    test_report_posted(t, "/innspill/eget", sure, 404);
    test_report_become(t, "FS");
    test_report_posted(t, "/innspill/svar", answer, 303);
    test_report_become(t, "FA");
    test_report_posted(t, "/innspill/eget", sure, 409); /* answered: it stands */
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_innspill WHERE text = "
                             "'Mer skriving'"),
                    ==, 1);
    test_db_exec(t->app->db, "UPDATE rapport_innspill SET status = 'mottatt'", NULL);
    test_report_posted(t, "/innspill/eget", sure, 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_innspill"), ==, 0);
}

static void a_line_of_the_minutes_is_changed(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_become(t, "AR");
    test_report_posted(t, "/protokoll", "slag=parti&parti-parti=A&parti-for=4&parti-mot=2", 303);
    g_autoptr(Reply) page = test_report_get(t, "/protokoll", 200);
    g_autofree char *mark = between(page, "name=\"sett\" value=\"", "\"");
    int64_t line = count(t, "SELECT id AS n FROM rapport_protokoll");
    char id[ID_TEXT];

    id_text(line, id);
    g_autofree char *good =
        g_strdup_printf("slag=parti&linje=%" G_GINT64_FORMAT "&sett=%s&parti-parti%s=A&"
                        "parti-for%s=7&parti-mot%s=0",
                        line, mark, id, id, id);
    g_autofree char *wrong = g_strdup_printf("slag=parti&linje=%" G_GINT64_FORMAT
                                             "&sett=%s&parti-parti%s=&parti-for%s=5&parti-mot%s=1",
                                             line, mark, id, id, id);

    test_report_posted(t, "/protokoll", wrong, 422);
    test_report_posted(t, "/protokoll", good, 303);
    g_assert_cmpint(count(t, "SELECT votes_for AS n FROM rapport_protokoll"), ==, 7);
    test_report_posted(t, "/protokoll", good, 409); /* from the tab that is stale now */
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_protokoll"), ==, 1);
    test_report_move(t, STATE_INNSTILT);
    test_report_posted(t, "/protokoll", good, 409); /* recorded with its step */
}

/* --- figures of a chapter --- */

static void the_figures_of_a_chapter_are_chosen(void)
{
    g_autoptr(TestReport) t = test_report();
    char id[ID_TEXT];
    int64_t chapter =
        count(t, "SELECT id AS n FROM rapport_kapittel WHERE theme = 'laringsresultat'");
    g_autofree char *at = g_strdup_printf("/kapittel/%s/utvalg", id_text(chapter, id));
    g_autofree char *body = g_strdup_printf(
        "versjon=%d&indikator=NP.LES.5&indikator=FINNES.IKKE",
        (int)count(t, "SELECT version AS n FROM rapport_kapittel WHERE theme = 'laringsresultat'"));

    test_report_gets(t, at, 200);
    test_report_posted(t, at, body, 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_kapittel WHERE indicators = "
                             "'NP.LES.5' AND views = ''"),
                    ==, 1);
    g_autoptr(Reply) page = test_report_get(t, at, 200);
    assert_shows(page, "value=\"NP.LES.5\" checked");
    test_report_posted(t, at, "sett=gammel&indikator=NP.REG.5", 409);
    test_report_posted(t, at, "sett=gammel&indikator=NP.LES.5", 303); /* it stands so already */
    test_report_become(t, "PO");
    test_report_posted(t, at, body, 403);
}

/* --- dates --- */

static void the_rest_follows_the_councils_day(void)
{
    g_autoptr(TestReport) t = test_report();
    static const char moved[] = "steg-1=2026-06-23&papirer=2026-06-30&steg-2=2026-08-04&"
                                "saksframlegg=2026-08-18&steg-3=2026-09-01&steg-4=2026-10-15&"
                                "steg-5=2026-11-24&steg-6=2026-12-01";
    g_autofree char *alone = g_strconcat(moved, "&bare=1", NULL);

    g_autoptr(Reply) offer = test_report_post(t, "/plan", moved, 200);
    assert_shows(offer, "value=\"2026-10-06\""); /* the executive committee, nine days before */
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_steg WHERE planned = "
                             "'2026-10-15'"),
                    ==, 0); /* nothing is stored yet */
    test_report_posted(t, "/plan", alone, 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_steg WHERE planned = "
                             "'2026-10-15'"),
                    ==, 1);
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_steg WHERE planned = "
                             "'2026-09-01'"),
                    ==, 1);
}

static void dates_between_the_steps_are_moved(void)
{
    g_autoptr(TestReport) t = test_report();
    static const char rest[] = "steg-1=2026-06-23&papirer=%s&steg-2=2026-08-04&saksframlegg=%s&"
                               "steg-3=2026-09-01&steg-4=2026-09-10&steg-5=2026-11-24&"
                               "steg-6=2026-12-01";
    g_auto(GStrv) parts = g_strsplit(rest, "%s", -1);
    g_autofree char *good =
        g_strconcat(parts[0], "2026-07-28", parts[1], "2026-08-20", parts[2], NULL);
    g_autofree char *wrong =
        g_strconcat(parts[0], "2026-08-05", parts[1], "2026-08-20", parts[2], NULL);
    g_autofree char *again = g_strconcat(parts[0], "2026-07-28", parts[1], "", parts[2], NULL);

    g_autoptr(Reply) after = test_report_post(t, "/plan", wrong, 422);
    assert_shows(after, "f-steg-2-problem"); /* papers after the meeting they are for */
    test_report_posted(t, "/plan", good, 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_frist"), ==, 2);
    t->app->today = "2026-07-10"; /* told from three weeks before */
    g_autoptr(Reply) home = test_get(t->app, "/hjem");
    assert_shows(home, "send out the papers for the dialogue meeting");
    test_report_posted(t, "/plan", again, 303); /* empty: counted again */
    g_assert_cmpint(count(t, "SELECT COUNT(*) AS n FROM rapport_frist"), ==, 1);
}

/* --- what rests on a file --- */

static size_t uses(TestReport *t, int64_t owner, const char *file)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    ReportUses all;

    tilstandsrapport_uses(t->app->db, arena, owner, file, &all, &why);
    g_assert_no_error(why);
    return all.n;
}

static void a_file_tells_which_versions_rest_on_it(void)
{
    g_autoptr(TestReport) t = test_report();

    g_assert_cmpuint(uses(t, 1, "egne.csv"), ==, 0); /* a draft follows the data */
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    g_assert_cmpuint(uses(t, 1, "egne.csv"), ==,
                     (size_t)count(t, "SELECT COUNT(*) AS n FROM rapport_versjon"));
    g_assert_cmpuint(uses(t, 1, "andre.csv"), ==, 0);
    g_assert_cmpuint(uses(t, 8, "egne.csv"), ==, 0);
}

/* --- deleting --- */

static void a_report_with_a_dialogue_is_not_empty(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_posted(t, "/dialogmote", "versjon=0&sted=Kulturhuset&klokka=18%3A00&referat=", 303);
    test_db_exec(t->app->db, "UPDATE rapport_kapittel SET body = '', judgement = '', measures = ''",
                 NULL);
    test_report_posted(t, "/slett", "slett-bekreft=1", 409);
    test_db_exec(t->app->db, "DELETE FROM rapport_dialogmote", NULL);
    test_report_posted(t, "/slett", "slett-bekreft=1", 303);
}

/* --- what is to be followed up --- */

/* An item due 5 December whose answer waits, and a head who has the position it lies with. */
static void given_an_open_item(TestReport *t)
{
    test_report_move(t, STATE_ETTERARBEID_KOMITE);
    test_db_exec(t->app->db, "UPDATE rapport_oppfolging SET answer = '', answered_on = NULL", NULL);
    test_db_exec(t->app->db,
                 "INSERT INTO stilling_innehaver (owner, id, stilling, person, valid_from) "
                 "VALUES (1, 71, 70, 1, '2000-01-01')",
                 NULL);
}

static void the_overview_shows_and_filters(void)
{
    g_autoptr(TestReport) t = test_report();

    given_an_open_item(t);
    t->app->today = "2026-12-08";
    test_report_become(t, "PO");
    g_autoptr(Reply) page = test_get(t->app, "/oppfolging");
    g_assert_cmpint(page->status, ==, 200);
    assert_shows(page, "Følge opp lesing");
    assert_shows(page, "3 days overdue");
    assert_shows(page, "print-only");
    test_report_become(t, "LR");
    g_autoptr(Reply) teacher = test_get(t->app, "/oppfolging");
    g_assert_cmpint(teacher->status, ==, 403);
    test_report_become_other(t, "FS");
    g_autoptr(Reply) neighbour = test_get(t->app, "/oppfolging");
    assert_hides(neighbour, "Følge opp lesing");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/public/leads-on", the_page_leads_to_versions_and_decisions);
    g_test_add_func("/tilstandsrapport/public/voted-hash", the_hash_stays_with_the_voted_version);
    g_test_add_func("/tilstandsrapport/public/sent-back", a_report_sent_back_says_so);
    g_test_add_func("/tilstandsrapport/public/role-of-its-day", a_role_has_the_name_of_its_day);
    g_test_add_func("/tilstandsrapport/public/follow-up", follow_up_is_for_those_who_may_see_it);
    g_test_add_func("/tilstandsrapport/follow-up/stale", a_stale_follow_up_form_stores_nothing);
    g_test_add_func("/tilstandsrapport/input/own", own_input_is_changed_until_it_is_answered);
    g_test_add_func("/tilstandsrapport/minutes/changed", a_line_of_the_minutes_is_changed);
    g_test_add_func("/tilstandsrapport/chapter/figures", the_figures_of_a_chapter_are_chosen);
    g_test_add_func("/tilstandsrapport/plan/follows", the_rest_follows_the_councils_day);
    g_test_add_func("/tilstandsrapport/plan/between", dates_between_the_steps_are_moved);
    g_test_add_func("/tilstandsrapport/uses/file", a_file_tells_which_versions_rest_on_it);
    g_test_add_func("/tilstandsrapport/delete/dialogue", a_report_with_a_dialogue_is_not_empty);
    g_test_add_func("/tilstandsrapport/overview/filters", the_overview_shows_and_filters);
    return g_test_run();
}
