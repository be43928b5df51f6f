/* regeleksempler.c - examples for the page of the rules: invented figures, the real calculation.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "regeleksempler.h"

#define EVEN "8.1 7.4 8.6 7.9 8.3 7.2 8.8 7.7 8.0 8.5 7.5 8.2 7.8 8.4 7.6 8.1"
#define LOWER "8.9 8.2 9.3 8.6 9.1 8.4 9.4 8.7 9.0 7.4 6.9 7.6 7.1 7.3 6.8 7.2 7.0 7.4"

const RuleSample indikator_rule_samples[N_RULE_SAMPLES] = {
    { N_("Nothing but chance"),
      N_("The figures go up and down between the limits, and no rule is broken. It is of no use to "
         "ask "
         "why one month was higher than another."),
      EVEN, NAN, 0, SPC_SAYS_NO_CHANGE, NULL },
    { N_("Outside a limit"),
      N_("One measurement lies outside the limits. Something happened that month: ask what."),
      "8.1 7.4 8.6 7.9 8.3 7.2 8.8 7.7 8.0 8.5 7.5 8.2 7.8 8.4 7.6 11.6", NAN, 0, SPC_SAYS_CHANGE,
      "above the upper limit" },
    { N_("Many in a row on the same side of the mean"),
      N_("Each measurement is within the limits, but chance seldom puts so many on one side."),
      "8.2 9.9 7.6 9.4 8.0 10.1 7.8 9.5 8.3 9.8 7.9 7.4 8.1 7.3 8.0 7.2 7.9 7.5", NAN, 0,
      SPC_SAYS_CHANGE, "in a row below the mean" },
    { N_("Steadily up or steadily down"),
      N_("Each measurement is higher than the one before it, many times in a row."),
      "8.3 7.2 8.8 7.5 8.9 7.1 8.6 7.3 8.7 7.5 7.7 7.9 8.1 8.4 8.6 8.9", NAN, 0, SPC_SAYS_CHANGE,
      "each higher than the one before" },
    { N_("Two of three close to a limit"),
      N_("Two of three measurements next to each other lie in the outer third, on the same side."),
      "8.1 7.4 8.6 7.9 8.3 7.2 8.8 7.7 8.0 8.5 7.5 8.2 7.8 10.1 9.2 10.2", NAN, 0, SPC_SAYS_CHANGE,
      "two of three" },
    { N_("Reckoned anew"),
      N_("When a lasting change is explained, mean and limits can be reckoned anew from there. The "
         "old "
         "mean is drawn on as a thin line, so that the improvement is not hidden by the new "
         "start."),
      LOWER, NAN, 9, SPC_SAYS_TOO_FEW, NULL },
    { N_("A target between the limits"),
      N_("The target is met some months and not others, by chance alone. To meet it every time, "
         "something has to be done in another way."),
      EVEN, 8, 0, SPC_SAYS_NO_CHANGE, NULL },
    { N_("Trial limits"),
      N_("With few measurements the limits are a first try, and a signal is a sign and no "
         "certainty."),
      "8.1 7.4 8.6 7.9 8.3 7.2 8.8 7.7 8.0 11.9", NAN, 0, SPC_SAYS_SIGN, "above the upper limit" },
};

bool indikator_rule_work(Arena *arena, const RuleSample *sample, RuleWorked *ret, GError **error)
{
    g_auto(GStrv) values = g_strsplit(sample->values, " ", -1);
    size_t n = g_strv_length(values);
    bool *starts = arena_alloc(arena, n * sizeof(bool));
    const ControlSpec spec = { .chart = SPC_XMR,
                               .better = SPC_BETTER_DOWN,
                               .target = sample->target,
                               .factor = 1,
                               .decimals = 1 };
    ControlSeries series = { .starts = starts, .count = n };

    *ret = (RuleWorked){
        arena_alloc(arena, n * sizeof(double)), arena_alloc(arena, n * sizeof(char *)), n, { 0 }
    };
    for (size_t i = 0; i < n; i++) {
        ret->value[i] = g_ascii_strtod(values[i], NULL);
        ret->period[i] = arena_printf(arena, "%d-%02d", 2024 + (int)(i / 12), (int)(i % 12) + 1);
        starts[i] = i && i == sample->start;
    }
    series.value = ret->value;
    series.period = ret->period;
    return control_compute(arena, &spec, &series, &ret->control, error);
}
