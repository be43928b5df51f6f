/* sok-sider.h - what the page of search shows, and the job behind it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sok.h"

bool sok_job(Job *job, GError **error);

/* A text with the words that were searched for marked. */
typedef struct {
    const char *text; /* a piece of it */
    bool marked;
} SokPiece;

typedef struct {
    SokPiece *v;
    size_t n;
} SokPieces;

typedef struct {
    SokPieces title, excerpt;
    const char *kind, *when, *owner; /* translated; owner "" when it is the reader's own */
    Url url;
} SokHit;

typedef struct {
    SokHit *v;
    size_t n;
} SokHits;

typedef struct {
    const char *value, *label;
    bool chosen;
} SokKind;

typedef struct {
    SokKind *v;
    size_t n;
} SokKinds;

typedef struct {
    const char *query;
    const char *summary; /* "12 hits for «lesing»" */
    SokHits hits;
    SokKinds kinds;
    Url more; /* the next page; text NULL: there is none */
    bool asked, none;
} SokView;
