/* test-matrise.c - the role matrix in words, asked from both sides.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "matrise.h"

static void the_matrix_answers_both_ways(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_UNIT_READ, PERM_USER);
    g_autoptr(Reply) role = test_get(app, "/tilgang/matrise?rolle=RK");
    g_autoptr(Reply) thing = test_get(app, "/tilgang/matrise?ressurs=indikator_intern");
    g_autoptr(Reply) nonsense = test_get(app, "/tilgang/matrise?rolle=%3Cb%3E&ressurs=%3Ci%3E");

    g_assert_nonnull(strstr(role->body, "<h2 id=\"kan\">Head teacher</h2>"));
    g_assert_nonnull(strstr(role->body, "see (of the own unit)"));
    g_assert_nonnull(strstr(thing->body, "<dt>Chief executive</dt><dd>see</dd>"));
    g_assert_cmpint(nonsense->status, ==, 200);
    g_assert_null(strstr(nonsense->body, "<i>"));
}

static void every_row_has_its_words(void)
{
    size_t n;
    const MatrixRow *rows = tilgang_matrix(&n);

    for (size_t i = 0; i < n; i++)
        if (!rows[i].label || !*rows[i].label)
            g_error("the row %s has no words", rows[i].resource);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilgang/matrix/page", the_matrix_answers_both_ways);
    g_test_add_func("/tilgang/matrix/words", every_row_has_its_words);
    return g_test_run();
}
