/* test-innhold-frys.c - frozen versions: what is stored is what was seen, and damage is noticed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "testing-innhold.h"

#define has(text, piece) g_assert_nonnull(strstr(text, piece))
#define lacks(text, piece) g_assert_null(strstr(text, piece))

static int64_t freeze(Given *g, int64_t owner, const Report *report)
{
    g_autoptr(GError) error = NULL;
    int64_t version = 0;

    tilstandsrapport_freeze(g->db->db, owner, report, INNHOLD_TODAY, INNHOLD_NOW, &version, &error);
    g_assert_no_error(error);
    return version;
}

static void a_frozen_version_is_what_was_seen(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    const Report report = innhold_report(&g, owner, "2012/13");
    g_autoptr(GError) error = NULL;
    const char *hash = NULL;

    for (int i = 0; i < 2; i++) {
        Audience audience = i ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC;
        Content live, frozen;
        int64_t version = freeze(&g, owner, &report);

        tilstandsrapport_compose(g.db->db, g.arena, &report, audience, INNHOLD_TODAY, &live,
                                 &error);
        g_assert_no_error(error);
        tilstandsrapport_load(g.db->db, g.arena, owner, version, audience, &frozen, &hash, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(strlen(hash), ==, 64);
        g_assert_cmpint(frozen.audience, ==, audience);
        g_autofree char *text1 = innhold_face_text(&live), *text2 = innhold_face_text(&frozen);
        g_autoptr(GBytes) pdf1 = innhold_face_pdf(&live), pdf2 = innhold_face_pdf(&frozen);
        g_assert_cmpstr(text1, ==, text2);
        g_assert_true(g_bytes_equal(pdf1, pdf2));
    }
    g_assert_cmpint(test_db_int(g.db->db, "SELECT MAX(nr) FROM rapport_versjon"), ==, 2);
}

/* Enough quarters for limits: drawn, said, in the table, and the same when read back. */
static void limits_are_frozen_with_the_figures(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    const Report report = innhold_report(&g, owner, "2012/13");
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) lines = g_string_new(NULL);
    Content frozen, again;

    for (int q = 0; q < 20; q++)
        g_string_append_printf(lines, "975283518;SYK.TOT;%dK%d;;;;;30;%d;1500;;;x\n", 2007 + q / 4,
                               q % 4 + 1, 140 + q * 7 % 11);
    innhold_given_values(&g, owner, "lang.csv", lines->str);
    int64_t version = freeze(&g, owner, &report);
    tilstandsrapport_load(g.db->db, g.arena, owner, version, AUDIENCE_PUBLIC, &frozen, NULL,
                          &error);
    g_assert_no_error(error);
    g_autofree char *json = tilstandsrapport_to_json(&frozen);
    g_autofree char *html = innhold_face_html(&frozen);
    g_autofree char *text = innhold_face_text(&frozen);
    has(json, "\"control\":{");
    has(html, "chart-limit");
    has(html, "nedre grense");
    has(text, "Tydelig bedring fra 4. kvartal 2012: under nedre grense.");
    has(text, "p′-diagram");
    tilstandsrapport_from_json(g.arena, json, &again, &error);
    g_assert_no_error(error);
    g_autofree char *same = tilstandsrapport_to_json(&again);
    g_assert_true(g_str_equal(json, same));
    char *damaged = strstr(json, "\"centre_name\":\"");
    g_assert_nonnull(damaged);
    damaged[1] = 'x';
    g_assert_false(tilstandsrapport_from_json(g.arena, json, &again, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_DB);
}

static void the_open_side_holds_no_hidden_number(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    const Report report = innhold_report(&g, owner, "2012/13");
    g_autoptr(GError) error = NULL;
    Content open, internal;

    innhold_given_values(&g, owner, "hemmelig.csv",
                         "975283518;SYK.EGEN;2013K1;;;;;9;13,7;1111;;;x\n"
                         "975283518;EU.TRIVSEL.7;2012/13;7;;4,37;;8;;;;;x\n");
    int64_t version = freeze(&g, owner, &report);
    tilstandsrapport_load(g.db->db, g.arena, owner, version, AUDIENCE_PUBLIC, &open, NULL, &error);
    g_assert_no_error(error);
    tilstandsrapport_load(g.db->db, g.arena, owner, version, AUDIENCE_INTERNAL, &internal, NULL,
                          &error);
    g_assert_no_error(error);
    g_autofree char *public = tilstandsrapport_to_json(&open),
                    *own = tilstandsrapport_to_json(&internal);
    lacks(public, "4.37");
    lacks(public, "1.233");
    lacks(public, "hemmelig.csv");
    has(own, "4.37");
    has(own, "hemmelig.csv");
}

static void what_was_hidden_is_logged(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    const Report report = innhold_report(&g, owner, "2012/13");
    int64_t version = freeze(&g, owner, &report);

    g_assert_cmpint(
        test_db_int(g.db->db, "SELECT COUNT(*) FROM skjerming_logg WHERE reason = 'sekundaer'"), >=,
        2); /* in two years, one level and at least one more */
    g_assert_cmpint(test_db_int(g.db->db,
                                "SELECT COUNT(*) FROM skjerming_logg WHERE reason = 'primaer' AND "
                                "audience = 'offentlig'"),
                    ==, 2);
    g_assert_cmpint(test_db_int(g.db->db, "SELECT MIN(release) FROM skjerming_logg"), ==, version);
}

