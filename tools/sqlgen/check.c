/* check.c - asks SQLite about each query: does it run, what are its columns, can they be NULL,
 * does it write, and which tables does it touch.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include <string.h>

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *stmt;
    Query *q;
    Report *report;
    GArray *items;     /* Item */
    GArray *sources;   /* Source; of the outermost FROM */
    GHashTable *maybe; /* tables that some outer join may leave empty; "" for any */
    GHashTable *touched;
    bool compound;
} Check;

static int note_table(void *data, int action, const char *a, const char *b, const char *schema,
                      const char *trigger)
{
    Check *c = data;

    (void)b;
    (void)schema;
    (void)trigger;
    if (a && (action == SQLITE_READ || action == SQLITE_INSERT || action == SQLITE_UPDATE ||
              action == SQLITE_DELETE))
        g_hash_table_add(c->touched, g_strdup(a));
    return SQLITE_OK;
}

static bool is_table(const Check *c, const char *name, const char *column)
{
    return sqlite3_table_column_metadata(c->db, NULL, name, column, NULL, NULL, NULL, NULL, NULL) ==
           SQLITE_OK;
}

static bool uses(const Query *q, const char *param)
{
    for (guint i = 0; i < q->params->len; i++)
        if (!strcmp(g_array_index(q->params, Field, i).name, param))
            return true;
    return false;
}

static void check_owner(const Check *c)
{
    g_autoptr(GList) tables = g_list_sort(g_hash_table_get_keys(c->touched), (GCompareFunc)strcmp);

    if (uses(c->q, "owner") || c->q->all_owners)
        return;
    for (GList *l = tables; l; l = l->next)
        if (is_table(c, l->data, "owner"))
            refuse(c->report, c->q->file, c->q->line,
                   "%s: touches %s, which has owners, without :owner (or '-- all owners: reason')",
                   c->q->name, (const char *)l->data);
}

/* The real columns behind result column i; false for an expression. */
static bool find_origin(const Check *c, int i, const char **ret_table, const char **ret_column)
{
    const Item *item = (guint)i < c->items->len ? &g_array_index(c->items, Item, (guint)i) : NULL;

    *ret_table = sqlite3_column_table_name(c->stmt, i);
    *ret_column = sqlite3_column_origin_name(c->stmt, i);
    if (*ret_table && *ret_column)
        return true;
    /* RETURNING hides its origin; it is the table written to */
    if (!item || !item->column || !c->q->writes || !c->sources->len)
        return false;
    *ret_table = g_array_index(c->sources, Source, 0).table;
    *ret_column = item->column;
    return *ret_table && is_table(c, *ret_table, *ret_column);
}

static void check_type(const Check *c, const Field *f, const char *declared)
{
    static const struct {
        const char *name;
        DbType type;
    } types[] = { { "BIGINT", DB_INT },
                  { "TEXT", DB_TEXT },
                  { "DOUBLE PRECISION", DB_REAL },
                  { "BYTEA", DB_BLOB } };

    for (size_t i = 0; declared && i < G_N_ELEMENTS(types); i++)
        if (!g_ascii_strcasecmp(declared, types[i].name) && types[i].type != f->type)
            refuse(c->report, c->q->file, c->q->line, "%s: column %s is %s, declared %s",
                   c->q->name, f->name, type_name(types[i].type), type_name(f->type));
}

/* The source a plain column comes from; NULL when that cannot be said. */
static const Source *find_source(const Check *c, const Item *item, const char *table)
{
    const Source *found = NULL;

    for (guint i = 0; i < c->sources->len; i++) {
        const Source *s = &g_array_index(c->sources, Source, i);
        const char *wanted = item->qualifier ? s->alias : s->table;

        if (!wanted || strcmp(wanted, item->qualifier ? item->qualifier : table))
            continue;
        if (found)
            return NULL;
        found = s;
    }
    return found;
}

