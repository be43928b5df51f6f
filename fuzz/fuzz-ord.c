/* fuzz-ord.c - any bytes as a text that is searched and as the question: stems are letters and digits
 * alone, for they are put into the database's own language of search; hits lie in the text, in order.
 *
 * A NUL parts question and text.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "stem.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_word(const char *word)
{
    g_assert(*word && g_utf8_validate(word, -1, NULL));
    for (const char *p = word; *p; p = g_utf8_next_char(p))
        g_assert(g_unichar_isalnum(g_utf8_get_char(p)) || g_unichar_ismark(g_utf8_get_char(p)));
    g_assert(!strpbrk(word, "'\"\\ &|!():*<>"));
}

static void check_hits(const char *text, char **stems, const char *open)
{
    g_autoptr(GArray) hits = stem_hits(text, (const char *const *)stems, open);
    size_t at = 0;

    for (guint i = 0; i < hits->len; i++) {
        StemHit hit = g_array_index(hits, StemHit, i);

        g_assert(hit.from >= at && hit.to > hit.from && hit.to <= strlen(text));
        g_assert(g_utf8_validate(text + hit.from, (gssize)(hit.to - hit.from), NULL));
        at = hit.to;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autofree char *first = g_strndup((const char *)bytes, len);
    g_autofree char *query = g_utf8_make_valid(first, -1); /* as every field of a request is */
    size_t used = MIN(strlen(first) + 1, len);
    g_autofree char *rest = g_strndup((const char *)bytes + used, len - used);
    g_autofree char *text = g_utf8_make_valid(rest, -1);
    g_autofree char *open = NULL, *stored = stem_text(text);
    g_auto(GStrv) stems = stem_query(query, 8, &open), words = g_strsplit(stored, " ", -1);

    g_assert(g_strv_length(stems) <= 8);
    for (char **s = stems; *s; s++)
        check_word(*s);
    if (open)
        check_word(open);
    for (char **w = words; *w && **words; w++)
        check_word(*w);
    check_hits(text, stems, open);
    return 0;
}
