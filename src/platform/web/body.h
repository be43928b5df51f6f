/* body.h - reading posted forms: urlencoded and multipart, bounded and strict.
 *
 * The whole body is in memory, already held to its limit. Nothing is guessed: a body that is not
 * exactly what its type says is refused as a whole.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

#define BODY_FIELDS 1000 /* fields and files of one body */

typedef struct {
    const char *name, *value; /* UTF-8 without NUL, in the arena */
} Pair;

typedef struct {
    Pair *fields;
    size_t n_fields;
    Upload *uploads;
    size_t n_uploads;
} Body;

typedef enum { BODY_NONE, BODY_URLENCODED, BODY_MULTIPART, BODY_OTHER } BodyKind;

/* By the media type alone; NULL is BODY_NONE. */
BodyKind body_kind(const char *content_type);

/**
 * Read a body.
 *   content_type  the header's value.
 *   data, size    the bytes; uploads point into a copy in the arena.
 * A BODY_OTHER is read as having no fields. Field values become UTF-8 with line ends as \n; a file's
 * name loses its folders and control characters; a file's bytes are kept as sent.
 * Errors: APP_ERROR_INVALID: over BODY_FIELDS parts, a bad percent code, NUL or bad UTF-8 in a
 * field, a multipart body whose boundary or part headers are malformed.
 */
bool body_read(Arena *arena, const char *content_type, const char *data, size_t size,
               Body *ret_body, GError **error);
/* A query string, read as a urlencoded body. */
bool query_read(Arena *arena, const char *text, Body *ret_body, GError **error);
