/* fuzz-markdown.c - any bytes as text that a person wrote: blocks of a document, and its three faces.
 *
 * The bytes may hold control characters and be no UTF-8. PDF and DOCX cost most of the time, so they are
 * made of short texts alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { SHORT = 300 };

/* Nothing that runs, and no address but those that are let through. */
static void check_html(const char *html)
{
    static const char *const never[] = { "<script", "<iframe", "<img" };

    g_assert(g_utf8_validate(html, -1, NULL));
    for (const char *at = html; (at = strstr(at, "href=\"")); at++)
        g_assert(!g_ascii_strncasecmp(at + 6, "http", 4) ||
                 !g_ascii_strncasecmp(at + 6, "mailto:", 7) || at[6] == '/' || at[6] == '#');
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
        g_assert(!strstr(html, never[i]));
}

static void check_files(const Doc *doc)
{
    g_autoptr(GBytes) pdf = NULL, docx = NULL;

    g_assert(doc_pdf(doc, &pdf, NULL) && doc_docx(doc, &docx, NULL));
    g_assert(!memcmp(g_bytes_get_data(pdf, NULL), "%PDF-", 5));
    g_assert(!memcmp(g_bytes_get_data(docx, NULL), "PK", 2));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autofree char *text = g_strndup((const char *)bytes, len);
    const DocMeta meta = { .title = "Prøve", .author = "Prøve kommune" };
    g_autoptr(Doc) doc = doc_new(&meta);
    g_autoptr(Html) html = html_new();

    doc_markdown(doc, text, 2);
    html_doc(html, doc);
    check_html(html_data(html, NULL));
    if (strlen(text) <= SHORT && len % 8 == 0)
        check_files(doc);
    return 0;
}
