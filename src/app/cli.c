/* cli.c - options, databases, files and progress for the commands.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <unistd.h>
#include "cli.h"
#include "conf.h"
#include "migrations.h"
#include "i18n.h"

#define FILE_LIMIT (100u * 1024 * 1024)

int cli_parse(const char *command, const GOptionEntry *entries, int *argc, char ***argv)
{
    return cli_parse_about(command, NULL, entries, argc, argv);
}

int cli_parse_about(const char *command, const char *about, const GOptionEntry *entries, int *argc,
                    char ***argv)
{
    size_t len = strcspn(command, " ");
    g_autofree char *name = g_strndup(command, len);
    g_autofree char *program = g_strdup_printf("oppvekst %s", name);
    g_autoptr(GOptionContext) context =
        g_option_context_new(command[len] ? command + len + 1 : NULL);
    g_autoptr(GError) error = NULL;

    g_set_prgname(program);

    g_option_context_set_strict_posix(context, FALSE);
    g_option_context_set_description(context, about);
    g_option_context_add_main_entries(context, entries, NULL);
    if (g_option_context_parse(context, argc, argv, &error))
        return -1;
    return cli_misuse(name, "%s", error->message);
}

int cli_misuse(const char *command, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "oppvekst %s: %s\nTry: oppvekst %s --help\n", command, text, command);
    return EXIT_USAGE;
}

int cli_failed(const GError *error)
{
    fprintf(stderr, "oppvekst: %s\n", error->message);
    return EXIT_FAILED;
}

/* SQLite would make an empty file of a name that is mistyped. */
static bool check_there(const char *url, GError **error)
{
    const char *path = g_str_has_prefix(url, "sqlite:") ? url + strlen("sqlite:") : url;

    if (strstr(url, "://") || *path == ':' || g_file_test(path, G_FILE_TEST_EXISTS))
        return true;
    return app_fail(error, APP_ERROR_NOT_FOUND, "there is no database %s; oppvekst init makes one",
                    path);
}

/* SQLite says only that it cannot open the file. */
static bool check_folder(const char *url, GError **error)
{
    const char *path = g_str_has_prefix(url, "sqlite:") ? url + strlen("sqlite:") : url;
    g_autofree char *folder = g_path_get_dirname(path);

    if (strstr(url, "://") || *path == ':' || g_file_test(folder, G_FILE_TEST_IS_DIR))
        return true;
    return app_fail(error, APP_ERROR_NOT_FOUND,
                    "there is no folder %s; make the folder first: mkdir -p %s", folder, folder);
}

static bool open_any(const char *url, bool migrate, Cli *ret, GError **error)
{
    g_auto(GStrv) environment = g_get_environ();
    g_autoptr(Conf) conf = conf_read(NULL, (const char *const *)environment, error);
    g_auto(Cli) cli = { 0 };

    if (!conf)
        return false;
    url = url ? url : conf_text(conf, CONF_db);
    if (migrate ? !check_folder(url, error) : !check_there(url, error))
        return false;
    cli.store = store_open(url, error);
    if (!cli.store)
        return false;
    if (migrate && !db_migrate(cli.store, app_migrations, app_n_migrations, NULL, error))
        return false;
    cli.db = db_open(cli.store, error);
    if (!cli.db ||
        (!migrate && !db_is_current_here(cli.db, app_migrations, app_n_migrations, error)))
        return false;
    cli.arena = arena_new();
    *ret = cli;
    cli = (Cli){ 0 };
    return true;
}

bool cli_open(const char *url, Cli *ret, GError **error)
{
    return open_any(url, false, ret, error);
}

bool cli_open_migrated(const char *url, Cli *ret, GError **error)
{
    return open_any(url, true, ret, error);
}

void cli_close(Cli *cli)
{
    g_clear_pointer(&cli->arena, arena_free);
    g_clear_pointer(&cli->db, db_close);
    g_clear_pointer(&cli->store, store_close);
}

void cli_progress(const char *format, ...)
{
    va_list args;

    if (!isatty(STDERR_FILENO))
        return;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

int64_t cli_now(void)
{
    return g_get_real_time();
}

bool cli_read_file(const char *path, char **ret_data, size_t *ret_size, GError **error)
{
    FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 part[65536];
    size_t n;

    if (!in)
        return app_fail(error, APP_ERROR_NOT_FOUND, "cannot open %s: %s", path, g_strerror(errno));
    while ((n = fread(part, 1, sizeof part, in)) > 0 && all->len <= FILE_LIMIT)
        g_byte_array_append(all, part, (guint)n);
    bool broken = ferror(in) != 0;
    if (in != stdin)
        fclose(in);
    if (broken)
        return app_fail(error, APP_ERROR_INVALID, "cannot read %s: %s", path, g_strerror(errno));
    if (all->len > FILE_LIMIT)
        return app_fail(error, APP_ERROR_INVALID, "%s is larger than 100 MiB", path);
    *ret_size = all->len;
    g_byte_array_append(all, (const guint8 *)"", 1);
    *ret_data = (char *)g_byte_array_free(g_steal_pointer(&all), FALSE);
    return true;
}
