/* test-parse-udir-rows.c - headers, rows and whole files like Udir's: what is read and what refused.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-udir.h"

#define ALL ".Alle eierformer.Alle kjønn."
#define LES "2025-26.Lesing.5. årstrinn" ALL
#define IDS "EnhetNivaa;Fylkekode;Kommunekode;Organisasjonsnummer;Fylke;Kommune;EnhetNavn"
#define HEAD IDS ";" LES "Skalapoeng;" LES "Usikkerhet;" LES "Antall elever deltatt\n"
#define EIDE "4;15;1579;975283518;Møre og Romsdal;Hustadvika;Eide barneskole "

static ParsedFile *parse_text(const char *text)
{
    return indikator_parse("np.csv", text, strlen(text), "udir-csv");
}

static void zeros_eaten_by_excel_come_back(void)
{
    g_autoptr(ParsedFile) f = parse_text(HEAD "3;3;301;301;Oslo;Oslo;Alle skoler;50;0,4;6 000\n");

    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpstr(f->units[0].code, ==, "0301");
    g_assert_cmpstr(f->units[0].county, ==, "03");
}

/* domain.md 12 no. 18. */
static void a_column_name_has_six_parts(void)
{
    UdirColumn c;
    const char *rest;

    g_assert_true(indikator_parse_udir_column(
        "2025-26.Lesing.5. årstrinn.Alle eierformer.Alle kjønn.Skalapoeng", &c, &rest));
    g_assert_cmpstr(c.period, ==, "2025/26");
    g_assert_cmpstr(c.subject, ==, "LES");
    g_assert_cmpstr(c.grade, ==, "5");
    g_assert_cmpstr(c.owner, ==, "alle");
    g_assert_cmpstr(c.sex, ==, "alle");
    g_assert_cmpuint(c.measure, ==, MEASURE_SCORE);
    g_assert_false(c.preliminary);
    g_assert_true(indikator_parse_udir_column(
        "Foreløpige tall 2025-26.Engelsk.9. trinn.Privat.Jente.Antall elever deltatt", &c, &rest));
    g_assert_true(c.preliminary);
    g_assert_cmpstr(c.owner, ==, "privat");
    g_assert_cmpstr(c.sex, ==, "jente");
    g_assert_cmpuint(c.measure, ==, MEASURE_N);
    g_assert_false(indikator_parse_udir_column(
        "2025-26.Lesing.5. årstrinn.Alle eierformer.Alle kjønn.Mestringsnivå 1", &c, &rest));
    g_assert_cmpstr(rest, ==, "Mestringsnivå 1");
    g_assert_false(indikator_parse_udir_column("2025-27.Lesing", &c, &rest));
    g_assert_cmpstr(rest, ==, "2025-27.Lesing");
    g_assert_false(indikator_parse_udir_column("2025-26.Lesing.Regning", &c, &rest));
    g_assert_cmpstr(rest, ==, "Regning");
    g_assert_false(indikator_parse_udir_column("2025-26.Lesing", &c, &rest));
    g_assert_cmpstr(rest, ==, "");
}

static void measures_stand_in_any_order_with_any_dimension(void)
{
    g_autoptr(ParsedFile) f = parse_text(
        IDS ";Foreløpige tall 2025-26.Regning.8. årstrinn.Offentlig.Gutt.Antall elever deltatt;"
            "Foreløpige tall 2025-26.Regning.8. årstrinn.Offentlig.Gutt.Skalapoeng;"
            "Foreløpige tall 2025-26.Regning.8. årstrinn.Offentlig.Gutt.Usikkerhet\n" EIDE
            ";1\u00a0016;51;4,5\n");
    const ParsedValue *v = f->values;

    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpuint(f->n_values, ==, 1);
    g_assert_cmpstr(v->indicator, ==, "NP.REG.8");
    g_assert_cmpstr(v->sex, ==, "gutt");
    g_assert_cmpstr(v->owner, ==, "offentlig");
    g_assert_true(v->preliminary);
    g_assert_cmpint(v->n, ==, 1016);
    g_assert_cmpfloat(v->value, ==, 51);
    g_assert_cmpstr(v->original, ==, "51;4,5;1\u00a0016");
    g_assert_cmpstr(f->units[0].name, ==, "Eide barneskole");
    g_assert_cmpstr(f->title, ==, "Nasjonale prøver 8. trinn 2025/26");
}

static void three_cells_make_one_status(void)
{
    static const struct {
        const char *cells;
        ValueStatus status;
        bool has_value, has_n, n_masked;
    } cases[] = {
        { "50;1,4;147", VALUE_OK, true, true, false },
        { "*;*;*", VALUE_MASKED, false, false, true },
        { ";;", VALUE_MISSING, false, false, false },
        { ";;0", VALUE_NOT_TESTED, false, true, false },
        { ";;*", VALUE_MISSING, false, false, true },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(HEAD EIDE ";", cases[i].cells, "\n", NULL);
        g_autoptr(ParsedFile) f = parse_text(text);

        g_assert_cmpuint(f->n_values, ==, 1);
        g_assert_cmpint(f->values[0].status, ==, cases[i].status);
        g_assert_cmpint(f->values[0].has_value, ==, cases[i].has_value);
        g_assert_cmpint(f->values[0].has_n, ==, cases[i].has_n);
        g_assert_cmpint(f->values[0].n_masked, ==, cases[i].n_masked);
    }
}

