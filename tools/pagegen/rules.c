/* rules.c - what HTML says about elements, and what this program asks of every page beyond that.
 *
 * Sources: HTML Standard, "Optional tags" (13.1.2.4) and "Void elements"; WCAG 2.1 success criteria
 * 1.1.1 (alt), 1.3.1 and 4.1.2 (captions, labels), 4.1.1 (unique ids); our own Content-Security-Policy,
 * which allows no inline script or style.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pagegen.h"

static bool in_list(const char *word, const char *list)
{
    size_t len = strlen(word);

    for (const char *at = list; (at = strstr(at, word)); at += len)
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

bool rules_void(const char *element)
{
    return in_list(element, "area base br col embed hr img input link meta source track wbr");
}

bool rules_end_optional(const char *element)
{
    return in_list(element,
                   "li p td th tr dt dd option optgroup thead tbody tfoot colgroup body html head");
}

bool rules_closes(const char *opened, const char *open)
{
    static const struct {
        const char *opened, *open;
    } ends[] = {
        { "li", "li p" },
        { "dt dd", "dt dd p" },
        { "option", "option" },
        { "optgroup", "option optgroup" },
        { "td th", "td th p" },
        { "tr", "td th tr p colgroup" },
        { "thead tbody tfoot", "td th tr thead tbody p colgroup" },
        { "body", "head" },
        { "address article aside blockquote details dialog div dl fieldset figcaption figure "
          "footer form "
          "h1 h2 h3 h4 h5 h6 header hr main nav ol p pre search section table ul",
          "p" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (in_list(opened, ends[i].opened) && in_list(open, ends[i].open))
            return true;
    return false;
}

bool rules_is_url(const char *attribute)
{
    return in_list(attribute,
                   "href src action formaction poster cite data srcset ping background manifest "
                   "longdesc xlink:href");
}

const Attr *rules_attr(const Tag *tag, const char *name)
{
    for (guint i = 0; i < tag->attrs->len; i++)
        if (strcmp(((Attr *)tag->attrs->pdata[i])->name, name) == 0)
            return tag->attrs->pdata[i];
    return NULL;
}

bool rules_is_foreign(const Page *page)
{
    for (guint i = 0; i < page->open->len; i++)
        if (in_list(((Element *)page->open->pdata[i])->name, "svg math"))
            return true;
    return in_list(page->tag.name, "svg math");
}

/* Letters that a person reads: not those of {{...}} and not those of &nbsp;. */
static bool has_letters(const char *text)
{
    for (const char *s = text; *s;) {
        const char *end = g_str_has_prefix(s, "{{") ? strstr(s, "}}")
                          : *s == '&'               ? strchr(s, ';')
                                                    : NULL;

        if (end) {
            s = end + (*s == '&' ? 1 : 2);
            continue;
        }
        gunichar c = g_utf8_get_char_validated(s, -1);

        if (c >= 0x110000 || g_unichar_isalpha(c)) /* not UTF-8: refused as text, too */
            return true;
        s = g_utf8_next_char(s);
    }
    return false;
}

/* --- attributes ----------------------------------------------------------------------------------- */

static void check_url(Page *page, const Attr *attr)
{
    const char *text = attr->value ? attr->value : "";
    size_t scheme = strcspn(text, "/?#:&");

    if (attr->pieces)
        return; /* a Url: the C compiler sees to it */
    for (const char *s = text; *s; s++)
        if ((unsigned char)*s <= ' ')
            refuse(page, "%s= holds a space or a control character", attr->name);
    if (text[scheme] == '&')
        refuse(page, "%s= hides its scheme behind '&'", attr->name);
    if (text[scheme] != ':')
        return;
    g_autofree char *name = g_ascii_strdown(text, (gssize)scheme);

    if (!*name || !in_list(name, "http https mailto tel"))
        refuse(page, "%s= may not begin with %s:", attr->name, name);
}

void rules_check_attr(Page *page, const Attr *attr)
{
    if (g_str_has_prefix(attr->name, "on"))
        refuse(page, "%s= is script in a page: use a file under static/", attr->name);
    if (strcmp(attr->name, "style") == 0)
        refuse(page, "style= is refused by our Content-Security-Policy: use a class");
    if (strcmp(attr->name, "srcdoc") == 0)
        refuse(page, "srcdoc= is a page in a page");
    if (rules_is_url(attr->name))
        check_url(page, attr);
    if (strcmp(attr->name, "id") != 0 || !attr->value || attr->pieces)
        return;
    if (page->depth_each)
        refuse(page, "id=\"%s\" stands in {{each}} and would not be unique", attr->value);
    if (!g_hash_table_add(page->ids, g_strdup(attr->value)))
        refuse(page, "id=\"%s\" stands twice in this file", attr->value);
}

