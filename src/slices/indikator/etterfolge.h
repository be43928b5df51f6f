/* etterfolge.h - which units came of which, so that a series can be told further back than its unit.
 *
 * A published figure stays with the unit that had it. Where a successor has none for a period before its
 * day, one can be computed from all of its parts, and from nothing less.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "samle.h"

/* A unit that came of others on a day. */
typedef struct {
    size_t into;      /* index among the units */
    const char *date; /* "YYYY-MM-DD": before it there were the parts */
    size_t *parts;    /* indices; `into` itself when it stood before and others came to it */
    size_t n_parts;
    const char
        *parted;     /* "5012": of this one only a part went over, so nothing is computed; NULL */
    bool renumbered; /* one municipality, another number: its figures are its own */
} Origin;

typedef struct {
    UnitRef *units; /* those asked for first, then all they came of */
    size_t n_units, n_asked;
    Origin *v; /* of one unit, newest first */
    size_t n;
} Origins;

/**
 * What the units of a matrix came of, as far back as is known: municipalities by SSB's list of changes
 * (names, numbers and merges follow; splits and moved boundaries never), the owner's units by what the
 * owner has said of them. Nothing when all came to be before the periods asked for.
 * Errors: APP_ERROR_DB. Source: domain.md 12, vector 17; EXPECT O9.
 */
bool indikator_origins(Db *db, Arena *arena, const MatrixSpec *spec, Origins *ret, GError **error);

/* Whether a period belongs in the matrix for what a unit asked for may be computed in it. */
bool indikator_origins_want(const Origins *origins, const char *period);

/**
 * Fill what is not known of the units asked for, from the figures of their parts in the same matrix.
 *   m  has passed the gate, with all units of `origins`: what an audience may not see of a part is not
 *      reckoned with, so a sum gives no part away. What is computed passes the gate itself.
 * Errors: APP_ERROR_INVALID (a rule is not in force), APP_ERROR_DB.
 */
bool indikator_back_cast(Db *db, Arena *arena, const MatrixSpec *spec, const Origins *origins,
                         Matrix *m, GError **error);

/* "Eide (1551)"; the name alone when there is no number. In the arena, or the unit's. */
const char *indikator_named(Arena *arena, const UnitRef *unit);

typedef struct {
    char first[11], after[11]; /* its first day, and the first one after it */
} PeriodDays;

/* "2022/23" begins on 2022-08-01; also "2012", "2012K3", "2012-11". */
PeriodDays indikator_period_days(const char *period);

/* The cell's part in the gate: what kind of measure it is, and whose distribution it is part of (0:
 * none). */
Measure indikator_measure(const Indicator *indicator);
int64_t indikator_distribution(const char *code);
