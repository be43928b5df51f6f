/* figur.h - charts and files made of a matrix that has passed the gate.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "chart.h"
#include "indikator.h"

/* The newest period in which a unit has something stored, masked or not; n_periods when none. */
size_t indikator_newest(const Matrix *matrix, size_t unit, size_t indicator);

/* Why a period of a matrix cannot be held against the one before it; NULL: it can, or is the first. */
const char *indikator_broke_before(const Matrix *matrix, size_t indicator, size_t period);

/**
 * One indicator over time: bars of the first unit when it is quarterly, else lines of all units.
 * Returns a chart in the arena, or NULL when nothing is known.
 */
const Chart *indikator_figure(Arena *arena, const Matrix *matrix, size_t indicator);

/**
 * The same beside its control chart: with limits, or years put together, lines take the place of bars.
 *   control  of the first unit and indicator, as long as indikator_places() of the periods; NULL: none.
 *   target   a line with target_name; NAN: none.
 *   lines    the other units too, where bars would show the first alone.
 */
typedef struct {
    const ControlChart *control;
    double target;
    const char *target_name;
    bool lines;
} FigureBeside;
const Chart *indikator_figure_beside(Arena *arena, const Matrix *matrix, size_t indicator,
                                     const FigureBeside *beside);

/**
 * One indicator in one period, unit by unit; units without anything stored are left out.
 *   own        index of the reader's unit, or SIZE_MAX.
 *   reference  index of the unit that is drawn as a rule across, or SIZE_MAX.
 * Returns NULL when fewer than two units are left.
 */
typedef struct {
    size_t indicator, period, own, reference;
} FigureCompare;
const Chart *indikator_figure_compare(Arena *arena, const Matrix *matrix,
                                      const FigureCompare *what);

/* "In 2025/26, Hustadvika kommune had 47 ±1,3 (136): clearly below Norway, 49 ±0,1." */
const char *indikator_reading(Arena *arena, const Matrix *matrix, size_t indicator);

/**
 * One indicator as a table for spreadsheets: UTF-8 with byte order mark, semicolons, CRLF, the decimal
 * mark of the thread's language. With a control chart of the first unit (or NULL) there are four more
 * columns: snitt, nedre, ovre, signal. Text that a spreadsheet would run as a formula gets an apostrophe.
 * Returns a new string, g_free it.
 * Source of the apostrophe: OWASP, "CSV Injection".
 */
char *indikator_csv(const Matrix *matrix, size_t indicator, const ControlChart *control,
                    size_t *ret_size);
/* One field of it: quoted where needed, defused. Appended to `out`. */
void indikator_csv_text(GString *out, const char *text);
