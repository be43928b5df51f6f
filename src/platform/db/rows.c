/* rows.c - fills sqlgen's structs from an engine's cells, and checks what goes in.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"
#include <math.h>

#define CHUNK 512 /* bytes of text a small answer takes */
#define HEAD 16   /* bytes before the first row: how many hold the rows */
G_STATIC_ASSERT(sizeof(gint) <= HEAD && HEAD % G_ALIGNOF(max_align_t) == 0);

static gint *holders(const DbRows *rows)
{
    return (gint *)(void *)((char *)rows->v - HEAD);
}

void rows_begin(RowSink *sink, const DbQuery *query, size_t size, const size_t *offset)
{
    *sink = (RowSink){ .query = query, .size = size, .offset = offset };
    if (!query->n_columns)
        return;
    sink->v = g_byte_array_new();
    g_byte_array_set_size(sink->v, HEAD);
    sink->text = g_string_chunk_new(CHUNK);
    sink->row = g_malloc0(size);
}

static const char *keep(RowSink *sink, const Cell *cell)
{
    sink->bytes += cell->len + 1;
    return g_string_chunk_insert_len(sink->text, cell->s ? cell->s : "", (gssize)cell->len);
}

bool rows_cell(RowSink *sink, int column, const Cell *cell, GError **error)
{
    const DbColumn *c = &sink->query->columns[column];
    char *field = (char *)sink->row + sink->offset[column];

    if (cell->null && !c->nullable)
        return app_fail(error, APP_ERROR_DB, "%s: column %s is NULL", sink->query->name, c->name);
    switch (c->type) {
    case DB_INT:
        *(int64_t *)(void *)field = cell->null ? NO_INT : cell->i;
        break;
    case DB_REAL:
        *(double *)(void *)field = cell->null ? (double)NAN : cell->d;
        break;
    case DB_TEXT:
        *(const char **)(void *)field = cell->null ? NULL : keep(sink, cell);
        break;
    case DB_BLOB:
        *(DbBlob *)(void *)field =
            cell->null ? (DbBlob){ 0 } : (DbBlob){ keep(sink, cell), cell->len };
        break;
    }
    return true;
}

void rows_next(RowSink *sink)
{
    if (!sink->v)
        return;
    g_byte_array_append(sink->v, sink->row, (guint)sink->size);
    memset(sink->row, 0, sink->size);
    sink->n++;
}

void rows_drop(RowSink *sink)
{
    g_clear_pointer(&sink->v, g_byte_array_unref);
    g_clear_pointer(&sink->text, g_string_chunk_free);
    g_clear_pointer(&sink->row, g_free);
    sink->n = 0;
}

bool rows_check(const RowSink *sink, GError **error)
{
    if (sink->query->shape == DB_ROW && sink->n != 1)
        return app_fail(error, APP_ERROR_NOT_FOUND, "%s: %zu rows", sink->query->name, sink->n);
    return true;
}

void rows_end(RowSink *sink, DbRows *ret_rows)
{
    if (sink->n && ret_rows) {
        ret_rows->n = sink->n;
        ret_rows->v = g_byte_array_free(g_steal_pointer(&sink->v), FALSE) + HEAD;
        ret_rows->text = g_steal_pointer(&sink->text);
        g_atomic_int_set(holders(ret_rows), 1);
    } else if (sink->v && ret_rows) {
        *ret_rows = (DbRows){ 0 };
    }
    rows_drop(sink);
}

DbRows rows_share(const DbRows *rows)
{
    if (rows->v)
        g_atomic_int_inc(holders(rows));
    return *rows;
}

void db_rows_clear(DbRows *rows)
{
    if (rows->v && g_atomic_int_dec_and_test(holders(rows))) {
        g_free(holders(rows));
        g_string_chunk_free(rows->text);
    }
    *rows = (DbRows){ 0 };
}

bool value_is_null(const DbValue *value)
{
    switch (value->type) {
    case DB_INT:
        return value->i == NO_INT;
    case DB_REAL:
        return isnan(value->d);
    case DB_TEXT:
    case DB_BLOB:
        return !value->s;
    }
    return true;
}

bool values_check(const DbQuery *query, const DbValue *values, GError **error)
{
    for (int i = 0; i < query->n_params; i++) {
        const DbColumn *p = &query->params[i];

        g_assert(values[i].type == p->type);
        if (value_is_null(&values[i])) {
            if (!p->nullable)
                return app_fail(error, APP_ERROR_INVALID, "%s: argument %s is NULL", query->name,
                                p->name);
        } else if (p->type == DB_TEXT && !g_utf8_validate(values[i].s, -1, NULL)) {
            return app_fail(error, APP_ERROR_INVALID, "%s: argument %s is not UTF-8", query->name,
                            p->name);
        }
    }
    return true;
}
