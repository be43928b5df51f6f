/* doc.c - building a document: cleaning what comes in, and keeping the tree well-formed.
 *
 * The writers trust the tree, so every promise of doc.h is kept here: clean text, checked addresses,
 * unique ids, heading levels without gaps, bounded nesting. Blocks live in flat arrays, so that
 * freeing needs no recursion.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "doc-model.h"
#include "chart.h"

typedef struct {
    void *thing;
    GDestroyNotify free_func;
} Owned;

static void owned_free(void *data)
{
    Owned *owned = data;

    if (owned->free_func)
        owned->free_func(owned->thing);
    g_free(owned);
}

static void table_free(void *data)
{
    DocTable *table = data;

    g_ptr_array_unref(table->cells);
    g_array_unref(table->totals);
    g_array_unref(table->notes);
    g_free(table->columns);
    g_free(table);
}

static void *pool_take(Doc *doc, void *memory)
{
    g_array_append_val(doc->pool, memory);
    return memory;
}

static void pool_item_clear(void *data)
{
    g_free(*(void **)data);
}

/* --- the document ------------------------------------------------------------------------------- */

static const char *optional(Doc *doc, const char *text)
{
    const char *clean = doc_clean(doc, text, false);

    return *clean ? clean : NULL;
}

static void copy_labels(Doc *doc, const DocMeta *meta)
{
    DocLabel *labels = pool_take(doc, g_new0(DocLabel, meta->n_labels + 1));

    for (size_t i = 0; i < meta->n_labels; i++) {
        labels[i].label = doc_clean(doc, meta->labels[i].label, false);
        labels[i].value = doc_clean(doc, meta->labels[i].value, false);
    }
    doc->meta.labels = labels;
}

static void copy_meta(Doc *doc, const DocMeta *meta)
{
    doc->meta = *meta;
    doc->meta.title = optional(doc, meta->title);
    if (!doc->meta.title)
        doc->meta.title = "–";
    doc->meta.subtitle = optional(doc, meta->subtitle);
    doc->meta.author = optional(doc, meta->author);
    doc->meta.subject = optional(doc, meta->subject);
    doc->meta.lang = doc_lang_tag(optional(doc, meta->lang));
    doc->meta.date = optional(doc, meta->date);
    doc->meta.draft = optional(doc, meta->draft);
    doc->meta.footer = optional(doc, meta->footer);
    doc->meta.base_url = optional(doc, meta->base_url);
    copy_labels(doc, meta);
}

Doc *doc_new(const DocMeta *meta)
{
    Doc *doc = g_new0(Doc, 1);

    doc->strings = g_string_chunk_new(4096);
    doc->blocks = g_ptr_array_new_with_free_func(g_free);
    doc->tables = g_ptr_array_new_with_free_func(table_free);
    doc->owned = g_ptr_array_new_with_free_func(owned_free);
    doc->ids = g_hash_table_new(g_str_hash, g_str_equal);
    doc->pool = g_array_new(FALSE, FALSE, sizeof(void *));
    g_array_set_clear_func(doc->pool, pool_item_clear);
    copy_meta(doc, meta);
    doc->root = g_new0(Block, 1);
    g_ptr_array_add(doc->blocks, doc->root);
    doc->open = doc->root;
    return doc;
}

const char *doc_title(const Doc *doc)
{
    return doc->meta.title;
}

void doc_free(Doc *doc)
{
    if (!doc)
        return;
    g_ptr_array_unref(doc->owned);
    g_ptr_array_unref(doc->tables);
    g_ptr_array_unref(doc->blocks);
    g_hash_table_unref(doc->ids);
    g_array_unref(doc->pool);
    g_string_chunk_free(doc->strings);
    g_free(doc);
}

void *doc_own(Doc *doc, void *thing, GDestroyNotify free_func)
{
    Owned *owned = g_new(Owned, 1);

    *owned = (Owned){ thing, free_func };
    g_ptr_array_add(doc->owned, owned);
    return thing;
}

void doc_speak(Doc *doc, const char *lang)
{
    const char *clean = lang ? optional(doc, lang) : NULL;

    doc->lang = clean && strcmp(doc_lang_tag(clean), doc->meta.lang) ? clean : NULL;
}

/* --- blocks ------------------------------------------------------------------------------------- */

static Block *append(Doc *doc, Block *parent, BlockKind kind)
{
    Block *block = g_new0(Block, 1);

    g_ptr_array_add(doc->blocks, block);
    block->kind = kind;
    block->parent = parent;
    block->lang = doc->lang;
    if (parent->last)
        parent->last->next = block;
    else
        parent->first = block;
    parent->last = block;
    return block;
}

Block *doc_block(Doc *doc, BlockKind kind)
{
    Block *parent = doc->open;

    if (parent->kind == BLOCK_LIST && kind != BLOCK_ITEM) { /* a list holds items only */
        parent = append(doc, parent, BLOCK_ITEM);
        parent->implied = true;
    }
    return append(doc, parent, kind);
}

