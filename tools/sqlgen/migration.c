/* migration.c - the rules of the tables: types, keys, and owners that are part of every key.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include "migrate.h"
#include <string.h>

typedef struct {
    const char *file;
    const GPtrArray *tenants; /* const char *: every table with an owner, in any migration */
    Report *report;
} Rules;

static bool known_type(const char *type)
{
    return !strcmp(type, "BIGINT") || !strcmp(type, "TEXT") || !strcmp(type, "DOUBLE PRECISION") ||
           !strcmp(type, "BYTEA");
}

static void check_columns(const Rules *r, const DdlStatement *s)
{
    for (guint i = 0; i < s->columns->len; i++) {
        const DdlColumn *c = g_ptr_array_index(s->columns, i);

        if (!known_type(c->type))
            refuse(r->report, r->file, c->line,
                   "%s.%s: type '%s' is none of BIGINT, TEXT, DOUBLE PRECISION, BYTEA", s->table,
                   c->name, c->type);
        if (!strcmp(c->name, "owner") && !c->not_null)
            refuse(r->report, r->file, c->line, "%s.owner: must be NOT NULL", s->table);
    }
}

static void check_keys(const Rules *r, const DdlStatement *s)
{
    bool tenant = ddl_has(r->tenants, s->table);

    for (guint i = 0; i < s->keys->len; i++) {
        const DdlKey *k = g_ptr_array_index(s->keys, i);
        guint at = 0;

        if (k->ref_columns->len != k->columns->len)
            refuse(r->report, r->file, k->line, "%s: write the columns of %s that are meant",
                   s->table, k->target);
        if (!tenant || !ddl_has(r->tenants, k->target))
            continue;
        while (at < k->columns->len && strcmp(g_ptr_array_index(k->columns, at), "owner"))
            at++;
        if (at >= k->columns->len || at >= k->ref_columns->len ||
            strcmp(g_ptr_array_index(k->ref_columns, at), "owner"))
            refuse(r->report, r->file, k->line, "%s: the foreign key to %s does not carry owner",
                   s->table, k->target);
    }
}

static void check_primary(const Rules *r, const DdlStatement *s)
{
    if (!s->primary->len)
        refuse(r->report, r->file, s->line, "%s: no primary key", s->table);
    else if (ddl_has(r->tenants, s->table) && strcmp(g_ptr_array_index(s->primary, 0), "owner"))
        refuse(r->report, r->file, s->line, "%s: the primary key does not begin with owner",
               s->table);
}

static bool allowed(const DdlStatement *s)
{
    const GArray *t = s->tokens;

    if (s->kind != DDL_OTHER)
        return true;
    if (sql_is(t, 0, "create"))
        return sql_is(t, 1, "index") || (sql_is(t, 1, "unique") && sql_is(t, 2, "index"));
    if (sql_is(t, 0, "drop"))
        return sql_is_any(t, 1, "table index");
    if (sql_is(t, 0, "alter"))
        return sql_is(t, 1, "table") && sql_is_any(t, 3, "rename drop");
    return sql_is_any(t, 0, "insert update delete");
}

static void check_statement(const Rules *r, const DdlStatement *s)
{
    check_words(r->file, s->tokens, r->report);
    if (!allowed(s))
        refuse(r->report, r->file, s->line,
               "a migration creates, alters and drops tables and indexes, and moves rows");
    for (guint i = 0; s->tokens && i < s->tokens->len; i++)
        if (sql_at(s->tokens, i)->kind == SQL_PARAM)
            refuse(r->report, r->file, sql_at(s->tokens, i)->line, "a migration has no parameters");
    if (s->kind == DDL_OTHER)
        return;
    check_columns(r, s);
    check_keys(r, s);
    if (s->kind == DDL_CREATE_TABLE)
        check_primary(r, s);
}

/* Run it statement by statement, so that a failure has its line. */
static void run_statements(sqlite3 *db, const Rules *r, const GPtrArray *statements)
{
    for (guint i = 0; i < statements->len; i++) {
        const DdlStatement *s = g_ptr_array_index(statements, i);

        /* Our own statements mean nothing to SQLite as they stand. */
        bool own = s->kind == DDL_SEARCH;
        g_autofree char *sqlite = own ? migrate_sqlite(s) : g_strdup(s->text);

        if (s->kind != DDL_REFUSE && sqlite3_exec(db, sqlite, NULL, NULL, NULL) != SQLITE_OK)
            refuse(r->report, r->file, s->line, "%s", sqlite3_errmsg(db));
    }
}

static GPtrArray *parse_all(const GArray *files, GPtrArray *tenants, Report *report)
{
    GPtrArray *parsed = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < files->len; i++) {
        const MigrationFile *m = &g_array_index(files, MigrationFile, i);
        g_autoptr(GError) why = NULL;
        int line = 1;
        GPtrArray *statements = ddl_parse(m->text, &line, &why);

        if (!statements) {
            refuse(report, m->file, line, "%s", why->message);
            statements = g_ptr_array_new();
        }
        g_ptr_array_add(parsed, statements);
        for (guint k = 0; k < statements->len; k++) {
            const DdlStatement *s = g_ptr_array_index(statements, k);

            if (ddl_column(s, "owner"))
                g_ptr_array_add(tenants, s->table);
        }
    }
    return parsed;
}

void check_migrations(sqlite3 *db, const GArray *files, Report *report)
{
    g_autoptr(GPtrArray) tenants = g_ptr_array_new();
    g_autoptr(GPtrArray) parsed = parse_all(files, tenants, report);

    for (guint i = 0; i < files->len; i++) {
        Rules r = { g_array_index(files, MigrationFile, i).file, tenants, report };
        const GPtrArray *statements = g_ptr_array_index(parsed, i);

        for (guint k = 0; k < statements->len; k++)
            check_statement(&r, g_ptr_array_index(statements, k));
        run_statements(db, &r, statements);
    }
}
