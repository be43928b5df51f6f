/* test-cube.c - JSON-stat and PX against the formats' own samples and what is known of them.
 *
 * The numbers of real files are those of ../shared/data/EXPECT.md O8; what is made up stands here.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include <math.h>
#include <string.h>
#include "cube.h"

#define SHARED "../shared/data/"

typedef void Reader(Arena *arena, const char *bytes, size_t len, CubeFile *ret);

static bool read_file(Arena *arena, Reader *reader, const char *name, CubeFile *ret)
{
    g_autofree char *path = g_strconcat(SHARED, name, NULL), *bytes = NULL;
    gsize len;

    if (!g_file_get_contents(path, &bytes, &len, NULL)) {
        g_test_skip("../shared/data is not here");
        return false;
    }
    reader(arena, bytes, len, ret);
    return true;
}

static double sum(const Cube *cube)
{
    double all = 0;

    for (size_t i = 0; i < cube->n_cells; i++)
        if (!isnan(cube->cell[i].value))
            all += cube->cell[i].value;
    return all;
}

/* "20,6,312" */
static char *sizes(const Cube *cube)
{
    GString *text = g_string_new(NULL);

    for (size_t d = 0; d < cube->n_dimensions; d++)
        g_string_append_printf(text, "%s%zu", d ? "," : "", cube->dimension[d].n);
    return g_string_free(text, FALSE);
}

static void check_cube(const Cube *cube, const char *size, size_t values, double total)
{
    g_autofree char *found = sizes(cube);

    g_assert_cmpstr(found, ==, size);
    g_assert_cmpuint(cube->n_values, ==, values);
    g_assert_cmpfloat_with_epsilon(sum(cube), total, 1e-4);
}

static void jsonstat_samples(void)
{
    static const struct {
        const char *name, *size;
        size_t values;
        double total;
    } samples[] = {
        { "jsonstat/ssb_29843.json", "20,6,312", 30240, 2901152.0 },
        { "jsonstat/canada.json", "1,1,20,2,3", 120, 140121.4 },
        { "jsonstat/oecd.json", "1,36,12", 432, 3323.8253 },
        { "jsonstat/us-gsp.json", "1,51,4", 204, 17501197.76 },
        { "jsonstat/us-unr.json", "1,3220,1", 3220, 25527.0 },
        { "jsonstat/three_dim_v1.json", "2,3,4", 24, 4139 },
        { "jsonstat/three_dim_size_as_string_v1.json", "2,3,4", 24, 4139 },
        { "jsonstat/dataset_unemployment_v1.json", "1,3,4", 12, 270 },
        { "jsonstat/eurostat_gdp_c_IT.json", "1,1,1,69", 24, 515300 },
    };
    CubeFile file;

    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(Arena) arena = arena_new();

        if (!read_file(arena, cube_read_jsonstat, samples[i].name, &file))
            return;
        g_test_message("%s", samples[i].name);
        g_assert_cmpuint(file.n_errors, ==, 0);
        g_assert_cmpuint(file.n, ==, 1);
        check_cube(&file.v[0], samples[i].size, samples[i].values, samples[i].total);
    }
}

static double at(const Cube *cube, const char *const *codes)
{
    size_t place[8];

    for (size_t d = 0; d < cube->n_dimensions; d++) {
        place[d] = codes[d] ? cube_category(&cube->dimension[d], codes[d]) : 0;
        g_assert_cmpuint(place[d], !=, SIZE_MAX);
    }
    return cube->cell[cube_at(cube, place)].value;
}

static void cells_are_found_by_their_codes(void)
{
    g_autoptr(Arena) arena = arena_new();
    CubeFile file;
    static const char *const basic[] = { "P1111", NULL, "2013M07" };
    static const char *const bergen[] = { "4601", "KOSAG110000", "2024" };
    static const char *const order[] = { "2", "1", "3" };

    if (!read_file(arena, cube_read_jsonstat, "jsonstat/ssb_29843.json", &file))
        return;
    g_assert_cmpfloat(at(&file.v[0], basic), ==, 112.2); /* as the sample's own test has it */
    read_file(arena, cube_read_jsonstat, "ssb/kostra_12134_jsonstat2.json", &file);
    g_assert_cmpfloat(at(&file.v[0], bergen), ==, 66605);
    g_assert_cmpint(file.v[0].dimension[0].role, ==, CUBE_ROLE_GEO);
    g_assert_cmpint(file.v[0].dimension[2].role, ==, CUBE_ROLE_TIME);
    read_file(arena, cube_read_jsonstat, "jsonstat/order.json", &file);
    size_t place[3];

    for (size_t d = 0; d < 3; d++)
        place[d] = cube_category(&file.v[0].dimension[d], order[d]);
    g_assert_cmpstr(file.v[0].cell[cube_at(&file.v[0], place)].text, ==, "A2B1C3");
}

