/* test-parse-values.c - our own table of values: what is accepted, and each thing that is not.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse.h"
#include "i18n.h"

#define HEAD                                                                                       \
    "enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n;teller;nevner;status;kvalitativ;"      \
    "kilde\n"

static ParsedFile *parse(const char *text)
{
    return indikator_parse("verdier.csv", text, strlen(text), "values-csv");
}

static ParsedFile *parse_row(const char *row)
{
    g_autofree char *text = g_strconcat(HEAD, row, "\n", NULL);

    return parse(text);
}

static const ParsedValue *only(const ParsedFile *f)
{
    if (f->n_errors > 0)
        g_test_message("%s", f->errors[0].message);
    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpuint(f->n_values, ==, 1);
    return &f->values[0];
}

static void a_full_row_gives_all_its_fields(void)
{
    g_autoptr(ParsedFile) f =
        parse_row("975283518;NP.LES.5;2025-26;5;Jenter;47,5;1,3;1 136;;;ok;;Udir");
    const ParsedValue *v = only(f);

    g_assert_cmpstr(f->format, ==, "values-csv");
    g_assert_cmpstr(f->units[v->unit].code, ==, "975283518");
    g_assert_cmpint(f->units[v->unit].level, ==, PARSED_SCHOOL);
    g_assert_cmpstr(v->indicator, ==, "NP.LES.5");
    g_assert_cmpstr(v->period, ==, "2025/26");
    g_assert_cmpstr(v->grade, ==, "5");
    g_assert_cmpstr(v->sex, ==, "jente");
    g_assert_cmpstr(v->owner, ==, "alle");
    g_assert_cmpint(v->status, ==, VALUE_OK);
    g_assert_cmpfloat(v->value, ==, 47.5);
    g_assert_cmpfloat(v->uncertainty, ==, 1.3);
    g_assert_cmpint(v->n, ==, 1136);
    g_assert_cmpstr(v->source, ==, "Udir");
    g_assert_cmpuint(v->line, ==, 2);
    g_assert_cmpstr(v->original, ==,
                    "975283518;NP.LES.5;2025-26;5;Jenter;47,5;1,3;1 136;;;ok;;Udir");
    g_assert_cmpstr(f->first_period, ==, "2025/26");
}

static void three_columns_are_enough(void)
{
    g_autoptr(ParsedFile) f = parse("periode;enhet;indikator\n2012;1551;GSI.ELEV\n");
    const ParsedValue *v = only(f);

    g_assert_cmpint(v->status, ==, VALUE_MISSING);
    g_assert_cmpint(f->units[0].level, ==, PARSED_MUNICIPALITY);
    g_assert_cmpstr(v->grade, ==, "");
    g_assert_cmpuint(f->counts.missing, ==, 1);
}

static void sick_leave_is_computed_in_percent(void)
{
    g_autoptr(ParsedFile) f = parse_row("921133642;SYK.TOT;2012K1;;;;;;252;1 800;;;HR");
    const ParsedValue *v = only(f);

    g_assert_true(v->computed);
    g_assert_cmpfloat_with_epsilon(v->value, 14.0, 1e-12);
    g_assert_cmpfloat(v->numerator, ==, 252);
    g_assert_cmpfloat(v->denominator, ==, 1800);
    g_assert_cmpstr(v->period, ==, "2012K1");
}

static void a_given_value_may_be_the_rounded_one(void)
{
    g_autoptr(ParsedFile) f = parse_row("921133642;SYK.TOT;2012K1;;;8,4;;;67;800;;;");
    const ParsedValue *v = only(f); /* 8,375 */

    g_assert_false(v->computed);
    g_assert_cmpfloat(v->value, ==, 8.4);
}

