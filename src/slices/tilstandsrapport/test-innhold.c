/* test-innhold.c - what a report shows: the figures of the files, and nothing that is hidden.
 *
 * Expected figures are those of Udir's files and of domain.md 10.3 and 12 (vectors 6 and 7). Run from
 * the root of the project, on the engine TEST_DB chooses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart.h"
#include "testing-innhold.h"

#define has(text, piece) g_assert_nonnull(strstr(text, piece))
#define lacks(text, piece) g_assert_null(strstr(text, piece))

/* The row of a unit in the text of a document: from its name to the end of the line. */
static char *row_of(const char *text, const char *start)
{
    const char *at = strstr(text, start);

    g_assert_nonnull(at);
    return g_strndup(at, strcspn(at, "\n"));
}

static const ContentChapter *chapter_of(const Content *c, const char *theme)
{
    for (size_t i = 0; i < c->n_chapters; i++)
        if (!strcmp(c->chapters[i].theme, theme))
            return &c->chapters[i];
    g_assert_not_reached();
}

/* The first block of the view that holds the indicator. */
static const Block *block_of(const Content *c, BlockView view, const char *code)
{
    for (size_t i = 0; i < c->n_chapters; i++)
        for (size_t k = 0; k < c->chapters[i].n_blocks; k++)
            for (size_t n = 0; n < c->chapters[i].blocks[k].n_indicators; n++)
                if (c->chapters[i].blocks[k].view == view &&
                    !strcmp(c->chapters[i].blocks[k].indicators[n].code, code))
                    return &c->chapters[i].blocks[k];
    g_assert_not_reached();
}

/* --- Hustadvika: every face has the same figures --- */

static void figures_stand_in(const char *text)
{
    has(text, "På 5. trinn fikk Hustadvika 47 ±1,3 skalapoeng i lesing i 2025/26 (136 elever). Det "
              "er tydelig "
              "under landet "
              "(49 ±0,1).");
    has(text, "På 5. trinn fikk Hustadvika 51 ±1,3 skalapoeng i engelsk i 2025/26 (142 elever).");
    has(text, "På 5. trinn fikk Hustadvika 49 ±1,6 skalapoeng i regning i 2025/26 (138 elever).");
    has(text, "På 8. trinn fikk Hustadvika 46 ±1,4 skalapoeng i lesing i 2024/25 (142 elever).");
    has(text, "Utdanningsdirektoratet");
    has(text, "Opplæringslova (2023) § 17-12");
}

static void hustadvika_text_and_pdf(void)
{
    g_auto(Given) g = innhold_given();
    Content c =
        innhold_draft(&g, innhold_given_hustadvika(&g), "2025/26", LANG_NB, AUDIENCE_PUBLIC);
    g_autofree char *text = innhold_face_text(&c);
    g_autoptr(GBytes) pdf = innhold_face_pdf(&c);
    g_autofree char *layer = innhold_pdf_text(pdf), *report = NULL;

    figures_stand_in(text);
    figures_stand_in(layer);
    has(layer, "Bud skule * * *");
    has(layer, "Eide barneskole 47 ±2,7 (26) 49 ±4,0 (26) 49 ±3,4 (29)");
    has(layer, "Hustadvika kommune 47 ±1,3 (136) 49 ±1,6 (138) 51 ±1,3 (142)");
    has(layer, "Møre og Romsdal 47 ±0,3 (2699)");
    has(layer, "Hele landet 49 ±0,1 (56 316)");
    g_assert_cmpint(innhold_run_on("test/pdf/check.py", "--json", pdf, &report), ==, 0);
    g_assert_cmpint(innhold_run_on("qpdf", "--check", pdf, NULL), ==, 0);
}

static void hustadvika_html(void)
{
    g_auto(Given) g = innhold_given();
    Content c =
        innhold_draft(&g, innhold_given_hustadvika(&g), "2025/26", LANG_NB, AUDIENCE_PUBLIC);
    g_autofree char *html = innhold_face_html(&c), *bud = NULL, *eide = NULL;

    figures_stand_in(html);
    bud = row_of(html, "<th scope=\"row\">Bud skule</th>");
    g_assert_cmpuint(strlen(bud) - strlen("<th scope=\"row\">Bud skule</th>"), <, 120);
    lacks(bud, "±");
    eide = row_of(html, "<th scope=\"row\">Eide barneskole</th>");
    has(eide, "47 ±2,7 (26)");
    has(html, "href=\"/tilstandsrapport/x/figur/1/svg\"");
    has(html, "lang=\"nb");
}

