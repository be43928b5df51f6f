/* test-skriving.c - two people in one chapter, comments, goals, measures, last year, figures, template and
 * law, through their routes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "maal.h"
#include "skriving.h"
#include "tall.h"
#include "testing-sider.h"

static char *chapter_path(TestReport *t, const char *kind, const char *rest)
{
    char id[ID_TEXT];

    return g_strdup_printf("/kapittel/%s%s", id_text(test_report_chapter(t, kind), id), rest);
}

static char *texts(const char *version, const char *body, const char *judgement)
{
    return test_report_body("versjon", version, "tekst", body, "maal", "Målet", "vurdering",
                            judgement, "tiltak", "Ett", "ingen_tiltak", "", "status", "utkast",
                            "gjor", "lagre", NULL);
}

static int64_t count(TestReport *t, const char *sql)
{
    return test_db_int(t->app->db, sql);
}

/* --- two people --- */

static void changes_apart_are_merged(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema", "");
    g_autofree char *start = texts("2", "En\n\nTo\n\nTre", "Vurdert");
    g_autofree char *theirs = texts("3", "En, deres\n\nTo\n\nTre", "Vurdert"),
                    *mine = texts("3", "En\n\nTo\n\nTre, min", "Vurdert nøye");

    test_report_posted(t, path, start, 303);
    test_report_posted(t, path, theirs, 303);
    test_report_posted(t, path, mine, 303);
    g_autoptr(Reply) after = test_report_get(t, path, 200);
    assert_shows(after, "En, deres\n\nTo\n\nTre, min</textarea>");
    assert_shows(after, "Vurdert nøye</textarea>");
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_kapittel_tekst WHERE body LIKE 'En%'"),
                    ==, 2);
}

static void a_conflict_is_settled_passage_by_passage(void)
{
    static const struct {
        const char *choice, *body;
    } ways[] = { { "min", "Min</textarea>" },
                 { "deres", "Deres</textarea>" },
                 { "begge", "Deres\nMin</textarea>" },
                 { "for", "Felles</textarea>" } };

    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autoptr(TestReport) t = test_report();
        g_autofree char *path = chapter_path(t, "tema", "");
        g_autofree char *start = texts("2", "Felles", "V"), *theirs = texts("3", "Deres", "V"),
                        *mine = texts("3", "Min", "V");
        g_autofree char *chosen =
            test_report_body("versjon", "3", "mot", "4", "tekst", "Min", "maal", "Målet",
                             "vurdering", "V", "tiltak", "Ett", "ingen_tiltak", "", "status",
                             "utkast", "gjor", "velg", "velg-0-1", ways[i].choice, NULL);

        test_report_posted(t, path, start, 303);
        test_report_posted(t, path, theirs, 303);
        g_autoptr(Reply) asked = test_report_post(t, path, mine, 409);
        assert_shows(asked, "name=\"velg-0-1\"");
        assert_shows(asked, "name=\"versjon\" value=\"3\"");
        assert_shows(asked, "name=\"mot\" value=\"4\"");
        test_report_posted(t, path, chosen, 303);
        g_autoptr(Reply) after = test_report_get(t, path, 200);
        assert_shows(after, ways[i].body);
    }
}

/* Choices that were made in view of another text than the one that stands there settle nothing. */
static void stale_choices_are_asked_again(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema", "");
    g_autofree char *start = texts("2", "Felles", "V"), *theirs = texts("3", "Deres", "V"),
                    *again = texts("4", "Deres igjen", "V");
    g_autofree char *chosen = test_report_body(
        "versjon", "3", "mot", "4", "tekst", "Min", "maal", "Målet", "vurdering", "V", "tiltak",
        "Ett", "ingen_tiltak", "", "status", "utkast", "gjor", "velg", "velg-0-1", "min", NULL);

    test_report_posted(t, path, start, 303);
    test_report_posted(t, path, theirs, 303);
    test_report_posted(t, path, again, 303);
    g_autoptr(Reply) asked = test_report_post(t, path, chosen, 409);
    assert_shows(asked, "Deres igjen");
    g_autoptr(Reply) stored = test_report_get(t, path, 200);
    assert_shows(stored, "Deres igjen</textarea>");
}

/* Any number of writers, each from a version of their own: a line that is stored stays until somebody who
 * has seen it takes it away. */
