/* libpq.c - see libpq.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "libpq.h"

/* lint: state — the library's own functions, written once */
struct Libpq libpq;

bool libpq_load(GError **error)
{
    static const LazySymbol symbols[] = {
#define LIB(function) { "PQ" #function, offsetof(struct Libpq, function) },
#include "libpq.def"
#undef LIB
    };
    /* lint: state — made once */
    static GMutex once;
    /* lint: state — whether it was */
    static bool loaded;
    g_autoptr(GMutexLocker) lock G_GNUC_UNUSED = g_mutex_locker_new(&once);

    if (!loaded)
        loaded = lazy_load("libpq.so.5", symbols, G_N_ELEMENTS(symbols), &libpq, error);
    return loaded;
}
