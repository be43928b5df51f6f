/* katalog.h - what the files of this slice share of the catalogue.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

/* Breaks of one indicator in the arena, ascending, ended by { NULL }. */
bool indikator_break_list(Db *db, Arena *arena, Lang lang, const char *code, SeriesBreak **ret,
                          GError **error);
