/* sqltext.h - SQL text as tokens, so that no rule is ever triggered by a literal or a comment.
 *
 * The migrator rewrites DDL with it and sqlgen judges queries with it. It knows no grammar: only
 * words, quoted names, strings, numbers, parameters and operators, with lines and depth.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum {
    SQL_WORD,   /* keyword or bare identifier */
    SQL_QUOTED, /* "identifier" */
    SQL_STRING, /* 'literal' */
    SQL_NUMBER,
    SQL_PARAM, /* :name */
    SQL_OP     /* one operator or punctuation mark */
} SqlKind;

typedef struct {
    SqlKind kind;
    const char *at; /* borrowed from the text */
    size_t len;
    int line;  /* 1-based, counted from the first line given */
    int depth; /* parentheses around it; a parenthesis has the depth of what is outside it */
} SqlToken;

/**
 * Cut a text into tokens; comments and space are left out.
 *   text        UTF-8; must outlive the tokens.
 *   first_line  the line number of its first line.
 *   ret_line    the line of what could not be read, on failure; may be NULL.
 * Returns an array of SqlToken, yours; or NULL with APP_ERROR_INVALID: something unterminated,
 * parentheses that do not match, or a mark that is not of the two engines' common SQL.
 */
GArray *sql_tokens(const char *text, int first_line, int *ret_line, GError **error);

static inline const SqlToken *sql_at(const GArray *tokens, size_t i)
{
    return i < tokens->len ? &g_array_index(tokens, SqlToken, i) : NULL;
}
/* Token i is this keyword (any case) or operator; false past the end and for quoted names. */
bool sql_is(const GArray *tokens, size_t i, const char *word);
/* The same for any of a space-separated list of words. */
bool sql_is_any(const GArray *tokens, size_t i, const char *words);
/* Token i names something: a bare or quoted identifier. */
bool sql_is_name(const GArray *tokens, size_t i);
/* The identifier as both engines see it: folded to lower case unless quoted. Yours. */
char *sql_name(const SqlToken *token);
/* Index of the ")" that closes the "(" at i; the length of the array when i is no "(". */
size_t sql_close(const GArray *tokens, size_t i);
