/* low.h - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "p.h"
#include "b.h"
