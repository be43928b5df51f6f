/* doc-html.c - a document as a semantic HTML fragment, with Designsystemet's classes.
 *
 * The page around it and the self-contained file share this fragment. Everything people wrote goes
 * through html_text(); addresses were checked when the block was made. Styles: static/doc.css.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart.h"
#include "doc-model.h"
#include "i18n.h"

static void blocks(Html *html, const Block *parent);

static void lit(Html *html, const char *markup)
{
    html_raw(html, markup, strlen(markup));
}

/* <tag attr="text"> pieces: markup, escaped text, markup. */
static void wrap(Html *html, const char *before, const char *text, const char *after)
{
    lit(html, before);
    html_text(html, text);
    lit(html, after);
}

/* --- text --------------------------------------------------------------------------------------- */

static void run_open(Html *html, const DocRun *run)
{
    if (run->lang)
        wrap(html, "<span lang=\"", doc_lang_tag(run->lang), "\">");
    if (run->url)
        wrap(html, "<a class=\"ds-link\" href=\"", run->url, "\">");
    if (run->style & DOC_STRONG)
        lit(html, "<strong>");
    if (run->style & DOC_EM)
        lit(html, "<em>");
    if (run->style & DOC_CODE)
        lit(html, "<code>");
}

static void run_close(Html *html, const DocRun *run)
{
    if (run->style & DOC_CODE)
        lit(html, "</code>");
    if (run->style & DOC_EM)
        lit(html, "</em>");
    if (run->style & DOC_STRONG)
        lit(html, "</strong>");
    if (run->url)
        lit(html, "</a>");
    if (run->lang)
        lit(html, "</span>");
}

static void runs(Html *html, const Block *block)
{
    for (size_t i = 0; i < block->n_runs; i++) {
        run_open(html, &block->runs[i]);
        html_text(html, block->runs[i].text);
        run_close(html, &block->runs[i]);
        if (block->runs[i].line_break && i + 1 < block->n_runs)
            lit(html, "<br>");
    }
}

static void para(Html *html, const Block *block)
{
    if (!block->n_runs)
        return;
    lit(html, block->lead ? "<p class=\"ds-paragraph doc-lead\" data-size=\"lg\">"
                          : "<p class=\"ds-paragraph\">");
    runs(html, block);
    lit(html, "</p>\n");
}

static void code(Html *html, const Block *block)
{
    lit(html, "<pre class=\"doc-code\" tabindex=\"0\"><code>");
    for (size_t i = 0; i < block->n_runs; i++)
        wrap(html, "", block->runs[i].text, "\n");
    lit(html, "</code></pre>\n");
}

