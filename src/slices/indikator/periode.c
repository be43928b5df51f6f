/* periode.c - see periode.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "periode.h"

G_STATIC_ASSERT(PERIOD_SIZE >= PERIOD_TEXT);

bool indikator_read_period(const char *text, const char *indicator, char ret[PERIOD_SIZE])
{
    return indikator_parse_period(text, indicator, ret) == PERIOD_OK;
}
