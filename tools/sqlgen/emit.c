/* emit.c - writes the header: per query a row struct, its cleanup, and one typed function.
 *
 * The functions are static and not marked unused, so that a query nobody calls does not compile.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include <string.h>

/* More arguments than this and a function takes a struct, too. */
#define MANY 6

static bool takes_struct(const Query *q)
{
    return q->many || q->params->len > MANY;
}

/* Names a field cannot have: C's keywords and what banned.h poisons. */
#define RESERVED                                                                                   \
    " auto break case char const continue default do double else enum extern float for goto if "   \
    "inline int long register restrict return short signed sizeof static struct switch typedef "   \
    "union unsigned void volatile while system gets "
/* Names the generated function has for itself. */
#define TAKEN " db ret error args rows values query params columns offset "

static bool listed(const char *name, const char *list)
{
    g_autofree char *word = g_strconcat(" ", name, " ", NULL);

    return strstr(list, word) != NULL;
}

/* The field's name in a struct. */
static const char *field_name(const Field *field, char buf[static 128])
{
    g_snprintf(buf, 128, "%s%s", field->name, listed(field->name, RESERVED) ? "_" : "");
    return buf;
}

/* The field's name as an argument. */
static const char *argument_name(const Field *field, char buf[static 128])
{
    bool taken = listed(field->name, RESERVED) || listed(field->name, TAKEN);

    g_snprintf(buf, 128, "%s%s", field->name, taken ? "_" : "");
    return buf;
}

static char *pascal_case(const char *name)
{
    GString *out = g_string_new(NULL);
    bool up = true;

    for (; *name; name++) {
        if (*name != '_')
            g_string_append_c(out, up ? g_ascii_toupper(*name) : *name);
        up = *name == '_';
    }
    return g_string_free(out, FALSE);
}

static const char *c_type(DbType type)
{
    static const char *const types[] = { "int64_t ", "double ", "const char *", "DbBlob " };

    return types[type];
}

static const char *db_type(DbType type)
{
    static const char *const types[] = { "DB_INT", "DB_REAL", "DB_TEXT", "DB_BLOB" };

    return types[type];
}

const char *type_name(DbType type)
{
    static const char *const types[] = { "int", "real", "text", "blob" };

    return types[type];
}

static void emit_struct(GString *out, const GArray *fields, const char *name)
{
    char buf[128];

    g_string_append(out, "typedef struct {\n");
    for (guint i = 0; i < fields->len; i++) {
        const Field *f = &g_array_index(fields, Field, i);

        g_string_append_printf(out, "    %s%s;\n", c_type(f->type), field_name(f, buf));
    }
    g_string_append_printf(out, "} %s;\n", name);
}

static void emit_rows(GString *out, const Query *q, const char *type)
{
    g_autofree char *row = g_strconcat(type, "Row", NULL);

    emit_struct(out, q->columns, row);
    g_string_append_printf(out,
                           "typedef struct {\n    %s *v;\n    size_t n;\n    GStringChunk *text;\n"
                           "} %ss;\n",
                           row, row);
    g_string_append_printf(out,
                           "static inline void %s_rows_clear(%ss *rows)\n{\n"
                           "    DbRows all = { rows->v, rows->n, rows->text };\n\n"
                           "    db_rows_clear(&all);\n    *rows = (%ss){ 0 };\n}\n"
                           "G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(%ss, %s_rows_clear)\n",
                           q->name, row, row, row, q->name);
}

static void emit_literal(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '\n')
            g_string_append(out, "\\n\"\n                  \"");
        else if (*text == '"' || *text == '\\')
            g_string_append_printf(out, "\\%c", *text);
        else
            g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void emit_columns(GString *out, const GArray *fields, const char *name)
{
    if (!fields->len)
        return;
    g_string_append_printf(out, "    static const DbColumn %s[] = {\n", name);
    for (guint i = 0; i < fields->len; i++) {
        const Field *f = &g_array_index(fields, Field, i);

        g_string_append_printf(out, "        { \"%s\", %s, %s },\n", f->name, db_type(f->type),
                               f->nullable ? "true" : "false");
    }
    g_string_append(out, "    };\n");
}

static void emit_offsets(GString *out, const Query *q, const char *type)
{
    char buf[128];

    if (!q->columns->len)
        return;
    g_string_append(out, "    static const size_t offset[] = {\n");
    for (guint i = 0; i < q->columns->len; i++)
        g_string_append_printf(out, "        offsetof(%sRow, %s),\n", type,
                               field_name(&g_array_index(q->columns, Field, i), buf));
    g_string_append(out, "    };\n");
}

