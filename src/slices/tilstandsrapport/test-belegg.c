/* test-belegg.c - references to figures in text, what a text says too much, and frozen reports of before.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "belegg.h"
#include "lov.h"

/* As a program of before goals and measures wrote it: no list of them, no word of them. */
#define OLD(body, judgement)                                                                       \
    "{\"audience\":\"offentlig\",\"chapters\":[{\"blocks\":[{\"cells\":["                          \
    "{\"n\":136,\"status\":\"ok\",\"uncertainty\":1.2,\"value\":47.0},"                            \
    "{\"n\":140,\"status\":\"ok\",\"uncertainty\":1.25,\"value\":47.5},"                           \
    "{\"n\":141,\"status\":\"ok\",\"uncertainty\":1.25,\"value\":52.0},"                           \
    "{\"status\":\"masked\"}],\"indicators\":["                                                    \
    "{\"code\":\"NP.LES.5\",\"decimals\":0,\"direction\":\"hoy\",\"explain\":\"\",\"grade\":"      \
    "\"5\","                                                                                       \
    "\"name\":\"Lesing\",\"period\":\"skolear\",\"rule\":\"np_snitt\",\"source\":\"udir_np\","     \
    "\"theme\":\"laringsresultat\",\"unit\":\"skalapoeng\"},"                                      \
    "{\"code\":\"NP.REG.5\",\"decimals\":0,\"direction\":\"hoy\",\"explain\":\"\",\"grade\":"      \
    "\"5\","                                                                                       \
    "\"name\":\"Regning\",\"period\":\"skolear\",\"rule\":\"np_snitt\",\"source\":\"udir_np\","    \
    "\"theme\":\"laringsresultat\",\"unit\":\"skalapoeng\"}],"                                     \
    "\"periods\":[{\"label\":\"2022/23\"},{\"label\":\"2025/26\"}],\"source\":\"Kilde\","          \
    "\"title\":\"Lesing\",\"units\":[{\"code\":\"9999\",\"name\":\"Prøve\",\"own\":true}],"       \
    "\"view\":\"series\"}],\"body\":\"" body "\",\"goals\":\"\",\"judgement\":\"" judgement        \
    "\",\"kind\":\"tema\",\"measures\":\"\",\"no_measures\":\"\",\"nr\":1,\"statutory\":true,"     \
    "\"theme\":\"laringsresultat\",\"title\":\"Resultater\"}],\"duty\":\"d\",\"format\":1,"        \
    "\"language\":\"nb\",\"law\":\"l\",\"made_on\":\"2026-11-23\",\"owner_name\":\"Prøve\","      \
    "\"owner_number\":\"9999\",\"rules\":\"r\",\"sources\":[],\"title\":\"T\",\"year\":\"2025/"    \
    "26\"}"

static Content read_old(Arena *arena, const char *json)
{
    g_autoptr(GError) why = NULL;
    Content content;

    tilstandsrapport_from_json(arena, json, &content, &why);
    g_assert_no_error(why);
    return content;
}

static void an_old_version_is_read_and_written_alike(void)
{
    static const char json[] = OLD("Tekst", "");
    g_autoptr(Arena) arena = arena_new();
    Content content = read_old(arena, json);
    g_autofree char *again = tilstandsrapport_to_json(&content);

    g_assert_cmpuint(content.chapters[0].n_goals, ==, 0);
    g_assert_cmpuint(content.chapters[0].n_measures, ==, 0);
    g_assert_cmpuint(content.chapters[0].n_last_year, ==, 0);
    g_assert_cmpstr(again, ==, json); /* so its hash still holds */
}

static void goals_and_measures_come_back(void)
{
    g_autoptr(Arena) arena = arena_new();
    Content content = read_old(arena, OLD("", "")), back;
    ContentGoal goal = { "Lese", "NP.LES.5", "Lesing", "opp", "47", "50", "Godt", "2028-12-31" };
    ContentMeasure measure = { "Kurs", "Rektor", "", "", "pagar", "", NULL, "2027-06-18" };
    ContentLastYear last = { "Plan", "", "", "gjennomfort", "Gjort", NULL };
    ContentChapter *c = &content.chapters[0];

    c->goal_items = &goal;
    c->measure_items = &measure;
    c->last_year = &last;
    c->n_goals = c->n_measures = c->n_last_year = 1;
    g_autofree char *json = tilstandsrapport_to_json(&content);
    back = read_old(arena, json);
    g_autofree char *again = tilstandsrapport_to_json(&back);

    g_assert_cmpstr(json, ==, again);
    g_assert_cmpstr(back.chapters[0].goal_items[0].target, ==, "50");
    g_assert_cmpstr(back.chapters[0].measure_items[0].due, ==, "2027-06-18");
    g_assert_null(back.chapters[0].measure_items[0].starts);
    g_assert_cmpstr(back.chapters[0].last_year[0].status, ==, "gjennomfort");
}

