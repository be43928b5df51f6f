/* markup.c - follows the HTML of a page, so that every {{...}} is known by where it stands.
 *
 * One byte after the other moves between the places of `Where`; a stack of open elements says
 * whether the tags nest. Literal markup is copied to the page's chunk with its indentation squeezed
 * and its comments left out. What this reader does not know surely, it refuses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pagegen.h"

static Attr *last_attr(const Page *page)
{
    return page->tag.attrs->pdata[page->tag.attrs->len - 1];
}

static Element *innermost(const Page *page)
{
    return page->open->len ? page->open->pdata[page->open->len - 1] : NULL;
}

static bool keeps_space(const Page *page)
{
    if (page->where == AT_RCDATA)
        return g_ascii_strcasecmp(page->tag.name, "textarea") == 0;
    for (guint i = 0; page->where == AT_TEXT && i < page->open->len; i++)
        if (strcmp(((Element *)page->open->pdata[i])->name, "pre") == 0)
            return true;
    return page->where != AT_TEXT && page->where != AT_TAG;
}

/* A run of whitespace becomes one newline when it holds one, else one space. */
static void put(Page *page, char c)
{
    GString *chunk = page->chunk;

    if (!g_ascii_isspace(c) || keeps_space(page)) {
        g_string_append_c(chunk, c);
        page->squeezed = 0;
        return;
    }
    char want = c == '\n' && page->where == AT_TEXT ? '\n' : ' ';

    if (!page->squeezed)
        g_string_append_c(chunk, want);
    else if (want == '\n' && page->squeezed == ' ' && chunk->len)
        chunk->str[chunk->len - 1] = '\n';
    else
        return;
    page->squeezed = want;
}

/* --- elements ----------------------------------------------------------------------------------- */

static void close_innermost(Page *page)
{
    rules_check_end(page, innermost(page));
    g_ptr_array_set_size(page->open, (gint)page->open->len - 1);
}

static void open_element(Page *page)
{
    const char *name = page->tag.name;

    while (page->open->len && rules_closes(name, innermost(page)->name))
        close_innermost(page);
    rules_check_tag(page);
    if (rules_void(name))
        return;
    if (page->tag.self_closed && rules_is_foreign(page))
        return;
    if (page->tag.self_closed)
        refuse_at(page, page->tag.line, "<%s/> is not closed in HTML: write </%s>", name, name);
    const Attr *translate = rules_attr(&page->tag, "translate");
    const Element *outer = innermost(page);
    Element *element = g_new0(Element, 1);

    element->name = g_strdup(name);
    element->line = page->tag.line;
    element->labelled =
        rules_attr(&page->tag, "aria-label") || rules_attr(&page->tag, "aria-labelledby");
    element->literal = (outer && outer->literal) || strcmp(name, "code") == 0 ||
                       (translate && translate->value && strcmp(translate->value, "no") == 0);
    g_ptr_array_add(page->elements, element);
    g_ptr_array_add(page->open, element);
}

static void close_element(Page *page)
{
    const char *name = page->tag.name;

    if (page->tag.attrs->len || page->tag.self_closed)
        refuse_at(page, page->tag.line, "an end tag holds nothing but its name: </%s>", name);
    while (page->open->len && strcmp(innermost(page)->name, name) != 0 &&
           rules_end_optional(innermost(page)->name))
        close_innermost(page);
    if (!page->open->len)
        refuse_at(page, page->tag.line, "</%s> ends nothing that is open here", name);
    if (strcmp(innermost(page)->name, name) != 0)
        refuse_at(page, page->tag.line, "</%s> stands where </%s> must: <%s> of line %d is open",
                  name, innermost(page)->name, innermost(page)->name, innermost(page)->line);
    close_innermost(page);
}

static void end_tag(Page *page)
{
    const char *name = page->tag.name;

    if (page->tag.closing) {
        close_element(page);
        page->where = AT_TEXT;
        return;
    }
    open_element(page);
    page->where = AT_TEXT;
    if (strcmp(name, "script") == 0)
        page->where = AT_RAW;
    if (strcmp(name, "title") == 0 || strcmp(name, "textarea") == 0)
        page->where = AT_RCDATA;
}

static void begin_tag(Page *page, bool closing)
{
    rules_check_human(page);
    g_clear_pointer(&page->tag.name, g_free);
    g_ptr_array_set_size(page->tag.attrs, 0);
    page->tag.closing = closing;
    page->tag.self_closed = false;
    page->tag.line = page->line;
    page->glued = false;
    g_string_truncate(page->word, 0);
    page->where = AT_OPENING;
}

static void end_tag_name(Page *page)
{
    page->tag.name = g_ascii_strdown(page->word->str, (gssize)page->word->len);
    page->where = AT_TAG;
}

static void end_attr_name(Page *page, Where next)
{
    Attr *attr = g_new0(Attr, 1);

    attr->name = g_ascii_strdown(page->word->str, (gssize)page->word->len);
    for (guint i = 0; i < page->tag.attrs->len; i++) {
        const Attr *other = page->tag.attrs->pdata[i];

        if (!other->elsewhere && strcmp(other->name, attr->name) == 0)
            refuse(page, "%s= stands twice in <%s>", attr->name, page->tag.name);
    }
    g_ptr_array_add(page->tag.attrs, attr);
    g_string_truncate(page->word, 0);
    page->where = next;
    if (next == AT_TAG)
        rules_check_attr(page, attr);
}

