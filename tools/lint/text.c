/* text.c - rules on a file as a text: its first comment, its length, unfinished work.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint.h"

#define MAX_LINES 500
#define LICENCE "SPDX-License-Identifier: EUPL-1.2"

static const Token *first_token(const Source *source)
{
    return source->tokens->len ? &g_array_index(source->tokens, Token, 0) : NULL;
}

/* C, headers and tables: a first comment that opens "name - purpose" and ends with the licence. */
static void check_c_comment(Tree *tree, Source *source)
{
    const Token *first = first_token(source);
    g_autofree char *opening = g_strdup_printf("/* %s - ", source->name);
    g_autofree char *note = first && first->kind == T_NOTE ? token_dup(first) : g_strdup("");

    if (!g_str_has_prefix(note, opening))
        tree_report(tree, source, 1, "the first comment does not open with \"%s - \"",
                    source->name);
    if (!strstr(note, LICENCE))
        tree_report(tree, source, 1, "the first comment does not end with " LICENCE);
}

/* Others: the licence stands in the lines of comment that the file starts with. */
static void check_other_comment(Tree *tree, Source *source)
{
    const char *found = strstr(source->text, LICENCE);
    int lines = 1;

    for (const char *p = source->text; found && p < found; p++)
        lines += *p == '\n';
    if (!found || lines > 12)
        tree_report(tree, source, 1, "no " LICENCE " at the top");
}

void check_first_comment(Tree *tree, Source *source)
{
    if (source->tokens->len > 0 && !g_str_equal(source->ext, ".sql"))
        check_c_comment(tree, source);
    else if (!g_str_equal(source->ext, ".html"))
        check_other_comment(tree, source);
}

void check_file_length(Tree *tree, Source *source)
{
    int lines = 0;

    for (const char *p = source->text; *p; p++)
        lines += *p == '\n';
    if (lines >= MAX_LINES)
        tree_report(tree, source, MAX_LINES, "%d lines, limit %d", lines, MAX_LINES - 1);
}

static bool is_unfinished(const char *word, size_t n)
{
    static const char *const words[] = { "TODO", "FIXME", "XXX", "HACK" };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0)
            return true;
    return false;
}

/* In C and SQL only comments are looked at; elsewhere the whole text. */
static void scan(Tree *tree, Source *source, const char *text, size_t size, int line)
{
    for (size_t i = 0; i < size;) {
        size_t n = 0;
        while (i + n < size && (g_ascii_isalnum(text[i + n]) || text[i + n] == '_'))
            n++;
        if (n > 0 && is_unfinished(text + i, n))
            tree_report(tree, source, line, "%.*s: finish it, or write down why not", (int)n,
                        text + i);
        line += n == 0 && text[i] == '\n';
        i += MAX(n, 1);
    }
}

void check_unfinished(Tree *tree, Source *source)
{
    if (source->tokens->len == 0) {
        scan(tree, source, source->text, strlen(source->text), 1);
        return;
    }
    for (guint i = 0; i < source->tokens->len; i++) {
        const Token *token = &g_array_index(source->tokens, Token, i);
        if (token->kind == T_NOTE)
            scan(tree, source, token->text, token->size, token->line);
    }
}
