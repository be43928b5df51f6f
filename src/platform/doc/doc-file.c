/* doc-file.c - a document as one self-contained HTML file, and as plain text.
 *
 * The file brings its own style (static/doc-file.css for the page, doc.css and chart.css for what
 * stands on it), no script, and nothing from another host; its policy says so to the browser too.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "doc-model.h"
#include "i18n.h"
#include "statics.h"

static void lit(Html *html, const char *markup)
{
    html_raw(html, markup, strlen(markup));
}

static void wrap(Html *html, const char *before, const char *text, const char *after)
{
    lit(html, before);
    html_text(html, text);
    lit(html, after);
}

/* A stylesheet cannot end its element: "</" is legal nowhere in CSS but in strings, where \3c means it. */
static void style_text(Html *html, const char *css, size_t len)
{
    const char *end = css + len;

    for (const char *at; (at = memmem(css, (size_t)(end - css), "</", 2)); css = at + 1) {
        html_raw(html, css, (size_t)(at - css));
        lit(html, "\\3c ");
    }
    html_raw(html, css, (size_t)(end - css));
}

static void styles(Html *html, const char *const *css)
{
    static const char *const own[] = { "doc-file.css", "doc.css", "chart.css" };

    lit(html, "<style>\n");
    for (; css && *css; css++)
        style_text(html, *css, strlen(*css));
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
        const StaticFile *file = static_named(own[i]);

        if (file)
            style_text(html, (const char *)file->data, file->size);
    }
    lit(html, "</style>\n");
}

static void file_head(Html *html, const Doc *doc, const char *const *css)
{
    const DocMeta *meta = &doc->meta;

    wrap(html, "<!DOCTYPE html>\n<html lang=\"", meta->lang,
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
         "style-src 'unsafe-inline'; img-src data:\">\n");
    wrap(html, "<title>", meta->title, "");
    if (meta->author)
        wrap(html, " – ", meta->author, "");
    lit(html, "</title>\n");
    if (meta->subject)
        wrap(html, "<meta name=\"description\" content=\"", meta->subject, "\">\n");
    if (meta->author)
        wrap(html, "<meta name=\"author\" content=\"", meta->author, "\">\n");
    styles(html, css);
    lit(html, "</head>\n");
}

static void label_lines(Html *html, const DocMeta *meta)
{
    char buf[DATE_TEXT];

    if (!meta->n_labels && !meta->date)
        return;
    lit(html, "<dl class=\"doc-terms\">\n");
    for (size_t i = 0; i < meta->n_labels; i++) {
        wrap(html, "<div><dt>", meta->labels[i].label, "</dt>");
        wrap(html, "<dd>", meta->labels[i].value, "</dd></div>\n");
    }
    if (meta->date) {
        wrap(html, "<div><dt>", _("Date"), "</dt>");
        wrap(html, "<dd>", date_valid(meta->date) ? date_text(meta->date, buf) : meta->date,
             "</dd></div>\n");
    }
    lit(html, "</dl>\n");
}

static void cover(Html *html, const DocMeta *meta)
{
    lit(html, "<header class=\"doc-cover\">\n");
    if (meta->author)
        wrap(html, "<p class=\"doc-owner\">", meta->author, "</p>\n");
    wrap(html, "<h1 class=\"ds-heading\">", meta->title, "</h1>\n");
    if (meta->subtitle)
        wrap(html, "<p class=\"doc-subtitle\">", meta->subtitle, "</p>\n");
    label_lines(html, meta);
    lit(html, "</header>\n");
}

bool doc_html_file(const Doc *doc, const char *const *css, GBytes **ret_file, GError **error)
{
    g_autoptr(Html) html = html_new();
    size_t len = 0;
    char *data;

    (void)error;
    file_head(html, doc, css);
    wrap(html, "<body>\n<a class=\"doc-skip\" href=\"#innhold\">", _("Skip to the content"),
         "</a>\n");
    cover(html, &doc->meta);
    if (!doc->meta.no_contents)
        doc_toc_html(html, doc);
    lit(html, "<main id=\"innhold\" tabindex=\"-1\">\n");
    html_doc(html, doc);
    lit(html, "</main>\n");
    wrap(html, "<footer class=\"doc-foot\"><p>",
         doc->meta.footer   ? doc->meta.footer
         : doc->meta.author ? doc->meta.author
                            : doc->meta.title,
         "</p></footer>\n</body>\n</html>\n");
    data = html_steal(html, &len);
    *ret_file = g_bytes_new_take(data, len);
    return true;
}

/* --- text --------------------------------------------------------------------------------------- */

static void table_text(GString *out, const DocTable *table)
{
    if (*table->caption)
        g_string_append_printf(out, "%s\n", table->caption);
    for (size_t c = 0; c < table->n_columns; c++)
        g_string_append_printf(out, "%s%s", c ? "\t" : "", table->columns[c].title);
    g_string_append_c(out, '\n');
    for (size_t r = 0; r < doc_table_rows(table); r++) {
        for (size_t c = 0; c < table->n_columns; c++)
            g_string_append_printf(out, "%s%s", c ? "\t" : "", doc_table_cell(table, r, c));
        g_string_append_c(out, '\n');
    }
    for (guint i = 0; i < table->notes->len; i++) {
        const Note *note = &g_array_index(table->notes, Note, i);

        g_string_append_printf(out, "%s %s\n", note->mark, note->text);
    }
}

static void block_text(GString *out, const Block *block)
{
    if (block->text && *block->text)
        g_string_append_printf(out, "%s\n", block->text);
    for (size_t i = 0; i < block->n_runs; i++) {
        g_string_append(out, block->runs[i].text);
        g_string_append(out, i + 1 == block->n_runs ? "\n" : block->runs[i].line_break ? " " : "");
    }
    if (block->table)
        table_text(out, block->table);
    if (!block->figure)
        return;
    g_string_append_printf(out, "%s\n%s\n", block->figure->caption, doc_figure_alt(block->figure));
    if (block->figure->source)
        g_string_append_printf(out, "%s\n", block->figure->source);
}

char *doc_text(const Doc *doc)
{
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "%s\n", doc->meta.title);
    for (guint i = 0; i < doc->blocks->len; i++) /* made in reading order */
        block_text(out, doc->blocks->pdata[i]);
    return g_string_free(out, FALSE);
}
