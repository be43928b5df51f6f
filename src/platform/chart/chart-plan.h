/* chart-plan.h - how a chart is laid out: words first, then boxes, then marks.
 *
 * A plan is made once from a chart and a width; it knows the height, so that the same code answers
 * "how tall" and draws. Inside src/platform/chart only.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "chart.h"
#include "chart-pen.h"

#define CHART_FILE_WIDTH 680.0   /* saved files and PDF: 13 units of text are 9.2 pt on A4 */
#define CHART_WIDE_WIDTH 680.0   /* page, container of 34rem and more */
#define CHART_NARROW_WIDTH 380.0 /* page, narrow: 13 units are still 11 px on a 360 px screen */
#define CHART_KEYS_MAX 20
#define CHART_TICKS_MAX 12

typedef struct {
    double low, high, step; /* low and high are whole steps */
    int n;                  /* ticks; 0: nothing to measure */
    int decimals;           /* of tick labels */
} ChartScale;

/* One entry of a key: a sign and its words. */
typedef enum {
    KEY_SERIES,
    KEY_TARGET,
    KEY_LEVEL,
    KEY_MASKED,
    KEY_SIGN,
    KEY_HOLLOW,
    KEY_WHISKER,
    KEY_CAUSE
} ChartKeyKind;
typedef struct {
    ChartKeyKind kind;
    int index;        /* which series or ink */
    const char *sign; /* KEY_SIGN: one character */
    ChartShape shape; /* KEY_CAUSE */
    char *text;       /* owned by the keys */
    ChartXY at;       /* baseline start, relative to the key's box */
} ChartKey;
typedef struct {
    ChartKey list[CHART_KEYS_MAX];
    size_t n;
    ChartBox box;
} ChartKeys;

typedef struct {
    double low, high;
} ChartRange; /* low > high: empty */

typedef struct {
    const Chart *chart;
    bool titled;
    double width, height;
    char **title; /* lines, when titled */
    ChartKeys legend, foot;
    double unit_y; /* baseline of the unit's name; 0: none */
    ChartBox plot;
    ChartScale scale;
    /* SERIES and BARS */
    double column;  /* width of one */
    double break_y; /* first line of the words at breaks */
    int break_lines;
    double lane_y; /* words for points without a number */
    int n_lanes, lane_row[CHART_SERIES_MAX];
    double label_y; /* baseline of the periods */
    bool direct;    /* series named at their last point */
    double name_x;
    /* COMPARE and LEVELS */
    double *row_y, *row_h; /* n_rows each */
    double name_w, value_w;
    ChartRange sizes; /* FUNNEL */
} ChartPlan;

ChartPlan chart_plan_new(const Chart *chart, double width, bool titled);
void chart_plan_clear(ChartPlan *plan);
void chart_plan_draw(const ChartPlan *plan, ChartPen *pen);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ChartPlan, chart_plan_clear)

/* --- values (chart-value.c): the only place that reads ChartPoint.value --- */
bool chart_visible(const ChartPoint *point);
double chart_value(const ChartPoint *point);            /* NAN unless visible */
double chart_uncertainty(const ChartPoint *point);      /* 0 unless visible and positive */
const char *chart_status_word(const ChartPoint *point); /* translated; the note; NULL if visible */
char *chart_point_title(const Chart *chart, const char *what, const ChartPoint *point);
/* Also for a value that is no point's: a tick or target. g_free it. */
char *chart_number(double value, int decimals);
bool chart_is_percent(const Chart *chart);

/* --- scale --- */
void chart_range_add(ChartRange *range, double value);
void chart_range_add_point(ChartRange *range, const ChartPoint *point);
/* At most `ticks` (2-8) ticks on round numbers around the range; not finer than the decimals. */
ChartScale chart_scale_new(const Chart *chart, ChartRange range, int ticks);
double chart_scale_at(const ChartScale *scale, double value, double from, double to);
char *chart_tick_text(const ChartScale *scale, int i);

/* --- keys --- */
void chart_key_add(ChartKeys *keys, ChartKeyKind kind, int index, const char *text);
void chart_key_add_mark(ChartKeys *keys, ChartShape shape, int ink, const char *text);
void chart_key_add_sign(ChartKeys *keys, const char *sign, const char *text);
double chart_keys_place(ChartKeys *keys, double x, double y, double width); /* returns height */
void chart_keys_draw(const ChartKeys *keys, ChartPen *pen);
ChartShape chart_series_shape(size_t row);

/* --- kinds: plan the part below `y` and return where it ends; draw --- */
double chart_periods_plan(ChartPlan *plan, double y);
void chart_periods_draw(const ChartPlan *plan, ChartPen *pen);
double chart_compare_plan(ChartPlan *plan, double y);
void chart_compare_draw(const ChartPlan *plan, ChartPen *pen);
double chart_funnel_plan(ChartPlan *plan, double y);
void chart_funnel_draw(const ChartPlan *plan, ChartPen *pen);
double chart_levels_plan(ChartPlan *plan, double y);
void chart_levels_draw(const ChartPlan *plan, ChartPen *pen);

/* --- periods (chart-periods.c draws the frame, chart-series.c and chart-bars.c what is in it) --- */
double chart_column_x(const ChartPlan *plan, size_t column); /* centre */
double chart_value_y(const ChartPlan *plan, double value);
void chart_ticks_plan(ChartPlan *plan); /* the plot begins to the right of the scale's ticks */
double chart_unit_plan(ChartPlan *plan,
                       double y); /* the unit's line, if any; returns where it ends */
void chart_grid_draw(const ChartPlan *plan, ChartPen *pen); /* scale, axis, unit; funnels too */
void chart_series_draw(const ChartPlan *plan, ChartPen *pen);
void chart_bars_draw(const ChartPlan *plan, ChartPen *pen);
void chart_lanes_draw(const ChartPlan *plan, ChartPen *pen);
void chart_lanes_key(ChartPlan *plan); /* signs whose words have no room */

/* --- control charts (chart-control.c): what stands beside the first series; nothing without control --- */
void chart_control_range(const Chart *chart, ChartRange *range);
void chart_control_lines(const ChartPlan *plan, ChartPen *pen); /* under the series */
void chart_control_key(ChartPlan *plan);
/* The mark of column `c`, when it is not an ordinary one; ret_words what it says. */
typedef struct {
    ChartInk ink;
    ChartShape shape;
    double larger; /* than an ordinary mark */
    const char *words;
} ChartSign;
bool chart_control_sign(const Chart *chart, size_t column, ChartSign *ret);
