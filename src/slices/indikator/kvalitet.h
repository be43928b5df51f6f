/* kvalitet.h - what is worth a look in a file, as lines for the preview.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "lagring.h"

/* After the units are matched and the plan is made. Fills result's quality. */
bool indikator_quality(Storing *s, Db *db, GError **error);
