/* test-chart-geometry.c - where marks stand, by a third sink that only writes down what it is told.
 *
 * Breaks are never crossed, texts do not touch, both real sinks put a mark at the same place, and the
 * tables of widths and inks hold against Pango, the style sheet and WCAG's contrast formula.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include "chart-plan.h"

#define COLUMNS 24

typedef struct {
    ChartInk ink;
    size_t n; /* of a line's points */
    ChartXY points[COLUMNS];
} Line;
typedef struct {
    ChartInk ink;
    ChartBox box;
    char *text; /* NULL for a mark */
} Thing;
typedef struct {
    ChartPen pen;
    GArray *lines, *texts, *marks;
    int breaks, hatches;
} Recorder;

static void note_segments(ChartPen *pen, ChartInk ink, const ChartSegment *list, size_t n)
{
    Recorder *recorder = (Recorder *)(void *)pen;

    recorder->breaks += ink == INK_BREAK;
    recorder->hatches += ink == INK_HATCH;
    for (size_t i = 0; i < n; i++)
        g_assert_true(isfinite(list[i].from.x + list[i].from.y + list[i].to.x + list[i].to.y));
}

static void note_polyline(ChartPen *pen, ChartInk ink, const ChartXY *points, size_t n)
{
    Line line = { .ink = ink, .n = n };

    g_assert_cmpuint(n, <=, COLUMNS);
    memcpy(line.points, points, n * sizeof *points);
    g_array_append_val(((Recorder *)(void *)pen)->lines, line);
}

static void note_rect(ChartPen *pen, ChartInk ink, const ChartBox *box, const char *title)
{
    (void)pen, (void)ink, (void)title;
    g_assert_true(isfinite(box->x + box->y + box->w + box->h));
}

static void note_mark(ChartPen *pen, ChartInk ink, ChartShape shape, const ChartBox *around,
                      const char *title)
{
    Thing mark = { .ink = ink, .box = *around };

    (void)shape, (void)title;
    g_array_append_val(((Recorder *)(void *)pen)->marks, mark);
}

static void note_text(ChartPen *pen, ChartInk ink, ChartXY at, ChartAnchor anchor, const char *text)
{
    double width = chart_text_width(text, ink), shift[] = { 0, 0.5, 1 };
    Thing thing = { ink, { at.x - shift[anchor] * width, at.y, width, 0 }, g_strdup(text) };

    g_array_append_val(((Recorder *)(void *)pen)->texts, thing);
}

static const ChartSink notes = { note_segments, note_polyline, note_rect, note_mark, note_text };

static void free_text(gpointer thing)
{
    g_free(((Thing *)thing)->text);
}

static void recorder_clear(Recorder *recorder)
{
    g_array_unref(recorder->lines);
    g_array_unref(recorder->texts);
    g_array_unref(recorder->marks);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Recorder, recorder_clear)

static Recorder record(const ChartPlan *plan)
{
    Recorder recorder = { .pen = { &notes } };

    recorder.lines = g_array_new(FALSE, FALSE, sizeof(Line));
    recorder.texts = g_array_new(FALSE, FALSE, sizeof(Thing));
    recorder.marks = g_array_new(FALSE, FALSE, sizeof(Thing));
    g_array_set_clear_func(recorder.texts, free_text);
    chart_plan_draw(plan, &recorder.pen);
    return recorder;
}

/* --- random charts --- */
typedef struct {
    Chart chart;
    ChartColumn columns[COLUMNS];
    ChartRow rows[4];
    ChartPoint points[4][COLUMNS];
} Sample;

static const char *const words[] = {
    "2012/13", "Nivå 1",  "Eide barneskole", "Møre og Romsdal", "Bud barne- og ungdomsskole",
    "K1",      "Nasjonen"
};

