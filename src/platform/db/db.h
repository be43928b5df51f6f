/* db.h - one thin layer over SQLite and PostgreSQL; the only door to a database.
 *
 * A Store is the database of one process and is shared by its threads; a Db is one thread's handle
 * on it. Slices never write SQL in C: sqlgen turns their .sql files into typed functions over
 * db_run(). On SQLite every write, also a single statement, is done by the store's one writer
 * thread, which commits many callers' work in one go and releases each caller only after its
 * commit; on PostgreSQL a Db is a pooled connection and writes where it stands.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Store Store;
typedef struct Db Db;

/* --- opening --- */

/**
 * Open a database.
 *   url  "sqlite:PATH", a bare path, "sqlite::memory:" (tests: shared within the store), or a
 *        libpq URI "postgresql://...". Borrowed.
 * Returns the store, yours to close, or NULL with APP_ERROR_DB.
 */
Store *store_open(const char *url, GError **error);
void store_close(Store *store); /* NULL is fine; every Db of it must be closed before */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)
bool store_is_postgresql(const Store *store);

/* Transactions this process has committed on it, and those begun anew; for figures of operation. */
void store_counts(Store *store, int64_t *ret_commits, int64_t *ret_retries);

Db *db_open(Store *store, GError **error); /* one thread at a time may use it */
void db_close(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)
Store *db_store(Db *db);

/* --- migrations --- */

typedef struct {
    int number;         /* global, unique, 1-9999 */
    const char *name;   /* "0012-klassevandring" */
    const char *sql;    /* DDL in PostgreSQL's type names; see house-style section 5 */
    const char *sha256; /* of sql, as the build found it; NULL: found when it is needed */
} Migration;

/**
 * Bring the database to the newest migration, each in a transaction of its own.
 *   list, n  ascending by number.
 *   ret_applied  how many were run now; may be NULL.
 * A migration that has run and whose text has changed since, or one missing from the list, stops
 * with APP_ERROR_CONFLICT and names it. On SQLite typeof() checks are added for each column's type;
 * on PostgreSQL foreign keys are lifted out and added last, and row-level security is set on every
 * table with an owner column.
 */
bool db_migrate(Store *store, const Migration *list, size_t n, int *ret_applied, GError **error);
/* true when nothing is left to run; false with APP_ERROR_CONFLICT naming the first missing one */
bool db_is_current(Store *store, const Migration *list, size_t n, GError **error);
/* The same by a handle that is open already; opening one costs the reading of the whole schema. */
bool db_is_current_here(Db *db, const Migration *list, size_t n, GError **error);

/* --- ids --- */

/* 64 bits: milliseconds since 2020-01-01 UTC << 22 | 22 random bits; > 0, strictly rising in a
 * process. A collision between processes shows as APP_ERROR_CONFLICT on insert. */
int64_t id_new(void);
#define ID_TEXT 14
/* 13 characters of lower-case Crockford base32 and a NUL into buf[ID_TEXT]; returns buf. */
const char *id_text(int64_t id, char buf[ID_TEXT]);
/* The id in `text`, or 0 when it is not exactly what id_text writes. */
int64_t id_parse(const char *text);

/* --- whose rows --- */

/**
 * Say which owner the coming queries of this handle are for.
 *   owner  > 0: on PostgreSQL, row-level security hides other owners' rows from every query that
 *          has no written reason (`-- all owners:`). 0: no owner, all rows; the state of a new Db.
 * Takes effect with the next query. On SQLite nothing happens: there sqlgen's rule stands alone.
 */
void db_set_owner(Db *db, int64_t owner);
int64_t db_owner(const Db *db); /* as it was last said; 0 when nothing was */

/* --- reading --- */

/**
 * From here to db_reading_end the queries of this handle see one state of the database, and an answer
 * that was read before is given again, as long as nobody has committed anything since.
 *   On SQLite: one read transaction, begun by the first query. It is given up before each write, also
 *   of another unit of work, so nothing waits for the writer inside it and what is written is seen.
 *   On PostgreSQL nothing happens: there each query sees what is committed when it begins.
 */
