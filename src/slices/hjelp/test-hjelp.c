/* test-hjelp.c - the handbook cannot rot: what it quotes stands on the pages, what it links is there, and
 * every page is told of; and the municipality's accessibility statement.
 *
 * The catalogues are read as files of the source tree, where the tests run.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjelp.h"
#include "eier.h"
#include "hjelp-sider.h"
#include "testing-db.h"

#define SETUP "/innstillinger/tilgjengelighet"

static TestApp *app_new(void)
{
    return test_app(NULL, PERM_OWNER_SETUP, PERM_PUBLIC);
}

/* --- names --- */

/* The texts of a catalogue that begin with `what`: msgid or msgstr. */
static GHashTable *catalogue(const char *path, const char *what)
{
    g_autofree char *text = NULL, *pattern = g_strdup_printf("^%s[^ ]* \"(.+)\"$", what);
    g_autoptr(GRegex) line = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) found = NULL;
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_regex_match(line, text, 0, &found);
    for (; g_match_info_matches(found); g_match_info_next(found, NULL))
        g_hash_table_add(set, g_match_info_fetch(found, 1));
    return set;
}

static GHashTable *names_in(Lang lang)
{
    return lang == LANG_NN   ? catalogue("po/nn.po", "msgstr")
           : lang == LANG_NB ? catalogue("po/nb.po", "msgstr")
                             : catalogue("po/nb.po", "msgid");
}

/* Everything in the text that matches, its first group. */
static char **all_of(const char *text, const char *pattern)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) found = NULL;
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();

    g_regex_match(regex, text, 0, &found);
    for (; g_match_info_matches(found); g_match_info_next(found, NULL)) {
        g_autofree char *one = g_match_info_fetch(found, 1);

        g_strv_builder_add(list, one);
    }
    return g_strv_builder_end(list);
}

static void names_in_quotes_stand_on_the_pages(void)
{
    g_autoptr(Arena) arena = arena_new();

    for (int lang = 0; lang < N_LANG; lang++) {
        g_autoptr(GHashTable) names = names_in((Lang)lang);
        TopicList topics;
        guint quoted = 0;

        hjelp_read(arena, "hjelp", (Lang)lang, &topics);
        for (size_t i = 0; i < topics.n; i++) {
            g_auto(GStrv) here =
                all_of(topics.v[i].text, lang == LANG_EN ? "“([^”]*)”" : "«([^»]*)»");

            for (char **name = here; *name; name++, quoted++)
                if (!g_hash_table_contains(names, *name)) {
                    g_test_message("%s, %s: no page says \"%s\"", i18n_tag((Lang)lang),
                                   topics.v[i].key, *name);
                    g_test_fail();
                }
        }
        g_assert_cmpuint(quoted, >, 60);
    }
}

/* --- links --- */

static bool fits(const char *pattern, const char *path)
{
    g_auto(GStrv) want = g_strsplit(pattern, "/", -1), have = g_strsplit(path, "/", -1);
    size_t n = g_strv_length(want);

    if (n != g_strv_length(have))
        return false;
    for (size_t i = 0; i < n; i++)
        if (want[i][0] != '{' && strcmp(want[i], have[i]))
            return false;
    return true;
}

static bool is_a_page(const char *path)
{
    for (const Slice *const *slice = app_slices; *slice; slice++)
        for (const Route *r = (*slice)->routes; r && r->path; r++)
            if (!strcmp(r->method, "GET") && fits(r->path, path))
                return true;
    return !strcmp(path, "/helse"); /* the server's own */
}

static bool leads_somewhere(Lang lang, const char *link)
{
    g_autoptr(Arena) arena = arena_new();
    g_auto(GStrv) parts = g_strsplit(link, "#", 2);
    TopicList topics, words;

    hjelp_read_listed(arena, lang, &topics);
    hjelp_read(arena, "ord", lang, &words);
    if (!strcmp(parts[0], "/ord") && parts[1])
        return hjelp_find(&words, parts[1]) != NULL;
    if (!g_str_has_prefix(parts[0], "/hjelp/"))
        return is_a_page(parts[0]);
    if (!strcmp(parts[0], "/hjelp/alt") || !strcmp(parts[0], "/hjelp/pdf"))
        return true;
    const Topic *topic = hjelp_find(&topics, parts[0] + strlen("/hjelp/"));

    return topic &&
           (!parts[1] || strstr(topic->text, arena_printf(arena, " {#%s}\n", parts[1])) != NULL);
}

static void check_links(Lang lang, const char *where, const char *text, const char *pattern,
                        guint *count)
{
    g_auto(GStrv) links = all_of(text, pattern);

    for (char **link = links; *link; link++, (*count)++)
        if (!leads_somewhere(lang, *link)) {
            g_test_message("%s, %s: %s leads nowhere", i18n_tag(lang), where, *link);
            g_test_fail();
        }
}

