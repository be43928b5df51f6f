/* regeleksempler.h - the examples on the page of the rules, so that a test can hold them to what they show.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

typedef struct {
    const char *name, *text; /* msgids */
    const char *values;      /* invented, blanks between */
    double target;           /* NAN: none */
    size_t start;            /* a new phase begins at this point; 0: none */
    SpcSays says;            /* what it is an example of */
    const char *phrase;      /* in its sentence in English; NULL: none */
} RuleSample;

#define N_RULE_SAMPLES 8
extern const RuleSample indikator_rule_samples[N_RULE_SAMPLES];
/* An example worked out; sickness absence in per cent by month, where lower is better. */
typedef struct {
    double *value;
    const char **period;
    size_t n;
    ControlChart control;
} RuleWorked;
bool indikator_rule_work(Arena *arena, const RuleSample *sample, RuleWorked *ret, GError **error);
