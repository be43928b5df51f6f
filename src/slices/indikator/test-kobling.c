/* test-kobling.c - tables that no parser knows: explained once on the page, and read after that.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "kobling.h"
#include "testing-importside.h"

#define SICK_HEAD                                                                                  \
    "Arbeidssted;År;Kvartal;Avtalte dagsverk;Tapte egenmeldt;Tapte legemeldt;Antall ansatte\n"
#define SICK                                                                                       \
    "Rapport: fravær per arbeidssted\n" SICK_HEAD                                                  \
    "Eide barneskole;2025;1;1200;12;60;24\nHaukås skule;2025;1. kvartal;1800;20,5;71;33\n"        \
    "Bud skole 1-10;2025;K1;*;*;*;4\n"

/* The address of the page about the first file's table. */
static char *table_path(const Reply *reply)
{
    const char *at = strstr(reply->body, "/tabell/"), *start = at;

    g_assert_nonnull(at);
    while (start[-1] != '"')
        start--;
    return g_strndup(start, strcspn(start, "\""));
}

/* What a browser sends of the page as it was proposed, and then `extra`. */
static char *as_proposed(const Reply *page, const char *extra)
{
    g_autoptr(GString) body = g_string_new(NULL);
    const char *at = page->body;

    while ((at = strstr(at, "name=\"kolonne\" value=\"")) != NULL) {
        const char *key = at + 22, *role = strstr(key, " selected>"), *code;

        while (strncmp(role, "value=\"", 7) != 0)
            role--;
        code = strstr(role, "name=\"indikator\" value=\"") + 24;
        g_autofree char *k = g_strndup(key, strcspn(key, "\""));
        g_autofree char *r = g_strndup(role + 7, strcspn(role + 7, "\""));
        g_autofree char *c = g_strndup(code, strcspn(code, "\""));
        g_autofree char *escaped = g_uri_escape_string(k, NULL, false);

        g_string_append_printf(body, "kolonne=%s&rolle=%s&indikator=%s&", escaped, r, c);
        at = code;
    }
    g_string_append(body, extra);
    return g_string_free(g_steal_pointer(&body), FALSE);
}

static void explained_once_a_table_is_read_ever_after(void)
{
    static const char *const files[] = { "syk.csv", SICK, NULL };
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    grant_import(&f);
    g_autoptr(Reply) unknown = send_files(&f, "egne", files);

    g_assert_true(holds(unknown, "No reader knows this table by itself"));
    g_assert_false(holds(unknown, "This file can be stored"));
    g_autofree char *path = table_path(unknown);
    g_autoptr(Reply) page = test_get(f.app, path);

    g_assert_cmpint(page->status, ==, 200);
    g_assert_true(holds(page, "SYK.TOT") && holds(page, "Eide barneskole"));
    g_autofree char *tried = as_proposed(page, "hele=SYK.TOT&strek=m&gjor=prov");
    g_autoptr(Reply) shown = test_post(f.app, path, tried);

    g_assert_cmpint(shown->status, ==, 200);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM import_kobling"), ==, 0);
    g_autofree char *saved = as_proposed(page, "hele=SYK.TOT&strek=m&gjor=lagre");
    g_autoptr(Reply) answered = test_post(f.app, path, saved);

    g_assert_cmpint(answered->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM import_kobling "), ==, 1);
    g_autoptr(Reply) asks = test_get(f.app, f.path);

    g_assert_true(holds(asks, "Bud skole 1-10</strong>")); /* the others are known by their names */
    g_assert_false(holds(asks, "Haukås skule</strong>"));
    g_autofree char *key = key_of(asks), *answer = g_strconcat(f.path, "/svar", NULL);
    g_autofree char *form =
        g_strconcat("fil=", key, "&slag=enhet&tekst=Bud+skole+1-10&svar=975283488", NULL);
    g_autoptr(Reply) named = test_post(f.app, answer, form);
    g_autofree char *store = g_strconcat("gjor=lagre&fil=", key, NULL);
    g_autoptr(Reply) stored = test_post(f.app, f.path, store);

    g_assert_cmpint(named->status, ==, 303);
    g_assert_cmpint(stored->status, ==, 303);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi WHERE indikator = "
                                           "'SYK.TOT' AND period = '2025K1' AND current = 1"),
                    ==, 3);
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi WHERE value > 5.99 AND "
                                           "value < 6.01 AND n = 24 AND denominator = 1200"),
                    ==, 1);
    /* the next quarter by the command line's way, its columns in another order */
    indikator_test_text(f.app->db, f.arena, f.owner, "neste.csv",
                        "År;Kvartal;Arbeidssted;Antall ansatte;Avtalte dagsverk;Tapte "
                        "legemeldt;Tapte egenmeldt\n2025;2;Bud skole 1-10;20;1000;30;10\n",
                        &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_true(r.mapped);
    g_assert_cmpint(r.values, ==, 1);
    g_autofree char *json = indikator_import_json(&r);

    g_assert_nonnull(strstr(json, "\"mapping\":\"saved\""));
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi WHERE period = '2025K2' "
                                           "AND value > 3.99 AND value < 4.01"),
                    ==, 1);
}

static void save_mapping(Fixture *f, const char *name, const char *text, const TableMapping *m)
{
    g_autoptr(ParsedFile) file = indikator_parse(name, text, strlen(text), "auto");
    g_autofree char *written = indikator_mapping_write(m);
    g_autoptr(GError) error = NULL;
    TableSample sample;

    g_assert_true(indikator_table_sample(f->arena, file, &sample));
    const Kobling what = {
        .signature = sample.signature, .title = name, .mapping = written, .saved_at = 1
    };

    indikator_mapping_save(f->app->db, f->owner, &what, 0, &error);
    g_assert_no_error(error);
}

