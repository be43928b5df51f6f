/* parse-json.h - what the readers of JSON records share; nobody else includes it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <jansson.h>
#include "parse-job.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* The text as JSON; NULL with the error collected. Release it with json_decref. */
json_t *indikator_json_load(ParseJob *job);

/* The line of each object that stands inside `depth` braces and brackets, in order: of unsigned.
 * The text is sound JSON. g_array_unref it. */
GArray *indikator_json_lines(const ParseJob *job, unsigned depth);

/* A text member; NULL when there is none, or none that is a text. */
const char *indikator_json_text(const json_t *object, const char *name);