static void collections_give_their_tables(void)
{
    g_autoptr(Arena) arena = arena_new();
    CubeFile file;

    if (!read_file(arena, cube_read_jsonstat, "jsonstat/oecd-canada-col.json", &file))
        return;
    g_assert_cmpuint(file.n, ==, 2);
    check_cube(&file.v[0], "1,36,12", 432, 3323.8253);
    read_file(arena, cube_read_jsonstat, "jsonstat/oecd-canada.json", &file);
    g_assert_cmpuint(file.n, ==, 2); /* a bundle of version 1 */
    read_file(arena, cube_read_jsonstat, "jsonstat/collection.json", &file);
    g_assert_cmpuint(file.n, ==, 0); /* links alone */
    g_assert_cmpuint(file.n_errors, ==, 0);
    g_assert_cmpuint(file.n_warnings, ==, 1);
}

static bool told(const CubeProblem *list, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].code, code))
            return true;
    return false;
}

static void hold_case(json_t *one)
{
    g_autoptr(Arena) arena = arena_new();
    json_t *expected = json_object_get(one, "expected"), *code;
    json_t *valid = json_object_get(expected, "valid");
    char *text = json_dumps(json_object_get(one, "input"), JSON_COMPACT);
    CubeFile file;
    size_t i;

    cube_read_jsonstat(arena, text, strlen(text), &file);
    free(text);
    g_test_message("%s", json_string_value(json_object_get(one, "id")));
    if (valid)
        g_assert_cmpint(file.n_errors == 0, ==, json_is_true(valid));
    json_array_foreach(json_object_get(expected, "codes"), i, code)
        g_assert_true(told(file.errors, file.n_errors, json_string_value(code)) ||
                      told(file.warnings, file.n_warnings, json_string_value(code)));
}

static void the_validators_cases_hold(void)
{
    json_t *cases = json_load_file(SHARED "jsonstat/validator/validator_cases.json", 0, NULL), *one;
    size_t i;

    if (!cases) {
        g_test_skip("../shared/data is not here");
        return;
    }
    g_assert_cmpuint(json_array_size(cases), ==, 20);
    json_array_foreach(cases, i, one) hold_case(one);
    json_decref(cases);
}

#define DATASET(id, size, dims, value)                                                             \
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":" id ",\"size\":" size                      \
    ",\"dimension\":" dims ",\"value\":" value "}"
#define DIM(index) "{\"x\":{\"category\":{\"index\":" index "}}}"

