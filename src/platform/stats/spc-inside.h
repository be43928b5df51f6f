/* spc-inside.h - what the files of spc share. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "spc.h"

/* One phase while it is worked out: points [first, end) of the series. */
typedef struct {
    const SpcSpec *spec;
    const SpcSeries *series;
    SpcPoint *point; /* of the whole series */
    SpcPhase *phase;
    size_t first, end;
    size_t base_end; /* centre and limits come from [first, base_end) */
} SpcPart;

static inline bool spc_excluded(const SpcPart *part, size_t i)
{
    return part->spec->excluded && part->spec->excluded[i];
}

/* -1, 0 or 1: which side of its centre a point is on. */
static inline int spc_side(const SpcPoint *p)
{
    return (p->value > p->centre) - (p->value < p->centre);
}

void spc_limits(SpcPart *part, Arena *arena); /* spc-limits.c: centre, lower, upper */
void spc_runs(SpcPart *part);                 /* spc-runs.c: runs and crossings of the phase */
void spc_rules(SpcPart *part, Arena *arena);  /* spc-rules.c: what each point broke */
