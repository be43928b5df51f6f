/* px-statements.c - the keywords of a PX file, one by one.
 *
 * The format knows no escapes: a text ends at the next quote, may hold line ends, and goes on in the
 * next quotes when nothing but blanks stands between. Keywords nobody knows are kept and do no harm;
 * those that are known must have the kind of value they are defined with, because a file that breaks
 * that is damaged or no PX file at all.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "i18n.h"
#include "px-inside.h"

#define MAX_STATEMENTS 200000

typedef enum { ONE_TEXT, TEXTS, NUMBER, YES_NO } Kind;

static const struct {
    const char *keyword;
    Kind kind;
} kinds[] = {
    { "AGGREGALLOWED", YES_NO },   { "AUTOPEN", YES_NO },        { "AXIS-VERSION", ONE_TEXT },
    { "CHARSET", ONE_TEXT },       { "CODEPAGE", ONE_TEXT },     { "CODES", TEXTS },
    { "CONTENTS", ONE_TEXT },      { "CONTVARIABLE", ONE_TEXT }, { "COPYRIGHT", YES_NO },
    { "CREATION-DATE", ONE_TEXT }, { "DAYADJ", YES_NO },         { "DECIMALS", NUMBER },
    { "DESCRIPTION", ONE_TEXT },   { "HEADING", TEXTS },         { "LANGUAGE", ONE_TEXT },
    { "LANGUAGES", TEXTS },        { "LAST-UPDATED", ONE_TEXT }, { "MATRIX", ONE_TEXT },
    { "PRECISION", NUMBER },       { "PRESTEXT", NUMBER },       { "SEASADJ", YES_NO },
    { "SHOWDECIMALS", NUMBER },    { "SOURCE", ONE_TEXT },       { "STUB", TEXTS },
    { "SUBJECT-AREA", ONE_TEXT },  { "SUBJECT-CODE", ONE_TEXT }, { "TABLEID", ONE_TEXT },
    { "TITLE", ONE_TEXT },         { "UNITS", ONE_TEXT },        { "VALUES", TEXTS },
    { "VARIABLECODE", ONE_TEXT },
};

void px_step(PxReading *px)
{
    if (*px->at == '\n') {
        px->place.line++;
        px->place.column = 0;
    }
    px->at = g_utf8_next_char(px->at);
    px->place.column++;
}

void px_blanks(PxReading *px)
{
    while (px->at < px->end && g_ascii_isspace(*px->at))
        px_step(px);
}

static bool fail(PxReading *px, const char *what)
{
    return cube_fail(px->r, px->place, "PX_SYNTAX",
                     _("%s Is the file whole, and is it a PX file? Fetch it again."), what);
}

static bool take(PxReading *px, char c)
{
    if (*px->at != c)
        return false;
    px_step(px);
    return true;
}

static bool one_quoted(PxReading *px, GString *out)
{
    CubePlace began = px->place;
    const char *from;

    px_step(px);
    for (from = px->at; px->at < px->end && *px->at != '"';)
        px_step(px);
    if (px->at >= px->end)
        return cube_fail(px->r, began, "PX_SYNTAX",
                         _("A text begins here and never ends: a quotation mark is missing."));
    g_string_append_len(out, from, px->at - from);
    px_step(px);
    return true;
}

bool px_quoted(PxReading *px, const char **ret)
{
    g_autoptr(GString) out = g_string_new(NULL);

    do {
        if (!one_quoted(px, out))
            return false;
        px_blanks(px);
    } while (*px->at == '"');
    *ret = arena_dup(px->r->arena, out->str);
    return true;
}

/* --- the left side --- */

static bool read_keyword(PxReading *px, PxStatement *s)
{
    const char *from = px->at;

    s->place = px->place;
    while (g_ascii_isupper(*px->at) ||
           (px->at > from && (g_ascii_isdigit(*px->at) || *px->at == '-' || *px->at == '_')))
        px_step(px);
    if (px->at == from)
        return fail(px, _("A keyword in capitals should begin here."));
    s->keyword = arena_ndup(px->r->arena, from, (size_t)(px->at - from));
    return true;
}

static bool read_language(PxReading *px, PxStatement *s)
{
    const char *from;

    if (!take(px, '['))
        return true;
    bool quoted = take(px, '"');

    for (from = px->at; g_ascii_isalnum(*px->at) || *px->at == '-' || *px->at == '_';)
        px_step(px);
    s->language = arena_ndup(px->r->arena, from, (size_t)(px->at - from));
    if (!*s->language || (quoted && !take(px, '"')) || !take(px, ']'))
        return fail(px, _("A language in brackets, as in [en], is not finished here."));
    return true;
}

static const char **keep(PxReading *px, GPtrArray *list, size_t *ret_n)
{
    const char **copy = arena_alloc(px->r->arena, (list->len + 1) * sizeof *copy);

    for (guint i = 0; i < list->len; i++)
        copy[i] = g_ptr_array_index(list, i);
    *ret_n = list->len;
    return copy;
}

static bool read_subs(PxReading *px, PxStatement *s)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    const char *text;

    if (!take(px, '('))
        return true;
    do {
        px_blanks(px);
        if (*px->at != '"')
            return fail(px, _("A text in quotation marks should stand here."));
        if (!px_quoted(px, &text))
            return false;
        g_ptr_array_add(list, (gpointer)text);
    } while (take(px, ','));
    if (!take(px, ')'))
        return fail(px, _("A bracket is not closed here."));
    s->sub = keep(px, list, &s->n_sub);
    return true;
}

/* --- the right side --- */

