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
    GArray *problems;  /* ImportProblem found while matching; each kind at most PARSE_MAX_ERRORS */
    size_t n_problems; /* all that were found */
    guint first_of_kind; /* in problems */
} Storing;

/* Each is run inside the one transaction and fills *result. */
bool indikator_public_store(Storing *s, Db *db, GError **error);
bool indikator_own_store(Storing *s, Db *db, GError **error);
/* Is this file stored already? Sets result->known_before and dataset. */
bool indikator_known(Storing *s, Db *db, GError **error);
/* Find the owner's units of the file: s->unit_ids; an unknown one in the owner's file is a problem. */
bool indikator_own_match(Storing *s, Db *db, const ParsedUnit *units, size_t n, GError **error);
/* The format is a translated msgid. */
void indikator_problem(Storing *s, int64_t line, int64_t column, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
