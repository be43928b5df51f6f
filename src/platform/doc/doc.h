/* doc.h - a document as blocks, built by calls, and its faces: accessible HTML, tagged PDF, DOCX.
 *
 * A Doc is the one source of a report, a case paper or minutes. A caller appends blocks in reading
 * order; doc_html writes them as a semantic fragment or one self-contained file, doc_pdf as PDF/UA-1
 * and PDF/A-2a, doc_docx as Office Open XML. Every string given is UTF-8 plain text and is copied; wrong input never aborts:
 * invalid bytes and control characters become U+FFFD or vanish, unsafe addresses lose their link,
 * too deep nesting is flattened. All functions take NULL text as "".
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"
#include "html.h"

#define DOC_MAX_DEPTH 8    /* containers within containers; deeper ones are flattened */
#define DOC_MAX_COLUMNS 40 /* of a table; more are dropped */

/* --- the document ------------------------------------------------------------------------------- */

typedef struct {
    const char *label; /* "Periode" */
    const char *value; /* "Skoleåret 2012/13" */
} DocLabel;

typedef struct {
    const char *title;    /* required: "Tilstandsrapport 2012/13" */
    const char *subtitle; /* or NULL */
    const char *author;   /* who answers for it, the municipality: "Eide kommune" */
    const char *subject;  /* one sentence for catalogues, or NULL */
    const char *lang;     /* BCP 47: "nb", "nn", "en" (written nb-NO, nn-NO, en-GB); NULL is nb */
    const char *date;     /* "YYYY-MM-DD", or NULL: shown on the cover */
    const char *draft; /* "Utkast – ikke behandlet", or NULL: cover, every page head, HTML banner */
    const char *footer; /* left of the page foot, or NULL for "author · title" */
    const char
        *base_url; /* "https://host": makes path links absolute in the PDF; NULL drops them there */
    const DocLabel *labels; /* cover lines: period, status, case number, vedtak date */
    size_t n_labels;
    uint32_t accent; /* 0xRRGGBB, darkened until it has contrast 4.5:1 on white; 0 is the default */
    int64_t created; /* microseconds UTC, written into the PDF: same doc, same bytes; 0 is 1970 */
    bool no_cover;   /* a short paper: title on the first page */
    bool no_contents; /* no table of contents */
    bool compact;     /* for a page or two: smaller headings, less air */
} DocMeta;

Doc *doc_new(const DocMeta *meta);
const char *doc_title(const Doc *doc); /* as it was cleaned; lives as long as the document */
void doc_free(Doc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Doc, doc_free)

/* Give `thing` (a Chart, say) to the document: `free_func` runs in doc_free. Returns `thing`. */
void *doc_own(Doc *doc, void *thing, GDestroyNotify free_func);

/* What is appended from now on is in this language (BCP 47), people's own words within a document of
 * another; NULL: the document's again. Paragraphs, headings and tables are marked with it. */
void doc_speak(Doc *doc, const char *lang);

/* --- blocks ------------------------------------------------------------------------------------- */

/**
 * Append a heading; it also becomes an entry of the table of contents (levels 1 and 2) and outline.
 *   level  1-4. Level 1 is a chapter: H1 in the PDF, <h2> in HTML, where the title is the <h1>. A level
 *          more than one below the heading before is raised, so that no level is skipped (PDF/UA-1 7.4.2).
 *   id     anchor, unique, [a-z0-9-]; NULL makes one from the text. A taken id gets a number added.
 * Returns the id used; it lives as long as the document.
 */
const char *doc_heading(Doc *doc, int level, const char *id, const char *text);

typedef enum { DOC_STRONG = 1, DOC_EM = 2, DOC_CODE = 4 } DocStyle;

/* A stretch of text of one look. An array of runs is one paragraph. */
typedef struct {
    const char *text;
    unsigned style; /* DocStyle bits */
    const char
        *url; /* http:, https:, mailto:, "/path", "#id"; others drop the link, not the text */
    const char *lang; /* BCP 47 when another language than the document's; else NULL */
    bool line_break;  /* a line ends after this run */
} DocRun;

void doc_para(Doc *doc, const char *text);
void doc_para_runs(Doc *doc, const DocRun *runs, size_t n);
void doc_lead(Doc *doc,
              const char *text); /* a paragraph a size up: the one-sentence reading of a chapter */

/* Containers hold blocks until the matching doc_end(). A list holds items only, items hold blocks. */
void doc_list_begin(Doc *doc, bool numbered);
void doc_item_begin(Doc *doc);
void doc_item(Doc *doc, const char *text); /* begin, doc_para, end */
void doc_quote_begin(Doc *doc);
typedef enum { DOC_INFO, DOC_WARNING, DOC_JUDGEMENT, DOC_SUCCESS } DocNote;
void doc_note_begin(Doc *doc, DocNote kind, const char *label); /* a call-out; label "Vurdering" */
void doc_end(Doc *doc);

