/* declare.c - which functions and variables a C file declares.
 *
 * Not a parser of C: it reads C in the house's layout. A declaration runs to its ";" or to the "}"
 * of its body; what stands before "=" tells what it is. Bodies are searched for `static` only.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint.h"

typedef struct {
    Source *source;
    const Token *t;
    guint n;
} Reader;

static bool is(const Reader *r, guint i, const char *text)
{
    return i < r->n && r->t[i].kind != T_TEXT && r->t[i].kind != T_NOTE && token_is(&r->t[i], text);
}

static bool skipped(const Token *token)
{
    return token->kind == T_NOTE || token->kind == T_LINE;
}

/* The token that closes the bracket at i; the last token when none does. */
static guint closing(const Reader *r, guint i)
{
    int depth = 0;

    for (; i < r->n; i++) {
        if (is(r, i, "(") || is(r, i, "{") || is(r, i, "["))
            depth++;
        else if (is(r, i, ")") || is(r, i, "}") || is(r, i, "]"))
            depth--;
        if (depth == 0 && !skipped(&r->t[i]))
            return i;
    }
    return r->n - 1;
}

static bool is_macro_name(const Token *token)
{
    bool letters = false;

    if (token->kind != T_WORD)
        return false;
    for (size_t i = 0; i < token->size; i++) {
        if (g_ascii_islower(token->text[i]))
            return false;
        letters |= g_ascii_isupper(token->text[i]);
    }
    return letters;
}

/* A call at file level, `G_DEFINE_QUARK(...)`, or an attribute: its closing bracket; else 0. */
static guint macro_end(const Reader *r, guint i)
{
    bool named = is_macro_name(&r->t[i]) || is(r, i, "__attribute__") ||
                 is(r, i, "_Static_assert") || is(r, i, "_Alignas");

    return named && is(r, i + 1, "(") ? closing(r, i + 1) : 0;
}

static bool is_specifier(const Token *token)
{
    static const char *const words[] = { "static",   "extern",   "const",         "inline",
                                         "volatile", "struct",   "union",         "enum",
                                         "unsigned", "signed",   "_Thread_local", "register",
                                         "restrict", "_Noreturn" };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (token_is(token, words[i]))
            return true;
    return false;
}

/* What is known of a declaration after its tokens up to "=", ";" or a body. */
typedef struct {
    Decl decl;
    bool is_type;                   /* typedef */
    bool is_prototype;              /* has "(" that opens a parameter list */
    bool is_pointer;                /* "*" in front of the name */
    bool const_before, const_after; /* of the last "*" */
    int words;                      /* names that are no specifiers: type and declarator */
} Reading;

static void read_word(Reading *reading, const Token *token)
{
    if (token_is(token, "typedef"))
        reading->is_type = true;
    else if (token_is(token, "static"))
        reading->decl.is_static = true;
    else if (token_is(token, "const"))
        *(reading->is_pointer ? &reading->const_after : &reading->const_before) = true;
    if (reading->is_prototype || is_specifier(token) || token_is(token, "typedef"))
        return;
    reading->words++;
    reading->decl.name = token;
}

/* "(" after a name opens parameters; "(*" before one is a pointer to a function. */
static guint read_bracket(const Reader *r, guint i, Reading *reading)
{
    if (is(r, i + 1, "*")) {
        reading->is_pointer = true;
        reading->const_after = false;
        for (i += 2; i < r->n && !is(r, i, ")"); i++)
            if (r->t[i].kind == T_WORD)
                read_word(reading, &r->t[i]);
        return is(r, i + 1, "(") ? closing(r, i + 1) : i;
    }
    if (!reading->is_prototype) {
        reading->is_prototype = true;
        reading->decl.params = i;
    }
    return closing(r, i);
}

/* Reads one declaration from token i; returns the token that ends it. */
static guint read_declaration(const Reader *r, guint i, Reading *reading)
{
    bool initialised = false;

    reading->decl.first = i;
    for (; i < r->n; i++) {
        guint end = skipped(&r->t[i]) ? 0 : macro_end(r, i);
        if (is(r, i, ";"))
            break;
        if (skipped(&r->t[i]))
            continue;
        if (end)
            i = end;
        else if (is(r, i, "=") || is(r, i, ","))
            initialised = true;
        else if (is(r, i, "{") && reading->is_prototype && !initialised) {
            reading->decl.is_function = true;
            reading->decl.body = i;
            i = reading->decl.body_end = closing(r, i);
            break;
        } else if (is(r, i, "{") || is(r, i, "["))
            i = closing(r, i);
        else if (initialised)
            i = is(r, i, "(") ? closing(r, i) : i;
        else if (is(r, i, "("))
            i = read_bracket(r, i, reading);
        else if (is(r, i, "*")) {
            reading->is_pointer = true;
            reading->const_after = false;
        } else if (r->t[i].kind == T_WORD)
            read_word(reading, &r->t[i]);
    }
    reading->decl.last = MIN(i, r->n - 1);
    reading->decl.is_const = reading->is_pointer ? reading->const_after : reading->const_before;
    return reading->decl.last;
}

static void keep(Source *source, Reading *reading)
{
    if (!reading->decl.name || reading->is_type)
        return;
    /* `struct Tag;` and `enum { A };` name no variable; `struct Tag x` and `int x` have two words. */
    if (reading->decl.is_function || (!reading->is_prototype && reading->words >= 2))
        g_array_append_val(source->decls, reading->decl);
}

/* Static variables inside a body. */
static void read_body(const Reader *r, guint from, guint to)
{
    for (guint i = from; i < to; i++) {
        Reading reading = { .decl.is_local = true };
        if (!is(r, i, "static") || r->t[i].kind != T_WORD)
            continue;
        i = read_declaration(r, i, &reading);
        keep(r->source, &reading);
    }
}

/* `unsigned n` and an anonymous `struct {...} x` have one word only. */
static void count_unnamed_types(const Reader *r, Reading *reading)
{
    for (guint i = reading->decl.first; i < reading->decl.last && !is(r, i, "="); i++) {
        bool bare = is(r, i, "unsigned") || is(r, i, "signed");
        bool anonymous =
            (is(r, i, "struct") || is(r, i, "union") || is(r, i, "enum")) && is(r, i + 1, "{");
        if (is(r, i, "{"))
            i = closing(r, i);
        if (bare || anonymous) {
            reading->words++;
            return;
        }
    }
}

void find_declarations(Source *source)
{
    Reader r = { source, (const Token *)(void *)source->tokens->data, source->tokens->len };

    for (guint i = 0; i < r.n; i++) {
        Reading reading = { 0 };
        guint end = skipped(&r.t[i]) ? 0 : macro_end(&r, i);
        if (skipped(&r.t[i]) || is(&r, i, ";") || is(&r, i, "}"))
            continue;
        if (end) {
            i = end;
            continue;
        }
        i = read_declaration(&r, i, &reading);
        count_unnamed_types(&r, &reading);
        keep(source, &reading);
        if (reading.decl.is_function)
            read_body(&r, reading.decl.body + 1, reading.decl.body_end);
    }
}
