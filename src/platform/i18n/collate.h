/* collate.h - private to platform/i18n: is the Norwegian collation there?
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* false with APP_ERROR_INVALID when ICU has no Norwegian collation and would sort å among a. */
bool collate_check(GError **error);