/* The same columns again for each row of a statement. */
static void emit_columns_of_rows(GString *out, const GArray *fields)
{
    g_string_append(out, "    static const DbColumn params_of_rows[] = {\n");
    for (guint i = 0; i < MANY_ROWS * fields->len; i++) {
        const Field *f = &g_array_index(fields, Field, i % fields->len);

        g_string_append_printf(out, "        { \"%s\", %s, %s },\n", f->name, db_type(f->type),
                               f->nullable ? "true" : "false");
    }
    g_string_append(out, "    };\n");
}

/* The statement of MANY_ROWS rows beside the one of a single row. */
static void emit_query_of_rows(GString *out, const Query *q)
{
    g_autofree char *text = many_text(q);

    emit_columns_of_rows(out, q->params);
    g_string_append_printf(out,
                           "    static const DbQuery rows_at_once = {\n        .name = \"%s\",\n"
                           "        .file = \"%s\",\n        .line = %d,\n        .sqlite = ",
                           q->name, q->file, q->line);
    emit_literal(out, text);
    g_string_append(out, ",\n        .postgresql = ");
    emit_literal(out, text);
    g_string_append_printf(out,
                           ",\n        .n_params = %u,\n        .params = params_of_rows,\n"
                           "        .writes = true,\n        .all_owners = %s,\n"
                           "        .shape = DB_NOTHING,\n    };\n",
                           MANY_ROWS * q->params->len, q->all_owners ? "true" : "false");
}

static void emit_query(GString *out, const Query *q, const Query *twin)
{
    static const char *const shapes[] = { "DB_NOTHING", "DB_ROW", "DB_ROWS" };
    const Query *lite = q->engine == FOR_POSTGRESQL ? twin : q;
    const Query *pg = q->engine == FOR_SQLITE ? twin : q;

    g_string_append_printf(out,
                           "    static const DbQuery query = {\n        .name = \"%s\",\n"
                           "        .file = \"%s\",\n        .line = %d,\n        .sqlite = ",
                           q->name, q->file, q->line);
    emit_literal(out, lite->text);
    g_string_append(out, ",\n        .postgresql = ");
    emit_literal(out, pg->text);
    g_string_append_printf(out, ",\n        .n_params = %u,\n", q->params->len);
    if (q->params->len)
        g_string_append(out, "        .params = params,\n");
    g_string_append_printf(out, "        .n_columns = %u,\n", q->columns->len);
    if (q->columns->len)
        g_string_append(out, "        .columns = columns,\n");
    g_string_append_printf(out,
                           "        .writes = %s,\n        .all_owners = %s,\n"
                           "        .shape = %s,\n    };\n",
                           lite->writes || pg->writes ? "true" : "false",
                           q->all_owners ? "true" : "false", shapes[q->shape]);
}

static void emit_values(GString *out, const Query *q)
{
    static const char *const makers[] = { "db_int", "db_real", "db_text", "db_blob" };
    bool many = takes_struct(q);
    char buf[128];

    if (!q->params->len)
        return;
    g_string_append(out, "    const DbValue values[] = {\n");
    for (guint i = 0; i < q->params->len; i++) {
        const Field *f = &g_array_index(q->params, Field, i);

        g_string_append_printf(out, "        %s(%s%s),\n", makers[f->type], many ? "args->" : "",
                               many ? field_name(f, buf) : argument_name(f, buf));
    }
    g_string_append(out, "    };\n");
}

static void emit_signature(GString *out, const Query *q, const char *type)
{
    char buf[128];

    g_string_append_printf(out, "static bool %s(Db *db", q->name);
    if (q->params->len > MANY)
        g_string_append_printf(out, ", const %sArgs *args", type);
    for (guint i = 0; i < q->params->len && q->params->len <= MANY; i++) {
        const Field *f = &g_array_index(q->params, Field, i);

        g_string_append_printf(out, ", %s%s", c_type(f->type), argument_name(f, buf));
    }
    if (q->columns->len)
        g_string_append_printf(out, ", %sRows *ret", type);
    g_string_append(out, ", GError **error)\n");
}

