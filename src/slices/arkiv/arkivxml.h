/* arkivxml.h - a small writer of XML 1.0: elements, texts, and nothing that could make it ill-formed.
 *
 * What XML cannot hold (control characters, U+FFFE, broken UTF-8) becomes U+FFFD; an element without
 * text is left out, as Noark's schemas want at least one character.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct {
    GString *out;
    GPtrArray *open; /* names of open elements */
} ArkivXml;

ArkivXml arkiv_xml_begin(void);
char *arkiv_xml_end(ArkivXml *xml, size_t *ret_len); /* g_free; everything must be closed */
/* attributes: written as it is, "xsi:type=\"saksmappe\""; NULL: none. Names are string constants. */
void arkiv_xml_open(ArkivXml *xml, const char *name, const char *attributes);
void arkiv_xml_close(ArkivXml *xml);
void arkiv_xml_text(ArkivXml *xml, const char *name, const char *text); /* NULL and "": nothing */
void arkiv_xml_int(ArkivXml *xml, const char *name, int64_t value);
/* "2013-06-20T11:00:00Z" of microseconds UTC; 0: nothing. */
void arkiv_xml_time(ArkivXml *xml, const char *name, int64_t micros);
