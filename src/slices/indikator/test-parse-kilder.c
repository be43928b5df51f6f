/* test-parse-kilder.c - JSON-stat, PX, Udir's API, NSR and Klass: the numbers of EXPECT.md, and the traps.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "parse.h"

#define SHARED "../shared/data/"

static ParsedFile *parse(const char *text)
{
    return indikator_parse("x", text, strlen(text), "auto");
}

/* NULL and a skipped test where the files are not. */
static ParsedFile *parse_shared(const char *path)
{
    g_autofree char *full = g_strconcat(SHARED, path, NULL), *bytes = NULL;
    gsize len;

    if (!g_file_get_contents(full, &bytes, &len, NULL)) {
        g_test_skip("../shared/data is not here");
        return NULL;
    }
    return indikator_parse(path, bytes, len, "auto");
}

static void cubes_are_counted_whatever_they_are_about(void)
{
    static const struct {
        const char *path, *format;
        size_t rows, figures, missing;
    } files[] = {
        { "jsonstat/ssb_29843.json", "jsonstat", 37440, 30240, 7200 },
        { "jsonstat/canada.json", "jsonstat", 120, 120, 0 },
        { "jsonstat/us-unr.json", "jsonstat", 3220, 3220, 0 },
        { "jsonstat/eurostat_gdp_c_IT.json", "jsonstat", 69, 24, 45 },
        { "jsonstat/three_dim_v1.json", "jsonstat", 24, 24, 0 },
        { "px/tab_101.px", "px", 54, 50, 4 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(ParsedFile) f = parse_shared(files[i].path);

        if (f == NULL)
            return;
        g_assert_cmpuint(f->n_errors, ==, 0);
        g_assert_cmpstr(f->format, ==, files[i].format);
        g_assert_cmpuint(f->counts.rows, ==, files[i].rows);
        g_assert_cmpuint(f->counts.unmapped, ==, files[i].figures);
        g_assert_cmpuint(f->counts.missing, ==, files[i].missing);
        g_assert_cmpuint(f->n_warnings, >=, 1);
    }
}

static void a_known_table_becomes_values(void)
{
    g_autoptr(ParsedFile) f = parse_shared("ssb/kostra_12134_jsonstat2.json");

    if (f == NULL)
        return;
    g_assert_cmpuint(f->n_values, ==, 3);
    g_assert_cmpuint(f->counts.unmapped, ==, 0);
    g_assert_cmpstr(f->values[0].indicator, ==, "KOSTRA.FRIE");
    g_assert_cmpstr(f->values[0].period, ==, "2024");
    g_assert_cmpfloat(f->values[0].value, ==, 81240);
    g_assert_cmpstr(f->units[1].code, ==, "4601");
    g_assert_cmpfloat(f->values[1].value, ==, 66605);
    g_assert_cmpfloat(f->values[2].value, ==, 62853);
}

#define BULLIED                                                                                    \
    "{\"Spoersmaalgruppe\":\"Mobbing på skolen\",\"Spoersmaalnavn\":\"Alle spørsmål\","         \
    "\"Skoleaarnavn\":\"2021-22\",\"Trinnnavn\":\"7. trinn\",\"Kjoenn\":\"Alle kjønn\","          \
    "\"AndelMobbet\":\"4,8\",\"AntallBesvart\":\"7\",\"EierformNavn\":\"%s\","                     \
    "\"EnhetNavn\":\"Bud skule%s\"}"

static void the_bullied_are_never_the_number_of_answers(void)
{
    g_autofree char *text = g_strdup_printf("[" BULLIED ",\n" BULLIED "]", "Offentlig eiet", " ",
                                            "Alle eierformer", "");
    g_autoptr(ParsedFile) f = parse(text);

    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpuint(f->counts.duplicates, ==, 1);
    g_assert_cmpuint(f->n_values, ==, 1);
    g_assert_cmpstr(f->values[0].indicator, ==, "EU.MOBB.7");
    g_assert_cmpfloat(f->values[0].value, ==, 4.8);
    g_assert_false(f->values[0].has_n);
    g_assert_cmpfloat(f->values[0].numerator, ==, 7);
    g_assert_true(f->units[0].by_name);
    g_assert_cmpstr(f->units[0].code, ==, "Bud skule");
}

static void an_error_of_the_service_is_told(void)
{
    g_autoptr(ParsedFile) f = parse("{\"kode\":400,\"feiltype\":\"Feil\",\"melding\":\"Filter må "
                                    "oppgis!\"}");

    g_assert_cmpuint(f->n_errors, ==, 1);
    g_assert_nonnull(strstr(f->errors[0].message, "Filter må oppgis!"));
}

static void an_unknown_member_and_a_bad_figure_are_refused_at_their_line(void)
{
    g_autoptr(ParsedFile) f = parse("[{\"Skoleaarnavn\":\"2021-22\"},\n{\"Nytt\":\"1\"},\n"
                                    "{\"Score\":\"mye\"}]");

    g_assert_cmpuint(f->n_errors, ==, 2);
    g_assert_cmpuint(f->errors[0].line, ==, 2);
    g_assert_cmpuint(f->errors[1].line, ==, 3);
}

static void registers_give_units(void)
{
    g_autoptr(ParsedFile) f = parse_shared("nsr/list-page-1-of-5.json");
    g_autoptr(ParsedFile) gone = NULL;

    if (f == NULL)
        return;
    g_assert_cmpstr(f->format, ==, "nsr");
    g_assert_cmpuint(f->counts.rows, ==, 5);
    g_assert_cmpstr(f->units[0].code, ==, "U99999999");
    g_assert_cmpstr(f->units[0].closed, ==, "2025-07-28");
    g_assert_cmpstr(f->units[0].from, ==, "2024/25");
    gone = parse_shared("nsr/enhet-975270920.json");
    g_assert_cmpstr(gone->units[0].closed, ==, "2024-08-25");
    g_assert_cmpstr(gone->units[0].municipality, ==, "3413");
}

#define CHANGE(old, before, new, after)                                                            \
    "{\"oldCode\":\"" old "\",\"oldName\":\"" before                                               \
    "\",\"newCode\":\"" new "\",\"newName\":\"" after "\",\"changeOccurred\":\"2020-01-01\"}"

static void only_what_went_over_whole_can_carry_figures(void)
{
    static const ParsedChangeKind want[] = { CHANGE_MERGE,  CHANGE_MERGE,    CHANGE_SPLIT,
                                             CHANGE_SPLIT,  CHANGE_BOUNDARY, CHANGE_BOUNDARY,
                                             CHANGE_RENAME, CHANGE_RENUMBER };
    static const char *const changes[] = {
        CHANGE("1548", "Fræna", "1579", "Hustadvika"),
        CHANGE("1551", "Eide", "1579", "Hustadvika"),
        CHANGE("1850", "Tysfjord", "1806", "Narvik"),
        CHANGE("1850", "Tysfjord", "1875", "Hamarøy"),
        CHANGE("3118", "Indre Østfold", "3118", "Indre Østfold"),
        CHANGE("3118", "Indre Østfold", "3207", "Nordre Follo"),
        CHANGE("0301", "Oslo", "0301", "Oslo - Oslove"),
        CHANGE("1567", "Rindal", "5061", "Rindal"),
        NULL,
    };
    g_autofree char *list = g_strjoinv(",\n", (char **)(uintptr_t)changes);
    g_autofree char *text = g_strdup_printf("{\"codeChanges\":[%s]}", list);
    g_autoptr(ParsedFile) f = parse(text);

    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpuint(f->n_changes, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < f->n_changes; i++)
        g_assert_cmpint(f->changes[i].kind, ==, want[i]);
    g_assert_cmpuint(f->changes[1].line, ==, 2);
}

/* What the child of the sandbox hands over is what it read. */
static void changes_survive_the_sandbox(void)
{
    g_autoptr(ParsedFile) f =
        parse("{\"codeChanges\":[" CHANGE("1551", "Eide", "1579", "Hustadvika") "]}");
    g_autoptr(GByteArray) packed = indikator_parse_pack(f);
    g_autoptr(GError) error = NULL;
    g_autoptr(ParsedFile) again = indikator_parse_unpack(packed->data, packed->len, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(again->n_changes, ==, 1);
    g_assert_cmpstr(again->changes[0].new_name, ==, "Hustadvika");
    g_assert_cmpint(again->changes[0].kind, ==, CHANGE_RENUMBER);
    g_assert_cmpstr(again->units[0].from, ==, "2020");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/indikator/kilder/cubes-are-counted",
                    cubes_are_counted_whatever_they_are_about);
    g_test_add_func("/indikator/kilder/a-known-table-becomes-values", a_known_table_becomes_values);
    g_test_add_func("/indikator/kilder/bullied-are-never-n",
                    the_bullied_are_never_the_number_of_answers);
    g_test_add_func("/indikator/kilder/error-of-the-service", an_error_of_the_service_is_told);
    g_test_add_func("/indikator/kilder/refused-at-their-line",
                    an_unknown_member_and_a_bad_figure_are_refused_at_their_line);
    g_test_add_func("/indikator/kilder/registers-give-units", registers_give_units);
    g_test_add_func("/indikator/kilder/only-whole-carries-figures",
                    only_what_went_over_whole_can_carry_figures);
    g_test_add_func("/indikator/kilder/changes-survive-the-sandbox", changes_survive_the_sandbox);
    return g_test_run();
}
