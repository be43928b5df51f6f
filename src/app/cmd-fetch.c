/* cmd-fetch.c - fetch: ask the sources that are due, or those that are named, as the jobs program would.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cli.h"
#include "eier.h"
#include "fetch.h"
#include "i18n.h"
#include "kilde.h"
#include "serving.h"

#define TRIES 5
#define FIRST_PAUSE 10 /* seconds; then doubling */

typedef struct {
    Cli cli;
    const char *today;
    int tries;
} Fetching;

static int list(const KildeInfos *all)
{
    char key[ID_TEXT], ok[DATE_TEXT], due[DATE_TEXT];

    for (size_t i = 0; i < all->n; i++) {
        const KildeInfo *k = &all->v[i];

        printf("%s\t%s\t%s\t%s\t%s\n", id_text(k->id, key),
               !k->active      ? "off"
               : k->failures   ? "trouble"
               : k->last_ok_at ? "fine"
                               : "new",
               k->last_ok_at ? time_text(k->last_ok_at, ok) : "never", time_text(k->due_at, due),
               k->name);
    }
    return EXIT_DONE;
}

static bool is_named(const KildeInfo *k, char **names, int n)
{
    char key[ID_TEXT];

    for (int i = 0; i < n; i++)
        if (!strcmp(names[i], k->name) || !strcmp(names[i], id_text(k->id, key)))
            return true;
    return false;
}

/* Worth another try as long as the other side, or the line, is what fails. */
static bool fetch_one(const Fetching *f, const KildeInfo *k)
{
    for (int i = 0; i < f->tries; i++) {
        const KildeTurn turn = { .now = cli_now(), .today = f->today };
        g_autoptr(GError) why = NULL;
        const char *text = "";

        cli_progress("%s ...", k->name);
        if (kilde_fetch(f->cli.db, f->cli.arena, k->id, &turn, &text, &why)) {
            printf("%s: %s\n", k->name, text);
            return true;
        }
        fprintf(stderr, "%s: %s\n", k->name, why->message);
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_BUSY))
            return false;
        if (i + 1 < f->tries)
            g_usleep((gulong)(FIRST_PAUSE << i) * G_USEC_PER_SEC);
    }
    return false;
}

static int fetch_all(const Fetching *f, const KildeInfos *all, char **names, int n)
{
    int code = EXIT_DONE, found = 0;

    for (size_t i = 0; i < all->n; i++) {
        const KildeInfo *k = &all->v[i];

        if (n ? !is_named(k, names, n) : !k->active || k->due_at > cli_now())
            continue;
        found++;
        if (!fetch_one(f, k))
            code = EXIT_FAILED;
    }
    if (n && found < n)
        return cli_misuse("fetch", "there is no such source; --list shows them");
    return code;
}

int cli_fetch(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *path = NULL;
    gboolean once = FALSE, only_list = FALSE;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "config", 0, 0, G_OPTION_ARG_STRING, &path, "settings file", "FILE" },
        { "once", 0, 0, G_OPTION_ARG_NONE, &once, "one try of each, whatever comes", NULL },
        { "list", 0, 0, G_OPTION_ARG_NONE, &only_list, "the sources and how they are", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    KildeInfos all;
    int code = cli_parse("fetch SOURCE...", entries, &argc, &argv);

    if (code >= 0)
        return code;
    g_autoptr(Conf) conf = serving_settings(path, db_url, NULL, NULL, &error);
    Fetching f = { .tries = once ? 1 : TRIES };

    if (!conf || !cli_open(conf_text(conf, CONF_db), &cli, &error) ||
        !kilde_infos(cli.db, cli.arena, &all, &error) ||
        !eier_today(cli.db, cli.arena, 0, cli_now(), &f.today, &error))
        return cli_failed(error);
    if (only_list)
        return list(&all);
    if (!fetch_defaults()->on) {
        fprintf(stderr, "oppvekst: %s\n", fetch_trouble_text(FETCH_OFF));
        return EXIT_FAILED;
    }
    f.cli = cli;
    return fetch_all(&f, &all, argv + 1, argc - 1);
}
