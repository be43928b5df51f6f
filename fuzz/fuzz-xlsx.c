/* fuzz-xlsx.c - any bytes as an Excel workbook: either checked values or errors, never both.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "fuzz-felles.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    fuzz_parse(bytes, len, "xlsx");
    return 0;
}
