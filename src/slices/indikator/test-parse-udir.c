/* test-parse-udir.c - Udir's six real files, exactly, and as other programs save them again.
 *
 * The figures are those of ../shared/data/EXPECT.md O1, which were counted by other programs.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse.h"
#include "i18n.h"

#define DIR "demo/data/udir/"

enum { ENG, LES_, REG };

typedef struct {
    const char *file;
    size_t rows, level[5], masked, empty, zeros;
    int national[3][2]; /* Engelsk, Lesing, Regning: score, participants */
} Expected;

static const Expected files[] = {
    { "2022-23_20260224-1157_Nasjonale_proever_5._trinn.csv",
      2501,
      { 0, 1, 11, 357, 2132 },
      6462,
      466,
      230,
      { { 50, 55704 }, { 50, 56230 }, { 50, 55245 } } },
    { "2023-24_20260224-1157_Nasjonale_proever_5._trinn.csv",
      2485,
      { 0, 1, 11, 357, 2116 },
      6417,
      133,
      59,
      { { 50, 56875 }, { 49, 56408 }, { 50, 56887 } } },
    { "2025-26_20260218-1045_Nasjonale_proever_5._trinn.csv",
      2445,
      { 0, 1, 15, 358, 2071 },
      6063,
      225,
      0,
      { { 50, 56929 }, { 49, 56316 }, { 49, 56921 } } },
    { "2022-23_20260224-1157_Nasjonale_proever_ungdomstrinn.csv",
      1536,
      { 0, 1, 11, 355, 1169 },
      3360,
      418,
      206,
      { { 50, 56437 }, { 50, 57393 }, { 50, 57318 } } },
    { "2023-24_20260224-1156_Nasjonale_proever_ungdomstrinn.csv",
      1538,
      { 0, 1, 11, 355, 1171 },
      3414,
      138,
      66,
      { { 50, 61993 }, { 49, 61904 }, { 49, 62092 } } },
    { "2024-25_20260224-1156_Nasjonale_proever_ungdomstrinn.csv",
      1533,
      { 0, 1, 15, 357, 1160 },
      3249,
      159,
      69,
      { { 50, 60594 }, { 49, 60348 }, { 48, 60519 } } },
};

static const char *const subjects[] = { "NP.ENG.", "NP.LES.", "NP.REG." };

static char *load(const char *file, gsize *ret_len)
{
    g_autofree char *path = g_strconcat(DIR, file, NULL);
    char *bytes = NULL;

    g_assert_true(g_file_get_contents(path, &bytes, ret_len, NULL));
    return bytes;
}

static ParsedFile *parse_file(const char *file)
{
    gsize len;
    g_autofree char *bytes = load(file, &len);
    ParsedFile *f = indikator_parse(file, bytes, len, "auto");

    if (f->n_errors > 0)
        g_test_message("%u: %s", f->errors[0].line, f->errors[0].message);
    g_assert_cmpuint(f->n_errors, ==, 0);
    return f;
}

static const ParsedValue *find(const ParsedFile *f, const char *code, int subject)
{
    for (size_t i = 0; i < f->n_values; i++)
        if (strcmp(f->units[f->values[i].unit].code, code) == 0 &&
            g_str_has_prefix(f->values[i].indicator, subjects[subject]))
            return &f->values[i];
    g_assert_not_reached();
}

static bool tenths(double value, int expected)
{
    return (int)(value * 10 + 0.5) == expected;
}

static void the_real_files_count_as_expected(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(ParsedFile) f = parse_file(files[i].file);
        size_t level[5] = { 0 }, not_tested = 0;

        g_assert_cmpstr(f->format, ==, "udir-csv");
        g_assert_cmpstr(f->encoding, ==, "UTF-16LE");
        g_assert_cmpuint(f->counts.rows, ==, files[i].rows);
        g_assert_cmpuint(f->counts.masked, ==, files[i].masked);
        g_assert_cmpuint(f->counts.missing, ==, files[i].empty);
        g_assert_cmpuint(f->counts.zeros, ==, files[i].zeros);
        g_assert_cmpuint(f->counts.duplicates, ==, 0);
        g_assert_cmpuint(f->counts.not_tested, ==, files[i].zeros);
        g_assert_cmpuint(f->n_values, ==, files[i].rows * 3);
        for (size_t u = 0; u < f->n_units; u++)
            level[f->units[u].level]++;
        g_assert_true(memcmp(level, files[i].level, sizeof level) == 0);
        for (size_t v = 0; v < f->n_values; v++)
            not_tested += f->values[v].status == VALUE_NOT_TESTED;
        g_assert_cmpuint(not_tested, ==, files[i].zeros);
        for (int s = ENG; s <= REG; s++) {
            const ParsedValue *v = find(f, "0", s);

            g_assert_cmpfloat(v->value, ==, files[i].national[s][0]);
            g_assert_true(tenths(v->uncertainty, 1));
            g_assert_cmpint(v->n, ==, files[i].national[s][1]);
        }
    }
}

