/* chart.c - a chart in a page, in a file of its own, and in a document: one plan, one drawing, two
 * sinks.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <pango/pangocairo.h>
#include "chart-kept.h"
#include "chart-plan.h"
#include "i18n.h"

static const char *id_of(const Chart *chart)
{
    return chart->id && *chart->id != '\0' ? chart->id : "chart";
}

/* The opening tag, title and description; `variant` tells drawings of one chart in a page apart. */
static void open_svg(GString *out, const ChartPlan *plan, const char *variant)
{
    const Chart *chart = plan->chart;
    g_autoptr(GString) id = g_string_new(NULL);

    chart_svg_escape(id, id_of(chart));
    g_string_append_printf(id, "-%s", variant);
    g_string_append_printf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart-svg\" role=\"img\" "
        "aria-labelledby=\"%s-t %s-d\" viewBox=\"0 0 ",
        id->str, id->str);
    chart_svg_number(out, plan->width);
    g_string_append_c(out, ' ');
    chart_svg_number(out, plan->height);
    g_string_append_printf(out, "\" font-size=\"%g\">", CHART_TEXT_SIZE);
    g_string_append_printf(out, "<title id=\"%s-t\">", id->str);
    chart_svg_escape(out, chart->title);
    g_string_append_printf(out, "</title><desc id=\"%s-d\">", id->str);
    chart_svg_escape(out, chart->reading);
    g_string_append(out, "</desc>");
}

static void put_page_svg(GString *out, const Chart *chart, double width, const char *variant)
{
    g_auto(ChartPlan) plan = chart_plan_new(chart, width, false);
    ChartSvgPen svg = chart_svg_pen(out, false);

    open_svg(out, &plan, variant);
    chart_plan_draw(&plan, &svg.pen);
    g_string_append(out, "</svg>");
}

static void put_cell(GString *out, const Chart *chart, const ChartPoint *point)
{
    g_autofree char *text = chart_point_text(chart, point);

    g_string_append(out, "<td>");
    chart_svg_escape(out, text);
    g_string_append(out, "</td>");
}

static void put_header(GString *out, const char *scope, const char *text, const char *broken)
{
    g_string_append_printf(out, "<th scope=\"%s\">", scope);
    chart_svg_escape(out, text);
    if (broken) {
        g_string_append(out, " <small>");
        chart_svg_escape(out, _("series break"));
        if (*broken != '\0')
            g_string_append(out, ": ");
        chart_svg_escape(out, broken);
        g_string_append(out, "</small>");
    }
    g_string_append(out, "</th>");
}

/* Centre, limits and signal of one period, as the table beside the drawing tells them. */
static void put_control_cells(GString *out, const Chart *chart, size_t column)
{
    const ChartControl *c = &chart->control[column];
    const double numbers[] = { c->centre, c->lower, c->upper };
    ChartSign sign;

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autofree char *text =
            isfinite(numbers[i]) ? chart_number(numbers[i], chart->decimals + 1) : g_strdup("–");

        g_string_append(out, "<td>");
        chart_svg_escape(out, text);
        g_string_append(out, "</td>");
    }
    g_string_append(out, "<td>");
    chart_svg_escape(out, chart_control_sign(chart, column, &sign) ? sign.words : "");
    g_string_append(out, "</td>");
}

/* Periods downwards, series across. */
static void put_periods_table(GString *out, const Chart *chart)
{
    bool control = chart->control && chart->kind == CHART_SERIES;

    g_string_append(out, "<thead><tr>");
    put_header(out, "col", _("Period"), NULL);
    for (size_t r = 0; r < chart->n_rows; r++)
        put_header(out, "col", chart->rows[r].name, NULL);
    if (control) {
        put_header(out, "col", chart->centre_name ? chart->centre_name : _("mean"), NULL);
        put_header(out, "col", _("lower limit"), NULL);
        put_header(out, "col", _("upper limit"), NULL);
        put_header(out, "col", _("signal"), NULL);
    }
    g_string_append(out, "</tr></thead><tbody>");
    for (size_t c = 0; c < chart->n_columns; c++) {
        g_string_append(out, "<tr>");
        put_header(out, "row", chart->columns[c].label,
                   c > 0 ? chart->columns[c].break_before : NULL);
        for (size_t r = 0; r < chart->n_rows; r++)
            put_cell(out, chart, &chart->rows[r].points[c]);
        if (control)
            put_control_cells(out, chart, c);
        g_string_append(out, "</tr>");
    }
    g_string_append(out, "</tbody>");
}

