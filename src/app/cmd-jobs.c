/* cmd-jobs.c - jobs: the program that does the work outside requests, once or until it is stopped.
 *
 * It looks into the queue when it is woken and each second besides, for jobs of other nodes and those
 * whose time has come. A word that wakes it may come before the commit it is about, so it looks a few
 * times more after one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "cli.h"
#include "eier.h"
#include "harden.h"
#include "i18n.h"
#include "jobb.h"
#include "log.h"
#include "sandbox.h"
#include "serving.h"
#include "sok.h"
#include "supervisor.h"

#define EACH_MS 1000
#define TROUBLE_MS 5000 /* after a failure of the database */
#define ALIVE_EVERY (5 * G_USEC_PER_SEC)
#define LIST 200

/* Milliseconds between the looks after being woken. */
static const int again_ms[] = { 10, 20, 70, 200 };

typedef struct {
    int signals;     /* SIGTERM and SIGINT arrive here, blocked otherwise */
    int wake, alive; /* -1: none */
    bool stopping, terminal;
    int64_t told; /* monotonic */
    size_t looks; /* done since the last word; index of again_ms */
    bool shown;
} Program;

/* --- the world of a job --- */

static int64_t clock_now(void *data)
{
    (void)data;
    return cli_now();
}

static void tell_alive(Program *p, const char *word)
{
    p->told = g_get_monotonic_time();
    if (p->alive >= 0 && write(p->alive, word, 1) < 0)
        p->alive = -1; /* the supervisor is gone; SIGTERM follows */
}

static bool stopping(void *data)
{
    Program *p = data;
    struct pollfd watch = { .fd = p->signals, .events = POLLIN };

    if (g_get_monotonic_time() - p->told > ALIVE_EVERY)
        tell_alive(p, ".");
    p->stopping = p->stopping || poll(&watch, 1, 0) > 0;
    return p->stopping;
}

static void show(void *data, const JobInfo *job)
{
    Program *p = data;

    if (!p->terminal)
        return;
    if (job->total > 0)
        fprintf(stderr, "\r\033[K%s: %d %% %s", job->title, (int)(job->done * 100 / job->total),
                job->text);
    else
        fprintf(stderr, "\r\033[K%s: %s", job->title, job->text);
    if (job->state != JOB_RUNNING)
        fprintf(stderr, " [%s]\n", jobb_state_code(job->state));
    fflush(stderr);
}

/* --- the loop --- */

/* true: there may be something to do; false: the time has passed. */
static void wait_for_word(Program *p, int ms)
{
    struct pollfd watch[] = { { .fd = p->signals, .events = POLLIN },
                              { .fd = p->wake, .events = POLLIN } };
    uint64_t words;
    bool soon = p->looks < G_N_ELEMENTS(again_ms);

    if (poll(watch, G_N_ELEMENTS(watch), soon ? MIN(again_ms[p->looks], ms) : ms) <= 0) {
        p->looks += soon;
        return;
    }
    if (watch[0].revents)
        p->stopping = true;
    if (watch[1].revents && read(p->wake, &words, sizeof words) > 0)
        p->looks = 0;
}

/* What can be searched for may be another with another version of the program, or not be there yet:
 * the installation's own and every owner's is looked through once, at start. */
static bool refresh_search(Cli *cli, GError **error)
{
    EierList owners;

    if (!eier_list(cli->db, cli->arena, &owners, error) ||
        !sok_changed(cli->db, 0, cli_now(), error))
        return false;
    for (size_t i = 0; i < owners.n; i++)
        if (!sok_changed(cli->db, owners.v[i].id, cli_now(), error))
            return false;
    return true;
}

static bool look(Cli *cli, Db *pulse, JobbClock *clock, const JobbWorld *world, GError **error)
{
    Program *p = world->data;
    bool any = true;

    if (!jobb_clock_run(clock, cli->db, cli_now(), error))
        return false;
    while (any && !stopping(p))
        if (!jobb_run_next(cli->db, pulse, world, cli_now(), &any, error))
            return false;
    return true;
}

