/* ddl.c - reads CREATE TABLE and ALTER TABLE ... ADD COLUMN; other statements pass as they are.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "ddl.h"
#include <string.h>

#define CONSTRAINTS "not null default check unique primary references collate generated constraint"
#define TABLE_CONSTRAINTS "primary unique check foreign constraint"

static void column_free(void *data)
{
    DdlColumn *column = data;

    g_free(column->name);
    g_free(column->type);
    g_free(column);
}

static void key_free(void *data)
{
    DdlKey *key = data;

    g_clear_pointer(&key->columns, g_ptr_array_unref);
    g_clear_pointer(&key->ref_columns, g_ptr_array_unref);
    g_free(key->target);
    g_free(key);
}

static void statement_free(void *data)
{
    DdlStatement *s = data;

    g_clear_pointer(&s->tokens, g_array_unref);
    g_clear_pointer(&s->columns, g_ptr_array_unref);
    g_clear_pointer(&s->keys, g_ptr_array_unref);
    g_clear_pointer(&s->primary, g_ptr_array_unref);
    g_free(s->text);
    g_free(s->table);
    g_free(s->verb);
    g_free(s->title);
    g_free(s->body);
    g_free(s->id);
    g_free(s);
}

static size_t start_of(const DdlStatement *s, size_t i)
{
    return (size_t)(sql_at(s->tokens, i)->at - s->text);
}

/* Byte offset just past token i. */
static size_t end_of(const DdlStatement *s, size_t i)
{
    return start_of(s, i) + sql_at(s->tokens, i)->len;
}

/* The names in the parentheses at i. */
static GPtrArray *read_names(const DdlStatement *s, size_t i)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    size_t close = sql_close(s->tokens, i);

    for (size_t k = i + 1; k < close && k < s->tokens->len; k++)
        if (sql_is_name(s->tokens, k))
            g_ptr_array_add(names, sql_name(sql_at(s->tokens, k)));
    return names;
}

/* Past the ON DELETE, ON UPDATE, MATCH and DEFERRABLE that follow a reference, up to `end`. */
static size_t skip_actions(const DdlStatement *s, size_t i, size_t end, bool *ret_deferrable)
{
    const GArray *t = s->tokens;

    while (i < end) {
        if (sql_is(t, i, "on"))
            i += sql_is_any(t, i + 2, "set no") ? 4 : 3;
        else if (sql_is_any(t, i, "match initially"))
            i += 2;
        else if (sql_is(t, i, "not") && sql_is(t, i + 1, "deferrable"))
            i += 2;
        else if (sql_is(t, i, "deferrable")) {
            *ret_deferrable = true;
            i++;
        } else
            break;
    }
    return MIN(i, end);
}

/* REFERENCES at i, for a key over `columns` (taken). Returns the index after it. */
static size_t read_reference(DdlStatement *s, size_t i, size_t end, GPtrArray *columns)
{
    DdlKey *key = g_new0(DdlKey, 1);

    key->columns = columns;
    key->line = sql_at(s->tokens, i)->line;
    key->ref_from = start_of(s, i);
    key->target = i + 1 < end ? sql_name(sql_at(s->tokens, i + 1)) : g_strdup("");
    i += 2;
    if (i < end && sql_is(s->tokens, i, "(")) {
        key->ref_columns = read_names(s, i);
        i = sql_close(s->tokens, i) + 1;
    } else {
        key->ref_columns = g_ptr_array_new_with_free_func(g_free);
    }
    i = skip_actions(s, i, end, &key->deferrable);
    key->ref_to = end_of(s, i - 1);
    key->from = key->ref_from;
    key->to = key->ref_to;
    g_ptr_array_add(s->keys, key);
    return i;
}

/* The type's words from i on; returns the index after them. */
static size_t read_type(const DdlStatement *s, size_t i, size_t end, DdlColumn *column)
{
    g_autoptr(GString) type = g_string_new(NULL);

    while (i < end && !sql_is_any(s->tokens, i, CONSTRAINTS)) {
        const SqlToken *t = sql_at(s->tokens, i);
        bool glue = !type->len || t->kind != SQL_WORD;

        g_string_append_printf(type, "%s%.*s", glue ? "" : " ", (int)t->len, t->at);
        column->type_end = end_of(s, i++);
    }
    column->type = g_ascii_strup(type->str, (gssize)type->len);
    return i;
}

