/* doc-docx.c - a document as DOCX: front, body, sections; then the parts into one package.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "docx.h"
#include "i18n.h"

#define NAMESPACES                                                                                 \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "                    \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "             \
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "         \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "                           \
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""

/* --- sections --- */

void docx_section(GString *out, bool wide, bool cover)
{
    static const char furniture[] = "<w:headerReference w:type=\"default\" r:id=\"rId4\"/>"
                                    "<w:footerReference w:type=\"default\" r:id=\"rId5\"/>";

    g_string_append_printf(
        out,
        "<w:sectPr>%s<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"%d\" w:h=\"%d\"%s/><w:pgMar "
        "w:top=\"1440\" w:right=\"1440\" w:bottom=\"1300\" w:left=\"1440\" w:header=\"700\" "
        "w:footer=\"600\" w:gutter=\"0\"/></w:sectPr>",
        cover ? "" : furniture, wide ? 16838 : 11906, wide ? 11906 : 16838,
        wide ? " w:orient=\"landscape\"" : "");
}

/* A section is told in the last paragraph it holds; an empty one only where there is none. */
void docx_section_end(Docx *docx)
{
    g_autoptr(GString) section = g_string_new(NULL);

    docx_section(section, docx->wide, false);
    if (docx->paragraph < 0) {
        docx_p_begin(docx, "TableNote", false);
        docx_p_end(docx);
    }
    g_string_insert(docx->body, docx->paragraph, section->str);
    docx->paragraph = -1;
}

/* --- cover and contents --- */

static void styled(Docx *docx, const char *style, const char *text)
{
    if (!text)
        return;
    docx_p_begin(docx, style, false);
    docx_run(docx, text, 0, NULL);
    docx_p_end(docx);
}

static void definition(Docx *docx, const char *label, const char *value)
{
    docx_p_begin(docx, "Definition", false);
    docx_run(docx, label, DOC_STRONG, NULL);
    docx_run(docx, ": ", DOC_STRONG, NULL);
    docx_run(docx, value, 0, NULL);
    docx_p_end(docx);
}

static void title_block(Docx *docx, const char *title_style)
{
    const DocMeta *meta = &docx->doc->meta;
    char buf[DATE_TEXT];

    styled(docx, "Owner", meta->author);
    styled(docx, title_style, meta->title);
    styled(docx, "Subtitle", meta->subtitle);
    styled(docx, "Draft", meta->draft);
    for (size_t i = 0; i < meta->n_labels; i++)
        definition(docx, meta->labels[i].label, meta->labels[i].value);
    if (meta->date)
        definition(docx, _("Date"),
                   date_valid(meta->date) ? date_text(meta->date, buf) : meta->date);
}

static void field_char(Docx *docx, const char *type)
{
    g_string_append_printf(docx->body, "<w:r><w:fldChar w:fldCharType=\"%s\"/></w:r>", type);
}

/* One line of the contents: a link to its heading. Page numbers come when Word brings the field up to
 * date (F9): a number written by a program that lays no pages out would be a guess. */
static void contents_line(Docx *docx, const Block *heading, bool first, bool last)
{
    char name[24];

    docx_bookmark_name(docx, heading->id, name);
    docx_p_begin(docx, heading->level == 1 ? "TOC1" : "TOC2", false);
    if (first) {
        field_char(docx, "begin");
        g_string_append(docx->body, "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h "
                                    "\\z \\u </w:instrText></w:r>");
        field_char(docx, "separate");
    }
    g_string_append_printf(docx->body, "<w:hyperlink w:anchor=\"%s\" w:history=\"1\">", name);
    docx_run(docx, heading->text, 0, NULL);
    g_string_append(docx->body, "</w:hyperlink>");
    if (last)
        field_char(docx, "end");
    docx_p_end(docx);
}

static void contents(Docx *docx)
{
    const GPtrArray *blocks = docx->doc->blocks;
    g_autoptr(GPtrArray) entries = g_ptr_array_new();

    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];

        if (block->kind == BLOCK_HEADING && block->level <= 2)
            g_ptr_array_add(entries, blocks->pdata[i]);
    }
    if (!entries->len)
        return;
    styled(docx, "TOCHeading", _("Contents"));
    for (guint i = 0; i < entries->len; i++)
        contents_line(docx, entries->pdata[i], i == 0, i + 1 == entries->len);
}

/* The front is a section of its own, so that the cover alone goes without head and foot. */
void docx_front(Docx *docx)
{
    const DocMeta *meta = &docx->doc->meta;
    g_autoptr(GString) section = g_string_new(NULL);

    if (meta->no_cover) {
        title_block(docx, "TitleShort");
        return;
    }
    title_block(docx, "Title");
    docx_section(section, false, true);
    g_string_insert(docx->body, docx->paragraph, section->str);
    docx->paragraph = -1;
    if (meta->no_contents)
        return;
    contents(docx);
    if (docx->paragraph < 0)
        return;
    docx->paragraph =
        -1; /* a paragraph of its own: in the field's last one LibreOffice loses fields */
    docx_section_end(docx);
}

/* --- the package --- */

static char *main_part(Docx *docx)
{
    GString *out = docx->body;

    g_string_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                         "<w:document " NAMESPACES "><w:body>");
    docx_front(docx);
    docx_blocks(docx, docx->doc->root);
    docx_section(out, false, false);
    g_string_append(out, "</w:body></w:document>");
    return g_string_free(g_steal_pointer(&docx->body), FALSE);
}

static void add_text(DocZip *zip, const char *name, char *text)
{
    doc_zip_add(zip, name, g_bytes_new_take(text, strlen(text)), false);
}

static void pack(DocZip *zip, Docx *docx)
{
    char *body = main_part(docx); /* first: it gathers what the other parts tell */

    add_text(zip, "[Content_Types].xml", docx_types(docx));
    add_text(zip, "_rels/.rels", g_strdup(docx_root_rels));
    add_text(zip, "docProps/core.xml", docx_core(docx));
    add_text(zip, "docProps/app.xml", g_strdup(docx_app));
    add_text(zip, "word/document.xml", body);
    add_text(zip, "word/_rels/document.xml.rels", docx_main_rels(docx));
    add_text(zip, "word/styles.xml", docx_styles(docx));
    add_text(zip, "word/numbering.xml", docx_numbering(docx));
    add_text(zip, "word/settings.xml", g_strdup(docx_settings));
    add_text(zip, "word/fontTable.xml", g_strdup(docx_font_table));
    add_text(zip, "word/header1.xml", docx_header(docx));
    add_text(zip, "word/footer1.xml", docx_footer(docx));
    for (guint i = 0; i < docx->media->len; i++) {
        g_autofree char *name = g_strdup_printf("word/media/image%u.png", i + 1);

        doc_zip_add(zip, name, g_bytes_ref(docx->media->pdata[i]), true);
    }
}

bool doc_docx(const Doc *doc, GBytes **ret_docx, GError **error)
{
    g_autoptr(DocZip) zip = doc_zip_new();
    g_autoptr(GPtrArray) media = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GArray) numbered = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GString) rels = g_string_new(NULL);
    Docx docx = { .doc = doc,
                  .body = g_string_sized_new(1 << 16),
                  .rels = rels,
                  .media = media,
                  .numbered = numbered,
                  .n_rels = DOCX_FIXED_RELS,
                  .paragraph = -1,
                  .accent = doc_accent(doc) };

    pack(zip, &docx);
    if (docx.failed)
        return app_pass(error, &docx.failed);
    return doc_zip_finish(zip, ret_docx, error);
}
