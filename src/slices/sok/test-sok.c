/* test-sok.c - search: what is found, by whom, in which order, and that the index follows what changes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "sok.h"

/* --- a slice that has what the test says --- */

static SearchDoc docs[64];
static size_t n_docs;
static int64_t docs_owner = 1;

static bool fill(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    (void)db;
    (void)arena;
    for (size_t i = 0; owner == docs_owner && i < n_docs; i++)
        if (!put(sink, &docs[i], error))
            return false;
    return true;
}

static const Slice having = { "having", .search = fill };
static const Slice *const slices[] = { &having, NULL };

static void doc(int64_t object, Perm gate, int64_t unit, const char *title, const char *body)
{
    docs[n_docs++] = (SearchDoc){ .kind = "kapittel",
                                  .object = object,
                                  .gate = gate,
                                  .unit = unit,
                                  .title = title,
                                  .body = body,
                                  .path = "/hjem" };
}

static int64_t build(TestApp *app, int64_t owner)
{
    g_autoptr(GError) why = NULL;
    int64_t changed;

    sok_build(app->db, owner, slices, &changed, &why);
    g_assert_no_error(why);
    return changed;
}

static TestApp *fresh(Perm a, Perm b)
{
    n_docs = 0;
    docs_owner = 1;
    return test_app(&sok_slice, a, b);
}

/* The page that answers, without the form and the words around. */
static char *found(TestApp *app, const char *query)
{
    g_autofree char *escaped = g_uri_escape_string(query, NULL, false);
    g_autofree char *path = g_strconcat("/sok?q=", escaped, NULL);
    g_autoptr(Reply) r = test_get(app, path);
    const char *list;

    g_assert_cmpint(r->status, ==, 200);
    list = strstr(r->body, "<ol class=\"treff\">");
    return g_strdup(list ? list : "");
}

static void assert_finds(TestApp *app, const char *query, const char *text)
{
    g_autofree char *list = found(app, query);

    if (!strstr(list, text))
        g_error("%s does not find %s in: %s", query, text, list);
}

static void assert_misses(TestApp *app, const char *query, const char *text)
{
    g_autofree char *list = found(app, query);

    if (strstr(list, text))
        g_error("%s finds %s", query, text);
}

/* --- the tests --- */

static void words_in_any_form(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);

    doc(1, PERM_USER, 0, "Tilstandsrapport", "Skulane har betre rekneprøver enn før.");
    doc(2, PERM_USER, 0, "Sykefravær", "Ørsta og Åse ligger lavt.");
    build(app, 1);
    assert_finds(app, "rapportene", "standsrapport");
    assert_finds(app, "skoler prøve", "standsrapport");
    assert_finds(app, "åse", "fravær");
    assert_finds(app, "syk", "fravær"); /* the beginning of a word */
    assert_misses(app, "ase ", "fravær");
    assert_misses(app, "skoler sykefravær", "standsrapport");
}

static void what_was_asked_for_is_marked_and_escaped(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);

    doc(1, PERM_USER, 0, "Lesing <i>", "<script>alert(1)</script> og lesing");
    build(app, 1);
    assert_finds(app, "lesing", "<mark>Lesing</mark> &lt;i&gt;");
    assert_finds(app, "lesing", "&lt;script&gt;");
    g_autoptr(Reply) r = test_get(app, "/sok?q=%22%3E%3Cscript%3Ealert(2)");
    g_assert_null(strstr(r->body, "<script>alert"));
}

static void titles_come_first(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);

    doc(1, PERM_USER, 0, "Mobbing", "kort");
    for (int64_t i = 2; i < 40; i++)
        doc(i, PERM_USER, 0, "Noe annet", "mobbing mobbing mobbing");
    build(app, 1);
    g_autofree char *list = found(app, "mobbing");
    const char *title = strstr(list, "<mark>Mobbing</mark></a>"),
               *other = strstr(list, "Noe annet");

    g_assert_true(title && other && title < other);
}

static void the_shortest_title_is_first(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);

    doc(1, PERM_USER, 0, "Prøver i lesing",
        "Gjennomsnittet av elevenes skalapoeng, med mange ord.");
    doc(2, PERM_USER, 0, "Prøver i lesing: elever på nivå 3", "kort");
    doc(3, PERM_USER, 0, "Prøver i lesing: elever på nivå 2", "kort");
    build(app, 1);
    g_autofree char *list = found(app, "lesing");
    const char *whole = strstr(list, "</mark></a>"), *part = strstr(list, "elever på nivå");

    g_assert_true(whole && part && whole < part);
}

