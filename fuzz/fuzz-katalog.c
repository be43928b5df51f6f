/* fuzz-katalog.c - any bytes as a catalogue of translations (.mo): indexed, or refused in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mo.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const char *text)
{
    g_assert(!text || g_utf8_validate(text, -1, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(Mo) mo = mo_open(bytes, len, "fuzz", &why);

    if (!mo) {
        g_assert(why && why->code == APP_ERROR_INVALID && *why->message);
        return 0;
    }
    check(mo_text(mo, "School"));
    check(mo_plural(mo, "%d school", 1));
    check(mo_plural(mo, "%d school", 2));
    g_assert(!mo_text(mo, "not in any catalogue"));
    return 0;
}