static void interleaved_sessions_lose_no_line(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GHashTable) written = g_hash_table_new(g_str_hash, g_str_equal);
    int64_t id = test_report_chapter(t, "tema");
    Chapter seen[3];

    for (int i = 0; i < 3; i++) {
        g_autoptr(GError) why = NULL;
        int64_t report;

        g_assert_true(tilstandsrapport_chapter(t->app->db, arena, 1, id, &report, &seen[i], &why));
    }
    for (int round = 0; round < 120; round++) {
        int who = g_test_rand_int_range(0, 3);
        g_autoptr(GError) why = NULL;
        g_auto(GStrv) lines = g_strsplit(seen[who].body, "\n", -1);
        guint at = (guint)g_test_rand_int_range(0, (int)g_strv_length(lines) + 1);
        g_autoptr(GString) body = g_string_new(NULL);
        const char *line = arena_printf(arena, "linje %d", round);
        Chapter mine = seen[who];
        Stored stored;
        int64_t report;

        for (guint i = 0; i <= g_strv_length(lines); i++) {
            if (i == at)
                g_string_append_printf(body, "%s%s", body->len ? "\n" : "", line);
            if (lines[i])
                g_string_append_printf(body, "%s%s", body->len ? "\n" : "", lines[i]);
        }
        mine.body = body->str;
        Saving saving = { .chapter = &mine, .person = 1, .now = 1000 + round };

        g_assert_true(tilstandsrapport_save(t->app->db, arena, 1, &saving, &stored, &why));
        if (stored.conflict) { /* keep both, as the page proposes */
            Choice both[64];
            const Choice *choices[N_TEXT];

            for (size_t i = 0; i < G_N_ELEMENTS(both); i++)
                both[i] = CHOICE_BOTH;
            for (int i = 0; i < N_TEXT; i++)
                choices[i] = both;
            saving.choices = choices;
            saving.against = stored.stored.version;
            g_assert_true(tilstandsrapport_save(t->app->db, arena, 1, &saving, &stored, &why));
            g_assert_false(stored.conflict);
        }
        g_hash_table_add(written, (void *)(uintptr_t)line);
        if (g_test_rand_bit()) /* else goes on from the text of before */
            g_assert_true(
                tilstandsrapport_chapter(t->app->db, arena, 1, id, &report, &seen[who], &why));
        else
            seen[who] = mine, seen[who].body = arena_dup(arena, body->str);
    }
    int64_t report;
    Chapter last;

    g_assert_true(tilstandsrapport_chapter(t->app->db, arena, 1, id, &report, &last, NULL));
    g_auto(GStrv) all = g_strsplit(last.body, "\n", -1);
    GHashTableIter iter;
    gpointer line;

    g_hash_table_iter_init(&iter, written);
    while (g_hash_table_iter_next(&iter, &line, NULL))
        g_assert_true(g_strv_contains((const char *const *)all, line));
    g_assert_cmpuint(g_hash_table_size(written), ==, 120);
}

static void an_earlier_text_comes_back(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema", ""),
                    *history = chapter_path(t, "tema", "/historikk");
    g_autofree char *first = texts("2", "Første utgave", "V"), *second = texts("3", "Andre", "V");

    test_report_posted(t, path, first, 303);
    test_report_posted(t, path, second, 303);
    g_autoptr(Reply) list = test_report_get(t, history, 200);
    assert_shows(list, "Første utgave");
    test_report_posted(t, history, "til=3", 303);
    g_autoptr(Reply) back = test_report_get(t, path, 200);
    assert_shows(back, "Første utgave</textarea>");
    g_autoptr(Reply) kept = test_report_get(t, history, 200);
    assert_shows(kept, "Andre");
    test_report_posted(t, history, "til=77", 404);
}

/* --- comments --- */

static void comments_stay_inside(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema", ""),
                    *post = chapter_path(t, "tema", "/kommentar");
    char id[ID_TEXT];

    test_report_posted(t, post, "gjor=ny&svar=Stemmer+dette%3F&sitat=Teksten", 303);
    int64_t thread = count(t, "SELECT id FROM rapport_kommentar");
    g_autofree char *answer = g_strdup_printf("gjor=svar&svar=Ja&trad=%s", id_text(thread, id)),
                    *settle = g_strdup_printf("gjor=avslutt&trad=%s", id);

    test_report_posted(t, post, answer, 303);
    g_autoptr(Reply) shown = test_report_get(t, path, 200);
    assert_shows(shown, "Stemmer dette?");
    assert_shows(shown, "(1 open)");
    g_autoptr(Reply) room = test_report_get(t, "/skriving", 200);
    assert_shows(room, "has comments that are not resolved.");
    g_autoptr(Reply) preview = test_report_get(t, "/forhandsvisning?for=offentlig", 200);
    assert_hides(preview, "Stemmer dette?");
    test_report_posted(t, post, settle, 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_kommentar WHERE resolved_at > 0"), ==,
                    1);
    g_autoptr(Reply) after = test_report_get(t, "/skriving", 200);
    assert_hides(after, "has comments that are not resolved.");
    test_report_posted(t, post, "gjor=ny&svar=", 303);
    test_report_posted(t, post, "gjor=svar&svar=x&trad=0000000000001", 404);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_kommentar"), ==, 2);
}

