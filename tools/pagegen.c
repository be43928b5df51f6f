/* pagegen.c - compiles a page: `pagegen FILE.html > FILE.html.h`, one C function for each page.
 *
 * The language, all of it:
 *   {{include "x.h"}}            before the first page: a header with the structs that pages take
 *   {{page NAME(C parameters)}}  begins a page, `static void NAME(Html *o, parameters)`; a file may hold
 *                                several, and one that another draws is a partial
 *   {{render NAME(a, b.c)}}      draws a partial, in text only
 *   {{content}}                  in a layout: splits the page into NAME_begin and NAME_end
 *   {{a}} {{a.b}} {{a.b.c}}      writes a value by its type, always escaped: a, a->b, a->b.c, as
 *                                parameters and the items of {{each}} are pointers and what is inside a
 *                                struct is not. A Form, Chart or Doc is drawn (in text only).
 *   {{_ text}}                   translated; {{_ Sent by %s on %s|a.name, a.date}} with values, each
 *                                escaped and written by its own type, whole numbers as %d
 *   {{n_ "one %d school"|"%d schools"|a.n}}   plural, by the first value; more values may follow
 *   {{each x in a.list}} {{else}} {{end}}     over .v and .n, of a struct or a pointer to one; x points
 *                                at the item, or is it, when the items are pointers; else: when empty
 *   {{if a.b}} {{else if ...}} {{else}} {{end}}   a text that is not empty, a number not 0, a pointer
 *                                not NULL; `not a.b`, `a.b == CONSTANT`, `a.b is "text"`
 *   {{# comment}}                is left out
 * href, src, action and their like hold plain text or one whole Url. There is no way to write markup
 * from data. markup.c and rules.c say what is refused; each refusal is FILE:LINE: and a reason.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pagegen/pagegen.h"
#include <stdarg.h>

typedef struct {
    bool each, has_else;
    int line, number;
    Place *start;
} Block;

typedef struct {
    Page page;
    GPtrArray *blocks;
    GString *includes;
    char *name, *params; /* of the page; NULL before the first */
    bool layout, several, in_page;
    int n_each;
    const char *rest; /* of the source, after the directive in hand */
} Compiler;

