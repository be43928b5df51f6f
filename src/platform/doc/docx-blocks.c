/* docx-blocks.c - each kind of block as paragraphs and drawings, except tables.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart.h"
#include "docx.h"
#include "i18n.h"

#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DPI 200

/* --- paragraphs and runs --- */

void docx_p_begin(Docx *docx, const char *style, bool keep_next)
{
    GString *out = docx->body;

    g_string_append(out, "<w:p><w:pPr>");
    if (style)
        g_string_append_printf(out, "<w:pStyle w:val=\"%s\"/>", style);
    g_string_append(out, keep_next ? "<w:keepNext/>" : "");
    docx->paragraph = (gssize)out->len;
    g_string_append(out, "</w:pPr>");
}

void docx_p_end(Docx *docx)
{
    g_string_append(docx->body, "</w:p>");
}

void docx_run(Docx *docx, const char *text, unsigned style, const char *lang)
{
    GString *out = docx->body;

    g_string_append(out, "<w:r>");
    if (style || lang)
        g_string_append(out, "<w:rPr>");
    if (style & DOC_CODE)
        g_string_append(out, "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" "
                             "w:cs=\"Courier New\"/>");
    g_string_append(out, style & DOC_STRONG ? "<w:b/>" : "");
    g_string_append(out, style & DOC_EM ? "<w:i/>" : "");
    if (lang)
        g_string_append_printf(out, "<w:lang w:val=\"%s\"/>", doc_lang_tag(lang));
    if (style || lang)
        g_string_append(out, "</w:rPr>");
    g_string_append(out, "<w:t xml:space=\"preserve\">");
    docx_put(out, text);
    g_string_append(out, "</w:t></w:r>");
}

void docx_bookmark_name(const Docx *docx, const char *id, char buf[24])
{
    const GPtrArray *blocks = docx->doc->blocks;

    *buf = '\0';
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];

        if (block->kind == BLOCK_HEADING && !strcmp(block->id, id))
            g_snprintf(buf, 24, "_Toc%09u", i);
    }
}

static void relate(Docx *docx, const char *type, const char *target, bool external)
{
    g_string_append_printf(docx->rels,
                           "<Relationship Id=\"rId%d\" Type=\"" REL_NS "/%s\" Target=\"",
                           ++docx->n_rels, type);
    docx_put(docx->rels, target);
    g_string_append(docx->rels, external ? "\" TargetMode=\"External\"/>" : "\"/>");
}

/* Opens <w:hyperlink>; false when the address leads nowhere from a file. */
static bool link_open(Docx *docx, const char *url)
{
    const char *base = docx->doc->meta.base_url;
    char name[24] = "";

    if (*url == '#') {
        docx_bookmark_name(docx, url + 1, name);
        if (*name)
            g_string_append_printf(docx->body, "<w:hyperlink w:anchor=\"%s\" w:history=\"1\">",
                                   name);
        return *name;
    }
    if (*url == '/' && !base)
        return false;
    g_autofree char *full = *url == '/' ? g_strconcat(base, url, NULL) : g_strdup(url);
    relate(docx, "hyperlink", full, true);
    g_string_append_printf(docx->body, "<w:hyperlink r:id=\"rId%d\" w:history=\"1\">",
                           docx->n_rels);
    return true;
}

static void link_run(Docx *docx, const DocRun *run)
{
    g_string_append(docx->body, "<w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/>");
    g_string_append(docx->body, run->style & DOC_STRONG ? "<w:b/>" : "");
    g_string_append(docx->body, run->style & DOC_EM ? "<w:i/>" : "");
    if (run->lang)
        g_string_append_printf(docx->body, "<w:lang w:val=\"%s\"/>", doc_lang_tag(run->lang));
    g_string_append(docx->body, "</w:rPr><w:t xml:space=\"preserve\">");
    docx_put(docx->body, run->text);
    g_string_append(docx->body, "</w:t></w:r></w:hyperlink>");
}

