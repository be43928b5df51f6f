/* test-doc.c - the model, CommonMark and the HTML face: what goes in, what may never come out.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "doc-model.h"

static const DocMeta meta = { .title = "Rapport", .author = "Prøve kommune", .lang = "nb" };

static char *html_of(const Doc *doc)
{
    g_autoptr(Html) html = html_new();

    html_doc(html, doc);
    return html_steal(html, NULL);
}

static char *markdown_html(const char *text)
{
    g_autoptr(Doc) doc = doc_new(&meta);

    doc_markdown(doc, text, 2);
    return html_of(doc);
}

#define has(text, piece) g_assert_nonnull(strstr(text, piece))
#define lacks(text, piece) g_assert_null(strstr(text, piece))

static void headings_skip_no_level_and_share_no_id(void)
{
    g_autoptr(Doc) doc = doc_new(&meta);

    g_assert_cmpstr(doc_heading(doc, 3, NULL, "Mål og tiltak"), ==, "mal-og-tiltak");
    g_assert_cmpstr(doc_heading(doc, 4, NULL, "Mål og tiltak"), ==, "mal-og-tiltak-2");
    g_assert_cmpstr(doc_heading(doc, 1, NULL, "2012/13"), ==, "kap-2012-13");
    doc_heading(doc, 4, "a\" onclick=\"x", "<b>");
    g_autofree char *html = html_of(doc);
    has(html, "<h2 class=\"ds-heading\" data-size=\"lg\" id=\"mal-og-tiltak\">Mål og tiltak</h2>");
    has(html, "<h3 class=\"ds-heading\" data-size=\"md\" id=\"mal-og-tiltak-2\">");
    has(html, "<h3 class=\"ds-heading\" data-size=\"md\" id=\"a-onclick-x\">&lt;b&gt;</h3>");
}

static void text_is_cleaned(void)
{
    g_autoptr(Doc) doc = doc_new(&meta);

    g_assert_cmpstr(doc_clean(doc, "  a \n\t b\x01\x7f  ", false), ==, "a b");
    g_assert_cmpstr(doc_clean(doc, "a\xff", false), ==, "a\ufffd");
    g_assert_cmpstr(doc_clean(doc, "\u202eab\u2069\ufeff", false), ==, "ab");
    g_assert_cmpstr(doc_clean(doc, " a ", true), ==, " a ");
    g_assert_cmpstr(doc_clean(doc, "1\u00a0537", false), ==, "1\u00a0537");
    g_assert_cmpstr(doc_clean(doc, NULL, false), ==, "");
}

static void unsafe_addresses_lose_their_link(void)
{
    static const char *const bad[] = { "javascript:alert(1)",
                                       "JaVaScRiPt:x",
                                       "data:text/html,x",
                                       "//host/x",
                                       "/\\host",
                                       "vbscript:x",
                                       " javascript:x",
                                       "\x01javascript:x",
                                       "java\nscript:x",
                                       "https://",
                                       "http:x",
                                       "file:///etc",
                                       "#" };
    static const char *const good[] = { "https://udir.no/a?b=1", "mailto:a@b.no", "/rapporter/1",
                                        "#kap", "HTTP://x.no" };
    g_autoptr(Doc) doc = doc_new(&meta);

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_null(doc_clean_url(doc, bad[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_cmpstr(doc_clean_url(doc, good[i]), ==, good[i]);
}

static void markdown_becomes_blocks(void)
{
    g_autofree char *html = markdown_html(
        "# En\n\nHei *du* **der** `x<y` [Udir](https://udir.no \"t\")  \nny linje.\n\n"
        "1. a\n2. b\n   - c\n\n> sitat\n\n```\nkode\n  mer\n```\n\n## To\n\n"
        "| A | B |\n|---|--:|\n| x | 1 |\n| y |\n");

    has(html,
        "<h2 class=\"ds-heading\" data-size=\"lg\" id=\"en\">"); /* nothing above it: raised */
    has(html, "<h3 class=\"ds-heading\" data-size=\"md\" id=\"to\">");
    has(html, "Hei <em>du</em> <strong>der</strong> <code>x&lt;y</code> "
              "<a class=\"ds-link\" href=\"https://udir.no\">Udir</a><br>ny linje.");
    has(html, "<ol class=\"ds-list\">\n<li>a</li>\n<li>b<ul class=\"ds-list\">\n<li>c</li>");
    has(html, "<blockquote class=\"doc-quote\">\n<p class=\"ds-paragraph\">sitat</p>");
    has(html, "<code>kode\n\u00a0\u00a0mer\n</code>");
    has(html, "<th scope=\"col\">A</th><th scope=\"col\" class=\"doc-number\">B</th>");
    has(html, "<th scope=\"row\">x</th><td class=\"doc-number\">1</td>");
    has(html, "<th scope=\"row\">y</th><td class=\"doc-number\"></td>");
}

