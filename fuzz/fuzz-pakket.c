/* fuzz-pakket.c - any bytes as what the sandbox's child sent back: a child that was taken over may send
 * what it likes, so the result holds to what a parsed file promises, or is refused.
 *
 * The first byte chooses: the rest is sent as it is; or it is groups of three, each a place (two bytes)
 * of what an honest child sends and what stands there instead.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const void *bytes, size_t len)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(ParsedFile) file = indikator_parse_unpack(bytes, len, &why);

    if (!file) {
        g_assert(why && why->code == APP_ERROR_INVALID && *why->message);
        return;
    }
    for (size_t i = 0; i < file->n_units; i++)
        g_assert(file->units[i].code && g_utf8_validate(file->units[i].code, -1, NULL));
    for (size_t i = 0; i < file->n_values; i++) {
        const ParsedValue *v = &file->values[i];

        g_assert(v->unit < file->n_units && v->indicator && v->period && v->original);
        g_assert(g_utf8_validate(v->original, -1, NULL));
    }
    for (size_t i = 0; i < file->n_half_values; i++)
        g_assert(file->half_values[i].unit < file->n_half_units && file->half_values[i].indicator);
    for (size_t i = 0; i < file->n_facts; i++)
        g_assert(file->facts[i].unit < file->n_units && file->facts[i].label);
    for (size_t i = 0; i < file->n_errors; i++)
        g_assert(g_utf8_validate(file->errors[i].message, -1, NULL));
}

/* A file that is right, or one with an error, so that all kinds of records are there. */
static GByteArray *honest(bool right)
{
    static const char file[] = "enhet;indikator;periode;trinn;kjonn;verdi\n"
                               "1551;SYK.TOT;2012-13;;;4,5\n1551;X.Y;2012-13;5;;12\n"
                               "975283518;X.Y;2012-13;5;;10\n"
                               "975283518;X.Y;2013-14;5;;ti\n";
    size_t len = right ? (size_t)(strstr(file, "975283518;X.Y;2013") - file) : sizeof file - 1;
    g_autoptr(ParsedFile) parsed = indikator_parse("a.csv", file, len, "values-csv");

    g_assert(right == (parsed->n_errors == 0));
    return indikator_parse_pack(parsed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autoptr(GByteArray) sent = NULL;

    i18n_use(LANG_EN);
    if (len == 0)
        return 0;
    if (bytes[0] % 2 == 0) {
        check(bytes + 1, len - 1);
        return 0;
    }
    sent = honest(bytes[0] % 4 == 3);
    for (size_t i = 1; i + 2 < len; i += 3)
        sent->data[(size_t)(bytes[i] << 8 | bytes[i + 1]) % sent->len] = bytes[i + 2];
    check(sent->data, sent->len);
    return 0;
}