static void hostile_json_is_refused_with_a_reason(void)
{
    static const struct {
        const char *text, *code;
    } bad[] = {
        { "", "NOT_JSON" },
        { "{\"version\":\"2.0\"", "NOT_JSON" },
        { "[]", "NOT_JSONSTAT" },
        { "{\"a\":1,\"a\":2}", "NOT_JSON" },
        { DATASET("[\"x\"]", "[4000000000]", DIM("[\"a\"]"), "{}"), "TOO_LARGE" },
        { DATASET("[\"x\"]", "[-1]", DIM("[\"a\"]"), "[]"), "ID_SIZE_LEN_MISMATCH" },
        { DATASET("[\"x\"]", "[2]", DIM("[\"a\",\"a\"]"), "[1,2]"), "INDEX_COUNT_MISMATCH" },
        { DATASET("[\"x\",\"x\"]", "[1,1]", DIM("[\"a\"]"), "[1]"), "DIM_KEY_ID_MISMATCH" },
        { DATASET("[\"x\"]", "[1]", DIM("[\"a\"]"), "[true]"), "VALUE_TYPE" },
        { DATASET("[\"x\"]", "[1]", DIM("[\"a\"]"), "{\"1e0\":2}"), "SPARSE_KEY_OUT_OF_RANGE" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(Arena) arena = arena_new();
        CubeFile file;

        cube_read_jsonstat(arena, bad[i].text, strlen(bad[i].text), &file);
        g_test_message("%s", bad[i].text);
        g_assert_cmpuint(file.n, ==, 0);
        g_assert_cmpuint(file.n_errors, ==, 1);
        g_assert_cmpstr(file.errors[0].code, ==, bad[i].code);
        g_assert_cmpuint(strlen(file.errors[0].message), >, 20);
    }
}

/* --- PX --- */

static void px_samples(void)
{
    static const struct {
        const char *name, *size;
        size_t cells;
    } samples[] = {
        { "px/tab_101.px", "3,3,3,2,1", 54 },         { "px/testdata.px", "2,3,5,2,2", 120 },
        { "px/statfin_khi_pxt_11xm.px", "72,1", 72 }, { "pxweb/TAB001.px", "30,3,22,1,3", 5940 },
        { "pxweb/TAB004.px", "14,11,1,28", 4312 },    { "pxweb/tab4_fewcells.px", "1,1,1,1", 1 }
    };
    CubeFile file;

    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(Arena) arena = arena_new();
        g_autofree char *found = NULL;

        if (!read_file(arena, cube_read_px, samples[i].name, &file))
            return;
        g_test_message("%s: %s", samples[i].name, file.n_errors ? file.errors[0].message : "read");
        g_assert_cmpuint(file.n_errors, ==, 0);
        g_assert_cmpuint(file.n, ==, 1);
        found = sizes(&file.v[0]);
        g_assert_cmpstr(found, ==, samples[i].size);
        g_assert_cmpuint(file.v[0].n_cells, ==, samples[i].cells);
    }
}

/* The CSV the table was built from has three codes, a year, and MEASURE1 and MEASURE2 last. */
static size_t compare_row(const Cube *cube, const char *line)
{
    g_auto(GStrv) cell = g_strsplit(line, ";", -1);
    size_t place[5], compared = 0;

    for (size_t d = 0; d < 3; d++) {
        place[d] = cube_category(&cube->dimension[d], cell[d]);
        g_assert_cmpuint(place[d], <, 3);
    }
    place[4] = 0;
    for (place[3] = 0; place[3] < 2; place[3]++) {
        double value = cube->cell[cube_at(cube, place)].value;
        char *end, *text = g_strstrip(cell[4 + place[3]]);
        double expected = g_ascii_strtod(text, &end);

        if (end == text) {
            g_assert_true(isnan(value));
            continue;
        }
        g_assert_cmpfloat(value, ==, expected);
        compared++;
    }
    return compared;
}

static void px_data_is_in_the_order_of_its_source(void)
{
    g_autoptr(Arena) arena = arena_new();
    g_autofree char *csv = NULL;
    CubeFile file;
    size_t compared = 0;

    if (!read_file(arena, cube_read_px, "px/tab_101.px", &file) ||
        !g_file_get_contents(SHARED "px/thedata_101.csv", &csv, NULL, NULL))
        return;
    g_auto(GStrv) line = g_strsplit(csv, "\n", -1);

    g_assert_cmpstr(file.v[0].dimension[0].code, ==, "coded_dim1");
    for (size_t i = 1; line[i] && *line[i]; i++)
        compared += compare_row(&file.v[0], line[i]);
    g_assert_cmpuint(compared, ==, file.v[0].n_values);
}

static void px_that_lies_of_its_characters(void)
{
    g_autoptr(Arena) arena = arena_new();
    CubeFile file;

    if (!read_file(arena, cube_read_px, "px/statfin_khi_pxt_11xm.px", &file))
        return;
    g_assert_cmpuint(file.n_warnings, ==, 1); /* says ISO-8859-15, is UTF-8 */
    g_assert_cmpstr(file.warnings[0].code, ==, "PX_CODEPAGE");
    g_assert_nonnull(strstr(file.v[0].label, "Elinkustannusindeksi"));
    read_file(arena, cube_read_px, "px/testdata.px", &file);
    g_assert_nonnull(strstr(file.v[0].label, "kj\u00f8ret\u00f8ytype"));
}

