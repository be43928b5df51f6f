/* testing-skjema.c - forms as a browser sees them. Reads our own markup, not any: double quotes, no
 * markup within a field.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-skjema.h"

static char *decoded(const char *text)
{
    g_autoptr(GString) all = g_string_new(text);

    g_string_replace(all, "&lt;", "<", 0);
    g_string_replace(all, "&gt;", ">", 0);
    g_string_replace(all, "&quot;", "\"", 0);
    g_string_replace(all, "&#39;", "'", 0);
    g_string_replace(all, "&amp;", "&", 0);
    return g_string_free(g_steal_pointer(&all), FALSE);
}

/* The value of an attribute of a tag; NULL when it has none. g_free it. */
static char *attribute(const char *tag, const char *name)
{
    g_autofree char *start = g_strdup_printf(" %s=\"", name);
    const char *end = strchr(tag, '>'), *at = strstr(tag, start);

    if (!at || at > end)
        return NULL;
    at += strlen(start);
    g_autofree char *raw = g_strndup(at, strcspn(at, "\""));
    return decoded(raw);
}

static bool has_word(const char *tag, const char *word)
{
    g_autofree char *all = g_strndup(tag, strcspn(tag, ">")),
                    *spaced = g_strconcat(" ", word, NULL);

    return strstr(all, spaced) != NULL;
}

static void put(PageForm *form, const char *name, const char *value)
{
    g_ptr_array_add(form->names, g_strdup(name));
    g_ptr_array_add(form->values, g_strdup(value));
}

static void read_input(PageForm *form, const char *tag)
{
    g_autofree char *name = attribute(tag, "name"), *value = attribute(tag, "value"),
                    *type = attribute(tag, "type");
    bool tick = !g_strcmp0(type, "checkbox") || !g_strcmp0(type, "radio");

    if (name && g_strcmp0(type, "file") && (!tick || has_word(tag, "checked")))
        put(form, name, value ? value : "");
}

static void read_textarea(PageForm *form, const char *tag)
{
    g_autofree char *name = attribute(tag, "name");
    const char *text = strchr(tag, '>') + 1;

    text += *text == '\n';
    g_autofree char *raw = g_strndup(text, (size_t)(strstr(text, "</textarea>") - text));
    g_autofree char *value = decoded(raw);
    put(form, name, value);
}

static void read_select(PageForm *form, const char *tag)
{
    g_autofree char *name = attribute(tag, "name"), *chosen = NULL;
    const char *end = strstr(tag, "</select>");

    for (const char *o = strstr(tag, "<option"); o && o < end; o = strstr(o + 1, "<option"))
        if (!chosen || has_word(o, "selected")) {
            g_free(chosen);
            chosen = attribute(o, "value");
        }
    put(form, name, chosen ? chosen : "");
}

static PageForm *read_form(const char *from, const char *to)
{
    PageForm *form = g_new0(PageForm, 1);

    form->action = attribute(from, "action");
    form->names = g_ptr_array_new_with_free_func(g_free);
    form->values = g_ptr_array_new_with_free_func(g_free);
    for (const char *p = strchr(from + 1, '<'); p && p < to; p = strchr(p + 1, '<')) {
        if (g_str_has_prefix(p, "<input"))
            read_input(form, p);
        else if (g_str_has_prefix(p, "<textarea"))
            read_textarea(form, p);
        else if (g_str_has_prefix(p, "<select"))
            read_select(form, p);
    }
    return form;
}

static bool is_named(const char *from, const char *to, const char *field)
{
    g_autofree char *html = g_strndup(from, (size_t)(to - from));
    g_autofree char *name = g_strdup_printf("name=\"%s\"", field);

    return strstr(html, name) != NULL;
}

PageForm *page_form(const Reply *page, const char *action, const char *field)
{
    for (const char *p = strstr(page->body, "<form"); p; p = strstr(p + 1, "<form")) {
        const char *end = strstr(p, "</form>");
        g_autofree char *to = attribute(p, "action");

        if (to)
            to[strcspn(to, "?")] = '\0';
        if (to && end && g_str_has_suffix(to, action) && (!field || is_named(p, end, field)))
            return read_form(p, end);
    }
    g_error("no form to %s with %s in: %.9000s", action, field ? field : "anything", page->body);
}

void page_form_free(PageForm *form)
{
    if (!form)
        return;
    g_free(form->action);
    g_ptr_array_unref(form->names);
    g_ptr_array_unref(form->values);
    g_free(form);
}

const char *page_form_value(const PageForm *form, const char *name)
{
    for (guint i = 0; i < form->names->len; i++)
        if (!strcmp(form->names->pdata[i], name))
            return form->values->pdata[i];
    return NULL;
}

void page_form_set(PageForm *form, const char *name, const char *value)
{
    for (guint i = form->names->len; i-- > 0;)
        if (!strcmp(form->names->pdata[i], name)) {
            g_ptr_array_remove_index(form->names, i);
            g_ptr_array_remove_index(form->values, i);
        }
    if (value)
        put(form, name, value);
}

Reply *page_form_send(TestApp *app, const PageForm *form)
{
    g_autoptr(GString) body = g_string_new(NULL);

    for (guint i = 0; i < form->names->len; i++) {
        g_autofree char *value = g_uri_escape_string(form->values->pdata[i], NULL, FALSE);

        if (strcmp(form->names->pdata[i], "csrf") != 0)
            g_string_append_printf(body, "%s%s=%s", body->len ? "&" : "",
                                   (const char *)form->names->pdata[i], value);
    }
    return test_post(app, form->action, body->str);
}
