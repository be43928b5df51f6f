/* cli.h - what the commands of the program share: the table of them, opening a database, progress.
 *
 * Exit codes: 0 done, 1 failed (reason on stderr), 2 wrong use.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "db.h"
#include "arena.h"

#define EXIT_DONE 0
#define EXIT_FAILED 1
#define EXIT_USAGE 2

typedef struct {
    const char *name;
    const char *usage;   /* after the name: "--db URL FILE..." */
    const char *summary; /* one line of --help */
    int (*run)(int argc, char **argv);
    bool parses; /* files from outside, in the sandbox */
} Command;

int cli_demo(int argc, char **argv);
int cli_init(int argc, char **argv);
int cli_migrate(int argc, char **argv);
int cli_serve(int argc, char **argv);
int cli_jobs(int argc, char **argv);
int cli_import(int argc, char **argv);
int cli_fetch(int argc, char **argv);
int cli_report(int argc, char **argv);
int cli_archive(int argc, char **argv);
int cli_series(int argc, char **argv);
int cli_spc(int argc, char **argv);
int cli_suppress(int argc, char **argv);
int cli_routes(int argc, char **argv);
int cli_user(int argc, char **argv);
int cli_config(int argc, char **argv);
int cli_backup(int argc, char **argv);
int cli_restore(int argc, char **argv);
int cli_verify(int argc, char **argv);
int cli_retention(int argc, char **argv);

/**
 * Parse the options of one command.
 *   command  its name, and what --help shows of its operands: "import FILE...".
 *   entries  as GOptionContext wants them.
 *   argv     the arguments after the command, NULL-terminated; what remains are the operands.
 * Returns -1 to go on, else the code to exit with (wrong use, worded on stderr).
 */
int cli_parse(const char *command, const GOptionEntry *entries, int *argc, char ***argv);
/* The same; `about` stands under the options in --help, NULL for nothing. */
int cli_parse_about(const char *command, const char *about, const GOptionEntry *entries, int *argc,
                    char ***argv);
/* "oppvekst import: reason" on stderr; returns EXIT_USAGE. */
int cli_misuse(const char *command, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* "oppvekst: reason" on stderr; returns EXIT_FAILED. */
int cli_failed(const GError *error);

typedef struct {
    Store *store;
    Db *db;
    Arena *arena;
} Cli;
/* Open the database named by --db (or the settings when NULL) and see that it is migrated. */
bool cli_open(const char *url, Cli *ret, GError **error);
/* The same, bringing it to the newest migration first. */
bool cli_open_migrated(const char *url, Cli *ret, GError **error);
void cli_close(Cli *cli);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Cli, cli_close)

/* A line of progress on a terminal, nothing in a pipe. */
void cli_progress(const char *format, ...) G_GNUC_PRINTF(1, 2);
int64_t cli_now(void); /* microseconds UTC */
/* A whole file, at most 100 MiB; "-" is standard input. ret_data is g_free'd by the caller. */
bool cli_read_file(const char *path, char **ret_data, size_t *ret_size, GError **error);
