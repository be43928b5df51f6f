/* backup.c - the whole database in one file, taken while others write, and taken out again.
 *
 * SQLite: its online backup API copies pages inside one read transaction, so the copy is one state of
 * the database and is never begun anew however much is written meanwhile (WAL keeps the old pages). A
 * copy alone could be damaged without anybody seeing it, for a page has no checksum: hence the last line.
 * Sources: sqlite.org/c3ref/backup_finish.html, sqlite.org/isolation.html, sqlite.org/fileformat2.html
 * 1.3.8 (a file may be longer than its header says).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGES 4096 /* in one step */
#define PIECE (1024 * 1024)
#define SEAL "oppvekst-backup-1 "
#define SEAL_SIZE (sizeof SEAL - 1 + 64 + 1) /* SEAL, the digest, a line break */
#define ABOUT                                                                                      \
    "CREATE TABLE sikkerhetskopi (made_at BIGINT NOT NULL, migration BIGINT NOT NULL, "            \
    "program TEXT NOT NULL)"

/* --- one connection of its own, to the copy --- */

typedef sqlite3 Copy;
static void copy_close(Copy *copy)
{
    sqlite3_close(copy);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Copy, copy_close)

static bool copy_fail(Copy *copy, const char *path, GError **error)
{
    return app_fail(error, APP_ERROR_DB, "%s: %s", path, sqlite3_errmsg(copy));
}

static Copy *copy_open(const char *path, int flags, GError **error)
{
    g_autoptr(Copy) copy = NULL;

    if (sqlite3_open_v2(path, &copy, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
        lite_collation(copy) == SQLITE_OK)
        return g_steal_pointer(&copy);
    copy_fail(copy, path, error);
    return NULL;
}

static bool copy_exec(Copy *copy, const char *path, const char *sql, GError **error)
{
    return sqlite3_exec(copy, sql, NULL, NULL, NULL) == SQLITE_OK || copy_fail(copy, path, error);
}

/* integrity_check says "ok" and nothing else. */
static bool copy_sound(Copy *copy, const char *path, GError **error)
{
    sqlite3_stmt *stmt = NULL;
    g_autofree char *said = NULL;

    if (sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        said = g_strdup((const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    if (said && !strcmp(said, "ok"))
        return true;
    return app_fail(error, APP_ERROR_INVALID, "%s is damaged: %s", path,
                    said ? said : sqlite3_errmsg(copy));
}

/* --- files --- */

static bool file_fail(const char *path, GError **error)
{
    return app_fail(error, APP_ERROR_DB, "%s: %s", path, g_strerror(errno));
}

static bool sync_file(const char *path, int flags, GError **error)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (!ok)
        file_fail(path, error);
    if (fd >= 0)
        close(fd);
    return ok;
}

static void sync_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);

    sync_file(folder, O_RDONLY | O_DIRECTORY, NULL);
}

static bool write_all(int fd, const char *path, const void *data, size_t size, GError **error)
{
    const char *at = data;

    while (size) {
        ssize_t n = write(fd, at, size);

        if (n < 0 && errno != EINTR)
            return file_fail(path, error);
        at += MAX(n, 0);
        size -= (size_t)MAX(n, 0);
    }
    return true;
}

/* The first `size` bytes of `in`: their SHA-256, and the same bytes into `out` unless it is -1. The paths
 * are those of the two, for the words. */
static bool pump(int in, int64_t size, int out, const char *const path[2], GChecksum *sum,
                 GError **error)
{
    g_autofree guchar *piece = g_malloc(PIECE);

    while (size > 0) {
        ssize_t n = read(in, piece, (size_t)MIN(size, PIECE));

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? file_fail(path[0], error)
                         : app_fail(error, APP_ERROR_INVALID, "%s is cut off", path[0]);
        g_checksum_update(sum, piece, n);
        if (out >= 0 && !write_all(out, path[1], piece, (size_t)n, error))
            return false;
        size -= n;
    }
    return true;
}

/* --- taking one --- */

static bool copy_pages(Db *from, Copy *to, const char *path, GError **error)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from->lite, "main");
    int rc = b ? SQLITE_OK : SQLITE_ERROR;

    while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
        if (rc != SQLITE_OK)
            g_usleep(1000);
        rc = sqlite3_backup_step(b, PAGES);
    }
    sqlite3_backup_finish(b);
    return rc == SQLITE_DONE || copy_fail(to, path, error);
}

