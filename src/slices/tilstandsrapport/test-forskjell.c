/* test-forskjell.c - a difference gives back both texts, is found in bounded time, and reads well.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "forskjell.h"
#include <math.h>
#include <string.h>

/* What stays and what was added is the new text; what stays and what was removed the old one. */
static void assert_applies(Arena *arena, const char *before, const char *after)
{
    const TextDiff d = tilstandsrapport_text_diff(arena, before, after);
    g_autoptr(GString) old = g_string_new(NULL);
    g_autoptr(GString) new = g_string_new(NULL);

    for (size_t i = 0; i < d.n; i++)
        for (size_t k = 0; k < d.v[i].n; k++) {
            const Piece *p = &d.v[i].v[k];

            if (p->kind != PIECE_ADDED)
                g_string_append(old, p->text);
            if (p->kind != PIECE_REMOVED)
                g_string_append(new, p->text);
        }
    g_assert_cmpstr(old->str, ==, before);
    g_assert_cmpstr(new->str, ==, after);
}

/* "Vi -skal- +vil+ lese", paragraphs parted by "|". */
static char *drawn(Arena *arena, const char *before, const char *after)
{
    const TextDiff d = tilstandsrapport_text_diff(arena, before, after);
    GString *s = g_string_new(NULL);

    for (size_t i = 0; i < d.n; i++) {
        for (size_t k = 0; k < d.v[i].n; k++) {
            const char *mark = d.v[i].v[k].kind == PIECE_ADDED     ? "+"
                               : d.v[i].v[k].kind == PIECE_REMOVED ? "-"
                                                                   : "";

            g_string_append_printf(s, "%s%s%s", mark, d.v[i].v[k].text, mark);
        }
        g_string_append_c(s, '|');
    }
    return g_string_free(s, FALSE);
}

static void assert_drawn(const char *before, const char *after, const char *expected)
{
    g_autoptr(Arena) arena = arena_new();
    g_autofree char *got = drawn(arena, before, after);

    assert_applies(arena, before, after);
    g_assert_cmpstr(got, ==, expected);
}

static void words_are_marked_within_paragraphs(void)
{
    assert_drawn("Vi skal lese mer.", "Vi vil lese mer.", "Vi -skal-+vil+ lese mer.|");
    assert_drawn("", "Nytt.", "+Nytt.+|");
    assert_drawn("Gammelt.", "", "-Gammelt.-|");
    assert_drawn("", "", "");
    assert_drawn("Likt.\n\nEn.", "Likt.\n\nEn.", "Likt.\n\n|En.|");
    assert_drawn("Første.\n\nAndre.", "Første.\n\nNytt her.\n\nAndre.",
                 "Første.\n\n|+Nytt her.\n\n+|Andre.|");
    assert_drawn("Første.\n\nBort med dette.\n\nAndre.", "Første.\n\nAndre.",
                 "Første.\n\n|-Bort med dette.\n\n-|Andre.|");
}

/* Two sentences that share little are not cut to shreds. */
static void a_rewritten_paragraph_stays_whole(void)
{
    assert_drawn("Elevene trives på skolen og lærer godt.", "Kommunen mangler tall for våren 2012.",
                 "-Elevene trives på skolen og lærer godt.-|+Kommunen mangler tall for våren "
                 "2012.+|");
}

static char *random_text(GRand *rand)
{
    static const char *const words[] = { "lese", "skrive", "å",      "😀",    "ø",    ".", " ", " ",
                                         "\n",   "\n\n",   "\n\n\n", "tall", "2012", "ñ", "-", "" };
    GString *s = g_string_new(NULL);

    for (int n = g_rand_int_range(rand, 0, 60); n > 0; n--)
        g_string_append(s, words[g_rand_int_range(rand, 0, G_N_ELEMENTS(words))]);
    return g_string_free(s, FALSE);
}

/* Some of the words of another text: likeness is what makes the paths long. */
static char *edited(GRand *rand, const char *text)
{
    GString *s = g_string_new(NULL);

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        int dice = g_rand_int_range(rand, 0, 20);

        if (dice == 0)
            continue;
        if (dice == 1)
            g_string_append(s, "ny ");
        g_string_append_unichar(s, g_utf8_get_char(p));
    }
    return g_string_free(s, FALSE);
}

static void any_two_texts_come_back(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20130620);

    for (int i = 0; i < 4000; i++) {
        g_autoptr(Arena) arena = arena_new();
        g_autofree char *a = random_text(rand);
        g_autofree char *b = i % 2 ? random_text(rand) : edited(rand, a);

        assert_applies(arena, a, b);
    }
}

static char *repeated(const char *what, size_t times, const char *end)
{
    GString *s = g_string_new(NULL);

    while (times-- > 0)
        g_string_append(s, what);
    g_string_append(s, end);
    return g_string_free(s, FALSE);
}