static void hostile_px_is_refused_with_its_line(void)
{
    static const struct {
        const char *name;
        unsigned line;
    } bad[] = { { "BadStart1", 1 },     { "BadStart3", 1 },     { "BadValueType1", 1 },
                { "BadValueType2", 1 }, { "BadValueType3", 1 }, { "BadValueType4", 1 },
                { "BadValueType5", 1 }, { "QuoteUnquote1", 1 }, { "QuoteUnquote2", 2 } };
    CubeFile file;

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(Arena) arena = arena_new();
        g_autofree char *name = g_strdup_printf("hostile/px/%s.px", bad[i].name);

        if (!read_file(arena, cube_read_px, name, &file))
            return;
        g_test_message("%s: %s", name, file.n_errors ? file.errors[0].message : "read");
        g_assert_cmpuint(file.n, ==, 0);
        g_assert_cmpuint(file.n_errors, ==, 1);
        g_assert_cmpuint(file.errors[0].line, ==, bad[i].line);
    }
}

static const char small[] = "CHARSET=\"ANSI\";\nDATASYMBOL2=\":\";\nSTUB=\"a\";\nHEADING=\"t\";\n"
                            "VALUES(\"a\")=\"one, and\",\n\"t\"\n\"wo\";\n"
                            "HIERARCHIES(\"a\")=\"one, and\",\"one, and\":\"two\";\n"
                            "VALUES(\"t\")=\"2011\",\"2012\";\nTIMEVAL(\"t\")=TLIST(A1);\n";

static void read_small(Arena *arena, const char *rest, CubeFile *ret)
{
    g_autofree char *text = g_strconcat(small, rest, NULL);

    cube_read_px(arena, text, strlen(text), ret);
}

static void px_knows_symbols_keys_and_levels(void)
{
    g_autoptr(Arena) arena = arena_new();
    CubeFile file;

    read_small(arena, "DATA=\n1.5 \"..\"\n- -3\n;", &file);
    g_assert_cmpuint(file.n_errors, ==, 0);
    const Cube *c = &file.v[0];

    g_assert_cmpstr(c->dimension[0].v[1].label, ==, "two");
    g_assert_cmpuint(c->dimension[0].v[1].parent, ==, 0);
    g_assert_cmpint(c->dimension[1].role, ==, CUBE_ROLE_TIME);
    g_assert_cmpfloat(c->cell[0].value, ==, 1.5);
    g_assert_cmpstr(c->cell[1].status, ==, ":"); /* two dots stand for what DATASYMBOL2 says */
    g_assert_cmpstr(c->cell[2].status, ==, "-");
    g_assert_true(isnan(c->cell[2].value));
    g_assert_cmpfloat(c->cell[3].value, ==, -3);
    g_assert_cmpuint(c->n_values, ==, 2);
    read_small(arena, "KEYS(\"a\")=VALUES;\nDATA=\n\"two\",7 8;", &file);
    g_assert_cmpuint(file.n_errors, ==, 0);
    g_assert_true(isnan(file.v[0].cell[0].value));
    g_assert_cmpfloat(file.v[0].cell[3].value, ==, 8);
}

static void px_cut_short_or_too_long(void)
{
    static const char *const bad[] = { "DATA=\n1 2 3;",
                                       "DATA=\n1 2 3 4 5;",
                                       "DATA=\n1 x 3 4;",
                                       "DATA=\n1 2 3 \"",
                                       "TITLE=\"never ends",
                                       "TITLE=\"a\"",
                                       "TITLE;",
                                       "",
                                       "\xff" };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(Arena) arena = arena_new();
        CubeFile file;

        read_small(arena, bad[i], &file);
        g_test_message("%s", bad[i]);
        g_assert_cmpuint(file.n, ==, 0);
        g_assert_cmpuint(file.n_errors, ==, 1);
        g_assert_cmpuint(file.errors[0].line, >=, 9);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cube/jsonstat/samples", jsonstat_samples);
    g_test_add_func("/cube/jsonstat/cells", cells_are_found_by_their_codes);
    g_test_add_func("/cube/jsonstat/collections", collections_give_their_tables);
    g_test_add_func("/cube/jsonstat/validator", the_validators_cases_hold);
    g_test_add_func("/cube/jsonstat/hostile", hostile_json_is_refused_with_a_reason);
    g_test_add_func("/cube/px/samples", px_samples);
    g_test_add_func("/cube/px/order", px_data_is_in_the_order_of_its_source);
    g_test_add_func("/cube/px/characters", px_that_lies_of_its_characters);
    g_test_add_func("/cube/px/hostile", hostile_px_is_refused_with_its_line);
    g_test_add_func("/cube/px/parts", px_knows_symbols_keys_and_levels);
    g_test_add_func("/cube/px/cut", px_cut_short_or_too_long);
    return g_test_run();
}