/* --- tags ------------------------------------------------------------------------------------------ */

static void check_read_aloud(Page *page)
{
    static const char *const names[] = {
        "alt",         "title", "aria-label",          "aria-description",
        "placeholder", "label", "aria-roledescription"
    };
    const Tag *tag = &page->tag;
    const Attr *translate = rules_attr(tag, "translate");

    if (translate && translate->value && strcmp(translate->value, "no") == 0)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const Attr *attr = rules_attr(tag, names[i]);

        if (attr && attr->value && has_letters(attr->value))
            refuse_at(page, tag->line, "%s=\"%s\" is not translated: write {{_ %s}}", attr->name,
                      attr->value, attr->value);
    }
}

static void check_control(Page *page)
{
    const Attr *type = rules_attr(&page->tag, "type"), *id = rules_attr(&page->tag, "id");
    const Attr *value = rules_attr(&page->tag, "value");
    bool input = strcmp(page->tag.name, "input") == 0 && type && type->value;

    if (input && in_list(type->value, "submit button reset") && value && value->value &&
        has_letters(value->value))
        refuse_at(page, page->tag.line, "value=\"%s\" is not translated: write {{_ %s}}",
                  value->value, value->value);
    if (input && in_list(type->value, "hidden submit button reset image"))
        return;
    if (rules_attr(&page->tag, "aria-label") || rules_attr(&page->tag, "aria-labelledby"))
        return;
    for (guint i = 0; i < page->open->len; i++)
        if (strcmp(((Element *)page->open->pdata[i])->name, "label") == 0)
            return;
    if (!id || !id->value)
        refuse_at(page, page->tag.line,
                  "<%s> has no label: give it an id and a <label for>, or aria-label",
                  page->tag.name);
    Control *control = g_new0(Control, 1);

    control->id = g_strdup(id->value);
    control->element = g_strdup(page->tag.name);
    control->line = page->tag.line;
    g_ptr_array_add(page->controls, control);
}

static void check_script(Page *page)
{
    const Attr *src = rules_attr(&page->tag, "src");

    if (!src || !src->value)
        refuse_at(page, page->tag.line, "no script inside a page: use <script src=\"...\">");
    if (!src->pieces && !g_str_has_prefix(src->value, "/static/"))
        refuse_at(page, page->tag.line, "a script comes from /static/ or a Url");
}

static void check_meta(Page *page)
{
    const Attr *equiv = rules_attr(&page->tag, "http-equiv");

    if (equiv)
        refuse_at(page, page->tag.line, "http-equiv is the server's: send a header");
}

void rules_check_tag(Page *page)
{
    const Tag *tag = &page->tag;
    const char *name = tag->name;

    check_read_aloud(page);
    if (in_list(name, "style iframe object embed base frame frameset applet"))
        refuse_at(page, tag->line, "<%s> has no place in a page", name);
    if (strcmp(name, "img") == 0 && !rules_attr(tag, "alt"))
        refuse_at(page, tag->line,
                  "<img> without alt: say what it shows, or alt=\"\" for decoration");
    if (in_list(name, "input select textarea"))
        check_control(page);
    if (strcmp(name, "script") == 0)
        check_script(page);
    if (strcmp(name, "meta") == 0)
        check_meta(page);
    if (strcmp(name, "caption") == 0)
        for (guint i = page->open->len; i-- > 0;) {
            Element *element = page->open->pdata[i];

            if (strcmp(element->name, "table") == 0) {
                element->labelled = true;
                break;
            }
        }
    const Attr *target = rules_attr(tag, "for");

    if (strcmp(name, "label") == 0 && target && target->value)
        g_hash_table_add(page->labels, g_strdup(target->value));
}

void rules_check_end(Page *page, const Element *element)
{
    if (strcmp(element->name, "table") == 0 && !element->labelled)
        refuse_at(page, element->line, "<table> has neither <caption> nor aria-label");
}

void rules_check_human(Page *page)
{
    const Element *inside = page->open->len ? page->open->pdata[page->open->len - 1] : NULL;

    if (!(inside && inside->literal) && has_letters(page->human->str)) {
        g_strchomp(page->human->str);
        refuse_at(page, page->human_line,
                  "\"%s\" is not translated: write {{_ %s}}, or translate=\"no\" around a name",
                  page->human->str, page->human->str);
    }
    g_string_truncate(page->human, 0);
}

void rules_check_file(Page *page)
{
    for (guint i = 0; i < page->controls->len; i++) {
        const Control *control = page->controls->pdata[i];

        if (!g_hash_table_contains(page->labels, control->id))
            refuse_at(page, control->line, "<%s id=\"%s\"> has no <label for=\"%s\"> in this file",
                      control->element, control->id, control->id);
    }
}
