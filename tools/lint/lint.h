/* lint.h - the parts of the lint: a tree of sources, their tokens, and the rules over them.
 *
 * Tokens point into the text of their source, and all of it lives until tree_clear().
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* --- tokens --- */

typedef enum {
    T_WORD, /* identifier, keyword or number */
    T_TEXT, /* string or character constant */
    T_SIGN, /* one character of punctuation; "&&" is two */
    T_NOTE, /* comment */
    T_LINE, /* preprocessor directive, with its continuation lines */
} TokenKind;

typedef struct {
    TokenKind kind;
    const char *text; /* into Source.text */
    size_t size;
    int line; /* 1-based, of its first character */
} Token;

bool token_is(const Token *token, const char *text);
char *token_dup(const Token *token);
int token_last_line(const Token *token);

/* --- the tree --- */

typedef enum { AREA_BASE, AREA_PLATFORM, AREA_SLICE, AREA_APP, AREA_OTHER } Area;

typedef struct {
    char *path; /* relative to the root, "src/slices/enhet/enhet.c" */
    char *text;
    const char *name; /* "enhet.c", into path */
    const char *ext;  /* ".c", into path; "" when none */
    char *folder;     /* "enhet" of a slice, "db" of the platform, else "" */
    Area area;
    bool is_test;   /* test-*.c, testing*.[ch] */
    GArray *tokens; /* Token; of C and SQL, else empty */
    GArray *decls;  /* Decl; of C, else empty */
} Source;

typedef struct {
    GPtrArray *sources;  /* Source, by path */
    GPtrArray *slices;   /* char *, lowest first, from src/app/slices.def */
    GHashTable *headers; /* name -> Source of every src header */
    GHashTable *tables;  /* SQL table -> Source of the migration that creates it */
    GPtrArray *findings; /* char *, "FILE:LINE: message [rule]" */
    const char *rule;    /* being run */
} Tree;

bool tree_read(Tree *tree, const char *root, GError **error); /* clear it, also after a failure */
void tree_clear(Tree *tree);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tree, tree_clear)
/* Place of a slice in slices.def, from 0; -1 when it is not there. */
int tree_slice_order(const Tree *tree, const char *slice);
void tree_report(Tree *tree, const Source *source, int line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

void lex_c(Source *source);
void lex_sql(Source *source);

/* --- declarations of C --- */

typedef struct {
    bool is_function; /* with a body; prototypes and types are no Decl */
    bool is_static, is_const, is_local;
    const Token *name;
    guint first, last;            /* tokens it spans */
    guint params, body, body_end; /* tokens: "(", "{" and "}" of a function */
} Decl;

void find_declarations(Source *source);

/* --- rules --- */

typedef struct {
    const char *name, *what;
    void (*check)(Tree *tree, Source *source); /* called for each source */
} Rule;

void check_first_comment(Tree *tree, Source *source);
void check_file_length(Tree *tree, Source *source);
void check_unfinished(Tree *tree, Source *source);
void check_function_length(Tree *tree, Source *source);
void check_branches(Tree *tree, Source *source);
void check_inputs(Tree *tree, Source *source);
void check_goto(Tree *tree, Source *source);
void check_state(Tree *tree, Source *source);
void check_symbols(Tree *tree, Source *source);
void check_raw_html(Tree *tree, Source *source);
void check_layers(Tree *tree, Source *source);
void check_slice_includes(Tree *tree, Source *source);
void check_libraries(Tree *tree, Source *source);
void check_header_names(Tree *tree, Source *source);
void check_slice_listed(Tree *tree, Source *source);
void check_migration_number(Tree *tree, Source *source);
void check_tables(Tree *tree, Source *source);
void check_foreign_keys(Tree *tree, Source *source);
