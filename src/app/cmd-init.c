/* cmd-init.c - init and migrate: a database, its first owner, and the owner's administrator.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cli.h"
#include "auth.h"
#include "eier.h"
#include "enhet.h"
#include "migrations.h"
#include "person.h"
#include "tilgang.h"

typedef struct {
    const char *number, *name, *email, *admin_name, *today;
    char *password;
    int64_t now;
} Founding;

/* Everything a new owner needs, in one transaction: owner, municipality unit, administrator. */
static bool found_work(Db *db, void *arg, GError **error)
{
    const Founding *f = arg;
    const Eier eier = { .number = f->number, .name = f->name, .language = LANG_NB };
    const EnhetNew root = {
        .kind = "kommune", .name = f->name, .code = f->number, .origin = "register"
    };
    int64_t owner, unit, person;

    return eier_add(db, &eier, f->now, &owner, error) &&
           enhet_add(db, owner, &root, &unit, error) &&
           person_add(db, owner, f->admin_name, "register", f->now, &person, error) &&
           tilgang_add_login(db, owner, person, f->email, f->password, f->now, error) &&
           tilgang_grant(db, owner, person, "AD", 0, f->today, error) &&
           tilgang_grant(db, owner, person, "FS", 0, f->today, error) &&
           tilgang_grant(db, owner, person, "AR", 0, f->today, error) &&
           tilgang_grant(db, owner, person, "KD", 0, f->today, error) &&
           tilgang_grant(db, owner, person, "IA", 0, f->today, error);
}

int cli_init(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *number = NULL, *name = NULL, *email = NULL, *admin_name = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &number, "municipality number, four digits",
          "NUMBER" },
        { "name", 0, 0, G_OPTION_ARG_STRING, &name, "\"Hustadvika kommune\"", "NAME" },
        { "admin", 0, 0, G_OPTION_ARG_STRING, &email, "e-mail the administrator signs in with",
          "EMAIL" },
        { "admin-name", 0, 0, G_OPTION_ARG_STRING, &admin_name,
          "what the administrator is called; \"Administrator\" when not given", "NAME" },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    char today[DATE_TEXT];
    g_auto(Cli) cli = { 0 };
    int code = cli_parse("init", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (!number || !name || !email || argc > 1)
        return cli_misuse("init", "--owner, --name and --admin are needed, and nothing else");
    if (admin_name && (!*admin_name || g_utf8_strlen(admin_name, -1) > 120))
        return cli_misuse("init", "--admin-name has 1 to 120 characters");
    g_autofree char *password = auth_password_new();
    Founding founding = { .number = number,
                          .name = name,
                          .email = email,
                          .admin_name = admin_name ? admin_name : "Administrator",
                          .password = password,
                          .now = cli_now(),
                          .today = time_date(cli_now(), today) };
    if (!cli_open_migrated(db_url, &cli, &error))
        return cli_failed(error);
    if (!db_transaction(cli.db, found_work, &founding, &error)) {
        if (!g_error_matches(error, APP_ERROR, APP_ERROR_CONFLICT))
            return cli_failed(error);
        fprintf(stderr, "oppvekst: an owner with number %s is there already\n", number);
        return EXIT_FAILED;
    }
    printf("%s (%s) is ready.\nSign in as %s with the password %s\n"
           "The password is shown this once; oppvekst user password sets a new one.\n",
           name, number, email, password);
    return EXIT_DONE;
}

int cli_migrate(int argc, char **argv)
{
    g_autofree char *db_url = NULL;
    const GOptionEntry entries[] = { { "db", 0, 0, G_OPTION_ARG_STRING, &db_url,
                                       "sqlite:PATH or postgresql://...", "URL" },
                                     { NULL } };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    int code = cli_parse("migrate", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("migrate", "takes no operands");
    if (!cli_open_migrated(db_url, &cli, &error))
        return cli_failed(error);
    printf("The database is at migration %d.\n", app_migrations[app_n_migrations - 1].number);
    return EXIT_DONE;
}