static void duplicates_are_dropped_and_contradictions_refused(void)
{
    g_autoptr(ParsedFile) same =
        parse_text(HEAD EIDE ";50;1,4;147\n4;15;1579;975283518;Møre og Romsdal;Hustadvika;Eide "
                             "barneskole;50;1,4;147\n");
    g_autoptr(ParsedFile) other = parse_text(HEAD EIDE ";50;1,4;147\n" EIDE ";51;1,4;147\n");

    g_assert_cmpuint(same->n_errors, ==, 0);
    g_assert_cmpuint(same->counts.duplicates, ==, 1);
    g_assert_cmpuint(same->counts.rows, ==, 2);
    g_assert_cmpuint(same->n_values, ==, 1);
    g_assert_cmpuint(other->n_errors, ==, 1);
    g_assert_cmpuint(other->errors[0].line, ==, 3);
    g_assert_cmpuint(other->errors[0].column, ==, 4);
    g_assert_nonnull(strstr(other->errors[0].message, "line 2"));
    g_assert_cmpuint(other->n_values, ==, 0);
}

static void a_unit_with_udirs_own_id_is_taken_with_a_warning(void)
{
    g_autoptr(ParsedFile) f = parse_text(HEAD "4;15;1579;U99999999;M;Hustadvika;Ny skole;;;0\n");

    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpuint(f->n_warnings, ==, 1);
    g_assert_cmpuint(f->warnings[0].line, ==, 2);
    g_assert_cmpstr(f->units[0].code, ==, "U99999999");
}

/* Text, the place of its first error, and some words of it. */
typedef struct {
    const char *text;
    unsigned line, column;
    const char *says;
} Wrong;

static void check_wrong(const Wrong *wrong, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autoptr(ParsedFile) f = parse_text(wrong[i].text);

        g_test_message("%s", f->n_errors ? f->errors[0].message : "nothing");
        g_assert_cmpuint(f->n_errors, >, 0);
        g_assert_cmpuint(f->errors[0].line, ==, wrong[i].line);
        g_assert_cmpuint(f->errors[0].column, ==, wrong[i].column);
        g_assert_nonnull(strstr(f->errors[0].message, wrong[i].says));
        g_assert_cmpuint(f->n_values, ==, 0);
    }
}

static void each_wrong_row_is_refused_where_it_stands(void)
{
    static const Wrong wrong[] = {
        { HEAD EIDE ";5O;1,4;147\n", 2, 8, "decimal comma" },
        { HEAD EIDE ";—;1,4;147\n", 2, 8, "decimal comma" },
        { HEAD EIDE ";.;1,4;147\n", 2, 8, "decimal comma" },
        { HEAD EIDE ";50;1.4;147\n", 2, 9, "decimal comma" },
        { HEAD EIDE ";50;-1,4;147\n", 2, 9, "decimal comma" },
        { HEAD EIDE ";50;1,4;14,7\n", 2, 10, "number of pupils" },
        { HEAD EIDE ";50;;147\n", 2, 8, "do not fit together" },
        { HEAD EIDE ";50;1,4;*\n", 2, 8, "do not fit together" },
        { HEAD EIDE ";*;*;12\n", 2, 8, "do not fit together" },
        { HEAD EIDE ";0;0;0\n", 2, 8, "do not fit together" },
        { HEAD EIDE ";147;1,4;50\n", 2, 8, "outside the scale" },
        { HEAD EIDE ";50;1,4;147\n" EIDE ";50;1,4\n", 3, 9, "9 columns" },
        { HEAD EIDE ";50;1,4;147;x\n", 2, 10, "11 columns" },
        { HEAD EIDE ";50;1,4;147\n" EIDE ";50;1", 3, 9, "cut off" },
        { HEAD EIDE ";50;1,4;\"147\n", 2, 10, "never closes" },
        { HEAD "4;15;1579;975283519;M;H;E;50;1,4;147\n", 2, 4, "last digit" },
        { HEAD "4;15;1579;97528351;M;H;E;50;1,4;147\n", 2, 4, "nine digits" },
        { HEAD "4;15;1579;;M;H;E;50;1,4;147\n", 2, 4, "nine digits" },
        { HEAD "4;155;1579;975283518;M;H;E;50;1,4;147\n", 2, 2, "two digits" },
        { HEAD "4;15;15790;975283518;M;H;E;50;1,4;147\n", 2, 3, "four digits" },
        { HEAD "4;15;1579;975283518;M;H; ;50;1,4;147\n", 2, 7, "needs a name" },
        { HEAD "3;15;1579;1578;M;H;A;50;1,4;147\n", 2, 3, "not the number in" },
        { HEAD "3;15;1579;x;M;H;A;50;1,4;147\n", 2, 4, "four digits" },
        { HEAD "2;15;0000;16;M;H;A;50;1,4;147\n", 2, 2, "not the number in" },
        { HEAD "1;00;0000;0;M;H;A;50;1,4;147\n", 2, 4, "whole country" },
        { HEAD "5;15;1579;975283518;M;H;E;50;1,4;147\n", 2, 1, "not a level" },
    };

    check_wrong(wrong, G_N_ELEMENTS(wrong));
}

