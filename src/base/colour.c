/* colour.c - contrast, and shades that keep it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "colour.h"

bool colour_parse(const char *text, uint32_t *ret)
{
    if (!text)
        return false;
    text += *text == '#';
    if (strlen(text) != 6 || strspn(text, "0123456789abcdefABCDEF") != 6)
        return false;
    *ret = (uint32_t)g_ascii_strtoull(text, NULL, 16);
    return true;
}

const char *colour_text(uint32_t colour, char buf[COLOUR_TEXT])
{
    g_snprintf(buf, COLOUR_TEXT, "#%06x", colour & 0xffffff);
    return buf;
}

static double channel(uint32_t colour, int shift)
{
    double c = (colour >> shift & 255) / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour)
{
    return 0.2126 * channel(colour, 16) + 0.7152 * channel(colour, 8) + 0.0722 * channel(colour, 0);
}

double colour_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a), y = luminance(b);

    return (MAX(x, y) + 0.05) / (MIN(x, y) + 0.05);
}

uint32_t colour_ink_on(uint32_t ground)
{
    return colour_contrast(0xffffff, ground) >= 4.5 ? 0xffffff : 0x000000;
}

static uint32_t mix_channel(uint32_t a, uint32_t b, int shift, double share)
{
    double x = a >> shift & 255, y = b >> shift & 255;

    return (uint32_t)lround(x + (y - x) * share) << shift;
}

uint32_t colour_mix(uint32_t colour, uint32_t other, double share)
{
    share = CLAMP(share, 0, 1);
    return mix_channel(colour, other, 16, share) | mix_channel(colour, other, 8, share) |
           mix_channel(colour, other, 0, share);
}

#define STEPS 200

uint32_t colour_against(uint32_t colour, uint32_t ground, double least)
{
    uint32_t end = luminance(ground) > 0.18 ? 0x000000 : 0xffffff;

    for (int i = 0; i < STEPS; i++) {
        uint32_t shade = colour_mix(colour, end, (double)i / STEPS);

        if (colour_contrast(shade, ground) >= least)
            return shade;
    }
    return end;
}