static void read_column(DdlStatement *s, size_t i, size_t end)
{
    DdlColumn *column = g_new0(DdlColumn, 1);
    const GArray *t = s->tokens;

    column->name = sql_name(sql_at(t, i));
    column->line = sql_at(t, i)->line;
    column->type_end = end_of(s, i);
    column->end = end_of(s, end - 1);
    g_ptr_array_add(s->columns, column);
    for (i = read_type(s, i + 1, end, column); i < end;) {
        if (sql_is(t, i, "not") && sql_is(t, i + 1, "null"))
            column->not_null = true;
        if (sql_is(t, i, "primary"))
            g_ptr_array_add(s->primary, g_strdup(column->name));
        if (sql_is(t, i, "collate"))
            column->collated = true;
        if (sql_is(t, i, "references")) {
            GPtrArray *columns = g_ptr_array_new_with_free_func(g_free);

            g_ptr_array_add(columns, g_strdup(column->name));
            i = read_reference(s, i, end, columns);
        } else {
            i = sql_is(t, i, "(") ? sql_close(t, i) + 1 : i + 1;
        }
    }
}

static void read_table_constraint(DdlStatement *s, size_t i, size_t end)
{
    const GArray *t = s->tokens;
    size_t first = i;

    if (sql_is(t, i, "constraint"))
        i += 2;
    if (sql_is(t, i, "primary") && sql_is(t, i + 1, "key")) {
        g_ptr_array_unref(s->primary);
        s->primary = read_names(s, i + 2);
    }
    if (!sql_is(t, i, "foreign"))
        return;
    GPtrArray *columns = read_names(s, i + 2);
    size_t at = sql_close(t, i + 2) + 1;

    if (!sql_is(t, at, "references")) {
        g_ptr_array_unref(columns);
        return;
    }
    read_reference(s, at, end, columns);
    DdlKey *key = g_ptr_array_index(s->keys, s->keys->len - 1);

    /* the comma before it goes too; it has one, for columns come first */
    key->from = first ? start_of(s, first - 1) : start_of(s, first);
}

static void read_items(DdlStatement *s, size_t open)
{
    const GArray *t = s->tokens;
    size_t close = sql_close(t, open);

    for (size_t i = open + 1; i < close;) {
        size_t end = i;

        while (end < close && !(sql_is(t, end, ",") && sql_at(t, end)->depth == 1))
            end++;
        if (end > i && sql_is_any(t, i, TABLE_CONSTRAINTS))
            read_table_constraint(s, i, end);
        else if (end > i)
            read_column(s, i, end);
        i = end + 1;
    }
}

static void mark_primary(DdlStatement *s)
{
    for (guint i = 0; i < s->columns->len; i++) {
        DdlColumn *column = g_ptr_array_index(s->columns, i);

        if (ddl_has(s->primary, column->name))
            column->not_null = true;
    }
}

/* REFUSE verb ON table [UNLESS (condition)] */
static bool read_refusal(DdlStatement *s, GError **error)
{
    const GArray *t = s->tokens;
    bool bare = t->len == 4;

    if (!sql_is_any(t, 1, "insert update delete") || !sql_is(t, 2, "on") || !sql_is_name(t, 3) ||
        (!bare && (!sql_is(t, 4, "unless") || sql_close(t, 5) != t->len - 1)))
        return app_fail(error, APP_ERROR_INVALID, "cannot read this REFUSE");
    s->kind = DDL_REFUSE;
    s->verb = sql_name(sql_at(t, 1));
    s->table = sql_name(sql_at(t, 3));
    s->unless_from = bare ? 0 : start_of(s, 5);
    s->unless_to = bare ? 0 : end_of(s, t->len - 1);
    return true;
}

