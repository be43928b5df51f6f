/* stem.h - words as they are searched for: folded, stemmed, and the parts of compounds.
 *
 * Both databases store and compare the words made here, so that a search finds the same on both. The
 * stemmer is Snowball's Norwegian one (libstemmer); bokmål and nynorsk meet in a table of pairs
 * ("skule" is found by "skole"), and Norwegian compounds made of words of the field are opened
 * ("tilstandsrapport" is found by "rapport").
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

#define STEM_LONGEST 64 /* bytes of a word that are looked at; the rest is cut */

/**
 * The words of a text, to be stored.
 *   text  UTF-8; any.
 * Returns words of lower case with a blank between, in the order of the text; a compound is followed
 * by its parts. Only letters and digits. Yours.
 */
char *stem_text(const char *text);

/**
 * The words of a query: stems without the parts of compounds, each once, at most `most`.
 *   ret_open  the last word as it was typed, folded, when the query ends within it: it may be the
 *             beginning of a longer one, "rapp". NULL after a blank or a full stop. Yours.
 * Returns a NULL-terminated array, yours (g_strfreev).
 */
char **stem_query(const char *query, int most, char **ret_open);

typedef struct {
    size_t from, to; /* bytes of the text */
} StemHit;

/**
 * Where the words of a query stand in a text.
 *   stems, open  as stem_query gave them.
 * Returns StemHits in order, not overlapping; g_array_unref it.
 */
GArray *stem_hits(const char *text, const char *const *stems, const char *open);
