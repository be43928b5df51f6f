/* jsonstat-inside.h - what the two files of the JSON-stat reader share.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <jansson.h>
#include "cube-inside.h"

/* A dataset while it is read. */
typedef struct {
    CubeReading *r;
    json_t *json;
    json_t *dimension; /* the object of dimensions */
    Cube cube;
} JsonStat;

/* The text at a key, without soft hyphens; NULL when there is none. */
const char *jsonstat_text(JsonStat *d, json_t *object, const char *key);
/* A note: one text or several, a line each; NULL when none. */
const char *jsonstat_note(JsonStat *d, json_t *note);
/* A size: a number, or digits in a text, as some 1.x files have. */
bool jsonstat_size(json_t *json, size_t *ret);
/* The categories of a dimension, of which code, role and n are known; false: the error is told. */
bool jsonstat_categories(JsonStat *d, CubeDimension *dim);
