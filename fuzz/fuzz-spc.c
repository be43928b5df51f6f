/* fuzz-spc.c - any bytes as a series from a file, under any chart, profile and phases.
 *
 * The first four bytes are the options; the rest is the file. What is drawn must keep its promises:
 * limits around a centre, each point in one phase, a special cause only where a rule was broken.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "i18n.h"
#include "spc-csv.h"
#include "spc-words.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define OPTIONS 4

static void check_point(const Spc *spc, size_t i)
{
    const SpcPoint *p = &spc->point[i];
    bool special = p->type != SPC_NO_POINT && p->type != SPC_COMMON_CAUSE;

    g_assert(p->phase < spc->n_phases && spc->phase[p->phase].first <= i);
    g_assert((p->type == SPC_NO_POINT) == (bool)isnan(p->value));
    g_assert(!special || (p->rules & ~(unsigned)SPC_RUNS_SIGNAL));
    g_assert(p->rules < 1u << N_SPC_RULES);
    if (isfinite(p->lower) && isfinite(p->upper))
        g_assert(p->lower <= p->upper);
}

static void check_words(const SpcSpec *spec, const Spc *spc, const char *const *period)
{
    for (Lang lang = 0; lang < N_LANG; lang++) {
        g_autofree char *sentence = NULL;

        i18n_use(lang);
        sentence = spc_sentence(spec, spc, period);
        g_assert(*sentence && g_utf8_validate(sentence, -1, NULL));
    }
}

static void draw(const uint8_t *options, const SpcCsv *input, Arena *arena)
{
    g_autofree bool *excluded = g_new0(bool, input->count);
    size_t start = options[2];
    SpcSpec spec = { .chart = (SpcChart)(options[0] % N_SPC_CHARTS),
                     .profile = (SpcProfile)(options[1] % N_SPC_PROFILES),
                     .better = (SpcBetter)(options[1] / 8 % 3 - 1),
                     .target = options[1] & 128 ? 50 : (double)NAN,
                     .starts = &start,
                     .n_starts = start > 0,
                     .fix_after = options[3] & 15,
                     .excluded = excluded };
    SpcSeries series = { input->value, input->has_n ? input->n : NULL, input->count };
    g_autoptr(GError) why = NULL;
    Spc spc;

    excluded[(options[3] >> 4) % input->count] = options[3] >> 4;
    if (!spc_compute(arena, &spec, &series, &spc, &why)) {
        g_assert(why->message && *why->message);
        return;
    }
    g_assert(spc.n == input->count && spc.n_phases == spec.n_starts + 1);
    for (size_t i = 0; i < spc.n; i++)
        check_point(&spc, i);
    check_words(&spec, &spc, input->period);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    SpcCsv input;

    if (len < OPTIONS)
        return 0;
    if (spc_csv_read(arena, "fuzz", bytes + OPTIONS, len - OPTIONS, &input, &why))
        draw(bytes, &input, arena);
    else
        g_assert(g_str_has_prefix(why->message, "fuzz:"));
    return 0;
}
