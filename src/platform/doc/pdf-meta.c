/* pdf-meta.c - XMP metadata: what the file is, in step with its document information dictionary.
 *
 * PDF/A wants every property outside the XMP specification described in an extension schema;
 * pdfuaid is one (ISO 19005-2, 6.6.2.3; PDF/UA-1, 5).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf.h"

static const char head[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n"
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "<dc:format>application/pdf</dc:format>\n"
    "<pdf:Producer>oppvekst</pdf:Producer><xmp:CreatorTool>oppvekst</xmp:CreatorTool>\n";

static const char tail[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";

static void property(GString *out, const char *open, const char *text, const char *close)
{
    g_autofree char *escaped = text ? g_markup_escape_text(text, -1) : NULL;

    if (escaped)
        g_string_append_printf(out, "%s%s%s\n", open, escaped, close);
}

char *pdf_date(int64_t micros, bool xmp)
{
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(micros / 1000000);
    char *text =
        when ? g_date_time_format(when, xmp ? "%Y-%m-%dT%H:%M:%SZ" : "D:%Y%m%d%H%M%SZ") : NULL;

    return text ? text : g_strdup(xmp ? "1970-01-01T00:00:00Z" : "D:19700101000000Z");
}

char *pdf_xmp(const Doc *doc, const char *created)
{
    const DocMeta *meta = &doc->meta;
    GString *out = g_string_new(head);

    property(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", meta->title,
             "</rdf:li></rdf:Alt></dc:title>");
    property(out, "<dc:creator><rdf:Seq><rdf:li>", meta->author,
             "</rdf:li></rdf:Seq></dc:creator>");
    property(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", meta->subject,
             "</rdf:li></rdf:Alt></dc:description>");
    property(out, "<dc:language><rdf:Bag><rdf:li>", meta->lang,
             "</rdf:li></rdf:Bag></dc:language>");
    property(out, "<xmp:CreateDate>", created, "</xmp:CreateDate>");
    property(out, "<xmp:ModifyDate>", created, "</xmp:ModifyDate>");
    property(out, "<xmp:MetadataDate>", created, "</xmp:MetadataDate>");
    g_string_append(out, tail);
    return g_string_free(out, FALSE);
}
