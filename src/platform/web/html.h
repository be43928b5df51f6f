/* html.h - the sink pages write to, and the types that may be written.
 *
 * Only what pagegen emits writes raw markup; everything else goes through html_put(), which
 * chooses by type and always escapes. A Url can only be made from a route or by checking its scheme.
 * Text that is not UTF-8, and control characters HTML does not allow, are written as U+FFFD.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Html Html; /* a growing buffer of UTF-8 markup */
typedef struct {
    const char *text;
} Url; /* percent-encoded, safe in href, src and action */

Html *html_new(void);
void html_free(Html *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Html, html_free)
const char *html_data(const Html *html, size_t *ret_len); /* owned by html, NUL-terminated */
char *html_steal(Html *html, size_t *ret_len); /* the buffer is yours (g_free); html is empty */

/* For pagegen, form, chart, doc and layout only [lint]. */
void html_raw(Html *html, const char *markup, size_t len);
void html_text(Html *html, const char *text); /* escapes & < > " '; NULL writes nothing */
void html_int(Html *html, int64_t value);
void html_size(Html *html, uint64_t value);
void html_real(Html *html,
               double value);       /* shortest exact, decimal point: for attributes, not people */
void html_url(Html *html, Url url); /* escaped for an attribute */

/* A value in a translated sentence. */
typedef struct {
    enum { HTML_ARG_TEXT, HTML_ARG_INT, HTML_ARG_SIZE } kind;
    const char *text; /* borrowed; NULL writes nothing */
    int64_t number;
    uint64_t size;
} HtmlArg;
/**
 * Write a translated sentence with its values in place, all of it escaped.
 *   format  %s and %d both take the next value, written by its own type; %2$s takes the second, as a
 *           translator may need; %% is a per cent sign. A value that is not there writes nothing, so
 *           no catalogue can make the program read what it was not given.
 */
void html_format(Html *html, const char *format, size_t n_args, const HtmlArg *args);

/* What can be drawn in a page, by type: each is a struct with a drawing function. */
typedef struct Form Form;
typedef struct Chart Chart;
typedef struct Doc Doc;
void html_form(Html *html, const Form *form);
void html_chart(Html *html, const Chart *chart);
void html_doc(Html *html, const Doc *doc);

/* clang-format off */
/* In text: whatever has a place in a page. Another type is a compile error. */
#define html_put(o, x)                                                                             \
    _Generic((x), char *: html_text, const char *: html_text, int: html_int, unsigned: html_int,   \
             int64_t: html_int, size_t: html_size, double: html_real, Url: html_url,                \
             Form *: html_form, const Form *: html_form, Chart *: html_chart,                       \
             const Chart *: html_chart, Doc *: html_doc, const Doc *: html_doc)(o, x)

/* In an attribute, <title> or <textarea>: no markup, so nothing that draws. */
#define html_put_plain(o, x)                                                                       \
    _Generic((x), char *: html_text, const char *: html_text, int: html_int, unsigned: html_int,   \
             int64_t: html_int, size_t: html_size, double: html_real, Url: html_url)(o, x)

/* As a value of html_format. A double has no one way to be read: the handler prepares its text. */
#define html_arg(x)                                                                                \
    _Generic((x), char *: html_arg_text, const char *: html_arg_text, int: html_arg_int,           \
             unsigned: html_arg_int, int64_t: html_arg_int, size_t: html_arg_size)(x)

/* What {{if x}} means: a text that is not empty, a number that is not 0, a pointer that is not NULL. */
#define html_true(x)                                                                               \
    _Generic((x), char *: html_true_text, const char *: html_true_text, bool: html_true_int,       \
             int: html_true_int, unsigned: html_true_int, int64_t: html_true_int,                   \
             size_t: html_true_size, double: html_true_real, default: html_true_ptr)(x)

/* The thing itself when it is a pointer, else a pointer to it, so that {{each}} takes both. */
#define html_ref(x) __builtin_choose_expr(__builtin_classify_type(x) == 5, (x), &(x))
/* clang-format on */

static inline HtmlArg html_arg_text(const char *text)
{
    return (HtmlArg){ .kind = HTML_ARG_TEXT, .text = text };
}

static inline HtmlArg html_arg_int(int64_t number)
{
    return (HtmlArg){ .kind = HTML_ARG_INT, .number = number };
}

static inline HtmlArg html_arg_size(uint64_t size)
{
    return (HtmlArg){ .kind = HTML_ARG_SIZE, .size = size };
}

static inline bool html_true_text(const char *text)
{
    return text && *text;
}

static inline bool html_true_int(int64_t number)
{
    return number != 0;
}

static inline bool html_true_size(uint64_t size)
{
    return size != 0;
}

static inline bool html_true_real(double real)
{
    return real < 0 || real > 0;
}

static inline bool html_true_ptr(const void *pointer)
{
    return pointer != NULL;
}

/* {{if x is "text"}}; NULL is no text. */
static inline bool html_is(const char *text, const char *other)
{
    return text && strcmp(text, other) == 0;
}
