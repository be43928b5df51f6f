/* korreksjon.c - national tests 2014-2021 on SSB's corrected scale.
 *
 * It is a straight line for each test and year, so a mean is corrected as a score is, and its uncertainty
 * by the slope alone. What the gate has hidden stays hidden: only what it has let out is reckoned with.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "katalog.h"
#include "korreksjon.sql.h"

static void correct(MatrixCell *cell, const KorreksjonListRow *by)
{
    double slope = by->sd_new / by->sd_old;

    if (cell->cell.status != VALUE_OK)
        return;
    cell->cell.value = slope * (cell->cell.value - by->mean_old) + by->mean_new;
    cell->cell.uncertainty *= slope;
    cell->cell.computed = true;
}

static void correct_period(Matrix *m, size_t indicator, const KorreksjonListRow *by)
{
    for (size_t p = 0; p < m->n_periods; p++) {
        if (strcmp(m->periods[p], by->period))
            continue;
        for (size_t u = 0; u < m->n_units; u++)
            correct(&m->v[(u * m->n_indicators + indicator) * m->n_periods + p], by);
    }
}

bool indikator_correct(Db *db, Matrix *matrix, GError **error)
{
    for (size_t i = 0; i < matrix->n_indicators; i++) {
        g_auto(KorreksjonListRows) rows = { 0 };

        if (!korreksjon_list(db, matrix->indicators[i].code, &rows, error))
            return false;
        for (size_t k = 0; k < rows.n; k++)
            correct_period(matrix, i, &rows.v[k]);
    }
    return true;
}
