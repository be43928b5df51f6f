/* cmd-demo.c - demo: makes the two demo owners in a folder, prints who may sign in, and serves.
 *
 * Running it again changes nothing and says so. The passwords are known to everybody, so the demo
 * answers this machine only unless told otherwise.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include "cli.h"
#include "demo.h"
#include "sandbox.h"

#define DEMO_LISTEN "127.0.0.1:8080"
#define DEMO_DATA "demo/data/udir"

typedef struct {
    char *listen, *dir, *data, *db_url;
    gboolean no_serve;
} DemoOptions;

static void demo_options_clear(DemoOptions *o)
{
    g_free(o->listen);
    g_free(o->dir);
    g_free(o->data);
    g_free(o->db_url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DemoOptions, demo_options_clear)

/* What people call the role, which need not be the position's title: "Rådmann" is a kommunedirektør. */
static const char *role_word(const DemoPerson *p)
{
    static const char *const words[][2] = {
        { "FS", "Fagsjef" },   { "RK", "Rektor" },      { "KD", "Kommunedirektør" },
        { "PO", "Politiker" }, { "AR", "Sekretariat" }, { "AD", "Administrator" }
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i][0], p->roles[0]))
            return words[i][1];
    return p->title;
}

/* One a line, role, address and password in columns; the browser tests read them too. */
static void print_logins(const DemoOwner *owner)
{
    printf("\n%s (%s)\n", owner->name, owner->number);
    for (size_t i = 0; i < owner->n_people; i++) {
        const DemoPerson *p = &owner->people[i];
        g_autofree char *email = g_strdup_printf("%s@%s", p->login ? p->login : "", owner->domain);

        if (!p->login)
            continue;
        int pad = 18 - (int)g_utf8_strlen(role_word(p), -1);
        printf("  %s%*s%-34s%s\n", role_word(p), pad, "", email, DEMO_PASSWORD);
    }
}

static bool is_loopback(const char *listen)
{
    return g_str_has_prefix(listen, "127.") || g_str_has_prefix(listen, "localhost:") ||
           g_str_has_prefix(listen, "[::1]:") || g_str_has_prefix(listen, "unix:");
}

static void print_welcome(const DemoOptions *o, const Demo *demo)
{
    const char *port = strrchr(o->listen, ':');

    printf("%s\n",
           demo->made ? "The demo is ready." : "The demo was ready already; nothing is changed.");
    print_logins(&demo_eide);
    print_logins(&demo_hustadvika);
    printf(
        "\nThe administrator of %s is the administrator of the installation too.\n"
        "People, and figures marked syntetisk, are invented.\n"
        "Reports to read: %s/tilstandsrapport-%s.pdf and %s/tilstandsrapport-%s.pdf (and .html)\n",
        demo_hustadvika.name, o->dir, demo_eide.report.title, o->dir, demo_hustadvika.report.title);
    if (o->no_serve)
        return;
    if (is_loopback(o->listen) && port)
        printf("\nOpen http://localhost%s in a browser. Ctrl-C stops it.\n", port);
    else
        printf("\nServing on %s. Everybody knows the passwords: do not put real data here.\n",
               o->listen);
}

/* Becomes `oppvekst serve`: what making the demo took of memory is given back, and there is one way
 * to serve. Returns only when that fails. */
static bool serve(const DemoOptions *o, Cli *cli, const char *url, GError **error)
{
    const char *const words[] = { "oppvekst", "serve", "--db", url, "--listen", o->listen, NULL };

    cli_close(cli);
    sandbox_stop();
    execv("/proc/self/exe", (char *const *)(uintptr_t)words);
    return app_fail(error, APP_ERROR_DB, "cannot start serving: %s", g_strerror(errno));
}

static int run(DemoOptions *o, GError **error)
{
    g_autofree char *url =
        o->db_url ? g_strdup(o->db_url) : g_strdup_printf("sqlite:%s/oppvekst.db", o->dir);
    Demo demo = { .now = cli_now(), .data_dir = o->data ? o->data : DEMO_DATA, .dir = o->dir };
    g_auto(Cli) cli = { 0 };

    if (g_mkdir_with_parents(o->dir, 0750) != 0) {
        app_fail(error, APP_ERROR_INVALID, "cannot make the folder %s: %s", o->dir,
                 g_strerror(errno));
        return cli_failed(*error);
    }
    if (!cli_open_migrated(url, &cli, error))
        return cli_failed(*error);
    demo.db = cli.db;
    demo.arena = cli.arena;
    if (!demo_make(&demo, error))
        return cli_failed(*error);
    print_welcome(o, &demo);
    fflush(stdout);
    return o->no_serve || serve(o, &cli, url, error) ? EXIT_DONE : cli_failed(*error);
}

int cli_demo(int argc, char **argv)
{
    g_auto(DemoOptions) o = { 0 };
    const GOptionEntry entries[] = {
        { "listen", 0, 0, G_OPTION_ARG_STRING, &o.listen, "address to serve on (" DEMO_LISTEN ")",
          "HOST:PORT" },
        { "dir", 0, 0, G_OPTION_ARG_FILENAME, &o.dir, "folder of the demo (demo)", "DIR" },
        { "data", 0, 0, G_OPTION_ARG_FILENAME, &o.data, "folder of Udir's files (" DEMO_DATA ")",
          "DIR" },
        { "db", 0, 0, G_OPTION_ARG_STRING, &o.db_url, "another database than DIR/oppvekst.db",
          "URL" },
        { "no-serve", 0, 0, G_OPTION_ARG_NONE, &o.no_serve, "make it, and stop there", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    int code = cli_parse("demo", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("demo", "takes no operands");
    o.dir = o.dir ? o.dir : g_strdup("demo");
    o.listen = o.listen ? o.listen : g_strdup(DEMO_LISTEN);
    return run(&o, &error);
}
