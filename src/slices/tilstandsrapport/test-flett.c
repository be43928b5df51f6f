/* test-flett.c - merging three texts: known cases, and properties over random edits.
 *
 * The property that matters: a line that somebody wrote stands in the result or in a conflict that is
 * shown; a line that nobody touched stays; a line that one took away and the other left alone is gone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "flett.h"

static const char *merged(Arena *arena, const char *base, const char *mine, const char *theirs)
{
    Passages p = tilstandsrapport_flett(arena, base, mine, theirs);

    g_assert_cmpuint(p.conflicts, ==, 0);
    return tilstandsrapport_flett_text(arena, &p, NULL);
}

static void changes_apart_are_both_kept(void)
{
    g_autoptr(Arena) arena = arena_new();

    g_assert_cmpstr(merged(arena, "a\n\nb\n\nc", "A\n\nb\n\nc", "a\n\nb\n\nC"), ==, "A\n\nb\n\nC");
    g_assert_cmpstr(merged(arena, "a\nb\nc\n", "x\na\nb\nc\n", "a\nb\nc\ny\n"), ==,
                    "x\na\nb\nc\ny\n");
    g_assert_cmpstr(merged(arena, "a\nb\nc", "a\nc", "a\nb\nc\nd"), ==, "a\nc\nd");
    g_assert_cmpstr(merged(arena, "a\nb\nc", "a\nz\nc", "a\nz\nc"), ==, "a\nz\nc");
}

static void one_text_wins_over_none(void)
{
    g_autoptr(Arena) arena = arena_new();

    g_assert_cmpstr(merged(arena, "", "mitt", ""), ==, "mitt");
    g_assert_cmpstr(merged(arena, "", "", "deres"), ==, "deres");
    g_assert_cmpstr(merged(arena, "gammelt", "", "gammelt"), ==, "");
    g_assert_cmpstr(merged(arena, "", "", ""), ==, "");
}

/* A newline at the end is no change, and never glues two lines together. */
static void the_last_newline_means_nothing(void)
{
    g_autoptr(Arena) arena = arena_new();

    g_assert_cmpstr(merged(arena, "a\nb", "a\nb\n", "a\nb\nc"), ==, "a\nb\nc");
    g_assert_cmpstr(merged(arena, "a", "a\nmin", "a\n"), ==, "a\nmin");
}

static void the_same_place_is_a_conflict(void)
{
    g_autoptr(Arena) arena = arena_new();
    Passages p =
        tilstandsrapport_flett(arena, "før\nfelles\netter", "før\nmin\netter", "før\nderes\netter");
    const struct {
        Choice choice;
        const char *text;
    } ways[] = {
        { CHOICE_MINE, "før\nmin\netter" },
        { CHOICE_THEIRS, "før\nderes\netter" },
        { CHOICE_BOTH, "før\nderes\nmin\netter" },
        { CHOICE_BASE, "før\nfelles\netter" },
    };

    g_assert_cmpuint(p.conflicts, ==, 1);
    g_assert_cmpuint(p.n, ==, 3);
    g_assert_cmpint(p.v[1].kind, ==, PASSAGE_CONFLICT);
    g_assert_cmpstr(p.v[1].base, ==, "felles\n");
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
        g_assert_cmpstr(tilstandsrapport_flett_text(arena, &p, &ways[i].choice), ==, ways[i].text);
}

static void one_writes_where_the_other_deletes(void)
{
    g_autoptr(Arena) arena = arena_new();
    Passages p = tilstandsrapport_flett(arena, "a\nb\nc", "a\nc", "a\nb, mer\nc");

    g_assert_cmpuint(p.conflicts, ==, 1);
    g_assert_cmpstr(p.v[1].mine, ==, "");
    g_assert_cmpstr(p.v[1].theirs, ==, "b, mer\n");
}

/* --- properties over random edits --- */

/* The alphabet is small, so that lines repeat, and lines that a writer adds are known by their mark. */
static char *random_base(void)
{
    GString *text = g_string_new(NULL);
    int n = g_test_rand_int_range(0, 12);

    for (int i = 0; i < n; i++)
        g_string_append_printf(text, "%s%c", i ? "\n" : "", 'a' + g_test_rand_int_range(0, 5));
    if (g_test_rand_bit())
        g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}

/* Drop some lines and write new ones, each with the writer's mark and a number. */
static char *edit(const char *base, const char *mark)
{
    g_auto(GStrv) lines = g_strsplit(base, "\n", -1);
    GString *text = g_string_new(NULL);
    int written = 0;

    for (char **l = lines; *l; l++) {
        while (g_test_rand_int_range(0, 6) == 0)
            g_string_append_printf(text, "%s%d\n", mark, written++);
        if (g_test_rand_int_range(0, 5) != 0)
            g_string_append_printf(text, "%s\n", *l);
    }
    if (text->len && g_test_rand_bit())
        g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}