static void only_factors_of_the_staff_survey_are_kept(void)
{
    static const char text[] = "Avdeling;Faktor;Svar;Skår\n"
                               "Eide barneskole;1. Oppgavemotivasjon (indre);18;4,2\n"
                               "Eide barneskole;Jeg gleder meg til å gå på jobb;18;4,0\n";
    TableColumn columns[] = { { "avdeling", ROLE_UNIT, "", "" },
                              { "faktor", ROLE_INDICATOR, "", "" },
                              { "svar", ROLE_N, "", "" },
                              { "skar", ROLE_VALUE, "", "" } };
    g_autofree char *factor = indikator_fold("1. Oppgavemotivasjon (indre)");
    TableWord words[] = { { factor, "MU.F1" } };
    const TableMapping m = { columns, 4, words, 1, "", "2025", false, 'm' };
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    save_mapping(&f, "ti.csv", text, &m);
    indikator_test_text(f.app->db, f.arena, f.owner, "ti.csv", text, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_cmpint(r.values, ==, 1);
    g_assert_cmpuint(r.n_skipped, ==, 1);
    g_assert_cmpuint(r.n_warnings, ==, 1);
    g_assert_cmpint(r.warnings[0].line, ==, 3);
    g_assert_nonnull(strstr(r.warnings[0].message, "KS owns the statements"));
}

static void periods_in_the_headers_are_one_question(void)
{
    static const char year[] = "Enhet;K1 2025;K2 2025\n975283518;5,5 %;-\n";
    static const char more[] = "Enhet;K1 2026;K2 2026;2026K3\n975283518;6.5;7;8\n";
    TableColumn columns[] = { { "enhet", ROLE_UNIT, "", "" },
                              { TABLE_PERIOD_KEY, ROLE_VALUE, "SYK.TOT", "" } };
    const TableMapping m = { columns, 2, NULL, 0, "", "", false, 'm' };
    g_auto(Fixture) f = fixture_new();
    ImportResult r;

    save_mapping(&f, "bred.csv", year, &m);
    indikator_test_text(f.app->db, f.arena, f.owner, "bred.csv", year, &r);
    g_assert_cmpuint(r.n_errors, ==, 0);
    g_assert_cmpint(r.values, ==, 2);
    g_assert_cmpint(r.masked, ==, 1); /* a hyphen is hidden here, and never nought */
    indikator_test_text(f.app->db, f.arena, f.owner, "bred2.csv", more, &r);
    g_assert_cmpint(r.values, ==, 3);
    g_assert_cmpint(
        test_db_int(f.app->db,
                    "SELECT COUNT(*) FROM verdi WHERE period = '2026K1' AND value = 6.5"),
        ==, 1);
}

static void wrong_answers_are_told_and_not_saved(void)
{
    static const char *const files[] = { "syk.csv", SICK, NULL };
    static const char *const wrong[] = { "hele=INGEN.SLIK&gjor=lagre", "periode=snart&gjor=lagre",
                                         "hele=SYK.TOT&gjor=lagre" };
    g_auto(Fixture) f = fixture_new();

    grant_import(&f);
    g_autoptr(Reply) unknown = send_files(&f, "egne", files);
    g_autofree char *path = table_path(unknown);

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) { /* the last one names no column */
        g_autoptr(Reply) r = test_post(f.app, path, wrong[i]);

        g_assert_cmpint(r->status, ==, 422);
    }
    f.app->user.unit_only[PERM_DATASET_IMPORT / 64] |= UINT64_C(1) << PERM_DATASET_IMPORT % 64;
    g_assert_true(enhet_find(f.app->db, f.owner, "975283518", &f.app->user.unit, NULL));
    g_autoptr(Reply) unit = test_post(f.app, path, "gjor=lagre");

    g_assert_cmpint(unit->status, ==, 403); /* it holds for the whole municipality */
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM import_kobling"), ==, 0);
}

static void an_identity_number_is_told_and_never_shown(void)
{
    static const char text[] = "Enhet;Navn;Verdi\n975283518;Kari 01010112345;4\n";
    TableColumn columns[] = { { "enhet", ROLE_UNIT, "", "" }, { "verdi", ROLE_VALUE, "", "" } };
    const TableMapping m = { columns, 2, NULL, 0, "ANSATTE", "2025", false, 'm' };
    g_auto(Fixture) f = fixture_new();
    g_autoptr(ParsedFile) unread = indikator_parse("x.csv", text, strlen(text), "auto");
    ImportResult r;

    g_assert_null(strstr(unread->table, "01010112345")); /* nor in what is kept of it to be shown */
    save_mapping(&f, "x.csv", text, &m);
    indikator_test_text(f.app->db, f.arena, f.owner, "x.csv", text, &r);
    g_assert_cmpuint(r.n_errors, ==, 1);
    g_assert_cmpint(r.errors[0].line, ==, 2);
    g_assert_cmpint(r.errors[0].column, ==, 2);
    g_assert_null(strstr(r.errors[0].message, "01010112345"));
    g_assert_cmpint(test_db_int(f.app->db, "SELECT COUNT(*) FROM verdi"), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/mapping/once", explained_once_a_table_is_read_ever_after);
    g_test_add_func("/indikator/mapping/factors", only_factors_of_the_staff_survey_are_kept);
    g_test_add_func("/indikator/mapping/periods", periods_in_the_headers_are_one_question);
    g_test_add_func("/indikator/mapping/wrong", wrong_answers_are_told_and_not_saved);
    g_test_add_func("/indikator/mapping/identity", an_identity_number_is_told_and_never_shown);
    return g_test_run();
}
