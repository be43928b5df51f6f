/* test-doc-docx.c - what a DOCX says of a document: sections, languages, lists, links; and no clock.
 * test/utganger opens whole reports in LibreOffice.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <zip.h>
#include "doc.h"
#include "i18n.h"

#define has(text, piece) g_assert_nonnull(strstr(text, piece))
#define lacks(text, piece) g_assert_null(strstr(text, piece))

static char *part_of(GBytes *docx, const char *name)
{
    gsize size;
    const void *data = g_bytes_get_data(docx, &size);
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    zip_stat_t about;

    g_assert_nonnull(zip);
    g_assert_cmpint(zip_stat(zip, name, 0, &about), ==, 0);
    g_autofree char *text = g_malloc0(about.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    g_assert_cmpint(zip_fread(file, text, about.size), ==, (zip_int64_t)about.size);
    zip_fclose(file);
    zip_discard(zip);
    return g_steal_pointer(&text);
}

static GBytes *docx_of(const Doc *doc)
{
    g_autoptr(GError) error = NULL;
    GBytes *docx = NULL;

    doc_docx(doc, &docx, &error);
    g_assert_no_error(error);
    return docx;
}

static Doc *new_doc(void)
{
    const DocMeta meta = { .title = "A & <B>",
                           .author = "Prøve kommune",
                           .lang = "nn",
                           .accent = 0xffff00,
                           .draft = "Utkast" };

    i18n_use(LANG_NN);
    return doc_new(&meta);
}

static void add_table(Doc *doc, size_t n)
{
    DocColumn columns[DOC_MAX_COLUMNS] = { { .title = "Eining", .row_header = true } };

    for (size_t i = 1; i < n; i++)
        columns[i] = (DocColumn){ .title = "Samansetjing", .align = DOC_RIGHT };
    DocTable *table = doc_table(doc, "Tal", columns, n, NULL);
    for (size_t i = 0; i < n; i++)
        doc_cell(table, i ? "123456789" : "Bud skule", NULL);
    doc_table_note(table, "*", "skjerma");
}

static size_t times(const char *text, const char *piece)
{
    size_t n = 0;

    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        n++;
    return n;
}

/* A wide table lies on pages of its own; what comes before and after stands. */
static void a_wide_table_turns_the_page(void)
{
    g_autoptr(Doc) doc = new_doc();

    doc_heading(doc, 1, NULL, "Smal");
    add_table(doc, 3);
    doc_heading(doc, 1, NULL, "Brei");
    add_table(doc, 12);
    doc_para(doc, "Etterpå.");
    g_autoptr(GBytes) docx = docx_of(doc);
    g_autofree char *body = part_of(docx, "word/document.xml");
    const char *lying = strstr(body, "w:orient=\"landscape\"");

    g_assert_cmpuint(times(body, "w:orient=\"landscape\""), ==, 1);
    g_assert_cmpuint(times(body, "<w:sectPr>"), ==,
                     5); /* cover, contents, upright, lying, upright */
    g_assert_true(lying > strstr(body, "<w:bookmarkStart w:id=\""));
    has(lying, "Etterpå.");
    lacks(lying, "123456789");
    g_assert_cmpuint(times(body, "<w:tblHeader/>"), ==, 2);
}

static void languages_lists_and_links_are_marked(void)
{
    g_autoptr(Doc) doc = new_doc();
    const DocRun runs[] = { { .text = "Sjå " },
                            { .text = "lova", .url = "https://lovdata.no/x?a=1&b=2" },
                            { .text = "her", .url = "/rapporter" },
                            { .text = "Weltanschauung", .lang = "de" } };

    doc_heading(doc, 1, "lenkja", "Ei overskrift");
    doc_para_runs(doc, runs, G_N_ELEMENTS(runs));
    doc_speak(doc, "nb");
    doc_markdown(doc, "## Skrevet\n\n1. en\n2. to\n\n- tre\n\n1. fire\n", 2);
    doc_speak(doc, NULL);
    g_autoptr(GBytes) docx = docx_of(doc);
    g_autofree char *body = part_of(docx, "word/document.xml");
    g_autofree char *rels = part_of(docx, "word/_rels/document.xml.rels");
    g_autofree char *numbering = part_of(docx, "word/numbering.xml");
    g_autofree char *styles = part_of(docx, "word/styles.xml");

    has(styles, "w:lang w:val=\"nn-NO\"");
    has(body, "<w:lang w:val=\"de\"/>");
    g_assert_cmpuint(times(body, "<w:lang w:val=\"nb-NO\"/>"), ==, 5);
    has(rels, "Target=\"https://lovdata.no/x?a=1&amp;b=2\" TargetMode=\"External\"");
    lacks(rels, "/rapporter");
    g_assert_cmpuint(times(numbering, "<w:num w:numId="), ==,
                     3);     /* bullets, and two that begin at 1 */
    lacks(styles, "FFFF00"); /* yellow is no colour for text: made darker */
    has(styles, "w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"");
}

static void the_same_document_is_the_same_bytes(void)
{
    g_autoptr(Doc) doc = new_doc();

    doc_para(doc, "Tekst <med> & teikn");
    add_table(doc, 3);
    g_autoptr(GBytes) first = docx_of(doc), second = docx_of(doc);
    g_autofree char *body = part_of(first, "word/document.xml");
    g_autofree char *core = part_of(first, "docProps/core.xml");

    g_assert_true(g_bytes_equal(first, second));
    has(body, "Tekst &lt;med&gt; &amp; teikn");
    has(core, "<dc:title>A &amp; &lt;B&gt;</dc:title>");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/docx/table/wide", a_wide_table_turns_the_page);
    g_test_add_func("/docx/marks/all", languages_lists_and_links_are_marked);
    g_test_add_func("/docx/bytes/same", the_same_document_is_the_same_bytes);
    return g_test_run();
}