static bool has_line(const char *text, const char *line)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    return g_strv_contains((const char *const *)lines, line);
}

/* Every line with this mark stands in the text or in a conflict that would be shown. */
static void nothing_written_is_lost(const char *mark, const char *edited, const char *text,
                                    const Passages *p)
{
    g_auto(GStrv) lines = g_strsplit(edited, "\n", -1);

    for (char **l = lines; *l; l++) {
        bool shown = has_line(text, *l);

        if (!g_str_has_prefix(*l, mark))
            continue;
        for (size_t i = 0; i < p->n && !shown; i++)
            shown = p->v[i].kind == PASSAGE_CONFLICT &&
                    (has_line(p->v[i].mine, *l) || has_line(p->v[i].theirs, *l));
        g_assert_true(shown);
    }
}

static char *joined(const Passages *p, size_t which)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < p->n; i++)
        g_string_append(text, which == 0   ? p->v[i].base
                              : which == 1 ? p->v[i].mine
                                           : p->v[i].theirs);
    return g_string_free(text, FALSE);
}

static void random_edits(void)
{
    for (int round = 0; round < 20000; round++) {
        g_autoptr(Arena) arena = arena_new();
        g_autofree char *base = random_base(), *mine = edit(base, "M"), *theirs = edit(base, "T");
        Passages p = tilstandsrapport_flett(arena, base, mine, theirs),
                 back = tilstandsrapport_flett(arena, base, theirs, mine);
        g_autofree char *b = joined(&p, 0), *m = joined(&p, 1), *t = joined(&p, 2);
        const char *text =
            tilstandsrapport_flett_text(arena, &p, NULL); /* both, where they differ */

        g_assert_cmpstr(b, ==, base); /* the passages are the three texts, whole */
        g_assert_cmpstr(m, ==, mine);
        g_assert_cmpstr(t, ==, theirs);
        g_assert_cmpuint(p.conflicts, ==, back.conflicts);
        nothing_written_is_lost("M", mine, text, &p);
        nothing_written_is_lost("T", theirs, text, &p);
        nothing_written_is_lost("M", mine, text,
                                &(Passages){ 0 }); /* with both taken, in the text */
        nothing_written_is_lost("T", theirs, text, &(Passages){ 0 });
    }
}

/* Who changed nothing changes nothing: the other's text is the result, byte for byte but the end. */
static void no_edit_is_no_edit(void)
{
    for (int round = 0; round < 5000; round++) {
        g_autoptr(Arena) arena = arena_new();
        g_autofree char *base = random_base(), *mine = edit(base, "M");
        g_autofree char *one = g_strchomp(g_strdup(merged(arena, base, mine, base))),
                        *two = g_strchomp(g_strdup(merged(arena, base, base, mine))),
                        *both = g_strchomp(g_strdup(merged(arena, base, mine, mine)));

        g_strchomp(mine);
        g_assert_cmpstr(one, ==, mine);
        g_assert_cmpstr(two, ==, mine);
        g_assert_cmpstr(both, ==, mine);
    }
}

static void long_texts_take_no_long_time(void)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) base = g_string_new(NULL), mine = g_string_new(NULL);
    gint64 start;

    for (int i = 0; i < 20000; i++) {
        g_string_append(base, "a\n");
        g_string_append(mine, i % 2 ? "b\n" : "c\n");
    }
    start = g_get_monotonic_time();
    Passages p = tilstandsrapport_flett(arena, base->str, mine->str, "d\n");
    g_assert_cmpuint(p.conflicts, ==, 1);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 2 * G_USEC_PER_SEC);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/merge/apart", changes_apart_are_both_kept);
    g_test_add_func("/tilstandsrapport/merge/one-text", one_text_wins_over_none);
    g_test_add_func("/tilstandsrapport/merge/last-newline", the_last_newline_means_nothing);
    g_test_add_func("/tilstandsrapport/merge/conflict", the_same_place_is_a_conflict);
    g_test_add_func("/tilstandsrapport/merge/delete", one_writes_where_the_other_deletes);
    g_test_add_func("/tilstandsrapport/merge/random", random_edits);
    g_test_add_func("/tilstandsrapport/merge/no-edit", no_edit_is_no_edit);
    g_test_add_func("/tilstandsrapport/merge/long", long_texts_take_no_long_time);
    return g_test_run();
}
