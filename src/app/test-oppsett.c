/* test-oppsett.c - settings that are wrong stop the start of server and jobs, in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include "migrations.h"
#include "serving.h"
#include "testing-db.h"

/* "" when the settings are taken, else why not. */
static char *taken(const char *lines)
{
    g_autofree char *path = NULL, *text = g_strconcat("[oppvekst]\n", lines, "\n", NULL);
    g_autoptr(GError) why = NULL;
    int fd = g_file_open_tmp("oppvekst-oppsett-XXXXXX", &path, NULL);

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Conf) conf = serving_settings(path, NULL, NULL, NULL, &why);

    g_unlink(path);
    g_assert_true((conf != NULL) == (why == NULL));
    if (why)
        g_assert_error(why, APP_ERROR, APP_ERROR_INVALID);
    return g_strdup(why ? why->message : "");
}

static void what_cannot_work_is_refused(void)
{
    static const struct {
        const char *lines, *word; /* of the refusal; NULL: it is taken */
    } cases[] = {
        { "base_url = https://oppvekst.kommunen.no", NULL },
        { "base_url = https://oppvekst.kommunen.no/", NULL },
        { "base_url = http://localhost:8080", NULL },
        { "base_url = oppvekst.kommunen.no", "base_url" },
        { "base_url = ftp://oppvekst.kommunen.no", "base_url" },
        { "base_url = https://", "base_url" },
        { "base_url = https://kommunen.no/oppvekst", "base_url" },
        { "base_url = https://bruker@kommunen.no", "base_url" },
        { "owner_host = eide.kommunen.no=1551, hustadvika.no=1579", NULL },
        { "owner_host = eide.kommunen.no", "owner_host" },
        { "owner_host = eide.kommunen.no=1551=2", "owner_host" },
        { "owner_host = =1551", "owner_host" },
        { "mail_sender = oppvekst@kommunen.no", NULL },
        { "mail_sender = oppvekst", "mail_sender" },
        { "mail_port = 0", "mail_port" },
        { "mail_port = 65536", "mail_port" },
        { "mail_security = ssl", "mail_security" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = taken(cases[i].lines);

        g_test_message("%s: %s", cases[i].lines, said);
        if (cases[i].word)
            g_assert_nonnull(strstr(said, cases[i].word));
        else
            g_assert_cmpstr(said, ==, "");
    }
}

/* The owner may come later; a host whose owner is not known gives everybody's pages and no error. */
static void a_host_of_an_unknown_owner_is_nobodys(void)
{
    g_autoptr(TestDb) t = test_db_new(app_migrations, app_n_migrations);
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    int fd = g_file_open_tmp("oppvekst-oppsett-XXXXXX", &path, NULL);
    int64_t owner = -1;

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_file_set_contents(path, "[oppvekst]\nowner_host = a.example=9998\n", -1, &error);
    g_assert_no_error(error);
    g_autoptr(Conf) conf = serving_settings(path, NULL, NULL, NULL, &error);
    g_unlink(path);
    g_assert_no_error(error);
    const WebHooks hooks = serving_hooks(conf);
    hooks.owner_of_host(hooks.data, t->db, "a.example", &owner, &error);
    g_assert_no_error(error);
    g_assert_cmpint(owner, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settings/start/refused", what_cannot_work_is_refused);
    g_test_add_func("/settings/host/unknown-owner", a_host_of_an_unknown_owner_is_nobodys);
    return g_test_run();
}
