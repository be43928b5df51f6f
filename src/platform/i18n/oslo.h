/* oslo.h - private to platform/i18n: how far Oslo's clock is ahead of UTC.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

int oslo_offset(int64_t seconds);         /* since 1970 UTC -> seconds ahead: 3600 or 7200 */
int oslo_offset_by_rule(int64_t seconds); /* the same without tzdata */
