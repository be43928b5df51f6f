/* test-colour.c - shades of any colour that can be read; contrast against published values.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "colour.h"

/* Values of WebAIM's contrast checker, to its two decimals. */
static void contrast_is_as_published(void)
{
    static const struct {
        uint32_t a, b;
        double ratio;
    } known[] = {
        { 0x000000, 0xffffff, 21.0 }, { 0x777777, 0xffffff, 4.48 }, { 0x767676, 0xffffff, 4.54 },
        { 0x0000ff, 0xffffff, 8.59 }, { 0xff0000, 0xffffff, 4.0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        g_assert_cmpfloat_with_epsilon(colour_contrast(known[i].a, known[i].b), known[i].ratio,
                                       0.006);
        g_assert_cmpfloat_with_epsilon(colour_contrast(known[i].b, known[i].a), known[i].ratio,
                                       0.006);
    }
}

/* 4,913 colours over the whole cube, on every ground the pages and the PDF have. */
static void every_colour_gets_shades_that_can_be_read(void)
{
    static const uint32_t grounds[] = { 0xffffff, 0xf3f5f8, 0x14191f, 0x1e2630, 0x000000 };

    for (uint32_t r = 0; r <= 256; r += 16)
        for (uint32_t g = 0; g <= 256; g += 16)
            for (uint32_t b = 0; b <= 256; b += 16) {
                uint32_t colour = MIN(r, 255u) << 16 | MIN(g, 255u) << 8 | MIN(b, 255u);

                g_assert_cmpfloat(colour_contrast(colour_ink_on(colour), colour), >=, 4.5);
                for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++) {
                    uint32_t shade = colour_against(colour, grounds[i], 4.5);

                    g_assert_cmpfloat(colour_contrast(shade, grounds[i]), >=, 4.5);
                    if (colour_contrast(colour, grounds[i]) >= 4.5)
                        g_assert_cmphex(shade, ==, colour); /* what is good stays */
                }
            }
}

static void only_colours_are_read(void)
{
    static const char *const bad[] = { "",        "#",        "red",     "#12345", "#1234567",
                                       "#12345g", " #123456", "#12 456", "url(x)" };
    uint32_t colour = 7;
    char text[COLOUR_TEXT];

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(colour_parse(bad[i], &colour));
    g_assert_false(colour_parse(NULL, &colour));
    g_assert_cmphex(colour, ==, 7);
    g_assert_true(colour_parse("#1E4d7B", &colour));
    g_assert_cmphex(colour, ==, 0x1e4d7b);
    g_assert_true(colour_parse("1e4d7b", &colour));
    g_assert_cmpstr(colour_text(0x00ff7b, text), ==, "#00ff7b");
    g_assert_cmphex(colour_mix(0x000000, 0xffffff, 0.5), ==, 0x808080);
    g_assert_cmphex(colour_mix(0x123456, 0xffffff, 0), ==, 0x123456);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/colour/contrast/published", contrast_is_as_published);
    g_test_add_func("/colour/against/every-colour", every_colour_gets_shades_that_can_be_read);
    g_test_add_func("/colour/parse/refused", only_colours_are_read);
    return g_test_run();
}