static void end_value(Page *page)
{
    Attr *attr = last_attr(page);

    attr->value = g_strdup(page->word->str);
    page->where = AT_TAG;
    rules_check_attr(page, attr);
}

/* --- one byte in each place; each returns how many bytes it used -------------------------------- */

static bool starts(const char *text, size_t len, const char *with)
{
    return len >= strlen(with) && g_ascii_strncasecmp(text, with, strlen(with)) == 0;
}

static void add_human(Page *page, char c)
{
    if (!page->human->len && g_ascii_isspace(c))
        return;
    if (!page->human->len)
        page->human_line = page->line;
    g_string_append_c(page->human, c);
}

static size_t feed_text(Page *page, const char *text, size_t len)
{
    if (*text != '<') {
        add_human(page, *text);
        put(page, *text);
        return 1;
    }
    if (starts(text, len, "<!--")) {
        rules_check_human(page);
        page->where = AT_COMMENT;
        return 4;
    }
    if (starts(text, len, "<!doctype html>")) {
        g_string_append(page->chunk, "<!doctype html>");
        page->squeezed = 0;
        return strlen("<!doctype html>");
    }
    bool closing = len > 1 && text[1] == '/';

    if (len < (closing ? 3 : 2) || !g_ascii_isalpha(text[closing ? 2 : 1]))
        refuse(page, "a lone '<' is no markup: write &lt;");
    begin_tag(page, closing);
    g_string_append(page->chunk, closing ? "</" : "<");
    page->squeezed = 0;
    return closing ? 2 : 1;
}

/* <title>, <textarea> and <script> end only at their own end tag. */
static size_t feed_until_end(Page *page, const char *text, size_t len)
{
    g_autofree char *end = g_strconcat("</", page->tag.name, NULL);

    if (starts(text, len, end)) {
        begin_tag(page, true);
        g_string_append(page->chunk, "</");
        return 2;
    }
    if (page->where == AT_RAW && !g_ascii_isspace(*text))
        refuse(page, "no script inside a page: use <script src=\"...\">");
    if (page->where == AT_RCDATA)
        add_human(page, *text);
    if (page->where == AT_RCDATA)
        put(page, *text);
    return 1;
}

static size_t feed_comment(Page *page, const char *text, size_t len)
{
    if (!starts(text, len, "-->"))
        return 1;
    page->where = AT_TEXT;
    return 3;
}

static size_t feed_opening(Page *page, char c)
{
    if (g_ascii_isalnum(c) || c == '-' || c == ':') {
        g_string_append_c(page->word, c);
        put(page, c);
        return 1;
    }
    if (!g_ascii_isspace(c) && c != '>' && c != '/')
        refuse(page, "'%c' cannot stand in the name of an element", c);
    end_tag_name(page);
    return 0;
}

static size_t feed_tag(Page *page, const char *text, size_t len)
{
    char c = *text;

    if (page->glued && !g_ascii_isspace(c) && c != '>' && c != '/')
        refuse(page, "a space is missing before '%c' in <%s>", c, page->tag.name);
    page->glued = false;
    if (g_ascii_isspace(c)) {
        put(page, c);
        return 1;
    }
    if (c == '>' || starts(text, len, "/>")) {
        page->tag.self_closed = c == '/';
        g_string_append(page->chunk, c == '/' ? "/>" : ">");
        page->squeezed = 0;
        end_tag(page);
        return c == '/' ? 2 : 1;
    }
    if (strchr("\"'<=/`&", c))
        refuse(page, "'%c' cannot stand here in <%s>: write name=\"value\"", c, page->tag.name);
    g_string_truncate(page->word, 0);
    page->where = AT_NAME;
    return 0;
}

static size_t feed_name(Page *page, char c)
{
    if (g_ascii_isspace(c) || c == '>' || c == '/') {
        end_attr_name(page, AT_TAG);
        return 0;
    }
    if (strchr("\"'<&`", c))
        refuse(page, "'%c' cannot stand in the name of an attribute", c);
    if (c != '=')
        g_string_append_c(page->word, c);
    put(page, c);
    if (c == '=')
        end_attr_name(page, AT_EQUALS);
    return 1;
}

static size_t feed_equals(Page *page, char c)
{
    if (g_ascii_isspace(c) || c == '>')
        refuse(page, "%s= has no value: write %s=\"...\"", last_attr(page)->name,
               last_attr(page)->name);
    page->where = c == '"' ? AT_VALUE : c == '\'' ? AT_SINGLE : AT_BARE;
    if (page->where == AT_BARE)
        return 0;
    put(page, c);
    return 1;
}

