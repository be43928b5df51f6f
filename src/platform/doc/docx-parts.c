/* docx-parts.c - the parts of a DOCX beside the text: styles, lists, head and foot, properties.
 *
 * Styles carry Word's own names, so that each edition of Word shows them in its language, the
 * navigation pane finds the headings, and a municipality's template can take their place.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "docx.h"
#include "i18n.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACK "http://schemas.openxmlformats.org/package/2006/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

const char docx_settings[] =
    XML "<w:settings " W "><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"708\"/>"
        "<w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>"
        "<w:compatSetting w:name=\"compatibilityMode\" "
        "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
        "</w:settings>";

const char docx_font_table[] = XML "<w:fonts " W "><w:font w:name=\"Arial\">"
                                   "<w:family w:val=\"swiss\"/><w:pitch w:val=\"variable\"/>"
                                   "</w:font><w:font w:name=\"Courier New\">"
                                   "<w:family w:val=\"modern\"/><w:pitch w:val=\"fixed\"/>"
                                   "</w:font></w:fonts>";

const char docx_app[] =
    XML "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "extended-properties\"><Application>oppvekst</Application></Properties>";

const char docx_root_rels[] = XML
    "<Relationships xmlns=\"" PACK "relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" REL_NS "/officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" PACK
    "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" REL_NS
    "/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>";

void docx_put(GString *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        default:
            g_string_append_c(out, *text);
        }
}

/* --- styles --- */

typedef struct {
    const char *id, *name, *next; /* next: style of the paragraph after it; NULL: the same */
    int size;                     /* half points */
    bool bold, italic, accent, grey, keep_next, quick;
    int before, after, left; /* tw */
    int line;                /* 240 is one line; 0: the normal */
    int outline;             /* 1-4; 0: none */
    const char *more;        /* further paragraph properties, after spacing's place */
} Look;

#define BAR(colour)                                                                                \
    "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"10\" w:color=\"" colour "\"/></"       \
    "w:pBdr>"
#define SHADE(colour) "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"" colour "\"/>"

static const Look looks[] = {
    { "Heading1", "heading 1", "Normal", 40, true, false, true, false, true, true, 480, 160, 0, 264,
      1, NULL },
    { "Heading2", "heading 2", "Normal", 29, true, false, false, false, true, true, 360, 100, 0,
      264, 2, NULL },
    { "Heading3", "heading 3", "Normal", 24, true, false, false, false, true, true, 260, 60, 0, 264,
      3, NULL },
    { "Heading4", "heading 4", "Normal", 21, true, false, false, true, true, true, 200, 40, 0, 264,
      4, NULL },
    { "Title", "Title", "Normal", 60, true, false, false, false, false, true, 2400, 160, 0, 252, 0,
      NULL },
    { "TitleShort", "Title short", "Normal", 40, true, false, true, false, true, false, 0, 120, 0,
      252, 0, NULL },
    { "Subtitle", "Subtitle", "Normal", 30, false, false, false, true, false, true, 0, 360, 0, 0, 0,
      NULL },
    { "Owner", "Owner", "Title", 24, true, false, true, false, false, false, 0, 0, 0, 0, 0, NULL },
    { "Lead", "Lead", "Normal", 23, true, false, false, false, false, true, 0, 180, 0, 288, 0,
      NULL },
    { "Definition", "Definition", NULL, 21, false, false, false, false, false, false, 0, 80, 0, 0,
      0, NULL },
    { "Caption", "caption", "Normal", 18, true, false, false, false, false, true, 60, 80, 0, 0, 0,
      NULL },
    { "TableCaption", "Table caption", "Normal", 18, true, false, false, false, true, false, 200,
      80, 0, 0, 0, NULL },
    { "TableText", "Table text", NULL, 18, false, false, false, false, false, false, 30, 30, 0, 240,
      0, NULL },
    { "TableNote", "Table note", NULL, 16, false, false, false, true, false, false, 30, 30, 0, 240,
      0, NULL },
    { "Source", "Source", "Normal", 16, false, false, false, true, false, false, 0, 240, 0, 0, 0,
      NULL },
    { "Quote", "Quote", NULL, 21, false, false, false, false, false, true, 0, 120, 284, 0, 0,
      BAR("57606A") },
    { "Callout", "Callout", NULL, 21, false, false, false, false, false, false, 0, 0, 284, 0, 0,
      BAR("57606A") SHADE("F3F5F8") },
    { "CalloutLabel", "Callout label", "Callout", 19, true, false, false, false, true, false, 160,
      0, 284, 0, 0, BAR("57606A") SHADE("F3F5F8") },
    { "Draft", "Draft mark", "Normal", 20, true, false, false, false, false, false, 120, 240, 0, 0,
      0, SHADE("FDF3E7") },
    { "Code", "Code", NULL, 17, false, false, false, false, false, false, 0, 120, 284, 240, 0,
      NULL },
    { "ListBullet", "List Bullet", NULL, 21, false, false, false, false, false, true, 0, 80, 0, 0,
      0, NULL },
    { "ListNumber", "List Number", NULL, 21, false, false, false, false, false, true, 0, 80, 0, 0,
      0, NULL },
    { "ListContinue", "List Continue", NULL, 21, false, false, false, false, false, false, 0, 80,
      360, 0, 0, NULL },
    { "TOCHeading", "TOC Heading", "Normal", 40, true, false, true, false, true, false, 0, 200, 0,
      0, 0, NULL },
    { "TOC1", "toc 1", "Normal", 21, true, false, false, false, false, false, 140, 40, 0, 0, 0,
      NULL },
    { "TOC2", "toc 2", "Normal", 21, false, false, false, false, false, false, 0, 40, 284, 0, 0,
      NULL },
    { "Header", "header", NULL, 16, false, false, false, true, false, false, 0, 0, 0, 240, 0,
      "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"C8CED6\"/></w:pBdr>" },
    { "Footer", "footer", NULL, 16, false, false, false, true, false, false, 0, 0, 0, 240, 0,
      NULL },
};

