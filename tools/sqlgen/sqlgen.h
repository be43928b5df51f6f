/* sqlgen.h - what the parts of the query compiler share: queries as read, and how to refuse one.
 *
 * read.c reads, migration.c and rules.c judge the text, check.c asks SQLite, describe.c asks
 * PostgreSQL, emit.c writes the C. Every refusal is one line, FILE:LINE: message, on stderr.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "db.h"
#include "ddl.h"
#include "sqltext.h"
#include <sqlite3.h>

typedef enum { FOR_BOTH, FOR_SQLITE, FOR_POSTGRESQL } Engine;

typedef struct {
    char *name;
    DbType type;
    bool nullable;
} Field;

typedef struct {
    char *name;
    const char *file;         /* borrowed */
    int line;                 /* of the query line */
    GArray *params, *columns; /* Field */
    int shape;                /* DB_NOTHING, DB_ROW, DB_ROWS */
    Engine engine;
    char *all_owners; /* the written reason, or NULL */
    char *source;     /* the file's text from below the query line */
    GArray *tokens;   /* of the statement in `source`, without its semicolon */
    char *text;       /* with $1..$n, numbered as declared */
    bool writes;      /* as SQLite says; of a @postgresql text, as its first word says */
    bool many;        /* an INSERT of any number of rows */
} Query;

/* What one run has found wrong. */
typedef struct {
    int refused;
} Report;

void refuse(Report *report, const char *file, int line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* --- read.c --- */
/* Every query of a file, in order; what cannot be read is refused and left out. */
GPtrArray *read_queries(const char *file, const char *text, Report *report);

/* --- migration.c --- */
typedef struct {
    const char *file;
    char *text;
} MigrationFile;
/* Judge the migrations (ascending) and run them on `db`. */
void check_migrations(sqlite3 *db, const GArray *files, Report *report);

/* --- rules.c --- */
/* Words and functions neither queries nor migrations may hold. */
void check_words(const char *file, const GArray *tokens, Report *report);
/* The rules for the text of one query. */
void check_text(const Query *query, Report *report);

/* --- items.c --- */
typedef struct {
    size_t from, to; /* token indexes of the expression, without its alias */
    char *qualifier; /* "w" of w.id; NULL */
    char *column;    /* "id" when it is a plain column, else NULL */
} Item;
/* The result columns of the first SELECT, or of RETURNING; empty when there are none. */
GArray *read_items(const GArray *tokens);

typedef struct {
    char *table;   /* NULL for a subquery */
    char *alias;   /* NULL when the table has none */
    bool nullable; /* stands on the nullable side of an outer join */
} Source;
/* The sources of the FROM clause that starts at token `from`. */
GArray *read_sources(const GArray *tokens, size_t from);

/* --- check.c --- */
void check_query(sqlite3 *db, Query *query, Report *report);

/* --- describe.c --- */
/* Prepare each query on the PostgreSQL at `url` and compare; false when it cannot be reached. */
bool describe_queries(const char *url, const GPtrArray *queries, Report *report);

/* --- emit.c --- */
void emit_header(GString *out, const char *file, const GPtrArray *queries);
const char *type_name(DbType type);

/* --- many.c --- */
/* Rows to one statement of a query that takes many. */
#define MANY_ROWS 16
/* The statement with MANY_ROWS rows for its one, numbered on; NULL when it has not exactly one row of
 * VALUES that holds all its arguments. g_free it. */
char *many_text(const Query *query);
/* Refuses a query that says it takes many and cannot. */
void check_many(const Query *query, Report *report);
