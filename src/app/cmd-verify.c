/* cmd-verify.c - verify: whether everything in the database still is what it was; retention: delete what
 * has been kept long enough.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "verify.h"
#include "eier.h"
#include "migrations.h"
#include "revisjon.h"

void verdict_clear(Verdict *verdict)
{
    if (verdict->text)
        g_string_free(verdict->text, TRUE);
    json_decref(verdict->json);
    *verdict = (Verdict){ 0 };
}

/* One thing looked at, with what is wrong. `whose` is "" for what has no owner. */
static void add_check(Verdict *v, const char *whose, const char *what, int64_t n,
                      const GPtrArray *wrong)
{
    json_t *list = json_array();

    g_string_append_printf(v->text, "%-8s %s%s%s: %" G_GINT64_FORMAT "\n",
                           wrong->len ? "WRONG" : "sound", whose, *whose ? ", " : "", what, n);
    for (guint i = 0; i < wrong->len; i++) {
        g_string_append_printf(v->text, "         - %s\n", (const char *)wrong->pdata[i]);
        json_array_append_new(list, json_string(wrong->pdata[i]));
    }
    v->n_wrong += (int)wrong->len;
    json_array_append_new(json_object_get(v->json, "checks"),
                          json_pack("{s:s, s:s, s:I, s:o}", "owner", whose, "what", what,
                                    "looked_at", (json_int_t)n, "wrong", list));
}

static bool check_engine(Cli *cli, Verdict *v, GError **error)
{
    g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
    int64_t n = 0;

    if (!db_check(cli->db, wrong, &n, error))
        return false;
    add_check(v, "",
              store_is_postgresql(cli->store) ? "database, foreign keys" : "database, tables", n,
              wrong);
    return true;
}

static bool check_migrations(Cli *cli, Verdict *v, GError **error)
{
    g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) why = NULL;

    if (!db_is_current(cli->store, app_migrations, app_n_migrations, &why)) {
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
            return app_pass(error, &why);
        g_ptr_array_add(wrong, g_strdup(why->message));
    }
    add_check(v, "", "migrations", (int64_t)app_n_migrations, wrong);
    return true;
}

/* The newest line's number and hash: noted down elsewhere, not even a chain made anew goes unseen. */
static bool note_end(Cli *cli, Verdict *v, int64_t owner, const char *whose, GError **error)
{
    char hash[REVISJON_HASH];
    int64_t seq;

    if (!revisjon_end(cli->db, owner, &seq, hash, error))
        return false;
    if (seq)
        g_string_append_printf(
            v->text, "         audit log ends at line %" G_GINT64_FORMAT ", %s\n", seq, hash);
    json_array_append_new(
        json_object_get(v->json, "ends"),
        json_pack("{s:s, s:I, s:s}", "owner", whose, "line", (json_int_t)seq, "hash", hash));
    return true;
}

static bool check_seals(Cli *cli, Verdict *v, int64_t owner, const char *whose, GError **error)
{
    for (const Slice *const *s = app_slices; *s; s++) {
        g_autoptr(GPtrArray) wrong = g_ptr_array_new();
        int64_t n = 0;

        if (!(*s)->seal_check)
            continue;
        if (!(*s)->seal_check(cli->db, cli->arena, owner, wrong, &n, error))
            return false;
        if (n || wrong->len || owner)
            add_check(v, whose, (*s)->name, n, wrong);
        if (!strcmp((*s)->name, "revisjon") && !note_end(cli, v, owner, whose, error))
            return false;
    }
    return true;
}

bool verify_all(Cli *cli, Verdict *ret, GError **error)
{
    g_auto(Verdict) v = { .text = g_string_new(NULL),
                          .json = json_pack("{s:b, s:[], s:[]}", "sound", 0, "checks", "ends") };
    EierList owners;

    if (!check_engine(cli, &v, error) || !check_migrations(cli, &v, error))
        return false;
    /* without its tables there is nothing more to look at */
    if (v.n_wrong == 0 || eier_list(cli->db, cli->arena, &owners, NULL)) {
        if (!eier_list(cli->db, cli->arena, &owners, error) ||
            !check_seals(cli, &v, 0, "installation", error))
            return false;
        for (size_t i = 0; i < owners.n; i++)
            if (!check_seals(cli, &v, owners.v[i].id, owners.v[i].name, error))
                return false;
    }
    json_object_set_new(v.json, "sound", json_boolean(v.n_wrong == 0));
    *ret = v;
    v = (Verdict){ 0 };
    return true;
}

int cli_verify(int argc, char **argv)
{
    g_autofree char *db_url = NULL;
    gboolean as_json = FALSE;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "write the result as JSON", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    g_auto(Verdict) v = { 0 };
    int code = cli_parse("verify", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("verify", "takes no operands");
    if (!cli_open(db_url, &cli, &error) || !verify_all(&cli, &v, &error))
        return cli_failed(error);
    if (as_json)
        json_dumpf(v.json, stdout, JSON_INDENT(2));
    else
        printf("%s%s\n", v.text->str,
               v.n_wrong ? "Something is not what it was." : "Everything is what it was.");
    if (as_json)
        putchar('\n');
    return v.n_wrong ? EXIT_FAILED : EXIT_DONE;
}

/* --- retention --- */

static bool delete_old(Cli *cli, int64_t owner, const char *whose, bool dry, GError **error)
{
    const AuditNote who = { .owner = owner, .at = cli_now() };
    RetentionLines lines;

    if (!revisjon_retention(cli->db, cli->arena, &who, dry, &lines, error))
        return false;
    for (size_t i = 0; i < lines.n; i++)
        printf("%s\t%s\t%d days\t%" G_GINT64_FORMAT "\n", whose, lines.v[i].code, lines.v[i].days,
               lines.v[i].n);
    return true;
}

static bool delete_for_all(Cli *cli, bool dry, GError **error)
{
    EierList owners;

    if (!eier_list(cli->db, cli->arena, &owners, error) ||
        !delete_old(cli, 0, "installation", dry, error))
        return false;
    for (size_t i = 0; i < owners.n; i++)
        if (!delete_old(cli, owners.v[i].id, owners.v[i].number, dry, error))
            return false;
    return true;
}

int cli_retention(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *number = NULL;
    gboolean dry = FALSE;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &number, "municipality number; default: all",
          "NUMBER" },
        { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, "count, and delete nothing", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    Eier eier = { 0 };
    int code = cli_parse_about("retention",
                               "Prints owner, rule, days and how many are older than that, "
                               "separated by tabs; without --dry-run these are deleted.",
                               entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 1)
        return cli_misuse("retention", "takes no operands");
    if (!cli_open(db_url, &cli, &error) ||
        (number && !eier_get_number(cli.db, cli.arena, number, &eier, &error)) ||
        !(number ? delete_old(&cli, eier.id, number, dry, &error)
                 : delete_for_all(&cli, dry, &error)))
        return cli_failed(error);
    return EXIT_DONE;
}