static void every_link_leads_somewhere(void)
{
    g_autoptr(Arena) arena = arena_new();

    for (int lang = 0; lang < N_LANG; lang++) {
        TopicList topics;
        guint n = 0;

        hjelp_read(arena, "hjelp", (Lang)lang, &topics);
        for (size_t i = 0; i < topics.n; i++)
            check_links((Lang)lang, topics.v[i].key, topics.v[i].text, "\\]\\((/[^)]*)\\)", &n);
        g_assert_cmpuint(n, >, 100);
    }
}

/* Help in place: what pages of other slices link to in the handbook. */
static void pages_link_to_sections_that_are_there(void)
{
    g_autoptr(GDir) slices = g_dir_open("src/slices", 0, NULL);
    const char *slice, *file;
    guint n = 0;

    while ((slice = g_dir_read_name(slices))) {
        g_autofree char *folder = g_build_filename("src/slices", slice, NULL);
        g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);

        while (files && (file = g_dir_read_name(files))) {
            g_autofree char *path = g_build_filename(folder, file, NULL), *text = NULL;

            if (g_str_has_suffix(file, ".html") && g_file_get_contents(path, &text, NULL, NULL))
                check_links(LANG_NB, path, text, "href=\"(/(?:hjelp|ord)[/#][^\"]*)\"", &n);
        }
    }
    g_assert_cmpuint(n, >, 15);
}

static void all_languages_have_the_same_sections(void)
{
    g_autoptr(Arena) arena = arena_new();
    static const char *const books[] = { "hjelp", "ord" };

    for (size_t b = 0; b < G_N_ELEMENTS(books); b++) {
        TopicList nb;

        hjelp_read(arena, books[b], LANG_NB, &nb);
        for (int lang = 0; lang < N_LANG; lang++) {
            TopicList other;

            hjelp_read(arena, books[b], (Lang)lang, &other);
            g_assert_cmpuint(other.n, ==, nb.n);
            for (size_t i = 0; i < nb.n; i++) {
                const Topic *same = hjelp_find(&other, nb.v[i].key);

                g_test_message("%s %s %s", books[b], i18n_tag((Lang)lang), nb.v[i].key);
                g_assert_nonnull(same);
                g_auto(GStrv) mine = all_of(nb.v[i].text, "\\{#([a-z-]+)\\}");
                g_auto(GStrv) theirs = all_of(same->text, "\\{#([a-z-]+)\\}");

                g_assert_cmpstrv(mine, theirs);
            }
        }
    }
}

/* --- every page is told of --- */

/* Pages that are told of under a topic without a link, since their address has an id; and those that
 * need no words: files, and steps on the way that say what to do themselves. */
static const struct {
    const char *pattern, *topic; /* topic NULL: left out */
} told[] = {
    { "/skjerming/{code}", "sma-grupper" },
    { "/", NULL },
    { "/hjelp/alt", NULL },
    { "/hjelp/pdf", NULL },
    { "/hjelp", NULL },
    { "/om", NULL },
    { "/farge/*", NULL },
    { "/logg-inn*", "tilgang" },
    { "/invitasjon/*", "tilgang" },
    { "/brukere/*", "administrator" },
    { "/enheter/*", "kom-i-gang" },
    { "/import/*", "hente-tall" },
    { "/indikatorer/*", "lese-tall" },
    { "/jobber/*", "administrator" },
    { "/kalender*", "kom-i-gang" },
    { "/kilder/*", "administrator" },
    { "/mine-data/fil.json", "personvern" },
    { "/nodtilgang/*", "tilgang" },
    { "/organ/*", "kom-i-gang" },
    { "/organer/*", "kom-i-gang" },
    { "/personer/*", "kom-i-gang" },
    { "/rapporter.*", "publisere" },
    { "/rapporter/*", "publisere" },
    { "/revisjon/fil.csv", "administrator" },
    { "/roller/*", "tilgang" },
    { "/stillinger/*", "tilgang" },
    { "/arkiv*", "arkiv" },
    { "/hjelp/*", NULL },
    { "/tilstandsrapport/ny", "skrive" },
    { "/tilstandsrapport/{id}", "publisere" },
    { "/tilstandsrapport/{id}/behandling", "seks-steg" },
    { "/tilstandsrapport/{id}/protokoll", "seks-steg" },
    { "/tilstandsrapport/{id}/endringer", "seks-steg" },
    { "/tilstandsrapport/{id}/saksframlegg*", "seks-steg" },
    { "/tilstandsrapport/{id}/saerutskrift*", "seks-steg" },
    { "/tilstandsrapport/{id}/dialogmote", "dialogmote" },
    { "/tilstandsrapport/{id}/oppfolging", "folge-opp" },
    { "/tilstandsrapport/{id}/skriving", "skrive" },
    { "/tilstandsrapport/{id}/kapitler", "skrive" },
    { "/tilstandsrapport/{id}/kapittel/*", "skrive" },
    { "/tilstandsrapport/{id}/ifjor", "skrive" },
    { "/tilstandsrapport/{id}/tall", "skrive" },
    { "/tilstandsrapport/{id}/forhandsvisning", "publisere" },
    { "/tilstandsrapport/{id}/versjoner", "publisere" },
    { "/tilstandsrapport/{id}/kort*", "publisere" },
    { "/tilstandsrapport/{id}/skole*", "publisere" },
    { "/tilstandsrapport/{id}/figur/*", "publisere" },
    { "/tilstandsrapport/{id}/csv", "publisere" },
    { "/tilstandsrapport/{id}/docx", "publisere" },
    { "/tilstandsrapport/{id}/jsonstat", "publisere" },
    { "/tilstandsrapport/{id}/pdf", "publisere" },
};

