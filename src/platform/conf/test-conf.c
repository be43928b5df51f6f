/* test-conf.c - defaults, file, environment, and refusals of the settings.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include "conf.h"
#include "log.h"

static const char *const nothing[] = { NULL };

/* Settings of a file with this text; NULL and `ret_error` when it is refused. */
static Conf *read_text(const char *text, const char *const *environment, GError **ret_error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "oppvekst-test-conf-XXXXXX", NULL);
    int fd = g_mkstemp(path);
    Conf *conf;

    g_assert_cmpint(fd, >=, 0);
    g_assert_true(g_close(fd, NULL));
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    conf = conf_read(path, environment, ret_error);
    g_unlink(path);
    return conf;
}

static void the_environment_goes_over_the_file(void)
{
    const char *const environment[] = { "PATH=/bin", "OPPVEKST_WORKERS=7", NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Conf) conf = read_text("[oppvekst]\nworkers = 3\nlisten=:9090\nupload_limit = 2G\n",
                                     environment, &error);

    g_assert_no_error(error);
    g_assert_cmpint(conf_number(conf, CONF_workers), ==, 7);
    g_assert_cmpstr(conf_text(conf, CONF_listen), ==, ":9090");
    g_assert_cmpint(conf_number(conf, CONF_upload_limit), ==, INT64_C(2) << 30);
    g_assert_cmpint(conf_number(conf, CONF_body_limit), ==, 1 << 20);
    g_assert_cmpstr(conf_text(conf, CONF_secret), ==, "");
}

static void refuse(const char *text, const char *const *environment, const char *names)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Conf) conf = read_text(text, environment, &error);

    g_assert_null(conf);
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, names));
}

static void what_is_unknown_or_wrong_stops(void)
{
    const char *const misspelt[] = { "OPPVEKST_WORKER=7", NULL };
    const char *const wrong[] = { "OPPVEKST_LOG_LEVEL=loud", NULL };

    refuse("[oppvekst]\nlissen = :80\n", nothing, "lissen");
    refuse("[other]\nlisten = :80\n", nothing, "other");
    refuse("[oppvekst]\nworkers = many\n", nothing, "workers = many");
    refuse("[oppvekst]\nworkers = -1\n", nothing, "workers");
    refuse("[oppvekst]\nworkers = 4K\n", nothing, "workers");
    refuse("[oppvekst]\nbody_limit = 99999999G\n", nothing, "body_limit");
    refuse("no group\n", nothing, "oppvekst-test-conf");
    refuse("[oppvekst]\n", misspelt, "OPPVEKST_WORKER");
    refuse("[oppvekst]\n", wrong, "log_level = loud");
}

static void a_named_file_must_exist(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(conf_read("/nonexistent/oppvekst.conf", nothing, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

static void the_annotated_file_reads_back(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    g_autoptr(GError) error = NULL;

    conf_print_annotated(out);
    fclose(out);
    g_assert_nonnull(strstr(text, "\n#listen = 127.0.0.1:8080\n"));
    for (char *p = text; (p = strstr(p, "\n#")); p++) { /* every setting switched on */
        if (p[2] != ' ')
            p[1] = ' ';
    }
    g_autoptr(Conf) conf = read_text(text, nothing, &error);

    g_assert_no_error(error);
    g_assert_cmpint(conf_number(conf, CONF_connections), ==, 10000);
    free(text);
}

static void a_log_line_is_one_line(void)
{
    const LogField fields[] = { log_text("plain", "127.0.0.1:8080"),
                                log_text("blank", ""),
                                log_text("evil", "a\nlevel=\"x\"\\ å\xff"),
                                log_number("ms", -3),
                                { NULL } };
    g_autofree char *line = log_format(LOG_LEVEL_WARNING, "test", fields, 1795438736123456);

    g_assert_cmpstr(line, ==,
                    "time=2026-11-23T12:58:56.123Z level=warning event=test plain=127.0.0.1:8080 "
                    "blank=\"\" evil=\"a\\x0alevel=\\\"x\\\"\\\\ å\xef\xbf\xbd\" ms=-3\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conf/read/environment", the_environment_goes_over_the_file);
    g_test_add_func("/conf/read/refusals", what_is_unknown_or_wrong_stops);
    g_test_add_func("/conf/read/missing-file", a_named_file_must_exist);
    g_test_add_func("/conf/print/reads-back", the_annotated_file_reads_back);
    g_test_add_func("/log/format/one-line", a_log_line_is_one_line);
    return g_test_run();
}
