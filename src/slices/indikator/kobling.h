/* kobling.h - saved answers about whole tables: how their columns are read, for each owner and headers.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"
#include "parse-tabell.h"

typedef struct {
    int64_t id;
    const char *signature, *title; /* title: the name of the file it was said about */
    const char *mapping;           /* indikator_mapping_read */
    const char *by;                /* NULL: not known */
    int64_t saved_at;
} Kobling;

typedef struct {
    Kobling *v;
    size_t n;
} KoblingList;

bool indikator_mappings(Db *db, Arena *arena, int64_t owner, KoblingList *ret, GError **error);
bool indikator_mapping_save(Db *db, int64_t owner, const Kobling *what, int64_t person,
                            GError **error);
/* Errors: APP_ERROR_NOT_FOUND. */
bool indikator_mapping_forget(Db *db, int64_t owner, int64_t id, GError **error);
/* All of an owner's into what a parser is told of columns (of ColumnMeaning); arena keeps them. */
bool indikator_mapping_meanings(Db *db, Arena *arena, int64_t owner, GArray *columns,
                                GError **error);

/* What a table's columns most likely are, from headers and first rows; all of it in the arena. */
bool indikator_mapping_propose(Db *db, Arena *arena, const TableSample *sample, TableMapping *ret,
                               GError **error);
/* The indicator a word most likely is, by the names of the catalogue; "" for none. */
typedef struct {
    const char *folded, *code;
} IndicatorName;
bool indikator_mapping_names(Db *db, Arena *arena, GArray **ret, GError **error);
const char *indikator_mapping_match(const GArray *names, const char *text);
