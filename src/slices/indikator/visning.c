/* visning.c - one indicator for one unit: chart, table, comparison, source, and the files of them.
 *
 * Page and files read the same matrix, so what one hides the other hides.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "indikator-sider.h"
#include "visning.html.h"

#define PNG_WIDTH 1360

typedef struct {
    UnitRef unit;
    UnitRefList peers;
    Sight sight;
    bool may_inside; /* the reader may see the owner's view, whatever is chosen */
    Matrix all;      /* as the gate gave it */
    Matrix m;        /* what the choices let show */
    Explore x;
    PeriodPlaces places;
    ControlChart control;
} Looked;

/* A chart that does not suit the figures is a problem of the choice, and the one that suits is drawn. */
static bool compute(Req *req, Looked *l, GError **error)
{
    g_autoptr(GError) why = NULL;
    ControlAsk ask = { .places = &l->places,
                       .profile = l->x.profile,
                       .chart = l->x.chart,
                       .target = l->x.target,
                       .fix_after = l->x.fix_after,
                       .starts = l->x.starts,
                       .excluded = l->x.excluded };

    if (l->m.n_units == 0 || indikator_control_chart(req->arena, &l->m, &ask, &l->control, &why))
        return true;
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        return app_pass(error, &why);
    l->x.problem[X_CHART] = arena_dup(req->arena, why->message);
    ask.chart = CONTROL_SUITS;
    return indikator_control_chart(req->arena, &l->m, &ask, &l->control, error);
}

/* The unit asked for and those beside it, through the gate, and what the choices make of them. */
static bool look(Req *req, Looked *l, GError **error)
{
    OneAsk ask = { .code = req_param(req, "code"), .units = &l->peers };

    *l = (Looked){ .x = indikator_explore_begin(req) };
    ask.as_public = l->x.as_public;
    ask.scale = l->x.scale;
    if (!indikator_chosen_unit(req, &l->unit, error) ||
        !indikator_peers(req->db, req->arena, &l->unit, &l->peers, error) ||
        !indikator_read_one(req, &ask, &l->sight, &l->all, error))
        return false;
    l->may_inside = indikator_sight(req, l->peers.v, l->peers.n).audience == AUDIENCE_INTERNAL;
    indikator_explore_read(req, &l->all.indicators[0], &l->x);
    l->m = indikator_explore_narrow(req, &l->all, &l->x);
    l->places = indikator_places(req->arena, l->m.periods, l->m.n_periods);
    return compute(req, l, error);
}

static const Chart *draw(Req *req, const Looked *l)
{
    const char *against = l->x.typed[X_COMPARE];
    char number[NUM_TEXT];
    const FigureBeside beside = {
        .control = l->control.points ? &l->control : NULL,
        .target = l->x.target,
        .target_name = arena_printf(req->arena, _("target %s"),
                                    num_text(l->x.target, l->m.indicators[0].decimals, number)),
        .lines = *against && strcmp(against, "ingen") != 0,
    };

    return indikator_figure_beside(req->arena, &l->m, 0, &beside);
}

static Notes notes_new(Req *req, size_t room)
{
    return (Notes){ arena_alloc(req->arena, MAX(room, 1) * sizeof(Note)), 0 };
}

static void note(Notes *notes, const char *label, const char *text)
{
    notes->v[notes->n++] = (Note){ label, text };
}

/* --- the table --- */

/* The units of which anything is known, the asker's own always. */
static UnitRefList known_units(Req *req, const Matrix *m)
{
    UnitRefList known = { arena_alloc(req->arena, MAX(m->n_units, 1) * sizeof(UnitRef)), 0 };

    for (size_t u = 0; u < m->n_units; u++)
        if (u == 0 || indikator_newest(m, u, 0) < m->n_periods)
            known.v[known.n++] = m->units[u];
    return known;
}

static TableCells cells_of(Req *req, const Matrix *m, size_t period)
{
    TableCells cells = { arena_alloc(req->arena, MAX(m->n_units, 1) * sizeof(TableCell)), 0 };

    for (size_t u = 0; u < m->n_units; u++) {
        const MatrixCell *c = matrix_at(m, u, 0, period);

        if (u == 0 || indikator_newest(m, u, 0) < m->n_periods)
            cells.v[cells.n++] = indikator_table_cell(req->arena, m, c);
    }
    return cells;
}