static size_t feed_value(Page *page, char c)
{
    if (page->where == AT_BARE && (g_ascii_isspace(c) || c == '>')) {
        end_value(page);
        return 0;
    }
    if (page->where == AT_BARE && strchr("\"'<=`", c))
        refuse(page, "'%c' cannot stand in a value without quotes", c);
    put(page, c);
    if (c == (page->where == AT_VALUE ? '"' : page->where == AT_SINGLE ? '\'' : 0)) {
        end_value(page);
        page->glued = true;
        return 1;
    }
    g_string_append_c(page->word, c);
    return 1;
}

static size_t feed_one(Page *page, const char *text, size_t len)
{
    switch (page->where) {
    case AT_TEXT:
        return feed_text(page, text, len);
    case AT_RCDATA:
    case AT_RAW:
        return feed_until_end(page, text, len);
    case AT_COMMENT:
        return feed_comment(page, text, len);
    case AT_OPENING:
        return feed_opening(page, *text);
    case AT_TAG:
        return feed_tag(page, text, len);
    case AT_NAME:
        return feed_name(page, *text);
    case AT_EQUALS:
        return feed_equals(page, *text);
    case AT_VALUE:
    case AT_SINGLE:
    case AT_BARE:
        return feed_value(page, *text);
    }
    g_assert_not_reached();
}

void markup_feed(Page *page, const char *text, size_t len)
{
    while (len > 0) {
        size_t used = feed_one(page, text, len);

        for (size_t i = 0; i < used; i++)
            page->line += text[i] == '\n';
        text += used;
        len -= used;
    }
}

/* --- directives ---------------------------------------------------------------------------------- */

/* A browser drops a newline that comes first in <textarea> and <pre>: let it be ours, not the value's. */
static void guard_newline(Page *page)
{
    const GString *chunk = page->chunk;
    const Element *in = innermost(page);

    if (in && (strcmp(in->name, "textarea") == 0 || strcmp(in->name, "pre") == 0) &&
        !page->tag.closing && strcmp(page->tag.name, in->name) == 0 && chunk->len &&
        chunk->str[chunk->len - 1] == '>')
        g_string_append_c(page->chunk, '\n');
}

const char *markup_value(Page *page, const char *source, char next)
{
    if (page->where == AT_TEXT || page->where == AT_RCDATA) {
        rules_check_human(page);
        guard_newline(page);
        return NULL;
    }
    if (page->where == AT_SINGLE || page->where == AT_BARE || page->where == AT_EQUALS)
        refuse(page, "put double quotes around the value of %s=", last_attr(page)->name);
    if (page->where == AT_COMMENT)
        refuse(page, "nothing can be written in a comment");
    if (page->where != AT_VALUE)
        refuse(page, "a value can stand only in text and between double quotes, not in %s",
               page->where == AT_RAW ? "a script" : "the tag itself");
    Attr *attr = last_attr(page);

    if (rules_is_url(attr->name) && (page->word->len || next != '"'))
        refuse(page, "%s= holds one whole Url or plain text, not a mixture", attr->name);
    if (strcmp(attr->name, "style") == 0)
        refuse(page, "style= cannot be written by a page: use a class");
    attr->pieces++;
    g_string_append(page->word, source);
    return attr->name;
}

void markup_directive(Page *page)
{
    if (page->where == AT_OPENING && page->word->len)
        end_tag_name(page);
    if (page->where == AT_NAME)
        end_attr_name(page, AT_TAG);
    switch (page->where) {
    case AT_TEXT:
    case AT_RCDATA:
        rules_check_human(page);
        return;
    case AT_TAG:
        page->glued = !page->squeezed;
        return;
    case AT_VALUE:
        if (rules_is_url(last_attr(page)->name))
            refuse(page, "%s= holds one whole Url or plain text, not a mixture",
                   last_attr(page)->name);
        return;
    default:
        refuse(page, "no block can stand here: put double quotes around values");
    }
}

/* --- pages ---------------------------------------------------------------------------------------- */

void markup_start(Page *page)
{
    page->where = AT_TEXT;
    page->squeezed = '\n'; /* what stands before the first markup is not written */
}

void markup_stop(Page *page)
{
    static const char *const place[] = {
        [AT_TEXT] = "",          [AT_RCDATA] = "the text", [AT_RAW] = "the script",
        [AT_COMMENT] = "",       [AT_OPENING] = "the tag", [AT_TAG] = "the tag",
        [AT_NAME] = "the tag",   [AT_EQUALS] = "the tag",  [AT_VALUE] = "a value",
        [AT_SINGLE] = "a value", [AT_BARE] = "a value",
    };

    if (page->where == AT_COMMENT)
        refuse(page, "the page ends inside a comment");
    if (page->where != AT_TEXT)
        refuse_at(page, page->tag.line, "the page ends inside %s of <%s>", place[page->where],
                  page->tag.name ? page->tag.name : "");
    rules_check_human(page);
    while (page->open->len && rules_end_optional(innermost(page)->name))
        close_innermost(page);
    if (page->open->len)
        refuse_at(page, innermost(page)->line, "<%s> is never ended", innermost(page)->name);
    while (page->chunk->len && g_ascii_isspace(page->chunk->str[page->chunk->len - 1]))
        g_string_truncate(page->chunk, page->chunk->len - 1);
}
