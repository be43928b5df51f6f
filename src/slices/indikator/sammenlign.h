/* sammenlign.h - a unit beside others of its kind, within the limits of chance, and how different the
 * units of one municipality are; rows as the pages show them. Nothing here is ranked.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "funnel.h"
#include "indikator-sider.h"
#include "spread.h"

/**
 * The funnel that suits the figures of one indicator in one period, and why there is none.
 *   unit_count first units of the matrix are held against `reference` (an index in it).
 * Shares of people: exact binomial limits. Means with a printed uncertainty: the standard deviation
 * between people that those uncertainties tell. Others have no limits: *ret_why is then translated.
 */
bool indikator_funnel(const Matrix *matrix, size_t period, size_t unit_count, size_t reference,
                      Funnel *ret, const char **ret_why);
/* The variance of the sampling error of a shown figure; NAN when it cannot be told. */
double indikator_sampling_variance(const Indicator *about, const MatrixCell *cell);
/* "within what chance gives a group of this size"; translated, lives for ever. */
const char *indikator_place_text(FunnelPlace place);

typedef struct {
    const char *name, *figure, *people, *place;
    bool own, hidden;
} CompareRow;

typedef struct {
    CompareRow *v;
    size_t n;
} CompareRows;

typedef struct {
    const char *name, *unit, *unit_word, *audience, *sentence, *outside, *method;
    const char *typed, *problem, *tied; /* of the chosen municipalities */
    const char *reference;              /* "Norge: 50 ±0,1" */
    Url back, self, spread;
    UnitOptions units;
    Choices groups, periods;
    bool choosing, fails; /* choosing: the municipalities are the asker's choice */
    const Chart *chart;
    CompareRows rows;
} CompareView;

typedef struct {
    const char *period, *broke, *units, *between, *interval, *range;
} SpreadRow;

typedef struct {
    SpreadRow *v;
    size_t n;
} SpreadRows;

typedef struct {
    const char *name, *unit, *unit_word, *audience, *sentence, *more;
    Url back, self, compare;
    UnitOptions units;
    const Chart *chart;
    SpreadRows rows;
} SpreadView;

bool indikator_show_comparison(Req *req, GError **error);
bool indikator_show_spread(Req *req, GError **error);