/* What stands without quotes, up to the comma or semicolon; brackets hold commas of their own. */
static bool read_word(PxReading *px, PxStatement *s)
{
    const char *from = px->at, *last;
    int depth = 0;

    while (px->at < px->end && *px->at != ';' && !(*px->at == ',' && depth == 0)) {
        depth += (*px->at == '(') - (*px->at == ')');
        if (*px->at == '"' && depth == 0)
            return fail(px, _("A quotation mark does not belong here."));
        px_step(px);
    }
    for (last = px->at; last > from && g_ascii_isspace(last[-1]);)
        last--;
    if (last == from)
        return fail(px, _("There is no value here."));
    if (s->word)
        return fail(px, _("There are two values without quotation marks."));
    s->word = arena_ndup(px->r->arena, from, (size_t)(last - from));
    return true;
}

static bool read_value(PxReading *px, PxStatement *s)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_autoptr(GArray) under = g_array_new(FALSE, TRUE, sizeof(bool));
    bool below = false;
    const char *text;

    for (;;) {
        px_blanks(px);
        if (*px->at == '"') {
            if (!px_quoted(px, &text))
                return false;
            g_ptr_array_add(list, (gpointer)text);
            g_array_append_val(under, below);
        } else if (!read_word(px, s)) {
            return false;
        }
        below = *px->at == ':';
        if (!take(px, ',') && !take(px, ':'))
            break;
    }
    if (!take(px, ';'))
        return fail(px, _("A semicolon should end the value here."));
    s->text = keep(px, list, &s->n_text);
    bool *copy = arena_alloc(px->r->arena, under->len + 1);

    if (under->len)
        memcpy(copy, under->data, under->len * sizeof(bool));
    s->under = copy;
    return true;
}

/* --- what the keyword asks for --- */

static bool is_number(const char *word)
{
    size_t n = strspn(word, "0123456789");

    return n > 0 && n < 10 && !word[n];
}

static bool hold_kind(PxReading *px, const PxStatement *s, Kind kind)
{
    switch (kind) {
    case ONE_TEXT:
        return (s->n_text == 1 && !s->word) ||
               cube_fail(px->r, s->place, "PX_VALUE", _("%s takes one text in quotation marks."),
                         s->keyword);
    case TEXTS:
        return (s->n_text > 0 && !s->word) ||
               cube_fail(px->r, s->place, "PX_VALUE", _("%s takes texts in quotation marks."),
                         s->keyword);
    case NUMBER:
        return (s->word && s->n_text == 0 && is_number(s->word)) ||
               cube_fail(px->r, s->place, "PX_VALUE", _("%s takes a whole number."), s->keyword);
    case YES_NO:
        return (s->n_text == 0 && s->word && (!strcmp(s->word, "YES") || !strcmp(s->word, "NO"))) ||
               cube_fail(px->r, s->place, "PX_VALUE", _("%s takes YES or NO."), s->keyword);
    }
    g_assert_not_reached();
}

static bool check_kind(PxReading *px, const PxStatement *s)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].keyword, s->keyword))
            return hold_kind(px, s, kinds[i].kind);
    return true;
}

static bool read_statement(PxReading *px)
{
    PxStatement s = { 0 };

    if (!read_keyword(px, &s) || !read_language(px, &s) || !read_subs(px, &s))
        return false;
    px_blanks(px);
    if (!take(px, '='))
        return fail(px, _("An equals sign should stand here."));
    if (!strcmp(s.keyword, "DATA")) {
        px->has_data = true;
        return true;
    }
    if (!read_value(px, &s) || !check_kind(px, &s))
        return false;
    if (px->statements->len >= MAX_STATEMENTS)
        return fail(px, _("The file has too many keywords."));
    if (!strcmp(s.keyword, "LANGUAGE") && !px->language)
        px->language = s.text[0];
    g_array_append_val(px->statements, s);
    return true;
}

bool px_read_statements(PxReading *px)
{
    while (px->at < px->end && !px->has_data) {
        if (!read_statement(px))
            return false;
        px_blanks(px);
    }
    return true;
}

/* --- finding --- */

static bool is_ours(const PxReading *px, const PxStatement *s)
{
    return !s->language || !px->language || !g_ascii_strcasecmp(s->language, px->language);
}

/* "KEYWORD", or "KEYWORD(sub)", or "KEYWORD(sub)(sub2)", with a character between no text has. */
static char *key_of(const char *keyword, const char *sub, const char *sub2)
{
    return g_strjoin("\x1f", keyword, sub, sub ? sub2 : NULL, NULL);
}

void px_index(PxReading *px)
{
    px->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < px->statements->len; i++) {
        const PxStatement *s = &g_array_index(px->statements, PxStatement, i);
        char *key;

        if (s->n_sub > 2 || !is_ours(px, s))
            continue;
        key = key_of(s->keyword, s->n_sub > 0 ? s->sub[0] : NULL, s->n_sub > 1 ? s->sub[1] : NULL);
        if (g_hash_table_contains(px->index, key)) /* the first counts */
            g_free(key);
        else
            g_hash_table_insert(px->index, key, GUINT_TO_POINTER(i + 1));
    }
}

const PxStatement *px_find(const PxReading *px, const char *keyword, const char *sub,
                           const char *sub2)
{
    g_autofree char *key = key_of(keyword, sub, sub2);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(px->index, key));

    return at ? &g_array_index(px->statements, PxStatement, at - 1) : NULL;
}

const char *px_text(const PxReading *px, const char *keyword, const char *sub, const char *sub2)
{
    const PxStatement *s = px_find(px, keyword, sub, sub2);

    return s && s->n_text ? s->text[0] : NULL;
}
