/* e.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <pango/pangocairo.h>
#include <qpdf/qpdf-c.h>
