/* reading.c - one read transaction over many queries, and the version of what it sees.
 *
 * SQLite's data_version is another number after any other connection's commit, in this process or
 * another; a reader's handle commits nothing itself, so the number alone says whether anything is new.
 * Source: sqlite.org/pragma.html#pragma_data_version.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"

static bool read_version(Db *db, int64_t *ret_version, GError **error)
{
    static const DbColumn column = { "data_version", DB_INT, false };
    static const DbQuery query = { .name = "data_version",
                                   .file = __FILE__,
                                   .line = __LINE__,
                                   .sqlite = "PRAGMA data_version",
                                   .n_columns = 1,
                                   .columns = &column,
                                   .shape = DB_ROW };
    static const size_t offset = 0;
    RowSink sink;
    bool ok;

    rows_begin(&sink, &query, sizeof(int64_t), &offset);
    ok = lite_run(db, &query, NULL, &sink, error) && rows_check(&sink, error);
    if (ok)
        *ret_version =
            *(const int64_t *)(const void *)(sink.v->data + sink.v->len - sizeof(int64_t));
    rows_drop(&sink);
    return ok;
}

static void end(Db *db)
{
    if (db->in_reading)
        lite_command(db, "COMMIT", NULL);
    db->in_reading = false;
}

bool reading_open(Db *db)
{
    int64_t version;

    if (!db->reading || db->in_reading)
        return db->in_reading;
    if (!lite_command(db, "BEGIN", NULL))
        return false;
    db->in_reading = true;
    if (!read_version(db, &version, NULL)) {
        end(db);
        return false;
    }
    if (version != db->version)
        kept_forget(db->kept);
    db->version = version;
    return true;
}

void reading_pause(Db *db)
{
    end(db);
}

void db_reading_begin(Db *db)
{
    db->reading = !db->store->postgresql && !db->is_writer;
}

void db_reading_end(Db *db)
{
    end(db);
    db->reading = false;
}

int64_t db_version(Db *db)
{
    return reading_open(db) ? db->version : 0;
}
