/* doc-clean.c - text, addresses and language tags as they come in, made safe for both writers.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "doc-model.h"

/* Characters that would change the text around them or that XML and fonts cannot hold. */
static bool is_dropped(gunichar c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
           (c & 0xfffe) == 0xfffe || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe000 && c <= 0xf8ff) ||
           c >= 0xe0000;
}

static bool is_blank(gunichar c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static bool is_plain(const char *text)
{
    for (const char *p = text; *p; p++)
        if (*p < 0x20 || *p == 0x7f || (*p == ' ' && (p == text || p[1] == ' ' || !p[1])))
            return false;
    return true; /* ASCII without anything to mend: most table cells */
}

const char *doc_clean(Doc *doc, const char *text, bool inner)
{
    if (!text || !*text)
        return "";
    if (is_plain(text))
        return g_string_chunk_insert(doc->strings, text);

    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) out = g_string_sized_new(strlen(valid));
    bool blank = false;

    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (is_dropped(c))
            continue;
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && (out->len || inner))
            g_string_append_c(out, ' ');
        blank = false;
        g_string_append_unichar(out, c);
    }
    if (blank && inner)
        g_string_append_c(out, ' ');
    return g_string_chunk_insert_len(doc->strings, out->str, (gssize)out->len);
}

const char *doc_clean_url(Doc *doc, const char *url)
{
    static const char *const schemes[] = { "https://", "http://", "mailto:" };
    const char *clean = doc_clean(doc, url, false);
    bool ok =
        (clean[0] == '/' && clean[1] != '/' && clean[1] != '\\') || (clean[0] == '#' && clean[1]);

    for (size_t i = 0; i < G_N_ELEMENTS(schemes) && !ok; i++)
        ok = !g_ascii_strncasecmp(clean, schemes[i], strlen(schemes[i])) &&
             clean[strlen(schemes[i])];
    for (const char *p = clean; *p && ok; p++)
        ok = *p != ' ' && *p != '"' && *p != '<' && *p != '>' && *p != '\\';
    return ok ? clean : NULL;
}

const char *doc_lang_tag(const char *lang)
{
    static const struct {
        const char *from, *to;
    } known[] = { { "nb", "nb-NO" }, { "nn", "nn-NO" }, { "en", "en-GB" }, { "no", "nb-NO" } };

    if (!lang || !*lang)
        return "nb-NO";
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (!strcmp(lang, known[i].from))
            return known[i].to;
    for (const char *p = lang; *p; p++)
        if (!g_ascii_isalnum(*p) && *p != '-')
            return "nb-NO";
    return lang;
}
