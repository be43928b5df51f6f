/* cmd-user.c - user: add, invite, grant, password, list, disable, enable; also the way in when the
 * administrator's password is lost, for whoever holds the machine. What it changes is a line of the audit
 * log, by nobody: the program does not know who holds the machine.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cli.h"
#include "auth.h"
#include "eier.h"
#include "enhet.h"
#include "person.h"
#include "revisjon.h"
#include "roller.h"
#include "serving.h"
#include "tilgang.h"
#include "varsel.h"

typedef struct {
    char *db_url, *number, *email, *name, *role, *unit;
} UserOptions;

static void user_options_clear(UserOptions *o)
{
    g_free(o->db_url);
    g_free(o->number);
    g_free(o->email);
    g_free(o->name);
    g_free(o->role);
    g_free(o->unit);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(UserOptions, user_options_clear)

typedef struct {
    const UserOptions *options;
    const Eier *eier;
    const char *today, *password;
    int64_t unit, now;
    char token[AUTH_TOKEN_SIZE]; /* of the invitation */
} Adding;

static bool find_unit(Cli *cli, const UserOptions *o, const Eier *eier, int64_t *ret,
                      GError **error)
{
    *ret = 0;
    if (o->unit && !enhet_find(cli->db, eier->id, o->unit, ret, error))
        return false;
    return !o->unit || *ret ||
           app_fail(error, APP_ERROR_NOT_FOUND, "the owner has no unit with the number %s",
                    o->unit);
}

/* In the transaction of the change. */
static bool note(Db *db, int64_t owner, const char *act, int64_t person, const char *detail,
                 GError **error)
{
    const AuditNote line = {
        .owner = owner, .at = cli_now(), .act = act, .subject = person, .detail = detail
    };

    return revisjon_add(db, &line, error);
}

static bool add_work(Db *db, void *arg, GError **error)
{
    const Adding *a = arg;
    int64_t person;

    return person_add(db, a->eier->id, a->options->name, "register", a->now, &person, error) &&
           tilgang_add_login(db, a->eier->id, person, a->options->email, a->password, a->now,
                             error) &&
           tilgang_grant(db, a->eier->id, person, a->options->role, a->unit, a->today, error) &&
           note(db, a->eier->id, "innlogging.ny", person, a->options->role, error);
}

static bool add(Cli *cli, const UserOptions *o, const Eier *eier, const char *today, GError **error)
{
    g_autofree char *password = auth_password_new();
    g_autoptr(GError) why = NULL;
    Adding a = {
        .options = o, .eier = eier, .today = today, .password = password, .now = cli_now()
    };

    if (!find_unit(cli, o, eier, &a.unit, error))
        return false;
    if (!db_transaction(cli->db, add_work, &a, &why)) {
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
            return app_pass(error, &why);
        return app_fail(error, APP_ERROR_CONFLICT, "somebody signs in as %s already", o->email);
    }
    printf("%s may sign in as %s with the password %s\n", o->name, o->email, password);
    return true;
}

static bool invite_work(Db *db, void *arg, GError **error)
{
    Adding *a = arg;
    int64_t person;

    return person_add(db, a->eier->id, a->options->name, "register", a->now, &person, error) &&
           tilgang_grant(db, a->eier->id, person, a->options->role, a->unit, a->today, error) &&
           tilgang_invite_person(db, a->eier->id, person, a->options->email, a->now, a->token,
                                 error) &&
           note(db, a->eier->id, "innlogging.invitert", person, a->options->role, error);
}

/* With base_url in the settings the link is whole; else its path is printed. */
static bool invite(Cli *cli, const UserOptions *o, const Eier *eier, const char *today,
                   GError **error)
{
    g_autoptr(Conf) conf = serving_settings(NULL, o->db_url, NULL, NULL, error);
    g_autoptr(GError) why = NULL;
    Adding a = { .options = o, .eier = eier, .today = today, .now = cli_now() };

    if (!conf || !find_unit(cli, o, eier, &a.unit, error))
        return false;
    if (!db_transaction(cli->db, invite_work, &a, &why)) {
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
            return app_pass(error, &why);
        return app_fail(error, APP_ERROR_CONFLICT, "somebody signs in as %s already", o->email);
    }
    const char *path = arena_printf(cli->arena, "/invitasjon/%s", a.token);

    printf("%s is invited as %s. This link works once, for seven days:\n%s\n", o->name, o->email,
           varsel_link_of(cli->db, cli->arena, eier->id, path));
    return true;
}

static bool grant_work(Db *db, void *arg, GError **error)
{
    const Adding *a = arg;
    const LoginGrant grant = { a->options->email, a->options->role, a->unit, a->today };
    int64_t person;

    return tilgang_grant_login(db, a->eier->id, &grant, &person, error) &&
           note(db, a->eier->id, "rolle.gitt", person, a->options->role, error);
}

static bool grant(Cli *cli, const UserOptions *o, const Eier *eier, const char *today,
                  GError **error)
{
    Adding a = { .options = o, .eier = eier, .today = today };

    if (!find_unit(cli, o, eier, &a.unit, error) || !db_transaction(cli->db, grant_work, &a, error))
        return false;
    printf("%s has the role %s from %s\n", o->email, o->role, today);
    return true;
}

typedef struct {
    const UserOptions *options;
    const Eier *eier;
    const char *password, *act; /* password NULL: it stays */
    bool disable;
} LoginChange;

static bool login_work(Db *db, void *arg, GError **error)
{
    const LoginChange *c = arg;
    int64_t owner = c->eier->id;
    bool ok = c->password ? tilgang_set_password(db, owner, c->options->email, c->password,
                                                 cli_now(), error)
                          : tilgang_disable(db, owner, c->options->email, c->disable, error);

    return ok && note(db, owner, c->act, 0, "", error);
}