static const char *number_or_dash(Req *req, double number, int decimals)
{
    char text[NUM_TEXT];

    return isfinite(number) ? arena_dup(req->arena, num_text(number, decimals, text)) : "–";
}

/* What the control chart has at a period: centre, limits and signal. */
static TableCells control_cells(Req *req, const Looked *l, size_t period)
{
    TableCells cells = { arena_alloc(req->arena, 4 * sizeof(TableCell)), 0 };
    int decimals = l->m.indicators[0].decimals + 1;
    size_t place = 0;

    while (l->places.v[place].period != period)
        place++;
    const ChartControl *c = &l->control.points[place];
    cells.v[cells.n++].text = number_or_dash(req, c->centre, decimals);
    cells.v[cells.n++].text = number_or_dash(req, c->lower, decimals);
    cells.v[cells.n++].text = number_or_dash(req, c->upper, decimals);
    cells.v[cells.n++].text = chart_signal_text(c);
    return cells;
}

static void fill_control(Req *req, const Looked *l, IndicatorView *view)
{
    const ControlChart *control = &l->control;

    if (!view->series)
        return;
    view->control = *control;
    view->reading = indikator_reading(req->arena, &l->m, 0);
    if (!control->limits)
        return;
    view->control_columns = notes_new(req, 4);
    note(&view->control_columns, control->centre_name, "");
    note(&view->control_columns, _("lower limit"), "");
    note(&view->control_columns, _("upper limit"), "");
    note(&view->control_columns, _("signal"), "");
    for (size_t i = 0; i < view->rows.n; i++)
        view->rows.v[i].control = control_cells(req, l, view->rows.n - 1 - i);
}

static void fill_table(Req *req, const Matrix *m, IndicatorView *view)
{
    view->columns = known_units(req, m);
    view->rows = (TableRows){ arena_alloc(req->arena, MAX(m->n_periods, 1) * sizeof(TableRow)), 0 };
    for (size_t p = m->n_periods; p-- > 0;)
        view->rows.v[view->rows.n++] = (TableRow){
            m->periods[p], indikator_broke_before(m, 0, p), cells_of(req, m, p), { 0 }
        };
}

/* Whether a cell of the table has a status. */
static bool any_status(const Matrix *m, ValueStatus status)
{
    for (size_t i = 0; i < m->n_units * m->n_periods; i++)
        if (m->v[i].cell.status == status &&
            (i < m->n_periods || indikator_newest(m, i / m->n_periods, 0) < m->n_periods))
            return true;
    return false;
}

static void fill_legend(Req *req, const Matrix *m, IndicatorView *view)
{
    view->legend = notes_new(req, 5);
    view->past = indikator_past_notes(req->arena, m);
    if (any_status(m, VALUE_MASKED))
        note(&view->legend, "*", skjerming_legend());
    if (any_status(m, VALUE_MISSING))
        note(&view->legend, "–", _("No figures."));
    if (view->past.n)
        note(&view->legend, "†", _("Computed from published figures."));
    if (!strcmp(m->indicators[0].unit, "skalapoeng")) {
        note(&view->legend, "±", indikator_uncertainty_legend());
        note(&view->legend, "(136)", _("The number of pupils behind a result."));
    }
}

/* --- what is said beside the figures --- */

static void fill_quarters(Req *req, const Matrix *m, IndicatorView *view)
{
    size_t last = indikator_newest(m, 0, 0);
    char text[NUM_TEXT];
    double number;

    view->facts = notes_new(req, 2);
    if (strcmp(m->indicators[0].period, "kvartal") || last == m->n_periods)
        return;
    if (indikator_year_change(m, 0, 0, last, &number))
        note(&view->facts, _("Against the same quarter a year before"),
             arena_printf(req->arena, _("%s percentage points"),
                          num_text(number, fabs(number - round(number)) < 0.05 ? 0 : 1, text)));
    if (indikator_rolling(m, 0, 0, last, &number))
        note(&view->facts, _("Last four quarters together"),
             arena_dup(req->arena, num_percent(number, 1, text)));
}