static bool is_subject(const ParsedValue *v, int subject)
{
    return g_str_has_prefix(v->indicator, subjects[subject]);
}

/* Invariant 1: the counties' participants are the country's. Invariant 4: none below 10. */
static void check_counties(const ParsedFile *f, int subject)
{
    int64_t sum = 0;

    for (size_t i = 0; i < f->n_values; i++) {
        const ParsedValue *v = &f->values[i];

        if (!is_subject(v, subject) || v->status != VALUE_OK)
            continue;
        g_assert_cmpint(v->n, >=, 10);
        if (f->units[v->unit].level == PARSED_COUNTY)
            sum += v->n;
    }
    g_assert_cmpint(sum, ==, find(f, "0", subject)->n);
}

typedef struct {
    const ParsedValue *value;
    int64_t n;
    double points;
    unsigned hidden, starred; /* schools: masked; with any `*`, as a missing score's n may have */
} Municipality;

static GHashTable *add_schools(const ParsedFile *f, int subject)
{
    GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

    for (size_t i = 0; i < f->n_values; i++) {
        const ParsedValue *v = &f->values[i];
        const ParsedUnit *unit = &f->units[v->unit];
        bool school = unit->level == PARSED_SCHOOL;
        const char *code = school ? unit->municipality : unit->code;
        Municipality *m;

        if (unit->level < PARSED_MUNICIPALITY || !is_subject(v, subject))
            continue;
        m = g_hash_table_lookup(all, code);
        if (m == NULL) {
            m = g_new0(Municipality, 1);
            g_hash_table_insert(all, (void *)code, m);
        }
        if (!school)
            m->value = v;
        m->hidden += school && v->status == VALUE_MASKED;
        m->starred += school && v->n_masked;
        if (school && v->status == VALUE_OK) {
            m->n += v->n;
            m->points += (double)v->n * v->value;
        }
    }
    return all;
}

/* Invariants 2, 3 and 5. Returns how many municipalities could be added up. */
static unsigned check_municipalities(const ParsedFile *f, int subject)
{
    g_autoptr(GHashTable) all = add_schools(f, subject);
    GHashTableIter iter;
    void *value;
    unsigned whole = 0;

    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Municipality *m = value;
        double mean = m->n ? m->points / (double)m->n : 0;

        if (m->value == NULL || !m->value->has_n)
            continue;
        g_assert_cmpuint(m->hidden, !=, 1); /* where the total is shown, one could be derived */
        if (m->starred > 0)
            continue;
        whole++;
        g_assert_cmpint(m->n, ==, m->value->n);
        if (m->value->has_value)
            g_assert_cmpfloat_with_epsilon(mean, m->value->value, 0.9);
    }
    return whole;
}

static void the_invariants_hold_after_parsing(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(ParsedFile) f = parse_file(files[i].file);

        for (int s = ENG; s <= REG; s++) {
            unsigned whole = check_municipalities(f, s);

            check_counties(f, s);
            g_test_message("%s %s %u municipalities", files[i].file, subjects[s], whole);
            g_assert_cmpuint(whole, >=, 102);
            g_assert_cmpuint(whole, <=, 214);
        }
    }
}