static void roll(Sample *s, guint32 seed, ChartKind kind)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(seed);

    *s = (Sample){
        .chart = { .kind = kind, .title = "Prøve", .unit = "poeng", .value_labels = seed % 2 }
    };
    s->chart.columns = s->columns;
    s->chart.rows = s->rows;
    s->chart.n_columns = (size_t)g_rand_int_range(dice, 1, kind == CHART_LEVELS ? 6 : COLUMNS + 1);
    s->chart.n_rows = (size_t)g_rand_int_range(dice, 1, 5);
    for (size_t c = 0; c < COLUMNS; c++) {
        s->columns[c].label = words[kind == CHART_LEVELS ? 1 : seed % 2 ? 0 : 5];
        if (c > 0 && g_rand_int_range(dice, 0, 6) == 0)
            s->columns[c].break_before = g_rand_boolean(dice) ? "Ny skala" : "";
    }
    for (size_t r = 0; r < 4; r++) {
        s->rows[r] = (ChartRow){ .name = words[g_rand_int_range(dice, 0, 7)],
                                 .points = s->points[r],
                                 .own = r == 0 };
        for (size_t c = 0; c < COLUMNS; c++)
            s->points[r][c] =
                (ChartPoint){ .value = g_rand_double_range(dice, 10, 90),
                              .uncertainty = g_rand_double_range(dice, 0, 3),
                              .status = g_rand_int_range(dice, 0, 4)
                                            ? CHART_OK
                                            : (ChartStatus)g_rand_int_range(dice, 0, 4) };
    }
}

/* Lines of one row that the rules allow: runs of at least two neighbours without a break. */
static guint allowed_lines(const Chart *chart, size_t row)
{
    guint lines = 0, run = 0;

    for (size_t c = 0; c < chart->n_columns; c++) {
        bool visible = chart->rows[row].points[c].status == CHART_OK;

        run = !visible ? 0 : chart->columns[c].break_before ? 1 : run + 1;
        lines += run == 2;
    }
    return lines;
}

static void no_line_crosses_a_break_or_a_gap(void)
{
    for (guint32 seed = 0; seed < 400; seed++) {
        Sample s;
        guint expected = 0;
        int breaks = 0;

        roll(&s, seed, CHART_SERIES);
        g_auto(ChartPlan) plan = chart_plan_new(&s.chart, CHART_FILE_WIDTH, false);
        g_auto(Recorder) seen = record(&plan);
        for (size_t r = 0; r < s.chart.n_rows; r++)
            expected += allowed_lines(&s.chart, r);
        for (size_t c = 1; c < s.chart.n_columns; c++)
            breaks += s.columns[c].break_before != NULL;
        g_assert_cmpuint(seen.lines->len, ==, expected);
        if (plan.scale.n > 0)
            g_assert_cmpint(seen.breaks, ==, breaks);
        for (guint i = 0; i < seen.lines->len; i++) {
            const Line *line = &g_array_index(seen.lines, Line, i);

            for (size_t k = 1; k < line->n; k++) { /* each step is one column, and no break in it */
                double column = (line->points[k].x - plan.plot.x) / plan.column - 0.5;

                g_assert_cmpfloat_with_epsilon(line->points[k].x - line->points[k - 1].x,
                                               plan.column, 1e-6);
                g_assert_null(s.columns[lround(column)].break_before);
            }
        }
    }
}

/* Texts of the frame on the same baseline keep apart; those that name lines are placed by height. */
static void texts_do_not_touch(void)
{
    static const double widths[] = { CHART_NARROW_WIDTH, CHART_WIDE_WIDTH };

    for (guint32 seed = 0; seed < 800; seed++) {
        Sample s;

        roll(&s, seed, (ChartKind)(seed % 4));
        g_auto(ChartPlan) plan = chart_plan_new(&s.chart, widths[seed / 4 % 2], seed % 3 == 0);
        g_auto(Recorder) seen = record(&plan);
        for (guint i = 0; i < seen.texts->len; i++) {
            const Thing *a = &g_array_index(seen.texts, Thing, i);

            g_assert_cmpfloat(a->box.x, >=, -0.6);
            g_assert_cmpfloat(a->box.x + a->box.w, <=, plan.width + 0.6);
            g_assert_cmpfloat(a->box.y, <=, plan.height);
            for (guint j = 0; j < i; j++) {
                const Thing *b = &g_array_index(seen.texts, Thing, j);
                double apart =
                    fmax(a->box.x - (b->box.x + b->box.w), b->box.x - (a->box.x + a->box.w));

                if (fabs(a->box.y - b->box.y) < 8 && apart < 1)
                    g_error("seed %u: \"%s\" touches \"%s\"", seed, a->text, b->text);
            }
        }
    }
}