/* One state of the database, from its own read transaction. */
static bool copy_state(Store *store, Copy *to, const char *path, GError **error)
{
    g_autoptr(Db) db = db_open(store, error);

    if (!db || !lite_exec(db, "BEGIN", error))
        return false;
    bool ok = lite_exec(db, "SELECT count(*) FROM sqlite_master", error) &&
              copy_pages(db, to, path, error);

    lite_exec(db, "COMMIT", NULL);
    return ok;
}

static bool say_what_it_is(Copy *copy, const char *path, const char *program, GError **error)
{
    char *sql = sqlite3_mprintf("INSERT INTO sikkerhetskopi (made_at, migration, program) "
                                "SELECT %lld, coalesce(max(number), 0), %Q FROM migration",
                                (long long)g_get_real_time(), program);
    bool ok = copy_exec(copy, path, ABOUT, error) && copy_exec(copy, path, sql, error);

    sqlite3_free(sql);
    return ok;
}

static bool make_copy(Store *store, const char *path, const char *program, GError **error)
{
    g_autoptr(Copy) copy = copy_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

    return copy && copy_state(store, copy, path, error) &&
           /* one file, that is all: no log beside it; what is lost in a crash is begun anew */
           copy_exec(copy, path, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF", error) &&
           say_what_it_is(copy, path, program, error) && copy_sound(copy, path, error);
}

static bool seal_copy(const char *path, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    struct stat info;

    if (fd < 0)
        return file_fail(path, error);
    bool ok = (fstat(fd, &info) == 0 || file_fail(path, error)) &&
              pump(fd, info.st_size, -1, (const char *const[]){ path, NULL }, sum, error);
    g_autofree char *line = g_strconcat(SEAL, g_checksum_get_string(sum), "\n", NULL);

    ok = ok && write_all(fd, path, line, SEAL_SIZE, error) &&
         (fsync(fd) == 0 || file_fail(path, error));
    close(fd);
    if (ok)
        sync_folder(path);
    return ok;
}

/* What a copy that failed leaves: SQLite keeps a journal beside it, and cannot end that on a full disk. */
static void remove_copy(const char *path)
{
    g_autofree char *journal = g_strconcat(path, "-journal", NULL);

    g_unlink(path);
    g_unlink(journal);
}

bool store_backup(Store *store, const char *path, const char *program, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return errno == EEXIST ? app_fail(error, APP_ERROR_CONFLICT, "%s is there already", path)
                               : file_fail(path, error);
    close(fd);
    bool ok = store->postgresql ? pg_backup(store, path, error)
                                : make_copy(store, path, program, error) && seal_copy(path, error);

    if (!ok)
        remove_copy(path);
    return ok;
}

/* --- taking it out --- */

static bool read_seal(int fd, const char *path, int64_t *ret_size, char ret_line[SEAL_SIZE],
                      GError **error)
{
    struct stat info;

    if (fstat(fd, &info))
        return file_fail(path, error);
    *ret_size = info.st_size - (int64_t)SEAL_SIZE;
    if (*ret_size <= 0 || pread(fd, ret_line, SEAL_SIZE, *ret_size) != (ssize_t)SEAL_SIZE ||
        memcmp(ret_line, SEAL, sizeof SEAL - 1))
        return app_fail(error, APP_ERROR_INVALID,
                        "%s is no backup made by oppvekst backup, or its end is missing", path);
    return true;
}

static bool unseal(int in, const char *path, const char *to, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    char line[SEAL_SIZE];
    int64_t size = 0;

    if (!read_seal(in, path, &size, line, error))
        return false;
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (out < 0)
        return file_fail(to, error);
    bool ok = pump(in, size, out, (const char *const[]){ path, to }, sum, error);

    if (ok && strncmp(g_checksum_get_string(sum), line + sizeof SEAL - 1, 64))
        ok = app_fail(error, APP_ERROR_INVALID,
                      "%s is damaged: its content is not what was written", path);
    close(out);
    return ok;
}

static bool read_about(Copy *copy, const char *path, BackupInfo *ret, GError **error)
{
    sqlite3_stmt *stmt = NULL;
    bool ok = sqlite3_prepare_v2(copy, "SELECT made_at, migration, program FROM sikkerhetskopi", -1,
                                 &stmt, NULL) == SQLITE_OK &&
              sqlite3_step(stmt) == SQLITE_ROW;

    if (ok) {
        ret->made_at = sqlite3_column_int64(stmt, 0);
        ret->migration = sqlite3_column_int(stmt, 1);
        g_strlcpy(ret->program, (const char *)sqlite3_column_text(stmt, 2), sizeof ret->program);
    }
    sqlite3_finalize(stmt);
    return ok || app_fail(error, APP_ERROR_INVALID, "%s is no backup of oppvekst", path);
}

static bool open_copy(const char *path, const char *to, BackupInfo *ret, GError **error)
{
    g_autoptr(Copy) copy = copy_open(to, SQLITE_OPEN_READWRITE, error);

    return copy && read_about(copy, path, ret, error) && copy_sound(copy, path, error) &&
           copy_exec(copy, to, "PRAGMA journal_mode = DELETE; DROP TABLE sikkerhetskopi", error);
}

bool backup_unpack(const char *path, const char *to, BackupInfo *ret, GError **error)
{
    int in = open(path, O_RDONLY | O_CLOEXEC);

    if (in < 0)
        return file_fail(path, error);
    bool ok = unseal(in, path, to, error) && open_copy(path, to, ret, error) &&
              sync_file(to, O_RDWR, error);

    close(in);
    if (!ok)
        remove_copy(to);
    return ok;
}

/* In WAL mode whoever has the file open holds a lock on it that an exclusive handle cannot get past. */
bool store_is_unused(const char *file, GError **error)
{
    g_autoptr(Copy) copy = copy_open(file, SQLITE_OPEN_READWRITE, error);

    if (!copy)
        return false;
    if (sqlite3_exec(copy, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", NULL, NULL,
                     NULL) == SQLITE_OK)
        return true;
    return app_fail(error, APP_ERROR_BUSY, "%s is in use: stop the server first", file);
}

bool store_is_damaged(const char *file)
{
    Copy *copy = NULL;
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_open_v2(file, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (rc == SQLITE_OK && (rc = lite_collation(copy)) == SQLITE_OK &&
        (rc = sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &stmt, NULL)) == SQLITE_OK)
        rc = sqlite3_step(stmt);
    bool said = rc == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") != 0;

    sqlite3_finalize(stmt);
    sqlite3_close(copy);
    return said || rc == SQLITE_NOTADB || rc == SQLITE_CORRUPT;
}

/* Whoever has a database open holds locks on bytes that stand for it, far beyond its content.
 * Source: sqlite.org/src, os.h: PENDING_BYTE, RESERVED_BYTE, SHARED_FIRST, SHARED_SIZE. */
bool store_is_unlocked(const char *file, GError **error)
{
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512
    };
    int fd = open(file, O_RDWR | O_CLOEXEC);

    if (fd < 0)
        return file_fail(file, error);
    bool ok = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;

    close(fd);
    return ok || app_fail(error, APP_ERROR_BUSY, "%s is in use: stop the server first", file);
}
