/* test-elevundersokelsen.c - the pupil survey from Udir in every layout: wide, across, workbooks, JSON.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"
#include "i18n.h"
#include "parse.h"
#include "testing-db.h"
#include "testing-indikator.h"

#define SHARED "../shared/data/udir/"
#define ACROSS "20220928-1012_Elevundersoekelsen_-_mobbing.csv"

/* NULL and a skipped test where the files are not. */
static char *load(const char *name, gsize *ret_len)
{
    g_autofree char *path = g_strconcat(SHARED, name, NULL);
    char *bytes = NULL;

    if (!g_file_get_contents(path, &bytes, ret_len, NULL))
        g_test_skip("../shared/data is not here");
    return bytes;
}

static ParsedFile *parse_shared(const char *name)
{
    gsize len = 0;
    g_autofree char *bytes = load(name, &len);

    return bytes ? indikator_parse(name, bytes, len, "auto") : NULL;
}

static const ParsedValue *find(const ParsedFile *f, const char *unit, const char *indicator,
                               const char *period, const char *sex)
{
    for (size_t i = 0; i < f->n_values; i++) {
        const ParsedValue *v = &f->values[i];

        if (!strcmp(f->units[v->unit].code, unit) && !strcmp(v->indicator, indicator) &&
            !strcmp(v->period, period) && !strcmp(v->sex, sex))
            return v;
    }
    g_assert_not_reached();
}

static void assert_value(const ParsedFile *f, const char *indicator, const char *sex, double value)
{
    g_assert_cmpfloat(find(f, "0", indicator, "2020/21", sex)->value, ==, value);
}

/* EXPECT.md O2. */
static void the_file_that_lies_across_is_read(void)
{
    g_autoptr(ParsedFile) f = parse_shared(ACROSS);

    if (f == NULL)
        return;
    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpstr(f->format, ==, "udir-csv");
    g_assert_cmpuint(f->counts.rows, ==, 4);
    g_assert_cmpuint(f->n_values, ==, 4 * 36);
    g_assert_cmpuint(f->n_units, ==, 2);
    assert_value(f, "EU.MOBB.VG", "alle", 3.3);
    assert_value(f, "EU.MOBB.VG", "gutt", 3.7);
    assert_value(f, "EU.MOBB.VG", "jente", 2.8);
    assert_value(f, "EU.MOBB.VG.STUD", "alle", 2.3);
    assert_value(f, "EU.MOBB.VG.STUD", "gutt", 2.6);
    assert_value(f, "EU.MOBB.VG.STUD", "jente", 2.1);
    assert_value(f, "EU.MOBB.VG.YRK", "alle", 4.4);
    assert_value(f, "EU.MOBB.VG.YRK", "gutt", 4.6);
    assert_value(f, "EU.MOBB.VG.YRK", "jente", 3.9);
    assert_value(f, "EU.MOBB.ELEVER.VG", "gutt", 2.3);
    assert_value(f, "EU.MOBB.VOKSNE.VG", "jente", 1.0);
    assert_value(f, "EU.MOBB.DIGITALT.VG", "jente", 1.2);
    g_assert_cmpfloat(find(f, "38", "EU.MOBB.VG", "2021/22", "alle")->value, ==, 3.6);
    g_assert_cmpstr(f->units[1].name, ==, "Vestfold og Telemark");
}

/* --- the same data in other dialects --- */

typedef struct {
    const char *name, *mark, *first;
    char separator;
    bool utf16, crlf, quoted;
} Dialect;

static const Dialect dialects[] = {
    { "utf-8, semicolon", "", "", ';', false, false, false },
    { "utf-8 with mark, semicolon, CRLF", "\xEF\xBB\xBF", "", ';', false, true, false },
    { "utf-8, sep=|", "", "sep=|", '|', false, false, false },
    { "utf-8, quoted", "", "", '\t', false, true, true },
    { "utf-16 with mark", "\xEF\xBB\xBF", "", '\t', true, false, false },
    { "utf-16, sep=;, CRLF", "", "sep=;", ';', true, true, false },
};

