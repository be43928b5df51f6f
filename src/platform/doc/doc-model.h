/* doc-model.h - the blocks of a document as the two writers read them; private to platform/doc.
 *
 * Blocks form a tree through first/next. Every string is clean UTF-8 in the document's own store:
 * no control characters, no bidi overrides, no white space at the ends.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "doc.h"

typedef enum {
    BLOCK_ROOT,
    BLOCK_HEADING, /* level, id, text */
    BLOCK_PARA,    /* runs, lead */
    BLOCK_CODE,    /* runs: one a line */
    BLOCK_LIST,    /* numbered; children are items */
    BLOCK_ITEM,
    BLOCK_QUOTE,
    BLOCK_NOTE,  /* note, text is the label */
    BLOCK_TERMS, /* children are terms */
    BLOCK_TERM,  /* text, and the description as runs */
    BLOCK_TABLE,
    BLOCK_FIGURE,
    BLOCK_BREAK
} BlockKind;

typedef struct Block Block;
struct Block {
    BlockKind kind;
    Block *parent, *first, *last, *next;
    int level; /* of a heading: 1-4 */
    bool numbered, lead, keep_next;
    bool implied; /* an item nobody began: it ends with its one block */
    DocNote note;
    const char *id, *text;
    const char *lang; /* of a heading or table in another language than the document; or NULL */
    DocRun *runs;
    size_t n_runs;
    DocTable *table;
    DocFigure *figure;
};

typedef struct {
    const char *mark, *text;
} Note;

struct DocTable {
    Doc *doc;
    const char *caption, *details;
    DocColumn *columns;
    size_t n_columns;
    GPtrArray *cells; /* const char *, row by row */
    GArray *totals;   /* size_t: rows set in bold */
    GArray *notes;    /* Note */
};

struct Doc {
    DocMeta meta;
    Block *root, *open; /* open: where the next block goes */
    int depth;          /* of open below root */
    int flattened;      /* containers begun but not made, waiting for their doc_end */
    int last_level;     /* of the heading before */
    const char *lang;   /* of what is appended, when not the document's own; else NULL */
    GStringChunk *strings;
    GPtrArray *blocks, *tables, *owned; /* owned: pairs of thing and GDestroyNotify */
    GHashTable *ids;
    GArray *pool; /* gpointer: run arrays and the like */
};

/* A clean copy in the document's store: valid UTF-8, white space collapsed, ends trimmed unless `inner`. */
const char *doc_clean(Doc *doc, const char *text, bool inner);
/* The address when it may be followed, else NULL; the scheme is checked after cleaning. */
const char *doc_clean_url(Doc *doc, const char *url);
Block *doc_block(Doc *doc, BlockKind kind); /* appended at the open container */
void doc_set_runs(Doc *doc, Block *block, const DocRun *runs, size_t n);
const char *doc_lang_tag(const char *lang); /* "nb" -> "nb-NO" */
size_t doc_table_rows(const DocTable *table);
const char *doc_table_cell(const DocTable *table, size_t row, size_t column); /* "" past the last */
bool doc_table_is_total(const DocTable *table, size_t row);
const char *doc_figure_alt(const DocFigure *figure); /* never empty */
uint32_t doc_accent(const Doc *doc); /* the document's colour, dark enough for text */
#define DOC_PAD_X 6.0                /* points on each side of a cell's words */
/* Share of the text that its longest word takes, 0-1: how far the cell can be narrowed. */
double doc_longest_word(const char *text);
/* Width in points that the table needs at the least, set small; a guess from its words. */
double doc_table_least(const DocTable *table);
bool doc_table_wide(const DocTable *table); /* it wants a landscape page */