static bool is_told(const TopicList *topics, const char *path)
{
    g_autofree char *linked = g_strdup_printf("](%s)", path);
    g_autofree char *linked_within = g_strdup_printf("](%s#", path);

    for (size_t i = 0; i < topics->n; i++)
        if (strstr(topics->v[i].text, linked) || strstr(topics->v[i].text, linked_within))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
        if (g_pattern_match_simple(told[i].pattern, path))
            return !told[i].topic || hjelp_find(topics, told[i].topic);
    return false;
}

static void every_page_is_told_of(void)
{
    g_autoptr(Arena) arena = arena_new();
    TopicList topics;

    hjelp_read_listed(arena, LANG_NB, &topics);
    for (const Slice *const *slice = app_slices; *slice; slice++)
        for (const Route *r = (*slice)->routes; r && r->path; r++)
            if (!strcmp(r->method, "GET") && !is_told(&topics, r->path)) {
                g_test_message("the handbook says nothing of %s", r->path);
                g_test_fail();
            }
    g_assert_false(is_told(&topics, "/finnes-ikke"));
}

/* --- the pages --- */

static void topics_have_contents_and_neighbours(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) topic = test_get(app, "/hjelp/hente-tall");
    g_autoptr(Reply) first = test_get(app, "/hjelp/kom-i-gang");
    g_autoptr(Reply) moved = test_get(app, "/hjelp/passord");

    g_assert_cmpint(topic->status, ==, 200);
    g_assert_nonnull(strstr(topic->body, "href=\"#last-ned\""));
    g_assert_nonnull(strstr(topic->body, "id=\"last-ned\""));
    g_assert_null(strstr(topic->body, "{#"));
    g_assert_nonnull(strstr(topic->body, "rel=\"prev\" href=\"/hjelp/tilgang\""));
    g_assert_nonnull(strstr(topic->body, "rel=\"next\" href=\"/hjelp/lese-tall\""));
    g_assert_null(strstr(first->body, "rel=\"prev\""));
    g_assert_cmpint(moved->status, ==, 303);
    g_assert_cmpstr(moved->location, ==, "/hjelp/tilgang#passord");
}

static void the_whole_is_one_page_and_one_pdf(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) whole = test_get(app, "/hjelp/alt");
    g_autoptr(Reply) pdf = test_get(app, "/hjelp/pdf");

    g_assert_cmpint(whole->status, ==, 200);
    g_assert_nonnull(strstr(whole->body, "id=\"kom-i-gang\""));
    g_assert_nonnull(strstr(whole->body, "id=\"hente-tall-feil\""));
    g_assert_nonnull(strstr(whole->body, "id=\"sok\""));
    g_assert_cmpint(pdf->status, ==, 200);
    g_assert_true(g_str_has_prefix(pdf->type, "application/pdf"));
    g_assert_cmpuint(pdf->size, >, 50000);
    g_assert_cmpint(memcmp(pdf->body, "%PDF-", 5), ==, 0);
}

static void words_stand_in_the_norwegian_order(void)
{
    g_autoptr(TestApp) app = app_new();

    app->lang = LANG_NB;
    g_autoptr(Reply) words = test_get(app, "/ord");
    const char *brudd = strstr(words->body, "<dt id=\"brudd\">");
    const char *mal = strstr(words->body, "<dt id=\"mal\">");
    const char *malform = strstr(words->body, "<dt id=\"malform\">");
    const char *motebok = strstr(words->body, "<dt id=\"motebok\">");

    g_assert_true(brudd && mal && malform && motebok);
    g_assert_true(brudd < motebok && motebok < mal && mal < malform); /* ø before å */
}

