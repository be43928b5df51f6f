/* kjede.h - the chain behind the audit log: joining a line, walking it, sealing its oldest part.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "revisjon.h"

extern const char revisjon_kjede_start[REVISJON_HASH]; /* what the first line joins: 64 zeros */

/* The hash of a line, as revisjon.h says. Texts may not be NULL. */
void revisjon_kjede_hash(const AuditNote *note, int64_t seq, const char *prev,
                         char ret_hash[REVISJON_HASH]);

/* Slice.seal_check: every line, from the newest seal (or the beginning) to the end. */
bool revisjon_kjede_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *ret_n,
                          GError **error);

/* Retention.run: seals and removes the lines in front of the first one that is young enough. */
bool revisjon_kjede_trim(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n,
                         GError **error);
