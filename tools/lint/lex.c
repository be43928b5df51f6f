/* lex.c - C and SQL cut into tokens, so that no rule mistakes a string or a comment for code.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint.h"

typedef struct {
    Source *source;
    const char *at;
    int line;
    bool line_start; /* only blanks since the last newline */
} Lexer;

bool token_is(const Token *token, const char *text)
{
    return token->size == strlen(text) && memcmp(token->text, text, token->size) == 0;
}

char *token_dup(const Token *token)
{
    return g_strndup(token->text, token->size);
}

int token_last_line(const Token *token)
{
    int line = token->line;

    for (size_t i = 0; i < token->size; i++)
        line += token->text[i] == '\n';
    return line;
}

static void take(Lexer *lexer, TokenKind kind, const char *end)
{
    Token token = { kind, lexer->at, (size_t)(end - lexer->at), lexer->line };

    g_array_append_val(lexer->source->tokens, token);
    lexer->line = token_last_line(&token);
    lexer->at = end;
    lexer->line_start = false;
}

static bool is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static const char *end_of_word(const char *p)
{
    while (is_word(*p))
        p++;
    return p;
}

/* C strings escape with a backslash, SQL strings by doubling, which reads as two strings in a row. */
static const char *end_of_text(const char *p, bool escapes)
{
    char quote = *p++;

    while (*p && *p != quote)
        p += escapes && *p == '\\' && p[1] ? 2 : 1;
    return *p ? p + 1 : p;
}

static const char *end_of_line(const char *p)
{
    while (*p && *p != '\n')
        p++;
    return p;
}

static const char *end_of_note(const char *p)
{
    const char *end = strstr(p + 2, "*/");

    return end ? end + 2 : p + strlen(p);
}

/* A directive ends with its line, unless a backslash or an open comment carries it on. */
static const char *end_of_directive(const char *p)
{
    while (*p && *p != '\n') {
        if (p[0] == '\\' && p[1] == '\n')
            p += 2;
        else if (p[0] == '/' && p[1] == '*')
            return p;
        else if (*p == '"')
            p = end_of_text(p, true);
        else
            p++;
    }
    return p;
}

static bool skip_blank(Lexer *lexer)
{
    if (!g_ascii_isspace(*lexer->at))
        return false;
    if (*lexer->at == '\n') {
        lexer->line++;
        lexer->line_start = true;
    }
    lexer->at++;
    return true;
}

void lex_c(Source *source)
{
    Lexer lexer = { source, source->text, 1, true };

    while (*lexer.at) {
        const char *p = lexer.at;
        if (skip_blank(&lexer))
            continue;
        if (p[0] == '/' && p[1] == '*')
            take(&lexer, T_NOTE, end_of_note(p));
        else if (p[0] == '/' && p[1] == '/')
            take(&lexer, T_NOTE, end_of_line(p));
        else if (*p == '#' && lexer.line_start)
            take(&lexer, T_LINE, end_of_directive(p));
        else if (*p == '"' || *p == '\'')
            take(&lexer, T_TEXT, end_of_text(p, true));
        else if (is_word(*p))
            take(&lexer, T_WORD, end_of_word(p));
        else
            take(&lexer, T_SIGN, p + 1);
    }
}

void lex_sql(Source *source)
{
    Lexer lexer = { source, source->text, 1, true };

    while (*lexer.at) {
        const char *p = lexer.at;
        if (skip_blank(&lexer))
            continue;
        if (p[0] == '-' && p[1] == '-')
            take(&lexer, T_NOTE, end_of_line(p));
        else if (p[0] == '/' && p[1] == '*')
            take(&lexer, T_NOTE, end_of_note(p));
        else if (*p == '\'')
            take(&lexer, T_TEXT, end_of_text(p, false));
        else if (is_word(*p))
            take(&lexer, T_WORD, end_of_word(p));
        else
            take(&lexer, T_SIGN, p + 1);
    }
}
