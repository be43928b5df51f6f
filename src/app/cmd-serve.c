/* cmd-serve.c - serve, routes and config: the web server with what the slices tell it.
 *
 * The one place where the platform's hooks meet the slices that can answer them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cli.h"
#include "auth.h"
#include "conf.h"
#include "eier.h"
#include "log.h"
#include "revisjon.h"
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
        if (!eier_get_number(db, arena, equals + 1, &eier, error))
            return false;
        *ret = eier.id;
    }
    return true;
}

#define SECRET_KEY "secret"

/* Made by the first node that needs it and read by all; a lost race reads the winner's. */
static bool secret(const void *data, Db *db, uint8_t ret[32], GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    const char *stored;
    g_autofree guchar *bytes = NULL;
    gsize size = 0;

    (void)data;
    if (!eier_setting(db, arena, SECRET_KEY, &stored, error))
        return false;
    if (!stored) {
        unsigned char fresh[AUTH_KEY_SIZE];
        auth_key_new(fresh);
        g_autofree char *text = g_base64_encode(fresh, sizeof fresh);

        if (!eier_setting_add(db, SECRET_KEY, text, error) ||
            !eier_setting(db, arena, SECRET_KEY, &stored, error))
            return false;
    }
    bytes = g_base64_decode(stored, &size);
    if (size != AUTH_KEY_SIZE)
        return app_fail(error, APP_ERROR_DB, "the stored secret is damaged");
    memcpy(ret, bytes, AUTH_KEY_SIZE);
    return true;
}

WebHooks serving_hooks(const Conf *conf)
{
    return (WebHooks){ .data = conf,
                       .session_user = tilgang_session_user,
                       .owner_info = owner_info,
                       .owner_of_host = owner_of_host,
                       .forbidden = tilgang_forbidden,
                       .note = revisjon_note,
                       .secret = secret };
}

static const char *text_or_null(const Conf *conf, ConfKey key)
{
    const char *text = conf_text(conf, key);

    return *text ? text : NULL;
}

bool serving_run(const Conf *conf, Store *store, GError **error)
{
    LogLevel level;

    const WebConfig web = {
        .listen = conf_text(conf, CONF_listen),
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

    if (log_level_parse(conf_text(conf, CONF_log_level), &level))
        log_set_level(level);
    return web_serve(&web, error);
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
    return g_steal_pointer(&conf);
}

int cli_serve(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *listen = NULL, *workers = NULL, *path = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, "address to serve on", "HOST:PORT" },
        { "workers", 0, 0, G_OPTION_ARG_STRING, &workers, "threads that answer requests", "N" },
        { "config", 0, 0, G_OPTION_ARG_STRING, &path, "settings file", "FILE" },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    int code = cli_parse("serve", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("serve", "takes no operands");
    g_autoptr(Conf) conf = serving_settings(path, db_url, listen, workers, &error);
    if (conf && cli_open(conf_text(conf, CONF_db), &cli, &error) &&
        serving_run(conf, cli.store, &error))
        return EXIT_DONE;
    if (g_error_matches(error, APP_ERROR, APP_ERROR_BUSY) &&
        g_str_has_prefix(error->message, "cannot listen"))
        fprintf(stderr, "oppvekst: another program has that address; choose another one, say "
                        "--listen 127.0.0.1:8081\n");
    return cli_failed(error);
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