static Block *container_begin(Doc *doc, BlockKind kind)
{
    bool too_deep = kind != BLOCK_ITEM && doc->depth >= 2 * DOC_MAX_DEPTH;

    if (too_deep || doc->flattened) {
        doc->flattened++; /* its blocks land in the container that is open */
        return NULL;
    }
    doc->open = doc_block(doc, kind);
    doc->depth++;
    return doc->open;
}

void doc_end(Doc *doc)
{
    if (doc->flattened) {
        doc->flattened--;
    } else if (doc->open != doc->root) {
        doc->open = doc->open->parent;
        if (doc->open->implied)
            doc->open = doc->open->parent;
        doc->depth--;
    }
}

static char *slug(const char *text)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    GString *out = g_string_new(NULL);

    for (const char *p = lower; *p && out->len < 60; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c < 128 && g_ascii_isalnum((char)c))
            g_string_append_c(out, (char)c);
        else if (c == 0xe6)
            g_string_append(out, "ae");
        else if (c == 0xf8 || c == 0xe5)
            g_string_append_c(out, c == 0xf8 ? 'o' : 'a');
        else if (out->len && out->str[out->len - 1] != '-')
            g_string_append_c(out, '-');
    }
    while (out->len && out->str[out->len - 1] == '-')
        g_string_truncate(out, out->len - 1);
    if (!out->len || g_ascii_isdigit(out->str[0]))
        g_string_prepend(out, "kap-");
    return g_string_free(out, FALSE);
}

static const char *unique_id(Doc *doc, const char *wanted)
{
    g_autofree char *base = slug(wanted);
    const char *id = g_string_chunk_insert(doc->strings, base);

    for (unsigned n = 2; g_hash_table_contains(doc->ids, id); n++) {
        g_autofree char *numbered = g_strdup_printf("%s-%u", base, n);
        id = g_string_chunk_insert(doc->strings, numbered);
    }
    g_hash_table_add(doc->ids, (void *)id);
    return id;
}

const char *doc_heading(Doc *doc, int level, const char *id, const char *text)
{
    const char *clean = doc_clean(doc, text, false);
    Block *block = doc_block(doc, BLOCK_HEADING);

    block->level = CLAMP(level, 1, MIN(4, doc->last_level + 1));
    block->text = *clean ? clean : "–";
    block->id = unique_id(doc, id && *id ? id : block->text);
    block->keep_next = true;
    doc->last_level = block->level;
    return block->id;
}

void doc_set_runs(Doc *doc, Block *block, const DocRun *runs, size_t n)
{
    DocRun *copy = pool_take(doc, g_new0(DocRun, n + 1));
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        const char *text = doc_clean(doc, runs[i].text, true);

        if (used == 0 || copy[used - 1].line_break)
            text += *text == ' ';
        if (!*text && runs[i].line_break && used)
            copy[used - 1].line_break = true;
        if (!*text)
            continue;
        copy[used] = runs[i];
        copy[used].text = text;
        copy[used].url = runs[i].url ? doc_clean_url(doc, runs[i].url) : NULL;
        copy[used].lang = optional(doc, runs[i].lang);
        if (!copy[used].lang)
            copy[used].lang = doc->lang;
        used++;
    }
    if (used)
        copy[used - 1].text = doc_clean(doc, copy[used - 1].text, copy[used - 1].text[0] == ' ');
    block->runs = copy;
    block->n_runs = used;
}

static Block *para(Doc *doc, const char *text)
{
    DocRun run = { .text = doc_clean(doc, text, false) };
    Block *block = doc_block(doc, BLOCK_PARA);

    doc_set_runs(doc, block, &run, 1);
    return block;
}

void doc_para(Doc *doc, const char *text)
{
    para(doc, text);
}

void doc_lead(Doc *doc, const char *text)
{
    para(doc, text)->lead = true;
}

void doc_para_runs(Doc *doc, const DocRun *runs, size_t n)
{
    doc_set_runs(doc, doc_block(doc, BLOCK_PARA), runs, n);
}

void doc_list_begin(Doc *doc, bool numbered)
{
    Block *list = container_begin(doc, BLOCK_LIST);

    if (list)
        list->numbered = numbered;
}

void doc_item_begin(Doc *doc)
{
    if (doc->open->kind == BLOCK_LIST)
        container_begin(doc, BLOCK_ITEM);
    else
        doc->flattened++;
}

void doc_item(Doc *doc, const char *text)
{
    doc_item_begin(doc);
    doc_para(doc, text);
    doc_end(doc);
}

void doc_quote_begin(Doc *doc)
{
    container_begin(doc, BLOCK_QUOTE);
}

void doc_note_begin(Doc *doc, DocNote kind, const char *label)
{
    Block *block = container_begin(doc, BLOCK_NOTE);

    if (!block)
        return;
    block->note = kind;
    block->text = doc_clean(doc, label, false);
}

