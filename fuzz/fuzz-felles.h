/* fuzz-felles.h - what every parsed file must hold to, whatever bytes it came from.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <math.h>
#include "i18n.h"
#include "parse.h"

static inline void fuzz_check_value(const ParsedFile *f, const ParsedValue *v)
{
    g_assert(v->unit < f->n_units && v->line > 0);
    g_assert(v->indicator && v->period && v->grade && v->sex && v->owner && v->original);
    g_assert(v->status != VALUE_OK || v->has_value);
    g_assert(v->status == VALUE_OK || v->status == VALUE_QUALITATIVE || !v->has_value);
    g_assert(v->status != VALUE_QUALITATIVE || v->quality != NULL);
    g_assert(!v->has_n || v->n >= 0);
    g_assert(!v->has_value || isfinite(v->value));
    g_assert(g_utf8_validate(v->original, -1, NULL));
}

static inline void fuzz_check_file(const ParsedFile *f)
{
    g_assert(f->n_errors_all > 0 || f->n_values > 0 || f->n_facts > 0 || f->counts.rows > 0);
    g_assert(f->n_errors_all == 0 ||
             (f->n_values == 0 && f->n_units == 0 && f->n_facts == 0 && f->n_changes == 0));
    g_assert(f->n_errors <= PARSE_MAX_ERRORS + 1);
    for (size_t i = 0; i < f->n_errors; i++)
        g_assert(g_utf8_validate(f->errors[i].message, -1, NULL) && *f->errors[i].message);
    for (size_t i = 0; i < f->n_units; i++)
        g_assert(f->units[i].code && *f->units[i].code && f->units[i].line > 0);
    for (size_t i = 0; i < f->n_values; i++)
        fuzz_check_value(f, &f->values[i]);
    for (size_t i = 0; i < f->n_facts; i++)
        g_assert(f->facts[i].unit < f->n_units && *f->facts[i].label && *f->facts[i].value);
}

/* Parse as a format, hold the result to its promises, and take it through the sandbox's bytes. */
static inline void fuzz_parse(const uint8_t *bytes, size_t len, const char *format)
{
    g_autoptr(ParsedFile) f = NULL, again = NULL;
    g_autoptr(GByteArray) packed = NULL;
    g_autoptr(GError) why = NULL;

    i18n_use(LANG_EN);
    f = indikator_parse("fuzz", bytes, len, format);
    fuzz_check_file(f);
    packed = indikator_parse_pack(f);
    again = indikator_parse_unpack(packed->data, packed->len, &why);
    g_assert(again != NULL && again->n_values == f->n_values && again->n_errors == f->n_errors);
}
