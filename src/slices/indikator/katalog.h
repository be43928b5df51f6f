/* katalog.h - what the files of this slice share of the catalogue.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

/* Whether an indicator is among those asked for. */
typedef bool (*IndicatorWanted)(const char *code, const void *arg);
/* Those of the catalogue that are wanted, in its order. */
bool indikator_some(Db *db, Arena *arena, Lang lang, IndicatorWanted wanted, const void *arg,
                    IndicatorList *ret, GError **error);
/* Breaks of one indicator in the arena, ascending, ended by { NULL }. */
bool indikator_break_list(Db *db, Arena *arena, Lang lang, const char *code, SeriesBreak **ret,
                          GError **error);
