/* sqlite.c - one handle on a SQLite file: how it is opened, its cached statements, its errors.
 *
 * Readers' handles cannot write (query_only); the store's one writer has the other kind.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"
#include "i18n.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BUSY_MS 1000 /* another process may hold the write lock this long before we count a try */

typedef struct {
    const char *sql; /* what it was prepared from */
    sqlite3_stmt *stmt;
    int *index; /* SQLite's number of $1..$n, from 0 */
} LiteStatement;

static void statement_free(void *data)
{
    LiteStatement *s = data;

    sqlite3_finalize(s->stmt);
    g_free(s->index);
    g_free(s);
}

static AppError error_code(int extended)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return APP_ERROR_CONFLICT;
    default:
        break;
    }
    switch (extended & 0xff) {
    case SQLITE_CONSTRAINT:
        return APP_ERROR_INVALID;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return APP_ERROR_BUSY;
    default:
        return APP_ERROR_DB;
    }
}

bool lite_fail(Db *db, const char *what, GError **error)
{
    return app_fail(error, error_code(sqlite3_extended_errcode(db->lite)), "%s: %s", what,
                    sqlite3_errmsg(db->lite));
}

/* ICU's order; texts it holds equal stay apart by their bytes, as on PostgreSQL. */
static int collate_nb(void *data, int a_len, const void *a, int b_len, const void *b)
{
    int order = nb_compare(a, (size_t)a_len, b, (size_t)b_len);

    (void)data;
    if (order)
        return order;
    order = memcmp(a, b, (size_t)MIN(a_len, b_len));
    return order ? order : a_len - b_len;
}

int lite_collation(sqlite3 *lite)
{
    return sqlite3_create_collation(lite, "nb", SQLITE_UTF8, NULL, collate_nb);
}

bool lite_exec(Db *db, const char *sql, GError **error)
{
    return sqlite3_exec(db->lite, sql, NULL, NULL, NULL) == SQLITE_OK ||
           lite_fail(db, "sqlite", error);
}

static bool configure(Db *db, bool writer, GError **error)
{
    sqlite3_extended_result_codes(db->lite, 1);
    sqlite3_busy_timeout(db->lite, BUSY_MS);
    /* a mistyped "name" is an error and not a string, as on PostgreSQL */
    sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (lite_collation(db->lite) != SQLITE_OK)
        return lite_fail(db, "collation nb", error);
    return lite_exec(db, "PRAGMA journal_mode = WAL", error) &&
           /* a scratch store dies with its process, so there is no disk to wait for */
           lite_exec(db,
                     db->store->scratch ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL",
                     error) &&
           lite_exec(db,
                     "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                     "PRAGMA case_sensitive_like = ON; PRAGMA temp_store = MEMORY;"
                     "PRAGMA journal_size_limit = 67108864",
                     error) &&
           (writer || lite_exec(db, "PRAGMA query_only = ON", error));
}

bool lite_attach(Db *db, bool writer, GError **error)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

    db->is_writer = writer;
    db->statements = g_hash_table_new_full(NULL, NULL, NULL, statement_free);
    db->kept = writer ? NULL : kept_new();
    if (sqlite3_open_v2(db->store->path, &db->lite, flags, NULL) != SQLITE_OK)
        return lite_fail(db, db->store->path, error);
    return configure(db, writer, error);
}

void lite_detach(Db *db)
{
    g_clear_pointer(&db->kept, kept_free);
    g_clear_pointer(&db->statements, g_hash_table_unref);
    sqlite3_close(db->lite);
    db->lite = NULL;
}