/* --- the accessibility statement --- */

static void a_statement_is_a_draft_until_it_has_a_date(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) before = test_get(app, "/tilgjengelighet");
    g_autoptr(Reply) saved = test_post(
        app, SETUP,
        "epost=post%40prove.example&telefon=&dato=2026-11-01&mangler=Kartet+har+ikke+tekst."
        "&uustatus=https%3A%2F%2Fuustatus.no%2Fnb%2Ferklaringer%2F1");
    g_autoptr(Reply) after = test_get(app, "/tilgjengelighet");
    g_autoptr(Reply) form = test_get(app, SETUP);

    g_assert_nonnull(strstr(before->body, "This is a draft."));
    g_assert_null(strstr(before->body, "mailto:"));
    g_assert_cmpint(saved->status, ==, 303);
    g_assert_null(strstr(after->body, "This is a draft."));
    g_assert_nonnull(strstr(after->body, "1 November 2026"));
    g_assert_nonnull(strstr(after->body, "href=\"mailto:post@prove.example\""));
    g_assert_nonnull(strstr(after->body, "Kartet har ikke tekst."));
    g_assert_nonnull(strstr(after->body, "href=\"https://uustatus.no/nb/erklaringer/1\""));
    g_assert_nonnull(strstr(after->body, "href=\"https://www.uutilsynet.no/\""));
    g_assert_nonnull(strstr(form->body, "value=\"post@prove.example\""));
}

static void a_statement_needs_somebody_to_write_to(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) nobody = test_post(app, SETUP, "dato=2026-11-01");
    g_autoptr(Reply) elsewhere =
        test_post(app, SETUP, "epost=a%40b.example&uustatus=https%3A%2F%2Fevil.example%2F");
    g_autoptr(Reply) page = test_get(app, "/tilgjengelighet");

    g_assert_cmpint(nobody->status, ==, 422);
    g_assert_nonnull(strstr(nobody->body, "value=\"2026-11-01\""));
    g_assert_cmpint(elsewhere->status, ==, 422);
    g_assert_nonnull(strstr(page->body, "This is a draft."));
}

static void only_those_who_may_change_a_statement(void)
{
    g_autoptr(TestApp) app = test_app(NULL, PERM_PUBLIC, PERM_PUBLIC);
    g_autoptr(Reply) post = test_post(app, SETUP, "epost=a%40b.example");
    g_autoptr(Reply) page = test_get(app, "/tilgjengelighet");

    g_assert_cmpint(post->status, ==, 403);
    g_assert_null(strstr(page->body, SETUP));
}

static void several_municipalities_have_one_each(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(GError) error = NULL;
    const Eier other = { .number = "1579", .name = "Hustadvika kommune", .language = LANG_NB };
    int64_t id;

    g_assert_true(eier_add(app->db, &other, 1, &id, &error));
    g_assert_true(eier_option_set(app->db, id, "uu-epost", "post@hustadvika.example", &error));
    app->signed_out = true;
    g_autoptr(Reply) choice = test_get(app, "/tilgjengelighet");
    g_autoptr(Reply) theirs = test_get(app, "/tilgjengelighet?eier=1579");
    g_autoptr(Reply) none = test_get(app, "/tilgjengelighet?eier=0000");

    g_assert_nonnull(strstr(choice->body, "href=\"/tilgjengelighet?eier=1579\""));
    g_assert_null(strstr(choice->body, "post@hustadvika.example"));
    g_assert_nonnull(strstr(theirs->body, "mailto:post@hustadvika.example"));
    g_assert_cmpint(none->status, ==, 404);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hjelp/names/on-the-pages", names_in_quotes_stand_on_the_pages);
    g_test_add_func("/hjelp/links/resolve", every_link_leads_somewhere);
    g_test_add_func("/hjelp/links/from-pages", pages_link_to_sections_that_are_there);
    g_test_add_func("/hjelp/languages/same-sections", all_languages_have_the_same_sections);
    g_test_add_func("/hjelp/routes/told-of", every_page_is_told_of);
    g_test_add_func("/hjelp/topic/neighbours", topics_have_contents_and_neighbours);
    g_test_add_func("/hjelp/whole/page-and-pdf", the_whole_is_one_page_and_one_pdf);
    g_test_add_func("/hjelp/words/order", words_stand_in_the_norwegian_order);
    g_test_add_func("/hjelp/statement/draft", a_statement_is_a_draft_until_it_has_a_date);
    g_test_add_func("/hjelp/statement/contact", a_statement_needs_somebody_to_write_to);
    g_test_add_func("/hjelp/statement/permission", only_those_who_may_change_a_statement);
    g_test_add_func("/hjelp/statement/several", several_municipalities_have_one_each);
    return g_test_run();
}
