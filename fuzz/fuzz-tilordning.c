/* fuzz-tilordning.c - any text as a name or a header: folded it is UTF-8, and folding again changes nothing.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "parse-values.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autofree char *text = g_utf8_make_valid((const char *)bytes, (gssize)len);
    g_autofree char *folded = indikator_fold(text), *again = indikator_fold(folded);
    double alike = indikator_likeness(folded, "eide barneskole");
    unsigned col = indikator_parse_values_column(NULL, text);

    g_assert(g_utf8_validate(folded, -1, NULL));
    g_assert(strcmp(folded, again) == 0);
    g_assert(alike >= 0 && alike <= 1);
    g_assert(col <= COL_UNKNOWN);
    g_assert(!*folded || indikator_likeness(folded, folded) > 0.999);
    return 0;
}