/* The attacker found nothing, and that is kept; a proof that does not hold is told. */
static void the_proof_is_kept_with_the_release(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g), n = 0;
    const Report report = innhold_report(&g, owner, "2012/13");
    int64_t version = freeze(&g, owner, &report);
    g_autoptr(GPtrArray) wrong = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    ReleaseProof proof;

    g_assert_true(skjerming_proof(g.db->db, g.arena, owner, version, &proof, &error));
    g_assert_cmpint(proof.n_systems, >, 4);
    g_assert_cmpint(proof.n_safe, ==, proof.n_systems);
    g_assert_cmpint(proof.n_protected, >=, 2);
    g_assert_cmpfloat(proof.narrowest, >=, 1 - 1e-6);
    g_assert_cmpint(proof.wholes, >=, 3);
    g_assert_cmpstr(proof.engine, ==, "sdc-1");
    g_assert_true(skjerming_slice.seal_check(g.db->db, g.arena, owner, wrong, &n, &error));
    g_assert_cmpint(n, ==, proof.n_systems);
    g_assert_cmpuint(wrong->len, ==, 0);
    test_db_exec(g.db->db, "UPDATE skjerming_bevis SET wholes = 1 WHERE period = '2012/13'", NULL);
    g_assert_true(skjerming_slice.seal_check(g.db->db, g.arena, owner, wrong, &n, &error));
    g_assert_cmpuint(wrong->len, >, 0);
}

static bool freeze_and_fail(Db *db, void *arg, GError **error)
{
    const Report *report = arg;
    int64_t version;

    return tilstandsrapport_freeze(db, report->owner, report, INNHOLD_TODAY, INNHOLD_NOW, &version,
                                   error) &&
           app_fail(error, APP_ERROR_CONFLICT, "stop");
}

