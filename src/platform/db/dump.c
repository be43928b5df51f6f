/* dump.c - backup of a PostgreSQL: pg_dump and pg_restore do it, run as children.
 *
 * The password goes to them in the environment, never on the command line, which others can read. With
 * --enable-row-security a role that is held to row-level security still gets every row, for without
 * oppvekst.owner the policies let all pass.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pglink.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* The address without its password, as "key='value' ..."; the password apart, NULL when none. */
static char *address_of(const Store *store, char **ret_password, GError **error)
{
    char *why = NULL;
    PQconninfoOption *all;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!libpq_load(error))
        return NULL;
    all = libpq.conninfoParse(pool_url(store->pool), &why);
    if (!all) {
        app_fail(error, APP_ERROR_DB, "postgresql: %s", why ? why : "no address");
        libpq.freemem(why);
        return NULL;
    }
    for (PQconninfoOption *o = all; o->keyword; o++) {
        if (!o->val || !*o->val)
            continue;
        if (!strcmp(o->keyword, "password")) {
            *ret_password = g_strdup(o->val);
            continue;
        }
        g_string_append_printf(text, "%s='", o->keyword);
        for (const char *c = o->val; *c; c++)
            g_string_append_printf(text, *c == '\'' || *c == '\\' ? "\\%c" : "%c", *c);
        g_string_append(text, "' ");
    }
    libpq.conninfoFree(all);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* What the tool says last, in one line. */
static bool tool_fail(const char *tool, const char *said, GError **error)
{
    g_autofree char *text = g_strstrip(g_strdup(said ? said : ""));

    g_strdelimit(text, "\n", ' ');
    return app_fail(error, APP_ERROR_DB, "%s: %s", tool, *text ? text : "failed");
}

static bool run_tool(const char *const *argv, const char *password, char **ret_out, GError **error)
{
    g_auto(GStrv) environment = g_get_environ();
    g_autofree char *said = NULL;
    g_autoptr(GError) why = NULL;
    int status = 0;

    if (password)
        environment = g_environ_setenv(environment, "PGPASSWORD", password, TRUE);
    environment = g_environ_setenv(environment, "LC_ALL", "C.UTF-8", TRUE);
    if (!g_spawn_sync(NULL, (char **)argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, ret_out,
                      &said, &status, &why))
        return app_fail(error, APP_ERROR_DB,
                        "%s cannot be run (%s): install the package postgresql-client of the "
                        "server's version",
                        argv[0], why->message);
    return g_spawn_check_wait_status(status, NULL) || tool_fail(argv[0], said, error);
}

bool pg_backup(Store *store, const char *path, GError **error)
{
    g_autofree char *password = NULL, *address = address_of(store, &password, error);
    const char *const argv[] = { "pg_dump",
                                 "--format=custom",
                                 "--no-owner",
                                 "--no-privileges",
                                 "--enable-row-security",
                                 "--file",
                                 path,
                                 "--dbname",
                                 address,
                                 NULL };

    if (!address || !run_tool(argv, password, NULL, error))
        return false;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return ok || app_fail(error, APP_ERROR_DB, "%s: %s", path, g_strerror(errno));
}

/* The largest number in the rows of the table `migration`, as pg_restore prints them. */
static int newest_migration(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool inside = false;
    int newest = 0;

    for (char **line = lines; *line; line++) {
        if (g_str_has_prefix(*line, "COPY ") && strstr(*line, "migration (number"))
            inside = true;
        else if (g_str_has_prefix(*line, "\\."))
            inside = false;
        else if (inside)
            newest = MAX(newest, (int)g_ascii_strtoll(*line, NULL, 10));
    }
    return newest;
}

bool backup_check_dump(const char *path, BackupInfo *ret, GError **error)
{
    const char *const whole[] = { "pg_restore", "--file=/dev/null", path, NULL };
    const char *const table[] = { "pg_restore", "--data-only", "--table=migration",
                                  "--file=-",   path,          NULL };
    g_autofree char *text = NULL;
    g_autoptr(GError) why = NULL;

    if (!run_tool(whole, NULL, NULL, &why))
        return app_fail(error, APP_ERROR_INVALID, "%s is damaged, or no dump of PostgreSQL: %s",
                        path, why->message);
    if (!run_tool(table, NULL, &text, error))
        return false;
    *ret = (BackupInfo){ .migration = newest_migration(text) };
    return ret->migration > 0 ||
           app_fail(error, APP_ERROR_INVALID, "%s is no backup of oppvekst", path);
}