static void hustadvika_is_as_published(void)
{
    static const int expected[6][3][3] = {
        /* score, uncertainty in tenths, participants */
        { { 50, 14, 147 }, { 50, 13, 151 }, { 50, 14, 149 } },
        { { 50, 15, 137 }, { 48, 13, 139 }, { 51, 15, 138 } },
        { { 51, 13, 142 }, { 47, 13, 136 }, { 49, 16, 138 } },
        { { 48, 17, 115 }, { 47, 15, 122 }, { 49, 15, 125 } },
        { { 49, 14, 141 }, { 47, 15, 140 }, { 48, 16, 141 } },
        { { 48, 13, 146 }, { 46, 14, 142 }, { 46, 14, 147 } },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(ParsedFile) f = parse_file(files[i].file);

        for (int s = ENG; s <= REG; s++) {
            const ParsedValue *v = find(f, "1579", s);

            g_assert_cmpfloat(v->value, ==, expected[i][s][0]);
            g_assert_true(tenths(v->uncertainty, expected[i][s][1]));
            g_assert_cmpint(v->n, ==, expected[i][s][2]);
            g_assert_cmpstr(f->units[v->unit].name, ==, "Hustadvika");
            g_assert_cmpstr(f->units[v->unit].county, ==, "15");
        }
    }
}

static void its_schools_are_as_published(void)
{
    static const struct {
        const char *name, *code;
        int expected[3][3];
    } schools[] = {
        { "Bud skule", "975283488", { { 47, 47, 15 }, { 43, 38, 15 }, { 51, 36, 15 } } },
        { "Eide barneskole", "975283518", { { 51, 45, 16 }, { 48, 30, 16 }, { 48, 44, 16 } } },
        { "Haukås skole", "975283496", { { 52, 36, 29 }, { 49, 27, 29 }, { 51, 30, 29 } } },
        { "Hustad skole", "975283402", { { 52, 38, 15 }, { 50, 43, 16 }, { 50, 39, 16 } } },
        { "Jendem skole", "975283453", { { 49, 47, 16 }, { 47, 35, 17 }, { 51, 51, 16 } } },
        { "Lyngstad og Vevang skole",
          "975283534",
          { { 53, 55, 12 }, { 48, 52, 12 }, { 53, 41, 12 } } },
        { "Sylte skule", "875283472", { { 51, 43, 17 }, { 52, 46, 17 }, { 52, 51, 17 } } },
        { "Tornes skule", "975283461", { { 49, 37, 17 }, { 48, 36, 17 }, { 54, 52, 17 } } },
    };
    g_autoptr(ParsedFile) f = parse_file(files[1].file);
    g_autoptr(ParsedFile) before = parse_file(files[0].file);

    for (size_t i = 0; i < G_N_ELEMENTS(schools); i++)
        for (int s = ENG; s <= REG; s++) {
            const ParsedValue *v = find(f, schools[i].code, s);

            g_assert_cmpstr(f->units[v->unit].name, ==, schools[i].name);
            g_assert_cmpstr(f->units[v->unit].municipality, ==, "1579");
            g_assert_cmpfloat(v->value, ==, schools[i].expected[s][0]);
            g_assert_true(tenths(v->uncertainty, schools[i].expected[s][1]));
            g_assert_cmpint(v->n, ==, schools[i].expected[s][2]);
        }
    g_assert_cmpint(find(before, "975283534", ENG)->status, ==, VALUE_MASKED);
    g_assert_cmpstr(find(before, "975283534", LES_)->original, ==, "44;3,8;10");
    g_assert_cmpstr(find(before, "975283534", REG)->original, ==, "47;6,3;10");
}

/* The file as Excel saves it again: another separator, another encoding, quotes, CR LF, no sep=. */
static char *save_again(const char *file, char separator, bool narrow, gsize *ret_len)
{
    gsize len;
    g_autofree char *bytes = load(file, &len);
    g_autofree char *utf8 = g_convert(bytes, (gssize)len, "UTF-8", "UTF-16LE", NULL, NULL, NULL);
    g_autoptr(GString) out = g_string_new(narrow ? "" : "\xEF\xBB\xBF");
    const char *p = strchr(utf8, '\n') + 1;

    while (*p != '\0') {
        size_t n = strcspn(p, "\t\n");
        bool quote = memchr(p, separator, n) != NULL;

        g_string_append(out, quote ? "\"" : "");
        g_string_append_len(out, p, (gssize)n);
        g_string_append(out, quote ? "\"" : "");
        if (p[n] == '\t')
            g_string_append_c(out, separator);
        else
            g_string_append(out, "\r\n");
        p += n + 1;
    }
    *ret_len = out->len;
    if (!narrow)
        return g_string_free(g_steal_pointer(&out), FALSE);
    return g_convert_with_fallback(out->str, (gssize)out->len, "WINDOWS-1252", "UTF-8", "?", NULL,
                                   ret_len, NULL);
}