static void fill_sources(Req *req, const Matrix *m, IndicatorView *view)
{
    char day[DATE_TEXT], words[DATE_TEXT];

    view->sources = notes_new(req, m->n_units);
    for (size_t u = 0; u < m->n_units; u++) {
        size_t p = indikator_newest(m, u, 0);

        if (p == m->n_periods || !matrix_at(m, u, 0, p)->source)
            continue;
        const MatrixCell *c = matrix_at(m, u, 0, p);
        note(&view->sources, arena_printf(req->arena, "%s, %s", m->units[u].name, m->periods[p]),
             arena_printf(req->arena, _("%s, imported %s"), c->source,
                          date_text(time_date(c->imported_at, day), words)));
    }
}

/* For those who see from within: why each of the hidden cells is hidden. */
static void fill_hidden(Req *req, const Matrix *m, IndicatorView *view)
{
    view->hidden = notes_new(req, m->n_units * m->n_periods);
    for (size_t i = 0; view->internal && i < m->n_units * m->n_periods; i++) {
        const Cell *c = &m->v[i].cell;

        if (c->hidden != HIDDEN_NOT)
            note(&view->hidden,
                 arena_printf(req->arena, "%s, %s", m->units[i / m->n_periods].name,
                              m->periods[i % m->n_periods]),
                 arena_printf(req->arena, "%s (%s)", skjerming_why(c), c->rule));
    }
}

/* --- the comparison --- */

static bool fill_compare(Req *req, const Looked *l, IndicatorView *view, GError **error)
{
    size_t newest = indikator_newest(&l->m, 0, 0), n = l->m.n_periods;
    FigureCompare what = { 0, 0, SIZE_MAX, SIZE_MAX };
    UnitRefList near, all;
    Sight sight;
    Matrix m;

    if (n == 0)
        return true;
    if (!indikator_siblings(req, &l->unit, &near, error))
        return false;
    if (near.n < 2)
        return true;
    all = (UnitRefList){ arena_alloc(req->arena, (near.n + 1) * sizeof(UnitRef)), near.n + 1 };
    memcpy(all.v, near.v, near.n * sizeof(UnitRef));
    all.v[near.n] = l->peers.v[l->peers.n - 1];
    const OneAsk ask = { .code = l->m.indicators[0].code,
                         .units = &all,
                         .only = l->m.periods[newest < n ? newest : n - 1],
                         .as_public = l->x.as_public,
                         .scale = l->x.scale };
    if (!indikator_read_one(req, &ask, &sight, &m, error))
        return false;
    if (m.n_periods == 0)
        return true;
    for (size_t i = 0; i < near.n; i++)
        if (near.v[i].enhet == l->unit.enhet && !strcmp(near.v[i].code, l->unit.code))
            what.own = i;
    what.reference = all.v[near.n].level == 1 ? near.n : SIZE_MAX;
    view->compare = indikator_figure_compare(req->arena, &m, &what);
    if (sight.audience != l->sight.audience)
        view->compare_audience = indikator_audience_text(sight.audience);
    return true;
}

/* --- answers --- */

static Url file_url(Req *req, const Looked *l, const char *format)
{
    return indikator_explore_url(
        req, indikator_about_url(req, format, l->m.indicators[0].code, &l->unit), &l->x);
}