static void only_what_one_may_see(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_REPORT_DRAFT);

    doc(1, PERM_REPORT_DRAFT, 0, "Utkastet", "lesing");
    doc(2, PERM_DECISION_RECORD, 0, "Protokollen", "lesing");
    doc(3, PERM_INDICATOR_INTERN, 1, "Bakken skole", "lesing");
    doc(4, PERM_INDICATOR_INTERN, 2, "En annen skole", "lesing");
    doc(5, PERM_INDICATOR_INTERN, 0, "Hele kommunen", "lesing");
    doc(6, PERM_PUBLIC, 0, "Alle", "lesing");
    build(app, 1);
    assert_finds(app, "lesing", "Utkastet");
    assert_finds(app, "lesing", "Alle");
    assert_misses(app, "lesing", "Protokollen");
    assert_misses(app, "lesing", "Bakken");
    test_app_grant(app, PERM_INDICATOR_INTERN);
    app->user.unit_only[PERM_INDICATOR_INTERN / 64] |= 1ULL << (PERM_INDICATOR_INTERN % 64);
    assert_finds(app, "lesing", "Bakken");
    assert_misses(app, "lesing", "En annen skole");
    assert_misses(app, "lesing", "Hele kommunen");
    app->signed_out = true;
    assert_finds(app, "lesing", "Alle");
    assert_misses(app, "lesing", "Utkastet");
    assert_misses(app, "lesing", "Bakken");
}

static void owners_are_apart(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_REPORT_DRAFT);

    docs_owner = 0;
    doc(1, PERM_USER, 0, "Håndboka", "lesing");
    build(app, 0);
    assert_finds(app, "lesing", "ndboka");
    app->user.owner = 7;
    docs_owner = 1;
    n_docs = 0;
    doc(1, PERM_REPORT_DRAFT, 0, "Utkastet", "lesing");
    build(app, 1);
    assert_misses(app, "lesing", "Utkastet");
    assert_finds(app, "lesing", "ndboka");
}

static void the_index_follows(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);

    for (int64_t i = 1; i <= 30; i++)
        doc(i, PERM_USER, 0, "Dokument", "gammel tekst");
    g_assert_cmpint(build(app, 1), ==, 30);
    g_assert_cmpint(build(app, 1), ==, 0);
    docs[3].body = "ny tekst";
    n_docs = 29;
    g_assert_cmpint(build(app, 1), ==, 2);
    assert_finds(app, "ny ", "Dokument");
    n_docs = 0;
    g_assert_cmpint(build(app, 1), ==, 29);
    assert_misses(app, "tekst", "Dokument");
}

static void hostile_queries(void)
{
    static const char *const queries[] = {
        "\"",  "' OR 1=1 --", "a AND", "NEAR(",        "title_words:x", "*",
        "a*b", "((((",        "& | !", "\xE2\x80\x9C", "x:y:z",         "-",
    };
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);
    g_autofree char *huge = g_strnfill(3000, 'a');

    doc(1, PERM_REPORT_DRAFT, 0, "Hemmelig", "x y z a b");
    build(app, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++)
        assert_misses(app, queries[i], "Hemmelig");
    assert_misses(app, huge, "Hemmelig");
}

static void many_hits_are_leafed_through(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);

    for (int64_t i = 1; i <= 45; i++)
        doc(i, PERM_USER, 0, "Dokument", "lesing");
    build(app, 1);
    g_autofree char *one = found(app, "lesing");
    g_assert_nonnull(strstr(one, "side=2"));
    g_autoptr(Reply) three = test_get(app, "/sok?q=lesing&side=3");
    g_assert_nonnull(strstr(three->body, "45"));
    g_assert_null(strstr(three->body, "side=4"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sok/finn/words-in-any-form", words_in_any_form);
    g_test_add_func("/sok/finn/marked-and-escaped", what_was_asked_for_is_marked_and_escaped);
    g_test_add_func("/sok/finn/titles-come-first", titles_come_first);
    g_test_add_func("/sok/finn/shortest-title-first", the_shortest_title_is_first);
    g_test_add_func("/sok/finn/only-what-one-may-see", only_what_one_may_see);
    g_test_add_func("/sok/finn/owners-are-apart", owners_are_apart);
    g_test_add_func("/sok/finn/hostile-queries-are-words", hostile_queries);
    g_test_add_func("/sok/finn/many-hits-are-leafed-through", many_hits_are_leafed_through);
    g_test_add_func("/sok/bygg/follows-what-changes", the_index_follows);
    return g_test_run();
}