/* --- goals and measures --- */

static void a_goal_without_a_date_is_a_draft(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema", "/maal");

    test_report_posted(t, path, "gjor=lagre&maal=Lese+bedre&indikator=&frist=", 303);
    g_autoptr(Reply) list = test_report_get(t, path, 200);
    assert_shows(list, "A draft: direction");
    g_autoptr(Reply) preview = test_report_get(t, "/forhandsvisning?for=offentlig", 200);
    assert_shows(preview, "Lese bedre");
    test_report_posted(t, path, "gjor=lagre&maal=&indikator=", 422);
    test_report_posted(t, path, "gjor=lagre&maal=x&indikator=FINNES.IKKE", 422);
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    test_report_posted(t, path, "gjor=lagre&maal=For+sent&indikator=", 403);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_maal"), ==, 1);
}

static void written_measures_become_items(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = chapter_path(t, "tema", ""), *post = chapter_path(t, "tema", "/tiltak");
    g_autofree char *body = test_report_body("versjon", "2", "tekst", "T", "maal", "", "vurdering",
                                             "V", "tiltak", "- Kurs for lærere\n- Lesestund",
                                             "ingen_tiltak", "", "status", "ferdig", NULL);

    test_report_posted(t, path, body, 303);
    test_report_posted(t, post, "gjor=gjor-om", 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_tiltak WHERE status = 'planlagt'"), ==,
                    2);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_kapittel WHERE measures LIKE '%Kurs%'"),
                    ==, 0);
    test_report_posted(t, post, "gjor=gjor-om", 303); /* twice makes none */
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_tiltak"), ==, 2);
    g_autoptr(Reply) backwards =
        test_report_post(t, post,
                         "gjor=lagre&tiltak=Kurs&status=planlagt&ansvarlig=&indikator="
                         "&fra=2026-09-01&frist=2026-08-01",
                         422);
    assert_shows(backwards, "It would end before it begins");
}

static void last_year_must_be_told_of(void)
{
    g_autoptr(TestReport) t = test_report();
    char id[ID_TEXT];

    test_report_posted(t, "/ifjor", "gjor=ny&oppgave=Felles+leseplan", 303);
    g_autoptr(Reply) room = test_report_get(t, "/skriving", 200);
    assert_shows(room, "do not all have a status");
    int64_t item = count(t, "SELECT item FROM rapport_ifjor");
    g_autofree char *none = g_strdup_printf("post=%s&versjon=1&status=", id_text(item, id)),
                    *told = g_strdup_printf(
                        "post=%s&versjon=1&status=gjennomfort&merknad=Gjort+i+mai", id);

    test_report_posted(t, "/ifjor", none, 422);
    test_report_posted(t, "/ifjor", told, 303);
    test_report_posted(t, "/ifjor", told, 409); /* from a stale tab */
    g_autoptr(Reply) preview = test_report_get(t, "/forhandsvisning?for=offentlig", 200);
    assert_shows(preview, "Felles leseplan");
    assert_shows(preview, "Gjort i mai");
    g_autoptr(Reply) after = test_report_get(t, "/skriving", 200);
    assert_hides(after, "do not all have a status");
}

/* What this report sets out to do, the next one opens with, without anybody copying it. */
static void next_years_report_opens_with_it(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *post = chapter_path(t, "tema", "/tiltak");
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    LastYearList list;
    Report next;
    int64_t id;

    test_report_posted(t, post,
                       "gjor=lagre&tiltak=Lesestund&status=pagar&ansvarlig=&indikator=", 303);
    const ReportNew new = { .year = "2026/27",
                            .language = LANG_NN,
                            .council = "2027-06-10",
                            .today = "2026-07-02",
                            .now = 2 };
    g_assert_true(tilstandsrapport_begin(t->app->db, 1, &new, &id, &why));
    g_assert_true(tilstandsrapport_get(t->app->db, arena, 1, id, &next, &why));
    g_assert_true(tilstandsrapport_last_year(t->app->db, arena, &next, "2026-07-02", &list, &why));
    g_assert_cmpuint(list.n, ==, 1);
    g_assert_cmpstr(list.v[0].task, ==, "Lesestund");
    g_assert_cmpstr(list.v[0].status, ==, "");
    g_assert_cmpstr(list.year, ==, "2025/26");
}

