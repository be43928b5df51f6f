/* low.h - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

extern const Slice low_slice;
bool low_make(int n, GError **error);