static void the_newest_year_that_may_be_used(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_hustadvika(&g);
    Content c = innhold_draft(&g, owner, "2024/25", LANG_NB, AUDIENCE_PUBLIC);
    const Block *five = block_of(&c, VIEW_SCHOOLS, "NP.LES.5");

    g_assert_cmpstr(five->periods[0].label, ==, "2022/23");
    g_assert_cmpuint(five->n_periods, ==, 1);
    g_assert_cmpstr(chapter_of(&c, "laringsmiljo")->theme, ==, "laringsmiljo");
    g_assert_cmpstr(chapter_of(&c, "laringsmiljo")->missing, ==,
                    "Rapporten har ingen tall om læringsmiljøet.");
    g_assert_null(chapter_of(&c, "laringsresultat")->missing);
    g_assert_null(chapter_of(&c, "ressurs")->missing); /* no statutory theme */
    c = innhold_draft(&g, owner, "2021/22", LANG_NB, AUDIENCE_PUBLIC);
    g_assert_cmpuint(tilstandsrapport_n_figures(&c), ==, 0);
    g_assert_cmpstr(chapter_of(&c, "laringsresultat")->missing, ==,
                    "Rapporten har ingen tall om læringsresultater.");
    c = innhold_draft(&g, owner, "2021/22", LANG_NB, AUDIENCE_INTERNAL); /* who can mend it */
    has(chapter_of(&c, "laringsmiljo")->missing, "Elevundersøkelsen");
    has(chapter_of(&c, "laringsresultat")->missing, "nasjonale prøver");
}

static void a_gap_in_a_series_keeps_its_place(void)
{
    g_auto(Given) g = innhold_given();
    Content c =
        innhold_draft(&g, innhold_given_hustadvika(&g), "2025/26", LANG_NB, AUDIENCE_PUBLIC);
    const Block *b = block_of(&c, VIEW_SERIES, "NP.LES.5");

    g_assert_cmpuint(b->n_periods, ==, 4);
    g_assert_cmpstr(b->periods[1].label, ==, "2023/24");
    g_assert_cmpint(b->cells[1].cell.status, ==, VALUE_MISSING);
    g_assert_true(isnan(b->cells[1].cell.value));
    g_assert_null(b->periods[0].break_text); /* nothing stands before it */
    has(tilstandsrapport_reading(g.arena, &c, b), "Det er lavere enn i 2022/23 (50 ±1,3).");
}

static void languages(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_hustadvika(&g);
    Content nn = innhold_draft(&g, owner, "2025/26", LANG_NN, AUDIENCE_PUBLIC);
    Content en = innhold_draft(&g, owner, "2025/26", LANG_EN, AUDIENCE_PUBLIC);

    g_assert_cmpstr(tilstandsrapport_reading(g.arena, &nn, block_of(&nn, VIEW_SERIES, "NP.LES.5")),
                    ==,
                    "På 5. trinn fekk Hustadvika 47 ±1,3 skalapoeng i lesing i 2025/26 (136 "
                    "elevar). Det er tydeleg under "
                    "landet (49 ±0,1). Det er lågare enn i 2022/23 (50 ±1,3).");
    g_assert_cmpstr(tilstandsrapport_reading(g.arena, &en, block_of(&en, VIEW_SERIES, "NP.LES.5")),
                    ==,
                    "In grade 5, Hustadvika scored 47 ±1.3 scale points in reading in 2025/26 (136 "
                    "pupils). That is clearly "
                    "below the nation (49 ±0.1). It is lower than in 2022/23 (50 ±1.3).");
    g_assert_cmpint(i18n_current(), ==, LANG_NB); /* given back */
}

/* --- what is hidden leaves no trace --- */

#define BUD                                                                                        \
    "975283488;NP.LES.5;2025/26;5;;61,37;7,77;7;;;;;internt\n975283488;NP.REG.5;2025/"             \
    "26;5;;33,19;8,88;7;;;;;internt\n"

