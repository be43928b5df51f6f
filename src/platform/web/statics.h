/* statics.h - the files of static/ as tools/embed writes them into the binary.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct {
    const char *name;   /* "app.css" */
    const char *hashed; /* "app.0123456789abcdef.css" */
    const char *type;
    const char *etag;                          /* quoted, of the plain bytes */
    const unsigned char *data, *gzip, *brotli; /* gzip and brotli NULL when they save nothing */
    size_t size, gzip_size, brotli_size;
} StaticFile;

extern const StaticFile app_static[]; /* ascending by name */
extern const size_t app_n_static;

/* By plain name, or by hashed name; NULL when there is none. */
const StaticFile *static_named(const char *name);
const StaticFile *static_hashed(const char *hashed);

typedef struct {
    const unsigned char *data;
    size_t size;
    const char *encoding; /* "br", "gzip" or NULL */
} StaticBody;

/* The smallest form that an Accept-Encoding header (NULL: none) allows. */
StaticBody static_body(const StaticFile *file, const char *accept_encoding);

/* Whether an Accept-Encoding header names `coding` without q=0. */
bool accepts_encoding(const char *header, const char *coding);
/* Whether an If-None-Match header holds `etag` (quoted) or "*"; weak marks are ignored. */
bool etag_matches(const char *if_none_match, const char *etag);
