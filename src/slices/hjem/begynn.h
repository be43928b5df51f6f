/* begynn.h - the parts of the home page that begin with the figures; nobody but hjem.c includes it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "hjem-sider.h"

/* The way to the first report, as long as a step of it is left: view->first. Reads view->n_reports. */
bool hjem_fill_first(Req *req, HomeView *view, GError **error);
/* The newest imports, for those who may see them: view->imports. */
bool hjem_fill_imports(Req *req, HomeView *view, GError **error);