/* --- template, law, work --- */

static void a_template_of_our_own(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    ChapterList old, fresh;
    int64_t id;

    g_autoptr(Reply) added =
        test_post(t->app, "/innstillinger/rapportmal", "gjor=ny&nb=Svømming&nn=Symjing&tema=");
    g_assert_cmpint(added->status, ==, 303);
    const ReportNew new = { .year = "2024/25",
                            .language = LANG_NN,
                            .council = "2026-12-10",
                            .today = "2026-07-02",
                            .now = 2 };
    g_assert_true(tilstandsrapport_begin(t->app->db, 1, &new, &id, &why));
    g_assert_true(tilstandsrapport_chapters(t->app->db, arena, 1, id, &fresh, &why));
    g_assert_true(tilstandsrapport_chapters(t->app->db, arena, 1, t->id, &old, &why));
    g_assert_cmpuint(fresh.n, ==, old.n + 1); /* the report that was begun stays as it was */
    g_assert_cmpstr(fresh.v[fresh.n - 2].title, ==, "Symjing");
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapportmal_kapittel"), ==, (int64_t)fresh.n);
}

static void the_law_keeps_its_chapters(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *body = NULL;
    char id[ID_TEXT];

    g_autoptr(Reply) up = test_post(t->app, "/innstillinger/rapportmal", "gjor=opp&nr=4&kapittel=");
    g_assert_cmpint(up->status, ==, 303);
    body = g_strdup_printf(
        "gjor=fjern&bekreft=1&kapittel=%s",
        id_text(count(t, "SELECT id FROM rapportmal_kapittel WHERE theme = 'laringsmiljo'"), id));
    g_autoptr(Reply) kept = test_post(t->app, "/innstillinger/rapportmal", body);
    g_assert_cmpint(kept->status, ==, 303);
    g_assert_cmpint(count(t, "SELECT nr FROM rapportmal_kapittel WHERE theme = 'laringsmiljo'"), ==,
                    3);
}

static void statutory_themes_follow_the_law(void)
{
    static const struct {
        const char *council, *year, *title;
    } laws[] = { { "2013-06-20", "2012/13", "Frafall og gjennomføring" },
                 { "2024-07-31", "2023/24", "Frafall og gjennomføring" },
                 { "2024-08-01", "2023/24", "Gjennomføring" } };
    g_autoptr(TestReport) t = test_report();

    for (size_t i = 0; i < G_N_ELEMENTS(laws); i++) {
        const ReportNew new = {
            .year = laws[i].year, .language = LANG_NB, .council = laws[i].council, .now = 2
        };
        g_autoptr(Arena) arena = arena_new();
        g_autoptr(GError) why = NULL;
        ChapterList all;
        size_t statutory = 0;
        int64_t id;

        g_assert_true(tilstandsrapport_begin(t->app->db, 1, &new, &id, &why));
        g_assert_true(tilstandsrapport_chapters(t->app->db, arena, 1, id, &all, &why));
        for (size_t k = 0; k < all.n; k++) {
            statutory += all.v[k].statutory;
            if (!strcmp(all.v[k].theme, "gjennomforing"))
                g_assert_cmpstr(all.v[k].title, ==, laws[i].title);
        }
        g_assert_cmpuint(statutory, ==, 3);
    }
}

static void the_law_is_ticked_off_by_name(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Reply) before = test_get(t->app, "/lov");
    g_autoptr(Reply) tick = test_post(t->app, "/lov/INFO-17-12", "gjor=kontrollert&merknad=Lest");
    g_autoptr(Reply) unknown = test_post(t->app, "/lov/TULL", "gjor=kontrollert");
    g_autoptr(Reply) after = test_get(t->app, "/lov");

    assert_shows(before, "Not checked by a person yet.");
    g_assert_cmpint(tick->status, ==, 303);
    g_assert_cmpint(unknown->status, ==, 404);
    assert_shows(after, "Held against lovdata.no by Åse &lt;rektor&gt;");
    test_report_become(t, "RK");
    g_autoptr(Reply) rektor = test_post(t->app, "/lov/INFO-17-12", "gjor=angre");
    g_assert_cmpint(rektor->status, ==, 403);
}

