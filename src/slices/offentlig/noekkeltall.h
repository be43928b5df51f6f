/* noekkeltall.h - the few public figures on the front page.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "eier.h"
#include "offentlig-sider.h"

/* The newest national tests of the municipality, as anyone may see them; nothing when it has none. */
bool offentlig_key_figures(Req *req, const Eier *eier, const char *today, OwnerView *ret,
                           GError **error);