static void markdown_lets_no_markup_through(void)
{
    g_autofree char *html = markdown_html(
        "<script>alert(1)</script>\n\n<img src=x onerror=y> tekst <b>fet</b>\n\n"
        "[a](javascript:alert(1)) [b](data:text/html;base64,x) ![bilde **alt**](http://x/y.png)\n"
        "[c](<javascript:x>) <javascript:x> &lt;i&gt; [d]\n\n[d]: javascript:y\n");

    lacks(html, "<script");
    lacks(html, "<img");
    lacks(html, "onerror");
    lacks(html, "href=\"java");
    lacks(html, "href=\"data");
    lacks(html, "y.png");
    has(html, "tekst fet");
    has(html, "bilde <strong>alt</strong>");
    has(html, "&lt;i&gt;");
}

static size_t count(const char *text, const char *piece)
{
    size_t n = 0;

    for (; (text = strstr(text, piece)); text += strlen(piece))
        n++;
    return n;
}

static void deep_nesting_is_flattened(void)
{
    static const char *const units[] = { "> ",   "- ",  "*",  "[",   "![",
                                         "**a ", "1. ", "a`", "<a ", "_a " };

    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new(NULL);

        for (int n = 0; n < 10000; n++)
            g_string_append(text, units[i]);
        g_string_append(text, "slutt");
        gint64 start = g_get_monotonic_time();
        g_autofree char *html = markdown_html(text->str);
        g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);
        has(html, "slutt");
        g_assert_cmpuint(count(html, "<blockquote") + count(html, "<ul") + count(html, "<ol"), <=,
                         2 * DOC_MAX_DEPTH);
    }
}

static void nested_lines_stay_bounded(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int n = 0; n < 3000; n++) { /* one level more on each line, by indentation */
        for (int k = 0; k < MIN(n, 400); k++)
            g_string_append(text, "  ");
        g_string_append(text, "- a\n");
    }
    g_autofree char *html = markdown_html(text->str);
    g_assert_cmpuint(count(html, "<ul"), <=, 3000);
    has(html, "<li>a");
}

static void a_megabyte_is_read(void)
{
    g_autoptr(GString) text = g_string_new("start ");

    while (text->len < 1 << 20)
        g_string_append(text, "ord [x](y) *b* <c> &amp; \x02 ");
    g_string_append(text, "slutt");
    g_autofree char *html = markdown_html(text->str);
    has(html, "slutt");
    lacks(html, "\x02");
}

static void tables_are_regions_with_headers(void)
{
    static const DocColumn columns[] = { { "Skole", DOC_LEFT, true },
                                         { "2013", DOC_RIGHT, false } };
    g_autoptr(Doc) doc = doc_new(&meta);
    DocTable *table = doc_table(doc, "Lesing <5>", columns, 2, "Vis tallene");

    doc_cell(table, "Eide", NULL);
    doc_cell(table, "47,0", "†");
    doc_cell(table, "Sum", NULL);
    doc_cell(table, "*", "*");
    doc_row_total(table);
    doc_table_note(table, "*", "skjermet");
    g_autofree char *html = html_of(doc);
    has(html, "<details class=\"doc-details\"><summary>Vis tallene</summary>");
    has(html, "role=\"region\" tabindex=\"0\" aria-label=\"Lesing &lt;5&gt;\"");
    has(html, "<td class=\"doc-number\">47,0\u00a0†</td>");
    has(html, "<tr class=\"doc-total\"><th scope=\"row\">Sum</th><td class=\"doc-number\">*</td>");
    has(html, "<li><span>*</span> skjermet</li>");
}

