/* low.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "low.h"

static bool show(Req *req, GError **error)
{
    return req ? true : low_make(1, error);
}

bool low_make(int n, GError **error)
{
    return n > 0 || app_fail(error, APP_ERROR_INVALID, "goto TODO");
}

const Slice low_slice = { "low", show };