/* Append to a definition list; consecutive calls make one list. */
void doc_term(Doc *doc, const char *term, const char *description);

void doc_keep_next(Doc *doc);  /* the last block stays on the page of the next one */
void doc_page_break(Doc *doc); /* the next block starts a page; in HTML only when printed */

/* --- tables ------------------------------------------------------------------------------------- */

typedef enum { DOC_LEFT, DOC_RIGHT, DOC_CENTRE } DocAlign;
typedef struct {
    const char *title;
    DocAlign align;  /* DOC_RIGHT for numbers: tabular figures */
    bool row_header; /* cells of this column name their row (normally the first) */
} DocColumn;

typedef struct DocTable DocTable; /* belongs to the document */

/**
 * Append a table and fill it by the calls below.
 *   caption  shown above, and the table's name for assistive technology; required.
 *   details  NULL, or the words of an HTML <details> that folds the table ("Vis tallene"); it is open
 *            in print, and a plain table in the PDF.
 */
DocTable *doc_table(Doc *doc, const char *caption, const DocColumn *columns, size_t n_columns,
                    const char *details);
/* Next cell, left to right; a row ends by itself. `mark` is a footnote sign ("*", "–") or NULL. */
void doc_cell(DocTable *table, const char *text, const char *mark);
void doc_row(DocTable *table, const char *const *cells); /* n_columns texts */
void doc_row_total(DocTable *table); /* the last full row is a sum: set in bold */
void doc_table_note(DocTable *table, const char *mark,
                    const char *text); /* "*", "under 5 elever" */

/* --- figures ------------------------------------------------------------------------------------ */

typedef struct {
    const Chart *chart;  /* borrowed until doc_free, see doc_own */
    const char *caption; /* "Figur 3: Lesing 5. trinn"; shown below */
    const char *alt;     /* NULL: the chart's own reading */
    const char *source;  /* "Kilde: Udir 2013", below the caption; or NULL */
    const DocRun *links; /* HTML only, text and url: "Last ned som SVG" */
    size_t n_links;
    double height; /* points in the PDF, 80-600; 0 is the chart's own proportion */
} DocFigure;
void doc_figure(Doc *doc, const DocFigure *figure); /* never split over pages */

/* --- text from people --------------------------------------------------------------------------- */

/**
 * Append CommonMark (with tables) that anyone may have written.
 *   base_heading_level  level of the shallowest heading, 1-4; deeper ones follow, stopping at 4.
 * Raw HTML is dropped, images leave their alt text, links other than http, https, mailto, "/…" and "#…"
 * leave their text, nesting beyond DOC_MAX_DEPTH is flattened. Never fails, for no text.
 * Time and memory are linear in the length. Source: CommonMark 0.29, GFM tables.
 */
void doc_markdown(Doc *doc, const char *commonmark, int base_heading_level);

/* --- the faces ---------------------------------------------------------------------------------- */

/* html_doc(Html *, const Doc *) of html.h writes the body: no <h1>, no cover; banner when draft. */
void doc_toc_html(Html *html, const Doc *doc); /* <nav> of links to levels 1 and 2 */

/**
 * One self-contained HTML file: inline CSS, no script, no other host; phone, print, light and dark.
 *   css  stylesheet texts put in before our own, NULL-terminated; NULL for none.
 * ret_file: UTF-8. Errors: none today; false is reserved for a chart that cannot be drawn.
 */
bool doc_html_file(const Doc *doc, const char *const *css, GBytes **ret_file, GError **error);

/**
 * PDF 1.7 made to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2): tagged, fonts embedded, sRGB
 * output intent, outline, contents with page numbers. Furniture words ("Page 2 of 9") are in the
 * language of the calling thread (i18n.h). The same document gives the same bytes.
 * Errors: APP_ERROR_DB when the colour profile or a font is missing, or a library fails.
 */
bool doc_pdf(const Doc *doc, GBytes **ret_pdf, GError **error);
/* The same, and how many pages it has. */
bool doc_pdf_pages(const Doc *doc, GBytes **ret_pdf, int *ret_pages, GError **error);

/**
 * Office Open XML (ISO/IEC 29500, transitional) for those who go on writing: real styles, a table of
 * contents that can be brought up to date (F9) and leads to its chapters, tables whose head is
 * repeated on each page, wide ones on landscape pages, charts as pictures of 200 dpi with alternative
 * text, links, and the language of document and runs. Furniture words as doc_pdf. The same document
 * gives the same bytes; the numbers that are not on the page are not in the file.
 * Errors: APP_ERROR_DB when a chart cannot be drawn or the package not be written.
 */
bool doc_docx(const Doc *doc, GBytes **ret_docx, GError **error);

/* For search and for diffs between versions: the text in reading order, one block a line. g_free. */
char *doc_text(const Doc *doc);