static void own_values_do_not_reach_the_public(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_hustadvika(&g);
    Content before = innhold_draft(&g, owner, "2025/26", LANG_NB, AUDIENCE_PUBLIC), after, internal;
    static const char *const secrets[] = { "61,37", "61.37", "7,77",   "7.77", "±7,8",
                                           "± 7,8", "33,19", "33.19",  "8,88", "8.88",
                                           "±8,9",  "± 8,9", "bud.csv" };

    innhold_given_values(&g, owner, "bud.csv", BUD);
    after = innhold_draft(&g, owner, "2025/26", LANG_NB, AUDIENCE_PUBLIC);
    internal = innhold_draft(&g, owner, "2025/26", LANG_NB, AUDIENCE_INTERNAL);
    g_autofree char *json1 = tilstandsrapport_to_json(&before),
                    *json2 = tilstandsrapport_to_json(&after);
    g_autofree char *html1 = innhold_face_html(&before), *html2 = innhold_face_html(&after);
    g_autofree char *csv = tilstandsrapport_csv_all(&after, NULL),
                    *inside = innhold_face_html(&internal);
    g_autoptr(GBytes) pdf1 = innhold_face_pdf(&before), pdf2 = innhold_face_pdf(&after);

    g_assert_cmpstr(json1, ==, json2);
    g_assert_cmpstr(html1, ==, html2);
    g_assert_true(g_bytes_equal(pdf1, pdf2));
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++) {
        lacks(json2, secrets[i]);
        lacks(html2, secrets[i]);
        lacks(csv, secrets[i]);
    }
    has(inside, "61 ±7,8 (7)");
    has(inside, "Internt");
}

static void a_hidden_cell_is_its_status_alone(void)
{
    g_auto(Given) g = innhold_given();
    Content c =
        innhold_draft(&g, innhold_given_hustadvika(&g), "2025/26", LANG_NB, AUDIENCE_PUBLIC);
    const Block *b = block_of(&c, VIEW_SCHOOLS, "NP.LES.5");
    size_t hidden = 0;

    for (size_t i = 0; i < b->n_units * b->n_indicators * b->n_periods; i++) {
        const ContentCell *cell = &b->cells[i];

        if (cell->cell.status != VALUE_MASKED)
            continue;
        hidden++;
        g_assert_true(isnan(cell->cell.value) && isnan(cell->cell.uncertainty));
        g_assert_cmpint(cell->cell.n, ==, NO_INT);
        g_assert_null(cell->source);
        g_assert_null(cell->cell.rule);
    }
    g_assert_cmpuint(hidden, ==, 7); /* Bud 3, Tornes 3, Hustad 1 */
    g_autofree char *json = tilstandsrapport_to_json(&c);
    has(json, "{\"status\":\"masked\"}");
    lacks(json, "\"rule\":\"np_snitt:");
    has(tilstandsrapport_reading(g.arena, &c, block_of(&c, VIEW_COMPARE, "NP.LES.5")),
        "2 skoler er skjermet.");
}

/* --- Eide: words, levels and sickness absence --- */

static void eide_story(void)
{
    g_auto(Given) g = innhold_given();
    Content c = innhold_draft(&g, innhold_given_eide(&g), "2012/13", LANG_NB, AUDIENCE_PUBLIC);
    const Block *absence = block_of(&c, VIEW_QUARTERS, "SYK.TOT");
    g_autofree char *text = innhold_face_text(&c);
    g_autoptr(GBytes) pdf = innhold_face_pdf(&c);
    g_autofree char *layer = innhold_pdf_text(pdf);

    g_assert_cmpstr(
        tilstandsrapport_reading(g.arena, &c, absence), ==,
        "Sykefraværet gikk ned fra 14,0\u00a0% (1. kvartal 2012) til 6,0\u00a0% (1. kvartal 2013), "
        "−8\u00a0prosentpoeng. De siste fire kvartalene samlet: 8,4\u00a0%.");
    g_assert_cmpfloat_with_epsilon(absence->rolling, 459.0 / 5450 * 100, 1e-9);
    has(text, "gode resultater");
    has(layer, "gode resultater");
    has(layer, "−8 prosentpoeng");
    has(layer, "220");
    has(text, "Opplæringslova (1998) § 13-10");
    g_assert_cmpint(innhold_run_on("test/pdf/check.py", "--json", pdf, NULL), ==, 0);
}