static void both_sinks_mark_the_same_places(void)
{
    Sample s;

    roll(&s, 7, CHART_SERIES);
    s.chart.n_rows = 1;
    s.chart.value_labels = false;
    for (size_t c = 0; c < COLUMNS; c++)
        s.points[0][c].uncertainty = 0;
    g_auto(ChartPlan) plan = chart_plan_new(&s.chart, CHART_FILE_WIDTH, false);
    g_auto(Recorder) seen = record(&plan);
    g_autoptr(GString) svg = g_string_new(NULL);
    ChartSvgPen svg_pen = chart_svg_pen(svg, false);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)plan.width, (int)ceil(plan.height));
    cairo_t *cairo = cairo_create(surface);

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    chart_draw(&s.chart, cairo, NULL, plan.width, plan.height);
    cairo_surface_flush(surface);
    chart_plan_draw(&plan, &svg_pen.pen);
    const guint8 *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    guint dots = 0;

    for (guint i = 0; i < seen.marks->len; i++) {
        const Thing *mark = &g_array_index(seen.marks, Thing, i);
        double x = mark->box.x + mark->box.w / 2, y = mark->box.y + mark->box.h / 2;
        g_autoptr(GString) at = g_string_new(" cx=\"");
        guint32 pixel;

        if (mark->ink != INK_MARK)
            continue;
        dots++;
        chart_svg_number(at, x);
        g_string_append(at, "\" cy=\"");
        chart_svg_number(at, y);
        g_string_append(at, "\" r=");
        g_assert_nonnull(strstr(svg->str, at->str));
        memcpy(&pixel, pixels + (int)y * stride + (int)x * 4, 4);
        g_assert_cmphex(pixel & 0xffffff, ==, (guint32)chart_style(INK_MARK)->fill);
    }
    g_assert_cmpuint(dots, >=, 2);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static void the_axis_covers_what_is_seen_and_no_more(void)
{
    const ChartPoint points[] = { { .value = 47, .uncertainty = 2, .status = CHART_OK },
                                  { .value = 900, .uncertainty = 5, .status = CHART_MASKED },
                                  { .value = 51, .status = CHART_OK } };
    const ChartColumn columns[] = { { "a", NULL }, { "b", NULL }, { "c", NULL } };
    const ChartRow row = { .name = "Eide", .points = points };
    Chart chart = { .columns = columns, .n_columns = 3, .rows = &row, .n_rows = 1 };
    g_auto(ChartPlan) plan = chart_plan_new(&chart, CHART_FILE_WIDTH, false);

    g_assert_cmpfloat(plan.scale.low, ==, 44);
    g_assert_cmpfloat(plan.scale.high, ==, 52);
    chart.low = 20;
    chart.high = 80;
    g_auto(ChartPlan) wished = chart_plan_new(&chart, CHART_FILE_WIDTH, false);
    g_assert_cmpfloat(wished.scale.low, ==, 20);
    g_assert_cmpfloat(wished.scale.high, ==, 80);
    chart.kind = CHART_BARS;
    chart.low = chart.high = 0;
    g_auto(ChartPlan) bars = chart_plan_new(&chart, CHART_FILE_WIDTH, false);
    g_assert_cmpfloat(bars.scale.low, ==, 0);
}

