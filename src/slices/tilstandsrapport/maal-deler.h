/* maal-deler.h - what goals, measures and last year's share.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "maal.h"

/* Fails with APP_ERROR_CONFLICT, worded for people. */
bool tilstandsrapport_was_newer(GError **error);
