/* regler.h - rows as the page of disclosure rules shows them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "skjerming.h"

typedef struct {
    const char *kind, *audience, *min_n, *counts, *source;
} RuleLine;

typedef struct {
    RuleLine *v;
    size_t n;
} RuleLines;
