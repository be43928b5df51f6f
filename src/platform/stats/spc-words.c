/* spc-words.c - from a result to its sentence: find the newest signal, name it, say since when.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "spc-words.h"

/* Rules that give a direction, the one that tells most first; each has its twin for below, one bit up. */
static const unsigned upward[] = { SPC_SHIFT_ABOVE, SPC_TREND_UP, SPC_ABOVE_LIMIT,
                                   SPC_TWO_IN_THREE_ABOVE, SPC_FOUR_IN_FIVE_ABOVE };

static bool special(const SpcPoint *p)
{
    return p->type != SPC_NO_POINT && p->type != SPC_COMMON_CAUSE;
}

/* The newest point that is not missing and, if wanted, special; of the newest phase. SIZE_MAX: none. */
static size_t newest(const Spc *spc, bool wanted)
{
    size_t first = spc->n_phases ? spc->phase[spc->n_phases - 1].first : 0;

    for (size_t i = spc->n; i-- > first;)
        if (wanted ? special(&spc->point[i]) : spc->point[i].type != SPC_NO_POINT)
            return i;
    return SIZE_MAX;
}

SpcSays spc_says(const Spc *spc)
{
    const SpcPhase *phase = spc->n_phases ? &spc->phase[spc->n_phases - 1] : NULL;
    size_t last = newest(spc, false), signal = newest(spc, true);

    if (!phase || phase->n < SPC_WORDS_FEWEST)
        return SPC_SAYS_TOO_FEW;
    if (signal != SIZE_MAX && phase->n < SPC_WORDS_CERTAIN)
        return signal == last ? SPC_SAYS_SIGN : SPC_SAYS_TOO_FEW;
    if (signal != SIZE_MAX)
        return signal == last ? SPC_SAYS_CHANGE : SPC_SAYS_PAST;
    if (phase->runs_signal)
        return SPC_SAYS_UNEVEN;
    return phase->n < SPC_WORDS_CERTAIN ? SPC_SAYS_TOO_FEW : SPC_SAYS_NO_CHANGE;
}

/* --- the newest signal --- */

typedef struct {
    unsigned rule; /* one bit of SpcRule */
    size_t first;  /* point it began at */
    size_t n;      /* points it holds */
} Signal;

static bool went_up(const SpcSpec *spec, SpcPointType type)
{
    if (type == SPC_NEUTRAL_HIGH || type == SPC_NEUTRAL_LOW)
        return type == SPC_NEUTRAL_HIGH;
    return (type == SPC_IMPROVEMENT) == (spec->better == SPC_BETTER_UP);
}

static Signal signal_at(const SpcSpec *spec, const Spc *spc, size_t at)
{
    unsigned shift = went_up(spec, spc->point[at].type) ? 0 : 1;
    Signal found = { 0, at, 1 };

    for (size_t k = 0; k < G_N_ELEMENTS(upward) && !found.rule; k++)
        found.rule = spc->point[at].rules & upward[k] << shift;
    for (size_t i = at; i-- > spc->phase[spc->n_phases - 1].first;) {
        if (spc->point[i].type == SPC_NO_POINT)
            continue;
        if (!(spc->point[i].rules & found.rule))
            break;
        found.first = i;
        found.n++;
    }
    return found;
}

