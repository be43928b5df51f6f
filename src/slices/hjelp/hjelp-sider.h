/* hjelp-sider.h - the topics of the handbook, as its pages list them.
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
    Topic next; /* title NULL: this is the last */
} TopicView;

/* Every topic of a language, those with an address of their own too. */
void hjelp_load(Arena *arena, Lang lang, TopicList *ret);
bool hjelp_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error);