static void status_words_are_known_in_both_languages(void)
{
    static const struct {
        const char *cells;
        ValueStatus status;
    } cases[] = {
        { ";;;;;ok", VALUE_MISSING + 100 },
        { "1;;;;;OK", VALUE_OK },
        { ";;;;;masked", VALUE_MASKED },
        { ";;;;;skjermet", VALUE_MASKED },
        { "*;;;;;", VALUE_MASKED },
        { ";;*;;;skjermet", VALUE_MASKED },
        { ";;;;;missing", VALUE_MISSING },
        { ";;;;;mangler", VALUE_MISSING },
        { ";;0;;;not_tested", VALUE_NOT_TESTED },
        { ";;;;;ikke_testet", VALUE_NOT_TESTED },
        { ";;;;;", VALUE_MISSING },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *row = g_strdup_printf("1551;X.Y;2012;;;%s;;", cases[i].cells);
        g_autoptr(ParsedFile) f = parse_row(row);

        g_test_message("%s", row);
        if (cases[i].status > VALUE_QUALITATIVE)
            g_assert_cmpuint(f->n_errors, ==, 1);
        else
            g_assert_cmpint(only(f)->status, ==, cases[i].status);
    }
}

static void a_judgement_in_words_is_qualitative(void)
{
    g_autoptr(ParsedFile) a = parse_row("975283518;EU.TRIVSEL;2012/13;7. trinn;;;;;;;;God;");
    g_autoptr(ParsedFile) b = parse_row("975283518;EU.TRIVSEL;2012/13;;;;;;;;kvalitativ;svak;");

    g_assert_cmpint(only(a)->status, ==, VALUE_QUALITATIVE);
    g_assert_cmpstr(only(a)->quality, ==, "god");
    g_assert_cmpstr(only(a)->grade, ==, "7");
    g_assert_false(only(a)->has_value);
    g_assert_cmpstr(only(b)->quality, ==, "svak");
}

static void a_formula_stays_text(void)
{
    g_autoptr(ParsedFile) f = parse_row("1551;X.Y;2012;;;1;;;;;;;\"=cmd|' /C calc'!A0\"");

    g_assert_cmpstr(only(f)->source, ==, "=cmd|' /C calc'!A0");
}

static void the_grade_of_a_test_comes_from_its_code(void)
{
    g_autoptr(ParsedFile) f = parse_row("1551;NP.LES.5.NIVA;2009-10;;;2,0;;;;;;;");

    g_assert_cmpstr(only(f)->grade, ==, "5");
    g_assert_cmpstr(only(f)->period, ==, "2009/10");
}

static void windows_1252_is_read_too(void)
{
    static const char text[] = "enhet;indikator;periode;verdi;kilde\r\n"
                               "301;X.Y;2012;-1,5;M\xE5ling \x96 h\xF8st\r\n";
    g_autoptr(ParsedFile) f = parse(text);

    g_assert_cmpstr(f->encoding, ==, "Windows-1252");
    g_assert_cmpstr(only(f)->source, ==, "Måling – høst");
    g_assert_cmpfloat(only(f)->value, ==, -1.5);
    g_assert_cmpstr(f->units[0].code, ==, "0301");
}

