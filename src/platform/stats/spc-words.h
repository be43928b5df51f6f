/* spc-words.h - what a control chart says, in one plain sentence: the only list of such sentences.
 *
 * The sentence never claims an improvement or a deterioration without a broken rule behind it, and
 * says which rule (anchors.md 0, item 8). The thresholds are the two numbers below.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "spc.h"

/* Points in the newest phase. Below the first nothing is said of a change; below the second the
 * limits are trial limits, and a signal is a sign and not a certainty.
 * Source: 8 is Western Electric's longest ordinary run; 13 follows contracts.md "spc", 12 or fewer. */
#define SPC_WORDS_FEWEST 8
#define SPC_WORDS_CERTAIN 13

typedef enum {
    SPC_SAYS_TOO_FEW,
    SPC_SAYS_NO_CHANGE,
    SPC_SAYS_SIGN,   /* a signal, by trial limits */
    SPC_SAYS_CHANGE, /* a signal that reaches to the newest point */
    SPC_SAYS_PAST,   /* a signal that ended before the newest point */
    SPC_SAYS_UNEVEN  /* runs_signal alone: more than chance, without a direction */
} SpcSays;

/* Which of the sentences it is. A pure function of the result. */
SpcSays spc_says(const Spc *spc);

/**
 * "Clear improvement from 2012K3: 7 measurements in a row below the mean." In the thread's language
 * (i18n_use), with a full stop.
 *   spec    what `spc` was computed with: direction and chart are read.
 *   period  names of the points, spc->n of them, UTF-8.
 * Returns a new string, g_free it.
 */
char *spc_sentence(const SpcSpec *spec, const Spc *spc, const char *const *period);