static void look_text(GString *out, const Look *l, uint32_t accent)
{
    g_string_append(out, "<w:rPr>");
    if (!strcmp(l->id, "Code"))
        g_string_append(out, "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" "
                             "w:cs=\"Courier New\"/>");
    g_string_append(out, l->bold ? "<w:b/>" : "");
    g_string_append(out, l->italic ? "<w:i/>" : "");
    if (l->accent)
        g_string_append_printf(out, "<w:color w:val=\"%06X\"/>", accent);
    else if (!strcmp(l->id, "Draft"))
        g_string_append(out, "<w:color w:val=\"8A3B00\"/>");
    else if (l->grey)
        g_string_append(out, "<w:color w:val=\"57606A\"/>");
    g_string_append_printf(out, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>", l->size,
                           l->size);
}

static void look(GString *out, const Look *l, uint32_t accent)
{
    g_string_append_printf(out,
                           "<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/>"
                           "<w:basedOn w:val=\"Normal\"/>",
                           l->id, l->name);
    if (l->next)
        g_string_append_printf(out, "<w:next w:val=\"%s\"/>", l->next);
    g_string_append(out, l->quick ? "<w:qFormat/>" : "");
    g_string_append(out, "<w:pPr>");
    g_string_append(out, l->keep_next ? "<w:keepNext/><w:keepLines/>" : "");
    g_string_append(out, l->more ? l->more : "");
    if (!strcmp(l->id, "TOC1") || !strcmp(l->id, "TOC2"))
        g_string_append(out, "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9020\"/>"
                             "</w:tabs>");
    if (!strcmp(l->id, "Header") || !strcmp(l->id, "Footer"))
        g_string_append(out, "<w:tabs><w:tab w:val=\"right\" w:pos=\"9020\"/></w:tabs>");
    g_string_append_printf(out, "<w:spacing w:before=\"%d\" w:after=\"%d\"", l->before, l->after);
    if (l->line)
        g_string_append_printf(out, " w:line=\"%d\" w:lineRule=\"auto\"", l->line);
    g_string_append(out, "/>");
    if (l->left)
        g_string_append_printf(out, "<w:ind w:left=\"%d\"/>", l->left);
    if (l->outline)
        g_string_append_printf(out, "<w:outlineLvl w:val=\"%d\"/>", l->outline - 1);
    g_string_append(out, "</w:pPr>");
    look_text(out, l, accent);
    g_string_append(out, "</w:style>");
}

static const char defaults[] =
    "<w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\" "
    "w:eastAsia=\"Arial\"/><w:color w:val=\"1B1F24\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>";

