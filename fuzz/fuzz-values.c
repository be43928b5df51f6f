/* fuzz-values.c - any bytes as our own table of values: either checked values or errors, never both.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse.h"
#include "i18n.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_value(const ParsedFile *f, const ParsedValue *v)
{
    g_assert(v->unit < f->n_units && v->line > 0);
    g_assert(v->indicator && v->period && v->grade && v->sex && v->owner && v->original);
    g_assert(v->status != VALUE_OK || v->has_value);
    g_assert(v->status == VALUE_OK || v->status == VALUE_QUALITATIVE || !v->has_value);
    g_assert(v->status != VALUE_QUALITATIVE || v->quality != NULL);
    g_assert(!v->has_n || v->n >= 0);
    g_assert(!v->has_value || (v->value - v->value >= 0 && v->value - v->value <= 0)); /* finite */
    g_assert(g_utf8_validate(v->original, -1, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(ParsedFile) f = NULL;

    i18n_use(LANG_EN);
    f = indikator_parse("fuzz", bytes, len, "values-csv");
    g_assert(f->n_errors_all > 0 || f->n_values > 0);
    g_assert(f->n_errors_all == 0 || (f->n_values == 0 && f->n_units == 0));
    g_assert(f->n_errors <= PARSE_MAX_ERRORS + 1);
    for (size_t i = 0; i < f->n_errors; i++)
        g_assert(g_utf8_validate(f->errors[i].message, -1, NULL) && *f->errors[i].message);
    for (size_t i = 0; i < f->n_units; i++)
        g_assert(f->units[i].code && *f->units[i].code && f->units[i].line > 0);
    for (size_t i = 0; i < f->n_values; i++)
        check_value(f, &f->values[i]);
    return 0;
}
