/* emit.c - the C that a page becomes: literal markup, values, translated sentences, tests.
 *
 * #line before each statement that can be wrong points gcc, clang and xgettext back at the .html.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pagegen.h"
#include <stdarg.h>

char *emit_quote(const char *text)
{
    GString *c = g_string_new("\"");

    for (const char *s = text; *s; s++) {
        if (*s == '\n')
            g_string_append(c, "\\n");
        else if (*s == '\t')
            g_string_append(c, "\\t");
        else if (*s == '"' || *s == '\\')
            g_string_append_printf(c, "\\%c", *s);
        else if (*s != '\r')
            g_string_append_c(c, *s);
    }
    g_string_append_c(c, '"');
    return g_string_free(c, FALSE);
}

void emit_chunk(Page *page)
{
    if (!page->chunk->len)
        return;
    g_autofree char *quoted = emit_quote(page->chunk->str);

    g_string_append_printf(page->c, "    html_raw(o, %s, %zu);\n", quoted, page->chunk->len);
    page->c_line++;
    page->squeezed = 0;
    g_string_truncate(page->chunk, 0);
}

void emit_line(Page *page, int line, const char *format, ...)
{
    va_list args;

    emit_chunk(page);
    if (page->c_line != line) {
        g_autofree char *file = emit_quote(page->file);

        g_string_append_printf(page->c, "#line %d %s\n", line, file);
    }
    va_start(args, format);
    g_string_append_vprintf(page->c, format, args);
    va_end(args);
    g_string_append_c(page->c, '\n');
    page->c_line = line + 1;
}

char *emit_path(const Page *page, const char *path)
{
    g_auto(GStrv) names = g_strsplit(path, ".", -1);
    GString *c = g_string_new(NULL);

    for (size_t i = 0; names[i]; i++) {
        const char *s = names[i];

        if (!g_ascii_isalpha(*s) && *s != '_')
            refuse(page, "\"%s\" is no value: write name or name.field", path);
        while (g_ascii_isalnum(*s) || *s == '_')
            s++;
        if (*s)
            refuse(page, "\"%s\" is no value: write name or name.field", path);
        g_string_append_printf(c, "%s%s", i == 0 ? "" : i == 1 ? "->" : ".", names[i]);
    }
    if (!c->len)
        refuse(page, "a value is missing");
    return g_string_free(c, FALSE);
}

void emit_value(Page *page, const char *expression, const char *attr)
{
    g_autofree char *c = emit_path(page, expression);

    if (attr && rules_is_url(attr))
        emit_line(page, page->line, "    html_url(o, %s);", c);
    else
        emit_line(page, page->line, "    %s(o, %s);",
                  page->where == AT_TEXT ? "html_put" : "html_put_plain", c);
}

/* --- translated sentences ------------------------------------------------------------------------- */

