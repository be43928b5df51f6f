/* innhold-kontroll.h - the control chart of a block, for the files that compose, freeze and read it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <jansson.h>
#include "innhold.h"

/**
 * Give a block its control chart: quarters always, if only the sentence that they are too few; years
 * when they are many enough for limits; other views none.
 *   m       the matrix of the block, its unit and indicator first, as the audience sees it.
 *   places  the block's periods.
 * Errors: APP_ERROR_INVALID, as control_compute.
 */
bool tilstandsrapport_block_control(Arena *arena, const Matrix *m, const PeriodPlaces *places,
                                    Block *block, GError **error);
json_t *tilstandsrapport_control_json(const ControlChart *control, size_t n_periods);
/* false: not as it was written. */
bool tilstandsrapport_control_from_json(Arena *arena, const json_t *from, size_t n_periods,
                                        const ControlChart **ret);
