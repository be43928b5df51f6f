/* sqltext.c - the tokeniser behind the migrator and sqlgen.
 *
 * It reads what SQLite and PostgreSQL agree on: '' strings, "" names, -- and C comments, :name
 * parameters. What only one of them knows ([x], `x`, $tag$) is refused here, once.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqltext.h"
#include <string.h>

typedef struct {
    const char *p;
    int line, depth;
} Reader;

static void skip_to(Reader *r, const char *end)
{
    for (; r->p < end; r->p++)
        if (*r->p == '\n')
            r->line++;
}

/* Past space and comments; false when a comment never ends. */
static bool skip_blank(Reader *r, GError **error)
{
    for (;;) {
        const char *p = r->p;

        if (g_ascii_isspace(*p)) {
            skip_to(r, p + 1);
        } else if (g_str_has_prefix(p, "--")) {
            skip_to(r, p + strcspn(p, "\n"));
        } else if (g_str_has_prefix(p, "/*")) {
            const char *end = strstr(p + 2, "*/");

            if (!end)
                return app_fail(error, APP_ERROR_INVALID, "a comment that never ends");
            skip_to(r, end + 2);
        } else {
            return true;
        }
    }
}

/* End of a '...' or "..." whose quote is doubled inside; NULL when it never ends. */
static const char *quoted_end(const char *p)
{
    char quote = *p++;

    for (; *p; p++)
        if (*p == quote && *++p != quote)
            return p;
    return NULL;
}

static bool is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static const char *word_end(const char *p)
{
    while (is_word(*p))
        p++;
    return p;
}

static const char *number_end(const char *p)
{
    while (g_ascii_isdigit(*p) || *p == '.')
        p++;
    if ((*p == 'e' || *p == 'E') && (g_ascii_isdigit(p[1]) || (strchr("+-", p[1]) && p[1])))
        for (p += 2; g_ascii_isdigit(*p);)
            p++;
    return p;
}

static size_t operator_length(const char *p)
{
    static const char *const ops[] = { "->>", "<=>", "->", "::", "@@", "||", "<=", ">=",
                                       "<>",  "!=",  "==", ":=", "<<", ">>", NULL };

    for (size_t i = 0; ops[i]; i++)
        if (g_str_has_prefix(p, ops[i]))
            return strlen(ops[i]);
    return 1;
}

static bool read_operator(Reader *r, SqlToken *t, GError **error)
{
    char c = *r->p;

    /* "@@" only PostgreSQL knows, for full-text search: SQLite refuses it in a text of its own. */
    if (!strchr("()+-*/%<>=!|&~,.;:", c) && !g_str_has_prefix(r->p, "@@"))
        return app_fail(error, APP_ERROR_INVALID, "'%c' is not of the engines' common SQL", c);
    t->kind = SQL_OP;
    t->len = operator_length(r->p);
    if (c == ')' && --r->depth < 0)
        return app_fail(error, APP_ERROR_INVALID, "a ')' without its '('");
    t->depth = r->depth;
    if (c == '(')
        r->depth++;
    return true;
}

static bool read_token(Reader *r, SqlToken *t, GError **error)
{
    char c = *r->p;
    const char *end = NULL;

    *t = (SqlToken){ .at = r->p, .line = r->line, .depth = r->depth };
    if (c == '\'' || c == '"') {
        t->kind = c == '"' ? SQL_QUOTED : SQL_STRING;
        end = quoted_end(r->p);
        if (!end)
            return app_fail(error, APP_ERROR_INVALID, "a %s that never ends",
                            c == '"' ? "quoted name" : "string");
    } else if (g_ascii_isdigit(c) || (c == '.' && g_ascii_isdigit(r->p[1]))) {
        t->kind = SQL_NUMBER;
        end = number_end(r->p);
    } else if (is_word(c)) {
        t->kind = SQL_WORD;
        end = word_end(r->p);
    } else if (c == ':' && is_word(r->p[1])) {
        t->kind = SQL_PARAM;
        end = word_end(r->p + 1);
    } else {
        if (!read_operator(r, t, error))
            return false;
        end = r->p + t->len;
    }
    t->len = (size_t)(end - r->p);
    skip_to(r, end);
    return true;
}

GArray *sql_tokens(const char *text, int first_line, int *ret_line, GError **error)
{
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(SqlToken));
    Reader r = { .p = text, .line = first_line };
    SqlToken t;
    bool ok;

    while ((ok = skip_blank(&r, error)) && *r.p) {
        ok = read_token(&r, &t, error);
        if (!ok)
            break;
        g_array_append_val(tokens, t);
    }
    if (ok && r.depth)
        ok = app_fail(error, APP_ERROR_INVALID, "a '(' without its ')'");
    if (ok)
        return g_steal_pointer(&tokens);
    if (ret_line)
        *ret_line = r.line;
    return NULL;
}

bool sql_is(const GArray *tokens, size_t i, const char *word)
{
    const SqlToken *t = sql_at(tokens, i);

    return t && (t->kind == SQL_WORD || t->kind == SQL_OP) && t->len == strlen(word) &&
           !g_ascii_strncasecmp(t->at, word, t->len);
}

bool sql_is_any(const GArray *tokens, size_t i, const char *words)
{
    const SqlToken *t = sql_at(tokens, i);

    if (!t || t->kind != SQL_WORD)
        return false;
    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " ");

        if (t->len == len && !g_ascii_strncasecmp(t->at, p, len))
            return true;
        p += len + (p[len] == ' ');
    }
    return false;
}

bool sql_is_name(const GArray *tokens, size_t i)
{
    const SqlToken *t = sql_at(tokens, i);

    return t && (t->kind == SQL_WORD || t->kind == SQL_QUOTED);
}

char *sql_name(const SqlToken *token)
{
    if (token->kind != SQL_QUOTED)
        return g_ascii_strdown(token->at, (gssize)token->len);
    g_autofree char *inner = g_strndup(token->at + 1, token->len - 2);
    g_auto(GStrv) parts = g_strsplit(inner, "\"\"", -1);

    return g_strjoinv("\"", parts);
}

size_t sql_close(const GArray *tokens, size_t i)
{
    if (!sql_is(tokens, i, "("))
        return tokens->len;
    int depth = sql_at(tokens, i)->depth;

    for (size_t k = i + 1; k < tokens->len; k++)
        if (sql_at(tokens, k)->depth == depth && sql_is(tokens, k, ")"))
            return k;
    return tokens->len;
}
