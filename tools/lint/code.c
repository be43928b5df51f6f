/* code.c - rules on the code inside a C file: functions, goto, state, symbols, raw HTML.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint.h"

#define MAX_LINES 100
#define MAX_BRANCHES 15
#define MAX_INPUTS 6

static const Token *token(const Source *source, guint i)
{
    return &g_array_index(source->tokens, Token, i);
}

static bool is_code(const Token *t, const char *text)
{
    return (t->kind == T_WORD || t->kind == T_SIGN) && token_is(t, text);
}

/* The next function of the source from *at on, or NULL. */
static const Decl *next_function(const Source *source, guint *at)
{
    while (*at < source->decls->len) {
        const Decl *decl = &g_array_index(source->decls, Decl, (*at)++);
        if (decl->is_function)
            return decl;
    }
    return NULL;
}

void check_function_length(Tree *tree, Source *source)
{
    guint at = 0;

    for (const Decl *f; (f = next_function(source, &at));) {
        int lines = token(source, f->body_end)->line - token(source, f->first)->line + 1;
        if (lines > MAX_LINES)
            tree_report(tree, source, f->name->line, "%.*s has %d lines, limit %d",
                        (int)f->name->size, f->name->text, lines, MAX_LINES);
    }
}

/* A comment with "lint: RULE — why" ends on the line above the declaration. */
static bool is_explained(const Source *source, const Decl *decl, const char *rule)
{
    const Token *note = decl->first > 0 ? token(source, decl->first - 1) : NULL;
    g_autofree char *words = g_strdup_printf("lint: %s — ", rule);

    if (!note || note->kind != T_NOTE ||
        token_last_line(note) < token(source, decl->first)->line - 1)
        return false;
    return g_strstr_len(note->text, (gssize)note->size, words) != NULL;
}

static bool is_branch(const Token *t)
{
    return is_code(t, "if") || is_code(t, "for") || is_code(t, "while") || is_code(t, "case") ||
           is_code(t, "?");
}

void check_branches(Tree *tree, Source *source)
{
    guint at = 0;

    for (const Decl *f; (f = next_function(source, &at));) {
        int branches = 0;
        for (guint i = f->body; i < f->body_end; i++)
            branches += is_branch(token(source, i));
        if (branches > MAX_BRANCHES)
            tree_report(tree, source, f->name->line, "%.*s has %d branches, limit %d",
                        (int)f->name->size, f->name->text, branches, MAX_BRANCHES);
    }
}

/* `db`, `error` and what is given back do not count. */
static bool is_input(const Token *name)
{
    return name && !token_is(name, "void") && !token_is(name, "db") && !token_is(name, "error") &&
           !(name->size > 4 && memcmp(name->text, "ret_", 4) == 0);
}

static int count_inputs(const Source *source, const Decl *f)
{
    const Token *name = NULL;
    int depth = 0, inputs = 0;

    for (guint i = f->params; i < f->body; i++) {
        const Token *t = token(source, i);
        bool opens = is_code(t, "(") || is_code(t, "["),
             closes = is_code(t, ")") || is_code(t, "]");
        depth += opens ? 1 : closes ? -1 : 0;
        if (depth == 0 || (depth == 1 && is_code(t, ","))) {
            inputs += is_input(name);
            name = NULL;
            if (depth == 0)
                return inputs;
        } else if (t->kind == T_WORD && (depth == 1 || (depth == 2 && !name)))
            name = t;
    }
    return inputs;
}

/* A library's callback has the library's signature: such a function may say why. */
void check_inputs(Tree *tree, Source *source)
{
    guint at = 0;

    for (const Decl *f; (f = next_function(source, &at));) {
        int inputs = count_inputs(source, f);
        if (inputs > MAX_INPUTS && !is_explained(source, f, "inputs"))
            tree_report(tree, source, f->name->line, "%.*s has %d inputs, limit %d",
                        (int)f->name->size, f->name->text, inputs, MAX_INPUTS);
    }
}

void check_goto(Tree *tree, Source *source)
{
    if (!g_str_equal(source->ext, ".c") && !g_str_equal(source->ext, ".h"))
        return;
    for (guint i = 0; i < source->tokens->len; i++)
        if (is_code(token(source, i), "goto"))
            tree_report(tree, source, token(source, i)->line, "goto");
}

void check_state(Tree *tree, Source *source)
{
    if (source->area == AREA_OTHER || source->is_test)
        return;
    for (guint i = 0; i < source->decls->len; i++) {
        const Decl *decl = &g_array_index(source->decls, Decl, i);
        if (decl->is_function || decl->is_const)
            continue;
        if (source->area != AREA_PLATFORM)
            tree_report(tree, source, decl->name->line, "%.*s is state that changes",
                        (int)decl->name->size, decl->name->text);
        else if (!is_explained(source, decl, "state"))
            tree_report(tree, source, decl->name->line,
                        "%.*s is state that changes, without a comment /* lint: state — why */",
                        (int)decl->name->size, decl->name->text);
    }
}

void check_symbols(Tree *tree, Source *source)
{
    g_autofree char *prefix = g_strconcat(source->folder, "_", NULL);

    if (source->area != AREA_SLICE || source->is_test || !g_str_equal(source->ext, ".c"))
        return;
    for (guint i = 0; i < source->decls->len; i++) {
        const Decl *decl = &g_array_index(source->decls, Decl, i);
        g_autofree char *name = token_dup(decl->name);
        if (!decl->is_local && !decl->is_static && !g_str_has_prefix(name, prefix))
            tree_report(tree, source, decl->name->line, "exported %s is not called %s...", name,
                        prefix);
        if (decl->is_static && decl->is_function && g_str_has_prefix(name, prefix))
            tree_report(tree, source, decl->name->line,
                        "static %s carries the slice's name, as only exported symbols do", name);
    }
}

void check_raw_html(Tree *tree, Source *source)
{
    static const char *const may[] = { "web", "form", "chart", "doc" };

    if (source->area == AREA_OTHER)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(may); i++)
        if (source->area == AREA_PLATFORM && g_str_equal(source->folder, may[i]))
            return;
    for (guint i = 0; i < source->tokens->len; i++)
        if (is_code(token(source, i), "html_raw"))
            tree_report(tree, source, token(source, i)->line,
                        "html_raw outside platform/{web,form,chart,doc}");
}
