/* spc.h - statistical process control: run and control charts with named sets of rules.
 *
 * A series is read in phases. Each has a centre and limits of its own, worked out from its points, and
 * rules tell which points are more than chance (special cause). No set of rules is the only right one,
 * so each has a name and a source, and what is drawn says which one it used:
 *
 *   nhs-r              Making Data Count, as the R package NHSRplotthedots 0.2.2 reckons: limits at
 *                      2.66 mean moving ranges after one screening of ranges above 3.267 times their
 *                      mean; beyond a limit; 7 on one side; 7 steadily up or down; 2 of 3 beyond two
 *                      thirds of the way to a limit, all three on one side. Fixed limits hold for the
 *                      first points of every phase.
 *   nhs-r-unscreened   the same without the screening (the spreadsheet edition, and Wheeler 1993).
 *   anhoej             Anhøj & Olesen 2014, as the R package qicharts2 0.8.1 reckons: limits at
 *                      3 / 1.128 screened mean moving ranges; beyond a limit; and for the phase as a
 *                      whole an unusually long run or unusually few crossings of the centre.
 *   western-electric   Western Electric 1956: limits at 3 / 1.128 mean moving ranges; beyond a limit;
 *                      2 of 3 beyond two, 4 of 5 beyond one third of the way on the same side; 8 on
 *                      one side.
 *
 * A point on the centre is on neither side. A missing point takes no part and no moving range is
 * taken across it; runs go on past it. An excluded point is judged by the limits and takes part in
 * nothing else.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arena.h"

typedef enum {
    SPC_XMR, /* individual values; limits from moving ranges */
    SPC_RUN, /* the median, no limits */
    SPC_P,   /* shares: numerator and denominator */
    SPC_PP,  /* p', Laney 2002: shares with more or less spread than binomial */
    SPC_U,   /* rates: events and the size of the area of opportunity */
    SPC_UP,  /* u', Laney 2002 */
    SPC_C,   /* counts with the same opportunity each time */
    SPC_MR,  /* moving ranges themselves */
    SPC_T,   /* time between rare events, on the scale y^(1/3.6), Nelson 1994 */
    SPC_IP,  /* i': measurements over denominators that differ, Taylor 2018 */
    N_SPC_CHARTS
} SpcChart;

typedef enum {
    SPC_NHS_R,
    SPC_NHS_R_UNSCREENED,
    SPC_ANHOEJ,
    SPC_WESTERN_ELECTRIC,
    N_SPC_PROFILES
} SpcProfile;

typedef enum { SPC_BETTER_DOWN = -1, SPC_BETTER_NEITHER = 0, SPC_BETTER_UP = 1 } SpcBetter;

/* Rules that a point broke, as bits. The order is that of the words in `oppvekst spc`. */
typedef enum {
    SPC_ABOVE_LIMIT = 1 << 0,
    SPC_BELOW_LIMIT = 1 << 1,
    SPC_SHIFT_ABOVE = 1 << 2,
    SPC_SHIFT_BELOW = 1 << 3,
    SPC_TREND_UP = 1 << 4,
    SPC_TREND_DOWN = 1 << 5,
    SPC_TWO_IN_THREE_ABOVE = 1 << 6,
    SPC_TWO_IN_THREE_BELOW = 1 << 7,
    SPC_FOUR_IN_FIVE_ABOVE = 1 << 8, /* western-electric alone */
    SPC_FOUR_IN_FIVE_BELOW = 1 << 9,
    SPC_RUNS_SIGNAL = 1 << 10 /* of the whole phase: never by itself a special cause of a point */
} SpcRule;
#define N_SPC_RULES 11

typedef enum {
    SPC_NO_POINT, /* missing */
    SPC_COMMON_CAUSE,
    SPC_IMPROVEMENT,
    SPC_CONCERN,
    SPC_NEUTRAL_HIGH,
    SPC_NEUTRAL_LOW
} SpcPointType;

typedef enum {
    SPC_ASSURANCE_NONE, /* no target, no direction or no limits */
    SPC_CONSISTENT_PASS,
    SPC_CONSISTENT_FAIL,
    SPC_INCONSISTENT
} SpcAssurance;

