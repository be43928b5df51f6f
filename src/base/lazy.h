/* lazy.h - a shared library that is loaded when somebody first needs it.
 *
 * A library that most starts of the program never call, but which brings thirty others along, costs
 * each start its loading. Such a library has a table of the functions we call (a `.def` file), filled
 * here; `debian/control` names it in Depends, as no tool can see it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct {
    const char *name; /* of the symbol */
    size_t at;        /* offset of the pointer in the table */
} LazySymbol;

/**
 * Load a library for the rest of the process, and fill a table of pointers to its functions.
 *   soname   "libpq.so.5"
 *   symbols  n of them
 *   ret      the table; complete when true is returned
 * Errors: APP_ERROR_NOT_FOUND (no such library, or not one of its functions; says which).
 */
bool lazy_load(const char *soname, const LazySymbol *symbols, size_t n, void *ret, GError **error);