/* --- in the place of what is there ---
 *
 * pg_restore --clean drops what the dump knows of, and stops at a table that a later version made. So the
 * schema is put out of the way under another name, and is dropped, or comes back, when it is known how
 * the restore went. */

#define ASIDE "_for_gjenoppretting"

static bool tell(PgLink *link, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);
static bool tell(PgLink *link, GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *sql = g_strdup_vprintf(format, args);
    va_end(args);
    PGresult *r = libpq.exec(link->pg, sql);
    bool ok =
        libpq.resultStatus(r) == PGRES_COMMAND_OK || link_fail(link, r, "setting it aside", error);

    libpq.clear(r);
    return ok;
}

static char *quoted(PgLink *link, const char *name, const char *end)
{
    g_autofree char *whole = g_strconcat(name, end, NULL);
    char *text = libpq.escapeIdentifier(link->pg, whole, strlen(whole));
    char *ours = g_strdup(text);

    libpq.freemem(text);
    return ours;
}

/* The one value a question has; NULL when it has none, or fails. */
static char *value_of(PgLink *link, const char *sql)
{
    PGresult *r = libpq.exec(link->pg, sql);
    bool has = libpq.resultStatus(r) == PGRES_TUPLES_OK && libpq.ntuples(r) == 1 &&
               !libpq.getisnull(r, 0, 0);
    char *value = has ? g_strdup(libpq.getvalue(r, 0, 0)) : NULL;

    libpq.clear(r);
    return value;
}

static bool set_aside(PgLink *link, char **ret_schema, GError **error)
{
    g_autofree char *schema = value_of(link, "SELECT current_schema()");
    g_autofree char *taken =
        value_of(link, "SELECT nspname FROM pg_namespace WHERE nspname LIKE '%\\" ASIDE "'");

    if (!schema)
        return true; /* the dump makes it */
    if (taken)
        return app_fail(error, APP_ERROR_CONFLICT,
                        "a restore was broken off here: the schema %s holds what was there before "
                        "it; drop it, or drop %s and rename it to that",
                        taken, schema);
    g_autofree char *name = quoted(link, schema, ""), *aside = quoted(link, schema, ASIDE);

    if (!tell(link, error, "ALTER SCHEMA %s RENAME TO %s", name, aside))
        return false;
    *ret_schema = g_steal_pointer(&schema);
    /* a dump makes every schema but that one */
    return strcmp(*ret_schema, "public") ||
           tell(link, error, "CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC");
}

bool backup_load_dump(Store *store, const char *path, char **ret_schema, GError **error)
{
    g_autofree char *password = NULL, *address = address_of(store, &password, error);
    const char *const argv[] = { "pg_restore",
                                 "--no-owner",
                                 "--no-privileges",
                                 "--exit-on-error",
                                 "--single-transaction",
                                 "--dbname",
                                 address,
                                 path,
                                 NULL };
    PgLink *link = address ? link_new(pool_url(store->pool), error) : NULL;
    bool ok = link && set_aside(link, ret_schema, error);

    if (link)
        link_free(link);
    return ok && run_tool(argv, password, NULL, error);
}

bool backup_settle(Store *store, const char *schema, bool fine, GError **error)
{
    PgLink *link = link_new(pool_url(store->pool), error);

    if (!link)
        return false;
    g_autofree char *name = quoted(link, schema, ""), *aside = quoted(link, schema, ASIDE);
    bool ok = fine ? tell(link, error, "DROP SCHEMA %s CASCADE", aside)
                   : tell(link, error,
                          "BEGIN; DROP SCHEMA IF EXISTS %s CASCADE; ALTER SCHEMA %s RENAME TO %s; "
                          "COMMIT",
                          name, aside, name);

    link_free(link);
    return ok;
}
