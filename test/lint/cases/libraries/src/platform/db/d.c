/* d.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sqlite3.h>
#include <libpq-fe.h>
#include <sodium.h>