static const char characters[] =
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
    "<w:qFormat/></w:style>"
    "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">"
    "<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"Strong\"><w:name w:val=\"Strong\"/><w:qFormat/>"
    "<w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"Emphasis\"><w:name w:val=\"Emphasis\"/><w:qFormat/>"
    "<w:rPr><w:i/></w:rPr></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"
    "<w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:tblPr><w:tblInd w:w=\"0\" "
    "w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" "
    "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    "<w:style w:type=\"table\" w:styleId=\"Figures\"><w:name w:val=\"Figures\"/>"
    "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
    "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C8CED6\"/>"
    "<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"57606A\"/>"
    "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C8CED6\"/></w:tblBorders>"
    "</w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>"
    "<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"57606A\"/></w:tcBorders>"
    "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F3F5F8\"/></w:tcPr></w:tblStylePr>"
    "</w:style>";

char *docx_styles(const Docx *docx)
{
    GString *out = g_string_new(XML "<w:styles " W "><w:docDefaults>");

    g_string_append(out, defaults);
    g_string_append_printf(out, "<w:lang w:val=\"%s\" w:eastAsia=\"%s\"/></w:rPr></w:rPrDefault>",
                           docx->doc->meta.lang, docx->doc->meta.lang);
    g_string_append(out, "<w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"276\" "
                         "w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>");
    g_string_append(out, characters);
    g_string_append_printf(out,
                           "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name "
                           "w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"%06X\"/><w:u "
                           "w:val=\"single\"/></w:rPr></w:style>",
                           docx->accent);
    for (size_t i = 0; i < G_N_ELEMENTS(looks); i++)
        look(out, &looks[i], docx->accent);
    g_string_append(out, "</w:styles>");
    return g_string_free(out, FALSE);
}

/* --- lists --- */

static void levels(GString *out, int id, bool numbered)
{
    g_string_append_printf(out,
                           "<w:abstractNum w:abstractNumId=\"%d\"><w:multiLevelType "
                           "w:val=\"hybridMultilevel\"/>",
                           id);
    for (int i = 0; i < 9; i++) {
        g_string_append_printf(out,
                               "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/>"
                               "<w:lvlText w:val=\"",
                               i, numbered ? "decimal" : "bullet");
        if (numbered)
            g_string_append_printf(out, "%%%d.", i + 1);
        else
            g_string_append(out, i % 2 ? "–" : "•");
        g_string_append_printf(out,
                               "\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"%d\" "
                               "w:hanging=\"360\"/></w:pPr></w:lvl>",
                               360 * (i + 1));
    }
    g_string_append(out, "</w:abstractNum>");
}

