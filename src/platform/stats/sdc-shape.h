/* sdc-shape.h - how the cells of a problem stand in crossed dimensions; sdc-table.c and sdc-moves.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sdc-inside.h"
#include "sdc-table.h"

/* A change of the leaves of one dimension, one up or one up and one down, as all coordinates see it. */
typedef struct {
    unsigned n;
    unsigned *coordinate; /* the first is the one it was made for, and its sign is + */
    signed char *sign;
} SdcTurn;

typedef struct {
    unsigned n_leaves, n_coordinates, n_hierarchies;
    unsigned *group; /* as in SdcDimension */
    size_t stride;
    GArray **turns; /* of each coordinate, SdcTurn; made when first asked for */
} SdcAxis;

struct SdcShape {
    unsigned n_axes;
    SdcAxis *axis;
    size_t n_places;
    unsigned *cell;   /* of each place */
    size_t *place;    /* of each cell of the table */
    unsigned n_cells; /* of the table; what the caller added comes after them */
    unsigned n_rows;
};