void db_reading_begin(Db *db);
void db_reading_end(Db *db); /* without a begin it does nothing */

/**
 * The state that reading sees, as a number that is another one after any commit by anybody.
 * Numbers of one handle can be compared, those of two cannot. 0: not known (PostgreSQL; not reading).
 */
int64_t db_version(Db *db);

/* --- transactions --- */

/* A unit of work. May be run twice, on another thread; touches only `db` and what `arg` leads to. */
typedef bool (*DbWork)(Db *db, void *arg, GError **error);

/**
 * Run `work` in one transaction; commit when it returns true, roll back when false.
 * Retries on SQLITE_BUSY, serialization failures and deadlocks (at most 8 times). Nested calls
 * become savepoints. When it returns true the work is on disk.
 * Errors: what `work` set; APP_ERROR_BUSY after the last retry; APP_ERROR_DB.
 */
bool db_transaction(Db *db, DbWork work, void *arg, GError **error);

/**
 * Have every change of this handle written down where it happens.
 *   witness  run once for each outermost transaction, or lone write, that has changed a row, inside it
 *            and just before its commit; on SQLite by the writer's thread with the writer's Db, while
 *            the caller waits. When it fails, the transaction fails. What a savepoint rolled back is no
 *            change, nor is a write that met no row. NULL: nobody looks any more.
 *   arg      borrowed until then.
 * On PostgreSQL the transactions of witnessed handles with the same owner (db_set_owner) run one after
 * the other, on all nodes: what every one of them writes to, the end of a chain, is not fought over.
 */
void db_set_witness(Db *db, DbWork witness, void *arg);
/**
 * As db_transaction, for what the witness itself is about: what `work` changes calls no witness, and on
 * PostgreSQL it takes its turn with the witnessed transactions of the handle's owner.
 * Inside a transaction it is a part of that and no unit of its own: when it fails, so must the
 * transaction. One that has no turn and loses to those that have is begun anew in its turn.
 */
bool db_transaction_aside(Db *db, DbWork work, void *arg, GError **error);

/* --- soundness and backup --- */

/**
 * Ask the engine whether the database is whole: pages, indexes and constraints on SQLite
 * (integrity_check), what can be asked of PostgreSQL (constraints and indexes that are not valid),
 * and on both that every foreign key finds its row.
 *   wrong   gets one line of text for each thing, g_free'd by whoever frees the array's items.
 *   ret_n   how many things were looked at: tables on SQLite, keys on PostgreSQL.
 */
bool db_check(Db *db, GPtrArray *wrong, int64_t *ret_n, GError **error);

typedef struct {
    int64_t made_at; /* microseconds UTC */
    int migration;   /* the newest that had run */
    char program[40];
} BackupInfo;

/**
 * Copy the whole database into one file while others write; nobody waits. Everything committed before the
 * call is in it, and no half of anything. The file is checked and on disk when this returns.
 *   path     a file that is not there yet; what fails leaves none.
 *   program  version that makes it, at most 39 characters.
 * On SQLite the file is a database with a table that says what it is, and a last line with the SHA-256
 * of all before it; on PostgreSQL it is what pg_dump -Fc writes.
 * Errors: APP_ERROR_DB (worded for people: pg_dump is missing, the disk is full), APP_ERROR_CONFLICT (the
 * file is there).
 */
bool store_backup(Store *store, const char *path, const char *program, GError **error);
/**
 * Take a backup of SQLite out of its file: check its last line and what it says of itself, and write the
 * database in it to `to`, whole and on disk.
 * Errors: APP_ERROR_INVALID (damaged, cut off, or not a backup of this program; worded for people),
 * APP_ERROR_DB.
 */
bool backup_unpack(const char *path, const char *to, BackupInfo *ret, GError **error);
/* What a dump of PostgreSQL says of itself, after reading all of it. The same errors. */
bool backup_check_dump(const char *path, BackupInfo *ret, GError **error);
/**
 * Put a dump in the place of what is there, whatever version that is of. What was there is set aside, in
 * a schema of its own, until backup_settle says that all is well.
 *   ret_schema  what backup_settle wants; yours. Set also on failure, when something was set aside.
 * Errors: APP_ERROR_CONFLICT (something is set aside already, by a restore that was broken off),
 * APP_ERROR_DB.
 */