/* Rows as they stand: periods and their levels. A hidden level takes the row with it, as drawn. */
static void put_levels_table(GString *out, const Chart *chart)
{
    g_string_append(out, "<thead><tr>");
    put_header(out, "col", _("Period"), NULL);
    for (size_t c = 0; c < chart->n_columns; c++)
        put_header(out, "col", chart->columns[c].label, NULL);
    g_string_append(out, "</tr></thead><tbody>");
    for (size_t r = 0; r < chart->n_rows; r++) {
        const ChartPoint *points = chart->rows[r].points, *masked = NULL;

        for (size_t c = 0; c < chart->n_columns; c++)
            masked = points[c].status == CHART_MASKED ? &points[c] : masked;
        g_string_append(out, "<tr>");
        put_header(out, "row", chart->rows[r].name, r > 0 ? chart->rows[r].break_before : NULL);
        for (size_t c = 0; c < chart->n_columns; c++)
            put_cell(out, chart, masked ? masked : &points[c]);
        g_string_append(out, "</tr>");
    }
    g_string_append(out, "</tbody>");
}

static void put_units_row(GString *out, const Chart *chart, const char *name,
                          const ChartPoint *point)
{
    g_string_append(out, "<tr>");
    put_header(out, "row", name, NULL);
    put_cell(out, chart, point);
    g_string_append(out, "</tr>");
}

static void put_units_table(GString *out, const Chart *chart)
{
    g_string_append(out, "<thead><tr>");
    put_header(out, "col", _("Unit"), NULL);
    put_header(out, "col", chart->unit && *chart->unit ? chart->unit : _("Value"), NULL);
    g_string_append(out, "</tr></thead><tbody>");
    for (size_t r = 0; r < chart->n_rows; r++)
        put_units_row(out, chart, chart->rows[r].name, &chart->rows[r].points[0]);
    if (chart->reference_name)
        put_units_row(out, chart, chart->reference_name, &chart->reference);
    g_string_append(out, "</tbody>");
}

static void put_table(GString *out, const Chart *chart)
{
    g_string_append(out, "<details class=\"chart-figures\"><summary>");
    chart_svg_escape(out, _("Show the figures as a table"));
    g_string_append(out, "</summary><table class=\"ds-table\"><caption>");
    chart_svg_escape(out, chart->title);
    g_string_append(out, "</caption>");
    if (chart->kind == CHART_COMPARE || chart->kind == CHART_FUNNEL)
        put_units_table(out, chart);
    else if (chart->kind == CHART_LEVELS)
        put_levels_table(out, chart);
    else
        put_periods_table(out, chart);
    g_string_append(out, "</table></details>");
}

static GBytes *page_drawing(const Chart *chart)
{
    GString *out = g_string_sized_new(16 * 1024);

    if (!chart->bare) {
        g_string_append(out, "<figure class=\"chart\">");
        if (chart->title && *chart->title != '\0') {
            g_string_append(out, "<figcaption class=\"chart-caption\">");
            chart_svg_escape(out, chart->title);
            g_string_append(out, "</figcaption>");
        }
    }
    g_string_append(out, "<div class=\"chart-box\"><div class=\"chart-wide\">");
    put_page_svg(out, chart, CHART_WIDE_WIDTH, "w");
    g_string_append(out, "</div><div class=\"chart-narrow\" hidden=\"\">");
    put_page_svg(out, chart, CHART_NARROW_WIDTH, "n");
    g_string_append(out, "</div></div>");
    if (!chart->bare) {
        if (chart->with_table)
            put_table(out, chart);
        g_string_append(out, "</figure>");
    }
    return g_string_free_to_bytes(out);
}

