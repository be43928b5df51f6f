/* testing-kopi.h - a database with one owner, and places for a backup of it and what it is restored to.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <glib/gstdio.h>
#include "eier.h"
#include "migrations.h"
#include "revisjon.h"
#include "testing-db.h"
#include "verify.h"

#define has(text, piece) g_assert_nonnull(strstr(text, piece))

typedef struct {
    TestDb *db;
    char *file; /* of the backup */
    char *to;   /* database to restore to */
    int64_t owner;
} Given;

static inline void given_clear(Given *g)
{
    static const char *const ends[] = { "",   "-wal", "-shm",     "-turn",
                                        ".1", ".2",   ".damaged", "-journal" };
    const char *const names[] = { g->file, g->to };

    for (size_t i = 0; i < 2 * G_N_ELEMENTS(ends); i++) {
        g_autofree char *name = g_strconcat(names[i % 2], ends[i / 2], NULL);

        g_unlink(name);
    }
    g_clear_pointer(&g->file, g_free);
    g_clear_pointer(&g->to, g_free);
    g_clear_pointer(&g->db, test_db_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Given, given_clear)

static inline Given given(void)
{
    Given g = { test_db_new(app_migrations, app_n_migrations) };
    const Eier eier = { .number = "9999", .name = "Prøve kommune", .language = LANG_NB };
    g_autoptr(GError) error = NULL;

    i18n_use(LANG_EN);
    eier_add(g.db->db, &eier, 1, &g.owner, &error);
    g_assert_no_error(error);
    g.file = g_build_filename(g.db->dir, "kopi", NULL);
    g.to = g_build_filename(g.db->dir, "tilbake.db", NULL);
    return g;
}

/* The exit code of a command with these words. */
static inline int run(int (*command)(int, char **), const char *format, ...) G_GNUC_PRINTF(2, 3);
static inline int run(int (*command)(int, char **), const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *line = g_strdup_vprintf(format, args);
    va_end(args);
    g_auto(GStrv) argv = g_strsplit(line, " ", -1);
    g_autofree char **copy = g_memdup2(argv, sizeof *argv * (g_strv_length(argv) + 1));

    return command((int)g_strv_length(argv), copy);
}

static inline int back_up(const Given *g, const char *more)
{
    return run(cli_backup, "backup %s --db %s%s", g->file, g->db->url, more);
}

static inline int bring_back(const Given *g, const char *more)
{
    return run(cli_restore, "restore %s --db %s%s", g->file, g->to, more);
}

static inline bool only_sqlite(const Given *g)
{
    if (store_is_postgresql(g->db->store))
        g_test_skip("pg_dump's file has checks of its own");
    return !store_is_postgresql(g->db->store);
}