bool backup_load_dump(Store *store, const char *path, char **ret_schema, GError **error);
/* fine: what was set aside goes for good; else it comes back, and what was loaded goes. */
bool backup_settle(Store *store, const char *schema, bool fine, GError **error);
/* false with APP_ERROR_BUSY when a program has the SQLite file open. */
bool store_is_unused(const char *file, GError **error);
/* Whether the file is there and is no SQLite database, or one that is not whole. */
bool store_is_damaged(const char *file);
/* As store_is_unused, of a file that is damaged: by the locks on it alone. */
bool store_is_unlocked(const char *file, GError **error);
/* Whether the database has any table. */
bool store_is_empty(Store *store, bool *ret, GError **error);

/* --- what sqlgen's functions use --- */

#define NO_INT INT64_MIN /* SQL NULL in an `int?` */
/* SQL NULL in a `real?` is NAN, in a `text?` NULL. */

typedef enum { DB_INT, DB_REAL, DB_TEXT, DB_BLOB } DbType;

typedef struct {
    DbType type;
    int64_t i;     /* DB_INT; length in bytes for DB_BLOB */
    double d;      /* DB_REAL */
    const char *s; /* DB_TEXT, DB_BLOB; borrowed for the call */
} DbValue;

/* A blob in a row or an argument; `data` NULL is SQL NULL. Borrowed like text. */
typedef struct {
    const void *data;
    size_t size;
} DbBlob;

typedef struct {
    const char *name;
    DbType type;
    bool nullable;
} DbColumn;

typedef struct {
    const char *name; /* of the query, for errors and the log */
    const char *file; /* the .sql file and line, for errors */
    int line;
    const char *sqlite, *postgresql; /* the text with $1..$n; the same unless declared twice */
    int n_params;
    const DbColumn *params; /* a NULL in one that is not nullable is refused */
    int n_columns;
    const DbColumn *columns;
    bool writes;
    bool all_owners; /* has its reason to see every owner's rows: row-level security is lifted */
    enum { DB_NOTHING, DB_ROW, DB_ROWS } shape; /* DB_ROW: exactly one, else APP_ERROR_NOT_FOUND */
} DbQuery;

/* Rows as sqlgen's structs: `v` is an array of `n` structs of `size` bytes whose fields are at
 * `offset[column]`; text lives in `text` until cleared. */
typedef struct {
    void *v;
    size_t n;
    GStringChunk *text;
} DbRows;

/**
 * Run one query. A write outside a transaction is one of its own, on disk when this returns.
 *   query   static: its address and its texts' are the key of the prepared statement.
 *   values  n_params of them, in order.
 *   size, offset  layout of one row; ignored for DB_NOTHING.
 *   ret_rows  untouched on failure; clear with db_rows_clear. NULL for DB_NOTHING.
 * Errors: APP_ERROR_CONFLICT (unique), APP_ERROR_INVALID (check, foreign key, not null),
 * APP_ERROR_NOT_FOUND (DB_ROW without a row), APP_ERROR_BUSY, APP_ERROR_DB. A NULL in a column
 * that is not nullable is APP_ERROR_DB and names the column.
 */
bool db_run(Db *db, const DbQuery *query, const DbValue *values, size_t size, const size_t *offset,
            DbRows *ret_rows, GError **error);
void db_rows_clear(DbRows *rows);

static inline DbValue db_int(int64_t v)
{
    return (DbValue){ .type = DB_INT, .i = v };
}
static inline DbValue db_real(double v)
{
    return (DbValue){ .type = DB_REAL, .d = v };
}
static inline DbValue db_text(const char *v)
{
    return (DbValue){ .type = DB_TEXT, .s = v };
}
static inline DbValue db_blob(DbBlob v)
{
    return (DbValue){ .type = DB_BLOB, .i = (int64_t)v.size, .s = (const char *)v.data };
}
