/* farge.c - an owner's colour as a stylesheet: the theme's accent tokens in shades that can be read.
 *
 * The address tells the colour, so the answer is the same for ever and caches may keep it. Every text
 * token has contrast 4.5:1 on every ground it may stand on (WCAG 2.1, 1.4.3), borders 3:1 (1.4.11).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "colour.h"
#include "eier-sider.h"

#define PAPER 0xffffff
#define NIGHT 0x17181a /* the theme's dark ground */
#define TEXT 4.5
#define BORDER 3.0

static void put(GString *out, const char *token, uint32_t colour)
{
    char text[COLOUR_TEXT];

    g_string_append_printf(out, "--ds-color-accent-%s:%s;", token, colour_text(colour, text));
}

/* Stands out from the weakest and the strongest ground, and so from all between. */
static uint32_t on_both(uint32_t colour, uint32_t weak, uint32_t strong, double least)
{
    return colour_against(colour_against(colour, weak, least), strong, least);
}

/* Tokens of one scheme. Grounds hold a little of the colour; text stands out from the strongest. */
static void scheme(GString *out, uint32_t colour, uint32_t ground, bool dark)
{
    const double tint[] = { dark ? 0.04 : 0.05, dark ? 0.12 : 0.09, dark ? 0.18 : 0.16,
                            dark ? 0.24 : 0.24 };
    static const char *const grounds[] = { "background-tinted", "surface-tinted", "surface-hover",
                                           "surface-active" };
    uint32_t last = ground, base = dark ? colour_against(colour, ground, TEXT) : colour;
    uint32_t ink = colour_ink_on(base);
    uint32_t away = ink ^ 0xffffff; /* towards it, the contrast with the ink only grows */

    put(out, "background-default", ground);
    put(out, "surface-default", dark ? colour_mix(ground, colour, 0.06) : ground);
    for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++)
        put(out, grounds[i], last = colour_mix(ground, colour, tint[i]));
    put(out, "border-subtle", colour_mix(ground, colour, 0.4));
    put(out, "border-default", colour_against(colour, ground, BORDER));
    put(out, "border-strong", colour_against(colour, ground, TEXT));
    put(out, "text-subtle", on_both(colour, ground, last, TEXT));
    put(out, "text-default", on_both(colour, ground, last, 7));
    put(out, "base-default", base);
    put(out, "base-hover", colour_mix(base, away, 0.12));
    put(out, "base-active", colour_mix(base, away, 0.24));
    put(out, "base-contrast-subtle", ink);
    put(out, "base-contrast-default", ink);
}

bool eier_send_colour(Req *req, GError **error)
{
    const char *name = req_param(req, "farge");
    g_autoptr(GString) css = g_string_new(":root{");
    uint32_t colour;

    if (strlen(name) != 10 || !g_str_has_suffix(name, ".css") ||
        !colour_parse(arena_ndup(req->arena, name, 6), &colour))
        return req_not_found(req, error);
    scheme(css, colour, PAPER, false);
    g_string_append(css, "}@media (prefers-color-scheme:dark){:root{");
    scheme(css, colour, NIGHT, true);
    g_string_append(css, "}}\n");
    req_cacheable(req);
    return req_send(req, 200, "text/css; charset=utf-8", css->str, css->len);
}
