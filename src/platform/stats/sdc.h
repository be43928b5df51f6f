/* sdc.h - disclosure control: which cells of a set of tables to hide, and the proof that it is enough.
 *
 * A problem is a list of cells and equations between them; every margin, share and mean of every
 * table that will be or has been published is in it. Some cells are protected: when all is out,
 * nobody may be able to work out their value, nor narrow it below an interval. Hiding these alone
 * never does, so other cells are hidden with them.
 *
 * The attacker knows each published cell (or what its rounding tells), the limits of every cell, all
 * equations and which cells hold whole numbers. He does not know which hidden cells are protected.
 * For each protected cell the answer tells the interval he can work out by linear programming and
 * how many whole numbers we have shown to be possible, each by a whole other set of tables that
 * agrees with everything published (a *move* away from the true one). A number that was not shown
 * to be possible counts as impossible.
 *
 * Same problem, same answer: limits are counted in steps, never in seconds. Method and sources:
 * docs/decisions/0012-disclosure-control.md.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* Of the method: another one when the same problem may get another answer. */
#define SDC_VERSION "sdc-1"

typedef enum {
    SDC_OPEN, /* is published or hidden, as the engine finds best */
    SDC_OUT,  /* is out already, or will be whatever happens: cannot be hidden */
    SDC_NEVER /* stands in no table: a part that only sums are shown of */
} SdcUse;

typedef struct {
    double value;                  /* the true one */
    double lower, upper;           /* what anybody knows without the tables: 0, INFINITY */
    double tell_lower, tell_upper; /* what is known once it is published: value, value if exact */
    double cost;                   /* > 0: how much is lost by hiding it */
    double interval;               /* > 0: protected, and this wide at least; 0: not protected */
    bool whole;                    /* a whole number, and known to be one */
    SdcUse use;
} SdcCell;

/* A cell with a whole number >= 0 that is published exactly, of cost 1, unprotected. */
SdcCell sdc_count(double value);

typedef struct SdcProblem SdcProblem;

SdcProblem *sdc_new(void);
void sdc_free(SdcProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SdcProblem, sdc_free)

/* Add a cell; returns its number, from 0. */
unsigned sdc_add(SdcProblem *problem, const SdcCell *cell);
/* A cell to read or change until sdc_protect(); valid until the next sdc_add(). */
SdcCell *sdc_cell(SdcProblem *problem, unsigned cell);
unsigned sdc_n_cells(const SdcProblem *problem);

/**
 * Say that the sum of coef[i] x cells[i] never changes: whatever the true values give is known to
 * all. A total is { parts..., total } with { 1, ..., 1, -1 }. A mean that is published with one
 * decimal is a cell of its own: the sum it is made of (levels times counts), tied to its parts by an
 * equation, with tell_lower and tell_upper from the rounding.
 *   coef  whole numbers where all cells are whole.
 */
void sdc_equate(SdcProblem *problem, unsigned n, const unsigned cells[], const double coef[]);

typedef struct {
    uint64_t work;   /* steps at most, 0 for the default; see SdcResult.work */
    bool rough;      /* no search for a cheaper pattern beyond the first one */
    bool only_proof; /* hide nothing more than `hidden`, see sdc_attack() */
} SdcOptions;

typedef struct {
    unsigned n;        /* cells of the problem */
    bool *hidden;      /* n: open cells that must be hidden, the protected ones among them */
    double *lower;     /* n: what the attacker can narrow a protected cell to; NAN for others */
    double *upper;     /*    INFINITY when there is no limit */
    unsigned *whole;   /* n: whole numbers shown to be possible, at most 33; 0 where not asked */
    bool *safe;        /* n: for protected cells: interval, whole numbers and value inside */
    unsigned n_hidden; /* all hidden cells */
    unsigned n_protected;
    unsigned n_unsafe;  /* protected cells that cannot be made safe, for instance already out */
    bool exact;         /* lower and upper are the attacker's; else he may know less, never more */
    const char *method; /* in a few words, English */
    uint64_t work;      /* steps taken */
    double seconds;
} SdcResult;

/* Choose what to hide, and prove it. Never fails: what cannot be protected is counted in n_unsafe. */
SdcResult *sdc_protect(const SdcProblem *problem, const SdcOptions *options);

/**
 * The attacker alone, on a pattern that somebody else made.
 *   hidden  of each cell; only open ones can be.
 * lower and upper are exact; `whole` is the number of whole numbers that are possible where that
 * could be settled, at most 33. A cell whose `whole` is 1 is pinned down.
 */
SdcResult *sdc_attack(const SdcProblem *problem, const bool hidden[], const SdcOptions *options);

void sdc_result_free(SdcResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SdcResult, sdc_result_free)
