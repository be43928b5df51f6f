/* tilstandsrapport-segl.h - whether what was frozen and voted on still is what it was.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

/* Slice.seal_check: both contents of each frozen version against their hashes, and for each report that
 * was voted on that a version with the hash of the vote is there. */
bool tilstandsrapport_seal_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong,
                                 int64_t *ret_n, GError **error);
