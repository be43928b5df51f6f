/* high.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "high.h"
#  include "inside.h"
/* #include "inside.h" */
