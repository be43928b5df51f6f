/* skjulte.h - rows of the page that tells what the public does not see, and what it could see instead.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator-sider.h"

typedef struct {
    const char *what;   /* "2010/11–2012/13 together" */
    const char *answer; /* "Can be shown: 49.1 (30), computed." */
    bool passes;
} TogetherLine;

typedef struct {
    TogetherLine *v;
    size_t n;
} TogetherLines;

typedef struct {
    const char *unit, *period, *figure, *why;
    TogetherLines proposals;
} HiddenLine;

typedef struct {
    HiddenLine *v;
    size_t n;
} HiddenLines;

typedef struct {
    const char *name;
    Url back;
    HiddenLines cells;
    const char *more; /* how many older ones are not listed; NULL: none */
} HiddenView;

/* One of the proposals for a cell: parts that would be shown as one figure. */
typedef struct {
    const char *what;
    size_t *units, *periods; /* indices in the matrix, one for each part */
    const char **codes;      /* of each part */
    size_t n;
} Proposal;

typedef struct {
    Proposal *v;
    size_t n;
} Proposals;

/* --- forslag-sammen.c --- */
/**
 * What could be merged so that something of a hidden cell might be shown: three periods (four
 * quarters), the other grade of the same test or survey, other units that are hidden too.
 *   hidden  for each (unit, period) of the matrix of one indicator: the public does not see it.
 */
Proposals indikator_propose_merges(Arena *arena, const Matrix *m, const bool hidden[], size_t unit,
                                   size_t period);
