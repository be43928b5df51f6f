/* sdc-inside.h - what the parts of the disclosure-control engine know of each other.
 *
 * The common coin is the move: a change of some cells that keeps all equations, together with how far
 * one may go along it, forth and back, while everything published and every limit still holds. A
 * protected cell is safe when the moves through it reach far enough; to publish a hidden cell is to
 * stop the moves that use it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <math.h>
#include "lp.h"
#include "sdc.h"

#define SDC_TINY 1e-7
#define SDC_REACH 16 /* whole numbers are looked for this far to each side of the true one */

typedef struct {
    unsigned cell;
    double coef;
} SdcTerm;

typedef struct SdcShape SdcShape; /* how cells stand in crossed dimensions, see sdc-table.h */

struct SdcProblem {
    GArray *cells; /* SdcCell */
    GArray *terms; /* SdcTerm, row after row */
    GArray *rows;  /* unsigned: where the terms of each row begin; one more at the end */
    SdcShape *shape;
    void (*shape_free)(SdcShape *shape);
};

typedef struct {
    unsigned n;
    SdcTerm *step;      /* the change of each cell in one step; whole numbers where `whole` */
    double forth, back; /* steps either way, as things are hidden now; >= 0 */
    bool whole;         /* every step leads to whole numbers in all whole cells */
} SdcMove;

/* What the moves say of one protected cell. */
typedef struct {
    double up, down;
    uint64_t wholes; /* bit SDC_REACH + d: the true value + d is possible */
} SdcStanding;

typedef struct {
    const SdcProblem *problem;
    const SdcCell *cell;
    unsigned n;
    bool *hidden;       /* by number; open cells only */
    bool *stuck;        /* protected cells that cannot be made safe */
    GPtrArray *moves;   /* SdcMove, owned */
    GPtrArray *by_cell; /* of each cell, GArray of the numbers of moves that change it, or NULL */
    Lp *repair;  /* see sdc-repair.c: two columns for a cell that may differ from its true value */
    bool *whole; /* of the columns */
    unsigned *pair;    /* of a cell; G_MAXUINT when it has no columns */
    unsigned *of_pair; /* the cell */
    unsigned n_pairs;
    bool closed;              /* nothing more may be hidden */
    uint64_t work, most_work; /* a step of a linear program counts by the size of it */
    bool rough;
} SdcWork;

void sdc_work_init(SdcWork *w, const SdcProblem *problem, const SdcOptions *options);
void sdc_work_clear(SdcWork *w);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SdcWork, sdc_work_clear)

/* How far a cell may go down and up from its true value, as things are hidden now. */
void sdc_room(const SdcWork *w, unsigned cell, double *ret_down, double *ret_up);
/* The moves are as many steps as the cell allows; call after hidden[cell] was changed. */
void sdc_hide(SdcWork *w, unsigned cell, bool hide);

/**
 * Take in a change of cells as a move, when it keeps all equations; its cells must be hidden first.
 *   step  n terms, no cell twice; made whole and short when it can be.
 * Returns whether it was taken.
 */
bool sdc_move_add(SdcWork *w, const SdcTerm *step, unsigned n);
SdcStanding sdc_standing(const SdcWork *w, unsigned cell);
/* Whole numbers that a protected cell needs: 2, or its interval. */
unsigned sdc_whole_need(const SdcCell *cell);
unsigned sdc_count_wholes(uint64_t wholes);
bool sdc_enough(const SdcCell *cell, const SdcStanding *standing);

/**
 * A whole point of a linear program as its bounds are now, by branching depth first.
 *   whole  of the columns: must come out whole.
 *   nodes  programs that may be solved yet.
 * The bounds are put back; the point stays in lp. LP_LIMIT: not settled.
 */
LpAnswer sdc_branch(Lp *lp, unsigned n_columns, const bool whole[], unsigned *nodes);

/* Make a cell safe by hiding more (or, once sdc_clean() has begun, without). */
bool sdc_repair_cell(SdcWork *w, unsigned cell);
/* Its linear program hears that a cell was hidden or published. */
void sdc_repair_room(SdcWork *w, unsigned cell);
/* Drop the linear program; the next one has columns only for what may change by then. */
void sdc_repair_end(SdcWork *w);

/* What `steps` of a linear program of so many columns count as work, and how many may be taken. */
uint64_t sdc_weigh(uint64_t steps, unsigned n_columns);
unsigned sdc_steps_left(const SdcWork *w, unsigned n_columns);

/* The parts, in the order they are used. */
void sdc_shape_moves(SdcWork *w);                            /* sdc-moves.c */
void sdc_repair(SdcWork *w);                                 /* sdc-repair.c */
void sdc_clean(SdcWork *w);                                  /* sdc-clean.c */
void sdc_bounds(SdcWork *w, SdcResult *result, bool settle); /* sdc-attack.c */
