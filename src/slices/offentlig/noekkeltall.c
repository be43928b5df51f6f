/* noekkeltall.c - the newest national tests of a municipality beside county and nation.
 *
 * Read from the public statistics alone and through the gate for the public; what its uncertainty
 * cannot bear is not said.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "noekkeltall.h"
#include <math.h>
#include "indikator.h"

/* Scale points that each axis covers, so that the three charts can be laid side by side. */
#define AXIS_LOW 45
#define AXIS_HIGH 55

static const char *verdict(Stands stands)
{
    switch (stands) {
    case STANDS_BELOW:
        return _("clearly below the nation");
    case STANDS_ABOVE:
        return _("clearly above the nation");
    case STANDS_LEVEL:
        return _("no certain difference from the nation");
    case STANDS_UNKNOWN:
        break;
    }
    return "";
}

static ChartPoint point_of(const Cell *cell)
{
    static const ChartStatus statuses[] = { [VALUE_OK] = CHART_OK,
                                            [VALUE_MASKED] = CHART_MASKED,
                                            [VALUE_MISSING] = CHART_MISSING,
                                            [VALUE_NOT_TESTED] = CHART_NOT_TESTED,
                                            [VALUE_QUALITATIVE] = CHART_MISSING };
    ChartPoint point = { .value = NAN, .uncertainty = NAN, .status = statuses[cell->status] };

    if (cell->status == VALUE_OK) {
        point.value = cell->value;
        point.uncertainty = cell->uncertainty;
    }
    return point;
}

/* The municipality and its county as dots with their intervals. */
static const Chart *chart_of(Req *req, const Matrix *m, size_t i, size_t period, const KeyFigure *f)
{
    size_t nation = m->n_units - 1;
    ChartPoint *points = arena_alloc(req->arena, 2 * sizeof(ChartPoint));
    ChartRow *rows = arena_alloc(req->arena, 2 * sizeof(ChartRow));
    Chart *chart = arena_alloc(req->arena, sizeof(Chart));
    const size_t units[] = { 0, nation - 1 };

    for (size_t k = 0; k < G_N_ELEMENTS(units); k++) {
        points[k] = point_of(&matrix_at(m, units[k], i, period)->cell);
        rows[k] =
            (ChartRow){ .name = m->units[units[k]].name, .points = &points[k], .own = k == 0 };
    }
    *chart = (Chart){ .kind = CHART_COMPARE,
                      .id = arena_printf(req->arena, "np%s-%zu", m->units[0].code, i),
                      .title = f->subject,
                      .reading = arena_printf(req->arena, "%s: %s, %s.", m->units[0].name, f->value,
                                              f->verdict),
                      .unit = indikator_unit_name(m->indicators[i].unit),
                      .decimals = m->indicators[i].decimals,
                      .low = AXIS_LOW,
                      .high = AXIS_HIGH,
                      .reference_name = m->units[nation].name,
                      .reference = point_of(&matrix_at(m, nation, i, period)->cell),
                      .rows = rows,
                      .n_rows = G_N_ELEMENTS(units) };
    return chart;
}

static void add_figure(Req *req, const Matrix *m, size_t i, size_t period, OwnerView *ret)
{
    KeyFigure *f = &ret->figures.v[ret->figures.n++];
    size_t nation = m->n_units - 1, county = m->n_units - 2;
    const Cell *own = &matrix_at(m, 0, i, period)->cell,
               *land = &matrix_at(m, nation, i, period)->cell;

    *f = (KeyFigure){ .subject = m->indicators[i].name,
                      .value = indikator_cell_text(req->arena, &m->indicators[i], own, true),
                      .county = indikator_cell_text(req->arena, &m->indicators[i],
                                                    &matrix_at(m, county, i, period)->cell, false),
                      .nation = indikator_cell_text(req->arena, &m->indicators[i], land, false),
                      .verdict = verdict(indikator_stands(own, land)) };
    f->chart = chart_of(req, m, i, period, f);
}

/* The newest period not later than the owner's day in which the municipality itself has a value. */
static bool newest(const Matrix *m, const char *year, size_t *ret)
{
    bool found = false;

    for (size_t p = 0; p < m->n_periods; p++)
        for (size_t i = 0; i < m->n_indicators; i++)
            if (strcmp(m->periods[p], year) <= 0 && matrix_at(m, 0, i, p)->known) {
                *ret = p;
                found = true;
            }
    return found;
}

bool offentlig_key_figures(Req *req, const Eier *eier, const char *today, OwnerView *ret,
                           GError **error)
{
    static const char *const codes[] = { "NP.LES.5", "NP.REG.5", "NP.ENG.5", NULL };
    char year[DATE_TEXT];
    g_autoptr(GError) why = NULL;
    UnitRefList units;
    UnitRef unit;
    size_t period;
    Matrix m;

    if (!indikator_public_unit(req->db, req->arena, eier->number, &unit, &why))
        return g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND) || app_pass(error, &why);
    if (!indikator_peers(req->db, req->arena, &unit, &units, error))
        return false;
    const MatrixSpec spec = { .audience = AUDIENCE_PUBLIC,
                              .lang = req->lang,
                              .today = today,
                              .units = units.v,
                              .n_units = units.n,
                              .indicators = codes };
    if (!indikator_matrix(req->db, req->arena, &spec, &m, error))
        return false;
    if (units.n < 3 || !newest(&m, date_school_year(today, year), &period))
        return true;
    ret->figures.v = arena_alloc(req->arena, m.n_indicators * sizeof(KeyFigure));
    for (size_t i = 0; i < m.n_indicators; i++)
        add_figure(req, &m, i, period, ret);
    ret->figures_of = m.periods[period];
    ret->county = units.v[units.n - 2].name;
    ret->uncertainty = indikator_uncertainty_legend();
    ret->figures_source =
        _("Source: the Directorate for Education (Udir), national tests. Licence: NLOD 2.0.");
    return true;
}