/* w:num 1 is every bulleted list's; each numbered list has its own and begins at 1. */
char *docx_numbering(const Docx *docx)
{
    GString *out = g_string_new(XML "<w:numbering " W ">");

    levels(out, 0, false);
    levels(out, 1, true);
    g_string_append(out, "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
    for (guint i = 0; i < docx->numbered->len; i++) {
        g_string_append_printf(out, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"1\"/>",
                               g_array_index(docx->numbered, int, i));
        for (int k = 0; k < 9; k++)
            g_string_append_printf(out,
                                   "<w:lvlOverride w:ilvl=\"%d\"><w:startOverride w:val=\"1\"/>"
                                   "</w:lvlOverride>",
                                   k);
        g_string_append(out, "</w:num>");
    }
    g_string_append(out, "</w:numbering>");
    return g_string_free(out, FALSE);
}

/* --- head and foot --- */

static void text_run(GString *out, const char *text, bool warn)
{
    g_string_append(out, warn ? "<w:r><w:rPr><w:b/><w:color w:val=\"8A3B00\"/></w:rPr>" : "<w:r>");
    g_string_append(out, "<w:t xml:space=\"preserve\">");
    docx_put(out, text);
    g_string_append(out, "</w:t></w:r>");
}

/* To the right edge of an upright page: LibreOffice does not know the tab that follows the page. */
static void to_the_right(GString *out)
{
    g_string_append(out, "<w:r><w:tab/></w:r>");
}

char *docx_header(const Docx *docx)
{
    GString *out =
        g_string_new(XML "<w:hdr " W "><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>");

    text_run(out, docx->doc->meta.title, false);
    if (docx->doc->meta.draft) {
        to_the_right(out);
        text_run(out, docx->doc->meta.draft, true);
    }
    g_string_append(out, "</w:p></w:hdr>");
    return g_string_free(out, FALSE);
}

static void field(GString *out, const char *name)
{
    g_string_append_printf(out,
                           "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
                           "xml:space=\"preserve\"> %s </w:instrText></w:r><w:r><w:fldChar "
                           "w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r>"
                           "<w:fldChar w:fldCharType=\"end\"/></w:r>",
                           name);
}

/* "Page %d of %d" in the thread's language, its numbers as fields. */
static void page_number(GString *out)
{
    const char *words = _("Page %d of %d"), *first = strstr(words, "%d");
    const char *second = first ? strstr(first + 2, "%d") : NULL;

    if (!second) {
        field(out, "PAGE");
        return;
    }
    g_autofree char *before = g_strndup(words, (gsize)(first - words));
    g_autofree char *between = g_strndup(first + 2, (gsize)(second - first - 2));
    text_run(out, before, false);
    field(out, "PAGE");
    text_run(out, between, false);
    field(out, "NUMPAGES");
    text_run(out, second + 2, false);
}

char *docx_footer(const Docx *docx)
{
    const DocMeta *meta = &docx->doc->meta;
    GString *out =
        g_string_new(XML "<w:ftr " W "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    g_autofree char *joined =
        meta->author ? g_strconcat(meta->author, " · ", meta->title, NULL) : NULL;

    text_run(out, meta->footer ? meta->footer : joined ? joined : meta->title, false);
    to_the_right(out);
    page_number(out);
    g_string_append(out, "</w:p></w:ftr>");
    return g_string_free(out, FALSE);
}

/* --- the package --- */

static void property(GString *out, const char *open, const char *text, const char *close)
{
    if (!text)
        return;
    g_string_append(out, open);
    docx_put(out, text);
    g_string_append(out, close);
}

char *docx_core(const Docx *docx)
{
    const DocMeta *meta = &docx->doc->meta;
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(meta->created / 1000000);
    g_autofree char *made = when ? g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ") : NULL;
    GString *out =
        g_string_new(XML "<cp:coreProperties xmlns:cp=\"" PACK
                         "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                         "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");

    property(out, "<dc:title>", meta->title, "</dc:title>");
    property(out, "<dc:creator>", meta->author, "</dc:creator>");
    property(out, "<dc:subject>", meta->subject, "</dc:subject>");
    property(out, "<dc:language>", meta->lang, "</dc:language>");
    property(out, "<cp:lastModifiedBy>", meta->author, "</cp:lastModifiedBy>");
    property(out, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">", made, "</dcterms:created>");
    property(out, "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">", made, "</dcterms:modified>");
    g_string_append(out, "</cp:coreProperties>");
    return g_string_free(out, FALSE);
}

char *docx_types(const Docx *docx)
{
    static const struct {
        const char *part, *type;
    } parts[] = {
        { "word/document.xml", WORD_TYPE "document.main+xml" },
        { "word/styles.xml", WORD_TYPE "styles+xml" },
        { "word/numbering.xml", WORD_TYPE "numbering+xml" },
        { "word/settings.xml", WORD_TYPE "settings+xml" },
        { "word/header1.xml", WORD_TYPE "header+xml" },
        { "word/footer1.xml", WORD_TYPE "footer+xml" },
        { "word/fontTable.xml", WORD_TYPE "fontTable+xml" },
        { "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml" },
        { "docProps/app.xml",
          "application/vnd.openxmlformats-officedocument.extended-properties+xml" },
    };
    GString *out = g_string_new(
        XML "<Types xmlns=\"" PACK "content-types\"><Default Extension=\"rels\" "
            "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");

    if (docx->media->len)
        g_string_append(out, "<Default Extension=\"png\" ContentType=\"image/png\"/>");
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        g_string_append_printf(out, "<Override PartName=\"/%s\" ContentType=\"%s\"/>",
                               parts[i].part, parts[i].type);
    g_string_append(out, "</Types>");
    return g_string_free(out, FALSE);
}

char *docx_main_rels(const Docx *docx)
{
    static const char *const fixed[DOCX_FIXED_RELS][2] = {
        { "styles", "styles.xml" },     { "numbering", "numbering.xml" },
        { "settings", "settings.xml" }, { "header", "header1.xml" },
        { "footer", "footer1.xml" },    { "fontTable", "fontTable.xml" }
    };
    GString *out = g_string_new(XML "<Relationships xmlns=\"" PACK "relationships\">");

    for (int i = 0; i < DOCX_FIXED_RELS; i++)
        g_string_append_printf(out,
                               "<Relationship Id=\"rId%d\" Type=\"" REL_NS "/%s\" Target=\"%s\"/>",
                               i + 1, fixed[i][0], fixed[i][1]);
    g_string_append(out, docx->rels->str);
    g_string_append(out, "</Relationships>");
    return g_string_free(out, FALSE);
}
