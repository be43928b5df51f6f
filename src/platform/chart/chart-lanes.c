/* chart-lanes.c - the lane below the plot, where points without a number are named.
 *
 * Neighbouring points of one kind share one sign and one word. A masked point stands at its period
 * and at the lane's height, always; so its place tells nothing.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "chart-plan.h"
#include "i18n.h"

#define LANE 20.0
#define BOX 12.0

typedef struct {
    size_t from, to; /* columns, both in */
    const ChartPoint *point;
    const char *word;
} Run;

/* The next run at or after `from`; false when there is none. */
static bool next_run(const ChartPlan *plan, int row, size_t from, Run *ret_run)
{
    const ChartPoint *points = plan->chart->rows[row].points;
    size_t n = plan->chart->n_columns, c = from;

    while (c < n && (chart_visible(&points[c]) || (row > 0 && points[c].status != CHART_MASKED)))
        c++;
    if (c == n)
        return false;
    *ret_run = (Run){ c, c, &points[c], chart_status_word(&points[c]) };
    while (c + 1 < n && !chart_visible(&points[c + 1]) &&
           points[c + 1].status == points[c].status &&
           g_str_equal(chart_status_word(&points[c + 1]), ret_run->word))
        ret_run->to = ++c;
    return true;
}

static const char *sign_of(const ChartPoint *point)
{
    switch (point->status) {
    case CHART_MASKED:
        return NULL; /* a hatched box */
    case CHART_NOT_TESTED:
        return "×";
    case CHART_QUALITATIVE:
        return "◆";
    default:
        return "–";
    }
}

/* Width of a run's sign and word side by side. */
static double full_width(const Run *run)
{
    double word = chart_text_width(run->word, INK_TEXT);

    return run->point->status == CHART_MASKED ? BOX + 5 + word : word;
}

/* Whether the word fits between the runs before and after; *ret_x is where it starts. */
static bool word_fits(const ChartPlan *plan, int row, const Run *run, double left, double *ret_x)
{
    double need = full_width(run), right = plan->width;
    double middle = (chart_column_x(plan, run->from) + chart_column_x(plan, run->to)) / 2;
    double roomy = plan->column * ((double)(run->to - run->from) + 1.9);
    Run after;

    if (next_run(plan, row, run->to + 1, &after))
        right = chart_column_x(plan, after.from) - BOX / 2 - 4;
    *ret_x = fmax(left, fmin(middle - need / 2, right - need));
    return need <= roomy && right - left >= need &&
           fabs(*ret_x + need / 2 - middle) <= plan->column / 2 + 8;
}

static void draw_sign(const ChartPlan *plan, ChartPen *pen, const Run *run, ChartXY at)
{
    const char *sign = sign_of(run->point);

    for (size_t c = run->from; c <= run->to; c++) {
        g_autofree char *title =
            chart_point_title(plan->chart, plan->chart->columns[c].label, run->point);
        ChartXY centre = { at.x + plan->column * (double)(c - run->from), at.y + 9 };
        double half = fmin(BOX, plan->column - 1) / 2;
        ChartBox box = { centre.x - half, centre.y - BOX / 2, 2 * half, BOX };

        if (!sign)
            chart_hatch(pen, &box, title);
        else if (run->point->status == CHART_NOT_TESTED)
            chart_mark(pen, INK_SIGN, CHART_CROSS, centre, fmin(3.5, half), title);
        else if (run->point->status == CHART_QUALITATIVE)
            chart_mark(pen, INK_MARK + 3, CHART_DIAMOND, centre, fmin(5, half), title);
        else
            chart_line(pen, INK_SIGN, (ChartXY){ centre.x - fmin(4, half), centre.y },
                       (ChartXY){ centre.x + fmin(4, half), centre.y });
    }
}

static void draw_word(const ChartPlan *plan, ChartPen *pen, const Run *run, ChartXY at)
{
    g_autofree char *title =
        run->from == run->to
            ? chart_point_title(plan->chart, plan->chart->columns[run->from].label, run->point)
            : g_strdup(run->word);
    ChartBox box = { at.x, at.y + 3, BOX, BOX };

    if (run->point->status == CHART_MASKED) {
        chart_hatch(pen, &box, title);
        at.x += BOX + 5;
    }
    chart_text(pen, INK_TEXT, (ChartXY){ at.x, at.y + 13.5 }, CHART_START, run->word);
}

/* One lane; without a pen, tells by a bit per status whose words had no room. */
static unsigned walk_lane(const ChartPlan *plan, int lane, ChartPen *pen)
{
    int row = plan->lane_row[lane];
    double y = plan->lane_y + lane * LANE, left = 0, x;
    unsigned wordless = 0;
    Run run;

    for (size_t c = 0; next_run(plan, row, c, &run); c = run.to + 1) {
        if (word_fits(plan, row, &run, left, &x)) {
            left = x + full_width(&run) + 8;
            if (pen)
                draw_word(plan, pen, &run, (ChartXY){ x, y });
            continue;
        }
        wordless |= 1u << run.point->status;
        left = chart_column_x(plan, run.to) + BOX / 2 + 4;
        if (pen)
            draw_sign(plan, pen, &run, (ChartXY){ chart_column_x(plan, run.from), y });
    }
    return wordless;
}

void chart_lanes_draw(const ChartPlan *plan, ChartPen *pen)
{
    for (int i = 0; i < plan->n_lanes; i++) {
        double y = plan->lane_y + i * LANE + 9;
        size_t row = (size_t)plan->lane_row[i];

        walk_lane(plan, i, pen);
        if (row > 0 || plan->n_lanes > 1) /* whose lane it is */
            chart_mark(pen, INK_MARK + (ChartInk)row, chart_series_shape(row), (ChartXY){ 8, y }, 4,
                       plan->chart->rows[row].name);
    }
}

void chart_lanes_key(ChartPlan *plan)
{
    unsigned wordless = 0;

    for (int i = 0; i < plan->n_lanes; i++)
        wordless |= walk_lane(plan, i, NULL);
    if (wordless & 1u << CHART_MASKED)
        chart_key_add(&plan->foot, KEY_MASKED, 0, _("hidden"));
    if (wordless & (1u << CHART_MISSING | 1u << CHART_OK))
        chart_key_add_sign(&plan->foot, "–", _("no data"));
    if (wordless & 1u << CHART_NOT_TESTED)
        chart_key_add_sign(&plan->foot, "×", _("not tested"));
    if (wordless & 1u << CHART_QUALITATIVE)
        chart_key_add_sign(&plan->foot, "◆", _("assessed without a number"));
}
