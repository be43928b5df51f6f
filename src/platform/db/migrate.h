/* migrate.h - a migration's text as each engine is to run it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "ddl.h"

/* The statement for SQLite: with a typeof() check on every column. Yours. */
char *migrate_sqlite(const DdlStatement *statement);
/* The statement for PostgreSQL: without foreign keys, text compared by its bytes. Yours. */
char *migrate_postgresql(const DdlStatement *statement);
/* What PostgreSQL runs after all statements of the migration, in order: foreign keys, then row-level
 * security for tables with an owner. Array of char *; yours. */
GPtrArray *migrate_postgresql_last(const GPtrArray *statements);
