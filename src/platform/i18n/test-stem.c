/* test-stem.c - words as they are searched for: inflections, both forms of Norwegian, compounds, letters.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "stem.h"

/* Whether a text would be found by a query. */
static bool finds(const char *query, const char *text)
{
    g_autofree char *open = NULL, *stored = stem_text(text);
    g_auto(GStrv) stems = stem_query(query, 8, &open);
    g_auto(GStrv) words = g_strsplit(stored, " ", -1);

    for (char **s = stems; *s; s++) {
        bool found = g_strv_contains((const char *const *)words, *s);

        for (char **w = words; !found && open && !s[1] && *w; w++)
            found = g_str_has_prefix(*w, open);
        if (!found)
            return false;
    }
    return *stems != NULL;
}

static void inflections(void)
{
    static const char *const same[][2] = {
        { "rapport ", "rapportene" }, { "rapportene ", "en rapport" }, { "elev ", "elevene" },
        { "elever ", "eleven" },      { "vedtak ", "vedtaket" },       { "skole ", "skolene" },
        { "møter ", "møtet" },        { "RAPPORT", "rapport" },        { "prøvene ", "prøve" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
        if (!finds(same[i][0], same[i][1]))
            g_error("%s does not find %s (%s)", same[i][0], same[i][1], stem_text(same[i][1]));
    g_assert_false(finds("kommune ", "kommunikasjon"));
}

static void both_forms(void)
{
    static const char *const same[][2] = {
        { "skole ", "skulen" },          { "regning ", "rekning" },
        { "mestring ", "meistring" },    { "enhet ", "eining" },
        { "frafall ", "fråfall" },       { "lærere ", "lærarane" },
        { "veiledning ", "rettleiing" }, { "medvirkning ", "medverknad" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
        if (!finds(same[i][0], same[i][1]) || !finds(same[i][1], same[i][0]))
            g_error("%s and %s do not find each other: %s, %s", same[i][0], same[i][1],
                    stem_text(same[i][0]), stem_text(same[i][1]));
}

static void compounds(void)
{
    static const char *const found[][2] = {
        { "rapport ", "tilstandsrapporten" }, { "prøve ", "leseprøver" },
        { "klasse ", "klassevandring" },      { "miljø ", "læringsmiljøet" },
        { "plan ", "kompetanseplanen" },      { "skole ", "barneskulen" },
        { "møte ", "dialogmøtet" },           { "følge", "følgebrev" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(found); i++)
        if (!finds(found[i][0], found[i][1]))
            g_error("%s does not find %s (%s)", found[i][0], found[i][1], stem_text(found[i][1]));
    g_assert_false(finds("tid ", "identitet"));
    g_assert_false(finds("sak ", "sakte"));
    g_assert_false(finds("lag ", "lagre"));
}

static void letters(void)
{
    g_assert_true(finds("åse", "Åse"));
    g_assert_false(finds("ase ", "Åse"));
    g_assert_true(finds("ØRSTA", "ørsta"));
    g_assert_false(finds("orsta ", "Ørsta"));
    g_assert_true(finds("kafe ", "kafé"));
    g_assert_true(finds("Ångström ", "ångstrøm"));
    g_assert_true(finds("karasjohka ", "Kárášjohka"));
    g_assert_true(finds("a\xCC\x8A"
                        "se ",
                        "åse")); /* decomposed */
    g_assert_true(finds("2012 ", "skoleåret 2012/13"));
    g_assert_true(finds("PS 45/13", "sak PS 45/13"));
}

static void typing(void)
{
    g_assert_true(finds("tilst", "tilstandsrapport"));
    g_assert_true(finds("rapporten", "rapportene"));
    g_assert_false(finds("tilst ", "tilstandsrapport"));
}

static void hostile(void)
{
    g_autofree char *huge = g_strnfill(100000, 'a'), *nothing = stem_text(" \xC2\xA0 -- \"*() ");
    g_autofree char *stored = stem_text(huge), *open = NULL;
    g_auto(GStrv) none = stem_query("\"OR* NEAR( ) -", 8, &open);

    g_assert_cmpuint(strlen(stored), <=, STEM_LONGEST);
    g_assert_cmpstr(nothing, ==, "");
    g_assert_cmpuint(g_strv_length(none), ==, 2); /* or, near: words like others */
    g_assert_null(open);
}

static void marks(void)
{
    const char *text = "Tilstandsrapporten ble godkjent. Rapportene er åpne.";
    g_autofree char *open = NULL;
    g_auto(GStrv) stems = stem_query("rapport ", 8, &open);
    g_autoptr(GArray) hits = stem_hits(text, (const char *const *)stems, open);

    g_assert_cmpuint(hits->len, ==, 2);
    g_assert_cmpuint(g_array_index(hits, StemHit, 0).from, ==, 0);
    g_assert_cmpuint(g_array_index(hits, StemHit, 0).to, ==, strlen("Tilstandsrapporten"));
    g_assert_true(g_str_has_prefix(text + g_array_index(hits, StemHit, 1).from, "Rapportene"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stem/inflections/find-each-other", inflections);
    g_test_add_func("/stem/both-forms/find-each-other", both_forms);
    g_test_add_func("/stem/compounds/are-found-by-their-parts", compounds);
    g_test_add_func("/stem/letters/ae-oe-aa-are-letters", letters);
    g_test_add_func("/stem/typing/last-word-may-go-on", typing);
    g_test_add_func("/stem/hostile/is-words-or-nothing", hostile);
    g_test_add_func("/stem/hits/mark-whole-words", marks);
    return g_test_run();
}
