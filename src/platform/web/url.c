/* url.c - making addresses: percent-encoding on the way in, a scheme check for what people typed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "web.h"
#include "statics.h"
#include <stdarg.h>

static void encode(GString *out, const char *text)
{
    g_string_append_uri_escaped(out, text ? text : "", NULL, FALSE);
}

static Url keep(Arena *arena, const GString *text)
{
    return (Url){ arena_ndup(arena, text->str, text->len) };
}

Url url_for(Arena *arena, const char *format, ...)
{
    g_autoptr(GString) out = g_string_new(NULL);
    char id[ID_TEXT];
    va_list args;

    va_start(args, format);
    for (const char *p = format; *p; p++) {
        if (*p != '%') {
            g_string_append_c(out, *p);
            continue;
        }
        p++;
        g_assert(*p == 's' || *p == 'I');
        if (*p == 's')
            encode(out, va_arg(args, const char *));
        else
            g_string_append(out, id_text(va_arg(args, int64_t), id));
    }
    va_end(args);
    return keep(arena, out);
}

Url url_with(Arena *arena, Url url, const char *name, const char *value)
{
    const char *mark = strchrnul(url.text, '#');
    g_autoptr(GString) out = g_string_new_len(url.text, mark - url.text);

    g_string_append_c(out, strchr(out->str, '?') ? '&' : '?');
    encode(out, name);
    g_string_append_c(out, '=');
    encode(out, value);
    g_string_append(out, mark);
    return keep(arena, out);
}

/* Nothing a browser would skip or turn into another address: no blanks, controls or backslashes. */
static bool is_clean(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p <= 0x20 || *p == 0x7f || *p == '\\' || *p == '"' || *p == '<' || *p == '>')
            return false;
    }
    return true;
}

Url url_checked(Arena *arena, const char *text)
{
    static const char *const schemes[] = { "https://", "http://", "mailto:" };

    if (!text || !is_clean(text) || !g_utf8_validate(text, -1, NULL))
        return (Url){ "#" };
    if (text[0] == '/' && text[1] != '/')
        return (Url){ arena_dup(arena, text) };
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        size_t len = strlen(schemes[i]);

        if (!g_ascii_strncasecmp(text, schemes[i], len) && text[len])
            return (Url){ arena_dup(arena, text) };
    }
    return (Url){ "#" };
}