/* A wide query can be called with its struct or, as a narrow one, with each argument by itself. */
static void emit_choice(GString *out, const Query *q, const char *type)
{
    guint n = q->params->len;
    const char *ret = q->columns->len ? ", ret" : "";

    g_string_append_printf(out, "#define %s_struct(db, args%s, error) (%s)(db, args%s, error)\n",
                           q->name, ret, q->name, ret);
    g_string_append_printf(out, "#define %s_list(db", q->name);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, ", a%u", i);
    g_string_append_printf(out, "%s, error) \\\n    (%s)(db, &(const %sArgs){ a0", ret, q->name,
                           type);
    for (guint i = 1; i < n; i++)
        g_string_append_printf(out, ", a%u", i);
    g_string_append_printf(out, " }%s, error)\n#define %s_pick(db", ret, q->name);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, ", a%u", i);
    g_string_append_printf(out, "%s, error, name, ...) name\n", ret);
    g_string_append_printf(out, "#define %s(...) \\\n    %s_pick(__VA_ARGS__, %s_list", q->name,
                           q->name, q->name);
    for (guint i = 2; i < n; i++)
        g_string_append_printf(out, ", %s_wrong_number_of_arguments", q->name);
    g_string_append_printf(out, ", %s_struct, 0)(__VA_ARGS__)\n", q->name);
}

static void emit_function(GString *out, const Query *q, const Query *twin, const char *type)
{
    const char *values = q->params->len ? "values" : "NULL";

    emit_signature(out, q, type);
    g_string_append(out, "{\n");
    emit_columns(out, q->params, "params");
    emit_columns(out, q->columns, "columns");
    emit_offsets(out, q, type);
    emit_query(out, q, twin);
    emit_values(out, q);
    if (q->columns->len)
        g_string_append_printf(out,
                               "    DbRows rows = { 0 };\n\n"
                               "    if (!db_run(db, &query, %s, sizeof(%sRow), offset, &rows, "
                               "error))\n        return false;\n"
                               "    *ret = (%sRows){ rows.v, rows.n, rows.text };\n"
                               "    return true;\n}\n",
                               values, type, type);
    else
        g_string_append_printf(
            out, "\n    return db_run(db, &query, %s, 0, NULL, NULL, error);\n}\n", values);
}

/* As many rows as there are: MANY_ROWS to a statement, and the rest one by one. */
static void emit_many(GString *out, const Query *q, const char *type)
{
    g_string_append_printf(
        out, "static bool %s(Db *db, const %sArgs *rows, size_t n, GError **error)\n{\n", q->name,
        type);
    emit_columns(out, q->params, "params");
    emit_query(out, q, q);
    emit_query_of_rows(out, q);
    g_string_append_printf(out,
                           "    DbValue all[%u];\n\n"
                           "    for (size_t at = 0, k; at < n; at += k) {\n"
                           "        k = n - at < %d ? 1 : %d;\n"
                           "        for (size_t i = 0; i < k; i++) {\n"
                           "            const %sArgs *args = &rows[at + i];\n",
                           MANY_ROWS * q->params->len, MANY_ROWS, MANY_ROWS, type);
    emit_values(out, q);
    g_string_append_printf(
        out,
        "            memcpy(all + i * %u, values, sizeof values);\n        }\n"
        "        if (!db_run(db, k == 1 ? &query : &rows_at_once, all, 0, NULL, NULL, error))\n"
        "            return false;\n    }\n    return true;\n}\n",
        q->params->len);
}

static const Query *find_twin(const GPtrArray *queries, const Query *q)
{
    for (guint i = 0; i < queries->len; i++) {
        const Query *other = g_ptr_array_index(queries, i);

        if (other != q && !strcmp(other->name, q->name))
            return other;
    }
    return q;
}

void emit_header(GString *out, const char *file, const GPtrArray *queries)
{
    g_string_append_printf(out,
                           "/* Generated by sqlgen from %s; do not edit. */\n#pragma once\n"
                           "#include \"db.h\"\n",
                           file);
    for (guint i = 0; i < queries->len; i++) {
        const Query *q = g_ptr_array_index(queries, i);
        const Query *twin = find_twin(queries, q);

        /* of a pair, the first stands for both */
        if (twin != q && twin->line < q->line)
            continue;
        g_autofree char *type = pascal_case(q->name);
        g_autofree char *args = g_strconcat(type, "Args", NULL);

        g_string_append_printf(out, "\n/* %s:%d */\n", q->file, q->line);
        if (q->columns->len)
            emit_rows(out, q, type);
        if (takes_struct(q))
            emit_struct(out, q->params, args);
        if (q->many)
            emit_many(out, q, type);
        else
            emit_function(out, q, twin, type);
        if (takes_struct(q) && !q->many)
            emit_choice(out, q, type);
    }
}
