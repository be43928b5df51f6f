/* indikator-segl.h - whether what was imported is still all there.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

/* Slice.seal_check: each file's values against the number it stored; owner 0: the shared public store.
 * The file itself is not kept, so its hash proves only that it is known, and is not held against anything. */
bool indikator_seal_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *ret_n,
                          GError **error);
