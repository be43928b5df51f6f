/* test-arena.c - pieces of the arena are zeroed, aligned, apart, and live until the arena's end.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arena.h"
#include <stdalign.h>

static void pieces_are_zeroed_and_aligned(void)
{
    g_autoptr(Arena) arena = arena_new();

    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *piece = arena_alloc(arena, size);

        g_assert_cmpuint((uintptr_t)piece % alignof(max_align_t), ==, 0);
        for (size_t i = 0; i < size; i++)
            g_assert_cmpuint(piece[i], ==, 0);
        memset(piece, 0xFF, size);
    }
}

static void pieces_keep_apart(void)
{
    enum { PIECES = 5000 };
    g_autoptr(Arena) arena = arena_new();
    g_autofree char **texts = g_new(char *, PIECES);

    for (int i = 0; i < PIECES; i++) {
        texts[i] = arena_printf(arena, "piece %d", i);
        memset(arena_alloc(arena, (size_t)(i % 97) * 50), 0xFF, (size_t)(i % 97) * 50);
    }
    for (int i = 0; i < PIECES; i++) {
        g_autofree char *want = g_strdup_printf("piece %d", i);

        g_assert_cmpstr(texts[i], ==, want);
    }
}

static void large_pieces_fit(void)
{
    g_autoptr(Arena) arena = arena_new();
    char *before = arena_dup(arena, "before");
    char *large = arena_alloc(arena, 10 * 1024 * 1024);

    memset(large, 'x', 10 * 1024 * 1024);
    g_assert_cmpstr(before, ==, "before");
    g_assert_cmpstr(arena_dup(arena, "after"), ==, "after");
    g_assert_cmpint(large[10 * 1024 * 1024 - 1], ==, 'x');
}

static void texts_are_copied(void)
{
    g_autoptr(Arena) arena = arena_new();
    g_autofree char *long_text = g_strnfill(5000, 'a');

    g_assert_null(arena_dup(arena, NULL));
    g_assert_null(arena_ndup(arena, NULL, 3));
    g_assert_cmpstr(arena_dup(arena, ""), ==, "");
    g_assert_cmpstr(arena_ndup(arena, "skole", 3), ==, "sko");
    g_assert_cmpstr(arena_printf(arena, "%s", long_text), ==, long_text);
    g_assert_cmpstr(arena_printf(arena, "%s-%d", "a", 7), ==, "a-7");
}

static void freeing_nothing_is_nothing(void)
{
    arena_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arena/alloc/zeroed-and-aligned", pieces_are_zeroed_and_aligned);
    g_test_add_func("/arena/alloc/apart", pieces_keep_apart);
    g_test_add_func("/arena/alloc/large", large_pieces_fit);
    g_test_add_func("/arena/dup/copies", texts_are_copied);
    g_test_add_func("/arena/free/null", freeing_nothing_is_nothing);
    return g_test_run();
}
