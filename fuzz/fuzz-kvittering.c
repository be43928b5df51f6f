/* fuzz-kvittering.c - any bytes as an archive's receipt: lines of three parts in UTF-8, or an error in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(void *to, const char *line)
{
    g_auto(GStrv) parts = g_strsplit(line, "\t", -1);

    (void)to;
    g_assert(g_strv_length(parts) == 3 && *parts[0]);
    g_assert(strlen(parts[1]) <= 60 && strlen(parts[2]) <= 60); /* the room of their columns */
    g_assert(g_utf8_validate(line, -1, NULL) && !strpbrk(line, "\r\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(GError) why = NULL;
    g_autofree char *text = g_strndup((const char *)bytes, len); /* as the sandbox gives it */

    i18n_use(LANG_EN);
    g_assert(arkiv_receipt_read(text, len, check, NULL, &why) == !why);
    g_assert(!why || (*why->message && g_utf8_validate(why->message, -1, NULL)));
    return 0;
}
