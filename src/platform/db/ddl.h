/* ddl.h - what a migration's text declares: its statements, tables, columns and keys.
 *
 * The migrator rewrites this for each engine; sqlgen checks it against the house's rules.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sqltext.h"

typedef struct {
    char *name;
    char *type; /* upper case, words by single spaces: "DOUBLE PRECISION", "VARCHAR(10)", "" */
    int line;
    bool not_null;   /* says NOT NULL, or belongs to the primary key */
    bool collated;   /* has a COLLATE of its own */
    size_t type_end; /* byte offset just past the type */
    size_t end;      /* byte offset just past the whole definition */
} DdlColumn;

typedef struct {
    GPtrArray *columns;     /* char *; of this table */
    char *target;           /* the other table */
    GPtrArray *ref_columns; /* char *; empty when left out */
    int line;
    bool deferrable;
    size_t from, to;         /* bytes to cut from the statement to take the key out */
    size_t ref_from, ref_to; /* bytes of "REFERENCES ... ON DELETE ..." */
} DdlKey;

typedef enum { DDL_CREATE_TABLE, DDL_ADD_COLUMN, DDL_REFUSE, DDL_SEARCH, DDL_OTHER } DdlKind;

typedef struct {
    DdlKind kind;
    char *text; /* of the one statement, without its semicolon */
    int line;
    GArray *tokens; /* SqlToken of `text` */
    /* of CREATE TABLE and ALTER TABLE ... ADD COLUMN */
    char *table;
    GPtrArray *columns; /* DdlColumn */
    GPtrArray *keys;    /* DdlKey */
    GPtrArray *primary; /* char *; columns of the primary key, in order */
    /* of REFUSE; `table` too */
    char *verb;         /* "insert", "update" or "delete" */
    size_t unless_from; /* bytes of the condition, with its parentheses; both 0: none */
    size_t unless_to;
    /* of SEARCH; `table` too */
    char *title, *body, *id;
} DdlStatement;

/**
 * Read a migration.
 *
 * Two statements are our own. One is a trigger to each engine:
 *   REFUSE INSERT|UPDATE|DELETE ON table [UNLESS (condition)]
 * No row of the table may be put in, changed or taken out, whoever asks and whatever program, unless the
 * condition holds; it sees the row as NEW (insert, update) and OLD (update, delete).
 *
 * The other makes a table's words searchable:
 *   SEARCH table (title, body) BY id
 * SQLite gets a full-text table table_search(title, body) without content, whose rowid is to be the
 * row's id, unique in the table; PostgreSQL a column "search" of type tsvector. Whoever writes the table
 * fills it, with words that are folded and stemmed already (i18n, stem.h).
 *   ret_line  where it could not be read, on failure; may be NULL.
 * Returns an array of DdlStatement, yours, or NULL with APP_ERROR_INVALID.
 */
GPtrArray *ddl_parse(const char *text, int *ret_line, GError **error);
/* The column of that name, or NULL. */
const DdlColumn *ddl_column(const DdlStatement *statement, const char *name);
bool ddl_has(const GPtrArray *names, const char *name);
