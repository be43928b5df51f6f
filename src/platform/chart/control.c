/* control.c - a series in parts between its breaks, each part by itself, and what the last one says.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "control.h"
#include "i18n.h"

const char *control_chart_name(SpcChart chart)
{
    static const char *const names[N_SPC_CHARTS] = {
        [SPC_XMR] = N_("XmR chart (single values)"),
        [SPC_RUN] = N_("run chart (the median, without limits)"),
        [SPC_P] = N_("p chart (shares)"),
        [SPC_PP] = N_("p′ chart (shares that vary more than a lottery would)"),
        [SPC_U] = N_("u chart (rates)"),
        [SPC_UP] = N_("u′ chart (rates that vary more than chance events would)"),
        [SPC_C] = N_("c chart (counts)"),
        [SPC_MR] = N_("moving ranges"),
        [SPC_T] = N_("t chart (time between events)"),
        [SPC_IP] = N_("i′ chart (values with denominators)"),
    };

    return _(names[chart]);
}

const char *control_profile_name(SpcProfile profile)
{
    static const char *const names[N_SPC_PROFILES] = {
        [SPC_NHS_R] = N_("NHS “Making Data Count”"),
        [SPC_NHS_R_UNSCREENED] = N_("NHS “Making Data Count”, without screening"),
        [SPC_ANHOEJ] = N_("Anhøj"),
        [SPC_WESTERN_ELECTRIC] = N_("Western Electric"),
    };

    return _(names[profile]);
}

const char *control_assurance_text(SpcAssurance assurance)
{
    switch (assurance) {
    case SPC_CONSISTENT_PASS:
        return _("The target is met every time, as long as nothing changes: both limits are on its "
                 "good side.");
    case SPC_CONSISTENT_FAIL:
        return _("The target is not met unless something changes: both limits are on its wrong "
                 "side.");
    case SPC_INCONSISTENT:
        return _("The target is met some times and not others, by chance: it lies between the "
                 "limits.");
    case SPC_ASSURANCE_NONE:
    default:
        return NULL;
    }
}

/* One part between two breaks. */
typedef struct {
    Arena *arena;
    const ControlSpec *spec;
    const ControlSeries *series;
    size_t first, end;
    SpcSpec spc_spec;
    Spc spc;
} Part;

static size_t fewest(const ControlSpec *spec)
{
    return spec->yearly ? CONTROL_FEWEST_YEARLY : CONTROL_FEWEST;
}

static size_t count_points(const Part *p)
{
    size_t n = 0;

    for (size_t i = p->first; i < p->end; i++)
        n += isfinite(p->series->value[i]) && (!p->series->n || p->series->n[i] > 0) &&
             !(p->series->excluded && p->series->excluded[i]);
    return n;
}

/* Phases asked for inside the part; the one at its beginning is there already. */
static void find_starts(Part *p)
{
    size_t *starts = arena_alloc(p->arena, (p->end - p->first + 1) * sizeof(size_t));

    p->spc_spec.starts = starts;
    for (size_t i = p->first + 1; p->series->starts && i < p->end; i++)
        if (p->series->starts[i])
            starts[p->spc_spec.n_starts++] = i - p->first;
}

/* Too few points: no limits, and nothing is a signal. */
static void silence(Part *p)
{
    for (size_t i = 0; i < p->spc.n; i++) {
        SpcPoint *at = &p->spc.point[i];

        if (p->spc.phase[at->phase].n >= fewest(p->spec))
            continue;
        at->lower = at->upper = NAN;
        at->rules = 0;
        at->type = at->type == SPC_NO_POINT ? SPC_NO_POINT : SPC_COMMON_CAUSE;
    }
    for (size_t k = 0; k < p->spc.n_phases; k++)
        if (p->spc.phase[k].n < fewest(p->spec))
            p->spc.phase[k].runs_signal = false;
}

static bool compute(Part *p, GError **error)
{
    const SpcSeries series = { p->series->value + p->first,
                               p->series->n ? p->series->n + p->first : NULL, p->end - p->first };
    const ControlSpec *spec = p->spec;

    p->spc_spec =
        (SpcSpec){ .chart = spec->chart,
                   .profile = spec->profile,
                   .better = spec->better,
                   .target = spec->target / spec->factor,
                   .fix_after = spec->fix_after,
                   .excluded = p->series->excluded ? p->series->excluded + p->first : NULL };
    find_starts(p);
    if (!spc_compute(p->arena, &p->spc_spec, &series, &p->spc, error))
        return false;
    silence(p);
    return true;
}

/* --- what is drawn --- */

