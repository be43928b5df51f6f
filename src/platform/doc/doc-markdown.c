/* doc-markdown.c - CommonMark that people wrote, through cmark's tree into blocks.
 *
 * cmark's HTML is never used: its tree is walked with an iterator (no recursion, so nesting costs no
 * stack) and only what has a block or a run of ours comes through. Nesting is bounded before parsing
 * as well: a line that opens more than MAX_OPENERS containers has the rest of them dropped, because
 * cmark's own work per line grows with the depth.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include "doc-model.h"

#define MAX_OPENERS 24

typedef struct {
    Doc *doc;
    GArray *runs; /* DocRun of the paragraph being read; texts are in the document's store */
    int strong, em, image, base, shallowest;
    const char *url;
    bool cell, head_row;
    DocTable *table;
    const uint8_t *aligns; /* of its columns: 0, 'l', 'c', 'r' */
    GPtrArray *row;        /* cell texts */
} Reader;

/* --- before parsing ----------------------------------------------------------------------------- */

static bool opens_container(char c)
{
    return c == '>' || c == '-' || c == '*' || c == '+';
}

/* Copy one line, keeping at most MAX_OPENERS container marks of its start, and runs of brackets short. */
static void bound_line(GString *out, const char *line, size_t len)
{
    size_t i = 0, kept = 0, brackets = 0;

    while (i < len && (opens_container(line[i]) || line[i] == ' ' || line[i] == '\t')) {
        if (!opens_container(line[i]) || kept++ < MAX_OPENERS)
            g_string_append_c(out, line[i]);
        i++;
    }
    for (; i < len; i++) {
        brackets = line[i] == '[' || line[i] == '!' ? brackets + 1 : 0;
        if (brackets <= MAX_OPENERS)
            g_string_append_c(out, line[i]);
    }
    g_string_append_c(out, '\n');
}

static GString *bounded(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_sized_new(strlen(valid) + 1);

    for (const char *line = valid; *line;) {
        size_t len = strcspn(line, "\n");

        bound_line(out, line, len);
        line += len + (line[len] == '\n');
    }
    return out;
}

/* --- inlines ------------------------------------------------------------------------------------ */

static void add_run(Reader *r, const char *text, unsigned style)
{
    DocRun run = { .text = doc_clean(r->doc, text, true), .style = style, .url = r->url };

    if (r->strong)
        run.style |= DOC_STRONG;
    if (r->em)
        run.style |= DOC_EM;
    if (*run.text)
        g_array_append_val(r->runs, run);
}

static void break_line(Reader *r)
{
    if (r->runs->len)
        g_array_index(r->runs, DocRun, r->runs->len - 1).line_break = true;
}

static char *plain(const Reader *r)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < r->runs->len; i++) {
        g_string_append(out, g_array_index(r->runs, DocRun, i).text);
        if (g_array_index(r->runs, DocRun, i).line_break)
            g_string_append_c(out, ' ');
    }
    return g_string_free(out, FALSE);
}

static bool read_inline(Reader *r, cmark_node *node, bool enter)
{
    cmark_node_type type = cmark_node_get_type(node);
    int step = enter ? 1 : -1;

    if (type == CMARK_NODE_TEXT)
        add_run(r, cmark_node_get_literal(node), 0);
    else if (type == CMARK_NODE_CODE)
        add_run(r, cmark_node_get_literal(node), DOC_CODE);
    else if (type == CMARK_NODE_SOFTBREAK)
        add_run(r, " ", 0);
    else if (type == CMARK_NODE_LINEBREAK)
        break_line(r);
    else if (type == CMARK_NODE_STRONG)
        r->strong += step;
    else if (type == CMARK_NODE_EMPH)
        r->em += step;
    else if (type == CMARK_NODE_IMAGE)
        r->image += step; /* its children are the alternative text, which stays */
    else if (type == CMARK_NODE_LINK)
        r->url = enter && !r->image ? doc_clean_url(r->doc, cmark_node_get_url(node)) : NULL;
    else
        return false;
    return true;
}

/* --- blocks ------------------------------------------------------------------------------------- */

static void end_paragraph(Reader *r)
{
    if (r->runs->len && !r->cell)
        doc_para_runs(r->doc, &g_array_index(r->runs, DocRun, 0), r->runs->len);
    if (!r->cell)
        g_array_set_size(r->runs, 0);
}

static void end_heading(Reader *r, cmark_node *node)
{
    g_autofree char *text = plain(r);

    if (r->runs->len)
        doc_heading(r->doc, r->base + cmark_node_get_heading_level(node) - r->shallowest, NULL,
                    text);
    g_array_set_size(r->runs, 0);
}

/* Blanks of code are kept, as blanks that do not collapse. */
static char *code_line(const char *line)
{
    GString *out = g_string_new(NULL);

    for (const char *p = line; *p; p++) {
        if (*p == '\t')
            g_string_append(out, "\u00a0\u00a0\u00a0\u00a0");
        else if (*p == ' ' && (p == line || p[-1] == ' ' || p[-1] == '\t'))
            g_string_append(out, "\u00a0");
        else
            g_string_append_c(out, *p);
    }
    if (!out->len)
        g_string_append(out, "\u00a0");
    return g_string_free(out, FALSE);
}