static void check_null(const Check *c, int i, const Field *f, const char *table, const char *column)
{
    const Item *item = (guint)i < c->items->len ? &g_array_index(c->items, Item, (guint)i) : NULL;
    int not_null = 0, primary = 0;

    if (!item || !item->column)
        return;
    sqlite3_table_column_metadata(c->db, NULL, table, column, NULL, NULL, &not_null, &primary,
                                  NULL);
    const Source *source = find_source(c, item, table);
    bool nullable = !(not_null || primary);
    bool outer = source && source->nullable;
    bool maybe = c->compound || g_hash_table_contains(c->maybe, "") ||
                 g_hash_table_contains(c->maybe, table);

    if (!f->nullable && (nullable || outer))
        refuse(c->report, c->q->file, c->q->line, "%s: column %s can be NULL%s: declare %s?",
               c->q->name, f->name, outer ? " (outer join)" : "", type_name(f->type));
    else if (f->nullable && !nullable && !outer && !maybe)
        refuse(c->report, c->q->file, c->q->line, "%s: column %s is never NULL: declare %s",
               c->q->name, f->name, type_name(f->type));
}

static void check_columns(const Check *c)
{
    int n = sqlite3_column_count(c->stmt);

    if (n != (int)c->q->columns->len) {
        refuse(c->report, c->q->file, c->q->line, "%s: the statement has %d columns, %u declared",
               c->q->name, n, c->q->columns->len);
        return;
    }
    for (int i = 0; i < n; i++) {
        const Field *f = &g_array_index(c->q->columns, Field, (guint)i);
        const char *name = sqlite3_column_name(c->stmt, i), *table, *column, *type = NULL;

        if (strcmp(name, f->name))
            refuse(c->report, c->q->file, c->q->line, "%s: column %d is '%s', declared '%s'",
                   c->q->name, i + 1, name, f->name);
        if (!find_origin(c, i, &table, &column))
            continue;
        sqlite3_table_column_metadata(c->db, NULL, table, column, &type, NULL, NULL, NULL, NULL);
        check_type(c, f, type);
        check_null(c, i, f, table, column);
    }
}

/* Which tables some outer join, at any depth, may leave empty. */
static void note_outer_joins(Check *c)
{
    const GArray *t = c->q->tokens;

    for (guint i = 0; i < t->len; i++) {
        if (!sql_is(t, i, "from") || sql_is(t, i - 1, "distinct"))
            continue;
        g_autoptr(GArray) sources = read_sources(t, i);

        for (guint k = 0; k < sources->len; k++) {
            const Source *s = &g_array_index(sources, Source, k);
            bool real = s->table && is_table(c, s->table, NULL);

            if (s->nullable)
                g_hash_table_add(c->maybe, g_strdup(real ? s->table : ""));
        }
    }
}

/* The outermost FROM, or the table that is written to. */
static GArray *main_sources(const Check *c)
{
    const GArray *t = c->q->tokens;
    bool selects = sql_is_any(t, 0, "select with values");

    for (guint i = 0; i < t->len; i++)
        if (sql_at(t, i)->depth == 0 &&
            (sql_is(t, i, "from") || (!selects && sql_is_any(t, i, "into update"))))
            return read_sources(t, i);
    return g_array_new(FALSE, FALSE, sizeof(Source));
}

static bool is_compound(const GArray *t)
{
    for (guint i = 0; i < t->len; i++)
        if (sql_at(t, i)->depth == 0 && sql_is_any(t, i, "union except intersect"))
            return true;
    return false;
}

static void check_prepared(Check *c)
{
    g_autoptr(GArray) items = read_items(c->q->tokens), sources = main_sources(c);

    c->items = items;
    c->sources = sources;
    c->compound = is_compound(c->q->tokens);
    c->q->writes = !sqlite3_stmt_readonly(c->stmt);
    note_outer_joins(c);
    check_owner(c);
    check_columns(c);
}

void check_query(sqlite3 *db, Query *q, Report *report)
{
    g_autoptr(GHashTable) maybe = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) touched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Check c = { .db = db, .q = q, .report = report, .maybe = maybe, .touched = touched };

    if (q->engine == FOR_POSTGRESQL)
        return;
    sqlite3_set_authorizer(db, note_table, &c);
    if (sqlite3_prepare_v2(db, q->text, -1, &c.stmt, NULL) != SQLITE_OK)
        refuse(report, q->file, q->line, "%s: %s", q->name, sqlite3_errmsg(db));
    sqlite3_set_authorizer(db, NULL, NULL);
    if (c.stmt)
        check_prepared(&c);
    sqlite3_finalize(c.stmt);
}