/* Trimmed, with each run of whitespace as one space: a sentence may be broken over lines. */
static char *one_line(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *s = text; *s; s++) {
        if (!g_ascii_isspace(*s))
            g_string_append_c(out, *s);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    if (out->len && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

/* How many values a sentence takes. */
static guint places(const Page *page, const char *text)
{
    guint n = 0;

    for (const char *s = text; *s; s++) {
        if (*s != '%')
            continue;
        s++;
        if (*s == 's' || *s == 'd')
            n++;
        else if (*s != '%')
            refuse(page, "a sentence with values has only %%s, %%d and %%%%: \"%s\"", text);
    }
    return n;
}

static char *arguments(const Page *page, const char *list, guint *ret_n)
{
    g_auto(GStrv) paths = g_strsplit(list, ",", -1);
    GString *c = g_string_new(NULL);
    guint n = 0;

    for (; paths[n]; n++) {
        g_autofree char *value = emit_path(page, g_strstrip(paths[n]));

        g_string_append_printf(c, "%shtml_arg(%s)", n ? ", " : "", value);
    }
    *ret_n = n;
    return g_string_free(c, FALSE);
}

void emit_message(Page *page, const char *body)
{
    const char *bar = strchr(body, '|');
    g_autofree char *raw = bar ? g_strndup(body, (gsize)(bar - body)) : g_strdup(body);
    g_autofree char *text = one_line(raw);
    g_autofree char *quoted = emit_quote(text);
    guint n = 0;

    if (!*text)
        refuse(page, "{{_ }} has no text");
    if (!bar) {
        emit_line(page, page->line, "    html_text(o, %s_(%s));",
                  strchr(text, '%') ? "/* xgettext:no-c-format */ " : "", quoted);
        return;
    }
    g_autofree char *args = arguments(page, bar + 1, &n);

    if (places(page, text) != n)
        refuse(page, "\"%s\" has places for %u values and %u are given", text, places(page, text),
               n);
    emit_line(page, page->line,
              "    html_format(o, /* xgettext:c-format */ _(%s), %u, (HtmlArg[]){ %s });", quoted,
              n, args);
}

/* The text of `"..."` at *at, which then stands after it and a following bar. */
static char *quoted_part(const Page *page, const char **at)
{
    const char *s = *at + strspn(*at, " \t\n");
    const char *end = *s == '"' ? strchr(s + 1, '"') : NULL;

    if (!end)
        refuse(page, "a plural is {{n_ \"one\"|\"many\"|count}}");
    const char *next = end + 1 + strspn(end + 1, " \t\n");

    if (*next != '|')
        refuse(page, "a plural is {{n_ \"one\"|\"many\"|count}}");
    *at = next + 1;
    g_autofree char *raw = g_strndup(s + 1, (gsize)(end - s - 1));

    return one_line(raw);
}

void emit_plural(Page *page, const char *body)
{
    const char *at = body;
    g_autofree char *one = quoted_part(page, &at);
    g_autofree char *many = quoted_part(page, &at);
    g_autofree char *one_c = emit_quote(one);
    g_autofree char *many_c = emit_quote(many);
    guint n = 0;
    g_autofree char *args = arguments(page, at, &n);
    g_autofree char *first = g_strndup(at, strcspn(at, ","));
    g_autofree char *count = emit_path(page, g_strstrip(first));

    if (places(page, many) > n || places(page, one) > n)
        refuse(page, "\"%s\" has more places than values", many);
    emit_line(
        page, page->line,
        "    html_format(o, /* xgettext:c-format */ ngettext(%s, %s, %s), %u, (HtmlArg[]){ %s });",
        one_c, many_c, count, n, args);
}

/* --- tests ----------------------------------------------------------------------------------------- */

/* An enum constant or a whole number. */
static void check_constant(const Page *page, const char *text)
{
    const char *s = text + (*text == '-');

    if (!*s)
        refuse(page, "a constant is missing after ==");
    for (; *s; s++)
        if (!g_ascii_isalnum(*s) && *s != '_')
            refuse(page, "\"%s\" is no constant: a number or an enum's name", text);
}

static char *one_test(const Page *page, const char *test)
{
    const char *equals = strstr(test, "=="), *is = strstr(test, " is ");
    const char *middle = is ? is : equals;
    g_autofree char *left = middle ? g_strndup(test, (gsize)(middle - test)) : g_strdup(test);
    g_autofree char *value = emit_path(page, g_strstrip(left));

    if (!middle)
        return g_strdup_printf("html_true(%s)", value);
    g_autofree char *right = g_strstrip(g_strdup(middle + (is ? 4 : 2)));
    size_t len = strlen(right);

    if (!is) {
        check_constant(page, right);
        return g_strdup_printf("%s == %s", value, right);
    }
    if (len < 2 || right[0] != '"' || strchr(right + 1, '"') != right + len - 1)
        refuse(page, "after \"is\" stands a text in double quotes");
    right[len - 1] = '\0';
    g_autofree char *text = emit_quote(right + 1);

    return g_strdup_printf("html_is(%s, %s)", value, text);
}

char *emit_test(const Page *page, const char *test)
{
    g_autofree char *text = g_strstrip(g_strdup(test));

    if (!g_str_has_prefix(text, "not "))
        return one_test(page, text);
    g_autofree char *positive = one_test(page, text + 4);

    return g_strdup_printf("!(%s)", positive);
}