/* SEARCH table (title, body) BY id */
static bool read_search(DdlStatement *s, GError **error)
{
    static const size_t names[] = { 1, 3, 5, 8 };
    static const char *const signs[] = { [2] = "(", [4] = ",", [6] = ")", [7] = "by" };
    const GArray *t = s->tokens;
    bool fits = t->len == 9;

    for (size_t i = 0; fits && i < G_N_ELEMENTS(names); i++)
        fits = sql_is_name(t, names[i]);
    for (size_t i = 2; fits && i < G_N_ELEMENTS(signs); i++)
        fits = !signs[i] || sql_is(t, i, signs[i]);
    if (!fits)
        return app_fail(error, APP_ERROR_INVALID, "cannot read this SEARCH");
    s->kind = DDL_SEARCH;
    s->table = sql_name(sql_at(t, 1));
    s->title = sql_name(sql_at(t, 3));
    s->body = sql_name(sql_at(t, 5));
    s->id = sql_name(sql_at(t, 8));
    return true;
}

/* Reads the statement's shape; false when it claims to be a table and is none. */
static bool read_statement(DdlStatement *s, GError **error)
{
    const GArray *t = s->tokens;

    s->kind = DDL_OTHER;
    if (sql_is(t, 0, "refuse"))
        return read_refusal(s, error);
    if (sql_is(t, 0, "search"))
        return read_search(s, error);
    if (sql_is(t, 0, "create") && sql_is(t, 1, "table")) {
        size_t name = sql_is(t, 2, "if") ? 5 : 2;

        if (!sql_is_name(t, name) || !sql_is(t, name + 1, "("))
            return app_fail(error, APP_ERROR_INVALID, "cannot read this CREATE TABLE");
        s->kind = DDL_CREATE_TABLE;
        s->table = sql_name(sql_at(t, name));
        read_items(s, name + 1);
    } else if (sql_is(t, 0, "alter") && sql_is(t, 1, "table") && sql_is(t, 3, "add")) {
        size_t column = sql_is(t, 4, "column") ? 5 : 4;

        if (!sql_is_name(t, column) || sql_is_any(t, column, TABLE_CONSTRAINTS))
            return app_fail(error, APP_ERROR_INVALID, "ALTER TABLE can only add a column");
        s->kind = DDL_ADD_COLUMN;
        s->table = sql_name(sql_at(t, 2));
        read_column(s, column, t->len);
    }
    mark_primary(s);
    return true;
}

static DdlStatement *statement_new(const char *text, size_t len, int line, GError **error)
{
    DdlStatement *s = g_new0(DdlStatement, 1);

    s->text = g_strndup(text, len);
    s->line = line;
    s->columns = g_ptr_array_new_with_free_func(column_free);
    s->keys = g_ptr_array_new_with_free_func(key_free);
    s->primary = g_ptr_array_new_with_free_func(g_free);
    s->tokens = sql_tokens(s->text, line, NULL, error);
    if (s->tokens && read_statement(s, error))
        return s;
    statement_free(s);
    return NULL;
}

GPtrArray *ddl_parse(const char *text, int *ret_line, GError **error)
{
    g_autoptr(GArray) tokens = sql_tokens(text, 1, ret_line, error);

    if (!tokens)
        return NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(statement_free);

    for (size_t i = 0, first = 0; i <= tokens->len; i++) {
        if (i < tokens->len && !(sql_is(tokens, i, ";") && sql_at(tokens, i)->depth == 0))
            continue;
        if (i > first) {
            const SqlToken *a = sql_at(tokens, first), *z = sql_at(tokens, i - 1);
            DdlStatement *s =
                statement_new(a->at, (size_t)(z->at + z->len - a->at), a->line, error);

            if (!s) {
                if (ret_line)
                    *ret_line = a->line;
                return NULL;
            }
            g_ptr_array_add(list, s);
        }
        first = i + 1;
    }
    return g_steal_pointer(&list);
}

const DdlColumn *ddl_column(const DdlStatement *statement, const char *name)
{
    for (guint i = 0; i < statement->columns->len; i++) {
        const DdlColumn *column = g_ptr_array_index(statement->columns, i);

        if (!strcmp(column->name, name))
            return column;
    }
    return NULL;
}

bool ddl_has(const GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++)
        if (!strcmp(g_ptr_array_index(names, i), name))
            return true;
    return false;
}
