/* noekkeltall.c - the newest national tests of a municipality beside county and nation.
 *
 * Read from the public statistics alone and through the gate for the public; what its uncertainty
 * cannot bear is not said.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "noekkeltall.h"
#include "indikator.h"

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
    ret->figures_source =
        _("Source: the Directorate for Education (Udir), national tests. Licence: NLOD 2.0.");
    return true;
}