void html_chart(Html *html, const Chart *chart)
{
    g_autoptr(GBytes) key = chart_key(chart);
    g_autoptr(GBytes) drawing = chart_kept_find(key);
    const char *data;
    gsize size;

    if (!drawing) {
        drawing = page_drawing(chart);
        chart_kept_add(key, drawing);
    }
    data = g_bytes_get_data(drawing, &size);
    html_raw(html, data, size);
}

char *chart_svg(const Chart *chart, size_t *ret_len)
{
    g_auto(ChartPlan) plan = chart_plan_new(chart, CHART_FILE_WIDTH, true);
    GString *out = g_string_sized_new(16 * 1024);
    ChartSvgPen svg = chart_svg_pen(out, true);
    ChartBox paper = { 0, 0, plan.width, plan.height };

    g_string_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open_svg(out, &plan, "f");
    g_string_append(out, "<style>svg{font-family:Inter,\"Helvetica Neue\",Arial,sans-serif}");
    chart_svg_palette(out);
    g_string_append(out, "</style>");
    chart_rect(&svg.pen, INK_PAPER, &paper, NULL);
    chart_plan_draw(&plan, &svg.pen);
    g_string_append(out, "</svg>\n");
    if (ret_len)
        *ret_len = out->len;
    return g_string_free(out, FALSE);
}

static void draw_plan(const ChartPlan *plan, cairo_t *cairo, PangoContext *context)
{
    ChartCairoPen pen;

    chart_cairo_pen_init(&pen, cairo, context);
    chart_plan_draw(plan, &pen.pen);
    chart_cairo_pen_clear(&pen);
}

static cairo_status_t append_png(void *data, const unsigned char *bytes, unsigned len)
{
    g_byte_array_append(data, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

bool chart_png(const Chart *chart, int width_px, GBytes **ret_png, GError **error)
{
    g_auto(ChartPlan) plan = chart_plan_new(chart, CHART_FILE_WIDTH, !chart->bare);
    double scale = width_px / plan.width;
    GByteArray *bytes;
    cairo_surface_t *surface;
    cairo_t *cairo;
    cairo_status_t status;

    if (width_px < 100 || width_px > 8000 || plan.height * scale > 30000)
        return app_fail(error, APP_ERROR_INVALID, "a chart of %d pixels cannot be drawn", width_px);
    surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, (int)ceil(plan.height * scale));
    cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    draw_plan(&plan, cairo, NULL);
    status = cairo_status(cairo);
    cairo_destroy(cairo);
    bytes = g_byte_array_new();
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, append_png, bytes);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        g_byte_array_unref(bytes);
        return app_fail(error, APP_ERROR_DB, "drawing failed: %s", cairo_status_to_string(status));
    }
    *ret_png = g_byte_array_free_to_bytes(bytes);
    return true;
}

void chart_draw_pen(const Chart *chart, ChartPen *pen, double width, double height)
{
    g_auto(ChartPlan) plan = chart_plan_new(chart, CHART_FILE_WIDTH, false);
    double scale = fmin(width / plan.width, height / plan.height);

    pen->sink->place(pen, (width - plan.width * scale) / 2, (height - plan.height * scale) / 2,
                     scale);
    chart_plan_draw(&plan, pen);
}

void chart_draw(const Chart *chart, cairo_t *cairo, PangoContext *context, double width,
                double height)
{
    g_auto(ChartPlan) plan = chart_plan_new(chart, CHART_FILE_WIDTH, false);
    double scale = fmin(width / plan.width, height / plan.height);

    cairo_save(cairo);
    cairo_translate(cairo, (width - plan.width * scale) / 2, (height - plan.height * scale) / 2);
    cairo_scale(cairo, scale, scale);
    draw_plan(&plan, cairo, context);
    cairo_restore(cairo);
}

double chart_aspect(const Chart *chart)
{
    g_auto(ChartPlan) plan = chart_plan_new(chart, CHART_FILE_WIDTH, false);

    return plan.height / plan.width;
}