static void a_failed_transaction_leaves_no_version(void)
{
    g_auto(Given) g = innhold_given();
    Report report = innhold_report(&g, innhold_given_eide(&g), "2012/13");
    g_autoptr(GError) error = NULL;

    g_assert_false(db_transaction(g.db->db, freeze_and_fail, &report, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
    g_assert_cmpint(test_db_int(g.db->db, "SELECT COUNT(*) FROM rapport_versjon"), ==, 0);
    g_assert_cmpint(test_db_int(g.db->db, "SELECT COUNT(*) FROM skjerming_logg"), ==, 0);
}

static void other_owners_versions_are_not_found(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    const Report report = innhold_report(&g, owner, "2012/13");
    int64_t version = freeze(&g, owner, &report);
    g_autoptr(GError) error = NULL;
    Content content;

    g_assert_false(tilstandsrapport_load(g.db->db, g.arena, owner + 1, version, AUDIENCE_PUBLIC,
                                         &content, NULL, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

static void a_changed_version_is_noticed(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    const Report report = innhold_report(&g, owner, "2012/13");
    int64_t version = freeze(&g, owner, &report);
    g_autoptr(GError) error = NULL;
    Content content;

    test_db_exec(g.db->db, "UPDATE rapport_versjon SET open = replace(open, '220', '221')", NULL);
    g_assert_false(tilstandsrapport_load(g.db->db, g.arena, owner, version, AUDIENCE_PUBLIC,
                                         &content, NULL, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_DB);
    has(error->message, "damaged");
}

/* --- JSON --- */

static void json_goes_round_exactly(void)
{
    g_auto(Given) g = innhold_given();
    Content c = innhold_draft(&g, innhold_given_eide(&g), "2012/13", LANG_NN, AUDIENCE_INTERNAL),
            back;
    g_autofree char *json = tilstandsrapport_to_json(&c);
    g_autoptr(GError) error = NULL;

    tilstandsrapport_from_json(g.arena, json, &back, &error);
    g_assert_no_error(error);
    g_autofree char *again = tilstandsrapport_to_json(&back);
    g_assert_cmpstr(json, ==, again);
    g_assert_cmpint(back.language, ==, LANG_NN);
    g_assert_cmpuint(tilstandsrapport_n_figures(&back), ==, tilstandsrapport_n_figures(&c));
    for (size_t i = 1; i <= tilstandsrapport_n_figures(&c); i++) {
        const Block *a = tilstandsrapport_figure_block(&c, i),
                    *b = tilstandsrapport_figure_block(&back, i);

        g_assert_true(a->rolling == b->rolling || (isnan(a->rolling) && isnan(b->rolling)));
        for (size_t k = 0; k < a->n_units * a->n_indicators * a->n_periods; k++) {
            const Cell *x = &a->cells[k].cell, *y = &b->cells[k].cell;

            g_assert_true(x->value == y->value || (isnan(x->value) && isnan(y->value)));
            g_assert_true(x->uncertainty == y->uncertainty ||
                          (isnan(x->uncertainty) && isnan(y->uncertainty)));
            g_assert_cmpint(x->n, ==, y->n);
            g_assert_cmpint(x->status, ==, y->status);
            g_assert_cmpint(x->hidden, ==, y->hidden);
        }
    }
}

/* Cut anywhere, or with any one part of another kind, it is refused with a reason; never a crash. */
static void damaged_json_is_refused(void)
{
    g_auto(Given) g = innhold_given();
    Content c = innhold_draft(&g, innhold_given_eide(&g), "2012/13", LANG_NB, AUDIENCE_PUBLIC),
            back;
    g_autofree char *json = tilstandsrapport_to_json(&c);
    static const struct {
        const char *from, *to, *names;
    } wrongs[] = {
        { "\"format\":1", "\"format\":2", "format" },
        { "\"status\":\"ok\"", "\"status\":\"fine\"", "status" },
        { "\"view\":\"quarters\"", "\"view\":7", "view" },
        { "\"n\":30", "\"n\":\"30\"", "n" },
        { "\"cells\":[{", "\"cells\":[{},{", "cells" },
        { "\"chapters\":[", "\"kapitler\":[", "chapters" },
        { "\"audience\":\"offentlig\"", "\"audience\":\"alle\"", "audience" },
    };

    for (size_t cut = 0; cut < strlen(json); cut += 97) {
        g_autofree char *part = g_strndup(json, cut);
        g_autoptr(GError) error = NULL;

        g_assert_false(tilstandsrapport_from_json(g.arena, part, &back, &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_DB);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(wrongs); i++) {
        g_autoptr(GString) text = g_string_new(json);
        g_autoptr(GError) error = NULL;

        g_assert_cmpuint(g_string_replace(text, wrongs[i].from, wrongs[i].to, 1), ==, 1);
        g_assert_false(tilstandsrapport_from_json(g.arena, text->str, &back, &error));
        g_assert_error(error, APP_ERROR, APP_ERROR_DB);
        has(error->message, wrongs[i].names);
    }
}

/* --- hostile text --- */

static void hostile_text_stays_text(void)
{
    g_auto(Given) g = innhold_given();
    int64_t owner = innhold_given_eide(&g);
    const Report report = innhold_report(&g, owner, "2012/13");
    g_autoptr(GError) error = NULL;
    ChapterList list;
    Content c, back;

    tilstandsrapport_chapters(g.db->db, g.arena, owner, report.id, &list, &error);
    g_assert_no_error(error);
    Chapter chapter = list.v[2];
    chapter.title = "<script>alert(1)</script> & \"=1+1\"";
    chapter.body = "<img src=x onerror=alert(2)> [a](javascript:alert(3)) **fet**";
    chapter.goals = "# For høyt\n\n1. <b>mål</b>";
    chapter.judgement = "\xe2\x80\xae snudd \x01 tekst";
    chapter.measures = "![bilde](http://evil.example/x.png)";
    chapter.status = "utkast";
    tilstandsrapport_write(g.db->db, owner, &chapter, 0, INNHOLD_NOW, &error);
    g_assert_no_error(error);
    tilstandsrapport_compose(g.db->db, g.arena, &report, AUDIENCE_PUBLIC, INNHOLD_TODAY, &c,
                             &error);
    g_assert_no_error(error);
    g_autofree char *html = innhold_face_html(&c), *json = tilstandsrapport_to_json(&c);
    g_autoptr(GBytes) pdf = innhold_face_pdf(&c);
    lacks(html, "<script");
    lacks(html, "<img");
    lacks(html, "javascript:");
    lacks(html, "evil.example");
    has(html, "&lt;script&gt;alert(1)&lt;/script&gt;");
    has(html, "<strong>fet</strong>");
    has(html, "Vurdering");
    g_assert_cmpint(innhold_run_on("test/pdf/check.py", "--json", pdf, NULL), ==, 0);
    tilstandsrapport_from_json(g.arena, json, &back, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(back.chapters[2].body, ==, chapter.body);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/freeze/limits", limits_are_frozen_with_the_figures);
    g_test_add_func("/innhold/freeze/as-seen", a_frozen_version_is_what_was_seen);
    g_test_add_func("/innhold/freeze/open-side", the_open_side_holds_no_hidden_number);
    g_test_add_func("/innhold/freeze/log", what_was_hidden_is_logged);
    g_test_add_func("/innhold/freeze/proof", the_proof_is_kept_with_the_release);
    g_test_add_func("/innhold/freeze/failed-transaction", a_failed_transaction_leaves_no_version);
    g_test_add_func("/innhold/load/other-owner", other_owners_versions_are_not_found);
    g_test_add_func("/innhold/load/changed", a_changed_version_is_noticed);
    g_test_add_func("/innhold/json/round", json_goes_round_exactly);
    g_test_add_func("/innhold/json/damaged", damaged_json_is_refused);
    g_test_add_func("/innhold/chapters/hostile-text", hostile_text_stays_text);
    return g_test_run();
}
