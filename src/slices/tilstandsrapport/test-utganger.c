/* test-utganger.c - the files and short papers of a report through their addresses: who gets which, in
 * what form and language, and what none of them shows.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold-ark.h"
#include "innhold-sprak.h"
#include "sider-filer.h"
#include "testing-innhold.h"
#include "testing-sider.h"

static const char *const papers[] = { "/pdf",  "/docx",     "/csv",    "/jsonstat",
                                      "/kort", "/kort/pdf", "/skoler", NULL };

static void a_draft_is_for_those_who_write(void)
{
    g_autoptr(TestReport) t = test_report();

    for (const char *const *paper = papers; *paper; paper++) {
        test_report_become(t, "FS");
        test_report_gets(t, *paper, 200);
        test_report_become(t, "PO");
        test_report_gets(t, *paper, 404);
        test_report_become(t, NULL);
        test_report_gets(t, *paper, 404);
        test_report_become_other(t, "FS");
        test_report_gets(t, *paper, 404);
    }
}

static void what_is_published_is_for_everybody(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_GODKJENT);
    t->app->today = TEST_AFTER_ALL;
    test_report_become(t, NULL);
    for (const char *const *paper = papers; *paper; paper++) {
        g_autoptr(Reply) r = test_report_get(t, *paper, 200);

        assert_hides(r, TEST_SECRET);
        g_assert_nonnull(strstr(r->headers, "ETag: "));
    }
    g_autoptr(Reply) page = test_report_get(t, "", 200);
    assert_shows(page, "/docx\"");
    assert_shows(page, "/jsonstat\"");
    assert_shows(page, "kB");
}

static void internal_files_are_for_those_who_may_see_all(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_become(t, "FS");
    g_autoptr(Reply) inside = test_report_get(t, "/csv?for=intern", 200);
    g_autoptr(Reply) outside = test_report_get(t, "/csv?for=offentlig", 200);
    assert_shows(inside, ";37;5;");
    assert_hides(outside, ";37;5;");
    g_assert_nonnull(strstr(inside->headers, "-intern-utkast.csv"));
    g_assert_null(strstr(inside->headers, "ETag: "));
    test_report_become(t, "RK");
    test_report_gets(t, "/csv?for=intern", 404);
    test_report_gets(t, "/docx?for=intern", 404);
    test_report_gets(t, "/kort?for=intern", 404);
}

#define SCHOOL "/skole/975283518"

/* By the matrix: the school's own leaders and those of the whole owner; never anybody else. */
static void a_schools_own_figures_are_for_its_own(void)
{
    static const char *const may[] = { "FS", "KD", "RK", "AL" };
    static const char *const may_not[] = { "PO", "LR", "FA", "AD", NULL };
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_GODKJENT);
    t->app->today = TEST_AFTER_ALL;
    for (size_t i = 0; i < G_N_ELEMENTS(may); i++) {
        test_report_become(t, may[i]);
        g_autoptr(Reply) open = test_report_get(t, SCHOOL, 200);
        g_autoptr(Reply) inside = test_report_get(t, SCHOOL "?skolens=1", 200);

        assert_hides(open, TEST_SECRET);
        assert_shows(inside, TEST_SECRET);
        g_assert_null(strstr(inside->headers, "ETag: "));
        test_report_gets(t, SCHOOL "/pdf?skolens=1", 200);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(may_not); i++) {
        test_report_become(t, may_not[i]);
        g_autoptr(Reply) open = test_report_get(t, SCHOOL, 200);

        assert_hides(open, TEST_SECRET);
        assert_hides(open, "skolens");
        test_report_gets(t, SCHOOL "?skolens=1", 404);
        test_report_gets(t, SCHOOL "/pdf?skolens=1", 404);
    }
    test_report_become(t, "RK");
    t->app->user.unit = 2; /* a leader of another unit */
    test_report_gets(t, SCHOOL "?skolens=1", 404);
    test_report_become_other(t, "FS");
    test_report_gets(t, SCHOOL "?skolens=1", 404);
}

static void each_file_says_what_it_is(void)
{
    static const struct {
        const char *rest, *type, *begins;
    } files[] = {
        { "/pdf", "application/pdf", "%PDF-1.7" },
        { "/docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "PK" },
        { "/csv", "text/csv; charset=utf-8",
          "\xef\xbb\xbf"
          "blokk;enhet;" },
        { "/jsonstat", "application/json", "{\"version\":\"2.0\",\"class\":\"collection\"" },
        { "/kort/pdf", "application/pdf", "%PDF-1.7" },
    };
    g_autoptr(TestReport) t = test_report();

    test_report_become(t, "FS");
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(Reply) r = test_report_get(t, files[i].rest, 200);

        g_assert_cmpstr(r->type, ==, files[i].type);
        g_assert_true(g_str_has_prefix(r->body, files[i].begins));
    }
    test_report_gets(t, "/odt", 404);
    test_report_gets(t, "/skole/999999999", 404);
    test_report_gets(t, "/csv?sprak=sv", 404);
}

