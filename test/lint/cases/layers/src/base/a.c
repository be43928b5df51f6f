/* a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "b.h"
#include "p.h"
