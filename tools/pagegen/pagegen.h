/* pagegen.h - the parts of the page compiler: what they share and in which order they stand.
 *
 * pagegen.c reads directives and owns the blocks; markup.c follows the HTML, one byte after the
 * other, and place.c compares places in it; rules.c says what an element must have; emit.c writes the C.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* Where in the HTML the reader stands. A value may only stand in TEXT, RCDATA and VALUE. */
typedef enum {
    AT_TEXT,
    AT_RCDATA,  /* in <title> or <textarea> */
    AT_RAW,     /* in <script> */
    AT_COMMENT, /* in <!-- --> */
    AT_OPENING, /* just after '<' or "</": the element's name */
    AT_TAG,     /* between attributes */
    AT_NAME,    /* in an attribute's name */
    AT_EQUALS,  /* after the '=' */
    AT_VALUE,   /* in "..." */
    AT_SINGLE,  /* in '...' */
    AT_BARE     /* in an unquoted value */
} Where;

typedef struct {
    char *name, *value; /* value as in the source, {{...}} and all; NULL when there is none */
    int pieces;         /* interpolations in it */
    bool elsewhere;     /* in a branch before this one: it may stand again */
} Attr;

typedef struct {
    char *name;
    int line;
    bool labelled; /* a table with a caption or aria-label */
    bool literal;  /* <code> or translate="no": its text is not for translators */
} Element;

/* An open tag being read, or the last one read. */
typedef struct {
    char *name;
    bool closing, self_closed;
    int line;
    GPtrArray *attrs; /* Attr */
} Tag;

/* A control that some <label for> of the file must name. */
typedef struct {
    char *id, *element;
    int line;
} Control;

typedef struct {
    const char *file;
    int line;
    GString *c;     /* the C of all pages */
    GString *chunk; /* literal markup not yet written */
    int c_line;     /* line of the .html the next line of C stands for; 0 = unknown */

    Where where;
    GPtrArray *open;     /* Element, outermost first; borrowed */
    GPtrArray *elements; /* every Element of the file; owns them */
    Tag tag;
    GString *word;  /* the name or value being read */
    bool glued;     /* after a directive in a tag: a space or '>' must follow */
    char squeezed;  /* last whitespace written, or 0 */
    int depth_each; /* inside so many {{each}} */

    GHashTable *ids;     /* literal ids seen in the file */
    GHashTable *labels;  /* values of <label for> */
    GPtrArray *controls; /* Control */
    GString *human;      /* literal text since the last tag or directive */
    int human_line;
} Page;

/* Prints FILE:LINE: message and ends with status 1: a page that breaks a rule gives no header. */
void refuse(const Page *page, const char *format, ...) G_GNUC_PRINTF(2, 3) G_GNUC_NORETURN;
void refuse_at(const Page *page, int line, const char *format, ...)
    G_GNUC_PRINTF(3, 4) G_GNUC_NORETURN;

/* --- markup.c --- */
void markup_start(Page *page);
void markup_stop(Page *page);                               /* at the end of a page */
void markup_feed(Page *page, const char *text, size_t len); /* literal source */
/* A {{...}} that writes something stands here; `source` is it, with braces. Returns the attribute
 * it stands in, or NULL. */
const char *markup_value(Page *page, const char *source, char next);
void markup_directive(Page *page); /* a {{...}} that writes nothing stands here */

/* --- place.c --- */
void page_init(Page *page);
void page_clear(Page *page);
/* What must be the same at the end of each branch of a block as at its start. */
typedef struct {
    Where where;
    char *tag, *attr; /* names */
    guint n_attrs;
    bool glued;
    GPtrArray *open; /* Element, borrowed */
    size_t solid;    /* of these, without the last ones whose end tag may be left out */
} Place;
Place *markup_place(const Page *page);
void markup_return(Page *page, const Place *place); /* back to the start of a block */
bool markup_same(const Place *a, const Place *b);
void markup_merge(Page *page, const Place *start); /* after the block's end */
void place_free(Place *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Place, place_free)

/* --- rules.c --- */
bool rules_void(const char *element);                    /* <br>: never has an end tag */
bool rules_end_optional(const char *element);            /* <li>: its end tag may be left out */
bool rules_closes(const char *opened, const char *open); /* <li> ends an open <li> */
bool rules_is_foreign(
    const Page *page); /* the tag in hand is SVG or MathML, where <path/> is right */
bool rules_is_url(const char *attribute);
void rules_check_attr(Page *page, const Attr *attr);
void rules_check_tag(Page *page);
void rules_check_end(Page *page, const Element *element);
void rules_check_human(Page *page);
void rules_check_file(Page *page);
const Attr *rules_attr(const Tag *tag, const char *name);

/* --- emit.c --- */
void emit_chunk(Page *page); /* writes what is waiting */
void emit_line(Page *page, int line, const char *format, ...)
    G_GNUC_PRINTF(3, 4);                             /* one line of C */
char *emit_path(const Page *page, const char *path); /* "a.b.c" -> "a->b.c" */
char *emit_quote(const char *text);                  /* a C string literal */
void emit_value(Page *page, const char *expression, const char *attr);
void emit_message(Page *page, const char *body);     /* the part after {{_ */
void emit_plural(Page *page, const char *body);      /* the part after {{n_ */
char *emit_test(const Page *page, const char *test); /* of an {{if}} */
