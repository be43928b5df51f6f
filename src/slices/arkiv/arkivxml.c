/* arkivxml.c - a small writer of XML 1.0. Source: W3C, XML 1.0 (5th edition), 2.2 and 2.4.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkivxml.h"

ArkivXml arkiv_xml_begin(void)
{
    return (ArkivXml){ g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
                       g_ptr_array_new() };
}

char *arkiv_xml_end(ArkivXml *xml, size_t *ret_len)
{
    g_assert(xml->open->len == 0);
    g_clear_pointer(&xml->open, g_ptr_array_unref);
    if (ret_len)
        *ret_len = xml->out->len;
    return g_string_free(g_steal_pointer(&xml->out), FALSE);
}

static void indent(ArkivXml *xml)
{
    for (guint i = 0; i < xml->open->len; i++)
        g_string_append(xml->out, "  ");
}

/* Whether a document may hold it: the production Char. */
static bool is_char(gunichar c)
{
    return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

static void put(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    for (const char *s = valid; *s; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);

        if (c == '&')
            g_string_append(out, "&amp;");
        else if (c == '<')
            g_string_append(out, "&lt;");
        else if (c == '>') /* also of ]]> */
            g_string_append(out, "&gt;");
        else if (c == '\r') /* a bare one would be read as a new line */
            g_string_append(out, "&#13;");
        else
            g_string_append_unichar(out, is_char(c) ? c : 0xFFFD);
    }
}

void arkiv_xml_open(ArkivXml *xml, const char *name, const char *attributes)
{
    indent(xml);
    g_string_append_printf(xml->out, "<%s%s%s>\n", name, attributes ? " " : "",
                           attributes ? attributes : "");
    g_ptr_array_add(xml->open, (gpointer)name);
}

void arkiv_xml_close(ArkivXml *xml)
{
    const char *name = g_ptr_array_steal_index(xml->open, xml->open->len - 1);

    indent(xml);
    g_string_append_printf(xml->out, "</%s>\n", name);
}

void arkiv_xml_text(ArkivXml *xml, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    indent(xml);
    g_string_append_printf(xml->out, "<%s>", name);
    put(xml->out, text);
    g_string_append_printf(xml->out, "</%s>\n", name);
}

void arkiv_xml_int(ArkivXml *xml, const char *name, int64_t value)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);

    arkiv_xml_text(xml, name, text);
}

void arkiv_xml_time(ArkivXml *xml, const char *name, int64_t micros)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(micros / G_USEC_PER_SEC);
    g_autofree char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");

    if (micros)
        arkiv_xml_text(xml, name, text);
}
