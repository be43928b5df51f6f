/* fuzz-sdc.c - any spec and any table: refused in words, or a pattern that withstands the attacker.
 *
 * The spec ends at the first NUL, the table at the next one, and what is left is every file that is
 * out already.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "suppress.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define MOST_CELLS 300 /* of what is solved here: the fuzzer shall try much, not wait long */

static void check(const SuppressTable *table)
{
    SdcOptions options = { .work = 20000, .rough = true };
    g_autoptr(SdcResult) result = sdc_protect(table->problem, &options);
    g_autofree char *output = suppress_output(table, result);
    g_autofree char *proof = suppress_proof(table, result, &(SuppressRun){ "", "", 0 });

    g_assert(g_utf8_validate(output, -1, NULL) && g_utf8_validate(proof, -1, NULL));
    for (unsigned i = 0; i < result->n; i++) {
        const SdcCell *cell = sdc_cell(table->problem, i);

        g_assert(!result->hidden[i] || cell->use == SDC_OPEN);
        g_assert(!(cell->interval > 0) || cell->use != SDC_OPEN || result->hidden[i]);
        g_assert(!result->safe[i] || result->upper[i] > result->lower[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autofree char *all = g_malloc0(len + 3);
    const char *text = all, *out;
    g_autoptr(SuppressSpec) spec = NULL;
    g_autoptr(SuppressTable) table = NULL;
    g_autoptr(GError) error = NULL;

    if (len)
        memcpy(all, bytes, len);
    spec = suppress_spec_read(all, strlen(all), "spec", &error);
    text = strlen(all) < len ? all + strlen(all) + 1 : all + len;
    out = text + strlen(text) < all + len ? text + strlen(text) + 1 : all + len;
    if (spec)
        table = suppress_table_read(spec, text, strlen(text), "table", &error);
    for (unsigned i = 0; table && i < spec->known->len; i++)
        if (!suppress_known_read(table, spec->known->pdata[i], out, strlen(out), &error))
            g_clear_pointer(&table, suppress_table_free);
    g_assert(table || (error && error->domain == APP_ERROR && *error->message));
    if (table && sdc_n_cells(table->problem) <= MOST_CELLS)
        check(table);
    return 0;
}
