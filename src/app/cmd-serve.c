/* cmd-serve.c - serve, routes and config: the web server with what the slices tell it.
 *
 * The one place where the platform's hooks meet the slices that can answer them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sys/prctl.h>
#include <unistd.h>
#include "cli.h"
#include "auth.h"
#include "conf.h"
#include "eier.h"
#include "fetch.h"
#include "harden.h"
#include "jobb.h"
#include "kilde.h"
#include "listen.h"
#include "log.h"
#include "mail.h"
#include "metrics.h"
#include "sandbox.h"
#include "supervisor.h"
#include "wake.h"
#include "revisjon.h"
#include "sok.h"
#include "tilgang.h"
#include "serving.h"

static bool owner_info(const void *data, Db *db, Arena *arena, int64_t owner, OwnerInfo *ret,
                       GError **error)
{
    Eier eier;
    const char *colour;

    (void)data;
    if (!eier_get(db, arena, owner, &eier, error) ||
        !eier_option(db, arena, owner, EIER_COLOUR, &colour, error))
        return false;
    *ret = (OwnerInfo){ .name = eier.name,
                        .language = i18n_tag(eier.language),
                        .today = eier.date,
                        .demo = eier.demo && eier.date,
                        .colour = colour };
    return true;
}

/* The stored host names first, then the setting "owner_host": HOST=NUMBER, separated by commas. */
static bool owner_of_host(const void *data, Db *db, const char *host, int64_t *ret, GError **error)
{
    const Conf *conf = data;
    g_autoptr(Arena) arena = arena_new();
    g_auto(GStrv) pairs = g_strsplit(conf_text(conf, CONF_owner_host), ",", -1);
    Eier eier;

    if (!eier_of_host(db, host, ret, error))
        return false;
    for (char **p = pairs; *p && !*ret; p++) {
        char *equals = strchr(g_strstrip(*p), '=');

        if (!equals || g_ascii_strncasecmp(*p, host, (size_t)(equals - *p)) ||
            strlen(host) != (size_t)(equals - *p))
            continue;
        g_autoptr(GError) why = NULL;

        if (eier_get_number(db, arena, equals + 1, &eier, &why))
            *ret = eier.id;
        else if (!g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
            return app_pass(error, &why);
    }
    return true;
}

static bool secret(const void *data, Db *db, uint8_t ret[32], GError **error)
{
    g_autoptr(Arena) arena = arena_new();

    (void)data;
    return eier_key(db, arena, ret, error);
}

static bool metrics(const void *data, Db *db, GString *out, GError **error)
{
    int64_t n[JOB_CANCELLED + 1];

    (void)data;
    if (!jobb_count(db, n, error))
        return false;
    metrics_head(out, "oppvekst_jobs", "gauge", "Jobs in the queue by state.");
    for (int i = 0; i <= JOB_CANCELLED; i++)
        metrics_line(out, "oppvekst_jobs", "state", jobb_state_code((JobState)i), (double)n[i]);
    return kilde_metrics(db, g_get_real_time(), out, error);
}

/* What changes is written down, and the search follows: both in the transaction of the change. A
 * sign-in changes nothing that can be found. */
static bool note(const void *data, Db *db, const AuditNote *line, GError **error)
{
    bool found = !line->reading && !g_str_has_prefix(line->act, "innlogging.");

    return revisjon_note(data, db, line, error) &&
           (!found || sok_changed(db, line->owner, line->at, error));
}

WebHooks serving_hooks(const Conf *conf)
{
    return (WebHooks){ .data = conf,
                       .session_user = tilgang_session_user,
                       .owner_info = owner_info,
                       .owner_of_host = owner_of_host,
                       .forbidden = tilgang_forbidden,
                       .note = note,
                       .metrics = metrics,
                       .secret = secret };
}

static const char *text_or_null(const Conf *conf, ConfKey key)
{
    const char *text = conf_text(conf, key);

    return *text ? text : NULL;
}

/* The server itself, with the descriptors that the supervisor gives. */
static bool serve_pages(const Conf *conf, Store *store, GError **error)
{
    int sockets[SUPERVISED_SOCKETS];
    const WebConfig web = {
        .listen = conf_text(conf, CONF_listen),
        .listen_fds = sockets,
        .n_listen = supervised_sockets(sockets),
        .alive_fd = SUPERVISED_ALIVE,
        .metrics_fd = *conf_text(conf, CONF_metrics_listen) ? SUPERVISED_METRICS : 0,
        .workers = (int)conf_number(conf, CONF_workers),
        .body_limit = (size_t)conf_number(conf, CONF_body_limit),
        .upload_limit = (size_t)conf_number(conf, CONF_upload_limit),
        .connections = (int)conf_number(conf, CONF_connections),
        .connections_per_address = (int)conf_number(conf, CONF_connections_per_address),
        .request_timeout = (int)conf_number(conf, CONF_request_timeout),
        .trusted_proxies = conf_text(conf, CONF_trusted_proxies),
        .base_url = text_or_null(conf, CONF_base_url),
        .secret = text_or_null(conf, CONF_secret),
        .version = OPPVEKST_VERSION,
        .store = store,
        .hooks = serving_hooks(conf),
    };

    return web_serve(&web, error);
}

/* "https://host" or "http://host:8080", and nothing of a path, which no reverse proxy could serve. */
static bool is_base(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *path = uri ? g_uri_get_path(uri) : "";

    return uri && g_uri_get_host(uri) && *g_uri_get_host(uri) && (!*path || !strcmp(path, "/")) &&
           !g_uri_get_query(uri) && !g_uri_get_userinfo(uri) &&
           (!strcmp(g_uri_get_scheme(uri), "https") || !strcmp(g_uri_get_scheme(uri), "http"));
}

static bool is_host_list(const char *text)
{
    g_auto(GStrv) pairs = g_strsplit(text, ",", -1);

    for (char **p = pairs; *p; p++) {
        const char *equals = strchr(g_strstrip(*p), '=');

        if (**p && (!equals || equals == *p || strlen(equals) != 5 ||
                    strspn(equals + 1, "0123456789") != 4))
            return false;
    }
    return true;
}

/* What conf.c cannot know of: a setting that is wrong stops the start, and is not found out about later. */
static bool check_settings(const Conf *conf, GError **error)
{
    const char *base = conf_text(conf, CONF_base_url), *hosts = conf_text(conf, CONF_owner_host);
    const char *sender = conf_text(conf, CONF_mail_sender);
    int64_t port = conf_number(conf, CONF_mail_port);

    if (*base && !is_base(base))
        return app_fail(error, APP_ERROR_INVALID,
                        "base_url is https://HOST, without a path, not \"%s\"", base);
    if (!is_host_list(hosts))
        return app_fail(
            error, APP_ERROR_INVALID,
            "owner_host is HOST=NUMBER with four digits, separated by commas, not \"%s\"", hosts);
    if (*sender && !mail_address_valid(sender))
        return app_fail(error, APP_ERROR_INVALID, "mail_sender is no address: \"%s\"", sender);
    return (port >= 1 && port <= 65535) ||
           app_fail(error, APP_ERROR_INVALID, "mail_port is 1 to 65535");
}

static bool use_fetch(const Conf *conf, GError **error)
{
    const char *on = conf_text(conf, CONF_fetch), *allow = conf_text(conf, CONF_fetch_allow);
    int64_t pause = conf_number(conf, CONF_fetch_pause);

    if (strcmp(on, "on") && strcmp(on, "off"))
        return app_fail(error, APP_ERROR_INVALID, "fetch is on or off, not \"%s\"", on);
    if (!fetch_allow_valid(allow))
        return app_fail(error, APP_ERROR_INVALID,
                        "fetch_allow is HOST or http://HOST:PORT, separated by commas, not \"%s\"",
                        allow);
    if (pause > 60000)
        return app_fail(error, APP_ERROR_INVALID, "fetch_pause is at most 60000");
    const FetchDefaults fetch = { .on = !strcmp(on, "on"),
                                  .proxy = text_or_null(conf, CONF_fetch_proxy),
                                  .allow = allow,
                                  .pause_ms = (int)pause };

    fetch_defaults_set(&fetch);
    return true;
}

/* What whole folders of the platform go by, said once before any thread is started. */
static bool use_settings(const Conf *conf, GError **error)
{
    static const char *const words[] = { "none", "starttls", "tls", NULL };
    const char *security = conf_text(conf, CONF_mail_security);
    MailDefaults mail = { .server = { .server = text_or_null(conf, CONF_mail_server),
                                      .port = (int)conf_number(conf, CONF_mail_port),
                                      .user = text_or_null(conf, CONF_mail_user),
                                      .password = text_or_null(conf, CONF_mail_password) },
                          .sender = text_or_null(conf, CONF_mail_sender),
                          .base_url = text_or_null(conf, CONF_base_url) };

    if (!check_settings(conf, error))
        return false;
    if (!g_strv_contains(words, security))
        return app_fail(error, APP_ERROR_INVALID,
                        "mail_security is starttls, tls or none, not \"%s\"", security);
    mail.server.security = !strcmp(security, "tls")    ? MAIL_TLS
                           : !strcmp(security, "none") ? MAIL_OPEN
                                                       : MAIL_STARTTLS;
    mail_defaults_set(&mail);
    auth_secret_set(conf_text(conf, CONF_secret));
    return use_fetch(conf, error);
}

Conf *serving_settings(const char *path, const char *db_url, const char *listen,
                       const char *workers, GError **error)
{
    g_auto(GStrv) environment = g_get_environ();
    g_autoptr(Conf) conf = conf_read(path, (const char *const *)environment, error);

    if (!conf || (db_url && !conf_set(conf, CONF_db, db_url, error)) ||
        (listen && !conf_set(conf, CONF_listen, listen, error)) ||
        (workers && !conf_set(conf, CONF_workers, workers, error)))
        return NULL;
    if (!use_settings(conf, error))
        return NULL;
    return g_steal_pointer(&conf);
}

/* --- who serves --- */

typedef struct {
    char *db_url, *listen, *workers, *path, *as;
    int from;
    gboolean no_jobs;
} ServeOptions;

static void serve_options_clear(ServeOptions *o)
{
    g_free(o->db_url);
    g_free(o->listen);
    g_free(o->workers);
    g_free(o->path);
    g_free(o->as);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ServeOptions, serve_options_clear)

static void take_log_level(const Conf *conf)
{
    LogLevel level;

    if (log_level_parse(conf_text(conf, CONF_log_level), &level))
        log_set_level(level);
}

/* The owner may be added later, so the start is not stopped: the front page is everybody's until then. */
static bool warn_of_unknown_owners(const Conf *conf, Db *db, GError **error)
{
    g_auto(GStrv) pairs = g_strsplit(conf_text(conf, CONF_owner_host), ",", -1);
    g_autoptr(Arena) arena = arena_new();
    Eier eier;

    for (char **p = pairs; *p; p++) {
        const char *equals = strchr(g_strstrip(*p), '=');
        g_autoptr(GError) why = NULL;

        if (!equals || eier_get_number(db, arena, equals + 1, &eier, &why))
            continue;
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
            return app_pass(error, &why);
        log_event(LOG_LEVEL_WARNING, "owner_host", log_text("unknown_owner", *p));
    }
    return true;
}

static int be_server(const Conf *conf)
{
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };

    prctl(PR_SET_NAME, "oppvekst-server");
    job_wake_through(SUPERVISED_WAKE);
    harden_program(conf);
    if (!cli_open(conf_text(conf, CONF_db), &cli, &error) ||
        !warn_of_unknown_owners(conf, cli.db, &error))
        return cli_failed(error);
    g_clear_pointer(&cli.db, db_close);
    return serve_pages(conf, cli.store, &error) ? EXIT_DONE : cli_failed(error);
}

