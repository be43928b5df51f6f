/* cmd-backup.c - backup and restore: the whole database to one file while people work, and back.
 *
 * A backup stands under its name only when it is whole and on disk; a restore changes nothing before the
 * file has been read to its end and its database has been brought to this version and found sound.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include "conf.h"
#include "migrations.h"
#include "revisjon.h"
#include "serving.h"
#include "verify.h"

#define DAMAGED ".damaged" /* what stood where a backup was put */

static bool file_fail(const char *path, GError **error)
{
    return app_fail(error, APP_ERROR_DB, "%s: %s", path, g_strerror(errno));
}

/* `from` takes the place of `to`, and the folder knows it before we go on. */
static bool put_in_place(const char *from, const char *to, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(to);
    int fd;

    if (g_rename(from, to))
        return file_fail(to, error);
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    return true;
}

/* --- keeping the newest --- */

/* FILE.1 is the one before FILE, FILE.2 the one before that... up to FILE.(keep - 1). */
static void rotate(const char *path, int keep)
{
    for (int i = keep - 1; i > 0; i--) {
        g_autofree char *newer = i == 1 ? g_strdup(path) : g_strdup_printf("%s.%d", path, i - 1);
        g_autofree char *older = g_strdup_printf("%s.%d", path, i);

        if (g_file_test(newer, G_FILE_TEST_EXISTS))
            g_rename(newer, older);
    }
}

typedef struct {
    char *db_url;
    int keep;
    gboolean force;
} Options;