void doc_term(Doc *doc, const char *term, const char *description)
{
    Block *open = doc->open;
    Block *list = open->last && open->last->kind == BLOCK_TERMS ? open->last : NULL;
    DocRun run = { .text = doc_clean(doc, description, false) };

    if (!list)
        list = doc_block(doc, BLOCK_TERMS);
    Block *block = append(doc, list, BLOCK_TERM);
    block->text = doc_clean(doc, term, false);
    doc_set_runs(doc, block, &run, 1);
}

void doc_keep_next(Doc *doc)
{
    if (doc->open->last)
        doc->open->last->keep_next = true;
}

void doc_page_break(Doc *doc)
{
    doc_block(doc, BLOCK_BREAK);
}

/* --- tables and figures ------------------------------------------------------------------------- */

DocTable *doc_table(Doc *doc, const char *caption, const DocColumn *columns, size_t n_columns,
                    const char *details)
{
    DocTable *table = g_new0(DocTable, 1);

    g_ptr_array_add(doc->tables, table);
    table->doc = doc;
    table->caption = doc_clean(doc, caption, false);
    table->details = optional(doc, details);
    table->n_columns = MIN(n_columns, DOC_MAX_COLUMNS);
    table->columns = g_new0(DocColumn, table->n_columns + 1);
    for (size_t i = 0; i < table->n_columns; i++) {
        table->columns[i] = columns[i];
        table->columns[i].title = doc_clean(doc, columns[i].title, false);
    }
    table->cells = g_ptr_array_new();
    table->totals = g_array_new(FALSE, FALSE, sizeof(size_t));
    table->notes = g_array_new(FALSE, FALSE, sizeof(Note));
    doc_block(doc, BLOCK_TABLE)->table = table;
    return table;
}

void doc_cell(DocTable *table, const char *text, const char *mark)
{
    const char *clean = doc_clean(table->doc, text, false);

    if (mark && *mark && strcmp(clean, mark)) {
        g_autofree char *marked = g_strconcat(clean, *clean ? "\u00a0" : "", mark, NULL);
        clean = doc_clean(table->doc, marked, false);
    }
    g_ptr_array_add(table->cells, (void *)clean);
}

void doc_row(DocTable *table, const char *const *cells)
{
    for (size_t i = 0; i < table->n_columns; i++)
        doc_cell(table, cells[i], NULL);
}

void doc_row_total(DocTable *table)
{
    size_t rows = table->n_columns ? table->cells->len / table->n_columns : 0;

    if (!rows)
        return;
    rows--;
    g_array_append_val(table->totals, rows);
}

void doc_table_note(DocTable *table, const char *mark, const char *text)
{
    Note note = { doc_clean(table->doc, mark, false), doc_clean(table->doc, text, false) };

    g_array_append_val(table->notes, note);
}

size_t doc_table_rows(const DocTable *table)
{
    return table->n_columns ? (table->cells->len + table->n_columns - 1) / table->n_columns : 0;
}

const char *doc_table_cell(const DocTable *table, size_t row, size_t column)
{
    size_t i = row * table->n_columns + column;

    return i < table->cells->len ? table->cells->pdata[i] : "";
}

bool doc_table_is_total(const DocTable *table, size_t row)
{
    for (guint i = 0; i < table->totals->len; i++)
        if (g_array_index(table->totals, size_t, i) == row)
            return true;
    return false;
}

static void copy_links(Doc *doc, DocFigure *figure, const DocFigure *from)
{
    DocRun *links = pool_take(doc, g_new0(DocRun, from->n_links + 1));

    figure->n_links = 0;
    for (size_t i = 0; i < from->n_links; i++) {
        DocRun link = { .text = doc_clean(doc, from->links[i].text, false),
                        .url = doc_clean_url(doc, from->links[i].url) };
        if (link.url && *link.text)
            links[figure->n_links++] = link;
    }
    figure->links = links;
}

void doc_figure(Doc *doc, const DocFigure *figure)
{
    DocFigure *copy = pool_take(doc, g_new0(DocFigure, 1));

    *copy = *figure;
    copy->caption = doc_clean(doc, figure->caption, false);
    copy->alt = optional(doc, figure->alt     ? figure->alt
                              : figure->chart ? figure->chart->reading
                                              : NULL);
    copy->source = optional(doc, figure->source);
    copy->height = figure->height > 0 ? CLAMP(figure->height, 80, 600) : 0;
    copy_links(doc, copy, figure);
    doc_block(doc, BLOCK_FIGURE)->figure = copy;
}

const char *doc_figure_alt(const DocFigure *figure)
{
    if (figure->alt)
        return figure->alt;
    if (figure->chart && figure->chart->title && *figure->chart->title)
        return figure->chart->title;
    return *figure->caption ? figure->caption : "–";
}