static ChartCause cause_of(SpcPointType type)
{
    static const ChartCause causes[] = {
        [SPC_NO_POINT] = CHART_COMMON,     [SPC_COMMON_CAUSE] = CHART_COMMON,
        [SPC_IMPROVEMENT] = CHART_BETTER,  [SPC_CONCERN] = CHART_WORSE,
        [SPC_NEUTRAL_HIGH] = CHART_HIGHER, [SPC_NEUTRAL_LOW] = CHART_LOWER
    };
    return causes[type];
}

static void draw(const Part *p, ChartControl *to)
{
    double factor = p->spec->factor;

    for (size_t i = 0; i < p->spc.n; i++) {
        const SpcPoint *at = &p->spc.point[i];
        const SpcPhase *phase = &p->spc.phase[at->phase];

        to[i].centre = at->centre * factor;
        to[i].lower = at->lower * factor;
        to[i].upper = at->upper * factor;
        to[i].former = at->phase ? p->spc.phase[at->phase - 1].centre * factor : (double)NAN;
        to[i].cause = cause_of(at->type);
        to[i].starts = i == phase->first;
        to[i].trial = phase->n < SPC_WORDS_CERTAIN;
        to[i].excluded = p->spc_spec.excluded && p->spc_spec.excluded[i];
    }
}

/* --- what is said --- */

static const char *rebase_text(const Part *p)
{
    const SpcPhase *new = &p->spc.phase[p->spc.n_phases - 1], *old = new - 1;
    char before[NUM_TEXT], since[NUM_TEXT];
    int decimals = p->spec->decimals + 1;

    if (p->spc.n_phases < 2 || isnan(new->centre) || isnan(old->centre))
        return NULL;
    return arena_printf(p->arena, _("Reckoned anew from %s: %s before, %s since."),
                        p->series->period[p->first + new->first],
                        num_text(old->centre * p->spec->factor, decimals, before),
                        num_text(new->centre * p->spec->factor, decimals, since));
}

static void say(const Part *p, ControlChart *ret)
{
    const SpcPhase *newest = &p->spc.phase[p->spc.n_phases - 1];
    g_autofree char *sentence = spc_sentence(&p->spc_spec, &p->spc, p->series->period + p->first);

    ret->says = spc_says(&p->spc);
    ret->n = newest->n;
    ret->sentence = arena_dup(p->arena, sentence);
    ret->more = rebase_text(p);
    if (newest->n >= fewest(p->spec))
        ret->assurance = control_assurance_text(p->spc.assurance);
}

static void say_too_few(const Part *p, size_t n, ControlChart *ret)
{
    SpcPhase phase = { .n = n };
    const Spc few = { .phase = &phase, .n_phases = 1 };
    g_autofree char *sentence = spc_sentence(&p->spc_spec, &few, NULL);

    *ret = (ControlChart){ .points = ret->points,
                           .centre_name = ret->centre_name,
                           .limits = ret->limits,
                           .method = ret->method,
                           .says = SPC_SAYS_TOO_FEW,
                           .n = n,
                           .sentence = arena_dup(p->arena, sentence) };
}

static bool one_part(Part *p, ControlChart *ret, GError **error)
{
    size_t n = count_points(p);

    if (n < fewest(p->spec)) {
        say_too_few(p, n, ret);
        return true;
    }
    if (!compute(p, error))
        return false;
    draw(p, ret->points + p->first);
    ret->limits = true;
    say(p, ret);
    return true;
}

bool control_compute(Arena *arena, const ControlSpec *spec, const ControlSeries *series,
                     ControlChart *ret, GError **error)
{
    ControlChart c = { .points = arena_alloc(arena, (series->count + 1) * sizeof *c.points),
                       .centre_name = spec->chart == SPC_RUN ? _("median") : _("mean") };
    Part p = { .arena = arena, .spec = spec, .series = series };

    for (size_t i = 0; i < series->count; i++) {
        c.points[i] = (ChartControl){ .centre = NAN, .lower = NAN, .upper = NAN, .former = NAN };
        c.points[i].excluded = series->excluded && series->excluded[i];
    }
    c.method = arena_printf(arena, _("%s. Rules: %s."), control_chart_name(spec->chart),
                            control_profile_name(spec->profile));
    say_too_few(&p, 0, &c);
    for (; p.first < series->count; p.first = p.end) {
        for (p.end = p.first + 1;
             p.end < series->count && !(series->broke && series->broke[p.end]);)
            p.end++;
        if (!one_part(&p, &c, error))
            return false;
    }
    *ret = c;
    return true;
}