static void options_clear(Options *o)
{
    g_free(o->db_url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* A line for each owner: who asks may know that a copy of everything was taken. */
static bool note_backup(Cli *cli, const char *act, GError **error)
{
    const AuditNote note = { .owner = 0, .at = cli_now(), .act = act };

    return revisjon_add(cli->db, &note, error);
}

static bool back_up(Cli *cli, const char *path, const Options *o, GError **error)
{
    g_autofree char *temporary = g_strdup_printf("%s.%d.tmp", path, (int)getpid());

    if (!o->force && !o->keep && g_file_test(path, G_FILE_TEST_EXISTS))
        return app_fail(error, APP_ERROR_CONFLICT,
                        "%s is there already; --force takes its place, --keep N keeps the newest N",
                        path);
    if (!note_backup(cli, "sikkerhetskopi", error) ||
        !store_backup(cli->store, temporary, OPPVEKST_VERSION, error))
        return false;
    if (o->keep)
        rotate(path, o->keep);
    if (put_in_place(temporary, path, error))
        return true;
    g_unlink(temporary);
    return false;
}

int cli_backup(int argc, char **argv)
{
    g_auto(Options) o = { 0 };
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &o.db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "keep", 0, 0, G_OPTION_ARG_INT, &o.keep,
          "keep the newest N: FILE, FILE.1, FILE.2...; for a nightly run", "N" },
        { "force", 0, 0, G_OPTION_ARG_NONE, &o.force, "take the place of a file that is there",
          NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    gint64 began = g_get_monotonic_time();
    int code = cli_parse("backup FILE", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc != 2)
        return cli_misuse("backup", "name one file to write to");
    if (o.keep < 0 || o.keep > 1000)
        return cli_misuse("backup", "--keep takes 1 to 1000");
    if (!cli_open(o.db_url, &cli, &error) || !back_up(&cli, argv[1], &o, &error))
        return cli_failed(error);
    cli_progress("%s is written and checked, %.1f s", argv[1],
                 (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC);
    return EXIT_DONE;
}

/* --- restore --- */

static bool check_version(const char *path, const BackupInfo *info, GError **error)
{
    int newest = app_migrations[app_n_migrations - 1].number;

    if (info->migration <= newest)
        return true;
    return app_fail(
        error, APP_ERROR_CONFLICT,
        "%s was made by a newer oppvekst (migration %d; this one knows %d): install that "
        "version first",
        path, info->migration, newest);
}

/* Brought to this version and found sound, or not taken. */
static bool check_content(const char *path, Cli *cli, GError **error)
{
    g_auto(Verdict) v = { 0 };

    if (!note_backup(cli, "sikkerhetskopi.tilbake", error) || !verify_all(cli, &v, error))
        return false;
    if (!v.n_wrong)
        return true;
    fputs(v.text->str, stderr);
    return app_fail(error, APP_ERROR_INVALID, "what is in %s is not sound", path);
}

static const char *file_of(const char *url)
{
    return g_str_has_prefix(url, "sqlite:") ? url + strlen("sqlite:") : url;
}

static void remove_with_logs(const char *file, bool logs_alone)
{
    static const char *const ends[] = { "-wal", "-shm", "-turn", "" };

    for (size_t i = 0; i < (logs_alone ? 3 : 4); i++) {
        g_autofree char *name = g_strconcat(file, ends[i], NULL);

        g_unlink(name);
    }
}

/* What is damaged may still hold what is in no backup: it is kept, with its log. */
static bool keep_damaged(const char *file, GError **error)
{
    static const char *const ends[] = { "", "-wal" };

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *from = g_strconcat(file, ends[i], NULL);
        g_autofree char *to = g_strconcat(file, DAMAGED, ends[i], NULL);

        if (g_file_test(from, G_FILE_TEST_EXISTS) && g_rename(from, to))
            return file_fail(to, error);
    }
    return true;
}

/* The new file under another name, checked and closed: nothing but a rename is left to do. */
static bool prepare_file(const char *path, const char *temporary, GError **error)
{
    BackupInfo info;
    g_auto(Cli) cli = { 0 };

    cli_progress("reading %s", path);
    return backup_unpack(path, temporary, &info, error) && check_version(path, &info, error) &&
           cli_open_migrated(temporary, &cli, error) && check_content(path, &cli, error);
}

/* Whether the target may be written over: nothing is in it, or somebody says so and nobody uses it. */
static bool check_target(const char *file, const Options *o, GError **error)
{
    bool empty = true;

    if (!g_file_test(file, G_FILE_TEST_EXISTS))
        return true;
    if (store_is_damaged(file) && !o->force)
        return app_fail(error, APP_ERROR_CONFLICT,
                        "%s is damaged, or no database; --force puts the backup in its place, and "
                        "it is kept as %s" DAMAGED,
                        file, file);
    if (store_is_damaged(file))
        return store_is_unlocked(file, error);
    {
        g_autoptr(Store) store = store_open(file, error);

        if (!store || !store_is_empty(store, &empty, error))
            return false;
    }
    if (!empty && !o->force)
        return app_fail(error, APP_ERROR_CONFLICT,
                        "%s is not empty; --force puts the backup in its place", file);
    return empty || store_is_unused(file, error);
}

static bool restore_file(const char *path, const char *file, const Options *o, GError **error)
{
    g_autofree char *temporary = g_strdup_printf("%s.%d.tmp", file, (int)getpid());
    bool ok = check_target(file, o, error) && prepare_file(path, temporary, error) &&
              (!store_is_damaged(file) || keep_damaged(file, error));

    if (ok) {
        remove_with_logs(file, true);
        ok = put_in_place(temporary, file, error);
    }
    remove_with_logs(temporary, ok);
    return ok;
}

static bool load_checked(Store *store, const char *path, const char *url, char **ret_schema,
                         GError **error)
{
    g_auto(Cli) cli = { 0 };

    cli_progress("reading %s", path);
    return backup_load_dump(store, path, ret_schema, error) &&
           cli_open_migrated(url, &cli, error) && check_content(path, &cli, error);
}

/* What was there goes, or comes back; why a restore failed is what is told, unless that fails too. */
static bool settle(Store *store, const char *schema, bool fine, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (!schema || backup_settle(store, schema, fine, fine ? error : &why))
        return true;
    if (why)
        fprintf(stderr, "oppvekst: what was there did not come back: %s\n", why->message);
    return false;
}

static bool restore_dump(const char *path, const char *url, const Options *o, GError **error)
{
    g_autoptr(Store) store = store_open(url, error);
    BackupInfo info;
    bool empty;

    if (!store || !backup_check_dump(path, &info, error) || !check_version(path, &info, error) ||
        !store_is_empty(store, &empty, error))
        return false;
    if (!empty && !o->force)
        return app_fail(error, APP_ERROR_CONFLICT,
                        "the database is not empty; --force puts the backup in its place");
    g_autofree char *schema = NULL;
    bool ok = load_checked(store, path, url, &schema, error);

    return settle(store, schema, ok, error) && ok;
}

static bool restore(const char *path, const Options *o, GError **error)
{
    g_auto(GStrv) environment = g_get_environ();
    g_autoptr(Conf) conf = conf_read(NULL, (const char *const *)environment, error);

    if (!conf)
        return false;
    const char *url = o->db_url ? o->db_url : conf_text(conf, CONF_db);

    return strstr(url, "://") ? restore_dump(path, url, o, error)
                              : restore_file(path, file_of(url), o, error);
}

int cli_restore(int argc, char **argv)
{
    g_auto(Options) o = { 0 };
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &o.db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "force", 0, 0, G_OPTION_ARG_NONE, &o.force,
          "put the backup in the place of what is there; stop the server first", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    gint64 began = g_get_monotonic_time();
    int code = cli_parse("restore FILE", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc != 2)
        return cli_misuse("restore", "name one file to read");
    if (!restore(argv[1], &o, &error))
        return cli_failed(error);
    printf("%s is restored, brought to this version and found sound.\n", argv[1]);
    cli_progress("%.1f s", (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC);
    return EXIT_DONE;
}