typedef struct {
    SpcChart chart;
    SpcProfile profile;
    SpcBetter better;
    double target;        /* NAN: none */
    const size_t *starts; /* first points of the second and later phases, from 0, ascending */
    size_t n_starts;
    size_t fix_after;     /* > 0: centre and limits from that many first points of a phase: of each
                             phase in the nhs-r profiles, of the first phase in the others */
    const bool *excluded; /* one for each point; NULL: none */
} SpcSpec;

/* value: numerators where the chart has denominators. NAN: missing. */
typedef struct {
    const double *value;
    const double *n; /* denominators; NULL unless the chart has them */
    size_t count;
} SpcSeries;

typedef struct {
    double value; /* what is drawn: the rate, the range, or the value; NAN when missing */
    size_t phase; /* from 0 */
    double centre, lower, upper; /* NAN when there is none */
    double reach; /* 3 sigma, before the end of the scale cut a limit; NAN: none, or no one sigma */
    unsigned rules; /* SpcRule */
    SpcPointType type;
} SpcPoint;

typedef struct {
    size_t first;        /* from 0 */
    size_t n;            /* points that count: neither missing nor excluded */
    size_t n_useful;     /* of them, those not on the centre */
    double centre;       /* NAN: no points */
    double lower, upper; /* NAN: none, or not the same for all points */
    bool trial;          /* 12 points or fewer: too few for limits to be more than a first try */
    size_t longest_run, longest_run_max, crossings, crossings_min;
    bool runs_signal;
} SpcPhase;

typedef struct {
    SpcPoint *point; /* series.count of them */
    size_t n;
    SpcPhase *phase;
    size_t n_phases;
    SpcAssurance assurance; /* the target against the limits of the last point that has any */
    SpcPointType last;      /* of the last point that is not missing */
} Spc;

/**
 * Centre, limits and signals of a series.
 *   arena  keeps *ret.
 * Errors: APP_ERROR_INVALID: a chart without its denominators; a numerator below 0, or above its
 * denominator in p and p'; phases out of order, or outside; a time below 0.
 * Sources: the profiles above; p', u': D. B. Laney, Quality Engineering 14(4), 2002; t: L. S. Nelson,
 * Journal of Quality Technology 26(3), 1994; i': W. A. Taylor, Normalized Individuals chart, 2018.
 * Checked against 137 + 114 answers of the two packages, and Wheeler's and Montgomery's own figures.
 */
bool spc_compute(Arena *arena, const SpcSpec *spec, const SpcSeries *series, Spc *ret,
                 GError **error);

/* The numbers of a profile's rules, as they are reckoned with and as people are told. */
typedef struct {
    size_t shift; /* so many on one side; 0: no such rule */
    size_t trend; /* so many points steadily up or down; 0: no such rule */
    bool two_in_three, four_in_five;
    bool all_on_side; /* 2 of 3: the third must be on that side too, and none beyond the limit */
} SpcNumbers;
const SpcNumbers *spc_profile_numbers(SpcProfile profile);

/* Whether a chart's values are divided by denominators. */
bool spc_divides(SpcChart chart);
/* "xmr", "run", "p", "pp", ...; "nhs-r", ... The second of each finds the code; false: none such. */
const char *spc_chart_code(SpcChart chart);
bool spc_chart_of(const char *code, SpcChart *ret);
const char *spc_profile_code(SpcProfile profile);
bool spc_profile_of(const char *code, SpcProfile *ret);
SpcProfile spc_default_profile(SpcChart chart);         /* nhs-r for xmr, anhoej for the rest */
const char *spc_rule_code(unsigned rule);               /* one bit: "above_limit", ... */
const char *spc_type_code(SpcPointType type);           /* "common_cause", ...; "" when missing */
const char *spc_assurance_code(SpcAssurance assurance); /* "none", "consistent_pass", ... */

/**
 * The longest run and the fewest crossings that chance explains among n useful points.
 * Source: J. Anhøj, Diagnostic value of run chart analysis, PLoS ONE 10(3), 2015: round(log2 n) + 3,
 * and the 5 % quantile of a binomial with n - 1 tries and probability 1/2. Without points both are 0.
 */
void spc_runs_limits(size_t n, size_t *ret_longest_max, size_t *ret_crossings_min);