static void heading(Html *html, const Block *block)
{
    static const char *const open[] = { "", "<h2 class=\"ds-heading\" data-size=\"lg\" id=\"",
                                        "<h3 class=\"ds-heading\" data-size=\"md\" id=\"",
                                        "<h4 class=\"ds-heading\" data-size=\"sm\" id=\"",
                                        "<h5 class=\"ds-heading\" data-size=\"xs\" id=\"" };
    static const char *const close[] = { "", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n" };

    wrap(html, open[block->level], block->id, "\"");
    if (block->lang)
        wrap(html, " lang=\"", doc_lang_tag(block->lang), "\"");
    lit(html, ">");
    wrap(html, "", block->text, close[block->level]);
}

/* --- containers --------------------------------------------------------------------------------- */

static void item(Html *html, const Block *block)
{
    Block rest = *block;

    lit(html, "<li>");
    if (block->first && block->first->kind == BLOCK_PARA) { /* a tight list's text needs no <p> */
        runs(html, block->first);
        rest.first = block->first->next;
    }
    blocks(html, &rest);
    lit(html, "</li>\n");
}

static void list(Html *html, const Block *block)
{
    lit(html, block->numbered ? "<ol class=\"ds-list\">\n" : "<ul class=\"ds-list\">\n");
    for (const Block *b = block->first; b; b = b->next)
        item(html, b);
    lit(html, block->numbered ? "</ol>\n" : "</ul>\n");
}

static void note(Html *html, const Block *block)
{
    static const char *const open[] = {
        [DOC_INFO] = "<div class=\"doc-note\" role=\"note\" data-color=\"info\">\n",
        [DOC_WARNING] = "<div class=\"doc-note\" role=\"note\" data-color=\"warning\">\n",
        [DOC_JUDGEMENT] = "<div class=\"doc-note\" role=\"note\" data-color=\"accent\">\n",
        [DOC_SUCCESS] = "<div class=\"doc-note\" role=\"note\" data-color=\"success\">\n",
    };

    lit(html, open[block->note]);
    if (*block->text)
        wrap(html, "<p class=\"ds-paragraph doc-note-label\"><strong>", block->text,
             "</strong></p>\n");
    blocks(html, block);
    lit(html, "</div>\n");
}

static void terms(Html *html, const Block *block)
{
    lit(html, "<dl class=\"doc-terms\">\n");
    for (const Block *b = block->first; b; b = b->next) {
        wrap(html, "<div><dt>", b->text, "</dt><dd>");
        runs(html, b);
        lit(html, "</dd></div>\n");
    }
    lit(html, "</dl>\n");
}

/* --- tables and figures ------------------------------------------------------------------------- */

static const char *align_class(DocAlign align)
{
    return align == DOC_RIGHT    ? " class=\"doc-number\""
           : align == DOC_CENTRE ? " class=\"doc-centre\""
                                 : "";
}

static void table_head(Html *html, const DocTable *table)
{
    lit(html, "<thead><tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        bool empty = !*table->columns[c].title;

        lit(html, empty ? "<td" : "<th scope=\"col\"");
        lit(html, align_class(table->columns[c].align));
        wrap(html, ">", table->columns[c].title, empty ? "</td>" : "</th>");
    }
    lit(html, "</tr></thead>\n<tbody>\n");
}

static void table_row(Html *html, const DocTable *table, size_t r)
{
    lit(html, doc_table_is_total(table, r) ? "<tr class=\"doc-total\">" : "<tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        bool header = table->columns[c].row_header;

        lit(html, header ? "<th scope=\"row\"" : "<td");
        lit(html, align_class(table->columns[c].align));
        wrap(html, ">", doc_table_cell(table, r, c), header ? "</th>" : "</td>");
    }
    lit(html, "</tr>\n");
}

static void table_notes(Html *html, const DocTable *table)
{
    if (!table->notes->len)
        return;
    lit(html, "<ul class=\"doc-table-notes\">\n");
    for (guint i = 0; i < table->notes->len; i++) {
        const Note *n = &g_array_index(table->notes, Note, i);

        lit(html, "<li>");
        if (*n->mark)
            wrap(html, "<span>", n->mark, "</span> ");
        wrap(html, "", n->text, "</li>\n");
    }
    lit(html, "</ul>\n");
}

static void table(Html *html, const Block *block)
{
    const DocTable *t = block->table;

    if (!t->n_columns)
        return;
    if (t->details)
        wrap(html, "<details class=\"doc-details\"><summary>", t->details, "</summary>\n");
    lit(html, doc_table_wide(t) ? "<div class=\"doc-table doc-wide\"" : "<div class=\"doc-table\"");
    wrap(html, " role=\"region\" tabindex=\"0\" aria-label=\"",
         *t->caption ? t->caption : _("Table"), "\">\n");
    lit(html, "<table class=\"ds-table\" data-border=\"false\"");
    if (block->lang)
        wrap(html, " lang=\"", doc_lang_tag(block->lang), "\"");
    lit(html, ">\n");
    if (*t->caption)
        wrap(html, "<caption>", t->caption, "</caption>\n");
    table_head(html, t);
    for (size_t r = 0; r < doc_table_rows(t); r++)
        table_row(html, t, r);
    lit(html, "</tbody></table></div>\n");
    table_notes(html, t);
    if (t->details)
        lit(html, "</details>\n");
}

static void figure(Html *html, const DocFigure *f)
{
    lit(html, "<figure class=\"doc-figure\">\n");
    if (f->chart) {
        Chart bare = *f->chart;

        bare.bare = true;
        bare.with_table = false;
        html_chart(html, &bare);
    }
    if (*f->caption || f->source) {
        wrap(html, "<figcaption><span class=\"doc-caption\">", f->caption, "</span>");
        if (f->source)
            wrap(html, " <span class=\"doc-source\">", f->source, "</span>");
        lit(html, "</figcaption>\n");
    }
    lit(html, f->n_links ? "<ul class=\"doc-links\">\n" : "");
    for (size_t i = 0; i < f->n_links; i++) {
        wrap(html, "<li><a class=\"ds-link\" href=\"", f->links[i].url, "\">");
        wrap(html, "", f->links[i].text, "</a></li>\n");
    }
    lit(html, f->n_links ? "</ul>\n" : "");
    lit(html, "</figure>\n");
}

static void block_html(Html *html, const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        heading(html, block);
        break;
    case BLOCK_PARA:
        para(html, block);
        break;
    case BLOCK_CODE:
        code(html, block);
        break;
    case BLOCK_LIST:
        list(html, block);
        break;
    case BLOCK_QUOTE:
        lit(html, "<blockquote class=\"doc-quote\">\n");
        blocks(html, block);
        lit(html, "</blockquote>\n");
        break;
    case BLOCK_NOTE:
        note(html, block);
        break;
    case BLOCK_TERMS:
        terms(html, block);
        break;
    case BLOCK_TABLE:
        table(html, block);
        break;
    case BLOCK_FIGURE:
        figure(html, block->figure);
        break;
    case BLOCK_BREAK:
        lit(html, "<div class=\"doc-break\"></div>\n");
        break;
    case BLOCK_ROOT: /* items and terms are written by their lists */
    case BLOCK_ITEM:
    case BLOCK_TERM:
        break;
    }
}

static void blocks(Html *html, const Block *parent)
{
    for (const Block *block = parent->first; block; block = block->next)
        block_html(html, block);
}

void html_doc(Html *html, const Doc *doc)
{
    wrap(html, "<div class=\"doc\" lang=\"", doc->meta.lang, "\">\n");
    if (doc->meta.draft)
        wrap(html,
             "<div class=\"ds-alert doc-draft\" data-color=\"warning\"><p class=\"ds-paragraph\">",
             doc->meta.draft, "</p></div>\n");
    blocks(html, doc->root);
    lit(html, "</div>\n");
}

void doc_toc_html(Html *html, const Doc *doc)
{
    int level = 0;

    wrap(html, "<nav class=\"doc-toc\" aria-label=\"", _("Contents"), "\">\n");
    for (guint i = 0; i < doc->blocks->len; i++) {
        const Block *block = doc->blocks->pdata[i];

        if (block->kind != BLOCK_HEADING || block->level > 2)
            continue;
        if (block->level > level)
            lit(html, "<ul>\n");
        else
            lit(html, block->level < level ? "</li></ul></li>\n" : "</li>\n");
        wrap(html, "<li><a class=\"ds-link\" href=\"#", block->id, "\">");
        wrap(html, "", block->text, "</a>");
        level = block->level;
    }
    lit(html, level == 2 ? "</li></ul></li></ul>\n" : level == 1 ? "</li></ul>\n" : "");
    lit(html, "</nav>\n");
}