static LiteStatement *prepare(Db *db, const DbQuery *query, GError **error)
{
    LiteStatement *s = g_hash_table_lookup(db->statements, query);
    sqlite3_stmt *stmt = NULL;
    char name[16];

    if (s && s->sql == query->sqlite)
        return s;
    if (sqlite3_prepare_v3(db->lite, query->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
        SQLITE_OK) {
        lite_fail(db, query->name, error);
        return NULL;
    }
    s = g_new0(LiteStatement, 1);
    s->sql = query->sqlite;
    s->stmt = stmt;
    s->index = g_new0(int, query->n_params + 1);
    for (int i = 0; i < query->n_params; i++) {
        g_snprintf(name, sizeof name, "$%d", i + 1);
        s->index[i] = sqlite3_bind_parameter_index(stmt, name);
    }
    g_hash_table_insert(db->statements, (void *)query, s);
    return s;
}

bool lite_command(Db *db, const char *literal, GError **error)
{
    LiteStatement *s = g_hash_table_lookup(db->statements, literal);

    if (!s) {
        sqlite3_stmt *stmt = NULL;

        if (sqlite3_prepare_v3(db->lite, literal, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
            SQLITE_OK)
            return lite_fail(db, literal, error);
        s = g_new0(LiteStatement, 1);
        s->stmt = stmt;
        g_hash_table_insert(db->statements, (void *)literal, s);
    }
    bool ok = sqlite3_step(s->stmt) == SQLITE_DONE || lite_fail(db, literal, error);

    sqlite3_reset(s->stmt);
    return ok;
}

static int bind_value(sqlite3_stmt *stmt, int index, const DbValue *v)
{
    if (value_is_null(v))
        return sqlite3_bind_null(stmt, index);
    switch (v->type) {
    case DB_INT:
        return sqlite3_bind_int64(stmt, index, v->i);
    case DB_REAL:
        return sqlite3_bind_double(stmt, index, v->d);
    case DB_TEXT:
        return sqlite3_bind_text(stmt, index, v->s, -1, SQLITE_STATIC);
    case DB_BLOB:
        return sqlite3_bind_blob64(stmt, index, v->s, (sqlite3_uint64)v->i, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static bool read_row(sqlite3_stmt *stmt, RowSink *sink, GError **error)
{
    for (int i = 0; i < sink->query->n_columns; i++) {
        Cell cell = { .null = sqlite3_column_type(stmt, i) == SQLITE_NULL };

        switch (sink->query->columns[i].type) {
        case DB_INT:
            cell.i = sqlite3_column_int64(stmt, i);
            break;
        case DB_REAL:
            cell.d = sqlite3_column_double(stmt, i);
            break;
        case DB_TEXT:
            cell.s = (const char *)sqlite3_column_text(stmt, i);
            cell.len = (size_t)sqlite3_column_bytes(stmt, i);
            break;
        case DB_BLOB:
            cell.s = sqlite3_column_blob(stmt, i);
            cell.len = (size_t)sqlite3_column_bytes(stmt, i);
            break;
        }
        if (!rows_cell(sink, i, &cell, error))
            return false;
    }
    rows_next(sink);
    return true;
}

static bool step_all(Db *db, sqlite3_stmt *stmt, RowSink *sink, GError **error)
{
    int rc;

    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        if (!read_row(stmt, sink, error))
            return false;
    return rc == SQLITE_DONE || lite_fail(db, sink->query->name, error);
}

bool lite_run(Db *db, const DbQuery *query, const DbValue *values, RowSink *sink, GError **error)
{
    LiteStatement *s = prepare(db, query, error);
    bool ok = s != NULL;

    for (int i = 0; ok && i < query->n_params; i++)
        ok = !s->index[i] || bind_value(s->stmt, s->index[i], &values[i]) == SQLITE_OK ||
             lite_fail(db, query->name, error);
    ok = ok && step_all(db, s->stmt, sink, error);
    db->changed = db->changed || (ok && query->writes && sqlite3_changes64(db->lite) > 0);
    if (s) {
        sqlite3_reset(s->stmt);
        sqlite3_clear_bindings(s->stmt);
    }
    return ok;
}

/* The file holds what people may not know of each other: only its owner reads it. */
static bool create_file(const char *path, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        return app_fail(error, APP_ERROR_DB, "cannot open %s: %s", path, g_strerror(errno));
    close(fd);
    return true;
}

static void remove_scratch(Store *store)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal", "-turn" };

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *file = g_strconcat(store->path, ends[i], NULL);

        g_unlink(file);
    }
    g_rmdir(store->scratch);
}

void lite_close(Store *store)
{
    g_clear_pointer(&store->writer, writer_stop);
    if (store->scratch)
        remove_scratch(store);
    g_free(store->scratch);
    g_free(store->path);
    g_free(store);
}

/* SQLite counts what it allocates under one lock for all threads unless told not to, once. */
static gpointer without_counting(gpointer unused)
{
    (void)unused;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return NULL;
}

Store *lite_open(const char *path, GError **error)
{
    /* lint: state — a setting of the library, made once */
    static GOnce once = G_ONCE_INIT;
    Store *store = g_new0(Store, 1);
    g_autoptr(GError) why = NULL;

    g_once(&once, without_counting, NULL);
    /* A file, not SQLite's :memory:, so that readers, the writer and locks are the real ones. */
    if (!strcmp(path, ":memory:")) {
        store->scratch = g_dir_make_tmp("oppvekst-XXXXXX", &why);
        store->path = store->scratch ? g_build_filename(store->scratch, "db", NULL) : NULL;
    } else {
        store->path = g_strdup(path);
    }
    if (why)
        app_fail(error, APP_ERROR_DB, "%s", why->message);
    else if (create_file(store->path, error))
        store->writer = writer_start(store, error);
    if (store->writer)
        return store;
    lite_close(store);
    return NULL;
}
