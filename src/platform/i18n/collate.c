/* collate.c - Norwegian order, by ICU's nb-NO: æ ø å after z, aa as å.
 *
 * PostgreSQL's collation "nb" is the same library under the same name, and there two strings that
 * ICU calls equal are ordered by their bytes; so they are here, or the engines would disagree.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <unicode/ucol.h>
#include "collate.h"
#include "i18n.h"

static gpointer open_collator(gpointer unused)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollator *collator = ucol_open("nb-NO", &status);

    (void)unused;
    return U_SUCCESS(status) ? collator : NULL;
}

static const UCollator *collator(void)
{
    /* lint: state — opened once; comparing does not change a collator, so threads share it */
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, open_collator, NULL);
}

static int by_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t shared = MIN(a_len, b_len);
    int order = shared ? memcmp(a, b, shared) : 0;

    if (order != 0)
        return order < 0 ? -1 : 1;
    return (a_len > b_len) - (a_len < b_len);
}

int nb_compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    UErrorCode status = U_ZERO_ERROR;
    const UCollator *how = collator();
    UCollationResult order;

    if (!how || a_len > INT32_MAX || b_len > INT32_MAX)
        return by_bytes(a, a_len, b, b_len);
    order = ucol_strcollUTF8(how, a_len ? a : "", (int32_t)a_len, b_len ? b : "", (int32_t)b_len,
                             &status);
    if (U_FAILURE(status) || order == UCOL_EQUAL)
        return by_bytes(a, a_len, b, b_len);
    return order == UCOL_LESS ? -1 : 1;
}

bool collate_check(GError **error)
{
    if (nb_compare("z", 1, "å", 2) < 0 && nb_compare("ø", 2, "Aa", 2) < 0)
        return true;
    return app_fail(error, APP_ERROR_INVALID, "ICU has no Norwegian collation");
}