static void a_reference_shows_its_figure(void)
{
    g_autoptr(Arena) arena = arena_new();
    Content c = read_old(arena, OLD("Se [[NP.LES.5]].", ""));
    const char *newest = tilstandsrapport_with_evidence(arena, &c, &c, "Se [[NP.LES.5]].");
    const char *older = tilstandsrapport_with_evidence(arena, &c, &c, "[[NP.LES.5|2022/23]]");
    const char *hidden = tilstandsrapport_with_evidence(arena, &c, &c, "[[NP.REG.5]]");
    const char *none = tilstandsrapport_with_evidence(arena, &c, &c, "[[X.Y]] og [[lenke]]");

    g_assert_nonnull(strstr(newest, "](#tall-1)."));
    g_assert_nonnull(strstr(newest, "2025/26"));
    g_assert_nonnull(strstr(older, "2022/23"));
    g_assert_nonnull(strstr(hidden, "\\*")); /* what is hidden stays hidden */
    g_assert_null(strstr(hidden, "52"));
    g_assert_nonnull(strstr(none, "X\\.Y \\(no figure\\) og [[lenke]]"));
    g_assert_true(tilstandsrapport_is_cited(&c, &c.chapters[0].blocks[0]));
}

static size_t lints(const char *json, LintKind kind)
{
    g_autoptr(Arena) arena = arena_new();
    Content c = read_old(arena, json);
    LintList all = tilstandsrapport_lint(arena, &c, &c.chapters[0]);
    size_t n = 0;

    for (size_t i = 0; i < all.n; i++)
        n += all.v[i].kind == kind;
    return n;
}

static void better_needs_a_signal(void)
{
    g_assert_cmpuint(lints(OLD("", "Lesing er blitt bedre: [[NP.LES.5]]"), LINT_NO_SIGNAL), ==, 1);
    g_assert_cmpuint(lints(OLD("", "Lesinga er forbetra: [[NP.LES.5]]"), LINT_NO_SIGNAL), ==, 1);
    g_assert_cmpuint(lints(OLD("", "Lesing står stille: [[NP.LES.5]]"), LINT_NO_SIGNAL), ==, 0);
    g_assert_cmpuint(lints(OLD("", "Lesing er blitt bedre."), LINT_NO_EVIDENCE), ==, 1);
    g_assert_cmpuint(lints(OLD("", "Se [[NP.MAT.5]]"), LINT_UNKNOWN), ==, 1);
}

static void numbers_need_a_figure(void)
{
    g_assert_cmpuint(lints(OLD("Snittet er 47,5.", ""), LINT_NUMBER), ==, 0);
    g_assert_cmpuint(lints(OLD("Snittet er 48,7.", ""), LINT_NUMBER), ==, 1);
    g_assert_cmpuint(lints(OLD("Om lag 37 prosent av dem.", ""), LINT_NUMBER), ==, 1);
    g_assert_cmpuint(lints(OLD("Møtet er 20.06.2013, § 17-12, i 2025.", ""), LINT_NUMBER), ==, 0);
}

static void words_hold_on_their_dates(void)
{
    Term rows[] = { { "kd", "0001-01-01", "2019-09-30", "rådmann", "" },
                    { "kd", "2019-10-01", NULL, "kommunedirektør", "Ny lov" } };
    const TermList terms = { rows, 2 };
    const char *now = NULL;

    g_assert_cmpstr(tilstandsrapport_term_on(&terms, "kd", "2013-06-06"), ==, "rådmann");
    g_assert_cmpstr(tilstandsrapport_term_on(&terms, "kd", "2026-06-06"), ==, "kommunedirektør");
    g_assert_null(tilstandsrapport_term_wrong(&terms, "Rådmannen sa", "2013-06-06", &now));
    g_assert_nonnull(tilstandsrapport_term_wrong(&terms, "Rådmannens brev", "2026-06-06", &now));
    g_assert_cmpstr(now, ==, "kommunedirektør");
    g_assert_null(tilstandsrapport_term_wrong(&terms, "fylkesrådmann", "2026-06-06", &now));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/tilstandsrapport/frozen/old", an_old_version_is_read_and_written_alike);
    g_test_add_func("/tilstandsrapport/frozen/goals", goals_and_measures_come_back);
    g_test_add_func("/tilstandsrapport/evidence/reference", a_reference_shows_its_figure);
    g_test_add_func("/tilstandsrapport/evidence/better", better_needs_a_signal);
    g_test_add_func("/tilstandsrapport/evidence/numbers", numbers_need_a_figure);
    g_test_add_func("/tilstandsrapport/words/dates", words_hold_on_their_dates);
    return g_test_run();
}
