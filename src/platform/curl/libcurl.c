/* libcurl.c - see libcurl.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "libcurl.h"

/* lint: state — the library's own functions, written once */
struct Libcurl libcurl;

bool libcurl_load(GError **error)
{
    static const LazySymbol symbols[] = {
#define LIB(function) { "curl_" #function, offsetof(struct Libcurl, function) },
#include "libcurl.def"
#undef LIB
    };
    /* lint: state — made once */
    static GMutex once;
    /* lint: state — whether it was */
    static bool loaded;
    g_autoptr(GMutexLocker) lock G_GNUC_UNUSED = g_mutex_locker_new(&once);

    if (!loaded)
        loaded =
            lazy_load("libcurl-gnutls.so.4", symbols, G_N_ELEMENTS(symbols), &libcurl, error) &&
            libcurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return loaded;
}