static char *reason(const SpcSpec *spec, const Signal *s)
{
    const char *centre = spec->chart == SPC_RUN ? _("the median") : _("the mean");
    unsigned n = (unsigned)s->n;

    switch (s->rule) {
    case SPC_SHIFT_ABOVE:
        return g_strdup_printf(_("%u measurements in a row above %s"), n, centre);
    case SPC_SHIFT_BELOW:
        return g_strdup_printf(_("%u measurements in a row below %s"), n, centre);
    case SPC_TREND_UP:
        return g_strdup_printf(_("%u measurements in a row, each higher than the one before"), n);
    case SPC_TREND_DOWN:
        return g_strdup_printf(_("%u measurements in a row, each lower than the one before"), n);
    case SPC_ABOVE_LIMIT:
        return g_strdup(_("above the upper limit"));
    case SPC_BELOW_LIMIT:
        return g_strdup(_("below the lower limit"));
    case SPC_TWO_IN_THREE_ABOVE:
        return g_strdup(_("two of three measurements close to the upper limit or above it"));
    case SPC_TWO_IN_THREE_BELOW:
        return g_strdup(_("two of three measurements close to the lower limit or below it"));
    case SPC_FOUR_IN_FIVE_ABOVE:
        return g_strdup_printf(_("four of five measurements well above %s"), centre);
    case SPC_FOUR_IN_FIVE_BELOW:
        return g_strdup_printf(_("four of five measurements well below %s"), centre);
    default:
        return g_strdup(_("outside what chance explains"));
    }
}

/* --- the sentences; %s is a period, then the reason --- */

static char *certain_change(SpcPointType type, const char *from, const char *why)
{
    switch (type) {
    case SPC_IMPROVEMENT:
        return g_strdup_printf(_("Clear improvement from %s: %s."), from, why);
    case SPC_CONCERN:
        return g_strdup_printf(_("Clear deterioration from %s: %s."), from, why);
    case SPC_NEUTRAL_HIGH:
        return g_strdup_printf(_("Clearly higher from %s: %s."), from, why);
    default:
        return g_strdup_printf(_("Clearly lower from %s: %s."), from, why);
    }
}

static char *sign_of_change(SpcPointType type, const char *from, const char *why)
{
    switch (type) {
    case SPC_IMPROVEMENT:
        return g_strdup_printf(_("Sign of improvement from %s: %s."), from, why);
    case SPC_CONCERN:
        return g_strdup_printf(_("Sign of deterioration from %s: %s."), from, why);
    case SPC_NEUTRAL_HIGH:
        return g_strdup_printf(_("Sign of higher values from %s: %s."), from, why);
    default:
        return g_strdup_printf(_("Sign of lower values from %s: %s."), from, why);
    }
}

static char *say_change(const SpcSpec *spec, const Spc *spc, const char *const *period, size_t at)
{
    const SpcPhase *phase = &spc->phase[spc->n_phases - 1];
    Signal signal = signal_at(spec, spc, at);
    g_autofree char *why = reason(spec, &signal), *sign = NULL;

    if (phase->n >= SPC_WORDS_CERTAIN)
        return certain_change(spc->point[at].type, period[signal.first], why);
    sign = sign_of_change(spc->point[at].type, period[signal.first], why);
    return g_strdup_printf(_("%s The limits are trial limits: %zu of at least %d measurements."),
                           sign, phase->n, SPC_WORDS_CERTAIN);
}

static char *say_past(const SpcSpec *spec, const Spc *spc, const char *const *period, size_t at)
{
    Signal signal = signal_at(spec, spc, at);
    g_autofree char *why = reason(spec, &signal);

    return g_strdup_printf(
        _("No certain change in the newest measurements. The latest signal was in "
          "%s: %s."),
        period[at], why);
}

char *spc_sentence(const SpcSpec *spec, const Spc *spc, const char *const *period)
{
    switch (spc_says(spc)) {
    case SPC_SAYS_CHANGE:
    case SPC_SAYS_SIGN:
        return say_change(spec, spc, period, newest(spc, true));
    case SPC_SAYS_PAST:
        return say_past(spec, spc, period, newest(spc, true));
    case SPC_SAYS_UNEVEN:
        return g_strdup(
            _("The measurements vary more than chance explains, but show no certain change in "
              "one direction."));
    case SPC_SAYS_NO_CHANGE:
        return g_strdup(_("No certain change."));
    case SPC_SAYS_TOO_FEW:
    default:
        return g_strdup_printf(
            _("Too few measurements to say anything for certain (%zu of at least %d)."),
            spc->n_phases ? spc->phase[spc->n_phases - 1].n : (size_t)0, SPC_WORDS_CERTAIN);
    }
}
