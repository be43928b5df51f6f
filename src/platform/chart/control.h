/* control.h - from a series of shown values to a control chart and its sentence.
 *
 * spc.h reckons and spc-words.h words; this says from how many points there is anything to reckon, keeps
 * what lies on each side of a series break apart, and gives what a Chart draws. The thresholds are
 * published on the page that explains the rules, from the numbers here.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "chart.h"
#include "spc-words.h"

/* Points between two series breaks, or in a phase, before limits are drawn and signals looked for:
 * measured by month or quarter, and by year. Yearly figures get no trial limits: a series of twelve
 * years or fewer is better served by uncertainty and by years put together.
 * Source: SPC_WORDS_FEWEST and SPC_WORDS_CERTAIN; design.md 6 for yearly figures. */
#define CONTROL_FEWEST SPC_WORDS_FEWEST
#define CONTROL_FEWEST_YEARLY SPC_WORDS_CERTAIN

typedef struct {
    SpcChart chart; /* not SPC_MR or SPC_T */
    SpcProfile profile;
    SpcBetter better;
    double target; /* in the unit of the drawing; NAN: none */
    double factor; /* a rate times this is in the unit of the drawing: 100 for per cent; else 1 */
    bool yearly;
    size_t fix_after; /* as SpcSpec */
    int decimals;     /* of the numbers in sentences */
} ControlSpec;

/* Borrowed for the call. value and n are NAN where there is no figure and where it is hidden. */
typedef struct {
    const double *value, *n;   /* n: denominators where the chart has them; else NULL */
    const char *const *period; /* what the sentences call the points */
    const bool *broke;         /* a series break stands before the point; NULL: none */
    const bool *starts;        /* a new phase starts here; NULL: none */
    const bool *excluded;      /* NULL: none */
    size_t count;
} ControlSeries;

typedef struct {
    ChartControl *points;    /* count of them, for Chart.control */
    const char *centre_name; /* "mean" or "median" */
    bool limits;             /* anything is drawn: else there were too few points */
    bool pooled;             /* what is drawn is periods put together, not limits */
    SpcSays says;
    size_t n;              /* points that count in the newest phase */
    const char *sentence;  /* what the series says, with a full stop */
    const char *more;      /* a second sentence: both means of the newest rebase, or what periods
                                put together give; NULL: none */
    const char *assurance; /* how the target stands to the limits; NULL: none */
    const char *method;    /* which chart and which rules: "XmR chart · rules: ..." */
} ControlChart;

/**
 * Work out a control chart, one part between two series breaks at a time.
 *   arena  keeps *ret; texts are in the thread's language (i18n_use).
 * The sentence is about what comes after the newest break. A phase with fewer points than the threshold
 * has its centre drawn, and neither limits nor signals.
 * Errors: APP_ERROR_INVALID, as spc_compute.
 */
bool control_compute(Arena *arena, const ControlSpec *spec, const ControlSeries *series,
                     ControlChart *ret, GError **error);

/* Names for people, translated: "p′ chart (shares, with their own spread)", "NHS “Making Data Count”". */
const char *control_chart_name(SpcChart chart);
const char *control_profile_name(SpcProfile profile);
/* "The target is met every time, as long as nothing changes: ..."; NULL for none. */
const char *control_assurance_text(SpcAssurance assurance);
