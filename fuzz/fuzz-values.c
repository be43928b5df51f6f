/* fuzz-values.c - any bytes as our own table of values: either checked values or errors, never both.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "fuzz-felles.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    fuzz_parse(bytes, len, "values-csv");
    return 0;
}