static bool password(Cli *cli, const UserOptions *o, const Eier *eier, GError **error)
{
    g_autofree char *fresh = auth_password_new();
    LoginChange change = {
        .options = o, .eier = eier, .password = fresh, .act = "innlogging.passord"
    };

    if (!db_transaction(cli->db, login_work, &change, error))
        return false;
    printf("New password for %s: %s\nEvery session of this login has ended.\n", o->email, fresh);
    return true;
}

static bool stop_or_allow(Cli *cli, const UserOptions *o, const Eier *eier, bool stop,
                          GError **error)
{
    LoginChange change = { .options = o,
                           .eier = eier,
                           .act = stop ? "innlogging.stoppet" : "innlogging.sluppet",
                           .disable = stop };

    return db_transaction(cli->db, login_work, &change, error);
}

static bool list(Cli *cli, const Eier *eier, const char *today, GError **error)
{
    LoginList all;

    if (!tilgang_list(cli->db, cli->arena, eier->id, today, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        printf("%s\t%s\t%s\t%s\n", all.v[i].email, all.v[i].name,
               *all.v[i].role ? all.v[i].role : "-", all.v[i].disabled ? "disabled" : "enabled");
    return true;
}

static bool run_verb(Cli *cli, const char *verb, const UserOptions *o, GError **error)
{
    Eier eier = { 0 };
    const char *today;

    if (o->number && !eier_get_number(cli->db, cli->arena, o->number, &eier, error))
        return false;
    if (!eier_today(cli->db, cli->arena, eier.id, cli_now(), &today, error))
        return false;
    if (!strcmp(verb, "add"))
        return add(cli, o, &eier, today, error);
    if (!strcmp(verb, "invite"))
        return invite(cli, o, &eier, today, error);
    if (!strcmp(verb, "grant"))
        return grant(cli, o, &eier, today, error);
    if (!strcmp(verb, "password"))
        return password(cli, o, &eier, error);
    if (!strcmp(verb, "disable") || !strcmp(verb, "enable"))
        return stop_or_allow(cli, o, &eier, !strcmp(verb, "disable"), error);
    return list(cli, &eier, today, error);
}

/* NULL when the options suit the verb, else what is missing. */
static const char *missing(const char *verb, const UserOptions *o)
{
    bool adds = !strcmp(verb, "add") || !strcmp(verb, "invite");
    bool gives = adds || !strcmp(verb, "grant");

    if (adds && !(o->number && o->email && o->name && o->role))
        return "add and invite need --owner, --email, --name and --role";
    if (gives && !(o->number && o->email && o->role))
        return "grant needs --owner, --email and --role";
    if (o->name && (!*o->name || g_utf8_strlen(o->name, -1) > 120))
        return "--name has 1 to 120 characters";
    if (!adds && strcmp(verb, "list") && !o->email)
        return "--email says whose";
    if (!strcmp(verb, "list") && !o->number)
        return "list needs --owner";
    if (o->role && !tilgang_role_known(o->role))
        return "--role is not a role: KD FS RK ST AL LR AS SL PP VK PO FA TV HR AR AD EK IA";
    if (gives && tilgang_role_of_unit(o->role) && !o->unit)
        return "this role leads one unit and reaches nothing without it: give --unit CODE";
    return NULL;
}

/* Every role's code with its name in English and bokmål, for --help; g_free it. */
static char *roles_text(void)
{
    g_autoptr(GString) text = g_string_new("Roles:\n");
    const Lang before = i18n_current();

    for (const char *const *code = tilgang_roles_all(); *code; code++) {
        i18n_use(LANG_EN);
        const char *english = tilgang_role_name(*code);

        i18n_use(LANG_NB);
        const char *bokmal = tilgang_role_name(*code);

        g_string_append_printf(text, "  %s  %s", *code, english);
        if (strcmp(english, bokmal) != 0)
            g_string_append_printf(text, " (%s)", bokmal);
        g_string_append(text, tilgang_role_of_unit(*code) ? ", with --unit\n" : "\n");
    }
    i18n_use(before);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

int cli_user(int argc, char **argv)
{
    static const char *const verbs[] = { "add",  "invite",  "grant",  "password",
                                         "list", "disable", "enable", NULL };
    g_auto(UserOptions) o = { 0 };
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &o.db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &o.number, "municipality number", "NUMBER" },
        { "email", 0, 0, G_OPTION_ARG_STRING, &o.email, "what the person signs in with", "EMAIL" },
        { "name", 0, 0, G_OPTION_ARG_STRING, &o.name, "add, invite: the person's name", "NAME" },
        { "role", 0, 0, G_OPTION_ARG_STRING, &o.role,
          "add, invite, grant: KD, FS, RK, ... as listed below", "ROLE" },
        { "unit", 0, 0, G_OPTION_ARG_STRING, &o.unit,
          "add, invite, grant: the role's own unit, by organisation number", "CODE" },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    g_autofree char *roles = roles_text();
    int code = cli_parse_about("user add|invite|grant|password|list|disable|enable", roles, entries,
                               &argc, &argv);

    if (code >= 0)
        return code;
    if (argc != 2 || !g_strv_contains(verbs, argv[1]))
        return cli_misuse("user",
                          "say what to do: add, invite, grant, password, list, disable or enable");
    if (missing(argv[1], &o))
        return cli_misuse("user", "%s", missing(argv[1], &o));
    if (!cli_open(o.db_url, &cli, &error) || !run_verb(&cli, argv[1], &o, &error))
        return cli_failed(error);
    return EXIT_DONE;
}
