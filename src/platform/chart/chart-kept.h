/* chart-kept.h - drawings kept by what is drawn; for html_chart alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "chart.h"

/* All that a drawing in a page is made of, in bytes; g_bytes_unref. */
GBytes *chart_key(const Chart *chart);
/* The drawing with this key; g_bytes_unref. NULL when it is not kept. Any thread. */
GBytes *chart_kept_find(GBytes *key);
void chart_kept_add(GBytes *key, GBytes *drawing);
