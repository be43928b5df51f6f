/* fuzz-klass.c - any bytes as an answer from changes of municipalities: either what was read or errors, never both.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "fuzz-felles.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    fuzz_parse(bytes, len, "klass");
    return 0;
}
