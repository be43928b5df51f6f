/* testing-smtp.c - starts testing-smtp.py and reads what arrives there. Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <gio/gio.h>
#include "testing-smtp.h"

#define SCRIPT "src/platform/mail/testing-smtp.py"
#define DEBIAN_PYTHON "/usr/bin/python3" /* the one that Debian's packages are for */

struct TestSmtp {
    GSubprocess *child;
    GDataInputStream *lines;
    int port;
};

static char *next_line(TestSmtp *smtp)
{
    return g_data_input_stream_read_line_utf8(smtp->lines, NULL, NULL, NULL);
}

static bool has_aiosmtpd(void)
{
    static const char *const ask[] = { DEBIAN_PYTHON, "-c", "import aiosmtpd", NULL };
    g_autoptr(GSubprocess) child = g_subprocess_newv(ask, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

    return child && g_subprocess_wait_check(child, NULL, NULL);
}

TestSmtp *test_smtp_new(const char *const *options)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *first = NULL;
    TestSmtp *smtp;

    if (!has_aiosmtpd()) {
        g_test_skip("python3-aiosmtpd is not installed");
        return NULL;
    }
    g_ptr_array_add(words, (void *)DEBIAN_PYTHON);
    g_ptr_array_add(words, (void *)SCRIPT);
    for (; options && *options; options++)
        g_ptr_array_add(words, (void *)*options);
    g_ptr_array_add(words, NULL);
    smtp = g_new0(TestSmtp, 1);
    smtp->child = g_subprocess_newv((const char *const *)words->pdata,
                                    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    &error);
    g_assert_no_error(error);
    smtp->lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(smtp->child));
    first = next_line(smtp);
    g_assert_nonnull(first);
    smtp->port = (int)g_ascii_strtoll(first, NULL, 10);
    g_assert_cmpint(smtp->port, >, 0);
    return smtp;
}

void test_smtp_free(TestSmtp *smtp)
{
    if (!smtp)
        return;
    g_subprocess_send_signal(smtp->child, 15);
    g_subprocess_wait(smtp->child, NULL, NULL);
    g_clear_object(&smtp->lines);
    g_clear_object(&smtp->child);
    g_free(smtp);
}

int test_smtp_port(const TestSmtp *smtp)
{
    return smtp->port;
}

json_t *test_smtp_next(TestSmtp *smtp)
{
    g_autofree char *line = next_line(smtp);
    json_t *mail = line ? json_loads(line, 0, NULL) : NULL;

    g_assert_nonnull(mail);
    return mail;
}

const char *test_smtp_text(const json_t *mail, const char *name)
{
    return json_string_value(json_object_get(mail, name));
}

int test_smtp_free_port(void)
{
    g_autoptr(GSocketListener) listener = g_socket_listener_new();

    return g_socket_listener_add_any_inet_port(listener, NULL, NULL);
}
