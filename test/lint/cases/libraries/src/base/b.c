/* b.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <cairo.h>