#define TAKE_OVER "--take-over="

/* Ours, without what a supervisor before us added; as what a program of its shall run, or NULL. */
static char **arguments(int argc, char **argv, const char *as)
{
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();

    g_strv_builder_add(all, "oppvekst");
    for (int i = 0; i < argc; i++)
        if (!g_str_has_prefix(argv[i], TAKE_OVER))
            g_strv_builder_add(all, argv[i]);
    if (as) {
        g_strv_builder_add(all, "--as");
        g_strv_builder_add(all, as);
    }
    return g_strv_builder_end(all);
}

static int failed_to_listen(const GError *error)
{
    if (g_error_matches(error, APP_ERROR, APP_ERROR_BUSY))
        fprintf(stderr, "oppvekst: another program has that address; choose another one, say "
                        "--listen 127.0.0.1:8081\n");
    return cli_failed(error);
}

/* The address of the settings goes for nothing where systemd gives sockets. */
static bool open_sockets(const Conf *conf, Supervised *what, GError **error)
{
    const char *metrics = conf_text(conf, CONF_metrics_listen);
    g_autofree char *metrics_path = NULL;
    g_autoptr(GError) why = NULL;

    G_STATIC_ASSERT(SUPERVISED_SOCKETS == WEB_SOCKETS);
    if (!listen_inherited(SUPERVISED_SOCKETS, what->listen_fds, &what->n_listen, error))
        return false;
    g_unsetenv("LISTEN_FDS");
    if (!what->n_listen) {
        what->listen_fds[0] = listen_open(conf_text(conf, CONF_listen), &what->socket_path, error);
        if (what->listen_fds[0] < 0)
            return false;
        what->n_listen = 1;
    }
    if (*metrics)
        what->metrics_fd = listen_open(metrics, &metrics_path, &why);
    return !why || app_pass(error, &why);
}

