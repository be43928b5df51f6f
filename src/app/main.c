/* main.c - the program: finds the command and runs it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <locale.h>
#include <unistd.h>
#include "auth.h"
#include "cli.h"
#include "i18n.h"
#include "sandbox.h"

static const Command commands[] = {
    { "demo", "[--listen HOST:PORT] [--dir DIR] [--no-serve]",
      "the Eide story and real figures, then serve", cli_demo, .parses = true },
    { "init", "--db URL --owner NUMBER --name NAME --admin EMAIL",
      "make a database with its first owner", cli_init },
    { "migrate", "--db URL", "bring a database to this version", cli_migrate },
    { "serve", "--db URL [--listen HOST:PORT] [--workers N] [--no-jobs]",
      "serve the pages, and do the jobs", cli_serve, .parses = true },
    { "jobs", "--db URL [--once] [--list]", "do the jobs alone, or print the queue", cli_jobs,
      .parses = true },
    { "import", "--db URL [--owner NUMBER] [--format F] [--dry-run] [--json] FILE...",
      "read data files", cli_import, .parses = true },
    { "fetch", "--db URL [--once] [--list] [SOURCE...]", "ask the sources that are due, or these",
      cli_fetch, .parses = true },
    { "report", "--db URL --owner NUMBER --year 2025/26 --format html|pdf --output FILE",
      "write a tilstandsrapport", cli_report },
    { "archive", "--db URL --owner NUMBER --year 2025/26 --output FILE.zip [--generation 1|2]",
      "make the package for the archive", cli_archive, .parses = true },
    { "series", "--db URL --unit CODE --indicator CODE", "print one series as CSV", cli_series },
    { "spc", "[--chart C] [--profile NAME] [--improve up|down|none] [FILE.csv]",
      "limits and signals of a series", cli_spc },
    { "suppress", "--spec SPEC.json TABLE.csv --output OUT.csv --proof PROOF.json",
      "hide what must be hidden in a table, with proof", cli_suppress },
    { "routes", "", "print method, path and permission of every page", cli_routes },
    { "user", "add|invite|grant|password|list|disable|enable ...", "people who may sign in",
      cli_user },
    { "backup", "FILE --db URL [--keep N] [--force]", "copy the whole database while people work",
      cli_backup },
    { "restore", "FILE --db URL [--force]", "bring a backup back", cli_restore },
    { "verify", "--db URL [--json]", "see that everything still is what it was", cli_verify },
    { "retention", "--db URL [--owner N] [--dry-run]", "delete what has been kept long enough",
      cli_retention },
    { "config", "", "print the annotated settings", cli_config },
};

static void help(FILE *out)
{
    fputs("oppvekst - quality and development system for Norwegian school owners\n\n"
          "Usage: oppvekst COMMAND [OPTIONS]\n\n",
          out);
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(out, "  %-8s %s\n           oppvekst %s %s\n", commands[i].name,
                commands[i].summary, commands[i].name, commands[i].usage);
    fputs("\n  oppvekst COMMAND --help tells the options of one command.\n"
          "  --db is sqlite:PATH or postgresql://...; default: the setting \"db\".\n",
          out);
}

/* What every command needs, and, for those that parse, the sandbox before any thread begins. */
static int start(const Command *command, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    if (!auth_start(&error) || (command->parses && (!sandbox_start(&error) || !i18n_check(&error))))
        return cli_failed(error);
    return command->run(argc, argv);
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "C.UTF-8");
    i18n_use(i18n_lang(g_getenv("LANG")));
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        help(stdout);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (!strcmp(commands[i].name, argv[1]))
            return start(&commands[i], argc - 1, argv + 1);
    fprintf(stderr, "oppvekst: no command \"%s\"; oppvekst --help lists them\n", argv[1]);
    return EXIT_USAGE;
}