static void widths_agree_with_pango(void)
{
    static const char *const texts[] = { "2012/13",
                                         "Møre og Romsdal",
                                         "Eide barneskole",
                                         "skjermet",
                                         "47,0 ± 1,3",
                                         "−8,0",
                                         "Nynorsk opplæring i ungdomsskulen" };
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8);
    cairo_t *cairo = cairo_create(surface);
    PangoContext *context = pango_cairo_create_context(cairo);
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_from_string("Inter");

    pango_context_set_round_glyph_positions(context, FALSE);
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(texts); i++) {
        ChartInk ink = i % 2 ? INK_STRONG : INK_TEXT;
        int width, height;

        pango_font_description_set_absolute_size(font, 1000 * PANGO_SCALE);
        pango_font_description_set_weight(font,
                                          i % 2 ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(layout, font);
        pango_layout_set_text(layout, texts[i / 2], -1);
        pango_layout_get_size(layout, &width, &height);
        double real = (double)width / PANGO_SCALE / 1000 * CHART_TEXT_SIZE;
        double ratio = chart_text_width(texts[i / 2], ink) / real;

        g_assert_cmpfloat(ratio, >=, 0.98); /* rather too much room than too little */
        g_assert_cmpfloat(ratio, <=, 1.08);
    }
    pango_font_description_free(font);
    g_object_unref(layout);
    g_object_unref(context);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static void text_is_shortened_and_broken(void)
{
    g_autofree char *whole = chart_text_fit("Eide", INK_TEXT, 100);
    g_autofree char *cut = chart_text_fit("Bud barne- og ungdomsskole", INK_TEXT, 80);
    g_auto(GStrv) lines = chart_text_wrap("Bud barne- og ungdomsskole i vest", INK_TEXT, 110, 2);

    g_assert_cmpstr(whole, ==, "Eide");
    g_assert_true(g_str_has_prefix(cut, "Bud barn") && g_str_has_suffix(cut, "…"));
    g_assert_cmpfloat(chart_text_width(cut, INK_TEXT), <=, 80);
    g_assert_cmpuint(g_strv_length(lines), ==, 2);
    g_assert_cmpstr(lines[0], ==, "Bud barne- og");
    g_assert_true(g_str_has_prefix(lines[1], "ungdomsskole"));
    g_assert_cmpfloat(chart_text_width(lines[1], INK_TEXT), <=, 110);
}

/* Relative luminance and contrast: WCAG 2.1, definitions of the same names. */
static double luminance(int colour)
{
    double sum = 0, weight[] = { 0.2126, 0.7152, 0.0722 };

    for (int i = 0; i < 3; i++) {
        double c = ((colour >> (16 - 8 * i)) & 255) / 255.0;

        sum += weight[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(int a, int b)
{
    double x = luminance(a), y = luminance(b);

    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void the_palette_has_contrast(void)
{
    const int white = 0xffffff;

    for (int ink = INK_TEXT; ink < N_INK; ink++)
        g_assert_cmpfloat(contrast(chart_style((ChartInk)ink)->fill, white), >=, 4.5);
    for (int i = 0; i < CHART_SERIES_MAX; i++) {
        g_assert_cmpfloat(contrast(chart_style(INK_NAME + (ChartInk)i)->fill, white), >=, 4.5);
        g_assert_cmpfloat(contrast(chart_style(INK_LINE + (ChartInk)i)->stroke, white), >=, 3);
    }
    for (int i = 0; i < CHART_LEVELS_MAX; i++) {
        const ChartStyle *level = chart_style(INK_LEVEL + (ChartInk)i);

        g_assert_cmpfloat(contrast(chart_style(INK_ON_LEVEL + (ChartInk)i)->fill, level->fill), >=,
                          4.5);
        g_assert_cmpfloat(contrast(level->stroke, white), >=, 3);
    }
    g_assert_cmpfloat(contrast(chart_style(INK_BAR_WEAK)->stroke, white), >=, 3);
    g_assert_cmpfloat(contrast(chart_style(INK_HATCH)->stroke, white), >=, 3);
}

static void the_style_sheet_knows_every_ink(void)
{
    g_autofree char *css = NULL;
    g_autoptr(GError) error = NULL;

    g_file_get_contents("static/chart.css", &css, NULL, &error); /* tests run in the root */
    g_assert_no_error(error);
    for (int ink = 0; ink < N_INK; ink++) {
        const ChartStyle *style = chart_style((ChartInk)ink);
        g_autofree char *pattern = g_strdup_printf(
            "\\.%s[ ,][^}]*%s", style->name, style->fill != CHART_NO_COLOUR ? "fill:" : "stroke:");

        if (!g_regex_match_simple(pattern, css, 0, 0))
            g_error("static/chart.css has no colour for .%s", style->name);
    }
}

int main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/line/never-crosses-a-break", no_line_crosses_a_break_or_a_gap);
    g_test_add_func("/chart/text/never-touches", texts_do_not_touch);
    g_test_add_func("/chart/sinks/same-places", both_sinks_mark_the_same_places);
    g_test_add_func("/chart/axis/covers-what-is-seen", the_axis_covers_what_is_seen_and_no_more);
    g_test_add_func("/chart/text/widths-agree-with-pango", widths_agree_with_pango);
    g_test_add_func("/chart/text/shortened-and-broken", text_is_shortened_and_broken);
    g_test_add_func("/chart/palette/contrast", the_palette_has_contrast);
    g_test_add_func("/chart/style-sheet/complete", the_style_sheet_knows_every_ink);
    status = g_test_run();
    pango_cairo_font_map_set_default(NULL); /* what the font libraries keep for good */
    cairo_debug_reset_static_data();
    FcFini();
    return status;
}