static void each_wrong_cell_is_refused_where_it_stands(void)
{
    static const struct {
        const char *row;
        unsigned column; /* 0: stands for the whole row */
        const char *says;
    } cases[] = {
        { "975278981;X.Y;2012;;;1;;;;;;;", 1, "last digit" },
        { "Eide skole;X.Y;2012;;;1;;;;;;;", 1, "neither" },
        { "15;X.Y;2012;;;1;;;;;;;", 1, "neither" },
        { ";X.Y;2012;;;1;;;;;;;", 1, "neither" },
        { "1551;np.les;2012;;;1;;;;;;;", 2, "capital letters" },
        { "1551;=A1;2012;;;1;;;;;;;", 2, "capital letters" },
        { "1551;;2012;;;1;;;;;;;", 2, "capital letters" },
        { "1551;X.Y;2012/14;;;1;;;;;;;", 3, "not a period" },
        { "1551;X.Y;;;;1;;;;;;;", 3, "not a period" },
        { "1551;X.Y;2009-10;;;1;;;;;;;", 3, "month or a school year" },
        { "1551;NP.LES.5;2012/13;8;;1;;;;;;;", 4, "indicator's code" },
        { "1551;X.Y;2012;11;;1;;;;;;;", 4, "not a grade" },
        { "1551;X.Y;2012;;mann;1;;;;;;;", 5, "alle, gutt or jente" },
        { "1551;X.Y;2012;;;1.5;;;;;;;", 6, "decimal comma" },
        { "1551;X.Y;2012;;;—;;;;;;;", 6, "hidden or nothing" },
        { "1551;X.Y;2012;;;-;;;;;;;", 6, "hidden or nothing" },
        { "1551;X.Y;2012;;;01.05.2012;;;;;;;", 6, "Excel has changed" },
        { "1551;X.Y;okt.09;;;1;;;;;;;", 3, "made a date" },
        { "1551;X.Y;des. 13;;;1;;;;;;;", 3, "made a date" },
        { "1551;X.Y;2009-10-01;;;1;;;;;;;", 3, "made a date" },
        { "1551;X.Y;01.10.2009;;;1;;;;;;;", 3, "made a date" },
        { "1551;X.Y;12. mar;;;1;;;;;;;", 3, "made a date" },
        { "9,75E+08;X.Y;2012;;;1;;;;;;;", 1, "shortened the number" },
        { "9.75284E+8;X.Y;2012;;;1;;;;;;;", 1, "shortened the number" },
        { "1551;SYK.TOT;2012;;;101;;;;;;;", 6, "0 to 100" },
        { "1551;SYK.TOT;2012;;;-1;;;;;;;", 6, "0 to 100" },
        { "1551;X.Y;2012;;;;;;;;ok;;", 6, "needed when" },
        { "1551;X.Y;2012;;;*;;;;;ok;;", 6, "means masked" },
        { "1551;SYK.TOT;2012;;;8,5;;;67;800;;;", 6, "teller and nevner give" },
        { "1551;X.Y;2012;;;1;-1;;;;;;", 7, "negative" },
        { "1551;X.Y;2012;;;1;*;;;;;;", 7, "not a number" },
        { "1551;X.Y;2012;;;1;;-5;;;;;", 8, "negative" },
        { "1551;X.Y;2012;;;1;;5,5;;;;;", 8, "whole" },
        { "1551;X.Y;2012;;;;;5;;;ikke_testet;;", 8, "nobody was tested" },
        { "1551;SYK.TOT;2012;;;;;;9;8;;;", 9, "more than nevner" },
        { "1551;X.Y;2012;;;;;;-1;8;;;", 9, "negative" },
        { "1551;X.Y;2012;;;;;;;8;;;", 9, "together" },
        { "1551;X.Y;2012;;;;;;1;;;;", 10, "together" },
        { "1551;X.Y;2012;;;;;;1;0;;;", 10, "more than 0" },
        { "1551;X.Y;2012;;;1;;;;;kanskje;;", 11, "skjermet" },
        { "1551;X.Y;2012;;;1;;;;;skjermet;;", 11, "must be no verdi" },
        { "1551;X.Y;2012;;;1;;;;;;bra;", 12, "svak, middels or god" },
        { "1551;X.Y;2012;;;;;;;;kvalitativ;;", 12, "needed with this status" },
        { "1551;X.Y;2012;;;1;;;;;ok;god;", 12, "does not go with" },
        { "1551;X.Y;2012;;;1;;;;;;;elev 01019912345", 13, "identity number" },
        { "01019912345;X.Y;2012;;;1;;;;;;;", 1, "identity number" },
        { "1551;X.Y;2012;;;1", 6, "6 columns" },
        { "1551;X.Y;2012;;;1;;;;;;;;", 13, "14 columns" },
        { "1551;X.Y;2012;;;1;;;;;;;\"x", 13, "never closes" },
        { "1551;X.Y;2012;;;1;;;;;;;\"x\"y", 13, "closing quotation" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(ParsedFile) f = parse_row(cases[i].row);

        g_test_message("%s -> %s", cases[i].row, f->n_errors ? f->errors[0].message : "nothing");
        g_assert_cmpuint(f->n_errors, ==, 1);
        g_assert_cmpuint(f->errors[0].line, ==, 2);
        g_assert_cmpuint(f->errors[0].column, ==, cases[i].column);
        g_assert_nonnull(strstr(f->errors[0].message, cases[i].says));
        g_assert_null(strstr(f->errors[0].message, "01019912345"));
        g_assert_cmpuint(f->n_values, ==, 0);
        g_assert_cmpuint(f->n_units, ==, 0);
    }
}

static void repetition_is_dropped_and_contradiction_refused(void)
{
    g_autoptr(ParsedFile) same =
        parse(HEAD "1551;X.Y;2012-13;;;1,50;;;;;;;\n1551;X.Y;2012/13;;alle;1,5;;;;;ok;;\n");
    g_autoptr(ParsedFile) other =
        parse(HEAD "1551;X.Y;2012-13;;;1,5;;;;;;;\n1551;X.Y;2012/13;;alle;1,6;;;;;ok;;\n");

    only(same);
    g_assert_cmpuint(same->counts.duplicates, ==, 1);
    g_assert_cmpuint(same->counts.rows, ==, 2);
    g_assert_cmpuint(other->n_errors, ==, 1);
    g_assert_cmpuint(other->errors[0].line, ==, 3);
    g_assert_nonnull(strstr(other->errors[0].message, "Line 2"));
}

static void the_header_is_checked(void)
{
    g_autoptr(ParsedFile) unknown = parse("enhet;indikator;periode;farge\n1551;X.Y;2012;blå\n");
    g_autoptr(ParsedFile) lacking = parse("enhet;indikator;verdi\n1551;X.Y;1\n");
    g_autoptr(ParsedFile) twice = parse("enhet;indikator;periode;Enhet\n1551;X.Y;2012;1551\n");
    g_autoptr(ParsedFile) empty = parse("enhet;indikator;periode\n");

    g_assert_cmpuint(unknown->n_errors, ==, 1);
    g_assert_cmpuint(unknown->errors[0].line, ==, 1);
    g_assert_cmpuint(unknown->errors[0].column, ==, 4);
    g_assert_cmpuint(unknown->errors[0].character, ==, 25);
    g_assert_nonnull(strstr(unknown->errors[0].message, "“farge”"));
    g_assert_nonnull(strstr(unknown->errors[0].message, "kvalitativ, kilde"));
    g_assert_nonnull(strstr(lacking->errors[0].message, "“periode”"));
    g_assert_cmpuint(twice->errors[0].column, ==, 4);
    g_assert_nonnull(strstr(empty->errors[0].message, "no rows"));
}

static void errors_beyond_the_limit_are_counted(void)
{
    g_autoptr(GString) text = g_string_new("enhet;indikator;periode\n");
    g_autoptr(ParsedFile) f = NULL;

    for (int i = 0; i < PARSE_MAX_ERRORS + 23; i++)
        g_string_append(text, "x;X.Y;2012\n");
    f = parse(text->str);
    g_assert_cmpuint(f->n_errors_all, ==, PARSE_MAX_ERRORS + 23);
    g_assert_cmpuint(f->n_errors, ==, PARSE_MAX_ERRORS + 1);
    g_assert_cmpstr(f->errors[PARSE_MAX_ERRORS].message, ==, "and 23 more");
}

static void words_and_trailing_columns_of_a_spreadsheet_are_read(void)
{
    g_autoptr(ParsedFile) f = parse("sep=;\r\n"
                                    "Organisasjonsnummer;Navn;Indikator;Skoleår;Verdi;;\r\n"
                                    "975283518;Eide;NP.LES.5;2012/13;Prikket;;\r\n"
                                    ";;;;;;\r\n"
                                    "975283488;Bud;NP.LES.5;2012/13;\"1 537,5\";;\r\n"
                                    ";;;;;;\r\n");

    g_assert_cmpuint(f->n_errors, ==, 0);
    g_assert_cmpuint(f->n_values, ==, 2);
    g_assert_cmpint(f->values[0].status, ==, VALUE_MASKED);
    g_assert_cmpfloat(f->values[1].value, ==, 1537.5);
    g_assert_cmpint(f->separator, ==, ';');
}

static void a_cell_below_no_name_is_refused(void)
{
    g_autoptr(ParsedFile) f = parse("enhet;indikator;periode;verdi;\n"
                                    "975283518;ANSATTE;2012;5;noe\n");

    g_assert_cmpuint(f->n_errors, ==, 1);
    g_assert_cmpuint(f->errors[0].column, ==, 5);
    g_assert_nonnull(strstr(f->errors[0].message, "no name"));
}

static void an_unknown_column_is_asked_about_and_then_known(void)
{
    static const char text[] =
        "enhet;indikator;periode;verdiene;farge\n975283518;ANSATTE;2012;5;rød\n";
    static const ColumnMeaning said[] = { { "verdiene", "verdi" }, { "farge", "-" } };
    const ParseSpec spec = {
        .name = "f.csv", .bytes = text, .len = sizeof text - 1, .columns = said, .n_columns = 2
    };
    g_autoptr(ParsedFile) asked = parse(text), known = indikator_parse_spec(&spec);

    g_assert_cmpuint(asked->n_columns, ==, 2);
    g_assert_cmpstr(asked->columns[0].text, ==, "verdiene");
    g_assert_cmpuint(asked->columns[0].column, ==, 4);
    g_assert_cmpstr(asked->columns[0].suggestion, ==, "verdi");
    g_assert_null(asked->columns[1].suggestion);
    g_assert_cmpuint(known->n_errors, ==, 0);
    g_assert_cmpfloat(known->values[0].value, ==, 5);
}

static void packed_and_unpacked_it_is_the_same(void)
{
    g_autoptr(ParsedFile) f = parse_row("975283518;SYK.TOT;2012K1;;;;0,5;30;56;400;ok;;lønn"),
                          again = NULL;
    g_autoptr(GByteArray) bytes = indikator_parse_pack(f);
    g_autoptr(GError) error = NULL;

    again = indikator_parse_unpack(bytes->data, bytes->len, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(again->n_values, ==, 1);
    g_assert_cmpfloat_with_epsilon(again->values[0].value, 14, 1e-9);
    g_assert_cmpfloat(again->values[0].denominator, ==, 400);
    g_assert_true(again->values[0].computed && again->values[0].has_uncertainty);
    g_assert_cmpint(again->values[0].n, ==, 30);
    g_assert_cmpstr(again->values[0].source, ==, "lønn");
    g_assert_cmpstr(again->values[0].original, ==, f->values[0].original);
    g_assert_cmpstr(again->units[0].code, ==, "975283518");
    g_assert_cmpstr(again->sha256, ==, f->sha256);
    for (guint n = 0; n < bytes->len; n++) { /* cut short anywhere, it is refused */
        g_autoptr(GError) why = NULL;
        ParsedFile *cut = indikator_parse_unpack(bytes->data, n, &why);

        g_assert_true(cut == NULL && why != NULL);
    }
    g_autoptr(GByteArray) pad = g_byte_array_new();
    for (guint n = 0; n < bytes->len; n++) { /* a wrong byte anywhere does no harm */
        g_autoptr(GError) why = NULL;
        g_autoptr(ParsedFile) wrong = NULL;

        g_byte_array_set_size(pad, 0);
        g_byte_array_append(pad, bytes->data, bytes->len);
        pad->data[n] ^= 0xFF;
        wrong = indikator_parse_unpack(pad->data, pad->len, &why);
        g_assert_true((wrong == NULL) == (why != NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/indikator/parse-values/full-row", a_full_row_gives_all_its_fields);
    g_test_add_func("/indikator/parse-values/three-columns", three_columns_are_enough);
    g_test_add_func("/indikator/parse-values/percent", sick_leave_is_computed_in_percent);
    g_test_add_func("/indikator/parse-values/rounded", a_given_value_may_be_the_rounded_one);
    g_test_add_func("/indikator/parse-values/status", status_words_are_known_in_both_languages);
    g_test_add_func("/indikator/parse-values/qualitative", a_judgement_in_words_is_qualitative);
    g_test_add_func("/indikator/parse-values/formula", a_formula_stays_text);
    g_test_add_func("/indikator/parse-values/grade", the_grade_of_a_test_comes_from_its_code);
    g_test_add_func("/indikator/parse-values/windows-1252", windows_1252_is_read_too);
    g_test_add_func("/indikator/parse-values/wrong-cells",
                    each_wrong_cell_is_refused_where_it_stands);
    g_test_add_func("/indikator/parse-values/duplicates",
                    repetition_is_dropped_and_contradiction_refused);
    g_test_add_func("/indikator/parse-values/header", the_header_is_checked);
    g_test_add_func("/indikator/parse-values/limit", errors_beyond_the_limit_are_counted);
    g_test_add_func("/indikator/parse-values/spreadsheet",
                    words_and_trailing_columns_of_a_spreadsheet_are_read);
    g_test_add_func("/indikator/parse-values/nameless", a_cell_below_no_name_is_refused);
    g_test_add_func("/indikator/parse-values/unknown-column",
                    an_unknown_column_is_asked_about_and_then_known);
    g_test_add_func("/indikator/parse-values/packed", packed_and_unpacked_it_is_the_same);
    return g_test_run();
}
