/* lazy.c - dlopen and dlsym, once.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <dlfcn.h>
#include "lazy.h"

bool lazy_load(const char *soname, const LazySymbol *symbols, size_t n, void *ret, GError **error)
{
    void *library = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);

    if (!library)
        return app_fail(error, APP_ERROR_NOT_FOUND, "%s", dlerror());
    for (size_t i = 0; i < n; i++) {
        void *symbol = dlsym(library, symbols[i].name);

        if (!symbol)
            return app_fail(error, APP_ERROR_NOT_FOUND, "%s has no %s", soname, symbols[i].name);
        memcpy((char *)ret + symbols[i].at, &symbol, sizeof symbol);
    }
    return true;
}
