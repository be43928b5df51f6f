/* lagring.h - storing a parsed file: shared by the two stores' halves of the import.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"
#include "parse.h"

typedef struct {
    Arena *arena;
    const ImportSpec *spec;
    const ParsedFile *file;
    ImportResult *result;
    int64_t *unit_ids;  /* for each unit of the file: its id in the store, 0 when unknown */
    GHashTable *grades; /* indicator code -> grade, of the whole catalogue */
    int64_t dataset;
    GHashTable *fresh; /* "code|period" the public store knows nothing of yet -> itself */
    GArray *problems;  /* ImportProblem found while matching */
} Storing;

/* Each is run inside the one transaction and fills *result. */
bool indikator_public_store(Storing *s, Db *db, GError **error);
bool indikator_own_store(Storing *s, Db *db, GError **error);
/* Is this file stored already? Sets result->known_before and dataset. */
bool indikator_known(Storing *s, Db *db, GError **error);
void indikator_problem(Storing *s, int64_t line, int64_t column, const char *message);
