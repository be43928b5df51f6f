/* fuzz-struktur.c - any bytes as an answer whose structure is asked for: bounded text, and the same twice.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "kilde-inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autofree char *text =
        g_strndup((const char *)bytes, len); /* as the sandbox gives it: with a NUL */
    g_autofree char *one = NULL, *two = NULL, *differs = NULL;

    memcpy(text, bytes, len);
    one = kilde_structure(text, len, NULL);
    two = kilde_structure(text, len, NULL);
    differs = kilde_structure_differs(one, two);
    g_assert(!strcmp(one, two) && !differs);
    g_assert(g_utf8_validate(one, -1, NULL) && strlen(one) < 400 * 1024);
    return 0;
}