static bool run_until_stopped(Cli *cli, Db *pulse, Program *p, GError **error)
{
    g_autoptr(JobbClock) clock = jobb_clock_new();
    const JobbWorld world = { clock_now, stopping, show, p };

    p->looks = G_N_ELEMENTS(again_ms);
    tell_alive(p, "r");
    if (!refresh_search(cli, error))
        return false;
    while (!stopping(p)) {
        g_autoptr(GError) why = NULL;
        bool fine = look(cli, pulse, clock, &world, &why);

        if (!fine)
            log_event(LOG_LEVEL_ERROR, "jobs", log_text("error", why->message));
        if (!sandbox_alive())
            return app_fail(error, APP_ERROR_DB, "the sandbox's helper is gone");
        if (!p->stopping)
            wait_for_word(p, fine ? EACH_MS : TROUBLE_MS);
    }
    return true;
}

static bool run_once(Cli *cli, Db *pulse, Program *p, GError **error)
{
    g_autoptr(JobbClock) clock = jobb_clock_new();
    const JobbWorld world = { clock_now, stopping, show, p };

    return look(cli, pulse, clock, &world, error);
}

/* --- the list --- */

static int list(Cli *cli, GError **error)
{
    JobInfoList jobs;
    char id[ID_TEXT], time[DATE_TEXT];

    if (!jobb_list_all(cli->db, cli->arena, LIST, &jobs, error))
        return cli_failed(*error);
    for (size_t i = 0; i < jobs.n; i++) {
        const JobInfo *j = &jobs.v[i];

        printf("%s  %-9s  %d/%d  %-30s  %s%s%s\n", id_text(j->id, id), jobb_state_code(j->state),
               j->attempt, j->attempts, time_text(j->ended ? j->ended : j->due, time), j->title,
               *j->text ? ": " : "", j->text);
    }
    return EXIT_DONE;
}

/* --- the command --- */

/* Before any thread, so that all of them leave the signals to us. */
static int block_signals(void)
{
    sigset_t ours;

    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigprocmask(SIG_BLOCK, &ours, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
}

int serving_jobs(const Conf *conf, bool supervised, bool once)
{
    g_auto(Cli) cli = { 0 };
    g_autoptr(GError) error = NULL;
    Program p = { .signals = block_signals(),
                  .wake = supervised ? SUPERVISED_WAKE : -1,
                  .alive = supervised ? SUPERVISED_ALIVE : -1,
                  .terminal = !supervised && isatty(STDERR_FILENO) };

    prctl(PR_SET_NAME, "oppvekst-jobs");
    harden_program(conf);
    if (!cli_open(conf_text(conf, CONF_db), &cli, &error))
        return cli_failed(error);
    g_autoptr(Db) pulse = db_open(cli.store, &error);
    bool fine = pulse && (once ? run_once(&cli, pulse, &p, &error)
                               : run_until_stopped(&cli, pulse, &p, &error));

    g_clear_pointer(&pulse, db_close);
    return fine ? EXIT_DONE : cli_failed(error);
}

int cli_jobs(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *path = NULL;
    gboolean once = FALSE, listing = FALSE;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "config", 0, 0, G_OPTION_ARG_STRING, &path, "settings file", "FILE" },
        { "once", 0, 0, G_OPTION_ARG_NONE, &once, "do what is due, and end", NULL },
        { "list", 0, 0, G_OPTION_ARG_NONE, &listing, "print the queue", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    int code = cli_parse("jobs", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("jobs", "takes no operands");
    g_autoptr(Conf) conf = serving_settings(path, db_url, NULL, NULL, &error);

    if (!conf)
        return cli_failed(error);
    if (!listing)
        return serving_jobs(conf, false, once);
    if (!cli_open(conf_text(conf, CONF_db), &cli, &error))
        return cli_failed(error);
    return list(&cli, &error);
}