/* Megabytes of words, of paragraphs, of the same letter, and of nothing alike. */
static void hostile_sizes_end_soon(void)
{
    static const struct {
        const char *a, *b;
        size_t times;
    } cases[] = { { "a ", "b ", 400000 },       { "a b c\n\n", "c b a\n\n", 100000 },
                  { "a b ", "b a a ", 200000 }, { "ord. ", "ord, ", 100000 },
                  { "x", "y", 2000000 },        { "\n", " ", 500000 },
                  { "likt ", "likt ", 300000 }, { "likt ", "likt ", 50000 } };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Arena) arena = arena_new();
        g_autofree char *a = repeated(cases[i].a, cases[i].times, "slutt");
        g_autofree char *b = repeated(cases[i].b, cases[i].times, "ende");
        gint64 start = g_get_monotonic_time();

        assert_applies(arena, a, b);
        g_test_message("%s/%s: %.0f ms", cases[i].a, cases[i].b,
                       (double)(g_get_monotonic_time() - start) / 1000);
    }
}

/* Every other of many paragraphs has one word changed: the others stay, and only that word is marked. */
static void many_small_changes_are_found(void)
{
    enum { N = 4000 };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) a = g_string_new(NULL), b = g_string_new(NULL);
    TextDiff diff;
    size_t same = 0;

    for (int i = 0; i < N; i++) {
        g_string_append_printf(a, "Avsnitt %d sier at skolene arbeider godt med lesing.\n\n", i);
        g_string_append_printf(b, "Avsnitt %d sier at skolene arbeider %s med lesing.\n\n", i,
                               i % 2 ? "godt" : "bedre");
    }
    diff = tilstandsrapport_text_diff(arena, a->str, b->str);
    for (size_t i = 0; i < diff.n; i++)
        same += !diff.v[i].changed;
    g_assert_cmpuint(same, ==, N / 2);
    g_assert_cmpuint(diff.added, ==, N / 2);
    g_assert_cmpuint(diff.removed, ==, N / 2);
}

/* --- versions --- */

static ContentChapter chapter(int nr, const char *title, const char *body)
{
    return (ContentChapter){ .nr = nr,
                             .kind = "fritekst",
                             .theme = "",
                             .title = title,
                             .body = body,
                             .goals = "",
                             .judgement = "",
                             .measures = "",
                             .no_measures = "" };
}

static Block block(ContentCell *cells)
{
    static Indicator reading = { .code = "NP.LES.5",
                                 .name = "Lesing",
                                 .unit = "poeng",
                                 .decimals = 0,
                                 .grade = "5",
                                 .period = "skoleaar" };
    static ContentUnit units[] = { { "1", "Skole A", true }, { "2", "Skole B", false } };
    static ContentPeriod periods[] = { { "2024/25", NULL } };

    return (Block){ .title = "Lesing",
                    .indicators = &reading,
                    .n_indicators = 1,
                    .units = units,
                    .n_units = 2,
                    .periods = periods,
                    .n_periods = 1,
                    .cells = cells };
}

static ContentCell cell(double value)
{
    return (ContentCell){
        .cell = { .status = VALUE_OK, .value = value, .uncertainty = NAN, .n = NO_INT }
    };
}

static void chapters_and_figures_that_changed_are_told(void)
{
    g_autoptr(Arena) arena = arena_new();
    ContentCell old_cells[] = { cell(49), cell(51) }, new_cells[] = { cell(49), cell(52) };
    Block old_block = block(old_cells), new_block = block(new_cells);
    ContentChapter old_ch[] = { chapter(1, "Sammendrag", "Likt."), chapter(2, "Bort", "Borte."),
                                chapter(3, "Lesing", "Tekst.") };
    ContentChapter new_ch[] = { chapter(1, "Sammendrag", "Likt."), chapter(2, "Lesing", "Tekst."),
                                chapter(3, "Nytt", "Nytt.") };
    old_ch[2].blocks = &old_block;
    new_ch[1].blocks = &new_block;
    old_ch[2].n_blocks = new_ch[1].n_blocks = 1;
    const Content before = { .chapters = old_ch, .n_chapters = 3 };
    const Content after = { .chapters = new_ch, .n_chapters = 3 };
    const ReportDiff d = tilstandsrapport_diff(arena, &before, &after);

    g_assert_cmpuint(d.n, ==, 4);
    g_assert_cmpuint(d.changed, ==, 3);
    g_assert_cmpint(d.v[0].change, ==, CHAPTER_SAME);
    g_assert_cmpint(d.v[1].change, ==, CHAPTER_CHANGED);
    g_assert_cmpuint(d.v[1].n_figures, ==, 1);
    g_assert_cmpstr(d.v[1].figures[0].unit, ==, "Skole B");
    g_assert_cmpstr(d.v[1].figures[0].before, ==, "51");
    g_assert_cmpstr(d.v[1].figures[0].after, ==, "52");
    g_assert_cmpint(d.v[2].change, ==, CHAPTER_ADDED);
    g_assert_cmpint(d.v[3].change, ==, CHAPTER_REMOVED);
    g_assert_cmpstr(d.v[3].title, ==, "Bort");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/forskjell/text/words", words_are_marked_within_paragraphs);
    g_test_add_func("/forskjell/text/rewritten", a_rewritten_paragraph_stays_whole);
    g_test_add_func("/forskjell/text/applies", any_two_texts_come_back);
    g_test_add_func("/forskjell/text/bounded", hostile_sizes_end_soon);
    g_test_add_func("/forskjell/text/many-changes", many_small_changes_are_found);
    g_test_add_func("/forskjell/report/chapters-and-figures",
                    chapters_and_figures_that_changed_are_told);
    return g_test_run();
}