static void each_wrong_header_is_refused(void)
{
    static const Wrong wrong[] = {
        { HEAD, 0, 0, "no rows" },
        { IDS ";" LES "Skalapoeng;" LES "Usikkerhet\n", 1, 0,
          "“Antall elever deltatt” of NP.LES.5" },
        { IDS "\n" EIDE "\n", 1, 0, "no column of results" },
        { IDS ";Merknad\n" EIDE ";x\n", 1, 8, "“Merknad”" },
        { IDS ";" LES "Standardavvik\n" EIDE ";1\n", 1, 8, "stopped at “Standardavvik”" },
        { IDS ";EnhetNavn\n", 1, 8, "twice" },
        { IDS ";" LES "Skalapoeng;" LES "Skalapoeng\n", 1, 9, "twice" },
        { "EnhetNivaa;Organisasjonsnummer\n1;I\n", 1, 0, "“Fylkekode”" },
        { IDS ";2012-13.Lesing.5. årstrinn" ALL "Skalapoeng\n", 1, 8, "2014/15" },
    };

    check_wrong(wrong, G_N_ELEMENTS(wrong));
}

static void foreign_files_are_told_what_they_are(void)
{
    static const Wrong wrong[] = {
        { "", 0, 0, "empty" },
        { " \r\n\t", 0, 0, "white space" },
        { "\n<!DOCTYPE html><html>", 0, 0, "web page" },
        { "<HTML><body>503", 0, 0, "web page" },
        { "<?xml version=\"1.0\"?>", 0, 0, "XML" },
        { "{\"kode\":400}", 0, 0, "JSON" },
        { "CHARSET=\"ANSI\";", 0, 0, "PX" },
        { "%PDF-1.7\n%\xE2\xE3", 0, 0, "PDF" },
        { "PK\003\004\024", 0, 0, "XLSX" },
        { "\xD0\xCF\x11\xE0\xA1", 0, 0, "old Excel" },
        { "\x1F\x8B\x08", 0, 0, "gzip" },
        { "enhet;indikator;periode\n1551;X.Y;2012\n", 0, 0, "values-csv" },
        { "bare tekst\n", 1, 1, "right file" },
        { "a;b\xC3\xA5\n\xC3;\n\xC3\xB8\xC3\xB8", 2, 0, "byte 6" },
    };
    g_autofree char *why = NULL, *skoleporten = NULL;

    check_wrong(wrong, G_N_ELEMENTS(wrong));
    g_assert_null(indikator_parse_detect("a;b\n1;2\n", 8, &why));
    g_assert_nonnull(strstr(why, "“a”"));
    g_assert_null(indikator_parse_detect("Enhetsnavn;Vurderingsområde\n", 29, &skoleporten));
    g_assert_nonnull(strstr(skoleporten, "Skoleporten"));
    g_assert_cmpstr(indikator_parse_detect(HEAD, strlen(HEAD), NULL), ==, "udir-csv");
    g_assert_cmpstr(indikator_parse_detect("enhet;indikator;periode\n", 24, NULL), ==,
                    "values-csv");
}

static void a_file_too_large_is_refused(void)
{
    g_autofree char *bytes = g_malloc0(PARSE_MAX_BYTES + 1);
    g_autoptr(ParsedFile) f = indikator_parse("big.csv", bytes, PARSE_MAX_BYTES + 1, "auto");

    g_assert_cmpuint(f->n_errors, ==, 1);
    g_assert_nonnull(strstr(f->errors[0].message, "at most 100 MB"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/indikator/parse-udir/header/zeros", zeros_eaten_by_excel_come_back);
    g_test_add_func("/indikator/parse-udir/header/parts", a_column_name_has_six_parts);
    g_test_add_func("/indikator/parse-udir/header/order",
                    measures_stand_in_any_order_with_any_dimension);
    g_test_add_func("/indikator/parse-udir/header/wrong", each_wrong_header_is_refused);
    g_test_add_func("/indikator/parse-udir/row/status", three_cells_make_one_status);
    g_test_add_func("/indikator/parse-udir/row/duplicates",
                    duplicates_are_dropped_and_contradictions_refused);
    g_test_add_func("/indikator/parse-udir/row/udir-id",
                    a_unit_with_udirs_own_id_is_taken_with_a_warning);
    g_test_add_func("/indikator/parse-udir/row/wrong", each_wrong_row_is_refused_where_it_stands);
    g_test_add_func("/indikator/parse-udir/file/foreign", foreign_files_are_told_what_they_are);
    g_test_add_func("/indikator/parse-udir/file/too-large", a_file_too_large_is_refused);
    return g_test_run();
}
