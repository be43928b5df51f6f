/* html.h - the sink pages write to, and the types that may be written.
 *
 * Only what pagegen emits writes raw markup; everything else goes through html_put(), which
 * chooses by type and always escapes. A Url can only be made from a route or by checking its scheme.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Html Html; /* a growing buffer of UTF-8 markup */
typedef struct { const char *text; } Url; /* percent-encoded, safe in href, src and action */

Html *html_new(void);
void html_free(Html *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Html, html_free)
const char *html_data(const Html *html, size_t *ret_len); /* owned by html, NUL-terminated */
char *html_steal(Html *html, size_t *ret_len);            /* the buffer is yours (g_free); html is empty */

void html_raw(Html *html, const char *markup, size_t len); /* for pagegen, form, chart and doc only [lint] */
void html_text(Html *html, const char *text);              /* escapes & < > " '; NULL writes nothing */
void html_int(Html *html, int64_t value);
void html_real(Html *html, double value); /* "%.17g" trimmed, decimal point: for attributes, not for people */
void html_url(Html *html, Url url);       /* escaped for an attribute */

/* What can be drawn in a page, by type: each is a struct with a drawing function. */
typedef struct Form Form;
typedef struct Chart Chart;
typedef struct Doc Doc;
void html_form(Html *html, const Form *form);
void html_chart(Html *html, const Chart *chart);
void html_doc(Html *html, const Doc *doc);

#define html_put(o, x)                                                                             \
    _Generic((x), char *: html_text, const char *: html_text, int: html_int, unsigned: html_int,   \
             int64_t: html_int, size_t: html_int, double: html_real, Url: html_url,                 \
             Form *: html_form, const Form *: html_form, Chart *: html_chart,                       \
             const Chart *: html_chart, Doc *: html_doc, const Doc *: html_doc)(o, x)