/* Sámi names do not fit in Windows-1252, where Excel writes question marks; numbers do. */
static void assert_same(const ParsedFile *a, const ParsedFile *b, bool same_names)
{
    g_assert_true(memcmp(&a->counts, &b->counts, sizeof a->counts) == 0);
    g_assert_cmpuint(a->n_units, ==, b->n_units);
    g_assert_cmpuint(a->n_values, ==, b->n_values);
    for (size_t i = 0; i < a->n_units; i++) {
        g_assert_cmpstr(a->units[i].code, ==, b->units[i].code);
        if (same_names)
            g_assert_cmpstr(a->units[i].name, ==, b->units[i].name);
    }
    for (size_t i = 0; i < a->n_values; i++) {
        g_assert_cmpstr(a->values[i].original, ==, b->values[i].original);
        g_assert_cmpint(a->values[i].status, ==, b->values[i].status);
        g_assert_cmpstr(a->values[i].indicator, ==, b->values[i].indicator);
    }
}

static void a_file_saved_again_by_excel_is_the_same(void)
{
    static const char separators[] = { ';', ',' };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(ParsedFile) real = parse_file(files[i].file);

        for (int k = 0; k < 4; k++) {
            gsize len;
            bool narrow = k >= 2;
            g_autofree char *bytes = save_again(files[i].file, separators[k % 2], narrow, &len);
            g_autoptr(ParsedFile) f = indikator_parse("lagret.csv", bytes, len, NULL);

            g_assert_cmpstr(f->encoding, ==,
                            narrow ? "Windows-1252" : "UTF-8 with byte order mark");
            g_assert_cmpuint(f->n_errors, ==, 0);
            assert_same(real, f, !narrow);
        }
    }
}

/* A real file cut anywhere is refused: inside a character, inside a row, or without line end. */
static void a_file_cut_off_is_refused(void)
{
    gsize len;
    g_autofree char *bytes = load(files[5].file, &len);

    for (gsize cut = len - 1; cut > len - 400; cut--) {
        g_autoptr(ParsedFile) f = indikator_parse("cut.csv", bytes, cut, "auto");
        bool at_line_end = bytes[cut - 2] == '\n' && bytes[cut - 1] == '\0';

        g_assert_cmpint(f->n_errors == 0, ==, at_line_end);
    }
}

static void the_result_knows_its_bytes_and_speed(void)
{
    enum { TIMES = 20 };
    gsize len;
    g_autofree char *bytes = load(files[0].file, &len);
    gint64 before = g_get_monotonic_time();
    double seconds;

    for (int i = 0; i < TIMES; i++) {
        g_autoptr(ParsedFile) f = indikator_parse(files[0].file, bytes, len, "udir-csv");

        g_assert_cmpuint(f->n_values, ==, 7503);
        g_assert_true(g_str_has_prefix(f->sha256, "8f8461d98b9e"));
        g_assert_cmpstr(f->title, ==, "Nasjonale prøver 5. trinn 2022/23");
        g_assert_cmpstr(f->first_period, ==, "2022/23");
    }
    seconds = (double)(g_get_monotonic_time() - before) / 1e6 / TIMES;
    g_test_message("%.1f ms, %.0f MB/s, %.0f rows/s", seconds * 1e3, (double)len / 1e6 / seconds,
                   2501 / seconds);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_EN);
    g_test_add_func("/indikator/parse-udir/real/counts", the_real_files_count_as_expected);
    g_test_add_func("/indikator/parse-udir/real/invariants", the_invariants_hold_after_parsing);
    g_test_add_func("/indikator/parse-udir/real/hustadvika", hustadvika_is_as_published);
    g_test_add_func("/indikator/parse-udir/real/schools", its_schools_are_as_published);
    g_test_add_func("/indikator/parse-udir/real/excel", a_file_saved_again_by_excel_is_the_same);
    g_test_add_func("/indikator/parse-udir/real/cut-off", a_file_cut_off_is_refused);
    g_test_add_func("/indikator/parse-udir/real/speed", the_result_knows_its_bytes_and_speed);
    return g_test_run();
}