/* The figures and people's words stay; what the program says changes, and tells whose words are whose. */
static void the_other_language_form_changes_words_alone(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_hustadvika(&g);
    Report report = innhold_report(&g, owner, "2025/26");
    g_autoptr(GError) error = NULL;
    Content nb, nn, back;

    test_db_exec(g.db->db, "UPDATE rapport_kapittel SET body = 'Elevene leser mye.'", NULL);
    tilstandsrapport_compose(g.db->db, g.arena, &report, AUDIENCE_PUBLIC, INNHOLD_TODAY, &nb,
                             &error);
    g_assert_no_error(error);
    tilstandsrapport_turn(g.db->db, g.arena, &report, &nb, LANG_NN, &nn, &error);
    g_assert_no_error(error);
    tilstandsrapport_turn(g.db->db, g.arena, &report, &nb, LANG_NB, &back, &error);
    g_assert_no_error(error);
    g_autofree char *before = tilstandsrapport_to_json(&nb),
                    *same = tilstandsrapport_to_json(&back);
    g_assert_cmpstr(before, ==, same);
    g_assert_cmpstr(nn.written, ==, "nb");
    g_autofree char *html = innhold_face_html(&nn);
    g_assert_nonnull(strstr(html, "lang=\"nb-NO\">Elevene leser mye."));
    g_assert_nonnull(strstr(html, "Rekning, 5. trinn"));
    g_assert_null(strstr(html, "Regning, 5. trinn"));
    g_assert_nonnull(strstr(html, "Læringsresultat<"));
    g_assert_nonnull(strstr(html, "47 ±1,3"));
}

/* --- the papers --- */

static const Face face = { .draft = true, .created = INNHOLD_NOW };

static void the_summary_is_one_page_whatever_was_written(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_hustadvika(&g);
    Report report = innhold_report(&g, owner, "2025/26");
    g_autoptr(GString) sql = g_string_new("UPDATE rapport_kapittel SET measures = '");
    const Ahead ahead[] = { { "Formannskapet (Hustadvika formannskap)", "9. februar 2027" },
                            { "Kommunestyret (Hustadvika kommunestyre)", "23. februar 2027" } };
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = NULL;
    Content c;
    int terse;

    for (int i = 0; i < 30; i++)
        g_string_append(sql,
                        "- Alle skolene prøver ut veiledet lesing i små grupper på 5. trinn\n");
    g_string_append(sql, "', body = '");
    for (int i = 0; i < 60; i++)
        g_string_append(sql, "Skolene har arbeidet godt med lesing i alle fag dette året. ");
    g_string_append(sql, "'");
    test_db_exec(g.db->db, sql->str, NULL);
    tilstandsrapport_compose(g.db->db, g.arena, &report, AUDIENCE_PUBLIC, INNHOLD_TODAY, &c,
                             &error);
    g_assert_no_error(error);
    tilstandsrapport_summary_pdf(&c, &face, ahead, 2, &pdf, &terse, &error);
    g_assert_no_error(error);
    g_autofree char *text = innhold_pdf_text(pdf);
    g_assert_nonnull(strstr(text, "Side 1 av 1"));
    g_assert_nonnull(strstr(text, "Dette må vi arbeide med"));
    g_assert_nonnull(strstr(text, "Lesing, 5. trinn: 47 ±1,3 i 2025/26, tydelig under landet"));
    g_assert_nonnull(strstr(text, "23. februar 2027"));
    g_assert_nonnull(strstr(text, "veiledet lesing"));
}

#define BUD "975283488;NP.LES.5;2025/26;5;;61,37;7,77;7;;;;;internt\n"

static char *sheet_text(Given *g, const Content *c, const Content *inside, const char *code)
{
    SheetSchools all = tilstandsrapport_sheet_schools(g->arena, c);

    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].code, code)) {
            g_autoptr(Doc) doc = tilstandsrapport_sheet_doc(c, inside, &face, &all.v[i], 1);

            return doc_text(doc);
        }
    g_assert_not_reached();
}

/* A sheet shows its own school, masked where the report masks it; the internal one that school alone. */
static void a_sheet_shows_one_school_and_no_more_than_the_report(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_hustadvika(&g);
    Content open, inside;

    innhold_given_values(&g, owner, "bud.csv", BUD);
    open = innhold_draft(&g, owner, "2025/26", LANG_NB, AUDIENCE_PUBLIC);
    inside = innhold_draft(&g, owner, "2025/26", LANG_NB, AUDIENCE_INTERNAL);
    g_autofree char *bud = sheet_text(&g, &open, NULL, "975283488");
    g_autofree char *own = sheet_text(&g, &open, &inside, "975283488");
    g_autofree char *eide = sheet_text(&g, &open, &inside, "975283518");

    g_assert_nonnull(strstr(bud, "Lesing, 5. trinn\t2025/26\t*\t"));
    g_assert_null(strstr(bud, "61"));
    g_assert_nonnull(strstr(bud, "Ikke prøv å regne ut hvem de gjelder"));
    g_assert_nonnull(strstr(own, "Lesing, 5. trinn\t2025/26\t61 ±7,8 (7)\t47 ±1,3\t49 ±0,1"));
    g_assert_nonnull(strstr(eide, "Eide barneskole"));
    g_assert_null(strstr(eide, "61 ±7,8"));
    g_assert_null(strstr(eide, "Bud"));
    g_assert_nonnull(strstr(eide, "Få elever: Les tallet med varsomhet."));
    g_assert_nonnull(strstr(eide, "Spørsmål å snakke om"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/utganger/draft/who", a_draft_is_for_those_who_write);
    g_test_add_func("/utganger/published/everybody", what_is_published_is_for_everybody);
    g_test_add_func("/utganger/internal/who", internal_files_are_for_those_who_may_see_all);
    g_test_add_func("/utganger/school/own", a_schools_own_figures_are_for_its_own);
    g_test_add_func("/utganger/files/types", each_file_says_what_it_is);
    g_test_add_func("/utganger/language/words-alone", the_other_language_form_changes_words_alone);
    g_test_add_func("/utganger/summary/one-page", the_summary_is_one_page_whatever_was_written);
    g_test_add_func("/utganger/sheet/one-school",
                    a_sheet_shows_one_school_and_no_more_than_the_report);
    return g_test_run();
}
