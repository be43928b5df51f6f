/* test-verify.c - verify names what is not what it was, and finds nothing in a whole demo.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include "eier.h"
#include "migrations.h"
#include "revisjon.h"
#include "sandbox.h"
#include "testing-db.h"
#include "verify.h"

/* printf '{"a":1}' | sha256sum, and of {"a":2} */
#define OPEN_HASH "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
#define INNER_HASH "7e8059f495589fcd981232cc11d00b00da3802c01d688fa1cf1f6bed6e5bb33c"

static const char *const report[] = {
    "INSERT INTO eier (id, number, name, language, demo, created_at) "
    "VALUES (1, '9999', 'Prøve kommune', 'nb', 0, 1)",
    "INSERT INTO rapport (owner, id, year, title, language, state, law, created_at, frozen, "
    "locked) "
    "VALUES (1, 1, '2012/13', 'Prøverapport', 'nb', 'godkjent', 'TR-13-10', 1, 2, '" OPEN_HASH "')",
    "INSERT INTO rapport_steg (owner, rapport, nr, planned) VALUES (1, 1, 1, '2013-05-01'), "
    "(1, 1, 2, '2013-05-10'), (1, 1, 3, '2013-05-20'), (1, 1, 4, '2013-06-01'), "
    "(1, 1, 5, '2013-08-20'), (1, 1, 6, '2013-09-01')",
    "INSERT INTO rapport_versjon (owner, id, rapport, nr, made_on, made_at, rules, sha256, open, "
    "internal, internal_sha256) VALUES (1, 2, 1, 1, '2013-06-06', 1, 'x', '" OPEN_HASH
    "', '{\"a\":1}', '{\"a\":2}', '" INNER_HASH "')",
};

static TestDb *given(void)
{
    TestDb *t = test_db_new(app_migrations, app_n_migrations);
    const AuditNote note = { .owner = 1, .at = 1, .act = "prove.endre", .detail = "en linje" };

    i18n_use(LANG_EN);
    for (size_t i = 0; i < G_N_ELEMENTS(report); i++)
        test_db_exec(t->db, report[i], NULL);
    for (int i = 0; i < 3; i++)
        g_assert_true(revisjon_add(t->db, &note, NULL));
    return t;
}

static Verdict look(const char *url)
{
    g_auto(Cli) cli = { 0 };
    g_autoptr(GError) why = NULL;
    Verdict v = { 0 };

    cli_open(url, &cli, &why);
    g_assert_no_error(why);
    verify_all(&cli, &v, &why);
    g_assert_no_error(why);
    return v;
}

static void what_is_sound_is_told_of(void)
{
    g_autoptr(TestDb) t = given();
    g_auto(Verdict) v = look(t->url);

    g_assert_cmpstr(v.n_wrong ? v.text->str : "", ==, "");
    g_assert_nonnull(strstr(v.text->str, "Prøve kommune, revisjon: 3\n"));
    g_assert_nonnull(strstr(v.text->str, "Prøve kommune, tilstandsrapport: 2\n"));
    g_assert_true(json_is_true(json_object_get(v.json, "sound")));
    g_assert_cmpuint(json_array_size(json_object_get(v.json, "ends")), ==, 2);
}

typedef struct {
    const char *off[2]; /* what stands in the way, SQLite and PostgreSQL; NULL: nothing */
    const char *sql, *says;
} Case;

static const Case cases[] = {
    { { "DROP TRIGGER revisjon_refuse_update", "DROP TRIGGER revisjon_refuse_update ON revisjon" },
      "UPDATE revisjon SET detail = 'en linjf' WHERE owner = 1 AND seq = 2",
      "Audit log: line 2 has been changed" },
    { { "DROP TRIGGER revisjon_refuse_delete", "DROP TRIGGER revisjon_refuse_delete ON revisjon" },
      "DELETE FROM revisjon WHERE owner = 1 AND seq = 2",
      "Audit log: line 2 is missing" },
    { { NULL, NULL },
      "UPDATE rapport_versjon SET open = '{\"a\":3}'",
      "what the public reads in frozen version 1 is not what was frozen" },
    { { NULL, NULL },
      "UPDATE rapport_versjon SET internal = '{\"a\":1}'",
      "the internal side of frozen version 1 is not what was frozen" },
    { { NULL, NULL },
      "UPDATE rapport SET locked = '" INNER_HASH "'",
      "no frozen version is the one that was voted on" },
    { { "PRAGMA foreign_keys = OFF", "ALTER TABLE rapport DISABLE TRIGGER ALL" },
      "UPDATE rapport SET created_by = 77",
      "rapport" },
};

static void one_change_is_named(gconstpointer data)
{
    const Case *c = data;
    g_autoptr(TestDb) t = given();
    const char *off = c->off[store_is_postgresql(t->store)];

    if (off && g_str_has_prefix(off, "PRAGMA")) {
        test_db_behind(t, off, c->sql);
    } else {
        if (off)
            test_db_exec(t->db, off, NULL);
        test_db_exec(t->db, c->sql, NULL);
    }
    g_auto(Verdict) v = look(t->url);

    g_assert_cmpint(v.n_wrong, >=, 1);
    if (!strstr(v.text->str, c->says))
        g_error("%s\n%s", c->says, v.text->str);
    g_assert_true(json_is_false(json_object_get(v.json, "sound")));
}

static void a_whole_demo_is_sound(void)
{
    g_autoptr(GError) why = NULL;
    g_autofree char *dir = g_dir_make_tmp("oppvekst-test-XXXXXX", &why);
    char *argv[] = { (char[]){ "demo" }, (char[]){ "--no-serve" }, (char[]){ "--dir" }, dir, NULL };
    g_autofree char *file = g_build_filename(dir, "oppvekst.db", NULL);

    if (g_getenv("TEST_DB")) {
        g_test_skip("the demo is a SQLite file");
        return;
    }
    g_assert_cmpint(cli_demo(4, argv), ==, EXIT_DONE);
    g_auto(Verdict) v = look(file);

    g_assert_cmpstr(v.n_wrong ? v.text->str : "", ==, "");
    g_assert_nonnull(strstr(v.text->str, "Eide kommune, tilstandsrapport: 1"));
    g_autoptr(GDir) files = g_dir_open(dir, 0, NULL);

    for (const char *name; (name = g_dir_read_name(files));) {
        g_autofree char *path = g_build_filename(dir, name, NULL);

        g_unlink(path);
    }
    g_rmdir(dir);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {
        "/verify/wrong/audit-line",      "/verify/wrong/audit-gap", "/verify/wrong/frozen",
        "/verify/wrong/frozen-internal", "/verify/wrong/vote",      "/verify/wrong/foreign-key"
    };

    if (!sandbox_start(NULL)) /* before any thread */
        return 1;
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verify/sound/told", what_is_sound_is_told_of);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_test_add_data_func(names[i], &cases[i], one_change_is_named);
    g_test_add_func("/verify/sound/demo", a_whole_demo_is_sound);
    return g_test_run();
}
