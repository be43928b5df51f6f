/* app.h - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <glib.h>
