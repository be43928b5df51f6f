/* test-chart.c - what leaves: SVG, page markup and PNG of ordinary, hidden, hostile and odd charts.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include "chart-plan.h"
#include "i18n.h"

#define COLUMNS 12
#define ROWS 4
#define SECRET 918273.6

typedef struct {
    Chart chart;
    ChartColumn columns[COLUMNS];
    ChartRow rows[ROWS];
    ChartPoint points[ROWS][COLUMNS];
} Sample;

static const char *const years[COLUMNS] = { "2014/15", "2015/16", "2016/17", "2017/18",
                                            "2018/19", "2019/20", "2020/21", "2021/22",
                                            "2022/23", "2023/24", "2024/25", "2025/26" };
static const char *const names[ROWS] = { "Eide barneskole", "Hustadvika", "Møre og Romsdal",
                                         "Nasjonen" };

/* A chart with ordinary values everywhere; the struct points into itself. */
static void fill(Sample *s, ChartKind kind)
{
    *s = (Sample){ .chart = { .kind = kind,
                              .id = "c1",
                              .title = "Lesing",
                              .reading = "Som før.",
                              .unit = "poeng",
                              .decimals = 1,
                              .value_labels = true,
                              .with_table = true } };
    for (size_t c = 0; c < COLUMNS; c++)
        s->columns[c].label = years[c];
    for (size_t r = 0; r < ROWS; r++) {
        s->rows[r] = (ChartRow){ .name = names[r], .points = s->points[r], .own = r == 0 };
        for (size_t c = 0; c < COLUMNS; c++)
            s->points[r][c] = (ChartPoint){ .value = 45 + (double)((r * 5 + c * 3) % 11),
                                            .uncertainty = 1.5,
                                            .status = CHART_OK };
    }
    s->chart.columns = s->columns;
    s->chart.n_columns = kind == CHART_LEVELS ? 5 : COLUMNS;
    s->chart.rows = s->rows;
    s->chart.n_rows = kind == CHART_BARS ? 1 : ROWS;
}

static char *page(const Chart *chart)
{
    g_autoptr(Html) html = html_new();

    html_chart(html, chart);
    return html_steal(html, NULL);
}

/* --- parsing --- */
typedef struct {
    GHashTable *ids;
    GString *titles; /* text of all <title> and <desc> */
    char *labelledby;
    int texts, marks;
} Parsed;

static void on_start(GMarkupParseContext *context, const char *element, const char **keys,
                     const char **values, gpointer data, GError **error)
{
    Parsed *parsed = data;

    (void)context, (void)error;
    parsed->texts += g_str_equal(element, "text");
    parsed->marks += g_str_equal(element, "circle");
    for (int i = 0; keys[i]; i++) {
        if (g_str_equal(keys[i], "id"))
            g_assert_true(g_hash_table_add(parsed->ids, g_strdup(values[i]))); /* unique */
        if (g_str_equal(keys[i], "aria-labelledby")) {
            g_free(parsed->labelledby);
            parsed->labelledby = g_strdup(values[i]);
        }
        g_assert_null(strstr(values[i], "nan"));
        g_assert_null(strstr(values[i], "inf"));
    }
}

static void on_text(GMarkupParseContext *context, const char *text, gsize len, gpointer data,
                    GError **error)
{
    const char *element = g_markup_parse_context_get_element(context);

    (void)error;
    if (g_str_equal(element, "title") || g_str_equal(element, "desc"))
        g_string_append_len(((Parsed *)data)->titles, text, (gssize)len);
}

