/* innhold-deler.h - composing with its releases kept, for the log of a frozen version.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

/* tilstandsrapport_compose, and every Released it used (in the arena) added to `released`. */
bool tilstandsrapport_compose_kept(Db *db, Arena *arena, const Report *report, Audience audience,
                                   const char *today, GPtrArray *released, Content *ret,
                                   GError **error);