static void eide_levels_hide_together(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    Content c = innhold_draft(&g, owner, "2012/13", LANG_NB, AUDIENCE_PUBLIC);
    Content internal = innhold_draft(&g, owner, "2012/13", LANG_NB, AUDIENCE_INTERNAL);
    const Block *b = block_of(&c, VIEW_LEVELS, "NP.LES.5.N1");

    unsigned hidden[4] = { 0 };

    g_assert_cmpuint(b->n_periods, ==, 4);
    for (size_t i = 0; i < b->n_indicators; i++)
        for (size_t p = 0; p < 4; p++) {
            bool mine = b->cells[i * 4 + p].cell.status == VALUE_MASKED;

            hidden[p] += mine;
            if (p == 0 && g_str_has_suffix(b->indicators[i].code, ".N3"))
                g_assert_true(mine); /* 2009/10: five on level 3 */
            if (p == 3 && g_str_has_suffix(b->indicators[i].code, ".N1"))
                g_assert_true(mine); /* 2012/13: five on level 1 */
        }
    g_assert_true(hidden[0] >= 2 && hidden[3] >= 2); /* one alone would be the rest */
    g_assert_true(hidden[1] == 0 && hidden[2] == 0);
    g_assert_cmpstr(tilstandsrapport_reading(g.arena, &c, b), ==,
                    "Tallene for 2012/13 er skjermet. I 2011/12 var 8 av 31 elever på nivå 1, det "
                    "laveste, og 7 på "
                    "nivå 3, det høyeste. Gjennomsnittet var 2,0.");
    has(tilstandsrapport_reading(g.arena, &internal,
                                 block_of(&internal, VIEW_LEVELS, "NP.LES.5.N1")),
        "I 2012/13 var 5 av 33 elever på nivå 1");
}

/* Figures that are made up never stand under a real source. */
static void a_stated_source_is_shown(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    Content c = innhold_draft(&g, owner, "2012/13", LANG_NB, AUDIENCE_PUBLIC);
    g_autofree char *json = tilstandsrapport_to_json(&c);

    g_assert_cmpstr(block_of(&c, VIEW_LEVELS, "NP.LES.5.N1")->source, ==,
                    "Kilde: oppdiktede tall (syntetisk), 2009/10–2012/13");
    has(block_of(&c, VIEW_QUARTERS, "SYK.TOT")->source, "oppdiktede tall (syntetisk)");
    has(json, "Kilde: oppdiktede tall (syntetisk)");
    innhold_given_values(&g, owner, "syk.csv",
                         "975283518;SYK.EGEN;2013K1;;;;;9;13,7;1111;;;hemmelig kilde\n");
    c = innhold_draft(&g, owner, "2012/13", LANG_NB, AUDIENCE_PUBLIC);
    json = (g_free(json), tilstandsrapport_to_json(&c));
    lacks(json, "hemmelig kilde"); /* its value is hidden */
    c = innhold_draft(&g, owner, "2012/13", LANG_NB, AUDIENCE_INTERNAL);
    g_assert_cmpstr(block_of(&c, VIEW_QUARTERS, "SYK.EGEN")->source, ==,
                    "Kilde: hemmelig kilde, 1. kvartal 2013");
}

/* --- the treatment in a file --- */

static void what_was_decided_stands_in_the_file(void)
{
    g_auto(Given) g = innhold_given();
    Content c = innhold_draft(&g, innhold_given_eide(&g), "2012/13", LANG_NB, AUDIENCE_PUBLIC);
    const StepEvent decision = { .action = "vedtak",
                                 .on = "2013-06-20",
                                 .case_number = "PS 45/13",
                                 .decision = "Kommunestyret *godkjenner* rapporten.\n1. Lesing",
                                 .votes_for = 17,
                                 .votes_against = 0 };
    StepEvent recommendation = decision;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = NULL;

    recommendation.action = "innstilling";
    recommendation.case_number = "PS 31/13";
    recommendation.on = "2013-06-11";
    recommendation.decision = "Rådet er å godkjenne.";
    recommendation.votes_against = 3;
    const Face face = { .status = "Godkjent",
                        .said = { .v = { { true, "Eide kommunestyre", &decision },
                                         { false, "Eide formannskap", &recommendation } },
                                  .n = 2 } };
    g_autoptr(Doc) doc = tilstandsrapport_doc(&c, &face);
    g_autofree char *text = doc_text(doc);

    tilstandsrapport_pdf(&c, &face, &pdf, &error);
    g_assert_no_error(error);
    g_autofree char *layer = innhold_pdf_text(pdf);
    has(text, "Behandling\n");
    has(text, "Vedtak i kommunestyret");
    has(text, "Kommunestyret *godkjenner* rapporten.");
    has(layer, "Eide kommunestyre · 20. juni 2013, sak PS 45/13 · Enstemmig vedtatt, 17 stemmer");
    has(layer, "Kommunestyret *godkjenner* rapporten.");
    has(layer, "Eide formannskap · 11. juni 2013, sak PS 31/13 · 17 stemmer for, 3 mot");
    has(layer, "Rådet er å godkjenne.");
    g_assert_cmpint(innhold_run_on("test/pdf/check.py", "--json", pdf, NULL), ==, 0);
}