static void parse(const char *markup, Parsed *parsed)
{
    static const GMarkupParser parser = { .start_element = on_start, .text = on_text };
    g_autoptr(GMarkupParseContext) context = NULL;
    g_autoptr(GError) error = NULL;

    *parsed = (Parsed){ .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                        .titles = g_string_new(NULL) };
    context = g_markup_parse_context_new(&parser, 0, parsed, NULL);
    g_markup_parse_context_parse(context, markup, -1, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
}

static void parsed_clear(Parsed *parsed)
{
    g_hash_table_unref(parsed->ids);
    g_string_free(parsed->titles, TRUE);
    g_free(parsed->labelledby);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parsed, parsed_clear)

static int occurrences(const char *text, const char *word)
{
    int n = 0;

    while ((text = strstr(text, word)) != NULL)
        n++, text++;
    return n;
}

static void every_kind_is_well_formed_and_named(void)
{
    for (int kind = CHART_SERIES; kind <= CHART_LEVELS; kind++) {
        Sample s;
        g_auto(Parsed) parsed = { 0 };
        size_t len;

        fill(&s, (ChartKind)kind);
        g_autofree char *svg = chart_svg(&s.chart, &len);
        parse(svg, &parsed);
        g_assert_cmpuint(len, ==, strlen(svg));
        g_assert_true(g_str_has_prefix(svg, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        g_assert_nonnull(strstr(svg, "role=\"img\""));
        g_assert_cmpstr(parsed.labelledby, ==, "c1-f-t c1-f-d");
        g_assert_true(g_hash_table_contains(parsed.ids, "c1-f-t"));
        g_assert_true(g_hash_table_contains(parsed.ids, "c1-f-d"));
        g_assert_true(g_str_has_prefix(parsed.titles->str, "LesingSom før."));
        g_assert_cmpint(parsed.texts, >, 5);
    }
}

static void a_page_has_no_colour_and_unique_ids(void)
{
    for (int kind = CHART_SERIES; kind <= CHART_LEVELS; kind++) {
        Sample s;
        g_auto(Parsed) parsed = { 0 };

        fill(&s, (ChartKind)kind);
        g_autofree char *markup = page(&s.chart);
        parse(markup, &parsed);
        g_assert_cmpuint(g_hash_table_size(parsed.ids), ==, 4);
        g_assert_cmpint(occurrences(markup, "<svg"), ==, 2);
        g_assert_null(strstr(markup, "#"));
        g_assert_null(strstr(markup, "style="));
        g_assert_nonnull(strstr(markup, "<table"));
        s.chart.bare = true;
        g_autofree char *bare = page(&s.chart);
        g_assert_null(strstr(bare, "<figure"));
        g_assert_null(strstr(bare, "<table"));
    }
}

/* Hide random points; behind them stands `secret`, or nothing when it is NAN. */
static void hide(Sample *s, guint32 seed, double secret)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(seed);

    for (size_t r = 0; r < ROWS; r++)
        for (size_t c = 0; c < COLUMNS; c++) {
            ChartPoint *point = &s->points[r][c];
            bool all = seed % 10 == 0;

            if (!all && g_rand_int_range(dice, 0, 3) > 0)
                continue;
            *point = (ChartPoint){ .value = secret,
                                   .uncertainty = secret / 3,
                                   .status = g_rand_int_range(dice, 0, 4) ? CHART_MASKED
                                                                          : CHART_NOT_TESTED };
        }
    s->chart.reference_name = "Nasjonen";
    s->chart.reference = (ChartPoint){ .value = secret, .status = CHART_MASKED };
}

static void nothing_depends_on_a_hidden_value(void)
{
    for (guint32 seed = 0; seed < 60; seed++) {
        Sample blank, secret;
        g_autoptr(GBytes) blank_png = NULL;
        g_autoptr(GBytes) secret_png = NULL;

        fill(&blank, (ChartKind)(seed % 4));
        fill(&secret, (ChartKind)(seed % 4));
        hide(&blank, seed, NAN);
        hide(&secret, seed, seed % 2 ? SECRET : 47);
        g_autofree char *blank_page = page(&blank.chart), *secret_page = page(&secret.chart);
        g_autofree char *blank_svg = chart_svg(&blank.chart, NULL);
        g_autofree char *secret_svg = chart_svg(&secret.chart, NULL);
        g_assert_true(g_str_equal(blank_page, secret_page)); /* too long to print */
        g_assert_true(g_str_equal(blank_svg, secret_svg));
        g_assert_cmpfloat(chart_aspect(&blank.chart), ==, chart_aspect(&secret.chart));
        g_assert_null(strstr(blank_svg, "nan"));
        if (seed >= 8)
            continue; /* drawing pixels is slow */
        g_assert_true(chart_png(&blank.chart, 400, &blank_png, NULL));
        g_assert_true(chart_png(&secret.chart, 400, &secret_png, NULL));
        g_assert_true(g_bytes_equal(blank_png, secret_png));
    }
}

static void a_masked_point_is_told_in_words(void)
{
    for (int kind = CHART_SERIES; kind <= CHART_LEVELS; kind++) {
        Sample s;

        fill(&s, (ChartKind)kind);
        g_autofree char *before = chart_svg(&s.chart, NULL);
        s.points[0][1] = (ChartPoint){ .value = NAN, .status = CHART_MASKED };
        s.points[0][0] = kind == CHART_COMPARE ? s.points[0][1] : s.points[0][0];
        g_autofree char *after = chart_svg(&s.chart, NULL);
        g_assert_cmpint(occurrences(before, _("hidden")), ==, 0);
        g_assert_cmpint(occurrences(after, _("hidden")), >=, 2); /* on the drawing and as tooltip */
    }
}

static void a_row_with_a_hidden_level_shows_none(void)
{
    Sample s;

    fill(&s, CHART_LEVELS);
    s.chart.n_rows = 1;
    for (size_t c = 0; c < 5; c++)
        s.points[0][c].value = 7001 + (double)c;
    g_autofree char *open = chart_svg(&s.chart, NULL);
    g_assert_nonnull(strstr(open, "001"));
    s.points[0][3].status = CHART_MASKED;
    g_autofree char *svg = chart_svg(&s.chart, NULL);
    g_autofree char *markup = page(&s.chart);
    g_assert_null(strstr(svg, "001"));
    g_assert_null(strstr(svg, "003"));
    g_assert_null(strstr(markup, "001")); /* nor the table beside it */
    g_assert_nonnull(strstr(svg, "class=\"chart-hatch\""));
    s.points[0][0].status = CHART_MISSING; /* hidden goes before whatever else is wrong */
    g_autofree char *partly = chart_svg(&s.chart, NULL);
    g_assert_nonnull(strstr(partly, "class=\"chart-hatch\""));
    g_assert_null(strstr(partly, "003"));
}

static void hostile_text_stays_text(void)
{
    static const char *const evil = "</title><script>\"'&\x01\xff\xef\xbf\xbf";

    for (int kind = CHART_SERIES; kind <= CHART_LEVELS; kind++) {
        Sample s;
        g_auto(Parsed) in_file = { 0 };
        g_auto(Parsed) in_page = { 0 };
        g_autoptr(GBytes) png = NULL;

        fill(&s, (ChartKind)kind);
        s.chart.title = s.chart.reading = s.chart.unit = s.chart.id = evil;
        s.chart.target_name = s.chart.reference_name = evil;
        s.columns[2] = (ChartColumn){ evil, evil };
        s.rows[1].name = s.rows[1].break_before = evil;
        s.points[0][0] = (ChartPoint){ .status = CHART_QUALITATIVE, .note = evil };
        g_autofree char *svg = chart_svg(&s.chart, NULL);
        g_autofree char *markup = page(&s.chart);
        g_assert_null(strstr(svg, "<script"));
        g_assert_null(strstr(markup, "<script"));
        parse(svg, &in_file);
        parse(markup, &in_page);
        g_assert_true(g_utf8_validate(svg, -1, NULL));
        g_assert_true(chart_png(&s.chart, 300, &png, NULL));
    }
}

static void odd_sizes_and_values_are_drawn(void)
{
    static const double odd[] = {
        NAN, INFINITY, -INFINITY, 1e308, -1e308, 1e12, 0, -3, 1e-300, 5e11
    };
    static const size_t sizes[] = { 0, 1, 2, COLUMNS };

    for (guint i = 0; i < 4 * G_N_ELEMENTS(sizes) * G_N_ELEMENTS(odd); i++) {
        Sample s;
        g_auto(Parsed) parsed = { 0 };
        size_t n = sizes[i / 4 % G_N_ELEMENTS(sizes)];

        fill(&s, (ChartKind)(i % 4));
        for (size_t c = 0; c < COLUMNS; c++)
            s.points[c % ROWS][c].value = s.points[c % ROWS][c].uncertainty =
                odd[(i / 16 + c % 2) % G_N_ELEMENTS(odd)];
        s.chart.target_name = "Mål";
        s.chart.target = odd[i / 16];
        s.chart.n_columns = MIN(n, s.chart.n_columns);
        s.chart.n_rows = MIN(n, s.chart.n_rows);
        g_autofree char *svg = chart_svg(&s.chart, NULL);
        parse(svg, &parsed);
        g_assert_cmpfloat(chart_aspect(&s.chart), >, 0.02);
    }
    g_autofree char *empty = page(&(Chart){ 0 });
    g_assert_nonnull(strstr(empty, _("no data")));
}

static void the_same_chart_gives_the_same_bytes(void)
{
    Sample s;
    g_autoptr(GBytes) png = NULL;
    g_autoptr(GBytes) again = NULL;

    fill(&s, CHART_SERIES);
    g_autofree char *one = chart_svg(&s.chart, NULL), *two = chart_svg(&s.chart, NULL);
    g_assert_true(g_str_equal(one, two));
    g_assert_true(chart_png(&s.chart, 500, &png, NULL));
    g_assert_true(chart_png(&s.chart, 500, &again, NULL));
    g_assert_true(g_bytes_equal(png, again));
}

static void a_png_has_the_asked_width(void)
{
    Sample s;
    g_autoptr(GBytes) png = NULL;
    g_autoptr(GError) error = NULL;
    gsize len;

    fill(&s, CHART_BARS);
    g_assert_true(chart_png(&s.chart, 640, &png, &error));
    const guint8 *bytes = g_bytes_get_data(png, &len);
    g_assert_cmpint(memcmp(bytes, "\x89PNG\r\n\x1a\n", 8), ==, 0);
    g_assert_cmpuint((guint)(bytes[18] << 8 | bytes[19]), ==, 640);
    g_assert_cmpuint((guint)(bytes[22] << 8 | bytes[23]), >, 200);
    g_clear_pointer(&png, g_bytes_unref);
    g_assert_false(chart_png(&s.chart, 99, &png, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_assert_null(png);
}

static void words_of_a_point(void)
{
    const Chart chart = { .unit = "%", .decimals = 1 };
    const ChartPoint plain = { .value = 14, .status = CHART_OK };
    const ChartPoint both = {
        .value = 6, .uncertainty = 1.25, .status = CHART_OK, .preliminary = true, .computed = true
    };
    const ChartPoint said = { .value = 3, .status = CHART_QUALITATIVE, .note = "gode resultater" };
    char number[NUM_TEXT], half[NUM_TEXT];
    g_autofree char *one = chart_point_text(&chart, &plain);
    g_autofree char *two = chart_point_text(&chart, &both);
    g_autofree char *three = chart_point_text(&chart, &said);
    g_autofree char *four = chart_point_text(&chart, &(ChartPoint){ 0 });
    g_autofree char *expected =
        g_strdup_printf("%s\u00a0± %s\u00a0%% (%s, %s)", num_text(6, 1, number),
                        num_text(1.25, 1, half), _("preliminary"), _("computed"));

    g_assert_cmpstr(one, ==, num_percent(14, 1, number));
    g_assert_cmpstr(two, ==, expected);
    g_assert_cmpstr(three, ==, "gode resultater");
    g_assert_cmpstr(four, ==, _("no data"));
}

int main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/svg/well-formed-and-named", every_kind_is_well_formed_and_named);
    g_test_add_func("/chart/page/no-colour-unique-ids", a_page_has_no_colour_and_unique_ids);
    g_test_add_func("/chart/masked/nothing-depends-on-it", nothing_depends_on_a_hidden_value);
    g_test_add_func("/chart/masked/told-in-words", a_masked_point_is_told_in_words);
    g_test_add_func("/chart/levels/one-hidden-hides-the-row", a_row_with_a_hidden_level_shows_none);
    g_test_add_func("/chart/text/hostile", hostile_text_stays_text);
    g_test_add_func("/chart/values/odd", odd_sizes_and_values_are_drawn);
    g_test_add_func("/chart/output/deterministic", the_same_chart_gives_the_same_bytes);
    g_test_add_func("/chart/png/width-and-errors", a_png_has_the_asked_width);
    g_test_add_func("/chart/point/words", words_of_a_point);
    status = g_test_run();
    pango_cairo_font_map_set_default(NULL); /* what the font libraries keep for good */
    cairo_debug_reset_static_data();
    FcFini();
    return status;
}
