/* hjelp-sider.h - the handbook's topics and the words it explains, as the pages list them, and what
 * the files of this slice share.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "doc.h"
#include "web.h"

typedef struct {
    const char *key; /* "kom-i-gang": the last part of the address */
    const char *title, *summary;
    const char *text; /* CommonMark, without the title and summary */
    bool here;
    Url url;
} Topic;

typedef struct {
    Topic *v;
    size_t n;
} TopicList;

typedef struct {
    Topic topic; /* title NULL: no such topic */
    TopicList topics;
    Topic before, next; /* title NULL: none */
    bool sections;      /* the topic has headings of its own */
} TopicView;

/* One municipality's accessibility statement. */
typedef struct {
    const char *owner;       /* its name; NULL: not known which one is asked about */
    const char *mail, *date; /* "" when not given; date "YYYY-MM-DD" */
    const char *phone, *gaps;
    Url write_to, official; /* official: at uustatus.no */
    TopicList owners;       /* to choose among, when several; title and url */
    Url change;             /* for those who may */
} Statement;

/**
 * Read one book of the program, cut into its parts.
 *   book  "hjelp" (the handbook; keys that begin with a full stop are pages of their own) or "ord"
 *         (the words; title is the word, summary what it means).
 */
void hjelp_read(Arena *arena, const char *book, Lang lang, TopicList *ret);
/* The same without the pages of their own: what the contents list. */
void hjelp_read_listed(Arena *arena, Lang lang, TopicList *ret);
/* NULL when there is no part of that key. */
const Topic *hjelp_find(const TopicList *topics, const char *key);
/**
 * Put a topic's text into a document. A line "## Title {#anchor}" is a heading with the same address in
 * all languages. Links to pages that the reader would be refused are left out; their words stay.
 *   level   of "##", 1-3.    prefix  goes before each anchor; "" when the document is this topic alone.
 * Returns whether there was a heading.
 */
bool hjelp_put(Doc *doc, const Req *req, const Topic *topic, int level, const char *prefix);
/* The whole handbook as one document, with contents. */
Doc *hjelp_book(Req *req);

bool hjelp_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error);
bool hjelp_show_statement(Req *req, GError **error);
bool hjelp_show_statement_setup(Req *req, GError **error);
bool hjelp_post_statement_setup(Req *req, GError **error);
