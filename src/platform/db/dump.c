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
    PQconninfoOption *all = PQconninfoParse(pool_url(store->pool), &why);
    g_autoptr(GString) text = g_string_new(NULL);

    if (!all) {
        app_fail(error, APP_ERROR_DB, "postgresql: %s", why ? why : "no address");
        PQfreemem(why);
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
    PQconninfoFree(all);
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

bool backup_load_dump(Store *store, const char *path, bool over, GError **error)
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
                                 over ? "--clean" : NULL,
                                 "--if-exists",
                                 NULL };

    return address && run_tool(argv, password, NULL, error);
}
