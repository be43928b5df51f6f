/* inside.h - what the parts of the database layer share and nobody else sees.
 *
 * A Store is either a SQLite file with one writer thread or a PostgreSQL with a pool; a Db is a
 * handle of the one or a connection of the other. db.c chooses; sqlite.c, writer.c, postgresql.c
 * do. Rows are collected the same way for both (rows.c).
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "db.h"
#include <sqlite3.h>

typedef struct Writer Writer;
typedef struct Pool Pool;
typedef struct PgLink PgLink;
typedef struct Kept Kept;

struct Store {
    bool postgresql;
    char *path;             /* SQLite's file */
    char *scratch;          /* directory of a ":memory:" store, removed at close */
    Writer *writer;         /* SQLite */
    Pool *pool;             /* PostgreSQL */
    gint n_open;            /* handles not closed yet */
    gsize commits, retries; /* atomic */
};

struct Db {
    Store *store;
    int depth;      /* transactions around us; > 1 are savepoints */
    int64_t owner;  /* see db_set_owner */
    DbWork witness; /* see db_set_witness */
    void *witness_arg;
    bool changed; /* since it was last cleared, a query of ours has changed a row */
    /* Whose turn the transaction has, and whose it came to need in the middle of it; NO_TURN: nobody's */
    int64_t turn, needed_turn;
    /* SQLite */
    sqlite3 *lite;
    GHashTable *statements; /* const DbQuery * -> LiteStatement * */
    bool is_writer;
    bool reading, in_reading; /* asked for; its transaction is open */
    int64_t version;          /* of the state being read */
    Kept *kept;               /* answers of this version; NULL for the writer */
    /* PostgreSQL */
    PgLink *link;
};

#define NO_TURN INT64_MIN

/* How often a transaction is begun anew, and the pause before try number `n` (0, 1, ...). */
#define MAX_TRIES 8
void db_pause(int n);

/* --- rows.c --- */
typedef struct {
    const DbQuery *query;
    size_t size;
    const size_t *offset;
    GByteArray *v;
    size_t n;
    GStringChunk *text;
    void *row;    /* zeroed, the one being filled */
    size_t bytes; /* of all text */
} RowSink;

typedef struct {
    bool null;
    int64_t i;
    double d;
    const char *s; /* text or blob */
    size_t len;
} Cell;

void rows_begin(RowSink *sink, const DbQuery *query, size_t size, const size_t *offset);
/* Fails with APP_ERROR_DB on a NULL where none is declared. */
bool rows_cell(RowSink *sink, int column, const Cell *cell, GError **error);
void rows_next(RowSink *sink);
/* Fails with APP_ERROR_NOT_FOUND when a DB_ROW has not exactly one. */
bool rows_check(const RowSink *sink, GError **error);
/* Hands the rows over. The sink is empty afterwards. */
void rows_end(RowSink *sink, DbRows *ret_rows);
void rows_drop(RowSink *sink);
/* The same rows once more, to be cleared by whoever got them. */
DbRows rows_share(const DbRows *rows);
/* An argument that stands for SQL NULL. */
bool value_is_null(const DbValue *value);
/* Refuses a NULL that is not declared and text that is not UTF-8. */
bool values_check(const DbQuery *query, const DbValue *values, GError **error);

/* --- sqlite.c --- */
/* The collation and the library's habits, on any connection. */
int lite_collation(sqlite3 *lite);
bool lite_attach(Db *db, bool writer, GError **error);
void lite_detach(Db *db);
bool lite_exec(Db *db, const char *sql, GError **error);
/* The same for one statement that comes often; kept prepared under the literal's address. */
bool lite_command(Db *db, const char *literal, GError **error);
bool lite_run(Db *db, const DbQuery *query, const DbValue *values, RowSink *sink, GError **error);
/* Sets `error` to what went wrong last; `what` is the query's name or the like. Returns false. */
bool lite_fail(Db *db, const char *what, GError **error);
Store *lite_open(const char *path, GError **error);
void lite_close(Store *store);

/* --- kept.c --- */
Kept *kept_new(void);
void kept_free(Kept *kept); /* NULL is fine */
void kept_forget(Kept *kept);
/* The answer read before to this very question; false when there is none. */
bool kept_find(const Kept *kept, const DbQuery *query, const DbValue *values, DbRows *ret_rows);
/* `bytes`: what the rows take. */
void kept_add(Kept *kept, const DbQuery *query, const DbValue *values, size_t bytes,
              const DbRows *rows);

/* --- reading.c --- */
/* Opens the read transaction if reading was asked for; false when none is open then. */
bool reading_open(Db *db);
void reading_pause(Db *db); /* before a write */

/* --- writer.c --- */
Writer *writer_start(Store *store, GError **error);
void writer_stop(Writer *writer);
/* Run `work` on the writer's handle and return when it is on disk, or has failed. */
bool writer_do(Writer *writer, DbWork work, void *arg, GError **error);
bool writer_is_me(const Writer *writer);

/* --- witness.c --- */
/* `work` in a transaction of its own, and the handle's witness, if any, before its commit. */
bool witness_transaction(Db *db, DbWork work, void *arg, GError **error);

/* --- postgresql.c, pool.c --- */
Pool *pool_new(const char *url, GError **error);
void pool_free(Pool *pool);
const char *pool_url(const Pool *pool);
bool pool_take(Pool *pool, Db *db, GError **error);
void pool_give(Pool *pool, Db *db);
bool pg_exec(Db *db, const char *sql, GError **error);
bool pg_run(Db *db, const DbQuery *query, const DbValue *values, RowSink *sink, GError **error);
bool pg_transaction(Db *db, DbWork work, void *arg, GError **error);
/* The same, after those of the same owner that came this way before. */
bool pg_transaction_in_turn(Db *db, DbWork work, void *arg, GError **error);

/* --- backup.c --- */
bool pg_backup(Store *store, const char *path, GError **error);

/* --- db.c --- */
/* Run SQL text without parameters on whichever engine. */
bool db_exec(Db *db, const char *sql, GError **error);
/* `work` inside SAVEPOINT ... RELEASE; both engines. */
bool db_savepoint(Db *db, DbWork work, void *arg, GError **error);

/* --- turn.c: between the processes that write one SQLite file --- */
int turn_open(const char *path, GError **error); /* a descriptor to close, or -1 */
/* Errors: APP_ERROR_BUSY at the deadline (g_get_monotonic_time); APP_ERROR_DB. */
bool turn_take(int fd, int64_t deadline, GError **error);
void turn_give(int fd);
