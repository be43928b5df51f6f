/* sqlgen.c - turns a slice's .sql file into typed C functions, one per named query.
 *
 * usage: sqlgen --migration=FILE... [--describe=postgresql://URL] QUERIES.sql > OUT.h
 * A query is "-- query NAME(type arg, ...) -> rows(type col, ...) | row(...) | nothing" and one
 * statement. "nothing many" makes of an INSERT a function that takes an array of rows; it is called
 * inside a transaction. Nothing is written when anything is refused. With --describe and no migrations only
 * PostgreSQL is asked.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen/sqlgen.h"
#include <stdio.h>
#include <string.h>

void refuse(Report *report, const char *file, int line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "%s:%d: %s\n", file, line, message);
    report->refused++;
}

static void migration_clear(void *data)
{
    g_free(((MigrationFile *)data)->text);
}

/* By the number in the name, not by the folder. */
static int by_number(const void *a, const void *b)
{
    g_autofree char *x = g_path_get_basename(((const MigrationFile *)a)->file);
    g_autofree char *y = g_path_get_basename(((const MigrationFile *)b)->file);

    return strcmp(x, y);
}

static GArray *load_migrations(char **files, Report *report)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(MigrationFile));

    g_array_set_clear_func(list, migration_clear);
    for (; files && *files; files++) {
        MigrationFile m = { .file = *files };
        g_autoptr(GError) why = NULL;

        if (g_file_get_contents(*files, &m.text, NULL, &why))
            g_array_append_val(list, m);
        else
            refuse(report, *files, 1, "%s", why->message);
    }
    g_array_sort(list, by_number);
    return list;
}

/* Until the collation is linked in, SQLite only has to know the name. */
static int bytes_compare(void *data, int a_len, const void *a, int b_len, const void *b)
{
    int order = memcmp(a, b, (size_t)MIN(a_len, b_len));

    (void)data;
    return order ? order : a_len - b_len;
}

static sqlite3 *scratch_database(void)
{
    sqlite3 *db = NULL;

    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        g_error("cannot open a scratch database: %s", sqlite3_errmsg(db));
    sqlite3_create_collation(db, "nb", SQLITE_UTF8, NULL, bytes_compare);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    return db;
}

/* Both texts of a pair must promise the caller the same. */
static bool same_fields(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return false;
    for (guint i = 0; i < a->len; i++) {
        const Field *x = &g_array_index(a, Field, i), *y = &g_array_index(b, Field, i);

        if (strcmp(x->name, y->name) || x->type != y->type || x->nullable != y->nullable)
            return false;
    }
    return true;
}

static void check_names(const GPtrArray *queries, Report *report)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < queries->len; i++) {
        const Query *q = g_ptr_array_index(queries, i);
        const Query *other = g_hash_table_lookup(seen, q->name);

        if (!other)
            g_hash_table_insert(seen, q->name, (void *)q);
        else if (q->engine == FOR_BOTH || other->engine == FOR_BOTH || q->engine == other->engine)
            refuse(report, q->file, q->line, "%s: declared twice", q->name);
        else if (!same_fields(q->params, other->params) ||
                 !same_fields(q->columns, other->columns) || q->shape != other->shape)
            refuse(report, q->file, q->line, "%s: the two texts declare different shapes", q->name);
    }
    for (guint i = 0; i < queries->len; i++) {
        const Query *q = g_ptr_array_index(queries, i);
        int texts = 0;

        for (guint k = 0; k < queries->len; k++)
            texts += !strcmp(((Query *)g_ptr_array_index(queries, k))->name, q->name);
        if (q->engine != FOR_BOTH && texts == 1)
            refuse(report, q->file, q->line, "%s: has a text for one engine only", q->name);
    }
}

static void check_on_sqlite(const GArray *migrations, const GPtrArray *queries, Report *report)
{
    sqlite3 *db = scratch_database();

    check_migrations(db, migrations, report);
    for (guint i = 0; i < queries->len; i++)
        check_query(db, g_ptr_array_index(queries, i), report);
    sqlite3_close(db);
}

static void check_all(const GArray *migrations, const GPtrArray *queries, const char *url,
                      Report *report)
{
    check_names(queries, report);
    for (guint i = 0; i < queries->len; i++)
        check_text(g_ptr_array_index(queries, i), report);
    /* with --describe and no migrations, the tables are known on PostgreSQL only */
    if (migrations->len || !url)
        check_on_sqlite(migrations, queries, report);
}

static int run(char **migration_files, const char *url, const char *file)
{
    Report report = { 0 };
    g_autofree char *text = NULL;
    g_autoptr(GError) why = NULL;
    g_autoptr(GArray) migrations = load_migrations(migration_files, &report);
    g_autoptr(GString) out = g_string_new(NULL);

    if (!g_file_get_contents(file, &text, NULL, &why)) {
        refuse(&report, file, 1, "%s", why->message);
        return 1;
    }
    g_autoptr(GPtrArray) queries = read_queries(file, text, &report);

    check_all(migrations, queries, url, &report);
    if (url && !report.refused && !describe_queries(url, queries, &report))
        return 1;
    if (report.refused)
        return 1;
    emit_header(out, file, queries);
    fputs(out->str, stdout);
    return fflush(stdout) ? 1 : 0;
}

int main(int argc, char **argv)
{
    g_auto(GStrv) migrations = NULL;
    g_autofree char *url = NULL;
    g_autoptr(GError) why = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new("QUERIES.sql > OUT.h");
    const GOptionEntry options[] = {
        { "migration", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &migrations, "A migration", "FILE" },
        { "describe", 0, 0, G_OPTION_ARG_STRING, &url, "Check types there too", "URL" },
        { 0 }
    };

    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &why) || argc != 2) {
        fprintf(stderr, "usage: sqlgen --migration=FILE... [--describe=URL] QUERIES.sql > OUT.h\n");
        return 2;
    }
    return run(migrations, url, argv[1]);
}
