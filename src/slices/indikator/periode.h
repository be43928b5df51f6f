/* periode.h - a period as somebody writes it in an address: the importers' reading, without their cells.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

#define PERIOD_SIZE 16
/* "2025-26" -> "2025/26", as indikator_parse_period; false: no period, or one of two. */
bool indikator_read_period(const char *text, const char *indicator, char ret[PERIOD_SIZE]);