G_GNUC_PRINTF(3, 0)
static void refuse_va(const Page *page, int line, const char *format, va_list args)
{
    fprintf(stderr, "%s:%d: ", page->file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    exit(1);
}

void refuse_at(const Page *page, int line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    refuse_va(page, line, format, args);
    va_end(args);
    abort();
}

void refuse(const Page *page, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    refuse_va(page, page->line, format, args);
    va_end(args);
    abort();
}

/* --- pages ------------------------------------------------------------------------------------------ */

static void block_free(void *data)
{
    Block *block = data;

    place_free(block->start);
    g_free(block);
}

/* The parameters' names, so that the halves of a layout need not use them all. */
static void emit_unused(Compiler *c)
{
    g_auto(GStrv) params = g_strsplit(c->params, ",", -1);

    for (size_t i = 0; params[i]; i++) {
        const char *param = g_strchomp(params[i]), *s = param + strlen(param);

        while (s > param && (g_ascii_isalnum(s[-1]) || s[-1] == '_'))
            s--;
        if (*s)
            emit_line(&c->page, c->page.line, "    (void)%s;", s);
    }
}

static void begin_function(Compiler *c, const char *suffix)
{
    emit_line(&c->page, c->page.line, "%sstatic void %s%s(Html *o%s%s)",
              c->several ? "G_GNUC_UNUSED " : "", c->name, suffix, *c->params ? ", " : "",
              c->params);
    emit_line(&c->page, c->page.line, "{");
    if (c->layout)
        emit_unused(c);
}

static void end_function(Compiler *c)
{
    emit_chunk(&c->page);
    g_string_append(c->page.c, "}\n");
    c->page.c_line++;
}

static void end_page(Compiler *c)
{
    if (!c->in_page)
        return;
    if (c->blocks->len) {
        const Block *block = c->blocks->pdata[c->blocks->len - 1];

        refuse_at(&c->page, block->line, "{{%s}} has no {{end}}", block->each ? "each" : "if");
    }
    markup_stop(&c->page);
    if (c->layout)
        refuse(&c->page, "a layout has its {{content}} outside every block");
    end_function(c);
    c->in_page = false;
}

static char *identifier(const Page *page, const char *text, size_t len)
{
    g_autofree char *name = g_strstrip(g_strndup(text, len));

    if (!*name || g_ascii_isdigit(*name))
        refuse(page, "\"%s\" is no name", name);
    for (const char *s = name; *s; s++)
        if (!g_ascii_isalnum(*s) && *s != '_')
            refuse(page, "\"%s\" is no name", name);
    return g_steal_pointer(&name);
}

/* "NAME(inside)" */
static void split_call(const Page *page, const char *text, char **ret_name, char **ret_inside)
{
    const char *left = strchr(text, '('), *right = strrchr(text, ')');

    if (!left || !right || right[1] != '\0')
        refuse(page, "\"%s\" is not NAME(...)", text);
    *ret_name = identifier(page, text, (size_t)(left - text));
    *ret_inside = g_strstrip(g_strndup(left + 1, (gsize)(right - left - 1)));
}

static void do_page(Compiler *c, const char *text)
{
    const char *content = strstr(c->rest, "{{content}}"), *next = strstr(c->rest, "{{page");

    end_page(c);
    g_clear_pointer(&c->name, g_free);
    g_clear_pointer(&c->params, g_free);
    split_call(&c->page, text, &c->name, &c->params);
    if (strcmp(c->params, "void") == 0)
        *c->params = '\0';
    markup_start(&c->page);
    c->layout = content && (!next || content < next);
    c->in_page = true;
    begin_function(c, c->layout ? "_begin" : "");
}

static void do_content(Compiler *c)
{
    if (c->page.where != AT_TEXT || c->blocks->len || !c->layout)
        refuse(&c->page, "{{content}} stands once in a layout, in text and outside every block");
    markup_directive(&c->page);
    end_function(c);
    begin_function(c, "_end");
    c->layout = false;
}

static void do_include(Compiler *c, const char *text)
{
    size_t len = strlen(text);

    if (c->name)
        refuse(&c->page, "{{include}} stands before the first {{page}}");
    if (len < 3 || text[0] != '"' || strchr(text + 1, '"') != text + len - 1)
        refuse(&c->page, "{{include}} takes a file in double quotes");
    g_string_append_printf(c->includes, "#include %s\n", text);
}

static void do_render(Compiler *c, const char *text)
{
    g_autofree char *name = NULL;
    g_autofree char *inside = NULL;
    GString *args = g_string_new(NULL);

    if (c->page.where != AT_TEXT)
        refuse(&c->page, "{{render}} stands in text only");
    markup_directive(&c->page);
    split_call(&c->page, text, &name, &inside);
    g_auto(GStrv) values = g_strsplit(inside, ",", -1);

    for (size_t i = 0; values[i]; i++) {
        const char *value = g_strstrip(values[i]);
        bool number = *value && value[strspn(value, "0123456789")] == '\0';
        g_autofree char *path = number ? g_strdup(value) : emit_path(&c->page, value);

        g_string_append_printf(args, ", %s", path);
    }
    emit_line(&c->page, c->page.line, "    %s(o%s);", name, args->str);
    g_string_free(args, TRUE);
}

/* --- blocks ----------------------------------------------------------------------------------------- */

static Block *push_block(Compiler *c, bool each)
{
    Block *block = g_new0(Block, 1);

    markup_directive(&c->page);
    block->each = each;
    block->line = c->page.line;
    block->number = ++c->n_each;
    block->start = markup_place(&c->page);
    c->page.depth_each += each;
    g_ptr_array_add(c->blocks, block);
    return block;
}

static void do_each(Compiler *c, const char *text)
{
    const char *in = strstr(text, " in ");

    if (!in)
        refuse(&c->page, "{{each}} is {{each x in a.list}}");
    g_autofree char *item = identifier(&c->page, text, (size_t)(in - text));
    g_autofree char *path = g_strstrip(g_strdup(in + 4));
    g_autofree char *list = emit_path(&c->page, path);
    const Block *block = push_block(c, true);
    int n = block->number, line = c->page.line;

    emit_line(&c->page, line, "    { __auto_type each_%d = html_ref(%s);", n, list);
    emit_line(&c->page, line,
              "    for (__typeof__(each_%d->n + 0) i_%d = 0; i_%d < each_%d->n; i_%d++) { "
              "__auto_type %s = html_ref(each_%d->v[i_%d]);",
              n, n, n, n, n, item, n, n);
}

static void do_if(Compiler *c, const char *text)
{
    g_autofree char *test = emit_test(&c->page, text);

    push_block(c, false);
    emit_line(&c->page, c->page.line, "    if (%s) {", test);
}

/* The innermost block, whose branch that ends here must leave the HTML as it found it. */
static Block *end_branch(Compiler *c, const char *what)
{
    if (!c->blocks->len)
        refuse(&c->page, "{{%s}} belongs to no {{if}} or {{each}}", what);
    Block *block = c->blocks->pdata[c->blocks->len - 1];

    markup_directive(&c->page);
    g_autoptr(Place) here = markup_place(&c->page);

    if (!markup_same(block->start, here))
        refuse(&c->page, "{{%s}} ends in another place of the HTML than it began at line %d",
               block->each ? "each" : "if", block->line);
    return block;
}

static void do_else(Compiler *c, const char *text)
{
    Block *block = end_branch(c, "else");
    bool more = g_str_has_prefix(text, "if ");

    if (block->has_else)
        refuse(&c->page, "a second {{else}} in the block of line %d", block->line);
    if (*text && (!more || block->each))
        refuse(&c->page, "{{else %s}} is unknown here", text);
    g_autofree char *test = more ? emit_test(&c->page, text + 3) : NULL;

    emit_chunk(&c->page);
    markup_return(&c->page, block->start);
    if (block->each) {
        emit_line(&c->page, c->page.line, "    } if (each_%d->n == 0) {", block->number);
        c->page.depth_each--;
    } else if (more) {
        emit_line(&c->page, c->page.line, "    } else if (%s) {", test);
    } else {
        emit_line(&c->page, c->page.line, "    } else {");
    }
    block->has_else = !more;
}

static void do_end(Compiler *c)
{
    Block *block = end_branch(c, "end");

    emit_line(&c->page, c->page.line, block->each ? "    } }" : "    }");
    markup_merge(&c->page, block->start);
    c->page.depth_each -= block->each && !block->has_else;
    g_ptr_array_set_size(c->blocks, (gint)c->blocks->len - 1);
}

/* --- the source ------------------------------------------------------------------------------------- */

static void do_value(Compiler *c, const char *source, const char *body)
{
    const char *attr = markup_value(&c->page, source, *c->rest);

    if (g_str_has_prefix(body, "_ ") || g_str_has_prefix(body, "n_ ")) {
        if (attr && rules_is_url(attr))
            refuse(&c->page, "%s= holds a Url or plain text, not a translation", attr);
        if (*body == '_')
            emit_message(&c->page, body + 2);
        else
            emit_plural(&c->page, body + 3);
        return;
    }
    if (strpbrk(body, " \t\n"))
        refuse(&c->page, "{{%s}} is unknown", body);
    emit_value(&c->page, body, attr);
}

static const char *after(const char *text, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(text, word, len) != 0 || (text[len] && !g_ascii_isspace(text[len])))
        return NULL;
    return text + len + strspn(text + len, " \t\n");
}