void docx_runs(Docx *docx, const Block *block)
{
    for (size_t i = 0; i < block->n_runs; i++) {
        const DocRun *run = &block->runs[i];

        if (run->url && link_open(docx, run->url))
            link_run(docx, run);
        else
            docx_run(docx, run->text, run->style, run->lang);
        if (run->line_break && i + 1 < block->n_runs)
            g_string_append(docx->body, "<w:r><w:br/></w:r>");
    }
}

/* The sign of the list before its item's first paragraph; an indent for the others. */
static void list_place(Docx *docx)
{
    g_autofree char *where =
        docx->item_begun
            ? g_strdup_printf("<w:ind w:left=\"%d\"/>", 360 * docx->list_depth)
            : g_strdup_printf("<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr>",
                              MIN(docx->list_depth, 9) - 1, docx->list_num);

    g_string_insert(docx->body, docx->paragraph, where);
    docx->paragraph += (gssize)strlen(where);
    docx->item_begun = true;
}

static void lay_para(Docx *docx, const Block *block)
{
    const char *list = docx->list_num == 1 ? "ListBullet" : "ListNumber";
    const char *style = docx->framed       ? docx->framed
                        : docx->list_depth ? docx->item_begun ? "ListContinue" : list
                        : block->lead      ? "Lead"
                                           : NULL;

    if (!block->n_runs)
        return;
    docx_p_begin(docx, style, block->keep_next);
    if (docx->list_depth)
        list_place(docx);
    docx_runs(docx, block);
    docx_p_end(docx);
}

static void lay_code(Docx *docx, const Block *block)
{
    if (!block->n_runs)
        return;
    docx_p_begin(docx, "Code", false);
    for (size_t i = 0; i < block->n_runs; i++) {
        docx_run(docx, block->runs[i].text, 0, block->runs[i].lang);
        g_string_append(docx->body, i + 1 < block->n_runs ? "<w:r><w:br/></w:r>" : "");
    }
    docx_p_end(docx);
}

static void lay_heading(Docx *docx, const Block *block)
{
    static const char *const styles[] = { "", "Heading1", "Heading2", "Heading3", "Heading4" };
    bool turn = block->next && block->next->kind == BLOCK_TABLE &&
                doc_table_wide(block->next->table) && !docx->wide;
    char name[24];

    if (turn) {
        docx_section_end(docx); /* the heading goes with its table */
        docx->wide = true;
    }
    docx_bookmark_name(docx, block->id, name);
    docx_p_begin(docx, styles[block->level], false);
    g_string_append_printf(docx->body, "<w:bookmarkStart w:id=\"%s\" w:name=\"%s\"/>", name + 4,
                           name);
    docx_run(docx, block->text, 0, block->lang);
    g_string_append_printf(docx->body, "<w:bookmarkEnd w:id=\"%s\"/>", name + 4);
    docx_p_end(docx);
}

/* --- containers --- */

static void lay_list(Docx *docx, const Block *block)
{
    int outer = docx->list_num, num = 1;
    bool begun = docx->item_begun;

    if (block->numbered) {
        num = (int)docx->numbered->len + 2;
        g_array_append_val(docx->numbered, num);
    }
    docx->list_depth++;
    for (const Block *item = block->first; item; item = item->next) {
        docx->list_num = num;
        docx->item_begun = false;
        docx_blocks(docx, item);
    }
    docx->list_depth--;
    docx->list_num = outer;
    docx->item_begun = begun;
}

static void lay_framed(Docx *docx, const Block *block)
{
    const char *outer = docx->framed;

    docx->framed = block->kind == BLOCK_QUOTE ? "Quote" : "Callout";
    if (block->kind == BLOCK_NOTE && *block->text) {
        docx_p_begin(docx, "CalloutLabel", true);
        docx_run(docx, block->text, 0, NULL);
        docx_p_end(docx);
    }
    docx_blocks(docx, block);
    docx->framed = outer;
    if (!outer && block->kind == BLOCK_NOTE) {
        docx_p_begin(docx, "Source", false); /* air after the shaded part */
        docx_p_end(docx);
    }
}

