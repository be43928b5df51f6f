/* sdc-table.h - a problem of disclosure control made of crossed dimensions with totals and groups.
 *
 * A dimension has leaves, any number of hierarchies that put leaves into groups, and a total. Its
 * coordinates are numbered leaves first, then groups, then the total. A cell stands at one coordinate
 * in each dimension. Of a problem made here the engine knows how its cells stand, and finds moves
 * without a linear program; cells and equations of the caller's own may be added afterwards.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sdc.h"

#define SDC_MAX_DIMENSIONS 12
#define SDC_MAX_CELLS 60000
#define SDC_NO_CELL G_MAXUINT

typedef struct {
    unsigned n_leaves; /* > 0 */
    unsigned n_groups; /* of all hierarchies */
    unsigned n_hierarchies;
    const unsigned *group; /* n_hierarchies x n_leaves: group of a leaf, from 0 over all of them */
} SdcDimension;

typedef struct {
    unsigned n_dimensions; /* 1 to SDC_MAX_DIMENSIONS */
    const SdcDimension *dimension;
    const double *leaf; /* value where all dimensions stand at a leaf; the last one runs fastest */
    unsigned n_margins; /* 0: every combination is published */
    const uint32_t *margin; /* bit d: dimension d is in this published table; its totals are too */
    bool whole;             /* all values are counts */
} SdcTable;

static inline unsigned sdc_coordinates(const SdcDimension *dimension)
{
    return dimension->n_leaves + dimension->n_groups + 1;
}

/**
 * Put the cells and equations of a table into an empty problem. Cells are unprotected, of cost 1, and
 * open, or SDC_NEVER where no published table has them.
 * Errors: APP_ERROR_INVALID when there are more than SDC_MAX_CELLS (told before any are made).
 */
bool sdc_table(SdcProblem *problem, const SdcTable *table, GError **error);

/* The cell at n_dimensions coordinates; SDC_NO_CELL when it is in no published table. */
unsigned sdc_table_cell(const SdcProblem *problem, const unsigned coordinate[]);
