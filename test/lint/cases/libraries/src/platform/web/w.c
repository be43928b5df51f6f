/* w.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <microhttpd.h>
#include <sqlite3.h>
#include <glib.h>