static void lay_terms(Docx *docx, const Block *block)
{
    for (const Block *term = block->first; term; term = term->next) {
        docx_p_begin(docx, "Definition", false);
        docx_run(docx, term->text, DOC_STRONG, NULL);
        docx_run(docx, ": ", DOC_STRONG, NULL);
        docx_runs(docx, term);
        docx_p_end(docx);
    }
}

/* --- figures --- */

static void put_drawing(Docx *docx, const DocFigure *figure, double width, double height)
{
    int n = ++docx->n_drawings;
    long long cx = (long long)(width * 12700), cy = (long long)(height * 12700);
    GString *out = docx->body;

    g_string_append_printf(out,
                           "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" "
                           "distR=\"0\"><wp:extent cx=\"%lld\" cy=\"%lld\"/><wp:docPr id=\"%d\" "
                           "name=\"image%d\" descr=\"",
                           cx, cy, n, n);
    docx_put(out, doc_figure_alt(figure));
    g_string_append_printf(
        out,
        "\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>"
        "</wp:cNvGraphicFramePr><a:graphic><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
        "<pic:cNvPr id=\"%d\" name=\"image%d.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        "<a:blip r:embed=\"rId%d\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
        "<a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm><a:prstGeom "
        "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>",
        n, n, docx->n_rels, cx, cy);
}

static void put_picture(Docx *docx, const DocFigure *figure, bool captioned)
{
    Chart bare = *figure->chart;
    GBytes *png = NULL;
    double width = DOCX_TEXT_PT;

    bare.bare = true; /* the caption is the document's */
    if (docx->failed ||
        !chart_png(&bare, (int)(width / 72 * DPI), &png, docx->failed ? NULL : &docx->failed))
        return;
    g_ptr_array_add(docx->media, png);
    g_autofree char *name = g_strdup_printf("media/image%u.png", docx->media->len);
    relate(docx, "image", name, false);
    docx_p_begin(docx, NULL, captioned);
    put_drawing(docx, figure, width, width * chart_aspect(figure->chart));
    docx_p_end(docx);
}

static void lay_figure(Docx *docx, const Block *block)
{
    const DocFigure *figure = block->figure;

    if (figure->chart)
        put_picture(docx, figure, *figure->caption || figure->source);
    if (*figure->caption) {
        docx_p_begin(docx, "Caption", figure->source != NULL);
        docx_run(docx, figure->caption, 0, NULL);
        docx_p_end(docx);
    }
    if (figure->source) {
        docx_p_begin(docx, "Source", false);
        docx_run(docx, figure->source, 0, NULL);
        docx_p_end(docx);
    }
}

static void lay_break(Docx *docx)
{
    g_string_append(docx->body, "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" "
                                "w:lineRule=\"exact\"/></w:pPr><w:r><w:br w:type=\"page\"/></w:r>"
                                "</w:p>");
    docx->paragraph = -1;
}

static void lay_block(Docx *docx, const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        lay_heading(docx, block);
        break;
    case BLOCK_PARA:
        lay_para(docx, block);
        break;
    case BLOCK_CODE:
        lay_code(docx, block);
        break;
    case BLOCK_LIST:
        lay_list(docx, block);
        break;
    case BLOCK_QUOTE:
    case BLOCK_NOTE:
        lay_framed(docx, block);
        break;
    case BLOCK_TERMS:
        lay_terms(docx, block);
        break;
    case BLOCK_TABLE:
        docx_table(docx, block);
        break;
    case BLOCK_FIGURE:
        lay_figure(docx, block);
        break;
    case BLOCK_BREAK:
        if (block->parent->kind == BLOCK_ROOT && block->parent->first != block)
            lay_break(docx);
        break;
    case BLOCK_ROOT: /* items and terms are laid out by their lists */
    case BLOCK_ITEM:
    case BLOCK_TERM:
        break;
    }
}

void docx_blocks(Docx *docx, const Block *parent)
{
    for (const Block *block = parent->first; block; block = block->next)
        lay_block(docx, block);
}