static void a_chapter_about_a_unit_is_the_units(void)
{
    g_autoptr(TestReport) t = test_report();
    char id[ID_TEXT];

    test_report_posted(t, "/kapitler", "gjor=ny&enhet=1&tittel=", 303);
    int64_t chapter = count(t, "SELECT id FROM rapport_kapittel WHERE title = 'Bakken skole'");
    g_autofree char *path = g_strdup_printf("/kapittel/%s", id_text(chapter, id));

    test_report_become(t, "RK"); /* of unit 1 */
    test_report_gets(t, path, 200);
    t->app->user.unit = 2;
    test_report_gets(t, path, 404);
    test_report_posted(t, "/kapitler", "gjor=ny&enhet=1&tittel=x", 403);
}

/* --- figures --- */

static void held_figures_change_when_told(void)
{
    static const char csv[] = "enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n\n"
                              "9999;NP.LES.5;2025/26;5;alle;48,1;1,0;140\n";
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    ImportResult result;
    Report report;
    const Taking taking = { 1, 5, "2026-07-01" };
    const ImportSpec spec = { .owner = 1,
                              .filename = "rettet.csv",
                              .data = csv,
                              .size = sizeof csv - 1,
                              .format = "values-csv",
                              .now = 9,
                              .today = "2026-07-01" };
    ChapterList all;

    g_assert_true(tilstandsrapport_get(t->app->db, arena, 1, t->id, &report, &why));
    g_assert_true(tilstandsrapport_chapters(t->app->db, arena, 1, t->id, &all, &why));
    for (size_t i = 0; i < all.n; i++)
        g_assert_true(
            tilstandsrapport_hold_figures(t->app->db, &report, all.v[i].id, &taking, &why));
    g_assert_true(indikator_import(t->app->db, arena, &spec, &result, &why));
    g_assert_cmpuint(result.n_errors, ==, 0);
    g_autoptr(Reply) before = test_report_get(t, "/forhandsvisning?for=offentlig", 200);
    assert_shows(before, "49 ±1,1");
    assert_hides(before, "48 ±1,0");
    g_autoptr(Reply) list = test_report_get(t, "/tall", 200);
    assert_shows(list, "49 ±1.1");
    assert_shows(list, "48 ±1.0");
    assert_shows(list, "rettet.csv");
    test_report_posted(t, "/tall", "gjor=alle", 303);
    g_autoptr(Reply) after = test_report_get(t, "/forhandsvisning?for=offentlig", 200);
    assert_shows(after, "48 ±1,0");
    assert_hides(after, "49 ±1,1");
    g_autoptr(Reply) room = test_report_get(t, "/skriving", 200);
    assert_shows(room, "was assessed over figures that have been replaced");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/writing/merged", changes_apart_are_merged);
    g_test_add_func("/tilstandsrapport/writing/conflict", a_conflict_is_settled_passage_by_passage);
    g_test_add_func("/tilstandsrapport/writing/stale-choices", stale_choices_are_asked_again);
    g_test_add_func("/tilstandsrapport/writing/interleaved", interleaved_sessions_lose_no_line);
    g_test_add_func("/tilstandsrapport/writing/earlier-text", an_earlier_text_comes_back);
    g_test_add_func("/tilstandsrapport/comments/inside", comments_stay_inside);
    g_test_add_func("/tilstandsrapport/goals/draft", a_goal_without_a_date_is_a_draft);
    g_test_add_func("/tilstandsrapport/measures/from-text", written_measures_become_items);
    g_test_add_func("/tilstandsrapport/last-year/told", last_year_must_be_told_of);
    g_test_add_func("/tilstandsrapport/last-year/next-report", next_years_report_opens_with_it);
    g_test_add_func("/tilstandsrapport/template/own", a_template_of_our_own);
    g_test_add_func("/tilstandsrapport/template/law", the_law_keeps_its_chapters);
    g_test_add_func("/tilstandsrapport/law/themes", statutory_themes_follow_the_law);
    g_test_add_func("/tilstandsrapport/law/ticked", the_law_is_ticked_off_by_name);
    g_test_add_func("/tilstandsrapport/work/unit", a_chapter_about_a_unit_is_the_units);
    g_test_add_func("/tilstandsrapport/figures/held", held_figures_change_when_told);
    return g_test_run();
}
