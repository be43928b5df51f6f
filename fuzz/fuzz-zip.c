/* fuzz-zip.c - any bytes as a ZIP archive: files within the limits, or an error in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "indikator.h"
#include "parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(GPtrArray) files = NULL;
    g_autoptr(GError) why = NULL;
    size_t sum = 0;

    i18n_use(LANG_EN);
    if (!indikator_unzip_here(bytes, len, &files, &why)) {
        g_assert(why != NULL && why->code == APP_ERROR_INVALID);
        return 0;
    }
    g_assert(files->len > 0 && files->len <= ZIP_MAX_FILES);
    for (guint i = 0; i < files->len; i++) {
        const ZippedFile *f = files->pdata[i];

        g_assert(g_utf8_validate(f->name, -1, NULL) && !strchr(f->name, '/'));
        sum += g_bytes_get_size(f->bytes);
    }
    g_assert(sum <= ZIP_MAX_BYTES);
    return 0;
}