/* The rows of Udir's own file in another dialect; *ret_len bytes. */
static char *in_dialect(const char *text, const Dialect *d, gsize *ret_len)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) out = g_string_new(d->mark);
    const char *end = d->crlf ? "\r\n" : "\n";

    if (*d->first)
        g_string_append_printf(out, "%s%s", d->first, end);
    for (size_t i = 0; lines[i]; i++) {
        g_auto(GStrv) cells = NULL;

        g_strchomp(lines[i]);
        if (*lines[i] == '\0' || g_str_has_prefix(lines[i], "sep="))
            continue;
        cells = g_strsplit(lines[i], "\t", -1);
        for (size_t c = 0; cells[c]; c++) {
            if (c > 0)
                g_string_append_c(out, d->separator);
            g_string_append_printf(out, d->quoted ? "\"%s\"" : "%s", cells[c]);
        }
        g_string_append(out, end);
    }
    *ret_len = out->len;
    return d->utf16
               ? g_convert(out->str, (gssize)out->len, "UTF-16LE", "UTF-8", NULL, ret_len, NULL)
               : g_string_free(g_steal_pointer(&out), FALSE);
}

static void import(Db *db, Arena *arena, const char *name, const char *bytes, gsize len,
                   ImportResult *ret)
{
    const ImportSpec spec = { .filename = name,
                              .data = bytes,
                              .size = len,
                              .format = "auto",
                              .now = 1,
                              .today = "2026-11-23" };
    g_autoptr(GError) error = NULL;

    indikator_import(db, arena, &spec, ret, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(ret->n_errors, ==, 0);
}

static void assert_dialects_are_one(const char *path, int64_t values)
{
    g_autofree char *bytes = NULL, *text = NULL;
    g_autoptr(Arena) arena = arena_new();
    EncodingProblem problem;
    ImportResult r;
    gsize len, text_len;
    g_autoptr(TestApp) app = test_app(NULL, PERM_UNIT_READ, PERM_INDICATOR_READ);
    Db *db = app->db;

    if (!g_file_get_contents(path, &bytes, &len, NULL)) {
        g_test_skip("the file is not here");
        return;
    }
    g_assert_true(
        encoding_to_utf8(bytes, len, encoding_sniff(bytes, len), &text, &text_len, &problem));
    import(db, arena, "as-it-came.csv", bytes, len, &r);
    g_assert_cmpint(r.values, ==, values);
    int64_t units = test_db_int(db, "SELECT COUNT(*) FROM stat_enhet");

    for (size_t i = 0; i < G_N_ELEMENTS(dialects); i++) {
        g_autofree char *other = in_dialect(text, &dialects[i], &len);

        import(db, arena, dialects[i].name, other, len, &r);
        g_assert_false(r.known_before);
        g_assert_cmpint(r.values, ==, 0);
        g_assert_cmpint(r.same, ==, values);
        g_assert_cmpint(test_db_int(db, "SELECT COUNT(*) FROM stat_enhet"), ==, units);
    }
}

static void the_same_tests_in_two_dialects_are_the_same(void)
{
    assert_dialects_are_one("demo/data/udir/2023-24_20260224-1157_Nasjonale_proever_5._trinn.csv",
                            7455);
}

static void the_same_survey_in_two_dialects_is_the_same(void)
{
    assert_dialects_are_one(SHARED ACROSS, 144);
}

/* --- units in the rows --- */

#define WIDE_HEAD                                                                                  \
    "EnhetNivaa;Nasjonaltkode;Fylkekode;Kommunekode;Organisasjonsnummer;Nasjonalt;Fylke;Kommune;"  \
    "EnhetNavn;2021-22.Trivsel.7. årstrinn.Alle eierformer.Begge kjønn.Score;"                   \
    "2021-22.Trivsel.7. årstrinn.Alle eierformer.Begge kjønn.Antall besvart;"                    \
    "2021-22.Mobbing på skolen.7. årstrinn.Alle eierformer.Begge kjønn.Andel mobbet;"           \
    "2021-22.Mobbing på skolen.7. årstrinn.Alle eierformer.Begge kjønn.Antall besvart;"         \
    "2021-22.Deltakelse.7. årstrinn.Alle eierformer.Begge kjønn.Andel deltatt;"                  \
    "2021-22.Deltakelse.7. årstrinn.Alle eierformer.Begge kjønn.Antall besvart;"                 \
    "2021-22.Deltakelse.7. årstrinn.Alle eierformer.Begge kjønn.Antall invitert;"                \
    "2021-22.Kantine.7. årstrinn.Alle eierformer.Begge kjønn.Score\n"

static void the_wide_survey_is_read_and_the_bullied_are_not_the_answers(void)
{
    static const char text[] = WIDE_HEAD
        "1;I;;;I;Hele landet;;;Hele landet;4,2;50000;5,0;2500;88,0;50000;56818;3,1\n"
        "3;I;15;1579;1579;Hele landet;Møre og Romsdal;Hustadvika;Hustadvika;4,3;145;4,8;7;"
        "88,4;145;164;3,0\n"
        "4;I;15;1579;975283518;Hele landet;Møre og Romsdal;Hustadvika;Eide barneskole;*;*;*;*;"
        "93,8;15;16;*\n";
    g_autoptr(ParsedFile) f = indikator_parse("x", text, strlen(text), "auto");
    const ParsedValue *v;

    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpstr(f->format, ==, "udir-csv");
    g_assert_cmpuint(f->n_values, ==, 9);
    v = find(f, "1579", "EU.MOBB.7", "2021/22", "alle");
    g_assert_cmpfloat(v->value, ==, 4.8);
    g_assert_false(v->has_n);
    g_assert_cmpfloat(v->numerator, ==, 7);
    v = find(f, "1579", "EU.TRIVSEL.7", "2021/22", "alle");
    g_assert_cmpint(v->n, ==, 145);
    v = find(f, "1579", "EU.DELT.7", "2021/22", "alle");
    g_assert_cmpfloat(v->value, ==, 88.4);
    g_assert_cmpint(v->n, ==, 164);
    v = find(f, "975283518", "EU.TRIVSEL.7", "2021/22", "alle");
    g_assert_cmpint(v->status, ==, VALUE_MASKED);
    g_assert_cmpuint(f->n_skipped, ==, 1); /* the canteen: nobody knows it, and it is told */
    g_assert_nonnull(strstr(f->skipped[0].what, "Kantine"));
}

static void a_wrong_number_and_a_contradiction_stop_the_file(void)
{
    static const char *const rows[] = {
        "4;I;15;1579;975283519;Hele landet;Møre og Romsdal;Hustadvika;Eide;4;9;*;*;9;1;1;*\n",
        ("4;I;15;1579;975283518;L;M;H;Eide;4,1;20;*;*;90;9;10;*\n"
         "4;I;15;1579;975283518;L;M;H;Eide;4,2;20;*;*;90;9;10;*\n"),
        "4;I;15;1579;975283518;L;M;H;Eide;mange;20;*;*;90;9;10;*\n"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strconcat(WIDE_HEAD, rows[i], NULL);
        g_autoptr(ParsedFile) f = indikator_parse("x", text, strlen(text), "auto");

        g_assert_cmpuint(f->n_errors, ==, 1);
        g_assert_cmpuint(f->n_values, ==, 0);
        g_assert_cmpuint(f->errors[0].line, >=, 2);
    }
}

/* --- workbooks of answers, EXPECT.md O2 --- */

static void workbooks_of_answers_are_read(void)
{
    g_autoptr(ParsedFile) f = parse_shared("Elevundersokelsen_Trivsel_Vg1_Telemark_2014-2019.xlsx");
    const ParsedValue *v;

    if (f == NULL)
        return;
    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpstr(f->format, ==, "udir-rapport");
    g_assert_cmpuint(f->n_values, ==, 12);
    v = find(f, "08", "EU.TRIVES.VG1", "2019/20", "alle");
    g_assert_cmpint(v->n, ==, 1973);
    g_assert_cmpfloat_with_epsilon(v->value, 88.75, 0.005);
    g_assert_cmpstr(v->original, ==, "873;878;169;33;20");
    v = find(f, "0", "EU.TRIVES.VG1", "2019/20", "alle");
    g_assert_cmpint(v->n, ==, 61238);
    g_assert_cmpfloat_with_epsilon(v->value, 88.46, 0.005);
}

static void hidden_pairs_are_hidden_and_never_nought(void)
{
    g_autoptr(ParsedFile) f = parse_shared("Elevundersokelsen_VT_2021.xlsx");
    const ParsedValue *v;

    if (f == NULL)
        return;
    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpuint(f->n_values, ==, 1);
    v = find(f, "38", "EU.TRIVES.VG", "2021/22", "alle");
    g_assert_cmpint(v->n, ==, 4215 + 5425 + 1094 + 260 + 107);
    g_assert_cmpfloat_with_epsilon(v->value, 86.9, 0.1); /* the sheet's own cell says 0.869 */
    g_assert_cmpuint(f->counts.masked, ==, 20);          /* ten pairs of "-" */
}

/* --- Udir's open API about upper secondary --- */

static void participation_and_bullying_of_upper_secondary_are_kept(void)
{
    g_autoptr(ParsedFile) part = parse_shared("elevundersokelsen_tabell_155_deltakelse.json");
    g_autoptr(ParsedFile) bullied = parse_shared("elevundersokelsen_tabell_154_mobbing.json");
    const char *school = "Bergen private gymnas AS";
    const ParsedValue *v;

    if (part == NULL || bullied == NULL)
        return;
    g_assert_cmpuint(part->n_errors + bullied->n_errors, ==, 0);
    g_assert_cmpuint(part->counts.duplicates, ==, 15);
    g_assert_cmpuint(part->n_values, ==, 15);
    g_assert_cmpuint(part->n_units, ==, 1);
    v = find(part, school, "EU.DELT.VG1", "2021/22", "alle");
    g_assert_cmpfloat(v->value, ==, 88.3);
    g_assert_cmpfloat(v->numerator, ==, 166);
    g_assert_cmpint(v->n, ==, 188);
    g_assert_cmpfloat(find(part, school, "EU.DELT.VG3", "2023/24", "alle")->value, ==, 69.6);
    g_assert_cmpfloat(find(part, school, "EU.DELT.VG2", "2025/26", "alle")->value, ==, 91.0);
    g_assert_cmpuint(part->n_warnings, ==, 0); /* every share is answered of invited */
    v = find(bullied, school, "EU.MOBB.VG2", "2021/22", "alle");
    g_assert_cmpfloat(v->value, ==, 4.8);
    g_assert_cmpfloat(v->numerator, ==, 7);
    g_assert_false(v->has_n); /* 7 were bullied; nobody says here how many answered */
    g_assert_cmpuint(bullied->n_units, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/indikator/survey/across", the_file_that_lies_across_is_read);
    g_test_add_func("/indikator/survey/dialects-tests",
                    the_same_tests_in_two_dialects_are_the_same);
    g_test_add_func("/indikator/survey/dialects", the_same_survey_in_two_dialects_is_the_same);
    g_test_add_func("/indikator/survey/wide",
                    the_wide_survey_is_read_and_the_bullied_are_not_the_answers);
    g_test_add_func("/indikator/survey/wrong", a_wrong_number_and_a_contradiction_stop_the_file);
    g_test_add_func("/indikator/survey/workbook", workbooks_of_answers_are_read);
    g_test_add_func("/indikator/survey/hidden-pairs", hidden_pairs_are_hidden_and_never_nought);
    g_test_add_func("/indikator/survey/upper-secondary",
                    participation_and_bullying_of_upper_secondary_are_kept);
    return g_test_run();
}
