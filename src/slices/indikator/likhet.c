/* likhet.c - names compared as people mean them: without case, accents and bokmål or nynorsk.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse.h"

/* Plain letters for one that is not; NULL for others. */
static const char *plain(gunichar c)
{
    switch (c) {
    case 0xE6:
        return "ae";
    case 0xF8:
        return "o";
    case 0xE5:
        return "a";
    case 0xE4:
        return "ae";
    case 0xF6:
        return "o";
    case 0xE9:
    case 0xE8:
    case 0xEA:
        return "e";
    default:
        return NULL;
    }
}

/* Nynorsk words of school names as bokmål has them; folded letters. */
static const char *const twins[][2] = {
    { "skule", "skole" },
    { "skulen", "skole" },
    { "skolen", "skole" },
    { "ungdomsskule", "ungdomsskole" },
    { "ungdomsskulen", "ungdomsskole" },
    { "ungdomsskolen", "ungdomsskole" },
    { "barneskule", "barneskole" },
    { "barneskulen", "barneskole" },
    { "barneskolen", "barneskole" },
    { "sentralskule", "sentralskole" },
    { "barnehagen", "barnehage" },
    { "oppvekstsenteret", "oppvekstsenter" },
    { "kommune", "" },
};

static void append_word(GString *out, const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(twins); i++)
        if (strcmp(word, twins[i][0]) == 0)
            word = twins[i][1];
    if (*word != '\0')
        g_string_append_printf(out, "%s%s", out->len ? " " : "", word);
}

char *indikator_fold(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    g_autoptr(GString) word = g_string_new(NULL);
    GString *out = g_string_new(NULL);

    for (const char *p = composed ? composed : ""; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_unichar_tolower(g_utf8_get_char(p));
        const char *letters = plain(c);

        if (letters != NULL) {
            g_string_append(word, letters);
        } else if (g_unichar_isalnum(c)) {
            g_string_append_unichar(word, c);
        } else if (word->len > 0) {
            append_word(out, word->str);
            g_string_truncate(word, 0);
        }
    }
    append_word(out, word->str);
    return g_string_free(out, FALSE);
}

#define LONGEST 120 /* bytes of a name that are compared */

double indikator_likeness(const char *a, const char *b)
{
    size_t n_a = MIN(strlen(a), LONGEST), n_b = MIN(strlen(b), LONGEST);
    size_t row[LONGEST + 1];

    if (n_a == 0 || n_b == 0)
        return 0;
    for (size_t j = 0; j <= n_b; j++)
        row[j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            size_t swap = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            row[j] = MIN(swap, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return 1 - (double)row[n_b] / (double)MAX(n_a, n_b);
}
