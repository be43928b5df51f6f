/* spc.c - a series read in phases; the words of charts, profiles and signals.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>
#include "spc-inside.h"

static const char *const chart_codes[N_SPC_CHARTS] = { "xmr", "run", "p",  "pp", "u",
                                                       "up",  "c",   "mr", "t",  "ip" };
static const char *const profile_codes[N_SPC_PROFILES] = { "nhs-r", "nhs-r-unscreened", "anhoej",
                                                           "western-electric" };
static const char *const rule_codes[N_SPC_RULES] = {
    "above_limit",        "below_limit",        "shift_above",        "shift_below",
    "trend_up",           "trend_down",         "two_in_three_above", "two_in_three_below",
    "four_in_five_above", "four_in_five_below", "runs_signal"
};
static const char *const type_codes[] = { [SPC_NO_POINT] = "",
                                          [SPC_COMMON_CAUSE] = "common_cause",
                                          [SPC_IMPROVEMENT] = "special_cause_improvement",
                                          [SPC_CONCERN] = "special_cause_concern",
                                          [SPC_NEUTRAL_HIGH] = "special_cause_neutral_high",
                                          [SPC_NEUTRAL_LOW] = "special_cause_neutral_low" };
static const char *const assurance_codes[] = { "none", "consistent_pass", "consistent_fail",
                                               "inconsistent" };

static bool find_code(const char *const *codes, size_t n, const char *code, size_t *ret)
{
    for (size_t i = 0; i < n; i++)
        if (!g_strcmp0(codes[i], code)) {
            *ret = i;
            return true;
        }
    return false;
}

const char *spc_chart_code(SpcChart chart)
{
    return chart_codes[chart];
}

bool spc_chart_of(const char *code, SpcChart *ret)
{
    size_t i;

    if (!find_code(chart_codes, N_SPC_CHARTS, code, &i))
        return false;
    *ret = (SpcChart)i;
    return true;
}

const char *spc_profile_code(SpcProfile profile)
{
    return profile_codes[profile];
}

bool spc_profile_of(const char *code, SpcProfile *ret)
{
    size_t i;

    if (!find_code(profile_codes, N_SPC_PROFILES, code, &i))
        return false;
    *ret = (SpcProfile)i;
    return true;
}

SpcProfile spc_default_profile(SpcChart chart)
{
    return chart == SPC_XMR ? SPC_NHS_R : SPC_ANHOEJ;
}

const char *spc_rule_code(unsigned rule)
{
    for (size_t i = 0; i < N_SPC_RULES; i++)
        if (rule == 1u << i)
            return rule_codes[i];
    return "";
}

const char *spc_type_code(SpcPointType type)
{
    return type_codes[type];
}

const char *spc_assurance_code(SpcAssurance assurance)
{
    return assurance_codes[assurance];
}

bool spc_divides(SpcChart chart)
{
    return chart == SPC_P || chart == SPC_PP || chart == SPC_U || chart == SPC_UP ||
           chart == SPC_IP;
}

static bool point_fails(const SpcSpec *spec, const SpcSeries *series, size_t i, GError **error)
{
    bool share = spec->chart == SPC_P || spec->chart == SPC_PP;
    bool counted = share || spec->chart == SPC_U || spec->chart == SPC_UP || spec->chart == SPC_C ||
                   spec->chart == SPC_T;
    double value = series->value[i], n = series->n ? series->n[i] : NAN;

    if (isinf(value) || isinf(n) || (counted && value < 0))
        return !app_fail(error, APP_ERROR_INVALID, "point %zu: value is not a number of 0 or more",
                         i + 1);
    if (spc_divides(spec->chart) && n < 0)
        return !app_fail(error, APP_ERROR_INVALID, "point %zu: n is below 0", i + 1);
    if (share && n > 0 && value > n)
        return !app_fail(error, APP_ERROR_INVALID, "point %zu: value is larger than n", i + 1);
    return false;
}

static bool check(const SpcSpec *spec, const SpcSeries *series, GError **error)
{
    if (spc_divides(spec->chart) && !series->n)
        return app_fail(error, APP_ERROR_INVALID, "chart %s needs n, the denominators",
                        spc_chart_code(spec->chart));
    for (size_t i = 0; i < spec->n_starts; i++)
        if (spec->starts[i] <= (i ? spec->starts[i - 1] : 0) || spec->starts[i] >= series->count)
            return app_fail(error, APP_ERROR_INVALID,
                            "a phase starts at point %zu: phases must be ascending and inside "
                            "the series of %zu",
                            spec->starts[i] + 1, series->count);
    for (size_t i = 0; i < series->count; i++)
        if (point_fails(spec, series, i, error))
            return false;
    return true;
}

/* What is drawn at point i. */
static double drawn(const SpcSpec *spec, const SpcSeries *series, size_t i)
{
    double value = series->value[i];

    if (spc_divides(spec->chart))
        return series->n[i] > 0 ? value / series->n[i] : NAN;
    if (spec->chart == SPC_MR)
        return i ? fabs(value - series->value[i - 1]) : NAN;
    return value;
}

static void work_out(Arena *arena, const SpcSpec *spec, const SpcSeries *series, Spc *spc, size_t k)
{
    bool every = spec->profile == SPC_NHS_R || spec->profile == SPC_NHS_R_UNSCREENED;
    SpcPart part = { spec, series, spc->point, &spc->phase[k] };

    part.first = k ? spec->starts[k - 1] : 0;
    part.end = k < spec->n_starts ? spec->starts[k] : series->count;
    part.base_end = part.end;
    if (spec->fix_after && (k == 0 || every))
        part.base_end = MIN(part.end, part.first + spec->fix_after);
    part.phase->first = part.first;
    for (size_t i = part.first; i < part.end; i++)
        spc->point[i].phase = k;
    spc_limits(&part, arena);
    spc_runs(&part);
    spc_rules(&part, arena);
}

static SpcAssurance assure(const SpcSpec *spec, const Spc *spc)
{
    const SpcPoint *p = NULL;

    for (size_t i = 0; i < spc->n; i++)
        if (!isnan(spc->point[i].upper))
            p = &spc->point[i];
    if (!p || isnan(spec->target) || spec->better == SPC_BETTER_NEITHER)
        return SPC_ASSURANCE_NONE;
    if (p->lower > spec->target)
        return spec->better == SPC_BETTER_UP ? SPC_CONSISTENT_PASS : SPC_CONSISTENT_FAIL;
    if (p->upper < spec->target)
        return spec->better == SPC_BETTER_UP ? SPC_CONSISTENT_FAIL : SPC_CONSISTENT_PASS;
    return SPC_INCONSISTENT;
}

bool spc_compute(Arena *arena, const SpcSpec *spec, const SpcSeries *series, Spc *ret,
                 GError **error)
{
    Spc spc = { .n = series->count, .n_phases = series->count ? spec->n_starts + 1 : 0 };

    if (!check(spec, series, error))
        return false;
    spc.point = arena_alloc(arena, (spc.n + 1) * sizeof *spc.point);
    spc.phase = arena_alloc(arena, (spc.n_phases + 1) * sizeof *spc.phase);
    for (size_t i = 0; i < spc.n; i++)
        spc.point[i].value = drawn(spec, series, i);
    for (size_t k = 0; k < spc.n_phases; k++)
        work_out(arena, spec, series, &spc, k);
    for (size_t i = 0; i < spc.n; i++)
        if (spc.point[i].type != SPC_NO_POINT)
            spc.last = spc.point[i].type;
    spc.assurance = assure(spec, &spc);
    *ret = spc;
    return true;
}
