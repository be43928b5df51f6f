/* testing-indikator.h - files and values for the tests of this slice.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

#define UDIR_FILES 6
extern const char *const indikator_test_files[UDIR_FILES]; /* in demo/data/udir, oldest first */

/* Import one of Udir's files, or text; dies on failure. Owner 0: the public store. */
void indikator_test_file(Db *db, Arena *arena, int64_t owner, const char *file, ImportResult *ret);
void indikator_test_text(Db *db, Arena *arena, int64_t owner, const char *name, const char *text,
                         ImportResult *ret);
/* A national export in miniature: `period` as Udir writes it, "2025-26"; `rows` as their lines. */
char *indikator_test_udir(const char *period, const char *rows);
/* Hustadvika (1579) as an owner with its schools; returns its id. */
int64_t indikator_test_hustadvika(Db *db);
/* One cell through the gate; `code` of a unit of the owner (when not 0) or of the public statistics. */
MatrixCell indikator_test_cell(Db *db, Arena *arena, int64_t owner, Audience audience,
                               const char *code, const char *indicator, const char *period);