static void read_code(Reader *r, cmark_node *node)
{
    g_auto(GStrv) lines = g_strsplit(cmark_node_get_literal(node), "\n", -1);
    g_autoptr(GArray) runs = g_array_new(FALSE, TRUE, sizeof(DocRun));
    guint n = g_strv_length(lines);

    for (guint i = 0; i < n && (i + 1 < n || *lines[i]); i++) {
        char *line = code_line(lines[i]);
        DocRun run = { .text = line, .style = DOC_CODE, .line_break = true };

        g_free(lines[i]);
        lines[i] = line;
        g_array_append_val(runs, run);
    }
    if (runs->len)
        doc_set_runs(r->doc, doc_block(r->doc, BLOCK_CODE), &g_array_index(runs, DocRun, 0),
                     runs->len);
}

static void read_container(Reader *r, cmark_node *node, bool enter)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (!enter)
        doc_end(r->doc);
    else if (type == CMARK_NODE_LIST)
        doc_list_begin(r->doc, cmark_node_get_list_type(node) == CMARK_ORDERED_LIST);
    else if (type == CMARK_NODE_ITEM)
        doc_item_begin(r->doc);
    else
        doc_quote_begin(r->doc);
}

/* --- tables ------------------------------------------------------------------------------------- */

static DocAlign align_of(const Reader *r, guint column)
{
    uint8_t align = r->aligns ? r->aligns[column] : 0;

    return align == 'r' ? DOC_RIGHT : align == 'c' ? DOC_CENTRE : DOC_LEFT;
}

static void end_row(Reader *r)
{
    if (!r->head_row) {
        while (r->row->len < r->table->n_columns)
            g_ptr_array_add(r->row, g_strdup(""));
        doc_row(r->table, (const char *const *)r->row->pdata);
    } else {
        g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(DocColumn));

        for (guint i = 0; i < r->row->len; i++) {
            DocColumn column = { r->row->pdata[i], align_of(r, i), i == 0 };
            g_array_append_val(columns, column);
        }
        r->table =
            doc_table(r->doc, "", (const DocColumn *)(void *)columns->data, columns->len, NULL);
    }
    g_ptr_array_set_size(r->row, 0);
}

static bool read_table(Reader *r, cmark_node *node, bool enter)
{
    const char *type = cmark_node_get_type_string(node);

    if (!strcmp(type, "table")) {
        r->aligns = enter ? cmark_gfm_extensions_get_table_alignments(node) : NULL;
    } else if (!strcmp(type, "table_header") || !strcmp(type, "table_row")) {
        r->head_row = !strcmp(type, "table_header");
        if (!enter)
            end_row(r);
    } else if (!strcmp(type, "table_cell")) {
        r->cell = enter;
        if (!enter)
            g_ptr_array_add(r->row, plain(r));
        g_array_set_size(r->runs, 0);
    } else {
        return false;
    }
    return true;
}

static void read_node(Reader *r, cmark_node *node, bool enter)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
    case CMARK_NODE_ITEM:
    case CMARK_NODE_BLOCK_QUOTE:
        read_container(r, node, enter);
        break;
    case CMARK_NODE_PARAGRAPH:
        if (!enter)
            end_paragraph(r);
        break;
    case CMARK_NODE_HEADING:
        if (!enter)
            end_heading(r, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        read_code(r, node);
        break;
    default: /* raw HTML, rules and the document itself have no block of ours */
        if (!read_inline(r, node, enter))
            read_table(r, node, enter);
    }
}

static int shallowest_heading(cmark_node *document)
{
    int level = 6;

    for (cmark_node *n = cmark_node_first_child(document); n; n = cmark_node_next(n))
        if (cmark_node_get_type(n) == CMARK_NODE_HEADING)
            level = MIN(level, cmark_node_get_heading_level(n));
    return level;
}

static cmark_node *parse(const char *text)
{
    g_autoptr(GString) safe = bounded(text);
    cmark_parser *parser;
    cmark_node *document;
    cmark_syntax_extension *table;

    cmark_gfm_core_extensions_ensure_registered();
    parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    table = cmark_find_syntax_extension("table");
    if (table)
        cmark_parser_attach_syntax_extension(parser, table);
    cmark_parser_feed(parser, safe->str, safe->len);
    document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

void doc_markdown(Doc *doc, const char *commonmark, int base_heading_level)
{
    cmark_node *document = parse(commonmark ? commonmark : "");
    cmark_iter *iter = cmark_iter_new(document);
    g_autoptr(GArray) runs = g_array_new(FALSE, TRUE, sizeof(DocRun));
    g_autoptr(GPtrArray) row = g_ptr_array_new_with_free_func(g_free);
    Reader r = { .doc = doc, .runs = runs, .row = row, .base = CLAMP(base_heading_level, 1, 4) };
    cmark_event_type event;

    r.shallowest = shallowest_heading(document);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        read_node(&r, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    cmark_node_free(document);
}
