/* hjem.h - the home page of whoever is signed in: what waits, where the report is, what comes next.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice hjem_slice;