/* Holds the sockets and watches over the two that work; has no thread and no database.
 *   from  where the supervisor before us left what it knew; -1: there was none. */
static int be_supervisor(const Conf *conf, Supervised *what, int from)
{
    g_autoptr(GError) error = NULL;
    int status = EXIT_FAILED;

    sandbox_stop(); /* its programs have their own */
    if (from < 0 && !open_sockets(conf, what, &error))
        return failed_to_listen(error);
    if (!supervise(what, from, &status, &error))
        return cli_failed(error);
    if (what->socket_path)
        unlink(what->socket_path);
    return status;
}

static int try_take_over(Supervised *what, int from)
{
    g_autoptr(GError) error = NULL;

    return supervise_can_take_over(what, from, &error) ? EXIT_DONE : cli_failed(error);
}

/* What this process is to be, by what stands behind the person's own words. */
static int be(const Conf *conf, const ServeOptions *o, Supervised *what)
{
    if (!o->as)
        return be_supervisor(conf, what, o->from);
    if (!strcmp(o->as, "probe"))
        return try_take_over(what, o->from);
    return !strcmp(o->as, "server") ? be_server(conf) : serving_jobs(conf, true, false);
}

int cli_serve(int argc, char **argv)
{
    g_auto(ServeOptions) o = { .from = -1 };
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &o.db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "listen", 0, 0, G_OPTION_ARG_STRING, &o.listen, "address to serve on", "HOST:PORT" },
        { "workers", 0, 0, G_OPTION_ARG_STRING, &o.workers, "threads that answer requests", "N" },
        { "config", 0, 0, G_OPTION_ARG_STRING, &o.path, "settings file", "FILE" },
        { "no-jobs", 0, 0, G_OPTION_ARG_NONE, &o.no_jobs, "another node does the jobs", NULL },
        { "as", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &o.as, "for the supervisor", NULL },
        { "take-over", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &o.from, "for the next one",
          NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) as_server = arguments(argc, argv, "server");
    g_auto(GStrv) as_jobs = arguments(argc, argv, "jobs");
    g_auto(GStrv) as_itself = arguments(argc, argv, NULL);
    int code = cli_parse("serve", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("serve", "takes no operands");
    g_autoptr(Conf) conf = serving_settings(o.path, o.db_url, o.listen, o.workers, &error);

    if (!conf)
        return cli_failed(error);
    take_log_level(conf);
    const SupervisedProgram programs[] = {
        { "server", (const char *const *)as_server, true },
        { "jobs", (const char *const *)as_jobs, false },
    };
    Supervised what = { .programs = programs,
                        .n = o.no_jobs ? 1 : 2,
                        .metrics_fd = -1,
                        .argv = (const char *const *)as_itself };

    code = be(conf, &o, &what);
    g_free(what.socket_path);
    return code;
}

int cli_routes(int argc, char **argv)
{
    const GOptionEntry entries[] = { { NULL } };
    g_autoptr(GError) error = NULL;
    int code = cli_parse("routes", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("routes", "takes no operands");
    return web_routes_print(stdout, &error) ? EXIT_DONE : cli_failed(error);
}

int cli_config(int argc, char **argv)
{
    const GOptionEntry entries[] = { { NULL } };
    int code = cli_parse("config", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("config", "takes no operands");
    conf_print_annotated(stdout);
    return EXIT_DONE;
}
