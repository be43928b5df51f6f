/* fuzz-px.c - any bytes as a PX file: a sound cube or errors, never both.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "fuzz-kube.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(Arena) arena = arena_new();
    CubeFile file;

    i18n_use(LANG_EN);
    cube_read_px(arena, (const char *)bytes, len, &file);
    fuzz_check_cubes(&file);
    return 0;
}