static void few_employees_hide_the_absence(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    Content c;

    innhold_given_values(&g, owner, "syk.csv", "975283518;SYK.EGEN;2013K1;;;;;9;13,7;1111;;;x\n");
    c = innhold_draft(&g, owner, "2012/13", LANG_NB, AUDIENCE_PUBLIC);
    g_assert_cmpstr(tilstandsrapport_reading(g.arena, &c, block_of(&c, VIEW_QUARTERS, "SYK.EGEN")),
                    ==, "Tallet er skjermet (Eide barneskole, 1. kvartal 2013).");
    c = innhold_draft(&g, owner, "2012/13", LANG_NB, AUDIENCE_INTERNAL);
    has(tilstandsrapport_reading(g.arena, &c, block_of(&c, VIEW_QUARTERS, "SYK.EGEN")),
        "1,2\u00a0%");
}

/* --- nothing at all, figures, CSV --- */

static void a_report_without_any_data(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    Content c = innhold_draft(&g, owner, "2005/06", LANG_NB, AUDIENCE_PUBLIC);
    g_autofree char *text = innhold_face_text(&c), *csv = tilstandsrapport_csv_all(&c, NULL);
    g_autoptr(GBytes) pdf = innhold_face_pdf(&c);

    g_assert_cmpuint(tilstandsrapport_n_figures(&c), ==, 0);
    g_assert_cmpuint(c.n_sources, ==, 0);
    has(text, "Tall mangler");
    lacks(text, "Dette kapittelet er ikke skrevet ennå."); /* of a draft only */
    g_assert_null(strchr(strchr(csv, '\n') + 1, '\n'));
    g_assert_cmpint(innhold_run_on("test/pdf/check.py", "--json", pdf, NULL), ==, 0);
}

static void figures_are_numbered_and_saved(void)
{
    g_auto(Given) g = innhold_given();
    Content c =
        innhold_draft(&g, innhold_given_hustadvika(&g), "2025/26", LANG_NB, AUDIENCE_PUBLIC);
    const Block *first = tilstandsrapport_figure_block(&c, 1);
    Chart *chart = tilstandsrapport_chart(&c, first, "figur");
    g_autofree char *svg = chart_svg(chart, NULL), *csv = tilstandsrapport_csv(&c, first, NULL);

    tilstandsrapport_chart_free(chart);
    g_assert_cmpint(first->view, ==, VIEW_SERIES);
    g_assert_null(tilstandsrapport_figure_block(&c, 0));
    g_assert_null(tilstandsrapport_figure_block(&c, tilstandsrapport_n_figures(&c) + 1));
    has(svg, "47 ±1,3");
    g_assert_true(g_str_has_prefix(csv, "\xef\xbb\xbf"
                                        "blokk;enhet;enhetsnavn;indikator;indikatornavn;periode;"));
    has(csv, "\"1579\";\"Hustadvika kommune\";\"NP.LES.5\";\"Nasjonale prøver i lesing, 5. "
             "trinn\";\"2025/26\";\"5\";\"alle\";47;1,3;136;");
    csv = (g_free(csv), tilstandsrapport_csv(&c, block_of(&c, VIEW_SCHOOLS, "NP.LES.5"), NULL));
    has(csv, "\"975283488\";\"Bud skule\";\"NP.LES.5\";\"Nasjonale prøver i lesing, 5. "
             "trinn\";\"2025/26\";\"5\";\"alle\";;;;\"skjermet\"");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/innhold/hustadvika/text-and-pdf", hustadvika_text_and_pdf);
    g_test_add_func("/innhold/hustadvika/html", hustadvika_html);
    g_test_add_func("/innhold/compose/newest-year", the_newest_year_that_may_be_used);
    g_test_add_func("/innhold/compose/gap", a_gap_in_a_series_keeps_its_place);
    g_test_add_func("/innhold/compose/languages", languages);
    g_test_add_func("/innhold/public/own-values", own_values_do_not_reach_the_public);
    g_test_add_func("/innhold/public/hidden-cell", a_hidden_cell_is_its_status_alone);
    g_test_add_func("/innhold/eide/story", eide_story);
    g_test_add_func("/innhold/eide/levels", eide_levels_hide_together);
    g_test_add_func("/innhold/eide/stated-source", a_stated_source_is_shown);
    g_test_add_func("/innhold/file/decision", what_was_decided_stands_in_the_file);
    g_test_add_func("/innhold/eide/few-employees", few_employees_hide_the_absence);
    g_test_add_func("/innhold/compose/no-data", a_report_without_any_data);
    g_test_add_func("/innhold/figures/saved", figures_are_numbered_and_saved);
    return g_test_run();
}