static void fill_words(Req *req, const Looked *l, IndicatorView *view)
{
    const Indicator *about = &l->m.indicators[0];

    view->name = about->name;
    view->code = about->code;
    view->explain = about->explain;
    view->unit = l->unit.name;
    view->unit_word = indikator_unit_name(about->unit);
    view->source = indikator_source_name(about->source);
    view->from_udir = g_str_has_prefix(about->source, "udir");
    view->differs = indikator_differences(req->arena, about);
    view->corrected = l->x.scale == SCALE_CORRECTED && !l->x.problem[X_SCALE];
    view->word_means = indikator_unit_legend(about, &view->word);
    view->internal = l->sight.audience == AUDIENCE_INTERNAL;
    view->audience = indikator_audience_text(l->sight.audience);
    view->caption = arena_printf(req->arena, "%s (%s)", about->name, view->unit_word);
    view->back = url_with(req->arena, url_for(req->arena, "/indikatorer"), "enhet",
                          indikator_unit_key(req->arena, &l->unit));
    view->svg = file_url(req, l, "/indikatorer/%s/figur.svg");
    view->png = file_url(req, l, "/indikatorer/%s/figur.png");
    view->csv = file_url(req, l, "/indikatorer/%s/figur.csv");
    view->beside = indikator_about_url(req, "/indikatorer/%s/sammenlign", about->code, &l->unit);
    view->spread = indikator_about_url(req, "/indikatorer/%s/spredning", about->code, &l->unit);
    if (view->internal)
        view->unseen = file_url(req, l, "/skjerming/%s");
}

static bool show_looked(Req *req, Looked *l, GError **error)
{
    IndicatorView view = { 0 };

    fill_words(req, l, &view);
    view.series = draw(req, l);
    if (!fill_compare(req, l, &view, error) ||
        !indikator_explore_form(req, &l->unit, &l->all, &l->x, l->may_inside, &view.form, error))
        return false;
    fill_table(req, &l->m, &view);
    fill_control(req, l, &view);
    fill_legend(req, &l->m, &view);
    fill_quarters(req, &l->m, &view);
    fill_sources(req, &l->m, &view);
    fill_hidden(req, &l->m, &view);
    indikator_visning(req_page(req, view.form.fails ? 422 : 200, view.name), &view);
    if (!req->user && !view.form.fails)
        req_cacheable(req);
    return true;
}

bool indikator_show_one(Req *req, GError **error)
{
    Looked l;

    return look(req, &l, error) && show_looked(req, &l, error);
}

static const char *file_name(Req *req, const Looked *l, const char *ending)
{
    return arena_printf(req->arena, "%s-%s.%s", l->m.indicators[0].code,
                        indikator_unit_key(req->arena, &l->unit), ending);
}

/* What a file is made of. An address that cannot be understood gets the page that says why. */
static bool look_file(Req *req, Looked *l, bool *ret_said, GError **error)
{
    if (!look(req, l, error))
        return false;
    *ret_said = indikator_explore_fails(&l->x);
    return !*ret_said || show_looked(req, l, error);
}

static bool look_chart(Req *req, Looked *l, const Chart **ret, bool *ret_said, GError **error)
{
    if (!look_file(req, l, ret_said, error))
        return false;
    *ret = draw(req, l);
    return *ret || *ret_said || req_not_found(req, error);
}

bool indikator_send_svg(Req *req, GError **error)
{
    g_autofree char *svg = NULL;
    const Chart *chart;
    size_t size;
    bool said;
    Looked l;

    if (!look_chart(req, &l, &chart, &said, error))
        return false;
    if (said)
        return true;
    svg = chart_svg(chart, &size);
    return req_download(req, "image/svg+xml", file_name(req, &l, "svg"), svg, size);
}

bool indikator_send_png(Req *req, GError **error)
{
    g_autoptr(GBytes) png = NULL;
    const Chart *chart;
    size_t size;
    bool said;
    Looked l;

    if (!look_chart(req, &l, &chart, &said, error))
        return false;
    if (said)
        return true;
    if (!chart_png(chart, PNG_WIDTH, &png, error))
        return false;
    const char *data = g_bytes_get_data(png, &size);

    return req_download(req, "image/png", file_name(req, &l, "png"), data, size);
}

bool indikator_send_csv(Req *req, GError **error)
{
    g_autofree char *csv = NULL;
    size_t size;
    bool said;
    Looked l;

    if (!look_file(req, &l, &said, error))
        return false;
    if (said)
        return true;
    csv = indikator_csv(&l.m, 0, l.control.limits ? &l.control : NULL, &size);
    return req_download(req, "text/csv; charset=utf-8", file_name(req, &l, "csv"), csv, size);
}
