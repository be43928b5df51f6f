/* suppress-inside.h - what the readers of suppress share among themselves.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "suppress.h"

/* The number of a column that must be there. */
bool suppress_need_column(const SuppressCsv *csv, const char *column, int *ret, GError **error);
/* The inner cell a row of the table belongs to. */
size_t suppress_leaf_of(const SuppressTable *table, const SuppressCsv *csv, const SuppressRow *row);
/* Say which cells the rule protects, and what each costs to hide (suppress-rule.c). */
bool suppress_mark_unsafe(SuppressTable *table, const SuppressCsv *csv, GError **error);
