/* hjelp.h - the user handbook in three languages, the accessibility statement, and what this program is.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice hjelp_slice;
