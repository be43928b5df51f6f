/* test-listen.c - where a server may listen, and what it must not take the place of.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include <unistd.h>
#include "listen.h"

/* Only what a killed server left may go from where the socket shall be. */
static void a_socket_takes_no_files_place(void)
{
    g_autofree char *dir = g_dir_make_tmp("oppvekst-socket-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(dir, "s", NULL), *taken = NULL, *held = NULL;
    g_autofree char *where = g_strconcat("unix:", path, NULL);
    g_autofree char *nowhere = g_strconcat("unix:", dir, "/ingen/s", NULL);
    g_autoptr(GError) file = NULL, live = NULL, missing = NULL;

    g_assert_true(g_file_set_contents(path, "regnskap", -1, NULL));
    g_assert_cmpint(listen_open(where, &taken, &file), ==, -1);
    g_assert_error(file, APP_ERROR, APP_ERROR_BUSY);
    g_assert_true(g_file_get_contents(path, &held, NULL, NULL));
    g_assert_cmpstr(held, ==, "regnskap");
    g_unlink(path);
    int first = listen_open(where, &taken, NULL);

    g_assert_cmpint(first, >=, 0);
    g_clear_pointer(&taken, g_free);
    g_assert_cmpint(listen_open(where, &taken, &live), ==, -1); /* it is in use */
    g_assert_error(live, APP_ERROR, APP_ERROR_BUSY);
    close(first); /* as a killed server leaves it */
    int second = listen_open(where, &taken, NULL);

    g_assert_cmpint(second, >=, 0);
    close(second);
    g_clear_pointer(&taken, g_free);
    g_assert_cmpint(listen_open(nowhere, &taken, &missing), ==, -1);
    g_assert_error(missing, APP_ERROR, APP_ERROR_INVALID); /* no other program is in the way */
    g_unlink(path);
    g_rmdir(dir);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/server/start/socket-path", a_socket_takes_no_files_place);
    return g_test_run();
}