static void do_directive(Compiler *c, const char *source, const char *body)
{
    const char *rest;

    if (*body == '#')
        return;
    if ((rest = after(body, "include")))
        return do_include(c, rest);
    if ((rest = after(body, "page")))
        return do_page(c, rest);
    if (!c->in_page)
        refuse(&c->page, "{{%s}} stands before the first {{page}}", body);
    if ((rest = after(body, "render")))
        return do_render(c, rest);
    if (after(body, "content"))
        return do_content(c);
    if ((rest = after(body, "each")))
        return do_each(c, rest);
    if ((rest = after(body, "if")))
        return do_if(c, rest);
    if ((rest = after(body, "else")))
        return do_else(c, rest);
    if (after(body, "end"))
        return do_end(c);
    do_value(c, source, body);
}

static void do_literal(Compiler *c, const char *text, size_t len)
{
    if (c->in_page) {
        markup_feed(&c->page, text, len);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        if (!g_ascii_isspace(text[i]))
            refuse(&c->page, "text before the first {{page}}");
        c->page.line += text[i] == '\n';
    }
}

static void compile(Compiler *c, const char *source)
{
    for (const char *at = source; *at;) {
        const char *open = strstr(at, "{{");

        do_literal(c, at, open ? (size_t)(open - at) : strlen(at));
        if (!open)
            break;
        const char *close = strstr(open, "}}");

        if (!close)
            refuse(&c->page, "{{ without }}");
        c->rest = close + 2;
        g_autofree char *whole = g_strndup(open, (gsize)(c->rest - open));
        g_autofree char *body = g_strstrip(g_strndup(open + 2, (gsize)(close - open - 2)));

        do_directive(c, whole, body);
        for (const char *s = open; s < close; s++)
            c->page.line += *s == '\n';
        at = c->rest;
    }
    if (!c->name)
        refuse_at(&c->page, 1, "the file holds no {{page}}");
    end_page(c);
    rules_check_file(&c->page);
}

static bool holds_several(const char *source)
{
    const char *first = strstr(source, "{{page ");

    return first && strstr(first + 1, "{{page ");
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *source = NULL;
    gsize len = 0;
    Compiler c = { .page = { .file = argv[1], .line = 1 } };

    if (argc != 2) {
        fprintf(stderr, "usage: pagegen FILE.html > FILE.html.h\n");
        return 2;
    }
    if (!g_file_get_contents(argv[1], &source, &len, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    if (strlen(source) != len || !g_utf8_validate(source, (gssize)len, NULL))
        refuse(&c.page, "the file is not UTF-8");
    page_init(&c.page);
    c.blocks = g_ptr_array_new_with_free_func(block_free);
    c.includes = g_string_new(NULL);
    c.several = holds_several(source);
    compile(&c, source);
    printf("/* Made by pagegen from %s: change that file, not this one. */\n"
           "#pragma once\n#include \"html.h\"\n#include \"i18n.h\"\n%s\n%s",
           argv[1], c.includes->str, c.page.c->str);
    page_clear(&c.page);
    g_ptr_array_unref(c.blocks);
    g_string_free(c.includes, TRUE);
    g_free(c.name);
    g_free(c.params);
    return 0;
}
