/* fuzz-ark.c - any bytes as the XML of one sheet: a grid within its limits, or an error in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "parse-xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(GPtrArray) strings = g_ptr_array_new();
    g_autoptr(GArray) styles = g_array_new(FALSE, TRUE, sizeof(XlsxStyle));
    const XlsxStyle date = STYLE_DATE, percent = STYLE_PERCENT;
    g_autofree char *text = g_strdup("tekst");
    g_autoptr(GError) why = NULL;
    const XlsxBook book = { strings, styles, false };
    XlsxSheet *sheet = g_new0(XlsxSheet, 1);

    i18n_use(LANG_EN);
    g_ptr_array_add(strings, text);
    g_array_append_val(styles, date);
    g_array_append_val(styles, percent);
    if (indikator_xlsx_read_sheet(&book, (const char *)bytes, len, sheet, &why)) {
        g_assert(sheet->rows->len <= XLSX_MAX_ROWS && sheet->n_cells <= XLSX_MAX_CELLS);
    } else {
        g_assert(why != NULL && *why->message);
    }
    indikator_xlsx_sheet_free(sheet);
    return 0;
}
