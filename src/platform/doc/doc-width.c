/* doc-width.c - how wide a table is, guessed from its words: the same answer for page, PDF and DOCX.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "doc-model.h"

#define PORTRAIT 451.0      /* text width of A4 with the margins of pdf.h */
#define PER_CHAR (0.56 * 7) /* of the smallest size of type */
#define MAX_WIDTH 110.0     /* of one column: wider ones wrap */
#define ROWS_LOOKED_AT 40

double doc_longest_word(const char *text)
{
    size_t longest = 0, word = 0, all = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p), all++) {
        const char *next = g_utf8_next_char(p);
        bool gap = (*p == ' ' && !g_str_has_prefix(next, "±")) || *p == '-' ||
                   (*p == '/' && !g_ascii_isdigit(*next)); /* "49 ±0,1" and "2025/26" stay whole */

        word = gap ? 0 : word + 1;
        longest = MAX(longest, word + gap);
    }
    return all ? MIN(1.0, (double)longest * 1.12 / (double)all) : 0;
}

static double word_chars(const char *text)
{
    return doc_longest_word(text) * (double)g_utf8_strlen(text, -1);
}

double doc_table_least(const DocTable *table)
{
    size_t rows = MIN(doc_table_rows(table), ROWS_LOOKED_AT);
    double total = 0;

    for (size_t c = 0; c < table->n_columns; c++) {
        double chars = word_chars(table->columns[c].title);

        for (size_t r = 0; r < rows; r++)
            chars = MAX(chars, word_chars(doc_table_cell(table, r, c)));
        total += MIN(chars * PER_CHAR, MAX_WIDTH) + 2 * DOC_PAD_X;
    }
    return total;
}

bool doc_table_wide(const DocTable *table)
{
    return doc_table_least(table) > PORTRAIT;
}
