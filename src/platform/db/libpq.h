/* libpq.h - PostgreSQL's client library, loaded when a database is a PostgreSQL.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <libpq-fe.h>
#include "lazy.h"

struct Libpq {
#define LIB(function) typeof(PQ##function) *function;
#include "libpq.def"
#undef LIB
};

/* Its functions, to be called only after libpq_load() has succeeded once.
 * lint: state — written once, under a lock */
extern struct Libpq libpq;

/* Load it, once in a process. Errors: APP_ERROR_NOT_FOUND. */
bool libpq_load(GError **error);