static void wrong_use_stays_well_formed(void)
{
    g_autoptr(Doc) doc = doc_new(&meta);

    doc_end(doc);
    doc_item(doc, "uten liste");
    doc_list_begin(doc, false);
    doc_para(doc, "uten punkt");
    for (int i = 0; i < 100; i++)
        doc_quote_begin(doc);
    doc_para(doc, "dypt");
    for (int i = 0; i < 101; i++)
        doc_end(doc);
    doc_para(doc, "etter");
    doc_table(doc, "tom", NULL, 0, NULL);
    g_autofree char *html = html_of(doc);
    has(html, "<ul class=\"ds-list\">\n<li>uten punkt</li>");
    g_assert_cmpuint(count(html, "<blockquote"), ==, count(html, "</blockquote>"));
    g_assert_true(g_str_has_suffix(html, "</ul>\n<p class=\"ds-paragraph\">etter</p>\n</div>\n"));
}

static void the_file_stands_alone(void)
{
    static const char *const css[] = { "p{content:\"</style><b>\"}", NULL };
    DocMeta draft = meta;
    g_autoptr(GBytes) file = NULL;
    g_autoptr(GError) error = NULL;
    size_t len = 0;

    draft.draft = "Utkast – ikke behandlet";
    g_autoptr(Doc) doc = doc_new(&draft);
    doc_heading(doc, 1, NULL, "En");
    doc_heading(doc, 2, NULL, "Under");
    doc_heading(doc, 1, NULL, "To");
    doc_html_file(doc, css, &file, &error);
    g_assert_no_error(error);
    g_autofree char *html = g_strndup(g_bytes_get_data(file, &len), g_bytes_get_size(file));
    has(html, "<html lang=\"nb-NO\">");
    has(html, "<h1 class=\"ds-heading\">Rapport</h1>");
    has(html, "Utkast – ikke behandlet");
    has(html, "<a class=\"ds-link\" href=\"#under\">Under</a></li></ul></li>\n<li>");
    lacks(html, "<script");
    lacks(html, "src=");
    lacks(html, "</style><b>");
    lacks(html, "http://");
    g_assert_cmpuint(count(html, "</style>"), ==, 1);
    g_assert_cmpuint(count(html, "<ul"), ==, count(html, "</ul>"));
    g_assert_cmpuint(count(html, "<li"), ==, count(html, "</li>"));
}

static void text_is_in_reading_order(void)
{
    g_autoptr(Doc) doc = doc_new(&meta);

    doc_heading(doc, 1, NULL, "En");
    doc_markdown(doc, "a **b**\n\n- c", 2);
    doc_term(doc, "Mål", "lese");
    g_autofree char *text = doc_text(doc);
    g_assert_cmpstr(text, ==, "Rapport\nEn\na b\nc\nMål\nlese\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/doc/heading/levels-and-ids", headings_skip_no_level_and_share_no_id);
    g_test_add_func("/doc/text/cleaned", text_is_cleaned);
    g_test_add_func("/doc/link/unsafe-dropped", unsafe_addresses_lose_their_link);
    g_test_add_func("/doc/markdown/blocks", markdown_becomes_blocks);
    g_test_add_func("/doc/markdown/no-markup", markdown_lets_no_markup_through);
    g_test_add_func("/doc/markdown/deep-nesting", deep_nesting_is_flattened);
    g_test_add_func("/doc/markdown/nested-lines", nested_lines_stay_bounded);
    g_test_add_func("/doc/markdown/one-megabyte", a_megabyte_is_read);
    g_test_add_func("/doc/table/region", tables_are_regions_with_headers);
    g_test_add_func("/doc/block/wrong-use", wrong_use_stays_well_formed);
    g_test_add_func("/doc/file/stands-alone", the_file_stands_alone);
    g_test_add_func("/doc/text/reading-order", text_is_in_reading_order);
    return g_test_run();
}
