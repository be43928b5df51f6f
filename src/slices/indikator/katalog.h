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

/* Turn the values of a matrix into those of SSB's corrected scale, where there is one; they are marked
 * as computed. Source: SSB's parameters, 0071-korreksjon.sql. */
bool indikator_correct(Db *db, Matrix *matrix, GError **error);
